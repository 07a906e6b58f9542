//! Addresses in text: a line may end behind a `/` or before a hyphen of theirs, never behind a hyphen, which readers would
//! take for one that parts a word.

use std::ops::Range;

/// Where addresses are in a text.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    if !text.contains(['/', '@']) && !text.contains("www.") {
        return Vec::new();
    }
    let outside = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '[' | ']' | '"' | '\u{a0}');
    let mut found = Vec::new();
    let mut start = 0;
    for token in text.split(outside) {
        let range = start..start + token.len();
        start = range.end + text[range.end..].chars().next().map_or(0, char::len_utf8);
        if is_address(token) {
            found.push(range);
        }
    }
    found
}

fn is_address(token: &str) -> bool {
    if token.contains("://") || token.starts_with("www.") {
        return true;
    }
    let host = token.split_once('@').map(|(_, host)| host).or_else(|| token.split_once('/').map(|(host, _)| host));
    let Some((before, ending)) = host.and_then(|host| host.trim_end_matches(['.', ',', ';', ':']).rsplit_once('.'))
    else {
        return false;
    };
    let part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let is_ending = ending.len() >= 2 && ending.chars().all(char::is_alphabetic);
    is_ending && before.starts_with(char::is_alphanumeric) && before.len() > 1 && before.chars().all(part)
}

/// The places where a line may end, with those within addresses in place of the usual ones.
pub(super) fn with_breaks(text: &str, addresses: &[Range<usize>], usual: Vec<(usize, bool)>) -> Vec<(usize, bool)> {
    if addresses.is_empty() {
        return usual;
    }
    let within = |at: usize| addresses.iter().any(|address| address.start < at && at < address.end);
    let mut breaks: Vec<(usize, bool)> = usual.into_iter().filter(|(at, _)| !within(*at)).collect();
    for address in addresses {
        breaks.extend(own_breaks(&text[address.clone()]).map(|at| (address.start + at, false)));
    }
    breaks.sort_unstable();
    breaks
}

/// Behind a `/` and before a hyphen, and before what begins a query.
fn own_breaks(address: &str) -> impl Iterator<Item = usize> {
    let mut before = None;
    address.char_indices().filter_map(move |(at, sign)| {
        let last = before.replace(sign);
        let behind = last == Some('/') && (sign.is_alphanumeric() || matches!(sign, '_' | '~' | '%' | '@'));
        let opens = matches!(sign, '-' | '?' | '&' | '#') && last.is_some_and(char::is_alphanumeric);
        // `https://` stays with its host.
        let scheme = address[..at].ends_with("://");
        ((behind || opens) && at > 0 && !scheme).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<&str> {
        let addresses = find(text);
        let usual = unicode_linebreak::linebreaks(text).map(|(at, _)| (at, false)).collect();
        let (mut start, mut parts) = (0, Vec::new());
        for (at, _) in with_breaks(text, &addresses, usual) {
            parts.push(&text[start..at]);
            start = at;
        }
        parts
    }

    #[test]
    fn addresses_break_behind_a_slash_and_before_a_hyphen() {
        assert_eq!(
            parts("See https://a-b.example/long-way/10.1/x_y?q=1. Then"),
            ["See ", "https://a", "-b.example/", "long", "-way/", "10.1/", "x_y", "?q=1. ", "Then"]
        );
        assert_eq!(parts("(doi.org/10.1519/1533-4287) x"), ["(doi.org/", "10.1519/", "1533", "-4287) ", "x"]);
        assert_eq!(parts("at a@b-c.example now"), ["at ", "a@b", "-c.example ", "now"]);
    }

    #[test]
    fn other_text_keeps_its_breaks() {
        for text in ["and/or a well-known 3-4", "km/h. e.g./i.e. 10/12", "Dr. A.-B. C/D"] {
            assert_eq!(find(text), [], "{text}");
        }
    }
}
