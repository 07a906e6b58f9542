//! `regimen build --people`: whose files are made, and whose stay.

use std::fs;
use std::time::SystemTime;

use regimen_tests::Project;

use super::roster::{BUILD, all, of, outputs, people, project, row, table};

/// When each file of somebody was written.
fn times(project: &Project, id: &str) -> Vec<(String, SystemTime)> {
    let files = outputs(project, "out");
    let time = |path: &&str| fs::metadata(project.path("out").join(path)).unwrap().modified().unwrap();
    of(&files, id).iter().map(|path| ((*path).to_owned(), time(path))).collect()
}

#[test]
fn whoever_has_a_condition_against_an_exercise_gets_nothing_and_the_others_their_files() {
    let wrong = row("p-002", "").replace("Prague,,", "Prague,torn-calf,");
    let right = row("p-003", "").replace("Prague,,", "Prague,stiff-knee,");
    let project = project().file("people.csv", table(&[row("p-001", ""), wrong, right]));
    let run = project
        .run(BUILD)
        .exits(1)
        .prints("2 people")
        .says("p-002: `heel-raise` does not suit the condition `torn-calf`");
    assert!(
        run.stderr.contains("people.csv:3:1") && run.stderr.contains("1 person has no new files"),
        "{}",
        run.stderr
    );
    let files = outputs(&project, "out");
    for (id, has) in [("p-001", true), ("p-002", false), ("p-003", true)] {
        assert_eq!(of(&files, id).len() >= 3, has, "{id}: {:?}", files.keys());
    }
}

#[test]
fn files_that_lead_to_what_does_not_suit_somebody_any_more_are_removed() {
    let rows = [row("p-001", ""), row("p-002", ""), row("p-003", "")];
    let project = project().file("people.csv", table(&rows));
    project.run(BUILD).exits(0);
    let edited = "out/markdown/people/p-003.md";
    let text = project.text(edited);
    let torn =
        |row: &String| if row.contains("p-001") { row.clone() } else { row.replace("Prague,,", "Prague,torn-calf,") };
    let unsuitable: Vec<String> = rows.iter().map(torn).collect();
    let project = project.file(edited, format!("{text}mine")).file("people.csv", table(&unsuitable));
    let run = project.run(&format!("{BUILD} --only ics")).exits(1).prints("removed");
    for line in [
        "p-002: 4 files of an earlier build are removed, so that nothing leads to what does not suit them",
        "p-003: 3 files of an earlier build are removed",
        "`markdown/people/p-003.md` was changed by hand and is still there",
    ] {
        assert!(run.stderr.contains(line), "{line}\n{}", run.stderr);
    }
    let files = outputs(&project, "out");
    assert!(of(&files, "p-002").is_empty() && of(&files, "p-001").len() == 4);
    assert_eq!(of(&files, "p-003"), ["markdown/people/p-003.md"]);
    let run = project.run(BUILD).exits(1);
    assert!(!run.stderr.contains("unsuitable-files"), "once\n{}", run.stderr);
    let project = project.without(edited).file("people.csv", table(&rows));
    project.run(BUILD).exits(0);
    assert_eq!(of(&outputs(&project, "out"), "p-003").len(), 4);
}

#[test]
fn another_error_in_a_row_does_not_hide_that_files_do_not_suit_somebody() {
    let rows = [row("p-001", ""), row("p-002", ""), row("p-003", "")];
    let project = project().file("people.csv", table(&rows));
    project.run(BUILD).exits(0);
    // One has a condition beside a mistake, one the mistake alone.
    let mistaken = |id: &str, condition: &str| row(id, "").replace("Prague,,", &format!("Prag,{condition},"));
    let wrong = [row("p-001", ""), mistaken("p-002", "torn-calf"), mistaken("p-003", "")];
    let project = project.file("people.csv", table(&wrong));
    let run = project.run(BUILD).exits(1);
    for line in [
        "p-002: `heel-raise` does not suit the condition `torn-calf`",
        "p-002: 4 files of an earlier build are removed",
        "their 4 files of an earlier build stay, which may not suit them any more",
    ] {
        assert!(run.stderr.contains(line), "{line}\n{}", run.stderr);
    }
    let files = outputs(&project, "out");
    assert_eq!(["p-001", "p-002", "p-003"].map(|id| of(&files, id).len()), [4, 0, 4]);
}

