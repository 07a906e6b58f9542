//! Files that are there but not read: each is one error, and what refers to them none.

use std::fs::File;

use regimen_catalog::{Severity, load};
use regimen_tests::Project;

/// The errors of a catalogue.
fn error_messages(project: &Project) -> Vec<String> {
    let loaded = load(&project.path("catalog")).unwrap();
    let errors = loaded.findings.into_iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|error| error.message).collect()
}

#[test]
fn a_file_that_is_too_large_is_missed_by_nobody() {
    for path in ["exercises/heel-raise.yaml", "muscles/soleus.yaml"] {
        let project = Project::small();
        File::create(project.path(&format!("catalog/{path}"))).unwrap().set_len(40 << 20).unwrap();
        assert_eq!(error_messages(&project), [format!("`{path}` is not read: it is larger than 1024 KiB")]);
    }
}

#[test]
fn a_file_with_the_ending_of_another_tool_is_missed_by_nobody() {
    let project = Project::small()
        .file("catalog/guides/x.markdown", "---\ntitle: T\n---\nText.\n")
        .file("catalog/exercises/squat.json", "{}")
        .file("catalog/exercises/README.txt", "Notes.")
        .file("catalog/exercises/.hidden.json", "{}")
        .file("catalog/exercises/heel-raise.yaml~", "");
    let loaded = load(&project.path("catalog")).unwrap();
    let found: Vec<_> = loaded.findings.iter().filter(|finding| finding.code == "unread-file").collect();
    let messages: Vec<_> = found.iter().map(|finding| finding.message.as_str()).collect();
    let wanted = [
        "`exercises/squat.json` is not read: files of `exercises/` end in `.yaml`",
        "`guides/x.markdown` is not read: files of `guides/` end in `.md`",
    ];
    assert_eq!(messages, wanted);
    assert!(found.iter().all(|finding| finding.severity == Severity::Warning));
}

#[cfg(unix)]
#[test]
fn a_linked_file_is_missed_by_nobody() {
    let project = Project::small();
    let file = project.path("catalog/exercises/heel-raise.yaml");
    std::fs::rename(&file, project.path("kept.yaml")).unwrap();
    std::os::unix::fs::symlink(project.path("kept.yaml"), &file).unwrap();
    let expected = "`exercises/heel-raise.yaml` is not read: it is a link, and a catalogue reads only its own files";
    assert_eq!(error_messages(&project), [expected]);
}

#[test]
fn a_file_whose_ending_is_in_capitals_is_missed_by_nobody() {
    let project = Project::small();
    let text = project.text("catalog/muscles/soleus.yaml");
    let project = project.without("catalog/muscles/soleus.yaml").file("catalog/muscles/soleus.YAML", text);
    assert_eq!(error_messages(&project), ["`muscles/soleus.YAML` is not read: its ending is not in small letters"]);
}
