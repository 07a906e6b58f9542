//! What handouts of programmes contain, read as text.

use std::collections::BTreeSet;

use regimen_catalog::Catalog;
use regimen_catalog::plan::{Plan, expand};
use regimen_catalog::prose::{Inline, LinkTarget, plain_text};

use super::super::{Delivery, calendar_help, fridge, plan_cards, program, session, week_grid};
use super::{catalog, with_unit};
use crate::document::{Block, ColumnRole, Document, Month, Row, Table, Work};
use crate::exporter::Unit;

/// A session on two days of four weeks, in which the repetitions grow.
const TWICE: &str = "{id: a, kind: base, weeks: 4, sessions: [{session: day, day: monday}, {session: day, day: 3}], \
                     progression: [{exercise: raise, linear: {add: 1 reps, every: 2}}]}";
pub(super) const ONCE: &str = "{id: a, kind: base, weeks: 1, sessions: [{session: day, day: monday}]}";

/// A catalogue with one programme of these phases; the files are laid over those of the small catalogue.
pub(super) fn planned(phases: &str, files: &[(&str, &str)]) -> Catalog {
    let words = "{name: Plan, summary: All., goal: Go., audience: You.}";
    let program = format!("{{level: 1, phases: [{phases}], words: {words}}}");
    let mut files = files.to_vec();
    files.insert(0, ("programs/plan.yaml", &program));
    catalog("{sets: 3, reps: 8, rpe: 7, rest: 1 min}", &files)
}

