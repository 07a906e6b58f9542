//! Edits of texts as authors write them: what changes, and that nothing else does.

use super::*;

/// `a.0.b` as a path.
pub(crate) fn path(text: &str) -> FieldPath {
    text.split('.').filter(|part| !part.is_empty()).fold(FieldPath::root(), |path, part| match part.parse() {
        Ok(index) => path.index(index),
        Err(_) => path.key(part),
    })
}

/// A value that is written as YAML.
fn data(yaml: &str) -> Data {
    let text = format!("a: {yaml}\n");
    let (node, _) = parse(&"a.yaml".into(), &text).expect("YAML");
    node.data().get("a").cloned().unwrap_or_default()
}

/// The text of a session after an edit, or why there is none.
fn edited(text: &str, edit: impl FnOnce(&mut Editor) -> Result<(), Diagnostic>) -> String {
    let mut editor = Editor::open("sessions/a.yaml", text).expect("YAML");
    match edit(&mut editor) {
        Ok(()) => editor.into_text(),
        Err(why) => {
            assert_eq!(editor.text(), text, "nothing is changed by half");
            why.message
        }
    }
}

fn set(text: &str, at: &str, yaml: &str) -> String {
    edited(text, |editor| editor.set(&path(at), data(yaml)))
}

fn insert(text: &str, at: &str, yaml: &str) -> String {
    edited(text, |editor| editor.insert(&path(at), data(yaml)))
}

fn remove(text: &str, at: &str) -> String {
    edited(text, |editor| editor.remove(&path(at)))
}

#[test]
fn a_single_value_changes_in_its_place() {
    for (text, at, yaml, expected) in [
        ("a:   b  # c\nd: e", "a", "x", "a:   x  # c\nd: e"),
        ("a: 'b'\n", "a", "it''s", "a: 'it''''s'\n"),
        ("a: \"b\"\r\n", "a", "x", "a: \"x\"\r\n"),
        ("a: b\n", "a", "'no'", "a: \"no\"\n"),
        ("a: 1\n", "a", "2.50", "a: 2.50\n"),
        ("\u{feff}a: {b: c, d: 'e'}  # f\n", "a.d", "x", "\u{feff}a: {b: c, d: 'x'}  # f\n"),
        ("a: {b: c}\n", "a.b", "'x, y'", "a: {b: \"x, y\"}\n"),
        ("a:\n- b # c\n- d\n", "a.0", "x", "a:\n- x # c\n- d\n"),
        ("a:\n# b\nc: d\n", "a", "x", "a: x\n# b\nc: d\n"),
        ("a: # b\nc: d\n", "a", "x", "a: x # b\nc: d\n"),
        ("a:\n  - \n  - b\n", "a.0", "x", "a:\n  - x \n  - b\n"),
        ("a: b\n", "a", "", "a:\n"),
        ("a: b  #\tc\t\n", "a", "x", "a: x  #\tc\t\n"),
        ("a: {b, c: }\n", "a.b", "x", "a: {b: x, c: }\n"),
        ("a: [b,\n  c] # d\n", "a.1", "x", "a: [b,\n  x] # d\n"),
    ] {
        assert_eq!(set(text, at, yaml), expected, "{text:?}");
    }
}

#[test]
fn a_value_of_many_lines_is_written_as_the_file_is() {
    for (text, at, yaml, expected) in [
        ("a: b # c\nd: e\n", "a", "{x: {z: A}}", "a: # c\n  x:\n    z: A\nd: e\n"),
        ("a:\n    b: c\nd: e\n", "d", "{x: A}", "a:\n    b: c\nd:\n    x: A\n"),
        ("a:\n- b c\nd: e\n", "d", "[A b]", "a:\n- b c\nd:\n- A b\n"),
        ("a:\n  - b c\nd: e", "d", "[A b]", "a:\n  - b c\nd:\n  - A b"),
        ("a: |\n  b\n\n  c\n\nd: e\n", "a", "x", "a: x\n\nd: e\n"),
        ("a: >-\r\n  b\r\n  c\r\nd: e\r\n", "a", "\"x\\n\\ny\"", "a: |-\r\n  x\r\n\r\n  y\r\nd: e\r\n"),
        ("a: 'b\n  c' # d\ne: f\n", "a", "x y", "a: 'x y' # d\ne: f\n"),
        ("a:\n  - b:\n      - c\n    d: e\n", "a.0.b", "", "a:\n  - b:\n    d: e\n"),
        ("a:\n  - b\n  - c\n", "a", "1", "a: 1\n"),
    ] {
        assert_eq!(set(text, at, yaml), expected, "{text:?}");
    }
}

#[test]
fn only_what_differs_is_written() {
    let text = "# one\na: 1   # two\n\nb: # three\n  - c  # four\n  - {d: 1, e: 'f'}  # five\ng: h\n";
    let wanted = "{a: 2, b: [c, {d: 3, e: f}, i], j: k}";
    let expected = "# one\na: 2   # two\n\nb: # three\n  - c  # four\n  - {d: 3, e: 'f'}  # five\n  - i\nj: k\n";
    assert_eq!(set(text, "", wanted), expected);
    assert_eq!(set("a: b # c\n", "", "{d: e}"), "d: e\n");
}

