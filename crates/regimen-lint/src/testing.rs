//! A tiny catalogue for the tests of rules, changed by a few lines in each.

use std::collections::BTreeMap;

use regimen_catalog::{Files, load_files};

/// Files that break no rule until a test lays others over them.
#[derive(Clone)]
pub(crate) struct Lint {
    files: BTreeMap<String, String>,
}

const MUSCLES: [(&str, &str); 3] =
    [("soleus", "calves"), ("semitendinosus", "hamstrings"), ("gluteus-maximus", "glutes")];

impl Lint {
    /// Three muscles in a major group each, the exercises `hinge` (strength), `jog` (running) and `stretch`.
    pub(crate) fn new() -> Self {
        let mut lint = Self { files: BTreeMap::new() }.file("regimen.yaml", "language: en\nwords: {title: T}\n");
        for (muscle, group) in MUSCLES {
            let facts =
                format!("{{latin: musculus {muscle}, region: thigh, side: back, words: {{name: The {muscle}}}}}");
            lint = lint.file(&format!("muscles/{muscle}.yaml"), &facts);
            let facts = format!("{{members: [{muscle}], major: true, words: {{name: The {group}}}}}");
            lint = lint.file(&format!("muscle-groups/{group}.yaml"), &facts);
        }
        lint.exercise("hinge", "kind: strength, pattern: hinge, defaults: {sets: 3, reps: 8}", "hamstrings")
            .exercise("jog", "kind: cardio, pattern: gait, defaults: {distance: 5 km}", "calves")
            .exercise(
                "stretch",
                "kind: static-stretch, pattern: stretch, defaults: {sets: 2, hold: 30 s}",
                "hamstrings",
            )
    }

    /// Adds a file, or puts another text in its place.
    pub(crate) fn file(mut self, path: &str, text: &str) -> Self {
        self.files.insert(path.to_owned(), text.to_owned());
        self
    }

    /// An exercise with these facts in one line, whose prime mover is a group.
    pub(crate) fn exercise(self, id: &str, facts: &str, group: &str) -> Self {
        let known = if facts.contains("equipment:") { "" } else { ", equipment: []" };
        let text = format!(
            "{{{facts}{known}, laterality: bilateral, level: 1, muscles: [{{target: muscle-group:{group}, role: prime}}],\n\
             words: {{name: The {id}, summary: S., steps: [Do it.]}}}}\n"
        );
        self.file(&format!("exercises/{id}.yaml"), &text)
    }

    /// A session of this kind with these items in its main part, with warm-up and cool-down.
    pub(crate) fn session(self, id: &str, kind: &str, main: &str) -> Self {
        let text = format!(
            "kind: {kind}\nduration: 30 min\nwarm_up: [{{text: walk}}]\nmain: [{main}]\ncool_down: [{{exercise: stretch}}]\n\
             words: {{name: The {id}, texts: {{walk: Walk.}}}}\n"
        );
        self.file(&format!("sessions/{id}.yaml"), &text)
    }

    /// A programme of phases, one line each: the first stands in line 3.
    pub(crate) fn phases(self, phases: &[&str]) -> Self {
        let list: String =
            phases.iter().enumerate().map(|(index, phase)| format!("  - {{id: p{index}, {phase}}}\n")).collect();
        let words = "words: {name: P, summary: S., goal: G., audience: A.}";
        self.file("programs/p.yaml", &format!("level: 2\nphases:\n{list}{words}\n"))
    }

    /// A programme of one phase of so many weeks, with one session of this kind and main part on Mondays.
    pub(crate) fn program(self, main: &str, kind: &str, weeks: u32) -> Self {
        let main = if main.is_empty() { "{exercise: hinge}" } else { main };
        let phase = format!("kind: base, weeks: {weeks}, sessions: [{{session: s, day: monday}}]");
        self.session("s", kind, main).phases(&[&phase])
    }

    /// Every finding as `file:line:column code: message`.
    pub(crate) fn all(&self) -> Vec<String> {
        let files: Files =
            self.files.iter().map(|(file, text)| (file.as_str().into(), text.as_bytes().into())).collect();
        let loaded = load_files(&files);
        let shown = loaded.findings.iter().map(|finding| {
            let at = finding.labels.first().and_then(|label| loaded.sources.locate(&label.place)).expect("a place");
            assert!(
                finding.help.is_some() || finding.code == "wrong-value" || finding.code == "unknown-key",
                "{finding:?}"
            );
            format!("{}:{}:{} {}: {}", at.file, at.line, at.column, finding.code, finding.message)
        });
        shown.collect()
    }

    /// The findings of one rule as `file:line message = help`.
    pub(crate) fn of_with_help(&self, code: &str) -> Vec<String> {
        let files: Files =
            self.files.iter().map(|(file, text)| (file.as_str().into(), text.as_bytes().into())).collect();
        let loaded = load_files(&files);
        let found = loaded.findings.iter().filter(|finding| finding.code == code).map(|finding| {
            let at = finding.labels.first().and_then(|label| loaded.sources.locate(&label.place)).expect("a place");
            format!("{}:{} {} = {}", at.file, at.line, finding.message, finding.help.clone().unwrap_or_default())
        });
        found.collect()
    }

    /// The findings of one rule as `file:line message`; `!` before a graver, `?` before a milder one than usual.
    pub(crate) fn of(&self, code: &str) -> Vec<String> {
        let files: Files =
            self.files.iter().map(|(file, text)| (file.as_str().into(), text.as_bytes().into())).collect();
        let loaded = load_files(&files);
        let usual = super::rule(code).expect("a rule").severity;
        let rules: Vec<_> = super::RULES.iter().map(|rule| rule.code).collect();
        let broken: Vec<_> = loaded.findings.iter().filter(|finding| !rules.contains(&&*finding.code)).collect();
        assert!(broken.is_empty(), "the test's catalogue is broken: {broken:#?}");
        let found = loaded.findings.iter().filter(|finding| finding.code == code);
        let shown = found.map(|finding| {
            let at = finding.labels.first().and_then(|label| loaded.sources.locate(&label.place)).expect("a place");
            let mark = match finding.severity.cmp(&usual) {
                std::cmp::Ordering::Less => "?",
                std::cmp::Ordering::Equal => "",
                std::cmp::Ordering::Greater => "!",
            };
            assert!(finding.help.is_some(), "a finding says the way out: {finding:?}");
            format!("{mark}{}:{} {}", at.file, at.line, finding.message)
        });
        shown.collect()
    }
}
