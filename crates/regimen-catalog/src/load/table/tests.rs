use super::*;
use regimen_model::vocabulary::Weekday;

fn cells(text: &str) -> Vec<Vec<String>> {
    rows(text).rows.into_iter().map(|row| row.into_iter().map(|cell| cell.text).collect()).collect()
}

#[test]
fn cells_are_those_of_the_standard() {
    assert_eq!(cells("a,b\r\n\"c, \"\"d\"\"\",\n"), [["a", "b"], ["c, \"d\"", ""]]);
    assert_eq!(cells("\u{feff}a;b\n\"1;2\";3,5"), [["a", "b"], ["1;2", "3,5"]]);
    assert_eq!(cells("a\tb\r\"c\nd\"\te"), [["a", "b"], ["c\nd", "e"]]);
    assert_eq!(cells(""), Vec::<Vec<String>>::new());
    for (text, wrong) in [("a,b\n\"c", 1), ("a,b\nc\"d,e", 1), ("a,b\n\"c\"d,e", 1), ("a,b\n\"c\" ,e", 0)] {
        let Rows { wrong: found, open, .. } = rows(text);
        assert_eq!(found.len() + usize::from(open.is_some()), wrong, "{text}");
    }
}

fn wrong(text: &str) -> Vec<String> {
    let findings = read(&"programs/p.csv".into(), text, 2, None).expect_err("a finding");
    findings.into_iter().map(|finding| finding.message).collect()
}

#[test]
fn days_and_weeks_are_read_strictly() {
    let table =
        read(&"programs/p.csv".into(), "Week;Sun;TUESDAY\n1;3 mi;rest\nweek 2;;\n;;\n\n", 2, None).expect("a table");
    assert_eq!(table.days, [Day::Weekday(Weekday::Sunday), Day::Weekday(Weekday::Tuesday)]);
    assert_eq!(table.weeks.len(), 2);
    assert_eq!(wrong("week,mon,mon\n1,,\n2,,\n"), ["`monday` has two columns"]);
    assert_eq!(wrong("who,mon\nx,\ny,\n"), ["`who` is no day"]);
    // Beside a mistake of the table. Else checking says what is wrong with its cells, together with their words.
    let said = wrong("mon\n1\nrest,rest\n");
    assert!(said.contains(&"`1` has no unit; write `1 mi`, `1 km` or `1 min`".to_owned()), "{said:?}");
    assert_eq!(wrong("week,mon\n1,\n3,\n"), ["`3` stands where week 2 is"]);
    assert_eq!(wrong("week,mon\n1,6x400m @ 5k, 200m jog\n2,\n"), ["week 1 has 3 cells, and the first row has 2"]);
    assert_eq!(wrong("week,mon\n1,\n2\n"), ["week 2 has 1 cell, and the first row has 2"]);
    assert_eq!(wrong("week,mon\n,3 mi\n2,\n"), ["the row of week 1 has no number"]);
    for empty in ["", ",,,\n", "\n,,\n\n"] {
        assert_eq!(wrong(empty), ["the table is empty"]);
    }
    // Up to the end, or up to the quote that opens another cell.
    for text in ["week,mon\n1,\"easy, slow\n2,rest\n", "week,mon\n1,\"easy\n2,\"3 mi, slow\"\n3,rest\n4,x,y\n"] {
        assert_eq!(wrong(text), ["this quote is not closed at the end of its cell"]);
    }
}

fn table(text: &str) -> Table {
    read(&"programs/p.csv".into(), text, 2, None).unwrap_or_else(|findings| panic!("{text:?}: {findings:?}"))
}

#[test]
fn tables_are_read_as_spreadsheets_write_them() {
    let expected = table("week,mon,wed\n1,3 mi,rest\n2,rest,4 mi\n").weeks;
    for text in [
        "sep=;\r\nWeek;Mon.;Wednesday\r\n1;3 mi;\r\n2;;4 mi\r\n",
        "\u{feff}\"sep=,\"\nWk,Mo,Mi\nw1,3 mi,\nWeek 2:,,4 mi\n",
        "\nweek,lundi,mercredi\n\n1,3 mi,\n\n2,,4 mi\n\n",
        "week,mon,wed,,\n1,3 mi,,,\n,,,,\n2,,4 mi,,\n,,,,\n",
        "week,mon,wed,total,Notes\n1,3 mi,,3,go easy\n2,,4 mi,4,\n",
        "x-weeks to go,mon,wed\n2,3 mi,\n1,,4 mi\n",
        "phase,week,mon,wed\nbase,1,3 mi,\n,2,,4 mi\n",
        ",,\n\n,,\nmon,wed,\n3 mi,,\n,4 mi,\n",
    ] {
        let read = table(text);
        assert_eq!(read.weeks, expected, "{text:?}");
        assert_eq!(read.days, [Day::Weekday(Weekday::Monday), Day::Weekday(Weekday::Wednesday)], "{text:?}");
    }
    for heading in ["Woche;Mo;Di;Mi;Do;Fr;Sa;So", "Semaine;lu;ma;me;je;ve;sa;di", "Uge;ma;ti;on;to;fr;lø;sø"] {
        let read = table(&format!("{heading}\n1;3 mi;;;;;;\n2;;;4 mi;;;;\n"));
        assert_eq!(read.days, Weekday::ALL.iter().copied().map(Day::Weekday).collect::<Vec<_>>(), "{heading}");
    }
    let from_sunday = table("So;Mo;Di;Mi;Do;Fr;Sa\n3 mi;;;;;;\n;;;4 mi;;;\n").days;
    assert_eq!(from_sunday[..2], [Weekday::Sunday, Weekday::Monday].map(Day::Weekday));
    let bytes = b"week,mon,wed\r1,3 mi,\r2,,4 mi\r";
    let (text, read) = of(bytes, &"programs/p.csv".into(), 2, None);
    assert_eq!((text.lines().count(), read.expect("a table").weeks), (3, expected));
    assert_eq!(table("day 1,2,Day 9\n3 mi,,\n,,4 mi\n").days, [1, 2, 9].map(Day::Number));
}

