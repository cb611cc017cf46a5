//! Does the source read in one direction: no circle of modules, and none that imports a later
//! stage?
//!
//! It reads the paths that begin with `crate`, `super`, `self` or `hardlegs`. A folder's `mod.rs`
//! and what lies in the folder may know each other, and a re-exported name counts for the module
//! that re-exports it. `cargo modules --acyclic` has no such allowance: it takes every child that
//! uses a type of its parent for a circle.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Which modules each module imports, by path without `crate`.
type Imports = BTreeMap<String, BTreeSet<String>>;

#[test]
fn has_no_circle_of_modules() {
    let imports = imports(&sources());
    assert!(imports.len() > 100, "only {} modules", imports.len());
    assert_eq!(circle(imports), None);
}

#[test]
fn imports_no_later_stage() {
    let later = later(&imports(&sources()), &stages());
    assert!(later.is_empty(), "{later:#?}");
}

#[test]
fn finds_a_circle_and_a_later_stage() {
    let sources = |three: &str| {
        BTreeMap::from([
            ("one".to_owned(), "use hardlegs::{two::{self, Two}, other};".to_owned()),
            ("two".to_owned(), "mod a;\nfn f() -> crate::three::Three {}".to_owned()),
            ("two::a".to_owned(), "use super::Two; // use crate::one::One;".to_owned()),
            ("three".to_owned(), three.to_owned()),
        ])
    };
    let stages = ["three", "two", "one"].map(str::to_owned);
    let straight = imports(&sources("#[cfg(test)]\nmod tests {\n    use crate::one;\n}"));
    assert_eq!(circle(straight.clone()), None);
    assert_eq!(later(&straight, &stages), Vec::<String>::new());
    let round = imports(&sources("use crate::{\n    error::Error,\n    one::One,\n};"));
    assert_eq!(circle(round.clone()).unwrap(), ["one", "two", "three", "one"]);
    assert_eq!(later(&round, &stages), ["three imports one"]);
}

/// Every module of the library and of the program, and its text.
fn sources() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = BTreeMap::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let module = path.strip_prefix(&root).unwrap().with_extension("");
                let module = module.to_str().unwrap().replace(['/', '\\'], "::");
                let module = module.strip_suffix("::mod").unwrap_or(&module).to_owned();
                if module != "lib" && module != "main" {
                    sources.insert(module, std::fs::read_to_string(path).unwrap());
                }
            }
        }
    }
    sources
}

/// The outermost modules in the order in which `src/lib.rs` names them; the command line last.
fn stages() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs");
    let text = std::fs::read_to_string(root).unwrap();
    let named = text.lines().filter_map(|line| {
        let line = line.strip_prefix("pub ").unwrap_or(line);
        line.strip_prefix("mod ")?.strip_suffix(';').map(str::to_owned)
    });
    named.chain(["cli".to_owned()]).collect()
}

/// What each module imports, its tests left out.
fn imports(sources: &BTreeMap<String, String>) -> Imports {
    let of = |(module, text): (&String, &String)| {
        let paths = paths(&code(text));
        let imported = paths.iter().filter_map(|path| {
            let mut path = absolute(path, module);
            while !path.is_empty() && !sources.contains_key(&path.join("::")) {
                path.pop();
            }
            let name = path.join("::");
            (!path.is_empty() && !is_within(&name, module) && !is_within(module, &name))
                .then_some(name)
        });
        (module.clone(), imported.collect())
    };
    sources.iter().map(of).collect()
}

/// Whether a module is another one, or lies in its folder.
fn is_within(module: &str, folder: &str) -> bool {
    module
        .strip_prefix(folder)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// The text without comments and without the tests at its end.
fn code(text: &str) -> String {
    let tests = text.find("#[cfg(test)]\nmod ").unwrap_or(text.len());
    let lines = text[..tests].lines().map(|line| line.split("//").next().unwrap_or(""));
    lines.collect::<Vec<_>>().join("\n")
}

/// The paths that begin at a root, those in braces one by one.
fn paths(code: &str) -> Vec<Vec<String>> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut tokens = Vec::new();
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let length = match rest.find(|c| !is_word(c)).unwrap_or(rest.len()) {
            0 if rest.starts_with("::") => 2,
            0 => first.len_utf8(),
            word => word,
        };
        if !first.is_whitespace() {
            tokens.push(&rest[..length]);
        }
        rest = &rest[length..];
    }
    let mut paths = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let begins = ["crate", "super", "self", "hardlegs"].contains(&tokens[at]);
        if begins && tokens.get(at + 1) == Some(&"::") {
            at = take_tree(&tokens, at, &[], &mut paths);
        } else {
            at += 1;
        }
    }
    paths
}

/// Takes the path at a token, or the paths where it branches; returns the token behind.
fn take_tree(
    tokens: &[&str],
    mut at: usize,
    before: &[String],
    paths: &mut Vec<Vec<String>>,
) -> usize {
    let mut path = before.to_vec();
    loop {
        if tokens.get(at) == Some(&"{") {
            at += 1;
            while tokens.get(at).is_some_and(|token| *token != "}") {
                match tokens[at] {
                    "," => at += 1,
                    _ => at = take_tree(tokens, at, &path, paths),
                }
            }
            return at + 1;
        }
        path.extend(tokens.get(at).map(|word| (*word).to_owned()));
        at += 1;
        if tokens.get(at) != Some(&"::") {
            paths.push(path);
            // the other name of `a as b`
            return if tokens.get(at) == Some(&"as") { at + 2 } else { at };
        }
        at += 1;
    }
}

/// A path from the root of the crate, as seen in a module.
fn absolute(path: &[String], module: &str) -> Vec<String> {
    let mut from: Vec<String> = match path.first().map(String::as_str) {
        Some("super" | "self") => module.split("::").map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    for word in path {
        match word.as_str() {
            "crate" | "hardlegs" | "self" => {}
            "super" => drop(from.pop()),
            _ => from.push(word.clone()),
        }
    }
    from
}

/// A circle, its first module again at its end.
fn circle(mut imports: Imports) -> Option<Vec<String>> {
    // what imports nothing that is left is in no circle
    loop {
        let left: BTreeSet<String> = imports.keys().cloned().collect();
        imports.retain(|_, of| !of.is_disjoint(&left));
        if imports.len() == left.len() {
            break;
        }
    }
    let mut walked = vec![imports.keys().next()?.clone()];
    loop {
        let of = &imports[walked.last()?];
        let next = of.iter().find(|module| imports.contains_key(*module))?.clone();
        let begun = walked.iter().position(|module| *module == next);
        walked.push(next);
        if let Some(begun) = begun {
            return Some(walked.split_off(begun));
        }
    }
}

/// Imports of a stage that comes later, and stages that have no place in the order.
fn later(imports: &Imports, stages: &[String]) -> Vec<String> {
    let stage = |module: &str| {
        let outermost = module.split("::").next();
        stages.iter().position(|stage| Some(stage.as_str()) == outermost)
    };
    let mut later = Vec::new();
    for (module, imported) in imports {
        if stage(module).is_none() {
            later.push(format!("{module} has no place among the stages"));
        }
        let too_late = imported.iter().filter(|other| stage(other) > stage(module));
        later.extend(too_late.map(|other| format!("{module} imports {other}")));
    }
    later
}
