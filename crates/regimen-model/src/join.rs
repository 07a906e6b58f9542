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
