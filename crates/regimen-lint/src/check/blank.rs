//! `empty`: names of people, works and licences that show nothing, and would be printed so in credits and lists.

use std::ops::Deref;

use regimen_model::catalog::{Catalog, Tabled, by_kind};
use regimen_model::diagnostic::{Diagnostic, FilePath, Place};
use regimen_model::model::{
    At, Brand, Entity, Entry, FactVisitor, Origin, Table, WebAddress, Word, WordVisitor, Words,
};
use regimen_model::prose::is_blank;
use regimen_model::reference::Kind;

pub(super) fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for kind in Kind::ALL {
        by_kind!(kind, T => table(T::table(catalog), &mut found));
    }
    let Brand { name: _, contacts, colour: _, colours: _, logo: _, fonts: _ } = &catalog.project.brand;
    let file = &FilePath::from(regimen_model::PROJECT_FILE);
    InFile { file, found: &mut found }.texts(contacts, &At::key("brand").below("contacts"));
    found
}

fn table<T: Entity>(table: &Table<T>, found: &mut Vec<Diagnostic>) {
    for entry in table.values() {
        let Entry { id: _, id_history: _, origin, words_origin, file, facts, words, version: _, translations } =
            &**entry;
        let mut here = InFile { file, found };
        facts.visit(&mut here);
        here.origin(None, origin.as_ref());
        let key = At::key("words");
        here.origin(Some(&key), words_origin.as_ref());
        words.visit(Some(&key), &mut here);
        for translation in translations.values() {
            let mut here = InFile { file: &translation.file, found };
            here.origin(None, translation.origin.as_ref());
            translation.written.visit(None, &mut here);
        }
    }
}

/// The file that is looked at.
struct InFile<'a> {
    file: &'a FilePath,
    found: &'a mut Vec<Diagnostic>,
}

impl FactVisitor for InFile<'_> {
    fn text(&mut self, text: &str, at: &At<'_>) {
        if is_blank(text) {
            let blank = Diagnostic::error("empty", format!("`{}` is blank", at.field()));
            let place = Place::value(self.file.clone(), at.path());
            self.found.push(blank.at(place, "").help("write it, or delete the key if it may be left out"));
        }
    }

    fn texts(&mut self, texts: &[String], at: &At<'_>) {
        self.list(texts, at);
    }

    /// Where to see more is an address, or readers get no code for it.
    fn address(&mut self, address: &str, at: &At<'_>) {
        let Err(wrong) = address.parse::<WebAddress>() else { return };
        let finding = Diagnostic::warning("picture-address", format!("`{}`: {wrong}", at.field()));
        let help = "write the whole address; what is no address on the web gets no QR code";
        self.found.push(finding.at(Place::value(self.file.clone(), at.path()), "").help(help));
    }
}

impl<'w> WordVisitor<'w> for InFile<'_> {
    fn names(&mut self, names: &'w [Word], at: &At<'_>) {
        self.list(names, at);
    }
}

impl InFile<'_> {
    fn origin(&mut self, above: Option<&At<'_>>, origin: Option<&Origin>) {
        let Some(Origin { from, id, url: _, authors, licence, changed: _ }) = origin else { return };
        let at = At::within(above, "origin");
        self.text(from, &at.below("from"));
        id.iter().for_each(|id| self.text(id, &at.below("id")));
        self.texts(authors, &at.below("authors"));
        licence.iter().for_each(|licence| self.text(licence, &at.below("licence")));
    }

    fn list<T: Deref<Target = str>>(&mut self, list: &[T], at: &At<'_>) {
        for (index, _) in list.iter().enumerate().filter(|(_, text)| is_blank(text)) {
            let blank = Diagnostic::error("empty", format!("item {} of `{}` is blank", index + 1, at.field()));
            let place = Place::value(self.file.clone(), at.index(index).path());
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
