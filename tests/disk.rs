//! Does anything that the disk, another run or an impatient person does lose or spoil
//! something?
//!
//! The short form runs with the other tests; `tests/disk/run` is the long one.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that fails says so, and says what it measured"
)]

#[path = "support/activities.rs"]
mod activities;
#[path = "../fixtures/mod.rs"]
mod fixtures;
mod support;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::Read as _;
use std::os::unix::fs::symlink;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use activities::{Home, has, long, turns, words};
use fixtures::exact::Dice;

const TAKE_IN: [&str; 5] = ["history", "files", "--json", "--on", "2024-12-31"];

/// A store must open, be whole, and hold no half of anything; how many activities it holds.
fn whole(store: &Path, when: &str) -> u64 {
    if !store.exists() {
        return 0;
    }
    let db = rusqlite::Connection::open(store).unwrap();
    let one = |sql: &str| -> i64 { db.query_row(sql, [], |row| row.get(0)).unwrap() };
    let check: String =
        db.query_row("pragma integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok", "{when}");
    if one("select count(*) from sqlite_schema") == 0 {
        return 0;
    }
    let halves = [
        "select count(*) from activities a where not exists (select 1 from traces t where t.id = a.id and t.part = a.part)",
        "select count(*) from activities where id not in (select id from files where id is not null)",
        "select count(*) from files where code is null and id not in (select id from activities)",
        "select count(*) from hills where id not in (select id from activities)",
    ];
    for sql in halves {
        assert_eq!(one(sql), 0, "{when}: {sql}");
    }
    u64::try_from(one("select count(*) from activities")).unwrap()
}

/// What a run says it scored just now, and that it ended well.
fn new_in(output: &Output, when: &str) -> u64 {
    assert_eq!(output.status.code(), Some(0), "{when}: {}", words(output));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    json["intake"]["new"].as_u64().unwrap()
}

/// Ended by itself with a code of the documented ones, and said why in clean lines.
fn clean(output: &Output, when: &str) -> i32 {
    let said = words(output);
    let code = output.status.code();
    assert!(matches!(code, Some(0..=3)), "{when}: {:?} {said}", output.status);
    assert!(!said.contains("panicked") && !said.contains("internal"), "{when}: {said}");
    for line in said.lines() {
        assert!(
            line.starts_with("error: ") || line.starts_with("note: "),
            "{when}: {said}"
        );
        assert!(!line.chars().any(char::is_control), "{when}: {line:?}");
    }
    if code != Some(0) && !when.contains("write on") {
        assert!(said.contains("error: "), "{when}: {code:?} without a word");
    }
    code.unwrap()
}

/// What lies in a folder, but for a store's own two files.
fn listed(folder: &Path) -> Vec<OsString> {
    let mut names: Vec<OsString> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    names.retain(|name| {
        let name = name.to_string_lossy();
        !["-wal", "-shm", "-journal"].iter().any(|end| name.ends_with(end))
    });
    names.sort();
    names
}

fn gone(store: &Path) {
    for end in ["", "-wal", "-shm", "-journal"] {
        let mut path = store.as_os_str().to_owned();
        path.push(end);
        let _ = std::fs::remove_file(path);
    }
}

/// Starts a run and does something to it after a while; its output.
fn after(mut command: Command, wait: Duration, signal: &str) -> Output {
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(wait);
    // not reaped yet, so the number is still its own
    let kill = Command::new("kill").args([signal, &child.id().to_string()]).status();
    assert!(kill.unwrap().success());
    child.wait_with_output().unwrap()
}

