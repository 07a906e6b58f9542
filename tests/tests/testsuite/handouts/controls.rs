//! A judge that can only say yes is none: handouts that are wrong in one thing, and who must notice.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use lopdf::content::Content;
use lopdf::{Dictionary, Document as Pdf, Object, dictionary};
use regimen_tests::Tool;

use super::judges::conformance;
use super::kinds::handout;

type Damage = fn(&mut Pdf);

/// Checkers of PDF/UA, of PDF/A-2a, and all of them.
const UA: [&str; 3] = ["page-validation", "outloud", "pdfua"];
const A: [&str; 2] = ["page-validation 2a", "pdfa"];
const ALL: [&str; 5] = [UA[0], UA[1], UA[2], A[0], A[1]];
/// PDF/A asks for words as well, which a profile that looks at nothing but files cannot see missing.
const WORDS: [&str; 4] = [UA[0], UA[1], UA[2], A[1]];
/// Those that know all of their standard.
const MOST: [&str; 4] = [UA[0], UA[1], A[0], A[1]];

/// What is done to a good handout, and who notices. Others look at other things.
const DAMAGES: &[(&str, Damage, &[&str])] = &[
    ("nothing", |_| {}, &[]),
    ("untagged", untag, &ALL),
    ("without a language", |pdf| drop(catalog(pdf).remove(b"Lang")), &WORDS),
    ("a figure without words", |pdf| drop(figure(pdf).remove(b"Alt")), &WORDS),
    ("a font that is not there", forget_font, &MOST),
    ("a way back to nobody", forget_parents, &[]),
    ("a heading left out", skip_heading, &[UA[0], UA[1]]),
    ("a link without words", |pdf| drop(link(pdf).remove(b"Contents")), &WORDS),
    ("no title", |pdf| drop(catalog(pdf).remove(b"Metadata")), &ALL),
    ("colours of no meaning", |pdf| drop(catalog(pdf).remove(b"OutputIntents")), &A),
    ("a link that is not printed", |pdf| link(pdf).set("F", 2), &A),
    ("signs that are read as nothing", |pdf| drop(first(pdf, b"Subtype", b"Type0").remove(b"ToUnicode")), &MOST),
    ("something that runs", run_something, &A),
    ("an element of no known kind", |pdf| figure(pdf).set("S", "Bild"), &MOST),
];

fn catalog(pdf: &mut Pdf) -> &mut Dictionary {
    pdf.catalog_mut().unwrap()
}

/// The first dictionary with this name under this key.
fn first<'a>(pdf: &'a mut Pdf, key: &[u8], name: &[u8]) -> &'a mut Dictionary {
    let has = |object: &Dictionary| object.get(key).and_then(Object::as_name).ok() == Some(name);
    let found = pdf.objects.values_mut().filter_map(|object| object.as_dict_mut().ok()).find(|object| has(object));
    found.unwrap()
}

fn figure(pdf: &mut Pdf) -> &mut Dictionary {
    first(pdf, b"S", b"Figure")
}

fn link(pdf: &mut Pdf) -> &mut Dictionary {
    first(pdf, b"Subtype", b"Link")
}

fn skip_heading(pdf: &mut Pdf) {
    first(pdf, b"S", b"H2").set("S", "H5");
}

fn forget_font(pdf: &mut Pdf) {
    drop(first(pdf, b"Type", b"FontDescriptor").remove(b"FontFile2"));
}

/// A script when the file is opened.
fn run_something(pdf: &mut Pdf) {
    let script = dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.beep(0)") };
    catalog(pdf).set("OpenAction", script);
}

/// Every marked piece of the first page belongs to nobody.
fn forget_parents(pdf: &mut Pdf) {
    let root = pdf.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
    let parents = pdf.get_dictionary(root).unwrap().get(b"ParentTree").unwrap().as_reference().unwrap();
    let numbers = pdf.get_dictionary_mut(parents).unwrap().get_mut(b"Nums").unwrap().as_array_mut().unwrap();
    for element in numbers[1].as_array_mut().unwrap() {
        *element = Object::Null;
    }
}

