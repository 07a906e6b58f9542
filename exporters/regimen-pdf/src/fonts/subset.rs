//! The part of a face that one document needs, finished for embedding and shared between documents that need the same.
//!
//! Every subset has the base set (what European prose uses) and whatever else the document has, so that most
//! documents of a batch share one finished file, and yet the bytes depend on the document alone.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use flate2::{Compress, Compression, FlushCompress, Status};
use sha2::{Digest, Sha256};

use super::reading::{NOTHING, Sign, Signs, cluster_end, cluster_text, stretches};
use super::{Cut, Face, Glyph, Library, Metrics, Shaped, sound};
use crate::memory::Memory;

/// The glyphs in use and the characters that each stands for.
pub(crate) type GlyphTexts = BTreeMap<u16, String>;

/// What a document uses of a face.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Used {
    glyphs: GlyphTexts,
    /// Glyphs that also stand for other characters than those above.
    more: BTreeSet<(u16, String)>,
}

/// A finished subset.
pub(crate) struct Embedded {
    /// Name with its tag: `ABCDEF+SourceSans3-Regular`.
    pub(crate) name: String,
    /// The deflated TrueType file, or the deflated outlines of CFF.
    pub(crate) file: Vec<u8>,
    /// Whether its outlines are those of CFF.
    pub(crate) compact: bool,
    /// Its length before deflating.
    pub(crate) file_length: usize,
    /// The deflated `ToUnicode` map.
    pub(crate) to_unicode: Vec<u8>,
    /// The width of each glyph of the subset, in thousandths, with blanks between them.
    pub(crate) widths: String,
    /// The heights of the face.
    pub(crate) metrics: Metrics,
    /// What leads from numbers to glyphs, deflated, if not every number is that of its glyph: two bytes for each, or an
    /// encoding for outlines of CFF.
    pub(crate) glyph_of_number: Option<Vec<u8>>,
    /// The numbers of the subset, by those of the whole font.
    renumbered: Vec<u16>,
    /// The numbers of glyphs where they stand for other characters than elsewhere.
    more: BTreeMap<(u16, String), u16>,
    /// The glyph without ink.
    blank: Option<u16>,
}

impl Embedded {
    /// About how many bytes it takes.
    fn size(&self) -> usize {
        self.file.len() + self.to_unicode.len() + self.widths.len() + 2 * self.renumbered.len()
    }

    /// The number that a glyph of the whole font has in the subset.
    pub(crate) fn number(&self, glyph: u16) -> u16 {
        self.renumbered.get(usize::from(glyph)).copied().unwrap_or(0)
    }

    /// The number of what is painted for a sign, and how far the pen moves for it; none if the face has no blank.
    pub(crate) fn sign(
        &self,
        library: &Library,
        face: Face,
        shaped: &Shaped,
        sign: &(Sign, String),
    ) -> Option<(u16, i32)> {
        let (glyph, advance) = match sign.0 {
            Sign::Glyph(at) => (shaped.glyphs[at].id, shaped.glyphs[at].natural),
            Sign::Blank(..) | Sign::Last(_) => self.blank.map(|blank| (blank, library.advance(face, blank)))?,
        };
        let other = if self.more.is_empty() { None } else { self.more.get(&(glyph, sign.1.clone())).copied() };
        Some((other.unwrap_or_else(|| self.number(glyph)), advance))
    }
}

/// Glyphs of a shaped text that a document shows.
pub(crate) struct ShownGlyphs<'a> {
    pub(crate) shaped: &'a Shaped,
    pub(crate) range: Range<usize>,
    /// Whether they run from right to left.
    pub(crate) leftwards: bool,
}

/// The subsets made so far.
pub(crate) struct Subsets {
    /// The base set of each face, and the subset for documents that need no more.
    bases: Vec<OnceLock<Base>>,
    made: Mutex<Memory<MadeSubset>>,
}

/// A subset that has more than the base set, and what that is.
struct MadeSubset {
    face: Face,
    used: Used,
    embedded: Arc<Embedded>,
}

/// How many bytes of such subsets are kept, twice: many names need a letter that the base set does not have, and in a long roster, few
/// of them the same ones.
const ROOM: usize = 2 << 20;

struct Base {
    glyphs: GlyphTexts,
    /// Whether it has a glyph, by its number.
    holds: Vec<bool>,
    finished: Arc<Embedded>,
}

/// Punctuation and signs beyond Latin-1 that training prose uses.
const SIGNS: &str = "–—‘’‚“”„…•×≤≥→←↑↓½¼¾°€✓œŒŠšŽž−≈′″‹›";
const LIGATURES: [&str; 12] = ["fi", "fl", "ff", "ffi", "ffl", "ft", "fft", "tt", "fj", "fb", "fh", "fk"];

