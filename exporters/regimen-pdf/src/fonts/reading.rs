//! What each glyph is read as, so that copied and searched text is the text that was written.
//!
//! A glyph has one text, and readers put the texts of glyphs together in the order of the page. That is enough for most
//! scripts. Where several glyphs show a letter with its marks, or in another order, readers of text that runs to the
//! right are given the words as a whole. Text that runs to the left they turn round letter by letter, whole words
//! included, so that there each character is given a glyph of its own, a blank one where the font has fewer. Words whose
//! letters descend (Nastaliq) they would take for several lines, so that these have blanks only, on one line.

use std::ops::Range;

use super::Shaped;

/// What shows a character, or stands for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    /// A glyph of the shaped text, by its place.
    Glyph(usize),
    /// A blank so far before the end of this glyph, in thousandths of the size.
    Blank(usize, i32),
    /// A blank that ends where this glyph does.
    Last(usize),
}

/// Signs of a text in the order in which they are painted, each with what it is read as.
pub(crate) type Signs = Vec<(Sign, String)>;

/// A stretch of glyphs that is read in one way.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Stretch {
    /// Sign by sign.
    Mapped(Signs),
    /// As this text, whatever its signs are read as by those who only know signs.
    Actual(String, Signs),
    /// By blanks, one for each character, that together are as wide as these glyphs.
    Spread(Range<usize>, Signs),
}

impl Stretch {
    /// What is painted.
    pub(crate) fn signs(&self) -> &Signs {
        match self {
            Self::Mapped(signs) | Self::Actual(_, signs) | Self::Spread(_, signs) => signs,
        }
    }
}

/// What a glyph without a character of its own is read as: every glyph needs some text, and this one is not seen.
pub(super) const NOTHING: &str = "\u{200b}";

/// How far before the end of its letter the first blank stands. Readers take what is further back for another word, and
/// what is nearer to the next letter than half of that for its double.
const BACK: i32 = 190;

/// How far the first or last glyph of a text may be from the end of the text, in thousandths of the size.
const INSIDE: i32 = 60;

/// More letters than this between two words of many glyphs are read one by one.
const APART: usize = 3;

/// Whether each glyph of a text is read as its own characters and nothing else: letters without marks that run to the
/// right.
pub(super) fn is_plain(text: &str) -> bool {
    let plain = |letter: char| {
        matches!(
            letter,
            '\0'..='\u{2ff}'
                | '\u{370}'..='\u{482}'
                | '\u{48a}'..='\u{58f}'
                | '\u{1e00}'..='\u{200a}'
                | '\u{2010}'..='\u{2027}'
                | '\u{202f}'..='\u{205e}'
                | '\u{20a0}'..='\u{20bf}'
                | '\u{2100}'..='\u{2bff}'
        )
    };
    text.bytes().all(|byte| byte < 0xcc) || text.chars().all(plain)
}

/// The glyphs `range` of a text that runs this way.
pub(crate) fn stretches(shaped: &Shaped, range: &Range<usize>, leftwards: bool) -> Vec<Stretch> {
    let clusters = clusters(shaped, range.clone());
    if leftwards { turned(shaped, &clusters) } else { forward(shaped, &clusters) }
}

/// Glyphs that share their characters.
struct Cluster {
    glyphs: Range<usize>,
    text: String,
}

fn clusters(shaped: &Shaped, range: Range<usize>) -> Vec<Cluster> {
    let glyphs = &shaped.glyphs;
    let (mut start, mut clusters) = (range.start, Vec::new());
    while start < range.end {
        let end = cluster_end(shaped, start);
        let text = cluster_text(shaped, start..end).chars().filter(|letter| !is_isolate(*letter)).collect();
        clusters.push(Cluster { glyphs: start..end.min(glyphs.len()), text });
        start = end;
    }
    clusters
}

