//! How long a value of the store may be: more is neither written nor read.

use std::path::Path;

use rusqlite::Connection;
use rusqlite::limits::Limit;

/// Bytes of a name, a device, an id, a day or another word: our choice, five times the longest
/// name that is read.
pub(super) const WORD_BYTES: usize = 4096;
/// Characters of a name that is written; each has four bytes at most.
pub(super) const WORD_CHARS: usize = WORD_BYTES / 4;
/// Bytes of a path: an archive's on the disk, and its members' of 64 KiB each. Our choice.
pub(super) const PATH_BYTES: usize = 256 << 10;
/// Bytes of what is told of a file: our choice. A kind of flaw is told once a part.
pub(super) const TOLD_BYTES: usize = 1 << 20;
/// Bytes of a trace: its at most 128 positions and the first take 1032.
pub(super) const TRACE_BYTES: usize = 4096;
/// Bytes of a line: its at most 2001 points of 16 bytes.
pub(super) const LINE_BYTES: usize = 32_016;
/// Bytes of any other value, and of a row: above the sum of what a row may hold.
const VALUE_BYTES: i32 = 4 << 20;
/// No database of `SQLite` is smaller: its smallest page has so many bytes.
const LEAST_BYTES: u64 = 512;

/// Beyond this no figure of an outing lies, in any of its units: our choice. What is larger is
/// not written, and what says so was not written by us.
pub(super) const LARGEST: f64 = 1e9;

/// Returns whether a figure can be one of an outing.
pub(super) fn is_possible(value: f64) -> bool {
    value.abs() <= LARGEST
}

/// Returns a column that is read only where it is no longer than that; otherwise it comes as no
/// bytes, which are no text. What is longer is not even loaded.
pub(super) fn within(column: &str, bytes: usize) -> String {
    format!("iif(octet_length({column}) > {bytes}, x'', {column})")
}

/// Returns everything that no column bounds.
pub(super) fn set(db: &Connection) -> rusqlite::Result<()> {
    db.set_limit(Limit::SQLITE_LIMIT_LENGTH, VALUE_BYTES).map(|_| ())
}

/// Returns whether a file is there that holds something, and too little for a database: `SQLite`
/// would begin one over it. An empty file is a store that is yet to be.
pub(super) fn too_small(path: &Path) -> bool {
    std::fs::metadata(path)
        .is_ok_and(|file| file.is_file() && (1..LEAST_BYTES).contains(&file.len()))
}
