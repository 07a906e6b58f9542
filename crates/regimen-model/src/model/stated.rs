//! A part of a dose that may be left out, or be none on purpose.

use crate::quantity::OrNone;

/// A part of a dose that may be left out, or be none on purpose. Unknown and none are two things: only an unknown part
/// is inherited from the exercise's defaults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stated<T> {
    /// The dose does not say.
    #[default]
    Unknown,
    /// None, on purpose: `rest: none`.
    None,
    /// This.
    Is(T),
}

impl<T> Stated<T> {
    /// The value, if there is one.
    pub fn get(&self) -> Option<&T> {
        match self {
            Self::Is(value) => Some(value),
            Self::Unknown | Self::None => None,
        }
    }

    /// Whether the dose says nothing of it.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }

    /// As it is written, to be written again.
    pub(super) fn written(self) -> Option<OrNone<T>> {
        match self {
            Self::Unknown => None,
            Self::None => Some(OrNone::None),
            Self::Is(value) => Some(OrNone::Is(value)),
        }
    }

    /// This, or `base` if this is unknown.
    #[must_use]
    pub(crate) fn or(&self, base: &Self) -> Self
    where
        T: Clone,
    {
        if self.is_unknown() { base.clone() } else { self.clone() }
    }
}

impl<T> From<Option<OrNone<T>>> for Stated<T> {
    fn from(written: Option<OrNone<T>>) -> Self {
        match written {
            None => Self::Unknown,
            Some(OrNone::None) => Self::None,
            Some(OrNone::Is(value)) => Self::Is(value),
        }
    }
}
