//! Pages that explain findings.
//!
//! A page is a section of a Markdown file, under a heading that is the code. Who finds something writes its page.

/// A page about one code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// The code that findings carry.
    pub code: &'static str,
    /// Why it is asked, and the way out: Markdown.
    pub text: &'static str,
}

/// The pages of a text in which a line `# code` opens each.
///
/// ```
/// let text = "# a-code\n\nWhy.\n\n# other-code\n\nWhy else.\n";
/// let codes: Vec<_> = regimen_model::explain::pages(text).map(|page| page.code).collect();
/// assert_eq!(codes, ["a-code", "other-code"]);
/// ```
pub fn pages(text: &'static str) -> impl Iterator<Item = Explanation> {
    let text = text.strip_prefix("# ").unwrap_or(text);
    let sections = text.split("\n# ").filter_map(|section| section.split_once('\n'));
    sections.map(|(code, text)| Explanation { code: code.trim(), text: text.trim() })
}
