//! What compositions say, on one small catalogue.

mod brief;
mod changes;
mod personal;
mod plan_cards;
mod programs;
mod results;
mod runs;
mod session_sheets;
mod spoken;
mod totals;
mod weeks;

use jiff::civil::date;
use regimen_catalog::plan::{Plan, PlanSchedule, PlannedSession, expand};
use regimen_catalog::prose::{Inline, LinkTarget, plain_text};
use regimen_catalog::vocabulary::{PhaseKind, SessionKind};
use regimen_catalog::{Catalog, Files, Severity, load_files};

use super::{CalendarFolder, Delivery, SessionText, calendar_help, calendar_name, exercise, guide, program, session};
use crate::document::{Block, Document};
use crate::exporter::{BuildInfo, Subject, Unit};

const GUIDE: &str = "---
title: Calves
summary: Strong calves.
sources: [smith-2020]
reviewed_on: 2026-05-01
---
## Why

See [](source:smith-2020) and [](exercise:raise).

![](exercise:raise)

> [!CAUTION]
> Stop if it hurts.
";

/// A catalogue with one of each, in which the dose of the one exercise is as given.
fn catalog(dose: &str, languages: &[(&str, &str)]) -> Catalog {
    let raise = format!(
        "kind: strength\npattern: calf-raise\nlaterality: bilateral\nlevel: 2\ndefaults: {dose}\n\
         muscles: [{{target: muscle:soleus, role: prime}}]\nequipment: [[step, wall], []]\n\
         words: {{name: Raise, aliases: [Lift], summary: Lifts., steps: [Lift., Lower.], cues: [Slow.]}}\n"
    );
    let mut files: Vec<(&str, &str)> = vec![
        ("regimen.yaml", "language: en\nbrand: {name: Club}\nwords: {title: T, disclaimer: Ask.}\n"),
        ("muscles/soleus.yaml", "{latin: musculus soleus, region: lower-leg, side: back, words: {name: Soleus}}"),
        ("equipment/step.yaml", "{kind: other, words: {name: Step}}"),
        ("equipment/wall.yaml", "{kind: other, words: {name: Wall}}"),
        ("sources/smith-2020.yaml", "{kind: article, authors: [Smith J], year: 2020, title: Calves, doi: 10.1/x}"),
        ("exercises/raise.yaml", &raise),
        ("sessions/day.yaml", "{kind: strength, duration: 30 min, main: [{exercise: raise}], words: {name: Day}}"),
        (
            "programs/plan.yaml",
            "{level: 1, phases: [{id: a, kind: base, weeks: 2, sessions: [{session: day, day: monday}]}], \
             words: {name: Plan, summary: All., goal: Go., audience: You.}}",
        ),
        ("guides/calves.md", GUIDE),
    ];
    files.extend_from_slice(languages);
    let files: Files = files.into_iter().map(|(file, text)| (file.into(), text.as_bytes().into())).collect();
    let loaded = load_files(&files);
    let wrong: Vec<_> = loaded.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    loaded.catalog.expect("no findings, so there is a catalogue")
}

