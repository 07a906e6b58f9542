//! How a part of a run in a cell is read: how much, what, how fast, and what comes between.

use super::cell::{Between, BetweenManner, CellAmount, CellSession, CellStep, RUN};
use super::manner::manner;
use super::text::{Unreadable, is_number, outside, shown, split_outside};
use super::{CellWord, REST};
use crate::model::{RunTarget, StepLength};
use crate::quantity::{Count, Distance, Duration, LengthUnit, Literal, begins_with_zero};

use Unreadable::{Advised, Unknown};

/// The shortest run and the shortest repeat, in metres. Less is meant in miles or minutes.
const SHORTEST: [u32; 2] = [100, 20];

/// More than so many are minutes rather than repeats, where a number has no unit.
const MOST_REPEATS: u32 = 20;

/// The most words of a text that a message repeats as it should be.
const LONGEST_WHOLE: usize = 4;

/// How much, what, how fast, and what comes between.
pub(super) fn part(words: &str) -> Result<CellSession, Unreadable> {
    let (head, tail) = match split_outside(words, ",") {
        Some((head, tail)) => (head.trim(), Some(tail.trim())),
        None => (words, None),
    };
    let (work, target) = match split_outside(head, "@") {
        Some((work, target)) => (work.trim(), Some(target.trim())),
        None => (head, None),
    };
    let (amount, first) = amount_and_word(work)?;
    let (target, second) = match target {
        Some(text) => target_and_word(text).map(|(target, word)| (Some(target), word))?,
        None => (None, None),
    };
    let (between, third) = match tail {
        Some(text) => between_and_word(text).map(|(between, word)| (Some(between), word))?,
        None => (None, None),
    };
    let amount = repeated(amount, between, words)?;
    let mut named = [first, second, third].into_iter().flatten();
    let word = named.next();
    if let (Some(one), Some(other)) = (&word, named.next()) {
        if let Some(between) = between.filter(|_| matches!(amount, Some(CellAmount::Repeats { .. }))) {
            return Err(two_words_of_repeats(words, &between, &other));
        }
        return Err(Advised(format!(
            "`{}` names two sessions, `{one}` and `{other}`; write `+` between sessions",
            shown(words)
        )));
    }
    if amount.is_none() && word.is_none() {
        return Err(Unknown(format!("`{}` does not say what is done", shown(words))));
    }
    if matches!(amount, Some(CellAmount::Sets { .. })) && target.is_some() {
        let message =
            "the pace of a set stands inside of its brackets: write it as `2x(4x400 m @ 5k, 90 s jog), 3 min jog`";
        return Err(Advised(format!("`{}`: {message}", shown(words))));
    }
    match (&word, &amount) {
        (Some(word), &Some(CellAmount::Times(times))) if target.is_some() => Err(Advised(format!(
            "`{}` says how fast each is and not how long; write it as `{times}x60 s {word} @ 5k pace`",
            shown(words)
        ))),
        (None, &Some(CellAmount::Times(times))) => Err(Advised(format!(
            "`{}` does not say what is repeated; write it as `{times}x hills` or `{times}x400 m`",
            shown(words)
        ))),
        _ => Ok(CellSession { amount, word, target, within: None, then: Vec::new(), has_last_part: false, note: None }),
    }
}

/// That the word behind a pause is none for what is done in it: `6x1 min hard, 1 min easy`.
fn two_words_of_repeats(words: &str, between: &Between, word: &CellWord) -> Unreadable {
    let wrong = format!("`{}`: what comes between repeats is `jog`, `walk` or `rest`", shown(words));
    match manner(word.as_str()) {
        Some(manner) => Unknown(format!("{wrong}; write `{between} {manner}`")),
        None => Advised(format!(
            "{wrong}, and `{word}` is none of these; write `{between} jog` behind the comma, or `+` between two sessions of the day"
        )),
    }
}

/// An amount with what comes between its repeats.
fn repeated(amount: Option<CellAmount>, tail: Option<Between>, words: &str) -> Result<Option<CellAmount>, Unreadable> {
    Ok(match (amount, tail) {
        (amount, None) => amount,
        (Some(CellAmount::Repeats { times, each, .. }), between) => Some(CellAmount::Repeats { times, each, between }),
        (Some(CellAmount::Sets { times, steps, .. }), between) => Some(CellAmount::Sets { times, steps, between }),
        (Some(CellAmount::Times(times)), Some(between)) => {
            return Err(Advised(format!(
                "`{}` says what comes between and not how long each is; write it as `{times}x60 s hill, {between}`",
                shown(words)
            )));
        }
        (Some(CellAmount::Length(_)) | None, Some(_)) => {
            let message = "what stands behind the comma comes between repeats, and there are none";
            return Err(Unknown(format!("`{}`: {message}", shown(words))));
        }
    })
}

