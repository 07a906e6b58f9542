//! Pages of findings and of rules have examples that can be read.

use std::collections::BTreeSet;

use regimen_lint::{RULES, explanations, rule};

#[test]
fn every_page_explains_one_code_with_an_example() {
    let mut seen = BTreeSet::new();
    for page in explanations() {
        assert!(seen.insert(page.code), "{} has two pages", page.code);
        assert!(rule(page.code).is_none(), "{} is a rule", page.code);
        assert!(page.text.len() > 80, "{} is not explained", page.code);
        assert!(regimen_model::prose::parse(page.text).problems.is_empty(), "{}", page.code);
    }
    assert!(seen.len() > 40, "the pages are found");
}

#[test]
fn right_examples_pass_the_gate() {
    for page in explanations() {
        for example in page.text.split("Right:").skip(1).filter_map(|rest| rest.split("```").nth(1)) {
            let Some(yaml) = example.strip_prefix("yaml\n") else { continue };
            let read = crate::yaml::read(yaml, &"example.yaml".into(), 0..yaml.len());
            assert!(read.is_ok(), "{}: {:#?}", page.code, read.err());
        }
    }
}

#[test]
fn examples_are_yaml_that_passes_the_gate() {
    for rule in RULES {
        let examples: Vec<&str> = rule.explanation.split("```").skip(1).step_by(2).collect();
        for example in &examples {
            let yaml = example.strip_prefix("yaml\n").expect("examples are YAML");
            let read = crate::yaml::read(yaml, &"example.yaml".into(), 0..yaml.len());
            assert!(read.is_ok(), "{}: {:#?}", rule.code, read.err());
        }
        assert!(!examples.is_empty(), "{} has no example", rule.code);
    }
}