#[test]
fn empty_rows_are_weeks_only_where_an_author_has_been_asked() {
    let asked = |text: &str| table(text).remarks.into_iter().map(|one| one.message).collect::<Vec<_>>();
    assert_eq!(asked("mon,wed\n3 mi,\n,\n"), ["this empty row counts as week 2"]);
    assert_eq!(asked("mon,wed\n,\n,\n"), ["this empty row counts as week 1, and so does another one"]);
    assert_eq!(asked("mon,wed\n3 mi,\nrest,\n"), [""; 0]);
    assert_eq!(asked("week,mon,wed\n,,\n1,3 mi,\n,,\n2,,\n"), [""; 0]);
    let many = "this empty row counts as week 2, so that the table has 3 weeks, and the phases have 2";
    assert_eq!(wrong("mon,wed\n3 mi,\n,\n4 mi,\n"), [many]);
}

#[test]
fn a_table_has_no_more_columns_and_rows_than_it_may() {
    let wide = |columns: usize| format!("mon,tue{}\n1 km,\n", ",".repeat(columns - 2));
    assert_eq!(read(&"programs/p.csv".into(), &wide(1_000), 2, None).expect_err("a finding").len(), 1, "one short row");
    assert_eq!(wrong(&wide(300_000)), ["the table has 300000 cells in a row; the most is 1000"]);
    assert_eq!(
        wrong(&format!("mon,tue\n1 km,\n1 km{}", ",".repeat(2_000))),
        ["the table has 2001 cells in a row; the most is 1000"]
    );
    let long = |rows: usize, end: &str| format!("mon,tue\n{}{end}", "1 km,\n".repeat(rows));
    assert_eq!(wrong(&long(12_000, ",\n")), ["the table has 12001 rows; the most is 10000"]);
    assert_eq!(table(&long(2, &",\n".repeat(20_000))).weeks.len(), 2, "empty rows at the end");
    let findings = read(&"programs/p.csv".into(), &long(10_000, ""), 2, None).expect_err("a finding");
    let Place { spot, .. } = &findings[0].labels[0].place;
    assert_eq!(
        *spot,
        regimen_model::diagnostic::Spot::Bytes((8 + 6 * 9_999..8 + 6 * 9_999 + 4).into()),
        "the first row too many"
    );
}

#[test]
fn columns_that_are_not_read_are_said_unless_they_are_ones_own() {
    let remarks = |text: &str| {
        let remarks = table(text).remarks.into_iter();
        remarks.map(|one| (one.severity, one.message)).collect::<Vec<_>>()
    };
    let said = remarks("week,mon,total,x-feel,notes\n1,3 mi,3,ok,\n2,4 mi,4,,\n");
    assert_eq!(said, [(Severity::Info, "the column `total` is not read".to_owned())]);
    assert_eq!(wrong("week,mon,\n1,3 mi,4 mi\n2,,\n"), ["`4 mi` stands in a column without a name"]);
    assert_eq!(
        wrong("Marathon plan,,\n,,\nweek,mon,tue\n1,,\n2,,\n"),
        ["the names of the days are not in the first row"]
    );
    let findings = read(&"programs/p.csv".into(), "week,thrusday\n1,\n2,\n", 2, None).expect_err("a finding");
    assert!(findings[0].help.as_ref().is_some_and(|help| help.starts_with("did you mean `thursday`? ")));
}

#[test]
fn a_cell_is_changed_alone() {
    let text = "week,mon,tue\r\n1,\"easy, \"\"slow\"\"\",long\r\n";
    let new = |column, text: &str| TableCell { row: 0, column, text: text.to_owned() };
    let changed = with_cells(text, &[new(0, "new"), new(1, "6x400m, 1 min")]);
    assert_eq!(changed, "week,mon,tue\r\n1,\"new\",\"6x400m, 1 min\"\r\n");
    let text = "sep=;\ntotal;mon;week;tue\n\n7;a;1;b\n";
    assert_eq!(with_cells(text, &[new(1, "c")]), "sep=;\ntotal;mon;week;tue\n\n7;a;1;c\n");
    assert_eq!(cell_text(text, 0, 0).as_deref(), Some("a"));
}
