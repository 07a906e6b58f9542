//! `rules:` of the project file: severities and limits.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};

use super::rule::Rule;
use super::rules::RULES;
use super::threshold::Threshold;
use crate::diagnostic::Severity;
use crate::quantity::{Extent, ScalarText};
use crate::suggest::did_you_mean;

/// What the project file says of rules, and of findings of exporters.
#[derive(Debug, Clone, Default)]
pub struct RuleSettings {
    of: BTreeMap<&'static str, Setting>,
    of_exporters: BTreeMap<Arc<str>, Level>,
}

/// What the project file says of one rule.
#[derive(Debug, Clone, Default)]
struct Setting {
    level: Option<Level>,
    amounts: BTreeMap<&'static str, Extent<Decimal>>,
}

impl Setting {
    fn amount(&self, threshold: &Threshold) -> Extent<Decimal> {
        self.amounts.get(threshold.key).copied().unwrap_or_else(|| threshold.standard())
    }

    /// Says which limits contradict each other, so that nothing would keep the rule.
    fn keeps_order(&self, rule: &Rule) -> Result<(), String> {
        let crossed = |(low, high): &&(Threshold, Threshold)| self.amount(low).high() > self.amount(high).high();
        let Some((low, high)) = rule.rising.iter().find(crossed) else { return Ok(()) };
        let value = |limit: &Threshold| match self.amounts.get(limit.key) {
            Some(value) => format!("{}", value.high().normalize()),
            None => format!("`{}` unless stated", limit.default),
        };
        let ([low_value, high_value], [low, high]) = ([low, high].map(value), [low.key, high.key]);
        Err(format!("`{low}` is {low_value}, above `{high}`, which is {high_value}; correct one of the two"))
    }
}

/// A severity, or none at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Off,
    Info,
    Warning,
    Error,
}

impl Level {
    /// Refuses `off` for a rule that cannot be turned off.
    fn is_for<E: Error>(self, rule: &Rule) -> Result<(), E> {
        if matches!(self, Self::Off) && !rule.can_be_off() {
            let code = rule.code;
            let help = format!("accept single cases with `allow: {{{code}: the reason}}`");
            return Err(E::custom(format!("`{code}` cannot be turned off; {help}")));
        }
        Ok(())
    }

    fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

impl RuleSettings {
    /// The severity of a rule's usual finding; `None` if the rule is switched off.
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        let level = self.of.get(rule.code).and_then(|setting| setting.level);
        level.map_or(Some(rule.severity), Level::severity)
    }

    /// The severity of an exporter's finding that has this one of its own; `None` if it is switched off.
    pub(super) fn severity_of_exporters(&self, code: &str, own: Severity) -> Option<Severity> {
        self.of_exporters.get(code).map_or(Some(own), |level| level.severity())
    }

    /// Whether a finding is switched off.
    pub(super) fn is_off(&self, code: &FindingCode) -> bool {
        match code {
            FindingCode::Rule(rule) => self.severity(rule).is_none(),
            FindingCode::Exporter(code) => self.of_exporters.get(code) == Some(&Level::Off),
        }
    }

    /// The codes of exporters' findings that have a setting.
    pub(super) fn codes_of_exporters(&self) -> impl Iterator<Item = &Arc<str>> {
        self.of_exporters.keys()
    }

    /// The value of a threshold.
    pub(super) fn amount(&self, rule: &Rule, threshold: &Threshold) -> Extent<Decimal> {
        self.of.get(rule.code).map_or_else(|| threshold.standard(), |setting| setting.amount(threshold))
    }
}

/// The code of a finding that has a severity and may be allowed, as a key.
#[derive(Debug, Clone)]
pub(crate) enum FindingCode {
    Rule(&'static Rule),
    /// `exporter/code`. Which exporters there are, and which findings they have, is not known here.
    Exporter(Arc<str>),
}

impl FindingCode {
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Rule(rule) => rule.code,
            Self::Exporter(code) => code,
        }
    }
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

impl<'de> Deserialize<'de> for RuleSettings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(AllRules)
    }
}

struct AllRules;

impl<'de> Visitor<'de> for AllRules {
    type Value = RuleSettings;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("rules with a severity each, such as `{deload: off}`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RuleSettings, A::Error> {
        let mut settings = RuleSettings::default();
        while let Some(code) = map.next_key()? {
            match code {
                FindingCode::Rule(rule) => drop(settings.of.insert(rule.code, map.next_value_seed(OneRule(rule))?)),
                FindingCode::Exporter(code) => {
                    let OnlySeverity(level) = map.next_value()?;
                    settings.of_exporters.insert(code, level);
                }
            }
        }
        Ok(settings)
    }
}

/// A severity, or a mapping of a severity and thresholds.
struct OneRule(&'static Rule);

impl<'de> DeserializeSeed<'de> for OneRule {
    type Value = Setting;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Setting, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for OneRule {
    type Value = Setting;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`off`, `info`, `warning`, `error`, or settings such as `{severity: error}`")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Setting, E> {
        let level = Level::deserialize(serde::de::value::StrDeserializer::new(word))?;
        level.is_for(self.0)?;
        Ok(Setting { level: Some(level), amounts: BTreeMap::new() })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Setting, A::Error> {
        let mut setting = Setting::default();
        while let Some(key) = map.next_key_seed(KeyOf(self.0))? {
            match key {
                Key::Severity => {
                    let level: Level = map.next_value()?;
                    level.is_for(self.0)?;
                    setting.level = Some(level);
                }
                Key::Threshold(threshold) => {
                    setting.amounts.insert(threshold.key, map.next_value_seed(ValueOf(threshold))?);
                }
            }
        }
        setting.keeps_order(self.0).map_err(A::Error::custom)?;
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

#[cfg(test)]
mod tests {
    use crate::lint::testing::Lint;

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
            ("  run-spike: {small: 50 %}", "`small` is 50, above `most`, which is `30 %` unless stated"),
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
