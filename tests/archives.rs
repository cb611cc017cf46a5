//! Zips that break, lie, hide and swell: what is honest in them is read, and all else told in a
//! line, within bounds of work.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

#[path = "support/gzipped.rs"]
mod gzipped;
#[path = "support/zipped.rs"]
mod zipped;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::DeflateEncoder;
use gzipped::gzip;
use hardlegs::inputs::{Input, Source, only, under};
use hardlegs::read::{self, Limits};
use zipped::zip;

const FIT: &[u8] = include_bytes!("../fixtures/fit/loop.fit");

fn le(value: usize, bytes: usize) -> Vec<u8> {
    value.to_le_bytes()[..bytes].to_vec()
}

/// A zip that no writer makes: members and lines of the directory are laid one by one.
#[derive(Default)]
struct Laid {
    body: Vec<u8>,
    directory: Vec<u8>,
    count: usize,
}

/// What a header and a line of the directory say alike.
struct Says {
    crc: u32,
    packed: usize,
    inflated: usize,
    deflated: bool,
}

impl Says {
    fn fields(&self, name: &str) -> Vec<u8> {
        let method = usize::from(self.deflated) * 8;
        [le(method, 2), le(0, 4), le(self.crc as usize, 4), le(self.packed, 4)]
            .into_iter()
            .chain([le(self.inflated, 4), le(name.len(), 2), le(0, 2)])
            .flatten()
            .collect()
    }
}

impl Laid {
    /// A member's header and bytes, and where it begins.
    fn lay(&mut self, name: &str, says: &Says, bytes: &[u8]) -> usize {
        let start = self.body.len();
        let header = [b"PK\x03\x04".to_vec(), le(20, 2), le(0, 2), says.fields(name)];
        self.body.extend(header.concat());
        self.body.extend(name.bytes().chain(bytes.iter().copied()));
        start
    }

    /// A line of the directory.
    fn list(&mut self, name: &str, says: &Says, start: usize) {
        let line = [b"PK\x01\x02".to_vec(), le(20, 2), le(20, 2), le(0, 2)].concat();
        self.directory.extend(line.into_iter().chain(says.fields(name)));
        self.directory.extend([le(0, 2), le(0, 2), le(0, 2), le(0, 4)].concat());
        self.directory.extend(le(start, 4).into_iter().chain(name.bytes()));
        self.count += 1;
    }

    fn stored(&mut self, name: &str, bytes: &[u8]) {
        let crc = flate2::Crc::new();
        let crc = bytes.chunks(64).fold(crc, |mut crc, chunk| {
            crc.update(chunk);
            crc
        });
        let size = bytes.len();
        let says = Says { crc: crc.sum(), packed: size, inflated: size, deflated: false };
        let start = self.lay(name, &says, bytes);
        self.list(name, &says, start);
    }

    fn done(self) -> Vec<u8> {
        let count = self.count;
        self.counting(count)
    }

    /// The archive, its end counting so many lines.
    fn counting(self, count: usize) -> Vec<u8> {
        let end = [b"PK\x05\x06".to_vec(), le(0, 4), le(count, 2), le(count, 2)].concat();
        let places = [le(self.directory.len(), 4), le(self.body.len(), 4), le(0, 2)];
        [self.body, self.directory, end, places.concat()].concat()
    }
}

/// Each input by its path, with `ok` or what is said.
fn said(bytes: &[u8]) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.zip");
    std::fs::write(&path, bytes).unwrap();
    let limits = Limits::default();
    let outcome = |input: Input| {
        let path = Path::new(&input.path).strip_prefix(folder.path()).unwrap();
        let (path, within) = (path.to_str().unwrap().to_owned(), input.within(&limits));
        let read =
            input.into_bytes(&limits).and_then(|bytes| read::bytes_with(&bytes, &within));
        (path, read.map_or_else(|error| error.message(), |_| OK.to_owned()))
    };
    under(&path).map(outcome).collect()
}

/// What is said of the archive itself.
fn of_itself(bytes: &[u8]) -> String {
    let said = said(bytes);
    let lines: Vec<&str> = said
        .iter()
        .filter(|(path, _)| path == "x.zip")
        .map(|(_, said)| &**said)
        .collect();
    assert!(lines.len() <= 1, "one line: {lines:?}");
    lines.first().copied().unwrap_or_default().to_owned()
}

