//! Running text that is in order, as Markdown.

use regimen_catalog::LanguageTag;
use regimen_catalog::prose::{Inline, LinkTarget};

use crate::code::kept;
use crate::escape::{TextContext, push_code, push_destination, push_reference, push_text};
use crate::settings::Templates;
use crate::tidy::Means;

/// How running text is written where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Form<'a> {
    pub(crate) context: TextContext,
    pub(crate) hard_break: &'a str,
    /// Whether `~~` is known; else it is HTML.
    pub(crate) extras: bool,
    pub(crate) templates: Templates,
}

impl<'a> Form<'a> {
    /// Text in one line, without code.
    pub(crate) const LINE: Form<'static> =
        Form { context: TextContext::Heading, hard_break: " ", extras: true, templates: Templates::None };

    /// The form of text in this context of a site.
    pub(crate) fn of(context: TextContext, hard_break: &'a str, means: Means<'_>) -> Self {
        Self { context, hard_break, extras: means.extras, templates: means.templates }
    }
}

/// Tidied text as Markdown.
pub(crate) fn write(inlines: &[Inline], form: Form<'_>) -> String {
    let mut writer = Writer { out: String::new(), context: form.context, form, guard_next: false };
    writer.push_inlines(inlines);
    writer.out
}

struct Writer<'a> {
    out: String,
    context: TextContext,
    form: Form<'a>,
    /// The next character stands behind a closing mark and must not be a letter to it.
    guard_next: bool,
}

impl Writer<'_> {
    fn push_inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            let guard = std::mem::take(&mut self.guard_next);
            match inline {
                Inline::Text(text) => self.text(text, guard),
                Inline::Code(code) => push_code(&mut self.out, &kept(code, self.form.templates), self.context),
                Inline::Strong(inner) => self.marked("**", inner),
                Inline::Emphasis(inner) => self.marked("_", inner),
                Inline::Struck(inner) if self.form.extras => self.marked("~~", inner),
                Inline::Struck(inner) => {
                    self.out.push_str("<del>");
                    self.push_inlines(inner);
                    self.guard_next = false;
                    self.out.push_str("</del>");
                }
                // Before anything else in its item.
                Inline::Checkbox(ticked) if self.out.is_empty() && inlines.len() > 1 => {
                    self.out.push_str(if *ticked { "[x] " } else { "[ ] " });
                }
                Inline::Checkbox(ticked) => self.out.push_str(if *ticked { "☑ " } else { "☐ " }),
                Inline::Footnote(number) => self.out.push_str(&format!("[^{number}]")),
                Inline::Link { target, content, title } => self.link(target, content, title.as_deref()),
                Inline::InLanguage { language, content } => self.in_language(language, content),
                Inline::Break => self.out.push_str(self.form.hard_break),
            }
        }
    }

    fn text(&mut self, text: &str, guard: bool) {
        let mut text = text;
        if let Some(c) = text.chars().next()
            && guard
            && !is_boundary(c)
        {
            push_reference(&mut self.out, c);
            text = &text[c.len_utf8()..];
        }
        push_text(&mut self.out, text, self.context);
    }

    /// Whether `**` and `_` open and close depends on the characters on both sides. `_` does not work between
    /// letters, and `**` not between a letter outside and a sign inside; there the character outside is
    /// written by its number, which is punctuation on both sides.
    fn marked(&mut self, mark: &str, inner: &[Inline]) {
        let within_word = mark != "_";
        if !(within_word && first_char(inner).is_some_and(char::is_alphanumeric)) {
            self.guard_last();
        }
        self.out.push_str(mark);
        self.push_inlines(inner);
        let last = self.out.chars().next_back();
        self.guard_next = !(within_word && last.is_some_and(char::is_alphanumeric));
        self.out.push_str(mark);
    }

    fn guard_last(&mut self) {
        if let Some(c) = self.out.chars().next_back()
            && !is_boundary(c)
        {
            self.out.pop();
            push_reference(&mut self.out, c);
        }
    }

    /// The one piece of HTML, which stands within a line and holds Markdown.
    fn in_language(&mut self, language: &LanguageTag, content: &[Inline]) {
        self.out.push_str(&language_start(language));
        self.push_inlines(content);
        self.guard_next = false;
        self.out.push_str(LANGUAGE_END);
    }

    fn link(&mut self, target: &LinkTarget, content: &[Inline], title: Option<&str>) {
        self.out.push('[');
        self.push_inlines(content);
        self.guard_next = false;
        self.out.push_str("](");
        if let LinkTarget::Url(address) = target {
            push_destination(&mut self.out, address);
        }
        if let Some(title) = title {
            self.out.push_str(" \"");
            for c in title.chars() {
                // Signs that could end the title or mean something by their number, which every reader knows here.
                if c == '"' || !c.is_ascii_alphanumeric() && c.is_ascii_punctuation() && !matches!(c, ',' | '.' | '-') {
                    push_reference(&mut self.out, c);
                } else {
                    self.out.push(if c.is_whitespace() || c.is_control() { ' ' } else { c });
                }
            }
            self.out.push('"');
        }
        self.out.push(')');
    }
}

