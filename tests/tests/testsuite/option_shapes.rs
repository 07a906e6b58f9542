//! Options of exporters of the wrong shape are refused in words of the format.

use regimen_tests::Project;

#[test]
fn options_of_exporters_are_refused_in_plain_words() {
    let cases = [
        ("pdf: [a4]", "`exporters.pdf` should be `key: value` lines, found a list"),
        ("pdf: a4", "`exporters.pdf` should be `key: value` lines, found the text `a4`"),
        ("pdf: {paper: [a4]}", "`exporters.pdf.paper` should be one of `a4`, `letter`, found a list"),
        ("pdf: {large_print: big}", "`exporters.pdf.large_print` should be `true` or `false`, found the text `big`"),
        ("pdf: {qr: 1}", "`exporters.pdf.qr` should be `true` or `false`, found the number `1`"),
        ("pdf: {layout: {a: b}}", "`exporters.pdf.layout` should be one of `handout`, "),
        ("ics: {category: [a, b]}", "`exporters.ics.category` should be a text, found a list"),
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