const OK: &str = "ok";

#[test]
fn refuses_members_that_share_bytes_and_reads_the_others() {
    let mut laid = Laid::default();
    laid.stored("honest.fit", FIT);
    let large = vec![b' '; 8 << 20];
    let mut deflated = DeflateEncoder::new(Vec::new(), Compression::best());
    deflated.write_all(&large).unwrap();
    let deflated = deflated.finish().unwrap();
    let (packed, inflated) = (deflated.len(), large.len());
    let says = Says { crc: 0, packed, inflated, deflated: true };
    let start = laid.lay("0000.fit", &says, &deflated);
    for number in 0..1000 {
        laid.list(&format!("{number:04}.fit"), &says, start);
    }
    let began = Instant::now();
    let said = said(&laid.done());
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].1.contains("1000 files share bytes and are not read"), "{said:?}");
    assert_eq!(said[1], ("x.zip/honest.fit".to_owned(), OK.to_owned()));
    assert!(began.elapsed() < Duration::from_secs(5));
}

#[test]
fn refuses_a_member_quoted_inside_another() {
    let mut inner = Laid::default();
    inner.stored("b.fit", FIT);
    let quoted = inner.body.clone();
    let mut laid = Laid::default();
    laid.stored("a.fit", &quoted);
    laid.stored("c.fit", FIT);
    let crc = {
        let mut crc = flate2::Crc::new();
        crc.update(FIT);
        crc.sum()
    };
    let says = Says { crc, packed: FIT.len(), inflated: FIT.len(), deflated: false };
    laid.list("b.fit", &says, 30 + "a.fit".len());
    let said = said(&laid.done());
    assert!(said[0].1.contains("2 files share bytes"), "{said:?}");
    assert_eq!(said[1..], [("x.zip/c.fit".to_owned(), OK.to_owned())]);
}

#[test]
fn inflates_an_archive_no_further_than_its_budget() {
    // each below the size from which a member's own ratio is asked
    let large = vec![b' '; 8 << 20];
    let names: Vec<String> = (0..100).map(|n| format!("{n:03}.gpx")).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|n| (&**n, &*large)).collect();
    let said = said(&zip(&members));
    assert_eq!(said.len(), 1 + 256 / 8, "256 MiB of a small archive");
    assert!(said[0].1.contains("68 files are not read: all of it would inflate too far"));
    // and no further inside another
    let inner = zip(&members[..50]);
    let said = self::said(&zip(&[("a.zip", &inner), ("b.zip", &inner)]));
    let read =
        said.iter().filter(|(_, said)| said.contains("nothing but blanks")).count();
    assert_eq!(read, 31, "{:?}", said.last());
}

#[test]
fn refuses_one_member_that_swells_before_it_does() {
    let large = vec![b' '; 100 << 20];
    let bytes = zip(&[("a.gpx", &large), ("b.fit", FIT)]);
    let began = Instant::now();
    let said = said(&bytes);
    assert!(said[0].1.contains("more than 200 times its size"), "{said:?}");
    assert_eq!(said[1].1, OK);
    assert!(began.elapsed() < Duration::from_millis(500));
}

#[test]
fn bounds_gzip_in_an_archive_by_its_member() {
    // packed twice: eight kilobytes of gzip are a hundred bytes of zip
    let bomb = gzip(&vec![b' '; 8 << 20]);
    let said = said(&zip(&[("bomb.gpx.gz", &bomb), ("run.fit.gz", &gzip(FIT))]));
    assert!(said[0].1.contains("more than 64 KiB after inflating"), "{said:?}");
    assert_eq!(said[1].1, OK);
}

#[test]
fn has_room_for_an_export_of_many_years() {
    let mut wordy = String::new();
    for n in 0..20_000_u32 {
        let height = n * 7919 % 977;
        writeln!(wordy, "<trkpt lat=\"46.5\" lon=\"8.5\"><ele>{height}</ele></trkpt>")
            .unwrap();
    }
    let packed = gzip(wordy.as_bytes());
    assert!(wordy.len() > 8 * packed.len());
    let names: Vec<String> =
        (0..2000).map(|n| format!("activities/{n}.gpx.gz")).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|n| (&**n, &*packed)).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.zip");
    std::fs::write(&path, zip(&members)).unwrap();
    let inputs: Vec<Input> = under(&path).collect();
    assert_eq!(inputs.len(), 2000);
    assert!(!inputs.iter().any(|input| matches!(input.source, Source::Failed(_))));
}

