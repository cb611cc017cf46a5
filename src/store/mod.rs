//! What was scored once and need not be scored again: an `SQLite` file that anyone can open.

mod bicycles;
mod bounds;
mod copy;
mod corrections;
mod digest;
mod efforts;
mod files;
mod grades;
mod hills;
mod import;
mod largest;
mod mechanisms;
mod own_hills;
mod schema;
mod sessions;
mod stale;
mod upgrade;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::error::{Error, Kind};
pub use corrections::Correction;
pub use import::{Imported, Outcome, import};
pub use largest::LOOK_BACK_DAYS;
pub use own_hills::StoredHill;
pub use sessions::Unreadable;
pub use stale::{MissingSource, Stale};

/// "hlgs": what `file` and `pragma application_id` show.
const APPLICATION: i32 = 0x686c_6773;
/// How long one run waits for another to finish writing.
const PATIENCE: Duration = Duration::from_secs(30);

/// Pages of the store that are kept at hand while it is written: contents come in the order of their
/// digests, so that each goes to another page. Our choice, half of what a hundred thousand small files
/// come to.
const WRITING_KIB: i64 = 128 * 1024;
/// The same while it is read.
const READING_KIB: i64 = 8 * 1024;

/// Pages of the log after which they are written to the store, 64 MB: each page once for all that
/// went to it meanwhile. Our choice.
const LOG_PAGES: i64 = 16_384;

/// An open store. Several programs may have it open; one writes at a time.
#[derive(Debug)]
pub struct Store {
    db: Connection,
    path: PathBuf,
    copy: Option<PathBuf>,
}

impl Store {
    /// Opens a store, or makes a new one where there is no file, or an empty one. A store of an
    /// older version is copied (see [`Store::copy`]), and then brought up to date.
    ///
    /// # Errors
    /// `store`: not a store, of a newer version, in use for too long, or the disk refuses.
    /// What is refused is left as it was.
    ///
    /// ```
    /// use hardlegs::store::Store;
    /// let folder = tempfile::tempdir().unwrap();
    /// let store = Store::open(&folder.path().join("history.sqlite"))?;
    /// assert!(store.sessions()?.is_empty());
    /// # Ok::<(), hardlegs::error::Error>(())
    /// ```
    pub fn open(path: &Path) -> Result<Store, Error> {
        Store::opened(path, &schema::MIGRATIONS)
    }

