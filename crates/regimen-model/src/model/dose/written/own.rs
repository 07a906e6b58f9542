//! Some keys of a dose, which lie over those of another one.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{BadDose, DoseAsWritten};
use crate::model::dose::Dose;
use crate::model::stated::Stated;
use crate::model::work::Work;
use crate::quantity::{Extent, Interval, OrNone, PerSet};

/// What somebody does otherwise of a dose: as many of its keys as they state.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(try_from = "DoseAsWritten")]
#[schemars(with = "DoseAsWritten")]
pub struct OwnDose(Box<DoseAsWritten>);

impl TryFrom<DoseAsWritten> for OwnDose {
    type Error = BadDose;

    fn try_from(written: DoseAsWritten) -> Result<Self, BadDose> {
        written.stated_work()?;
        written.stated_sets(None)?;
        written.side()?;
        written.is_said_once()?;
        Ok(Self(Box::new(written)))
    }
}

impl OwnDose {
    /// Whether it says how many sets there are, or what is done in them.
    pub fn states_amounts(&self) -> bool {
        self.0.sets.is_some() || !self.0.works().is_empty()
    }

    /// Whether it says what is lifted.
    pub fn states_load(&self) -> bool {
        self.0.load.is_some()
    }

    /// The dose with these keys in place of its own. Keys that mean the same give way as one: another work, side, effort.
    ///
    /// # Errors
    /// If they cannot stand together with what stays, such as two sets beside a list of three amounts.
    pub fn over(&self, base: &Dose) -> Result<Dose, BadDose> {
        let own = &*self.0;
        let mut dose = base.clone();
        match own.stated_work()? {
            // How long each repetition is held.
            Some((Work::Hold(PerSet::All(held)), None)) if base.held.is_some() => dose.held = Some(held),
            Some((work @ Work::Reps(_), None)) if matches!(base.work, Work::Reps(_)) => dose.work = work,
            Some((work, held)) => (dose.work, dose.held) = (work, held),
            None => {}
        }
        let stated = |over: Stated<_>, base: &Stated<_>| over.or(base);
        dose.side = own.side()?.or(&base.side);
        dose.load = stated(own.load.clone().into(), &base.load);
        dose.rest = Stated::from(own.rest).or(&base.rest);
        dose.tempo = Stated::from(own.tempo).or(&base.tempo);
        if base.work.kind().manner() != dose.work.kind().manner() && own.tempo.is_none() {
            dose.tempo = Stated::Unknown;
        }
        if own.rpe.is_some() || own.rir.is_some() {
            (dose.rpe, dose.rir) = (own.rpe, own.rir);
        }
        dose.set_type = own.set_type.unwrap_or(base.set_type);
        self.often(&mut dose);
        dose.pain = own.pain.or(base.pain);
        self.sets(&mut dose)?;
        Ok(dose)
    }

    /// How often it is done, which two keys say.
    fn often(&self, dose: &mut Dose) {
        let Self(own) = self;
        let on_a_day = own.times_per_day.map(|times| times.0);
        if on_a_day.is_some() && matches!(dose.every, Some(Interval::Time(_))) {
            dose.every = None;
        }
        if matches!(own.every, Some(Interval::Time(_))) {
            dose.times_per_day = None;
        }
        dose.times_per_day = on_a_day.or(dose.times_per_day);
        dose.every = own.every.or(dose.every);
    }

    fn sets(&self, dose: &mut Dose) -> Result<(), BadDose> {
        let own_work = self.0.stated_work()?.map(|(work, _)| work);
        let Some(sets) = self.0.stated_sets(own_work.as_ref())? else { return Ok(()) };
        let lists =
            [(dose.work.kind().key(), dose.work.amounts().sets()), ("load", dose.load.get().and_then(PerSet::sets))];
        for (key, listed) in lists.into_iter().filter_map(|(key, listed)| Some((key, listed?))) {
            if sets.low() != sets.high() || listed < sets.high() {
                return Err(BadDose(format!(
                    "there are {sets} sets, and `{key}` of the programme lists {listed}; state `{key}` as well"
                )));
            }
        }
        dose.keep_amounts(sets.high());
        dose.sets = sets;
        Ok(())
    }
}

impl DoseAsWritten {
    /// The work that is stated, if any is.
    fn stated_work(&self) -> Result<Option<(Work, Option<crate::quantity::Duration>)>, BadDose> {
        if self.works().is_empty() { Ok(None) } else { self.work().map(Some) }
    }