impl Default for Subsets {
    fn default() -> Self {
        Self::new(0)
    }
}

impl Subsets {
    /// No subsets yet, for fonts of a brand with sets for so many languages.
    pub(crate) fn new(languages: usize) -> Self {
        let last = Face::Own(Cut::Heading, u8::try_from(languages).unwrap_or(u8::MAX));
        Self { bases: (0..=last.index()).map(|_| OnceLock::new()).collect(), made: Mutex::new(Memory::with_room(ROOM)) }
    }

    /// Notes the glyphs that are not in the base set of a face, and what they stand for.
    pub(crate) fn note(&self, library: &Library, face: Face, shown: &ShownGlyphs<'_>, used: &mut Used) {
        let ShownGlyphs { shaped, ref range, leftwards } = *shown;
        let base = self.base(library, face);
        if !shaped.plain {
            let blank = library.blank(face);
            for stretch in stretches(shaped, range, leftwards) {
                note_signs(base, shaped, blank, stretch.signs(), used);
            }
            return;
        }
        let common = |glyph: &Glyph| base.holds.get(usize::from(glyph.id)).is_some_and(|holds| *holds);
        if !shaped.glyphs[range.clone()].iter().all(common) {
            note_texts(shaped, range.clone(), &mut used.glyphs);
        }
    }

    fn base(&self, library: &Library, face: Face) -> &Base {
        self.bases[face.index()].get_or_init(|| {
            let glyphs = base_set(library, face);
            let mut holds = vec![false; glyphs.keys().last().map_or(0, |last| usize::from(*last) + 1)];
            glyphs.keys().for_each(|glyph| holds[usize::from(*glyph)] = true);
            Base {
                finished: Arc::new(embed_subset(library, face, &Used { glyphs: glyphs.clone(), ..Used::default() })),
                glyphs,
                holds,
            }
        })
    }

    /// The subset of a face with these glyphs and the base set.
    pub(crate) fn embed(&self, library: &Library, face: Face, used: &Used) -> Arc<Embedded> {
        let base = self.base(library, face);
        let mut used = used.clone();
        used.glyphs.retain(|glyph, _| !base.glyphs.contains_key(glyph));
        if used.more.is_empty() && used.glyphs.is_empty() {
            return base.finished.clone();
        }
        let mut hasher = DefaultHasher::new();
        (face, &used).hash(&mut hasher);
        let hash = hasher.finish();
        let lock = || self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lock().with_hash(hash).find(|known| known.face == face && known.used == used).cloned();
        let known = known.unwrap_or_else(|| {
            let glyphs = base.glyphs.iter().chain(&used.glyphs).map(|(glyph, text)| (*glyph, text.clone())).collect();
            let embedded = Arc::new(embed_subset(library, face, &Used { glyphs, more: used.more.clone() }));
            Arc::new(MadeSubset { face, used, embedded })
        });
        lock().keep(hash, &known, known.embedded.size());
        known.embedded.clone()
    }
}

/// Notes what signs stand for; a glyph that stands for something else already gets another number for it.
fn note_signs(base: &Base, shaped: &Shaped, blank: Option<u16>, signs: &Signs, used: &mut Used) {
    for (sign, text) in signs {
        let glyph = match sign {
            Sign::Glyph(at) => Some(shaped.glyphs[*at].id),
            Sign::Blank(..) | Sign::Last(_) => blank,
        };
        let Some(glyph) = glyph else { continue };
        let known = base.glyphs.get(&glyph).or_else(|| used.glyphs.get(&glyph));
        match known {
            Some(known) if known == text => {}
            Some(_) => drop(used.more.insert((glyph, text.clone()))),
            None => drop(used.glyphs.insert(glyph, text.clone())),
        }
    }
}

/// Notes which characters the glyphs of a shaped text stand for, from glyph `range.start` to before `range.end`.
pub(super) fn note_texts(shaped: &Shaped, range: Range<usize>, texts: &mut GlyphTexts) {
    let glyphs = &shaped.glyphs;
    let mut start = range.start;
    while start < range.end {
        let end = cluster_end(shaped, start);
        if glyphs[start..end].iter().any(|glyph| !texts.contains_key(&glyph.id)) {
            note_cluster(&glyphs[start..end], cluster_text(shaped, start..end), texts);
        }
        start = end;
    }
}

fn note_cluster(glyphs: &[Glyph], text: &str, texts: &mut GlyphTexts) {
    let one_each = text.chars().count() == glyphs.len();
    for (position, glyph) in glyphs.iter().enumerate() {
        let part = match (one_each, position) {
            (true, _) => text.chars().nth(position).map(String::from),
            (false, 0) => Some(text.to_owned()),
            (false, _) => None,
        };
        // A glyph needs some text; this one is invisible.
        texts.entry(glyph.id).or_insert_with(|| part.unwrap_or_else(|| NOTHING.to_owned()));
    }
}