fn with_unit<T>(catalog: &Catalog, language: &str, work: impl FnOnce(&Unit<'_>) -> T) -> T {
    let build = BuildInfo { date: date(2026, 5, 1), epoch: 0, version: "0" };
    let language = &catalog.languages[&language.parse().expect("a tag")];
    work(&Unit { subject: Subject::Catalog, catalog, language, build: &build, previous: &[], person: None })
}

/// The value of a key fact of the exercise's page.
fn fact(document: &Document, label: &str) -> String {
    let facts = document.blocks.iter().flat_map(|block| match block {
        Block::Facts(facts) => facts.as_slice(),
        _ => &[],
    });
    facts.into_iter().find(|(name, _)| name == label).map(|(_, value)| plain_text(value)).unwrap_or_default()
}

#[test]
fn doses_read_as_people_say_them() {
    for (written, said) in [
        ("{sets: 3, reps: 8-12}", "3 × 8–12"),
        ("{reps: 1}", "1 rep"),
        ("{reps: amrap, sets: 2}", "2 × as many as you can"),
        ("{sets: 2-3, hold: 20-30 s, per_side: true}", "2–3 × 20–30 s each side"),
        ("{time: 1.5 h, rpe: 6.5}", "1.5 h, RPE 6.5"),
        ("{distance: 400 m, sets: 6, rest: 90 s}", "6 × 400 m, rest 90 s"),
        ("{reps: 5, sets: 5, load: 70-75 %1rm, tempo: 3-1-1-0}", "5 × 5, 70–75 % of your best single, tempo 3-1-1-0"),
        ("{reps: 5, rir: 1, times_per_day: 3}", "5 reps, 3 times a day, 1 rep in reserve"),
        ("{reps: 9, load: band red, set_type: myo}", "9 reps, myo, red band"),
        ("{reps: 9, sets: 2, rest: none, tempo: none, load: none}", "2 × 9, no rest"),
        ("{reps: 9, rest: none}", "9 reps"),
        ("{reps: [12, 10, 8-9], load: [40 kg, 45 kg, 50 kg]}", "12, 10, 8–9 reps, 40, 45, 50 kg"),
        (
            "{reps: [5, 5, 5+], load: [60 kg, band red, 85 %last]}",
            "5, 5, 5+ reps, 60 kg, red band, 85 % of the set before",
        ),
        ("{reps: [8, amrap]}", "8, as many as you can"),
        ("{hold: [20 s, 30 s], per_side: true}", "20 s, 30 s each side"),
        ("{sets: 3, reps: 5+}", "3 × 5+"),
        ("{reps: 5+}", "5+ reps"),
        ("{reps: 1+}", "1+ reps"),
        ("{sets: 3, reps: until-tired}", "3 × until tired"),
        ("{sets: 3, reps: 10, hold: 5 s, side: affected}", "3 × 10 affected side, hold 5 s"),
        ("{reps: 10, side: left, times_per_day: 2-3}", "10 reps left side, 2–3 times a day"),
        ("{reps: 10, every: 2 h, side: each}", "10 reps each side, every 2 h"),
        ("{reps: 10, every: 1 day}", "10 reps, every day"),
        ("{reps: 10, every: 2 days, times_per_day: 2}", "10 reps, every 2 days, 2 times a day"),
        ("{reps: 10, pain: 3}", "10 reps, pain up to 3 of 10 is fine if it has settled by the next morning"),
        ("{reps: 10, pain: 0-0, times_per_day: 1}", "10 reps, no pain"),
    ] {
        let catalog = catalog(written, &[]);
        let page = with_unit(&catalog, "en", |unit| exercise(unit, &catalog.exercises["raise"]));
        assert_eq!(fact(&page, "How much"), said, "{written}");
    }
}

#[test]
fn amounts_keep_their_order_where_words_run_to_the_left() {
    let hebrew = (
        "languages/he.yaml",
        "{name: עברית, direction: rtl, labels: {unit: {second: '{n} שניות'}, text: {rest: 'מנוחה {time}', tempo: 'קצב {tempo}'}}}",
    );
    let catalog = catalog("{sets: 3, hold: 8-12 s, rest: 90 s, tempo: 3-1-1-0}", &[hebrew]);
    let page = |language| with_unit(&catalog, language, |unit| exercise(unit, &catalog.exercises["raise"]));
    let said = plain_dose(&page("he"));
    assert!(said.contains("\u{2066}3 × 8–12\u{2069} שניות") && said.contains("\u{2066}3-1-1-0\u{2069}"), "{said}");
    assert!(said.contains("מנוחה 90 שניות"), "a number alone needs no mark: {said}");
    assert!(!plain_dose(&page("en")).contains('\u{2066}'));
}

/// All key facts of a page in one text.
fn plain_dose(document: &Document) -> String {
    let facts = document.blocks.iter().filter_map(|block| match block {
        Block::Facts(facts) => Some(facts.iter().map(|(_, value)| plain_text(value)).collect::<Vec<_>>().join("; ")),
        _ => None,
    });
    facts.collect()
}

#[test]
fn facts_link_to_what_they_name() {
    let catalog = catalog("{reps: 8}", &[]);
    let page = with_unit(&catalog, "en", |unit| exercise(unit, &catalog.exercises["raise"]));
    assert_eq!(fact(&page, "Equipment"), "Step + Wall or none");
    assert_eq!((fact(&page, "Main work"), fact(&page, "Also called")), ("Soleus".into(), "Lift".into()));
}

#[test]
fn guides_hold_cards_boxes_and_their_sources() {
    let catalog = catalog("{reps: 8}", &[]);
    let page = with_unit(&catalog, "en", |unit| guide(unit, &catalog.guides["calves"]));
    assert_eq!(
        (page.title.as_str(), page.frame.brand.as_str(), page.frame.date.as_str()),
        ("Calves", "Club", "1 May 2026")
    );
    let Block::Paragraph(content) = &page.blocks[1] else { panic!("{:?}", page.blocks[1]) };
    assert_eq!(plain_text(content), "See Smith 2020 and Raise.");
    assert!(content.iter().any(|inline| {
        matches!(inline, Inline::Link { target: LinkTarget::Url(url), .. } if url == "https://doi.org/10.1/x")
    }));
    assert!(matches!(&page.blocks[2], Block::Card(card) if plain_text(&card.title) == "Raise" && card.level == 2));
    assert!(matches!(&page.blocks[3], Block::Callout { title, .. } if title == "Stop and ask"));
    assert!(matches!(&page.blocks[5], Block::List { start: Some(1), items } if items.len() == 1));
}

#[test]
fn other_languages_have_their_own_words_and_english_where_they_lack_any() {
    let german = [
        (
            "languages/de.yaml",
            "{name: Deutsch, labels: {text: {steps: Ablauf, decimal-sign: ','}, unit: {hour: '{n} Std.'}}}",
        ),
        ("exercises/raise.de.yaml", "{name: Heben, summary: Hebt., steps: [Heben., Senken.]}"),
    ];
    let catalog = catalog("{time: 1.5 h}", &german);
    let page = with_unit(&catalog, "de", |unit| exercise(unit, &catalog.exercises["raise"]));
    assert_eq!((page.title.as_str(), page.language.as_str()), ("Heben", "de"));
    assert_eq!(fact(&page, "How much"), "1,5 Std.");
    assert!(
        page.blocks
            .iter()
            .any(|block| matches!(block, Block::Heading { content, .. } if plain_text(content) == "Ablauf"))
    );
}

/// What the calendar says of the first session of the second week, once the plan is changed.
fn entry(dose: &str, longest_title: usize, change: impl FnOnce(&mut Plan)) -> SessionText {
    let catalog = catalog(dose, &[]);
    let mut plan = expand(&catalog, &catalog.programs["plan"], None).expect("a plan");
    change(&mut plan);
    with_unit(&catalog, "en", |unit| session(unit, &plan, &plan.weeks[1].sessions[0], longest_title))
}

#[test]
fn calendar_texts_put_the_work_first_and_hold_the_whole_session() {
    let text = entry("{sets: 3, reps: 8, rpe: 7}", 80, |_| ());
    assert_eq!(text.title, "Day, Raise 3 × 8, week 2 of 2");
    assert_eq!(text.categories, ["Strength"]);
    assert_eq!(
        text.body.whole(),
        "Plan: Day\nWeek 2 of 2, Base, 30 min\n\nMain part\n- Raise: 3 × 8, RPE 7\n  Slow.\n\n\
         RPE: How hard it feels, from 1 (very easy) to 10 (all you have).\n\nAsk.\n"
    );
}

#[test]
fn one_dose_of_several_is_not_all_of_the_title() {
    let twice = |plan: &mut Plan| {
        let blocks = &mut plan.weeks[1].sessions[0].parts[0].blocks;
        blocks.push(blocks[0].clone());
    };
    assert_eq!(entry("{sets: 1, reps: 10}", 80, twice).title, "Day, Raise 10 reps, 10 reps, week 2 of 2");
}

#[test]
fn titles_keep_the_week_and_lose_of_the_work_what_is_said_last() {
    let title = |longest| entry("{sets: 3, reps: 8, per_side: true}", longest, |_| ()).title;
    assert_eq!(title(39), "Day, Raise 3 × 8 each side, week 2 of 2");
    assert_eq!(title(38), "Day, week 2 of 2");
    assert_eq!(title(15), "D…, week 2 of 2");
    assert_eq!(title(13), ", week 2 of 2", "no work at all");
    assert_eq!(title(8), ", week…", "not even the week");
    for longest in 0..40 {
        assert!(title(longest).chars().count() <= longest);
    }
}

#[test]
fn weeks_that_are_not_like_others_say_so() {
    let marked = |mark: &str, facts: &str, change: fn(&mut Plan)| {
        let text = entry("{reps: 8}", 80, change);
        assert_eq!(text.title, format!("Day, Raise 8 reps, week 2 of 2 ({mark})"));
        assert_eq!(text.body.whole().lines().nth(1), Some(format!("Week 2 of 2, {facts}, 30 min").as_str()));
        assert_eq!((text.categories[0].as_str(), text.categories[1].to_lowercase().as_str()), ("Strength", mark));
    };
    marked("lighter week", "lighter week", |plan| plan.weeks[1].kind = PhaseKind::Deload);
    marked("lighter week", "Base, lighter week", |plan| plan.weeks[1].sessions[0].lighter = true);
    marked("recovery week", "recovery week", |plan| plan.weeks[1].kind = PhaseKind::Recovery);
    marked("taper", "taper", |plan| plan.weeks[1].kind = PhaseKind::Taper);
    marked("race week", "race week", |plan| plan.weeks[1].kind = PhaseKind::Race);
    marked("race week", "Base, race week", |plan| {
        let race = PlannedSession { kind: SessionKind::Race, ..plan.weeks[1].sessions[0].clone() };
        plan.weeks[1].sessions.push(race);
    });
}

#[test]
fn sessions_that_are_not_like_others_say_so() {
    for (kind, title, facts) in [
        (SessionKind::Race, "Race day: Day, Raise 8 reps, week 2 of 2", "Race day, week 2 of 2, 30 min"),
        (SessionKind::Test, "Test: Day, Raise 8 reps, week 2 of 2", "Test, week 2 of 2, Base, 30 min"),
        (SessionKind::Rest, "Day, week 2 of 2", "Week 2 of 2, Base, 30 min"),
    ] {
        let text = entry("{reps: 8}", 80, |plan| plan.weeks[1].sessions[0].kind = kind);
        assert_eq!((text.title.as_str(), text.body.whole().lines().nth(1)), (title, Some(facts)));
        assert_eq!(text.categories.len(), 1, "the kind says it already");
    }
}

#[test]
fn readers_are_told_how_to_get_the_plan_into_their_calendar() {
    let german = "{name: Deutsch, labels: {calendar-help: {title: Im Kalender, apple-import: Ablage > Importieren.}}}";
    let catalog = catalog("{reps: 8}", &[("languages/de.yaml", german)]);
    let mut plan = expand(&catalog, &catalog.programs["plan"], None).expect("a plan");
    let folder = CalendarFolder::try_from("http://club.example/c/".to_owned()).expect("a folder");
    let said = |plan: &Plan, language: &str, delivery: Delivery<'_>| {
        format!("{:?}", with_unit(&catalog, language, |unit| calendar_help(unit, plan, delivery)))
    };
    assert_eq!(said(&plan, "en", Delivery::File), "[]", "no dates, no calendar");

    let start = date(2027, 1, 4);
    plan.schedule = Some(PlanSchedule {
        name: "spring".parse().expect("a name"),
        start,
        race: None,
        at: None,
        race_at: None,
        timezone: None,
        day_times: Vec::new(),
        pauses: Vec::new(),
        length: None,
        formerly: Vec::new(),
    });
    let imported = said(&plan, "de", Delivery::File);
    for text in ["Im Kalender", "file spring.ics holds", "Ablage > Importieren.", "Add calendar > Upload"] {
        assert!(imported.contains(text), "{text}: {imported}");
    }
    assert!(said(&plan, "en", Delivery::Feed).contains("the address that you were given"));
    assert!(said(&plan, "en", Delivery::Folder(&folder)).contains("\"webcal://club.example/c/spring.ics\""));
    assert!(said(&plan, "de", Delivery::Folder(&folder)).contains("\"http://club.example/c/de/spring.ics\""));
}

