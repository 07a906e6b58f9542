//! The strict reader: one pass over a YAML text before anything is read from it.
//!
//! It refuses what YAML allows and what would surprise an author or a later reader: a key given twice, a key
//! that is a number, references inside the file, types in disguise, texts that read as other numbers, and
//! nesting that takes a parser seconds. It reports everything up to the first place that is not YAML at all.

use std::collections::BTreeMap;
use std::ops::{ControlFlow, Range};

use serde_yaml::Value as Tree;

use super::events::{Broken, Event, Events, ScalarStyle};
use super::tree::Builder;
use super::{MAX_DEPTH, plain, syntax, wording};
use regimen_model::diagnostic::{Diagnostic, FilePath, Place};
use regimen_model::{hidden, limits};

/// How many findings one file gives; more help nobody.
pub(super) const MAX_FINDINGS: usize = 100;

/// What a document may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Root {
    /// Keys and their values.
    Keys,
    /// Keys, or a list of them.
    KeysOrList,
}

/// Reads the YAML in the bytes `range` of a file, if there is nothing to refuse.
pub(super) fn read(text: &str, range: Range<usize>, file: &FilePath, root: Root) -> Result<Tree, Vec<Diagnostic>> {
    let (open, tree, findings) = (Vec::new(), Builder::default(), Vec::new());
    let (base, yaml) = (range.start, text.get(range).unwrap_or_default());
    let mut reader =
        StrictReader { text, yaml, base, file, root, open, last_key: String::new(), documents: 0, tree, findings };
    reader.size();
    reader.characters();
    // Text with such characters is not worth parsing: no two parsers agree on what they mean.
    if reader.findings.is_empty() {
        reader.read();
    }
    if reader.findings.is_empty() { Ok(reader.tree.finish()) } else { Err(reader.findings) }
}

/// A list or mapping that is being read.
struct Open {
    start: Range<usize>,
    /// For a mapping, its keys so far.
    keys: Option<BTreeMap<String, Range<usize>>>,
    /// Whether the next node of a mapping is a key.
    key_next: bool,
    /// How many items or keys there are so far, and may be.
    count: usize,
    most: usize,
}

/// How many items or keys there may be below a key.
fn most_below(key: &str) -> usize {
    let most = match key {
        "schedules" => limits::SCHEDULES.highest.unwrap_or(limits::SCHEDULES.most),
        "weeks" => limits::ROWS.most,
        _ => limits::LIST.most,
    };
    usize::try_from(most).unwrap_or(usize::MAX)
}

struct StrictReader<'a> {
    text: &'a str,
    yaml: &'a str,
    base: usize,
    file: &'a FilePath,
    root: Root,
    open: Vec<Open>,
    /// The last key.
    last_key: String,
    documents: usize,
    tree: Builder,
    findings: Vec<Diagnostic>,
}

