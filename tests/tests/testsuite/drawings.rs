//! Drawings of any origin: what of them is published, as another reader of XML and a real browser see it.

mod pieces;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use regimen_drawing::{ATTRIBUTES, ELEMENTS, FUNCTIONS, PROPERTIES, PSEUDO_CLASSES, REFERENCES, clean};
use regimen_tests::{Dice, Project, Tool, files, repository};
use serde_json::{Value, json};

use pieces::{DRAWINGS, FINE, HOSTILE, hostile_documents, of_body};

/// The lists as the judge reads them.
fn lists() -> String {
    let lists = json!({
        "elements": ELEMENTS.as_slice(), "attributes": ATTRIBUTES.as_slice(), "properties": PROPERTIES.as_slice(),
        "functions": FUNCTIONS.as_slice(), "references": REFERENCES.as_slice(),
    });
    lists.to_string()
}

/// Holds all drawings of a folder against the list, and gives how many they were.
fn judged(project: &Project, folder: &str) -> Option<usize> {
    let judge = Tool::python("drawings.py", "xml.parsers.expat")?;
    fs::write(project.path("lists.json"), lists()).unwrap();
    let count = judge.judge(&[&project.path("lists.json"), &project.path(folder)]);
    Some(count.trim().parse().unwrap())
}

#[test]
fn shipped_drawings_are_published_byte_for_byte() {
    for folder in ["catalog", "tests/fixtures/illustrated", "tests/fixtures/branded"] {
        for (path, bytes) in files(&repository().join(folder)).into_iter().filter(|(path, _)| path.ends_with(".svg")) {
            let clean = clean(&bytes).unwrap();
            assert!(clean.text.as_bytes() == bytes && clean.left_out.is_empty(), "{folder}/{path}");
        }
    }
}

/// A small catalogue whose exercise shows these drawings: `media/0.svg` and so on.
fn with_drawings(drawings: &[Vec<u8>]) -> Project {
    let exercise = fs::read_to_string(repository().join("tests/fixtures/small/exercises/heel-raise.yaml")).unwrap();
    let (mut media, mut alt) = (String::from("media:\n"), String::from("words:\n  alt:\n"));
    let mut project = Project::small();
    for (number, drawing) in drawings.iter().enumerate() {
        let rest = "role: detail, author: A. Author, licence: CC0-1.0";
        media.push_str(&format!("  - {{id: p{number}, file: media/{number}.svg, {rest}}}\n"));
        alt.push_str(&format!("    p{number}: A heel raise\n"));
        project = project.file(&format!("catalog/media/{number}.svg"), drawing);
    }
    let exercise = exercise.replace("words:\n", &format!("{media}{alt}"));
    project.file("catalog/exercises/heel-raise.yaml", exercise)
}

#[test]
fn nothing_of_a_hostile_drawing_is_published() {
    let drawings = hostile_documents();
    let project = with_drawings(&drawings);
    let said = project.run("check --format short").exits(1).stderr;
    for (number, drawing) in drawings.iter().enumerate() {
        let refused = said.contains(&format!("error[picture]: `media/{number}.svg` is refused: "));
        assert!(refused, "{}\n{said}", String::from_utf8_lossy(drawing));
    }
    project.run("build --only markdown").exits(1);
    assert!(project.files("out").is_empty());
}

#[test]
fn a_drawing_that_is_fine_is_published_as_it_was_understood() {
    let body = format!("<!-- secret --><script-like/>{}", FINE.join("\n"));
    let project = with_drawings(&[of_body(&body).into_bytes()]);
    let said = "warning[picture-left-out]: in `media/0.svg`, it has a `script-like`";
    project.run("build --only markdown").exits(0).says(said);
    let published = project.text("out/markdown/media/0.svg");
    assert!(!published.contains("secret") && published.contains("<path"), "{published}");
    assert_eq!(judged(&project, "out/markdown").unwrap_or(1), 1);
}

/// Whatever of hostile drawings is not refused, in one folder; pieces of them are put into each other.
fn mixed(project: &Project, count: usize) -> usize {
    let mut dice = Dice::new();
    fs::create_dir_all(project.path("mixed")).unwrap();
    let mut kept = 0;
    for number in 0..count {
        let mut body = String::new();
        for _ in 0..=dice.below(3) {
            let piece = |dice: &mut Dice| match dice.below(3) {
                0 => HOSTILE[dice.below(HOSTILE.len())].to_owned(),
                1 => FINE[dice.below(FINE.len())].to_owned(),
                _ => DRAWINGS[dice.below(DRAWINGS.len())].to_owned(),
            };
            let (mut one, other) = (piece(&mut dice), piece(&mut dice));
            let places: Vec<usize> = one.char_indices().map(|(at, _)| at).collect();
            match dice.below(3) {
                0 => one.insert_str(places[dice.below(places.len())], &other),
                1 => {
                    one.remove(places[dice.below(places.len())]);
                }
                _ => one.push_str(&other),
            }
            body.push_str(&one);
        }
        if let Ok(clean) = clean(of_body(&body).as_bytes()) {
            fs::write(project.path(&format!("mixed/{number:05}.svg")), clean.text).unwrap();
            kept += 1;
        }
    }
    kept
}

