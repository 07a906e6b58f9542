//! What is known of people is on their own paper and nowhere else.

use std::collections::BTreeMap;
use std::io::Read as _;

use flate2::read::{GzDecoder, ZlibDecoder};

use regimen_tests::{Project, Tool};

use super::roster::{all, of, project};

/// Words of two people, such as no catalogue has.
const WORDS: [[&str; 4]; 2] = [
    ["Xanthippe", "Zwiebelkuchen", "Wolkenbruch", "Quittenmontag"],
    ["Barnabas", "Flausenberg", "Nebelhorn", "Rosendonner"],
];
const IDS: [&str; 2] = ["p-001", "p-002"];

fn table() -> String {
    let row = |id: &str, [name, note, from, visit]: [&str; 4], conditions: &str| {
        format!("{id},{name},strong-calves,2027-01-04,{conditions},{note},{from},{visit}\n")
    };
    let rows = [
        row(IDS[0], WORDS[0], "stiff-knee"),
        row(IDS[1], WORDS[1], ""),
        row("p-003", WORDS[1], "torn-calf"),
        row("p-004", WORDS[0], ""),
    ];
    format!("id,name,program,start,conditions,note,from,next_visit\n{}", rows.concat())
}

/// A file with all that is packed in it, by zlib as in PDF or by gzip.
fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut all = bytes.to_vec();
    for at in 0..bytes.len().saturating_sub(2) {
        let mut inner = Vec::new();
        match bytes[at..at + 2] {
            [0x78, 0x01 | 0x5e | 0x9c | 0xda] => drop(ZlibDecoder::new(&bytes[at..]).read_to_end(&mut inner)),
            [0x1f, 0x8b] => drop(GzDecoder::new(&bytes[at..]).read_to_end(&mut inner)),
            _ => {}
        }
        all.extend(inner);
    }
    all
}

/// The files of a folder, each with all that is packed in it, and with what a PDF shows where its fonts have numbers of their own for letters.
fn texts(project: &Project, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let pdftotext = Tool::named("pdftotext");
    let text = |(path, bytes): (String, Vec<u8>)| {
        let mut text = unpacked(&bytes);
        if let Some(tool) = pdftotext.as_ref().filter(|_| path.ends_with(".pdf")) {
            text.extend(tool.judge(&[&project.path(folder).join(&path), &"-"]).into_bytes());
        }
        (path, text)
    };
    all(project, folder).into_iter().map(text).collect()
}

/// Whether a text has a word, as UTF-8 or, as PDF has it, in UTF-16 or as its hexadecimal digits.
fn has(text: &[u8], word: &str) -> bool {
    let utf16: Vec<u8> = word.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02X}")).collect::<String>();
    let forms = [word.as_bytes().to_vec(), hex(&utf16).into_bytes(), hex(word.as_bytes()).into_bytes(), utf16];
    forms.iter().any(|form| text.windows(form.len()).any(|part| part.eq_ignore_ascii_case(form)))
}

fn nowhere(place: &str, text: &[u8]) {
    for word in WORDS.concat() {
        assert!(!has(text, word), "{word} in {place}");
    }
}

/// A plugin that writes down all that it gets of a person, says it as a finding and on standard error, and fails for one of them.
fn with_plugin(project: Project) -> Project {
    let code = "import json, sys\n\
                request = json.load(sys.stdin)\n\
                json.dump(request, sys.stderr)\n\
                units = request.get('units', [])\n\
                if any(unit['person']['id'] == 'p-004' for unit in units): sys.exit(units[0]['person']['name'])\n\
                files = lambda unit: [{'path': f\"people/{unit['person']['id']}.json\", 'text': json.dumps(unit)}]\n\
                found = lambda unit: [{'severity': 'warning', 'code': 'said', 'message': json.dumps(unit['person'])}]\n\
                units = [{'id': unit['id'], 'files': files(unit), 'diagnostics': found(unit)} for unit in units]\n\
                described = {'protocol': 1, 'name': 'p', 'version': '1', 'granularity': 'person'}\n\
                json.dump({'protocol': 1, 'units': units} if request['op'] == 'export' else described, sys.stdout)\n";
    let section = "exporters:\n  p: {process: [python3, p.py], inputs: [p.py], people: true}\nwords:\n";
    let file = project.text("catalog/regimen.yaml").replace("words:\n", section);
    project.file("catalog/p.py", code).file("catalog/regimen.yaml", file)
}

#[test]
fn names_notes_and_visits_are_on_the_paper_of_their_person_alone() {
    let project = with_plugin(project()).file("people.csv", table());
    for format in ["human", "short", "json", "sarif", "human"] {
        let run = project.run(&format!("build --people people.csv --cache cache --format {format}")).exits(1);
        nowhere(&format!("what is said as {format}"), format!("{}{}", run.stdout, run.stderr).as_bytes());
        let check = project.run(&format!("check --people people.csv --cache cache --format {format}")).exits(1);
        nowhere(&format!("what is checked as {format}"), format!("{}{}", check.stdout, check.stderr).as_bytes());
        for run in [run, check] {
            assert!(!format!("{}{}", run.stdout, run.stderr).contains("stiff-knee"), "a condition that harms nothing");
        }
    }
    let files = texts(&project, "out");
    for (id, words) in IDS.iter().zip(WORDS) {
        let own = of(&files, id);
        // Who it is from and the next visit are in fonts alone, which only a reader of PDF finds.
        let found = if Tool::named("pdftotext").is_some() { &words[..] } else { &words[..2] };
        for word in found {
            assert!(
                own.iter().any(|path| has(&files[*path], word)),
                "{word} is on the paper of {id}, and is found there"
            );
        }
        for path in own {
            let others = WORDS.concat().into_iter().filter(|word| !words.contains(word));
            others.for_each(|word| assert!(!has(&files[path], word), "{word} in {path} of {id}"));
        }
    }
    assert!(of(&files, "p-003").is_empty() && of(&files, "p-004").is_empty());
    assert!(of(&files, IDS[0]).contains(&"p/people/p-001.json"));
    for (path, text) in &files {
        nowhere("a path", path.as_bytes());
        if !IDS.iter().any(|id| of(&files, id).contains(&path.as_str())) {
            nowhere(path, text);
        }
    }
    let cache = project.files("cache");
    assert!(!cache.is_empty());
    for (path, bytes) in &cache {
        nowhere("a path of the cache", path.as_bytes());
        let text = unpacked(bytes);
        nowhere(path, &text);
        assert!(!IDS.iter().any(|id| has(&text, id)), "an id in {path}");
    }
}

#[test]
fn a_mistake_repeats_nothing_of_its_row() {
    let table = table()
        .replace("2027-01-04,,Flausenberg", "2027-02-30,,Flausenberg")
        .replace("strong-calves,2027-01-04,stiff", "Zwiebelkuchen,2027-01-04,stiff");
    let project = project().file("people.csv", table);
    for format in ["human", "short", "json", "sarif"] {
        let run = project.run(&format!("build --people people.csv --no-cache --format {format}")).exits(1);
        nowhere(format, format!("{}{}", run.stdout, run.stderr).as_bytes());
    }
}
