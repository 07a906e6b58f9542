//! The pages that explain findings which are no rules: what cannot be read, understood or planned.
//!
//! A page is a section of a Markdown file, under a heading that is the code. Who finds something writes its page:
//! the reader's are here, those of a build and of each exporter with them.

/// A page about one code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// The code that findings carry.
    pub code: &'static str,
    /// Why it is asked, and the way out: Markdown.
    pub text: &'static str,
}

/// What the reader of a catalogue can find, beside the rules.
const FAMILIES: [&str; 4] = [
    include_str!("explain/yaml.md"),
    include_str!("explain/values.md"),
    include_str!("explain/files.md"),
    include_str!("explain/plans.md"),
];

/// Every page of this crate.
pub fn explanations() -> impl Iterator<Item = Explanation> {
    FAMILIES.into_iter().flat_map(pages)
}

/// The pages of a text in which a line `# code` opens each.
///
/// ```
/// let text = "# a-code\n\nWhy.\n\n# other-code\n\nWhy else.\n";
/// let codes: Vec<_> = regimen_catalog::explain::pages(text).map(|page| page.code).collect();
/// assert_eq!(codes, ["a-code", "other-code"]);
/// ```
pub fn pages(text: &'static str) -> impl Iterator<Item = Explanation> {
    let text = text.strip_prefix("# ").unwrap_or(text);
    let sections = text.split("\n# ").filter_map(|section| section.split_once('\n'));
    sections.map(|(code, text)| Explanation { code: code.trim(), text: text.trim() })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_page_explains_one_code_with_an_example() {
        let mut seen = BTreeSet::new();
        for page in explanations() {
            assert!(seen.insert(page.code), "{} has two pages", page.code);
            assert!(crate::lint::rule(page.code).is_none(), "{} is a rule", page.code);
            assert!(page.text.len() > 80, "{} is not explained", page.code);
            assert!(crate::prose::parse(page.text).problems.is_empty(), "{}", page.code);
        }
        assert!(seen.len() > 40, "the pages are found");
    }

    #[test]
    fn right_examples_pass_the_gate() {
        for page in explanations() {
            for example in page.text.split("Right:").skip(1).filter_map(|rest| rest.split("```").nth(1)) {
                let Some(yaml) = example.strip_prefix("yaml\n") else { continue };
                let read = crate::yaml::read(yaml, &"example.yaml".into(), 0..yaml.len());
                assert!(read.is_ok(), "{}: {:#?}", page.code, read.err());
            }
        }
    }
}
