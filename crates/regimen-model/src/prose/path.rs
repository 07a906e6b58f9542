//! Addresses of files as Markdown writes them: encoded, and from the folder of the text.

use std::ops::Range;

use serde::{Deserialize, Deserializer};

/// A path from the catalogue's root. `./media/bar.png` is meant from the root, and `../media/bar.png` from the folder of a
/// text, which is always one below it; none if it leads out of the catalogue.
pub(super) fn in_catalogue(address: &str) -> Option<String> {
    from_root(&percent_decoded(address))
}

/// The path of a file in YAML, where signs are not encoded. One that leads out of the catalogue stays, and is missed there.
pub(crate) fn file_from_root<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let written = String::deserialize(deserializer)?;
    let is_relative = written.starts_with("./") || written.starts_with("../");
    Ok(Some(&written).filter(|_| is_relative).and_then(|path| from_root(path)).unwrap_or(written))
}

fn from_root(address: &str) -> Option<String> {
    if address.starts_with('/') {
        return Some(address.to_owned());
    }
    let from_folder = address.trim_start_matches("./").strip_prefix("../");
    let mut parts: Vec<&str> = Vec::new();
    for part in from_folder.unwrap_or(address).split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The text of an address in which signs are written by their bytes: `my%20bar` is `my bar`. What is no text stays.
pub(super) fn percent_decoded(text: &str) -> String {
    String::from_utf8(decoded(text).0).unwrap_or_else(|_| text.to_owned())
}

/// Where a text first has this address, if signs of it are written by their bytes.
pub(crate) fn find_encoded(text: &str, address: &str) -> Option<Range<usize>> {
    let (bytes, starts) = decoded(text);
    let at = bytes.windows(address.len().max(1)).position(|window| window == address.as_bytes())?;
    Some(starts[at]..starts.get(at + address.len()).copied().unwrap_or(text.len()))
}

/// The bytes that are meant, and where each begins in the text.
fn decoded(text: &str) -> (Vec<u8>, Vec<usize>) {
    let (bytes, mut at) = (text.as_bytes(), 0);
    let (mut decoded, mut starts) = (Vec::with_capacity(text.len()), Vec::with_capacity(text.len()));
    while let Some(byte) = bytes.get(at) {
        let hex = bytes.get(at + 1..at + 3).filter(|hex| *byte == b'%' && hex.iter().all(u8::is_ascii_hexdigit));
        let hex = hex.and_then(|hex| std::str::from_utf8(hex).ok()).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        decoded.push(hex.unwrap_or(*byte));
        starts.push(at);
        at += if hex.is_some() { 3 } else { 1 };
    }
    (decoded, starts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_from_the_root_however_they_are_written() {
        for (written, path) in [
            ("media/bar.png", Some("media/bar.png")),
            ("media/my%20bar.png", Some("media/my bar.png")),
            ("./media/bar.png", Some("media/bar.png")),
            ("../media/bar.png", Some("media/bar.png")),
            ("./../media/./x//bar.png", Some("media/x/bar.png")),
            ("media/x/../bar.png", Some("media/bar.png")),
            ("media/%C3%BCben.png", Some("media/üben.png")),
            ("media/100%.png", Some("media/100%.png")),
            ("media/50%25.png", Some("media/50%.png")),
            ("media/%ff.png", Some("media/%ff.png")),
            ("/media/bar.png", Some("/media/bar.png")),
            ("../../bar.png", None),
            ("media/../../bar.png", None),
            ("%2e%2e/%2e%2e/bar.png", None),
        ] {
            assert_eq!(in_catalogue(written).as_deref(), path, "{written}");
        }
    }

    #[test]
    fn an_encoded_address_is_found_where_it_is_written() {
        let text = "Größe 5 %: ![x](media/my%20%C3%BCbung.png)";
        let at = find_encoded(text, "media/my übung.png").unwrap();
        assert_eq!(&text[at], "media/my%20%C3%BCbung.png");
        assert_eq!(find_encoded(text, "media/other.png"), None);
    }
}
