//! QR codes as a camera sees them: read from drawn pages.

use regimen_tests::Tool;

use super::kinds::handout;
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
