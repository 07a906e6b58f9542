//! Addresses on the web that lead nowhere, or say more than a reader should see.

/// What is wrong with an address of a link, and the help; `None` also for those of other schemes.
pub(crate) fn mistake(url: &str) -> Option<(String, &'static str)> {
    let (scheme, rest) = url.split_once(':')?;
    if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return None;
    }
    let rest = rest.trim_start_matches('/');
    let site = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if let Some((_, host)) = site.rsplit_once('@') {
        let message =
            format!("the address of `{}` names a user or a password, which readers would see", host.escape_debug());
        return Some((message, "leave out what stands before the `@`, and the `@`"));
    }
    if site.is_empty() || site.starts_with(':') {
        let message = format!("the address `{}` names no site", url.escape_debug());
        return Some((message, "write the whole address, such as `https://www.who.int`"));
    }
    let code = wrong_code(rest)?;
    let message =
        format!("`{}` in the address `{}` is not the code of a sign", code.escape_debug(), url.escape_debug());
    Some((message, "copy the address again; a `%` that is meant is written `%25`"))
}

/// The first `%` that two digits of the base 16 do not follow, with what follows.
fn wrong_code(address: &str) -> Option<String> {
    let after = address.split('%').skip(1);
    let wrong = after.map(|rest| rest.chars().take(2).collect::<String>()).find(|code| {
        let hexadecimal = code.chars().all(|digit| digit.is_ascii_hexdigit());
        code.len() != 2 || !hexadecimal
    });
    wrong.map(|code| format!("%{code}"))
}

#[cfg(test)]
mod tests {
    use super::mistake;

    #[test]
    fn addresses_that_lead_nowhere_are_mistakes() {
        for (url, expected) in [
            ("http://", "the address `http://` names no site"),
            ("https://?q=1", "the address `https://?q=1` names no site"),
            ("https://:80/", "the address `https://:80/` names no site"),
            ("https://a.example/%zz", "`%zz` in the address `https://a.example/%zz` is not the code of a sign"),
            ("https://a.example/100%", "`%` in the address `https://a.example/100%` is not the code of a sign"),
            (
                "https://user:pw@a.example/x",
                "the address of `a.example` names a user or a password, which readers would see",
            ),
        ] {
            assert!(mistake(url).is_some_and(|(message, _)| message == expected), "{url}");
        }
        for fine in [
            "https://a.example",
            "HTTP://a.example/%C3%BC?a=%25#b",
            "https://a.example/@somebody",
            "https://[2001:db8::1]/",
            "mailto:a@b.example",
            "tel:+49",
        ] {
            assert_eq!(mistake(fine), None, "{fine}");
        }
    }
}