#[test]
fn another_reader_finds_nothing_that_is_not_on_the_list() {
    let project = Project::new();
    let kept = mixed(&project, 20_000);
    assert!(kept > 2_000, "most pieces are hostile, and some come through: {kept}");
    if let Some(count) = judged(&project, "mixed") {
        assert_eq!(count, kept);
    }
}

/// What a browser says of a folder of drawings: how many it showed, and what they did.
fn browsed(project: &Project, folder: &str) -> Option<(usize, Vec<String>)> {
    let browser = Tool::browser("browser.mjs")?;
    let answer: Value = serde_json::from_str(&browser.judge(&[&project.path(folder)])).unwrap();
    let troubles = answer["troubles"].as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned());
    Some((answer["shown"].as_u64().unwrap() as usize, troubles.collect()))
}

#[test]
fn a_browser_that_shows_what_is_published_runs_and_asks_for_nothing() {
    let project = Project::shipped().overlay("drawings", &repository().join("tests/fixtures/illustrated/media"));
    let mixed = mixed(&project, 1_000).min(60);
    let chosen: BTreeMap<_, _> = project.files("mixed").into_iter().take(mixed).collect();
    let mut project = project;
    for (path, bytes) in chosen {
        project = project.file(&format!("drawings/{path}"), bytes);
    }
    for (path, bytes) in project.files("catalog/media") {
        project = project.file(&format!("drawings/{path}"), clean(&bytes).unwrap().text);
    }
    for (number, body) in FINE.iter().chain(&DRAWINGS).enumerate() {
        project = project.file(&format!("drawings/fine-{number}.svg"), clean(of_body(body).as_bytes()).unwrap().text);
    }
    let all = project.files("drawings").into_keys().filter(|path| path.ends_with(".svg")).count();
    if let Some((shown, troubles)) = browsed(&project, "drawings") {
        assert_eq!((shown, troubles), (all, Vec::new()));
    }
}

/// Else the browser above would show nothing, whatever it is given.
#[test]
fn the_browser_sees_what_hostile_drawings_do() {
    let mut project = Project::new();
    for (name, body) in [
        ("script", "<script>fetch('/ran')</script>"),
        ("handler", "<g><path d='M0 0h99v99z'/><set attributeName='x' to='1' onbegin ='alert(1)'/></g>"),
        ("image", "<image href='http://a.example/a.png' width='9' height='9'/>"),
        ("sheet", "<style>@import url(http://a.example/a.css);</style>"),
        (
            "frame",
            "<foreignObject width='9' height='9'><iframe xmlns='http://www.w3.org/1999/xhtml' src='http://a.example/b'/></foreignObject>",
        ),
    ] {
        project = project.file(&format!("drawings/{name}.svg"), of_body(body));
    }
    let Some((_, troubles)) = browsed(&project, "drawings") else { return };
    for seen in [
        "script.svg: script",
        "handler.svg: dialog",
        "image.svg: request http://a.example/a.png",
        "sheet.svg: request",
        "frame.svg: request",
    ] {
        assert!(troubles.iter().any(|trouble| trouble.starts_with(seen)), "{seen}: {troubles:?}");
    }
}

#[test]
fn the_manual_says_what_a_drawing_may_hold() {
    let path = repository().join("docs/format.md");
    let manual = fs::read_to_string(&path).unwrap();
    let (before, rest) = manual.split_once("<!-- drawings: written by a test -->\n").unwrap();
    let (_, after) = rest.split_once("<!-- end -->\n").unwrap();
    let mut made = String::new();
    for (what, list) in [
        ("Elements", ELEMENTS.as_slice()),
        ("Attributes", &ATTRIBUTES),
        ("Styles, as attributes, in `style` and in style sheets", &PROPERTIES),
        ("Functions in styles, besides `url(#id)`", &FUNCTIONS),
        ("States and positions in selectors", &PSEUDO_CLASSES),
    ] {
        let mut line = format!("- **{what}:**");
        for word in list {
            if line.rsplit('\n').next().unwrap_or_default().len() + word.len() > 115 {
                line.push_str("\n ");
            }
            write!(line, " `{word}`,").unwrap();
        }
        line.pop();
        made.push_str(&line);
        made.push_str(".\n");
    }
    let manual_now = format!("{before}<!-- drawings: written by a test -->\n{made}<!-- end -->\n{after}");
    if std::env::var_os("REGIMEN_BLESS").is_some() {
        fs::write(&path, &manual_now).unwrap();
    }
    assert!(manual == manual_now || std::env::var_os("REGIMEN_BLESS").is_some(), "`REGIMEN_BLESS=1` rewrites the list");
}
