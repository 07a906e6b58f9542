//! Every kind of entry is told from the others, and has a schema.

use std::collections::BTreeSet;

use crate::Kind;
use crate::schema::FILE_KINDS;

#[test]
fn kinds_have_folders_schemes_and_schemas_of_their_own() {
    let folders: BTreeSet<_> = Kind::ALL.map(Kind::folder).into();
    let schemes: BTreeSet<_> = Kind::ALL.map(Kind::scheme).into();
    assert_eq!((folders.len(), schemes.len()), (Kind::ALL.len(), Kind::ALL.len()));
    for kind in Kind::ALL {
        let schema = FILE_KINDS.iter().find(|file| file.name == kind.scheme());
        let schema = schema.unwrap_or_else(|| panic!("`{kind}` has no line in `file_kinds!`"));
        let folder = format!("{}/", kind.folder());
        assert!(schema.files.iter().any(|files| files.starts_with(&folder)), "{kind}: {:?}", schema.files);
    }
}
