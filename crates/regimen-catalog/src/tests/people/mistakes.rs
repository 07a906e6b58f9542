//! Every mistake at once, where it is, with the way out.

use super::{catalog, findings};
use crate::people::{Source, open};

/// The findings of a text, as far as each is told.
fn same(text: &str, expected: &[&str]) {
    let found = findings(text.as_bytes());
    let told = found.len() == expected.len() && found.iter().zip(expected).all(|(one, other)| one.starts_with(other));
    assert!(told, "{text}\n{found:#?}\n{expected:#?}");
}

/// Rows of a table with these columns behind the id and the programme.
fn cells(columns: &str, row: &str, expected: &[&str]) {
    same(&format!("id,program,{columns}\np-1,runners-hamstrings,{row}\n"), expected);
}

#[test]
fn columns_are_named_like_keys() {
    same(
        "id,nam,best.squatt,best.deadlift.x,name.first,doses.calf-raise.repz,start,start,best.deadlift,times.Monday,Best.Deadlift,mood\n\
         p-1,,,,,,,,,,,\n",
        &[
            "1:4 unknown-key this column is no key of a person = did you mean `name`?",
            "1:8 unknown-reference there is no exercise of this id = `regimen list exercise` shows",
            "1:20 unknown-key there are no keys below the key of this column = end it at `best.deadlift`",
            "1:36 unknown-key there are no keys below the key of this column = end it at `name`",
            "1:47 unknown-key `doses` has no key of this name = did you mean `reps`?",
            "1:75 duplicate-key `start` has two columns = keep one of them",
            "1:108 duplicate-key `best.deadlift` has two columns = keep one of them",
            "1:122 unknown-key this column is no key of a person = allowed here: `id`, `program`",
            "2:1 missing-field this person has no programme = name one under `program`, such as `runners-hamstrings`",
        ],
    );
    same("name,program\nAnn,runners-hamstrings\n", &["1:1 roster there is no column `id` = add one"]);
    same("p-001,Ann,x\n", &["1:1 roster the first row should have the names of columns = write a first row such as"]);
    cells("", "stray", &["2:24 roster this column has no name in the first row = write one of the keys"]);
    cells("best,best.deadlift", "{deadlift: 5 kg},6 kg", &["2:41 duplicate-key two columns say what `best` is"]);
}

#[test]
fn rows_have_a_cell_for_each_column() {
    cells("note,name", "x", &["2:1 roster this row has 3 cells, the first row 4 = add the separators"]);
    cells("note", "a, b", &["2:1 roster this row has 4 cells, the first row 3 = put a cell with a comma"]);
    cells("note", "a,", &["2:1 roster this row has 4 cells, the first row 3"]);
}

#[test]
fn quotes_that_hide_where_rows_end_stop_the_table() {
    let rows = |note: &str, last: &str| {
        let row = |id: &str, note: &str| format!("{id},runners-hamstrings,{note}\n");
        format!("id,program,note\n{}{}{}{}", row("p-1", ""), row("p-2", note), row("p-3", ""), row("p-4", last))
    };
    for (note, last, expected) in [
        ("\"x", "", "3:24 roster a quote `\"` is opened here and never closed"),
        ("\"x", "\"y\"", "3:24 roster this cell goes on behind the quote `\"` that closes it"),
        ("\"HIV\"x", "", "3:24 roster this cell goes on behind the quote `\"` that closes it"),
        ("\"x", "5\"", "3:24 roster another row is within this cell"),
        (" \"a, b\"", "", "3:24 roster there is a space before the quote"),
    ] {
        let text = rows(note, last);
        let found = findings(text.as_bytes());
        assert!(found.len() == 1 && found[0].starts_with(expected), "{text}\n{found:#?}");
        // A file is read to its end before anybody is built, and a stream cannot be.
        let folder = super::Folder::new("quotes", &[("people.csv", text.as_bytes())]);
        let mut roster = open(Source::path(folder.0.join("people.csv")), catalog()).expect("a table");
        assert!(roster.findings().len() == 1 && roster.next().is_none(), "{text}");
        let streamed: Vec<_> = super::people(&text).iter().map(|row| row.id.is_some()).collect();
        assert_eq!(streamed, [true, false], "{text}");
    }
    for (note, last) in [("5\" box", "a \"b\""), ("\"5\"\"\"", "\"a,\nb,runners,c\""), ("\"a\" ", "6\"")] {
        same(&rows(note, last), &[]);
    }
}