#[test]
fn calendars_are_called_like_their_programme() {
    let catalog = catalog("{reps: 8}", &[]);
    let plan = expand(&catalog, &catalog.programs["plan"], None).expect("a plan");
    assert_eq!(with_unit(&catalog, "en", |unit| calendar_name(unit, &plan)), "Plan");
}

#[test]
fn cards_say_which_muscles_work_and_where_to_see_more() {
    let raise = "kind: strength\npattern: calf-raise\nlaterality: bilateral\nlevel: 2\ndefaults: {reps: 8}\n\
                 muscles: [{target: muscle:soleus, role: prime}]\nmedia:\n\
                 - {id: a, file: media/a.svg, role: start, author: A, licence: CC0-1.0, url: 'https://e.org/a'}\n\
                 - {id: b, file: media/a.svg, role: end, author: A, licence: CC0-1.0}\n\
                 words: {name: Raise, summary: Lifts., steps: [Lift.], alt: {a: Start., b: End.}}\n";
    let catalog = catalog("{reps: 8}", &[("media/a.svg", "<svg/>"), ("exercises/raise.yaml", raise)]);
    let page = with_unit(&catalog, "en", |unit| guide(unit, &catalog.guides["calves"]));
    let Block::Card(card) = &page.blocks[2] else { panic!("{:?}", page.blocks[2]) };
    let map = card.muscles.as_ref().unwrap();
    assert_eq!(map.alt, "Muscles: Soleus (main work)");
    assert_eq!(
        (map.parts.len(), map.parts[0].label.as_str(), &map.parts[0].ids),
        (1, "Main work", &vec!["soleus".into()])
    );
    let said: Vec<_> = card.codes.iter().map(|code| (code.address.as_str(), plain_text(&code.caption))).collect();
    assert_eq!(said, [("https://e.org/a", "See more at https://e.org/a".to_owned())]);
}