/// An amount and a word, in either order: `5 mi easy`, `easy 5 mi`.
fn amount_and_word(work: &str) -> Result<(Option<CellAmount>, Option<CellWord>), Unreadable> {
    if let Some(Bracketed { before, times, inner, after }) = bracketed(work) {
        let word = [before, after].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>();
        let sets = CellAmount::Sets { times, steps: set(inner)?, between: None };
        return Ok((Some(sets), word_of(&word, work)?));
    }
    let tokens: Vec<&str> = work.split(' ').filter(|token| !token.is_empty()).collect();
    // The longest text that is an amount; none has more blanks than `6 x 400 m`.
    for length in (1..=tokens.len().min(4)).rev() {
        let (first, rest) = tokens.split_at(length);
        let (before, last) = tokens.split_at(tokens.len() - length);
        for (written, beside) in [(first, [&[], rest]), (last, [before, &[]])] {
            // `400m in` are no minutes.
            if written.last() == Some(&"in") {
                continue;
            }
            if let Some(amount) = amount(&written.concat(), beside)? {
                return Ok((Some(amount), word_of(&beside.concat(), work)?));
            }
        }
    }
    Ok((None, word_of(&tokens, work)?))
}

/// The words behind an amount with the blank before them.
fn behind(words: &[&str]) -> String {
    words.iter().map(|word| format!(" {word}")).collect()
}

/// The words before an amount with the blank behind them.
fn before_of(words: &[&str]) -> String {
    words.iter().map(|word| format!("{word} ")).collect()
}

/// Reads an amount that is written without blanks; an error repeats the words before and behind it.
fn amount(written: &str, [before, after]: [&[&str]; 2]) -> Result<Option<CellAmount>, Unreadable> {
    if !written.starts_with(|c: char| c.is_ascii_digit()) {
        return Ok(None);
    }
    if let Some((times, each)) = written.split_once('x') {
        let Some(times) = Count::read(times) else { return Ok(None) };
        if each.is_empty() {
            return Ok(Some(CellAmount::Times(times)));
        }
        if is_number(each) {
            let before = format!("{}{times}x", before_of(before));
            let wrong = no_unit(each, &before, &behind(after));
            let help = format!(
                "sets of an exercise stand in its session, whose word the cell has, as `dose: {{sets: {times}, reps: {each}}}`"
            );
            return Err(Unknown(format!("{wrong}; {help}")));
        }
        let Some(each) = StepLength::read(each) else { return Ok(None) };
        let each = long_enough(each, 1)?;
        return Ok(Some(CellAmount::Repeats { times, each, between: None }));
    }
    if begins_with_zero(written) && (Duration::read(written).is_some() || Distance::read(written).is_some()) {
        return Err(Advised(format!(
            "`{written}` is nothing to do; write `{REST}` for a day on which nothing is done"
        )));
    }
    StepLength::read(written).map(|length| long_enough(length, 0).map(CellAmount::Length)).transpose()
}

/// Refuses `3 m` for a run: on paper it means miles or minutes.
fn long_enough(length: StepLength, of_repeats: usize) -> Result<StepLength, Unreadable> {
    match length {
        StepLength::Distance(distance)
            if distance.unit == LengthUnit::Metre && distance.amount.low() < SHORTEST[of_repeats].into() =>
        {
            let amount = distance.amount;
            Err(Advised(format!("`{amount} m` are {amount} metres; did you mean `{amount} mi` or `{amount} min`?")))
        }
        StepLength::Distance(_) | StepLength::Time(_) | StepLength::Open => Ok(length),
    }
}

/// Repeats of several steps, with the words around them.
struct Bracketed<'t> {
    before: &'t str,
    times: Count,
    inner: &'t str,
    after: &'t str,
}

/// Finds `2x(4x400 m @ 5k, 90 s jog)` in a text.
fn bracketed(work: &str) -> Option<Bracketed<'_>> {
    let (head, rest) = work.split_once('(')?;
    let (inner, after) = rest.split_once(')')?;
    let head = head.trim_end().strip_suffix('x')?.trim_end();
    let (before, times) = head.rsplit_once(' ').unwrap_or(("", head));
    Some(Bracketed { before: before.trim(), times: Count::read(times)?, inner: inner.trim(), after: after.trim() })
}

