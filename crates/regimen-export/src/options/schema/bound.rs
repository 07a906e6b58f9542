//! Limits of numbers, texts and lists.

use regimen_catalog::FieldPath;
use serde_json::{Number, Value};

use super::super::BadOption;
use super::invalid;

/// A limit of a number, of the characters of a text or of the items of a list.
#[derive(Debug, Clone)]
pub(super) enum Bound {
    Number(Limit, Number),
    Characters(Limit, u64),
    Items(Limit, u64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Limit {
    Least,
    Most,
    Above,
    Below,
}

impl Bound {
    pub(super) fn check(&self, value: &Value, path: &FieldPath) -> Option<BadOption> {
        let (limit, is_kept, bound, unit) = match (self, value) {
            (Self::Number(limit, bound), Value::Number(number)) => {
                let is_kept = limit.is_kept(number.as_f64()?.partial_cmp(&bound.as_f64()?)?);
                (limit, is_kept, bound.to_string(), "")
            }
            (Self::Characters(limit, bound), Value::String(text)) => {
                (limit, limit.is_kept((text.chars().count() as u64).cmp(bound)), bound.to_string(), "character")
            }
            (Self::Items(limit, bound), Value::Array(items)) => {
                (limit, limit.is_kept((items.len() as u64).cmp(bound)), bound.to_string(), "item")
            }
            _ => return None,
        };
        let verb = if unit.is_empty() { "should be" } else { "should have" };
        let unit = match (unit, bound.as_str()) {
            ("", _) => String::new(),
            (unit, "1") => format!(" {unit}"),
            (unit, _) => format!(" {unit}s"),
        };
        (!is_kept).then(|| invalid(path, format!("{verb} {} {bound}{unit}", limit.words())))
    }
}

impl Limit {
    fn is_kept(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Least => order.is_ge(),
            Self::Most => order.is_le(),
            Self::Above => order.is_gt(),
            Self::Below => order.is_lt(),
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Least => "at least",
            Self::Most => "at most",
            Self::Above => "more than",
            Self::Below => "less than",
        }
    }
}