/// Opens words in another language; the tag has letters, digits and hyphens only.
pub(crate) fn language_start(language: &LanguageTag) -> String {
    format!("<span lang=\"{language}\">")
}

/// Closes words in another language.
pub(crate) const LANGUAGE_END: &str = "</span>";

/// The first character as it will be written.
fn first_char(inlines: &[Inline]) -> Option<char> {
    match inlines.first()? {
        Inline::Text(text) => text.chars().next(),
        _ => Some('*'),
    }
}

/// Blanks and signs that every reader takes for such; of the others (symbols, emoji, marks) some do not.
fn is_boundary(c: char) -> bool {
    c.is_whitespace()
        || c.is_ascii_punctuation()
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{2043}' | '«' | '»' | '¡' | '¿' | '·')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tidy;

    fn text(text: &str) -> Inline {
        Inline::Text(text.into())
    }

    fn markdown(inlines: &[Inline]) -> String {
        let resolve = |target: &LinkTarget| match target {
            LinkTarget::Url(url) => Some(url.clone()),
            _ => None,
        };
        let means = Means { resolve: &resolve, languages: true, extras: true, templates: Templates::None };
        write(&tidy(inlines, TextContext::Paragraph, means), Form::of(TextContext::Paragraph, "\\\n", means))
    }

    #[test]
    fn titles_of_links_are_kept() {
        let link = |title: &str| Inline::Link {
            target: LinkTarget::Url("https://a.example".into()),
            content: vec![text("x")],
            title: Some(title.into()),
        };
        assert_eq!(markdown(&[link("the title")]), "[x](https://a.example \"the title\")");
        assert_eq!(markdown(&[link("a \"b\" {{")]), "[x](https://a.example \"a &#34;b&#34; &#123;&#123;\")");
    }

    #[test]
    fn marks_stand_where_readers_see_them() {
        let strong = |inner: &str| Inline::Strong(vec![text(inner)]);
        let emphasis = |inner: &str| Inline::Emphasis(vec![text(inner)]);
        for (inlines, wanted) in [
            (vec![text("a "), strong("b"), text(" c")], "a **b** c"),
            (vec![text("a"), strong(" b "), text("c")], "a **b** c"),
            (vec![text("a"), strong("b"), text("c")], "a**b**c"),
            (vec![text("a"), strong("(b)"), text("c")], "&#97;**(b)**&#99;"),
            (vec![text("a"), emphasis("b"), text("c")], "&#97;_b_&#99;"),
            (vec![emphasis("a"), strong("b")], "_a_**b**"),
            (vec![strong("a"), strong("b")], "**ab**"),
            (vec![Inline::Strong(vec![strong("a")])], "**a**"),
            (vec![strong("a"), Inline::Break, text("- b")], "**a**\\\n\\- b"),
            (vec![strong(" "), text("x"), Inline::Break], "x"),
            (vec![Inline::Code("`a` ".into())], "`` `a`  ``"),
        ] {
            assert_eq!(markdown(&inlines), wanted);
        }
    }

    #[test]
    fn words_say_their_language_and_marks_see_signs_around_them() {
        let french = |inner: Vec<Inline>| Inline::InLanguage { language: "fr".parse().expect("a tag"), content: inner };
        let strong = |inner: Vec<Inline>| Inline::Strong(inner);
        for (inlines, wanted) in [
            (vec![text("a"), french(vec![text(" b* ")]), text("c")], "a <span lang=\"fr\">b\\*</span> c"),
            (vec![text("a"), french(vec![strong(vec![text("(b)")])]), text("c")], "a<span lang=\"fr\">**(b)**</span>c"),
            (
                vec![text("a"), strong(vec![french(vec![text("b")])]), text("c")],
                "&#97;**<span lang=\"fr\">b</span>**&#99;",
            ),
            (vec![french(vec![text(" ")]), text("c")], "c"),
        ] {
            assert_eq!(markdown(&inlines), wanted);
        }
    }

    #[test]
    fn a_link_that_leads_nowhere_is_its_text() {
        let link = |target| Inline::Link { target, content: vec![text("x")], title: None };
        assert_eq!(markdown(&[link(LinkTarget::Anchor("a".into()))]), "x");
        assert_eq!(markdown(&[link(LinkTarget::Url("b:c d".into()))]), "[x](b:c%20d)");
        let picture = [text("hey!"), link(LinkTarget::Url("u".into()))];
        assert_eq!(markdown(&picture), "hey\\![x](u)");
    }
}
