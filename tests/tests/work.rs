//! How much work a catalogue makes: allocations and their bytes, which are the same on every machine. It is a program of its own,
//! because they are counted for the whole of it.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::alloc::System;
use std::fmt::Write as _;
use std::sync::Mutex;

use regimen_build::{Depth, Program, Workspace};
use regimen_catalog::Severity;
use regimen_tests::Project;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static MEMORY: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// One measurement at a time.
static ALONE: Mutex<()> = Mutex::new(());

/// The small catalogue with so much of something, and how much of it is measured first.
struct Quantity {
    name: &'static str,
    many: usize,
    add: fn(Project, usize) -> Project,
}

/// What checking came to.
struct Cost {
    allocations: usize,
    bytes: usize,
    /// The errors, each with its place.
    errors: Vec<String>,
}

fn check(project: &Project) -> Cost {
    let exporters = [regimen_pdf::PLUGIN, regimen_ics::PLUGIN, regimen_markdown::PLUGIN];
    let program = Program { version: "0", identity: "test", source_date_epoch: None };
    let workspace = Workspace::new(project.path("catalog"), &exporters, program);
    let region = Region::new(MEMORY);
    let checked = workspace.check(Depth::Everything, &()).unwrap();
    let spent = region.change();
    assert!(checked.failure.is_none(), "{:?}", checked.failure);
    let errors = checked.loaded.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let shown = errors.map(|finding| {
        let place = &finding.labels.first().unwrap().place;
        // A file that is not read has no lines.
        let line = checked.loaded.sources.locate(place).map_or(1, |found| found.line);
        assert!(finding.help.is_some(), "{finding:?}");
        format!("{}:{line} {}: {}", place.file, finding.code, finding.message)
    });
    Cost { allocations: spent.allocations, bytes: spent.bytes_allocated, errors: shown.collect() }
}

/// So many lines, each made of its number.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut all, number| {
        let _written = writeln!(all, "{}", line(number));
        all
    })
}

fn guide(project: Project, text: &str) -> Project {
    project.file("catalog/guides/long.md", format!("---\ntitle: Long\nsummary: It is long.\n---\n\n{text}"))
}

/// Puts text in place of another one in a file.
fn edited(project: Project, file: &str, from: &str, to: &str) -> Project {
    let text = project.text(file);
    assert!(text.contains(from), "{text}");
    project.file(file, text.replacen(from, to, 1))
}

fn exercise(project: Project, from: &str, to: &str) -> Project {
    edited(project, "catalog/exercises/heel-raise.yaml", from, to)
}

fn project_file(project: Project, lines: &str) -> Project {
    edited(project, "catalog/regimen.yaml", "words:", &format!("{lines}words:"))
}

/// So many schedules more, each of a programme.
fn schedules(project: Project, count: usize, program: impl Fn(usize) -> String) -> Project {
    let more = lines(count, |at| format!("  s{at}: {{program: {}, start: 2027-01-04}}", program(at)));
    edited(project, "catalog/regimen.yaml", "schedules:\n", &format!("schedules:\n{more}"))
}

/// So many languages without labels of their own.
fn languages(project: Project, count: usize) -> Project {
    (0..count).fold(project, |project, at| {
        let [first, then] = [at / 12, at % 12].map(|letter| char::from(b'a' + letter as u8));
        project.file(&format!("catalog/languages/x{first}{then}.yaml"), "name: X\n")
    })
}

fn copies(project: Project, count: usize, of: &str, to: impl Fn(usize) -> String) -> Project {
    let text = project.text(of);
    (0..count).fold(project, |project, number| project.file(&to(number), &text))
}

const EXERCISE: &str = "catalog/exercises/heel-raise.yaml";
const PROGRAM: &str = "catalog/programs/strong-calves.yaml";

