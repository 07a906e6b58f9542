//! Markup of other tools, which prints as it is written: found in running text, with the way to write it here.

use std::ops::Range;

use super::address::{Kind, NO_SITE, PASSWORD, WRONG_CODE};

/// Markup that no part of prose is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawMarkup {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// How it is written there.
    pub text: String,
    /// Whether it prints as it is written.
    pub as_written: bool,
    /// What it means to the tools that read it; if it does not print as it is written, what it is and becomes.
    pub meaning: &'static str,
    /// How to write it here.
    pub help: &'static str,
}

/// Stands for a sign that the author escaped, or that is no text.
pub(super) const OPAQUE: char = '\u{1}';

/// How far the end of a mark may be from its start, in bytes.
const REACH: usize = 300;

const HIGHLIGHT: Kind = ("marked text", "write `**marked**`");
const WIKI: Kind = ("a wiki link", "write `[words](guide:its-id)`, or `![...](media/...)` for a picture");
const EMOJI: Kind = ("the code of an emoji", "write the sign itself, or words");
const FENCE: Kind = ("a box of another tool", "write a box as `> [!NOTE]`, with `>` before each of its lines");
const BOX: Kind = (
    "a box without its place",
    "a box opens with `> [!NOTE]`, `TIP`, `IMPORTANT`, `WARNING` or `CAUTION`, alone in its line",
);
const ATTRIBUTES: Kind =
    ("a list of attributes", "delete it; a heading alone can have its name, as `## Why {#reasons}`");
const TEMPLATE: Kind = ("a template or shortcode", "write what it stands for, or put backticks around it");
const LINK: Kind = (
    "a link or picture whose address is not found",
    "write `[words](address)`, with `%20` for a blank in the address, or define `[name]: address` below",
);
const NOTE: Kind =
    ("a footnote without its text", "add a line such as `[^1]: The note.`, with an empty line before it");
const NOTE_HERE: Kind = ("a footnote in its place", "write `[^1]` here, and `[^1]: The note.` below");
const STRAY: Kind =
    ("a mark that does not open or close", "write its other half next to the words, without a blank between them");
const WIKI_HEADING: Kind = ("a heading of a wiki", "write `## Rest`");
const WIKI_BOLD: Kind = ("bold or slanted text of a wiki", "write `**bold**` or `*slanted*`");
const MATHS: Kind = ("a formula", "write it in words and signs, such as `x²`");
const LOWERED: Kind = ("lowered text", "write it with signs, such as `H₂O`");
const RAISED: Kind = ("raised text", "write it with signs, such as `m²`");
const INSERTED: Kind = ("inserted text", "write the words alone");
const DEFINITION: Kind = ("a list of definitions", "write `- **Term**: what it means`");
const HEADING: Kind = ("a heading without a blank", "put a blank behind `#`");
const TABLE: Kind = (
    "a line of a table that is none",
    "below the titles a table has a line such as `| --- | --- |` with as many columns, and above them an empty line",
);
const CONTENTS: Kind = ("a table of contents", "delete it: long handouts have one by themselves");
const ENTITY: Kind = ("the name of a sign", "write the sign itself");
const COMMENT: Kind = ("a comment", "delete it");
const TAG: Kind = ("a tag", "write it in Markdown, such as `**bold**`");
const ADDRESS: Kind = ("an address without `https://`", "write it in full, such as `<https://www.who.int>`");

const TASK: Kind = ("a box of a task list of another tool", "write `- [ ]` for an open box, `- [x]` for a ticked one");
const ABBREVIATION: Kind =
    ("an explained abbreviation", "write it out at its first place, such as `HRV (heart rate variability)`");
const FRONT_MATTER: Kind = ("the edge of another tool's front matter", "delete it, and the keys that belong to it");
const CITATION: Kind = ("a citation", "write `[](source:its-id)`");
const PAGE: Kind = ("a command for pages", "delete it");
const MERGE: Kind = ("a mark of an unfinished merge", "keep one of the two versions, and delete the marks");

