//! Zip archives, and zips inside them, read in place.

use std::io::{Cursor, Read};
use std::path::Path;

use zip::ZipArchive;

use crate::error::{Error, Kind};
use crate::inputs::archive_source::{ArchiveSource, DIRECTORY_BYTES};
use crate::inputs::budget::{self, Budget};
use crate::inputs::layout::Layout;
use crate::inputs::skipped::Skipped;
use crate::inputs::strava::{self, Hints};
use crate::inputs::{
    Hint, Input, NESTED_BYTES, Source, Stamp, TABLE_ROWS, broken, is_aside, is_recording,
};
use crate::read::{Limits, packed};

/// A member of an archive, which is opened once for all of them.
#[derive(Debug, Clone)]
pub struct Member {
    archive: Archive,
    index: usize,
}

/// An archive on disk, or one that lay inside another.
#[derive(Debug, Clone)]
struct Archive(ZipArchive<ArchiveSource>);

/// What is left for an archive and all inside it.
struct Left {
    inflating: Budget,
    /// Bytes of archives inside it.
    nested: u64,
}

/// Returns every recording in an archive, in order of names, and those of archives inside it.
/// What lies around the archive may tell of them, too.
pub(super) fn open(path: &Path, around: &Hints) -> std::vec::IntoIter<Input> {
    let name = path.to_string_lossy().into_owned();
    let listed = Error::caught(|| {
        let place = ArchiveSource::on_disk(path).map_err(Error::io)?;
        let inflating = Budget::of(place.length(), &Limits::default());
        let mut left = Left { inflating, nested: NESTED_BYTES };
        let opened = Archive::open(&place, "the archive")?;
        Ok(members(opened, &name, around, &mut left, Depth::Outer))
    });
    listed.unwrap_or_else(|error| vec![Input::failed(name, error)]).into_iter()
}

impl Archive {
    /// Reads the directory, and holds it against what lies there.
    fn open(place: &ArchiveSource, what: &str) -> Result<(Archive, Layout), Error> {
        let mut archive = match ZipArchive::new(place.clone()) {
            Ok(archive) => archive,
            Err(_) if place.is_exhausted() => return Err(too_long(what)),
            Err(error) => return Err(unopened(what, &error)),
        };
        place.is_opened();
        let layout = Layout::of(&mut archive, &mut place.clone());
        if archive.is_empty() && !layout.is_short {
            return Err(Error::new(Kind::Empty, format!("{what} is empty"))
                .hint("the export may have failed; try it again"));
        }
        Ok((Archive(archive), layout))
    }

    fn names(&self) -> Vec<(usize, String)> {
        // some zips of Windows part folders by its own sign
        let lossy = |name: &[u8]| String::from_utf8_lossy(name).replace('\\', "/");
        let mut names: Vec<(usize, String)> =
            self.0.file_names_raw().map(lossy).enumerate().collect();
        names.sort_by(|a, b| a.1.cmp(&b.1));
        names
    }

    /// Returns bytes of a member in the archive, and those that it says to inflate to.
    fn sizes(&self, index: usize) -> (u64, u64) {
        let sizes =
            |entry: zip::read::ZipFileEntry<'_>| (entry.compressed_size(), entry.size());
        self.0.by_index_data(index).map(sizes).unwrap_or_default()
    }

    /// Returns what reading a member takes of the budget: nothing, where it is refused by itself.
    fn cost(&self, index: usize, name: &str) -> u64 {
        let limits = Limits::default();
        let (packed, stated) = self.sizes(index);
        if believable(packed, stated, &limits).is_err() {
            0
        } else if name.to_lowercase().ends_with(".gz") {
            stated.max(budget::in_gzip(packed, &limits))
        } else {
            stated
        }
    }

    /// Inflates a member within the limits, to no more than it states.
    fn bytes(&mut self, index: usize, limits: &Limits) -> Result<Vec<u8>, Error> {
        let (packed, stated) = self.sizes(index);
        believable(packed, stated, limits)?;
        let refused = |error| broken("inside the archive", error);
        let member = self.0.by_index(index).map_err(refused)?;
        let mut bytes = Vec::new();
        member
            .take(limits.inflated_bytes.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| broken("inside the archive", error))?;
        believable(packed, bytes.len() as u64, limits)?;
        Ok(bytes)
    }
}

