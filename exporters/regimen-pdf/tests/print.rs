//! The finished files, seen from outside and by other programs.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![expect(clippy::print_stderr, reason = "a check that is skipped says so")]
#![expect(
    clippy::disallowed_methods,
    reason = "other programs read files, and the environment says whether this is CI"
)]

mod sample;
mod scripts;

use std::process::Command;
use std::sync::Arc;

use lopdf::{Document as Pdf, Object};
use regimen_catalog::prose::{Inline, LinkTarget};
use regimen_export::document::{Block, Code, Document, Figure, MuscleMap, MusclePart, Work, WorkTime};
use regimen_pdf::{CardSides, LargePrint, Layout, Options, Paper, Pictures, Press, Problem, Renderer, Style};

fn print(document: &Document) -> Vec<u8> {
    let rendered = Renderer::new().render(document, &Style::default(), &sample::media);
    assert_eq!(rendered.problems, []);
    rendered.bytes
}

/// Runs a program over a printed file; none if the program is not there, which CI does not forgive.
fn judge(program: &str, arguments: &[&str], bytes: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("print.pdf");
    std::fs::write(&path, bytes).unwrap();
    let arguments =
        arguments.iter().map(|argument| if *argument == "FILE" { path.as_os_str() } else { argument.as_ref() });
    let Ok(output) = Command::new(program).args(arguments).output() else {
        assert!(std::env::var("CI").is_err(), "{program} is not installed");
        eprintln!("skipped: {program} is not installed");
        return None;
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{program}: {text}{}", String::from_utf8_lossy(&output.stderr));
    Some(text)
}

#[test]
fn the_same_document_gives_the_same_bytes_on_any_thread_and_renderer() {
    let first = print(&sample::guide());
    let renderer = Renderer::new();
    let printed = |document: &Document| renderer.render(document, &Style::default(), &sample::media).bytes;
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    printed(&sample::programme());
                    printed(&sample::guide())
                })
            })
            .collect();
        for thread in threads {
            assert!(thread.join().unwrap() == first, "bytes depend on more than the document");
        }
    });
}

#[test]
fn what_is_kept_of_other_documents_changes_no_byte() {
    let mut reader = sample::programme();
    reader.blocks.insert(0, Block::Paragraph(vec![Inline::Text("For Ada, from today.".into())]));
    let documents = [sample::programme(), reader, sample::guide()];
    let layouts = [&Layout::HANDOUT, &Layout::CARDS_4, &Layout::FRIDGE];
    let jobs: Vec<_> = documents.iter().flat_map(|document| layouts.map(|layout| (layout, document))).collect();
    let print = |renderer: &Renderer, job: &(&Layout, &Document)| {
        renderer.render_in(job.0, job.1, &Style::default(), &sample::media)
    };
    let without_memory = Renderer::without_memory();
    let expected: Vec<_> = jobs.iter().map(|job| print(&without_memory, job)).collect();
    let renderer = Renderer::new();
    // Twice, and from the other end, on two threads.
    std::thread::scope(|scope| {
        for turned in [false, true] {
            let (jobs, expected, renderer, print) = (&jobs, &expected, &renderer, &print);
            scope.spawn(move || {
                for round in 0..2 * jobs.len() {
                    let at = round % jobs.len();
                    let at = if turned { jobs.len() - 1 - at } else { at };
                    assert!(print(renderer, &jobs[at]) == expected[at], "document {at} differs in round {round}");
                }
            });
        }
    });
}

