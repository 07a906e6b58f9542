//! All that a file says, read from a text and written as one.

use std::ops::Range;

use super::layout::Style;
use super::{order, refusal};
use crate::load::front_matter;
use crate::yaml::{self, Data, Node};
use regimen_model::diagnostic::{Diagnostic, FilePath, Place};

/// What a file of a catalogue says, in its author's form: the keys of its YAML, and the article of a guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// The mapping at the root of the YAML, exceptions from rules and private keys included.
    pub keys: Data,
    /// What comes after the front matter of a guide; `None` for a file that is YAML from start to end.
    pub article: Option<String>,
}

impl Content {
    /// Reads the text of a file, which is named by its path in the catalogue, such as `exercises/squat.yaml`.
    ///
    /// # Errors
    /// If it is not YAML as a catalogue has it, or a guide without front matter.
    pub fn read(file: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let file = FilePath::from(file);
        let (node, article) = parse(&file, text)?;
        Ok(Self { keys: node.data(), article: article.map(|start| text[start..].to_owned()) })
    }

    /// The text of a new file: keys in the order in which the format has them, prose on lines of its own, doses and lists of ids in
    /// brackets. Read again, it says the same.
    ///
    /// # Errors
    /// If no file can say it: there is no key or one is given twice, a text has characters that files must not have, an
    /// article is given for a file without one, or it is too large or nested too deep.
    pub fn to_text(&self, file: &str) -> Result<String, Diagnostic> {
        let file = FilePath::from(file);
        let mut data = self.keys.clone();
        order::arrange(&file, &mut data);
        let Data::Keys(keys) = &data else {
            let help = "give it keys, such as `words`";
            return Err(refusal(Place::file(file), "a file of a catalogue is a mapping", help));
        };
        let yaml = Style::NEW.root(keys);
        let text = match &self.article {
            Some(article) => format!("---\n{yaml}---\n{article}"),
            None => yaml,
        };
        match Self::read(&file, &text) {
            Ok(read) if read == *self => Ok(text),
            Ok(_) => Err(refusal(
                Place::file(file),
                "this would not be read as it is meant",
                "leave out keys that are given twice, and give an article to guides only",
            )),
            Err(findings) => Err(unreadable(&file, findings)),
        }
    }
}

/// The first finding of a text that was written and cannot be read, without places in that text.
pub(super) fn unreadable(file: &FilePath, findings: Vec<Diagnostic>) -> Diagnostic {
    let first = findings.into_iter().next();
    let (message, help) = first.map(|first| (first.message, first.help)).unwrap_or_default();
    let help = help.unwrap_or_else(|| "change it, and try again".to_owned());
    refusal(Place::file(file.clone()), format!("no file can say this: {message}"), help)
}

/// The tree of a file's YAML, and the byte where the article of a guide starts.
pub(super) fn parse(file: &FilePath, text: &str) -> Result<(Node, Option<usize>), Vec<Diagnostic>> {
    let refused = |message: &str, help: &str| vec![refusal(Place::file(file.clone()), message, help)];
    let help = "make the first line `---`, then `title:` and `summary:`, then another line `---`";
    let (range, article) = yaml_part(file, text).ok_or_else(|| refused("the guide has no front matter", help))?;
    yaml::read(text, file, range.clone())?;
    let help = "this is a mistake of the program; please report it with the file";
    let node = Node::read(text, range).ok_or_else(|| refused("the file cannot be taken apart", help))?;
    Ok((node, article))
}

/// The bytes of a file's YAML, and for a guide the byte where its article starts; `None` for a guide without front matter.
pub(super) fn yaml_part(file: &str, text: &str) -> Option<(Range<usize>, Option<usize>)> {
    if std::path::Path::new(file).extension().is_none_or(|extension| extension != "md") {
        return Some((0..text.len(), None));
    }
    front_matter(text).map(|(range, article)| (range, Some(article)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guide_has_front_matter_and_an_article() {
        let keys = Data::keys([("title", Data::from("Calves: why")), ("summary", "They carry you.".into())]);
        let content = Content { keys, article: Some("# Why\n\n---\n\nText\r\n".into()) };
        let text = content.to_text("guides/calves.md").expect("a guide");
        assert_eq!(text, "---\ntitle: \"Calves: why\"\nsummary: They carry you.\n---\n# Why\n\n---\n\nText\r\n");
        assert_eq!(Content::read("guides/calves.md", &text), Ok(content));
    }

    #[test]
    fn what_no_file_can_say_is_refused() {
        let said = |keys: Data| {
            let refused = Content { keys, article: None }.to_text("exercises/a.yaml").expect_err("no file");
            refused.message
        };
        let twice = Data::Keys(vec![("a".into(), 1.into()), ("a".into(), 2.into())]);
        assert_eq!(said(twice), "no file can say this: the key `a` is given twice");
        assert_eq!(said(Data::from("a")), "a file of a catalogue is a mapping");
        assert_eq!(said(Data::keys::<&str>([])), "no file can say this: the file is empty");
        assert!(said(Data::keys([("a", "b\u{202e}c")].map(|(key, text)| (key, Data::from(text))))).contains("U+202E"));
        let deep = (0..70).fold(Data::from(1), |data, _| Data::List(vec![data]));
        assert!(said(Data::keys([("a", deep)])).contains("64 levels"));
        let article = Content { keys: Data::keys([("a", Data::from(1))]), article: Some("b".into()) };
        assert!(article.to_text("exercises/a.yaml").is_err());
    }
}
