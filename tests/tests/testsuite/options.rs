//! Options of exporters: how wrong ones are refused, what editors know of them, and their tables in the manual.

use std::fs;

use regimen_export::{OptionsSchema, Plugin};
use regimen_tests::{Project, repository};
use serde_json::{Value, json};

/// Each exporter with the page of the manual that has its options.
const PAGES: [(Plugin, &str); 3] = [
    (regimen_pdf::PLUGIN, "docs/handouts.md"),
    (regimen_ics::PLUGIN, "docs/calendar.md"),
    (regimen_markdown::PLUGIN, "docs/markdown.md"),
];

#[test]
fn the_tables_of_the_manual_are_those_of_the_program() {
    for (plugin, page) in PAGES {
        let (file, start) =
            (repository().join(page), format!("<!-- options of {}: made from the program -->\n", plugin.id));
        let text = fs::read_to_string(&file).unwrap();
        let (before, rest) = text.split_once(&start).expect("the start of the table is marked");
        let (_, after) = rest.split_once("<!-- end of options -->").expect("the end of the table is marked");
        let table = (plugin.options)().table();
        let made = format!("{before}{start}{table}<!-- end of options -->{after}");
        if std::env::var_os("REGIMEN_BLESS").is_some() {
            fs::write(&file, &made).unwrap();
        }
        let shown = fs::read_to_string(&file).unwrap();
        assert!(shown == made, "{page} is old: `REGIMEN_BLESS=1 cargo test -p regimen-tests` writes it");
    }
}

/// The schema and the type that `open` reads are one, so both know the same keys and defaults.
#[test]
fn what_a_schema_describes_is_what_an_exporter_reads() {
    for (plugin, _) in PAGES {
        let schema = (plugin.options)();
        let options = schema.as_value()["properties"].as_object().unwrap();
        assert!(!options.is_empty() && schema.as_value()["additionalProperties"] == false, "{}", plugin.id);
        let open = |section: Value| (plugin.open)(&regimen_export::Options::new(section));
        for (name, option) in options {
            assert!(option["description"].as_str().is_some_and(|text| text.ends_with('.')), "{name} is explained");
            let wrong = open(json!({(name): {"no": "option"}})).err().expect("no option has keys");
            assert_eq!((wrong.0.len(), wrong.0[0].path.to_string()), (1, name.clone()), "{}", plugin.id);
            let may_be_none = option.get("default").is_none();
            assert_eq!(open(json!({(name): null})).is_ok(), may_be_none, "{}: {name}: nothing", plugin.id);
            if let Some(default) = option.get("default") {
                assert!(open(json!({(name): default})).is_ok(), "{}: {name}: {default}", plugin.id);
            }
        }
        assert_ne!(schema, OptionsSchema::none());
    }
}

#[test]
fn editors_know_the_options_of_every_exporter() {
    let schema: Value = serde_json::from_str(&Project::new().run("schema project").exits(0).stdout).unwrap();
    let exporters = &schema["properties"]["exporters"];
    for (plugin, _) in PAGES {
        assert_eq!(exporters["properties"][plugin.id]["type"], "object");
    }
    let pdf = &exporters["properties"]["pdf"]["properties"];
    assert_eq!(pdf["paper"]["enum"], json!(["a4", "a5", "letter"]));
    assert_eq!(pdf["paper"]["default"], "a4");
    assert_eq!(pdf["layout"]["anyOf"][1]["items"]["enum"][9], "fridge");
    assert_eq!(exporters["properties"]["markdown"]["properties"]["links"].get("x-default"), None);
    assert_eq!(exporters["additionalProperties"]["required"], json!(["process"]), "others are external plugins");
}