/// The sheets of a reader: two sessions that others have too, one of them with this dose.
fn training(reader: &str, dose: &str) -> Document {
    let line = |text: &str| vec![Inline::Text(text.into())];
    let work = |name: &str, dose: &str| {
        let time = |week: usize| WorkTime { title: line(&format!("Week {week}")), ..WorkTime::default() };
        Block::Work(Box::new(Work {
            level: 2,
            anchor: format!("{name}-of-{reader}"),
            title: line(name),
            figure: Some(Figure { file: "nordic-curl.svg".into(), alt: "A curl.".into(), ..Figure::default() }),
            dose: line(dose),
            steps: (1..4).map(|step| line(&format!("Step {step} of {name} goes slowly down and up again."))).collect(),
            times: (1..7).map(time).collect(),
            ..Work::default()
        }))
    };
    let heading = |text: &str| Block::Heading { level: 1, anchor: format!("{text}-{reader}"), content: line(text) };
    // Only one of the readers has the exercise that the first session speaks of.
    let target = LinkTarget::Anchor("Curl-of-Ada".into());
    let link = Inline::Link { target, content: line("the curl of a strengthening programme"), title: None };
    let mut blocks = vec![Block::Paragraph(line(&format!("For {reader}.")))];
    for (name, exercises) in [("Gym", vec![("Curl", "3 × 8"), ("Dip", dose)]), ("Home", vec![("Squat", "2 × 10")])] {
        blocks.extend([Block::SheetBreak, heading(name), Block::Paragraph(line("On Tuesday."))]);
        blocks.extend(exercises.into_iter().map(|(exercise, dose)| work(exercise, dose)));
    }
    blocks.push(Block::Paragraph([line("See "), vec![link], line(".")].concat()));
    Document { blocks, ..sample::programme() }
}

#[test]
fn sheets_of_one_reader_change_no_byte_of_another() {
    let readers = [
        ("Ada", "3 × 8"),
        ("Bob", "3 × 8"),
        ("Cem", "5 × 5, 82.5 kg, rest 3 min, slowly down and up again"),
        ("Di", "3 × 8"),
    ];
    let papers = [Paper::A4, Paper::Letter];
    let jobs: Vec<_> =
        readers.iter().flat_map(|reader| papers.map(|paper| (training(reader.0, reader.1), paper))).collect();
    // The picture of the last reader has another shape.
    let tall = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 36'><path d='M1 1h7v34z'/></svg>";
    let print = |renderer: &Renderer, (document, paper): &(Document, Paper)| {
        let is_last = document.blocks[0] == training("Di", "").blocks[0];
        let media = |file: &str| if is_last { Some(Arc::from(tall.as_bytes())) } else { sample::media(file) };
        renderer.render_in(&Layout::SHEET, document, &Style { paper: *paper, ..Style::default() }, &media)
    };
    let without_memory = Renderer::without_memory();
    let expected: Vec<_> = jobs.iter().map(|job| print(&without_memory, job)).collect();
    let renderer = Renderer::new();
    for at in (0..jobs.len()).chain((0..jobs.len()).rev()) {
        assert!(print(&renderer, &jobs[at]) == expected[at], "sheet {at} differs");
    }
}

#[test]
fn a_picture_that_changes_is_printed_anew() {
    const ONE: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M1 1h7v7z'/></svg>";
    const OTHER: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M1 8h7v1z'/></svg>";
    let (renderer, style) = (Renderer::new(), Style::default());
    let print = |drawing: &'static str| {
        renderer.render_in(&Layout::CARDS_4, &sample::guide(), &style, &|file| {
            if file.ends_with(".svg") { Some(Arc::from(drawing.as_bytes())) } else { sample::media(file) }
        })
    };
    let (one, other) = (print(ONE), print(OTHER));
    assert!(one.bytes != other.bytes && print(ONE) == one);
}

/// The guide in the fonts of a brand.
fn branded() -> Document {
    let mut guide = sample::guide();
    guide.frame.fonts.regular = Some("../../fonts/Figtree_600SemiBold.ttf".into());
    guide.frame.fonts.headings = Some("../../fonts/SourceCodePro_400Regular.ttf".into());
    guide
}

#[test]
fn the_fonts_of_a_brand_are_its_documents_alone() {
    let (renderer, style) = (Renderer::new(), Style::default());
    let printed = |document: &Document| renderer.render(document, &style, &sample::media).bytes;
    let (plain, first) = (printed(&sample::guide()), printed(&branded()));
    assert!(plain == print(&sample::guide()) && first == print(&branded()), "fonts of one document are another's");
    std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..3).map(|_| scope.spawn(|| (printed(&branded()), printed(&sample::guide())))).collect();
        threads.into_iter().for_each(|thread| assert!(thread.join().unwrap() == (first.clone(), plain.clone())));
    });
    let Some(fonts) = judge("pdffonts", &["FILE"], &first) else { return };
    for name in ["+Figtree-SemiBold", "+SourceCodePro-Regular", "+SourceSans3-SemiBold"] {
        assert!(fonts.contains(name), "{fonts}");
    }
}

