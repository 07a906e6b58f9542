//! A few pages as pictures, kept to be looked at. `REGIMEN_BLESS=1` draws them anew.

use std::ops::Range;
use std::path::PathBuf;

use regimen_tests::{Tool, files, repository};

use super::kinds::handout;
use super::picture::{Difference, Picture};

/// The pages that are kept: a handout and the number of its page.
const PAGES: &[(&str, usize)] = &[
    ("plain/guides/back-to-running", 1),
    ("plain/guides/back-to-running", 2),
    ("plain/schedules/spring-race", 1),
    ("plain/schedules/spring-race", 2),
    ("large/guides/back-to-running", 1),
    ("codes/guides/back-to-running", 2),
    ("illustrated/guides/drawings", 1),
    ("illustrated/exercises.cards-2", 3),
    ("samples/sample-guide", 1),
    ("samples/leftwards", 2),
];

/// Fine enough to see what is where, and small enough to keep.
const DOTS: u32 = 50;

/// What another version of poppler may draw otherwise.
const TOLERANCE: Difference = Difference { mean: 1.0, much: 4.0 };

fn looks_like(difference: Difference) -> bool {
    difference.mean <= TOLERANCE.mean && difference.much <= TOLERANCE.much
}

fn name((handout, page): &(&str, usize)) -> String {
    format!("{}-{page}.png", handout.replace('/', "-"))
}

fn drawn(pdftoppm: &Tool, (name, page): &(&str, usize)) -> Picture {
    let mut pages = Picture::pages(pdftoppm, &handout(name).path, DOTS);
    assert!(pages.len() >= *page, "{name} has {} pages", pages.len());
    pages.swap_remove(page - 1)
}

fn folder() -> PathBuf {
    repository().join("tests/golden/pages")
}

#[test]
fn pages_look_as_they_did() {
    let Some(pdftoppm) = Tool::named("pdftoppm") else { return };
    let bless = std::env::var_os("REGIMEN_BLESS").is_some();
    let mut different = Vec::new();
    for page in PAGES {
        let (now, golden) = (drawn(&pdftoppm, page), folder().join(name(page)));
        let before = Picture::read(&golden).unwrap_or(Picture { width: 0, height: 0, pixels: Vec::new() });
        let difference = before.difference(&now);
        if looks_like(difference) {
            continue;
        }
        if bless {
            now.write(&golden);
            continue;
        }
        let shown = repository().join("target/tmp/pages").join(name(page));
        before.beside(&now).write(&shown);
        different.push(format!("{}: {difference:?}, see {}", name(page), shown.display()));
    }
    assert!(different.is_empty(), "REGIMEN_BLESS=1 draws these anew:\n{}", different.join("\n"));
    let kept: Vec<String> = files(&folder()).into_keys().collect();
    let mut wanted: Vec<String> = PAGES.iter().map(name).collect();
    wanted.sort();
    assert_eq!(kept, wanted, "a picture of no page is kept");
}

/// A white page with two blocks of lines and a grey picture.
fn page() -> Picture {
    let (width, height) = (413, 585);
    let mut page = Picture { width, height, pixels: vec![255; width * height] };
    for y in (60..180).chain(300..420) {
        let line = if y % 8 < 3 { 90 } else { 255 };
        page.pixels[y * width + 40..y * width + 370].fill(line);
    }
    fill(&mut page, 60..120, 200..260, 120);
    page
}

fn fill(page: &mut Picture, columns: Range<usize>, rows: Range<usize>, grey: u8) {
    for y in rows {
        let line = y * page.width;
        page.pixels[line + columns.start..line + columns.end].fill(grey);
    }
}

#[test]
fn the_eye_notices_what_moved_and_what_is_missing() {
    let sound = page();
    assert!(looks_like(sound.difference(&sound)));
    let changed = |change: &dyn Fn(&mut Picture)| {
        let mut other = sound.clone();
        change(&mut other);
        sound.difference(&other)
    };
    // Three points, half the distance between lines.
    let moved = changed(&|page| page.pixels.copy_within(300 * 413..420 * 413, 302 * 413));
    let missing = changed(&|page| fill(page, 60..120, 200..260, 255));
    let coloured = changed(&|page| fill(page, 60..120, 200..260, 90));
    for difference in [moved, missing, coloured] {
        assert!(!looks_like(difference), "{difference:?} goes unnoticed");
    }
    // Edges that are drawn a little otherwise: every pixel of a line by a few shades.
    let otherwise = changed(&|page| page.pixels.iter_mut().filter(|pixel| **pixel < 255).for_each(|pixel| *pixel += 5));
    assert!(looks_like(otherwise), "{otherwise:?}");
    assert!(!looks_like(sound.difference(&Picture { width: 412, ..sound.clone() })));
}