impl StrictReader<'_> {
    fn size(&mut self) {
        let is = self.yaml.len() as u64;
        if limits::YAML_FILE.is_exceeded_by(is) {
            let (is, most) = (limits::YAML_FILE.shown(is), limits::YAML_FILE);
            let found = Diagnostic::error("too-large", format!("the YAML has {is}; at most {most} are read"))
                .at(Place::file(self.file.clone()), "")
                .help("split it: one entry in each file");
            self.findings.push(found);
        }
    }

    fn characters(&mut self) {
        let range = self.base..self.base + self.yaml.len();
        self.findings.extend(hidden::hidden("yaml-syntax", self.text, range, self.file));
    }

    fn read(&mut self) {
        for event in Events::new(self.yaml) {
            let go = match event {
                Ok((event, range)) => {
                    let go = self.event(&event, range);
                    self.tree.event(event);
                    go
                }
                Err(broken) => self.broken(&broken),
            };
            if go.is_break() || self.findings.len() >= MAX_FINDINGS {
                return;
            }
        }
        if self.documents == 0 {
            self.empty();
        }
    }

    fn event(&mut self, event: &Event<'_>, range: Range<usize>) -> ControlFlow<()> {
        match event {
            Event::DocumentStart(_) => return self.document(range),
            Event::Alias(_) => {
                self.findings.push(self.alias(range));
                self.node();
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.counted(&range)?;
                self.decorations(*anchor, tag.is_some(), &range);
                return self.scalar(text, *style, range);
            }
            Event::SequenceStart(anchor, tag) => {
                self.counted(&range)?;
                self.decorations(*anchor, tag.is_some(), &range);
                return self.enter(range, None);
            }
            Event::MappingStart(anchor, tag) => {
                self.counted(&range)?;
                self.decorations(*anchor, tag.is_some(), &range);
                return self.enter(range, Some(BTreeMap::new()));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.open.pop();
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        ControlFlow::Continue(())
    }

    /// Counts an item of a list or a key of a block. More than there can be are not read.
    fn counted(&mut self, range: &Range<usize>) -> ControlFlow<()> {
        let Some(open) = self.open.last_mut() else { return ControlFlow::Continue(()) };
        let (what, counts) = if open.keys.is_some() { ("keys", open.key_next) } else { ("items", true) };
        open.count += usize::from(counts);
        if open.count <= open.most {
            return ControlFlow::Continue(());
        }
        let message = format!("there are more than {} {what} here, which is the most", open.most);
        let place = self.place(self.first_character(range));
        let help = "delete what was copied too often, or split it";
        self.findings.push(Diagnostic::error("too-many", message).at(place, "").help(help));
        ControlFlow::Break(())
    }

    fn document(&mut self, range: Range<usize>) -> ControlFlow<()> {
        self.documents += 1;
        if self.documents == 1 {
            return ControlFlow::Continue(());
        }
        let found = Diagnostic::error("several-documents", "a second document starts here; a file holds one")
            .at(self.place(range), "")
            .help("remove the line `---` or `...`, or move what follows into a file of its own");
        self.findings.push(found);
        ControlFlow::Break(())
    }

    fn enter(&mut self, range: Range<usize>, keys: Option<BTreeMap<String, Range<usize>>>) -> ControlFlow<()> {
        if self.open.is_empty() && keys.is_none() && self.root == Root::Keys {
            self.findings.push(self.not_keys("a list", range.clone()));
        }
        if self.node() == Node::Key {
            let first = self.first_character(&range);
            self.findings.push(self.key_not_text("a list or a block of keys", first));
        }
        if self.open.len() == MAX_DEPTH {
            let found = Diagnostic::error("too-deep", syntax::too_deep())
                .at(self.place(self.first_character(&range)), "")
                .help(syntax::DEPTH_HELP);
            self.findings.push(found);
            return ControlFlow::Break(());
        }
        let most = if self.open.is_empty() { usize::MAX } else { most_below(&self.last_key) };
        self.open.push(Open { start: range, keys, key_next: true, count: 0, most });
        ControlFlow::Continue(())
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, range: Range<usize>) -> ControlFlow<()> {
        if self.open.is_empty() {
            return self.lone_scalar(text, style, range);
        }
        let bare = style == ScalarStyle::Plain;
        self.escaped(text, style, &range);
        match self.node() {
            Node::Key if text == "<<" => self.findings.push(self.merge_key(range)),
            Node::Key => match bare.then(|| plain::not_a_text(text)).flatten() {
                Some(kind) => self.findings.push(self.key_not_text(kind, range)),
                None => self.key(text, range),
            },
            Node::Value if bare => self.findings.extend(self.disguised_number(text, range)),
            Node::Value => {}
        }
        ControlFlow::Continue(())
    }

    /// What must not stand in a file must not come in as an escape either.
    fn escaped(&mut self, text: &str, style: ScalarStyle, range: &Range<usize>) {
        let found = hidden::characters(text).next().filter(|_| style == ScalarStyle::DoubleQuoted);
        self.findings.extend(found.map(|(_, c, what)| {
            Diagnostic::error("yaml-syntax", format!("an escape in this text means {what} (U+{:04X})", u32::from(c)))
                .at(self.place(range.clone()), "")
                .help("delete what starts with `\\`; for a backslash write `\\\\`, or use single quotes")
        }));
    }

    /// Notes that a node starts, and whether it is a key of the mapping around it.
    fn node(&mut self) -> Node {
        match self.open.last_mut() {
            Some(Open { keys: Some(_), key_next, .. }) => {
                *key_next = !*key_next;
                if *key_next { Node::Value } else { Node::Key }
            }
            _ => Node::Value,
        }
    }

    fn key(&mut self, text: &str, range: Range<usize>) {
        text.clone_into(&mut self.last_key);
        let Some(keys) = self.open.last_mut().and_then(|open| open.keys.as_mut()) else {
            return;
        };
        match keys.get(text).cloned() {
            None => {
                keys.insert(text.to_owned(), range);
            }
            Some(first) => {
                let found =
                    Diagnostic::error("duplicate-key", format!("the key {} is given twice", wording::quote(text)))
                        .at(self.place(range), "given again here")
                        .at(self.place(first), "first given here")
                        .help("keep one of the two; several values of one key are a list");
                self.findings.push(found);
            }
        }
    }

    fn decorations(&mut self, anchor: usize, tagged: bool, range: &Range<usize>) {
        // The parser starts a decorated node at its first mark: `&name`, `!tag`, or both.
        for mark in syntax::marks(self.yaml, range.start) {
            match self.yaml.as_bytes().get(mark.start) {
                Some(b'&') if anchor != 0 => {
                    let found = Diagnostic::error(
                        "yaml-alias",
                        format!(
                            "`{}` names this value for use elsewhere; catalogue files do not do that",
                            &self.yaml[mark.clone()]
                        ),
                    )
                    .at(self.place(mark), "")
                    .help(syntax::ALIAS_HELP);
                    self.findings.push(found);
                }
                Some(b'!') if tagged => {
                    let found = Diagnostic::error(
                        "yaml-tag",
                        format!(
                            "`{}` gives this value a type; catalogue files do not do that",
                            &self.yaml[mark.clone()]
                        ),
                    )
                    .at(self.place(mark), "")
                    .help("remove it; if the `!` belongs to the text, put the whole text in quotes");
                    self.findings.push(found);
                }
                _ => {}
            }
        }
    }

    fn alias(&self, range: Range<usize>) -> Diagnostic {
        let name = wording::quote(&self.yaml[range.clone()]);
        syntax::alias(&name).at(self.place(range), "")
    }

    fn merge_key(&self, range: Range<usize>) -> Diagnostic {
        Diagnostic::error("merge-key", "`<<` merges other keys into these; catalogue files do not do that")
            .at(self.place(range), "")
            .help("write the keys out; blocks that several sessions share go into a fragment, used with `use:`")
    }

    fn key_not_text(&self, kind: &str, range: Range<usize>) -> Diagnostic {
        let found = Diagnostic::error("key-not-text", format!("this key is {kind}; keys are texts"));
        let written = self.yaml[range.clone()].to_owned();
        let bracket = written.starts_with(['[', '{']);
        let number = written.starts_with(|c: char| c.is_ascii_digit());
        let after_comma = self.yaml[..range.start].trim_end().ends_with(',');
        found.at(self.place(range), "").help(if bracket {
            "if this is a text with brackets in it, put the whole text in quotes".to_owned()
        } else if written.is_empty() {
            "write the key before the colon".to_owned()
        } else if number && after_comma {
            "in braces a comma ends a value: write a list in brackets, as in `[12, 10, 8]`, or put quotes around the value"
                .to_owned()
        } else {
            format!("if it is meant as a text, put it in quotes: `\"{written}\"`")
        })
    }

    fn disguised_number(&self, text: &str, range: Range<usize>) -> Option<Diagnostic> {
        let (message, help) = plain::disguised_number(text)?;
        Some(Diagnostic::error("wrong-value", message).at(self.place(range), "").help(help))
    }

    fn lone_scalar(&mut self, text: &str, style: ScalarStyle, range: Range<usize>) -> ControlFlow<()> {
        if text.is_empty() && style == ScalarStyle::Plain {
            self.empty();
        } else {
            // Over several lines only the first one matters: the next may be what was meant.
            let line = syntax::rest_of_line(self.yaml, range.start);
            let first = wording::quote(&self.yaml[line.start..line.end.min(range.end)]);
            self.findings.push(self.not_keys(&format!("the text {first}"), range));
        }
        ControlFlow::Continue(())
    }

    fn not_keys(&self, what: &str, range: Range<usize>) -> Diagnostic {
        let line = syntax::rest_of_line(self.yaml, range.start);
        let glued = syntax::colon_without_space(&self.yaml[line.clone()]);
        Diagnostic::error("wrong-type", format!("the file should hold `key: value` lines, found {what}"))
            .at(self.place(line), "")
            .help(if glued {
                syntax::SPACE_HELP
            } else {
                "start each line with a key and a colon, such as `name: Squat`"
            })
    }

    fn empty(&mut self) {
        let found = Diagnostic::error("empty-file", "the file is empty")
            .at(Place::file(self.file.clone()), "")
            .help("write its `key: value` lines, or delete the file");
        self.findings.push(found);
    }

    fn broken(&mut self, broken: &Broken) -> ControlFlow<()> {
        let mut opened = self.open.iter().rev().map(|open| self.first_character(&open.start));
        let bracket = opened.find(|start| self.yaml[start.clone()].starts_with(['[', '{']));
        let explained = syntax::explain(&broken.said, self.yaml, broken.at, bracket);
        self.findings.push(explained.diagnostic(self.base, self.file));
        ControlFlow::Break(())
    }

    fn first_character(&self, range: &Range<usize>) -> Range<usize> {
        let length = self.yaml[range.start..].chars().next().map_or(0, char::len_utf8);
        range.start..range.start + length
    }

    fn place(&self, range: Range<usize>) -> Place {
        Place::bytes(self.file.clone(), self.base + range.start..self.base + range.end)
    }
}

/// What a node is in the mapping around it.
#[derive(PartialEq, Eq)]
enum Node {
    Key,
    Value,
}

#[cfg(test)]
mod tests {
    use crate::yaml::{YAML, read};
    use regimen_model::source::Sources;

    /// Every finding as `code line:column message`, further labels behind `|`.
    fn refused(text: &str) -> Vec<String> {
        let mut sources = Sources::default();
        sources.add("a.yaml", text, YAML);
        let found = read(text, &"a.yaml".into(), 0..text.len()).err().unwrap_or_default();
        found
            .iter()
            .map(|finding| {
                assert!(finding.help.as_ref().is_some_and(|help| !help.is_empty()), "no way out: {finding:?}");
                let places: Vec<String> = finding
                    .labels
                    .iter()
                    .filter_map(|label| sources.locate(&label.place))
                    .map(|l| format!("{}:{}", l.line, l.column))
                    .collect();
                format!("{} {} {}", finding.code, places.join("|"), finding.message)
            })
            .collect()
    }

    fn one(text: &str, expected: &str) {
        assert_eq!(refused(text), [expected], "{:?}", text.get(..80).unwrap_or(text));
    }

    #[test]
    fn what_is_fine_passes() {
        for text in [
            "a: 1\n",
            "\u{feff}a: 1\r\nb:\r\n  - x\r\n",
            "---\na: 1\n...\n",
            "a: b:c\nd: https://example.org # e\nf: 8-12\ng: 30 s\nh: 1.10\ni: -3\nj: 2027-01-31\nk: 012\nl: 1_000\nm: 9:15\n",
            "on: monday\nno: yes\ny: n\n",
            "? a\n: b\n",
            "a: {b: [c, {d: e}]}\n",
            "a: \"\\t\\n\\u200f\\\\u202e\"\nb: '\\u202e'\n",
            "a: '<<'\nb: \"*c &d !e\"\n",
        ] {
            assert_eq!(refused(text), Vec::<String>::new(), "{text:?}");
        }
    }

    #[test]
    fn all_of_it_is_reported_at_once() {
        let text = "a: &x 1\na: *x\n<<: {b: 1}\n2: !!str c\nd: 0o14\n";
        assert_eq!(
            refused(text),
            [
                "yaml-alias 1:4 `&x` names this value for use elsewhere; catalogue files do not do that",
                "duplicate-key 2:1|1:1 the key `a` is given twice",
                "yaml-alias 2:4 `*x` stands for a value elsewhere in the file; catalogue files do not do that",
                "merge-key 3:1 `<<` merges other keys into these; catalogue files do not do that",
                "key-not-text 4:1 this key is a number; keys are texts",
                "yaml-tag 4:4 `!!str` gives this value a type; catalogue files do not do that",
                "wrong-value 5:4 `0o14` would be read as the number 12",
            ]
        );
    }

    #[test]
    fn keys_are_texts_given_once() {
        for (text, expected) in [
            ("true: a", "key-not-text 1:1 this key is `true` or `false`; keys are texts"),
            ("~: a", "key-not-text 1:1 this key is the word for nothing; keys are texts"),
            (": a", "key-not-text 1:1 this key is empty; keys are texts"),
            ("1.5: a", "key-not-text 1:1 this key is a number; keys are texts"),
            ("? [a]\n: b\n", "key-not-text 1:3 this key is a list or a block of keys; keys are texts"),
            ("a: {{b}}", "key-not-text 1:5 this key is a list or a block of keys; keys are texts"),
            ("中: [{a: 1, b: 2, 'a': 3}]", "duplicate-key 1:18|1:6 the key `a` is given twice"),
        ] {
            one(text, expected);
        }
    }

    #[test]
    fn numbers_in_disguise_are_refused() {
        for (text, expected) in [
            ("a: [0b1]", "wrong-value 1:5 `0b1` would be read as the number 1"),
            ("a: .inf", "wrong-value 1:4 `.inf` would be read as a number"),
            ("a: 1e3", "wrong-value 1:4 `1e3` would be read as the number 1000"),
            ("a: +5", "wrong-value 1:4 `+5` would be read as the number 5"),
            (
                "a: 12345678901234567890123",
                "wrong-value 1:4 `12345678901234567890123` has too many digits for a number",
            ),
        ] {
            one(text, expected);
        }
    }

    #[test]
    fn broken_yaml_is_explained() {
        for (text, expected) in [
            ("name: Squat: the king\n", "1:12 there is a second `: ` in this line"),
            ("a: \"keep\" tight\n", "1:11 there is more text after the closing quote"),
            ("a: 'it's'\n", "1:8 there is more text after the closing quote"),
            ("a: \"open\r\nb: 2\r\n", "1:4 a quote is opened here and not closed, or a following line is not indented"),
            ("a: 'open", "1:4 a quote is opened here and not closed, or a following line is not indented"),
            ("a:\n- [link](x:y) first\n", "2:9 there is more text after the closing bracket"),
            ("a: `code` x\n", "1:4 a text cannot start with this character"),
            ("b: 1\nlevel:3\nc: 4\n", "2:1 this line is no `key: value`"),
            ("a:\n  b: 1\n c: 2\n", "3:2 this line is not indented like the lines before it"),
            ("a: 1\n  b: 2\n", "2:3 a key cannot stand here"),
            ("a:\n  b 1\n  c: 2\n", "2:3 this line is no `key: value`"),
            ("a:\n\tb: 1\n", "2:1 a tab is used for indentation"),
            ("a:\n  - b\n\t- c\n", "3:1 a tab is used for indentation"),
            ("a: [1, 2\nb: 3\n", "1:4|2:2 this bracket is opened but not closed"),
            ("a: {x: 1\n", "1:4|1:8 this bracket is opened but not closed"),
            ("a: [b\nc: [d]\ne:\n  - f\n", "1:4|2:2 this bracket is opened but not closed"),
            ("a: [b\n# note\nc:\n  - d\n", "1:4|3:1 this bracket is opened but not closed"),
            ("a:\n  b\n    - c\n    - d\n  e: f\n", "2:3 this line is no `key: value`"),
            ("a:\n  e: f\n  b\n    - c\n    - d\n", "3:3 this line is no `key: value`"),
            ("a:\n  b:x\n  c: y\n", "2:3 this line is no `key: value`"),
            ("a:\n  - b\n  c\nd: e\n", "3:3 this line is no `key: value`"),
            ("a: [x]]\n", "1:7 this bracket closes nothing"),
            ("a: \"\\q\"\n", "1:4 between double quotes, `\\` and the next character have no meaning here"),
            ("a: >x\n  foo\n", "1:4 after `|` or `>` the text starts on the next line, indented by two spaces"),
            ("a: - b\n", "1:4 a list cannot start on the line of its key"),
            ("a: 1\n- b\n", "2:1 a list item cannot stand here"),
            ("a:\n- b\n c: 1\n", "3:2 a key cannot stand here"),
            ("a: x\0y\n", "1:5 a control character (U+0000) stands here"),
            ("a: foo\u{2028}b: c", "1:7 an invisible line break (U+2028) stands here"),
            ("level: 1 # fine\rtags: [x]\n", "1:16 an invisible line break (U+000D) stands here"),
            ("a: b\u{202e}c", "1:5 an invisible mark that turns the direction of text (U+202E) stands here"),
            (
                "a: \"b\\u202e\"",
                "1:4 an escape in this text means an invisible mark that turns the direction of text (U+202E)",
            ),
            ("a: [\"\\e[31m\"]", "1:5 an escape in this text means a control character (U+001B)"),
            ("\"a\\0\": b", "1:1 an escape in this text means a control character (U+0000)"),
            ("a: 1\n\u{feff}b: 2\n", "2:1 an invisible byte order mark in the middle of the text (U+FEFF) stands here"),
        ] {
            one(text, &format!("yaml-syntax {expected}"));
        }
    }

    #[test]
    fn markdown_without_quotes_is_an_alias() {
        let message = "stands for a value elsewhere in the file; catalogue files do not do that";
        one("cues:\n  - **Hips back** now\n", &format!("yaml-alias 2:5 `**Hips` {message}"));
        one("a: & x\n", &format!("yaml-alias 1:4 `&` {message}"));
    }

    #[test]
    fn a_file_holds_one_document_with_keys() {
        for (text, expected) in [
            ("", "empty-file 1:1 the file is empty"),
            ("# only\n", "empty-file 1:1 the file is empty"),
            ("---\n", "empty-file 1:1 the file is empty"),
            ("a: 1\n---\nb: 1\n", "several-documents 2:1 a second document starts here; a file holds one"),
            ("a: 1\n...\nb: [\n", "several-documents 3:1 a second document starts here; a file holds one"),
            ("- a\n", "wrong-type 1:1 the file should hold `key: value` lines, found a list"),
            ("level:3\n", "wrong-type 1:1 the file should hold `key: value` lines, found the text `level:3`"),
        ] {
            one(text, expected);
        }
    }

    #[test]
    fn hostile_files_are_one_finding() {
        let deep = "this is nested more than 64 levels deep";
        one(&format!("a: {}", "[".repeat(20_000)), &format!("too-deep 1:259 {deep}"));
        one(&"{a: ".repeat(20_000), &format!("too-deep 1:1021 {deep}"));
        one(&format!("a:\n{}", "- ".repeat(20_000)), &format!("too-deep 2:127 {deep}"));
        let large = format!("a: {}", "x".repeat(2 << 20));
        one(&large, "too-large 1:1 the YAML has 2049 KiB; at most 1024 KiB are read");
        let mut bomb = "a0: &a0 [x]\n".to_owned();
        for level in 1..40 {
            bomb.push_str(&format!("a{level}: &a{level} [{}]\n", format!("*a{}, ", level - 1).repeat(9)));
        }
        let found = refused(&bomb);
        assert_eq!(found.len(), super::MAX_FINDINGS);
        assert!(found.iter().all(|finding| finding.starts_with("yaml-alias ")));
    }

    #[test]
    fn files_that_are_not_utf8_are_shown_up_to_the_line_of_the_wrong_byte() {
        let file = "a.yaml".into();
        for (bytes, expected) in [
            (b"name: \xc3\xbc\ncue: a\xe9 b\nc: d".as_slice(), "2:7 name: ü\ncue: a\u{fffd} b"),
            (b"\xff\xfea\0", "1:1 \u{fffd}\u{fffd}a\0"),
            (b"a\xe4\xb8", "1:2 a\u{fffd}"),
        ] {
            let (text, finding) = *crate::yaml::utf8(bytes, &file).unwrap_err();
            let mut sources = Sources::default();
            sources.add("a.yaml", text.as_str(), YAML);
            let at = sources.locate(&finding.labels[0].place).unwrap();
            assert_eq!(format!("{}:{} {text}", at.line, at.column), expected);
            assert_eq!(&text[at.range], "\u{fffd}");
        }
        assert!(crate::yaml::utf8(b"name: x", &file).is_ok());
    }
}