fn base_set(library: &Library, face: Face) -> GlyphTexts {
    let mut texts = GlyphTexts::new();
    let language = Arc::from("en");
    let letters = (' '..='~').chain('\u{a1}'..='\u{ff}').chain(SIGNS.chars());
    for letter in letters.filter(|letter| *letter != '\u{ad}') {
        let mut bytes = [0; 4];
        let letter = letter.encode_utf8(&mut bytes);
        if library.face_for(face, library.language_of(face), letter) == Some(face) {
            let shaped = library.shape(face, false, &language, letter);
            note_texts(&shaped, 0..shaped.glyphs.len(), &mut texts);
        }
    }
    for ligature in LIGATURES {
        let shaped = library.shape(face, false, &language, ligature);
        note_texts(&shaped, 0..shaped.glyphs.len(), &mut texts);
    }
    texts
}

fn embed_subset(library: &Library, face: Face, used: &Used) -> Embedded {
    let wanted: Vec<u16> = used.glyphs.keys().copied().collect();
    let remapper = subsetter::GlyphRemapper::new_from_glyphs_sorted(&wanted);
    // The whole font with its own numbers would still be right, only larger.
    let typeface = library.typeface(face);
    let subset = subsetter::subset(typeface.bytes(), 0, &remapper).ok();
    let all = 0..u16::try_from(typeface.font.num_glyphs()).unwrap_or(u16::MAX);
    let order: Vec<u16> = if subset.is_some() { remapper.remapped_gids().collect() } else { all.collect() };
    let mut renumbered = vec![0; order.iter().max().map_or(0, |last| usize::from(*last) + 1)];
    order.iter().zip(0..).for_each(|(old, new)| renumbered[usize::from(*old)] = new);
    let file = subset.unwrap_or_else(|| typeface.bytes().to_vec());
    // A PDF carries the outlines of CFF by themselves.
    let outlines = if typeface.compact { sound::table(&file, b"CFF ").map(<[u8]>::to_vec) } else { None };
    let compact = outlines.is_some();
    let file = outlines.unwrap_or(file);
    // Numbers behind those of the glyphs; a font that has used them all up is read less well.
    let first = u16::try_from(order.len()).unwrap_or(u16::MAX);
    let more: BTreeMap<(u16, String), u16> = used.more.iter().cloned().zip(first..u16::MAX).collect();
    let others = || used.more.iter().filter(|key| more.contains_key(key));
    let numbered = |old: &u16| renumbered[usize::from(*old)];
    let texts = used.glyphs.iter().map(|(old, text)| (numbered(old), text.as_str()));
    let map = to_unicode(4, texts.chain(more.iter().map(|((_, text), number)| (*number, text.as_str()))));
    // Outlines of CFF have a width for each glyph, not for each number.
    let of_numbers = others().filter(|_| !compact).map(|(old, _)| old);
    let advances = order.iter().chain(of_numbers).map(|old| library.advance(face, *old).to_string());
    let glyphs: Vec<u16> = (0..first).chain(others().map(|(old, _)| numbered(old))).collect();
    let numbers =
        || if compact { encoding(&glyphs, first) } else { glyphs.iter().flat_map(|id| id.to_be_bytes()).collect() };
    let glyph_of_number = (!more.is_empty()).then(|| deflate(&numbers()));
    Embedded {
        name: format!("{}+{}", tag(&file), typeface.name),
        file: deflate(&file),
        file_length: file.len(),
        compact,
        to_unicode: deflate(map.as_bytes()),
        widths: advances.collect::<Vec<_>>().join(" "),
        metrics: library.metrics(face),
        glyph_of_number,
        blank: library.blank(face).filter(|glyph| used.glyphs.contains_key(glyph)),
        more,
        renumbered,
    }
}

/// An encoding of numbers to glyphs, of which the numbers before `first` are those of the glyphs.
fn encoding(glyphs: &[u16], first: u16) -> Vec<u8> {
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> def\n\
         /CMapName /Regimen def\n/CMapType 1 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    // A range stays within one first byte.
    let ranges: Vec<(u16, u16)> = (0..first).step_by(256).map(|from| (from, (from | 0xff).min(first - 1))).collect();
    for part in ranges.chunks(100) {
        let _ = writeln!(map, "{} begincidrange", part.len());
        for (from, to) in part {
            let _ = writeln!(map, "<{from:04X}> <{to:04X}> {from}");
        }
        map.push_str("endcidrange\n");
    }
    let single: Vec<(usize, &u16)> = glyphs.iter().enumerate().skip(usize::from(first)).collect();
    for part in single.chunks(100) {
        let _ = writeln!(map, "{} begincidchar", part.len());
        for (number, glyph) in part {
            let _ = writeln!(map, "<{number:04X}> {glyph}");
        }
        map.push_str("endcidchar\n");
    }
    map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    map.into_bytes()
}

