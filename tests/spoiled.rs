//! Does a store that somebody or a disk changed ever do more than say so in a line?

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails says so")]

#[path = "support/activities.rs"]
mod activities;
#[path = "../fixtures/mod.rs"]
mod fixtures;

use std::path::{Path, PathBuf};
use std::process::Output;

use activities::{Home, words};
use fixtures::exact::Dice;

/// Everything that reads or writes a store.
const COMMANDS: [&[&str]; 8] = [
    &["history", "--on", "2024-12-31"],
    &["history", "--json", "--on", "2024-12-31"],
    &["history", "files", "--on", "2024-12-31"],
    &["history", "--rescore", "--on", "2024-12-31"],
    &["history", "--export", "csv"],
    &["history", "--forget", "files/000001.fit"],
    &["plan", "files/000000.gpx", "--on", "2024-12-31"],
    &["chart", "--kind", "history"],
];

/// Columns of every table, and what no program of ours writes there.
const COLUMNS: [(&str, &str); 12] = [
    ("activities", "start"),
    ("activities", "day"),
    ("activities", "sport"),
    ("activities", "name"),
    ("activities", "distance_m"),
    ("activities", "samples"),
    ("activities", "model"),
    ("files", "id"),
    ("files", "notices"),
    ("traces", "positions"),
    ("hills", "intensity"),
    ("corrections", "pack_kg"),
];
const VALUES: [&str; 4] = ["x'ff'", "9e999", "''", "hex(zeroblob(1000000))"];

/// A few activities, one of them corrected, in a store of one file.
fn filled() -> (Home, PathBuf, Vec<u8>) {
    let home = Home::of(4);
    let store = home.path("store.sqlite");
    assert!(home.run(&store, &["history", "files", "-q"]).status.success());
    let id = home.export(&store);
    let at = id.find("\"id\":\"").unwrap() + 6;
    let set = ["history", "set", &id[at..at + 8], "--pack", "5"];
    assert!(home.run(&store, &set).status.success());
    let bytes = std::fs::read(&store).unwrap();
    (home, store, bytes)
}

fn put(store: &Path, bytes: &[u8]) {
    for end in ["-wal", "-shm", "-journal"] {
        let mut path = store.as_os_str().to_owned();
        path.push(end);
        let _ = std::fs::remove_file(path);
    }
    std::fs::write(store, bytes).unwrap();
}

/// Ended by itself, with a code that is documented, and in clean lines.
fn clean(output: &Output, when: &str) {
    let said = words(output);
    assert!(
        matches!(output.status.code(), Some(0..=3)),
        "{when}: {:?} {said}",
        output.status
    );
    assert!(!said.contains("panicked") && !said.contains("internal"), "{when}: {said}");
    assert!(said.len() < 4000, "{when}: {} bytes", said.len());
    for line in said.lines() {
        assert!(!line.chars().any(char::is_control), "{when}: {line:?}");
    }
    if output.status.code() == Some(3) {
        assert_eq!(said.lines().count(), 1, "{when}: {said}");
        assert!(
            said.starts_with("error: ") && output.stdout.is_empty(),
            "{when}: {said}"
        );
    }
}

#[test]
fn survives_forty_eight_changes_of_a_store_in_eight_commands() {
    let (home, store, sound) = filled();
    for (table, column) in COLUMNS {
        for value in VALUES {
            put(&store, &sound);
            let db = rusqlite::Connection::open(&store).unwrap();
            let change = format!("update or ignore {table} set {column} = {value}");
            assert!(db.execute(&change, []).unwrap() > 0, "{change}");
            drop(db);
            let changed = std::fs::read(&store).unwrap();
            for command in COMMANDS {
                put(&store, &changed);
                clean(&home.run(&store, command), &format!("{change}, {command:?}"));
            }
        }
    }
}

#[test]
fn survives_two_hundred_and_fifty_flipped_bits() {
    let (home, store, sound) = filled();
    let mut dice = Dice::new(1977);
    for turn in 0..250 {
        let mut flipped = sound.clone();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place in a small file"
        )]
        let bit = (dice.uniform() * (8 * sound.len()) as f64) as usize;
        flipped[bit / 8] ^= 1 << (bit % 8);
        put(&store, &flipped);
        let command = COMMANDS[turn % COMMANDS.len()];
        clean(&home.run(&store, command), &format!("bit {bit}, {command:?}"));
    }
}