#[test]
fn an_empty_table_is_nobody() {
    for text in ["id,program\n", "id,program\n,\n\n", "[]", "id;program"] {
        let found = findings(text.as_bytes());
        assert!(found.len() == 1 && found[0].starts_with("1:1 empty-roster there is nobody"), "{text} {found:?}");
    }
}

#[test]
fn lines_are_counted_as_editors_do() {
    let rows = "id,program,note\np-1,runners-hamstrings,\"a\nb\"\n\np-2,x,\n,,\np-3,\"é,\ny\",x\n";
    for (text, lines) in [
        (rows.to_owned(), ["5:5", "7:5"]),
        (rows.replace('\n', "\r\n"), ["5:5", "7:5"]),
        (format!("sep=,\n{rows}"), ["6:5", "8:5"]),
        ("id,program\rp-1,runners-hamstrings\rp-2,x\rp-3,y\r".to_owned(), ["3:5", "4:5"]),
    ] {
        let found = findings(text.as_bytes());
        let at: Vec<_> = found.iter().filter_map(|finding| finding.split_once(' ')).map(|(at, _)| at).collect();
        assert_eq!(at, lines, "{text:?}\n{found:#?}");
    }
}

#[test]
fn a_place_is_named_as_spreadsheets_show_it() {
    let rows = "ID;Program;Note;Best.Deadlift\np-1;runners-hamstrings;\"a\nb\";5\n\n;;;\np-2;runners-hamstring;;\n;x\n";
    for (text, shift) in [(rows.to_owned(), 0), (format!("sep=;\n{rows}"), 0), (rows.replace("\n\n", "\n"), 1)] {
        let found: Vec<String> = super::people(&text)
            .into_iter()
            .filter_map(|row| row.person.err())
            .flatten()
            .map(|finding| finding.labels[0].text.clone())
            .collect();
        let row = |number: usize| format!("row {}", number - shift);
        assert_eq!(
            found,
            [
                "row 2, column `best.deadlift`, of `p-1`".to_owned(),
                format!("{}, column `program`, of `p-2`", row(5)),
                row(6)
            ],
            "{text}"
        );
    }
    let unnamed =
        super::people("id,program,\np-1,runners-hamstrings,x\n").remove(0).person.expect_err("a cell below no name");
    assert_eq!(unnamed[0].labels[0].text, "row 2, column C, of `p-1`");
}

#[test]
fn who_and_what_must_be_there() {
    same(
        "id,program,schedule\np-1,,\np-1,runners-hamstring,\nP 2,runners-hamstrings,\n,runners-hamstrings,\np-3,,spring-2026\n\
         p-4,other,spring-2027\np-5,,Spring!\n",
        &[
            "2:5 missing-field this person has no programme",
            "3:1 person-id another person before this one has the id `p-1`",
            "3:5 unknown-reference there is no programme of this id = did you mean `runners-hamstrings`?",
            "4:1 wrong-value `id`: this is not an id: an id has lower-case letters",
            "5:1 missing-field this person has no `id`",
            "6:6 unknown-reference there is no schedule of this name = did you mean `spring-2027`?",
            "7:5 unknown-reference there is no programme of this id",
            "8:6 wrong-value `schedule`: this is not an id",
        ],
    );
}

