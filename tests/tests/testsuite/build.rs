//! `regimen build`: what it writes, and what it leaves alone.

use std::fs;
use std::time::{Duration, SystemTime};

use regimen_tests::{Project, Run};

/// The summary lines that end with these words.
fn summaries(run: &Run, end: &str) -> usize {
    run.stdout.lines().filter(|line| line.ends_with(end)).count()
}

#[test]
fn one_command_makes_handouts_calendars_and_guides() {
    let project = Project::shipped();
    let run = project.run("build").exits(0).quietly();
    let starts: Vec<&str> = run.stdout.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(starts, ["pdf", "ics", "markdown"]);
    run.prints("pdf       5 files in out/pdf (").prints(": printable handouts; 5 written");
    let files = project.files("out");
    for file in [
        "pdf/guides/best-hamstring-exercises-for-runners.pdf",
        "pdf/schedules/spring-2027.pdf",
        "pdf/schedules/spring-2027.fridge.pdf",
        "pdf/schedules/spring-2027.cards.pdf",
        "pdf/exercises.cards.pdf",
        "ics/spring-2027.ics",
        "markdown/README.md",
        "markdown/guides/best-hamstring-exercises-for-runners.md",
        "markdown/programs/runners-hamstrings.md",
        "markdown/exercises/romanian-deadlift.md",
        "markdown/media/romanian-deadlift.svg",
        ".regimen-manifest.json",
    ] {
        assert!(files.contains_key(file), "{file} is missing in {:#?}", files.keys());
    }
    let names: Vec<_> = project.files(".").into_keys().filter(|file| !file.starts_with("out/")).collect();
    assert!(names.iter().all(|file| file.starts_with("catalog/")), "only out/ is written: {names:#?}");
}

#[test]
fn a_second_build_touches_nothing() {
    let project = Project::shipped();
    project.run("build").exits(0);
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let age = |path: &str| fs::metadata(project.path("out").join(path)).unwrap().modified().unwrap();
    let files = project.files("out");
    for path in files.keys() {
        let file = fs::File::options().append(true).open(project.path("out").join(path)).unwrap();
        file.set_modified(old).unwrap();
    }
    let run = project.run("build").exits(0).quietly();
    assert_eq!(summaries(&run, " unchanged"), 3, "{}", run.stdout);
    assert!(!run.stdout.contains("written"), "{}", run.stdout);
    assert_eq!(files, project.files("out"));
    for path in files.keys() {
        assert_eq!(age(path), old, "{path} is written anew");
    }
}

#[test]
fn a_build_with_nothing_to_do_says_the_same_in_each_format() {
    let project = Project::shipped().file("catalog/exercises/notes.txt", "notes");
    project.run("build --cache kept").exits(0);
    let said = |arguments: &str| {
        let run = project.run(arguments).exits(0);
        (run.stdout, run.stderr)
    };
    for format in ["human", "short", "json", "sarif"] {
        let again = said(&format!("build --cache kept --format {format}"));
        assert!(format!("{again:?}").contains("notes.txt"), "{again:?}");
        assert_eq!(again, said(&format!("build --no-cache --format {format}")), "{format}");
    }
    let edited = project.text("catalog/regimen.yaml").replace("revised:", "# edited\nrevised:");
    let project = project.file("catalog/regimen.yaml", edited).without("out/pdf/schedules/spring-2027.pdf");
    project.run("build --cache kept").exits(0).prints("1 written");
    assert!(project.path("out/pdf/schedules/spring-2027.pdf").exists());
}

#[test]
fn threads_and_working_folders_change_no_byte() {
    let project = Project::shipped().file("elsewhere/deep/notes.txt", "");
    project.run("build --jobs 1 --out one").exits(0);
    project.run("build --jobs 8 --out eight").exits(0);
    project.run_in("elsewhere/deep", "build ../../catalog --out ../../away").exits(0);
    let environment = [("TZ", "Pacific/Auckland"), ("LANG", "de_DE.UTF-8"), ("REGIMEN_JOBS", "3")];
    project.run_with(".", "build --out settings", &environment).exits(0);
    let one = project.files("one");
    for other in ["eight", "away", "settings"] {
        let files = project.files(other);
        assert!(one.keys().eq(files.keys()), "{other} has other files");
        for (path, bytes) in &files {
            assert!(one[path] == *bytes, "{path} differs in {other}");
        }
    }
}

#[test]
fn the_date_of_a_build_can_be_set_from_outside() {
    let project = Project::shipped();
    project.run("build --only ics").exits(0);
    project.run_with(".", "build --only ics --out later", &[("SOURCE_DATE_EPOCH", "1900000000")]).exits(0);
    let stamped = |folder: &str| project.text(&format!("{folder}/ics/spring-2027.ics"));
    assert!(stamped("out").contains("DTSTAMP:20261120T000000Z"));
    assert!(stamped("later").contains("DTSTAMP:20300317T174640Z"));
}

