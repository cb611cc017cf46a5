//! Bytes to activities: the door in. The format is found by content, never by name.

pub mod limits;
pub mod notice;

mod clock;
mod fit;
mod gpx;
mod gzip;
mod tcx;
mod time;
mod xml;

use std::fs::File;
use std::io::Read;
use std::path::Path;

pub use limits::Limits;
pub use notice::{Notice, NoticeKind};

use crate::activity::Activity;
use crate::error::{Error, Kind};
use notice::Notices;

/// What a file held: one activity or more (multisport, chained files), and what was mended.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Reading {
    /// In the order of the file, at least one.
    pub activities: Vec<Activity>,
    /// What was wrong but survivable.
    pub notices: Vec<Notice>,
}

/// Reads a file.
///
/// # Errors
/// One [`Error`] with the path, the place, the cause and a hint.
pub fn path(path: impl AsRef<Path>) -> Result<Reading, Error> {
    path_within(path.as_ref(), &Limits::default()).map_err(|error| error.at_path(path))
}

fn path_within(path: &Path, limits: &Limits) -> Result<Reading, Error> {
    let gone = |e: std::io::Error| match e.kind() {
        std::io::ErrorKind::NotFound => Error::io(e).hint("check the name"),
        std::io::ErrorKind::PermissionDenied => {
            Error::io(e).hint("check who may read it")
        }
        _ => Error::io(e).hint("check the disk, or copy the file again"),
    };
    // asked before opening: a pipe would block for ever
    let metadata = std::fs::metadata(path).map_err(gone)?;
    if metadata.is_dir() {
        return Err(Error::new(Kind::Io, "is a folder").hint("name the files inside it"));
    }
    if !metadata.is_file() {
        return Err(
            Error::new(Kind::Io, "is no regular file").hint("use - for standard input")
        );
    }
    if metadata.len() > limits.input_bytes {
        return Err(too_large(limits));
    }
    let file = File::open(path).map_err(gone)?;
    stream_within(file, limits)
}

/// Reads a stream to its end, as standard input.
///
/// # Errors
/// As [`path`], without the path.
pub fn stream(input: impl Read) -> Result<Reading, Error> {
    stream_within(input, &Limits::default())
}

fn stream_within(input: impl Read, limits: &Limits) -> Result<Reading, Error> {
    let mut content = Vec::new();
    let read = input.take(limits.input_bytes + 1).read_to_end(&mut content);
    read.map_err(|e| Error::io(e).hint("check the disk, or copy the file again"))?;
    if content.len() as u64 > limits.input_bytes {
        return Err(too_large(limits));
    }
    bytes_within(&content, limits)
}

fn too_large(limits: &Limits) -> Error {
    Error::new(Kind::TooLarge, format!("larger than {} MiB", limits.input_bytes >> 20))
        .hint("no activity is so large; split it")
}

/// Reads what lies in memory.
///
/// ```
/// let gpx = br#"<gpx><trk><trkseg>
///   <trkpt lat="46.0" lon="8.0"><ele>500</ele></trkpt>
///   <trkpt lat="46.001" lon="8.0"><ele>511</ele></trkpt>
/// </trkseg></trk></gpx>"#;
/// let reading = hardlegs::read::bytes(gpx)?;
/// assert_eq!(reading.activities[0].elevation_m(), [500.0, 511.0]);
/// # Ok::<(), hardlegs::error::Error>(())
/// ```
///
/// # Errors
/// As [`path`], without the path.
pub fn bytes(bytes: &[u8]) -> Result<Reading, Error> {
    bytes_within(bytes, &Limits::default())
}

/// Reads what lies in memory, within other limits.
///
/// # Errors
/// As [`path`], without the path.
pub fn bytes_within(bytes: &[u8], limits: &Limits) -> Result<Reading, Error> {
    let mut notices = Notices::default();
    if !bytes.starts_with(b"\x1f\x8b") {
        return plain(bytes, limits, notices);
    }
    let inflated = gzip::inflate(bytes, limits, &mut notices)?;
    if inflated.starts_with(b"\x1f\x8b") {
        return Err(Error::new(Kind::NotAnActivity, "gzip inside gzip")
            .hint("unpack it once, then try again"));
    }
    plain(&inflated, limits, notices)
}