#[test]
fn loses_nothing_finished_when_killed() {
    // long enough that some are kept before the end
    let files = if long() { 1200 } else { 150 };
    let home = Home::of(files);
    let undisturbed = home.path("undisturbed.sqlite");
    let begun = Instant::now();
    assert_eq!(
        new_in(&home.run(&undisturbed, &TAKE_IN), "undisturbed"),
        u64::from(files)
    );
    let lasts = begun.elapsed();
    let expected = home.export(&undisturbed);
    let store = home.path("killed.sqlite");
    let mut dice = Dice::new(1971);
    let (mut in_mid_run, mut partly) = (0, 0);
    for turn in 0..turns(200, 6) {
        gone(&store);
        let wait = lasts.mul_f64(dice.uniform());
        let when = format!("turn {turn}, after {wait:?}");
        let killed = after(home.command(&store, &TAKE_IN), wait, "-KILL");
        in_mid_run += usize::from(killed.status.signal() == Some(9));
        let kept = whole(&store, &when);
        partly += usize::from(kept > 0 && kept < u64::from(files));
        let new = new_in(&home.run(&store, &TAKE_IN), &when);
        assert_eq!(kept + new, u64::from(files), "{when}: finished work was done again");
        assert!(home.export(&store) == expected, "{when}");
    }
    eprintln!(
        "kill -9 of history over {files} files: {} turns, {in_mid_run} in mid-run, {partly} with some files kept; {lasts:.2?} undisturbed",
        turns(200, 6)
    );
    assert!(in_mid_run * 2 > turns(200, 6), "{in_mid_run}");
}

/// A picture or a profile is the old one or the new one.
#[test]
fn keeps_the_old_or_the_new_file_when_killed() {
    let home = Home::of(1);
    let none = home.path("none.sqlite");
    let picture = home.path("a.svg");
    let draw = |kind| {
        let arguments = ["chart", "files/000000.gpx", "-o", "a.svg", "--kind", kind];
        home.command(&none, &arguments)
    };
    let mut drawn = Vec::new();
    for kind in ["elevation", "load"] {
        assert!(draw(kind).status().unwrap().success());
        drawn.push(std::fs::read(&picture).unwrap());
    }
    let begun = Instant::now();
    assert!(draw("load").status().unwrap().success());
    let lasts = begun.elapsed();
    let mut dice = Dice::new(1972);
    let mut counts = [0; 2];
    for turn in 0..turns(200, 10) {
        std::fs::write(&picture, &drawn[0]).unwrap();
        // the end is where the file is written
        let wait = lasts.mul_f64(0.3 + 0.8 * dice.uniform());
        after(draw("load"), wait, "-KILL");
        let now = std::fs::read(&picture).unwrap();
        let which = drawn.iter().position(|whole| *whole == now);
        counts[which.unwrap_or_else(|| panic!("turn {turn}: half a picture"))] += 1;
    }
    eprintln!(
        "kill -9 of chart: {} times the old picture, {} the new one",
        counts[0], counts[1]
    );
}

#[test]
fn ends_at_once_and_resumes_when_interrupted_at_any_moment() {
    const FILES: u32 = 150;
    let home = Home::of(FILES);
    let undisturbed = home.path("undisturbed.sqlite");
    let begun = Instant::now();
    new_in(&home.run(&undisturbed, &TAKE_IN), "undisturbed");
    let lasts = begun.elapsed();
    let expected = home.export(&undisturbed);
    let store = home.path("interrupted.sqlite");
    let mut dice = Dice::new(1973);
    let (mut slowest, mut codes) = (Duration::ZERO, BTreeMap::new());
    for turn in 0..turns(200, 6) {
        gone(&store);
        let wait = lasts.mul_f64(dice.uniform());
        let when = format!("turn {turn}, after {wait:?}");
        let begun = Instant::now();
        let output = after(home.command(&store, &TAKE_IN), wait, "-INT");
        slowest = slowest.max(begun.elapsed().saturating_sub(wait));
        // before the program has begun to listen the system ends it: 130 for a shell, too
        let code = output.status.code().unwrap_or(130);
        assert!(output.status.code().is_some() || output.status.signal() == Some(2));
        assert!(code == 130 || code == 0, "{when}: {code} {}", words(&output));
        *codes.entry(code).or_insert(0) += 1;
        let kept = whole(&store, &when);
        let new = new_in(&home.run(&store, &TAKE_IN), &when);
        assert_eq!(kept + new, u64::from(FILES), "{when}");
        assert!(home.export(&store) == expected, "{when}");
    }
    eprintln!(
        "SIGINT of history: exit statuses {codes:?}, the slowest end took {slowest:.2?}"
    );
    assert!(slowest < Duration::from_secs(5), "{slowest:?}");
}