#[test]
fn pictures_that_nobody_has_any_more_are_removed_with_the_whole_roster() {
    let project = project().file("people.csv", people(2, ""));
    let build = "build --people people.csv --cache cache";
    project.run(build).exits(0);
    let picture = "out/markdown/people/media/heel-raise.svg";
    let bytes = project.text(picture);
    project.run(build).exits(0).prints("2 as they were");
    assert!(project.path(picture).exists(), "it is of people whose files stay as they are");
    let exercise = "catalog/exercises/heel-raise.yaml";
    let with = project.text(exercise);
    let without = with.lines().filter(|line| !line.contains("overview") && *line != "media:").collect::<Vec<_>>();
    let without = without.join("\n").replace("\n  alt:", "");
    let project = project.file(exercise, without);
    project.run(&format!("{build} --for p-001")).exits(0);
    assert!(project.path(picture).exists(), "the other one has it");
    project.run(build).exits(0);
    assert!(!project.path("out/markdown/people/media").exists());
    let project = project.file(exercise, with);
    project.run(build).exits(0);
    assert_eq!(project.text(picture), bytes);
}

#[test]
fn one_person_is_built_alone_and_nobody_is_taken_for_gone() {
    let project = project().file("people.csv", people(3, ""));
    project.run(&format!("{BUILD} --for p-002")).exits(0).prints("1 person");
    let files = outputs(&project, "out");
    assert!(of(&files, "p-001").is_empty() && !of(&files, "p-002").is_empty());
    project.run(BUILD).exits(0);
    let before = all(&project, "out");
    project.run(&format!("{BUILD} --for p-003")).exits(0);
    assert!(all(&project, "out") == before);
    project.run(&format!("{BUILD} --for p-009")).exits(2).says("nobody in the roster has the id `p-009`");
    assert!(all(&project, "out") == before);
}

#[test]
fn a_build_makes_only_what_changed() {
    let project = project().file("people.csv", people(3, ""));
    let build = "build --people people.csv --cache cache";
    project.run(build).exits(0).prints("3 people");
    let (first, others) = (times(&project, "p-001"), [times(&project, "p-002"), times(&project, "p-003")]);
    let run = project.run(build).exits(0).prints("3 people, 3 as they were");
    assert!(!run.stdout.contains("written"), "{}", run.stdout);
    let rows = [row("p-001", "Slowly"), row("p-002", ""), row("p-003", "")];
    let project = project.file("people.csv", table(&rows));
    project.run(build).exits(0).prints("3 people, 2 as they were");
    assert_ne!(times(&project, "p-001"), first);
    assert_eq!([times(&project, "p-002"), times(&project, "p-003")], others);
    let exercise = "catalog/exercises/heel-raise.yaml";
    let text = project.text(exercise).replace("Lower your heels slowly", "Lower both heels slowly");
    let project = project.file(exercise, text);
    let run = project.run(build).exits(0);
    assert!(!run.stdout.contains("as they were"), "the exercise is everybody's\n{}", run.stdout);
}

#[test]
fn the_files_of_whoever_leaves_go_unless_they_were_changed_by_hand() {
    let project = project().file("people.csv", people(4, ""));
    project.run(BUILD).exits(0);
    let mine = "out/markdown/people/p-003.md";
    fs::remove_file(project.path(mine)).unwrap();
    let project =
        project.file(mine, "mine").file("out/pdf/people/own.pdf", "mine, too").file("people.csv", people(2, ""));
    project
        .run(BUILD)
        .exits(0)
        .prints("removed")
        .says("`p-003` is no longer in the roster, and files of theirs that were changed by hand stay");
    let files = outputs(&project, "out");
    assert!(of(&files, "p-004").is_empty() && of(&files, "p-001").len() >= 3);
    assert_eq!(of(&files, "p-003"), ["markdown/people/p-003.md"]);
    assert_eq!((project.text(mine), project.text("out/pdf/people/own.pdf")), ("mine".into(), "mine, too".into()));
    let logs = all(&project, "out").into_iter().filter(|(path, _)| path.starts_with(".regimen-people/"));
    for (path, log) in logs {
        assert!(!String::from_utf8(log).unwrap().contains("p-003"), "{path} forgets them");
    }
    project.run(BUILD).exits(0).quietly();
    let sheet = "out/markdown/people/p-001.md";
    fs::remove_file(project.path(sheet)).unwrap();
    let project = project.file(sheet, "mine").file("people.csv", people(2, "New"));
    project.run(BUILD).exits(1).says("p-001.md` was changed by hand");
    assert_eq!(project.text(sheet), "mine");
    assert!(project.text("out/markdown/people/p-002.md").contains("New"), "others do not wait");
    project.run(&format!("{BUILD} --adopt")).exits(0);
    assert!(project.text(sheet).contains("New"));
}

