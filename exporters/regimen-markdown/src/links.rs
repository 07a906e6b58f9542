//! Which entries have a page, where it lies, and how to get there from another page.

use std::cell::RefCell;
use std::collections::BTreeMap;

use regimen_catalog::model::{Guide, PersonId};
use regimen_catalog::prose::LinkTarget;
use regimen_catalog::{Catalog, Id, Kind, LanguageTag, Reference};

use crate::headings::Headings;
use crate::settings::{Links, Style};

/// A page of the export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Page {
    /// The list of all pages.
    Index,
    /// mdBook's list of chapters, which is read from the same folder.
    BookSummary,
    /// The page of an exercise, a programme or a guide.
    Entry(Reference),
    /// The page of a person. Nothing leads to it, and its pictures are beside it, so that it can be handed on without the site.
    Person(Id<PersonId>),
}

impl Page {
    /// The page of an entry, if entries of its kind have one.
    pub(crate) fn of(entry: &Reference) -> Option<Self> {
        let has_page = matches!(entry.kind(), Kind::Guide | Kind::Exercise | Kind::Program);
        has_page.then(|| Self::Entry(entry.clone()))
    }

    fn folder(&self) -> Option<&'static str> {
        match self {
            Self::Index | Self::BookSummary => None,
            Self::Entry(entry) => Some(entry.kind().folder()),
            Self::Person(_) => Some(PEOPLE),
        }
    }

    /// Its file, from the root of the export.
    pub(crate) fn file(&self, style: &Style) -> String {
        match self {
            Self::Index => style.index.to_owned(),
            Self::BookSummary => "SUMMARY.md".to_owned(),
            Self::Entry(entry) => format!("{}/{}.md", entry.kind().folder(), entry.id()),
            Self::Person(id) => format!("{PEOPLE}/{id}.md"),
        }
    }

    /// The way from this page to the root of the export, as its reader's browser walks it.
    fn to_root(&self, style: &Style) -> &'static str {
        let becomes_folder = matches!(style.links, Links::Pretty | Links::Zola);
        match (self.folder(), becomes_folder) {
            (None, _) => "",
            (Some(_), false) => "../",
            (Some(_), true) => "../../",
        }
    }

    /// The address of another page, for a link on this one.
    pub(crate) fn link_to(&self, other: &Self, style: &Style) -> String {
        let file = other.file(style);
        let stem = file.strip_suffix(".md").unwrap_or(&file);
        match style.links {
            Links::Zola => format!("@/{}{file}", style.root),
            Links::Md if self.folder().is_some() && self.folder() == other.folder() => {
                file.rsplit('/').next().unwrap_or(&file).to_owned()
            }
            Links::Md => format!("{}{file}", self.to_root(style)),
            Links::Html => format!("{}{stem}.html", self.to_root(style)),
            Links::Pretty if other.folder().is_none() => format!("{}./", self.to_root(style)),
            Links::Pretty => format!("{}{stem}/", self.to_root(style)),
        }
    }

    /// The address of a picture, for this page.
    pub(crate) fn picture(&self, file: &str, style: &Style) -> String {
        format!("{}{}", self.to_root(style), self.picture_file(file))
    }

    /// Where a picture of this page lies in the export.
    pub(crate) fn picture_file(&self, file: &str) -> String {
        match self {
            Self::Index | Self::BookSummary | Self::Entry(_) => media_file(file),
            Self::Person(_) => format!("{PEOPLE}/{}", media_file(file)),
        }
    }
}

/// The folder of the pages of people.
const PEOPLE: &str = "people";

/// Where a picture of the catalogue lies in the export. The path from the catalogue is kept, so that two
/// pictures of one name do not meet.
pub(crate) fn media_file(file: &str) -> String {
    format!("media/{}", file.strip_prefix("media/").unwrap_or(file))
}

/// Resolves the links of one page.
pub(crate) struct PageLinks<'a> {
    pub(crate) page: &'a Page,
    pub(crate) style: &'a Style,
    pub(crate) headings: &'a Headings,
    pub(crate) language: &'a LanguageTag,
    /// Only entries that are here have a page.
    pub(crate) catalog: &'a Catalog,
    /// The headings of guides that the page leads to, each looked for once.
    pub(crate) others: RefCell<BTreeMap<Reference, Headings>>,
}

impl PageLinks<'_> {
    /// The address of a target, or `None` if there is nothing to lead to: a muscle, or the page itself.
    pub(crate) fn resolve(&self, target: &LinkTarget) -> Option<String> {
        match target {
            LinkTarget::Url(url) => (!url.is_empty()).then(|| url.clone()),
            LinkTarget::Anchor(anchor) => self.headings.name(anchor).map(|name| format!("#{name}")),
            LinkTarget::Entry(entry) => self.entry(entry),
            LinkTarget::Heading(entry, anchor) => self.heading(entry, anchor),
        }
    }

    /// A heading of another guide; the guide alone if its page has no name for it.
    fn heading(&self, entry: &Reference, anchor: &str) -> Option<String> {
        if Page::of(entry).as_ref() == Some(self.page) {
            return self.headings.name(anchor).map(|name| format!("#{name}"));
        }
        let page = self.entry(entry)?;
        let Some(guide) = self.catalog.entry::<Guide>(entry) else { return Some(page) };
        let words = guide.words(self.language);
        let mut others = self.others.borrow_mut();
        let headings = others.entry(entry.clone()).or_insert_with(|| Headings::of_article(words, self.style));
        Some(headings.name(anchor).map_or(page.clone(), |name| format!("{page}#{name}")))
    }

    fn entry(&self, entry: &Reference) -> Option<String> {
        // What stands on this page is nearer than a page of its own.
        if let Some(name) = self.headings.card(entry) {
            return Some(format!("#{name}"));
        }
        let page = Page::of(entry).filter(|page| page != self.page && self.catalog.has(entry))?;
        Some(self.page.link_to(&page, self.style))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Settings, Site};

    fn page(kind: Kind, id: &str) -> Page {
        Page::Entry(Reference::new(kind, id).expect("an id"))
    }

    #[test]
    fn each_site_gets_the_links_that_it_follows() {
        let guide = page(Kind::Guide, "run");
        for (site, exercise, sibling, index) in [
            (Site::Plain, "../exercises/squat.md", "walk.md", "../README.md"),
            (Site::Jekyll, "../exercises/squat.html", "../guides/walk.html", "../index.html"),
            (Site::Hugo, "../../exercises/squat/", "../../guides/walk/", "../.././"),
            (Site::Zola, "@/exercises/squat.md", "@/guides/walk.md", "@/_index.md"),
        ] {
            let style = Settings { site, ..Settings::default() }.style();
            let link = |to: &Page| guide.link_to(to, &style);
            assert_eq!(link(&page(Kind::Exercise, "squat")), exercise);
            assert_eq!(link(&page(Kind::Guide, "walk")), sibling);
            assert_eq!(link(&Page::Index), index);
        }
    }

    #[test]
    fn pictures_keep_their_folders_apart() {
        assert_eq!(media_file("media/a.svg"), "media/a.svg");
        assert_eq!(media_file("exercises/a.svg"), "media/exercises/a.svg");
        assert_eq!(Page::of(&Reference::new(Kind::Muscle, "soleus").expect("an id")), None);
    }
}
