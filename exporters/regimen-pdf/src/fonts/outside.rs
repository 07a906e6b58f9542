//! Fonts from outside: what they change, what stands in for them, and what broken ones must not do.

use super::*;

fn bytes(face: Face) -> Arc<[u8]> {
    Library::open().typeface(face).bytes().into()
}

/// A library in which a brand's faces have these bytes, as far as they can be opened.
fn branded(own: &[(Face, &Arc<[u8]>)]) -> Library {
    let opened = own.iter().filter_map(|(face, bytes)| Some((*face, Typeface::own(bytes).ok()?)));
    Library::open().branded(opened.collect(), Vec::new())
}

#[test]
fn a_brand_comes_first_and_what_it_lacks_is_shipped() {
    let library =
        branded(&[(Face::Own(Cut::Regular, 0), &bytes(Face::Code)), (Face::Own(Cut::Heading, 0), &bytes(Face::Bold))]);
    assert_eq!(library.face_for(Face::Regular, "en", "a"), Some(Face::Own(Cut::Regular, 0)));
    assert_eq!(library.face_for(Face::Heading, "en", "a"), Some(Face::Own(Cut::Heading, 0)));
    assert_eq!(library.face_for(Face::Bold, "en", "a"), Some(Face::Bold), "there is no bold face of the brand");
    let figtree = branded(&[(Face::Own(Cut::Regular, 0), &bytes(Face::Heading))]);
    assert_eq!(figtree.face_for(Face::Regular, "en", "Ж"), Some(Face::Regular), "Figtree has no Cyrillic");
    assert_eq!(Library::open().face_for(Face::Regular, "en", "a"), Some(Face::Regular));
}

#[test]
fn figures_of_a_brand_are_tabular_where_its_font_has_such() {
    let figtree = bytes(Face::Heading);
    let [text, heading] = [Face::Own(Cut::Regular, 0), Face::Own(Cut::Heading, 0)];
    let library = branded(&[(text, &figtree), (heading, &figtree)]);
    let width = |face: Face, text: &str| -> i32 {
        library.shape(face, false, &"en".into(), text).glyphs.iter().map(|glyph| glyph.advance).sum()
    };
    assert_eq!(width(text, "111"), width(text, "888"));
    assert!(width(heading, "111") < width(heading, "888"), "in a heading, each has its own width");
    for face in [Face::Regular, Face::Bold] {
        assert_eq!(width(face, "111"), width(face, "888"), "{face:?}");
    }
}

#[test]
fn the_name_in_a_file_is_that_of_the_font() {
    let library = branded(&[(Face::Own(Cut::Bold, 0), &bytes(Face::Heading))]);
    let embedded = Subsets::default().embed(&library, Face::Own(Cut::Bold, 0), &Used::default());
    assert!(embedded.name.contains("+Figtree"), "{}", embedded.name);
    assert!(embedded.file.len() < 40_000, "{} bytes", embedded.file.len());
}

/// All glyphs of a text, from left to right.
fn whole(shaped: &Shaped) -> ShownGlyphs<'_> {
    ShownGlyphs { shaped, range: 0..shaped.glyphs.len(), leftwards: false }
}

/// A font with outlines of CFF.
fn compact() -> Arc<[u8]> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/fonts/japanese.otf");
    std::fs::read(file).expect("a fixture").into()
}

#[test]
fn outlines_of_cff_are_carried_by_themselves() {
    let library = branded(&[(Face::Own(Cut::Regular, 0), &compact())]);
    let shaped = library.shape(Face::Own(Cut::Regular, 0), false, &"ja".into(), "強く");
    assert!(shaped.glyphs.iter().all(|glyph| glyph.id != 0 && glyph.advance == 1000), "{shaped:?}");
    let (subsets, mut texts) = (Subsets::default(), Used::default());
    let face = Face::Own(Cut::Regular, 0);
    subsets.note(&library, face, &whole(&shaped), &mut texts);
    let embedded = subsets.embed(&library, face, &texts);
    assert!(embedded.compact && embedded.name.contains("+NotoSansCJKjp"), "{}", embedded.name);
    assert!(embedded.file_length < 8_000, "{} bytes", embedded.file_length);
}

