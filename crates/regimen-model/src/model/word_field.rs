//! The fields of words: each type lists them once, and is merged and walked by that list.

use std::collections::BTreeMap;

use super::visit::{At, WordVisitor};
use super::words::{Merge, StandsIn};
use crate::prose::{InlineText, Prose, Word};
use crate::reference::Id;

/// `words!(Self { name, summary })` are the functions `merge` and `visit` of a type with these fields. The order is that in
/// which mentions are listed. With `@`, a pattern of all fields stands before those that are words.
macro_rules! words {
    // The pattern is taken over whole, so that the compiler names a field that it lacks at the place that lists them.
    (@ ($all:pat) $this:ident { $($field:ident),+ $(,)? }) => {
        fn merge(&mut self, from: &Self, merge: &mut $crate::model::Merge<'_>) {
            let $all = self;
            $($crate::model::WordField::merge($field, stringify!($field), &from.$field, merge);)+
        }

        fn visit<'w>(
            &'w self,
            above: Option<&$crate::model::At<'_>>,
            visitor: &mut impl $crate::model::WordVisitor<'w>,
        ) {
            let $all = self;
            $($crate::model::WordField::visit(
                $field,
                &$crate::model::At::within(above, stringify!($field)),
                visitor,
            );)+
        }
    };
    ($($all:tt)+) => {
        words!(@ ($($all)+) $($all)+);
    };
}
pub(super) use words;

/// One field of words.
pub(crate) trait WordField {
    /// Lets `from` stand in for what is missing here.
    fn merge(&mut self, key: &'static str, from: &Self, merge: &mut Merge<'_>);

    /// Shows it to a visitor.
    fn visit<'w>(&'w self, at: &At<'_>, visitor: &mut impl WordVisitor<'w>);
}

/// Words that stand together under an id.
pub(super) trait WordGroup {
    /// Lets `from` stand in for what is missing here.
    fn merge(&mut self, from: &Self, merge: &mut Merge<'_>);

    /// Shows each word to a visitor.
    fn visit<'w>(&'w self, above: Option<&At<'_>>, visitor: &mut impl WordVisitor<'w>);
}

/// Words that are merged as a whole.
trait Whole: StandsIn {
    fn show<'w>(&'w self, at: &At<'_>, visitor: &mut impl WordVisitor<'w>);
}

impl<T: Whole> WordField for T {
    fn merge(&mut self, key: &'static str, from: &Self, merge: &mut Merge<'_>) {
        merge.word(key, self, from);
    }

    fn visit<'w>(&'w self, at: &At<'_>, visitor: &mut impl WordVisitor<'w>) {
        self.show(at, visitor);
    }
}

impl Whole for Word {
    fn show<'w>(&'w self, at: &At<'_>, visitor: &mut impl WordVisitor<'w>) {
        visitor.name(self, at);
    }
}

impl Whole for Vec<Word> {
    fn show<'w>(&'w self, at: &At<'_>, visitor: &mut impl WordVisitor<'w>) {
        visitor.names(self, at);
    }
}

impl Whole for InlineText {
    fn show<'w>(&'w self, at: &At<'_>, visitor: &mut impl WordVisitor<'w>) {
        visitor.line(self, at);
    }
}

impl Whole for Vec<InlineText> {
    fn show<'w>(&'w self, at: &At<'_>, visitor: &mut impl WordVisitor<'w>) {
        visitor.lines(self, at);
    }
}

impl Whole for Prose {
    fn show<'w>(&'w self, at: &At<'_>, visitor: &mut impl WordVisitor<'w>) {
        visitor.prose(self, at);
    }
}

impl<T: Whole> Whole for Option<T> {
    fn show<'w>(&'w self, at: &At<'_>, visitor: &mut impl WordVisitor<'w>) {
        self.iter().for_each(|words| words.show(at, visitor));
    }
}

/// Words by id, each for itself.
impl<K: 'static, T: Whole + Default> WordField for BTreeMap<Id<K>, T> {
    fn merge(&mut self, key: &'static str, from: &Self, merge: &mut Merge<'_>) {
        merge.each(key, self, from);
    }

    fn visit<'w>(&'w self, at: &At<'_>, visitor: &mut impl WordVisitor<'w>) {
        self.iter().for_each(|(id, words)| words.show(&at.id(id), visitor));
    }
}
