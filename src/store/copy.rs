//! A copy of the store beside it, as it was before its tables are changed.

use std::fs::{File, OpenOptions};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use crate::store::StoreFault;

/// Copies of one version that are kept: our choice. More are made only where an upgrade failed
/// and an older program wrote on, again and again.
const MOST: u32 = 100;

/// Bytes that are compared at a time.
const CHUNK_BYTES: u64 = 1 << 16;
/// As `SQLite` counts the pages of a step of a copy.
const ALL_PAGES: i32 = -1;

/// Copies a store of a version to `PATH.v1.bak`, whole and on the disk when it returns; where
/// it lies. Nothing that lies there is written over: a copy with the same content is taken for
/// this one, beside another comes `PATH.v1.2.bak`.
pub(super) fn beside(path: &Path, version: usize) -> Result<PathBuf, StoreFault> {
    let part = with_end(path, &format!(".v{version}.bak-part"));
    let made = copied(path, &part).and_then(|()| named(path, &part, version));
    // what another attempt left half done, and what was not needed
    let _ = std::fs::remove_file(&part);
    made
}

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

/// Every page of the store as it is, with what still lies in its log.
fn copied(path: &Path, part: &Path) -> Result<(), StoreFault> {
    let _ = std::fs::remove_file(part);
    // who may not read the store may not read its copy
    let permissions = std::fs::metadata(path)?.permissions();
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(part)?
        .set_permissions(permissions)?;
    let mode = OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let from =
        Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut to =
        Connection::open_with_flags(part, mode | OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let step = Backup::new(&from, &mut to)?.step(ALL_PAGES)?;
    match step {
        StepResult::Done => {}
        _ => return Err(StoreFault::Words("in use by another run".to_owned())),
    }
    to.close().map_err(|(_, error)| error)?;
    File::open(part)?.sync_all()?;
    Ok(())
}

/// Gives a copy its name.
fn named(path: &Path, part: &Path, version: usize) -> Result<PathBuf, StoreFault> {
    for number in 1..=MOST {
        let end = match number {
            1 => format!(".v{version}.bak"),
            _ => format!(".v{version}.{number}.bak"),
        };
        let name = with_end(path, &end);
        // a link that leads nowhere lies there, too
        if std::fs::symlink_metadata(&name).is_err() {
            std::fs::rename(part, &name)?;
            on_disk(&name)?;
            return Ok(name);
        }
        if same(part, &name).unwrap_or(false) {
            return Ok(name);
        }
    }
    Err(StoreFault::Words(format!("{MOST} copies of version {version} lie beside it")))
}

/// Puts a name on the disk: it is there once its folder is.
fn on_disk(name: &Path) -> std::io::Result<()> {
    let folder = name.parent().filter(|folder| !folder.as_os_str().is_empty());
    if cfg!(unix) {
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    Ok(())
}

fn same(a: &Path, b: &Path) -> std::io::Result<bool> {
    if !std::fs::metadata(b)?.is_file() {
        return Ok(false);
    }
    let (mut a, mut b) = (BufReader::new(File::open(a)?), BufReader::new(File::open(b)?));
    let (mut from_a, mut from_b) = (Vec::new(), Vec::new());
    loop {
        from_a.clear();
        from_b.clear();
        (&mut a).take(CHUNK_BYTES).read_to_end(&mut from_a)?;
        (&mut b).take(CHUNK_BYTES).read_to_end(&mut from_b)?;
        if from_a != from_b || from_a.is_empty() {
            return Ok(from_a == from_b);
        }
    }
}