#[test]
fn a_broken_font_is_found_and_one_that_ships_stands_in() {
    let media = |file: &str| if file == "broken.ttf" { Some(Arc::from(&b"no font"[..])) } else { sample::media(file) };
    let mut guide = sample::guide();
    guide.frame.fonts.bold = Some("broken.ttf".into());
    let rendered = Renderer::new().render(&guide, &Style::default(), &media);
    let found = matches!(rendered.problems.as_slice(), [Problem::Font { file, .. }] if file == "broken.ttf");
    assert!(found, "{:?}", rendered.problems);
    assert!(rendered.bytes == print(&sample::guide()), "it looks as if there were no font");
}

#[test]
fn qpdf_finds_nothing() {
    judge("qpdf", &["--check", "FILE"], &print(&sample::guide()));
    judge("qpdf", &["--check", "FILE"], &print(&sample::programme()));
}

#[test]
fn the_words_can_be_read_back() {
    let mut guide = sample::guide();
    guide.blocks.insert(
        0,
        sample::paragraph("Left shift: Häufigkeit, naïve cœur, ½ left, e\u{301}tude, ЖФ αβ, 3\u{a0}×\u{a0}8 ≥ 2"),
    );
    let names = "Nguye\u{302}\u{303}n Va\u{306}n Đức and Z\u{30c}eljko C\u{301}iric\u{301}";
    guide.blocks.insert(1, sample::paragraph(names));
    let Some(text) = judge("pdftotext", &["FILE", "-"], &print(&guide)) else {
        return;
    };
    let text = text.replace(['\n', '\u{a0}'], " ");
    for words in [
        "Left shift: Häufigkeit, naïve cœur, ½ left, étude, ЖФ αβ, 3 × 8 ≥ 2",
        "Nguyễn Văn Đức and Željko Ćirić",
        "Strong hamstrings for runners",
        "as if closing a door with them. Your back stays flat and long; the weight slides down",
        "Page 2 of",
    ] {
        assert!(text.replace("e\u{301}", "é").contains(words), "{words}\n{text}");
    }
}

#[test]
fn hyphenated_words_are_read_whole() {
    let long = "Physiotherapists recommend progressive strengthening immediately afterwards. ".repeat(12);
    let document = sample::document("Long words", vec![sample::paragraph(&long)]);
    let Some(text) = judge("pdftotext", &["FILE", "-"], &print(&document)) else {
        return;
    };
    assert!(text.contains("\u{ad}\n"), "a word is parted: {text}");
    let read = text.replace("\u{ad}\n", "").replace('\n', " ");
    assert!(read.contains(long.trim()), "{read}");
}

fn name<'a>(pdf: &'a Pdf, key: &[u8]) -> &'a [u8] {
    pdf.catalog().unwrap().get(key).unwrap().as_name().unwrap()
}

#[test]
fn the_catalogue_says_what_readers_need() {
    let mut document = sample::guide();
    document.title = "Strong & <fast>".into();
    let bytes = print(&document);
    assert!(bytes.starts_with(b"%PDF-1.7"));
    let pdf = Pdf::load_mem(&bytes).unwrap();
    let catalog = pdf.catalog().unwrap();
    assert_eq!(name(&pdf, b"PageMode"), b"UseOutlines");
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"en");
    let metadata = pdf.get_object(catalog.get(b"Metadata").unwrap().as_reference().unwrap()).unwrap();
    let xmp = String::from_utf8(metadata.as_stream().unwrap().content.clone()).unwrap();
    assert!(xmp.contains("Strong &amp; &lt;fast&gt;") && xmp.contains("<pdfuaid:part>1"), "{xmp}");
    let information = pdf.get_dictionary(pdf.trailer.get(b"Info").unwrap().as_reference().unwrap()).unwrap();
    let keys: Vec<&[u8]> = information.iter().map(|(key, _)| key.as_slice()).collect();
    assert_eq!(keys, [&b"Title"[..], b"Creator", b"Producer", b"Author", b"Subject", b"Keywords"]);
}

