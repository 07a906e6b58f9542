//! Which files of an output folder later builds go on from, as the cache remembers it: so that a build notices when they are gone.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf, absolute};

use regimen_catalog::Diagnostic;

use crate::cache::Cache;
use crate::digest::Digest;
use crate::{Built, Target};

impl Built {
    /// Whether files from which this build would have gone on were published there before and are gone, such as calendars whose
    /// revisions apps know. `None` if they are there, if they never were, or if the cache does not know.
    pub fn lost_revisions(&self, cache: &Cache, target: Target<'_>) -> Option<Diagnostic> {
        let known = cache.note(&place(target)?.0)?;
        let known: BTreeSet<&str> = known.lines().collect();
        // A file that was changed by hand is not gone.
        let is_lost = |path: &&&str| self.seen.is_absent(path) && !target.out.join(path).exists();
        let lost = known.iter().filter(is_lost).count();
        if lost == 0 {
            return None;
        }
        let calendars = if lost == 1 { "the calendar" } else { &format!("{lost} calendars") };
        let message = format!(
            "`{}` no longer has {calendars} of an earlier build, so the revisions of entries start again at 0",
            target.out.display()
        );
        Some(Diagnostic::warning("revisions-lost", message).help(
            "if people have these calendars, get the files that they have and build again with `--previous FOLDER`, or their \
             apps may ignore later changes; if nobody has them, there is nothing to do",
        ))
    }

    /// Remembers which of the files that were published later builds go on from.
    pub fn remember_revisions(&self, cache: &Cache, target: Target<'_>) {
        let paths = self.files().map(|(_, file)| &file.path).filter(|path| self.seen.contains(path));
        let paths: BTreeSet<&str> = paths.map(|path| path.as_str()).collect();
        if let (false, Some((key, root))) = (paths.is_empty(), place(target)) {
            // Whether the output folder is still there is what is to be noticed.
            cache.put_note(&key, &root, &paths.into_iter().collect::<Vec<_>>().join("\n"));
        }
    }
}

/// One output folder of one catalogue, and where the catalogue is.
fn place(target: Target<'_>) -> Option<(Digest, PathBuf)> {
    let [out, root] = [target.out, target.catalog_root].map(|path: &Path| absolute(path).ok());
    let (out, root) = (out?, root?);
    Some((Digest::of(format!("{:?}", (out, &root)).as_bytes()), root))
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;
    use crate::Exported;
    use crate::seen::Seen;
    use crate::testing;

    fn built(path: &str, earlier: Option<&[u8]>) -> Built {
        let file = testing::file(path, "text", "a");
        let mut seen = Seen::default();
        seen.insert(file.path.clone(), earlier.map(Digest::of));
        Built { exporters: vec![Exported { files: vec![file], ..Exported::default() }], seen, ..Built::default() }
    }

    #[test]
    fn calendars_that_are_gone_are_missed_once_they_were_published() {
        let folder = tempfile::tempdir().unwrap();
        #[expect(clippy::disallowed_methods, reason = "a cache measures ages")]
        let cache =
            Cache::new(crate::cache::Store::new(folder.path().join("cache"), SystemTime::now()), [7; 32].into());
        let target = |out| Target { out, catalog_root: Path::new("catalog"), adopt: false, keep_going: false };
        let (here, there) = (target(Path::new("out")), target(Path::new("elsewhere")));
        let (first, next) = (built("ics/spring.ics", None), built("ics/spring.ics", Some(b"text")));
        assert_eq!(first.lost_revisions(&cache, here), None, "a first build has lost nothing");
        first.remember_revisions(&cache, here);
        assert_eq!(next.lost_revisions(&cache, here), None);
        let lost = first.lost_revisions(&cache, here).unwrap();
        assert!(
            lost.message.starts_with("`out` no longer has the calendar of")
                && lost.help.unwrap().contains("--previous")
        );
        let mut some = built("ics/spring.ics", None);
        some.seen.extend(built("ics/autumn.ics", Some(b"text")).seen);
        assert!(some.lost_revisions(&cache, here).is_some(), "one of two");
        assert_eq!(first.lost_revisions(&cache, there), None, "another folder");
        assert_eq!(built("ics/autumn.ics", None).lost_revisions(&cache, here), None, "a calendar of its own");
    }
}
