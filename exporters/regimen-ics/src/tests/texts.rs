//! Texts that are composed once for many calendars are those that each would have by itself.

use std::sync::Arc;

use jiff::civil::{Date, date, time};
use regimen_catalog::vocabulary::{PhaseKind, SessionKind};
use regimen_export::{Options, Subject};
use serde_json::{Value, json};

use super::fixture::Fixture;
use crate::options::Settings;
use crate::texts::Texts;

const DAYS: [Date; 2] = [date(2027, 1, 4), date(2027, 1, 7)];
const LATER: [Date; 2] = [date(2027, 2, 1), date(2027, 2, 4)];

fn dated(days: &[Date]) -> Fixture {
    Fixture::new(days, Some((time(18, 0, 0, 0), "Europe/Berlin")))
}

/// A fixture, and what was changed in it.
type Changed = (&'static str, Fixture);

/// One plan, changed in everything that a text may depend on. All that is not changed is shared.
fn plans(base: &Fixture) -> Vec<Changed> {
    let with = |change: &dyn Fn(&mut Fixture)| {
        let mut fixture = base.clone();
        change(&mut fixture);
        fixture
    };
    let lines = ["Rest as long as you like.".to_owned()];
    vec![
        ("a session less", base.clone().without(1)),
        ("another session less", base.clone().without(0)),
        ("lengths", base.clone().lasting("45 min")),
        ("work", base.clone().saying(&lines)),
        ("the disclaimer", base.clone().warning("Ask first.")),
        ("names", base.clone().named("Lighter day")),
        ("a language", base.clone().in_language("de", &json!({}))),
        ("weeks", with(&|fixture| fixture.plan.weeks[0].number = 2)),
        ("a phase", with(&|fixture| fixture.plan.weeks[0].kind = PhaseKind::Peak)),
        ("a kind", with(&|fixture| fixture.plan.weeks[0].sessions[0].kind = SessionKind::Mobility)),
        ("the work of a week", with(&|fixture| fixture.plan.weeks[0].sessions[1].lighter = true)),
        ("dates", with(&|fixture| fixture.plan = dated(&LATER).plan)),
        ("nothing", base.clone()),
    ]
}

#[test]
fn each_plan_has_its_own_texts_whatever_was_exported_before() {
    for options in [Value::Null, json!({"private": true, "url": "https://example.org", "category": "Rehab"})] {
        let shared = (crate::PLUGIN.open)(&Options::new(options.clone())).expect("good options");
        let base = dated(&DAYS).with(options);
        // Each comes right after each other one, and what only it had is gone by then.
        for first in 0..plans(&base).len() {
            let mut order = plans(&base);
            order.rotate_left(first);
            for (what, fixture) in order.into_iter().rev().chain(plans(&base)) {
                let (together, alone) = (fixture.export_by(shared.as_ref()), fixture.export());
                assert!(together.files == alone.files && !alone.files.is_empty(), "{what}");
            }
        }
    }
}

/// Whether two plans have the same texts, composed once.
fn are_shared(one: &Fixture, other: &Fixture) -> bool {
    let (texts, settings): (_, Settings) = (Texts::default(), Options::new(Value::Null).read().expect("good options"));
    let [one, other] = [one, other].map(|fixture| {
        fixture.in_unit(|unit| {
            let Subject::Plan(_, plan) = unit.subject else { unreachable!("a fixture is a plan") };
            texts.for_plan(unit, plan, &settings)
        })
    });
    Arc::ptr_eq(&one, &other)
}

#[test]
fn only_plans_that_differ_in_dates_share_their_texts() {
    let base = dated(&DAYS);
    for (what, other) in plans(&base) {
        assert_eq!(are_shared(&base, &other), ["dates", "nothing"].contains(&what), "{what}");
    }
    assert!(!are_shared(&base, &base.clone().named("Heavy day")), "the same words in other entries");
}

#[test]
fn texts_that_count_days_are_of_plans_with_the_same_days() {
    let base = dated(&DAYS);
    let on_days = |offset: u32, is_turn: bool| {
        let mut fixture = base.clone();
        fixture.plan.weeks[0].is_turn = is_turn;
        fixture.plan.weeks[0].sessions[1].offset = offset;
        fixture
    };
    assert!(are_shared(&on_days(3, false), &on_days(4, false)), "they say the week");
    assert!(!are_shared(&on_days(3, true), &on_days(4, true)), "they say the day");
    assert!(are_shared(&on_days(3, true), &on_days(3, true)));
}
