//! A subset of JSON Schema, to check options against what their exporter accepts.
//!
//! These keywords of draft 7 and later are known: `type`, `enum`, `const`, `properties`, `required`, `additionalProperties`,
//! `items`, `minimum`, `maximum`, `exclusiveMinimum`, `exclusiveMaximum`, `minLength`, `maxLength`, `minItems`, `maxItems`,
//! `anyOf`, `allOf` and `oneOf`; and, for readers alone, those that only describe. Sizes and work are bounded, because a
//! schema may come from a stranger.

mod bound;
mod expected;
mod parse;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use regimen_catalog::{FieldPath, join, suggest};
use serde_json::{Map, Value};

use super::{BadOption, OptionProblem};
use bound::{Bound, Limit};

/// The most steps of a check: alternatives within alternatives multiply.
const MOST_STEPS: usize = 1_000_000;
/// As many bytes of a text as can be looked at in one step.
const BYTES: usize = 64;
/// As many steps as it takes to put into words what a value may be.
const WORDS: usize = 100;
/// The most keys, forms and characters of a key that a message names.
const NAMED: usize = 100;
/// The most bytes of what is wrong with several forms.
const LONGEST: usize = 10_000;
/// The most mistakes that are reported of one section.
pub(super) const MOST_MISTAKES: usize = 100;
/// The keyword by which the schema of a type says that nothing is taken, too, without asking for it. Editors do not see it.
pub(super) const NULLABLE: &str = "nullable";

/// What a value may be.
///
/// ```
/// use regimen_export::options::Schema;
/// use serde_json::json;
///
/// let schema = Schema::parse(&json!({
///     "type": "object",
///     "properties": {"level": {"type": "integer", "maximum": 5}, "size": {"enum": ["small", "large"]}},
///     "additionalProperties": false,
/// })).expect("a schema of known keywords");
/// let wrong = schema.check(&json!({"level": 7, "size": "smal"})).expect("little work");
/// let wrong: Vec<_> = wrong.iter().map(|one| (one.path.to_string(), one.help.as_deref())).collect();
/// assert_eq!(wrong, [("level".into(), None), ("size".into(), Some("did you mean `small`?"))]);
/// ```
#[derive(Debug, Clone)]
pub struct Schema(Rule);

/// A schema or a part of one.
#[derive(Debug, Clone)]
enum Rule {
    /// Anything, or nothing at all.
    Always(bool),
    /// What fulfils all of these.
    Keywords(Box<Keywords>),
}

/// The keywords of one schema. One that is left out allows everything.
#[derive(Debug, Clone, Default)]
struct Keywords {
    /// What to write, from `errorMessage`, which editors show.
    wanted: Option<String>,
    /// Whether nothing is taken, too.
    is_nullable: bool,
    types: Option<Vec<Type>>,
    /// `enum`, or `const` as an `enum` of one.
    allowed: Vec<Vec<Value>>,
    properties: BTreeMap<String, Rule>,
    required: BTreeSet<String>,
    additional: Option<Rule>,
    items: Option<Rule>,
    bounds: Vec<Bound>,
    any_of: Vec<Rule>,
    all_of: Vec<Rule>,
    one_of: Vec<Rule>,
}

/// A type of JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// Why a check was given up: the schema has so many alternatives within each other that it would take too long.
///
/// ```
/// use regimen_export::options::{Schema, TooMuchWork};
/// use serde_json::json;
/// let forms = |inner: serde_json::Value| json!({"oneOf": [inner.clone(), inner.clone(), inner.clone(), inner]});
/// let deep = (0..6).fold(json!({"const": 1}), |inner, _| forms(inner));
/// let list = Schema::parse(&json!({"items": deep})).expect("a schema");
/// assert_eq!(list.check(&json!(vec![2; 10_000])), Err(TooMuchWork));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMuchWork;