/// Neither tree nor marks are left.
fn untag(pdf: &mut Pdf) {
    for key in [&b"StructTreeRoot"[..], b"MarkInfo"] {
        catalog(pdf).remove(key);
    }
    for page in pdf.get_pages().into_values() {
        let mut content = Content::decode(&pdf.get_page_content(page)).unwrap();
        content.operations.retain(|operation| !["BDC", "BMC", "EMC"].contains(&operation.operator.as_str()));
        pdf.change_page_content(page, content.encode().unwrap()).unwrap();
    }
}

/// The damaged files, by what was done to them.
fn damaged(folder: &std::path::Path) -> BTreeMap<&'static str, PathBuf> {
    let good = &handout("plain/guides/back-to-running").path;
    let make = |(name, damage, _): &(&'static str, Damage, _)| {
        let mut pdf = Pdf::load(good).unwrap();
        damage(&mut pdf);
        let path = folder.join(format!("{name}.pdf"));
        pdf.save(&path).unwrap();
        (*name, path)
    };
    DAMAGES.iter().map(make).collect()
}

#[test]
fn each_checker_notices_what_it_can() {
    let folder = tempfile::tempdir().unwrap();
    let files = damaged(folder.path());
    let paths: Vec<PathBuf> = files.values().cloned().collect();
    let Some(answer) = conformance(&paths) else { return };
    let mut wrong = Vec::new();
    for (name, _, wanted) in DAMAGES {
        let judges = &answer[&files[name]];
        let noticed: BTreeSet<&str> =
            judges.iter().filter(|(_, found)| !found.is_empty()).map(|(judge, _)| judge.as_str()).collect();
        if noticed != wanted.iter().copied().collect() {
            wrong.push(format!("{name}: {judges:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn programs_notice_what_they_can() {
    let folder = tempfile::tempdir().unwrap();
    let files = damaged(folder.path());
    if let Some(pdffonts) = Tool::named("pdffonts") {
        let table = |name| pdffonts.judge(&[&files[name]]);
        assert!(!table("nothing").contains(" no "));
        assert!(table("a font that is not there").contains(" no "));
    }
    if let Some(pdfinfo) = Tool::named("pdfinfo") {
        let tagged = |name| {
            pdfinfo.judge(&[&files[name]]).lines().any(|line| line.starts_with("Tagged:") && line.ends_with("yes"))
        };
        assert!(tagged("nothing") && !tagged("untagged"));
    }
}

#[test]
fn we_notice_a_way_back_to_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let files = damaged(folder.path());
    let problems = |name| super::tree::problems(&Pdf::load(&files[name]).unwrap());
    assert_eq!(problems("nothing"), [""; 0]);
    assert!(!problems("a way back to nobody").is_empty());
}

/// Damages of the bytes: the program that notices.
#[test]
fn broken_files_are_found_broken() {
    let good = std::fs::read(&handout("plain/guides/back-to-running").path).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let cut = folder.path().join("cut.pdf");
    std::fs::write(&cut, &good[..good.len() - 200]).unwrap();
    // Everything is further back than the table says where objects are, and the table is where it is said to be. Blanks before an
    // object are passed over, so that there are none.
    let shifted = folder.path().join("shifted.pdf");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let end = good.windows(9).rposition(|nine| nine == b"startxref").unwrap();
    let place: usize = text(&good[end..]).lines().nth(1).unwrap().parse().unwrap();
    let comment = b"%such is the life of a comment\n";
    let first = good.windows(7).position(|seven| seven == b" 0 obj\n").unwrap() - 1;
    let moved = format!("startxref\n{}\n%%EOF\n", place + comment.len());
    std::fs::write(&shifted, [&good[..first], comment, &good[first..end], moved.as_bytes()].concat()).unwrap();
    for (program, arguments) in [
        ("qpdf", &["--check"][..]),
        ("pdfinfo", &["-struct-text"]),
        ("mutool", &["draw", "-q", "-F", "txt", "-o", "/dev/null"]),
    ] {
        let Some(tool) = Tool::named(program) else { continue };
        let mut arguments: Vec<&dyn AsRef<std::ffi::OsStr>> =
            arguments.iter().map(|argument| argument as &dyn AsRef<_>).collect();
        arguments.push(&cut);
        assert!(tool.silently(&arguments).is_err(), "{program} overlooks that a file is cut off");
        if program == "qpdf" {
            *arguments.last_mut().unwrap() = &shifted;
            assert!(tool.silently(&arguments).is_err(), "{program} overlooks an object that is elsewhere");
        }
    }
}
