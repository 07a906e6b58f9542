//! `too-long`, `too-many`: texts and numbers beyond what a page can hold, found before anything is made of them.

use std::collections::BTreeMap;

use super::size::lines_of_program;
use regimen_model::catalog::{Catalog, Tabled, by_kind};
use regimen_model::diagnostic::{Diagnostic, FieldPath, FilePath, Place};
use regimen_model::limits::{
    ALL_PAGES, CARDS, CELLS, DOCUMENT, ENTRY_TEXT, HEADINGS, LANGUAGES, LINKS, Limit, NAME, SCHEDULES,
};
use regimen_model::model::{
    At, Brand, Entity, Entry, Exercise, FactVisitor, Facts, Guide, Naming, Program, ProjectWords, Table, Word,
    WordVisitor, Words,
};
use regimen_model::prose::{
    Inline, InlineText, Prose, ProseBlock, estimated_lines, estimated_lines_of, estimated_pages, walk,
};
use regimen_model::reference::{Id, Kind, Reference};

pub(super) fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for kind in Kind::ALL {
        by_kind!(kind, T => table(T::table(catalog), &mut found));
    }
    project(catalog, &mut found);
    for guide in catalog.guides.values() {
        for (file, words) in guide.all_words() {
            found.extend(Counted::of(catalog, &words.body).too_many(catalog, file));
        }
    }
    found
}

fn table<T: Entity>(table: &Table<T>, found: &mut Vec<Diagnostic>) {
    for entry in table.values() {
        let mut here = InFile { file: &entry.file, found };
        entry.facts.visit(&mut here);
        entry.words.visit(Some(&At::key("words")), &mut here);
        for translation in entry.translations.values() {
            translation.written.visit(None, &mut InFile { file: &translation.file, found });
        }
    }
}

/// The project file, and the words that it has in other languages.
fn project(catalog: &Catalog, found: &mut Vec<Diagnostic>) {
    let project = &catalog.project;
    let file = &FilePath::from(regimen_model::PROJECT_FILE);
    let Brand { name, contacts, colour: _, colours: _, logo, fonts: _ } = &project.brand;
    let brand = At::key("brand");
    let mut here = InFile { file, found };
    here.text(name, &brand.below("name"));
    here.texts(contacts, &brand.below("contacts"));
    logo.iter().for_each(|logo| here.text(&logo.alt, &brand.below("logo").below("alt")));
    for (tag, words) in &catalog.project_words {
        let (file, above) = catalog.project_words_place(tag);
        let ProjectWords { title, disclaimer, header, footer, version: _, stood_in: _, share: _ } = words.as_ref();
        let path = |key: &str| above.clone().key(key);
        let mut here = InFile { file: &file, found };
        for (key, line) in [("title", title), ("header", header), ("footer", footer)] {
            // A line that stands in is measured where it is written.
            if line.language().is_none() {
                here.name_at(line, || path(key));
            }
        }
        here.measured(ENTRY_TEXT, estimated_lines_of(&disclaimer.0), || path("disclaimer"));
    }
    let languages = project.limits.of(LANGUAGES);
    let written = catalog.languages.len() as u64;
    if languages.is_exceeded_by(written)
        && let Some(last) = catalog.languages.keys().nth(languages.size())
    {
        let place = Place::file(format!("languages/{last}.yaml"));
        found.push(too_many(languages, written, "the catalogue has", "languages").at(place, "one of them"));
    }
    schedules(catalog, found);
}

/// Schedules, and the weeks of their programmes together: each is written out to be checked.
fn schedules(catalog: &Catalog, found: &mut Vec<Diagnostic>) {
    let project = &catalog.project;
    let place = || Place::key(regimen_model::PROJECT_FILE, FieldPath::root().key("schedules"));
    let (limit, count) = (project.limits.of(SCHEDULES), project.schedules.len() as u64);
    if limit.is_exceeded_by(count) {
        found.push(too_many(limit, count, "there are", "schedules").at(place(), ""));
        return;
    }
    let mut times: BTreeMap<&Id<Program>, u64> = BTreeMap::new();
    project.schedules.values().for_each(|schedule| *times.entry(&schedule.program).or_default() += 1);
    let programs = times.iter().filter_map(|(id, times)| Some((catalog.programs.get(*id)?, times)));
    let lines = programs.map(|(program, times)| lines_of_program(catalog, program).saturating_mul(*times));
    let (limit, pages) = (project.limits.of(ALL_PAGES), estimated_pages(lines.fold(0, u64::saturating_add)));
    if limit.is_exceeded_by(pages) {
        let message =
            format!("the programmes of all schedules have {pages} pages, as estimated; the most is {}", limit.most);
        let finding = Diagnostic::error("too-many", message).at(place(), "");
        found.push(
            finding.help(limit.way_out(pages, "give some readers a catalogue of their own, or make them people")),
        );
    }
}