#[test]
fn plain_texts_keep_addresses_and_what_is_struck_out() {
    let session = "kind: strength\nduration: 20 min\nmain: [{exercise: calf-raise}, {text: film}]\nwords:\n  name: Day\n  texts:\n    \
                   film: Watch [the film](https://a.example/1) first, ~~twice~~, or [mail](mailto:a@b.example?subject=x), \
                   [call](tel:+4930), read [this](guide:calves) or <https://a.example/2>.\n";
    let catalog = crate::testing::catalog_with(&[("sessions/calf-day.yaml", session)]);
    let plan = crate::testing::plan(&catalog, "calf-plan");
    let unit = crate::testing::unit(&catalog, Subject::Catalog);
    let text = crate::compose::session(&unit, &plan, &plan.weeks[0].sessions[0], 80);
    let body = text.body.within(10_000, str::len);
    let wanted = "- Watch the film (https://a.example/1) first, twice (struck out), or mail (a@b.example), call (+4930), \
                  read this (Calves) or https://a.example/2.";
    assert!(body.contains(wanted), "{body}");
}

#[test]
fn links_on_paper_are_numbered_once_for_each_address() {
    let text = "---\ntitle: A\nsummary: \"[One](https://a.example/1).\"\n---\n\n- [Two](https://a.example/2), **[one](https://a.example/1)**\n\n\
                | [call +49 30](tel:+4930) |\n| --- |\n| [Calves](guide:calves), [it](guide:calves#why), a[^1] |\n\n[^1]: [Three](https://a.example/3).\n";
    let catalog = crate::testing::catalog_with(&[("guides/a.md", text)]);
    let unit = crate::testing::unit(&catalog, Subject::Guide(&catalog.guides["a"]));
    let mut page = guide(&unit, &catalog.guides["a"]);
    crate::compose::on_paper(&unit, &mut page);
    assert_eq!(plain_text(&page.summary), "One\u{a0}[1].");
    let shown = format!("{:?}", page.blocks);
    for said in ["\u{a0}[2]", "\u{a0}[1]", "\u{a0}[3]"] {
        assert_eq!(shown.matches(&format!("{said:?}").trim_matches('"').to_owned()).count(), 1, "{said}: {shown}");
    }
    let Block::Table(table) = &page.blocks[1] else { panic!("{shown}") };
    assert_eq!(plain_text(&table.columns[0].title), "call +49 30");
    assert_eq!(plain_text(&table.rows[0].cells[0]), "Calves, it (Calves), a");
    let Some(Block::List { items, start: Some(1) }) = page.blocks.last() else { panic!("{shown}") };
    let address = |item: &Vec<Block>| match item.as_slice() {
        [Block::Paragraph(content)] => plain_text(content),
        other => panic!("{other:?}"),
    };
    let addresses: Vec<_> = items.iter().map(address).collect();
    assert_eq!(addresses, ["https://a.example/1", "https://a.example/2", "https://a.example/3"]);
}

