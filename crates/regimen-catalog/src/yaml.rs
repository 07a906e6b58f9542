//! YAML, read strictly. The only module that knows which library reads it.

/// Reads a text that ships with the program.
pub(crate) fn trusted<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_yaml::from_str(text)
        .unwrap_or_else(|error| unreachable!("a built-in file is damaged: {error}"))
}