#[test]
fn a_former_name_leads_to_one_calendar() {
    same(
        "id,program,start,formerly\n\
         p-1,runners-hamstrings,2027-01-04,ann-2025;ann-2026\n\
         p-2,runners-hamstrings,2027-01-04,ben-2026\n\
         p-3,runners-hamstrings,2027-01-04,cleo-2026;ann-2026\n\
         p-4,runners-hamstrings,2027-01-04,spring-2027\n\
         p-5,runner,2027-01-04,dan-2026\n\
         p-6,runners-hamstrings,2027-01-04,dan-2026;dan-2026\n",
        &[
            "4:35 duplicate-id another person before this one has item 2 of `formerly`, too = leave it with the person whose",
            "5:35 duplicate-id item 1 of `formerly` is a name of the schedule `spring-2027` of `regimen.yaml` = take it out here, or",
            "6:5 unknown-reference there is no programme of this id",
            "7:35 duplicate-id another person before this one has item 1 of `formerly`, too",
            "7:35 duplicate-id another person before this one has item 2 of `formerly`, too",
        ],
    );
    same(
        "- {id: p-1, program: runners-hamstrings, start: 2027-01-04, formerly: [ann]}\n\
         - {id: p-2, program: runners-hamstrings, start: 2027-01-04, formerly: [ann]}\n",
        &["2:72 duplicate-id another person before this one has item 1 of `formerly`, too"],
    );
    let file: &[u8] = b"program: runners-hamstrings\nstart: 2027-01-04\nformerly: [ann]\n";
    let folder = super::Folder::new("former", &[("p-1.yaml", file), ("p-2.yaml", file)]);
    let rows: Vec<_> = open(Source::path(&folder.0), catalog()).expect("a folder").collect();
    assert!(rows[0].person.is_ok() && rows[1].person.is_err());
}

#[test]
fn values_are_told_what_they_should_be() {
    for (column, cell, expected) in [
        ("start", "2027-02-30", "wrong-value `start`: this is not a day of the calendar: February 2027 has 28 days"),
        ("start", "4.1.2027", "wrong-value `start` should be a date such as `2027-01-31` = did you mean `2027-01-04`?"),
        ("large_print", "16", "wrong-value `large_print`: this is not a size of print in points: `14` or `18`"),
        ("paper", "A3", "unknown-word `paper` cannot be what is written here = did you mean `a4`?"),
        ("units", "kg;stone", "unknown-word item 2 of `units` cannot be what is written here = it is one of `kg`"),
        ("units", "kg;lb", "wrong-value `units` has both `kg` and `lb`"),
        (
            "bodyweight",
            "80",
            "wrong-value `bodyweight`: this is not a step of weight such as `2.5 kg` or `5 lb`; did you mean `80 kg`?",
        ),
        ("result.5k", "48", "wrong-value `result`: this is not the time of a race such as `48:30`"),
        ("best.deadlift", "heavy", "wrong-value `best`: this is not a step of weight"),
        (
            "best.deadlift",
            "1e3",
            "wrong-value this is no number as people write it = write the number with plain digits",
        ),
        (
            "language",
            "xx",
            "unknown-reference the catalogue has no such language = it has `en`; another one needs a file",
        ),
        (
            "language",
            "English",
            "unknown-reference the catalogue has no such language = did you mean `en`? it has `en`",
        ),
        (
            "conditions",
            "Sciatica",
            "wrong-value item 1 of `conditions`: this is not an id: an id has lower-case letters a-z, digits and single hyphens, starts with a letter and has at most 64 characters = did you mean `sciatica`?",
        ),
        ("instead.plank", "Hip 90 90", "wrong-value `instead`: this is not an id"),
        (
            "equipment",
            "mat;barbel",
            "unknown-reference there is no piece of equipment of this id = did you mean `barbell`?",
        ),
        ("conditions", "sciatca", "unknown-reference there is no condition of this id = did you mean `sciatica`?"),
        (
            "conditions",
            "\"sciatica, poor-balance\"",
            "roster the items of a list are separated by `;` = write `;` between",
        ),
        (
            "bodyweight",
            "\"82,5 kg\"",
            "wrong-value `bodyweight`: this is not a step of weight such as `2.5 kg` or `5 lb`; did you mean `82.5 kg`?",
        ),
        (
            "start",
            "04/01/2027",
            "wrong-value `start` should be a date such as `2027-01-31` = did you mean `2027-01-04` or `2027-04-01`?",
        ),
    ] {
        cells(column, cell, &[&format!("2:24 {expected}")]);
    }
}

