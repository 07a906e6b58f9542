//! Footnotes: numbers in the order of reading, and their words in brackets where a text has no end of a page.

use std::collections::BTreeMap;

use super::{Inline, Inlines, ProseBlock};

/// Calls `change` with every reference to a footnote, in reading order.
pub(super) fn references(blocks: &mut [ProseBlock], change: &mut dyn FnMut(&mut u32)) {
    for block in blocks {
        block.running_text_mut().for_each(|content| in_line(content, change));
        block.children_mut().for_each(|inner| references(inner, change));
    }
}

fn in_line(inlines: &mut Inlines, change: &mut dyn FnMut(&mut u32)) {
    for inline in inlines {
        if let Inline::Footnote(number) = inline {
            change(number);
        }
        inline.children_mut().into_iter().for_each(|inner| in_line(inner, change));
    }
}

/// Puts footnotes at the end of a text, numbered as it refers to them; those that it never refers to come last.
/// References and `notes` have the numbers in which they were first met.
pub(super) fn numbered(root: &mut Vec<ProseBlock>, mut notes: Vec<Vec<ProseBlock>>) {
    if notes.is_empty() {
        return;
    }
    let mut order: Vec<usize> = Vec::new();
    let mut numbers: BTreeMap<u32, u32> = BTreeMap::new();
    let mut meet = |number: &mut u32, order: &mut Vec<usize>| {
        let next = numbers.len() as u32 + 1;
        let met = *number;
        *number = *numbers.entry(met).or_insert_with(|| {
            order.push(met as usize - 1);
            next
        });
    };
    references(root, &mut |number| meet(number, &mut order));
    let mut sorted = Vec::with_capacity(notes.len());
    let mut unmet = 0;
    while sorted.len() < notes.len() {
        if order.len() == sorted.len() {
            // Nothing refers to it: it keeps its words, behind the others.
            while order.contains(&unmet) {
                unmet += 1;
            }
            meet(&mut (unmet as u32 + 1), &mut order);
        }
        let Some(note) = order.get(sorted.len()).and_then(|at| notes.get_mut(*at)) else { break };
        let mut note = std::mem::take(note);
        references(&mut note, &mut |number| meet(number, &mut order));
        sorted.push(note);
    }
    root.push(ProseBlock::Footnotes(sorted));
}

/// The text with the words of each footnote in brackets in its place: "A claim (The note.)".
///
/// # Errors
/// If a footnote is referred to twice, from another footnote or not at all, or is more than paragraphs.
pub(super) fn in_brackets(mut blocks: Vec<ProseBlock>) -> Result<Vec<ProseBlock>, String> {
    let Some(ProseBlock::Footnotes(notes)) = blocks.pop_if(|block| matches!(block, ProseBlock::Footnotes(_))) else {
        return Ok(blocks);
    };
    let mut words: Vec<Option<Inlines>> = Vec::with_capacity(notes.len());
    for note in notes {
        let mut joined = Inlines::new();
        for block in note {
            let ProseBlock::Paragraph(content) = block else {
                return Err(
                    "a footnote of a text like this is set in brackets, so it can only be a sentence".to_owned()
                );
            };
            joined.extend((!joined.is_empty()).then(|| Inline::Text(" ".to_owned())));
            joined.extend(content);
        }
        words.push(Some(joined));
    }
    let mut left = words.len();
    place(&mut blocks, &mut |number| {
        let found = words.get_mut(number as usize - 1).and_then(Option::take);
        left -= usize::from(found.is_some());
        found
    });
    let mut lost = left > 0;
    references(&mut blocks, &mut |_| lost = true);
    if lost {
        return Err(
            "a footnote of a text like this is set in brackets behind its words, so the text refers to it once; \
                    write its words in brackets"
                .to_owned(),
        );
    }
    Ok(blocks)
}

/// Takes the words of a footnote.
type Take<'a> = dyn FnMut(u32) -> Option<Inlines> + 'a;

fn place(blocks: &mut [ProseBlock], take: &mut Take<'_>) {
    for block in blocks {
        block.running_text_mut().for_each(|content| place_in_line(content, take));
        block.children_mut().for_each(|inner| place(inner, take));
    }
}

fn place_in_line(inlines: &mut Inlines, take: &mut Take<'_>) {
    for inline in std::mem::take(inlines) {
        match inline {
            Inline::Footnote(number) => match take(number) {
                Some(words) => {
                    inlines.push(Inline::Text(" (".to_owned()));
                    inlines.extend(words);
                    inlines.push(Inline::Text(")".to_owned()));
                }
                None => inlines.push(Inline::Footnote(number)),
            },
            mut other => {
                other.children_mut().into_iter().for_each(|inner| place_in_line(inner, take));
                inlines.push(other);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{InlineText, Prose, parse, plain_text};
    use super::*;

    #[test]
    fn footnotes_are_numbered_as_the_text_refers_to_them() {
        let parsed = parse("A[^z] b[^a] c[^z].\n\n[^a]: Second[^in].\n\n[^z]: First.\n\n[^in]: Third.\n");
        assert_eq!(parsed.problems, []);
        let [ProseBlock::Paragraph(content), ProseBlock::Footnotes(notes)] = parsed.blocks.as_slice() else {
            panic!("{parsed:?}")
        };
        let numbers: Vec<_> = content.iter().filter(|inline| matches!(inline, Inline::Footnote(_))).collect();
        assert_eq!(numbers, [&Inline::Footnote(1), &Inline::Footnote(2), &Inline::Footnote(1)]);
        let words = |note: &Vec<ProseBlock>| match note.as_slice() {
            [ProseBlock::Paragraph(content)] => plain_text(content),
            other => panic!("{other:?}"),
        };
        assert_eq!(notes.iter().map(words).collect::<Vec<_>>(), ["First.", "Second.", "Third."]);
    }

    #[test]
    fn a_footnote_that_nothing_refers_to_keeps_its_words() {
        let parsed = parse("A.\n\n[^a]: Alone.\n\nB[^b].\n\n[^b]: Met.\n");
        let Some(ProseBlock::Footnotes(notes)) = parsed.blocks.last() else { panic!("{parsed:?}") };
        assert!(format!("{:?}", notes[0]).contains("Met") && format!("{:?}", notes[1]).contains("Alone"));
        assert_eq!(parsed.raw[0].text, "[^a]:");
    }

    #[test]
    fn short_texts_have_the_words_of_a_footnote_in_brackets() {
        let line: InlineText = serde_json::from_value("A *claim[^1]*.\n\n[^1]: The note.".into()).unwrap();
        assert_eq!(line.plain(), "A claim (The note.).");
        let prose = |text: &str| serde_json::from_value::<Prose>(serde_json::json!(text));
        assert_eq!(prose("- a[^1]\n- b\n\n[^1]: N.\n").unwrap().0.len(), 1);
        for wrong in ["a[^1] b[^1]\n\n[^1]: N.\n", "a[^1]\n\n[^1]: N.\n\n    - b\n", "a\n\n[^1]: N.\n"] {
            let said = prose(wrong).expect_err(wrong).to_string();
            assert!(said.contains("set in brackets"), "{said}");
        }
    }

    #[test]
    fn footnotes_in_a_ring_are_no_danger() {
        let ring: String = (0..2_000).map(|at| format!("[^{at}]: x[^{}] y[^{at}]\n\n", (at + 1) % 2_000)).collect();
        let parsed = parse(&format!("a[^7]\n\n{ring}"));
        let Some(ProseBlock::Footnotes(notes)) = parsed.blocks.last() else { panic!() };
        assert_eq!(notes.len(), 2_000);
    }
}
