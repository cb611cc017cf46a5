//! Bytes to activities: what a file is, its content says, never its name.
//!
#![doc = include_str!("formats.md")]

pub mod limits;
pub mod notice;

mod dates;
mod distance;
mod encoding;
mod find;
mod gzip;
mod number;
mod position;
mod sensor;
mod template;
mod time;
mod track_builder;
mod trackpoint;
mod waypoints;
mod xml;

pub(crate) mod fit;
pub(crate) mod gpx;
pub(crate) mod packed;
#[cfg(feature = "inspect")]
pub(crate) mod raw;
pub(crate) mod tcx;

use std::fs::File;
use std::io::Read;
use std::path::Path;

pub use fit::SEARCHED_BYTES;
pub use limits::Limits;
pub use notice::{Notice, NoticeKind};

use crate::activity::Activity;
use crate::error::{Error, Kind};
use crate::sport::{Labelled, Sport};

#[cfg(feature = "batch")]
pub(crate) use gzip::recognised as is_gzip;

use notice::Notices;
use xml::{Document, Step};

/// What a file held: one activity or more (multisport, chained files), and what was repaired.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Reading {
    /// In the order of the file, at least one.
    pub activities: Vec<Activity>,
    /// What was wrong but survivable.
    pub notices: Vec<Notice>,
    /// How its points were read.
    pub shortcut: Shortcut,
}

/// How many points of GPX and TCX were read by the template of one before them.
///
/// It says something of speed alone: [`Limits::shortcuts`] turns it off, and all else is equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Shortcut {
    /// Points that were written like one before.
    pub taken: u64,
    /// Points that were read element by element.
    pub declined: u64,
}

/// Reads a file. Only regular files are opened: never a directory, a pipe or a device.
///
/// # Errors
/// Where nothing can be read from it; the error names the path.
pub fn path(path: impl AsRef<Path>) -> Result<Reading, Error> {
    let path = path.as_ref();
    let limits = Limits::default();
    load(path, &limits)
        .and_then(|bytes| bytes_with(&bytes, &limits))
        .map_err(|error| error.at_path(path))
}

/// Reads what is in memory.
///
/// # Errors
/// Where nothing can be read from it.
///
/// ```
/// let gpx = r#"<gpx><trk><trkseg>
/// <trkpt lat="47.0" lon="11.0"><ele>700</ele><time>2026-04-26T08:30:00Z</time></trkpt>
/// <trkpt lat="47.1" lon="11.0"><ele>702</ele><time>2026-04-26T08:31:00Z</time></trkpt>
/// </trkseg></trk></gpx>"#;
/// let reading = hardlegs::read::bytes(gpx.as_bytes())?;
/// assert_eq!(reading.activities[0].time_s(), [0.0, 60.0]);
/// assert!(reading.notices.is_empty());
/// # Ok::<(), hardlegs::error::Error>(())
/// ```
pub fn bytes(bytes: &[u8]) -> Result<Reading, Error> {
    bytes_with(bytes, &Limits::default())
}

/// Reads what is in memory, within limits of your own.
///
/// # Errors
/// Where nothing can be read from it.
pub fn bytes_with(bytes: &[u8], limits: &Limits) -> Result<Reading, Error> {
    if bytes.len() as u64 > limits.input_bytes {
        return Err(too_large(limits));
    }
    match FORMATS.iter().find(|format| (format.recognises)(bytes)) {
        Some(format) => {
            let mut reading = (format.read)(bytes, limits)?;
            reading.note_sports();
            Ok(reading)
        }
        None => Err(unknown(bytes)),
    }
}

impl<'r> IntoIterator for &'r Reading {
    type Item = &'r Activity;
    type IntoIter = std::slice::Iter<'r, Activity>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Reading {
    type Item = Activity;
    type IntoIter = std::vec::IntoIter<Activity>;

    fn into_iter(self) -> Self::IntoIter {
        self.activities.into_iter()
    }
}

