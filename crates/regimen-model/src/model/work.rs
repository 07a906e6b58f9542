//! The work of one set: everything that a dose can count, listed once.
//!
//! The keys of a dose, its schema, the steps of progressions, lighter weeks, the linter and the texts of documents all
//! follow this list and the [amount](WorkAmount) of a work.

use std::fmt;

use crate::quantity::{Distance, Duration, Extent, PerSet, Reps};
use crate::vocabulary::{Counted, Label};

/// The one list. Each line has a kind of work and the type of its amount; its key in a dose; how it is done; the words
/// around its amount; if it is counted, the words of a step such as `1 reps`; and the other works that may be stated beside it.
/// Times and distances grow by their units.
macro_rules! works {
    ($then:ident) => {
        $then! {
            /// Repetitions.
            Reps(Reps) {
                /// How many repetitions in each set.
                reps, Manner::Repeated, WorkWords::Count(Counted::Reps), ["reps", "rep"], ["hold"]
            }
            /// A position held still.
            Hold(Duration) {
                /// A position held still, for so long; beside `reps`, how long each of them is held.
                hold, Manner::Held, WorkWords::Around(Label::Hold, "time"), [], []
            }
            /// Movement for a length of time.
            Time(Duration) {
                /// Movement for so long.
                time, Manner::Moving, WorkWords::Amount, [], []
            }
            /// Movement over a distance.
            Distance(Distance) {
                /// Movement over this distance.
                distance, Manner::Moving, WorkWords::Amount, [], []
            }
        }
    };
}
pub(super) use works;

macro_rules! work {
    ($(
        $(#[$doc:meta])* $work:ident($amount:ty) {
            $(#[$key_doc:meta])* $key:ident, $manner:expr, $words:expr, $steps:expr, $beside:expr
        }
    )+) => {
        /// The work of each set. It is exactly one of these.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Work {
            $($(#[$doc])* $work(PerSet<$amount>),)+
        }

        /// What kind of work it is, without its amount.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum WorkKind {
            $($(#[$doc])* $work,)+
        }

        impl Work {
            /// What kind of work it is.
            pub fn kind(&self) -> WorkKind {
                match self {
                    $(Self::$work(_) => WorkKind::$work,)+
                }
            }

            /// How much of it: one amount for all sets, or one for each.
            pub fn amounts(&self) -> PerSet<WorkAmount> {
                match self {
                    $(Self::$work(amounts) => of_each(amounts),)+
                }
            }

            /// The same, to change them.
            pub(crate) fn amounts_mut(&mut self) -> Vec<WorkAmountMut<'_>> {
                match self {
                    $(Self::$work(amounts) => amounts.as_mut_slice().iter_mut().map(Amount::amount_mut).collect(),)+
                }
            }

            /// Keeps the amounts of so many sets from the first.
            pub(crate) fn keep_first(&mut self, sets: u32) {
                match self {
                    $(Self::$work(amounts) => amounts.keep_first(sets),)+
                }
            }
        }

        impl WorkKind {
            /// Every kind, in the order in which messages name them.
            pub const ALL: &'static [Self] = &[$(Self::$work),+];

            /// Its key in a dose.
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$work => stringify!($key),)+
                }
            }

            /// How it is done.
            pub const fn manner(self) -> Manner {
                match self {
                    $(Self::$work => $manner,)+
                }
            }

            /// The words around its amount.
            pub const fn words(self) -> WorkWords {
                match self {
                    $(Self::$work => $words,)+
                }
            }

            /// How a step of a progression names one or several of it, the usual spelling first; empty if it is not counted.
            pub const fn steps(self) -> &'static [&'static str] {
                match self {
                    $(Self::$work => &$steps,)+
                }
            }
        }
    };
}

works!(work);

fn of_each<A: Amount>(amounts: &PerSet<A>) -> PerSet<WorkAmount> {
    match amounts {
        PerSet::All(amount) => PerSet::All(amount.amount()),
        PerSet::Each(amounts) => PerSet::Each(amounts.iter().map(Amount::amount).collect()),
    }
}

/// How a work is done. Rules that hold for some works only ask for this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// The same movement again and again; a tempo says how fast.
    Repeated,
    /// Holding still.
    Held,
    /// Moving on without a break, such as walking; a longer way is more of the same.
    Moving,
}

/// The words around the amount of a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkWords {
    /// The number with the name of what is counted: "8 reps".
    Count(Counted),
    /// A label with a placeholder for the amount: "hold 30 s".
    Around(Label, &'static str),
    /// The amount alone: "400 m".
    Amount,
}

/// How much of a work in one set, whatever is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkAmount {
    /// This many.
    Count(Extent<u32>),
    /// This many, and more if they are possible.
    AtLeast(u32),
    /// As many as possible.
    AsManyAsPossible,
    /// Until the muscles are tired.
    UntilTired,
    /// So long.
    Time(Duration),
    /// So far.
    Distance(Distance),
}

impl WorkAmount {
    /// Whether there is nothing to do.
    pub fn is_nothing(self) -> bool {
        match self {
            Self::Count(_) | Self::AtLeast(_) | Self::AsManyAsPossible | Self::UntilTired => false,
            Self::Time(time) => time.amount.high().is_zero(),
            Self::Distance(distance) => distance.amount.high().is_zero(),
        }
    }
}

/// As it is written in a dose.
impl fmt::Display for WorkAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => count.fmt(f),
            Self::AtLeast(least) => Reps::AtLeast(*least).fmt(f),
            Self::AsManyAsPossible => Reps::Amrap.fmt(f),
            Self::UntilTired => Reps::UntilTired.fmt(f),
            Self::Time(time) => time.fmt(f),
            Self::Distance(distance) => distance.fmt(f),
        }
    }
}

/// How much of a work, to change it.
pub(crate) enum WorkAmountMut<'a> {
    Count(&'a mut Extent<u32>),
    AtLeast(&'a mut u32),
    /// The athlete decides.
    Open,
    Time(&'a mut Duration),
    Distance(&'a mut Distance),
}

/// A type of amounts that a dose may state.
trait Amount {
    fn amount(&self) -> WorkAmount;
    fn amount_mut(&mut self) -> WorkAmountMut<'_>;
}

impl Amount for Reps {
    fn amount(&self) -> WorkAmount {
        match self {
            Self::Count(count) => WorkAmount::Count(*count),
            Self::AtLeast(least) => WorkAmount::AtLeast(*least),
            Self::Amrap => WorkAmount::AsManyAsPossible,
            Self::UntilTired => WorkAmount::UntilTired,
        }
    }

    fn amount_mut(&mut self) -> WorkAmountMut<'_> {
        match self {
            Self::Count(count) => WorkAmountMut::Count(count),
            Self::AtLeast(least) => WorkAmountMut::AtLeast(least),
            Self::Amrap | Self::UntilTired => WorkAmountMut::Open,
        }
    }
}

impl Amount for Duration {
    fn amount(&self) -> WorkAmount {
        WorkAmount::Time(*self)
    }

    fn amount_mut(&mut self) -> WorkAmountMut<'_> {
        WorkAmountMut::Time(self)
    }
}

impl Amount for Distance {
    fn amount(&self) -> WorkAmount {
        WorkAmount::Distance(*self)
    }

    fn amount_mut(&mut self) -> WorkAmountMut<'_> {
        WorkAmountMut::Distance(self)
    }
}
