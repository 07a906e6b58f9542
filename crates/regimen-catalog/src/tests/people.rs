//! People from tables, YAML and folders.

mod hostile;
mod mistakes;
mod privacy;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use regimen_model::model::Anchor;

use crate::people::{Roster, RosterRow, Source, keys, open};
use crate::{Catalog, Diagnostic, Spot, load};

/// The catalogue that ships with the program.
fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog");
        load(&folder).expect("the catalogue").catalog.expect("it can be read")
    })
}

fn roster<'t>(text: &'t [u8]) -> Roster<'t> {
    open(Source::stream("people", text), catalog()).expect("memory can be read")
}

fn people(text: &str) -> Vec<RosterRow> {
    roster(text.as_bytes()).collect()
}

/// Every finding as `line:column code message = help`.
fn findings(text: &[u8]) -> Vec<String> {
    let mut roster = roster(text);
    let mut found = roster.findings().to_vec();
    found.extend(roster.by_ref().filter_map(|row| row.person.err()).flatten());
    found.iter().map(shown).collect()
}

fn shown(finding: &Diagnostic) -> String {
    let place = &finding.labels.first().expect("a place").place;
    let Spot::At { line, column } = place.spot else { panic!("{finding:?} is not at a line") };
    let help = finding.help.as_ref().map(|help| format!(" = {help}")).unwrap_or_default();
    format!("{line}:{column} {} {}{help}", finding.code, finding.message)
}

/// A folder of files that is removed at the end.
struct Folder(PathBuf);

impl Folder {
    #[expect(clippy::disallowed_methods, reason = "no build writes these")]
    fn new(name: &str, files: &[(&str, &[u8])]) -> Self {
        let folder = std::env::temp_dir().join(format!("regimen-people-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        files.iter().for_each(|(file, text)| std::fs::write(folder.join(file), text).expect("a file"));
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _gone = std::fs::remove_dir_all(&self.0);
    }
}

const TABLE: &str = "id,name,program,start,note,conditions,best.deadlift,doses.calf-raise.reps,at,timezone,available_days\n\
    p-001,Ann,runners-hamstrings,2027-01-04,\"Slowly, \"\"always\"\"\nat first\",poor-balance;sciatica,100 kg,8-10,18:30,Europe/Berlin,monday;thursday\n\
    ,,,,,,,,,,\n\
    p-002,007,runners-hamstrings,,,,,,,,\n";

#[test]
fn a_table_says_who_does_what() {
    let rows = people(TABLE);
    assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 2]);
    let first = rows[0].person.as_ref().expect("a person");
    assert_eq!((first.id.as_str(), first.own.name.as_deref()), ("p-001", Some("Ann")));
    assert_eq!(first.own.note.as_deref(), Some("Slowly, \"always\"\nat first"));
    assert_eq!(first.own.conditions.len(), 2);
    assert_eq!(first.own.best["deadlift"].to_string(), "100 kg");
    let schedule = first.schedule.as_ref().expect("dates");
    assert_eq!(schedule.anchor, Anchor::Start("2027-01-04".parse().unwrap()));
    assert_eq!((schedule.available_days.len(), schedule.timezone.as_deref()), (2, Some("Europe/Berlin")));
    let second = rows[1].person.as_ref().expect("a person");
    assert_eq!((second.own.name.as_deref(), &second.schedule), (Some("007"), &None));
    // A cell with a line break and a row with nothing in it are before it.
    assert_eq!(rows[1].place.spot, Spot::At { line: 5, column: 1 });
}

#[test]
fn spreadsheets_write_tables_in_many_ways() {
    let expected: Vec<_> = people(TABLE).into_iter().map(|row| row.person.expect("a person")).collect();
    let semicolons = "id;name;program;start;note;conditions;best.deadlift;doses.calf-raise.reps;at;timezone;available_days\r\n\
        p-001;Ann;runners-hamstrings;2027-01-04;\"Slowly, \"\"always\"\"\r\nat first\";\"poor-balance;sciatica\";100 kg;8-10;18:30;Europe/Berlin;\"monday; thursday;\"\r\n\r\n\
        p-002; 007;runners-hamstrings;;;;;;;;\r\n";
    let tabs = semicolons
        .replace(';', "\t")
        .replace("poor-balance\t", "poor-balance;")
        .replace("monday\t ", "monday;")
        .replace("thursday\t", "thursday");
    for text in [
        semicolons.to_owned(),
        tabs,
        format!("\u{feff}{TABLE}"),
        format!("\u{feff}sep=;\r\n{semicolons}"),
        TABLE.trim_end().to_owned(),
        TABLE.replace(",100 kg,8-10,", ",100 kg, 8-10 ,"),
    ] {
        assert_eq!(findings(text.as_bytes()), [""; 0], "{text}");
        let read: Vec<_> = people(&text).into_iter().map(|row| row.person.expect("a person")).collect();
        assert_eq!(read, expected, "{text}");
    }
}

