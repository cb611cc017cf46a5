//! A folder and everything below it that is a recording.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use crate::error::{Error, Kind};
use crate::inputs::{FOLDER_DEPTH, Hints, Input, archive, hint_of, is_recording, strava};

/// Recordings and archives below a folder, in order of names. A link to a file is followed
/// where the file lies below the folder too; a link to a folder never is: what it leads to is
/// met by itself, or lies outside, which is said.
pub(super) fn walk(root: &Path) -> impl Iterator<Item = Input> + Send + use<> {
    let table = File::open(root.join(strava::TABLE)).ok();
    let hints: Hints = Arc::new(table.map(strava::hints).unwrap_or_default());
    let root = root.to_path_buf();
    let inside = hints.clone();
    let real_root = root.canonicalize().ok();
    WalkDir::new(&root)
        .follow_links(false)
        .max_depth(FOLDER_DEPTH)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(move |entry| {
            inside.is_empty() || !strava::is_route(&below(&root, entry))
        })
        .flat_map(move |entry| one(entry, &hints, real_root.as_deref()))
}

/// The path of an entry below the root, with `/` between its parts.
fn below(root: &Path, entry: &DirEntry) -> String {
    let path = entry.path().strip_prefix(root).unwrap_or(entry.path());
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

fn one(
    entry: walkdir::Result<DirEntry>,
    hints: &Hints,
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
        Box::new(std::iter::empty())
    } else if is_recording(&name) {
        let hint = hint_of(hints, &name);
        Box::new(std::iter::once(Input { hint, ..Input::file(entry.path()) }))
    } else if archive::is_zip(entry.path()) {
        Box::new(archive::open(entry.path()))
    } else {
        Box::new(std::iter::empty())
    }
}

/// Whether a link leads to a file below the folder that is walked.
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
