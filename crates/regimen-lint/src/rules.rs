//! The rules, one file each.

mod blank_item;
mod brand_contrast;
mod condition_lost;
mod cool_down;
mod cut_by_comment;
mod deload;
mod disclaimer_missing;
mod duplicate_name;
mod frequency;
mod handout_length;
mod hard_hard;
mod hard_share;
mod idle_placement;
mod idle_progression;
mod idle_share;
mod image_alt;
mod image_licence;
pub(crate) mod impossible_load;
mod incomplete;
mod ladder;
mod load_jump;
mod long_run_race;
mod long_run_share;
mod muscle_twice;
mod no_muscle;
mod no_progression;
mod no_steps;
mod phase_start;
mod progression_ambiguous;
mod raw_markup;
mod reading_grade;
mod recovery;
mod replaced_entry;
mod rest_day;
mod review_due;
mod run_spike;
mod same_session;
mod schedule_past;
mod session_duration;
mod session_order;
mod sheet_gap;
mod short_session;
mod source_missing;
mod split_sentence;
mod strength_and_mobility;
mod stretch_dose;
mod taper;
mod template_text;
mod translation_safety;
mod translation_stale;
mod translation_steps_differ;
mod unlikely_amount;
mod unused_allow;
mod warm_up;
mod week_jump;
mod weekly_sets;

use super::rule::{Citation, Rule};
pub(super) use unused_allow::RULE as UNUSED_ALLOW;

/// Every rule, in order of their codes.
pub static RULES: &[&Rule] = &[
    &blank_item::RULE,
    &brand_contrast::RULE,
    &condition_lost::RULE,
    &cool_down::RULE,
    &cut_by_comment::RULE,
    &deload::RULE,
    &disclaimer_missing::RULE,
    &duplicate_name::RULE,
    &frequency::RULE,
    &handout_length::RULE,
    &hard_hard::RULE,
    &hard_share::RULE,
    &idle_placement::RULE,
    &idle_progression::RULE,
    &idle_share::RULE,
    &image_alt::RULE,
    &image_licence::RULE,
    &impossible_load::RULE,
    &incomplete::RULE,
    &ladder::RULE,
    &load_jump::RULE,
    &long_run_race::RULE,
    &long_run_share::RULE,
    &muscle_twice::RULE,
    &no_muscle::RULE,
    &no_progression::RULE,
    &no_steps::RULE,
    &phase_start::RULE,
    &progression_ambiguous::RULE,
    &raw_markup::RULE,
    &reading_grade::RULE,
    &recovery::RULE,
    &replaced_entry::RULE,
    &rest_day::RULE,
    &review_due::RULE,
    &run_spike::RULE,
    &same_session::RULE,
    &schedule_past::RULE,
    &session_duration::RULE,
    &session_order::RULE,
    &sheet_gap::RULE,
    &short_session::RULE,
    &source_missing::RULE,
    &split_sentence::RULE,
    &strength_and_mobility::RULE,
    &stretch_dose::RULE,
    &taper::RULE,
    &template_text::RULE,
    &translation_safety::RULE,
    &translation_stale::RULE,
    &translation_steps_differ::RULE,
    &unlikely_amount::RULE,
    &unused_allow::RULE,
    &warm_up::RULE,
    &week_jump::RULE,
    &weekly_sets::RULE,
];

// What more than one rule rests on.
const ACSM_2009: Citation = Citation {
    text: "American College of Sports Medicine 2009: Progression models in resistance training for healthy adults",
    address: Some("https://doi.org/10.1249/MSS.0b013e3181915670"),
};
const ACSM_2011: Citation = Citation {
    text: "American College of Sports Medicine 2011: Quantity and quality of exercise for developing and maintaining \
           cardiorespiratory, musculoskeletal, and neuromotor fitness in apparently healthy adults",
    address: Some("https://doi.org/10.1249/MSS.0b013e318213fefb"),
};
const ACSM_2026: Citation = Citation {
    text: "American College of Sports Medicine 2026: Resistance training prescription for muscle function, hypertrophy, \
           and physical performance in healthy adults: an overview of reviews (Medicine & Science in Sports & Exercise)",
    address: None,
};
const WHO_2020: Citation = Citation {
    text: "World Health Organization 2020: Guidelines on physical activity and sedentary behaviour",
    address: Some("https://www.who.int/publications/i/item/9789240015128"),
};
const CONVENTION: Citation = Citation { text: "A convention of training and of this program", address: None };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_in_order() {
        assert!(RULES.is_sorted_by(|one, next| one.code < next.code));
        for rule in RULES {
            let letters = rule.code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
            assert!(letters, "{}", rule.code);
            assert!(std::ptr::eq(super::super::rule(rule.code).expect("it is found"), *rule));
        }
    }

    #[test]
    fn every_rule_says_what_why_and_whence() {
        for rule in RULES {
            assert!(!rule.summary.is_empty() && !rule.summary.ends_with('.'), "{}", rule.code);
            assert!(rule.explanation.len() > 150, "{} is not explained", rule.code);
            assert!(!rule.sources.is_empty(), "{} rests on nothing", rule.code);
            let dated = |source: &Citation| source.text.bytes().filter(u8::is_ascii_digit).count() >= 4;
            let sound = |source: &Citation| dated(source) || source.text.contains("convention");
            assert!(rule.sources.iter().all(sound), "{} has a source without a year", rule.code);
            assert!(regimen_model::prose::parse(rule.explanation).problems.is_empty(), "{}", rule.code);
        }
    }

    #[test]
    fn thresholds_have_a_default_of_their_own_kind() {
        for rule in RULES {
            for threshold in rule.thresholds {
                assert!(threshold.read(threshold.default).is_ok(), "{} {}", rule.code, threshold.key);
                assert!(threshold.key != "severity" && !threshold.meaning.is_empty(), "{}", rule.code);
            }
        }
    }
}
