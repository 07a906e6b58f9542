//! Places to write in and boxes to tick as fields of a form.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod sample;

use std::collections::BTreeSet;
use std::sync::Arc;

use lopdf::{Dictionary, Document as Pdf, Object, decode_text_string};
use regimen_catalog::prose::Inline;
use regimen_export::document::{
    Block, Column, ColumnRole, Direction, Document, LogEntry, LogSession, LogTime, LogWork, Row, Table,
};
use regimen_export::{Subject, compose, testing};
use regimen_pdf::{Done, Layout, Log, Pictures, Renderer, Style, read_log};

fn printed(layout: &Layout, document: &Document, log: Log) -> Vec<u8> {
    let rendered = Renderer::new().render_in(
        layout,
        document,
        &Style { log, pictures: Pictures::None, ..Style::default() },
        &sample::media,
    );
    assert_eq!(rendered.problems, []);
    rendered.bytes
}

/// The fields in the order of the form.
fn fields(pdf: &Pdf) -> Vec<&Dictionary> {
    let form = pdf.catalog().unwrap().get(b"AcroForm").unwrap().as_reference().unwrap();
    let fields = pdf.get_dictionary(form).unwrap().get(b"Fields").unwrap().as_array().unwrap();
    fields.iter().map(|field| pdf.get_dictionary(field.as_reference().unwrap()).unwrap()).collect()
}

fn said(field: &Dictionary, key: &[u8]) -> String {
    decode_text_string(field.get(key).unwrap()).unwrap()
}

/// The corners of a field.
fn corners(field: &Dictionary) -> [f32; 4] {
    let edges: Vec<f32> =
        field.get(b"Rect").unwrap().as_array().unwrap().iter().map(|edge| edge.as_float().unwrap()).collect();
    edges.try_into().unwrap()
}

/// The sheets of a programme with dates.
fn sheets() -> Document {
    let catalog = testing::catalog();
    let plan = testing::dated_plan(&catalog, "spring");
    let program = &catalog.programs["calf-plan"];
    compose::session_sheets(&testing::unit(&catalog, Subject::Plan(program, &plan)), program, &plan)
}

#[test]
fn each_place_is_a_field_that_says_what_it_is_about() {
    let bytes = printed(&Layout::SHEET, &sheets(), Log::Fields);
    let pdf = Pdf::load_mem(&bytes).unwrap();
    let fields = fields(&pdf);
    let names: Vec<String> = fields.iter().map(|field| said(field, b"T")).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
    let field = fields.iter().find(|field| said(field, b"T").ends_with("_calf-raise")).unwrap();
    let label = said(field, b"TU");
    assert!(label.starts_with("Week 1 · ") && label.ends_with(" · Calf raise"), "{label}");
    let own = field.get(b"XXRegimen").unwrap().as_dict().unwrap();
    assert_eq!(own.get(b"Week").unwrap().as_i64().unwrap(), 1);
    assert!(said(own, b"Date").starts_with("2027-"));
    assert!(said(own, b"Planned").contains("3 sets of 8–12"), "{}", said(own, b"Planned"));
    assert!(said(field, b"DA").starts_with("/RGFORM "));
    assert!(fields.iter().all(|field| field.has(b"AP") && field.has(b"StructParent")));
}

#[test]
fn pages_are_painted_as_for_a_pen() {
    let content = |log| {
        let pdf = Pdf::load_mem(&printed(&Layout::SHEET, &sheets(), log)).unwrap();
        pdf.page_iter().map(|page| pdf.get_page_content(page)).collect::<Vec<_>>()
    };
    assert!(content(Log::Fields) == content(Log::Pen));
    let pen = Pdf::load_mem(&printed(&Layout::SHEET, &sheets(), Log::Pen)).unwrap();
    assert!(!pen.catalog().unwrap().has(b"AcroForm"));
}

