//! Modules of a crate do not hold each other in a circle.
//!
//! A module is a file. What it names is read from its text: `use`, and paths that start at a module. Where a path leads
//! through `pub use`, the module that has the thing counts. Of two modules, the arrow is between those that stand side by
//! side in the tree, so that a parent and what is below it are apart.

use std::collections::{BTreeMap, BTreeSet};

use super::architecture::program_texts;

/// Crates that still have circles. The list only becomes shorter.
const KNOWN: &[&str] = &[];

/// A module by the names that lead to it from the root of its crate.
type Path = Vec<String>;

/// A name in scope, and the path that it stands for.
#[derive(Debug)]
struct Import {
    name: String,
    path: Path,
    line: usize,
}

/// What a file says of others.
#[derive(Debug, Default)]
struct Module {
    file: String,
    imports: Vec<Import>,
    /// Paths of more than one name in the code, and their lines.
    paths: Vec<(Path, usize)>,
}

/// A word or sign of a program, with its line.
type Token<'t> = (&'t str, usize);

/// The words and signs of a program without comments, texts and tests.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let (mut found, mut at, mut line) = (Vec::new(), 0, 1);
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = skipped(rest).unwrap_or_else(|| {
            let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            let length = if rest.starts_with("::") { 2 } else { word.max(first.len_utf8()) };
            found.push((&rest[..length], line));
            length
        });
        line += rest[..length].matches('\n').count();
        at += length;
    }
    without_tests(&found)
}

/// The length of a blank, a comment, a text or a character at the start of a program.
fn skipped(rest: &str) -> Option<usize> {
    let to = |end: &str, from: usize| rest[from..].find(end).map_or(rest.len(), |at| from + at + end.len());
    let raw = rest.strip_prefix('r').map(|rest| rest.trim_start_matches('#')).filter(|rest| rest.starts_with('"'));
    if rest.starts_with(char::is_whitespace) {
        Some(rest.len() - rest.trim_start().len())
    } else if rest.starts_with("//") {
        Some(rest.find('\n').unwrap_or(rest.len()))
    } else if rest.starts_with("/*") {
        Some(to("*/", 2))
    } else if let Some(inner) = raw {
        let hashes = rest.len() - inner.len() - 1;
        Some(to(&format!("\"{}", "#".repeat(hashes)), hashes + 2))
    } else if rest.starts_with('"') {
        Some(closed(rest, '"'))
    } else if rest.starts_with("'\\") {
        Some(closed(rest, '\''))
    } else if rest.starts_with('\'') {
        // A character, or the start of a lifetime.
        let mut signs = rest.char_indices().skip(2);
        signs.next().filter(|(_, c)| *c == '\'').map(|(at, _)| at + 1)
    } else {
        None
    }
}

/// The length of a text in quotes, in which a backslash takes the next sign with it.
fn closed(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if !escaped && c == quote {
            return at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    rest.len()
}

/// Leaves out what is compiled for tests only.
fn without_tests<'t>(tokens: &[Token<'t>]) -> Vec<Token<'t>> {
    let (mut kept, mut at) = (Vec::new(), 0);
    while let Some(token) = tokens.get(at) {
        let words: Vec<&str> = tokens[at..].iter().take(7).map(|(word, _)| *word).collect();
        if words != ["#", "[", "cfg", "(", "test", ")", "]"] {
            kept.push(*token);
            at += 1;
            continue;
        }
        let (mut depth, mut ended) = (0_i32, false);
        at += words.len();
        while let Some((word, _)) = tokens.get(at).filter(|_| !ended) {
            depth += i32::from(matches!(*word, "(" | "[" | "{")) - i32::from(matches!(*word, ")" | "]" | "}"));
            ended = depth == 0 && matches!(*word, ";" | "}");
            at += 1;
        }
    }
    kept
}

fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

impl Module {
    fn read(file: &str, text: &str) -> Self {
        let tokens = tokens(text);
        let mut module = Self { file: file.to_owned(), ..Self::default() };
        let mut at = 0;
        while let Some((word, line)) = tokens.get(at).copied() {
            // `impl Trait + use<>` imports nothing.
            if word == "use" && tokens.get(at + 1).is_some_and(|(next, _)| *next != "<") {
                at = module.import(&tokens, at + 1, &[]);
                continue;
            }
            let mut path = vec![word.to_owned()];
            let follows = |at: usize| tokens.get(at).is_some_and(|(word, _)| *word == "::");
            while is_name(word) && follows(at + 1) && tokens.get(at + 2).is_some_and(|(word, _)| is_name(word)) {
                path.push(tokens[at + 2].0.to_owned());
                at += 2;
            }
            if path.len() > 1 {
                module.paths.push((path, line));
            }
            at += 1;
        }
        module
    }

