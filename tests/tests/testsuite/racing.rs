//! A programme for a race with every kind of block, day and progression, as its reader gets it.

use regimen_tests::{Project, repository};

/// The small catalogue with a half marathon on top.
fn racer() -> Project {
    Project::small().overlay("catalog", &repository().join("tests/fixtures/racer"))
}

/// The text of a calendar without its line breaks and escapes.
fn unfolded(calendar: &str) -> String {
    calendar.replace("\r\n ", "").replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";")
}

#[test]
fn every_kind_of_work_is_said_in_words() {
    let project = racer();
    project.run("check").exits(0);
    project.run("build").exits(0);
    // Amounts do not break at a line's end.
    let page = project.text("out/markdown/programs/half-marathon.md").replace(['\u{a0}', '\u{202f}'], " ");
    for line in [
        "| [Deadlift](#deadlift) · rest 3 min | 5 reps, 65 % · 5 reps, 75 % · as many as you can, 85 % of your training max | ",
        "tempo 3-1-X-0, rest 2 min · when all sets reach 8, add 2.5 kg (up to 60 kg) and start again at 6 | 3 × 6–8 · 40 kg | 3 × 6–8 |",
        "| 2 × 6–8 · with 90 % of the weight that you lift by then |",
        "· from this week, count with a training max that is 2.5 kg higher |",
        "| **Extra work: Every 1 min the next exercise, 5 rounds** |",
        "| **As many rounds as you can in 8 min** |",
        "_8 rounds: 20 s work, 10 s rest_; [Heel raise](#heel-raise) 20 s",
        "| Warm-up · RPE 3 | 10 min |",
        "| Fast · 400 m at 4:10–4:15 min/km, 90 s recovery | 4 rounds | 5 rounds | 6 rounds |",
        "| Fast · 3 × (20 s at mile pace, 40 s rest), 3 min recovery at zone 1–2 | 2 rounds |",
        "| Cool-down | as long as you like |",
        "- **How often:** 1–4 sessions a week",
        "## Gym\n\nDay 1, Day 5 · weeks 1–4 · 45 min\n",
        "X is as fast as you can.",
        "| Week | Phase | Day 1 | Day 2 | Day 4 | Day 5 | Day 7 |",
        "| 4 | Lighter week | [Gym](#gym) · Deadlift as many as you can, 81 % + 5 more exercises · _45 min_ | | [Intervals](#intervals) · ",
        "6 × 400 m + 3 × 20 s · _60 min_ | | [Long run](#long-run) · 8 km |",
    ] {
        assert!(page.contains(line), "{line}\n{page}");
    }
}

#[test]
fn the_race_is_on_its_day_and_all_else_on_days_of_the_reader() {
    let project = racer();
    project.run("build").exits(0);
    let calendar = unfolded(&project.text("out/ics/spring-race.ics"));
    let events: Vec<(&str, &str)> = calendar
        .split("BEGIN:VEVENT")
        .skip(1)
        .map(|event| {
            let value = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).unwrap();
            (value("DTSTART;VALUE=DATE:"), value("SUMMARY:"))
        })
        .collect();
    assert_eq!(events.len(), 18);
    let race = "Race day: Half marathon race 21.1 km, week 5 of 6";
    assert!(events.contains(&("20270424", race)));
    assert_eq!(events.last().unwrap().0, "20270501");
    for (day, title) in &events {
        let date = jiff::civil::Date::strptime("%Y%m%d", day).unwrap();
        use jiff::civil::Weekday::{Saturday, Sunday, Thursday, Tuesday};
        assert!([Tuesday, Thursday, Saturday, Sunday].contains(&date.weekday()), "{title} on {date}");
    }
}

#[test]
fn the_calendar_marks_what_is_not_like_other_weeks() {
    let project = racer();
    let options = "exporters: {ics: {category: Training}}\n";
    let project = project.file("catalog/regimen.yaml", format!("{options}{}", racer().text("catalog/regimen.yaml")));
    project.run("build --only ics").exits(0);
    let calendar = unfolded(&project.text("out/ics/spring-race.ics"));
    let event = |title: &str| {
        let found = calendar.split("BEGIN:VEVENT").find(|event| event.contains(&format!("SUMMARY:{title}\r\n")));
        found.unwrap_or_else(|| panic!("{title}\n{calendar}"))
    };
    for (title, facts, categories) in [
        (
            "Gym, Deadlift as many as you can, 81 %, week 4 of 6 (lighter week)",
            "Week 4 of 6, lighter week, 45 min",
            "Strength,Lighter week",
        ),
        ("Intervals 5 × 400 m + 2 × 3 × 20 s, week 2 of 6", "Week 2 of 6, Build, 60 min", "Run"),
        ("Race day: Half marathon race 21.1 km, week 5 of 6", "Race day, week 5 of 6, 2 h", "Race"),
        ("Long run 10 km, week 6 of 6 (recovery week)", "", "Run,Recovery week"),
    ] {
        let event = event(title);
        assert!(event.contains(&format!("\n{facts}")), "{event}");
        assert!(event.contains(&format!("CATEGORIES:Training,{categories}\r\n")), "{event}");
    }
}

#[test]
fn anchors_that_cannot_be_meant_name_their_line() {
    let schedule = |lines: &str| {
        let text = format!("language: en\nschedules:\n  s:\n    program: half-marathon\n{lines}words:\n  title: T\n");
        racer().file("catalog/regimen.yaml", text)
    };
    for (lines, said) in [
        ("    race: 2027-04-24\n    event: gaol-race\n", "regimen.yaml:6:12: error[anchor]"),
        (
            "    race: 2027-04-24\n    available_days: [monday, tuesday]\n",
            "error[unavailable-day]: week 1 (2027-03-21..2027-03-27) has sessions on 4",
        ),
        ("    start: 2027-04-24\n    end: 2027-06-24\n", "only one of `start`, `end` and `race`"),
        ("    timezone: UTC\n", "a schedule has a `start`, an `end` or a `race`"),
        ("    start: 9999-12-30\n", "regimen.yaml:5:12: error[anchor]"),
    ] {
        schedule(lines).run("check --format short").exits(1).says(said);
    }
}
