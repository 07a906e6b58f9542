//! The fonts that ship with the program, and those of a brand before them: parsed once, shaped with kerning and
//! ligatures, remembered.
//!
//! Measures are in thousandths of the type size, whatever the font's own grid is. Nothing here knows of pages or files.

mod form;
#[cfg(test)]
mod outside;
mod reading;
mod sound;
mod subset;
mod typeface;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use harfrust::{Buffer, Direction, Feature, GlyphId, Language, ShapeOptions, ShapePlan, ShaperFont, Tag, shape};

pub(crate) use form::form_font;
pub(crate) use reading::{Sign, Signs, Stretch, stretches};
pub(crate) use subset::{Embedded, ShownGlyphs, Subsets, Used, deflate};
pub(crate) use typeface::{OwnFiles, Typeface, shipped_file};

use crate::memory::Memory;

/// Whether a character only says how letters join and part, where words end, and which way text runs.
pub(crate) const fn is_mark_of_layout(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{2066}'..='\u{2069}')
}

/// One face of the families in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Face {
    /// Running text.
    Regular,
    /// Emphasis.
    Italic,
    /// Strong text, labels, table headers.
    Bold,
    /// Both.
    BoldItalic,
    /// Titles and headings.
    Heading,
    /// Fixed width.
    Code,
    /// Signs that no text face has: arrows, ticks, stars, emoji, in one colour.
    Symbols,
    /// The brand's own, before the one that ships: those of a language, or of all languages in set 0.
    Own(Cut, u8),
}

/// What a brand's own font is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Cut {
    /// Running text.
    Regular,
    /// Emphasis.
    Italic,
    /// Strong text, labels, table headers.
    Bold,
    /// Both.
    BoldItalic,
    /// Titles and headings.
    Heading,
}

impl Cut {
    const ALL: [Self; 5] = [Self::Regular, Self::Italic, Self::Bold, Self::BoldItalic, Self::Heading];
}

impl Face {
    /// Those that ship, in the order of their numbers.
    const SHIPPED: [Self; 7] =
        [Self::Regular, Self::Italic, Self::Bold, Self::BoldItalic, Self::Heading, Self::Code, Self::Symbols];

    /// The face that ships for the same purpose.
    const fn shipped(self) -> Self {
        match self {
            Self::Own(Cut::Regular, _) => Self::Regular,
            Self::Own(Cut::Italic, _) => Self::Italic,
            Self::Own(Cut::Bold, _) => Self::Bold,
            Self::Own(Cut::BoldItalic, _) => Self::BoldItalic,
            Self::Own(Cut::Heading, _) => Self::Heading,
            shipped => shipped,
        }
    }

    /// Its place among all faces: those that ship, then the sets of a brand's own.
    pub(crate) const fn index(self) -> usize {
        match self {
            Self::Own(cut, set) => Self::SHIPPED.len() + Cut::ALL.len() * set as usize + cut as usize,
            _ => self.place(),
        }
    }

    /// Its place among those that ship.
    const fn place(self) -> usize {
        match self.shipped() {
            Self::Italic => 1,
            Self::Bold => 2,
            Self::BoldItalic => 3,
            Self::Heading => 4,
            Self::Code => 5,
            Self::Symbols => 6,
            _ => 0,
        }
    }

    /// What a brand's own face for the same purpose is for, where it may have one.
    const fn cut(self) -> Option<Cut> {
        match self {
            Self::Regular => Some(Cut::Regular),
            Self::Italic => Some(Cut::Italic),
            Self::Bold => Some(Cut::Bold),
            Self::BoldItalic => Some(Cut::BoldItalic),
            Self::Heading => Some(Cut::Heading),
            Self::Code | Self::Symbols => None,
            Self::Own(cut, _) => Some(cut),
        }
    }

    /// The name under which pages call it: our own, since printpdf would number it across threads.
    pub(crate) fn resource(self) -> Cow<'static, str> {
        let name = match self {
            Self::Regular => "RGTEXT",
            Self::Italic => "RGITAL",
            Self::Bold => "RGBOLD",
            Self::BoldItalic => "RGBOIT",
            Self::Heading => "RGHEAD",
            Self::Code => "RGCODE",
            Self::Symbols => "RGSYMB",
            Self::Own(Cut::Regular, _) => "RGOWNT",
            Self::Own(Cut::Italic, _) => "RGOWNI",
            Self::Own(Cut::Bold, _) => "RGOWNB",
            Self::Own(Cut::BoldItalic, _) => "RGOWNX",
            Self::Own(Cut::Heading, _) => "RGOWNH",
        };
        match self {
            Self::Own(_, set) if set > 0 => format!("{name}{set}").into(),
            _ => name.into(),
        }
    }

    /// Degrees from the upright, as a font descriptor wants them.
    pub(crate) const fn slant(self) -> i64 {
        match self.shipped() {
            Self::Italic | Self::BoldItalic => -11,
            _ => 0,
        }
    }

    /// How thick its stems are, as a font descriptor wants it: a rough figure is enough.
    pub(crate) const fn stem(self) -> i64 {
        match self.shipped() {
            Self::Regular | Self::Italic | Self::Code | Self::Symbols => 80,
            _ => 130,
        }
    }

    /// Where to look for characters that it lacks.
    const fn fallback(self) -> Option<Self> {
        match self {
            Self::Heading | Self::BoldItalic => Some(Self::Bold),
            Self::Bold | Self::Italic | Self::Code => Some(Self::Regular),
            Self::Regular | Self::Symbols => None,
            own @ Self::Own(..) => Some(own.shipped()),
        }
    }
}

