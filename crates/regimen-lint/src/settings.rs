//! Reading `rules:` of the project file and `allow:`: which codes, severities and limits there are.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};

use super::rule::Rule;
use super::rules::RULES;
use super::threshold::Threshold;
use regimen_model::model::{RuleLevel as Level, RuleSetting, RuleSettings};
use regimen_model::prose::is_blank;
use regimen_model::quantity::{Extent, ScalarText};
use regimen_model::suggest::did_you_mean;

/// `rules:` as it is written.
#[derive(Debug, Default)]
pub struct Rules(pub RuleSettings);

/// Refuses `off` for a rule that cannot be turned off.
fn may_be<E: Error>(level: Level, rule: &Rule) -> Result<Level, E> {
    if level == Level::Off && !rule.can_be_off() {
        let code = rule.code;
        let help = format!("accept single cases with `allow: {{{code}: the reason}}`");
        return Err(E::custom(format!("`{code}` cannot be turned off; {help}")));
    }
    Ok(level)
}

/// Says which limits contradict each other, so that nothing would keep the rule.
fn keeps_order(limits: &BTreeMap<&'static str, Extent<Decimal>>, rule: &Rule) -> Result<(), String> {
    let amount = |limit: &Threshold| limits.get(limit.key).copied().unwrap_or_else(|| limit.standard());
    let crossed = |(low, high): &&(Threshold, Threshold)| amount(low).high() > amount(high).high();
    let Some((low, high)) = rule.rising.iter().find(crossed) else { return Ok(()) };
    let value = |limit: &Threshold| match limits.get(limit.key) {
        Some(value) => format!("{}", value.high().normalize()),
        None => format!("`{}` unless stated", limit.default),
    };
    let ([low_value, high_value], [low, high]) = ([low, high].map(value), [low.key, high.key]);
    Err(format!("`{low}` is {low_value}, above `{high}`, which is {high_value}; correct one of the two"))
}

/// The code of a finding that has a severity and may be allowed, as a key.
enum FindingCode {
    Rule(&'static Rule),
    /// `exporter/code`. Which exporters there are, and which findings they have, is not known here.
    Exporter(Arc<str>),
}

/// Whether a code can be that of an exporter's finding: `pdf/glyph-missing`.
fn is_of_exporter(code: &str) -> bool {
    let is_name = |part: &str| {
        let mut bytes = part.bytes();
        !part.is_empty() && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    code.split_once('/').is_some_and(|(exporter, code)| is_name(exporter) && is_name(code))
}

impl<'de> Deserialize<'de> for FindingCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        if is_of_exporter(&code) {
            return Ok(Self::Exporter(code.into()));
        }
        super::rule(&code).map(Self::Rule).ok_or_else(|| {
            let way_out = if crate::explain::explanations().any(|page| page.code == code) {
                "what cannot be read cannot be allowed: correct what it reports".to_owned()
            } else {
                let near = did_you_mean(&code, RULES.iter().map(|rule| rule.code));
                near.unwrap_or_else(|| "`regimen rules` lists them".to_owned())
            };
            D::Error::custom(format!("`{}` is not a rule; {way_out}", code.escape_debug()))
        })
    }
}

impl<'de> Deserialize<'de> for Rules {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(AllRules)
    }
}

struct AllRules;

impl<'de> Visitor<'de> for AllRules {
    type Value = Rules;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("rules with a severity each, such as `{deload: off}`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Rules, A::Error> {
        let mut settings = RuleSettings::default();
        while let Some(code) = map.next_key()? {
            match code {
                FindingCode::Rule(rule) => settings.insert(rule.code, map.next_value_seed(OneRule(rule))?),
                FindingCode::Exporter(code) => {
                    let OnlySeverity(level) = map.next_value()?;
                    settings.insert(code, RuleSetting { level: Some(level), limits: BTreeMap::new() });
                }
            }
        }
        Ok(Rules(settings))
    }
}

/// A severity, or a mapping of a severity and thresholds.
struct OneRule(&'static Rule);

impl<'de> DeserializeSeed<'de> for OneRule {
    type Value = RuleSetting;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<RuleSetting, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for OneRule {
    type Value = RuleSetting;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`off`, `info`, `warning`, `error`, or settings such as `{severity: error}`")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<RuleSetting, E> {
        let level = Level::deserialize(serde::de::value::StrDeserializer::new(word))?;
        let level = may_be(level, self.0)?;
        Ok(RuleSetting { level: Some(level), limits: BTreeMap::new() })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RuleSetting, A::Error> {
        let mut setting = RuleSetting::default();
        while let Some(key) = map.next_key_seed(KeyOf(self.0))? {
            match key {
                Key::Severity => {
                    setting.level = Some(may_be(map.next_value()?, self.0)?);
                }
                Key::Threshold(threshold) => {
                    setting.limits.insert(threshold.key, map.next_value_seed(ValueOf(threshold))?);
                }
            }
        }
        keeps_order(&setting.limits, self.0).map_err(A::Error::custom)?;
        Ok(setting)
    }
}

/// The severity of an exporter's finding: a word, or a mapping of it alone.
struct OnlySeverity(Level);

impl<'de> Deserialize<'de> for OnlySeverity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self(Level::Off))
    }
}

impl<'de> Visitor<'de> for OnlySeverity {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`off`, `info`, `warning` or `error`")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Self, E> {
        Level::deserialize(serde::de::value::StrDeserializer::new(word)).map(Self)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self, A::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Mapping {
            severity: Level,
        }
        let mapping = Mapping::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
        Ok(Self(mapping.severity))
    }
}

