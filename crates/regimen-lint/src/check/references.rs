//! `unknown-reference`: an id that names nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::cells::is_cell;
use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{Diagnostic, FieldPath, FilePath, Place};
use regimen_model::language::LanguageTag;
use regimen_model::model::{Entry, Guide};
use regimen_model::prose::{Inline, LinkTarget, ProseBlock, walk};
use regimen_model::reference::{Id, Kind, Reference};
use regimen_model::suggest::Suggestions;

pub(super) fn check(catalog: &Catalog, damaged: &BTreeSet<Reference>) -> Vec<Diagnostic> {
    let mentions = catalog.mentions();
    let known = Known::new(catalog, damaged);
    let unknown = mentions
        .iter()
        .filter(|mention| !catalog.has(&mention.to) && !damaged.contains(&mention.to))
        // Cells have words of their own beside ids.
        .filter(|mention| !is_cell(&mention.place))
        // Doses of a placement may be those of a line.
        .filter(|mention| !super::placements::is_dose(mention))
        .map(|mention| known.unknown(&mention.to, mention.place.clone()));
    unknown.chain(anchors(catalog)).collect()
}

/// What an unknown id may mean.
struct Known<'a> {
    catalog: &'a Catalog,
    damaged: &'a BTreeSet<Reference>,
    /// Former ids of each kind, with those that they are now.
    former: BTreeMap<Kind, BTreeMap<&'a str, &'a str>>,
    suggestions: Suggestions,
}

impl<'a> Known<'a> {
    fn new(catalog: &'a Catalog, damaged: &'a BTreeSet<Reference>) -> Self {
        // The first entry that had an id has it still.
        let former = |kind| (kind, catalog.former_ids(kind).into_iter().rev().collect());
        let former = Kind::ALL.into_iter().map(former).collect();
        Self { catalog, damaged, former, suggestions: Suggestions::new() }
    }

    fn unknown(&self, to: &Reference, place: Place) -> Diagnostic {
        let (catalog, kind) = (self.catalog, to.kind());
        if let Some(now) = self.former.get(&kind).and_then(|former| former.get(to.id())) {
            let message = format!("the {kind} `{}` is called `{now}` now", to.id());
            let finding =
                Diagnostic::error("unknown-reference", message).at(place, "referred to by its former id here");
            let finding =
                name_place(catalog, kind, now).into_iter().fold(finding, |found, at| found.at(at, "it is here"));
            return finding.help(format!("write `{now}`"));
        }
        let unread = self.damaged.iter().filter(|entry| entry.kind() == kind).map(Reference::id);
        let near = self.suggestions.nearest(to.id(), catalog.ids(kind).into_iter().chain(unread)).map(str::to_owned);
        let help = match &near {
            Some(near) => format!("did you mean `{near}`?"),
            None => match elsewhere(catalog, to) {
                Some(other) => format!("there is a {other} of this id; this place wants a {kind}"),
                None => format!("add `{}`, or name one that exists", to.file()),
            },
        };
        let finding = Diagnostic::error("unknown-reference", format!("there is no {kind} `{}`", to.id()))
            .at(place, "referred to here")
            .help(help);
        match near.and_then(|near| name_place(catalog, kind, &near)) {
            Some(defined) => finding.at(defined, "a similar one is defined here"),
            None => finding,
        }
    }
}

/// Where the name of an entry stands.
fn name_place(catalog: &Catalog, kind: Kind, id: &str) -> Option<Place> {
    let key = |key: &str| FieldPath::root().key(key);
    let path = match kind {
        Kind::Guide | Kind::Source => key("title"),
        Kind::Muscle
        | Kind::MuscleGroup
        | Kind::Equipment
        | Kind::Condition
        | Kind::Exercise
        | Kind::Fragment
        | Kind::Session
        | Kind::Program => key("words").key("name"),
    };
    // An entry with errors of its own is known by its file only, and its findings show it.
    let entry = Reference::new(kind, id).ok().filter(|entry| catalog.has(entry))?;
    Some(Place::value(entry.file(), path))
}

/// Another kind of entry with the same id, such as a group where a muscle is wanted.
fn elsewhere(catalog: &Catalog, to: &Reference) -> Option<Kind> {
    let others = Kind::ALL.into_iter().filter(|kind| *kind != to.kind());
    let has = |kind: &Kind| Reference::new(*kind, to.id()).is_ok_and(|other| catalog.has(&other));
    others.into_iter().find(has)
}

