//! `regimen show`

mod blocks;
mod facts;
mod find;
mod keyed;
mod words;

use clap::Args;
use regimen_catalog::language::Language;
use regimen_catalog::{Catalog, Loaded, Reference};
use regimen_export::compose;
use serde::Serialize;

use self::keyed::Keyed;
use super::list::ResultFormat;
use super::{load_catalog, usable};
use crate::arguments::CatalogFolder;
use crate::exit::Exit;
use crate::report;
use crate::report::text::{columns, named, one_line, printable, table, wrapped};

/// Lines are wrapped to at most this many columns, because longer ones are hard to read.
const WIDEST: usize = 100;

/// Show one entry: its facts with names written out, its words, its file, and who refers to it
///
/// Doses stand there as readers will see them, and a programme is written out week by week.
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The entry: its id, such as `heel-raise`, with its kind before it where several have this id: `exercise:heel-raise`
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    catalog: CatalogFolder,
    /// How to show the entry
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: ResultFormat,
}

/// An entry with everything that is to be said of it.
#[derive(Serialize)]
struct Shown {
    kind: &'static str,
    id: String,
    name: String,
    file: String,
    facts: Keyed,
    words: Keyed,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<blocks::Part>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    weeks: Vec<blocks::Week>,
    mentioned_by: Vec<Mentioned>,
}

/// A place that refers to the entry.
#[derive(Serialize)]
struct Mentioned {
    /// The entry that does, or the project file.
    from: String,
    file: String,
    line: Option<usize>,
    column: Option<usize>,
}

/// What all parts of this command look things up in, in the catalogue's own language.
#[derive(Clone, Copy)]
struct Look<'a> {
    catalog: &'a Catalog,
}

impl<'a> Look<'a> {
    fn name(self, reference: &Reference) -> String {
        self.catalog.name(reference, self.catalog.language()).unwrap_or_else(|| reference.id().to_owned())
    }

    /// The catalogue's own language.
    fn language(self) -> Option<&'a Language> {
        self.catalog.languages.get(self.catalog.language()).map(AsRef::as_ref)
    }

    /// A dose as readers see it.
    fn dose(self, dose: &regimen_catalog::model::Dose) -> String {
        self.language().map(|language| compose::dose(self.catalog, language, dose)).unwrap_or_default()
    }
}

/// Shows one entry.
pub(crate) fn run(show: &Show) -> Exit {
    match found(show) {
        Ok(shown) => {
            match show.format {
                ResultFormat::Json => report::json(&serde_json::to_string_pretty(&shown).unwrap_or_default()),
                ResultFormat::Human => report::line(&printable(&shown.text())),
            }
            Exit::Fine
        }
        Err(exit) => exit,
    }
}

fn found(show: &Show) -> Result<Shown, Exit> {
    let folder = &show.catalog.folder;
    let loaded = load_catalog(folder)?;
    let catalog = usable(&loaded, folder)?;
    let reference = find::find(&show.id, catalog, &loaded.sources).map_err(|(message, help)| {
        report::failure(&message, help.as_deref());
        Exit::Usage
    })?;
    let look = Look { catalog };
    let file = |file: &str| folder.join(file).display().to_string().replace('\\', "/");
    let weeks = look.weeks(&reference).unwrap_or_else(|| {
        report::note("the weeks cannot be written out; `regimen check` shows why");
        Vec::new()
    });
    Ok(Shown {
        kind: reference.kind().scheme(),
        id: reference.id().to_owned(),
        name: look.name(&reference),
        file: catalog.file(&reference).map(|of| file(of)).unwrap_or_default(),
        facts: look.facts(&reference),
        words: look.words(&reference),
        parts: look.parts(&reference),
        weeks,
        mentioned_by: mentioned(&reference, catalog, &loaded, file),
    })
}

/// Every place that refers to the entry, in the order of the catalogue.
fn mentioned(
    reference: &Reference,
    catalog: &Catalog,
    loaded: &Loaded,
    file: impl Fn(&str) -> String,
) -> Vec<Mentioned> {
    let mentions = catalog.mentions().into_iter().filter(|mention| mention.to == *reference);
    let places = mentions.map(|mention| {
        let location = loaded.sources.locate(&mention.place);
        Mentioned {
            from: mention.from.map_or_else(|| "project".to_owned(), |from| from.to_string()),
            file: file(&mention.place.file),
            line: location.as_ref().map(|location| location.line),
            column: location.as_ref().map(|location| location.column),
        }
    });
    places.collect()
}

impl Shown {
    /// The entry for people.
    fn text(&self) -> String {
        let columns = columns().map_or(WIDEST, |columns| columns.clamp(40, WIDEST));
        let mut text = vec![format!("{}:{}", self.kind, self.id), one_line(&self.name), named(&self.file)];
        self.facts.push(columns, &mut text);
        self.words.push(columns, &mut text);
        blocks::push_parts(&self.parts, columns, &mut text);
        blocks::push_weeks(&self.weeks, columns, &mut text);
        text.push(String::new());
        text.push(self.mentions());
        text.join("\n")
    }

    fn mentions(&self) -> String {
        if self.mentioned_by.is_empty() {
            return "nothing refers to it".into();
        }
        let rows: Vec<[String; 2]> =
            self.mentioned_by.iter().map(|by| [format!("  {}", by.from), by.place()]).collect();
        format!("referred to by\n{}", table(&rows, None))
    }
}

impl Mentioned {
    /// `file:line:column`
    fn place(&self) -> String {
        let numbers = [self.line, self.column].into_iter().flatten().map(|number| format!(":{number}"));
        named(&format!("{}{}", self.file, numbers.collect::<String>()))
    }
}

/// Adds wrapped text behind a label; further lines stand below the first.
fn push_wrapped(label: &str, value: &str, columns: usize, text: &mut Vec<String>) {
    let indent = crate::report::text::width(label);
    for (at, line) in wrapped(value, columns.saturating_sub(indent)).into_iter().enumerate() {
        text.push(if at == 0 { format!("{label}{line}") } else { format!("{}{line}", " ".repeat(indent)) });
    }
}