    /// Reads one tree of a `use` from `at` on; gives the position behind it.
    fn import(&mut self, tokens: &[Token<'_>], mut at: usize, before: &[String]) -> usize {
        let mut path = before.to_vec();
        while let Some((word, line)) = tokens.get(at).copied() {
            match word {
                "::" => at += 1,
                "{" => {
                    at += 1;
                    while tokens.get(at).is_some_and(|(word, _)| *word != "}") {
                        at = self.import(tokens, at, &path);
                        at += usize::from(tokens.get(at).is_some_and(|(word, _)| *word == ","));
                    }
                    return at + 1;
                }
                "as" => {
                    let alias = tokens.get(at + 1).map_or("_", |(word, _)| *word);
                    if let Some(import) = self.imports.last_mut() {
                        import.name = alias.to_owned();
                    }
                    return at + 2;
                }
                "," | "}" | ";" => return at,
                _ => {
                    if word != "self" || path.is_empty() {
                        path.push(word.to_owned());
                    }
                    at += 1;
                    if tokens.get(at).is_none_or(|(next, _)| *next != "::") {
                        let name = path.last().cloned().unwrap_or_default();
                        self.imports.push(Import { name, path: path.clone(), line });
                    }
                }
            }
        }
        at
    }
}

/// The modules of one crate.
#[derive(Debug, Default)]
struct Modules(BTreeMap<Path, Module>);

/// An arrow between two modules that stand side by side, below a common one.
type Arrow = (Path, String, String);

impl Modules {
    fn add(&mut self, path: Path, module: Module) {
        self.0.insert(path, module);
    }

    /// The module in which a path of another module ends.
    fn resolve(&self, from: &Path, path: &[String], depth: usize) -> Option<Path> {
        let (first, mut rest) = path.split_first().filter(|_| depth < 20)?;
        let mut at = from.clone();
        match first.as_str() {
            "crate" => at.clear(),
            "self" => {}
            "super" => {
                at.pop();
                while let Some((_, after)) = rest.split_first().filter(|(word, _)| *word == "super") {
                    at.pop();
                    rest = after;
                }
            }
            name => return self.named(&at, name, rest, depth),
        }
        match rest.split_first() {
            Some((name, rest)) => self.named(&at, name, rest, depth).or(Some(at)),
            None => Some(at),
        }
    }

    /// The module that a name of a module leads to, with what follows it.
    fn named(&self, at: &Path, name: &str, rest: &[String], depth: usize) -> Option<Path> {
        let below: Path = at.iter().cloned().chain([name.to_owned()]).collect();
        if self.0.contains_key(&below) {
            let further = rest.split_first().and_then(|(name, rest)| self.named(&below, name, rest, depth + 1));
            return further.or(Some(below));
        }
        let imports = self.0.get(at)?.imports.iter();
        let mut imports = imports.filter(|import| import.name == name && import.path != [name]);
        imports.find_map(|import| {
            let path: Path = import.path.iter().chain(rest).cloned().collect();
            self.resolve(at, &path, depth + 1)
        })
    }

    /// Every arrow, with the places that draw it.
    fn arrows(&self) -> BTreeMap<Arrow, BTreeSet<String>> {
        let mut arrows: BTreeMap<Arrow, BTreeSet<String>> = BTreeMap::new();
        for (from, module) in &self.0 {
            let imports = module.imports.iter().map(|import| (&import.path, import.line));
            for (path, line) in imports.chain(module.paths.iter().map(|(path, line)| (path, *line))) {
                let Some(to) = self.resolve(from, path, 0) else { continue };
                let common = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
                if let (Some(one), Some(other)) = (from.get(common), to.get(common)) {
                    let arrow = (from[..common].to_vec(), one.clone(), other.clone());
                    arrows.entry(arrow).or_default().insert(format!("{}:{line}", module.file));
                }
            }
        }
        arrows
    }