#[test]
fn values_below_keys_are_told_what_they_should_be() {
    for (column, cell, expected) in [
        ("without", "plankk", "unknown-reference there is no exercise of this id = did you mean `plank`?"),
        ("instead.deadlift", "planc", "unknown-reference there is no exercise of this id = did you mean `plank`?"),
        ("doses.plank.reps", "3x8", "wrong-value `reps`: this is not a number of reps such as `8`"),
        ("doses.plank", "3x8", "wrong-type `doses` should be `key: value` lines = write `{sets: 3, reps: 8}`"),
        ("at", "18:30", "person-dates `at` needs a day that the programme starts or ends on"),
        ("name", "a\u{202e}b", "roster this cell has an invisible mark that turns the direction of text"),
        ("note", "a\0b", "roster this cell has a control character"),
        ("changes", "[{paus: x}]", "unknown-key item 1 of `changes` has no key of this name = did you mean `pause`?"),
        ("changes", "[{pause: x}", "yaml-syntax this bracket is opened but not closed"),
    ] {
        let dated = if column == "changes" { "start,".to_owned() } else { String::new() };
        let date = if column == "changes" { "2027-01-04," } else { "" };
        let at = format!("2:{} {expected}", 24 + date.len());
        cells(&format!("{dated}{column}"), &format!("{date}{cell}"), &[&at]);
    }
}

#[test]
fn what_can_hardly_be_meant_is_found_at_its_cell() {
    for (column, cell, expected) in [
        (
            "result.5k",
            "24:10:00",
            "wrong-value `result`: 2:30:00 for `5k` is a slow walk already, and this is longer = did you mean `24:10`?",
        ),
        (
            "result.half-marathon",
            "1:45",
            "wrong-value `result`: nobody has run `half-marathon` in less than 55:33 = did you mean `1:45:00`?",
        ),
        ("result.5k", "3:00", "wrong-value `result`: nobody has run `5k` in less than 12:19 = write minutes"),
        (
            "best.deadlift",
            "100 KG",
            "wrong-value `best`: this is not a step of weight such as `2.5 kg` or `5 lb`; did you mean `100 kg`?",
        ),
        ("start", "0027-01-04", "wrong-value `start` is in the year 27 = look at the year"),
    ] {
        cells(column, cell, &[&format!("2:24 {expected}")]);
    }
    cells(
        "without,instead.plank,doses.deadlift.reps",
        "plank;deadlift,hip-90-90,5",
        &[
            "2:39 wrong-value `instead` names another exercise for `plank`, and `without` leaves it out = leave one",
            "2:49 wrong-value `doses` says how much of `deadlift`, and `without` leaves it out",
        ],
    );
    cells(
        "without,instead.plank",
        "hip-90-90,hip-90-90",
        &["2:34 wrong-value `instead` names `hip-90-90` for `plank`, and `without` leaves `hip-90-90` out"],
    );
}

#[test]
fn what_is_unlikely_is_told_and_taken() {
    let warned = |column: &str, cell: &str| -> Vec<String> {
        let text = format!("id,program,{column}\np-1,runners-hamstrings,{cell}\n");
        let row = super::people(&text).remove(0);
        assert!(row.person.is_ok(), "{text}");
        row.warnings.iter().map(super::shown).collect()
    };
    for (column, cell, expected) in [
        ("best.deadlift", "1000 kg", "`best` of `deadlift` is more than 600 kg, which nobody has lifted = look at"),
        ("training_max.deadlift", "1400 lb", "`training_max` of `deadlift` is more than 600 kg"),
        ("bodyweight", "7200 kg", "`bodyweight` is not between 10 and 635 kg = look at the decimal point and the unit"),
        ("result.5k", "2:00:00", "no other pace follows from the `result` of `5k`, which is slower than a walk"),
        ("start", "2016-01-04", "`start` is more than 2 years before the catalogue was revised ("),
        ("race", "2072-01-04", "`race` is more than 10 years after the catalogue was revised ("),
    ] {
        let found = warned(column, cell);
        assert!(found.len() == 1 && found[0].starts_with(&format!("2:24 unlikely-value {expected}")), "{found:?}");
    }
    let found = warned("best.deadlift,training_max.deadlift", "100 kg,225 lb");
    assert!(
        found.len() == 1
            && found[0].starts_with("2:31 unlikely-value `training_max` of `deadlift` is more than the `best`"),
        "{found:?}"
    );
    assert_eq!(warned("best.deadlift,training_max.deadlift", "100 kg,220 lb"), [""; 0]);
    for (column, cell) in [("best.deadlift", "500 kg"), ("result.5k", "12:36"), ("result.marathon", "7:59:00")] {
        assert_eq!(warned(column, cell), [""; 0], "{column} {cell}");
    }
}