/// Everything that an author can write more of.
const QUANTITIES: &[Quantity] = &[
    Quantity { name: "equal headings", many: 200, add: |to, n| guide(to, &"## Head\n\n".repeat(n)) },
    Quantity { name: "headings", many: 200, add: |to, n| guide(to, &lines(n, |at| format!("## Head {at}\n"))) },
    Quantity {
        name: "links to headings",
        many: 200,
        add: |to, n| guide(to, &lines(n, |at| format!("## H{at}\n\n[x](#h{at})\n"))),
    },
    Quantity {
        name: "wrong anchors",
        many: 400,
        add: |to, n| guide(to, &lines(n, |at| format!("## H{at}\n\n[x](#hx{at})\n"))),
    },
    Quantity {
        name: "unknown links",
        many: 400,
        add: |to, n| guide(to, &lines(n, |at| format!("[x](exercise:heel{at})\n"))),
    },
    Quantity {
        name: "headings of another guide",
        many: 300,
        add: |to, n| {
            let to = to.file(
                "catalog/guides/other.md",
                format!("---\ntitle: O\nsummary: Other.\n---\n{}", lines(n, |at| format!("## H{at}\n"))),
            );
            guide(to, &lines(n, |at| format!("[x](guide:other#h{at})\n")))
        },
    },
    Quantity { name: "links", many: 800, add: |to, n| guide(to, &"[x](https://x.example)\n\n".repeat(n)) },
    Quantity {
        name: "footnotes",
        many: 100,
        add: |to, n| guide(to, &lines(n, |at| format!("a[^{at}]\n\n[^{at}]: b\n"))),
    },
    Quantity { name: "words", many: 2_000, add: |to, n| guide(to, &"word ".repeat(n)) },
    Quantity { name: "letters of a word", many: 5_000, add: |to, n| guide(to, &"N".repeat(n)) },
    Quantity { name: "letters of code", many: 320_000, add: |to, n| guide(to, &format!("`{}`", "N".repeat(n))) },
    Quantity { name: "changes of type", many: 300, add: |to, n| guide(to, &"*a* ".repeat(n)) },
    Quantity { name: "breaks", many: 300, add: |to, n| guide(to, &"a\\\n".repeat(n)) },
    Quantity { name: "paragraphs", many: 300, add: |to, n| guide(to, &"Run well.\n\n".repeat(n)) },
    Quantity { name: "items", many: 300, add: |to, n| guide(to, &"- Run well.\n".repeat(n)) },
    Quantity { name: "lines of code", many: 300, add: |to, n| guide(to, &format!("```\n{}```\n", "run\n".repeat(n))) },
    Quantity { name: "rows", many: 200, add: |to, n| guide(to, &format!("|a|b|\n|-|-|\n{}", "|1|2|\n".repeat(n))) },
    Quantity { name: "tables", many: 60, add: |to, n| guide(to, &"|a|b|\n|-|-|\n|1|2|\n\n".repeat(n)) },
    Quantity { name: "cards", many: 60, add: |to, n| guide(to, &"![](exercise:heel-raise)\n\n".repeat(n)) },
    Quantity { name: "quotes", many: 100, add: |to, n| guide(to, &"> Stop.\n\n".repeat(n)) },
    Quantity { name: "brackets", many: 4_000, add: |to, n| guide(to, &"[a".repeat(n)) },
    Quantity {
        name: "missing pictures",
        many: 300,
        add: |to, n| guide(to, &lines(n, |at| format!("![a](media/{at}.svg)\n"))),
    },
    Quantity {
        name: "steps",
        many: 100,
        add: |to, n| exercise(to, "  steps:\n", &format!("  steps:\n{}", "    - Rise.\n".repeat(n))),
    },
    Quantity {
        name: "unknown keys",
        many: 40,
        add: |to, n| exercise(to, "kind:", &(lines(n, |at| format!("kin{at}: 1")) + "kind:")),
    },
    Quantity {
        name: "unknown muscles",
        many: 200,
        add: |to, n| {
            let muscles = lines(n, |at| format!("  - {{target: muscle:soleu{at}, role: prime}}"));
            exercise(to, "muscles:\n", &format!("muscles:\n{muscles}"))
        },
    },
    Quantity {
        name: "exercises",
        many: 60,
        add: |to, n| copies(to, n, EXERCISE, |at| format!("catalog/exercises/x{at}.yaml")),
    },
    Quantity {
        name: "programmes",
        many: 20,
        add: |to, n| copies(to, n, PROGRAM, |at| format!("catalog/programs/x{at}.yaml")),
    },
    Quantity { name: "schedules", many: 20, add: |to, n| schedules(to, n, |_| "strong-calves".into()) },
    Quantity {
        name: "schedules of no programme",
        many: 200,
        add: |to, n| schedules(to, n, |at| format!("strong-calve{at}")),
    },
    Quantity { name: "languages", many: 5, add: languages },
    Quantity { name: "weeks", many: 40, add: |to, n| edited(to, PROGRAM, "weeks: 4", &format!("weeks: {n}")) },
    Quantity {
        name: "sessions of a week",
        many: 20,
        add: |to, n| {
            let more = lines(n, |at| format!("      - {{session: calf-day, day: monday, slot: s{at}}}"));
            edited(to, PROGRAM, "    sessions:\n", &format!("    sessions:\n{more}"))
        },
    },
    Quantity {
        name: "phases",
        many: 10,
        add: |to, n| {
            let phase = "kind: base\n    weeks: 1\n    sessions:\n      - {session: calf-day, day: tuesday}\n";
            let more = lines(n, |at| format!("  - id: p{at}\n    {phase}"));
            edited(to, PROGRAM, "phases:\n", &format!("phases:\n{more}"))
        },
    },
    Quantity {
        name: "lines of a session",
        many: 60,
        add: |to, n| {
            edited(
                to,
                "catalog/sessions/calf-day.yaml",
                "main:\n",
                &format!("main:\n{}", "  - exercise: heel-raise\n".repeat(n)),
            )
        },
    },
    Quantity {
        name: "files of other kinds",
        many: 200,
        add: |to, n| (0..n).fold(to, |to, at| to.file(&format!("catalog/guides/{at}.txt"), "")),
    },
    Quantity {
        name: "contacts",
        many: 30,
        add: |to, n| project_file(to, &format!("brand:\n  name: Club\n  contacts:\n{}", "    - A line\n".repeat(n))),
    },
];

