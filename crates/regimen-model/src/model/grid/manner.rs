//! Words for what is done between repeats.

/// Other words for what is done between repeats.
pub(super) const MANNERS: [(&[&str], &str); 3] = [
    (
        &[
            "recovery",
            "recoveries",
            "recover",
            "rec",
            "recov",
            "jogging",
            "jogs",
            "jogged",
            "float",
            "trot",
            "easy",
            "easy jog",
            "easy run",
            "easy running",
            "very easy",
            "slow",
            "slowly",
            "slow running",
            "gentle",
            "gentle jog",
            "jog recovery",
            "recovery jog",
            "jog rec",
            "slow jog",
            "light jog",
            "jog between",
            "jog in between",
            "jog rest",
            "jog back",
            "jog down",
        ],
        "jog",
    ),
    (&["walking", "walks", "walk recovery", "walk rest", "walk back", "easy walk", "walk between"], "walk"),
    (
        &[
            "rests",
            "resting",
            "off",
            "pause",
            "pauses",
            "break",
            "standing",
            "standing rest",
            "rest between",
            "rest in between",
            "complete rest",
            "full rest",
        ],
        "rest",
    ),
];

/// Whether some words are other ones for what is done between repeats.
pub(super) fn is_manner(words: &str) -> bool {
    MANNERS.iter().any(|(names, _)| names.contains(&words))
}