/// The subsets of the faces that a document uses.
pub(crate) type Faces = BTreeMap<Face, Arc<Embedded>>;

/// A glyph in its place on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Glyph {
    /// Its number in the whole font.
    pub(crate) id: u16,
    /// How far the pen moves on.
    pub(crate) advance: i32,
    /// How far it would move without kerning.
    pub(crate) natural: i32,
    /// Where it is drawn, seen from the pen.
    pub(crate) offset: (i32, i32),
    /// The first byte of the characters that it stands for.
    pub(crate) cluster: usize,
}

/// Text of one face as glyphs.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Shaped {
    pub(crate) text: String,
    pub(crate) glyphs: Vec<Glyph>,
    /// Whether each glyph is read as its own characters.
    pub(crate) plain: bool,
}

/// The heights of a face, in thousandths of its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Metrics {
    pub(crate) ascent: i32,
    pub(crate) descent: i32,
    pub(crate) cap_height: i32,
    pub(crate) bounds: [i32; 4],
}

type PlanKey = (Face, Arc<str>, [u8; 4], bool);

/// The opened fonts and what has been shaped with them.
pub(crate) struct Library {
    shipped: Vec<Arc<Typeface>>,
    own: BTreeMap<Face, Typeface>,
    /// The language of each set of own faces from the first on; set 0 is for all languages.
    languages: Vec<Arc<str>>,
    plans: Mutex<HashMap<PlanKey, Arc<ShapePlan>>>,
    shaped: Mutex<Memory<KnownText>>,
}

/// A text that was shaped before, and how.
struct KnownText {
    face: Face,
    leftwards: bool,
    language: Arc<str>,
    shaped: Arc<Shaped>,
}

/// How many glyphs of shaped text are kept, twice: those of some twenty pages, in 2 MB.
const ROOM: usize = 1 << 16;

impl Default for Library {
    fn default() -> Self {
        Self::open()
    }
}

impl Library {
    /// Opens the fonts that ship.
    pub(crate) fn open() -> Self {
        let shipped = Face::SHIPPED.into_iter().map(|face| Arc::new(Typeface::shipped(face))).collect();
        Self { shipped, own: BTreeMap::new(), languages: Vec::new(), plans: Mutex::default(), shaped: nothing_shaped() }
    }

    /// The same fonts with a brand's own before them.
    pub(crate) fn branded(&self, own: BTreeMap<Face, Typeface>, languages: Vec<Arc<str>>) -> Self {
        Self { shipped: self.shipped.clone(), own, languages, plans: Mutex::default(), shaped: nothing_shaped() }
    }

    pub(crate) fn typeface(&self, face: Face) -> &Typeface {
        self.own.get(&face).unwrap_or_else(|| &self.shipped[face.place()])
    }

    /// The face that has all of these characters: the brand's own for the language or for all languages, the wanted one,
    /// one that steps in for it, or any other.
    pub(crate) fn face_for(&self, wanted: Face, language: &str, cluster: &str) -> Option<Face> {
        let cut = if self.own.is_empty() { None } else { wanted.cut() };
        let own = cut.into_iter().flat_map(|cut| self.sets_for(language).flat_map(move |set| stand_ins(cut, set)));
        let mut next = Some(wanted.shipped());
        let family = std::iter::from_fn(|| {
            let face = next;
            next = next.and_then(Face::fallback);
            face
        });
        let shown = |character: &char| !is_mark_of_layout(*character);
        let known = |face: &Face| cluster.chars().filter(shown).all(|character| self.knows(*face, character));
        let others =
            cut.into_iter().flat_map(|cut| self.own.keys().copied().filter(move |face| face.cut() == Some(cut)));
        let any = Face::SHIPPED.into_iter().chain(self.own.keys().copied());
        own.chain(family).chain(others).chain(any).find(known)
    }

