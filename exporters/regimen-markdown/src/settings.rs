//! The exporter's options, and what they come to.

use regimen_export::ArtifactPath;
use regimen_export::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};

/// The options under `exporters: markdown:` in `regimen.yaml`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Who shows the pages. The other options follow from it unless they are stated.
    pub site: Site,
    /// What stands at the top of each file.
    #[schemars(extend("x-default" = "as `site` needs it"))]
    pub front_matter: Option<FrontMatter>,
    /// How pages link to each other.
    #[schemars(extend("x-default" = "as `site` needs it"))]
    pub links: Option<Links>,
    /// Where the files will lie below the site's content folder. Only `links: zola` needs it: the others link from page to
    /// page.
    pub folder: Option<Folder>,
    /// Whether words in another language are marked with `<span lang="fr">`. Only Hugo leaves such marks out unless told
    /// otherwise.
    #[schemars(extend("x-default" = "`true`, for `hugo` `false`"))]
    pub inline_html: Option<bool>,
}

/// A safe relative folder.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(extend("errorMessage" = "write a folder such as `training`"))]
pub struct Folder(String);

impl TryFrom<String> for Folder {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.parse::<ArtifactPath>() {
            Ok(path) => Ok(Self(path.as_str().to_owned())),
            Err(bad) => Err(bad.to_string()),
        }
    }
}

/// Who shows the pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Site {
    /// A plain CommonMark viewer: GitHub, GitLab, an editor.
    #[default]
    Plain,
    /// mdBook; a `SUMMARY.md` is added.
    MdBook,
    /// `MkDocs`, with or without the Material theme.
    MkDocs,
    /// Hugo.
    Hugo,
    /// Zola.
    Zola,
    /// Jekyll, such as GitHub Pages.
    Jekyll,
}

/// What stands at the top of each file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FrontMatter {
    /// Nothing; the title is the first heading.
    None,
    /// YAML between `---`.
    Yaml,
    /// TOML between `+++`, with Zola's keys.
    Toml,
}

/// How pages link to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Links {
    /// To the file: `../exercises/squat.md`.
    Md,
    /// To the file that it becomes: `../exercises/squat.html`.
    Html,
    /// To the folder that it becomes: `../../exercises/squat/`.
    Pretty,
    /// From the content folder: `@/exercises/squat.md`.
    Zola,
}

/// How a heading gets the name that links lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeadingNames {
    /// From its text, as GitHub does.
    GitHub,
    /// From its text, as Python-Markdown does.
    Python,
    /// Written behind it: `{#name}`.
    Written,
}

/// Who reads a page before it is Markdown, and acts on braces even in code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Templates {
    None,
    /// Nobody knows who: Eleventy's Liquid or Nunjucks, EJS, the macros and snippets of `MkDocs`.
    Any,
    /// Jekyll's Liquid: `{{ x }}` and `{% x %}`.
    Liquid,
    /// Hugo's shortcodes: `{{< x >}}` and `{{% x %}}`.
    Hugo,
    /// Zola's shortcodes: `{{ x() }}` and `{% x() %}`.
    Zola,
    /// mdBook's `{{#include x}}`.
    MdBook,
}

/// What the options come to: one decision for each thing on which generators differ.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "sites differ in each by itself")]
pub(crate) struct Style {
    pub(crate) front_matter: FrontMatter,
    pub(crate) title_heading: bool,
    pub(crate) links: Links,
    pub(crate) heading_names: HeadingNames,
    pub(crate) hard_break: &'static str,
    pub(crate) index: &'static str,
    pub(crate) book_summary: bool,
    /// Whether the site knows footnotes, task lists and `~~`; else they are written in HTML and signs.
    pub(crate) extras: bool,
    pub(crate) templates: Templates,
    /// Whether words say their language in HTML.
    pub(crate) inline_html: bool,
    /// The folder below the content folder, empty or with `/` at its end.
    pub(crate) root: String,
}

impl Settings {
    pub(crate) fn style(&self) -> Style {
        let site = self.site;
        let front_matter = self.front_matter.unwrap_or(match site {
            Site::Plain | Site::MdBook => FrontMatter::None,
            Site::MkDocs | Site::Hugo | Site::Jekyll => FrontMatter::Yaml,
            Site::Zola => FrontMatter::Toml,
        });
        Style {
            front_matter,
            // MkDocs takes a page's name from the front matter but does not show it on the page.
            title_heading: front_matter == FrontMatter::None || site == Site::MkDocs,
            links: self.links.unwrap_or(match site {
                Site::Plain | Site::MdBook | Site::MkDocs => Links::Md,
                Site::Jekyll => Links::Html,
                Site::Hugo => Links::Pretty,
                Site::Zola => Links::Zola,
            }),
            heading_names: match site {
                Site::Plain => HeadingNames::GitHub,
                Site::MkDocs => HeadingNames::Python,
                Site::MdBook | Site::Hugo | Site::Zola | Site::Jekyll => HeadingNames::Written,
            },
            // Python-Markdown and kramdown do not know the backslash that CommonMark has for this.
            hard_break: match site {
                Site::MkDocs | Site::Jekyll => "  \n",
                Site::Plain | Site::MdBook | Site::Hugo | Site::Zola => "\\\n",
            },
            index: match site {
                Site::Plain | Site::MdBook => "README.md",
                Site::MkDocs | Site::Jekyll => "index.md",
                // An `index.md` would make every other page a mere attachment of it.
                Site::Hugo | Site::Zola => "_index.md",
            },
            book_summary: site == Site::MdBook,
            extras: site != Site::MkDocs,
            templates: match site {
                Site::Plain | Site::MkDocs => Templates::Any,
                Site::MdBook => Templates::MdBook,
                Site::Hugo => Templates::Hugo,
                Site::Zola => Templates::Zola,
                Site::Jekyll => Templates::Liquid,
            },
            inline_html: self.inline_html.unwrap_or(site != Site::Hugo),
            root: self.folder.as_ref().map(|folder| format!("{}/", folder.0)).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hugo_gets_no_html_unless_told_otherwise() {
        let says = |site, inline_html| Settings { site, inline_html, ..Settings::default() }.style().inline_html;
        assert!(says(Site::Plain, None) && says(Site::Zola, None) && !says(Site::Hugo, None));
        assert!(says(Site::Hugo, Some(true)) && !says(Site::Plain, Some(false)));
    }
}