impl Reading {
    /// Returns the activities in the order of the file.
    pub fn iter(&self) -> std::slice::Iter<'_, Activity> {
        self.activities.iter()
    }

    /// Says of the first word for a sport that is not known here, as things stand now, and
    /// how many activities have such.
    pub(crate) fn note_sports(&mut self) {
        self.notices.retain(|notice| notice.kind != NoticeKind::Sport);
        let words = self.activities.iter().filter_map(|a| match &a.header.sport {
            Labelled::Unrecognised(word) => Some(word),
            _ => None,
        });
        let mut words = words.peekable();
        if let Some(word) = words.peek() {
            let detail = format!("the file says \"{word}\", not known here as a sport");
            let count = words.count() as u64;
            self.notices.push(Notice { kind: NoticeKind::Sport, count, detail });
        }
    }

    /// Lets go of that notice where the person says which sport it is.
    pub fn sport_is(&mut self, chosen: Option<Sport>) {
        if chosen.is_some() {
            self.notices.retain(|notice| notice.kind != NoticeKind::Sport);
        }
    }
}

/// Whether bytes begin like any format that is known here, archives among them; the first
/// twelve are enough, but for a tar.
///
/// ```
/// assert!(hardlegs::read::recognises(b"<?xml version='1.0'?>"));
/// assert!(!hardlegs::read::recognises(b"runs/2024/june.fit"));
/// ```
pub fn recognises(bytes: &[u8]) -> bool {
    FORMATS.iter().any(|format| (format.recognises)(bytes))
}

/// Reads a stream to its end, such as standard input.
///
/// # Errors
/// Where nothing can be read from it.
pub fn stream(input: impl Read) -> Result<Reading, Error> {
    let limits = Limits::default();
    bytes_with(&gather(input, 0, &limits)?, &limits)
}

/// One format: how its beginning is known, and who reads it.
struct Format {
    recognises: fn(&[u8]) -> bool,
    read: fn(&[u8], &Limits) -> Result<Reading, Error>,
}

/// All formats, in the order in which they are asked.
const FORMATS: &[Format] = &[
    // what the last net is tested with
    #[cfg(test)]
    Format {
        recognises: |bytes| bytes.starts_with(PANICS),
        read: |_, _| panic!("as asked"),
    },
    Format { recognises: gzip::recognised, read: read_gzip },
    Format { recognises: is_zip, read: refuse_zip },
    // before FIT: a tar of activity.FIT has FIT's mark at FIT's place
    Format {
        recognises: |bytes| packed::by_content(bytes).is_some(),
        read: refuse_packed,
    },
    Format { recognises: is_fit, read: fit::read },
    Format { recognises: encoding::looks_like_markup, read: read_markup },
];

/// A file whose reading panics.
#[cfg(test)]
pub(crate) const PANICS: &[u8] = b"\0panic";

/// Reads a document whose root has just been opened.
type ReadDocument = fn(Document<'_>) -> Result<Reading, Error>;

/// XML by the local name of its root element.
const ROOTS: &[(&str, ReadDocument)] = &[
    ("gpx", gpx::read),
    ("TrainingCenterDatabase", tcx::read),
    ("Activities", tcx::read_bare),
];

/// Returns a fault of the operating system, and what a person can do about it.
fn unreadable(source: std::io::Error) -> Error {
    let hint = match source.kind() {
        std::io::ErrorKind::NotFound => "check the name",
        std::io::ErrorKind::PermissionDenied => "check who may read it",
        _ => "check the disk, or copy the file again",
    };
    Error::io(source).hint(hint)
}

/// Returns the bytes of a regular file, within limits.
///
/// # Errors
/// Where it cannot be read: not there, no file, too large.
pub fn load(path: &Path, limits: &Limits) -> Result<Vec<u8>, Error> {
    // asked before opening: to open a pipe is to wait for its other end
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(Error::new(Kind::Io, "is a directory, not a file")
            .hint("name the files inside it"));
    }
    if !metadata.is_file() {
        return Err(Error::new(Kind::Io, "is not a regular file")
            .hint("pipe it into standard input instead"));
    }
    if metadata.len() > limits.input_bytes {
        return Err(too_large(limits));
    }
    let file = File::open(path).map_err(unreadable)?;
    gather(file, metadata.len(), limits)
}

fn gather(input: impl Read, expected: u64, limits: &Limits) -> Result<Vec<u8>, Error> {
    // `expected` is at most the limit; one byte more tells the end from the limit
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or_default() + 1);
    input
        .take(limits.input_bytes.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > limits.input_bytes {
        return Err(too_large(limits));
    }
    Ok(bytes)
}