fn plain(bytes: &[u8], limits: &Limits, mut notices: Notices) -> Result<Reading, Error> {
    if let Some(error) = hopeless(bytes) {
        return Err(error);
    }
    if looks_like_fit(bytes) {
        let mut reading = fit::read(bytes, limits)?;
        reading.notices.splice(0..0, notices.into_vec());
        return Ok(reading);
    }
    let text = xml::decode(bytes, &mut notices);
    match root(&text) {
        Some("gpx") => gpx::read(&text, limits, notices),
        Some("TrainingCenterDatabase" | "Activities") => {
            tcx::read(&text, limits, notices)
        }
        other => Err(stranger(&text, other)),
    }
}

/// Whether this begins like a FIT file, cut off or not.
fn looks_like_fit(bytes: &[u8]) -> bool {
    let mark = bytes.get(8..12) == Some(b".FIT");
    let cut_off = bytes.len() < 12 && matches!(bytes.first(), Some(12 | 14));
    mark || cut_off
}

/// What is no activity whatever it contains further on.
fn hopeless(bytes: &[u8]) -> Option<Error> {
    let no =
        |cause: &str, hint: &str| Some(Error::new(Kind::NotAnActivity, cause).hint(hint));
    let again = "copy the file from the watch again, or export it again";
    if bytes.is_empty() {
        return Some(Error::new(Kind::Empty, "the file is empty").hint(again));
    }
    if bytes.iter().all(|b| *b == 0) {
        return Some(Error::new(Kind::Empty, "nothing but zero bytes").hint(again));
    }
    if bytes.trim_ascii().is_empty() {
        return Some(Error::new(Kind::Empty, "nothing but blanks").hint(again));
    }
    match bytes {
        [b'P', b'K', 3 | 5, 4 | 6, ..] => no("this is a zip archive", "unpack it first"),
        [b'%', b'P', b'D', b'F', ..] => {
            no("this is a PDF", "export the activity as GPX or FIT")
        }
        _ => None,
    }
}

/// Local name of the root element.
fn root(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    loop {
        rest = rest.trim_start().strip_prefix('<')?;
        if let Some(after) = rest.strip_prefix('?') {
            rest = &after[after.find("?>")? + 2..];
        } else if let Some(after) = rest.strip_prefix("!--") {
            rest = &after[after.find("-->")? + 3..];
        } else if let Some(after) = rest.strip_prefix('!') {
            let subset = after.find('[').filter(|at| *at < after.find('>').unwrap_or(0));
            let from =
                subset.map_or(Some(0), |at| after[at..].find(']').map(|to| at + to))?;
            rest = &after[from + after[from..].find('>')? + 1..];
        } else {
            let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?;
            return rest[..end].rsplit(':').next();
        }
    }
}

fn stranger(text: &str, root: Option<&str>) -> Error {
    let no =
        |cause: String, hint: &str| Error::new(Kind::NotAnActivity, cause).hint(hint);
    let export = "export the activity as GPX, FIT or TCX";
    let head: String =
        text.trim_start().chars().take(200).collect::<String>().to_lowercase();
    if head.starts_with("<!doctype html") || head.starts_with("<html") {
        return no(
            "this is an HTML page".to_owned(),
            "the download probably needs a login: open the file in a browser to see what the site said",
        );
    }
    match root {
        Some("kml") => no("this is KML".to_owned(), export),
        Some("svg") => no("this is an SVG picture".to_owned(), export),
        Some(name) => {
            let name: String = name.chars().take(40).collect();
            no(format!("XML of another kind, its root is <{name}>"), export)
        }
        None if head.starts_with('{') || head.starts_with("[{") => {
            no("this is JSON".to_owned(), export)
        }
        None if head.starts_with('<') => {
            Error::new(Kind::Damaged, "XML that ends before its first element")
                .hint("copy the file from the watch again, or export it again")
        }
        None => no("neither GPX, FIT nor TCX".to_owned(), export),
    }
}