/// A footnote without words.
pub(super) const EMPTY_NOTE: Kind = ("is a footnote that says nothing", "write what it says, or delete it");
/// What stands behind the last column of a table.
pub(super) const LOST_CELL: Kind = (
    "is behind the last column of its table, so that it is printed nowhere",
    "give the table a column more, or put a `\\` before a `|` that is no border",
);
/// A footnote that nothing refers to.
pub(super) const UNUSED_NOTE: Kind = (
    "is a footnote that no text refers to: it is printed behind the others, under a number that is nowhere else",
    "refer to it, as `[^1]`, or delete it",
);
/// A footnote under a name that another one has.
pub(super) const SECOND_NOTE: Kind = (
    "is a second footnote of this name: its words are printed as part of the first one",
    "give it a name of its own, and refer to it",
);
/// The title of a link or picture.
pub(super) const TITLE: Kind =
    ("is the title of a link or picture, which is not printed", "write it into the text, or delete it");
/// Markup that does not print as it is written.
pub(super) const CHANGED: [Kind; 8] =
    [UNUSED_NOTE, SECOND_NOTE, EMPTY_NOTE, TITLE, LOST_CELL, PASSWORD, NO_SITE, WRONG_CODE];

/// Every such markup in the text of one paragraph, in order.
pub(super) fn find(text: &str) -> Vec<(Range<usize>, Kind)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let Some(step) = text[at..].find(SIGNS) else { break };
        at += step;
        let scan = Scan { text, at };
        if let Some((length, kind)) = scan.markup().filter(|(length, _)| *length > 0) {
            // A table or a box has many lines and is one mistake.
            let lines = [FENCE, TABLE, DEFINITION].contains(&kind);
            if !(lines && found.iter().any(|(_, known)| *known == kind)) {
                found.push((at..at + length, kind));
            }
            at += length;
        } else {
            at += scan.run();
        }
    }
    found
}

/// What markup starts with.
const SIGNS: [char; 21] =
    ['\'', '(', '=', '[', ':', '!', '?', '{', '*', '_', '~', '$', '^', '+', '#', '|', '&', '%', '`', '<', '\\'];

