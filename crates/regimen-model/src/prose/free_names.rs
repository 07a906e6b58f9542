//! Names of headings, of which each is given once.

use std::collections::BTreeMap;

/// Names that are taken, each with the number that comes behind it next, so that many equal ones are not tried again and again.
///
/// ```
/// use regimen_model::prose::FreeNames;
/// let mut names = FreeNames::default();
/// assert_eq!(["why", "why", "why-2", "why"].map(|name| names.take(name, '-', 2)), ["why", "why-2", "why-2-2", "why-3"]);
/// ```
#[derive(Debug, Default)]
pub struct FreeNames(BTreeMap<String, u32>);

impl FreeNames {
    /// Takes a name, with `sign` and a number behind it if it is taken: the first number that is free, from `first` on.
    pub fn take(&mut self, name: &str, sign: char, first: u32) -> String {
        let Some(next) = self.0.get(name) else {
            self.0.insert(name.to_owned(), first);
            return name.to_owned();
        };
        let mut number = *next;
        let mut free = format!("{name}{sign}{number}");
        while self.0.contains_key(&free) {
            number += 1;
            free = format!("{name}{sign}{number}");
        }
        self.0.insert(name.to_owned(), number + 1);
        self.0.insert(free.clone(), first);
        free
    }
}