/// What is said of a number that is too large, and how to raise the limit.
fn too_many(limit: Limit, count: u64, verb: &str, what: &str) -> Diagnostic {
    let finding = Diagnostic::error("too-many", format!("{verb} {count} {what}; the most is {}", limit.most));
    finding.help(limit.way_out(count, &format!("leave some of the {what} out")))
}

/// The file that is looked at.
struct InFile<'a> {
    file: &'a FilePath,
    found: &'a mut Vec<Diagnostic>,
}

impl InFile<'_> {
    /// A text of one line.
    fn name_at(&mut self, text: &str, path: impl FnOnce() -> FieldPath) {
        // A text of few bytes has few characters.
        if NAME.is_exceeded_by(text.len() as u64) {
            self.measured(NAME, text.chars().count() as u64, path);
        }
    }

    fn measured(&mut self, limit: Limit, amount: u64, path: impl FnOnce() -> FieldPath) {
        if limit.is_exceeded_by(amount) {
            let message = format!("this text has {}; the most is {}", limit.shown(amount), limit.most);
            let place = Place::value(self.file.clone(), path());
            self.found.push(Diagnostic::error("too-long", message).at(place, "").help("make it shorter"));
        }
    }

    fn list<'t>(&mut self, texts: impl Iterator<Item = &'t str>, at: &At<'_>) {
        for (index, text) in texts.enumerate() {
            self.name_at(text, || at.index(index).path());
        }
    }
}

impl FactVisitor for InFile<'_> {
    fn text(&mut self, text: &str, at: &At<'_>) {
        self.name_at(text, || at.path());
    }

    fn texts(&mut self, texts: &[String], at: &At<'_>) {
        self.list(texts.iter().map(String::as_str), at);
    }
}

impl<'w> WordVisitor<'w> for InFile<'_> {
    fn name(&mut self, name: &'w Word, at: &At<'_>) {
        self.text(name, at);
    }

    fn names(&mut self, names: &'w [Word], at: &At<'_>) {
        self.list(names.iter().map(|name| &**name), at);
    }

    fn line(&mut self, line: &'w InlineText, at: &At<'_>) {
        self.measured(ENTRY_TEXT, estimated_lines_of(&line.0), || at.path());
    }

    fn prose(&mut self, prose: &'w Prose, at: &At<'_>) {
        self.measured(ENTRY_TEXT, estimated_lines(&prose.0), || at.path());
    }
}

/// What a guide has of all that is counted.
#[derive(Debug, Default)]
struct Counted {
    headings: u64,
    links: u64,
    cells: u64,
    cards: u64,
    lines: u64,
}

impl Counted {
    fn of(catalog: &Catalog, blocks: &[ProseBlock]) -> Self {
        let mut counted = Self { lines: estimated_lines(blocks), ..Self::default() };
        for block in walk(blocks) {
            match block {
                ProseBlock::Heading { .. } => counted.headings += 1,
                ProseBlock::Table { alignment: _, header, rows } => {
                    counted.cells += (header.len() * (rows.len() + 1)) as u64;
                }
                ProseBlock::Embed(entry) => {
                    counted.cards += 1;
                    counted.lines += catalog.entry::<Exercise>(entry).map_or(0, lines_of_exercise);
                }
                ProseBlock::Figure { .. } => counted.cards += 1,
                ProseBlock::Paragraph(_)
                | ProseBlock::List { .. }
                | ProseBlock::Quote(_)
                | ProseBlock::Callout { .. }
                | ProseBlock::Code { .. }
                | ProseBlock::Rule
                | ProseBlock::Footnotes(_) => {}
            }
            counted.links += block.inlines().filter(|inline| matches!(inline, Inline::Link { .. })).count() as u64;
        }
        counted
    }

    fn too_many(&self, catalog: &Catalog, file: &FilePath) -> Vec<Diagnostic> {
        let limits = &catalog.project.limits;
        let counts = [
            (HEADINGS, self.headings, "headings"),
            (LINKS, self.links, "links"),
            (CELLS, self.cells, "cells in its tables"),
            (CARDS, self.cards, "cards and pictures"),
            (DOCUMENT, estimated_pages(self.lines), "pages, as estimated"),
        ];
        let found = counts.into_iter().map(|(limit, count, what)| (limits.of(limit), count, what));
        let found = found.filter(|(limit, count, _)| limit.is_exceeded_by(*count)).map(|(limit, count, what)| {
            let message = format!("the guide has {count} {what}; the most is {}", limit.most);
            let finding = Diagnostic::error("too-many", message).at(Place::file(file.clone()), "");
            finding.help(limit.way_out(count, "split it into several guides"))
        });
        found.collect()
    }
}

