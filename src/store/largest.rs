//! The largest load of the days before an activity, without changing anything.

use std::path::Path;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, params};

use crate::error::Error;
use crate::store::{Store, StoreFault, bounds, explained, schema};

/// Days that are looked back on. Ours: what legs remember of a hard descent fades within weeks.
pub const LOOK_BACK_DAYS: i32 = 90;

impl Store {
    /// Opens a store to ask it alone: nothing is brought up to date or copied. `None` where
    /// there is none, or one of another version.
    ///
    /// # Errors
    /// `store`: not a store, or the disk refuses.
    pub fn open_to_ask(path: &Path) -> Result<Option<Store>, Error> {
        if !path.is_file() {
            return Ok(None);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags)
            .map_err(|error| explained(path, &error))?;
        let mut store = Store { db, path: path.to_path_buf(), copy: None };
        let today = schema::MIGRATIONS.len();
        let version = store.version(today).and_then(|version| {
            bounds::set(&store.db)?;
            Ok(version)
        });
        match version {
            Ok(version) if version == today => Ok(Some(store)),
            Ok(_) => Ok(None),
            Err(trouble) => Err(store.fault(trouble)),
        }
    }

    /// Returns the largest load of the [`LOOK_BACK_DAYS`] before an activity that began then:
    /// downhill on foot, uphill of rides. What overlaps it in time may be the activity itself,
    /// and is left out.
    ///
    /// # Errors
    /// `store`.
    pub fn largest_before(
        &self,
        (start, day): (Timestamp, Date),
        on_foot: bool,
    ) -> Result<Option<(f64, Date)>, Error> {
        self.asked_largest(start, day, on_foot).map_err(|trouble| self.fault(trouble))
    }

    fn asked_largest(
        &self,
        start: Timestamp,
        day: Date,
        on_foot: bool,
    ) -> Result<Option<(f64, Date)>, StoreFault> {
        let (load, rides) =
            if on_foot { ("eccentric_load", "<>") } else { ("concentric_load", "=") };
        let sql = format!(
            "select a.{load}, a.day from activities a
             left join corrections c on c.id = a.id and c.part = a.part
             where coalesce(c.sport, a.sport) {rides} 'ride' and coalesce(c.excluded, 0) = 0
             and a.day between ?1 and ?2 and unixepoch(a.start) + a.elapsed_s <= ?3
             and exists (select 1 from files f where f.id = a.id)
             order by 1 desc limit 1"
        );
        let from = day.saturating_sub(LOOK_BACK_DAYS.days());
        let bounds = params![from.to_string(), day.to_string(), start.as_second()];
        let row = self
            .db
            .query_row(&sql, bounds, |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))
            .optional()?;
        Ok(row.and_then(|(load, day): (f64, String)| {
            Some((load, day.parse().ok()?)).filter(|(load, _)| load.is_finite())
        }))
    }
}
