//! One verdict: what passes `check` builds, what `check` refuses `build` refuses at the same places, and a build that
//! keeps going leaves out just that.

use regimen_tests::Project;
use serde_json::Value;

/// A word in letters that no font of the program has.
const FOREIGN: &str = "\u{13e3}\u{13b3}\u{13a9}";

/// Findings as `code severity file:line:column`, and the exit code.
fn verdict(project: &Project, command: &str) -> (i32, Vec<String>) {
    let run = project.run(&format!("{command} --format json"));
    let found: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:#?}"));
    let shown = |one: &Value| {
        let part = |key: &str| one[key].as_str().unwrap_or("?").to_owned();
        let file = part("file").replace("catalog/", "");
        format!("{} {} {file}:{}:{}", part("code"), part("severity"), one["line"], one["column"])
    };
    let mut found: Vec<String> = found.as_array().unwrap().iter().map(shown).collect();
    found.sort();
    (run.code, found)
}

fn edited(file: &str, from: &str, to: &str) -> Project {
    let project = Project::small();
    let text = project.text(&format!("catalog/{file}"));
    assert!(text.contains(from), "{file} has no {from}");
    project.file(&format!("catalog/{file}"), text.replacen(from, to, 1))
}

const EXERCISE: &str = "exercises/heel-raise.yaml";

/// The exercise with pictures of these names and contents.
fn pictured(pictures: &[(&str, &[u8])], options: &str) -> Project {
    let project = edited("regimen.yaml", "words:\n", &format!("exporters: {{{options}}}\nwords:\n"));
    let one = |(at, (name, _)): (usize, &(&str, &[u8]))| {
        format!("  - {{id: p{at}, file: media/{name}, role: start, author: A, licence: CC0-1.0}}\n")
    };
    let media: String = pictures.iter().enumerate().map(one).collect();
    let alt: Vec<String> = (0..pictures.len()).map(|at| format!("p{at}: A heel")).collect();
    let text = project.text(&format!("catalog/{EXERCISE}"));
    let words = format!("media:\n{media}words:\n  alt: {{{}}}\n", alt.join(", "));
    let project = project.file(&format!("catalog/{EXERCISE}"), text.replacen("words:\n", &words, 1));
    pictures.iter().fold(project, |project, (name, bytes)| project.file(&format!("catalog/media/{name}"), bytes))
}

/// Two exercises whose pictures differ in the case of their names.
fn of_one_name() -> Project {
    let project = pictured(&[("a.svg", SVG)], "pdf: {pictures: none}");
    let other =
        project.text(&format!("catalog/{EXERCISE}")).replace("a.svg", "A.svg").replace("Heel raise", "Toe raise");
    project.file("catalog/exercises/toe-raise.yaml", other).file("catalog/media/A.svg", SVG)
}

fn long_address() -> Project {
    let project = pictured(&[("a.svg", SVG)], "pdf: {qr: true}");
    let url = format!("url: \"https://example.org/{}\", author: A", "a".repeat(2000));
    let text = project.text(&format!("catalog/{EXERCISE}")).replacen("author: A", &url, 1);
    project.file(&format!("catalog/{EXERCISE}"), text)
}

/// Each session has a text that is far too long for two thousand events.
fn large_calendar() -> Project {
    let project = edited("sessions/calf-day.yaml", "  name: Calf day", "  name: Calf day\n  notes: [NOTE]");
    let text = project.text("catalog/sessions/calf-day.yaml").replace("NOTE", &"Go on. ".repeat(12_000));
    let programme = project.text("catalog/programs/strong-calves.yaml").replace("weeks: 4", "weeks: 100");
    project.file("catalog/sessions/calf-day.yaml", text).file("catalog/programs/strong-calves.yaml", programme)
}

const SVG: &[u8] = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>";

#[test]
fn check_and_build_come_to_the_same() {
    let brand = "brand: {fonts: {text: {regular: fonts/a.ttf}}}\nwords:\n";
    let table: Vec<(&str, Project, &[&str])> = vec![
        ("all is well", Project::small(), &[]),
        ("a word in foreign letters", edited(EXERCISE, "Stand tall", FOREIGN), &["pdf/glyph-missing error"]),
        ("a damaged picture", pictured(&[("a.png", b"\x89PNG\r\n\x1a\nno more")], "pdf: {}"), &["pdf/picture error"]),
        (
            "a font that is none",
            edited("regimen.yaml", "words:\n", brand).file("catalog/fonts/a.ttf", "no font"),
            &[""],
        ),
        ("files of one name", of_one_name(), &["same-path error"]),
        ("an address too long for a code", long_address(), &["pdf/qr error"]),
        (
            "a line too long for its place",
            edited("regimen.yaml", "  title: My", &format!("  footer: {}\n  title: My", "Very long. ".repeat(40))),
            &["pdf/cut warning"],
        ),
        (
            "a wrong option",
            edited("regimen.yaml", "words:\n", "exporters: {pdf: {papper: a4}}\nwords:\n"),
            &["bad-option error"],
        ),
        ("a calendar that is too large", large_calendar(), &[""]),
    ];
    for (name, project, codes) in table {
        let (checked, built) = (verdict(&project, "check"), verdict(&project, "build"));
        assert_eq!(checked, built, "{name}");
        assert_eq!(codes.is_empty(), checked.1.is_empty(), "{name}: {checked:?}");
        for code in codes {
            assert!(checked.1.iter().any(|found| found.starts_with(code)), "{name}: {checked:?}");
        }
        assert_eq!(checked.0 == 0, !project.files("out").is_empty(), "{name}: {checked:?}");
    }
}