/// A document of the plan, dated if the catalogue has a schedule `s`.
pub(super) fn composed(catalog: &Catalog, compose: impl FnOnce(&Unit<'_>, &Plan) -> Document) -> Document {
    let name = "s".parse().expect("a name");
    let schedule = catalog.project.schedules.get(&name);
    let plan = expand(catalog, &catalog.programs["plan"], schedule.map(|schedule| (&name, schedule)));
    let plan = plan.expect("a plan");
    with_unit(catalog, "en", |unit| compose(unit, &plan))
}

/// The handout of a programme as text.
pub(super) fn handout(phases: &str, files: &[(&str, &str)]) -> String {
    let catalog = planned(phases, files);
    read(&composed(&catalog, |unit, plan| program(unit, &catalog.programs["plan"], plan)).blocks)
}

/// Blocks as text, a line each: `#` for headings with their anchors, `|` between cells, `/` between lines of one,
/// `_` for columns to write in, `*` for rows with a picture, `->` for links inside the document.
pub(super) fn read(blocks: &[Block]) -> String {
    blocks.iter().map(block).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn block(block: &Block) -> String {
    let facts = |facts: &[(String, Vec<Inline>)]| {
        facts.iter().map(|(label, value)| format!("{label}: {}", content_text(value))).collect::<Vec<_>>().join("\n")
    };
    match block {
        Block::Heading { level, anchor, content } => {
            format!("{} {} {{{anchor}}}", "#".repeat(usize::from(*level)), content_text(content))
        }
        Block::Paragraph(content) => content_text(content),
        Block::List { items, .. } => {
            items.iter().map(|item| format!("- {}", read(item))).collect::<Vec<_>>().join("\n")
        }
        Block::Callout { title, blocks, .. } => format!("[{title}] {}", read(blocks)),
        Block::Facts(of) => facts(of),
        Block::Glance(of) => facts(of).replace('\n', " | "),
        Block::Table(of) => table(of),
        Block::Month(of) => month(of),
        Block::Card(card) => {
            format!("card {}\n{}\n{}", content_text(&card.title), facts(&card.facts), read(&card.body))
        }
        Block::Work(of) => work(of),
        Block::Fields(of) => format!("fields {}", facts(of).replace('\n', " | ")),
        Block::Scales(of) => {
            of.iter().map(|scale| format!("scale {} {:?}", scale.title, scale.limit)).collect::<Vec<_>>().join("\n")
        }
        Block::PageBreak => "====".into(),
        Block::SheetBreak => "----".into(),
        Block::Quote(_) | Block::Code { .. } | Block::Figure(_) | Block::Rule | Block::Footnotes(_) => {
            panic!("{block:?}")
        }
    }
}

/// `(` before a group, `+` before what it says, `!` before what warns, `[]` around times.
fn work(work: &Work) -> String {
    let mut lines = Vec::new();
    lines.extend((!work.group.is_empty()).then(|| format!("({})", content_text(&work.group))));
    lines.extend(work.goes_on.then(|| "(goes on)".into()));
    let picture = if work.figure.is_some() { "*" } else { "" };
    lines.push(format!(
        "work {}{picture} {{{}}}: {}",
        content_text(&work.title),
        work.anchor,
        content_text(&work.dose)
    ));
    lines.extend(work.setup.iter().map(|line| content_text(line)));
    lines.extend(work.steps.iter().enumerate().map(|(at, step)| format!("{}. {}", at + 1, content_text(step))));
    lines.extend(work.points.iter().map(|point| {
        let said: Vec<String> = point.lines.iter().map(|line| content_text(line)).collect();
        format!("{} {}: {}", if point.warns { "!" } else { "+" }, content_text(&point.label), said.join(" / "))
    }));
    let times =
        work.times.iter().map(|time| format!("[{} {}]", content_text(&time.title), content_text(&time.content)));
    lines.extend((!work.times.is_empty()).then(|| times.collect::<String>()));
    lines.extend(work.by_days.as_ref().map(table));
    lines.join("\n")
}

fn table(table: &Table) -> String {
    let width = table.columns.len();
    assert!(table.rows.iter().all(|row| row.cells.len() == width), "{table:?}");
    let title = |role, title: &[Inline]| match role {
        ColumnRole::Log => format!("{}_", content_text(title)),
        ColumnRole::Name | ColumnRole::Text | ColumnRole::Amount => content_text(title),
    };
    let titles: Vec<_> = table.columns.iter().map(|column| title(column.role, &column.title)).collect();
    let row = |row: &Row| {
        let cells: Vec<_> =
            row.cells.iter().take(if row.group { 1 } else { width }).map(|cell| content_text(cell)).collect();
        let mark = if row.figure.is_some() { "*" } else { "" };
        format!("{mark}{}", cells.join(" | "))
    };
    std::iter::once(titles.join(" | ")).chain(table.rows.iter().map(row)).collect::<Vec<_>>().join("\n")
}

fn month(month: &Month) -> String {
    let days = month.weeks.iter().flat_map(|week| week.iter().enumerate());
    let days = days.filter_map(|(column, day)| Some((column, day.as_ref()?)));
    let busy = days.filter(|(_, day)| !day.entries.is_empty()).map(|(column, day)| {
        let entries: Vec<_> = day.entries.iter().map(|entry| content_text(entry)).collect();
        format!("{} {}: {}", month.weekdays[column], day.number, entries.join(" + "))
    });
    std::iter::once(month.title.clone()).chain(busy).collect::<Vec<_>>().join("\n")
}

fn content_text(content: &[Inline]) -> String {
    let said = |inline: &Inline| match inline {
        Inline::Break => " / ".into(),
        Inline::Link { target: LinkTarget::Anchor(anchor), content, .. } => {
            format!("{} -> {anchor}", plain_text(content))
        }
        other => plain_text(std::slice::from_ref(other)),
    };
    content.iter().map(said).collect::<String>().replace('\u{a0}', " ")
}

/// What stands between two texts, or up to the end.
#[track_caller]
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let start = text.find(from).unwrap_or_else(|| panic!("{from:?} is not in\n{text}"));
    let rest = &text[start..];
    rest[from.len()..].find(to).map_or(rest, |end| &rest[..from.len() + end]).trim_end()
}

#[test]
fn programmes_start_with_what_matters_most() {
    let glance = "How often: 2 sessions a week | How hard: RPE 7 | Each session: 30 min | What: Strength | \
                  Length: 4 weeks\nGoal: Go.\nFor: You.\nLevel: 1 of 5\nEquipment: Step, Wall\n\
                  # Week by week {overview}";
    let handout = handout(TWICE, &[]);
    assert!(handout.starts_with(glance), "{handout}");
}

#[test]
fn a_printed_condition_is_credited() {
    let exercise =
        "kind: strength\ndefaults: {reps: 8}\ncontraindications: [strain]\nwords: {name: Raise, steps: [Lift.]}\n";
    let condition = "{origin: {from: A book of strains}, words: {name: Strain, summary: Less than six weeks ago.}}";
    let text = handout(ONCE, &[("exercises/raise.yaml", exercise), ("conditions/strain.yaml", condition)]);
    assert!(text.contains("Less than six weeks ago.") && text.contains("A book of strains"), "{text}");
}

#[test]
fn days_of_a_week_with_doses_of_their_own_share_a_page_with_their_weeks_side_by_side() {
    let other = TWICE.replace("day: 3}", "day: 3, doses: {raise: {sets: 2, reps: 5}}}");
    let handout = handout(&other, &[]);
    let overview = "# Week by week {overview}\nWeek | Phase | Monday | Day 3 | Total\n\
                    1 | Base | Day -> session-day / Raise 3 × 8 / 30 min | Day -> session-day / Raise 2 × 5 / 30 min \
                    | 60 min\n";
    assert!(handout.contains(overview), "{handout}");
    let first = "====\n----\n# Day {session-day}\nMonday, Day 3 · weeks 1–4 · 30 min\n\
                 Exercise | Week 1 / Monday_ | Week 1 / Day 3_ | Week 2 / Monday_ | Week 2 / Day 3_\n\
                 Raise / rest 1 min | 3 × 8 / RPE 7 | 2 × 5 | 3 × 8 / RPE 7 | 2 × 5\n\
                 Exercise | Week 3 / Monday_ | Week 3 / Day 3_ | Week 4 / Monday_ | Week 4 / Day 3_\n\
                 Raise / rest 1 min | 3 × 9 / RPE 7 | 2 × 5 | 3 × 9 / RPE 7 | 2 × 5\n[Keep in mind] - Raise: Slow.\n====";
    assert!(handout.contains(first), "{handout}");
    assert!(!handout.contains("# Calendar"), "there are no dates\n{handout}");
    assert!(handout.contains("====\n# The exercises {exercises}\ncard Raise\n"), "{handout}");
}

#[test]
fn long_programmes_have_a_few_weeks_in_each_table() {
    let widths = |weeks: &str| {
        let handout = handout(&ONCE.replace("weeks: 1", &format!("weeks: {weeks}")), &[]);
        let titles = handout.lines().filter(|line| line.starts_with("Exercise | "));
        titles.map(|line| line.matches('_').count()).collect::<Vec<_>>()
    };
    assert_eq!(widths("1"), [1]);
    assert_eq!(widths("5"), [3, 2]);
    assert_eq!(widths("52"), [4; 13]);
}

#[test]
fn sessions_of_another_shape_have_a_page_of_their_own() {
    let day = "{kind: strength, duration: 30 min, main: [{exercise: raise}], words: {name: Day}}";
    let other = "{kind: strength, duration: 20 min, main: [{exercise: raise}, {exercise: raise}], \
                 accessory: [{exercise: raise}], words: {name: Other}}";
    let phases = "{id: a, kind: base, weeks: 1, sessions: [{session: day, day: 1, slot: x}]}, \
                  {id: b, kind: build, weeks: 1, sessions: [{session: other, day: 1, slot: x}]}, \
                  {id: c, kind: build, weeks: 1, sessions: [{session: day, day: 1, slot: x}]}";
    let handout = handout(phases, &[("sessions/day.yaml", day), ("sessions/other.yaml", other)]);
    let pages: Vec<_> = handout.lines().filter(|line| line.contains("{session-")).collect();
    assert_eq!(pages, ["# Day {session-x}", "# Other {session-x-2}"]);
    let first = between(&handout, "# Day {session-x}", "[Keep");
    assert!(first.contains("Day 1 · weeks 1, 3 · 30 min\nExercise | Week 1_ | Week 3_\n"), "{first}");
    let other = between(&handout, "# Other", "[Keep");
    assert!(other.contains("Raise / RPE 7, rest 1 min | 3 × 8 / 3 × 8\nExtra work\nRaise"), "{other}");
}

#[test]
fn months_have_all_sessions_and_link_to_their_pages() {
    let project = "language: en\nschedules: {s: {program: plan, start: 2027-01-25}}\nwords: {title: T}\n";
    let twice_a_day = "{id: a, kind: base, weeks: 2, sessions: [{session: day, day: monday}, \
                       {session: day, day: monday, slot: late}]}";
    let handout = handout(twice_a_day, &[("regimen.yaml", project)]);
    assert_eq!(
        between(&handout, "====\n# Calendar", "\n====\n----\n# Day"),
        "====\n# Calendar {months}\nJanuary 2027\nMonday 25: Day -> session-day / Raise 3 × 8 + Day -> session-day \
         / Raise 3 × 8\n====\nFebruary 2027\nMonday 1: Day -> session-day / Raise 3 × 8 + Day -> session-day / Raise 3 × 8"
    );
    assert!(
        handout.contains("Exercise | Week 1 / Monday / 25 January_ | Week 1 / Monday / 25 January_ | "),
        "{handout}"
    );
}

#[test]
fn months_begin_their_weeks_where_the_readers_country_does() {
    for (language, first, column) in [("en-GB", "Monday", 0), ("en-US", "Sunday", 1), ("en-EG", "Saturday", 2)] {
        let project = format!(
            "language: {language}\nschedules: {{s: {{program: plan, start: 2027-01-04}}}}\nwords: {{title: T}}\n"
        );
        let catalog = planned(ONCE, &[("regimen.yaml", &project)]);
        let name = "s".parse().expect("a name");
        let plan = expand(&catalog, &catalog.programs["plan"], Some((&name, &catalog.project.schedules[&name])));
        let plan = plan.expect("a plan");
        let page = with_unit(&catalog, language, |unit| program(unit, &catalog.programs["plan"], &plan));
        let month =
            page.blocks.iter().find_map(|block| if let Block::Month(month) = block { Some(month) } else { None });
        let month = month.expect("a month");
        let fourth = month.weeks.iter().find_map(|week| {
            week.iter().position(|day| day.as_ref().is_some_and(|day| day.number == 4 && !day.entries.is_empty()))
        });
        assert_eq!((month.weekdays[0].as_str(), fourth), (first, Some(column)), "{language}");
        let days: Vec<u8> = month.weeks.iter().flatten().flatten().map(|day| day.number.unsigned_abs()).collect();
        assert_eq!(days, (1..=31).collect::<Vec<_>>(), "{language}");
    }
}

#[test]
fn what_differs_between_weeks_says_so_where_there_are_no_columns() {
    let day = "{kind: strength, duration: 30 min, warm_up: [{exercise: raise, dose: {reps: 5}}], \
               main: [{superset: [{exercise: raise}], rounds: 4}, {exercise: raise, dose: {reps: 20}}], \
               words: {name: Day}}";
    let phases = "{id: a, kind: base, weeks: 3, sessions: [{session: day, day: monday}], \
                  overrides: [{week: 3, volume: 50 %}]}";
    let handout = handout(phases, &[("sessions/day.yaml", day)]);
    let page = between(&handout, "# Day", "[Keep");
    assert!(page.contains("\nWarm-up: Raise 5 reps\n"), "{page}");
    assert!(page.contains("\nIn turns, 4 rounds (weeks 1–2); In turns, 2 rounds (week 3)\nRaise / "), "{page}");
    assert!(page.contains("\nMain part\nRaise | 20 reps | 20 reps | "), "no more in turns\n{page}");
}

#[test]
fn runs_say_once_what_is_repeated() {
    let run = "{kind: run, duration: 1 h, main: [{run: [{duration: 10 min, intensity: warm-up, target: rpe 3}, \
               {id: fast, repeat: 4, steps: [{duration: 400 m, target: zone 4}, {duration: 90 s, intensity: rest}]}]}], \
               words: {name: Day}}";
    let phases = "{id: a, kind: base, weeks: 2, sessions: [{session: day, day: monday}], \
                  progression: [{step: fast, repeats: [4, 5]}]}";
    let handout = handout(phases, &[("sessions/day.yaml", run)]);
    assert!(handout.contains(" | How hard: zone 4 | Each session: 1 h | What: Run | "), "{handout}");
    let rows = "Step | Week 1_ | Week 2_\nWarm-up / RPE 3 | 10 min | 10 min\n\
                Fast / 400 m at zone 4, 90 s rest | 4 rounds | 5 rounds";
    assert!(handout.contains(rows), "{handout}");
}

#[test]
fn sessions_without_amounts_are_only_read() {
    let rest = "{kind: rest, duration: 5 min, main: [{text: lie}], words: {name: Day, texts: {lie: Lie down.}}}";
    let handout = handout(ONCE, &[("sessions/day.yaml", rest)]);
    assert!(handout.starts_with("Length: 1 week\nGoal"), "nothing is known of the work\n{handout}");
    assert!(handout.ends_with("| Day\nDay: Monday · week 1 · 5 min / Lie down."), "no page of its own\n{handout}");
}

/// A day of rest instead of which something is done.
const CHOICE: &str = "{id: a, kind: base, weeks: 2, sessions: [{session: day, day: monday, or: [swim]}]}";

#[test]
fn what_may_be_done_instead_is_written_out_with_its_exercises() {
    let day = "{kind: run, main: [{run: [{duration: 5 km}]}], words: {name: Run}}";
    let swim = "{kind: strength, main: [{exercise: raise, dose: {reps: 8, rpe: 6}}, {text: wet}], \
                words: {name: Pool, texts: {wet: In the water.}}}";
    let files = [("sessions/day.yaml", day), ("sessions/swim.yaml", swim)];
    let handout = handout(CHOICE, &files);
    assert!(handout.contains("\nOr Pool\nExercise | Week 1_ | Week 2_\n"), "{handout}");
    assert!(handout.contains("8 reps") && handout.contains("In the water."), "{handout}");
    assert!(handout.contains("\nRPE: "), "what the signs of the other session mean\n{handout}");
    assert!(handout.contains("{exercises}\ncard Raise\n"), "how its exercises are done\n{handout}");
    let catalog = planned(CHOICE, &files);
    let page = read(&composed(&catalog, |unit, plan| fridge(unit, &catalog.programs["plan"], plan)).blocks);
    assert!(page.contains("\nOr Pool\nExercise | How much\n"), "{page}");
    let plan = expand(&catalog, &catalog.programs["plan"], None).expect("a plan");
    let text = with_unit(&catalog, "en", |unit| session(unit, &plan, &plan.weeks[0].sessions[0], 80)).body.whole();
    assert!(text.contains("\nOr Pool, Main part\n- Raise: 8 reps, RPE 6\n"), "{text}");
    let rest = "{kind: rest, main: [{text: lie}], words: {name: Rest, texts: {lie: Lie down.}}}";
    let rested = self::handout(CHOICE, &[("sessions/day.yaml", rest), ("sessions/swim.yaml", swim)]);
    assert!(rested.contains("{session-day}") && rested.contains("\nOr Pool\n"), "{rested}");
}

#[test]
fn sessions_that_differ_in_nothing_but_the_day_share_a_page() {
    let phases = "{id: a, kind: base, weeks: 2, sessions: [{session: day, day: monday}, {session: day, day: friday}]}";
    let twice = handout(phases, &[]);
    assert_eq!(twice.matches("{session-").count(), 1, "{twice}");
    assert!(twice.contains("\nMonday, Friday · weeks 1–2 · 30 min\n"), "{twice}");
    assert!(
        twice.contains("Exercise | Week 1 / Monday_ | Week 1 / Friday_ | Week 2 / Monday_ | Week 2 / Friday_\n"),
        "{twice}"
    );
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let days = days.map(|day| format!("{{session: day, day: {day}}}")).join(", ");
    let day = "{kind: mobility, duration: 5 min, main: [{exercise: raise, dose: {reps: 8, times_per_day: 2}}], words: {name: Day}}";
    let daily = handout(&format!("{{id: a, kind: base, weeks: 1, sessions: [{days}]}}"), &[("sessions/day.yaml", day)]);
    let boxes = ["☐ ☐ "; 7].join(" ");
    assert!(daily.contains("Every day · week 1 · 5 min\n"), "{daily}");
    assert!(daily.contains(&format!("8 reps, 2 times a day / {boxes}\n")), "{daily}");
}

#[test]
fn what_comes_every_so_many_days_says_so() {
    let facts = |phases: &str, files: &[(&str, &str)]| {
        let handout = handout(phases, files);
        let facts = handout.lines().find(|line| line.contains(" · week") || line.contains(" · days"));
        facts.unwrap_or_else(|| panic!("{handout}")).replace(" · 30 min", "")
    };
    let dated =
        ["regimen.yaml", "language: en\nschedules: {s: {program: plan, start: 2027-01-25}}\nwords: {title: T}\n"];
    let dated: &[(&str, &str)] = &[(dated[0], dated[1])];
    let phase =
        |id: &str, weeks: &str, sessions: &str| format!("{{id: {id}, kind: base, {weeks}, sessions: [{sessions}]}}");
    let of = |weeks: &str, sessions: &str| phase("a", weeks, sessions);
    let every = |days: u8| format!("{{session: day, day: 1, every: {days}}}");
    for files in [&[][..], dated] {
        assert_eq!(facts(&of("weeks: 2", &every(2)), files), "Every 2 days · weeks 1–2");
        assert_eq!(facts(&of("weeks: 6", &every(3)), files), "Every 3 days · weeks 1–6");
        assert_eq!(facts(&of("weeks: 6", &every(10)), files), "Every 10 days · weeks 1–3, 5–6");
        assert_eq!(facts(&of("weeks: 2", &every(1)), files), "Every day · weeks 1–2");
        assert_eq!(facts(&of("days: 20", &every(2)), files), "Every 2 days · weeks 1–3");
        let then = [phase("a", "weeks: 3", &every(1)), phase("b", "weeks: 3", &every(2))].join(", ");
        assert_eq!(facts(&then, files), "Every day (weeks 1–3), every 2 days (weeks 4–6) · weeks 1–6");
    }
    assert_eq!(facts(&of("weeks: 4", "{session: day, day: monday, every: 14}"), dated), "Monday · weeks 1, 3");
    assert_eq!(facts(&of("weeks: 1", &every(2)), dated), "Monday, Wednesday, Friday, Sunday · week 1");
    let two = "{session: day, day: 1, every: 4}, {session: day, day: 2, every: 4, slot: next}";
    assert_eq!(facts(&of("weeks: 1", two), dated), "Monday, Tuesday, Friday, Saturday · week 1");
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let daily = days.map(|day| format!("{{session: day, day: {day}}}")).join(", ");
    let then = [phase("a", "weeks: 1", &daily), phase("b", "weeks: 2", "{session: day, day: monday}")].join(", ");
    assert_eq!(facts(&then, &[]), "Every day (week 1), Monday (weeks 2–3) · weeks 1–3");
}

#[test]
fn a_day_of_a_turn_is_a_day_of_the_plan_where_other_phases_have_weeks() {
    let turns = |sessions: &str| format!("{{id: a, kind: base, days: 21, cycle: 9, sessions: [{sessions}]}}");
    let weeks = |day: &str| format!("{{id: b, kind: base, weeks: 2, sessions: [{{session: day, day: {day}}}]}}");
    let facts_of = |phases: &str, files: &[(&str, &str)]| {
        let handout = handout(phases, files);
        let facts = handout.lines().find(|line| line.contains(" · days"));
        facts.unwrap_or_else(|| panic!("{handout}")).replace(" · 30 min", "")
    };
    let facts = |first: &str, second: &str| facts_of(&format!("{first}, {second}"), &[]);
    let one = "{session: day, day: 2}";
    // The turns begin on days 1, 10 and 19; the last of them has 3 days.
    let two = turns(&format!("{one}, {{session: day, day: 6, slot: two}}"));
    assert_eq!(
        facts(&two, &weeks("tuesday")),
        "Day 2, Day 6, every 9 days (days 1–21), Tuesday (days 22–35) · days 1–35"
    );
    assert_eq!(
        facts(&weeks("tuesday"), &turns(one)),
        "Tuesday (days 1–14), Day 16, every 9 days (days 15–35) · days 1–35"
    );
    let without = turns(one).replace("sessions", "overrides: [{week: 2, without: [day]}], sessions");
    assert_eq!(
        facts(&without, &weeks("friday")),
        "Day 2, every 9 days (days 1–9, 19–21), Friday (days 22–35) · days 1–9, 19–35"
    );
    assert_eq!(
        facts(&turns(one), &weeks("1")),
        "Day 2, every 9 days (days 1–21), Day 22, every 7 days (days 22–35) · days 1–35"
    );
    // From day 4 on, the plan waits for a week.
    let pause = "language: en\nschedules: {s: {program: plan, start: 2027-01-04, changes: [{pause: 2027-01-07}]}}\nwords: {title: T}\n";
    assert_eq!(
        facts_of(&format!("{}, {}", turns(one), weeks("friday")), &[("regimen.yaml", pause)]),
        "Day 2 (days 1–16), Day 18, every 9 days (days 17–28), Friday (days 29–42) · days 1–42"
    );
}

#[test]
fn sessions_of_one_name_say_which_weeks_and_days_of_one_session_share_a_page() {
    let one = "{kind: strength, duration: 30 min, main: [{exercise: raise}], words: {name: Day}}";
    let phases = "{id: a, kind: base, weeks: 2, sessions: [{session: day, day: 1, slot: x}, {session: day, day: 3}]}, \
                  {id: b, kind: base, weeks: 1, sessions: [{session: day, day: 5}, {session: other, day: 1, slot: y}]}";
    let handout = handout(phases, &[("sessions/day.yaml", one), ("sessions/other.yaml", one)]);
    let pages: Vec<_> = handout.lines().filter(|line| line.starts_with("# Day")).collect();
    assert_eq!(pages, ["# Day, Day 1, Day 3 (weeks 1–2); Day 5 (week 3) {session-x}", "# Day, Day 1 {session-y}"]);
}

#[test]
fn fridge_sheets_join_weeks_and_say_everything_once() {
    let late = "{kind: strength, duration: 20 min, warm_up: [{exercise: raise, dose: {reps: 5}}], \
                main: [{exercise: raise, dose: {sets: 2, reps: 5}}], words: {name: Late}}";
    let day = &late.replace("Late", "Day").replace("{sets: 2, reps: 5}", "{sets: 2, reps: 8, rpe: 7}");
    let phases = "{id: a, kind: base, weeks: 3, sessions: [{session: day, day: monday}, {session: day, day: friday}, \
                  {session: late, day: friday}], progression: [{exercise: raise, explicit: [{sets: 2, reps: 8, rpe: 7}, \
                  {sets: 2, reps: 8, rpe: 8}, {sets: 2, reps: 8, rpe: 7}]}]}";
    let catalog = planned(phases, &[("sessions/day.yaml", day), ("sessions/late.yaml", late)]);
    let sheet = read(&composed(&catalog, |unit, plan| fridge(unit, &catalog.programs["plan"], plan)).blocks);
    let weeks = "Week | Monday / Day (Raise)_ | Friday / Day (Raise) + Late (Raise)_\n1 | ☐ 2 × 8 | ☐ 2 × 8 / ☐ 2 × 8\n2 | ☐ 2 × 8 | ☐ ";
    assert!(sheet.starts_with(weeks), "{sheet}");
    let page = read(&composed(&catalog, |unit, plan| week_grid(unit, &catalog.programs["plan"], plan)).blocks);
    let weeks = "Week | Monday / Day (Raise)_ | Friday / Day (Raise) + Late (Raise)_ | Total\n\
                 1 Base | 2 × 8 | 2 × 8 / 2 × 8 | 60 min\n";
    assert!(page.starts_with(weeks), "what all days of a column have is named above it\n{page}");
    let dose = "2 × 8, RPE 7 (weeks 1, 3); 2 × 8, RPE 8 (week 2)";
    let day =
        format!("## Day {{session-day}}\nWarm-up: Raise 5 reps\nExercise | How much\nRaise | {dose} / rest 1 min\n");
    assert!(sheet.contains(&day), "{sheet}");
    assert!(sheet.contains("## Late {session-late}\nWarm-up: as in Day\n"), "{sheet}");
}

#[test]
fn fridge_sheets_say_only_the_ends_of_what_changes_all_the_time() {
    let phases = ONCE.replace("weeks: 1", "weeks: 9, progression: [{exercise: raise, linear: {add: 1 reps}}]");
    let catalog = planned(&phases, &[]);
    let sheet = read(&composed(&catalog, |unit, plan| fridge(unit, &catalog.programs["plan"], plan)).blocks);
    assert!(sheet.contains("Raise | 3 × 8 to 3 × 16 / RPE 7, rest 1 min"), "{sheet}");
}

/// How much of the exercise of one session a week, as a sheet for the fridge has it, and its card.
fn explicit_doses(explicit: &str) -> [String; 2] {
    let weeks = explicit.matches('{').count();
    let more = format!("weeks: {weeks}, progression: [{{exercise: raise, explicit: [{explicit}]}}]");
    doses_of(&ONCE.replace("weeks: 1", &more))
}

/// The same of a session of these phases.
fn doses_of(phases: &str) -> [String; 2] {
    let catalog = planned(phases, &[]);
    let sheet = read(&composed(&catalog, |unit, plan| fridge(unit, &catalog.programs["plan"], plan)).blocks);
    let row = sheet.lines().find(|line| line.starts_with("Raise | ")).unwrap_or_default();
    let card = read(&composed(&catalog, |unit, plan| plan_cards(unit, &catalog.programs["plan"], plan)).blocks);
    let dose = card.lines().find_map(|line| line.strip_prefix("How much: ")).unwrap_or_default();
    [row.replace("Raise | ", ""), dose.to_owned()].map(|dose| dose.replace('\u{a0}', " ").replace(" / rest 1 min", ""))
}

#[test]
fn only_one_number_that_changes_steadily_is_said_by_the_first_and_the_last() {
    let of = |explicit: &str| explicit_doses(explicit)[0].clone();
    let of_three = |explicit: &str| of(&explicit.replace('{', "{sets: 3, "));
    assert_eq!(of_three("{reps: 8, rpe: 6}, {reps: 8, rpe: 6.5}, {reps: 8, rpe: 7}"), "3 × 8, RPE 6 to RPE 7");
    assert_eq!(of_three("{reps: 12}, {reps: 10}, {reps: 8}"), "3 × 12 to 3 × 8");
    assert_eq!(
        of_three("{reps: 8, load: 60 kg}, {reps: 8, load: 50 kg}, {reps: 8, load: 40 kg}"),
        "3 × 8, 60 kg to 40 kg"
    );
    assert_eq!(of("{sets: 2, reps: 8}, {sets: 3, reps: 8}, {sets: 4, reps: 8}"), "2 × 8 to 4 × 8");
    assert_eq!(
        of("{sets: 2, reps: 8}, {sets: 3, reps: 8}, {sets: 4, reps: 8}, {sets: 2, reps: 8}"),
        "2 × 8 to 4 × 8 (weeks 1–3), 2 × 8 (week 4)"
    );
    assert_eq!(
        of("{sets: 2, reps: 6}, {sets: 3, reps: 15}, {sets: 4, reps: 12}"),
        "2 × 6 (week 1), 3 × 15 (week 2), 4 × 12 (week 3)"
    );
    let doses = "{sets: 3, reps: 8, load: 40 kg}, {sets: 3, reps: 5, load: 60 kg}, {sets: 4, reps: 6, load: 50 kg}";
    let lines = "3 × 8, 40 kg (week 1); 3 × 5, 60 kg (week 2); 4 × 6, 50 kg (week 3)";
    assert_eq!(explicit_doses(doses), [lines, lines]);
}

/// Rows of a fridge sheet of a run with repeats and a stretch.
fn fridge_of_runs(sessions: &str, more: &str) -> String {
    let run = "{kind: run, duration: 1 h, main: [{run: [{id: fast, repeat: 4, steps: [{duration: 400 m}]}, {id: long, \
               duration: 5 km}]}], words: {name: Day}}";
    let phases = format!("{{id: a, kind: base, weeks: 4, sessions: [{sessions}]{more}}}");
    let catalog = planned(&phases, &[("sessions/day.yaml", run)]);
    let sheet = composed(&catalog, |unit, plan| fridge(unit, &catalog.programs["plan"], plan));
    read(&sheet.blocks).replace('\u{a0}', " ")
}

#[test]
fn lengths_of_runs_that_rise_and_fall_have_their_weeks() {
    let sheet = fridge_of_runs(
        "{session: day, day: monday}",
        ", progression: [{step: fast, repeats: [4, 5, 6, 8]}, {step: long, lengths: [8 km, 9 km, 12 km, 8 km]}]",
    );
    assert!(sheet.contains("Fast | 4 rounds to 8 rounds"), "{sheet}");
    assert!(sheet.contains("Work | 8 km to 12 km (weeks 1–3), 8 km (week 4)"), "{sheet}");
}

#[test]
fn a_session_that_comes_twice_on_a_day_is_summed_behind_its_day() {
    let twice = "{session: day, day: monday, length: 3 km}, {session: day, day: friday, slot: b, lengths: [5 km, 6 km, 7 km, 9 km]}, \
                 {session: day, day: friday, slot: c, lengths: [2 km, none, none, 1 km]}";
    let sheet = fridge_of_runs(twice, "");
    let days = "Monday: 3 km / Friday: 5 km + 2 km (week 1), 6 km (week 2), 7 km (week 3), 9 km + 1 km (week 4)";
    assert!(sheet.contains(days), "{sheet}");
    let only = &twice[twice.find("{session: day, day: friday").expect("a day")..];
    let sheet = fridge_of_runs(only, "");
    assert!(sheet.contains("Work | 5 km + 2 km (week 1), 6 km (week 2), 7 km"), "{sheet}");
}

#[test]
fn sets_that_differ_are_parted_from_their_loads() {
    let sets = "{kind: strength, main: [{exercise: raise, dose: {sets: 1, reps: 5, load: 65 %1rm}}, {exercise: raise, dose: \
                {sets: 1, reps: 3+, load: 75 %1rm}}], words: {name: Day}}";
    let catalog = planned(ONCE, &[("sessions/day.yaml", sets)]);
    let sheet = read(&composed(&catalog, |unit, plan| fridge(unit, &catalog.programs["plan"], plan)).blocks);
    let sheet = sheet.replace('\u{a0}', " ");
    assert!(sheet.contains("Raise | 5 reps, 65 %; 3+ reps, 75 %"), "{sheet}");
}

#[test]
fn a_step_does_not_say_again_what_its_part_is_called() {
    let run = "{kind: run, duration: 1 h, warm_up: [{run: [{duration: 12 min, intensity: warm-up, target: rpe 3}, \
               {duration: 2 min, intensity: recovery}]}], main: [{run: [{duration: 5 km}]}], \
               cool_down: [{run: [{duration: 10 min, intensity: cool-down}]}], words: {name: Day}}";
    let catalog = planned(ONCE, &[("sessions/day.yaml", run)]);
    let sheet = read(&composed(&catalog, |unit, plan| fridge(unit, &catalog.programs["plan"], plan)).blocks);
    assert!(sheet.contains("Warm-up: 12 min, RPE 3; Recovery: 2 min\n"), "{sheet}");
    assert!(sheet.ends_with("\nCool-down: 10 min"), "{sheet}");
}

#[test]
fn weekdays_stand_in_the_order_of_the_week() {
    let sessions =
        |days: &str| days.split(' ').map(|day| format!("{{session: day, day: {day}}}")).collect::<Vec<_>>().join(", ");
    let phase = |id: &str, days: &str| format!("{{id: {id}, kind: base, weeks: 1, sessions: [{}]}}", sessions(days));
    let phases = |days: &[&str]| {
        let phases = ["a", "b", "c", "d"].iter().zip(days).map(|(id, days)| phase(id, days));
        handout(&phases.collect::<Vec<_>>().join(", "), &[])
    };
    let page = phases(&["saturday tuesday", "saturday tuesday monday friday"]);
    assert!(page.contains("\nMonday, Tuesday, Friday, Saturday · weeks 1–2"), "{page}");
    let page = phases(&["saturday tuesday", "monday friday"]);
    assert!(page.contains("\nTuesday, Saturday (week 1); Monday, Friday (week 2) · weeks 1–2"), "{page}");
    let page = phases(&["tuesday", "friday", "monday", "saturday"]);
    assert!(page.contains("\nMonday, Tuesday, Friday, Saturday · weeks 1–4"), "too many words: {page}");
}

#[test]
fn the_last_phase_says_when_the_programme_is_done() {
    let phases = ONCE.replace("id: a", "id: b");
    let words = "{name: Plan, summary: All., goal: Go., audience: You., exit: {a: [Easy.], b: [Strong.]}}";
    let program = format!("{{level: 1, phases: [{ONCE}, {phases}], words: {words}}}");
    let page = handout(ONCE, &[("programs/plan.yaml", &program)]);
    assert!(page.contains("Go on when all of this is true, and repeat the last week until then: Easy."), "{page}");
    assert!(page.contains("Done when all of this is true; repeat the last week until then: Strong."), "{page}");
}

#[test]
fn cards_count_time_as_their_plan_does() {
    let cycle = "{id: a, kind: base, days: 27, cycle: 9, sessions: [{session: day, day: 1}], \
        progression: [{exercise: raise, explicit: [{reps: 8}, {reps: 12}, {reps: 9}]}]}";
    let [_, card] = doses_of(cycle);
    assert_eq!(card, "8 reps (turn 1), 12 reps (turn 2), 9 reps (turn 3)");
}

#[test]
fn every_heading_has_a_name_of_its_own() {
    let project = "language: en\nschedules: {s: {program: plan, start: 2027-01-25}}\nwords: {title: T}\n";
    let catalog = planned(TWICE, &[("regimen.yaml", project)]);
    let document = composed(&catalog, |unit, plan| {
        let mut document = program(unit, &catalog.programs["plan"], plan);
        document.blocks.extend(calendar_help(unit, plan, Delivery::File));
        document
    });
    let anchors = document.blocks.iter().filter_map(|block| match block {
        Block::Heading { anchor, .. } => Some(anchor),
        _ => None,
    });
    let mut all = BTreeSet::new();
    assert!(["months", "calendar"].iter().all(|name| anchors.clone().any(|anchor| anchor == name)));
    anchors.for_each(|anchor| assert!(all.insert(anchor), "{anchor} twice"));
}

#[test]
fn what_is_done_every_few_hours_has_a_box_for_each_time() {
    let boxes = |every: &str| {
        let rule = format!("progression: [{{exercise: raise, from: {{reps: 10, every: {every}}}}}]");
        let handout = handout(&ONCE.replace("}]}", &format!("}}], {rule}}}")), &[]);
        let row =
            handout.lines().find(|line| line.starts_with("Raise")).unwrap_or_else(|| panic!("{handout}")).to_owned();
        row.matches('☐').count()
    };
    assert_eq!(boxes("2 h"), 8);
    assert_eq!(boxes("3 h"), 5);
    assert_eq!(boxes("1 day"), 0, "one is written down");
}