impl Schema {
    /// Everything that is wrong with a value, up to a hundred mistakes; empty if it fits.
    ///
    /// # Errors
    /// If the schema has so many alternatives within each other that the check would take too long.
    pub fn check(&self, value: &Value) -> Result<Vec<BadOption>, TooMuchWork> {
        let check = Check { steps: Cell::new(MOST_STEPS) };
        let mut found = check.rule(&self.0, value, &FieldPath::root());
        found.truncate(MOST_MISTAKES);
        if check.steps.get() == 0 { Err(TooMuchWork) } else { Ok(found) }
    }
}

/// A check that is running.
struct Check {
    /// How many steps are left; none if it was given up.
    steps: Cell<usize>,
}

impl Check {
    /// Counts work, and tells whether there is any left to be done.
    fn spend(&self, steps: usize) -> bool {
        self.steps.set(self.steps.get().saturating_sub(steps));
        self.steps.get() > 0
    }

    fn rule(&self, rule: &Rule, value: &Value, path: &FieldPath) -> Vec<BadOption> {
        // Texts are looked at as a whole.
        if !self.spend(1 + value.as_str().map_or(0, |text| text.len() / BYTES)) {
            return Vec::new();
        }
        match rule {
            Rule::Always(true) => Vec::new(),
            Rule::Always(false) => vec![invalid(path, "is not taken here".into())],
            Rule::Keywords(keywords) => self.keywords(keywords, value, path),
        }
    }

    fn keywords(&self, keywords: &Keywords, value: &Value, path: &FieldPath) -> Vec<BadOption> {
        if keywords.is_nullable && value.is_null() {
            return Vec::new();
        }
        let has_type = keywords.types.as_ref().is_none_or(|types| types.iter().any(|kind| kind.has(value)));
        if !has_type {
            return vec![unexpected(&keywords.expected(), value, path)];
        }
        let is_allowed = |words: &&Vec<Value>| words.iter().any(|one| self.spend(1) && self.is_same(one, value));
        if let Some(words) = keywords.allowed.iter().find(|words| !is_allowed(words)) {
            // Each of them is compared in search of one that is meant.
            if !self.spend(words.iter().filter_map(Value::as_str).map(cost).sum()) {
                return Vec::new();
            }
            let known = words.iter().filter_map(Value::as_str);
            let help = value.as_str().and_then(|word| suggest::did_you_mean(word, known));
            return vec![BadOption { help, ..unexpected(&expected::one_of(words), value, path) }];
        }
        let mut wrong: Vec<BadOption> = keywords.bounds.iter().filter_map(|bound| bound.check(value, path)).collect();
        wrong.extend(self.object(keywords, value, path));
        wrong.extend(keywords.items.iter().flat_map(|items| self.items(items, value, path)));
        wrong.extend(keywords.all_of.iter().flat_map(|one| self.rule(one, value, path)));
        if !keywords.any_of.is_empty() {
            wrong.extend(self.any_of(&keywords.any_of, keywords.wanted.as_deref(), value, path));
        }
        if !keywords.one_of.is_empty() {
            wrong.extend(self.one_of(&keywords.one_of, value, path));
        }
        wrong.truncate(MOST_MISTAKES);
        wrong
    }

    fn object(&self, keywords: &Keywords, value: &Value, path: &FieldPath) -> Vec<BadOption> {
        let Some(object) = value.as_object() else { return Vec::new() };
        let mut wrong = Vec::new();
        for (key, value) in object.iter().take_while(|_| self.steps.get() > 0) {
            let path = path.clone().key(key.as_str());
            match (keywords.properties.get(key), &keywords.additional) {
                (Some(rule), _) => wrong.extend(self.rule(rule, value, &path)),
                (None, Some(Rule::Always(false))) if self.spend(keywords.properties.keys().map(cost).sum()) => {
                    wrong.push(unknown(keywords, key, path));
                }
                (None, Some(Rule::Always(false))) => {}
                (None, Some(rule)) => wrong.extend(self.rule(rule, value, &path)),
                (None, None) => {}
            }
            if wrong.len() > MOST_MISTAKES {
                break;
            }
        }
        wrong.extend(self.missing(keywords, object, path));
        wrong
    }

