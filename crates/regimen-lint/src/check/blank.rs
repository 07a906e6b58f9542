//! `empty`: names of people, works and licences that show nothing, and would be printed so in credits and lists.

use std::ops::Deref;

use regimen_model::catalog::{Catalog, Tabled, by_kind};
use regimen_model::diagnostic::{Diagnostic, FieldPath, FilePath, Place};
use regimen_model::model::{Entity, Entry, Exercise, Origin, Table, WebAddress};
use regimen_model::prose::is_blank;
use regimen_model::reference::Kind;

pub(super) fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut found = Found(Vec::new());
    for kind in Kind::ALL {
        by_kind!(kind, T => origins(T::table(catalog), &mut found));
    }
    catalog.exercises.values().for_each(|entry| exercise(entry, &mut found));
    for guide in catalog.guides.values() {
        let (mut at, root) = (found.below(&guide.file), FieldPath::root());
        at.list(&root, "authors", &guide.authors);
        at.list(&root, "tags", &guide.tags);
        at.text(&root, "reviewed_by", guide.reviewed_by.as_ref());
    }
    for source in catalog.sources.values() {
        let (mut at, root) = (found.below(&source.file), FieldPath::root());
        at.list(&root, "authors", &source.authors);
        at.text(&root, "title", Some(&source.title));
        at.text(&root, "container", source.container.as_ref());
        at.text(&root, "doi", source.doi.as_ref());
        at.text(&root, "url", source.url.as_ref());
    }
    for muscle in catalog.muscles.values() {
        let (mut at, root) = (found.below(&muscle.file), FieldPath::root());
        at.text(&root, "latin", muscle.latin.as_ref());
        for (index, head) in muscle.heads.iter().enumerate() {
            at.text(&root.clone().key("heads").index(index), "latin", Some(&head.latin));
        }
    }
    let project = FilePath::from(regimen_model::PROJECT_FILE);
    found.below(&project).list(&FieldPath::root().key("brand"), "contacts", &catalog.project.brand.contacts);
    found.0
}

fn exercise(entry: &Entry<Exercise>, found: &mut Found) {
    let (mut at, root) = (found.below(&entry.file), FieldPath::root());
    at.list(&root, "tags", &entry.tags);
    for (index, media) in entry.media.iter().enumerate() {
        let path = root.clone().key("media").index(index);
        at.text(&path, "author", Some(&media.author));
        at.text(&path, "licence", Some(&media.licence));
        at.text(&path, "source", media.source.as_ref());
        at.address(path.key("url"), media.url.as_ref());
    }
    for (file, words) in entry.all_words() {
        let path = if *file == entry.file { root.clone().key("words") } else { root.clone() };
        found.below(file).list(&path, "aliases", &words.aliases);
    }
}

fn origins<T: Entity>(table: &Table<T>, found: &mut Found) {
    for entry in table.values() {
        let root = FieldPath::root;
        found.below(&entry.file).origin(root(), entry.origin.as_ref());
        found.below(&entry.file).origin(root().key("words"), entry.words_origin.as_ref());
        for translation in entry.translations.values() {
            found.below(&translation.file).origin(root(), translation.origin.as_ref());
        }
    }
}

struct Found(Vec<Diagnostic>);

impl Found {
    fn below<'a>(&'a mut self, file: &'a FilePath) -> In<'a> {
        In { file, found: &mut self.0 }
    }
}

/// The file that is looked at.
struct In<'a> {
    file: &'a FilePath,
    found: &'a mut Vec<Diagnostic>,
}

