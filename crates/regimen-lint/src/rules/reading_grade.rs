//! `reading-grade`: texts that a reader can follow.

use std::collections::BTreeSet;

use super::Citation;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::threshold::{Amount, Threshold};
use crate::view::{CatalogView, in_languages, is_english, words_path};
use regimen_model::diagnostic::{FieldPath, Place, Severity};
use regimen_model::prose::{ProseBlock, plain_text, walk};
use rust_decimal::prelude::ToPrimitive;

const MOST: Threshold = Threshold {
    key: "most",
    default: "8",
    other: "10",
    amount: Amount::Count,
    meaning: "the highest school grade (years of school in the United States)",
};

/// Shorter texts say nothing about how they are written.
const LEAST_WORDS: usize = 30;

pub(super) static RULE: Rule = Rule {
    code: "reading-grade",
    severity: Severity::Warning,
    summary: "English steps and guides read at school grade 8 or lower",
    explanation: "Many adults read at the level of an eighth-grader or below, and nobody reads well in pain. The \
Flesch-Kincaid grade grows with long sentences and long words. It is asked of the steps of an exercise and of the \
paragraphs and lists of a guide, in English only, from 30 words on. Names of muscles count as short words, because there \
are no other words for them.

Wrong:

```yaml
steps:
  - Subsequently initiate a controlled eccentric descent, maintaining lumbar neutrality while simultaneously
    distributing pressure evenly throughout the entire plantar surface.
```

Right:

```yaml
steps:
  - Lower the bar slowly. Keep your back straight and your weight on the whole foot.
```
",
    sources: &[
        Citation {
            text: "Kincaid et al. 1975: Derivation of new readability formulas for Navy enlisted personnel",
            address: None,
        },
        Citation {
            text: "Badarudeen and Sabharwal 2010: Assessing readability of patient education materials",
            address: Some("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3049622/"),
        },
    ],
    thresholds: &[MOST],
    rising: &[],
    check: Check::Catalog(check),
};

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    let catalog = view.catalog;
    let known = muscle_words(view);
    for exercise in catalog.exercises.values() {
        for (_, file, words) in in_languages(exercise, catalog).filter(|(tag, ..)| is_english(tag)) {
            let mut text = Text::new(&known);
            words.steps.iter().for_each(|step| text.add(&step.plain()));
            let place = Place::key(file.clone(), words_path(exercise, file, "steps"));
            judge(&text, &format!("the steps of `{}`", exercise.id), place, report);
        }
    }
    for guide in catalog.guides.values() {
        for (_, file, words) in in_languages(guide, catalog).filter(|(tag, ..)| is_english(tag)) {
            let mut text = Text::new(&known);
            read(&words.body, &mut text);
            let place = Place::value(file.clone(), FieldPath::root().key("title"));
            judge(&text, &format!("the guide `{}`", guide.id), place, report);
        }
    }
}

fn judge(text: &Text<'_>, what: &str, place: Place, report: &mut Report<'_>) {
    let most = report.limit(&MOST);
    let Some(grade) = text.grade().filter(|grade| *grade > most.to_f64().unwrap_or(f64::MAX)) else { return };
    // Kincaid gives the measure, not the limit.
    let basis = report.basis(None, &[&MOST]);
    let finding = report.finding(format!("{what} read at school grade {grade:.1}, over {most}{basis}"));
    let (length, sentence) = &text.longest;
    let start: String = sentence.chars().take(40).collect();
    let help =
        format!("use shorter sentences and words; the longest sentence has {length} words: `{}...`", start.trim());
    report.add(finding.at(place, "").help(help));
}

/// The words that muscles are called by.
fn muscle_words(view: &CatalogView<'_>) -> BTreeSet<String> {
    let muscles = view.catalog.muscles.values();
    let names = muscles.flat_map(|muscle| [muscle.words.name.to_string(), muscle.latin.clone().unwrap_or_default()]);
    names.flat_map(|name| words(&name).map(str::to_lowercase).collect::<Vec<_>>()).collect()
}

/// Adds the running text of a guide. Headings, tables and code are not read as sentences.
fn read(blocks: &[ProseBlock], text: &mut Text<'_>) {
    for block in walk(blocks) {
        if let ProseBlock::Paragraph(content) = block {
            text.add(&plain_text(content));
        }
    }
}

/// Sentences, words and syllables of a text.
struct Text<'a> {
    known: &'a BTreeSet<String>,
    sentences: usize,
    words: usize,
    syllables: usize,
    longest: (usize, String),
}

impl<'a> Text<'a> {
    fn new(known: &'a BTreeSet<String>) -> Self {
        Self { known, sentences: 0, words: 0, syllables: 0, longest: (0, String::new()) }
    }

