//! What there is to score: files, folders, and the bulk exports that sites hand out, read in
//! place and never unpacked.

mod archive;
mod archive_source;
mod budget;
mod folder;
mod in_order;
mod layout;
mod list;
mod memory;
mod signature;
mod skipped;
mod strava;
mod tar;

use std::path::{Path, PathBuf};

use crate::error::{Error, Kind};
use crate::read::{self, Limits, Reading};
use crate::sport;

use signature::Signature;
use strava::Hints;

pub use archive::Member;
pub use archive_source::DIRECTORY_BYTES;
pub use budget::{ARCHIVE_BYTES, ARCHIVE_FREE_BYTES};
pub use in_order::in_order;
pub use list::{MOST_PATH_BYTES, in_list};
pub use memory::MEMORY_BYTES;
pub use strava::{TABLE_BYTES, TABLE_LINE_BYTES};
pub use tar::{MOST_NAME_BYTES, in_tar};

/// Deepest folder that is looked into.
pub const FOLDER_DEPTH: usize = 64;
/// Bytes of all archives inside an archive: they are held in memory. Ours: more than Garmin's
/// export of many years holds.
pub const NESTED_BYTES: u64 = 1 << 30;
/// Rows of an export's table that are read: more than anybody has activities.
pub const TABLE_ROWS: usize = 200_000;

/// One thing to score, and what its export says of it.
#[derive(Debug)]
pub struct Input {
    /// As it was named; inside an archive, the archive's path and the member's name.
    pub path: String,
    /// Where its bytes are.
    pub source: Source,
    /// What an export's table says of it.
    pub hint: Hint,
}

/// What tells that a content has not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Bytes.
    pub size: u64,
    /// Nanoseconds since 1970 of the last change; CRC-32 inside an archive.
    pub mark: i64,
}

/// Where bytes are.
#[derive(Debug)]
pub enum Source {
    /// A file of its own.
    File(PathBuf),
    /// Inside a zip.
    Member(Member),
    /// In memory already.
    Bytes(Vec<u8>),
    /// Nowhere: why.
    Failed(Error),
}

/// What an export's table says of an activity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hint {
    /// Its name.
    pub name: Option<String>,
    /// Its type, in the site's words.
    pub sport: Option<String>,
    /// Shoes or bicycle.
    pub gear: Option<String>,
}

impl AsRef<Input> for Input {
    fn as_ref(&self) -> &Input {
        self
    }
}

impl Input {
    /// Returns a file that was named by itself.
    pub fn file(path: impl Into<PathBuf>) -> Input {
        let path = path.into();
        Input {
            path: path.to_string_lossy().into_owned(),
            source: Source::File(path),
            hint: Hint::default(),
        }
    }

    /// Returns the size and date of a file, or size and checksum inside an archive: alike as
    /// long as the content is. `None` where that cannot be told without reading.
    pub fn stamp(&self) -> Option<Stamp> {
        match &self.source {
            Source::File(path) => {
                let metadata = std::fs::metadata(path).ok()?;
                let changed = metadata.modified().ok()?;
                let since = changed.duration_since(std::time::UNIX_EPOCH).ok()?;
                let mark = i64::try_from(since.as_nanos()).ok()?;
                Some(Stamp { size: metadata.len(), mark })
            }
            Source::Member(member) => member.stamp(),
            Source::Bytes(_) | Source::Failed(_) => None,
        }
    }

    /// Returns something that could not even be found.
    pub(crate) fn failed(path: String, error: Error) -> Input {
        Input { path, source: Source::Failed(error), hint: Hint::default() }
    }

    /// Returns the limits of what its bytes hold once more packed: gzip inside an archive
    /// inflates no further than the archive may for it.
    #[must_use]
    pub fn within(&self, limits: &Limits) -> Limits {
        match &self.source {
            Source::Member(member) => member.within(limits),
            _ => *limits,
        }
    }

    /// Its bytes, and the error of the source where there are none.
    ///
    /// # Errors
    /// What opening, inflating or the limits refuse.
    pub fn into_bytes(self, limits: &Limits) -> Result<Vec<u8>, Error> {
        match self.source {
            Source::File(path) => read::load(&path, limits),
            Source::Member(member) => member.bytes(limits),
            Source::Bytes(bytes) => Ok(bytes),
            Source::Failed(error) => Err(error),
        }
    }
}

impl Hint {
    /// Says of a reading what its file does not.
    pub fn fill(&self, reading: &mut Reading) {
        for activity in &mut reading.activities {
            let header = &mut activity.header;
            if header.name.is_none() {
                header.name.clone_from(&self.name);
            }
            if let Some(word) = &self.sport {
                header.sport.learn(sport::from_label(word));
            }
        }
        reading.note_sports();
    }
}

