//! Numbers that are written as words.

/// Words for numbers in the languages that training texts are written in. A word that is another number in another of them is
/// left out.
const NUMBERS: [(&str, &str); 20] = [
    ("1", "one a an ein eine einen un une uno una um uma één een"),
    ("2", "two zwei deux dos due dois duas twee"),
    ("3", "three drei trois tres tre três drie"),
    ("4", "four vier quatre cuatro quattro quatro"),
    ("5", "five fünf cinq cinco cinque vijf"),
    ("6", "six sechs seis sei zes"),
    ("7", "seven sieben sept siete sette sete zeven"),
    ("8", "eight acht huit ocho otto oito"),
    ("9", "nine neun neuf nueve nove negen"),
    ("10", "ten zehn dix diez dieci dez tien"),
    ("12", "twelve zwölf douze doce dodici doze twaalf dozen"),
    ("15", "fifteen fünfzehn quinze quince quindici vijftien"),
    ("20", "twenty zwanzig vingt veinte venti vinte twintig"),
    ("25", "twenty-five fünfundzwanzig vingt-cinq veinticinco venticinque vijfentwintig"),
    ("30", "thirty dreißig dreissig trente treinta trenta trinta dertig"),
    ("40", "forty vierzig quarante cuarenta quaranta quarenta veertig"),
    ("45", "forty-five fünfundvierzig quarante-cinq quarantacinque vijfenveertig"),
    ("50", "fifty fünfzig cinquante cincuenta cinquanta cinquenta vijftig"),
    ("60", "sixty sechzig soixante sesenta sessanta sessenta zestig"),
    ("90", "ninety neunzig nonante noventa novanta negentig"),
];

/// Beginnings that mean half of what follows.
const HALVES: [&str; 11] = [
    "half an ",
    "half a ",
    "eine halbe ",
    "halbe ",
    "une demi-",
    "une demie ",
    "demi-",
    "media ",
    "meia ",
    "mezza ",
    "een half ",
];

/// The same text with its words for numbers as digits, if it has any: `six miles`, `half an hour`, `two to three min`.
pub(super) fn in_digits(tidied: &str) -> Option<String> {
    if let Some(rest) = HALVES.iter().find_map(|half| tidied.strip_prefix(half)) {
        return Some(format!("0.5 {rest}"));
    }
    let digits = |word: &str| NUMBERS.iter().find(|(_, names)| names.split(' ').any(|name| name == word));
    if let Some((number, _)) = digits(tidied) {
        return Some((*number).to_owned());
    }
    let mut found = false;
    let mut each = |word: &str| {
        let number = digits(word).map(|(number, _)| (*number).to_owned());
        found |= number.is_some();
        number.unwrap_or_else(|| word.to_owned())
    };
    let words: Vec<String> = tidied
        .split(' ')
        .map(|word| match word.split_once('-') {
            Some((low, high)) if digits(word).is_none() => format!("{}-{}", each(low), each(high)),
            _ => each(word),
        })
        .collect();
    found.then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::in_digits;

    #[test]
    fn words_for_numbers_are_digits() {
        for (text, expected) in [
            ("six miles", Some("6 miles")),
            ("two-three min", Some("2-3 min")),
            ("sechs", Some("6")),
            ("forty-five minutes", Some("45 minutes")),
            ("half an hour", Some("0.5 hour")),
            ("une demi-heure", Some("0.5 heure")),
            ("an hour", Some("1 hour")),
            ("5 km", None),
            ("slow", None),
            ("", None),
        ] {
            assert_eq!(in_digits(text).as_deref(), expected, "{text}");
        }
    }
}