#[test]
fn stores_alike_from_two_and_eight_runs_at_once() {
    const FILES: u32 = 60;
    let home = Home::of(FILES);
    let alone = home.path("alone.sqlite");
    new_in(&home.run(&alone, &TAKE_IN), "alone");
    let expected = home.export(&alone);
    let store = home.path("shared.sqlite");
    for turn in 0..turns(50, 2) {
        for runs in [2, 8] {
            gone(&store);
            let when = format!("turn {turn}, {runs} at once");
            let start = |_| {
                let mut command = home.command(&store, &TAKE_IN);
                command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
            };
            let running: Vec<_> = (0..runs).map(start).collect();
            for run in running {
                new_in(&run.wait_with_output().unwrap(), &when);
            }
            assert_eq!(whole(&store, &when), u64::from(FILES));
            assert!(home.export(&store) == expected, "{when}");
        }
    }
    eprintln!("{} times two and eight runs at once: as one", turns(50, 2));
}

/// Something that writes: how its surroundings are made, the call, and what is true of them
/// before and after.
struct Writer {
    name: &'static str,
    arguments: &'static [&'static str],
    /// The file that is replaced; none where it is the store.
    target: Option<&'static str>,
}

const WRITERS: [Writer; 5] = [
    Writer {
        name: "history",
        arguments: &["history", "files", "--threads", "1", "--on", "2024-12-31"],
        target: None,
    },
    Writer {
        name: "history, more",
        arguments: &["history", "files", "--threads", "1", "--on", "2024-12-31"],
        target: None,
    },
    Writer {
        name: "chart",
        arguments: &["chart", "files/000000.gpx", "-o", "out/a.svg"],
        target: Some("out/a.svg"),
    },
    Writer {
        name: "athlete set",
        arguments: &["athlete", "set", "mass_kg=61"],
        target: Some("config.toml"),
    },
    Writer {
        name: "man",
        arguments: &["man", "-o", "out"],
        target: Some("out/hardlegs.1"),
    },
];

/// Calls that a disk can fail.
const CALLS: [&str; 9] = [
    "openat",
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "ftruncate",
    "rename",
    "unlink",
    "mkdir",
];

/// The surroundings of a call as they are before it: an old file, or an old store.
fn prepare(home: &Home, store: &Path, writer: &Writer) {
    gone(store);
    if writer.name == "history, more" {
        let first = ["history", "files/000000.gpx", "files/000001.fit", "-q"];
        assert!(home.run(store, &first).status.success());
    }
    std::fs::write(home.path("config.toml"), "[[athlete]]\nmass_kg = 70\n").unwrap();
    if let Some(target) = writer.target.filter(|target| *target != "config.toml") {
        std::fs::write(home.path(target), "<svg class=\"hardlegs\"/>").unwrap();
    }
}

/// A call under `strace`, with what was traced.
fn traced(
    home: &Home,
    store: &Path,
    writer: &Writer,
    what: &[String],
) -> (Output, String) {
    let log = tempfile::NamedTempFile::new().unwrap();
    let plain = home.command(store, writer.arguments);
    let mut command = Command::new("strace");
    command.current_dir(home.folder.path()).env_clear();
    command.envs(plain.get_envs().filter_map(|(key, value)| Some((key, value?))));
    command.args(["-f", "-qq", "-o"]).arg(log.path()).args(what);
    command.arg(plain.get_program()).args(plain.get_args());
    let output = command.output().unwrap();
    (output, std::fs::read_to_string(log.path()).unwrap())
}