    fn add(&mut self, paragraph: &str) {
        for sentence in sentences(paragraph) {
            let length = words(sentence).count();
            if length == 0 {
                continue;
            }
            self.sentences += 1;
            self.words += length;
            self.syllables += words(sentence).map(|word| self.syllables_of(word)).sum::<usize>();
            if length > self.longest.0 {
                self.longest = (length, sentence.trim().to_owned());
            }
        }
    }

    fn syllables_of(&self, word: &str) -> usize {
        let word = word.to_lowercase();
        let counted = syllables(&word);
        if counted > 2 && self.known.contains(&word) { 2 } else { counted }
    }

    /// The Flesch-Kincaid grade, if there is text enough.
    #[expect(clippy::cast_precision_loss, reason = "no text has more words than a float counts exactly")]
    fn grade(&self) -> Option<f64> {
        let [sentences, words, syllables] = [self.sentences, self.words, self.syllables].map(|count| count as f64);
        (self.words >= LEAST_WORDS).then(|| 0.39 * words / sentences + 11.8 * syllables / words - 15.59)
    }
}

/// A sentence ends at a mark that a blank follows, so that `0.5` does not end one.
fn sentences(text: &str) -> Vec<&str> {
    let (mut found, mut start) = (Vec::new(), 0);
    for (at, mark) in text.match_indices(['.', '!', '?', ';', ':']) {
        let end = at + mark.len();
        if text[end..].chars().next().is_none_or(char::is_whitespace) {
            found.push(&text[start..end]);
            start = end;
        }
    }
    found.push(&text[start..]);
    found
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let inner = |c: char| c.is_alphanumeric() || c == '\'' || c == '’';
    text.split(move |c| !inner(c)).filter(|word| word.chars().any(char::is_alphanumeric))
}

/// How many syllables an English word has, by its groups of vowels. Numbers count one.
fn syllables(word: &str) -> usize {
    let vowel = |c: &char| "aeiouy".contains(*c);
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    let starts = (0..letters.len()).filter(|at| vowel(&letters[*at]) && (*at == 0 || !vowel(&letters[at - 1])));
    let groups = starts.count();
    let silent = match letters.as_slice() {
        [.., before, 'l', 'e'] | [.., before, 'l', 'e', 's' | 'd'] => vowel(before),
        [.., 't' | 'd', 'e', 'd'] => false,
        [.., before, 'e', 'd'] | [.., before, 'e'] => !vowel(before),
        [.., 'c' | 'g' | 's' | 'x' | 'z' | 'h', 'e', 's'] => false,
        [.., before, 'e', 's'] => !vowel(before),
        _ => false,
    };
    (groups - usize::from(silent && groups > 1)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Lint;

    #[test]
    fn syllables_are_counted_as_people_say_them() {
        for (word, expected) in [
            ("a", 1),
            ("knee", 1),
            ("raise", 1),
            ("lower", 2),
            ("little", 2),
            ("handle", 2),
            ("hinged", 1),
            ("lifted", 2),
            ("exercise", 3),
            ("exercises", 4),
            ("muscles", 2),
            ("hamstring", 2),
            ("stability", 4),
            ("12", 1),
            ("scale", 1),
            ("heels", 1),
            ("times", 1),
        ] {
            assert_eq!(syllables(word), expected, "{word}");
        }
    }

    fn of(step: &str) -> Vec<String> {
        let text = format!(
            "kind: strength\npattern: hinge\nlaterality: bilateral\nlevel: 1\ndefaults: {{reps: 1}}\n\
             muscles: [{{target: muscle:soleus, role: prime}}]\nwords:\n  name: N\n  summary: S.\n  steps: [{step}]\n"
        );
        Lint::new().file("exercises/a.yaml", &text).of("reading-grade")
    }

    #[test]
    fn long_words_and_sentences_raise_the_grade() {
        let hard = "Subsequently initiate a controlled eccentric descent while maintaining lumbar neutrality and \
                    simultaneously distributing pressure evenly throughout the entire plantar surface of both of \
                    your feet until resistance terminates the movement";
        let said = of(hard);
        assert!(said[0].starts_with("exercises/a.yaml:10 the steps of `a` read at school grade "), "{said:?}");
        let easy = "Lower the bar slowly. Keep your back flat. Push your hips back. Stop when you feel a stretch. \
                    Then drive your hips forward and stand up tall. Breathe out on the way up. Rest for a while.";
        assert_eq!(of(easy), [""; 0]);
        assert_eq!(of("Subsequently initiate eccentric neutrality"), [""; 0], "too short to say");
    }

    #[test]
    fn names_of_muscles_are_not_held_against_a_text() {
        let known = BTreeSet::from(["semitendinosus".to_owned()]);
        let text = |known| {
            let mut text = Text::new(known);
            text.add("The semitendinosus bends the knee.");
            text.syllables
        };
        assert_eq!(text(&known) + 4, text(&BTreeSet::new()));
    }
}