/// Returns everything under a path: a folder is walked, a zip is opened, a pattern that no shell
/// expanded and that names nothing is expanded, anything else is itself. In order of names,
/// one at a time.
pub fn under(path: &Path) -> Box<dyn Iterator<Item = Input> + Send> {
    let pattern = path.to_str().filter(|text| text.contains(['*', '?', '[']));
    if let (Some(pattern), false) = (pattern, path.exists()) {
        let found: Vec<PathBuf> =
            glob::glob(pattern).into_iter().flatten().filter_map(Result::ok).collect();
        if !found.is_empty() {
            return Box::new(found.into_iter().flat_map(|path| under(&path)));
        }
    }
    if path.is_dir() {
        return Box::new(folder::walk(path));
    }
    match Signature::of(path) {
        Signature::Zip => Box::new(archive::open(path, &Hints::default())),
        Signature::Packed(packed) => {
            let path = path.to_string_lossy().into_owned();
            Box::new(std::iter::once(Input::failed(path, packed.refused())))
        }
        Signature::Other => Box::new(std::iter::once(named(path))),
    }
}

/// Returns a recording's name without its endings, in lower case; plain or gzipped. `None`
/// where a name is none of a recording.
fn stem(name: &str) -> Option<String> {
    let name = name.to_lowercase();
    let plain = name.strip_suffix(".gz").unwrap_or(&name);
    let stem = [".gpx", ".fit", ".tcx"].iter().find_map(|end| plain.strip_suffix(end))?;
    Some(stem.to_owned()).filter(|_| !is_companion(&name))
}

/// Returns whether a name is that of a recording, plain or gzipped.
fn is_recording(name: &str) -> bool {
    stem(name).is_some()
}

/// Returns what a Mac lays beside each file of a disk that is none of its own.
fn is_companion(name: &str) -> bool {
    name.starts_with("._")
}

/// The folder of those in a zip.
const COMPANIONS: &str = "__MACOSX";

/// Returns whether a path inside an archive leads to a companion that a Mac laid beside a file.
///
/// ```
/// use hardlegs::inputs::is_aside;
/// assert!(is_aside("__MACOSX/export/._1.gpx") && is_aside("export/._1.gpx"));
/// assert!(!is_aside("export/1.gpx"));
/// ```
pub fn is_aside(path: &str) -> bool {
    path.split('/').any(|part| part == COMPANIONS || is_companion(part))
}

/// Returns a file that was named by itself, and what the table of the export that it lies in
/// says of it.
pub fn named(path: impl Into<PathBuf>) -> Input {
    let mut input = Input::file(path);
    if let Source::File(path) = &input.source {
        input.hint = folder::told_beside(path);
    }
    input
}

/// Returns the one recording of a file: of an archive that holds one alone, else the file itself.
///
/// # Errors
/// `not_an_activity` for an archive of several or of none; what opening it refuses, and what is
/// wrong with it as a whole.
pub fn only(path: &Path) -> Result<Input, Error> {
    match Signature::of(path) {
        Signature::Zip => {}
        Signature::Packed(packed) => return Err(packed.refused()),
        Signature::Other => return Ok(named(path)),
    }
    let (mut recordings, mut fault) = (Vec::new(), None);
    for input in archive::open(path, &Hints::default()) {
        match input.source {
            // what is wrong with another archive inside is no fault of this one
            Source::Failed(error) if Path::new(&input.path) == path => return Err(error),
            Source::Failed(error) => fault = fault.or(Some(error)),
            _ => recordings.push(input),
        }
    }
    let several = recordings.len();
    match (recordings.pop(), fault) {
        (Some(input), _) if several == 1 => Ok(input),
        (None, Some(error)) => Err(error),
        (None, None) => Err(Error::new(
            Kind::NotAnActivity,
            "a zip archive without a GPX, FIT or TCX file in it",
        )
        .hint("is it the file that you meant?")),
        _ => Err(Error::new(
            Kind::NotAnActivity,
            format!("a zip archive of {several} recordings"),
        )
        .hint("hardlegs batch or hardlegs history reads them all, as they are")),
    }
}

/// Returns a fault of an archive or a folder, in one line.
fn broken(what: &str, error: impl std::fmt::Display) -> Error {
    Error::new(Kind::Damaged, format!("{what}: {error}"))
        .hint("download the export again; what is inside can also be named file by file")
}