#[test]
fn a_new_key_comes_where_the_format_has_it() {
    let text = "kind: strength # a\nmain: # b\n  - exercise: c # d\n    # e\n\n# f\nwords:\n  name: A";
    let expected =
        "kind: strength # a\nduration: 30 min\nmain: # b\n  - exercise: c # d\n    # e\n\n# f\nwords:\n  name: A";
    assert_eq!(set(text, "duration", "30 min"), expected);
    let expected = "kind: strength # a\nmain: # b\n  - exercise: c # d\n    dose: {sets: 3, reps: 8}\n    # e\n\n# f\nwords:\n  name: A";
    assert_eq!(set(text, "main.0.dose", "{reps: 8, sets: 3}"), expected);
    assert_eq!(set("a: 1\nwords:\n  name: A", "words.summary", "B"), "a: 1\nwords:\n  name: A\n  summary: B");
    for (text, at, expected) in [
        ("main: [{exercise: a}]\n", "main.0.dose", "main: [{exercise: a, dose: X}]\n"),
        ("main: [{dose: a}]\n", "main.0.exercise", "main: [{exercise: X, dose: a}]\n"),
        ("main: [{exercise: a,}]\n", "main.0.dose", "main: [{exercise: a, dose: X,}]\n"),
        ("main:\n- dose: a\n", "main.0.exercise", "main:\n- exercise: X\n  dose: a\n"),
        ("duration: |+\n  a\n\n# b\n", "main", "duration: |+\n  a\n\nmain: X\n# b\n"),
        ("duration: |+\n  a\n\n", "main", "duration: |+\n  a\n\nmain: X\n"),
        ("words: {}\n", "words.name", "words:\n  name: X\n"),
        ("words:\n", "words.name", "words:\n  name: X\n"),
        ("words: # a\n", "words.name", "words: # a\n  name: X\n"),
        ("---\nkind: a\n# b\n", "main", "---\nkind: a\nmain: X\n# b\n"),
        ("main: a\n", "kind", "kind: X\nmain: a\n"),
    ] {
        assert_eq!(set(text, at, "X"), expected, "{text:?}");
    }
}

#[test]
fn items_are_added_where_they_are_wanted() {
    for (text, at, yaml, expected) in [
        ("a:\n  # b\n  - c # d\n\n  # e\n  - f\n", "a.1", "x", "a:\n  # b\n  - c # d\n  - x\n\n  # e\n  - f\n"),
        ("a:\n  # b\n  - c\n", "a.0", "x", "a:\n  # b\n  - x\n  - c\n"),
        ("a:\r\n- c", "a.1", "X y", "a:\r\n- c\r\n- X y"),
        ("a:\n- - b\n  - c\n", "a.0.0", "x", "a:\n- - x\n  - b\n  - c\n"),
        ("a: [b, c]\n", "a.1", "x", "a: [b, x, c]\n"),
        ("a: [b, c,] # d\n", "a.2", "x", "a: [b, c, x,] # d\n"),
        ("a: [b]\n", "a.0", "'x, y'", "a: [\"x, y\", b]\n"),
        ("a: [] # b\n", "a.0", "x", "a: [x] # b\n"),
        ("a:\n  - {b: c}\n", "a.1", "{x: Y z}", "a:\n  - {b: c}\n  - {x: Y z}\n"),
        ("a:\n  - b: C\n", "a.1", "{x: W, z: [1]}", "a:\n  - b: C\n  - x: W\n    z: [1]\n"),
        ("a:\n  - |\n    b\n\nc: d\n", "a.1", "x", "a:\n  - |\n    b\n  - x\n\nc: d\n"),
    ] {
        assert_eq!(insert(text, at, yaml), expected, "{text:?}");
    }
}

#[test]
fn what_is_taken_out_leaves_the_rest_as_it_is() {
    for (text, at, expected) in [
        ("# a\nb: c # d\n# e\nf: g\n", "b", "# a\n# e\nf: g\n"),
        ("\u{feff}a: 1\r\nb: 2\r\n", "a", "\u{feff}b: 2\r\n"),
        ("a: 1\nb: 2", "b", "a: 1"),
        ("a:\n  - b\n  - c # d\n  - e\n", "a.1", "a:\n  - b\n  - e\n"),
        ("a:\n  - b: 1\n    c: 2\n", "a.0.b", "a:\n  - c: 2\n"),
        ("a:\n  - b: 1\n    c: 2\n", "a.0.c", "a:\n  - b: 1\n"),
        ("a: [b, c, d]\n", "a.0", "a: [c, d]\n"),
        ("a: [b, c, d,]\n", "a.2", "a: [b, c,]\n"),
        ("a: {b: 1, c}\n", "a.c", "a: {b: 1}\n"),
        ("a: [b] # c\n", "a.0", "a: [] # c\n"),
        ("a: # b\n  - c\nd: e\n", "a.0", "a comment would be lost"),
        ("a:\n  - c\nd: e\n", "a.0", "a: []\nd: e\n"),
        ("a: |\n  b\n\n\nc: d\n", "a", "\n\nc: d\n"),
        ("c: d\na: |+\n  b\n\n", "a", "c: d\n"),
        ("a:\n\n  b: c\nd: e\n", "a", "d: e\n"),
    ] {
        assert_eq!(remove(text, at), expected, "{text:?}");
    }
}