#[test]
fn a_cell_may_have_what_yaml_has_in_brackets() {
    let text = "id,program,start,best,changes,doses.calf-raise,x-mine\n\
        p-1,runners-hamstrings,2027-01-04,\"{deadlift: 100 kg}\",[{pause: 2027-01-06..2027-01-08}],\"{sets: 2, reps: 8}\",{\n";
    assert_eq!(findings(text.as_bytes()), [""; 0]);
    let person = people(text).remove(0).person.expect("a person");
    assert_eq!((person.own.best.len(), person.own.doses.len()), (1, 1));
    assert_eq!(person.schedule.expect("dates").changes.len(), 1);
}

#[test]
fn yaml_has_one_person_or_a_list() {
    let one =
        "id: p-001\nname: 'Ann'\nprogram: runners-hamstrings\nstart: 2027-01-04\nx-file: 7\nbest: {deadlift: 100 kg}\n";
    let list = format!("- {}", one.trim_end().replace('\n', "\n  ")) + "\n- {id: p-002, program: runners-hamstrings}\n";
    for (text, count) in [(one, 1), (&list, 2), (&format!("---\n{list}"), 2), (&format!("# our people\n{list}"), 2)] {
        assert_eq!(findings(text.as_bytes()), [""; 0], "{text}");
        let rows = people(text);
        assert_eq!(rows.len(), count, "{text}");
        assert_eq!(rows[0].person.as_ref().unwrap().own.best["deadlift"].to_string(), "100 kg");
    }
    let second = people(&list).pop().expect("two people");
    assert_eq!(second.place.spot, Spot::At { line: 7, column: 3 });
}

#[test]
fn a_folder_has_a_file_for_each_person() {
    let files: [(&str, &[u8]); 6] = [
        ("p-10.yaml", b"program: runners-hamstrings\n"),
        ("p-2.yml", b"id: p-2\nprogram: runners-hamstrings\n"),
        ("p-3.yaml", b"id: p-4\nprogram: runners-hamstrings\n"),
        ("Ann Miller.yaml", b"program: runners-hamstrings\n"),
        (".hidden.yaml", b"-"),
        ("README.md", b"-"),
    ];
    let folder = Folder::new("folder", &files);
    let roster = open(Source::path(&folder.0), catalog()).expect("a folder");
    assert_eq!(roster.findings(), []);
    let rows: Vec<RosterRow> = roster.collect();
    let ids: Vec<_> = rows.iter().map(|row| row.id.as_ref().map_or("", |id| id.as_str())).collect();
    assert_eq!(ids, ["", "p-10", "p-2", "p-3"]);
    assert!(rows[1].person.is_ok() && rows[2].person.is_ok());
    assert!(rows[2].place.file.ends_with("/p-2.yml"));
    let wrong = |at: usize| shown(&rows[at].person.as_ref().expect_err("a finding")[0]);
    assert!(
        wrong(0).starts_with("1:1 person-id the name of file 1 of this folder, in their order, is no id"),
        "{}",
        wrong(0)
    );
    assert!(!format!("{:?}", rows[0]).contains("Miller"));
    assert_eq!(
        wrong(3),
        "1:5 person-id the file is of `p-3`, but its `id` is another = leave `id` out, or give the file the name of the id"
    );
}

#[test]
fn a_schedule_of_the_project_file_holds_where_a_person_states_nothing_else() {
    let text = "id,schedule,start,at,available_days,free\n\
        p-1,spring-2027,,,,\n\
        p-2,spring-2027,2027-02-01,07:00,,\n\
        p-3,spring-2027,,,monday;friday,2027-01-10\n";
    assert_eq!(findings(text.as_bytes()), [""; 0]);
    let of: Vec<_> = people(text).into_iter().map(|row| row.person.unwrap().schedule.expect("dates")).collect();
    let base = &catalog().project.schedules["spring-2027"];
    assert_eq!(&of[0], base);
    assert_eq!(of[1].anchor, Anchor::Start("2027-02-01".parse().unwrap()));
    assert_eq!((of[1].at.map(|at| at.to_string()), &of[1].timezone), (Some("07:00:00".to_owned()), &base.timezone));
    assert_eq!((of[2].available_days.len(), of[2].free.len(), &of[2].anchor), (2, 1, &base.anchor));
}

#[test]
fn people_can_be_read_on_another_thread() {
    fn is_send<T: Send>(_: &T) {}
    is_send(&roster(TABLE.as_bytes()));
}

#[test]
fn every_key_of_the_types_is_one_of_a_person() {
    let keys = keys();
    for key in ["id", "program", "schedule", "start", "formerly", "name", "without", "result"] {
        assert!(keys.iter().any(|known| known == key), "{key}");
    }
    let once: std::collections::BTreeSet<&String> = keys.iter().collect();
    assert_eq!(once.len(), keys.len());
}