/// Links to a heading of the same guide.
fn anchors(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut others = Others { catalog, known: BTreeMap::new(), suggestions: Suggestions::new() };
    for guide in catalog.guides.values() {
        for (file, words) in guide.all_words() {
            let mut known = BTreeSet::new();
            let mut wanted = Wanted::default();
            collect(&words.body, &mut known, &mut wanted);
            findings.extend(wanted.elsewhere.iter().filter_map(|(to, anchor)| others.heading(guide, file, to, anchor)));
            for anchor in wanted.here.into_iter().filter(|anchor| !known.contains(anchor)) {
                let help = others.suggestions.nearest(&anchor, known.iter().map(String::as_str));
                findings.push(
                    Diagnostic::error("unknown-heading", format!("no heading of this guide is called `#{anchor}`"))
                        .at(Place::text(file.clone(), format!("#{anchor}")), "referred to here")
                        .help(help.map_or_else(|| NO_HEADING.to_owned(), |near| format!("did you mean `#{near}`?"))),
                );
            }
        }
    }
    findings
}

/// The way out where no heading is near.
const NO_HEADING: &str = "write the words of a heading in small letters with `-` between them, or add the heading";

/// The headings that a text leads to.
#[derive(Default)]
struct Wanted {
    here: Vec<String>,
    elsewhere: Vec<(Reference, String)>,
}

/// The headings of guides that others lead to, each looked for once.
struct Others<'a> {
    catalog: &'a Catalog,
    known: BTreeMap<(&'a Id<Guide>, Option<&'a LanguageTag>), BTreeSet<String>>,
    suggestions: Suggestions,
}

impl<'a> Others<'a> {
    /// A link to a heading that another guide does not have, in the words of the same language.
    fn heading(&mut self, from: &'a Entry<Guide>, file: &FilePath, to: &Reference, anchor: &str) -> Option<Diagnostic> {
        let guide = self.catalog.entry::<Guide>(to)?;
        let language = from.translations.iter().find(|(_, other)| other.file == *file).map(|(tag, _)| tag);
        let known = self.known.entry((&guide.id, language)).or_insert_with(|| {
            let words = language.map_or(&guide.words, |tag| guide.words(tag));
            let mut known = BTreeSet::new();
            collect(&words.body, &mut known, &mut Wanted::default());
            known
        });
        if known.contains(anchor) {
            return None;
        }
        let help = self.suggestions.nearest(anchor, known.iter().map(String::as_str));
        let message = format!("no heading of the guide `{}` is called `#{anchor}`", guide.id);
        let finding = Diagnostic::error("unknown-heading", message);
        let finding = finding.at(Place::text(file.clone(), format!("{to}#{anchor}")), "referred to here");
        Some(finding.help(help.map_or_else(|| NO_HEADING.to_owned(), |near| format!("did you mean `{to}#{near}`?"))))
    }
}

fn collect(blocks: &[ProseBlock], known: &mut BTreeSet<String>, wanted: &mut Wanted) {
    for block in walk(blocks) {
        if let ProseBlock::Heading { anchor, .. } = block {
            known.insert(anchor.clone());
        }
        for inline in block.inlines() {
            let Inline::Link { target, .. } = inline else { continue };
            match target {
                LinkTarget::Anchor(anchor) => wanted.here.push(anchor.clone()),
                LinkTarget::Heading(guide, anchor) => wanted.elsewhere.push((guide.clone(), anchor.clone())),
                LinkTarget::Url(_) | LinkTarget::Entry(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn the_file_of_a_guide_to_add_is_named_as_it_would_be_read() {
        let guide = |text: &str| format!("---\ntitle: A\nsummary: B.\n---\n\n{text}\n");
        let lint = Lint::new().file("guides/a.md", &guide("See [](guide:gone) and [](condition:lost)."));
        assert_eq!(
            lint.file("guides/moved.de.md", &guide("C.")).of_with_help("unknown-reference"),
            [
                "guides/a.md:6 there is no guide `gone` = add `guides/gone.md`, or name one that exists",
                "guides/a.md:6 there is no condition `lost` = add `conditions/lost.yaml`, or name one that exists",
                "guides/moved.de.md:1 `guides/moved.de.md` translates guide `moved`, which is not there = \
                 add `guides/moved.md`, or rename this file",
            ]
        );
    }
}
