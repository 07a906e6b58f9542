//! Addresses of files as Markdown writes them: encoded, and from the folder of the text.

/// A path from the catalogue's root. `./media/bar.png` is meant from the root, and `../media/bar.png` from the folder of a
/// text, which is always one below it; none if it leads out of the catalogue.
pub(super) fn in_catalogue(address: &str) -> Option<String> {
    let address = percent_decoded(address);
    if address.starts_with('/') {
        return Some(address);
    }
    let from_folder = address.trim_start_matches("./").strip_prefix("../");
    let mut parts: Vec<&str> = Vec::new();
    for part in from_folder.unwrap_or(&address).split('/') {
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
    let (bytes, mut decoded, mut at) = (text.as_bytes(), Vec::with_capacity(text.len()), 0);
    while let Some(byte) = bytes.get(at) {
        let hex = bytes.get(at + 1..at + 3).filter(|hex| *byte == b'%' && hex.iter().all(u8::is_ascii_hexdigit));
        let hex = hex.and_then(|hex| std::str::from_utf8(hex).ok()).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        decoded.push(hex.unwrap_or(*byte));
        at += if hex.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
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
}