impl In<'_> {
    /// Where to see more is an address, or readers get no code for it.
    fn address(&mut self, path: FieldPath, url: Option<&String>) {
        let Some(wrong) = url.and_then(|url| url.parse::<WebAddress>().err()) else { return };
        let finding = Diagnostic::warning("picture-address", format!("`url`: {wrong}"));
        let help = "write the whole address; what is no address on the web gets no QR code";
        self.found.push(finding.at(Place::value(self.file.clone(), path), "").help(help));
    }

    fn origin(&mut self, path: FieldPath, origin: Option<&Origin>) {
        let (Some(origin), path) = (origin, path.key("origin")) else { return };
        self.text(&path, "from", Some(&origin.from));
        self.text(&path, "id", origin.id.as_ref());
        self.list(&path, "authors", &origin.authors);
        self.text(&path, "licence", origin.licence.as_ref());
    }

    fn text(&mut self, path: &FieldPath, key: &str, text: Option<&String>) {
        if text.is_some_and(|text| is_blank(text)) {
            let blank = Diagnostic::error("empty", format!("`{key}` is blank"));
            let place = Place::value(self.file.clone(), path.clone().key(key));
            self.found.push(blank.at(place, "").help("write it, or delete the key if it may be left out"));
        }
    }

    fn list<T: Deref<Target = str>>(&mut self, path: &FieldPath, key: &str, list: &[T]) {
        for (index, _) in list.iter().enumerate().filter(|(_, text)| is_blank(text)) {
            let blank = Diagnostic::error("empty", format!("item {} of `{key}` is blank", index + 1));
            let place = Place::value(self.file.clone(), path.clone().key(key).index(index));
            self.found.push(blank.at(place, "").help("write it, or delete the item"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    fn empty(lint: &Lint) -> Vec<String> {
        let all = lint.all().into_iter().filter(|line| line.contains(" empty: "));
        all.map(|line| line.replacen(" empty:", "", 1)).collect()
    }

    #[test]
    fn credits_name_somebody() {
        let of = |facts: &str| {
            let words = "words: {name: P, steps: [S.]}\n";
            empty(&Lint::new().file("exercises/press.yaml", &format!("kind: strength\n{facts}\n{words}")))
        };
        for blank in ["\"\"", "\" \"", "\"\\u200b\""] {
            let origin = of(&format!("origin: {{from: {blank}, id: a1, authors: [A, {blank}], licence: {blank}}}"));
            let wanted = ["2:16 `from` is blank", "`licence` is blank", "item 2 of `authors` is blank"];
            assert_eq!(origin.len(), 3, "{origin:?}");
            assert!(wanted.iter().all(|one| origin.iter().any(|line| line.contains(one))), "{origin:?}");
            let media = format!(
                "media: [{{id: one, file: media/a.svg, role: start, author: {blank}, licence: {blank}, source: {blank}}}]"
            );
            assert_eq!(of(&media).len(), 3, "{:?}", of(&media));
            assert_eq!(of(&format!("tags: [{blank}]")), ["exercises/press.yaml:2:8 item 1 of `tags` is blank"]);
        }
        let fine = "origin: {from: A book, id: a1, authors: [A], licence: MIT}\ntags: [a]";
        assert_eq!(of(fine), [""; 0]);
    }

    #[test]
    fn words_translations_guides_and_sources_are_read_too() {
        let words = "words: {origin: {from: \"\"}, name: P, aliases: [\" \"], steps: [S.]}\n";
        let guide = "---\ntitle: T\nsummary: S.\nauthors: [\"\"]\nreviewed_by: \" \"\n---\nText.\n";
        let lint = Lint::new()
            .file("exercises/press.yaml", &format!("kind: strength\n{words}"))
            .file("exercises/press.de.yaml", "name: P\norigin: {from: B, authors: [\"\"]}\n")
            .file("guides/g.md", guide)
            .file("sources/s.yaml", "kind: book\nauthors: [\"\"]\nyear: 2020\ntitle: \"\"\n");
        let said = empty(&lint);
        for wanted in [
            "exercises/press.yaml:2:24 `from` is blank",
            "exercises/press.yaml:2:48 item 1 of `aliases` is blank",
            "exercises/press.de.yaml:2:29 item 1 of `authors` is blank",
            "guides/g.md:4:11 item 1 of `authors` is blank",
            "guides/g.md:5:14 `reviewed_by` is blank",
            "sources/s.yaml:2:11 item 1 of `authors` is blank",
            "sources/s.yaml:4:8 `title` is blank",
        ] {
            assert!(said.iter().any(|line| line == wanted), "{wanted}: {said:#?}");
        }
        assert_eq!(said.len(), 7, "{said:#?}");
    }
}