/// Every call that a disk can fail is failed in turn.
#[test]
fn keeps_the_old_or_the_new_file_on_a_failing_disk() {
    const FILES: u32 = 4;
    let probe = Command::new("strace").args(["-o", "/dev/null", "true"]).status();
    if !probe.is_ok_and(|status| status.success()) {
        support::not_asked("no strace that may trace");
        return;
    }
    let home = Home::of(FILES);
    std::fs::create_dir(home.path("out")).unwrap();
    let store = home.path("store.sqlite");
    let (mut cases, mut codes) = (0, BTreeMap::new());
    for writer in &WRITERS {
        let prepare = || prepare(&home, &store, writer);
        let traced = |what: &[String]| traced(&home, &store, writer, what);
        prepare();
        let before =
            writer.target.map(|target| std::fs::read(home.path(target)).unwrap());
        let (output, calm) =
            traced(&[format!("-etrace={}", CALLS.map(|c| format!("?{c}")).join(","))]);
        assert!(output.status.success(), "{}: {}", writer.name, words(&output));
        let wanted =
            writer.target.map(|target| std::fs::read(home.path(target)).unwrap());
        let exported = writer.target.is_none().then(|| home.export(&store));
        let names = listed(&home.path("out"));
        for call in CALLS {
            let lines: Vec<&str> =
                calm.lines().filter(|line| line.contains(&format!(" {call}("))).collect();
            let few = if long() { 1 } else { (lines.len() / 2).max(1) };
            for (number, line) in lines.iter().enumerate().step_by(few) {
                // the loader's own files and the zone's are not the program's to write
                if ["\"/lib", "\"/usr/", "\"/etc/ld"].iter().any(|own| line.contains(own))
                {
                    continue;
                }
                for error in ["ENOSPC", "EIO", "EINTR"] {
                    prepare();
                    let inject =
                        format!("-einject={call}:error={error}:when={}", number + 1);
                    let (output, told) = traced(&[format!("-etrace={call}"), inject]);
                    let Some(hit) = told.lines().find(|line| line.contains("(INJECTED)"))
                    else {
                        continue;
                    };
                    cases += 1;
                    let deaf = call == "write" && hit.contains("write(2,");
                    let on = if deaf { " write on 2" } else { "" };
                    let when = format!("{}: {} {}{on}", writer.name, hit.trim(), error);
                    let code = clean(&output, &when);
                    *codes.entry((error, code)).or_insert(0) += 1;
                    // the system's own list of a folder is not tried again, and that is said
                    let folder = hit.contains("O_DIRECTORY");
                    let tried_again = ["write", "pwrite64", "openat"].contains(&call);
                    if error == "EINTR" && tried_again && !folder {
                        assert_eq!(code, 0, "{when}: {}", words(&output));
                    }
                    if let (Some(target), Some(wanted)) = (writer.target, &wanted) {
                        let now = std::fs::read(home.path(target)).unwrap();
                        let old = before.as_ref() == Some(&now);
                        assert!(old || now == *wanted, "{when}: half a file");
                        if code == 0 {
                            assert!(now == *wanted, "{when}: said to be written");
                        } else if !hit.contains("write(1,") {
                            assert!(old, "{when}: replaced, and said not to be");
                        }
                        let more: Vec<_> = listed(&home.path("out"));
                        assert_eq!(more, names, "{when}: something is left");
                    }
                    if let Some(exported) = &exported {
                        whole(&store, &when);
                        let again = home.run(&store, writer.arguments);
                        assert_eq!(
                            again.status.code(),
                            Some(0),
                            "{when}: {}",
                            words(&again)
                        );
                        assert!(home.export(&store) == *exported, "{when}");
                    }
                }
            }
        }
    }
    eprintln!(
        "{cases} failing calls; how often each error led to which exit status: {codes:?}"
    );
    assert!(cases > turns(400, 40), "{cases}");
}

/// A small file system of its own; `None`, and said so, where none may be mounted.
struct Small(PathBuf);

impl Small {
    fn mounted(at: &Path) -> Option<Small> {
        std::fs::create_dir_all(at).unwrap();
        let mut mount = Command::new("mount");
        mount
            .args(["-t", "tmpfs", "-o", "size=4m", "tmpfs"])
            .arg(at)
            .stderr(Stdio::null());
        if mount.status().is_ok_and(|status| status.success()) {
            return Some(Small(at.to_path_buf()));
        }
        support::not_asked("no file system of 4 MiB may be mounted");
        None
    }