    /// The language that a face is for; empty if it is for all.
    pub(crate) fn language_of(&self, face: Face) -> &str {
        let set = if let Face::Own(_, set) = face { usize::from(set) } else { 0 };
        set.checked_sub(1).and_then(|at| self.languages.get(at)).map_or("", AsRef::as_ref)
    }

    /// The sets of own faces for a language, the closest first: its own, that of the language without a region, all.
    fn sets_for(&self, language: &str) -> impl Iterator<Item = u8> {
        let main = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
        let exact = self.languages.iter().position(|tag| **tag == *language);
        let close = || self.languages.iter().position(|tag| main(tag) == main(language));
        let set = exact.or_else(close).and_then(|at| u8::try_from(at + 1).ok());
        set.into_iter().chain([0])
    }

    fn knows(&self, face: Face, character: char) -> bool {
        let is_there = !matches!(face, Face::Own(..)) || self.own.contains_key(&face);
        is_there && self.typeface(face).knows(character)
    }

    /// The glyphs of a text, with kerning and ligatures of its language, from left to right also if it runs to the left.
    pub(crate) fn shape(&self, face: Face, leftwards: bool, language: &Arc<str>, text: &str) -> Arc<Shaped> {
        let mut hasher = DefaultHasher::new();
        (face, leftwards, language, text).hash(&mut hasher);
        let hash = hasher.finish();
        let lock = || self.shaped.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = |known: &&Arc<KnownText>| {
            let is_so_shaped = (known.face, known.leftwards) == (face, leftwards) && known.language == *language;
            is_so_shaped && known.shaped.text == text
        };
        let known = lock().with_hash(hash).find(is_it).cloned();
        let known = known.unwrap_or_else(|| {
            let shaped = Arc::new(self.shape_anew(face, leftwards, language, text));
            Arc::new(KnownText { face, leftwards, language: language.clone(), shaped })
        });
        lock().keep(hash, &known, known.shaped.glyphs.len() + 4);
        known.shaped.clone()
    }

    fn shape_anew(&self, face: Face, leftwards: bool, language: &Arc<str>, text: &str) -> Shaped {
        let font = &self.typeface(face).font;
        let shaper = ShaperFont::new(font);
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.set_language(Language::new(language.as_bytes()));
        buffer.guess_segment_properties();
        buffer.set_direction(if leftwards { Direction::RightToLeft } else { Direction::LeftToRight });
        let plan = self.plan(face, language, &buffer);
        let grid = i32::from(font.units_per_em().max(1));
        let options = ShapeOptions::new().plan(Some(&plan)).features(features(face));
        if shape(&shaper, &mut buffer, options).is_err() {
            return Shaped::default();
        }
        let to_thousandths = |value: i32| {
            if grid == 1000 { value } else { value * 1000 / grid }
        };
        let glyphs = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
        // What only says how letters join, part and run has no glyph; the character before it stands for both.
        let is_shown = |at: usize| at == 0 || !text[at..].starts_with(is_mark_of_layout);
        let glyphs = glyphs.filter(|(info, _)| is_shown(info.cluster as usize));
        let glyphs = glyphs.map(|(info, position)| Glyph {
            // A broken table may name glyphs that are not there.
            id: u16::try_from(info.glyph_id).ok().filter(|id| u32::from(*id) < font.num_glyphs()).unwrap_or(0),
            advance: to_thousandths(position.x_advance),
            natural: to_thousandths(shaper.default_glyph_h_advance(GlyphId::new(info.glyph_id))),
            offset: (to_thousandths(position.x_offset), to_thousandths(position.y_offset)),
            cluster: info.cluster as usize,
        });
        Shaped { text: text.to_owned(), glyphs: glyphs.collect(), plain: !leftwards && reading::is_plain(text) }
    }

    fn plan(&self, face: Face, language: &Arc<str>, buffer: &Buffer) -> Arc<ShapePlan> {
        let script = buffer.script().map_or(*b"Zyyy", |script| script.tag().to_be_bytes());
        let key = (face, language.clone(), script, buffer.direction() == Direction::RightToLeft);
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        let plan = plans.entry(key).or_insert_with(|| {
            let font = &self.typeface(face).font;
            Arc::new(ShapePlan::new(font, buffer.direction(), buffer.script(), buffer.language(), features(face)))
        });
        plan.clone()
    }

    /// A glyph without ink.
    pub(crate) fn blank(&self, face: Face) -> Option<u16> {
        let blank = self.shape(face, false, &"en".into(), " ").glyphs.first().map(|glyph| glyph.id);
        blank.filter(|glyph| *glyph > 0)
    }

    /// How far the pen moves for a glyph on its own.
    pub(crate) fn advance(&self, face: Face, glyph: u16) -> i32 {
        let font = &self.typeface(face).font;
        let grid = i32::from(font.units_per_em().max(1));
        ShaperFont::new(font).default_glyph_h_advance(GlyphId::new(u32::from(glyph))) * 1000 / grid
    }