/// Where the cluster ends whose first glyph this is.
pub(super) fn cluster_end(shaped: &Shaped, start: usize) -> usize {
    let glyphs = &shaped.glyphs;
    (start..glyphs.len()).find(|at| glyphs[*at].cluster != glyphs[start].cluster).unwrap_or(glyphs.len())
}

/// The characters of a cluster.
pub(super) fn cluster_text(shaped: &Shaped, cluster: Range<usize>) -> &str {
    let glyphs = &shaped.glyphs;
    let from = glyphs[cluster.start].cluster;
    // The next cluster in the text stands after this one, or before it if the text runs to the left.
    let neighbours = [glyphs.get(cluster.end), cluster.start.checked_sub(1).and_then(|before| glyphs.get(before))];
    let after = neighbours.into_iter().flatten().map(|glyph| glyph.cluster).find(|at| *at > from);
    shaped.text.get(from..after.unwrap_or(shaped.text.len())).unwrap_or("")
}

/// Marks that the program sets around amounts are no part of what was written.
const fn is_isolate(letter: char) -> bool {
    matches!(letter, '\u{2066}'..='\u{2069}')
}

/// Text that runs to the right: clusters of one glyph by their glyph, others with their neighbours as a whole.
fn forward(shaped: &Shaped, clusters: &[Cluster]) -> Vec<Stretch> {
    let (mut stretches, mut single): (Vec<Stretch>, Vec<&Cluster>) = (Vec::new(), Vec::new());
    for cluster in clusters {
        if cluster.glyphs.len() == 1 {
            single.push(cluster);
            continue;
        }
        let near = single.len() <= APART && !single.iter().any(|cluster| cluster.text.contains(char::is_whitespace));
        if let (Some(Stretch::Actual(..)), true) = (stretches.last(), near) {
            single.push(cluster);
        } else {
            stretches.extend(mapped(&mut single));
            stretches.push(Stretch::Actual(String::new(), Vec::new()));
            single.push(cluster);
        }
        if let Some(Stretch::Actual(text, signs)) = stretches.last_mut() {
            for cluster in single.drain(..) {
                text.push_str(&cluster.text);
                signs.extend(shared_out(cluster));
            }
        }
    }
    stretches.extend(mapped(&mut single));
    for stretch in &mut stretches {
        if let Stretch::Actual(_, signs) = stretch {
            enclose(shaped, signs);
        }
    }
    stretches
}

/// Readers take a text to reach from where its first glyph starts to where its last one ends, which for a mark is
/// somewhere within its letter. Blanks take its place there.
fn enclose(shaped: &Shaped, signs: &mut Signs) {
    let glyph = |sign: &(Sign, String)| match sign.0 {
        Sign::Glyph(at) => (at, shaped.glyphs[at]),
        Sign::Blank(at, _) | Sign::Last(at) => (at, shaped.glyphs[at]),
    };
    let (Some((first, start)), Some((last, end))) = (signs.first().map(glyph), signs.last().map(glyph)) else { return };
    if (end.offset.0 + end.natural - end.advance).abs() > INSIDE {
        signs.push((Sign::Last(last), NOTHING.to_owned()));
    }
    if start.offset.0.abs() > INSIDE || start.offset.1 != 0 {
        signs.insert(0, (Sign::Blank(first, start.advance), NOTHING.to_owned()));
    }
}

fn mapped(clusters: &mut Vec<&Cluster>) -> Option<Stretch> {
    let signs: Signs =
        clusters.drain(..).map(|cluster| (Sign::Glyph(cluster.glyphs.start), cluster.text.clone())).collect();
    (!signs.is_empty()).then_some(Stretch::Mapped(signs))
}

/// A character for each glyph, as far as there are any; the last glyph has what is left.
fn shared_out(cluster: &Cluster) -> impl Iterator<Item = (Sign, String)> {
    let last = cluster.glyphs.len() - 1;
    let mut letters = cluster.text.chars();
    cluster.glyphs.clone().enumerate().map(move |(at, glyph)| {
        let text = if at == last { letters.by_ref().collect() } else { letters.next().into_iter().collect() };
        (Sign::Glyph(glyph), or_nothing(text))
    })
}