    /// How many sets there are, if that or an amount for each of them is stated.
    pub(super) fn stated_sets(&self, work: Option<&Work>) -> Result<Option<Extent<u32>>, BadDose> {
        let load = match &self.load {
            Some(OrNone::Is(load)) => load.sets(),
            Some(OrNone::None) | None => None,
        };
        let stated = self.sets.map(|sets| sets.0);
        let work = work.and_then(|work| Some((work.kind().key(), work.amounts().sets()?)));
        let mut listed = work.into_iter().chain(load.map(|load| ("load", load)));
        let Some((key, sets)) = listed.next() else { return Ok(stated) };
        if let Some(stated) = stated.filter(|stated| *stated != Extent::one(sets)) {
            return Err(BadDose(format!("`{key}` lists {sets} sets, and `sets` is {stated}")));
        }
        match listed.find(|(_, others)| *others != sets) {
            Some((other, others)) => Err(BadDose(format!("`{key}` lists {sets} sets, and `{other}` lists {others}"))),
            None => Ok(Some(Extent::one(sets))),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn dose(keys: Value) -> Dose {
        serde_json::from_value(keys).expect("a dose")
    }

    /// What comes of keys over a dose: a dose, or why there is none.
    fn over(own: Value, base: Value) -> Result<Dose, String> {
        let own: OwnDose = serde_json::from_value(own).map_err(|error| error.to_string())?;
        own.over(&dose(base)).map_err(|error| error.to_string())
    }

    #[test]
    fn a_key_takes_the_place_of_the_same_key_alone() {
        let base = || json!({"sets": 3, "reps": 8, "load": "12 kg", "rest": "90 s", "rpe": 7, "tempo": "3-1-1-0"});
        for (own, whole) in [
            (
                json!({"reps": 15}),
                json!({"sets": 3, "reps": 15, "load": "12 kg", "rest": "90 s", "rpe": 7, "tempo": "3-1-1-0"}),
            ),
            (
                json!({"load": "6 kg"}),
                json!({"sets": 3, "reps": 8, "load": "6 kg", "rest": "90 s", "rpe": 7, "tempo": "3-1-1-0"}),
            ),
            (
                json!({"sets": 2}),
                json!({"sets": 2, "reps": 8, "load": "12 kg", "rest": "90 s", "rpe": 7, "tempo": "3-1-1-0"}),
            ),
            (
                json!({"rir": 2, "rest": "none"}),
                json!({"sets": 3, "reps": 8, "load": "12 kg", "rest": "none", "rir": 2, "tempo": "3-1-1-0"}),
            ),
            (json!({"hold": "20 s"}), json!({"sets": 3, "hold": "20 s", "load": "12 kg", "rest": "90 s", "rpe": 7})),
            (
                json!({"reps": [8, 6]}),
                json!({"reps": [8, 6], "load": "12 kg", "rest": "90 s", "rpe": 7, "tempo": "3-1-1-0"}),
            ),
            (json!({}), base()),
        ] {
            assert_eq!(over(own.clone(), base()), Ok(dose(whole)), "{own}");
        }
        let held = over(json!({"hold": "10 s"}), json!({"reps": 10, "hold": "5 s"}));
        assert_eq!(held, Ok(dose(json!({"reps": 10, "hold": "10 s"}))));
        let often = over(json!({"times_per_day": 2}), json!({"reps": 10, "every": "2 h"}));
        assert_eq!(often, Ok(dose(json!({"reps": 10, "times_per_day": 2}))));
        let side = over(json!({"side": "left"}), json!({"reps": 10, "per_side": true}));
        assert_eq!(side, Ok(dose(json!({"reps": 10, "side": "left"}))));
    }

    #[test]
    fn lists_for_each_set_follow_the_sets_or_are_asked_for() {
        let base = || json!({"reps": [10, 8, 6], "load": ["10 kg", "12 kg", "14 kg"]});
        assert_eq!(over(json!({"sets": 2}), base()), Ok(dose(json!({"reps": [10, 8], "load": ["10 kg", "12 kg"]}))));
        let error = over(json!({"sets": 4}), base()).expect_err("there are no four amounts");
        assert_eq!(error, "there are 4 sets, and `reps` of the programme lists 3; state `reps` as well");
        assert!(over(json!({"reps": [5, 5], "sets": 3}), base()).is_err());
        assert!(over(json!({"rpe": 7, "rir": 2}), base()).is_err());
        assert!(over(json!({"reps": 5, "time": "5 s"}), base()).is_err());
    }
}
