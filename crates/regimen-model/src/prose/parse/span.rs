//! Words in another language, `<span lang="fr">mot juste</span>`: the one HTML element that prose has.

use std::ops::Range;

use super::{Builder, InlineKind, MAX_DEPTH, Open};
use crate::language::LanguageTag;
use crate::prose::Inline;

/// How it is written, for every finding.
const WAY_OUT: &str = "write `<span lang=\"fr\">` before the words and `</span>` behind them";

/// HTML alone in its line is a block, which holds no Markdown.
const ALONE: &str = "a `<span>` stands alone in its line";

/// A tag of the element.
#[derive(Debug, PartialEq, Eq)]
enum SpanTag {
    /// With its language, or with what is wrong with it.
    Open(Result<LanguageTag, String>),
    Close,
}

/// The tag, if it is one of the element.
fn read(html: &str) -> Option<SpanTag> {
    let inner = html.trim().strip_prefix('<')?.strip_suffix('>')?;
    let (name, attributes) = inner.split_at(inner.find(|c: char| c.is_whitespace()).unwrap_or(inner.len()));
    match name.to_ascii_lowercase().as_str() {
        "/span" => Some(SpanTag::Close),
        "span" | "span/" => Some(SpanTag::Open(language(attributes))),
        _ => None,
    }
}

/// The value of `lang`, which is the only attribute.
fn language(attributes: &str) -> Result<LanguageTag, String> {
    let (mut rest, mut found) = (attributes.trim(), None);
    while !rest.is_empty() {
        let (name, after) = rest.split_at(rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len()));
        let Some(after) = after.trim_start().strip_prefix('=').filter(|_| name.eq_ignore_ascii_case("lang")) else {
            return Err(format!("a `<span>` has `lang` and nothing else, not `{}`", name.escape_debug()));
        };
        let (value, after) = value(after.trim_start());
        let tag = value.parse::<LanguageTag>().map_err(|bad| bad.to_string())?;
        if found.replace(tag).is_some() {
            return Err("this `<span>` says its language twice".to_owned());
        }
        rest = after.trim_start();
    }
    found.ok_or_else(|| "this `<span>` does not say its language".to_owned())
}

/// The value of an attribute, with or without quotation marks, and what stands behind it.
fn value(text: &str) -> (&str, &str) {
    let quoted = |quote: char| text.strip_prefix(quote)?.split_once(quote);
    let bare = || text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()));
    quoted('"').or_else(|| quoted('\'')).unwrap_or_else(bare)
}

impl Builder {
    /// A tag in running text.
    pub(super) fn inline_html(&mut self, html: &str, range: Range<usize>) {
        match read(html) {
            None => self.html(range),
            // What is too deep has been reported, marks and all.
            Some(_) if self.passed_over > 0 => {}
            Some(SpanTag::Open(language)) => self.open_span(language, range),
            Some(SpanTag::Close) => self.close_span(range),
        }
    }

    /// A line of HTML that is a block of its own.
    pub(super) fn block_html(&mut self, html: &str, range: Range<usize>) {
        let said = self.parsed.problems.last().is_some_and(|problem| problem.message == ALONE);
        match read(html) {
            None => self.html(range),
            Some(SpanTag::Close) if said => {}
            Some(_) => self.problem(range, ALONE, "write it in the line of its words"),
        }
    }

    fn open_span(&mut self, language: Result<LanguageTag, String>, range: Range<usize>) {
        self.open_tight();
        if self.open.len() >= MAX_DEPTH {
            self.problem(range, format!("this is nested more than {MAX_DEPTH} levels deep"), "write it flatter");
            return;
        }
        if let Err(message) = &language {
            self.problem(range.clone(), message.clone(), WAY_OUT);
        }
        self.open.push(Open::Inlines(InlineKind::Span(language.ok(), range), Vec::new()));
    }

    fn close_span(&mut self, range: Range<usize>) {
        match self.open.pop() {
            Some(Open::Inlines(InlineKind::Span(Some(language), _), content)) => {
                if !content.is_empty() {
                    self.inline(Inline::InLanguage { language, content });
                }
            }
            Some(Open::Inlines(InlineKind::Span(None, _), content)) => {
                content.into_iter().for_each(|inline| self.inline(inline));
            }
            other => {
                self.open.extend(other);
                self.problem(range, "this `</span>` closes nothing", WAY_OUT);
            }
        }
    }