#[test]
fn options_of_exporters_are_refused_in_plain_words() {
    let cases = [
        ("pdf: [a4]", "`exporters.pdf` should be `key: value` lines, found a list"),
        ("pdf: a4", "`exporters.pdf` should be `key: value` lines, found the text `a4`"),
        ("pdf: {paper: [a4]}", "`exporters.pdf.paper` should be one of `a4`, `a5`, `letter`, found a list"),
        (
            "pdf: {large_print: big}",
            "`exporters.pdf.large_print` should be one of `false`, `true`, `14`, `18`, found the text `big`",
        ),
        ("pdf: {qr: 1}", "`exporters.pdf.qr` should be `true` or `false`, found the number `1`"),
        ("pdf: {layout: {a: b}}", "`exporters.pdf.layout` should be one of `sheet`, `handout`, "),
        ("pdf: {layout: fridg}", "`fridge`, `weeks`, or a list of them, found the text `fridg`\n"),
        ("pdf: {layout: fridg}", "did you mean `fridge`?"),
        ("pdf: {layout: [handout, cards-3]}", "`exporters.pdf.layout[1]` should be one of `sheet`, `handout`, "),
        ("pdf: {columns: 3}", "`exporters.pdf.columns` should be one of `1`, `2`, found the number `3`"),
        (
            "ics: {category: [a, b]}",
            "`exporters.ics.category` should be a word or a few such as `Training`, found a list",
        ),
        ("ics: {colour: 3}", "`exporters.ics.colour` should be a name of CSS such as `teal`, found the number `3`"),
        ("ics: {colour: teel}", "did you mean `teal`?"),
        ("ics: {reminder: 30}", "`exporters.ics.reminder` should be a reminder such as `30 min`, "),
        ("markdown: {sit: hugo}", "the exporter `markdown` has no option `sit`"),
        ("markdown: {sit: hugo}", "did you mean `site`?"),
        ("markdown: {site: [hugo]}", "`exporters.markdown.site` should be one of `plain`, "),
        ("markdown: {site: 3}", "`exporters.markdown.site` should be one of `plain`, "),
    ];
    for (section, expected) in cases {
        let project = Project::small();
        let text = project.text("catalog/regimen.yaml");
        let text = format!("{text}\nexporters:\n  {section}\n");
        let project = project.file("catalog/regimen.yaml", text);
        let run = project.run("build").exits(1);
        assert!(run.stderr.contains(expected), "{section}\n{}", run.stderr);
    }
}

/// A template of a project has every option, and nothing after those that are not used.
#[test]
fn an_option_without_a_value_is_as_good_as_none() {
    let sections = "exporters:\n  pdf: {address: ~}\n  ics:\n    colour:\n    reminder:\n    address:\n    category: ~\n    \
                    location: null\n    url:\n  markdown:\n    folder:\n    links:\n    front_matter: ~\n    inline_html:\n";
    let project = Project::small();
    let text = format!("{}\n{sections}", project.text("catalog/regimen.yaml"));
    project.file("catalog/regimen.yaml", text).run("check").exits(0);
}

#[test]
fn each_wrong_reminder_of_a_list_is_found() {
    for (list, wrong) in [
        ("[30 min, xx, \"99:99\", 5]", &["reminder[3]", "reminder[1]", "reminder[2]"][..]),
        ("[1 d, 2 d, 3 d, 4 d, x, 6 d]", &["reminder[4]"]),
        ("[1 d, 2 d, 3 d, 4 d, 5 d, 6 d]", &["reminder"]),
        ("[1 d, 1 d, 1 d, 1 d, 1 d, 1 d]", &[]),
        ("x", &["reminder"]),
    ] {
        let project = Project::small();
        let text = format!("{}\nexporters:\n  ics: {{reminder: {list}}}\n", project.text("catalog/regimen.yaml"));
        let run = project.file("catalog/regimen.yaml", text).run("check").exits(i32::from(!wrong.is_empty()));
        for one in wrong {
            assert!(run.stderr.contains(&format!("error[bad-option]: `exporters.ics.{one}`")), "{one}\n{}", run.stderr);
        }
        assert_eq!(run.stderr.matches("error[bad-option]").count(), wrong.len(), "{}", run.stderr);
    }
}

/// Each is found at its own key or value, whether a schema shows it or only reading it does.
#[test]
fn all_wrong_options_are_found_at_once_and_where_they_stand() {
    let project = Project::small();
    let text = project.text("catalog/regimen.yaml");
    let sections = "exporters:\n  pdf:\n    papper: a4\n    columns: 3\n  ics:\n    colour: teel\n    reminder: 90 s\n    \
                    rest: true\n  markdown: {folder: ../x, site: hugo}\n";
    let start = text.lines().count() + 2;
    let project = project.file("catalog/regimen.yaml", format!("{text}\n{sections}"));
    let run = project.run("check").exits(1);
    let found = [
        (2, 5, "the exporter `pdf` has no option `papper`"),
        (3, 14, "`exporters.pdf.columns` should be one of `1`, `2`, found the number `3`"),
        (5, 13, "`exporters.ics.colour`: `teel` is not the name of a colour"),
        (6, 15, "`exporters.ics.reminder`: a reminder comes at one time before a session"),
        (7, 5, "the exporter `ics` has no option `rest`"),
        (8, 22, "`exporters.markdown.folder`: "),
    ];
    for (line, column, message) in found {
        let place = format!("catalog/regimen.yaml:{}:{column}\n", start + line);
        let after = run.stderr.split(&format!("error[bad-option]: {message}")).nth(1);
        let after = after.unwrap_or_else(|| panic!("{message}\n{}", run.stderr));
        let shown = after.split("-->").nth(1).unwrap_or_default().trim_start();
        assert!(shown.starts_with(&place), "{message} at {place} in\n{}", run.stderr);
    }
    assert_eq!(run.stderr.matches("error[bad-option]").count(), found.len(), "{}", run.stderr);
}