#[test]
fn an_address_that_is_printed_anyway_gets_no_number() {
    let text = "---\ntitle: A\nsummary: S.\n---\nSee [them](https://a.example/1/), <https://a.example/1>, and [more](https://a.example/2/) \
                and [more](https://a.example/2).\n";
    let catalog = crate::testing::catalog_with(&[("guides/a.md", text)]);
    let unit = crate::testing::unit(&catalog, Subject::Guide(&catalog.guides["a"]));
    let mut page = guide(&unit, &catalog.guides["a"]);
    crate::compose::on_paper(&unit, &mut page);
    let Block::Paragraph(words) = &page.blocks[0] else { panic!("{:?}", page.blocks) };
    assert_eq!(plain_text(words), "See them, https://a.example/1, and more\u{a0}[1] and more\u{a0}[1].");
}

#[test]
fn all_pictures_of_an_exercise_are_shown_where_they_belong() {
    let media = |id: &str, role: &str, more: &str| {
        format!("  - {{id: {id}, file: media/{id}.svg, role: {role}, {more}author: A, licence: CC0-1.0}}\n")
    };
    let all = [
        media("wrong", "mistake", ""),
        media("down", "start", ""),
        media("up", "end", ""),
        media("grip", "detail", "step: 2, "),
        media("whole", "overview", ""),
        media("knee", "mistake", "step: 1, "),
    ];
    let words = "words: {name: Raise, summary: Lifts., steps: [Lift., Lower.], alt: {wrong: A., down: B., up: C., grip: D., whole: E., knee: F.}}\n";
    let entry = |media: &[String]| {
        format!(
            "kind: strength\npattern: calf-raise\nlaterality: bilateral\nlevel: 2\ndefaults: {{reps: 8}}\n\
             muscles: [{{target: muscle:soleus, role: prime}}]\nmedia:\n{}{words}",
            media.concat()
        )
    };
    let files = ["wrong", "down", "up", "grip", "whole", "knee"].map(|id| format!("media/{id}.svg"));
    let raise = entry(&all);
    let mut more: Vec<(&str, &str)> = files.iter().map(|file| (file.as_str(), "<svg/>")).collect();
    more.push(("exercises/raise.yaml", &raise));
    let catalog = catalog("{reps: 8}", &more);
    let page = with_unit(&catalog, "en", |unit| exercise(unit, &catalog.exercises["raise"]));
    let Block::Figure(figure) = &page.blocks[0] else { panic!("{:?}", page.blocks[0]) };
    let shown: Vec<_> = figure.all().map(|one| (plain_text(&one.title), one.alt.as_str(), one.mistake)).collect();
    let wanted = [("Overview", "E.", false), ("1 Start", "B.", false), ("2 End", "C.", false), ("Mistake", "A.", true)];
    assert_eq!(shown, wanted.map(|(title, alt, mistake)| (title.to_owned(), alt, mistake)));
    assert_eq!(plain_text(&figure.caption), "Drawing: A (CC0-1.0)", "once for all");
    let list = page.blocks.iter().find_map(|block| match block {
        Block::List { start: Some(1), items } => Some(items),
        _ => None,
    });
    let at = |step: usize| match &list.unwrap()[step][..] {
        [Block::Paragraph(_), Block::Figure(figure)] => (figure.alt.clone(), figure.mistake, plain_text(&figure.title)),
        other => panic!("{other:?}"),
    };
    assert_eq!(at(0), ("F.".to_owned(), true, "Mistake".to_owned()));
    assert_eq!(at(1), ("D.".to_owned(), false, String::new()));
}

