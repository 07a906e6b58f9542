//! Which sessions are hard, and how that is known.

use rust_decimal::Decimal;

use super::CatalogView;
use super::plan::PlanView;
use super::session::SessionView;
use super::text::is_english;
use regimen_model::model::{Fragment, Session};
use regimen_model::plan::PlannedBlock;
use regimen_model::prose::InlineText;
use regimen_model::reference::Kind;
use regimen_model::vocabulary::SessionKind;

/// How it is known that a session is hard.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Hard {
    /// It is a race or a test.
    Kind,
    /// It states so: an effort, a zone or a pace.
    Stated,
    /// A text of it has these words.
    Words(&'static str),
}

/// Words of English texts that ask for hard work. They are looked for as whole words, the longer ones first.
const WORDS: [&str; 23] = [
    "as fast as you can",
    "as hard as you can",
    "race effort",
    "time trial",
    "hill repeats",
    "fartlek",
    "vo2max",
    "all out",
    "all-out",
    "maximal",
    "max effort",
    "flat out",
    "sprint",
    "sprints",
    "threshold",
    "tempo",
    "intervals",
    "10k pace",
    "5k pace",
    "3k pace",
    "mile pace",
    "hard",
    "fast",
];

/// Words that turn the rest of a sentence around: "not too fast", "if it feels hard", "slower than tempo".
const NOT: [&str; 14] = [
    "not", "never", "no", "nor", "avoid", "without", "nothing", "if", "unless", "until", "than", "below", "under",
    "before",
];

impl SessionView<'_> {
    /// Whether it is hard, from this stated effort on.
    pub(crate) fn hard(&self, effort: Decimal, plan: &PlanView<'_>) -> Option<Hard> {
        if matches!(self.kind(), SessionKind::Race | SessionKind::Test) {
            return Some(Hard::Kind);
        }
        let is_stated = self.effort(plan).is_some_and(|stated| stated >= effort);
        let by_words = || self.hard_words(plan.catalog).map(Hard::Words);
        if is_stated { Some(Hard::Stated) } else { by_words() }
    }

    /// How hard its hardest work is said to be, at least: by efforts and zones, by paces that have a name, and by those in numbers
    /// beside the usual one of its plan.
    fn effort(&self, plan: &PlanView<'_>) -> Option<Decimal> {
        let usual = plan.usual_speed.filter(|_| self.is_run());
        let lifted = self.work().filter_map(|task| task.dose().effort()).map(|effort| effort.low());
        lifted.chain(self.run_work().filter_map(|run| run.effort(usual))).max()
    }

    /// What a text of its work asks for, if it is endurance training. Only English texts are read.
    fn hard_words(&self, view: &CatalogView<'_>) -> Option<&'static str> {
        if !self.is_endurance() || !is_english(view.catalog.language()) {
            return None;
        }
        let blocks = self.work_parts().flat_map(|part| &part.blocks);
        blocks.filter_map(|block| text_of(block, view)).find_map(|text| asks_for(&text))
    }
}

/// The text of a block that is one.
fn text_of(block: &PlannedBlock, view: &CatalogView<'_>) -> Option<String> {
    let PlannedBlock::Text(owner, key) = block else { return None };
    let catalog = view.catalog;
    let texts = match owner.kind() {
        Kind::Session => &catalog.entry::<Session>(owner)?.words.texts,
        _ => &catalog.entry::<Fragment>(owner)?.words.texts,
    };
    texts.get(key).map(InlineText::plain)
}

/// The first words of a text that ask for hard work, if nothing before them in the sentence turns them around.
fn asks_for(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    text.split(['.', ';', '!', '\n', '(', ')']).find_map(|sentence| {
        let whole = |word: &str, at: usize| {
            let is_letter = |c: char| c.is_alphanumeric();
            let before = sentence[..at].chars().next_back().is_none_or(|c| !is_letter(c));
            before && sentence[at + word.len()..].chars().next().is_none_or(|c| !is_letter(c))
        };
        let found = |word: &'static str| {
            let at = sentence.match_indices(word).map(|(at, _)| at).find(|at| whole(word, *at))?;
            let turned = sentence[..at]
                .split(|c: char| !c.is_alphanumeric() && c != '\'')
                .any(|one| NOT.contains(&one) || one.ends_with("n't"));
            (!turned).then_some(word)
        };
        WORDS.into_iter().find_map(found)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_ask_for_hard_work_are_told_from_those_that_warn_of_it() {
        assert_eq!(asks_for("8 x 1 km as fast as you can, then 5 km at threshold."), Some("as fast as you can"));
        assert_eq!(asks_for("Ten minutes easy. Then a tempo run."), Some("tempo"));
        for easy in [
            "Run easily, not too fast.",
            "Never hard.",
            "Breakfast, then ten kilometres.",
            "Easy running, so that nothing feels hard.",
            "An hour in the woods.",
            "If it feels hard, walk.",
            "Stay below threshold.",
            "Slower than tempo.",
        ] {
            assert_eq!(asks_for(easy), None, "{easy}");
        }
    }
}
