//! Rows of files: what was found where, and what became of it.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::types::FromSql;
use rusqlite::{Row, Transaction, params};

use crate::error::{Error, Kind};
use crate::inputs::Stamp;
use crate::report::MODEL_VERSION;
use crate::sport::Sport;
use crate::store::bounds::{PATH_BYTES, TOLD_BYTES, WORD_BYTES, within};
use crate::store::corrections::sport;
use crate::store::sessions::{TABLES, sound};
use crate::store::{Store, StoreFault};

/// What is known of a file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FileRow {
    pub(super) stamp: Option<Stamp>,
    pub(super) id: Option<String>,
    pub(super) digest: String,
    pub(super) model: u32,
    /// Code and words, where nothing could be scored.
    pub(super) failure: Option<(String, String)>,
    pub(super) notices: Vec<String>,
}

impl FileRow {
    /// Returns whether the file could not even be read.
    pub(super) fn unread(&self) -> bool {
        self.failure.as_ref().is_some_and(|(code, _)| code == Kind::Io.code())
    }
}

/// What an activity was scored with.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ScoredWith {
    pub(super) part: u32,
    pub(super) digest: String,
    pub(super) model: u32,
    pub(super) sport: Sport,
    pub(super) day: Date,
    /// Whether its climbs and descents are kept with where they lie, its metres by grade, its
    /// best efforts uphill and, of a ride, the bicycle.
    pub(super) is_whole: bool,
}

/// Everything that is known when a run begins.
#[derive(Debug, Default)]
pub(super) struct KnownFiles {
    pub(super) files: HashMap<String, FileRow>,
    pub(super) contents: HashMap<String, Vec<ScoredWith>>,
}

fn get<T: FromSql>(row: &Row<'_>, column: usize) -> Option<T> {
    row.get(column).ok()
}

/// Returns what is known of a file, after its path; `None` where its row cannot be read.
fn file_row(row: &Row<'_>) -> Option<(String, FileRow)> {
    let (size, mark): (Option<i64>, Option<i64>) = (get(row, 1)?, get(row, 2)?);
    let stamp = size
        .and_then(|size| u64::try_from(size).ok())
        .zip(mark)
        .map(|(size, mark)| Stamp { size, mark });
    let (code, message): (Option<String>, Option<String>) = (get(row, 6)?, get(row, 7)?);
    let notices: Option<String> = get(row, 8)?;
    let notices = notices.and_then(|text| serde_json::from_str(&text).ok());
    let file = FileRow {
        stamp,
        id: get(row, 3)?,
        digest: get(row, 4)?,
        model: get(row, 5)?,
        failure: code.map(|code| (code, message.unwrap_or_default())),
        notices: notices.unwrap_or_default(),
    };
    Some((get(row, 0)?, file))
}

/// Returns what an activity was scored with; `None` where its row cannot be read.
fn scored_with(row: &Row<'_>) -> Option<ScoredWith> {
    let start: String = get(row, 6)?;
    start.parse::<Timestamp>().ok()?;
    if !get::<bool>(row, 7)? {
        return None;
    }
    Some(ScoredWith {
        part: get(row, 1)?,
        digest: get(row, 2)?,
        model: get(row, 3)?,
        sport: sport(&get::<String>(row, 4)?)?,
        day: get::<String>(row, 5)?.parse().ok()?,
        is_whole: get(row, 8)?,
    })
}

impl Store {
    pub(super) fn known(&self) -> Result<KnownFiles, Error> {
        self.read_known().map_err(|trouble| self.fault(trouble))
    }

