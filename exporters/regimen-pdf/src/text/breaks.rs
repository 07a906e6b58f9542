//! Where lines may break: by the Unicode algorithm (UAX 14), which knows the rules of Chinese and Japanese, and between
//! the words of languages that write them without blanks, which only a dictionary can find.

use std::ops::Range;

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;
use unicode_linebreak::{BreakOpportunity, linebreaks};

/// The places where a line may end, in ascending order, each with whether it must. The last is the end of the text.
pub(super) fn breaks(text: &str) -> Vec<(usize, bool)> {
    if !text.chars().any(needs_dictionary) {
        return linebreaks(text).map(|(end, opportunity)| (end, opportunity == BreakOpportunity::Mandatory)).collect();
    }
    let segmenter = LineSegmenter::new_dictionary(LineBreakOptions::default());
    let own = OwnBreaks::of(text);
    // The segmenter's first place is the start of the text.
    let places = segmenter.segment_str(text).filter(|at| *at > 0 && (*at == text.len() || own.allow(text, *at)));
    places.map(|end| (end, end == text.len() || text[..end].ends_with('\n'))).collect()
}

/// Where authors part words themselves (U+200B), which means nowhere else in what stands between the same blanks.
struct OwnBreaks(Vec<Range<usize>>);

impl OwnBreaks {
    fn of(text: &str) -> Self {
        let mut start = 0;
        let stretches = text.split_inclusive(char::is_whitespace).map(|stretch| {
            let range = start..start + stretch.trim_end().len();
            start += stretch.len();
            range
        });
        Self(stretches.filter(|range| text[range.clone()].contains(PART)).collect())
    }

    /// Whether a dictionary may part a text here.
    fn allow(&self, text: &str, at: usize) -> bool {
        let (before, after) = text.split_at(at);
        let found = self.0.partition_point(|range| range.end <= at);
        let parted = self.0.get(found).is_some_and(|range| range.start < at);
        (!parted || before.ends_with(PART)) && !after.starts_with(follows_its_word)
    }
}

const PART: char = '\u{200b}';

/// Signs of repetition and omission, which end a word and never begin a line.
fn follows_its_word(letter: char) -> bool {
    matches!(letter, 'ๆ' | 'ฯ' | 'ໆ' | 'ຯ' | 'ៗ')
}

/// Letters of Thai, Lao, Burmese and Khmer.
fn needs_dictionary(letter: char) -> bool {
    matches!(
        letter,
        '\u{e00}'..='\u{eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{a9e0}'..='\u{a9ff}'
            | '\u{aa60}'..='\u{aa7f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let mut start = 0;
        let segments = breaks(text).into_iter().map(|(end, _)| &text[std::mem::replace(&mut start, end)..end]);
        assert_eq!(segments.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn languages_without_blanks_break_between_words() {
        check("ยกส้นเท้าขึ้นช้าๆ 12 ครั้ง", &["ยก", "ส้น", "เท้า", "ขึ้น", "ช้าๆ ", "12 ", "ครั้ง"]);
        check("ຍົກສົ້ນຕີນຂຶ້ນ", &["ຍົກ", "ສົ້ນຕີນ", "ຂຶ້ນ"]);
        check("លើកកែងជើងឡើងយឺតៗ", &["លើក", "កែងជើង", "ឡើង", "យឺតៗ"]);
        check("ခြေဖနောင့်ကို မြှင့်ပါ", &["ခြေဖနောင့်", "ကို ", "မြှင့်", "ပါ"]);
    }

    #[test]
    fn chinese_and_japanese_keep_marks_with_their_words() {
        check("慢慢抬起（脚跟）。", &["慢", "慢", "抬", "起", "（脚", "跟）。"]);
        check("ゆっくりー、上げる。", &["ゆっ", "く", "りー、", "上", "げ", "る。"]);
    }

    #[test]
    fn an_author_says_where_a_word_parts() {
        check("ខ្ញុំ\u{200b}លើក\u{200b}ជើង", &["ខ្ញុំ\u{200b}", "លើក\u{200b}", "ជើង"]);
        check("aaa\u{200b}bbb c\u{2060}-\u{2060}d", &["aaa\u{200b}", "bbb ", "c\u{2060}-\u{2060}d"]);
        check("ยก\nเท้า", &["ยก\n", "เท้า"]);
        assert_eq!(breaks("ยก\nเท้า")[0], ("ยก\n".len(), true));
    }
}