/// A table with a cell of three boxes, and one to write in.
fn boxes(direction: Direction) -> Document {
    let session = Arc::new(LogSession { slot: "w1-a".into(), title: "Week 1".into(), ..LogSession::default() });
    let work = Some(Arc::new(LogWork { id: "curl".into(), name: "Curl".into() }));
    let entry = |time| LogEntry {
        session: session.clone(),
        work: work.clone(),
        time,
        planned: "10".into(),
        caption: "kg".into(),
    };
    let times = (1..=3).map(|number| entry(Some(LogTime { number, of: 3 }))).collect();
    let column = |title: &str, role| Column { title: sample::line(title), role };
    let cells = vec![sample::line("Curl"), vec![Inline::Checkbox(false); 3], Vec::new()];
    let row = Row { log: vec![Vec::new(), times, vec![entry(None), entry(None)]], ..Row::of(cells) };
    let columns = vec![
        column("Exercise", ColumnRole::Name),
        column("Week 1", ColumnRole::Log),
        column("Week 2", ColumnRole::Log),
    ];
    let table = Table { summary: "A".into(), alignment: Vec::new(), columns, rows: vec![row.clone(), row] };
    Document { direction, ..sample::document("Boxes", vec![Block::Table(table)]) }
}

#[test]
fn boxes_are_fields_in_reading_order_and_names_are_unique() {
    for (direction, grows) in [(Direction::LeftToRight, true), (Direction::RightToLeft, false)] {
        let pdf = Pdf::load_mem(&printed(&Layout::HANDOUT, &boxes(direction), Log::Fields)).unwrap();
        let fields = fields(&pdf);
        let names: Vec<String> = fields.iter().map(|field| said(field, b"T")).collect();
        let first = ["w1-a_curl_1", "w1-a_curl_2", "w1-a_curl_3", "w1-a_curl"].map(str::to_owned);
        assert_eq!(names[..4], first);
        assert_eq!(names[4..], first.map(|name| format!("{name}:2")));
        let kind = |field: &&Dictionary| field.get(b"FT").and_then(Object::as_name).unwrap() == b"Btn";
        assert_eq!(fields.iter().map(kind).collect::<Vec<_>>(), [[true; 3].as_slice(), &[false]].concat().repeat(2));
        let [one, two] = [corners(fields[0])[0], corners(fields[1])[0]];
        assert_eq!(one < two, grows, "{one} {two}");
    }
}

#[test]
fn what_another_program_fills_in_is_read_back() {
    let mut document = sheets();
    document.frame.sheet = "schedules/spring".into();
    document.frame.mark = "K7Q2-M4X".into();
    let bytes = printed(&Layout::SHEET, &document, Log::Fields);
    let empty = read_log(&bytes).unwrap();
    assert!(
        empty.fields.iter().all(
            |field| matches!(&field.done, Done::Text(text) if text.is_empty()) || field.done == Done::Ticked(false)
        )
    );
    let mut pdf = Pdf::load_mem(&bytes).unwrap();
    let form = pdf.catalog().unwrap().get(b"AcroForm").unwrap().as_reference().unwrap();
    let ids = pdf.get_dictionary(form).unwrap().get(b"Fields").unwrap().as_array().unwrap().clone();
    for (at, id) in ids.iter().enumerate() {
        let field = pdf.get_object_mut(id.as_reference().unwrap()).unwrap().as_dict_mut().unwrap();
        if field.get(b"FT").and_then(Object::as_name).unwrap() == b"Btn" {
            field.set("V", "Yes");
        } else {
            field.set("V", lopdf::text_string(&format!("{at} × 8 – ok")));
        }
    }
    let mut saved = Vec::new();
    pdf.save_to(&mut saved).unwrap();
    let filled = read_log(&saved).unwrap();
    assert_eq!((filled.sheet.as_str(), filled.mark.as_str()), ("schedules/spring", "K7Q2-M4X"));
    assert_eq!(filled.fields.len(), ids.len());
    for (at, field) in filled.fields.iter().enumerate() {
        assert!(field.done == Done::Ticked(true) || field.done == Done::Text(format!("{at} × 8 – ok")), "{field:?}");
    }
    let first = filled.fields.iter().find(|field| field.exercise == "Calf raise").unwrap();
    assert_eq!((first.week, first.session.is_empty(), first.day.is_empty()), (Some(1), false, false));
}
