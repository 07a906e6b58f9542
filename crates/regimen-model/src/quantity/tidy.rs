//! Misspelt amounts in an even spelling, before it is tried what they may mean.

/// The same text in small letters, with hyphens for dashes and "to", and no word for "about".
pub(super) fn tidied(text: &str) -> String {
    let mut tidy = text.trim().to_lowercase();
    for (written, meant) in [
        ("\u{2013}", "-"),
        ("\u{2014}", "-"),
        ("\u{2212}", "-"),
        ("\u{d7}", "x"),
        ("\u{a0}", " "),
        ("\u{202f}", " "),
        ("\u{2032}", "'"),
        ("\u{2033}", "''"),
        ("\u{2019}", "'"),
        ("\"", "''"),
        (" to ", "-"),
        (" bis ", "-"),
        (" - ", "-"),
        ("- ", "-"),
        (" -", "-"),
    ] {
        tidy = tidy.replace(written, meant);
    }
    for about in ["about ", "approx. ", "approx ", "around ", "ca. ", "ca ", "~", "≈"] {
        if let Some(rest) = tidy.strip_prefix(about) {
            tidy = rest.trim_start().to_owned();
        }
    }
    with_fraction(&tidy)
}

/// `1½` and `1 1/2` as `1.5`.
fn with_fraction(text: &str) -> String {
    let mut out = text.to_owned();
    if ["1/2", "1/4", "3/4"].iter().any(|fraction| out.strip_prefix(fraction).is_some_and(|rest| rest.starts_with(' ')))
    {
        out.insert(0, ' ');
    }
    for (sign, decimals) in [("½", "5"), ("¼", "25"), ("¾", "75"), (" 1/2", "5"), (" 1/4", "25"), (" 3/4", "75")] {
        if let Some((before, after)) = out.split_once(sign) {
            let before = before.trim_end();
            let whole = if before.ends_with(|c: char| c.is_ascii_digit()) { "" } else { "0" };
            out = format!("{before}{whole}.{decimals}{after}");
        }
    }
    out
}

/// The same text with points for decimals and nothing between thousands; two texts where `1,500` may be either.
pub(super) fn readings(text: &str) -> Vec<String> {
    let (mut thousands, mut decimals) = (String::new(), String::new());
    let (mut rest, mut before) = (text, None);
    while let Some(first) = rest.chars().next() {
        let inside = before.is_some_and(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ':'));
        if let Some((length, whole, fraction)) = grouped(rest).filter(|_| !inside) {
            decimals.push_str(fraction.as_ref().unwrap_or(&whole));
            thousands.push_str(&whole);
            (before, rest) = (Some('0'), &rest[length..]);
            continue;
        }
        let next = rest[first.len_utf8()..].chars().next();
        let point = first == ',' && [before, next].into_iter().all(|c| c.is_some_and(|c| c.is_ascii_digit()));
        let written = if point { '.' } else { first };
        thousands.push(written);
        decimals.push(written);
        (before, rest) = (Some(first), &rest[first.len_utf8()..]);
    }
    let mut all = vec![thousands, decimals];
    all.dedup();
    all
}

/// A number at the start of a text whose thousands are parted: its length, the number, and the other one that it may be.
fn grouped(text: &str) -> Option<(usize, String, Option<String>)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let first = digits(text);
    if !(1..=3).contains(&first) || text.starts_with('0') {
        return None;
    }
    let sign = text[first..].chars().next().filter(|sign| matches!(sign, '.' | ',' | '\'' | ' '))?;
    let (mut number, mut length, mut groups) = (text[..first].to_owned(), first, 0);
    while let Some(group) = text[length..].strip_prefix(sign).filter(|group| digits(group) == 3) {
        number.push_str(&group[..3]);
        length += 4;
        groups += 1;
    }
    let other = format!("{}.{}", &text[..first], text.get(first + 1..first + 4).unwrap_or_default());
    let decimals = text[length..].strip_prefix(['.', ',']).map(|rest| &rest[..digits(rest)]).unwrap_or_default();
    if groups == 0 || (sign == '.' && groups == 1 && decimals.is_empty() && !super::maybe_thousands(&other)) {
        return None;
    }
    if !decimals.is_empty() {
        return Some((length + 1 + decimals.len(), format!("{number}.{decimals}"), None));
    }
    Some((length, number, Some(other).filter(|_| groups == 1 && matches!(sign, '.' | ','))))
}