    fn read_known(&self) -> Result<KnownFiles, StoreFault> {
        let mut known = KnownFiles::default();
        let word = |column| within(column, WORD_BYTES);
        let told = |column| within(column, TOLD_BYTES);
        let mut query = self.db.prepare(&format!(
            "select {}, size, mark, {}, {}, model, {}, {}, {} from files",
            within("path", PATH_BYTES),
            word("id"),
            word("settings"),
            word("code"),
            told("message"),
            told("notices")
        ))?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            // a file whose row cannot be read is read again
            let Some((path, file)) = file_row(row) else { continue };
            known.files.insert(path, file);
        }
        let sport = word("sport");
        let sql = format!(
            "select {}, part, {}, model, {sport}, {}, {}, {}, lines is not null
             and grades is not null and best_uphill is not null
             and ({sport} <> 'ride' or bicycle is not null) from activities",
            word("id"),
            word("settings"),
            word("day"),
            word("start"),
            sound()
        );
        let mut query = self.db.prepare(&sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let Ok(id) = row.get::<_, String>(0) else { continue };
            // a row that cannot be read counts as scored with settings that nobody has
            let scored = scored_with(row).unwrap_or(ScoredWith {
                part: 0,
                digest: String::new(),
                model: 0,
                sport: Sport::Run,
                day: Date::ZERO,
                is_whole: false,
            });
            known.contents.entry(id).or_default().push(scored);
        }
        Ok(known)
    }

    /// Returns where each content lies: the first of its paths.
    ///
    /// # Errors
    /// `store`.
    pub fn paths(&self) -> Result<HashMap<String, String>, Error> {
        let read = || {
            let mut query = self.db.prepare(&format!(
                "select id, min(path) from files
                 where octet_length(id) <= {WORD_BYTES} and octet_length(path) <= {PATH_BYTES}
                 group by id",
            ))?;
            let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<rusqlite::Result<HashMap<String, String>>>()
        };
        read().map_err(|error| self.fault(error))
    }

    /// Returns a path of a content, after the path it was found under; `None` where there is
    /// none.
    ///
    /// # Errors
    /// `store`.
    pub fn place(&self, id: &str) -> Result<Option<(String, String)>, Error> {
        use rusqlite::OptionalExtension as _;
        let sql = format!(
            "select root, path from files where id = ? and octet_length(path) <= {PATH_BYTES}
             and octet_length(root) <= {PATH_BYTES} order by path limit 1"
        );
        self.db
            .query_row(&sql, [id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()
            .map_err(|error| self.fault(error))
    }

    /// Returns every path that history was asked for, once.
    ///
    /// # Errors
    /// `store`.
    pub fn roots(&self) -> Result<Vec<String>, Error> {
        let read = || {
            let mut query = self.db.prepare(&format!(
                "select distinct root from files
                 where octet_length(root) <= {PATH_BYTES} order by root",
            ))?;
            let rows = query.query_map([], |row| row.get(0))?;
            rows.collect::<rusqlite::Result<Vec<String>>>()
        };
        read().map_err(|error| self.fault(error))
    }

    /// Forgets files at or under a path, and activities that no other file stands for; how
    /// many files and activities these were. Corrections stay: the file may come back.
    ///
    /// # Errors
    /// `store`.
    pub fn forget(&mut self, path: &str) -> Result<(usize, usize), Error> {
        let forget = |store: &mut Store| -> Result<(usize, usize), rusqlite::Error> {
            let transaction = store.db.transaction()?;
            let below = format!("{}/", path.trim_end_matches('/'));
            let files = transaction.execute(
                "delete from files where path = ?1 or substr(path, 1, length(?2)) = ?2",
                params![path, below],
            )?;
            let activities = drop_orphans(&transaction)?;
            transaction.commit()?;
            Ok((files, activities))
        };
        forget(self).map_err(|error| self.fault(error))
    }
}

/// Deletes activities that no file stands for.
fn drop_orphans(transaction: &Transaction<'_>) -> rusqlite::Result<usize> {
    const ORPHAN: &str = "id not in (select id from files where id is not null)";
    let mut deleted = 0;
    for table in TABLES {
        // the last of them are the activities
        deleted =
            transaction.execute(&format!("delete from {table} where {ORPHAN}"), [])?;
    }
    Ok(deleted)
}

/// Returns the words as long as may be kept.
fn in_short(words: &str) -> String {
    words.chars().take(TOLD_BYTES / 4).collect()
}

/// Notices as a JSON array; the first of them where they are more than may be kept, and how
/// many these were.
fn listed(notices: &[String]) -> Option<String> {
    // of an escape at most, a pair of quotes, a comma, and the last line
    const ROOM: usize = TOLD_BYTES / 6 - 100;
    let mut left = ROOM;
    let fits = notices.iter().take_while(|notice| {
        let rest = left.checked_sub(notice.len() + 3);
        left = rest.unwrap_or(0);
        rest.is_some()
    });
    let mut told: Vec<&str> = fits.map(String::as_str).collect();
    let more = format!("and {} notices more", notices.len() - told.len());
    if told.len() < notices.len() {
        told.push(&more);
    }
    if told.is_empty() { None } else { serde_json::to_string(&told).ok() }
}

/// Writes what became of a file in place of what was known of it.
pub(super) fn write(
    transaction: &Transaction<'_>,
    path: &str,
    root: &str,
    row: &FileRow,
) -> rusqlite::Result<()> {
    let size = row.stamp.and_then(|stamp| i64::try_from(stamp.size).ok());
    let (code, message) = match &row.failure {
        Some((code, words)) => (Some(code), Some(in_short(words))),
        None => (None, None),
    };
    let mut insert = transaction.prepare_cached(
        "insert or replace into files
         (path, root, size, mark, id, settings, model, code, message, notices)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    insert.execute(params![
        path,
        root,
        size,
        row.stamp.map(|stamp| stamp.mark),
        row.id,
        row.digest,
        MODEL_VERSION,
        code,
        message,
        listed(&row.notices)
    ])?;
    Ok(())
}

/// Deletes what a content that is no longer anywhere was scored as.
pub(super) fn replaced(transaction: &Transaction<'_>, id: &str) -> rusqlite::Result<()> {
    for table in TABLES {
        let sql = format!(
            "delete from {table} where id = ?1 and not exists (select 1 from files where id = ?1)"
        );
        transaction.prepare_cached(&sql)?.execute([id])?;
    }
    Ok(())
}