#[test]
fn bookmarks_follow_the_document() {
    let pdf = Pdf::load_mem(&print(&sample::guide())).unwrap();
    let outlines = pdf.catalog().unwrap().get(b"Outlines").unwrap().as_reference().unwrap();
    let mut titles = Vec::new();
    collect(&pdf, pdf.get_dictionary(outlines).unwrap(), 0, &mut titles);
    let expected = [
        "Why strength comes first",
        "  How much is enough",
        "The exercises",
        "  Romanian deadlift",
        "  Nordic curl",
        "  Glute bridge",
        "  Single-leg deadlift",
    ];
    assert_eq!(titles, expected);
}

fn collect(pdf: &Pdf, parent: &lopdf::Dictionary, depth: usize, titles: &mut Vec<String>) {
    let mut next = parent.get(b"First").and_then(Object::as_reference).ok();
    while let Some(id) = next {
        let entry = pdf.get_dictionary(id).unwrap();
        let title = String::from_utf8_lossy(entry.get(b"Title").unwrap().as_str().unwrap());
        titles.push(format!("{}{title}", "  ".repeat(depth)));
        collect(pdf, entry, depth + 1, titles);
        next = entry.get(b"Next").and_then(Object::as_reference).ok();
    }
}

#[test]
fn every_marked_piece_has_its_element() {
    let pdf = Pdf::load_mem(&print(&sample::programme())).unwrap();
    let tree =
        pdf.get_dictionary(pdf.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap()).unwrap();
    let parents = pdf.get_dictionary(tree.get(b"ParentTree").unwrap().as_reference().unwrap()).unwrap();
    let numbers = parents.get(b"Nums").unwrap().as_array().unwrap();
    for (page, id) in pdf.get_pages() {
        let content = lopdf::content::Content::decode(&pdf.get_page_content(id)).unwrap();
        let marked = content
            .operations
            .iter()
            .filter(|operation| operation.operator == "BDC" && operation.operands[1].as_dict().unwrap().has(b"MCID"));
        let elements = numbers[2 * page as usize - 1].as_array().unwrap();
        assert_eq!(marked.count(), elements.len(), "page {page}");
        assert!(elements.iter().all(|element| pdf.get_dictionary(element.as_reference().unwrap()).is_ok()));
    }
}

#[test]
fn a_picture_that_cannot_be_read_is_a_problem_with_its_words_in_place() {
    let rendered =
        Renderer::new().render(&sample::guide(), &Style { paper: Paper::Letter, ..Style::default() }, &|_| None);
    assert_eq!(rendered.problems.len(), 4);
    let expected = Problem::Picture { file: "romanian-deadlift.svg".into(), reason: "the file is not there".into() };
    assert_eq!(rendered.problems[0], expected);
    let Some(text) = judge("pdftotext", &["FILE", "-"], &rendered.bytes) else {
        return;
    };
    assert!(text.contains("Romanian deadlift: start and end position"));
}

/// A card with a photograph, muscles and an address.
fn illustrated() -> Document {
    let mut document = sample::document("Pictures", vec![sample::card("curl", "Curl", Some("a.png"), &[], Vec::new())]);
    let part = |label: &str, id: &str| MusclePart {
        label: label.to_owned(),
        ids: vec![id.to_owned()],
        ..MusclePart::default()
    };
    let parts = vec![part("Main work", "soleus"), part("Helps", "gastrocnemius")];
    if let Block::Card(card) = &mut document.blocks[0] {
        card.muscles = Some(Box::new(MuscleMap { alt: "Muscles: soleus".into(), parts, ..MuscleMap::default() }));
        let (address, alt) = ("https://e.org/curl".to_owned(), "QR code".to_owned());
        card.codes = vec![Code { address, alt, caption: sample::line("See more at <https://e.org/curl>") }];
    }
    document
}