    /// The same, where these are the steps to today's tables.
    fn opened(path: &Path, steps: &[&str]) -> Result<Store, Error> {
        if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)
                .map_err(|error| refused(path, &error.to_string()))?;
        }
        if bounds::too_small(path) {
            return Err(refused(path, "not a SQLite file"));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags)
            .map_err(|error| explained(path, &error))?;
        let mut store = Store { db, path: path.to_path_buf(), copy: None };
        store.prepare(steps).map_err(|error| store.fault(error))?;
        Ok(store)
    }

    /// Opens a store that is there already; `None` where there is none.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_existing(path: &Path) -> Result<Option<Store>, Error> {
        match path.try_exists() {
            Ok(true) => Store::open(path).map(Some),
            Ok(false) => Ok(None),
            Err(error) => Err(refused(path, &error.to_string())),
        }
    }

    /// Makes ready what was opened.
    fn prepare(&mut self, steps: &[&str]) -> Result<(), StoreFault> {
        self.db.busy_timeout(PATIENCE)?;
        // what is refused keeps what a killed program left in its log, too
        let log_stays = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
        self.db.set_db_config(log_stays, left_a_log(&self.path))?;
        let version = self.version(steps.len())?;
        self.db.set_db_config(log_stays, false)?;
        // readers and one writer at once; a killed program loses nothing that it committed
        self.write_ahead()?;
        self.db.pragma_update(None, "synchronous", "normal")?;
        self.db.pragma_update(None, "cache_size", -READING_KIB)?;
        self.db.pragma_update(None, "wal_autocheckpoint", LOG_PAGES)?;
        if version < steps.len() {
            self.upgrade(steps)?;
        }
        bounds::set(&self.db)?;
        Ok(())
    }

    /// Returns the version of what lies there, seen at one moment: another run may just be
    /// making it.
    fn version(&mut self, known: usize) -> Result<usize, StoreFault> {
        let moment = self.db.transaction()?;
        let number = |name| -> rusqlite::Result<i64> {
            moment.pragma_query_value(None, name, |row| row.get(0))
        };
        let (version, application) = (number("user_version")?, number("application_id")?);
        let tables: i64 =
            moment
                .query_row("select count(*) from sqlite_schema", [], |row| row.get(0))?;
        if application != i64::from(APPLICATION) && (tables > 0 || version != 0) {
            return Err(StoreFault::Words("a database of another program".to_owned()));
        }
        // a view in a table's place could ask anything, without end
        let placed: i64 = moment.query_row(
            "select count(*) from sqlite_schema
             where type = 'trigger' or (type = 'view' or sql like 'create virtual%')
             and lower(name) in ('files', 'activities', 'traces', 'hills', 'corrections', 'lines',
             'same_hills', 'efforts', 'best_uphill')",
            [],
            |row| row.get(0),
        )?;
        if placed > 0 {
            return Err(StoreFault::Words("changed by another program".to_owned()));
        }
        match usize::try_from(version) {
            Ok(version) if version <= known => Ok(version),
            _ => Err(StoreFault::Words(format!(
                "written by a newer hardlegs (version {version}, known are {known})"
            ))),
        }
    }

    /// Write-ahead logging. `SQLite` does not wait when another run is changing over, too.
    fn write_ahead(&self) -> Result<(), StoreFault> {
        let begun = std::time::Instant::now();
        loop {
            match self.db.pragma_update(None, "journal_mode", "wal") {
                Ok(()) => return Ok(()),
                Err(error)
                    if error.sqlite_error_code()
                        == Some(rusqlite::ErrorCode::DatabaseBusy)
                        && begun.elapsed() < PATIENCE =>
                {
                    std::thread::sleep(Duration::from_millis(10));
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Returns where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns where what an older version wrote was copied to just now; `None` where nothing
    /// was.
    pub fn copy(&self) -> Option<&Path> {
        self.copy.as_deref()
    }

    fn fault(&self, trouble: impl Into<StoreFault>) -> Error {
        match trouble.into() {
            StoreFault::Words(words) => refused(&self.path, &words),
            StoreFault::Sqlite(error) => explained(&self.path, &error),
        }
    }
}

/// What a step inside can fail with.
#[derive(Debug)]
enum StoreFault {
    Sqlite(rusqlite::Error),
    Words(String),
}

impl From<rusqlite::Error> for StoreFault {
    fn from(error: rusqlite::Error) -> StoreFault {
        StoreFault::Sqlite(error)
    }
}

impl From<std::io::Error> for StoreFault {
    fn from(error: std::io::Error) -> StoreFault {
        match error.kind() {
            std::io::ErrorKind::StorageFull => {
                StoreFault::Words("the disk is full".to_owned())
            }
            _ => StoreFault::Words(error.to_string()),
        }
    }
}

/// Returns whether a program that was killed left a log beside a store.
fn left_a_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(log).is_ok_and(|log| log.len() > 0)
}

fn refused(path: &Path, words: &str) -> Error {
    Error::new(Kind::Store, format!("the store: {words}"))
        .hint("--store names another place; nothing was changed")
        .at_path(path)
}

/// Characters of what `SQLite` says that are shown: it quotes what stands in a damaged file.
const SAID_CHARS: usize = 200;

fn explained(path: &Path, error: &rusqlite::Error) -> Error {
    use rusqlite::ErrorCode::{
        CannotOpen, DatabaseBusy, DatabaseCorrupt, DatabaseLocked, DiskFull,
        NotADatabase, ReadOnly, TooBig,
    };
    let said = || error.to_string().chars().take(SAID_CHARS).collect::<String>();
    let (cause, hint) = match error.sqlite_error_code() {
        Some(DatabaseBusy | DatabaseLocked) => {
            ("in use by another run".to_owned(), "wait until it has ended")
        }
        Some(NotADatabase) => {
            ("not a SQLite file".to_owned(), "--store names another place")
        }
        Some(DatabaseCorrupt) => (
            "damaged".to_owned(),
            "move it away: scoring the files again makes a new one",
        ),
        Some(TooBig) => (
            "changed by another program: a value is longer than any that is written"
                .to_owned(),
            "move it away: scoring the files again makes a new one",
        ),
        Some(DiskFull) => {
            ("the disk is full".to_owned(), "what was finished is kept; make room")
        }
        Some(ReadOnly | CannotOpen) => {
            (said(), "check who may write there, or --store names another place")
        }
        _ => (said(), "check the disk, or --store names another place"),
    };
    Error::new(Kind::Store, format!("the store: {cause}")).hint(hint).at_path(path)
}
