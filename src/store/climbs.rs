//! The climbs of one's own rides, which expected times rest on.

use jiff::civil::Date;
use rusqlite::params;

use crate::error::Error;
use crate::history::session::HillRecord;
use crate::segment::Slope;
use crate::store::Store;
use crate::store::bounds::{WORD_BYTES, within};

/// A climb of a ride of one's own.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct StoredClimb {
    /// Of which activity.
    pub id: String,
    /// And which part of its file.
    pub part: u32,
    /// The climb.
    pub hill: HillRecord,
}

impl Store {
    /// Returns every climb of the rides since a day; what a damaged row says is left out.
    ///
    /// # Errors
    /// `store`.
    pub fn climbs(&self, since: Date, on_foot: bool) -> Result<Vec<StoredClimb>, Error> {
        let read = || -> rusqlite::Result<Vec<StoredClimb>> {
            let (sport, day) = (within("sport", WORD_BYTES), within("day", WORD_BYTES));
            let mut query = self.db.prepare(&format!(
                "select id, part, from_m, length_m, rise_m, mean_grade, volume_m, load, intensity
                 from hills join activities using (id, part)
                 where slope = 'climb' and ({sport} <> 'ride') = ?2 and {day} >= ?1
                 order by id, part, number",
            ))?;
            let mut rows = query.query(params![since.to_string(), on_foot])?;
            let mut climbs = Vec::new();
            while let Some(row) = rows.next()? {
                climbs.extend(climb(row).filter(StoredClimb::is_sound));
            }
            Ok(climbs)
        };
        read().map_err(|error| self.fault(error))
    }
}

impl StoredClimb {
    /// Returns whether it has a length and rises: nothing else has a time.
    fn is_sound(&self) -> bool {
        let hill = &self.hill;
        (1.0..1e7).contains(&hill.length_m) && (0.1..1e5).contains(&hill.rise_m)
    }
}

/// Returns a row as a climb; `None` where it says what none is.
fn climb(row: &rusqlite::Row<'_>) -> Option<StoredClimb> {
    let real = |column: usize| row.get::<_, f64>(column).ok();
    let hill = HillRecord {
        slope: Slope::Climb,
        from_m: real(2)?,
        length_m: real(3)?,
        rise_m: real(4)?,
        mean_grade: real(5)?,
        volume_m: real(6)?,
        load: real(7)?,
        intensity: row.get(8).ok()?,
    };
    Some(StoredClimb { id: row.get(0).ok()?, part: row.get(1).ok()?, hill })
}
