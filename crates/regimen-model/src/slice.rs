//! The part of a catalogue that a unit of a build needs, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Tabled, by_kind};
use crate::diagnostic::{FieldPath, FilePath, Place, Spot};
use crate::kind::kinds;
use crate::mentions::{Found, Mention, collect};
use crate::model::{At, Entity, FactVisitor, Facts, Naming, Table};
use crate::prose::{ProseBlock, walk};
use crate::reference::{Kind, Reference};

/// A catalogue with each field in it, so that a new one cannot be forgotten: the tables have what is kept, and pictures are
/// still to come.
macro_rules! slice {
    (
        [$from:expr, $kept:expr]
        $($(#[$doc:meta])* $kind:ident($words:ty), $table:ident, $folder:literal, $scheme:literal, $ending:literal;)+
    ) => {
        Catalog {
            project: $from.project.clone(),
            project_words: $from.project_words.clone(),
            languages: $from.languages.clone(),
            $($table: only(&$from.$table, $kept),)+
            media: BTreeMap::new(),
            fonts: $from.fonts.clone(),
        }
    };
}

impl Catalog {
    /// The catalogue cut down to `roots`, what they need, and the entries that those lead on to by name.
    ///
    /// What an entry needs is needed in full (a session's exercises, their muscles and equipment). What it
    /// only leads on to (the next step of a ladder, a link in prose) is kept as an entry, so that its name
    /// is known, but brings nothing along.
    #[must_use]
    pub fn slice(&self, roots: &[Reference]) -> Catalog {
        let mut needed: BTreeSet<Reference> = BTreeSet::new();
        let mut named: BTreeSet<Reference> = BTreeSet::new();
        let mut open: Vec<Reference> = roots.to_vec();
        while let Some(reference) = open.pop() {
            if !needed.insert(reference.clone()) {
                continue;
            }
            for mention in self.mentions_of(&reference) {
                match mention.naming {
                    Naming::Needed => open.push(mention.to),
                    Naming::ByName => drop(named.insert(mention.to)),
                }
            }
        }
        let kept: BTreeSet<Reference> = needed.into_iter().chain(named).collect();
        self.keep(&kept)
    }

    fn mentions_of(&self, reference: &Reference) -> Vec<Mention> {
        let mut all = Found::default();
        by_kind!(reference.kind(), T => {
            if let Some(entry) = self.entry::<T>(reference) {
                collect(entry, &mut all);
            }
        });
        all.mentions
    }

    fn keep(&self, kept: &BTreeSet<Reference>) -> Catalog {
        fn only<T: Entity>(table: &Table<T>, kept: &BTreeSet<Reference>) -> Table<T> {
            let wanted = table.iter().filter(|(id, _)| kept.contains(&Reference::from(*id)));
            wanted.map(|(id, entry)| (id.clone(), entry.clone())).collect()
        }
        let mut slice = kinds!([slice] self, kept);
        let files: BTreeSet<String> = slice.picture_files().into_iter().map(|(file, _)| file).collect();
        slice.media =
            self.media.iter().filter(|(file, _)| files.contains(*file)).map(|(f, b)| (f.clone(), b.clone())).collect();
        slice
    }

    /// Every picture that the brand or an entry shows, with the place that names it.
    pub fn picture_files(&self) -> Vec<(String, Place)> {
        let mut files = Vec::new();
        if let Some(logo) = &self.project.brand.logo {
            let path = FieldPath::root().key("brand").key("logo").key("file");
            files.push((logo.file.clone(), Place::value(crate::PROJECT_FILE, path)));
        }
        for kind in Kind::ALL {
            by_kind!(kind, T => for entry in T::table(self).values() {
                entry.facts.visit(&mut Pictures { of: &entry.file, files: &mut files });
            });
        }
        for guide in self.guides.values() {
            for (file, words) in guide.all_words() {
                for picture in pictures(&words.body) {
                    let spot = Spot::Text(picture.as_str().into());
                    files.push((picture.clone(), Place { file: file.clone(), spot }));
                }
            }
        }
        files
    }
}

/// Collects the pictures of an entry, which is in the file `of`.
struct Pictures<'a> {
    of: &'a FilePath,
    files: &'a mut Vec<(String, Place)>,
}

impl FactVisitor for Pictures<'_> {
    fn picture(&mut self, file: &str, at: &At<'_>) {
        self.files.push((file.to_owned(), Place::value(self.of.clone(), at.path())));
    }
}

fn pictures(blocks: &[ProseBlock]) -> impl Iterator<Item = &String> {
    walk(blocks).filter_map(|block| match block {
        ProseBlock::Figure { file, alt: _ } => Some(file),
        _ => None,
    })
}