#[test]
fn twice_as_much_of_anything_takes_twice_the_work() {
    let _alone = ALONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    // Whatever is made once in a program.
    check(&Project::small());
    let mut wrong = Vec::new();
    for Quantity { name, many, add } in QUANTITIES {
        let [some, twice, most] = [1, 2, 4].map(|times| check(&add(Project::small(), many * times / 2)));
        // What one of them costs, where there are more, to what it costs where there are few: 2 where each costs the same.
        let ratio = |of: fn(&Cost) -> usize| {
            let grown = |more: &Cost, less: &Cost| of(more).saturating_sub(of(less)) as f64;
            // What comes to less than a hundredth of all is not worth a look.
            grown(&most, &twice) / grown(&twice, &some).max(of(&some) as f64 / 100.0)
        };
        let (allocations, bytes) = (ratio(|cost| cost.allocations), ratio(|cost| cost.bytes));
        // What is begun in blocks, such as a buffer that grows, has steps.
        if allocations > 2.7 || bytes > 2.9 {
            wrong.push(format!("{name}: {allocations:.2} times the allocations, {bytes:.2} times the bytes"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A catalogue that is too large for a limit, and how the finding begins.
struct Hostile {
    add: fn(Project) -> Project,
    finding: &'static str,
}

const HOSTILE: &[Hostile] = &[
    Hostile {
        add: |to| guide(to, &"## Head\n\n".repeat(20_000)),
        finding: "guides/long.md:1 too-many: the guide has 20000 headings; the most is 2000",
    },
    Hostile {
        add: |to| guide(to, &"[a](https://x.example) ".repeat(6_000)),
        finding: "guides/long.md:1 too-many: the guide has 6000 links; the most is 5000",
    },
    Hostile {
        add: |to| {
            guide(
                to,
                &format!("{}|\n{}|\n{}", "|a".repeat(300), "|-".repeat(300), ("|1".repeat(300) + "|\n").repeat(1_400)),
            )
        },
        finding: "guides/long.md:1 too-many: the guide has 420300 cells in its tables; the most is 20000",
    },
    Hostile {
        add: |to| guide(to, &"![](exercise:heel-raise)\n\n".repeat(5_000)),
        finding: "guides/long.md:1 too-many: the guide has 5000 cards and pictures; the most is 500",
    },
    Hostile {
        add: |to| guide(to, &"a\\\n".repeat(200_000)),
        finding: "guides/long.md:1 too-many: the guide has 5063 pages, as estimated; the most is 500",
    },
    Hostile {
        add: |to| guide(to, &"word ".repeat(300_000)),
        finding: "guides/long.md:1 unread-file: `guides/long.md` is not read: it is larger than 1024 KiB",
    },
    Hostile {
        add: |to| exercise(to, "  name: Heel raise", &format!("  name: {}", "N".repeat(900_000))),
        finding: "exercises/heel-raise.yaml:10 too-long: this text has 900000 characters; the most is 500",
    },
    Hostile {
        add: |to| exercise(to, "  steps:\n", &format!("  steps:\n{}", "    - Rise.\n".repeat(60_000))),
        finding: "exercises/heel-raise.yaml:2013 too-many: there are more than 2000 items here, which is the most",
    },
    Hostile {
        add: |to| exercise(to, "kind:", &format!("tags: [{}a]\nkind:", "a, ".repeat(60_000))),
        finding: "exercises/heel-raise.yaml:1 too-many: there are more than 2000 items here, which is the most",
    },
    Hostile {
        add: |to| {
            edited(
                to,
                "catalog/regimen.yaml",
                "words:\n",
                &format!("words:\n  header: \"{}\"\n", "{title} ".repeat(100_000)),
            )
        },
        finding: "regimen.yaml:7 too-long: this text has 800000 characters; the most is 500",
    },
    Hostile {
        add: |to| {
            edited(
                to,
                "catalog/regimen.yaml",
                "words:\n",
                &format!("words:\n  disclaimer: \"{}\"\n", "word ".repeat(100_000)),
            )
        },
        finding: "regimen.yaml:7 too-long: this text has 6250 lines; the most is 250",
    },
    Hostile {
        add: |to| languages(to, 312),
        finding: "languages/xdd.yaml:1 too-many: the catalogue has 313 languages; the most is 40",
    },
    Hostile {
        add: |to| schedules(to, 15_000, |_| "strong-calves".into()),
        finding: "regimen.yaml:2 too-many: there are 15001 schedules; the most is 2000",
    },
    Hostile {
        add: |to| languages(schedules(to, 1_000, |_| "strong-calves".into()), 26),
        finding: "regimen.yaml:1 too-many: all documents together have ",
    },
    Hostile {
        add: |to| {
            let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
            let more = lines(140, |at| format!("      - {{session: calf-day, day: {}, slot: s{at}}}", days[at % 7]));
            let to = edited(to, PROGRAM, "weeks: 4", "weeks: 255");
            edited(to, PROGRAM, "    sessions:\n", &format!("    sessions:\n{more}"))
        },
        finding: "programs/strong-calves.yaml:2 too-many: the programme has 36210 sessions in all of its weeks; the most is 20000",
    },
    Hostile {
        add: |to| (0..50_001).fold(to, |to, at| to.file(&format!("catalog/guides/{}/{at}.txt", at / 1_000), "")),
        finding: "regimen.yaml:1 too-large: the folder of the catalogue has 50009 files; the most is 50000",
    },
];

#[test]
fn what_is_refused_is_not_made() {
    let _alone = ALONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    for Hostile { add, finding } in HOSTILE {
        let project = add(Project::small());
        let size: usize = project.files("catalog").values().map(Vec::len).sum();
        let Cost { bytes, errors, .. } = check(&project);
        assert!(errors.iter().any(|error| error.starts_with(finding)), "{finding}: {errors:#?}");
        // Reading takes its multiple of what is there; nothing comes on top that grows faster.
        assert!(bytes < 200_000_000 + 3_000 * size, "{bytes} bytes are allocated for {size}: {finding}");
    }
}

#[test]
fn pictures_that_nothing_names_are_not_read() {
    let _alone = ALONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let without = check(&Project::small());
    let project = (0..100).fold(Project::small(), |project, at| project.file(&format!("catalog/media/{at}.png"), ""));
    for at in 0..100 {
        let file = std::fs::OpenOptions::new().write(true).open(project.path(&format!("catalog/media/{at}.png")));
        // It takes no room on the disk.
        file.unwrap().set_len(32 << 20).unwrap();
    }
    let with = check(&project);
    assert_eq!(with.errors, Vec::<String>::new());
    assert!(with.bytes < without.bytes + 10_000_000, "{} bytes, {} without them", with.bytes, without.bytes);
}
