use super::*;
use crate::fonts::deflate;

/// A file of these objects, numbered from 1, of which the first is the catalogue.
fn file(objects: &[&str]) -> Vec<u8> {
    let objects = (1..).zip(objects).map(|(number, object)| format!("{number} 0 obj\n{object}\nendobj\n"));
    let objects: String = objects.collect();
    format!("%PDF-1.7\n{objects}trailer\n<</Root 1 0 R>>\n").into_bytes()
}

/// A catalogue with these fields.
fn catalog(fields: &str) -> String {
    format!("<</XXRegimen<</Sheet(programs/a)/Mark(K7Q2)>>/AcroForm<</Fields[{fields}]>>>>")
}

#[test]
fn fields_are_read_with_what_they_have_from_others() {
    let log = read_log(&file(&[
        &catalog("2 0 R 3 0 R 5 0 R"),
        "<</FT/Tx/T(a)/TU(A)/V(3 \\327 8\\r10)/XXRegimen<</Week 2/Date(2027-01-18)/Planned<FEFF00330020>>>>>",
        "<</FT/Btn/T(b)/V/Yes/Kids[4 0 R]>>",
        "<</T(c)/AS/Off>>",
        "<</FT/Btn/T(d)/AS/1/V 6 0 R>>",
        "null",
    ]))
    .unwrap();
    assert_eq!((log.sheet.as_str(), log.mark.as_str()), ("programs/a", "K7Q2"));
    let done: Vec<(&str, &Done)> = log.fields.iter().map(|field| (field.name.as_str(), &field.done)).collect();
    let written = Done::Text("3 × 8\n10".to_owned());
    assert_eq!(done, [("a", &written), ("b.c", &Done::Ticked(true)), ("d", &Done::Ticked(false))]);
    let first = &log.fields[0];
    assert_eq!((first.week, first.date.as_str(), first.planned.as_str()), (Some(2), "2027-01-18", "3 "));
}

#[test]
fn of_changed_objects_the_last_holds_also_in_packed_streams() {
    let mut changed = file(&[&catalog("2 0 R"), "<</FT/Tx/T(a)/V(old)>>"]);
    let content = "2 0 <</FT/Tx/T(a)/V(new)>>";
    for filter in [true, false] {
        let packed = if filter { deflate(content.as_bytes()) } else { content.as_bytes().to_vec() };
        let filter = if filter { "/Filter/FlateDecode" } else { "" };
        changed.extend(format!("9 0 obj\n<</Type/ObjStm/N 1/First 4{filter}/Length 8 0 R>>stream\r\n").bytes());
        changed.extend(packed);
        changed.extend(b"\nendstream\nendobj\n8 0 obj 99 endobj\n");
        assert_eq!(read_log(&changed).unwrap().fields[0].done, Done::Text("new".to_owned()));
    }
    changed.extend(b"2 0 obj<</FT/Tx/T(a)/V(newest)>>endobj");
    assert_eq!(read_log(&changed).unwrap().fields[0].done, Done::Text("newest".to_owned()));
}

#[test]
fn of_several_ends_the_last_that_names_a_catalogue_holds() {
    let mut changed = file(&["<</Pages 2 0 R>>", "<</FT/Tx/T(a)/V(old)>>"]);
    changed.extend(format!("3 0 obj{}endobj trailer<</Root 3 0 R>> trailer<</Size 4>>", catalog("2 0 R")).bytes());
    assert_eq!(read_log(&changed).unwrap().fields[0].done, Done::Text("old".to_owned()));
}

#[test]
fn what_is_no_handout_says_so() {
    let form = "<</AcroForm<</Fields[<</FT/Tx/T(a)>>]>>>>";
    for (bytes, reason) in [
        (b"hello".to_vec(), UnreadLog::NotPdf),
        (Vec::new(), UnreadLog::NotPdf),
        (b"%PDF-1.7\n".to_vec(), UnreadLog::Broken),
        (file(&["<</Pages 2 0 R>>"]), UnreadLog::NoForm),
        (file(&[&catalog("")]), UnreadLog::NoForm),
        (file(&[form]), UnreadLog::OtherForm),
        ([file(&[form]), b"trailer<</Encrypt 3 0 R>>".to_vec()].concat(), UnreadLog::Encrypted),
        (vec![b' '; LARGEST_LOG + 1], UnreadLog::TooLarge),
    ] {
        assert_eq!(read_log(&bytes), Err(reason));
        assert!(!reason.way_out().is_empty());
    }
}