/// Six capitals from the content, as the names of subsets begin.
pub(super) fn tag(file: &[u8]) -> String {
    Sha256::digest(file).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

/// What codes of so many digits stand for.
pub(super) fn to_unicode(digits: usize, codes: impl Iterator<Item = (u16, impl AsRef<str>)>) -> String {
    let mut lines: Vec<String> = codes
        .filter(|(code, text)| *code != 0 && !text.as_ref().is_empty())
        .map(|(code, text)| {
            let mut line = format!("<{code:0digits$X}> <");
            for unit in text.as_ref().encode_utf16() {
                let _ = write!(line, "{unit:04X}");
            }
            line + ">\n"
        })
        .collect();
    lines.sort_unstable();
    let mut map = format!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
         /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<{}> <{}>\nendcodespacerange\n",
        "0".repeat(digits),
        "F".repeat(digits)
    );
    for part in lines.chunks(100) {
        let _ = writeln!(map, "{} beginbfchar", part.len());
        map.extend(part.iter().map(String::as_str));
        map.push_str("endbfchar\n");
    }
    map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    map
}

thread_local! {
    /// Clearing its tables is cheaper than making new ones for every page.
    static PACKER: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(6), true));
}

/// Deflates bytes, as every stream of the file is.
pub(crate) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(bytes.len() / 2 + 64);
    PACKER.with_borrow_mut(|packer| {
        packer.reset();
        let read = |packer: &Compress| usize::try_from(packer.total_in()).unwrap_or(bytes.len());
        // Deflating into memory does not fail, it only asks for more room.
        while let Ok(Status::Ok | Status::BufError) =
            packer.compress_vec(&bytes[read(packer)..], &mut packed, FlushCompress::Finish)
        {
            packed.reserve(packed.capacity());
        }
    });
    packed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_glyphs_give_one_subset() {
        let (library, subsets) = (Library::open(), Subsets::default());
        let first = subsets.embed(&library, Face::Regular, &Used::default());
        let fifth = u16::try_from(first.renumbered.iter().position(|number| *number == 5).unwrap()).unwrap();
        let within_base = Used { glyphs: GlyphTexts::from([(fifth, "x".to_owned())]), ..Used::default() };
        assert!(Arc::ptr_eq(&first, &subsets.embed(&library, Face::Regular, &within_base)));
        assert!(first.file.len() < 40_000, "{} bytes", first.file.len());
        assert!(first.name.as_bytes()[..6].iter().all(u8::is_ascii_uppercase));
    }

    #[test]
    fn a_letter_of_its_own_is_made_once() {
        let (library, subsets) = (Library::open(), Subsets::default());
        let of = |letter: &str| {
            let (shaped, mut used) = (library.shape(Face::Regular, false, &"en".into(), letter), Used::default());
            subsets.note(
                &library,
                Face::Regular,
                &ShownGlyphs { shaped: &shaped, range: 0..1, leftwards: false },
                &mut used,
            );
            subsets.embed(&library, Face::Regular, &used)
        };
        let first = of("ř");
        assert!(Arc::ptr_eq(&first, &of("ř")) && !Arc::ptr_eq(&first, &of("ů")));
    }

    #[test]
    fn a_glyph_that_stands_for_two_texts_has_two_numbers() {
        let (library, subsets) = (Library::open(), Subsets::default());
        let (face, mut used) = (Face::Regular, Used::default());
        let shaped = library.shape(face, false, &"en".into(), "a\u{200c}a");
        assert_eq!(shaped.glyphs.len(), 2, "marks of layout have no glyph");
        subsets.note(&library, face, &ShownGlyphs { shaped: &shaped, range: 0..2, leftwards: false }, &mut used);
        let embedded = subsets.embed(&library, face, &used);
        let number = |text: &str| embedded.sign(&library, face, &shaped, &(Sign::Glyph(0), text.to_owned())).unwrap();
        assert!(number("a\u{200c}").0 > number("a").0 && embedded.glyph_of_number.is_some());
        assert_eq!(number("a\u{200c}").1, number("a").1);
    }

    #[test]
    fn ligatures_read_as_their_letters() {
        let map = to_unicode(4, [(7, "ffi"), (3, "é")].into_iter());
        assert!(map.contains("2 beginbfchar\n<0003> <00E9>\n<0007> <006600660069>\nendbfchar"), "{map}");
    }
}