#[test]
fn the_fonts_of_a_language_come_first_in_its_words_alone() {
    let faces = [
        (Face::Own(Cut::Regular, 0), bytes(Face::Heading)),
        (Face::Own(Cut::Regular, 1), compact()),
        (Face::Own(Cut::Bold, 2), bytes(Face::Code)),
    ];
    let opened = faces.iter().map(|(face, bytes)| (*face, Typeface::own(bytes).expect("a font")));
    let library = Library::open().branded(opened.collect(), vec!["ja".into(), "de-AT".into()]);
    let japanese = Some(Face::Own(Cut::Regular, 1));
    assert_eq!(library.face_for(Face::Regular, "ja", "a"), japanese);
    assert_eq!(library.face_for(Face::Regular, "ja-JP", "a"), japanese, "a region of the language");
    assert_eq!(library.face_for(Face::Heading, "ja", "強"), japanese, "the set has no other face");
    assert_eq!(library.face_for(Face::Regular, "en", "a"), Some(Face::Own(Cut::Regular, 0)));
    assert_eq!(library.face_for(Face::Regular, "en", "強"), japanese, "no other font has it");
    assert_eq!(library.face_for(Face::Bold, "de", "a"), Some(Face::Own(Cut::Bold, 2)));
    assert_eq!(library.face_for(Face::Bold, "en", "a"), Some(Face::Bold));
}

/// Uses a font in every way in which handouts use it; says whether it was opened.
fn used(bytes: &Arc<[u8]>) -> bool {
    let library = branded(&[(Face::Own(Cut::Regular, 0), bytes)]);
    let opened = library.own.contains_key(&Face::Own(Cut::Regular, 0));
    if opened {
        let shaped =
            library.shape(Face::Own(Cut::Regular, 0), false, &"en".into(), "Office e\u{301}tude 3–4 AVAVA ЖФ ½");
        let (subsets, mut texts) = (Subsets::default(), Used::default());
        let face = Face::Own(Cut::Regular, 0);
        subsets.note(&library, face, &whole(&shaped), &mut texts);
        subsets.embed(&library, face, &texts);
    }
    opened
}

#[test]
fn a_font_that_is_cut_off_anywhere_takes_no_harm() {
    for face in [Face::Regular, Face::Heading, Face::Code] {
        let whole = bytes(face);
        assert!(used(&whole));
        for cut in (0..40).chain((40..whole.len()).step_by(whole.len() / 12)) {
            used(&whole[..cut].into());
        }
    }
    let whole = compact();
    assert!(used(&whole));
    for cut in (0..whole.len()).step_by(97) {
        used(&whole[..cut].into());
    }
}

/// Numbers as good as random, the same in every run.
fn dice(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed;
    move |below| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    }
}

/// How many broken fonts are made of each; a thousand each were tried once.
const ROUNDS: usize = 40;

#[test]
fn a_font_with_wrong_bytes_anywhere_takes_no_harm() {
    let shipped =
        [(1, Face::Regular), (2, Face::Heading), (3, Face::BoldItalic)].map(|(seed, face)| (seed, bytes(face)));
    for (seed, whole) in shipped.into_iter().chain([(4, compact())]) {
        // Most of a font is outlines; the tables that shape text are where wrong bytes do most.
        let list = whole[12..].chunks_exact(16).take(usize::from(whole[5]));
        let number = |bytes: &[u8]| bytes.iter().fold(0, |number, byte| number << 8 | usize::from(*byte));
        let tables: Vec<(usize, usize)> = list.map(|entry| (number(&entry[8..12]), number(&entry[12..16]))).collect();
        let mut roll = dice(seed);
        for _ in 0..ROUNDS {
            let mut changed = whole.to_vec();
            for _ in 0..=roll(6) {
                let (start, length) = tables[roll(tables.len())];
                let at = start + roll(length.min(400));
                changed[at] = [0, 1, 0x7f, 0x80, 0xff, roll(256) as u8][roll(6)];
            }
            used(&changed.into());
        }
    }
}