/// The steps of a set, with commas between them.
fn set(inner: &str) -> Result<Vec<CellStep>, Unreadable> {
    let mut steps: Vec<CellStep> = Vec::new();
    // Running and walking in turn. Beside steps with a pace, `run` may as well be what comes between them.
    let is_in_turn = !inner.contains('@') && outside(inner, ",").iter().any(|text| manner_of(text.trim()).is_some());
    for text in outside(inner, ",") {
        let text = text.trim();
        if let Some(between) = manner_of(text) {
            match steps.last_mut() {
                Some(CellStep::Work { amount: CellAmount::Repeats { between: own @ None, .. }, .. }) => {
                    *own = Some(between);
                }
                _ => steps.push(CellStep::Between(between)),
            }
            continue;
        }
        let written = part(text)?;
        match (written.amount, written.word) {
            (Some(amount @ (CellAmount::Length(_) | CellAmount::Repeats { .. })), None) => {
                steps.push(CellStep::Work { amount, target: written.target });
            }
            (Some(amount @ CellAmount::Length(_)), Some(word)) if is_in_turn && word.as_str() == RUN => {
                steps.push(CellStep::Work { amount, target: None });
            }
            _ => {
                return Err(Unknown(format!(
                    "`{}` is no step of a set; write it as `3x(400 m @ 5k, 90 s jog)`, `3x(1 min @ rpe 8, 90 s rest)` or `2x(4x400 m @ 5k, 90 s jog)`",
                    shown(text)
                )));
            }
        }
    }
    let is_paced = |step: &CellStep| matches!(step, CellStep::Work { target: Some(_), .. });
    let unpaced = steps.iter().find(|step| matches!(step, CellStep::Work { target: None, .. }));
    match unpaced {
        Some(step) if steps.iter().any(is_paced) => Err(Advised(format!(
            "`{step}` stands beside steps with a pace and says neither a pace nor what is done; write `{step} jog`, `{step} walk`, \
             `{step} rest` or `{step} @ 5k`"
        ))),
        None if !steps.iter().any(is_paced) => {
            Err(Unknown(format!("`({})` has only what comes between repeats", shown(inner))))
        }
        _ => Ok(steps),
    }
}

/// A text that is what comes between repeats and says what is done: `90 s jog`.
pub(super) fn manner_of(text: &str) -> Option<Between> {
    let (between, word) = between_and_word(text).ok()?;
    (word.is_none() && between.manner.is_some()).then_some(between)
}

/// The longest text that is a target, and the word behind it. `pace` may be left out: `@ 5k`.
fn target_and_word(text: &str) -> Result<(RunTarget, Option<CellWord>), Unreadable> {
    if text.is_empty() {
        return Err(Advised(
            "nothing stands behind the `@`; write a target such as `5k pace`, or leave the `@` out".to_owned(),
        ));
    }
    let tokens: Vec<&str> = text.split(' ').filter(|token| !token.is_empty()).collect();
    for length in (1..=tokens.len()).rev() {
        let written = tokens[..length].join(" ");
        let target = target(&written);
        if let Some(target) = target {
            return Ok((target, word_of(&tokens[length..], text)?));
        }
    }
    // The message knows other spellings and says which are meant.
    Err(match text.parse::<RunTarget>() {
        Err(bad) => Unknown(bad.to_string()),
        Ok(_) => Unknown(format!("`{}` is no target", shown(text))),
    })
}

/// A target as cells have it, in which `pace` may be left out.
pub(super) fn target(written: &str) -> Option<RunTarget> {
    let beside = |sign: &str| {
        let (pace, offset) = written.split_once(sign)?;
        RunTarget::read(&format!("{pace} pace{sign}{offset}"))
    };
    RunTarget::read(written)
        .or_else(|| RunTarget::read(&format!("{written} pace")))
        .or_else(|| RunTarget::read(&written.replace('w', "W")))
        .or_else(|| beside(" + "))
        .or_else(|| beside(" - "))
}