#[test]
fn a_finding_is_at_the_word_and_once_for_a_language() {
    let project = edited(EXERCISE, "  steps:\n", &format!("  cues: [Go up {FOREIGN}]\n  steps:\n"));
    assert_eq!(verdict(&project, "check").1, ["pdf/glyph-missing error exercises/heel-raise.yaml:12:16"]);
    let language = Project::small()
        .file("catalog/languages/chr.yaml", format!("name: {FOREIGN}\n"))
        .file("catalog/guides/calf-care.chr.md", format!("---\ntitle: {FOREIGN}\nsummary: {FOREIGN}\n---\n\nText.\n"))
        .file("catalog/muscles/soleus.chr.yaml", format!("name: {FOREIGN} \u{13b3}\u{13a1}\n"));
    let (code, found) = verdict(&language, "check");
    let of_fonts: Vec<&String> = found.iter().filter(|found| found.starts_with("pdf/glyph")).collect();
    assert_eq!((code, of_fonts.len()), (1, 1), "{found:?}");
    let run = language.run("build --keep-going").exits(1);
    assert!(run.stderr.contains("Cherokee letters, which texts in `chr` are written with"), "{}", run.stderr);
    assert!(run.stderr.contains("1 error; the files that it concerns were not written"), "{}", run.stderr);
    let files = language.files("out");
    for there in ["pdf/guides/calf-care.pdf", "ics/spring.ics", "markdown/chr/guides/calf-care.md"] {
        assert!(files.contains_key(there), "{there} in {:?}", files.keys());
    }
    assert!(!files.contains_key("pdf/chr/guides/calf-care.pdf"));
}

#[test]
fn findings_of_exporters_have_a_severity_and_are_allowed_at_their_place() {
    let foreign = edited(EXERCISE, "Stand tall", FOREIGN);
    let text = foreign.text(&format!("catalog/{EXERCISE}"));
    let project = foreign.text("catalog/regimen.yaml");
    let with = |allow: &str, rule: &str| {
        Project::small()
            .file(&format!("catalog/{EXERCISE}"), text.replacen("words:\n", &format!("{allow}words:\n"), 1))
            .file("catalog/regimen.yaml", project.replace("rules: {", &format!("rules: {{{rule}")))
    };
    let lowered = with("", "pdf/glyph-missing: warning, ");
    let found = ["pdf/glyph-missing warning exercises/heel-raise.yaml:13:7".to_owned()];
    assert_eq!(verdict(&lowered, "check"), (0, found.to_vec()));
    assert_eq!(verdict(&lowered, "build"), (0, found.to_vec()));
    assert!(lowered.files("out").contains_key("pdf/guides/calf-care.pdf"), "it is printed with its stand-in");
    let allowed = with("allow: {pdf/glyph-missing: it is drawn by hand}\n", "");
    assert_eq!(verdict(&allowed, "check"), (0, vec![]));
    assert_eq!(verdict(&allowed, "build"), (0, vec![]));
    let unused = with("allow: {pdf/qr: it is short}\n", "pdf/glyph-missing: off, ");
    assert_eq!(verdict(&unused, "check"), (0, vec!["unused-allow warning exercises/heel-raise.yaml:9:9".to_owned()]));
    assert_eq!(verdict(&unused, "check --content-only"), (0, vec![]), "nothing is said of exporters that did not run");
    let misspelt = with("", "pdf/glyf-missing: off, ");
    misspelt.run("check --format short").exits(1).says("did you mean `pdf/glyph-missing`?");
    let nobody = with("", "pfd/cut: off, ");
    nobody.run("check --format short").exits(1).says("did you mean the exporter `pdf`?");
}

#[test]
fn a_check_of_the_content_alone_runs_no_exporter() {
    let foreign = edited(EXERCISE, "Stand tall", FOREIGN);
    assert_eq!(verdict(&foreign, "check --content-only"), (0, vec![]));
}

#[test]
fn what_earlier_builds_made_of_a_failed_unit_stays_until_a_build_is_whole() {
    let project = Project::small();
    project.run("build").exits(0);
    let before = project.files("out");
    let guide = project.text("catalog/guides/calf-care.md");
    let wrong = guide.replace("Your ", &format!("{FOREIGN} "));
    let project = project.file("catalog/guides/calf-care.md", wrong);
    project.run("build").exits(1);
    assert_eq!(project.files("out"), before, "nothing is written");
    project.run("build --keep-going").exits(1);
    let kept = project.files("out");
    let (pdf, page) = ("pdf/guides/calf-care.pdf", "markdown/guides/calf-care.md");
    assert_eq!(kept[pdf], before[pdf], "the handout stays as it was");
    assert!(kept[page] != before[page], "its page is new");
    let project = project.without("catalog/guides/calf-care.md").file("catalog/guides/other.md", guide);
    project.run("build").exits(0);
    let after = project.files("out");
    assert!(!after.contains_key(pdf) && after.contains_key("pdf/guides/other.pdf"), "{:?}", after.keys());
}

