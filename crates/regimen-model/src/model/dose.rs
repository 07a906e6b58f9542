//! How much of an exercise: sets of reps, holds, minutes or metres.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use super::work::{Manner, Work, WorkKind, works};
use crate::join;
use crate::json_schema::{Alternative, alternatives, excludes};
use crate::quantity::{Count, Distance, Duration, Extent, Load, OrNone, Reps, Rir, Rpe, Tempo};
use crate::vocabulary::SetType;

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
    fn written(self) -> Option<OrNone<T>> {
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

/// How much of an exercise: `{sets: 3, reps: 8-12, rpe: 7, rest: 90 s}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "DoseAsWritten", into = "DoseAsWritten")]
#[schemars(with = "DoseAsWritten")]
pub struct Dose {
    /// How many sets.
    pub sets: Extent<u32>,
    /// The work of each set.
    pub work: Work,
    /// Whether the work is done once on each side; `None` if the dose does not say.
    pub per_side: Option<bool>,
    /// How long each part of a repetition takes.
    pub tempo: Stated<Tempo>,
    /// What is lifted or pulled.
    pub load: Stated<Load>,
    /// How hard it should feel.
    pub rpe: Option<Extent<Rpe>>,
    /// Repetitions in reserve, instead of an RPE.
    pub rir: Option<Extent<Rir>>,
    /// Rest between sets.
    pub rest: Stated<Duration>,
    /// How each set is done.
    pub set_type: SetType,
    /// How often on a day; 1 unless stated.
    pub times_per_day: u32,
}

impl Dose {
    /// One set of this work, of which nothing else is known.
    pub fn of(work: Work) -> Self {
        Self {
            sets: Extent::one(1),
            work,
            per_side: None,
            tempo: Stated::Unknown,
            load: Stated::Unknown,
            rpe: None,
            rir: None,
            rest: Stated::Unknown,
            set_type: SetType::Normal,
            times_per_day: 1,
        }
    }

    /// This dose, with side, tempo, rest and band from `base` where it does not say.
    ///
    /// A tempo is for repetitions, and a rest is between sets, so they go only where there are some. Kilograms and
    /// percent are not inherited: another number of repetitions is another weight.
    #[must_use]
    pub fn over(mut self, base: &Self) -> Self {
        let Self { per_side, tempo, rest, load, sets: _, work: _, rpe: _, rir: _, set_type: _, times_per_day: _ } =
            base;
        self.per_side = self.per_side.or(*per_side);
        if self.work.kind().manner() == Manner::Repeated {
            self.tempo = self.tempo.or(tempo);
        }
        if self.sets.high() > 1 {
            self.rest = self.rest.or(rest);
        }
        if let Stated::Is(Load::Band(_)) | Stated::None = load {
            self.load = self.load.or(load);
        }
        self
    }

    /// This dose in a block whose clock says how long the work lasts.
    #[must_use]
    pub fn timed(&self, work: Duration) -> Self {
        Self { sets: Extent::one(1), work: Work::Time(work), rest: Stated::Unknown, ..self.clone() }
    }

    /// Whether the work is done once on each side, as far as the dose says.
    pub fn is_per_side(&self) -> bool {
        self.per_side == Some(true)
    }
}

/// Why a dose makes no sense as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadDose(String);

impl fmt::Display for BadDose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! written {
    ($(
        $(#[$doc:meta])* $work:ident($amount:ty) {
            $(#[$key_doc:meta])* $key:ident, $manner:expr, $words:expr, $steps:expr
        }
    )+) => {
        /// The keys of a dose as authors write them.
        #[derive(Default, Deserialize, Serialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        #[schemars(transform = alternatives(WAYS, BESIDE), transform = excludes("rpe", "rir"))]
        struct DoseAsWritten {
            /// How many sets; 1 unless stated.
            #[serde(skip_serializing_if = "Option::is_none")]
            sets: Option<Count>,
            $(
                $(#[$key_doc])*
                #[serde(skip_serializing_if = "Option::is_none")]
                $key: Option<$amount>,
            )+
            /// Whether the work is done once on each side; as in the exercise's defaults if left out.
            #[serde(default, deserialize_with = "yes_or_no")]
            #[schemars(with = "bool")]
            per_side: Option<bool>,
            /// How long each part of a repetition takes, in seconds: down, pause, up, pause. `X` is as fast as possible. As in
            /// the exercise's defaults if left out; `none` for no tempo.
            #[serde(skip_serializing_if = "Option::is_none")]
            tempo: Option<OrNone<Tempo>>,
            /// What is lifted or pulled. A band is taken from the exercise's defaults if left out; `none` for no load.
            #[serde(skip_serializing_if = "Option::is_none")]
            load: Option<OrNone<Load>>,
            /// How hard it should feel, 1 to 10.
            #[serde(skip_serializing_if = "Option::is_none")]
            rpe: Option<Extent<Rpe>>,
            /// Repetitions left in reserve, instead of `rpe`.
            #[serde(skip_serializing_if = "Option::is_none")]
            rir: Option<Extent<Rir>>,
            /// Rest between sets; as in the exercise's defaults if left out, `none` for no rest.
            #[serde(skip_serializing_if = "Option::is_none")]
            rest: Option<OrNone<Duration>>,
            /// How each set is done; `normal` unless stated.
            #[serde(skip_serializing_if = "Option::is_none")]
            set_type: Option<SetType>,
            /// How often on one day; 1 unless stated.
            #[schemars(range(min = 1, max = 24))]
            #[serde(skip_serializing_if = "Option::is_none")]
            times_per_day: Option<u32>,
        }

        /// The keys of which a dose has one.
        const WAYS: &[Alternative] = &[$(Alternative::keyed(stringify!($key))),+];

        impl DoseAsWritten {
            /// Every work that is stated.
            fn works(&self) -> impl Iterator<Item = Work> {
                [$(self.$key.map(Work::$work)),+].into_iter().flatten()
            }

            /// The same keys with this work alone.
            fn with_work(self, work: Work) -> Self {
                let mut written = Self { $($key: None,)+ ..self };
                match work {
                    $(Work::$work(amount) => written.$key = Some(amount),)+
                }
                written
            }
        }
    };
}

works!(written);

/// A yes or a no that is written out; nothing is neither.
fn yes_or_no<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    bool::deserialize(deserializer).map(Some)
}

/// The keys that every dose may have.
const BESIDE: &[&str] = &["sets", "per_side", "tempo", "load", "rpe", "rir", "rest", "set_type", "times_per_day"];

impl DoseAsWritten {
    /// The one work that is stated.
    fn work(&self) -> Result<Work, BadDose> {
        let works: Vec<Work> = self.works().collect();
        let has = match works.as_slice() {
            [work] if work.amount().is_nothing() => {
                return Err(BadDose(format!("the `{}` of a dose is more than nothing", work.kind().key())));
            }
            [work] => return Ok(*work),
            [one, other, ..] => format!("`{}` and `{}`", one.kind().key(), other.kind().key()),
            [] => "none of them".to_owned(),
        };
        let keys: Vec<String> = WorkKind::ALL.iter().map(|kind| format!("`{}`", kind.key())).collect();
        Err(BadDose(format!("a dose has exactly one of {}; this one has {has}", join::and(&keys))))
    }
}

impl From<Dose> for DoseAsWritten {
    fn from(dose: Dose) -> Self {
        let Dose { sets, work, per_side, tempo, load, rpe, rir, rest, set_type, times_per_day } = dose;
        let keys = Self {
            sets: Some(Count(sets)),
            per_side: Some(per_side.unwrap_or_default()),
            tempo: tempo.written(),
            load: load.written(),
            rpe,
            rir,
            rest: rest.written(),
            set_type: Some(set_type),
            times_per_day: Some(times_per_day),
            ..Self::default()
        };
        keys.with_work(work)
    }
}

impl TryFrom<DoseAsWritten> for Dose {
    type Error = BadDose;

    fn try_from(written: DoseAsWritten) -> Result<Self, BadDose> {
        let work = written.work()?;
        if written.times_per_day.is_some_and(|times| !(1..=24).contains(&times)) {
            return Err(BadDose("`times_per_day` is 1 to 24".into()));
        }
        if written.rpe.is_some() && written.rir.is_some() {
            return Err(BadDose("a dose states effort once: take either `rpe` or `rir`".into()));
        }
        Ok(Self {
            sets: written.sets.map_or(Extent::one(1), |sets| sets.0),
            work,
            per_side: written.per_side,
            tempo: written.tempo.into(),
            load: written.load.into(),
            rpe: written.rpe,
            rir: written.rir,
            rest: written.rest.into(),
            set_type: written.set_type.unwrap_or(SetType::Normal),
            times_per_day: written.times_per_day.unwrap_or(1),
        })
    }
}
