//! QR codes as a camera sees them: read from drawn pages.

use regimen_tests::Tool;

use super::kinds::{clinic, handout};
use super::picture::Picture;

/// What the codes on the pages of a handout say.
fn read(pdftoppm: &Tool, path: &std::path::Path) -> Vec<String> {
    let pages = Picture::pages(pdftoppm, path, 150);
    let texts = pages.iter().flat_map(|page| {
        let pixel = |x, y| page.pixels[y * page.width + x];
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(page.width, page.height, pixel);
        let codes = image.detect_grids();
        codes.into_iter().map(|code| code.decode().unwrap().1).collect::<Vec<_>>()
    });
    texts.collect()
}

#[test]
fn every_code_says_its_address() {
    let Some(pdftoppm) = Tool::named("pdftoppm") else { return };
    let codes = ["https://example.org/romanian-deadlift", "https://example.org/wall-sit?sheet=1&lang=en"];
    assert_eq!(read(&pdftoppm, &handout("codes/guides/back-to-running").path), codes);
    assert_eq!(read(&pdftoppm, &handout("plain/guides/back-to-running").path), [""; 0]);
}

#[test]
fn an_address_too_long_for_a_code_is_found_where_it_is_written() {
    let address = format!("https://videos.example.org/{}", "very-long-path/".repeat(120));
    let clinic = clinic("qr: true");
    let exercise = clinic.text("catalog/exercises/wall-sit.yaml");
    let line = exercise.lines().position(|line| line.contains("url:")).unwrap() + 1;
    let exercise = exercise.replace("https://example.org/wall-sit?sheet=1&lang=en", &address);
    let project = clinic.file("catalog/exercises/wall-sit.yaml", exercise);
    let run = project.run("build --only pdf --format short").exits(1);
    let said = run.stdout + &run.stderr;
    let found: Vec<&str> = said.lines().filter(|line| line.contains("pdf/qr")).collect();
    assert!(!found.is_empty(), "{said}");
    for finding in found {
        assert!(finding.starts_with(&format!("catalog/exercises/wall-sit.yaml:{line}:")), "{finding}");
        assert!(finding.len() < 300, "the address is cut: {finding}");
    }
}