/// A place in a text.
#[derive(Clone, Copy)]
struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    fn rest(self) -> &'a str {
        &self.text[self.at..]
    }

    /// How often the sign comes here in a row.
    fn run(self) -> usize {
        let sign = self.rest().chars().next().unwrap_or_default();
        self.rest().bytes().take_while(|byte| char::from(*byte) == sign).count().max(1)
    }

    fn before(self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    fn after(self, length: usize) -> Option<char> {
        self.rest()[length..].chars().next()
    }

    fn starts_line(self) -> bool {
        self.text[..self.at].chars().rev().find(|c| *c != ' ').is_none_or(|c| c == '\n')
    }

    /// What is between two marks, which touch it: bytes up to the end of the second mark.
    fn between(self, open: &str, close: &str) -> Option<usize> {
        let inner = near(self.rest().strip_prefix(open)?);
        let end = inner.find(close)?;
        let words = &inner[..end];
        let touches =
            !words.is_empty() && !words.starts_with(char::is_whitespace) && !words.ends_with(char::is_whitespace);
        (touches && !words.contains('\n')).then_some(open.len() + end + close.len())
    }

    /// A few signs without a blank between two equal ones.
    fn word_between(self, sign: &str) -> Option<usize> {
        let length = self.between(sign, sign).filter(|length| *length < 24)?;
        let inner = &self.rest()[..length];
        (inner.contains(char::is_alphanumeric) && !inner.contains(char::is_whitespace)).then_some(length)
    }

    /// The rest of the line.
    fn line(self) -> &'a str {
        self.rest().split('\n').next().unwrap_or_default()
    }

    /// The rest of the line, as far as it is looked at for each sign of it.
    fn near_line(self) -> &'a str {
        near(self.rest()).split('\n').next().unwrap_or_default()
    }

    fn markup(self) -> Option<(usize, Kind)> {
        let rest = self.rest();
        match rest.chars().next()? {
            '=' if (2..=4).contains(&self.run()) && self.starts_line() && self.is_wiki_heading() => {
                Some((self.line().trim_end().len(), WIKI_HEADING))
            }
            '=' if self.run() == 2 => self.outside_words(self.between("==", "==")?, HIGHLIGHT),
            '\'' if (2..=3).contains(&self.run()) => {
                let quotes = &rest[..self.run()];
                self.outside_words(self.between(quotes, quotes)?, WIKI_BOLD)
            }
            '+' if self.run() == 2 => self.outside_words(self.between("++", "++")?, INSERTED),
            '=' if self.run() == 3 && self.starts_line() && rest.starts_with("=== \"") => {
                Some((self.line().trim_end().len(), FENCE))
            }
            '+' if self.run() == 3 && self.starts_line() && self.line().trim_end() == "+++" => Some((3, FRONT_MATTER)),
            '[' => self.bracket(),
            '(' => self.escaped_formula(),
            '*' if rest.starts_with("*[") && self.starts_line() => self.abbreviation(),
            '<' if rest.starts_with("<%") => Some((near(rest).find("%>")? + 2, TEMPLATE)),
            '<' if self.run() == 7 && self.starts_line() => Some((self.line().trim_end().len(), MERGE)),
            '$' if rest.starts_with("${") => Some((self.between("${", "}")?, TEMPLATE)),
            ':' => self.colon(),
            '!' if self.starts_line() => self.opens_box("!!!"),
            '?' if self.starts_line() => self.opens_box("???"),
            '{' => self.brace(),
            '*' | '_' | '`' => self.stray(),
            '~' if self.run() == 1 => Some((self.word_between("~")?, LOWERED)),
            '~' => self.stray(),
            '^' if self.after(1) == Some('[') => Some((self.between("^[", "]")?, NOTE_HERE)),
            '^' => Some((self.word_between("^")?, RAISED)),
            '$' => self.formula(),
            '#' if self.starts_line() && (2..=6).contains(&self.run()) => {
                let run = self.run();
                self.after(run).filter(|c| c.is_alphanumeric())?;
                Some((self.line().trim_end().len(), HEADING))
            }
            '|' if self.starts_line() && self.line().trim_end().trim_start_matches('|').contains('|') => {
                Some((self.line().trim_end().len(), TABLE))
            }
            '&' => self.entity(),
            '%' if self.run() == 2 => self.outside_words(self.between("%%", "%%")?, COMMENT),
            '<' => self.address(),
            '\\' => self.command(),
            _ => None,
        }
    }

    /// Nothing within a word: `a==b` is a comparison.
    fn outside_words(self, length: usize, kind: Kind) -> Option<(usize, Kind)> {
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        (!word(self.before()) && !word(self.after(length))).then_some((length, kind))
    }

    fn bracket(self) -> Option<(usize, Kind)> {
        let rest = self.rest();
        if rest.starts_with("[[") {
            return Some((self.between("[[", "]]")?, WIKI));
        }
        if let Some(length) = self.foreign_box() {
            return Some((length, TASK));
        }
        let end = self.between("[", "]")?;
        let inner = &rest[1..end - 1];
        if let Some(name) = inner.strip_prefix('^') {
            return (!name.contains(char::is_whitespace)).then_some((end, NOTE));
        }
        if inner.trim_start_matches('-').strip_prefix('@').is_some_and(|name| name.starts_with(char::is_alphabetic)) {
            return Some((end, CITATION));
        }
        if let Some(tone) = inner.strip_prefix('!') {
            return tone.chars().all(char::is_alphabetic).then_some((end, BOX));
        }
        if inner.eq_ignore_ascii_case("toc") && self.starts_line() && self.line().trim_end().len() == end {
            return Some((end, CONTENTS));
        }
        if matches!(inner, "b" | "i" | "u" | "s" | "url" | "img" | "quote" | "code" | "list")
            && near(rest).contains("[/")
        {
            return Some((end, TAG));
        }
        if inner.starts_with("url=") && near(rest).contains("[/url]") {
            return Some((end, TAG));
        }
        if inner.contains('|') && inner.contains("://") {
            return Some((end, LINK));
        }
        let behind = Scan { at: self.at + end, ..self };
        let is_apart = behind.rest().starts_with(" (") || !behind.near_line().contains(')');
        let address = behind.near_line().trim_start().strip_prefix('(').filter(|_| is_apart);
        if address.is_some_and(|address| address.starts_with("http")) {
            return Some((end, LINK));
        }
        if let Some(more) = behind.between("(", ")").filter(|more| looks_like_address(&behind.rest()[1..more - 1])) {
            return Some((end + more, LINK));
        }
        if behind.rest().starts_with("[]") {
            return Some((end + 2, LINK));
        }
        Some((end + behind.between("[", "]")?, LINK))
    }

    /// The box of a task at the start of an item, as `[-]`, `[>]` or `[]`.
    fn foreign_box(self) -> Option<usize> {
        let (inner, behind) = self.rest().strip_prefix('[')?.split_once(']')?;
        let is_sign = inner.is_empty() || inner.trim().len() < inner.len() && inner.trim().eq_ignore_ascii_case("x");
        let is_sign = is_sign || ["-", "/", ">", "<", "!", "?", "*", "~", "✓", "✔", "✗", "✘"].contains(&inner);
        (self.at == 0 && is_sign && behind.starts_with(' ')).then_some(inner.len() + 2)
    }

    /// `*[HRV]: heart rate variability`.
    fn abbreviation(self) -> Option<(usize, Kind)> {
        let name = Scan { at: self.at + 1, ..self }.between("[", "]")?;
        (self.after(1 + name) == Some(':')).then(|| (self.line().trim_end().len(), ABBREVIATION))
    }

    /// `\(x^2\)`, of which prose takes both backslashes away.
    fn escaped_formula(self) -> Option<(usize, Kind)> {
        let length = self.between("(", "\u{1})").filter(|_| self.before() == Some(OPAQUE))? - 2;
        self.rest()[1..length].contains(['\\', '^', '_', '=', '+', '*', '<', '>']).then_some((length, MATHS))
    }

    /// `== Rest ==`, alone in its line.
    fn is_wiki_heading(self) -> bool {
        let (line, run) = (self.line().trim_end(), self.run());
        let inner = line.get(run..line.len().saturating_sub(run)).unwrap_or_default();
        let closes = line.bytes().rev().take_while(|byte| *byte == b'=').count() == run;
        closes && inner.starts_with(' ') && inner.ends_with(' ') && !inner.trim().is_empty()
    }

    fn colon(self) -> Option<(usize, Kind)> {
        if self.starts_line() && self.run() >= 3 {
            return Some((self.line().trim_end().len(), FENCE));
        }
        if self.at > 0 && self.starts_line() && self.after(1) == Some(' ') && self.line().trim_end().len() > 2 {
            return Some((self.line().trim_end().len(), DEFINITION));
        }
        let length = self.between(":", ":")?;
        let name = &self.rest()[1..length - 1];
        let part = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-' | b'+');
        let letters = name.bytes().filter(u8::is_ascii_lowercase).count();
        let is_code = name.bytes().all(part) && letters >= 2 || matches!(name, "+1" | "-1");
        if is_code { self.outside_words(length, EMOJI) } else { None }
    }

    fn opens_box(self, sign: &str) -> Option<(usize, Kind)> {
        let name = self.rest().strip_prefix(sign)?.trim_start_matches('+').strip_prefix(' ')?;
        name.starts_with(|c: char| c.is_ascii_lowercase()).then(|| (self.line().trim_end().len(), FENCE))
    }

    fn brace(self) -> Option<(usize, Kind)> {
        let rest = self.rest();
        for (open, close) in [("{{", "}}"), ("{%", "%}"), ("{#", "#}")] {
            if let Some(inner) = rest.strip_prefix(open)
                && let Some(end) = near(inner).find(close)
            {
                return Some((open.len() + end + close.len(), TEMPLATE));
            }
        }
        let length = self.between("{", "}")?;
        if rest.starts_with("{color") {
            return Some((length, TAG));
        }
        let inner = rest[1..length - 1].trim_start_matches(':').trim();
        let key =
            inner.split_once('=').is_some_and(|(key, _)| key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
        if rest.starts_with("{:") || key && self.before() == Some(OPAQUE) {
            return Some((length, ATTRIBUTES));
        }
        let name = inner.strip_prefix(['.', '#'])?;
        name.starts_with(char::is_alphabetic).then_some((length, ATTRIBUTES))
    }

    /// `**`, `__`, `~~` or a backtick that touches a word on one side, or a single `*` or `_` before a word.
    fn stray(self) -> Option<(usize, Kind)> {
        let (run, sign) = (self.run(), self.rest().chars().next()?);
        let plain = |c: Option<char>| c.is_none_or(|c| c.is_whitespace());
        let (before, after) = (self.before(), self.after(run));
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let opens = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '"' | '“' | '„' | '«' | '‘'))
            && after.is_some_and(char::is_alphabetic);
        let found = match sign {
            '*' | '_' if run == 1 => opens || sign == '_' && before.is_some_and(char::is_alphabetic) && !word(after),
            // `** Warm up **` has its blanks on the wrong side.
            '*' if run == 2 && self.starts_line() && after == Some(' ') => self.line().trim_end()[2..].ends_with(" **"),
            '*' => (2..=3).contains(&run) && !(plain(before) && plain(after)),
            '~' => run == 2 && !(plain(before) && plain(after)),
            // Lines to write on have more of them, and names of files have words on both sides.
            '_' => run == 2 && word(before) != word(after),
            _ => !(word(before) && word(after) || plain(before) && plain(after)),
        };
        found.then_some((run, STRAY))
    }

    /// Amounts of money are no formula.
    fn formula(self) -> Option<(usize, Kind)> {
        if self.run() == 2 {
            return Some((self.between("$$", "$$")?, MATHS));
        }
        let length = self.between("$", "$")?;
        let inner = &self.rest()[1..length - 1];
        let name = inner.starts_with(char::is_alphabetic) && !inner.contains(char::is_whitespace);
        let name = name && self.outside_words(length, MATHS).is_some();
        (name || inner.contains(['\\', '^', '_', '='])).then_some((length, MATHS))
    }

    fn entity(self) -> Option<(usize, Kind)> {
        let name = near(&self.rest()[1..]).split(';').next()?;
        let is_name = (2..32).contains(&name.len()) && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '#');
        let closed = self.rest().as_bytes().get(1 + name.len()) == Some(&b';');
        let signs = |c: char| c.is_ascii_alphanumeric() || c == '#';
        (is_name && closed && name.chars().all(signs)).then_some((name.len() + 2, ENTITY))
    }

    fn address(self) -> Option<(usize, Kind)> {
        let length = self.between("<", ">")?;
        let inner = &self.rest()[1..length - 1];
        (inner.starts_with("www.") && !inner.contains(' ')).then_some((length, ADDRESS))
    }

    /// A command of TeX: `\textbf{a}`.
    fn command(self) -> Option<(usize, Kind)> {
        let name = self.rest()[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
        if self.starts_line() && matches!(self.line().trim_end(), "\\newpage" | "\\pagebreak" | "\\clearpage") {
            return Some((1 + name, PAGE));
        }
        let group = Scan { at: self.at + 1 + name, ..self }.between("{", "}")?;
        (name > 1).then_some((1 + name + group, MATHS))
    }
}

