//! Files that people share, such as the pictures of their pages.

use super::log::{Files, Log};
use super::{Change, PeopleFolder};
use crate::error::Error;
use crate::publish::disk::Found;
use crate::share::log_of;

impl PeopleFolder {
    /// Removes files that people shared and that are of nobody any more, unless they were changed by hand.
    pub(crate) fn remove_shared(&self, is_idle: &dyn Fn(&str) -> bool) -> Result<(), Error> {
        let log = log_of("");
        let mut touched = self.held(log);
        let Log { mut people, whole, .. } = self.read(log)?;
        let known = people.remove("").unwrap_or_default();
        let dropped: Vec<String> = known.files.keys().filter(|path| is_idle(path)).cloned().collect();
        if dropped.is_empty() {
            return Ok(());
        }
        let mut future = known.files.clone();
        future.retain(|path, _| !dropped.contains(path));
        let change = Change { id: "", known: &known, wanted: Files::new(), dropped, future };
        let nothing = |_: &str, _: &str| Ok(());
        self.carry_out(&mut touched, whole, change, &nothing).map(drop)
    }

    /// Whether anything is at a path.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.disk.look(path).is_ok_and(|found| found != Found::Nothing)
    }
}
