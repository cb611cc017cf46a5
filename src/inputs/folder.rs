//! A folder and everything below it that is a recording.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use walkdir::{DirEntry, WalkDir};

use crate::error::{Error, Kind};
use crate::inputs::signature::Signature;
use crate::inputs::strava::{self, Hints};
use crate::inputs::{
    COMPANIONS, FOLDER_DEPTH, Hint, Input, TABLE_ROWS, archive, is_companion,
    is_recording,
};
use crate::read::packed;

/// Recordings and archives below a folder, in order of names. A link to a file is followed
/// where the file lies below the folder too; a link to a folder never is: what it leads to is
/// met by itself, or lies outside, which is said.
///
/// What an export's table says holds for all below the folder that the table lies in; who
/// names the folder `activities` of an export is told it, too.
pub(super) fn walk(root: &Path) -> impl Iterator<Item = Input> + Send + use<> {
    let real_root = root.canonicalize().ok();
    let mut tables = Tables(Vec::new());
    if let Some(export) = real_root.as_deref().and_then(export_of) {
        tables.0.push((PathBuf::new(), table_in(export)));
    }
    // by itself: where the root is a link to a folder, the walk calls it a link
    let refused = tables.enter(root);
    let found = WalkDir::new(root)
        .follow_links(false)
        .max_depth(FOLDER_DEPTH)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| !is_aside(entry))
        .flat_map(move |entry| one(entry, &mut tables, real_root.as_deref()));
    refused.into_iter().chain(found)
}

/// The tables that tell of where the walk is, the innermost last.
struct Tables(Vec<(PathBuf, Hints)>);

impl Tables {
    /// Returns what the nearest says of what lies at a path.
    fn above(&mut self, path: &Path) -> Hints {
        while self.0.last().is_some_and(|(folder, _)| !path.starts_with(folder)) {
            self.0.pop();
        }
        self.0.last().map(|(_, hints)| hints.clone()).unwrap_or_default()
    }

    /// Enters a folder of the walk; returns the fault of its table, if that is not read.
    fn enter(&mut self, folder: &Path) -> Option<Input> {
        self.above(folder);
        let hints = table_in(folder);
        let refused = hints.refused().map(|error| {
            let table = folder.join(strava::TABLE);
            Input::failed(table.to_string_lossy().into_owned(), error)
        });
        if !hints.is_empty() {
            self.0.push((folder.to_path_buf(), hints));
        }
        refused
    }
}

/// Returns the folder that a folder `activities` of an export lies in.
fn export_of(activities: &Path) -> Option<&Path> {
    let name = activities.file_name()?;
    activities.parent().filter(|_| name.eq_ignore_ascii_case("activities"))
}

/// Returns what the table beside the folder of a file says of it, if that is an export's.
pub(super) fn told_beside(file: &Path) -> Hint {
    // a shell names file by file: the table of the last one is likely this one's
    static LAST: Mutex<Option<(PathBuf, Hints)>> = Mutex::new(None);
    let told = || -> Option<Hint> {
        let file = std::path::absolute(file).ok()?;
        let export = export_of(file.parent()?)?;
        let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
        if last.as_ref().is_none_or(|(folder, _)| folder != export) {
            *last = Some((export.to_path_buf(), table_in(export)));
        }
        let (_, hints) = last.as_ref()?;
        Some(hints.of(&file.file_name()?.to_string_lossy()))
    };
    told().unwrap_or_default()
}

/// Returns the table that lies in a folder, in the ways that its name is written.
fn table_in(folder: &Path) -> Hints {
    let names = [strava::TABLE, "Activities.csv", "ACTIVITIES.CSV"];
    let table = names.iter().map(|name| folder.join(name)).find(|path| path.is_file());
    let table = table.and_then(|path| File::open(path).ok());
    table.map(|table| Hints::read(table, TABLE_ROWS)).unwrap_or_default()
}

/// Returns whether a folder holds no recordings: the planned routes of an export, a Mac's
/// companions.
fn is_aside(entry: &DirEntry) -> bool {
    if entry.depth() == 0 || !entry.file_type().is_dir() {
        return false;
    }
    let name = entry.file_name();
    let beside = || entry.path().parent().map(table_in);
    name == COMPANIONS
        || (name == strava::ROUTES && beside().is_some_and(|hints| !hints.is_empty()))
}

fn one(
    entry: walkdir::Result<DirEntry>,
    tables: &mut Tables,
    real_root: Option<&Path>,
) -> Box<dyn Iterator<Item = Input> + Send> {
    let entry = match entry {
        Ok(entry) => entry,
        Err(error) => {
            let path = error.path().map(|p| p.to_string_lossy().into_owned());
            let cause = error
                .into_io_error()
                .unwrap_or_else(|| std::io::Error::other("unreadable"));
            let input = Input::failed(
                path.unwrap_or_default(),
                Error::io(cause).hint("check who may read it"),
            );
            return Box::new(std::iter::once(input));
        }
    };
    let name = entry.file_name().to_string_lossy();
    if entry.file_type().is_dir() || entry.depth() == 0 {
        let at = entry.path();
        let refused = (entry.depth() > 0).then(|| tables.enter(at)).flatten();
        return Box::new(refused.into_iter());
    }
    let is_file = if entry.path_is_symlink() {
        match linked(entry.path(), is_recording(&name), real_root) {
            Ok(is_file) => is_file,
            Err(error) => {
                let path = entry.path().to_string_lossy().into_owned();
                return Box::new(std::iter::once(Input::failed(path, error)));
            }
        }
    } else {
        entry.file_type().is_file()
    };
    if !is_file {
        return Box::new(std::iter::empty());
    }
    if is_recording(&name) {
        let hint = tables.above(entry.path()).of(&name);
        return Box::new(std::iter::once(Input { hint, ..Input::file(entry.path()) }));
    }
    let beginning = Signature::of(entry.path());
    if let Signature::Zip = beginning {
        Box::new(archive::open(entry.path(), &tables.above(entry.path())))
    } else {
        Box::new(left_out(entry.path(), &name, &beginning).into_iter())
    }
}

/// Returns the line that an archive is not read, or is none: nothing else is told of that is no
/// recording.
fn left_out(path: &Path, name: &str, beginning: &Signature) -> Option<Input> {
    if is_companion(name) {
        return None;
    }
    let packed = match beginning {
        Signature::Packed(packed) if packed.is_archive() => Some(*packed),
        _ => packed::by_name(name),
    };
    match packed {
        Some(packed) => {
            Some(Input::failed(path.to_string_lossy().into_owned(), packed.refused()))
        }
        // it says itself what it is instead
        None => name.to_lowercase().ends_with(".zip").then(|| Input::file(path)),
    }
}

/// Returns whether a link leads to a file below the folder that is walked.
///
/// # Errors
/// Where it leads out of it.
fn linked(
    link: &Path,
    is_recording: bool,
    real_root: Option<&Path>,
) -> Result<bool, Error> {
    let Ok(target) = link.canonicalize() else {
        // a file of that name says itself what is wrong
        return Ok(is_recording);
    };
    if real_root.is_some_and(|root| target.starts_with(root)) {
        return Ok(target.is_file());
    }
    if target.is_dir() || is_recording {
        return Err(Error::new(Kind::Io, "a link out of the folder, not followed")
            .hint("name what it leads to"));
    }
    Ok(false)
}