#[test]
fn one_picture_needs_no_title_but_a_mistake() {
    for (role, title) in [("start", ""), ("detail", ""), ("mistake", "Mistake")] {
        let raise = format!(
            "kind: strength\npattern: calf-raise\nlaterality: bilateral\nlevel: 2\ndefaults: {{reps: 8}}\n\
             muscles: [{{target: muscle:soleus, role: prime}}]\n\
             media: [{{id: a, file: media/a.svg, role: {role}, author: A, licence: CC0-1.0}}]\n\
             words: {{name: Raise, summary: Lifts., steps: [Lift.], alt: {{a: A.}}}}\n"
        );
        let catalog = catalog("{reps: 8}", &[("media/a.svg", "<svg/>"), ("exercises/raise.yaml", &raise)]);
        let page = with_unit(&catalog, "en", |unit| exercise(unit, &catalog.exercises["raise"]));
        let Block::Figure(figure) = &page.blocks[0] else { panic!("{:?}", page.blocks[0]) };
        assert_eq!((plain_text(&figure.title).as_str(), figure.mistake), (title, role == "mistake"));
    }
}

#[test]
fn what_is_not_stated_is_not_printed() {
    let facts = |equipment: &str| {
        let bare = format!("kind: strength\n{equipment}words: {{name: Press, steps: [Press.]}}\n");
        let files = [("exercises/press.yaml", bare.as_str())];
        let catalog = crate::testing::catalog_with(&files);
        let press = &catalog.exercises["press"];
        let page = exercise(&crate::testing::unit(&catalog, Subject::Exercise(press)), press);
        let facts = page.blocks.iter().find_map(|block| match block {
            Block::Facts(facts) => Some(facts.iter().map(|(label, value)| format!("{label}: {}", plain_text(value)))),
            _ => None,
        });
        facts.map(|facts| facts.collect::<Vec<_>>()).unwrap_or_default()
    };
    assert_eq!(facts(""), [""; 0], "neither equipment nor level nor dose is known");
    assert_eq!(facts("equipment: []\n"), ["Equipment: None"]);
}