#[test]
fn an_error_of_an_entry_leaves_out_what_depends_on_it() {
    let project = Project::small()
        .file("catalog/guides/other.md", "---\ntitle: Other\nsummary: Another.\n---\n\nWalk.\n")
        .file("catalog/exercises/heel-raise.yaml", "kind: strength\nlevl: 1\nwords: {name: Heel raise}\n");
    let run = project.run("build --keep-going").exits(1);
    assert!(run.stderr.contains("levl"), "{}", run.stderr);
    let files = project.files("out");
    let made: Vec<&String> = files.keys().filter(|path| path.ends_with(".pdf") || path.ends_with(".ics")).collect();
    assert_eq!(made, ["pdf/guides/other.pdf"], "guide, programme and calendar need the exercise");
    let project = project.file("catalog/regimen.yaml", "language: en\nwrds: {}\n");
    project.run("build --keep-going").exits(1);
    assert_eq!(project.files("out"), files, "an error in the project file concerns everything");
    run_says_nothing_was_written(&project);
}

fn run_says_nothing_was_written(project: &Project) {
    let run = project.run("build --keep-going").exits(1);
    assert!(
        run.stderr.contains("nothing was written, because an error concerns the whole catalogue"),
        "{}",
        run.stderr
    );
}

/// The small project with these schedules.
fn with_schedules(schedules: &str) -> Project {
    let own = "spring:\n    program: strong-calves\n    start: 2027-01-04\n";
    let other = Project::small().text("catalog/programs/strong-calves.yaml");
    edited("regimen.yaml", own, schedules).file("catalog/programs/other.yaml", other)
}

#[test]
fn an_error_in_one_schedule_leaves_out_that_schedule_alone() {
    let anna = "anna: {program: other, start: 2027-06-07}";
    for wrong in [
        "start: 2027-01-40",
        "start: 2027-01-04, at: \"7:00\"",
        "start: 2027-01-04, length: 45 minuten",
        "start: 2027-01-04, available_days: [mondy]",
        "start: 2027-01-04, at: \"07:00\"",
        "start: 2027-01-04, at: \"07:00\", timezone: Berlin",
    ] {
        let ben = format!("ben: {{program: strong-calves, {wrong}}}");
        let eve = "eve: {program: strong-calves, start: 2027-03-01}";
        let project = with_schedules(&format!("{anna}\n  {ben}\n  {eve}\n"));
        let run = project.run("build --keep-going").exits(1);
        assert!(run.stderr.contains("1 error; the files that it concerns were not written"), "{wrong}: {}", run.stderr);
        let files = project.files("out");
        let is_document = |path: &&str| path.starts_with("pdf/") || path.starts_with("ics/");
        let made: Vec<&str> = files.keys().map(String::as_str).filter(is_document).collect();
        let expected = ["ics/anna.ics", "ics/anna.txt", "ics/eve.ics", "ics/eve.txt"];
        let handouts = ["pdf/guides/calf-care.pdf", "pdf/schedules/anna.pdf", "pdf/schedules/eve.pdf"];
        assert_eq!(made, [expected.as_slice(), &handouts].concat(), "{wrong}");
        assert!(files.contains_key("markdown/README.md"), "{wrong}");
        // Whoever was to have dates gets no handout without them.
        let alone = with_schedules(&format!("{anna}\n  {ben}\n"));
        alone.run("build --keep-going").exits(1);
        let made = alone.files("out");
        assert!(made.contains_key("ics/anna.ics") && !made.keys().any(|path| path.contains("pdf/programs")), "{wrong}");
    }
    let unknown = with_schedules(&format!("{anna}\n  ben: {{program: 7, start: 2027-01-04}}\n"));
    unknown.run("build --keep-going").exits(1);
    let made = unknown.files("out");
    assert!(made.contains_key("ics/anna.ics") && !made.keys().any(|path| path.contains("pdf/programs")));
}

#[test]
fn an_error_in_the_words_of_a_language_leaves_out_that_language_alone() {
    let exercise = Project::small().text(&format!("catalog/{EXERCISE}"));
    let project = Project::small()
        .file(&format!("catalog/{EXERCISE}"), exercise.replace("  steps:\n", "  stop_if: [It hurts.]\n  steps:\n"))
        .file("catalog/languages/de.yaml", "name: Deutsch\n")
        .file("catalog/exercises/heel-raise.de.yaml", "name: Fersenheben\n");
    let run = project.run("build --keep-going").exits(1);
    assert!(run.stderr.contains("translation-safety"), "{}", run.stderr);
    let files = project.files("out");
    assert!(files.contains_key("pdf/guides/calf-care.pdf") && files.contains_key("markdown/exercises/heel-raise.md"));
    assert!(!files.contains_key("markdown/de/exercises/heel-raise.md"), "{:?}", files.keys());
}