#[test]
fn a_roster_that_broke_off_takes_nobodys_files() {
    let project = project().file("people.csv", people(24, ""));
    project.run(BUILD).exits(0);
    let before = all(&project, "out");
    let project = project.file("people.csv", table(&[]));
    project.run(BUILD).exits(1).says("there is nobody in the roster").says("--remove-gone");
    assert!(all(&project, "out") == before);
    let open = people(24, "").replace("p-002,Name", "p-002,\"Name");
    let project = project.file("people.csv", open);
    project.run(BUILD).exits(1).says("people.csv:3:7").says("a quote `\"` is opened here and never closed");
    assert!(all(&project, "out") == before, "nobody is built");
    let project = project.file("people.csv", people(11, "New"));
    project.run(BUILD).exits(1).says("13 of the 24 people who have files are not in the roster; their files stay");
    let files = outputs(&project, "out");
    assert!(of(&files, "p-024").len() >= 3 && project.text("out/markdown/people/p-001.md").contains("New"));
    let project = project.file("people.csv", people(12, "New"));
    project.run(BUILD).exits(0).prints("removed");
    assert!(of(&outputs(&project, "out"), "p-024").is_empty(), "half of them may be gone");
    let project = project.file("people.csv", people(1, "New"));
    project.run(&format!("{BUILD} --remove-gone")).exits(0);
    assert!(of(&outputs(&project, "out"), "p-002").is_empty());
    let project = project.file("people.csv", table(&[]));
    project.run(&format!("{BUILD} --remove-gone")).exits(0).prints("0 people");
    assert!(of(&outputs(&project, "out"), "p-001").is_empty());
    project.run("build --remove-gone").exits(2).says("name them: --people people.csv");
}

#[test]
fn somebody_who_reads_another_language_is_told_of_what_is_not_in_it() {
    let rows: String = (1..=7).map(|number| format!("p-{number},strong-calves,de-AT\n")).collect();
    let project = project()
        .file("catalog/languages/de.yaml", "name: Deutsch\nlabels: {text: {date-short: \"{day}. {month} {year}\"}}\n")
        .file("people.csv", format!("id,program,language\n{rows}"));
    let run = project.run(BUILD).exits(0);
    let told =
        "7 people (`p-1`, `p-2`, `p-3` and 4 more): not translated into `de`, and printed as the catalogue has it: ";
    assert_eq!(run.stderr.matches("warning[untranslated]").count(), 1, "{}", run.stderr);
    assert!(
        run.stderr.contains(&format!("{told}who must not do them: `torn-calf`; exercises: `heel-raise`")),
        "{}",
        run.stderr
    );
    assert!(project.path("out/markdown/de-AT/people/p-1.md").exists());
    let shares =
        ["1/2", "2/2"].map(|share| project.command(&format!("{BUILD} --for p-1 --shard {share}")).output().unwrap());
    let told: Vec<String> = shares.iter().map(|output| String::from_utf8(output.stderr.clone()).unwrap()).collect();
    assert_eq!(told.iter().filter(|told| told.contains("`p-1` is not in the share")).count(), 1, "{told:?}");
}

#[test]
fn a_page_says_from_whom_it_is_and_when_they_meet_and_has_no_empty_part() {
    let project =
        project().file("people.csv", table(&[row("p-001", "Slowly").replace("Slowly,,", "Slowly,Dr Elm,14 January")]));
    project.run(BUILD).exits(0);
    let page = project.text("out/markdown/people/p-001.md");
    for line in ["**Name:** Name of p-001", "**From:** Dr Elm", "**Next visit:** 14 January", "**Slowly**"] {
        assert!(page.contains(line), "{line}\n{page}");
    }
    let headings = page.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>();
    let empty = headings.windows(2).find(|lines| lines[0].starts_with("## ") && lines[1].starts_with("## "));
    assert_eq!(empty, None, "{page}");
}

/// The values of a property in a calendar, event by event.
fn values(calendar: &str, property: &str) -> Vec<String> {
    let lines = calendar.lines().filter_map(|line| line.strip_prefix(&format!("{property}:")));
    lines.map(|line| line.trim().to_owned()).collect()
}

#[test]
fn a_calendar_goes_on_in_another_language_and_is_taken_back_with_a_word() {
    let project = project()
        .file("catalog/languages/de.yaml", "name: Deutsch\n")
        .file("people.csv", "id,program,start\np-1,strong-calves,2027-01-04\n");
    project.run(BUILD).exits(0);
    let first = project.text("out/ics/people/p-1.ics");
    let project = project.file("people.csv", "id,program,start,language\np-1,strong-calves,2027-01-11,de\n");
    project.run(BUILD).exits(0);
    let second = project.text("out/ics/de/people/p-1.ics");
    assert!(!project.path("out/ics/people/p-1.ics").exists());
    assert_eq!(values(&first, "UID"), values(&second, "UID"));
    assert!(values(&first, "SEQUENCE").iter().all(|number| number == "0"));
    assert!(values(&second, "SEQUENCE").iter().all(|number| number == "1"), "{second}");
    assert!(values(&second, "DTSTAMP")[0] > values(&first, "DTSTAMP")[0]);
    let project = project.file("people.csv", "id,program,start\np-1,strong-calves,\n");
    project.run(BUILD).exits(0).says("ics/withdrawn").says("p-1: there are no dates any more");
    assert!(!project.path("out/ics/de/people/p-1.ics").exists());
    assert!(!project.run(BUILD).exits(0).stderr.contains("withdrawn"), "once");
}

