//! Several words in one sentence of a message.

/// "a", "a and b", "a, b and c"
///
/// ```
/// use regimen_model::join;
/// assert_eq!(join::and(&["sets", "reps", "rest"]), "sets, reps and rest");
/// ```
pub fn and<T: AsRef<str>>(words: &[T]) -> String {
    joined(words, "and")
}

/// "a", "a or b", "a, b or c"
///
/// ```
/// use regimen_model::join;
/// assert_eq!(join::or(&["a text", "a number"]), "a text or a number");
/// ```
pub fn or<T: AsRef<str>>(words: &[T]) -> String {
    joined(words, "or")
}

/// The first so many of a list, and how many more there are: "a, b and 3 more"
///
/// ```
/// use regimen_model::join;
/// assert_eq!(join::first(&["a", "b", "c"], 2), "a, b and 1 more");
/// assert_eq!(join::first(&["a", "b"], 2), "a, b");
/// ```
pub fn first<T: AsRef<str>>(words: &[T], most: usize) -> String {
    let named: Vec<&str> = words.iter().take(most).map(AsRef::as_ref).collect();
    let named = named.join(", ");
    match words.len().saturating_sub(most) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}

fn joined<T: AsRef<str>>(words: &[T], word: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [start @ .., last] => {
            let start: Vec<&str> = start.iter().map(AsRef::as_ref).collect();
            format!("{} {word} {}", start.join(", "), last.as_ref())
        }
    }
}