enum Key {
    Severity,
    Threshold(&'static Threshold),
}

struct KeyOf(&'static Rule);

impl<'de> DeserializeSeed<'de> for KeyOf {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        let key = String::deserialize(deserializer)?;
        let Self(rule) = self;
        match rule.thresholds.iter().find(|threshold| threshold.key == key) {
            Some(threshold) => Ok(Key::Threshold(threshold)),
            None if key == "severity" => Ok(Key::Severity),
            None => {
                let known = || rule.thresholds.iter().map(|threshold| threshold.key).chain(["severity"]);
                let list: Vec<String> = known().map(|key| format!("`{key}`")).collect();
                let near = did_you_mean(&key, known()).map(|near| format!("; {near}")).unwrap_or_default();
                let (key, code, list) = (key.escape_debug(), rule.code, list.join(", "));
                Err(D::Error::custom(format!("`{key}` is not a setting of the rule `{code}`, which has {list}{near}")))
            }
        }
    }
}

struct ValueOf(&'static Threshold);

impl<'de> DeserializeSeed<'de> for ValueOf {
    type Value = Extent<Decimal>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Extent<Decimal>, D::Error> {
        let text = deserializer.deserialize_any(ScalarText)?;
        self.0.read(&text).map_err(D::Error::custom)
    }
}

/// One `allow:` as it is written: codes, each with a reason. The reasons are for those who read the file.
#[derive(Debug)]
pub struct Allowed(pub Vec<Arc<str>>);

impl<'de> Deserialize<'de> for Allowed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(AllowedCodes)
    }
}

struct AllowedCodes;

impl<'de> Visitor<'de> for AllowedCodes {
    type Value = Allowed;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("rules with a reason each, such as `{deload: the season has pauses enough}`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Allowed, A::Error> {
        let mut rules = Vec::new();
        while let Some(code) = map.next_key::<FindingCode>()? {
            let Reason = map.next_value()?;
            rules.push(match code {
                FindingCode::Rule(rule) => rule.code.into(),
                FindingCode::Exporter(code) => code,
            });
        }
        if rules.is_empty() {
            return Err(A::Error::custom("nothing is allowed here; name a rule and the reason, or delete `allow`"));
        }
        Ok(Allowed(rules))
    }
}

/// A reason in words. It is not kept, but it must be there.
struct Reason;

impl<'de> Deserialize<'de> for Reason {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = deserializer.deserialize_any(Words)?;
        if is_blank(&text) {
            return Err(D::Error::custom("the reason is blank; say why, such as `done on the way here`"));
        }
        Ok(Self)
    }
}

struct Words;

impl Visitor<'_> for Words {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the reason why the content is right here, in a few words")
    }

    fn visit_str<E>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    /// What loading says of these lines below `rules:`.
    fn said(rules: &str) -> Vec<String> {
        let project = format!("language: en\nrules:\n{rules}\nwords: {{title: T}}\n");
        Lint::new().file("regimen.yaml", &project).all()
    }

    #[test]
    fn severities_and_limits_are_read() {
        assert_eq!(
            said("  deload: off\n  load-jump: {severity: error, most: 15 %}\n  recovery: {least: 2 h}"),
            [""; 0]
        );
    }

    #[test]
    fn limits_that_contradict_each_other_are_refused() {
        for (rules, expected) in [
            ("  weekly-sets: {least: 40, most: 2}", "`least` is 40, above `most`, which is 2"),
            ("  weekly-sets: {most: 3}", "`least` is `4` unless stated, above `most`, which is 3"),
            ("  week-jump: {small: 50 %, most: 10 %}", "`small` is 50, above `most`, which is 10"),
            ("  run-spike: {small: 150 %}", "`small` is 150, above `most`, which is `100 %` unless stated"),
            ("  handout-length: {most: 8, far: 4}", "`most` is 8, above `far`, which is 4"),
            ("  taper: {least: 70 %}", "`least` is 70, above `most`, which is `60 %` unless stated"),
        ] {
            let said = said(rules);
            assert_eq!(said.len(), 1, "{said:?}");
            assert!(said[0].starts_with("regimen.yaml:3:"), "{said:?}");
            assert!(said[0].ends_with(&format!("{expected}; correct one of the two")), "{said:?}");
        }
        assert_eq!(said("  weekly-sets: {least: 40, most: 40}"), [""; 0]);
    }

    #[test]
    fn one_limit_is_no_range() {
        for rules in [
            "weekly-sets: {least: 4-6}",
            "week-jump: {most: 10-20 %}",
            "hard-hard: {effort: 7-8}",
            "deload: {weeks: 4-6}",
        ] {
            let said = said(&format!("  {rules}"));
            assert!(said.len() == 1 && said[0].contains("wrong-value"), "{rules}: {said:?}");
        }
    }

    #[test]
    fn what_is_unknown_is_refused_at_its_place() {
        for (rules, expected) in [
            ("  tapr: off", "regimen.yaml:3:3 wrong-value: `tapr` is not a rule; did you mean `taper`?"),
            ("  zzz: off", "regimen.yaml:3:3 wrong-value: `zzz` is not a rule; `regimen rules` lists them"),
            (
                "  load-jump: {mots: 15 %}",
                "regimen.yaml:3:15 wrong-value: `mots` is not a setting of the rule `load-jump`, which has `most`, \
                 `severity`; did you mean `most`?",
            ),
            ("  taper: loud", "regimen.yaml:3:10 unknown-word: `taper` cannot be `loud`"),
            (
                "  load-jump: {most: 15 kg}",
                "regimen.yaml:3:21 wrong-value: `most`: `15 kg` is not a share such as `60 %`",
            ),
            (
                "  recovery: {least: 24-48 h}",
                "regimen.yaml:3:21 wrong-value: `least`: `24-48 h` is a range; this limit is one value such as `48 h`",
            ),
        ] {
            assert_eq!(said(rules), [expected]);
        }
    }
}
