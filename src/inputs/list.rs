//! Paths from a list: one a line, or each ended by NUL.

use std::io::{BufRead as _, BufReader, Read};
use std::path::PathBuf;

use crate::error::{Error, Kind};
use crate::inputs::{Input, named};
use crate::read;

/// Longest path of a list: sixteen times what systems take.
pub const MOST_PATH_BYTES: u64 = 64 << 10;

/// Returns the inputs that a list names, as they come, each path ended by `end`. What is no
/// path ends the list, in a line.
///
/// # Errors
/// `not_an_activity` where the list is a recording itself.
///
/// ```
/// use hardlegs::inputs::in_list;
/// let paths: Vec<String> =
///     in_list(&b"a.fit\r\n\nb.gpx"[..], b'\n').unwrap().map(|input| input.path).collect();
/// assert_eq!(paths, ["a.fit", "b.gpx"]);
/// assert!(in_list(&b"<?xml version='1.0'?><gpx/>"[..], b'\n').is_err());
/// ```
pub fn in_list(
    list: impl Read + Send,
    end: u8,
) -> Result<impl Iterator<Item = Input> + Send, Error> {
    let mut list = BufReader::new(list);
    // no path begins like one
    if list.fill_buf().is_ok_and(read::recognises) {
        return Err(Error::new(Kind::NotAnActivity, "a recording, not a list of paths")
            .hint("hardlegs - reads a recording from standard input"));
    }
    Ok(Paths { list, end, ended: false, blanks: 0 }.filter_map(move |path| match path {
        Ok(mut path) => {
            if end == b'\n' && path.last() == Some(&b'\r') {
                path.pop();
            }
            (!path.is_empty()).then(|| named(os_path(path)))
        }
        Err(error) => Some(Input::failed("-".to_owned(), error)),
    }))
}

/// The paths of a list; the first that is none ends it.
struct Paths<R> {
    list: BufReader<R>,
    end: u8,
    ended: bool,
    /// Ends in a row without a path between them.
    blanks: u64,
}

impl<R: Read> Iterator for Paths<R> {
    type Item = Result<Vec<u8>, Error>;

    fn next(&mut self) -> Option<Result<Vec<u8>, Error>> {
        if self.ended {
            return None;
        }
        let mut path = Vec::new();
        let read =
            (&mut self.list).take(MOST_PATH_BYTES + 1).read_until(self.end, &mut path);
        if path.last() == Some(&self.end) {
            path.pop();
        } else {
            self.ended = read.is_err() || path.len() as u64 > MOST_PATH_BYTES;
        }
        // nothing but ends: zeros without an end are no list either
        self.blanks = if path.is_empty() { self.blanks + 1 } else { 0 };
        self.ended |= self.blanks > MOST_PATH_BYTES;
        match read {
            Ok(0) => None,
            Ok(_) if self.ended => Some(Err(too_long())),
            Ok(_) => Some(Ok(path)),
            Err(error) => Some(Err(Error::io(error))),
        }
    }
}

fn too_long() -> Error {
    let most = MOST_PATH_BYTES >> 10;
    Error::new(
        Kind::TooLarge,
        format!("a path of more than {most} KiB: this is no list of paths"),
    )
    .hint("one path a line, or each ended by NUL with --files0-from")
}

#[cfg(unix)]
fn os_path(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt as _;
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn os_path(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}
