//! Running text put in order before it is written.
//!
//! Markdown cannot say everything that a tree of inlines can: bold with a blank at its edge, italic within
//! italic, a link within a link. [`tidy`] rewrites such trees to ones that look the same and can be said, so
//! that writing them has no special cases.

use regimen_catalog::prose::{Inline, Inlines, LinkTarget};

use crate::escape::TextContext;
use crate::settings::Templates;

/// Where a link leads, as an address; `None` shows its text only.
pub(crate) type Resolve<'a> = &'a dyn Fn(&LinkTarget) -> Option<String>;

/// What can be said besides text and marks.
#[derive(Clone, Copy)]
pub(crate) struct Means<'a> {
    pub(crate) resolve: Resolve<'a>,
    /// Whether words say which language they are in.
    pub(crate) languages: bool,
    /// Whether footnotes and boxes to tick are said in Markdown; else they are signs, and links where there is HTML to lead to.
    pub(crate) extras: bool,
    pub(crate) templates: Templates,
}

impl Means<'_> {
    /// Neither links nor languages.
    pub(crate) const NONE: Means<'static> =
        Means { resolve: &|_| None, languages: false, extras: false, templates: Templates::None };
}

/// What text is already inside of.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "text is in any of them, whatever the others")]
struct Inside {
    strong: bool,
    emphasis: bool,
    struck: bool,
    link: bool,
}

/// Text that Markdown can say: links are addresses, marks do not nest in themselves, no blank stands at the
/// edge of a mark or of the whole, and pieces of the same kind are one.
pub(crate) fn tidy(inlines: &[Inline], context: TextContext, means: Means<'_>) -> Inlines {
    let tidied = tidied(inlines, means);
    let said = without_odd_code(tidied.clone(), context, false);
    if said == tidied {
        return said;
    }
    // What was code has blanks at its edge now, or stands beside other text.
    let resolve = |target: &LinkTarget| match target {
        LinkTarget::Url(url) => Some(url.clone()),
        LinkTarget::Entry(_) | LinkTarget::Anchor(_) | LinkTarget::Heading(..) => None,
    };
    self::tidied(&said, Means { resolve: &resolve, ..means })
}

fn tidied(inlines: &[Inline], means: Means<'_>) -> Inlines {
    let mut tidied = Inlines::new();
    push_all(&mut tidied, inlines, Inside::default(), means);
    let (_, core, _) = split_edges(tidied);
    trim_around_breaks(core)
}

/// Code that would be misread becomes text: `]:` in a link at the start of a paragraph reads as the
/// definition of a link, and readers differ on `\|` inside a cell.
fn without_odd_code(inlines: Inlines, context: TextContext, in_link: bool) -> Inlines {
    let all = |inner, in_link| without_odd_code(inner, context, in_link);
    let one = |inline| match inline {
        Inline::Code(code) => {
            let definition = in_link && code.contains("]:");
            let pipe = context == TextContext::Cell && code.contains('|') && code.contains('\\');
            if definition || pipe { Inline::Text(code) } else { Inline::Code(code) }
        }
        Inline::Strong(inner) => Inline::Strong(all(inner, in_link)),
        Inline::Emphasis(inner) => Inline::Emphasis(all(inner, in_link)),
        Inline::Struck(inner) => Inline::Struck(all(inner, in_link)),
        Inline::Link { target, content, title } => Inline::Link { target, content: all(content, true), title },
        Inline::InLanguage { language, content } => Inline::InLanguage { language, content: all(content, in_link) },
        Inline::Text(_) | Inline::Checkbox(_) | Inline::Footnote(_) | Inline::Break => inline,
    };
    inlines.into_iter().map(one).collect()
}

/// The same on one line: a line break becomes `instead`.
pub(crate) fn tidy_line(inlines: &[Inline], context: TextContext, instead: &str, means: Means<'_>) -> Inlines {
    let mut line = Inlines::new();
    for inline in tidy(inlines, context, means) {
        push(&mut line, without_breaks(inline, instead));
    }
    line
}

fn without_breaks(inline: Inline, instead: &str) -> Inline {
    let all = |inner: Inlines| {
        let mut line = Inlines::new();
        for inline in inner {
            push(&mut line, without_breaks(inline, instead));
        }
        line
    };
    match inline {
        Inline::Break => Inline::Text(instead.to_owned()),
        Inline::Strong(inner) => Inline::Strong(all(inner)),
        Inline::Emphasis(inner) => Inline::Emphasis(all(inner)),
        Inline::Struck(inner) => Inline::Struck(all(inner)),
        Inline::Link { target, content, title } => Inline::Link { target, content: all(content), title },
        Inline::InLanguage { language, content } => Inline::InLanguage { language, content: all(content) },
        Inline::Text(_) | Inline::Code(_) | Inline::Checkbox(_) | Inline::Footnote(_) => inline,
    }
}

