//! A small catalogue and the people that it is built for.

use std::collections::BTreeMap;

use regimen_tests::Project;

/// Builds for everybody, without a cache.
pub(super) const BUILD: &str = "build --people people.csv --no-cache";

const EXERCISE: &str = include_str!("../../../fixtures/small/exercises/heel-raise.yaml");
const PICTURE: &str =
    r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><circle cx="20" cy="15" r="9"/></svg>"#;
const HEAD: &str = "id,name,program,start,at,timezone,conditions,note,from,next_visit\n";

/// The small catalogue with a picture, and with two conditions, one of which forbids its exercise.
pub(super) fn project() -> Project {
    let media = "contraindications: [torn-calf]\n\
                 media:\n  - {id: overview, file: media/heel-raise.svg, role: overview, author: A, licence: CC-BY-4.0}\n\
                 words:\n  alt: {overview: Two heels that are lifted}";
    let condition = |name: &str| format!("words: {{name: {name}, summary: It hurts.}}\n");
    Project::small()
        .file("catalog/exercises/heel-raise.yaml", EXERCISE.replace("\nwords:", &format!("\n{media}")))
        .file("catalog/media/heel-raise.svg", PICTURE)
        .file("catalog/conditions/torn-calf.yaml", condition("Torn calf"))
        .file("catalog/conditions/stiff-knee.yaml", condition("Stiff knee"))
}

/// A row for somebody with a note.
pub(super) fn row(id: &str, note: &str) -> String {
    format!("{id},Name of {id},strong-calves,2027-01-04,18:30,Europe/Prague,,{note},,\n")
}

/// A table of these rows.
pub(super) fn table(rows: &[String]) -> String {
    format!("{HEAD}{}", rows.concat())
}

/// So many people, each with the same note.
pub(super) fn people(count: usize, note: &str) -> String {
    table(&(1..=count).map(|number| row(&format!("p-{number:03}"), note)).collect::<Vec<_>>())
}

/// The files of an output folder with their bytes, logs included.
pub(super) fn all(project: &Project, folder: &str) -> BTreeMap<String, Vec<u8>> {
    project.files(folder)
}

/// The files of an output folder by their paths, without what the publisher needs.
pub(super) fn outputs(project: &Project, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = project.files(folder);
    files.retain(|path, _| !path.starts_with(".regimen-"));
    files
}

/// The paths of somebody's files.
pub(super) fn of<'f>(files: &'f BTreeMap<String, Vec<u8>>, id: &str) -> Vec<&'f str> {
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    files.keys().map(String::as_str).filter(|path| name(path).starts_with(&format!("{id}."))).collect()
}
