//! Is what the program is made of what was agreed: no more crates, each with a reason, and the
//! limits as they are told?

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that fails says so, and says what it measured"
)]

use std::collections::BTreeSet;
use std::path::Path;

use hardlegs::read::Limits;

/// Crates in the program beside its own: each more is argued in the commit that raises this.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
const MOST_IN_PROGRAM: usize = 150;
/// And in the library without features.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
const MOST_IN_LIBRARY: usize = 65;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
/// Crates that are linked or run at build time, but not those of tests, without our own.
fn crates(features: &[&str]) -> BTreeSet<String> {
    let output = std::process::Command::new(env!("CARGO"))
        .current_dir(root())
        .args(["tree", "--offline", "--locked", "--edges", "normal", "--prefix", "none"])
        .args(["--format", "{p}"])
        .args(features)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let name = |line: &str| {
        line.split(' ').take(2).map(str::to_owned).collect::<Vec<String>>().join(" ")
    };
    let all: BTreeSet<String> = text.lines().map(name).collect();
    all.into_iter().filter(|line| !line.starts_with("hardlegs ")).collect()
}

// other platforms have a few others
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[test]
fn counts_the_crates() {
    let (program, library) = (crates(&[]), crates(&["--no-default-features"]));
    eprintln!(
        "{} crates in the program, {} in the library",
        program.len(),
        library.len()
    );
    assert!(library.is_subset(&program));
    assert!(program.len() <= MOST_IN_PROGRAM, "{}: {program:?}", program.len());
    assert!(library.len() <= MOST_IN_LIBRARY, "{}: {library:?}", library.len());
}

/// Direct dependencies of a manifest with the words behind each.
fn reasons(manifest: &str) -> Vec<(String, String)> {
    let mut section = "";
    let mut found = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section.ends_with("dependencies]")
            && let Some((name, rest)) = line.split_once(" = ")
        {
            let reason = rest.split_once('#').map_or("", |(_, reason)| reason);
            found.push((name.to_owned(), reason.trim().to_owned()));
        }
    }
    found
}

#[test]
fn gives_every_dependency_a_reason() {
    let mut manifests = vec![root().join("Cargo.toml")];
    for folder in ["tests", "benches", "examples"] {
        let Ok(entries) = std::fs::read_dir(root().join(folder)) else { continue };
        manifests.extend(entries.map(|entry| entry.unwrap().path().join("Cargo.toml")));
    }
    let mut known = 0;
    for manifest in manifests.iter().filter(|path| path.is_file()) {
        let text = std::fs::read_to_string(manifest).unwrap();
        for (name, reason) in reasons(&text) {
            assert!(reason.len() >= 3, "{}: {name} says no reason", manifest.display());
            known += 1;
        }
    }
    assert!(known >= 35, "{known} dependencies");
}

/// A figure as people write it.
fn figure(text: &str) -> u64 {
    let (digits, unit) = text.split_once(' ').unwrap_or((text, ""));
    let number: u64 = digits.replace(',', "").parse().unwrap();
    match unit {
        "KiB" => number << 10,
        "MiB" => number << 20,
        "GiB" => number << 30,
        "" => number,
        other => unreachable!("a unit {other}"),
    }
}

#[test]
fn keeps_the_limits_of_the_security_page() {
    let security = std::fs::read_to_string(root().join("SECURITY.md")).unwrap();
    let told: BTreeSet<(String, u64)> = security
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .map(|row| {
            let (name, rest) = row.split_once("` | ").unwrap();
            (name.to_owned(), figure(rest.split(" | ").next().unwrap()))
        })
        .collect();
    // the debug form names every field, those of later versions too
    let form = format!("{:?}", Limits::default());
    let fields = form.trim_start_matches("Limits { ").trim_end_matches(" }");
    let mut held: BTreeSet<(String, u64)> = fields
        .split(", ")
        .map(|field| field.split_once(": ").unwrap())
        .filter(|(_, value)| !matches!(*value, "true" | "false"))
        .map(|(name, value)| (name.to_owned(), value.parse().unwrap()))
        .collect();
    #[cfg(feature = "batch")]
    held.extend([
        ("ARCHIVE_BYTES".to_owned(), hardlegs::inputs::ARCHIVE_BYTES),
        ("ARCHIVE_FREE_BYTES".to_owned(), hardlegs::inputs::ARCHIVE_FREE_BYTES),
        ("DIRECTORY_BYTES".to_owned(), hardlegs::inputs::DIRECTORY_BYTES),
        ("FOLDER_DEPTH".to_owned(), hardlegs::inputs::FOLDER_DEPTH as u64),
        ("MEMORY_BYTES".to_owned(), hardlegs::inputs::MEMORY_BYTES),
        ("MOST_PATH_BYTES".to_owned(), hardlegs::inputs::MOST_PATH_BYTES),
        ("SEARCHED_BYTES".to_owned(), hardlegs::read::SEARCHED_BYTES as u64),
        ("TABLE_BYTES".to_owned(), hardlegs::inputs::TABLE_BYTES),
        ("MOST_NAME_BYTES".to_owned(), hardlegs::inputs::MOST_NAME_BYTES),
        ("NESTED_BYTES".to_owned(), hardlegs::inputs::NESTED_BYTES),
        ("TABLE_ROWS".to_owned(), hardlegs::inputs::TABLE_ROWS as u64),
    ]);
    assert_eq!(told, held);
}
