//! Text that is too long, cut where it hurts least.

use unicode_segmentation::UnicodeSegmentation as _;

/// What stands for the rest of a text.
const ELLIPSIS: &str = "…";

/// The text if its size is at most `limit`, else as much of its start as fits before an ellipsis: cut between words
/// where that keeps more than half of it, and never inside what a reader takes for one character.
///
/// ```
/// use regimen_export::compose::clipped;
/// let characters = |text: &str| text.chars().count();
/// assert_eq!(clipped("Nordic hamstring curl", 18, characters), "Nordic hamstring…");
/// ```
pub fn clipped(text: &str, limit: usize, size: impl Fn(&str) -> usize) -> String {
    if size(text) <= limit {
        return text.to_owned();
    }
    let room = limit.saturating_sub(size(ELLIPSIS));
    let starts: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
    let fitting = starts.partition_point(|end| size(&text[..*end]) <= room);
    let Some(end) = starts[..fitting].last().filter(|_| size(ELLIPSIS) <= limit) else {
        return String::new();
    };
    let (kept, cut) = text.split_at(*end);
    let word_end = kept.rfind(char::is_whitespace).filter(|at| *at > kept.len() / 2);
    let kept = match word_end {
        Some(at) if !cut.starts_with(char::is_whitespace) => &kept[..at],
        _ => kept,
    };
    let kept = kept.trim_end_matches(|c: char| c.is_whitespace() || c == ',');
    format!("{kept}{ELLIPSIS}")
}

/// How many characters a text has, as calendars count them.
pub(super) fn characters(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_between_words() {
        let text = "Nordic hamstring curl 3 × 5, week 3 of 8";
        for (limit, kept) in [
            (40, text),
            (39, "Nordic hamstring curl 3 × 5, week 3 of…"),
            (30, "Nordic hamstring curl 3 × 5…"),
            (8, "Nordic…"),
            (7, "Nordic…"),
            (6, "Nordi…"),
            (1, "…"),
            (0, ""),
        ] {
            assert_eq!(clipped(text, limit, characters), kept, "{limit}");
        }
        assert_eq!(clipped(&"ä".repeat(90), 80, characters), format!("{}…", "ä".repeat(79)));
    }

    #[test]
    fn what_reads_as_one_character_stays_whole() {
        // Five code points each: a runner with a skin tone and a gender, and a letter with four accents.
        for cluster in ["🏃🏽‍♀️", "e\u{301}\u{302}\u{303}\u{304}"] {
            let text = cluster.repeat(4);
            for limit in 0..20 {
                let kept = clipped(&text, limit, characters);
                let whole = limit.saturating_sub(1) / 5;
                let expected = if limit == 0 { String::new() } else { format!("{}…", cluster.repeat(whole)) };
                assert_eq!(kept, expected, "{limit}");
            }
        }
        assert_eq!(clipped("🇩🇪🇫🇷🇮🇹", 4, characters), "🇩🇪…", "half a flag is another one");
    }

    #[test]
    fn the_size_is_the_callers() {
        assert_eq!(clipped("äöü äöü", 9, str::len), "äöü…");
        assert_eq!(clipped("äöü", 5, str::len), "ä…");
        assert_eq!(clipped("äöü", 2, str::len), "", "no room for the ellipsis");
    }
}
