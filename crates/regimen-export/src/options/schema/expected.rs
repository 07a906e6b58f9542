//! What a schema expects, in words for people who have never heard of types.

use regimen_catalog::join;
use serde_json::Value;

use super::{Keywords, Rule, Schema, Type};

/// The most words that a message lists.
const MOST_WORDS: usize = 20;
/// The most characters of what is expected.
const LONGEST: usize = 5_000;

impl Schema {
    /// What is expected in place of a value: "`true` or `false`", "one of `a4`, `letter`", "a text or a list".
    ///
    /// ```
    /// use regimen_export::options::Schema;
    /// let schema = Schema::parse(&serde_json::json!({"enum": ["a4", "letter"]})).expect("a schema");
    /// assert_eq!(schema.expected(), "one of `a4`, `letter`");
    /// ```
    pub fn expected(&self) -> String {
        self.0.expected()
    }
}

impl Rule {
    /// In so many words at most: what is longer helps nobody.
    fn expected(&self) -> String {
        let expected = self.in_full();
        match expected.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", &expected[..end]),
            None => expected,
        }
    }

    fn in_full(&self) -> String {
        match self {
            Self::Always(true) => "anything".to_owned(),
            Self::Always(false) => "left out altogether".to_owned(),
            Self::Keywords(keywords) => keywords.expected(),
        }
    }
}

impl Keywords {
    pub(super) fn expected(&self) -> String {
        if let Some(wanted) = &self.wanted {
            return wanted.clone();
        }
        if let Some(words) = self.allowed.first() {
            return one_of(words);
        }
        if let Some(types) = &self.types {
            return join::or(&types.iter().map(|kind| kind.words()).collect::<Vec<_>>());
        }
        match (self.all_of.as_slice(), self.any_of.as_slice(), self.one_of.as_slice()) {
            ([one, ..], ..) => one.expected(),
            ([], [], []) => "anything".to_owned(),
            ([], rules @ [_, ..], _) | ([], [], rules) => any(rules),
        }
    }

    /// What the items of a list should be, if this is about nothing but a list.
    fn items_expected(&self) -> Option<String> {
        let is_list = self.types.as_deref() == Some(&[Type::Array]);
        self.items.as_ref().filter(|_| is_list).map(Rule::expected)
    }
}

impl Type {
    fn words(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind, _)| *kind == self).map_or("", |(_, _, words)| words)
    }
}

/// One of several rules: "a text or a number", "a text, or a list of them".
pub(super) fn any(rules: &[Rule]) -> String {
    // Each is put into words once, for alternatives within alternatives multiply.
    let mut all: Vec<String> = Vec::new();
    for rule in rules.iter().map(Rule::expected) {
        if all.len() < MOST_WORDS && !all.contains(&rule) {
            all.push(rule);
        }
    }
    if let ([_, Rule::Keywords(list)], Some(one)) = (rules, all.first())
        && list.items_expected().as_ref() == Some(one)
    {
        return format!("{one}, or a list of them");
    }
    join::or(&all)
}

/// "one of `small`, `large`"
pub(super) fn one_of(words: &[Value]) -> String {
    let listed: Vec<String> = words.iter().take(MOST_WORDS).map(shown).collect();
    match words.len() {
        1 => listed.concat(),
        count if count > MOST_WORDS => format!("one of {count} words such as {}", listed.join(", ")),
        _ => format!("one of {}", listed.join(", ")),
    }
}

/// What stands where something else was expected: "the text `x`", "a list".
pub(super) fn found(value: &Value) -> String {
    match value {
        Value::Null => "nothing".into(),
        Value::Bool(_) => format!("the yes-or-no value {}", shown(value)),
        Value::Number(_) => format!("the number {}", shown(value)),
        Value::String(_) => format!("the text {}", shown(value)),
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "`key: value` lines".into(),
    }
}

/// A value in a sentence, cut if it is long.
fn shown(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let cut: String = text.chars().take(60).collect();
    format!("`{}{}`", cut.escape_debug(), if cut.len() < text.len() { "…" } else { "" })
}
