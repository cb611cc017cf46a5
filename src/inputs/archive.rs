//! Zip archives, and zips inside them, read in place.

use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

use zip::ZipArchive;

use crate::error::{Error, Kind};
use crate::inputs::strava::{self, Hints};
use crate::inputs::{
    Hint, Input, NESTED_BYTES, Source, Stamp, TABLE_ROWS, broken, is_aside, is_recording,
};
use crate::read::Limits;

/// A member of an archive, which is opened once for all of them.
#[derive(Debug, Clone)]
pub struct Member {
    archive: Archive,
    index: usize,
}

/// An archive on disk, or one that lay inside another.
#[derive(Debug, Clone)]
enum Archive {
    Disk(ZipArchive<Shared>),
    Memory(ZipArchive<Cursor<Arc<[u8]>>>),
}

/// A file that many may read at once, each with a place of its own.
#[derive(Debug, Clone)]
struct Shared {
    file: Arc<File>,
    position: u64,
    length: u64,
}

impl Read for Shared {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = read_at(&self.file, buffer, self.position)?;
        self.position += read as u64;
        Ok(read)
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], position: u64) -> std::io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, position)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], position: u64) -> std::io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, position)
}

impl Seek for Shared {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        let (base, offset) = match to {
            SeekFrom::Start(position) => (position, 0),
            SeekFrom::End(offset) => (self.length, offset),
            SeekFrom::Current(offset) => (self.position, offset),
        };
        self.position = base.checked_add_signed(offset).ok_or_else(|| {
            std::io::Error::new(std::io::ErrorKind::InvalidInput, "before the beginning")
        })?;
        Ok(self.position)
    }
}

/// Every recording in an archive, in order of names, and those of archives inside it. What
/// lies around the archive may tell of them, too.
pub(super) fn open(path: &Path, around: &Hints) -> std::vec::IntoIter<Input> {
    let name = path.to_string_lossy().into_owned();
    let opened = File::open(path).and_then(|file| {
        let length = file.metadata()?.len();
        Ok(Shared { file: Arc::new(file), position: 0, length })
    });
    let listed = Error::caught(|| {
        let zip = ZipArchive::new(opened.map_err(Error::io)?);
        let zip = zip.map_err(|error| broken("the archive", error))?;
        Ok(members(&Archive::Disk(zip), &name, around, Some(NESTED_BYTES)))
    });
    listed.unwrap_or_else(|error| vec![Input::failed(name, error)]).into_iter()
}

impl Archive {
    fn names(&self) -> Vec<(usize, String)> {
        let named = |names: Vec<&[u8]>| -> Vec<(usize, String)> {
            // some zips of Windows part folders by its own sign
            let lossy = |name: &[u8]| String::from_utf8_lossy(name).replace('\\', "/");
            names.into_iter().map(lossy).enumerate().collect()
        };
        let mut names = match self {
            Archive::Disk(zip) => named(zip.file_names_raw().collect()),
            Archive::Memory(zip) => named(zip.file_names_raw().collect()),
        };
        names.sort_by(|a, b| a.1.cmp(&b.1));
        names
    }

    /// Says that names stand for more than one file each: only the last of them can be told.
    fn twice(&self) -> Option<Error> {
        let twice = match self {
            Archive::Disk(zip) => zip.has_duplicate_names(),
            Archive::Memory(zip) => zip.has_duplicate_names(),
        };
        twice.then(|| {
            Error::new(
                Kind::Damaged,
                "the archive: several files have one name; only the last of them is read",
            )
            .hint("make the archive again with names that differ")
        })
    }

    /// Inflates a member within the limits, whatever size it states.
    fn bytes(&mut self, index: usize, limits: &Limits) -> Result<Vec<u8>, Error> {
        let read = |file: &mut dyn Read| {
            let mut bytes = Vec::new();
            file.take(limits.inflated_bytes.saturating_add(1))
                .read_to_end(&mut bytes)
                .map_err(|error| broken("inside the archive", error))?;
            if bytes.len() as u64 > limits.inflated_bytes {
                let most = limits.inflated_bytes >> 20;
                return Err(Error::new(
                    Kind::TooLarge,
                    format!("larger than {most} MiB"),
                )
                .hint("no activity is so large: look what it is"));
            }
            Ok(bytes)
        };
        let refused = |error| broken("inside the archive", error);
        match self {
            Archive::Disk(zip) => read(&mut zip.by_index(index).map_err(refused)?),
            Archive::Memory(zip) => read(&mut zip.by_index(index).map_err(refused)?),
        }
    }
}

impl Member {
    pub(super) fn stamp(&self) -> Option<Stamp> {
        let of = |size, crc: u32| Some(Stamp { size, mark: i64::from(crc) });
        match self.archive.clone() {
            Archive::Disk(mut zip) => {
                let file = zip.by_index_raw(self.index).ok()?;
                of(file.size(), file.crc32())
            }
            Archive::Memory(mut zip) => {
                let file = zip.by_index_raw(self.index).ok()?;
                of(file.size(), file.crc32())
            }
        }
    }

