//! From what somebody typed to the entry that is meant.

use regimen_catalog::suggest::nearest;
use regimen_catalog::{Catalog, Kind, Reference, Sources};

use crate::commands::kind_named;

/// The entry of this id, or `kind:id`; else what is wrong, and the way out.
pub(super) fn find(text: &str, catalog: &Catalog, sources: &Sources) -> Result<Reference, (String, Option<String>)> {
    let (kinds, id) = match text.split_once(':') {
        None => (Kind::ALL.to_vec(), text),
        Some((kind, id)) => {
            let kind = kind_named(kind).map_err(|help| (format!("there is no kind of entry `{kind}`"), Some(help)))?;
            (vec![kind], id)
        }
    };
    let named = kinds.iter().filter_map(|kind| Reference::new(*kind, id).ok());
    let mut found: Vec<Reference> = named.filter(|reference| catalog.has(reference)).collect();
    match found.len() {
        0 => Err(missing(text, id, &kinds, catalog, sources)),
        1 => Ok(found.remove(0)),
        _ => {
            let several: Vec<String> = found.iter().map(|reference| format!("`{reference}`")).collect();
            Err((format!("`{id}` is more than one entry"), Some(format!("say which: {}", several.join(", ")))))
        }
    }
}

fn missing(text: &str, id: &str, kinds: &[Kind], catalog: &Catalog, sources: &Sources) -> (String, Option<String>) {
    let files = kinds.iter().map(|kind| format!("{}/{id}{}", kind.folder(), kind.ending()));
    if let Some(file) = files.into_iter().find(|file| sources.text(file).is_some()) {
        let help = "`regimen check` shows them; mend them first".to_owned();
        return (format!("`{file}` has errors, so there is nothing to show"), Some(help));
    }
    if kind_named(text).is_ok() {
        return (format!("`{text}` is a kind of entry"), Some(format!("`regimen list {text}` lists them")));
    }
    let message = match kinds {
        [kind] => format!("there is no {kind} `{id}`"),
        _ => format!("there is no entry `{text}`"),
    };
    let known = |kinds: &[Kind]| -> Vec<String> {
        let ids = kinds.iter().flat_map(|kind| catalog.ids(*kind).into_iter().map(move |id| format!("{kind}:{id}")));
        ids.collect()
    };
    let of_kind: Vec<&str> = kinds.iter().flat_map(|kind| catalog.ids(*kind)).collect();
    // The same id may stand under another kind.
    let elsewhere = known(&Kind::ALL).into_iter().find(|one| one.split_once(':').is_some_and(|(_, other)| other == id));
    let near = nearest(id, of_kind.iter().copied());
    let near = near.and_then(|near| known(kinds).into_iter().find(|one| one.ends_with(&format!(":{near}"))));
    let help = elsewhere.or(near).map(|one| format!("did you mean `{one}`?"));
    (message, help)
}
