//! `blank-item`: an item of a list that shows nothing.

use super::CONVENTION;
use super::translation_safety::without_stop_rule;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::{CatalogView, words_path};
use regimen_model::catalog::{Tabled, by_kind};
use regimen_model::diagnostic::{FilePath, Place, Severity};
use regimen_model::model::{Entity, SessionWords, Table, Words};
use regimen_model::reference::Kind;

pub(super) static RULE: Rule = Rule {
    code: "blank-item",
    severity: Severity::Error,
    summary: "No item of a list and no text of a session is empty",
    explanation: "An empty item prints as a bullet without words, and below \"Stop if\" it looks as if nothing had to \
stop the reader. Blanks, marks without a width and links without words show nothing. Checked are `setup`, `cues`, `mistakes` and \
`stop_if` of exercises, `notes` of programmes, and the `texts` of sessions and fragments; `no-steps` checks the steps, and `translation-safety` a `stop_if` of a translation with nothing but such items. A list of a translation that shows nothing at \
all counts as left out, so that the list of the default language is printed.

Wrong:

```yaml
stop_if:
  - Pain in the calf.
  - \"\"
```

Right:

```yaml
stop_if:
  - Pain in the calf.
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Catalog(check),
};

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    // The rule `translation-safety` reports a whole list of stop rules that shows nothing.
    let reported: Vec<&FilePath> =
        without_stop_rule(view.catalog).map(|(_, _, translation)| &translation.file).collect();
    for kind in Kind::ALL {
        by_kind!(kind, T => of_each(T::table(view.catalog), &reported, report));
    }
    texts(&view.catalog.sessions, report);
    texts(&view.catalog.fragments, report);
}

/// The texts of blocks, of which nothing else says what to do. One of a translation that shows nothing counts as left out.
fn texts<T: Entity<Words = SessionWords>>(entries: &Table<T>, report: &mut Report<'_>) {
    for entry in entries.values() {
        for (key, _) in entry.words.texts.iter().filter(|(_, text)| text.is_blank()) {
            let message = format!("the text `{key}` of `{}` shows nothing", entry.id);
            let path = words_path(entry, &entry.file, "texts").key(key.as_str());
            let finding = report.finding(message).at(Place::value(entry.file.clone(), path), "");
            report.add(finding.help("write what it says, or delete it and the `text:` block that names it"));
        }
    }
}

fn of_each<T: Entity>(entries: &Table<T>, reported: &[&FilePath], report: &mut Report<'_>) {
    for entry in entries.values() {
        for (file, words) in entry.all_words() {
            let elsewhere = |key| key == "steps" || key == "stop_if" && reported.contains(&file);
            for (key, lines) in words.lists().into_iter().filter(|(key, _)| !elsewhere(*key)) {
                for (index, _) in lines.iter().enumerate().filter(|(_, line)| line.is_blank()) {
                    let message = format!("item {} of `{key}` of `{}` shows nothing", index + 1, entry.id);
                    let place = Place::key(file.clone(), words_path(entry, file, key).index(index));
                    report.add(report.finding(message).at(place, "").help("write what it says, or delete it"));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn an_item_that_shows_nothing_is_found_where_it_is() {
        let of = |list: &str| {
            let facts = "kind: strength, pattern: hinge, defaults: {reps: 1}";
            let words = format!("name: N, summary: S., steps: [A.], {list}");
            Lint::new().file("exercises/one.yaml", &format!("{{{facts}, words: {{{words}}}}}\n")).of("blank-item")
        };
        for nothing in ["\"\"", "\" \"", "\"\\u200b\"", "\"\\u2800\"", "\"**\\u200b**\"", "\"[](https://a.example)\""] {
            assert_eq!(
                of(&format!("stop_if: [Pain., {nothing}]")),
                ["exercises/one.yaml:1 item 2 of `stop_if` of `one` shows nothing"],
                "{nothing}"
            );
        }
        assert_eq!(of("cues: [\"[](muscle:soleus)\"]"), [""; 0], "a link to an entry shows its name");
        assert_eq!(of("cues: [Slow.]"), [""; 0]);
    }

    #[test]
    fn a_text_of_a_session_that_shows_nothing_is_found() {
        let of = |text: &str| {
            let session = format!(
                "kind: rest\nduration: 1 min\nmain: [{{text: walk}}]\nwords:\n  name: S\n  texts:\n    walk: {text}\n"
            );
            Lint::new().file("sessions/s.yaml", &session).of("blank-item")
        };
        for nothing in ["\"\"", "\"\\u200b\"", "\"[](https://a.example)\""] {
            assert_eq!(of(nothing), ["sessions/s.yaml:7 the text `walk` of `s` shows nothing"], "{nothing}");
        }
        assert_eq!(of("Walk."), [""; 0]);
    }

    #[test]
    fn notes_of_translations_are_checked_and_lists_of_nothing_count_as_left_out() {
        let of = |words: &str| {
            let lint = Lint::new().program("", "strength", 1).file("programs/p.de.yaml", &format!("{words}\n"));
            lint.of("blank-item")
        };
        assert_eq!(of("notes: [A., \"\"]"), ["programs/p.de.yaml:1 item 2 of `notes` of `p` shows nothing"]);
        assert_eq!(of("name: P"), [""; 0]);
        let long = of("notes: [\" \"]");
        assert_eq!(long, ["programs/p.de.yaml:1 item 1 of `notes` of `p` shows nothing"]);
    }

    #[test]
    fn a_stop_rule_of_a_translation_that_shows_nothing_is_found_once() {
        let facts = "kind: strength, pattern: hinge, defaults: {reps: 1}, equipment: [], muscles: [{target: muscle:soleus, role: prime}]";
        let of = |original: &str, translated: &str| {
            let words = format!("name: N, summary: S., steps: [A.], {original}");
            let lint = Lint::new().file("exercises/one.yaml", &format!("{{{facts}, words: {{{words}}}}}\n"));
            let found = lint.file("exercises/one.de.yaml", &format!("name: N\n{translated}\n")).all();
            let of_file = found.into_iter().filter(|line| line.starts_with("exercises/one.de.yaml"));
            of_file.filter_map(|line| Some(line.split(' ').nth(1)?.to_owned())).collect::<Vec<_>>()
        };
        for nothing in ["\"\"", "\"\\u200b\"", "\"\\u3164\", \" \"", "\"[](https://a.example)\""] {
            let list = format!("stop_if: [{nothing}]");
            assert_eq!(of("stop_if: [Pain.]", &list), ["translation-safety:"], "{nothing}");
        }
        assert_eq!(of("stop_if: [Pain.]", "stop_if: [Schmerz., \"\"]"), ["translation-steps-differ:", "blank-item:"]);
        assert_eq!(of("cues: [Slow.]", "stop_if: [\"\"]"), ["blank-item:"]);
        assert_eq!(of("cues: [Slow., Calm.]", "cues: [\"\"]"), ["blank-item:"]);
    }
}