/// What comes between repeats, and the word behind it.
fn between_and_word(text: &str) -> Result<(Between, Option<CellWord>), Unreadable> {
    if text.is_empty() {
        return Err(Advised("nothing stands behind the last `,`; leave it out".to_owned()));
    }
    let tokens: Vec<&str> = text.split(' ').filter(|token| !token.is_empty()).collect();
    for length in (1..=tokens.len().min(4)).rev() {
        let Some(read) = StepLength::read(&tokens[..length].concat()).filter(|length| *length != StepLength::Open)
        else {
            continue;
        };
        let manner =
            tokens.get(length).and_then(|word| BetweenManner::ALL.into_iter().find(|one| one.as_str() == *word));
        let rest = &tokens[length + usize::from(manner.is_some())..];
        return Ok((Between { length: read, manner }, word_of(rest, text)?));
    }
    if let Some(number) = tokens.first().filter(|token| is_number(token)) {
        if let Some(unit) = tokens.get(1).filter(|unit| is_unit(unit)) {
            return Err(Advised(format!(
                "`{} {unit}` is no pause; leave it out, or write how long it is",
                shown(number)
            )));
        }
        return Err(Unknown(no_unit(number, "", &behind(&tokens[1..]))));
    }
    let message = "does not say what comes between the repeats; write it as `200 m jog`, `90 s rest`; the parts of one run have \
                   `, then` between them";
    Err(Unknown(format!("`{}` {message}", shown(text))))
}

/// The word that these tokens are together, if there are any.
fn word_of(tokens: &[&str], around: &str) -> Result<Option<CellWord>, Unreadable> {
    if tokens.is_empty() {
        return Ok(None);
    }
    let text = tokens.join(" ");
    let is_paced = |at: usize| tokens[at] == "at" && target(&tokens[at + 1..].join(" ")).is_some();
    if (0..tokens.len()).any(is_paced) {
        return Err(Unknown(format!("`{}`: before a pace stands `@`; write `@` for `at`", shown(around))));
    }
    if let Ok(word) = text.parse() {
        return Ok(Some(word));
    }
    Err(Unknown(unit_missing(&text, around).unwrap_or_else(|| format!("`{}` cannot be read", shown(around)))))
}

/// What is wrong with the first number in a text that should be a word, if there is one: it has no unit, or cannot be an amount.
fn unit_missing(text: &str, around: &str) -> Option<String> {
    let written: Vec<&str> = text.split(' ').collect();
    if let [times, word] = written.as_slice()
        && STRIDES.contains(word)
        && let Some(times) = Count::read(times)
    {
        return Some(format!(
            "`{}` says how many and not how long each is; write `{times}x20 s strides`, and `with` between them and the run that they are \
             a part of",
            shown(text)
        ));
    }
    let (at, number) = written.iter().enumerate().find(|(_, token)| is_number(token))?;
    let (next, rest) = (written.get(at + 1).copied().unwrap_or_default(), written.get(at + 1..).unwrap_or_default());
    if let Some(amount) = number.strip_prefix('-') {
        return Some(format!(
            "`{}` begins with a minus; write `{}`",
            shown(around),
            format!("{amount} {}", rest.join(" ")).trim_end()
        ));
    }
    if is_unit(next) {
        let whole = number.split('.').next().unwrap_or_default();
        let is_huge = whole.trim_start_matches('0').len() > 6;
        return is_huge.then(|| format!("`{} {next}` is too much; write an amount of at most 1000000", shown(number)));
    }
    let word = if around.starts_with(number) { shown(&rest.join(" ")) } else { String::new() };
    let (before, behind) = match written.len() {
        ..=LONGEST_WHOLE => (before_of(&written[..at]), behind(rest)),
        _ => (String::new(), String::new()),
    };
    let [miles, kilometres, minutes] =
        ["mi", "km", "min"].map(|unit| format!("`{before}{} {unit}{behind}`", shown(number)));
    let is_count = Count::read(number).is_some_and(|count| count.0.high() <= MOST_REPEATS);
    let repeats = match word.is_empty() || !is_count {
        true => String::new(),
        false => format!("; so many repeats are `{number}x {word}`"),
    };
    Some(format!("`{number}` has no unit; write {miles}, {kilometres} or {minutes}{repeats}"))
}

/// What short fast runs at the end of a run are called.
pub(super) const STRIDES: [&str; 9] =
    ["strides", "stride", "striders", "st", "pickups", "pick-ups", "surges", "accelerations", "accels"];

fn is_unit(token: &str) -> bool {
    StepLength::read(&format!("1{token}")).is_some()
}

/// Says that a number of repeats or between them has no unit: from 100 on it is metres of a track.
fn no_unit(number: &str, before: &str, behind: &str) -> String {
    let with = |unit: &str| format!("`{before}{number} {unit}{behind}`");
    let meant = match number.split('-').next().and_then(|first| first.parse::<u32>().ok()) {
        Some(100..) => format!("did you mean {}?", with("m")),
        Some(10..) => format!("write {} or {}", with("s"), with("min")),
        Some(_) | None => format!("write {}, {} or {}", with("min"), with("km"), with("mi")),
    };
    format!("`{number}` has no unit; {meant}")
}