    /// The heights of a face.
    pub(crate) fn metrics(&self, face: Face) -> Metrics {
        let metrics = self.typeface(face).font.metrics();
        let scale = 1000.0 / f64::from(metrics.units_per_em.max(1));
        let thousandths = |value: f64| (value * scale).round() as i32;
        let line = metrics.h_line();
        let bounds = &metrics.bounds;
        Metrics {
            ascent: line.as_ref().map_or(1000, |line| thousandths(line.ascender.to_f64())),
            descent: line.as_ref().map_or(-300, |line| thousandths(line.descender.to_f64())),
            cap_height: metrics.cap_height.map_or(660, |height| thousandths(height.to_f64())),
            bounds: [
                thousandths(bounds.x_min.to_f64()),
                thousandths(bounds.y_min.to_f64()),
                thousandths(bounds.x_max.to_f64()),
                thousandths(bounds.y_max.to_f64()),
            ],
        }
    }
}

fn nothing_shaped() -> Mutex<Memory<KnownText>> {
    Mutex::new(Memory::with_room(ROOM))
}

/// Figures of the same width. Those of the shipped text faces are so by themselves.
static TABULAR: LazyLock<[Feature; 1]> = LazyLock::new(|| [Feature::new(Tag::new(b"tnum"), 1, ..)]);

/// What a face is asked for besides what it does by itself. Amounts are everywhere in what a brand's text faces set, one below the other
/// in tables, lists and facts; headings have none below each other.
fn features(face: Face) -> &'static [Feature] {
    match face {
        Face::Own(Cut::Regular | Cut::Italic | Cut::Bold | Cut::BoldItalic, _) => &*TABULAR,
        _ => &[],
    }
}

/// The faces of a set of own faces that serve a purpose: a set for a language may have one face only, for all of them.
fn stand_ins(cut: Cut, set: u8) -> impl Iterator<Item = Face> {
    let others: &[Cut] = match (set, cut) {
        // What a brand's fonts for all languages lack is taken from those that ship.
        (0, _) | (_, Cut::Regular) => &[],
        (_, Cut::Italic | Cut::Bold) => &[Cut::Regular],
        (_, Cut::BoldItalic | Cut::Heading) => &[Cut::Bold, Cut::Regular],
    };
    std::iter::once(cut).chain(others.iter().copied()).map(move |cut| Face::Own(cut, set))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn advances(text: &str) -> i32 {
        Library::open().shape(Face::Regular, false, &"en".into(), text).glyphs.iter().map(|glyph| glyph.advance).sum()
    }

    #[test]
    fn every_face_opens_and_has_the_letters() {
        let library = Library::open();
        for face in Face::SHIPPED {
            let letter = if face == Face::Symbols { "\u{2605}" } else { "a" };
            assert_eq!(library.face_for(face, "en", letter), Some(face));
            assert!(library.metrics(face).ascent > 600, "{face:?}");
        }
    }

    #[test]
    fn kerning_and_ligatures_apply() {
        let library = Library::open();
        assert!(advances("AVAVAV") < 3 * (advances("A") + advances("V")), "kerned");
        let shaped = library.shape(Face::Regular, false, &"en".into(), "éft!");
        let clusters: Vec<usize> = shaped.glyphs.iter().map(|glyph| glyph.cluster).collect();
        assert_eq!(clusters, [0, 2, 4], "one glyph for ft; clusters count bytes");
    }

    #[test]
    fn a_lacking_character_is_taken_from_the_next_face_or_reported() {
        let library = Library::open();
        assert_eq!(library.face_for(Face::Heading, "en", "Ж"), Some(Face::Bold));
        assert_eq!(library.face_for(Face::Heading, "en", "\u{13A0}"), None, "Cherokee");
    }

    #[test]
    fn signs_of_training_texts_are_there() {
        let library = Library::open();
        for sign in "←↗⇒✓✔✗★⭐≥½²☐☑⚠❤⏱▶●①♀♂💪🏃🏋🤸🧘🚴🏊🦵🦶🔥👍👏🎉😀🥇✅❌📅🩹".chars()
        {
            let sign = sign.to_string();
            assert!(library.face_for(Face::Bold, "en", &sign).is_some(), "{sign}");
        }
        // With selectors of presentation, a tone of skin, and what joins several into one.
        for cluster in ["❤\u{fe0f}", "👍🏽", "🏃🏽\u{200d}♀\u{fe0f}", "1\u{fe0f}\u{20e3}"] {
            assert_eq!(library.face_for(Face::Regular, "en", cluster), Some(Face::Symbols), "{cluster}");
        }
    }

    #[test]
    fn figures_are_tabular() {
        assert_eq!(advances("111"), advances("888"));
    }
}