#[test]
fn bytes_depend_neither_on_threads_nor_on_the_cache_the_folder_or_the_time_zone() {
    let project = project().file("people.csv", people(6, "Slowly"));
    project.run(&format!("{BUILD} --jobs 1")).exits(0);
    let right = all(&project, "out");
    let cached = "build --people people.csv --cache cache --out";
    for (number, build) in [
        "build --people people.csv --no-cache --jobs 2 --out",
        "build --people people.csv --no-cache --jobs 8 --out",
        cached,
        cached,
    ]
    .iter()
    .enumerate()
    {
        let out = format!("other/{number}");
        let zone = ["Pacific/Auckland", "America/St_Johns", "UTC", "Asia/Kathmandu"][number];
        project.run_with(".", &format!("{build} {out}"), &[("TZ", zone)]).exits(0);
        assert!(all(&project, &out) == right, "{build} in {zone}");
    }
    let moved = Project::new()
        .overlay("deep/er/catalog", &project.path("catalog"))
        .file("deep/er/people.csv", people(6, "Slowly"));
    moved.run_in("deep/er", BUILD).exits(0);
    assert!(all(&moved, "deep/er/out") == right);
}

#[test]
fn a_build_of_the_catalogue_and_one_for_people_leave_each_others_files_alone() {
    let catalogue = "build --no-cache";
    let alone = |command: &str| {
        let project = project().file("people.csv", people(2, ""));
        project.run(command).exits(0);
        outputs(&project, "out")
    };
    let (mut both, of_people) = (alone(catalogue), alone(BUILD));
    assert!(of_people.keys().all(|path| !both.contains_key(path)), "no path is of both");
    both.extend(of_people);
    for order in [[catalogue, BUILD], [BUILD, catalogue]] {
        let project = project().file("people.csv", people(2, ""));
        for command in [order, order].concat() {
            project.run(command).exits(0);
        }
        assert!(outputs(&project, "out") == both, "{order:?}");
        assert!(!project.run(BUILD).exits(0).stdout.contains("written"));
    }
}

#[test]
fn why_the_files_of_each_person_were_made_is_told_by_their_id() {
    let project = project().file("people.csv", people(3, ""));
    let build = "build --people people.csv --cache cache --explain";
    let told = |project: &Project, build: &str| {
        let run = project.run(build).exits(0);
        run.stdout.lines().filter(|line| line.starts_with("p-0")).map(str::to_owned).collect::<Vec<_>>()
    };
    let all_three = |why: &str| (1..=3).map(|number| format!("p-00{number}: {why}")).collect::<Vec<_>>();
    assert_eq!(told(&project, build), all_three("new in this folder"));
    assert_eq!(told(&project, build), [""; 0]);
    let project = project.file("people.csv", table(&[row("p-001", "Slowly"), row("p-002", ""), row("p-003", "")]));
    assert_eq!(told(&project, build), ["p-001: their row changed"]);
    fs::remove_file(project.path("out/markdown/people/p-002.md")).unwrap();
    assert_eq!(told(&project, build), ["p-002: a file of theirs is missing or was changed"]);
    let exercise = "catalog/exercises/heel-raise.yaml";
    let text = project.text(exercise).replace("Lower your heels slowly", "Lower both heels slowly");
    let project = project.file(exercise, text);
    assert_eq!(told(&project, build), all_three("`exercises/heel-raise.yaml` changed"));
    let file = "catalog/regimen.yaml";
    let text = project.text(file);
    let project = project.file(file, text.replace("words:\n", "exporters: {pdf: {paper: letter}}\nwords:\n"));
    assert_eq!(told(&project, build), all_three("an exporter or its options changed, or others run than last time"));
    let project = project.file(file, text.replace("My first", "My second"));
    let other = all_three(
        "an exporter or its options changed, or others run than last time; the program, `regimen.yaml` or a language changed",
    );
    assert_eq!(told(&project, build), other);
    let run = project.run(&format!("{build} --format json")).exits(0);
    assert!(!run.stdout.contains("p-001"), "{}", run.stdout);
    project.run("build --people people.csv --no-cache --explain").exits(2);
    project.run("build --explain").exits(2).says("--for, --shard, --explain and --remove-gone are about people");
}

#[test]
fn findings_beyond_those_that_are_shown_are_counted() {
    let rows: Vec<String> = (0..2_003).map(|at| row(&format!("p-{at}"), "").replace("Prague", "Prag")).collect();
    let project = project().file("people.csv", table(&rows));
    for command in ["check --people people.csv --max 3", BUILD] {
        project.run(command).exits(1).says("and 3 more findings in the roster");
    }
}