fn or_nothing(text: String) -> String {
    if text.is_empty() { NOTHING.to_owned() } else { text }
}

/// Text that runs to the left, from its left end. The glyphs that are read as nothing follow together.
fn turned(shaped: &Shaped, clusters: &[Cluster]) -> Vec<Stretch> {
    let mut turned = Turned { shaped, stretches: Vec::new(), unread: Signs::new() };
    // A blank that a word ends with stands at its left, and is read after it.
    let blank = |cluster: &Cluster| cluster.text.chars().all(char::is_whitespace);
    let blanks = clusters.iter().take_while(|cluster| blank(cluster)).count();
    let (blanks, words) = clusters.split_at(blanks);
    for word in words.chunk_by(|one, next| blank(one) == blank(next)) {
        turned.word(word);
    }
    turned.word(blanks);
    let Turned { mut stretches, unread, .. } = turned;
    if !unread.is_empty() {
        stretches.push(Stretch::Actual(String::new(), unread));
    }
    stretches
}

struct Turned<'a> {
    shaped: &'a Shaped,
    stretches: Vec<Stretch>,
    unread: Signs,
}

impl Turned<'_> {
    fn word(&mut self, word: &[Cluster]) {
        if word.iter().any(|cluster| self.shaped.glyphs[self.letter(cluster)].offset.1 != 0) {
            self.descending(word);
        } else {
            word.iter().for_each(|cluster| self.level(cluster));
        }
    }

    /// Of several letters the widest is the one that later ones follow.
    fn letter(&self, cluster: &Cluster) -> usize {
        let widest = cluster.glyphs.clone().rev().max_by_key(|at| self.shaped.glyphs[*at].advance);
        widest.unwrap_or(cluster.glyphs.start)
    }

    /// Of a cluster the letter itself, read as the last character, and a blank for each other one.
    fn level(&mut self, cluster: &Cluster) {
        let letter = self.letter(cluster);
        let mut characters: Vec<char> = cluster.text.chars().collect();
        let last = characters.pop();
        let mut signs = vec![(Sign::Glyph(letter), or_nothing(last.into_iter().collect()))];
        let count = characters.len() as i32;
        for (at, character) in (0..count).zip(characters.iter().rev()) {
            signs.push((Sign::Blank(letter, BACK * (count - at) / count), character.to_string()));
        }
        let others = cluster.glyphs.clone().filter(|at| *at != letter);
        self.unread.extend(others.map(|at| (Sign::Glyph(at), NOTHING.to_owned())));
        match self.stretches.last_mut() {
            Some(Stretch::Mapped(before)) => before.extend(signs),
            _ => self.stretches.push(Stretch::Mapped(signs)),
        }
    }

    /// A word whose letters stand at several heights.
    fn descending(&mut self, word: &[Cluster]) {
        let glyphs = || word.iter().flat_map(|cluster| cluster.glyphs.clone());
        let (Some(first), Some(last)) = (glyphs().min(), glyphs().max()) else { return };
        self.unread.extend(glyphs().map(|at| (Sign::Glyph(at), NOTHING.to_owned())));
        let characters = word.iter().flat_map(|cluster| cluster.text.chars().rev());
        let signs: Signs = characters.map(|character| (Sign::Blank(first, 0), character.to_string())).collect();
        if !signs.is_empty() {
            self.stretches.push(Stretch::Spread(first..last + 1, signs));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::Glyph;

    /// A text whose glyphs stand for the clusters at these bytes, marks of width 0 after letters of width 500.
    fn shaped(text: &str, clusters: &[usize]) -> Shaped {
        let advance = |at: usize| if at > 0 && clusters[at - 1] == clusters[at] { 0 } else { 500 };
        let glyph = |at: usize| Glyph {
            id: at as u16 + 1,
            advance: advance(at),
            natural: advance(at),
            offset: (0, 0),
            cluster: clusters[at],
        };
        Shaped { text: text.to_owned(), glyphs: (0..clusters.len()).map(glyph).collect(), plain: false }
    }

    fn check(text: &str, clusters: &[usize], leftwards: bool, expected: &str) {
        let said: Vec<String> = stretches(&shaped(text, clusters), &(0..clusters.len()), leftwards)
            .iter()
            .map(|stretch| {
                let signs = stretch.signs().iter().map(|(sign, text)| match sign {
                    Sign::Glyph(at) => format!("{at}:{text}"),
                    Sign::Blank(at, back) => format!("{at}-{back}:{text}"),
                    Sign::Last(at) => format!("{at}<:{text}"),
                });
                let signs = signs.collect::<Vec<_>>().join(" ").replace(NOTHING, "0");
                if let Stretch::Actual(text, _) = stretch { format!("[{text}]({signs})") } else { signs }
            })
            .collect();
        assert_eq!(said.join(" | "), expected);
    }

    #[test]
    fn text_that_runs_to_the_right_is_read_by_glyph_or_as_a_whole() {
        check("abc", &[0, 1, 2], false, "0:a 1:b 2:c");
        check("affib", &[0, 1, 4], false, "0:a 1:ffi 2:b");
        check("a\u{200c}b", &[0, 4], false, "0:a\u{200c} 1:b");
        check("abcd", &[0, 1, 1, 1, 2, 3], false, "0:a | [b](1:b 2:0 3:0) | 4:c 5:d");
        check("abcdef", &[0, 0, 2, 3, 3, 5], false, "[abcde](0:a 1:b 2:c 3:d 4:e) | 5:f");
        check("ab cd", &[0, 0, 2, 3, 3], false, "[ab](0:a 1:b) | 2:  | [cd](3:c 4:d)");
    }

    #[test]
    fn text_that_runs_to_the_left_is_read_from_its_left_end() {
        check("אב", &[2, 0], true, "0:ב 1:א");
        check("אבג", &[4, 0], true, "0:ג 1:ב 1-190:א");
        check("אבגד", &[6, 0, 0], true, "0:ד 1:ג 1-190:ב 1-95:א | [](2:0)");
        check("אב ", &[4, 2, 0], true, "1:ב 2:א 0: ");
        check("א\u{2066}ב\u{2069}", &[5, 0], true, "0:ב 1:א");
    }

    #[test]
    fn words_whose_letters_descend_are_read_from_one_line() {
        let mut text = shaped("אב ג", &[5, 4, 2, 0]);
        text.glyphs[2].offset.1 = 300;
        let signs = |stretch: &Stretch| stretch.signs().iter().map(|(_, text)| text.clone()).collect::<Vec<_>>();
        let stretches = stretches(&text, &(0..4), true);
        assert_eq!(stretches.iter().map(signs).collect::<Vec<_>>(), [vec!["ג", " "], vec!["ב", "א"], vec![NOTHING; 2]]);
        assert!(matches!(&stretches[1], Stretch::Spread(glyphs, _) if *glyphs == (2..4)));
    }

    #[test]
    fn a_text_reaches_from_its_first_glyph_to_its_last() {
        let mut text = shaped("ab", &[0, 0, 1]);
        text.glyphs[1].offset = (-200, 40);
        let found = stretches(&text, &(0..2), false);
        assert_eq!(found[0].signs().last(), Some(&(Sign::Last(1), NOTHING.to_owned())));
    }

    #[test]
    fn most_text_is_plain() {
        assert!(is_plain("Häufigkeit 3 × 8–12, ≥ 2 ЖФ αβ ệ") && !is_plain("e\u{301}") && !is_plain("a\u{200b}b"));
        assert!(!is_plain("ทำ") && !is_plain("के"));
    }
}
