//! A folder and everything below it that is a recording.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use crate::error::Error;
use crate::inputs::{FOLDER_DEPTH, Hints, Input, archive, hint_of, is_recording, strava};

/// Recordings and archives below a folder, in order of names. Links are followed; one that
/// leads back to where it came from is left out.
pub(super) fn walk(root: &Path) -> impl Iterator<Item = Input> + Send + use<> {
    let table = File::open(root.join(strava::TABLE)).ok();
    let hints: Hints = Arc::new(table.map(strava::hints).unwrap_or_default());
    let root = root.to_path_buf();
    let inside = hints.clone();
    WalkDir::new(&root)
        .follow_links(true)
        .max_depth(FOLDER_DEPTH)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(move |entry| {
            inside.is_empty() || !strava::is_route(&below(&root, entry))
        })
        .flat_map(move |entry| one(entry, &hints))
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
) -> Box<dyn Iterator<Item = Input> + Send> {
    let entry = match entry {
        Ok(entry) => entry,
        Err(error) if error.loop_ancestor().is_some() => {
            return Box::new(std::iter::empty());
        }
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
    if !entry.file_type().is_file() {
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