#[test]
fn what_cannot_be_edited_is_refused() {
    let lost = "a comment would be lost";
    assert_eq!(set("a:\n  - b # c\n  - d\n", "a", "x"), lost);
    assert_eq!(set("a: [b, # c\n  d]\n", "a", "x"), lost);
    assert_eq!(set("a: | # b\n  c\n", "a", "x"), lost);
    assert_eq!(set("a:\n  # b\n  c\n", "a", "x"), lost);
    assert_eq!(set("a: |\n  # b\n", "a", "x"), "a: x\n", "no comment");
    assert_eq!(remove("a:\n  - b\n  # c\n  - d\ne: f\n", "a"), lost);
    assert_eq!(remove("a: 1\n", "a"), "the file as a whole is not replaced");
    assert_eq!(set("? a\n: b\nc: d\n", "a", "x"), "this key is written behind a question mark");
    assert_eq!(set("a: b\n", "c.d", "x"), "`c.d` is not in `sessions/a.yaml`, and there is nothing to add it to");
    assert_eq!(insert("a: [b]\n", "a.2", "x"), "`a[2]` is not in `sessions/a.yaml`, and there is nothing to add it to");
    assert_eq!(remove("a: [b]\n", "a.2"), "`a[2]` is not in `sessions/a.yaml`, and there is nothing to add it to");
    let hidden = edited("a: b\n", |editor| editor.set(&path("a"), "c\u{202e}".into()));
    assert!(hidden.contains("U+202E"), "{hidden}");
    let twice = edited("a: b\nc: d\n", |editor| editor.rename_key(&path("a"), "c"));
    assert_eq!(twice, "no file can say this: the key `c` is given twice");
}

#[test]
fn keys_get_other_names() {
    let renamed = |text: &str, at: &str, to: &str| edited(text, |editor| editor.rename_key(&path(at), to));
    assert_eq!(renamed("a: {b:  1} # c\n", "a.b", "x y"), "a: {x y:  1} # c\n");
    assert_eq!(renamed("'a' : |\n  b\n", "a", "no"), "'no' : |\n  b\n");
    assert_eq!(renamed("a: b\n", "a", "no"), "\"no\": b\n");
    assert_eq!(renamed("a: b\n", "a", "12"), "\"12\": b\n");
}

#[test]
fn front_matter_is_edited_and_the_article_stays() {
    let text = "---\r\ntitle: A # b\r\nsummary: C\r\n---\r\n# D\r\n\r\ntitle: E";
    let mut editor = Editor::open("guides/a.md", text).expect("a guide");
    editor.set(&path("title"), "F: g".into()).expect("a title");
    editor.set(&path("sources"), Data::list(["who-2020"])).expect("sources");
    let expected = "---\r\ntitle: \"F: g\" # b\r\nsummary: C\r\nsources: [who-2020]\r\n---\r\n# D\r\n\r\ntitle: E";
    assert_eq!(editor.text(), expected);
    assert!(Editor::open("guides/a.md", "# A\n").is_err());
}

#[test]
fn damaged_files_are_edited_right_or_not_at_all() {
    let (mut state, mut opened, mut done) = (0x9e37_79b9_7f4a_7c15, 0, 0);
    for round in 0..3_000_usize {
        let text = crate::yaml::tests::damaged(&mut state);
        let Ok(editor) = Editor::open("sessions/a.yaml", text.as_str()) else { continue };
        opened += 1;
        let before = editor.content().expect("YAML").keys;
        let mut same = editor.clone();
        same.set(&FieldPath::root(), before.clone()).expect("nothing changes");
        assert_eq!(same.text(), text);
        let Data::Keys(keys) = &before else { panic!("keys") };
        let at = FieldPath::root().key(keys[round % keys.len()].0.as_str());
        let mut edited = editor.clone();
        let edit = match round % 5 {
            0 => edited.set(&at, "a: b".into()),
            1 => edited.set(&at, data("{a: B c, d: [e, {f: g}]}")),
            2 => edited.set(&at.key("new"), "\n".into()),
            3 => edited.insert(&at.index(0), "x".into()),
            _ => edited.remove(&at),
        };
        done += usize::from(edit.is_ok());
    }
    assert!(opened > 200 && done > opened / 3, "{done} edits of {opened} files");
}