/// How many lines a guide has on paper with all that it shows, as estimated.
pub fn lines_of_guide(catalog: &Catalog, guide: &Entry<Guide>) -> u64 {
    Counted::of(catalog, &guide.words.body).lines
}

/// How many lines an exercise has on paper, as estimated.
pub fn lines_of_exercise(exercise: &Entry<Exercise>) -> u64 {
    let mut lines = Lines(1);
    exercise.words.visit(None, &mut lines);
    exercise.facts.visit(&mut lines);
    lines.0
}

/// Adds up the lines of words.
struct Lines(u64);

/// Each fact that is named may be a line.
impl FactVisitor for Lines {
    fn entry(&mut self, _: Reference, _: Naming, _: &At<'_>) {
        self.0 += 1;
    }

    fn texts(&mut self, texts: &[String], _: &At<'_>) {
        self.0 += texts.len() as u64;
    }
}

impl<'w> WordVisitor<'w> for Lines {
    fn names(&mut self, names: &'w [Word], _: &At<'_>) {
        self.0 += names.len() as u64;
    }

    fn line(&mut self, line: &'w InlineText, _: &At<'_>) {
        self.0 += estimated_lines_of(&line.0).max(1);
    }

    fn prose(&mut self, prose: &'w Prose, _: &At<'_>) {
        self.0 += estimated_lines(&prose.0);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    fn guide(body: &str) -> Vec<String> {
        of(&Lint::new().file("guides/g.md", &format!("---\ntitle: T\nsummary: S\n---\n{body}")), "too-many")
    }

    /// The findings with one code.
    fn of(lint: &Lint, code: &str) -> Vec<String> {
        let mut all = lint.all();
        all.retain(|one| one.contains(&format!(" {code}: ")));
        all
    }

    #[test]
    fn a_guide_has_no_more_than_a_book() {
        let said = |body: &str, expected: &str| {
            let found = guide(body);
            assert!(found.len() == 1 && found[0].contains(expected), "{expected}: {found:?}");
        };
        assert_eq!(guide(&"## Head\n\n".repeat(2_000)), [""; 0]);
        said(&"## Head\n\n".repeat(2_001), "the guide has 2001 headings; the most is 2000");
        said(&"[a](https://x.example) ".repeat(5_001), "the guide has 5001 links; the most is 5000");
        let table = |rows: usize| format!("|a|b|\n|-|-|\n{}", "|1|2|\n".repeat(rows));
        assert_eq!(guide(&table(9_999)), [""; 0]);
        said(&table(10_000), "the guide has 20002 cells in its tables; the most is 20000");
        said(&"word ".repeat(80 * 40 * 500 / 5 + 1), "the guide has 501 pages, as estimated; the most is 500");
    }

    #[test]
    fn a_limit_can_be_raised_by_who_has_so_much() {
        let project = "language: en\nlimits: {headings: 2001}\nwords: {title: T}\n";
        let text = format!("---\ntitle: T\nsummary: S\n---\n{}", "## Head\n\n".repeat(2_001));
        let lint = || Lint::new().file("guides/g.md", &text);
        assert_eq!(of(&lint().file("regimen.yaml", project), "too-many"), [""; 0]);
        let found = lint().file("regimen.yaml", &project.replace("2001", "20001")).all();
        assert!(found.iter().any(|one| one.contains("from 1 to 20000")), "{found:?}");
    }

    #[test]
    fn names_and_texts_have_an_end() {
        let of = |words: &str| {
            let project = format!("language: en\nwords: {{title: T, {words}}}\n");
            of(&Lint::new().file("regimen.yaml", &project), "too-long")
        };
        assert_eq!(of(&format!("header: {}", "é".repeat(500))), [""; 0]);
        let found = of(&format!("header: {}", "é".repeat(501)));
        assert_eq!(found, ["regimen.yaml:2:27 too-long: this text has 501 characters; the most is 500"]);
        assert_eq!(of(&format!("disclaimer: {}", "word ".repeat(4_000))), [""; 0]);
        let found = of(&format!("disclaimer: {}", "word ".repeat(4_001)));
        assert_eq!(found, ["regimen.yaml:2:31 too-long: this text has 251 lines; the most is 250"]);
    }
}
