//! Tars that are packed, cut off, endless and lying: what is honest in them is read, and all else
//! told in a line.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

#[path = "support/gzipped.rs"]
mod gzipped;

use std::io::{Cursor, Read};

use gzipped::gzip;
use hardlegs::inputs::{Input, in_tar};
use hardlegs::read::{self, Limits};

const FIT: &[u8] = include_bytes!("../fixtures/fit/loop.fit");
const OK: &str = "ok";

/// Each file of a tar by its name, with `ok` or what is said.
fn in_a_tar(bytes: impl Read + Send + 'static) -> Vec<(String, String)> {
    let limits = Limits::default();
    let outcome = |input: Input| {
        let path = input.path.clone();
        let read =
            input.into_bytes(&limits).and_then(|bytes| read::bytes_with(&bytes, &limits));
        (path, read.map_or_else(|error| error.message(), |_| OK.to_owned()))
    };
    in_tar(bytes, "-").map(outcome).collect()
}

fn entry(kind: tar::EntryType, name: &str, size: u64) -> Vec<u8> {
    let mut header = tar::Header::new_gnu();
    header.set_path(name).unwrap();
    header.set_entry_type(kind);
    header.set_mode(0o644);
    header.set_size(size);
    header.set_cksum();
    header.as_bytes().to_vec()
}

fn padded(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes.resize(bytes.len().next_multiple_of(512), 0);
    bytes
}

fn file(name: &str) -> Vec<u8> {
    [entry(tar::EntryType::Regular, name, FIT.len() as u64), padded(FIT)].concat()
}

fn ok(name: &str) -> (String, String) {
    (name.to_owned(), OK.to_owned())
}

#[test]
fn reads_a_tar_in_gzip() {
    let tar = [file("a.fit"), file("b/c.fit"), vec![0; 1024]].concat();
    let expected = [ok("a.fit"), ok("b/c.fit")];
    assert_eq!(in_a_tar(Cursor::new(tar.clone())), expected);
    assert_eq!(in_a_tar(Cursor::new(gzip(&tar))), expected);
    let twice = in_a_tar(Cursor::new(gzip(FIT)));
    assert!(twice.len() == 1 && twice[0].1.starts_with("a file in gzip, not a tar"));
    let bomb = [entry(tar::EntryType::Regular, "b.gpx", 400 << 20), vec![0; 400 << 20]];
    let said = in_a_tar(Cursor::new(gzip(&bomb.concat())));
    assert!(said.last().unwrap().1.contains("inflates too far"), "{said:?}");
}

#[test]
fn long_names_are_read_and_endless_ones_are_not_held() {
    let long = format!("{}/run.fit", "x".repeat(300));
    let pax = format!("{} path={long}\n", "NNN path=\n".len() + long.len());
    let size = |bytes: &str| bytes.len() as u64;
    let before_end = [
        [
            entry(tar::EntryType::GNULongName, "L", size(&long) + 1),
            padded(long.as_bytes()),
        ],
        [file("short.fit"), Vec::new()],
        [entry(tar::EntryType::XHeader, "x", size(&pax)), padded(pax.as_bytes())],
        [file("short.fit"), file("other.fit")],
    ];
    let tar = [before_end.concat().concat(), vec![0; 1024]].concat();
    let expected = [ok(&long), ok(&long), ok("other.fit")];
    assert_eq!(in_a_tar(Cursor::new(tar)), expected);
    for kind in [tar::EntryType::GNULongName, tar::EntryType::XHeader] {
        const LONG: u64 = 300 << 20;
        let head = Cursor::new(entry(kind, "L", LONG));
        let tail = [file("short.fit"), file("other.fit"), vec![0; 1024]].concat();
        let name = std::io::repeat(b'a').take(LONG);
        let said = in_a_tar(head.chain(name).chain(Cursor::new(tail)));
        assert!(said[0].1.contains("of more than 64 KiB. Hint: "), "{said:?}");
        assert_eq!(
            (said[0].0.as_str(), &said[1..]),
            ("short.fit", &[ok("other.fit")][..])
        );
    }
    let link = entry(tar::EntryType::GNULongLink, "K", 1 << 20);
    let tar = [link, vec![b'a'; 1 << 20], file("a.fit"), vec![0; 1024]].concat();
    assert_eq!(in_a_tar(Cursor::new(tar)), [ok("a.fit")]);
}

#[test]
fn reports_a_tar_wherever_it_was_cut_off() {
    let tar = [file("a.fit"), file("b.fit"), vec![0; 1024]].concat();
    for end in (0..tar.len() - 1024).step_by(512).chain([7, 700]) {
        let said = in_a_tar(Cursor::new(tar[..end].to_vec()));
        let (path, words) = said.last().unwrap();
        assert!(path == "-" && words != OK, "cut at {end}: {said:?}");
    }
    let said = in_a_tar(Cursor::new(gzip(&tar)[..600].to_vec()));
    assert_eq!(said.last().unwrap().0, "-");
}

#[test]
fn passes_over_what_is_no_file_in_a_tar() {
    let links = [tar::EntryType::Link, tar::EntryType::Symlink, tar::EntryType::Char];
    let links = links.map(|kind| entry(kind, "link.fit", 0)).concat();
    let sparse = entry(tar::EntryType::GNUSparse, "s.fit", 0);
    let folder = entry(tar::EntryType::Directory, "d.fit", 0);
    let tar = [links, sparse, folder, file("a.fit"), vec![0; 1024]].concat();
    assert_eq!(in_a_tar(Cursor::new(tar.clone())), [ok("a.fit")]);
    let said = in_a_tar(Cursor::new([tar.clone(), tar].concat()));
    assert!(said[1].1.starts_with("more follows the end of the tar"), "{said:?}");
    // eight exbibytes
    let huge = entry(tar::EntryType::Regular, "huge.fit", u64::MAX >> 1);
    let said = in_a_tar(Cursor::new([file("a.fit"), huge, vec![7; 2000]].concat()));
    assert_eq!(said[0], ok("a.fit"));
    assert!(said[1].1.starts_with("larger than 256 MiB"), "{said:?}");
    assert!(said[2].0 == "-" && said[2].1.contains("cut off"), "{said:?}");
    // two sizes, so that readers part ways
    let pax = "12 size=100\n";
    let lying = [
        entry(tar::EntryType::XHeader, "x", pax.len() as u64),
        padded(pax.as_bytes()),
        file("a.fit"),
    ];
    let said = in_a_tar(Cursor::new(lying.concat()));
    assert!(said.len() == 1 && said[0].1.contains("two sizes"), "{said:?}");
    let holes = "22 GNU.sparse.major=1\n";
    let sparse = [
        entry(tar::EntryType::XHeader, "x", holes.len() as u64),
        padded(holes.as_bytes()),
        file("a.fit"),
        vec![0; 1024],
    ];
    let said = in_a_tar(Cursor::new(sparse.concat()));
    assert!(said.len() == 1 && said[0].1.starts_with("a file with holes"), "{said:?}");
    for (bytes, words) in [
        (b"PK\x03\x04".to_vec(), "a zip archive, not a tar"),
        (vec![b'x'; 600], "not a tar"),
        (Vec::new(), "the tar is empty"),
    ] {
        let said = in_a_tar(Cursor::new(bytes));
        assert!(said.len() == 1 && said[0].1.starts_with(words), "{said:?}");
    }
}