#[test]
fn what_a_card_rests_on_is_credited_where_it_stands() {
    let press = "kind: strength\nsources: [smith-2020]\ndefaults: {reps: 8}\n\
                 origin: {from: wger, id: '345', url: 'https://wger.example/345', authors: [Ann, Bo], licence: CC-BY-SA-4.0, changed: true}\n\
                 words: {name: Press, steps: [Press.]}\n";
    let catalog = crate::testing::catalog_with(&[
        ("exercises/press.yaml", press),
        ("sources/smith-2020.yaml", "kind: book\nauthors: [Smith J]\nyear: 2020\ntitle: On presses\n"),
        ("guides/one.md", "---\ntitle: One\nsummary: S.\n---\n![](exercise:press)\n\n![](exercise:press)\n"),
        ("sessions/calf-day.yaml", "{kind: strength, duration: 20 min, main: [{exercise: press}], words: {name: Day}}"),
    ]);
    let sources = |page: &Document| {
        match page.blocks.iter().rfind(|block| matches!(block, Block::List { start: Some(1), .. })) {
            Some(Block::List { items, .. }) => items.iter().map(|item| match &item[..] {
                [Block::Paragraph(line)] => plain_text(line),
                other => format!("{other:?}"),
            }),
            other => panic!("no list of sources: {other:?}"),
        }
        .collect::<Vec<_>>()
    };
    let expected =
        ["Smith J (2020). On presses. ", "Press: from wger (345), by Ann, Bo, CC-BY-SA-4.0, changed, wger.example/345"];
    let (one, entry) = (&catalog.guides["one"], &catalog.exercises["press"]);
    assert_eq!(sources(&guide(&crate::testing::unit(&catalog, Subject::Guide(one)), one)), expected, "once in a guide");
    let of_exercise = crate::testing::unit(&catalog, Subject::Exercise(entry));
    assert_eq!(sources(&exercise(&of_exercise, entry)), expected);
    let cards = super::cards(&of_exercise, &[entry]);
    assert_eq!(sources(&cards), expected[..1], "cards may have no room for publications");
    assert_eq!(plain_text(&cards.frame.origins), expected[1], "whose work it is stays");
    let (plan, plans) = (crate::testing::plan(&catalog, "calf-plan"), &catalog.programs["calf-plan"]);
    let unit = crate::testing::unit(&catalog, Subject::Program(plans, &plan));
    assert_eq!(sources(&program(&unit, plans, &plan)), expected);
    let fridge = super::fridge(&unit, plans, &plan);
    assert_eq!(plain_text(&fridge.frame.origins), expected[1]);
}