#[test]
fn circles_end() {
    let one = read_log(&file(&[
        &catalog("2 0 R"),
        "<</T(a)/Kids[2 0 R 3 0 R]>>",
        "<</T(b)/Kids[2 0 R 4 0 R]>>",
        "<</FT/Tx>>",
    ]));
    assert_eq!(one.unwrap().fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(), ["a.b"]);
    assert_eq!(read_log(&file(&[&catalog("2 0 R"), "2 0 R"])), Err(UnreadLog::NoForm));
    assert_eq!(read_log(&file(&["1 0 R"])), Err(UnreadLog::NoForm));
    let deep: Vec<String> = (3..5_000).map(|next| format!("<</T(a)/Kids[{next} 0 R]>>")).collect();
    let objects: Vec<&str> = deep.iter().map(String::as_str).collect();
    assert_eq!(read_log(&file(&[&[catalog("2 0 R").as_str()], &objects[..]].concat())), Err(UnreadLog::NoForm));
}

#[test]
fn too_much_is_refused() {
    let many = catalog(&"<</FT/Tx/T(a)>>".repeat(60_000));
    assert!(read_log(&file(&[&many])).is_err());
    let kids: String = (0..100_000).map(|number| format!("{} 0 R ", number + 2)).collect();
    let field = ["<</FT/Tx/T(a)>>"; 100_000];
    assert_eq!(read_log(&file(&[&[catalog(&kids).as_str()], &field[..]].concat())), Err(UnreadLog::TooMany("fields")));
    // Each field has the same long text.
    let shared = format!("<</FT/Tx/V({})/Kids[{}]>>", "x".repeat(100_000), "<</T(a)>>".repeat(10_000));
    assert_eq!(read_log(&file(&[&catalog("2 0 R"), &shared])), Err(UnreadLog::TooLarge));
    let fields = "<</FT/Tx/T(a)/V 2 0 R>>".repeat(10_000);
    assert_eq!(read_log(&file(&[&catalog(&fields), &format!("({})", "x".repeat(100_000))])), Err(UnreadLog::TooLarge));
}

#[test]
fn what_unpacks_to_more_than_any_handout_is_refused() {
    let bomb = deflate(&vec![b' '; 40 << 20]);
    let mut bytes = file(&[&catalog("2 0 R")]);
    bytes.extend(
        format!("2 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length {}>>stream\n", bomb.len()).bytes(),
    );
    bytes.extend(bomb);
    assert_eq!(read_log(&bytes), Err(UnreadLog::TooLarge));
}

/// If any byte were read as often as there are objects, this would take hours.
#[test]
fn nothing_is_read_again_and_again() {
    for part in [
        "1 0 obj (",
        "1 0 obj [",
        "1 0 obj <</A",
        "1 0 obj <<>> stream ",
        "trailer <<",
        "obj ",
        "1 0 obj % ",
        "1 0 obj <0",
    ] {
        let bytes = [b"%PDF-1.7\n".to_vec(), part.repeat((4 << 20) / part.len()).into_bytes()].concat();
        assert!(read_log(&bytes).is_err(), "{part}");
    }
}

#[test]
fn damaged_files_do_not_panic() {
    let whole = file(&[
        &catalog("2 0 R [3 0 R]"),
        "<</FT/Tx/T(a\\051)/V<feff00>/XXRegimen 3 0 R>>",
        "<</Week -1/Day(x)/Kids 2 0 R/Type/ObjStm/N 9/First 2/Length 3>>stream\n1 2\nendstream",
    ]);
    for end in 0..whole.len() {
        let _any = read_log(&whole[..end]);
        for byte in [0, b'(', b'<', b'9', 0xff] {
            let mut other = whole.clone();
            other[end] = byte;
            let _any = read_log(&other);
        }
    }
}