fn believable(packed: u64, inflated: u64, limits: &Limits) -> Result<(), Error> {
    if inflated > limits.inflated_bytes {
        let most = limits.inflated_bytes >> 20;
        return Err(Error::new(Kind::TooLarge, format!("larger than {most} MiB"))
            .hint("no activity is so large: look what it is"));
    }
    limits.inflating(inflated, packed, "unzip")
}

fn too_long(what: &str) -> Error {
    let most = DIRECTORY_BYTES >> 20;
    let cause = format!("{what}: a directory of more than {most} MiB");
    Error::new(Kind::TooLarge, cause).hint("unzip it and name the folder")
}

fn unopened(what: &str, error: &zip::result::ZipError) -> Error {
    // the library's short name for the record at the end
    if error.to_string().contains("Could not find EOCD") {
        let cause =
            format!("{what} is cut off: its end, which lists what is inside, is missing");
        return Error::new(Kind::Damaged, cause).hint(
            "download the export again; what is inside can also be named file by file",
        );
    }
    broken(what, error)
}

impl Member {
    pub(super) fn stamp(&self) -> Option<Stamp> {
        let mut archive = self.archive.0.clone();
        let file = archive.by_index_raw(self.index).ok()?;
        Some(Stamp { size: file.size(), mark: i64::from(file.crc32()) })
    }

    pub(super) fn bytes(&self, limits: &Limits) -> Result<Vec<u8>, Error> {
        self.archive.clone().bytes(self.index, limits)
    }

    /// Returns the limits of what is packed once more inside it.
    pub(super) fn within(&self, limits: &Limits) -> Limits {
        let (packed, _) = self.archive.sizes(self.index);
        Limits { inflated_bytes: budget::in_gzip(packed, limits), ..*limits }
    }
}

/// Tables of an archive that are read: more exports than anybody packs together.
const TABLES: usize = 16;

/// The tables of an archive, each with the folder that it tells of, the innermost first, and
/// those that are not read.
struct Tables {
    told: Vec<(String, Hints)>,
    refused: Vec<(String, Error)>,
}

impl Tables {
    /// Reads those that lie by themselves, as far as there is room.
    fn read(
        (reader, layout): &mut (Archive, Layout),
        names: &[(usize, String)],
        around: &Hints,
        budget: &mut Budget,
    ) -> Tables {
        let limits = Limits::default();
        let mut rows = TABLE_ROWS;
        let (mut tables, mut refused) = (Vec::new(), Vec::new());
        let named = names.iter().filter_map(|(index, name)| {
            let (folder, last) = parts(name);
            (strava::is_table(last) && !is_aside(name)).then_some((*index, folder))
        });
        for (index, folder) in named.take(TABLES) {
            if layout.overlaps(index) || !budget.takes(reader.cost(index, "")) {
                continue;
            }
            let Ok(bytes) = reader.bytes(index, &limits) else { continue };
            let hints = Hints::read(Cursor::new(bytes), rows);
            rows = rows.saturating_sub(hints.len());
            let error = hints.refused();
            refused.extend(error.map(|e| (format!("{folder}{}", strava::TABLE), e)));
            if !hints.is_empty() {
                tables.push((folder.to_owned(), hints));
            }
        }
        tables.sort_by_key(|(folder, _): &(String, _)| std::cmp::Reverse(folder.len()));
        tables.push((String::new(), around.clone()));
        Tables { told: tables, refused }
    }

    /// Returns the nearest table above a member, and the member's path from there.
    fn of<'n>(&self, name: &'n str) -> Option<(&Hints, &'n str)> {
        self.told.iter().find_map(|(folder, hints)| {
            Some((hints, name.strip_prefix(folder.as_str())?))
                .filter(|(h, _)| !h.is_empty())
        })
    }
}

/// Returns the folder of a member, with its last `/`, and its own name.
fn parts(name: &str) -> (&str, &str) {
    match name.rsplit_once('/') {
        Some((folder, last)) => (name.get(..=folder.len()).unwrap_or(folder), last),
        None => ("", name),
    }
}

/// Where an archive lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Depth {
    Outer,
    Inside,
}