/// Ten by ten pixels that can be seen through.
fn glass() -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 10, 10);
    encoder.set_color(png::ColorType::Rgba);
    encoder.write_header().unwrap().write_image_data(&[90; 400]).unwrap();
    file
}

/// The figures of a print, by what they say to those who do not see them; all have their box.
fn figures(style: &Style) -> Vec<String> {
    let glass: Arc<[u8]> = glass().into();
    let rendered = Renderer::new().render(&illustrated(), style, &|_| Some(Arc::clone(&glass)));
    assert_eq!(rendered.problems, []);
    judge("qpdf", &["--check", "FILE"], &rendered.bytes);
    let pdf = Pdf::load_mem(&rendered.bytes).unwrap();
    let elements = pdf.objects.values().filter_map(|object| object.as_dict().ok());
    let figures = elements.filter(|element| element.get(b"S").and_then(Object::as_name).ok() == Some(b"Figure"));
    let said = figures.map(|figure| {
        assert!(figure.get(b"A").unwrap().as_dict().unwrap().has(b"BBox"));
        String::from_utf8(figure.get(b"Alt").unwrap().as_str().unwrap().to_vec()).unwrap()
    });
    said.collect()
}

#[test]
fn the_style_says_which_pictures_are_printed() {
    let style = |pictures, codes| Style { pictures, codes, ..Style::default() };
    let (photograph, muscles, code) = ("Curl: start and end position", "Muscles: soleus", "QR code");
    assert_eq!(figures(&style(Pictures::All, false)), [photograph, muscles]);
    assert_eq!(figures(&style(Pictures::All, true)), [photograph, muscles, code]);
    assert_eq!(figures(&style(Pictures::Own, true)), [photograph, code]);
    assert_eq!(figures(&style(Pictures::None, true)), [""; 0]);
}

#[test]
fn options_are_closed() {
    let read = |json: &str| serde_json::from_str::<Options>(json);
    assert_eq!(Style::from(&read("{}").unwrap()).paper, Paper::A4);
    assert_eq!(Style::from(&read(r#"{"paper":"letter"}"#).unwrap()).paper, Paper::Letter);
    let small = Style::from(&read(r#"{"paper":"a5","cards":"duplex"}"#).unwrap());
    assert_eq!((small.paper, small.cards), (Paper::A5, CardSides::Duplex));
    for (written, print) in [("false", LargePrint::No), ("true", LargePrint::Points18), ("14", LargePrint::Points14)] {
        let options = read(&format!(r#"{{"large_print":{written}}}"#)).unwrap();
        assert_eq!(Style::from(&options).large_print, print, "{written}");
    }
    let style = Style::from(&read(r#"{"pictures":"own","qr":true}"#).unwrap());
    assert_eq!((style.pictures, style.codes), (Pictures::Own, true));
    assert!(read(r#"{"pictures":"some"}"#).is_err());
    assert!(read(r#"{"papr":"a4"}"#).is_err() && read(r#"{"paper":"a6"}"#).is_err());
}

#[test]
fn a_file_for_the_press_has_the_day_of_its_edition() {
    let dates = |document: &Document| {
        let style = Style { press: Press::Yes, ..Style::default() };
        let pdf = Pdf::load_mem(&Renderer::new().render(document, &style, &sample::media).bytes).unwrap();
        let information = pdf.trailer.get(b"Info").and_then(Object::as_reference).unwrap();
        let information = pdf.get_dictionary(information).unwrap().clone();
        let dates = [b"CreationDate".as_slice(), b"ModDate"].map(|key| information.get(key).unwrap().clone());
        dates.map(|date| lopdf::decode_text_string(&date).unwrap())
    };
    let mut document = sample::guide();
    assert_eq!(dates(&document), ["D:20000101000000Z"; 2], "the same day each time");
    document.frame.dated = Some("2027-01-04".parse().unwrap());
    assert_eq!(dates(&document), ["D:20270104000000Z"; 2]);
}
