//! Addresses on the web that lead nowhere, or say more than a reader should see.

/// A kind of mistake, or of markup of another tool: what it is and the way out.
pub(super) type Kind = (&'static str, &'static str);

/// What is wrong with an address of a link; `None` also for those of other schemes.
pub(super) fn mistake(url: &str) -> Option<Kind> {
    let (scheme, rest) = url.split_once(':')?;
    if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return None;
    }
    let rest = rest.trim_start_matches('/');
    let site = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if site.rsplit_once('@').is_some_and(|(user, _)| user.contains(':')) {
        return Some(PASSWORD);
    }
    if site.is_empty() || site.starts_with(':') {
        return Some(NO_SITE);
    }
    has_wrong_code(rest).then_some(WRONG_CODE)
}

/// An address with a password.
pub(super) const PASSWORD: Kind =
    ("is an address with a password, which readers would see", "leave out what stands before the `@`, and the `@`");
/// An address that leads nowhere.
pub(super) const NO_SITE: Kind =
    ("is an address that names no site", "write the whole address, such as `https://www.who.int`");
/// An address with a `%` alone.
pub(super) const WRONG_CODE: Kind = (
    "is an address with a `%` that is not the code of a sign",
    "copy the address again; a `%` that is meant is written `%25`",
);

/// Whether there is a `%` that two digits of the base 16 do not follow.
fn has_wrong_code(address: &str) -> bool {
    let is_code = |rest: &str| rest.len() >= 2 && rest.bytes().take(2).all(|digit| digit.is_ascii_hexdigit());
    address.split('%').skip(1).any(|rest| !is_code(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_lead_nowhere_are_mistakes() {
        for (url, expected) in [
            ("http://", NO_SITE),
            ("https://?q=1", NO_SITE),
            ("https://:80/", NO_SITE),
            ("https://a.example/%zz", WRONG_CODE),
            ("https://a.example/100%", WRONG_CODE),
            ("https://user:pw@a.example/x", PASSWORD),
        ] {
            assert_eq!(mistake(url), Some(expected), "{url}");
        }
        for fine in [
            "https://a.example",
            "HTTP://a.example/%C3%BC?a=%25#b",
            "https://a.example/@somebody",
            "https://user@a.example/x",
            "https://[2001:db8::1]/",
            "mailto:a@b.example",
            "tel:+49",
        ] {
            assert_eq!(mistake(fine), None, "{fine}");
        }
    }
}
