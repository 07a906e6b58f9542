//! `split-sentence`: a sentence in brackets that its commas cut into several items.

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::{CatalogView, in_languages, words_path};
use regimen_model::catalog::{Tabled, by_kind};
use regimen_model::diagnostic::{Diagnostic, FieldPath, FilePath, Place, Severity};
use regimen_model::language::LanguageTag;
use regimen_model::model::{Entity, Table, Words};
use regimen_model::prose::InlineText;
use regimen_model::reference::Kind;

pub(super) static RULE: Rule = Rule {
    code: "split-sentence",
    severity: Severity::Warning,
    summary: "A sentence in a list is one item",
    explanation: "In a list in brackets, every comma starts a new item. A sentence with a comma in it becomes two \
items, and a handout prints two halves as two points. So write lists of sentences with a line for each item, which starts with \
`- `: there a comma is only a comma. Brackets are fine for ids, tags and other names, and for sentences in quotes.

This rule looks at `notes`, `setup`, `steps`, `cues`, `mistakes` and `stop_if`, in every language. It reports an item in brackets, \
without quotes, that seems to go on with the item before it: a small letter after an item that starts with a capital, a word such as \
\"and\" or \"but\", the only full stop of both, or the second half of a number such as `7,5`.

Wrong, as it prints two notes:

```yaml
notes: [Swap days if you must, but leave a day between]
```

Right:

```yaml
notes:
  - Swap days if you must, but leave a day between
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Catalog(check),
};

/// Words that go on with a sentence, by language. A list without any capital may start its items with other small words.
const CONJUNCTIONS: &[(&str, &[&str])] = &[
    ("bg", &["и", "но", "или", "а"]),
    ("cs", &["a", "ale", "nebo", "ani"]),
    ("da", &["og", "men", "eller"]),
    ("de", &["und", "aber", "oder", "sondern", "denn", "doch", "sowie", "weil"]),
    ("el", &["και", "αλλά", "ή"]),
    ("en", &["and", "but", "or", "nor", "yet", "so", "because", "unless", "although", "which"]),
    ("es", &["y", "e", "o", "u", "ni", "pero", "sino", "porque"]),
    ("fi", &["ja", "tai", "mutta", "vaan"]),
    ("fr", &["et", "ou", "mais", "ni", "car", "donc"]),
    ("he", &["או", "אבל", "אך"]),
    ("hi", &["और", "या", "लेकिन", "परन्तु"]),
    ("hu", &["és", "vagy", "de"]),
    ("id", &["dan", "atau", "tetapi"]),
    ("it", &["e", "ed", "o", "oppure", "ma", "perché"]),
    ("ko", &["그리고", "또는", "하지만", "그러나"]),
    ("nb", &["og", "men", "eller"]),
    ("nl", &["en", "of", "maar", "want", "omdat"]),
    ("no", &["og", "men", "eller"]),
    ("pl", &["i", "oraz", "lub", "albo", "ale"]),
    ("pt", &["e", "ou", "mas", "nem", "porque"]),
    ("ro", &["și", "sau", "dar"]),
    ("ru", &["и", "но", "или", "а"]),
    ("sk", &["a", "ale", "alebo"]),
    ("sv", &["och", "men", "eller", "utan"]),
    ("tr", &["ve", "veya", "ama"]),
    ("uk", &["і", "й", "та", "але", "або"]),
    ("vi", &["và", "hoặc", "nhưng"]),
];

/// The marks that end a sentence, or hand over to the next one.
const ENDS: &[char] = &['.', '!', '?', ':', ';', '…', '。', '！', '？', '：', '；', '؟', '۔', '।', '॥', '។', '။', '።'];

/// The most characters of an author's text in a message.
const MOST: usize = 100;

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    for kind in Kind::ALL {
        by_kind!(kind, T => table(view, T::table(view.catalog), report));
    }
}

fn table<T: Entity>(view: &CatalogView<'_>, table: &Table<T>, report: &mut Report<'_>) {
    for entry in table.values() {
        for (language, file, words) in in_languages(entry, view.catalog) {
            for (key, lines) in words.lists() {
                let path = words_path(entry, file, key);
                check_list(view, &Listed { language, file, key, path, lines }, report);
            }
        }
    }
}

/// A list of prose, and where it is written.
struct Listed<'a> {
    language: &'a LanguageTag,
    file: &'a FilePath,
    key: &'a str,
    path: FieldPath,
    lines: &'a [InlineText],
}

fn check_list(view: &CatalogView<'_>, listed: &Listed<'_>, report: &mut Report<'_>) {
    let Listed { language, file, key, path, lines } = listed;
    let items: Vec<String> = lines.iter().map(|line| line.plain().trim().to_owned()).collect();
    let list = Items { items: &items, conjunctions: conjunctions(language) };
    // Where nothing could be a half, nobody has to look how the list is written.
    if list.split(&|_| Some(Glue::Tight)).is_empty() {
        return;
    }
    let (Some(text), Some(written)) = (view.sources.text(file), view.sources.in_brackets(file, path)) else { return };
    let bytes = |item: usize| written.get(item).cloned().flatten();
    let glue = |item: usize| {
        let between = text.get(bytes(item.checked_sub(1)?)?.end..bytes(item)?.start)?;
        Some(if between == "," { Glue::Tight } else { Glue::Blank })
    };
    for split in list.split(&glue) {
        let whole = bytes(split.start).zip(bytes(split.end)).and_then(|(from, to)| text.get(from.start..to.end));
        let place = Place::value((*file).clone(), path.clone().index(split.first));
        let half = items.get(split.first).map_or("", String::as_str);
        let message = format!(
            "`{}` looks like the middle of a sentence: in brackets a comma starts a new item, so `{key}` has {} items",
            short(half),
            items.len()
        );
        report.add(with_help(report.finding(message).at(place, ""), key, whole.unwrap_or_default()));
    }
}

/// How to write the sentence so that it stays whole.
fn with_help(finding: Diagnostic, key: &str, written: &str) -> Diagnostic {
    let sentence = written.split_whitespace().collect::<Vec<_>>().join(" ");
    if sentence.chars().count() > MOST {
        return finding.help(format!(
            "below `{key}:`, write a line for each item that starts with `- `; or put quotes around the whole sentence"
        ));
    }
    let quoted = if sentence.contains(['"', '\\']) {
        format!("'{}'", sentence.replace('\'', "''"))
    } else {
        format!("\"{sentence}\"")
    };
    finding.help(format!(
        "below `{key}:`, write a line for each item that starts with `- `, such as `- {sentence}`; or put quotes around the \
         whole sentence: `{quoted}`"
    ))
}

fn short(text: &str) -> String {
    let start: String = text.chars().take(MOST).collect();
    if text.chars().nth(MOST).is_some() { format!("{start}...") } else { start }
}

fn conjunctions(language: &LanguageTag) -> &'static [&'static str] {
    let primary = language.as_str().split('-').next().unwrap_or_default();
    CONJUNCTIONS.iter().find(|(tag, _)| *tag == primary).map_or(&[], |(_, words)| words)
}

/// What is written between two items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Glue {
    /// A comma alone, as within a number.
    Tight,
    /// A comma and blanks.
    Blank,
}

/// A sentence in several items.
struct Split {
    /// The item in which it starts.
    start: usize,
    /// The first item that goes on with it.
    first: usize,
    /// The last one.
    end: usize,
}

/// How an item starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    Capital,
    Small,
    /// With a number, or in a script that has no capitals.
    Other,
}

/// The items of a list as they are read.
struct Items<'a> {
    items: &'a [String],
    conjunctions: &'a [&'a str],
}

impl Items<'_> {
    /// The sentences that are split. `glue` says what is between an item and the one before it; `None` if one of them is in
    /// quotes, so that the comma between them is meant.
    fn split(&self, glue: &dyn Fn(usize) -> Option<Glue>) -> Vec<Split> {
        let mut found: Vec<Split> = Vec::new();
        let mut start = 0;
        for item in 1..self.items.len() {
            let open = found.last_mut().filter(|split| split.end + 1 == item);
            let goes_on = glue(item).is_some_and(|glue| self.goes_on(start, item, glue, open.is_some()));
            match (goes_on, open) {
                (true, Some(split)) => split.end = item,
                (true, None) => found.push(Split { start, first: item, end: item }),
                (false, _) => start = item,
            }
        }
        found
    }

    /// Whether an item goes on with the sentence that starts in another one; `open` if the item before it does.
    fn goes_on(&self, start: usize, item: usize, glue: Glue, open: bool) -> bool {
        let [first, before, this] = [start, item.saturating_sub(1), item].map(|at| self.items[at].as_str());
        let within_a_number = glue == Glue::Tight
            && before.ends_with(|last: char| last.is_numeric())
            && this.starts_with(|first: char| first.is_numeric());
        let after_capital = starts(this) == Start::Small && starts(first) == Start::Capital;
        // "Walk on a slope, e.g., stairs": known to be split, so that the full stop is that of a short form.
        if within_a_number || (open && after_capital) {
            return true;
        }
        if starts(this) == Start::Capital || ends(before) {
            return false;
        }
        // Where each item has a capital, an amount is an item of its own: "Chest up, Heels down, 10 breaths".
        let alone = self.items.iter().skip(1).all(|item| starts(item) != Start::Capital);
        let figure_after_capital = starts(first) == Start::Capital && is_amount(this) && alone;
        after_capital || figure_after_capital || self.is_conjunction(this) || ends(this)
    }

    fn is_conjunction(&self, item: &str) -> bool {
        let word = item.split(|c: char| !c.is_alphabetic() && !is_mark(c)).next().unwrap_or_default();
        let rest = item.len() > word.len();
        rest && self.conjunctions.contains(&word)
    }
}

/// A vowel sign or another mark of scripts such as Devanagari, which no letter is without.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036f}' | '\u{0591}'..='\u{05c7}' | '\u{0900}'..='\u{0903}' | '\u{093a}'..='\u{094f}')
}

fn starts(item: &str) -> Start {
    let opening = |c: char| "([{“„«‹‘*_~-–—…¿¡".contains(c);
    match item.trim_start_matches(opening).chars().next() {
        Some(c) if c.is_uppercase() => Start::Capital,
        Some(c) if c.is_lowercase() => Start::Small,
        Some(_) | None => Start::Other,
    }
}

/// Whether an item starts with an amount, as in "3 s down": a figure, and then a word that is no name.
fn is_amount(item: &str) -> bool {
    let rest = item.trim_start_matches(|c: char| c.is_ascii_digit() || ".-–:".contains(c));
    rest.len() < item.len() && rest.trim_start().starts_with(char::is_lowercase)
}

fn ends(item: &str) -> bool {
    item.trim_end_matches([')', ']', '}', '"', '\'', '”', '’', '»', '›', '*', '_']).ends_with(ENDS)
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    /// What is said of an exercise with a list in its words; the list starts in line 4.
    fn of(list: &str) -> Vec<String> {
        let text = format!(
            "kind: strength\ndefaults: {{reps: 8}}\nwords:\n  {list}\n  name: N\n{}",
            if list.contains("steps:") { "" } else { "  steps: [Do it.]\n" }
        );
        Lint::new().file("exercises/one.yaml", &text).of("split-sentence")
    }

    /// The halves that are found in a list.
    fn halves(list: &str) -> Vec<String> {
        let half = |said: String| said.split('`').nth(1).unwrap().to_owned();
        of(list).into_iter().map(half).collect()
    }

    #[test]
    fn a_sentence_in_brackets_is_found_where_it_is_cut() {
        let words = "words:\n  name: P\n  summary: S.\n  goal: G.\n  audience: A.\n  notes: [Swap days if you must, but leave a day between]\n";
        let program = format!(
            "level: 2\nphases:\n  - {{id: a, kind: base, weeks: 1, sessions: [{{session: s, day: 1}}]}}\n{words}"
        );
        let lint = Lint::new().session("s", "strength", "{exercise: hinge}").file("programs/p.yaml", &program);
        let place = "programs/p.yaml:9:34";
        let message = "`but leave a day between` looks like the middle of a sentence: in brackets a comma starts a new item, so `notes` has 2 items";
        let all = lint.all();
        let found: Vec<&String> = all.iter().filter(|said| said.contains("split-sentence")).collect();
        assert_eq!(found, [&format!("{place} split-sentence: {message}")]);
        let help = "below `notes:`, write a line for each item that starts with `- `, such as `- Swap days if you must, but leave \
                    a day between`; or put quotes around the whole sentence: `\"Swap days if you must, but leave a day between\"`";
        assert_eq!(lint.of_with_help("split-sentence"), [format!("programs/p.yaml:9 {message} = {help}")]);
    }

    #[test]
    fn every_list_of_prose_and_every_kind_of_half_is_seen() {
        for (list, expected) in [
            ("setup: [Stand tall, feet apart, and breathe.]", &["feet apart"][..]),
            ("steps: [Lift., Lower the heel slowly, without a bounce, Rest]", &["without a bounce"]),
            ("cues: [Knees out, heels down, Chest up, eyes ahead]", &["heels down", "eyes ahead"]),
            ("mistakes: [the back rounds, or the knees fall in]", &["or the knees fall in"]),
            ("stop_if: [Your calf hurts, e.g., on stairs, or at rest]", &["e.g."]),
            ("steps: [Jog 7,5 km, Rest]", &["5 km"]),
            ("steps: [Squat slowly, 3 s down, 1 s up]", &["3 s down"]),
            ("cues: [Hold it, 10-20 seconds, then relax]", &["10-20 seconds"]),
            ("steps: [Hold for ten breaths, 3 times.]", &["3 times."]),
            ("steps: [站直, 双脚分开。]", &["双脚分开。"]),
            ("steps: [Stand\n    tall, (feet\n    apart)]", &["(feet apart)"]),
        ] {
            assert_eq!(halves(list), expected, "{list}");
        }
    }

    #[test]
    fn lists_that_mean_their_commas_are_fine() {
        for list in [
            "cues: [chest up, heels down, eyes ahead]",
            "cues: [Chest up, Heels down, 10 breaths]",
            "cues: [Chest up., heels down.]",
            "cues: [10 breaths, 20 breaths]",
            "cues: [\"Stand tall, feet apart, and breathe.\"]",
            "cues: ['Stand tall', 'and breathe']",
            "cues: [Stand tall, \"and breathe\"]",
            "cues: [\"Stand tall\", and breathe]",
            "cues:\n    - Stand tall\n    - and breathe",
            "cues:\n    - Stand tall, feet apart, and breathe.",
            "aliases: [Calf raise, or heel raise, toe raise]",
        ] {
            assert_eq!(of(list), [""; 0], "{list}");
        }
        let guide =
            "---\ntitle: G\nsummary: S.\ntags: [Home, gym, and more.]\nauthors: [Ann Lee, and others]\n---\n\nText.\n";
        let lint = Lint::new().file("guides/g.md", guide).file(
            "regimen.yaml",
            "language: en\nbrand: {contacts: [12 Mill Lane, Leeds, and mail, hello@x.org]}\nwords: {title: T}\n",
        );
        assert_eq!(lint.of("split-sentence"), [""; 0]);
    }

    #[test]
    fn translations_are_read_in_their_own_language() {
        let of = |language: &str, list: &str| {
            let file = format!("exercises/hinge.{language}.yaml");
            Lint::new().file(&file, &format!("name: N\n{list}\n")).of("split-sentence")
        };
        let message = |file: &str, half: &str| {
            format!(
                "{file} `{half}` looks like the middle of a sentence: in brackets a comma starts a new item, so `steps` has 2 items"
            )
        };
        let german = "steps: [Tausche Tage, aber lass einen Tag frei]";
        assert_eq!(of("de", german), [message("exercises/hinge.de.yaml:2", "aber lass einen Tag frei")]);
        let hindi = "steps: [दिन बदलें, लेकिन एक दिन छोड़ें]";
        assert_eq!(of("hi", hindi), [message("exercises/hinge.hi.yaml:2", "लेकिन एक दिन छोड़ें")]);
        assert_eq!(of("de", "steps: [Tausche Tage, Lass einen Tag frei]"), [""; 0]);
        assert_eq!(of("de", &format!("{german}\nallow: {{split-sentence: two steps}}")), [""; 0]);
    }

    #[test]
    fn a_long_sentence_is_not_written_out_in_the_help() {
        let list = format!("  setup: [Stand tall, and {}, breathe]", "walk ".repeat(200));
        let text = format!("kind: strength\ndefaults: {{reps: 8}}\nwords:\n{list}\n  name: N\n  steps: [S.]\n");
        let said = Lint::new().file("exercises/one.yaml", &text).of_with_help("split-sentence");
        assert!(said.len() == 1 && said[0].len() < 450, "{said:?}");
        assert!(said[0].ends_with("that starts with `- `; or put quotes around the whole sentence"), "{said:?}");
    }

    #[test]
    fn quotes_that_are_suggested_hold_the_sentence() {
        let text =
            "kind: strength\ndefaults: {reps: 8}\nwords:\n  name: N\n  steps: [Don't say \"no\", but \"later\"]\n";
        let said = Lint::new().file("exercises/one.yaml", text).of_with_help("split-sentence");
        assert!(said[0].ends_with("`'Don''t say \"no\", but \"later\"'`"), "{said:?}");
    }
}
