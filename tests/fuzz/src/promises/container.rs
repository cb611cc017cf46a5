//! Recordings in gzip, zip and tar.

use std::io::{Cursor, Read as _, Write as _};

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use hardlegs::error::Kind;
use hardlegs::settings::Settings;
use hardlegs::write::json::Line;
use hardlegs::write::rows;
use hardlegs::{batch, inputs, read};

use super::activity::{hold, reads_again};
use super::{memory, one_line};

/// As a gzip stream; as the body of one whose head is right; and as what a sound one holds,
/// which must be read like the bytes themselves.
pub fn gzip(bytes: &[u8]) {
    const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    hold(bytes);
    hold(&[&HEAD[..], bytes].concat());
    // what a sound stream holds, where the bytes are one
    let mut held = Vec::new();
    let sound = MultiGzDecoder::new(bytes).take(1 << 20).read_to_end(&mut held).is_ok();
    let content = if sound { &held[..] } else { bytes };
    if content.is_empty() || content.starts_with(&HEAD[..2]) {
        return;
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).unwrap();
    let said = |bytes: &[u8]| match read::bytes(bytes) {
        Ok(reading) => format!("{:?}\n{:?}", reading.activities, reading.notices),
        Err(error) => error.message(),
    };
    assert_eq!(said(&encoder.finish().unwrap()), said(content));
}

/// As an archive; and as names and contents of a sound one, where every recording is found.
pub fn zip(bytes: &[u8]) {
    let folder = memory::folder();
    let path = folder.path().join("export.zip");
    std::fs::write(&path, bytes).unwrap();
    batched(&path);
    let (archive, recordings) = packed(bytes);
    std::fs::write(&path, archive).unwrap();
    assert!(batched(&path) >= recordings);
}

/// As an archive as a whole, zip, tar and tar in gzip: what comes out of it, archives inside it
/// included, is no more than an archive of its size may inflate to.
pub fn archive(bytes: &[u8]) {
    let folder = memory::folder();
    let path = folder.path().join("export.zip");
    std::fs::write(&path, bytes).unwrap();
    let most = |packed: usize| {
        let ratio = read::Limits::default().inflated_ratio;
        (packed as u64).saturating_mul(ratio).max(inputs::ARCHIVE_FREE_BYTES)
    };
    assert!(inflated(inputs::under(&path), path.to_str().unwrap()) <= most(bytes.len()));
    let plain = inputs::in_tar(Cursor::new(bytes.to_vec()), "-");
    assert!(inflated(plain, "") <= most(bytes.len()));
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    let packed = encoder.finish().unwrap();
    let most = most(packed.len());
    assert!(inflated(inputs::in_tar(Cursor::new(packed), "-"), "") <= most);
}

/// Bytes of all inputs; those that are refused say so in a line.
fn inflated(inputs: impl Iterator<Item = inputs::Input>, below: &str) -> u64 {
    let limits = read::Limits::default();
    let mut bytes = 0;
    for input in inputs {
        assert!(input.path.starts_with(below), "{}", input.path);
        match input.into_bytes(&limits) {
            Ok(inflated) => bytes += inflated.len() as u64,
            Err(error) => {
                one_line(&error.message());
                assert_ne!(error.kind(), Kind::Internal, "{}", error.message());
            }
        }
    }
    bytes
}

/// Every input under the path as lines and rows; how many there were.
fn batched(path: &std::path::Path) -> usize {
    let below = path.to_str().unwrap();
    let mut count = 0;
    for input in inputs::under(path) {
        count += 1;
        assert!(input.path.starts_with(below), "{}", input.path);
        let stamp = input.stamp();
        let line = batch::score(input, &Settings::default());
        if let Line::Failed(failed) = &line {
            one_line(&failed.error.message);
            assert_ne!(failed.error.code, "internal", "{}", failed.error.message);
        } else {
            assert!(stamp.is_some(), "what was read has a size");
        }
        reads_again(&line);
        tabled(&line);
    }
    count
}

/// The rows of a line come back from CSV as they were.
fn tabled(line: &Line) {
    let rows = rows::rows(line);
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in &rows {
        writer.write_record(row).unwrap();
    }
    let table = writer.into_inner().unwrap();
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_slice());
    let read: Vec<Vec<String>> = reader
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect();
    assert_eq!(read, rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>());
}

/// A sound archive whose members are named and filled by the bytes, which are taken as lines of
/// a name, a tab and a content; and how many of them are recordings by their names.
fn packed(bytes: &[u8]) -> (Vec<u8>, usize) {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut recordings = 0;
    for line in bytes.split(|byte| *byte == b'\n').take(20) {
        let mut parts = line.splitn(2, |byte| *byte == b'\t');
        let name = String::from_utf8_lossy(parts.next().unwrap_or_default());
        let name = format!("{}.gpx", name.trim_end_matches('/'));
        let options = zip::write::SimpleFileOptions::default();
        // a Mac's companions are no recordings
        let counts = !inputs::is_aside(&name);
        // a name that is taken already is refused
        if zip.start_file(name, options).is_ok() {
            recordings += usize::from(counts);
            zip.write_all(parts.next().unwrap_or_default()).unwrap();
        }
    }
    (zip.finish().unwrap().into_inner(), recordings)
}
