//! A dose as authors write it: its keys, and which of them go together.

mod own;

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

pub use self::own::OwnDose;
use super::Dose;
use crate::join;
use crate::json_schema::{Alternative, excludes};
use crate::model::side::DoseSide;
use crate::model::stated::Stated;
use crate::model::work::{Work, WorkKind, works};
use crate::quantity::{
    Count, Distance, Duration, Extent, Interval, Load, OrNone, PainLimit, PerSet, Reps, Rir, Rpe, Tempo, TimesPerDay,
};
use crate::vocabulary::SetType;

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
            $(#[$key_doc:meta])* $key:ident, $manner:expr, $words:expr, $steps:expr, $beside:expr
        }
    )+) => {
        /// The keys of a dose as authors write them.
        #[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        #[schemars(transform = excludes("rpe", "rir"))]
        pub(super) struct DoseAsWritten {
            /// How many sets; 1 unless stated, or as many as there are amounts in a list.
            #[serde(skip_serializing_if = "Option::is_none")]
            sets: Option<Count>,
            $(
                $(#[$key_doc])*
                #[serde(skip_serializing_if = "Option::is_none")]
                $key: Option<PerSet<$amount>>,
            )+
            /// Whether the work is done once on each side; as in the exercise's defaults if left out.
            #[serde(default, deserialize_with = "yes_or_no")]
            #[schemars(with = "bool")]
            per_side: Option<bool>,
            /// On which side the work is done; as in the exercise's defaults if left out. `each` is `per_side: true`.
            #[serde(skip_serializing_if = "Option::is_none")]
            side: Option<DoseSide>,
            /// How long each part of a repetition takes, in seconds: down, pause, up, pause. `X` is as fast as possible. As in
            /// the exercise's defaults if left out; `none` for no tempo.
            #[serde(skip_serializing_if = "Option::is_none")]
            tempo: Option<OrNone<Tempo>>,
            /// What is lifted or pulled, in all sets or a list with one for each. A band is taken from the exercise's defaults if
            /// left out; `none` for no load.
            #[serde(skip_serializing_if = "Option::is_none")]
            load: Option<OrNone<PerSet<Load>>>,
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
            /// How often on one day; as in the exercise's defaults if left out, else once.
            #[serde(skip_serializing_if = "Option::is_none")]
            times_per_day: Option<TimesPerDay>,
            /// How long from one time to the next, such as `2 h` or `2 days`; as in the exercise's defaults if left out.
            #[serde(skip_serializing_if = "Option::is_none")]
            every: Option<Interval>,
            /// How much pain is fine, 0 to 10, if it has settled by the next morning; as in the exercise's defaults if left out.
            #[serde(skip_serializing_if = "Option::is_none")]
            pain: Option<PainLimit>,
        }

        /// The keys of which a dose has one.
        pub(super) const WAYS: &[Alternative] = &[$(Alternative::keyed(stringify!($key)).takes(&$beside)),+];

        /// The keys of a dose, in the order in which they are written.
        pub(in crate::model) const KEYS: &[&str] = &[
            "sets",
            $(stringify!($key),)+
            "per_side",
            "side",
            "tempo",
            "load",
            "rpe",
            "rir",
            "rest",
            "set_type",
            "times_per_day",
            "every",
            "pain",
        ];

        impl DoseAsWritten {
            /// Every work that is stated.
            fn works(&self) -> Vec<Work> {
                [$(self.$key.clone().map(Work::$work)),+].into_iter().flatten().collect()
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
pub(super) const BESIDE: &[&str] =
    &["sets", "per_side", "side", "tempo", "load", "rpe", "rir", "rest", "set_type", "times_per_day", "every", "pain"];

impl DoseAsWritten {
    /// The one work that is stated, and how long each repetition is held.
    fn work(&self) -> Result<(Work, Option<Duration>), BadDose> {
        let works = self.works();
        if let Some(work) = works.iter().find(|work| work.amounts().iter().any(|amount| amount.is_nothing())) {
            return Err(BadDose(format!("the `{}` of a dose is more than nothing", work.kind().key())));
        }
        let has = match works.as_slice() {
            [work] => return Ok((work.clone(), None)),
            [reps @ Work::Reps(_), Work::Hold(PerSet::All(held))] => return Ok((reps.clone(), Some(*held))),
            [Work::Reps(_), Work::Hold(PerSet::Each(_))] => {
                return Err(BadDose("beside `reps`, `hold` is one time, for which each of them is held".into()));
            }
            [_, _, _, ..] => {
                let keys: Vec<String> = works.iter().map(|work| format!("`{}`", work.kind().key())).collect();
                format!("{}; beside `reps`, only `hold` may stand", join::and(&keys))
            }
            [one, other] => format!("`{}` and `{}`", one.kind().key(), other.kind().key()),
            [] => "none of them".to_owned(),
        };
        let keys: Vec<String> = WorkKind::ALL.iter().map(|kind| format!("`{}`", kind.key())).collect();
        Err(BadDose(format!("a dose has exactly one of {}; this one has {has}", join::and(&keys))))
    }

    /// How many sets there are, by number or by the amounts of each.
    fn sets(&self, work: &Work) -> Result<Extent<u32>, BadDose> {
        Ok(self.stated_sets(Some(work))?.unwrap_or(Extent::one(1)))
    }

    /// That nothing is said twice.
    fn is_said_once(&self) -> Result<(), BadDose> {
        if self.rpe.is_some() && self.rir.is_some() {
            return Err(BadDose("a dose states effort once: take either `rpe` or `rir`".into()));
        }
        match (self.every, self.times_per_day) {
            (Some(every @ Interval::Time(_)), Some(times)) => Err(BadDose(format!(
                "`every: {every}` and `times_per_day: {times}` both say how often on a day: take one"
            ))),
            _ => Ok(()),
        }
    }

    /// On which side, by one of the two keys.
    fn side(&self) -> Result<Stated<DoseSide>, BadDose> {
        match (self.per_side, self.side) {
            (Some(true), Some(side)) if side != DoseSide::Each => {
                Err(BadDose(format!("`per_side: true` is `side: each`; take it or `side: {side}`")))
            }
            (Some(false), Some(DoseSide::Each)) => Err(BadDose("`side: each` is `per_side: true`; take one".into())),
            (_, Some(side)) => Ok(Stated::Is(side)),
            (Some(true), None) => Ok(Stated::Is(DoseSide::Each)),
            (Some(false), None) => Ok(Stated::None),
            (None, None) => Ok(Stated::Unknown),
        }
    }
}

impl From<Dose> for DoseAsWritten {
    fn from(dose: Dose) -> Self {
        let times_per_day = dose.times_per_day.or(dose.every.is_none().then_some(Extent::one(1)));
        let Dose { sets, work, held, side, tempo, load, rpe, rir, rest, set_type, every, pain, times_per_day: _ } =
            dose;
        let keys = Self {
            sets: Some(Count(sets)),
            per_side: Some(side == Stated::Is(DoseSide::Each)),
            side: side.get().copied().filter(|side| *side != DoseSide::Each),
            tempo: tempo.written(),
            load: load.written(),
            rpe,
            rir,
            rest: rest.written(),
            set_type: Some(set_type),
            times_per_day: times_per_day.map(TimesPerDay),
            every,
            pain,
            ..Self::default()
        };
        let keys = keys.with_work(work);
        match held {
            Some(held) => Self { hold: Some(held.into()), ..keys },
            None => keys,
        }
    }
}

impl TryFrom<DoseAsWritten> for Dose {
    type Error = BadDose;

    fn try_from(written: DoseAsWritten) -> Result<Self, BadDose> {
        let (work, held) = written.work()?;
        let sets = written.sets(&work)?;
        let side = written.side()?;
        written.is_said_once()?;
        Ok(Self {
            sets,
            work,
            held,
            side,
            tempo: written.tempo.into(),
            load: written.load.into(),
            rpe: written.rpe,
            rir: written.rir,
            rest: written.rest.into(),
            set_type: written.set_type.unwrap_or(SetType::Normal),
            times_per_day: written.times_per_day.map(|times| times.0),
            every: written.every,
            pain: written.pain,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::model::Dose;

    #[test]
    fn a_dose_of_three_kinds_of_work_is_told_what_may_stand_together() {
        let wrong = |dose| serde_json::from_value::<Dose>(dose).expect_err("two or more kinds of work").to_string();
        let said = wrong(json!({"reps": 10, "hold": "5 s", "time": "30 s"}));
        assert!(
            said.contains("this one has `reps`, `hold` and `time`; beside `reps`, only `hold` may stand"),
            "{said}"
        );
        assert!(wrong(json!({"reps": 10, "time": "30 s"})).ends_with("this one has `reps` and `time`"));
        assert!(wrong(json!({"reps": 10, "hold": ["5 s", "6 s"]})).contains("`hold` is one time"));
        assert!(serde_json::from_value::<Dose>(json!({"reps": 10, "hold": "5 s"})).is_ok());
    }
}