#[test]
fn times_of_day_are_read_whatever_they_look_like() {
    for (column, cell, meant) in [("at", "18.30", "18:30"), ("at", "1830", "18:30"), ("times.monday", "7.15", "07:15")]
    {
        let row = format!("2027-01-04,Europe/London,{cell}");
        let found = format!(
            "2:49 wrong-value `{}` should be a time of day such as `09:15` = did you mean `{meant}`?",
            column.split('.').next().unwrap()
        );
        cells(&format!("start,timezone,{column}"), &row, &[&found]);
    }
    cells(
        "start,timezone,day_times",
        "2027-01-04,Europe/London,08:00;13.30",
        &["2:49 wrong-value item 2 of `day_times` should be a time of day"],
    );
}

#[test]
fn all_mistakes_of_a_row_are_found_at_once() {
    same(
        "id;program;start;end;at;timezone;without;available_days;name\n\
         p-1;runners-hamstrings;2027-01-04;2027-03-01;7 am;Berlin;\"plankk;flu\";\"mon/thu\";\"one\ntwo\"\n",
        &[
            "2:46 wrong-value `at` should be a time of day such as `09:15` = did you mean `07:00`?",
            "2:58 unknown-reference there is no exercise of this id",
            "2:58 unknown-reference there is no exercise of this id",
            "2:71 unknown-word item 1 of `available_days` cannot be what is written here = write each day for itself: `monday, thursday`;",
            "2:81 wrong-value `name` has several lines",
        ],
    );
    cells(
        "start,end,at",
        "2027-01-04,2027-03-01,18:30",
        &["2:24 wrong-value a schedule has only one of `start`, `end` and `race`"],
    );
    cells("start,from_week", "2027-01-04,0", &["2:35 wrong-value `from_week` should be a whole number, 1 or more"]);
    cells("start,at", "2027-01-04,18:30", &["2:35 missing-timezone `at` has a time of day, and there is no time zone"]);
    cells(
        "start,timezone",
        "2027-01-04,Europe/Belrin",
        &["2:35 unknown-timezone there is no such time zone = did you mean `Europe/Berlin`?"],
    );
}

#[test]
fn mistakes_in_yaml_are_at_their_lines() {
    same(
        "- id: p-1\n  program: runners-hamstrings\n  nmae: Ann\n  doses:\n    plank: {sets: x, repz: 3}\n    deadlift: 3x8\n  \
         best: {squat: 5 kg, Deadlift: 3 kg, deadlift: heavy}\n  equipment:\n  - mat\n  -\n  name: 5\n- Ann\n",
        &[
            "3:3 unknown-key a person has no key of this name = did you mean `name`?",
            "5:19 wrong-value `sets`: this is not a count from 1 to 1000",
            "5:22 unknown-key `doses` has no key of this name = did you mean `reps`?",
            "6:15 wrong-type `doses` should be `key: value` lines = write `{sets: 3, reps: 8}`",
            "7:10 unknown-reference there is no exercise of this id",
            "7:23 wrong-value `best`: this is not an id",
            "7:49 wrong-value `best`: this is not a step of weight",
            "10:4 wrong-type item 2 of `equipment` should be a text, found nothing = write it after the `- `",
            "11:9 wrong-type `name` should be a text = put it in quotes",
            "12:3 wrong-type a person should be `key: value` lines",
        ],
    );
    same("just\n: [text\n", &["1:1 roster the first row should have the names of columns"]);
    same("id: [text\n", &["1:5 yaml-syntax this bracket is opened but not closed"]);
    same("- a: *b\n", &["1:6 yaml-alias this stands for a value elsewhere"]);
    same("- id: p-1\n  id: p-2\n", &["2:3 duplicate-key this key is given twice"]);
    same("id: p-1\n---\nid: x\n", &["2:1 several-documents a second document starts here"]);
    same("", &["1:1 empty-roster there is nobody in the file"]);
}