    fn again(&self, how: &str) {
        let mut mount = Command::new("mount");
        mount.args(["-o", &format!("remount,size=4m,{how}")]).arg(&self.0);
        assert!(mount.status().unwrap().success());
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn keeps_what_was_there_on_a_full_disk() {
    const FILES: u32 = 100;
    let home = Home::of(FILES);
    let Some(small) = Small::mounted(&home.path("small")) else { return };
    let at = |name: &str| small.0.join(name);
    let elsewhere = home.path("elsewhere.sqlite");
    new_in(&home.run(&elsewhere, &TAKE_IN), "elsewhere");
    let expected = home.export(&elsewhere);
    let store = at("store.sqlite");
    let (config, picture) = (at("config.toml"), at("a.svg"));
    let (mut full, mut fitted) = (0, 0);
    let sizes_kib = (0..=1280).step_by(if long() { 8 } else { 160 });
    for free_kib in sizes_kib {
        let when = format!("{free_kib} KiB free");
        gone(&store);
        std::fs::write(&config, "[[athlete]]\nmass_kg = 70\n").unwrap();
        std::fs::write(&picture, "<svg class=\"hardlegs\"/>").unwrap();
        let ballast = (4096 - 12 - free_kib) << 10;
        std::fs::write(at("ballast"), vec![7; ballast]).unwrap();
        let taken = home.run(&store, &TAKE_IN);
        if clean(&taken, &when) == 0 {
            fitted += 1;
        } else {
            full += 1;
            assert_eq!(taken.status.code(), Some(3), "{when}");
            assert_eq!(words(&taken).lines().count(), 1, "{when}: {}", words(&taken));
        }
        // nothing is left over for a picture or a line more
        let rest = std::fs::File::create(at("rest")).unwrap();
        let _ = std::io::copy(&mut std::io::repeat(7).take(4 << 20), &mut &rest);
        let draw = ["chart", "files/000000.gpx", "-o", "small/a.svg"];
        let set = ["athlete", "set", "mass_kg=61", "--config", "small/config.toml"];
        for arguments in [&draw[..], &set[..]] {
            let output = home.run(&store, arguments);
            assert_eq!(clean(&output, &when), 3, "{when} {arguments:?}");
        }
        let to_file = home
            .command(&store, &["batch", "files"])
            .stdout(std::fs::File::create(at("lines")).unwrap())
            .output()
            .unwrap();
        assert_eq!(clean(&to_file, &when), 3);
        assert_eq!(std::fs::read(&picture).unwrap(), b"<svg class=\"hardlegs\"/>");
        assert_eq!(std::fs::read(&config).unwrap(), b"[[athlete]]\nmass_kg = 70\n");
        clean(&home.run(&store, &["history", "--on", "2024-12-31"]), &when);
        for name in ["ballast", "rest", "lines"] {
            std::fs::remove_file(at(name)).unwrap();
        }
        let left = listed(&small.0);
        assert!(
            left.iter().all(|name| !name.to_string_lossy().starts_with(".tmp")),
            "{left:?}"
        );
        let kept = whole(&store, &when);
        let new = new_in(&home.run(&store, &TAKE_IN), &when);
        assert_eq!(kept + new, u64::from(FILES), "{when}");
        assert!(home.export(&store) == expected, "{when}");
    }
    eprintln!(
        "4 MiB of disk: {full} runs met its end, {fitted} had room; after room was made, each as undisturbed"
    );
    assert!(full >= 2 && fitted >= 1, "{full} {fitted}");
}

/// What may not be written says so in a line, and stays.
#[test]
fn leaves_read_only_places_alone() {
    let home = Home::of(2);
    let Some(small) = Small::mounted(&home.path("small")) else { return };
    let store = small.0.join("store.sqlite");
    assert!(home.run(&store, &["history", "files", "-q"]).status.success());
    let expected = home.export(&store);
    std::fs::write(small.0.join("config.toml"), "[[athlete]]\nmass_kg = 70\n").unwrap();
    std::fs::write(small.0.join("a.svg"), "<svg class=\"hardlegs\"/>").unwrap();
    let before = listed(&small.0);
    small.again("ro");
    let nowhere = small.0.join("another.sqlite");
    for (store, arguments) in [
        (&store, &["history", "files", "--rescore"][..]),
        (&nowhere, &["history", "files"]),
        // readers of a store mark where they read
        (&store, &["history"]),
        (&store, &["chart", "files/000000.gpx", "-o", "small/a.svg"]),
        (&store, &["chart", "files/000000.gpx", "-o", "small/b.svg"]),
        (&store, &["athlete", "set", "mass_kg=61", "--config", "small/config.toml"]),
        (&store, &["man", "-o", "small/pages"]),
    ] {
        let output = home.run(store, arguments);
        let when = format!("{arguments:?}");
        assert_eq!(clean(&output, &when), 3, "{when}");
        assert_eq!(words(&output).lines().count(), 1, "{when}: {}", words(&output));
    }
    assert_eq!(listed(&small.0), before);
    small.again("rw");
    assert_eq!(home.export(&store), expected);
}

#[test]
fn refuses_an_output_that_is_its_own_input() {
    let home = Home::of(1);
    let store = home.path("store.sqlite");
    assert!(home.run(&store, &["history", "files", "-q"]).status.success());
    std::fs::write(home.path("config.toml"), "[[athlete]]\nmass_kg = 70\n").unwrap();
    let input = home.path("files/000000.gpx");
    std::fs::hard_link(&input, home.path("hard.gpx")).unwrap();
    symlink(&input, home.path("soft.gpx")).unwrap();
    symlink(home.path("soft.gpx"), home.path("softer.gpx")).unwrap();
    std::fs::hard_link(&store, home.path("hard.sqlite")).unwrap();
    symlink(home.path("files"), home.path("folder")).unwrap();
    let kept = ["files/000000.gpx", "store.sqlite", "config.toml"]
        .map(|name| (name, std::fs::read(home.path(name)).unwrap()));
    let outputs = [
        "files/000000.gpx",
        "./files/../files/000000.gpx",
        "folder/000000.gpx",
        "hard.gpx",
        "soft.gpx",
        "softer.gpx",
        "store.sqlite",
        "hard.sqlite",
        "config.toml",
    ];
    for output in outputs {
        let arguments = ["chart", "files/000000.gpx", "--force", "-o", output];
        let refused = home.run(&store, &arguments);
        assert_eq!(refused.status.code(), Some(2), "{output}: {}", words(&refused));
        assert!(words(&refused).contains("the input itself"), "{}", words(&refused));
    }
    // what is no plain file is never replaced
    assert!(Command::new("mkfifo").arg(home.path("pipe")).status().unwrap().success());
    for output in ["files", "pipe", "/dev/null"] {
        let arguments = ["chart", "files/000000.gpx", "--force", "-o", output];
        let refused = home.run(&store, &arguments);
        assert_eq!(refused.status.code(), Some(2), "{output}: {}", words(&refused));
        let set = home.run(&store, &["athlete", "set", "mass_kg=61", "--config", output]);
        assert_eq!(set.status.code(), Some(2), "{output}: {}", words(&set));
    }
    let store_is_input = home.run(&input, &["history", "files"]);
    assert_eq!(store_is_input.status.code(), Some(3), "{}", words(&store_is_input));
    for (name, bytes) in kept {
        assert!(std::fs::read(home.path(name)).unwrap() == bytes, "{name}");
    }
}

/// Every command that prints.
const PRINTERS: [&[&str]; 23] = [
    &["--help"],
    &["--version"],
    &["history", "--help"],
    &["files/000000.gpx"],
    &["--json", "files/000000.gpx"],
    &["--all", "files/000000.gpx", "files/000001.fit"],
    &["explain"],
    &["explain", "files/000000.gpx"],
    &["chart", "files/000000.gpx"],
    &["chart", "--kind", "history"],
    &["batch", "files"],
    &["batch", "files", "--format", "csv", "--threads", "3"],
    &["history"],
    &["history", "files", "-q"],
    &["history", "--by", "activity"],
    &["history", "--json"],
    &["history", "--csv"],
    &["history", "--export", "csv"],
    &["plan", "files/000000.gpx"],
    &["athlete", "show"],
    &["completions", "zsh"],
    &["man"],
    &["schema", "history"],
];

#[test]
fn ends_on_streams_that_are_closed_or_full() {
    let home = Home::of(30);
    let store = home.path("store.sqlite");
    assert!(home.run(&store, &["history", "files", "-q"]).status.success());
    let expected = home.export(&store);
    let shell = |arguments: &[&str], end: &str| {
        let plain = home.command(&store, arguments);
        let mut command = Command::new("bash");
        command.current_dir(home.folder.path()).env_clear().env("PATH", "/usr/bin:/bin");
        command.envs(plain.get_envs().filter_map(|(key, value)| Some((key, value?))));
        command.args(["-c", &format!("\"$@\" {end}"), "bash"]);
        command.arg(plain.get_program()).args(plain.get_args()).output().unwrap()
    };
    for arguments in PRINTERS {
        let when = format!("{arguments:?}");
        let calm = home.run(&store, arguments);
        assert_eq!(calm.status.code(), Some(0), "{when}: {}", words(&calm));
        assert!(!calm.stdout.is_empty(), "{when}");
        for end in ["| head -c 1; exit ${PIPESTATUS[0]}", "| true; exit ${PIPESTATUS[0]}"]
        {
            let output = shell(arguments, end);
            assert_eq!(output.status.code(), Some(0), "{when} {end}: {}", words(&output));
            assert_eq!(words(&output), words(&calm), "{when} {end}");
        }
        if Path::new("/dev/full").exists() {
            let output = shell(arguments, "> /dev/full");
            assert_eq!(output.status.code(), Some(3), "{when}: {}", words(&output));
            assert_eq!(words(&output).matches("error: ").count(), 1, "{when}");
            assert_eq!(shell(arguments, "2> /dev/full").stdout, calm.stdout, "{when}");
        }
        // closed from the beginning: nothing else may get their numbers
        for end in ["<&- 2>&-", "<&- >&-", ">&- 2>&-"] {
            let output = shell(arguments, end);
            assert_eq!(output.status.code(), Some(0), "{when} {end}: {}", words(&output));
        }
    }
    whole(&store, "after all of it");
    assert!(home.export(&store) == expected);
    eprintln!(
        "{} commands that print, each with seven kinds of broken streams",
        PRINTERS.len()
    );
}

/// A file that cannot be read for a moment costs nothing that was known of it, and is tried
/// again.
#[test]
fn keeps_a_file_that_cannot_be_read_for_a_moment() {
    if !has("strace") {
        support::not_asked("no strace");
        return;
    }
    let home = Home::of(2);
    let store = home.path("store.sqlite");
    new_in(&home.run(&store, &TAKE_IN), "first");
    let expected = home.export(&store);
    let failing = |store: &Path| {
        let again = ["history", "files", "--rescore", "--threads", "1"];
        let plain = home.command(store, &again);
        let mut command = Command::new("strace");
        command.current_dir(home.folder.path());
        command.envs(plain.get_envs().filter_map(|(key, value)| Some((key, value?))));
        command
            .args(["-f", "-qq", "-o", "/dev/null", "-P"])
            .arg(home.path("files/000000.gpx"));
        command.args(["-einject=openat:error=EIO", "-etrace=openat"]);
        command.arg(plain.get_program()).args(plain.get_args()).output().unwrap()
    };
    let output = failing(&store);
    assert_eq!(output.status.code(), Some(1), "{}", words(&output));
    assert!(words(&output).contains("000000.gpx"), "{}", words(&output));
    assert!(home.export(&store) == expected, "what was known stays");
    // and where nothing was known, the next run tries again
    let other = home.path("other.sqlite");
    assert_eq!(failing(&other).status.code(), Some(1));
    assert_eq!(new_in(&home.run(&other, &TAKE_IN), "after"), 1);
    assert!(home.export(&other) == expected);
}