/// As much of a text as a mark may be long.
fn near(text: &str) -> &str {
    let mut reach = text.len().min(REACH);
    while !text.is_char_boundary(reach) {
        reach -= 1;
    }
    &text[..reach]
}

/// Whether what is in brackets behind words in brackets is meant as their address.
fn looks_like_address(text: &str) -> bool {
    let file = text.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty() && (2..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    text.contains("://") || text.starts_with(['/', '#', '.']) || text.contains('/') && text.contains('.') || file
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    fn raw(text: &str) -> Vec<String> {
        let parsed = parse(text);
        assert_eq!(parsed.problems, [], "{text}");
        for one in &parsed.raw {
            assert!(text[one.range.clone()].starts_with(&one.text), "{text}: {one:?}");
        }
        parsed.raw.into_iter().map(|raw| raw.text).collect()
    }

    #[test]
    fn marks_of_wikis_and_links_that_are_not_closed_are_found() {
        for (text, found) in [
            ("Do it '''slowly''' now", "'''slowly'''"),
            ("Rest, ''then'' go", "''then''"),
            ("== Rest ==\nA day.", "== Rest =="),
            ("** Warm up **", "**"),
            ("See [the plan] (https://a.example) now", "[the plan]"),
            ("See [the plan](https://a.example now", "[the plan]"),
            ("See [plan|https://a.example/x] now", "[plan|https://a.example/x]"),
            ("[url=https://a.example/x]plan[/url]", "[url=https://a.example/x]"),
            ("A {color:red}hot{color} day", "{color:red}"),
        ] {
            assert_eq!(raw(text).first().map(String::as_str), Some(found), "{text}: {:?}", raw(text));
        }
    }

    #[test]
    fn markup_of_other_tools_is_found_where_it_is() {
        for (text, found) in [
            ("Some ==marked== words", "==marked=="),
            ("See [[calf care]] first", "[[calf care]]"),
            ("Well done :smile:!", ":smile:"),
            ("::: warning\nHot.\n:::", "::: warning"),
            ("!!! note\n    Neither.", "!!! note"),
            ("> [!HINT]\n> Try.", "[!HINT]"),
            ("Lift{.red} it", "{.red}"),
            ("Lift {: .class}", "{: .class}"),
            ("| What {#x} |\n| --- |\n| a |", "{#x}"),
            ("Weigh {{ page.title }}", "{{ page.title }}"),
            ("A {% include x %}", "{% include x %}"),
            ("A {{< figure >}}", "{{< figure >}}"),
            ("See [the plan][plan] now", "[the plan][plan]"),
            ("See [plan][] now", "[plan][]"),
            ("See [the plan](my plan.pdf)", "[the plan](my plan.pdf)"),
            ("A claim[^1].", "[^1]"),
            ("A claim^[here].", "^[here]"),
            ("This is **bold.", "**"),
            ("This is ~~old.", "~~"),
            ("This is __bold.", "__"),
            ("A `code", "`"),
            ("So $$x^2$$", "$$x^2$$"),
            ("So $x_1 = 2$", "$x_1 = 2$"),
            ("H~2~O", "~2~"),
            ("x^2^", "^2^"),
            ("Term\n: Meaning", ": Meaning"),
            ("##Heading", "##Heading"),
            ("a\n| b | c |", "| b | c |"),
            ("[TOC]", "[TOC]"),
            ("a &foo; b", "&foo;"),
            ("%%later%%", "%%later%%"),
            ("[b]bold[/b]", "[b]"),
            ("\\textbf{bold}", "\\textbf{bold}"),
            ("See <www.example.org>", "<www.example.org>"),
            ("- [-] d", "[-]"),
            ("- [>] later", "[>]"),
            ("- [] open", "[]"),
            ("Uses HRV.\n\n*[HRV]: Heart rate variability", "*[HRV]: Heart rate variability"),
            ("+++\ntitle = 1\n+++", "+++"),
            ("${toc}", "${toc}"),
            ("{:toc}", "{:toc}"),
            ("**a**{width=50%} b", "{width=50%}"),
            ("A <%= x %> b", "<%= x %>"),
            ("This is *this and", "*"),
            ("*This is", "*"),
            ("(*this", "*"),
            ("This is _under and", "_"),
            ("This is under_ and", "_"),
            ("So $x$ is", "$x$"),
            ("So \\(x^2\\) is", "(x^2"),
            ("See [@smith2004].", "[@smith2004]"),
            ("a\n\n\\newpage\n\nb", "\\newpage"),
            ("=== \"Tab\"\n    Words", "=== \"Tab\""),
            ("<<<<<<< HEAD", "<<<<<<< HEAD"),
        ] {
            assert_eq!(raw(text).first().map(String::as_str), Some(found), "{text}: {:?}", raw(text));
        }
    }

    #[test]
    fn ordinary_text_is_no_markup() {
        for text in [
            "3 * 8 and 4 ** 2, snake_case_word and snake__case",
            "Costs $5 or $6, at 12:30:45, note: this: that",
            "Name: ________ Date: __ . __ . ____",
            "a==b, x += 2, C++ and C++ again, 100 %% sure",
            "[optional] do (this), pick [x] or [ ], see note [1] (page 2)",
            "{braces}, #tag, @coach, don`t, weights < 5 kg, 3 < 4 > 2",
            "R&D; AT&T, 50 %, what?! Really??? Yes!!!",
            "either | or, ~30 s to ~40 s, 10^3, a^b",
            "\\==marked== \\[[wiki]] \\{{ x }} \\:smile: \\**bold \\&foo; H\\~2~O \\[a][b] \\[a](b c.pdf)",
            "`==marked== {{ x }} [[wiki]]` &#91;[wiki]] \\| a | b |",
            "https://example.org/a_b__c?x={y}&z=1;",
            "A *b* **c** ~~d~~ [e](https://example.org) ![](exercise:squat)".split(" ![").next().unwrap(),
            "4:10-4:40 min/km: easy; 3:2:1 ratio",
            "Smile :-) :) :D ;-) ^_^ o_O >.< <3 T_T :*",
            "2 * 3, 2*3, a * b, 5* or 6*, *.yaml, 4 *3, US$5 and A$6, $5/$6, $10-$20",
            "Tired -_- now",
            "Squat* twice.\n\n*Only on dry roads.",
            "A file_name, \\*this, \\_under, `*this`, (see this), \\(see this\\), [-] and [/]",
            "(a) b (c); = 5; == 5; x = y; a+b; 1+++ x; [email@example.org]",
        ] {
            assert_eq!(raw(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn long_rows_of_signs_take_no_time() {
        for sign in [
            "[", "==a", ":a", "{{", "~a", "^a", "$", "&a", "**a ", "[a](", "[[a", "`", "<w", "<%", "*[a", "(", "\\(a",
            "${", "*a ", "_a ",
        ] {
            parse(&format!("x {}", sign.repeat(30_000)));
        }
    }
}
