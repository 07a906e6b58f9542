//! Answers that are made to take much, to hide something, or to be understood in two ways.

use super::*;

/// A script that describes itself with this schema of its options, of which it has some.
fn described_with(schema: &str) -> Built {
    let description =
        format!(r#"{{"protocol":1,"name":"odd","version":"1","granularity":"catalog","options_schema":{schema}}}"#);
    let script = format!("cat <<'END'\n{description}\nEND\n");
    let root = tempfile::tempdir().unwrap();
    std::fs::write(root.path().join("odd.sh"), script).unwrap();
    let options = json!({"a": {"b": [1, "x"]}, "c": "d"});
    let catalog =
        catalog(&json!({"process": ["sh", "odd.sh"], "inputs": ["odd.sh"], "options": options, "timeout": "30 min"}));
    build(&request(&catalog, root.path()), &MemoryStage::new(), &()).expect("a build")
}

#[test]
fn schemas_that_multiply_end_at_once() {
    let doubled = |count: usize| {
        let step = |at: usize| {
            let next = format!(r##"{{"$ref":"#/$defs/a{}"}}"##, at + 1);
            format!(r#""a{at}":{{"allOf":[{next},{next}]}}"#)
        };
        let steps: Vec<String> = (0..count).map(step).collect();
        format!(r##"{{"allOf":[{{"$ref":"#/$defs/a0"}}],"$defs":{{{},"a{count}":{{}}}}}}"##, steps.join(","))
    };
    assert!(only_fault(&described_with(&doubled(40))).message.contains("is a keyword that is not supported"));
    assert!(only_fault(&described_with(r##"{"$ref":"#"}"##)).message.contains("is a keyword that is not supported"));
    let whole = (0..16).fold("{}".to_owned(), |inner, _| format!(r#"{{"allOf":[{inner},{inner}]}}"#));
    assert!(only_fault(&described_with(&whole)).message.contains("more than 10000 schemas"));
    let deep = (0..60).fold("{}".to_owned(), |inner, _| format!(r#"{{"items":{inner}}}"#));
    assert!(only_fault(&described_with(&deep)).message.contains("more than 32 schemas within each other"));
    // Each level puts the one below into words.
    let worded = (0..28).fold(r#"{"type":"null"}"#.to_owned(), |inner, _| {
        format!(r#"{{"anyOf":[{inner},{{"type":"array","items":{{}}}}]}}"#)
    });
    assert!(matches!(described_with(&worded).verdict(), Err(Error::Findings { .. })));
    let large = format!(r#"{{"description":"{}"}}"#, "x".repeat(1 << 20));
    assert!(only_fault(&described_with(&large)).message.contains("said too much"));
}

#[test]
fn what_is_read_in_two_ways_is_refused() {
    let deep = "[".repeat(100_000);
    let ends = "]".repeat(100_000);
    let unit = r#"{"id":"catalog (en)"}"#;
    for (said, part) in [
        (format!(r#"{{"protocol":1,"units":[],"units":[{unit}]}}"#), "duplicate field `units`"),
        (r#"{"protocol":1,"units":[{"id":"catalog (en)","id":"catalog (en)"}]}"#.to_owned(), "duplicate field `id`"),
        (format!(r#"{{"protocol":1,"protocol":1,"units":[{unit}]}}"#), "does not say"),
        (format!(r#"{{"protocol":1e999,"units":[{unit}]}}"#), "does not say"),
        (format!(r#"[1,[{unit}]]"#), "does not say"),
        (format!(r#"{{"protocol":1,"units":[{unit}],"more":{deep}{ends}}}"#), "unknown field `more`"),
        (format!(r#"{{"protocol":1,"units":{deep}{ends}}}"#), "units"),
        (format!(r#"{{"protocol":1,"units":[{unit}]}} "#) + unit, "not one JSON value"),
    ] {
        let fault = fault(&script(&format!("cat <<'END'\n{said}\nEND")));
        assert!(fault.kind == FaultKind::Mistake && fault.message.contains(part), "{fault:?} for {part}");
        assert!(fault.message.len() < 1_000, "{}", fault.message.len());
    }
}

#[test]
fn findings_are_listed_up_to_a_limit() {
    let unit = |last: &str| {
        format!(
            r#"awk 'BEGIN {{ printf "{{\"protocol\":1,\"units\":[{{\"id\":\"catalog (en)\",\"diagnostics\":["
            for (i = 0; i < 5000; i++) printf "{{\"severity\":\"info\",\"code\":\"a\",\"message\":\"%d\"}},", i
            printf "{{\"severity\":\"{last}\",\"code\":\"a\",\"message\":\"last\"}}]}}]}}" }}'"#
        )
    };
    let mild = built(&script(&unit("warning")));
    let findings: Vec<_> = mild.findings().collect();
    assert_eq!((findings.len(), findings.last().map(|last| &*last.code)), (1_001, Some("plugin-findings")));
    assert!(findings[1_000].message.contains("5001 findings") && findings[1_000].severity == Severity::Warning);
    assert!(mild.verdict().is_ok());
    // An error that is not listed keeps the build from being published all the same.
    assert!(matches!(built(&script(&unit("error"))).verdict(), Err(Error::Findings { errors: 1 })));
    let long = "x".repeat(100_000);
    let one =
        built(&says(&answer("", &format!(r#"{{"severity":"info","code":"a","message":"{long}","help":"{long}"}}"#))));
    let finding = one.findings().next().expect("a finding");
    assert!(finding.message.len() < 2_100 && finding.help.as_deref().is_some_and(|help| help.len() < 2_100));
    check_fault(
        &says(&answer("", &format!(r#"{{"severity":"info","code":"{long}","message":"m"}}"#))),
        FaultKind::Mistake,
        "code",
    );
}

#[test]
fn nothing_that_is_said_turns_text_or_moves_a_cursor() {
    let odd = r"a\u202eb\u001b[2Jc\u2066";
    let said =
        built(&says(&answer("", &format!(r#"{{"severity":"info","code":"a","message":"{odd}","help":"{odd}"}}"#))));
    let finding = said.findings().next().expect("a finding");
    assert_eq!((finding.message.as_str(), finding.help.as_deref()), ("ab [2Jc", Some("ab [2Jc")));
    let file = format!(r#"{{"path":"{}","text":""}}"#, r"a\u202egnp.html");
    let fault = fault(&says(&answer(&file, "")));
    assert!(fault.message.contains("turns the direction") && !fault.message.contains('\u{202e}'), "{}", fault.message);
    let said = only_fault(&built(&script("printf 'a\\342\\200\\256b\\033[2J\\n' >&2; exit 1"))).stderr;
    assert_eq!(said, "ab [2J");
}

#[test]
fn nobody_is_kept_waiting() {
    let all = answer(r#"{"path":"a","text":""}"#, "");
    // What comes after the answer is part of it.
    check_fault(&script(&format!("cat <<'END'\n{all}\nEND\necho more")), FaultKind::Mistake, "not one JSON value");
    // One that has said all and closed its outputs, but goes on.
    let fault = only_fault(&built_within(
        "1 s",
        &script(&format!("cat <<'END'\n{all}\nEND\nexec >/dev/null 2>&1\nexec sleep 300")),
    ));
    assert!(fault.kind == FaultKind::Limit && fault.message.contains("longer than 1 s"), "{fault:?}");
    // Both of its outputs at once, each more than a pipe takes.
    let both = "head -c 3000000 /dev/zero >&2 & head -c 3000000 /dev/zero | tr '\\0' ' '; wait";
    assert!(built(&script(&format!("{both}\ncat <<'END'\n{all}\nEND"))).verdict().is_ok());
}