    pub(super) fn bytes(&self, limits: &Limits) -> Result<Vec<u8>, Error> {
        self.archive.clone().bytes(self.index, limits)
    }
}

/// Tables of an archive that are read: more exports than anybody packs together.
const TABLES: usize = 16;

/// The tables of an archive, each with the folder that it tells of, the innermost first.
struct Tables(Vec<(String, Hints)>);

impl Tables {
    fn read(reader: &mut Archive, names: &[(usize, String)], around: &Hints) -> Tables {
        let limits = Limits::default();
        let mut rows = TABLE_ROWS;
        let mut tables = Vec::new();
        let named = names.iter().filter_map(|(index, name)| {
            let (folder, last) = parts(name);
            (strava::is_table(last) && !is_aside(name)).then_some((*index, folder))
        });
        for (index, folder) in named.take(TABLES) {
            let Ok(bytes) = reader.bytes(index, &limits) else { continue };
            let hints = Hints::read(Cursor::new(bytes), rows);
            rows = rows.saturating_sub(hints.len());
            if !hints.is_empty() {
                tables.push((folder.to_owned(), hints));
            }
        }
        tables.sort_by_key(|(folder, _): &(String, _)| std::cmp::Reverse(folder.len()));
        tables.push((String::new(), around.clone()));
        Tables(tables)
    }

    /// The nearest table above a member, and the member's path from there.
    fn of<'n>(&self, name: &'n str) -> Option<(&Hints, &'n str)> {
        self.0.iter().find_map(|(folder, hints)| {
            Some((hints, name.strip_prefix(folder.as_str())?))
                .filter(|(h, _)| !h.is_empty())
        })
    }
}

/// The folder of a member, with its last `/`, and its own name.
fn parts(name: &str) -> (&str, &str) {
    match name.rsplit_once('/') {
        Some((folder, last)) => (name.get(..=folder.len()).unwrap_or(folder), last),
        None => ("", name),
    }
}

/// The recordings of an archive, and those of archives inside it, where there is room for them.
fn members(
    archive: &Archive,
    path: &str,
    around: &Hints,
    mut room: Option<u64>,
) -> Vec<Input> {
    let names = archive.names();
    let mut reader = archive.clone();
    let tables = Tables::read(&mut reader, &names, around);
    let mut inputs: Vec<Input> =
        archive.twice().into_iter().map(|e| Input::failed(path.to_owned(), e)).collect();
    for (index, name) in names {
        let told = tables.of(&name);
        if is_aside(&name) || told.is_some_and(|(_, below)| strava::is_route(below)) {
            continue;
        }
        let path = format!("{path}/{name}");
        let (_, last) = parts(&name);
        let hints = told.map(|(hints, _)| hints);
        if is_recording(last) {
            let source = Source::Member(Member { archive: archive.clone(), index });
            let hint = hints.map(|hints| hints.of(last)).unwrap_or_default();
            inputs.push(Input { path, source, hint });
        } else if let Some(room) = &mut room
            && last.to_lowercase().ends_with(".zip")
        {
            let around = hints.cloned().unwrap_or_default();
            inputs.extend(nested(&mut reader, index, path, &around, room));
        }
    }
    inputs
}

/// The recordings of an archive inside another, which is held in memory.
fn nested(
    outer: &mut Archive,
    index: usize,
    path: String,
    around: &Hints,
    room: &mut u64,
) -> Vec<Input> {
    let opened = outer.bytes(index, &Limits::default()).and_then(|bytes| {
        *room = room.checked_sub(bytes.len() as u64).ok_or_else(|| {
            let most = NESTED_BYTES >> 20;
            Error::new(
                Kind::TooLarge,
                format!("archives inside the archive of more than {most} MiB together"),
            )
            .hint("unzip it and name the folder")
        })?;
        ZipArchive::new(Cursor::new(Arc::from(bytes)))
            .map_err(|error| broken("the archive inside", error))
    });
    match opened {
        Ok(zip) => members(&Archive::Memory(zip), &path, around, None),
        Err(error) => {
            vec![Input { path, source: Source::Failed(error), hint: Hint::default() }]
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn names_that_stand_for_several_files_are_told() {
        let mut bytes = zip(&[("a.gpx", b"<gpx/>"), ("b.gpx", b"<gpx/>")]);
        for at in 0..bytes.len() - 5 {
            if bytes[at..].starts_with(b"b.gpx") {
                bytes[at] = b'a';
            }
        }
        let archive = ZipArchive::new(Cursor::new(Arc::from(bytes))).unwrap();
        let found = members(&Archive::Memory(archive), "x.zip", &Hints::default(), None);
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
    fn archives_inside_are_read_as_long_as_there_is_room() {
        let inner = zip(&[("run.gpx", b"<gpx/>")]);
        let outer = zip(&[("a.zip", &inner), ("b.zip", &inner), ("c.gpx", b"<gpx/>")]);
        let outer = ZipArchive::new(Cursor::new(Arc::from(outer))).unwrap();
        let room = Some(inner.len() as u64);
        let found = members(&Archive::Memory(outer), "x.zip", &Hints::default(), room);
        let said: Vec<(String, Option<String>)> = found
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