fn too_large(limits: &Limits) -> Error {
    Error::new(Kind::TooLarge, format!("larger than {} MiB", limits.input_bytes >> 20))
        .hint("split it into activities")
}

fn read_gzip(bytes: &[u8], limits: &Limits) -> Result<Reading, Error> {
    let mut notices = Notices::default();
    let inflated = gzip::inflate(bytes, limits, &mut notices)?;
    if gzip::recognised(&inflated) {
        return Err(
            Error::new(Kind::NotAnActivity, "gzip inside gzip").hint("gunzip it once")
        );
    }
    let inner = Limits { input_bytes: limits.inflated_bytes, ..*limits };
    let mut reading = bytes_with(&inflated, &inner)?;
    reading.notices.splice(..0, notices.into_vec());
    Ok(reading)
}

/// Whether bytes begin like a zip, an empty one included.
pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

fn refuse_zip(_: &[u8], _: &Limits) -> Result<Reading, Error> {
    Err(Error::new(Kind::NotAnActivity, "a zip archive")
        .hint("hardlegs batch reads it as it is"))
}

fn refuse_packed(bytes: &[u8], _: &Limits) -> Result<Reading, Error> {
    Err(packed::by_content(bytes).map_or_else(|| unknown(bytes), packed::Packed::refused))
}

/// `.FIT` stands at byte 8 of any header, whatever size its first byte states.
fn is_fit(bytes: &[u8]) -> bool {
    bytes.get(8..12) == Some(b".FIT")
}

fn read_markup(bytes: &[u8], limits: &Limits) -> Result<Reading, Error> {
    let mut notices = Notices::default();
    let text = encoding::decode(bytes, &mut notices);
    let mut document = Document::new(&text, limits, notices);
    if document.next()? != Step::Open {
        if document.is_html() || looks_like_html(&text) {
            return Err(html());
        }
        return Err(document.broken().unwrap_or_else(|| unknown(bytes)));
    }
    let root = document.local();
    if let Some((_, read)) = ROOTS.iter().find(|(name, _)| *name == root) {
        return read(document);
    }
    if document.is_html() || root.eq_ignore_ascii_case("html") {
        return Err(html());
    }
    let shown: String = root.chars().take(40).collect();
    let error = Error::new(
        Kind::NotAnActivity,
        format!("the root element is <{shown}>, not GPX or TCX"),
    );
    Err(match root {
        "kml" => {
            error.hint("KML has no times or heights to rely on; export GPX, TCX or FIT")
        }
        "svg" => error.hint("this is a picture; export GPX, TCX or FIT"),
        _ => error.hint("export GPX, TCX or FIT"),
    })
}

fn looks_like_html(text: &str) -> bool {
    let head: String = text.chars().take(1024).collect::<String>().to_ascii_lowercase();
    head.contains("<html") || head.contains("<!doctype html")
}

fn html() -> Error {
    Error::new(Kind::NotAnActivity, "an HTML page, not an activity")
        .hint("it may be a login page: download the file again while signed in")
}

/// Returns the error for content that no reader knows.
fn unknown(bytes: &[u8]) -> Error {
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.is_empty() {
        return Error::new(Kind::Empty, "the file is empty")
            .hint("copy it from the watch again; was the disk full?");
    }
    if bytes.iter().all(|b| *b == 0) {
        return Error::new(Kind::Empty, "nothing but NUL bytes")
            .hint("the device or disk lost the content; copy it again");
    }
    let Some(first) = body.iter().find(|b| !encoding::is_padding(**b)) else {
        return Error::new(Kind::Empty, "nothing but blanks")
            .hint("the export failed; try it again");
    };
    let error = |what: &str| Error::new(Kind::NotAnActivity, what);
    match first {
        b'{' | b'[' => error("JSON, not an activity file").hint("export GPX, TCX or FIT"),
        _ if bytes.starts_with(b"%PDF") => {
            error("a PDF, not an activity file").hint("export GPX, TCX or FIT")
        }
        _ => error("neither GPX, TCX nor FIT").hint("is it the file that you meant?"),
    }
}
