//! A folder with a YAML file for each person.

use std::fs::File;
use std::io::{self, Read as _};
use std::ops::Range;
use std::path::{Path, PathBuf};

use regimen_model::diagnostic::{Diagnostic, FieldPath, FilePath, Place};

use super::Row;
use super::list::Text;
use super::person::Reader;
use regimen_model::limits::YAML_FILE;

/// The files of a folder, in the order of their names.
pub(super) struct Folder {
    folder: PathBuf,
    /// The folder as the user named it.
    name: FilePath,
    /// The names of the files, one behind the other, so that many take little memory.
    names: String,
    files: Vec<Range<u32>>,
    next: usize,
    /// How many files are none of people.
    others: usize,
    /// How many tables and folders there are, in which people may be.
    unread: usize,
}

impl Folder {
    /// Lists the files. Those whose names begin with a dot, and folders, are passed over.
    pub(super) fn list(folder: &Path, name: FilePath) -> io::Result<Self> {
        let mut list = Self {
            folder: folder.to_owned(),
            name,
            names: String::new(),
            files: Vec::new(),
            next: 0,
            others: 0,
            unread: 0,
        };
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let file = entry.file_name();
            let text = file.to_string_lossy();
            let kind = std::fs::metadata(entry.path());
            if text.starts_with('.') || !kind.as_ref().is_ok_and(std::fs::Metadata::is_file) {
                let is_folder = !text.starts_with('.') && kind.is_ok_and(|kind| kind.is_dir());
                list.unread += usize::from(is_folder);
                continue;
            }
            let ending = text.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
            list.unread += usize::from(matches!(&*ending, "csv" | "tsv" | "xlsx" | "xls" | "ods"));
            match (file.to_str(), text.ends_with(".yaml") || text.ends_with(".yml")) {
                (Some(file), true) => list.add(file),
                _ => list.others += 1,
            }
        }
        let names = &list.names;
        list.files.sort_by_key(|range| name_at(names, range));
        Ok(list)
    }

    fn add(&mut self, file: &str) {
        let at = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let start = at(self.names.len());
        self.names.push_str(file);
        self.files.push(start..at(self.names.len()));
    }

    /// What is wrong with the folder.
    pub(super) fn findings(&self) -> Vec<Diagnostic> {
        if !self.files.is_empty() {
            return self.unread().into_iter().collect();
        }
        let others = if self.others > 0 { "; name a table itself, as in `--people people.csv`" } else { "" };
        let found = Diagnostic::error(super::EMPTY, "there is nobody in the folder");
        let help = format!("write a file such as `p-001.yaml` for each person{others}");
        vec![found.at(Place::at(self.name.clone(), 1, 1), "").help(help)]
    }

    /// Tables and folders, which are passed over although people may be in them.
    fn unread(&self) -> Option<Diagnostic> {
        let them = match self.unread {
            0 => return None,
            1 => "is a table or folder".to_owned(),
            several => format!("are {several} tables or folders"),
        };
        let found =
            Diagnostic::warning("roster", format!("there {them} in the folder of people, in which nobody is read"));
        let found = found.at(Place::at(self.name.clone(), 1, 1), "");
        Some(
            found.help(
                "write each person into a file such as `p-001.yaml` in the folder itself, or name a table by itself",
            ),
        )
    }

    pub(super) fn next(&mut self, reader: &mut Reader<'_>) -> Option<Row> {
        let file = name_at(&self.names, self.files.get(self.next)?).to_owned();
        self.next += 1;
        let known_as = file.rsplit_once('.').map_or("", |(stem, _)| stem).parse();
        let Ok(known_as) = known_as else {
            // The name may be that of a person, and is not repeated.
            let message = format!("the name of file {} of this folder, in their order, is no id", self.next);
            let place = Place::at(self.name.clone(), 1, 1);
            let found = Diagnostic::error("person-id", message).at(place.clone(), "");
            let help = "name it like `p-001.yaml`: lower-case letters a-z, digits and single hyphens, first a letter";
            return Some(Row::wrong(place, None, vec![found.help(help)]));
        };
        let shown: FilePath = format!("{}/{file}", self.name.trim_end_matches('/')).into();
        let place = Place::at(shown.clone(), 1, 1);
        let read = read(&self.folder.join(&file)).map_err(|error| {
            let found = Diagnostic::error("roster", format!("the file cannot be read: {error}"));
            vec![found.at(place.clone(), "").help("make sure that you may read it")]
        });
        match read.and_then(|bytes| Text::read(&bytes, shown)) {
            Ok((text, value)) => Some(text.person(reader, value, &FieldPath::root(), Some(&known_as))),
            Err(findings) => Some(Row::wrong(place, Some(known_as), findings)),
        }
    }
}

fn name_at<'n>(names: &'n str, range: &Range<u32>) -> &'n str {
    names.get(range.start as usize..range.end as usize).unwrap_or_default()
}

/// A file as far as it is read at all.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(YAML_FILE.in_bytes() + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