#[test]
fn reports_a_directory_that_lists_too_little() {
    let unlisted = "files are in it that its directory does not list";
    let three = || {
        let mut laid = Laid::default();
        for name in ["a.fit", "b.fit", "c.fit"] {
            laid.stored(name, FIT);
        }
        laid
    };
    assert_eq!(of_itself(&three().done()), "");
    // counts less than there are, as writers that count to 65,535 do
    for count in 0..3 {
        assert!(of_itself(&three().counting(count)).contains(unlisted), "{count}");
    }
    // empty, and short
    let mut laid = three();
    (laid.directory, laid.count) = (Vec::new(), 0);
    assert!(of_itself(&laid.done()).contains(unlisted));
    let line = 46 + "a.fit".len();
    for gone in 0..3 {
        let mut laid = three();
        laid.directory.drain(gone * line..(gone + 1) * line);
        laid.count = 2;
        let said = said(&laid.done());
        assert!(said[0].1.contains(unlisted), "{gone}: {said:?}");
        assert_eq!(said[1..].iter().filter(|(_, said)| said == OK).count(), 2);
    }
    // counts more than there are
    assert!(of_itself(&three().counting(4)).starts_with("the archive: "));
}

#[test]
fn reports_a_download_wherever_it_was_cut_off() {
    let inner = zip(&[("inner.fit", FIT)]);
    let mut laid = Laid::default();
    laid.stored("a.fit", FIT);
    laid.stored("b.zip", &inner);
    laid.stored("c.fit", FIT);
    let whole = laid.done();
    assert_eq!(said(&whole).len(), 3);
    for end in (4..whole.len()).step_by(97).chain([whole.len() - 1]) {
        let said = of_itself(&whole[..end]);
        assert!(!said.is_empty(), "cut at {end} of {}", whole.len());
    }
    let said = of_itself(&whole[..FIT.len() / 2]);
    assert!(said.starts_with("the archive is cut off: "), "{said}");
}

#[test]
fn reports_an_empty_archive() {
    assert!(of_itself(&zip(&[])).starts_with("the archive is empty. Hint: "));
    let inside = said(&zip(&[("a.zip", &zip(&[])), ("b.fit", FIT)]));
    assert!(inside[0].1.starts_with("the archive inside is empty"), "{inside:?}");
    assert_eq!(inside[1].1, OK);
}

#[test]
fn names_what_lies_too_deep_or_is_packed_otherwise() {
    let deepest = zip(&[("run.fit", FIT)]);
    let inner = zip(&[("c.zip", &deepest), ("d.zip", &deepest), ("e.fit", FIT)]);
    let bytes =
        zip(&[("b.zip", &inner), ("f.tar", b"x"), ("g.7z", b"x"), ("h.tgz", b"x")]);
    let said = said(&bytes);
    let expected = [
        ("x.zip/f.tar", "a tar archive is not read (nor are 2 others). Hint: "),
        ("x.zip/b.zip/c.zip", "an archive inside archives is not read (nor is another)"),
        ("x.zip/b.zip/e.fit", OK),
    ];
    assert_eq!(said.len(), expected.len(), "{said:?}");
    for ((path, words), (expected_path, start)) in said.iter().zip(expected) {
        assert_eq!(path, expected_path);
        assert!(words.starts_with(start), "{path}: {words}");
    }
}

#[test]
fn finds_the_one_recording_of_an_archive() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.zip");
    let one = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        only(&path).map_or_else(|error| error.message(), |_| OK.to_owned())
    };
    let mut two = Laid::default();
    two.stored("a.fit", FIT);
    two.stored("b.fit", FIT);
    assert!(one(&two.counting(1)).contains("does not list"));
    assert_eq!(one(&zip(&[("a.fit", FIT), ("b.zip", b"cut"), ("c.7z", b"x")])), OK);
    assert!(one(&zip(&[("c.7z", b"x")])).starts_with("a 7z archive is not read"));
}