    /// The keys that an object lacks. One that is only misspelt is found as such, by comparing it with all that are known.
    fn missing(&self, keywords: &Keywords, object: &Map<String, Value>, path: &FieldPath) -> Vec<BadOption> {
        let mut missing: Vec<&String> = keywords.required.iter().filter(|key| !object.contains_key(*key)).collect();
        if !self.spend(keywords.required.len()) || missing.is_empty() {
            return Vec::new();
        }
        let known = || keywords.properties.keys().map(String::as_str);
        let compared: usize = keywords.properties.keys().map(cost).sum();
        let other = object.keys().filter(|key| !keywords.properties.contains_key(*key) && self.spend(compared));
        let meant: BTreeSet<&str> = other.filter_map(|key| suggest::nearest(key, known())).collect();
        missing.retain(|key| !meant.contains(key.as_str()));
        let lacks = |key: &String| {
            let key = cut(key);
            BadOption { help: Some(format!("add `{key}:`")), ..invalid(path, format!("lacks the key `{key}`")) }
        };
        missing.into_iter().take(MOST_MISTAKES).map(lacks).collect()
    }

    /// Whether two values are equal; 1 is 1.0 (JSON Schema, section 4.2.2).
    fn is_same(&self, one: &Value, other: &Value) -> bool {
        match (one, other) {
            (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
            (Value::Array(one), Value::Array(other)) => {
                let same = |(one, other)| self.spend(1) && self.is_same(one, other);
                one.len() == other.len() && one.iter().zip(other).all(same)
            }
            (Value::Object(one), Value::Object(other)) => {
                let same = |(key, value): (&String, &Value)| {
                    self.spend(1) && other.get(key).is_some_and(|other| self.is_same(value, other))
                };
                one.len() == other.len() && one.iter().all(same)
            }
            _ => one == other,
        }
    }

    fn items(&self, rule: &Rule, value: &Value, path: &FieldPath) -> Vec<BadOption> {
        let items = value.as_array().into_iter().flatten().enumerate();
        let wrong = items.flat_map(|(index, item)| self.rule(rule, item, &path.clone().index(index)));
        wrong.take(MOST_MISTAKES).collect()
    }

    /// What is wrong if no alternative fits: with the one that came furthest, where it can be told.
    fn any_of(&self, rules: &[Rule], wanted: Option<&str>, value: &Value, path: &FieldPath) -> Vec<BadOption> {
        let mut alternatives = Vec::new();
        for rule in rules {
            let wrong = self.rule(rule, value, path);
            if wrong.is_empty() {
                return wrong;
            }
            alternatives.push(wrong);
        }
        // What is wrong is put into words, also that of each alternative within.
        if !self.spend(WORDS) {
            return Vec::new();
        }
        let depth = |wrong: &[BadOption]| wrong.iter().map(|one| one.path.0.len()).max();
        let furthest = alternatives.iter().map(|wrong| depth(wrong)).max().flatten();
        let is_near = alternatives.iter().any(|wrong| depth(wrong) < furthest);
        alternatives.retain(|wrong| depth(wrong) == furthest);
        if let [_] = alternatives.as_slice() {
            return alternatives.pop().unwrap_or_default();
        }
        let mut first: Vec<BadOption> = alternatives.into_iter().filter_map(|wrong| wrong.into_iter().next()).collect();
        let help = first.iter_mut().find_map(|one| one.help.take());
        let is_unexpected =
            |one: &BadOption| matches!(&one.problem, OptionProblem::Invalid(said) if said.contains(FOUND));
        let wrong = if !is_near && first.iter().all(is_unexpected) {
            unexpected(&wanted.map_or_else(|| expected::any(rules), str::to_owned), value, path)
        } else {
            invalid(path, told_together(&first))
        };
        vec![BadOption { help, ..wrong }]
    }

    fn one_of(&self, rules: &[Rule], value: &Value, path: &FieldPath) -> Vec<BadOption> {
        match rules.iter().filter(|rule| self.rule(rule, value, path).is_empty()).count() {
            0 => self.any_of(rules, None, value, path),
            1 => Vec::new(),
            _ => vec![invalid(path, "has the keys of several forms, of which one at a time is taken".into())],
        }
    }
}

/// How many steps it takes to compare a text with one that may be meant by it.
fn cost(text: impl AsRef<str>) -> usize {
    10 + text.as_ref().len() / BYTES
}

/// A key, cut if it is long.
fn cut(key: &str) -> String {
    let mut cut: String = key.chars().take(NAMED).collect();
    if cut.len() < key.len() {
        cut.push('…');
    }
    cut
}

/// A key that is none of the options.
fn unknown(keywords: &Keywords, key: &str, path: FieldPath) -> BadOption {
    let mut known: Vec<String> = keywords.properties.keys().take(NAMED).map(|key| format!("`{}`", cut(key))).collect();
    if keywords.properties.len() > NAMED {
        known.push(format!("{} more", keywords.properties.len() - NAMED));
    }
    let near = suggest::did_you_mean(key, keywords.properties.keys().map(String::as_str));
    let all = match known.as_slice() {
        [] => "there are no keys here".to_owned(),
        [one] => format!("there is {one}"),
        known => format!("there are {}", join::and(known)),
    };
    let help = match near {
        Some(near) if known.len() == 1 => near,
        Some(near) => format!("{near} {all}"),
        None => all,
    };
    BadOption { path, problem: OptionProblem::Unknown, help: Some(help) }
}

fn invalid(path: &FieldPath, message: String) -> BadOption {
    BadOption { path: path.clone(), problem: OptionProblem::Invalid(message), help: None }
}

/// What parts the expected from the found in a message.
const FOUND: &str = ", found ";

fn unexpected(expected: &str, value: &Value, path: &FieldPath) -> BadOption {
    invalid(path, format!("should be {expected}{FOUND}{}", expected::found(value)))
}

/// What is wrong with each alternative, in one message.
fn told_together(wrong: &[BadOption]) -> String {
    let said = wrong.iter().map(|one| match &one.problem {
        OptionProblem::Unknown => "has a key too many",
        OptionProblem::Invalid(said) | OptionProblem::Refused(said) => said.as_str(),
    });
    let mut all: Vec<&str> = said.collect();
    all.dedup();
    match all.as_slice() {
        [one] => (*one).to_owned(),
        [first, ..] if all.iter().map(|said| said.len()).sum::<usize>() > LONGEST => {
            format!("fits none of the {} forms that are taken: it {}; and so on", all.len(), cut(first))
        }
        all => format!("fits none of the forms that are taken: {}", all.join("; or it ")),
    }
}

impl Type {
    /// Each with its name in schemas, and its name for people.
    const ALL: [(&'static str, Self, &'static str); 7] = [
        ("null", Self::Null, "nothing"),
        ("boolean", Self::Boolean, "`true` or `false`"),
        ("integer", Self::Integer, "a whole number"),
        ("number", Self::Number, "a number"),
        ("string", Self::String, "a text"),
        ("array", Self::Array, "a list"),
        ("object", Self::Object, "`key: value` lines"),
    ];

    fn has(self, value: &Value) -> bool {
        match self {
            Self::Null => value.is_null(),
            Self::Boolean => value.is_boolean(),
            // 2.0 is a whole number, too.
            Self::Integer => value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|it| it.fract() == 0.0),
            Self::Number => value.is_number(),
            Self::String => value.is_string(),
            Self::Array => value.is_array(),
            Self::Object => value.is_object(),
        }
    }
}

#[cfg(test)]
mod tests;
