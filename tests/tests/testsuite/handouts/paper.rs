//! How much paper handouts take: few pages, none of them half empty.

use regimen_tests::{Project, Tool};

use super::picture::Picture;

/// How much of a page is free at its foot, between header and footer.
struct Feet(Vec<f64>);

impl Feet {
    /// The feet of the pages of a file that a project prints with some options.
    fn of(project: &Project, options: &str, file: &str) -> Option<Self> {
        let pdftoppm = Tool::named("pdftoppm")?;
        let settings = project.text("catalog/regimen.yaml");
        let own =
            settings.lines().skip_while(|line| *line != "  pdf:").skip(1).take_while(|line| line.starts_with("    "));
        let own: String = own.map(|line| format!("{line}\n")).collect();
        let settings = settings.replace(&format!("  pdf:\n{own}"), &format!("  pdf: {{{options}}}\n"));
        std::fs::write(project.path("catalog/regimen.yaml"), settings).unwrap();
        project.run("build --only pdf").exits(0);
        let pages = Picture::pages(&pdftoppm, &project.path(&format!("out/pdf/schedules/{file}.pdf")), 36);
        Some(Self(pages.iter().map(foot).collect()))
    }

    /// Few pages, which are full on the whole, and none of which but the last is nearly half empty.
    fn are_few(&self, most: usize) {
        let Self(feet) = self;
        assert!(feet.len() <= most, "{} pages, not {most}", feet.len());
        let mean = feet.iter().sum::<f64>() / feet.len() as f64;
        assert!(mean < 0.12, "{mean} of the pages is empty");
        assert!(feet[..feet.len() - 1].iter().all(|foot| *foot <= 0.4), "{feet:?}");
        assert!(feet.last().is_some_and(|foot| *foot < 0.85), "the last page is for a line: {feet:?}");
    }
}

fn foot(page: &Picture) -> f64 {
    // In A4: below the header, above the footer.
    let row = |points: usize| page.height * points / 842;
    let rows: Vec<&[u8]> = page.pixels.chunks(page.width).take(row(785)).skip(row(60)).collect();
    let last = rows.iter().rposition(|row| row.iter().any(|pixel| *pixel < 225)).map_or(0, |last| last + 1);
    1.0 - last as f64 / rows.len() as f64
}

#[test]
fn the_shipped_programme_is_a_few_full_pages() {
    for paper in ["a4", "letter"] {
        let Some(feet) = Feet::of(&Project::shipped(), &format!("paper: {paper}"), "spring-2027") else { return };
        feet.are_few(10);
    }
}

#[test]
fn the_shipped_programme_in_large_print_takes_at_most_twice_the_pages() {
    for (paper, points, most) in [("a4", 14, 13), ("letter", 14, 13), ("a4", 18, 18)] {
        let options = format!("paper: {paper}, large_print: {points}");
        let Some(feet) = Feet::of(&Project::shipped(), &options, "spring-2027") else { return };
        feet.are_few(most);
    }
    let letter = Feet::of(&Project::shipped(), "paper: letter, large_print: 18", "spring-2027");
    assert!(letter.is_none_or(|Feet(feet)| feet.len() <= 20));
}

#[test]
fn the_shipped_programme_is_one_page_on_the_fridge() {
    for paper in ["a4", "letter"] {
        let options = format!("paper: {paper}, layout: fridge");
        let Some(Feet(feet)) = Feet::of(&Project::shipped(), &options, "spring-2027.fridge") else { return };
        assert_eq!(feet.len(), 1, "{paper}");
    }
}

#[test]
fn the_shipped_programme_is_a_few_pages_on_the_fridge_in_large_print() {
    for (points, most) in [(14, 3), (18, 6)] {
        let options = format!("layout: fridge, large_print: {points}");
        let Some(Feet(feet)) = Feet::of(&Project::shipped(), &options, "spring-2027.fridge") else { return };
        assert!(feet.len() <= most, "{} pages with {points} points", feet.len());
    }
}
