//! Files that people share, such as the pictures of their pages.

use super::PeopleFolder;
use super::log::Files;
use crate::error::Error;
use crate::publish::disk::Found;

impl PeopleFolder {
    /// Removes files that people shared and that are of nobody any more, unless they were changed by hand.
    pub(crate) fn remove_shared(&self, is_idle: &dyn Fn(&str) -> bool) -> Result<(), Error> {
        self.replace("", is_idle, Files::new(), &|_, _| Ok(())).map(drop)
    }

    /// Whether anything is at a path.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.disk.look(path).is_ok_and(|found| found != Found::Nothing)
    }
}