/// Returns what of an archive is left out, and the recordings in it and in archives inside it,
/// where there is room for them.
fn members(
    mut opened: (Archive, Layout),
    path: &str,
    around: &Hints,
    left: &mut Left,
    depth: Depth,
) -> Vec<Input> {
    let names = opened.0.names();
    let mut tables = Tables::read(&mut opened, &names, around, &mut left.inflating);
    let (mut archive, layout) = opened;
    let mut left_out = Skipped::of(layout.is_short, archive.0.has_duplicate_names());
    let refused = std::mem::take(&mut tables.refused).into_iter();
    let mut inputs: Vec<Input> =
        refused.map(|(table, e)| Input::failed(format!("{path}/{table}"), e)).collect();
    for (index, name) in names {
        let told = tables.of(&name);
        if is_aside(&name) || told.is_some_and(|(_, below)| strava::is_route(below)) {
            continue;
        }
        let path = format!("{path}/{name}");
        let (_, last) = parts(&name);
        let is_zip = last.to_lowercase().ends_with(".zip");
        if !is_zip && !is_recording(last) {
            if let Some(packed) = packed::by_name(last) {
                left_out.packed(path, packed);
            }
        } else if layout.overlaps(index) {
            left_out.overlapping += 1;
        } else if is_zip && depth == Depth::Inside {
            left_out.deeper(path);
        } else if !left.inflating.takes(archive.cost(index, last)) {
            left_out.beyond += 1;
        } else if is_zip {
            let around = told.map(|(hints, _)| hints.clone()).unwrap_or_default();
            inputs.extend(nested(&mut archive, index, path, &around, left));
        } else {
            let source = Source::Member(Member { archive: archive.clone(), index });
            let hint = told.map(|(hints, _)| hints.of(last)).unwrap_or_default();
            inputs.push(Input { path, source, hint });
        }
    }
    inputs.splice(..0, left_out.told(path));
    inputs
}

/// Returns the recordings of an archive inside another, which is held in memory.
fn nested(
    outer: &mut Archive,
    index: usize,
    path: String,
    around: &Hints,
    left: &mut Left,
) -> Vec<Input> {
    let opened = outer.bytes(index, &Limits::default()).and_then(|bytes| {
        left.nested = left.nested.checked_sub(bytes.len() as u64).ok_or_else(|| {
            let most = NESTED_BYTES >> 20;
            Error::new(
                Kind::TooLarge,
                format!("archives inside the archive of more than {most} MiB together"),
            )
            .hint("unzip it and name the folder")
        })?;
        Archive::open(&ArchiveSource::in_memory(bytes), "the archive inside")
    });
    match opened {
        Ok(opened) => members(opened, &path, around, left, Depth::Inside),
        Err(error) => {
            vec![Input { path, source: Source::Failed(error), hint: Hint::default() }]
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    /// Returns what is found in an archive that lies in memory.
    fn found(bytes: Vec<u8>, nested: u64) -> Vec<Input> {
        let opened =
            Archive::open(&ArchiveSource::in_memory(bytes), "the archive").unwrap();
        let inflating = Budget::of(1, &Limits::default());
        let mut left = Left { inflating, nested };
        members(opened, "x.zip", &Hints::default(), &mut left, Depth::Outer)
    }

    #[test]
    fn names_that_stand_for_several_files_are_told() {
        let mut bytes = zip(&[("a.gpx", b"<gpx/>"), ("b.gpx", b"<gpx/>")]);
        for at in 0..bytes.len() - 5 {
            if bytes[at..].starts_with(b"b.gpx") {
                bytes[at] = b'a';
            }
        }
        let found = found(bytes, 0);
        let paths: Vec<&str> = found.iter().map(|input| input.path.as_str()).collect();
        assert_eq!(paths, ["x.zip", "x.zip/a.gpx"]);
        assert!(
            matches!(&found[0].source, Source::Failed(e) if e.message().contains("one name"))
        );
    }

    fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in members {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn reads_archives_inside_within_the_budget() {
        let inner = zip(&[("run.gpx", b"<gpx/>")]);
        let outer = zip(&[("a.zip", &inner), ("b.zip", &inner), ("c.gpx", b"<gpx/>")]);
        let said: Vec<(String, Option<String>)> = found(outer, inner.len() as u64)
            .into_iter()
            .map(|input| (input.path.clone(), input.into_bytes(&Limits::default()).err()))
            .map(|(path, error)| {
                (path, error.map(|error| error.kind().code().to_owned()))
            })
            .collect();
        let too_large = Some("too_large".to_owned());
        assert_eq!(
            said,
            [
                ("x.zip/a.zip/run.gpx".to_owned(), None),
                ("x.zip/b.zip".to_owned(), too_large),
                ("x.zip/c.gpx".to_owned(), None),
            ]
        );
    }
}