#[test]
fn only_the_exporters_that_are_named_run() {
    let project = Project::shipped();
    let run = project.run("build --only ics,markdown").exits(0).quietly();
    assert_eq!(run.stdout.lines().count(), 2, "{}", run.stdout);
    assert!(project.files("out/pdf").is_empty());
    let before = project.files("out/markdown");
    project.run("build --only pdf").exits(0);
    assert_eq!(before, project.files("out/markdown"), "files of the others stay");
    assert_eq!(project.files("out/pdf").len(), 5);
}

#[test]
fn every_programme_starts_on_the_day_that_is_asked_for() {
    let project = Project::shipped();
    project.run("build --only ics --start 2028-03-06").exits(0);
    let calendar = project.text("out/ics/spring-2027.ics");
    assert!(calendar.contains("DTSTART;TZID=Europe/London:20280307T183000"), "the first Tuesday");
    assert!(!calendar.contains("DTSTART;TZID=Europe/London:2027"));
}

#[test]
fn days_and_zones_of_the_command_line_are_checked_like_those_of_the_file() {
    let found =
        |options: &str| Project::small().run(&format!("build --only ics --format short {options}")).exits(0).stderr;
    assert_eq!(found("--start 2027-01-04"), "");
    let turned = found("--start 2027-01-06");
    assert!(turned.contains("session-order") && turned.contains("begin on a Wednesday"), "{turned}");
    assert_eq!(found("--at 18:30 --timezone America/New_York"), "");
    let fixed = found("--at 18:30 --timezone EST");
    assert!(fixed.contains("`EST` never changes its clocks"), "{fixed}");
}

#[test]
fn what_is_no_longer_made_is_removed_and_nothing_else() {
    let project = Project::small();
    project.run("build").exits(0);
    assert!(project.path("out/markdown/guides/calf-care.md").exists());
    let project = project.without("catalog/guides/calf-care.md").file("out/markdown/guides/mine.md", "mine");
    let run = project.run("build").exits(0).quietly();
    assert!(summaries(&run, "1 removed") >= 2, "the page and the handout\n{}", run.stdout);
    assert!(!project.path("out/markdown/guides/calf-care.md").exists());
    assert!(!project.path("out/pdf/guides").exists(), "a folder that is empty goes too");
    assert_eq!(project.text("out/markdown/guides/mine.md"), "mine");
}

#[test]
fn a_stale_file_that_was_changed_by_hand_stays() {
    let project = Project::small();
    project.run("build").exits(0);
    let project =
        project.without("catalog/guides/calf-care.md").file("out/markdown/guides/calf-care.md", "my own words");
    project.run("build").exits(0).says("calf-care.md");
    assert_eq!(project.text("out/markdown/guides/calf-care.md"), "my own words");
}

#[test]
fn a_current_file_that_was_changed_by_hand_is_not_overwritten() {
    let project = Project::small();
    project.run("build").exits(0);
    let project = project.file("out/markdown/guides/calf-care.md", "my own words");
    project.run("build").exits(3).says("was changed by hand").says("--adopt");
    assert_eq!(project.text("out/markdown/guides/calf-care.md"), "my own words");
    project.run("build --adopt").exits(0);
    assert_ne!(project.text("out/markdown/guides/calf-care.md"), "my own words");
}

