//! Values that YAML could take for something else than was meant: each is the text as written, or an error at its line.

use regimen_catalog::{Files, Loaded, Severity, load_files};
use regimen_tests::{files, repository};

/// Loads the small catalogue with this text as its only exercise.
fn load(exercise: &str) -> Loaded {
    let all = files(&repository().join("tests/fixtures/small")).into_iter();
    let mut all: Files = all.map(|(path, bytes)| (path.into(), bytes.into())).collect();
    all.insert("exercises/heel-raise.yaml".into(), exercise.as_bytes().into());
    load_files(&all)
}

/// What is said of a value on line 8, and nowhere else; `None` if nothing is.
fn error_of_value(key_and_value: &str) -> Option<String> {
    let loaded = load(&exercise(key_and_value));
    let errors: Vec<_> = loaded.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    assert!(errors.len() <= 1, "{key_and_value}: {errors:#?}");
    let error = errors.first()?;
    let location = loaded.sources.locate(&error.labels[0].place).unwrap();
    assert_eq!(location.line, 8, "{key_and_value}: {}", error.message);
    Some(error.message.clone())
}

fn exercise(line: &str) -> String {
    format!(
        "kind: strength\npattern: calf-raise\nlaterality: bilateral\nlevel: 1\nmuscles:\n  - {{target: muscle:soleus, role: \
         prime}}\nequipment: [[wall]]\n{line}\n{}words:\n  name: Heel raise\n  summary: Rise.\n  steps: [Rise.]\n",
        if line.starts_with("defaults") { "" } else { "defaults: {sets: 2, reps: 8}\n" }
    )
}

/// Values, and whether a text may be written like this without quotes.
const VALUES: [(&str, bool); 22] = [
    ("1e3", false),
    ("0x10", false),
    ("0o14", false),
    (".inf", false),
    (".nan", false),
    ("+5", false),
    (".5", false),
    ("~", false),
    ("null", false),
    ("true", false),
    ("12", false),
    ("1.10", false),
    ("1_000", true),
    ("012", true),
    ("yes", true),
    ("no", true),
    ("on", true),
    ("off", true),
    ("12:30", true),
    ("12:30:45", true),
    ("2027-01-31", true),
    ("=", true),
];

#[test]
fn a_text_is_kept_as_written_or_refused() {
    for (value, text) in VALUES {
        let line = format!("tags: [{value}]");
        assert_eq!(error_of_value(&line).is_none(), text, "{value}: {:?}", error_of_value(&line));
        if text {
            let catalog = load(&exercise(&line)).catalog.unwrap();
            assert_eq!(catalog.exercises["heel-raise"].tags, [value]);
        }
        assert_eq!(error_of_value(&format!("tags: [\"{value}\"]")), None, "between quotes everything is a text");
    }
}

#[test]
fn an_amount_is_never_guessed() {
    for (value, _) in VALUES {
        for line in [format!("defaults: {{reps: 8, rest: {value}}}"), format!("defaults: {{hold: {value}}}")] {
            // A key without a value is a key that is not there.
            if !(line.contains("rest") && ["~", "null"].contains(&value)) {
                assert!(error_of_value(&line).is_some(), "{line}");
            }
        }
        let count = format!("defaults: {{reps: {value}}}");
        // Nobody means ten by `012`, though some readers of YAML do.
        assert_eq!(
            error_of_value(&count).is_none(),
            ["12", "012"].contains(&value),
            "{count}: {:?}",
            error_of_value(&count)
        );
    }
}

#[test]
fn yes_and_no_are_true_and_false() {
    for (value, _) in VALUES {
        let line = format!("defaults: {{reps: 8, per_side: {value}}}");
        assert_eq!(error_of_value(&line).is_none(), value == "true", "{line}: {:?}", error_of_value(&line));
    }
}