fn push_all(out: &mut Inlines, inlines: &[Inline], inside: Inside, means: Means<'_>) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => push(out, Inline::Text(clean(text))),
            // Blanks in fixed width are blanks, and no reader keeps code that is nothing else.
            Inline::Code(code) => push(
                out,
                match clean(code) {
                    code if code.trim().is_empty() => Inline::Text(code),
                    code => Inline::Code(code),
                },
            ),
            Inline::Break => push(out, Inline::Break),
            Inline::Strong(inner) if inside.strong => push_all(out, inner, inside, means),
            Inline::Strong(inner) => {
                let inside = Inside { strong: true, ..inside };
                push_marked(out, inner, inside, means, Inline::Strong);
            }
            Inline::Emphasis(inner) if inside.emphasis => push_all(out, inner, inside, means),
            Inline::Emphasis(inner) => {
                let inside = Inside { emphasis: true, ..inside };
                push_marked(out, inner, inside, means, Inline::Emphasis);
            }
            Inline::Struck(inner) if inside.struck => push_all(out, inner, inside, means),
            Inline::Struck(inner) => {
                let inside = Inside { struck: true, ..inside };
                push_marked(out, inner, inside, means, Inline::Struck);
            }
            Inline::Checkbox(ticked) if !means.extras => {
                push(out, Inline::Text(if *ticked { "☑ " } else { "☐ " }.to_owned()));
            }
            Inline::Footnote(number) if !means.extras => push_all(out, &[footnote_sign(*number, means)], inside, means),
            Inline::Checkbox(_) | Inline::Footnote(_) => out.push(inline.clone()),
            Inline::InLanguage { language, content } if means.languages => {
                let language = language.clone();
                push_marked(out, content, inside, means, |content| Inline::InLanguage { language, content });
            }
            Inline::InLanguage { content, .. } => push_all(out, content, inside, means),
            Inline::Link { target, content, title } => match (means.resolve)(target) {
                Some(address) if !inside.link => {
                    let inside = Inside { link: true, ..inside };
                    push_marked(out, content, inside, means, |content| Inline::Link {
                        target: LinkTarget::Url(address),
                        content,
                        title: title.clone(),
                    });
                }
                _ => push_all(out, content, inside, means),
            },
        }
    }
}

/// A raised number, which leads to its footnote where that has a name.
fn footnote_sign(number: u32, means: Means<'_>) -> Inline {
    let sign = Inline::Text(raised(number));
    if !means.languages {
        return sign;
    }
    Inline::Link { target: LinkTarget::Url(format!("#{}", note_name(number))), content: vec![sign], title: None }
}

/// The name of a footnote on its page.
pub(crate) fn note_name(number: u32) -> String {
    format!("note-{number}")
}

/// A number in raised figures.
pub(crate) fn raised(number: u32) -> String {
    const FIGURES: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let figures = number.to_string().into_bytes().into_iter();
    figures.filter_map(|figure| FIGURES.get(usize::from(figure - b'0'))).collect()
}

fn push_marked(
    out: &mut Inlines,
    inner: &[Inline],
    inside: Inside,
    means: Means<'_>,
    mark: impl FnOnce(Inlines) -> Inline,
) {
    let mut tidied = Inlines::new();
    push_all(&mut tidied, inner, inside, means);
    let (before, core, after) = split_edges(tidied);
    for inline in before {
        push(out, inline);
    }
    if !core.is_empty() {
        push(out, mark(trim_around_breaks(core)));
    }
    for inline in after {
        push(out, inline);
    }
}

/// Adds a piece, as part of the one before if both are of the same kind.
fn push(out: &mut Inlines, inline: Inline) {
    match (out.last_mut(), inline) {
        (_, Inline::Text(text)) if text.is_empty() => {}
        (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
        (Some(Inline::Code(before)), Inline::Code(code)) => before.push_str(&code),
        (Some(Inline::Strong(before)), Inline::Strong(inner))
        | (Some(Inline::Emphasis(before)), Inline::Emphasis(inner))
        | (Some(Inline::Struck(before)), Inline::Struck(inner)) => {
            for inline in inner {
                push(before, inline);
            }
        }
        (_, inline) => out.push(inline),
    }
}

/// Text without line breaks and control characters.
pub(crate) fn clean(text: &str) -> String {
    let kept = text.chars().filter_map(|c| match c {
        '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{feff}' => None,
        c if c.is_control() => None,
        c => Some(c),
    });
    kept.collect()
}

/// The blanks and breaks before, the text, and those after.
fn split_edges(mut inlines: Inlines) -> (Inlines, Inlines, Inlines) {
    let mut before = Inlines::new();
    while let Some(first) = inlines.first_mut() {
        match first {
            Inline::Text(text) => {
                let rest = text.trim_start().to_owned();
                let blank = text[..text.len() - rest.len()].to_owned();
                push(&mut before, Inline::Text(blank));
                *text = rest;
                if !text.is_empty() {
                    break;
                }
            }
            Inline::Break => before.push(Inline::Break),
            _ => break,
        }
        inlines.remove(0);
    }
    let mut after = Inlines::new();
    while let Some(last) = inlines.last_mut() {
        match last {
            Inline::Text(text) => {
                let blank = text[text.trim_end().len()..].to_owned();
                text.truncate(text.len() - blank.len());
                if !blank.is_empty() {
                    after.insert(0, Inline::Text(blank));
                }
                if !text.is_empty() {
                    break;
                }
            }
            Inline::Break => after.insert(0, Inline::Break),
            _ => break,
        }
        inlines.pop();
    }
    (before, inlines, after)
}

/// Blanks at the end and at the start of a line say nothing; an empty line would end the paragraph.
fn trim_around_breaks(inlines: Inlines) -> Inlines {
    let mut trimmed = Inlines::new();
    for mut inline in inlines {
        match (&mut inline, trimmed.last_mut()) {
            (Inline::Text(text), Some(Inline::Break)) => {
                *text = text.trim_start().to_owned();
            }
            (Inline::Break, Some(Inline::Text(text))) => {
                text.truncate(text.trim_end().len());
                if text.is_empty() {
                    trimmed.pop();
                }
            }
            _ => {}
        }
        let empty = matches!(&inline, Inline::Text(text) if text.is_empty());
        let again = inline == Inline::Break && trimmed.last() == Some(&Inline::Break);
        if !empty && !again {
            trimmed.push(inline);
        }
    }
    trimmed
}