    /// The arrows that are parts of circles, each in words.
    fn circles(&self) -> Vec<String> {
        let arrows = self.arrows();
        let leads = |below: &Path, from: &String, to: &String| {
            let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
            while let Some(one) = open.pop() {
                let next = arrows.keys().filter(|(parent, start, _)| parent == below && start == one);
                open.extend(next.map(|(_, _, end)| end).filter(|end| seen.insert(*end)));
            }
            seen.contains(to)
        };
        let within = arrows.iter().filter(|((below, from, to), _)| leads(below, to, from));
        let named = within.map(|((below, from, to), places)| {
            let below: String = below.iter().map(|name| format!("{name}::")).collect();
            format!("{below}{from} -> {below}{to}: {}", places.iter().cloned().collect::<Vec<_>>().join(", "))
        });
        named.collect()
    }
}

/// The modules of every crate, by its folder.
fn crates() -> BTreeMap<String, Modules> {
    let mut crates: BTreeMap<String, Modules> = BTreeMap::new();
    for (file, text) in program_texts() {
        let Some((folder, module)) = file.split_once("/src/") else { continue };
        let module = module.trim_end_matches(".rs").trim_end_matches("/mod");
        let root = matches!(module, "lib" | "main");
        let path = if root { Path::new() } else { module.split('/').map(str::to_owned).collect() };
        // A package of a library and a program of the same name has one root to look at: the library.
        if module != "main" || !crates.contains_key(folder) {
            crates.entry(folder.to_owned()).or_default().add(path, Module::read(&file, &text));
        }
    }
    crates
}

#[test]
fn modules_of_a_crate_have_no_circles() {
    let circles = crates().into_iter().map(|(folder, modules)| (folder, modules.circles()));
    let circles: BTreeMap<String, Vec<String>> = circles.filter(|(_, circles)| !circles.is_empty()).collect();
    let new: Vec<_> = circles.iter().filter(|(folder, _)| !KNOWN.contains(&folder.as_str())).collect();
    assert!(new.is_empty(), "modules hold each other in a circle: {new:#?}");
    for folder in KNOWN {
        assert!(circles.contains_key(*folder), "`{folder}` has no circles any more: take it out of `KNOWN`");
    }
}

/// The circles of a crate that is made up.
fn circles_of(files: &[(&str, &str)]) -> Vec<String> {
    let mut modules = Modules::default();
    for (file, text) in files {
        let path = if *file == "lib" { Path::new() } else { file.split('/').map(str::to_owned).collect() };
        modules.add(path, Module::read(file, text));
    }
    modules.circles()
}

#[test]
fn a_circle_is_named_with_its_arrows() {
    let root = ("lib", "mod a;\nmod b;\nmod c;\npub use c::Thing;\n");
    let found = circles_of(&[
        root,
        ("a", "use crate::b::One;\n"),
        ("b", "use std::fmt;\nfn f() -> crate::Thing { todo() }\n"),
        ("c", "use super::{a::{self, Two}, fmt as b};\npub struct Thing;\n"),
    ]);
    assert_eq!(found, ["a -> b: a:1", "b -> c: b:2", "c -> a: c:1"]);
    let below =
        circles_of(&[root, ("a", "mod x;\nmod y;\n"), ("a/x", "use super::y;"), ("a/y", "\nuse crate::a::x::X;")]);
    assert_eq!(below, ["a::x -> a::y: a/x:1", "a::y -> a::x: a/y:2"]);
}

#[test]
fn what_draws_no_arrow_closes_no_circle() {
    let root = ("lib", "mod a;\nmod b;\n");
    for quiet in [
        "// crate::a::One\n/* use crate::a; */\nconst A: &str = \"crate::a::One\";\nconst B: &str = r#\"use \"crate::a\";\"#;",
        "#[cfg(test)]\nmod tests {\n    use crate::a::One;\n}\n",
        "#[cfg(test)]\nuse crate::a::One;\nconst C: char = '\"';\nfn f<'a>(a: &'a str) {}",
        "mod a;\nuse self::a::One;\nuse serde::a;\nfn f() -> impl Sized + use<> { crate::c::One }",
    ] {
        assert_eq!(circles_of(&[root, ("a", "use crate::b;"), ("b", quiet), ("b/a", "")]), [""; 0], "{quiet}");
    }
    let parent =
        [("lib", "mod a;\nuse a::One;"), ("a", "mod b;\nuse b::Two;"), ("a/b", "use super::Three;\nuse crate::a;")];
    assert_eq!(circles_of(&parent), [""; 0], "a parent and its children are apart");
}