#[test]
fn an_output_folder_around_the_catalogue_never_reaches_into_it() {
    let project = Project::small();
    std::fs::rename(project.path("catalog"), project.path("markdown")).unwrap();
    let before = project.files("markdown");
    project.run("build markdown --out . --adopt").exits(3).says("is the catalogue");
    assert_eq!(before, project.files("markdown"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_printed_is_not_a_success() {
    let project = Project::small();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let run = project.command("check --format json").stdout(full).status().unwrap();
    assert_eq!(run.code(), Some(3));
}

#[test]
fn an_error_writes_nothing() {
    let project = Project::small();
    project.run("build").exits(0);
    let before = project.files("out");
    let project =
        project.without("catalog/guides/calf-care.md").file("catalog/muscles/soleus.yaml", "latin: musculus soleus\n");
    project.run("build").exits(1).says("catalog/muscles/soleus.yaml");
    assert_eq!(before, project.files("out"));
    project.run("build --out other").exits(1).says("error");
    assert!(!project.path("other").exists(), "not even the folder");
}

#[test]
fn who_has_handouts_without_inherited_doses_is_told_once() {
    let session = Project::small().text("catalog/sessions/calf-day.yaml");
    let less = "- {exercise: heel-raise, dose: {sets: 3, reps: 6, rpe: 6}}";
    let project =
        Project::small().file("catalog/sessions/calf-day.yaml", session.replace("- exercise: heel-raise", less));
    let manifest = "out/.regimen-manifest.json";
    let of_an_earlier_version = |project: Project| {
        let told = project.text(manifest);
        assert!(told.contains("\n  \"told\": 1,"), "{told}");
        project.file(manifest, told.replace("\n  \"told\": 1,", ""))
    };
    project.run("build").exits(0).quietly();
    let project = of_an_earlier_version(project);
    let run = project.run("build").exits(0);
    run.says("warning[doses-inherited]: 1 dose in sessions prints more").says("--> catalog/sessions/calf-day.yaml:6:");
    project.run("build").exits(0).quietly();
    let whole = "- {exercise: heel-raise, dose: {sets: 3, reps: 6, rpe: 6, rest: none}}";
    let project = of_an_earlier_version(project);
    let project = project.file("catalog/sessions/calf-day.yaml", session.replace("- exercise: heel-raise", whole));
    let run = project.run("build").exits(0);
    assert!(!format!("{}{}", run.stdout, run.stderr).contains("doses-inherited"), "the session says it all");
}

#[test]
fn folders_that_are_not_ours_are_refused() {
    let project = Project::small()
        .file("file", "mine")
        .file("thesis/chapter.tex", "mine")
        .file("broken/.regimen-manifest.json", "{");
    let content = || {
        let mut files = project.files(".");
        // The lock of a folder that has a manifest stays.
        files.remove("broken/.regimen-lock");
        files
    };
    for (out, said) in [
        ("file", "is not a folder"),
        ("file/below", "is not a folder"),
        ("thesis", "holds no manifest of an earlier build"),
        ("broken", "is damaged"),
        ("catalog", "belongs to the catalogue"),
        ("catalog/new", "belongs to the catalogue"),
        ("new/../other", "does not exist"),
    ] {
        let before = content();
        project.run(&format!("build --out {out}")).exits(3).says(said).says("help: ");
        assert!(before == content(), "{out}: something is written");
    }
    project.run("build --out thesis --adopt").exits(0);
    assert_eq!(project.text("thesis/chapter.tex"), "mine");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_to_is_an_input_output_error() {
    use std::os::unix::fs::PermissionsExt as _;
    let project = Project::small().file("closed/notes.txt", "");
    let permit = |mode| fs::set_permissions(project.path("closed"), fs::Permissions::from_mode(mode)).unwrap();
    permit(0o555);
    let root_may_write = fs::write(project.path("closed/probe"), "").is_ok();
    let run = project.run("build --out closed/out");
    permit(0o755);
    if !root_may_write {
        run.exits(3).says("cannot make the folder").says("choose another folder");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_system_that_refuses_is_an_input_output_error() {
    // Even root cannot make a folder there.
    Project::small().run("build --out /proc/regimen").exits(3).says("cannot make the folder `/proc/regimen`");
}

#[cfg(unix)]
#[test]
fn links_below_the_output_folder_are_not_followed() {
    let project = Project::small();
    project.run("build").exits(0);
    fs::remove_dir_all(project.path("out/pdf")).unwrap();
    fs::create_dir(project.path("outside")).unwrap();
    std::os::unix::fs::symlink(project.path("outside"), project.path("out/pdf")).unwrap();
    project.run("build").exits(3).says("symbolic link");
    assert!(project.files("outside").is_empty());
}

#[test]
fn renaming_a_programme_or_a_session_keeps_the_events_of_a_calendar() {
    let uids = |project: &Project| {
        project.run("build --start 2027-01-04 --only ics").exits(0);
        let calendars = project.files("out/ics").into_values().map(|bytes| String::from_utf8(bytes).unwrap());
        let mut lines: Vec<String> =
            calendars.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect();
        lines.retain(|line| line.starts_with("UID:"));
        lines
    };
    let small = Project::small();
    let schedule = "language: en\nschedules:\n  spring: {program: PROGRAM, start: 2027-01-04}\nwords: {title: Small}\n";
    let project = small.file("catalog/regimen.yaml", schedule.replace("PROGRAM", "strong-calves"));
    let before = uids(&project);
    assert_eq!(before.len(), 8);

    let program = project.text("catalog/programs/strong-calves.yaml").replace("calf-day", "calf-evening");
    let session = project.text("catalog/sessions/calf-day.yaml");
    let project = project
        .without("catalog/programs/strong-calves.yaml")
        .without("catalog/sessions/calf-day.yaml")
        .file("catalog/programs/stronger-calves.yaml", format!("formerly: [strong-calves]\n{program}"))
        .file("catalog/sessions/calf-evening.yaml", format!("formerly: [calf-day]\n{session}"))
        .file("catalog/regimen.yaml", schedule.replace("PROGRAM", "stronger-calves"));
    let guide = project.text("catalog/guides/calf-care.md").replace("strong-calves", "stronger-calves");
    let project = project.file("catalog/guides/calf-care.md", guide.replace("calf-day", "calf-evening"));
    assert_eq!(uids(&project), before);
}

#[test]
fn what_is_replaced_leads_to_what_takes_its_place() {
    let exercise = Project::small().text("catalog/exercises/heel-raise.yaml");
    let project = Project::small().file(
        "catalog/exercises/toe-raise.yaml",
        format!("replaced_by: heel-raise\n{}", exercise.replace("Heel raise", "Toe raise")),
    );
    project.run("build").exits(0);
    let page = project.text("out/markdown/exercises/toe-raise.md");
    assert!(page.contains("takes the place of this: [Heel raise](heel-raise.md)"), "{page}");
}