    /// What is still open where a paragraph, a link or a mark ends can only be a mistake.
    pub(super) fn close_open_spans(&mut self) {
        while let Some(Open::Inlines(InlineKind::Span(..), _)) = self.open.last() {
            let Some(Open::Inlines(InlineKind::Span(_, range), content)) = self.open.pop() else { return };
            let way_out = "write `</span>` behind the words, in the same paragraph and within the same marks";
            self.problem(range, "this `<span>` is not closed", way_out);
            content.into_iter().for_each(|inline| self.inline(inline));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;
    use crate::prose::{Inlines, LinkTarget, ProseBlock, plain_text};

    fn paragraph(text: &str) -> Inlines {
        let parsed = parse(text);
        assert_eq!(parsed.problems, [], "{text}");
        match parsed.blocks.as_slice() {
            [ProseBlock::Paragraph(content)] => content.clone(),
            other => panic!("{text}: {other:?}"),
        }
    }

    fn spoken(tag: &str, content: Inlines) -> Inline {
        Inline::InLanguage { language: tag.parse().expect("a tag"), content }
    }

    fn text(text: &str) -> Inline {
        Inline::Text(text.into())
    }

    #[test]
    fn words_say_their_language() {
        let mot = spoken("fr", vec![text("mot juste")]);
        assert_eq!(paragraph("A <span lang=\"fr\">mot juste</span>."), [text("A "), mot.clone(), text(".")]);
        for written in ["<span lang='FR'>mot juste</span>", "<SPAN  LANG=fr >mot juste</span >"] {
            assert_eq!(paragraph(written), std::slice::from_ref(&mot), "{written}");
        }
        assert_eq!(paragraph("a<span lang=fr></span> b"), [text("a b")], "nothing has no language");
    }

    #[test]
    fn marks_links_and_other_languages_stand_within_and_around() {
        let inner = spoken("pt-BR", vec![Inline::Strong(vec![text("ginga")])]);
        assert_eq!(
            paragraph("*<span lang=\"fr\">le <span lang=\"pt-br\">**ginga**</span></span>*"),
            [Inline::Emphasis(vec![spoken("fr", vec![text("le "), inner])])]
        );
        let content = paragraph("[<span lang=fr>mot</span>](exercise:squat) <span lang=fr>[](exercise:squat)</span>");
        assert!(
            matches!(&content[0], Inline::Link { target: LinkTarget::Entry(_), content, .. } if content.len() == 1)
        );
        assert!(
            matches!(&content[2], Inline::InLanguage { content, .. } if matches!(&content[0], Inline::Link { .. }))
        );
    }

    #[test]
    fn items_headings_and_cells_hold_them() {
        let text = "# <span lang=fr>Plié</span>\n\n- <span lang=fr>un</span> a\n- b <span lang=fr>deux</span>\n\n\
                    | x | <span lang=fr>trois</span> |\n|---|---|\n| <span lang=fr>quatre</span> | y |\n";
        let parsed = parse(text);
        assert_eq!(parsed.problems, []);
        assert_eq!(format!("{:?}", parsed.blocks).matches("InLanguage").count(), 5);
        assert!(matches!(&parsed.blocks[0], ProseBlock::Heading { anchor, .. } if anchor == "plié"));
    }

    #[test]
    fn what_is_wrong_is_said_once_with_its_place_and_its_words_stay() {
        for (wrong, at, message) in [
            ("a <span>b</span>", 2, "does not say its language"),
            ("a <span lang>b</span>", 2, "and nothing else, not `lang`"),
            ("a <span class=\"x\" lang=fr>b</span>", 2, "not `class`"),
            ("a <span lang=fr lang=de>b</span>", 2, "twice"),
            ("a <span lang=\"\">b</span>", 2, "a language tag such as"),
            ("a <span lang=french!>b</span>", 2, "a language tag such as"),
            ("a <span lang=fr>b", 2, "is not closed"),
            ("*a <span lang=fr>b* c", 3, "is not closed"),
            ("- a <span lang=fr>b\n- c", 4, "is not closed"),
            ("a b</span>", 3, "closes nothing"),
            ("a <span/>b</span>", 2, "does not say its language"),
            ("a <spanner>b", 2, "HTML in prose"),
            ("<span lang=fr>\nb\n</span>", 0, "alone in its line"),
        ] {
            let parsed = parse(wrong);
            let said: Vec<_> = parsed.problems.iter().map(|it| (it.range.start, it.message.as_str())).collect();
            assert!(matches!(said.as_slice(), [(start, said)] if *start == at && said.contains(message)), "{said:?}");
            if let [ProseBlock::Paragraph(content)] = parsed.blocks.as_slice() {
                assert!(plain_text(content).contains('b'), "{wrong}: {content:?}");
            }
        }
    }

    #[test]
    fn marks_that_cross_are_two_mistakes() {
        let problems = parse("*a <span lang=fr>b* c</span>").problems;
        assert_eq!(problems.iter().map(|problem| problem.range.start).collect::<Vec<_>>(), [3, 21]);
    }

    #[test]
    fn rows_of_tags_are_no_danger() {
        let open = "<span lang=fr>";
        for (hostile, deep) in [
            (format!("a {}", open.repeat(20_000)), true),
            (format!("a {}b{}", open.repeat(20_000), "</span>".repeat(20_000)), true),
            (format!("a {}", "</span>".repeat(20_000)), false),
            (format!("a {}", "<span lang=fr>*".repeat(9_000)), true),
        ] {
            let problems = parse(&hostile).problems;
            assert!(!problems.is_empty());
            assert_eq!(problems.iter().any(|problem| problem.message.contains("nested more than 32")), deep);
        }
    }
}
