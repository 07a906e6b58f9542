//! "Did you mean" for names of exporters.

/// The known name that is closest to `name`, if it is close enough to be a slip of the finger.
pub(crate) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let within = 1 + name.chars().count() / 3;
    known
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= within)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_are_understood_and_other_words_are_not() {
        let known = || ["pdf", "ics", "markdown"].into_iter();
        assert_eq!(nearest("pfd", known()), Some("pdf"));
        assert_eq!(nearest("markdwon", known()), Some("markdown"));
        assert_eq!(nearest("docx", known()), None);
        assert_eq!(nearest("", known()), None);
    }
}
