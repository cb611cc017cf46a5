//! Climbs and descents of one's own, which plans, expected times and next steps rest on.

use jiff::civil::Date;
use rusqlite::{Row, params};

use crate::error::Error;
use crate::history::session::HillRecord;
use crate::segment::Slope;
use crate::store::bounds::{WORD_BYTES, within};
use crate::store::sessions::{RowFault, possible};
use crate::store::{Store, bicycles};

/// A climb or descent of one's own.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct StoredHill {
    /// Of which activity.
    pub id: String,
    /// And which part of its file.
    pub part: u32,
    /// The climb or descent.
    pub hill: HillRecord,
}

impl Store {
    /// Returns every climb on foot or of rides since a day, but for what a motor helped up; what a
    /// damaged row says is left out.
    ///
    /// # Errors
    /// `store`.
    pub fn climbs(&self, since: Date, on_foot: bool) -> Result<Vec<StoredHill>, Error> {
        let mut climbs = self.own_hills(Slope::Climb, on_foot, since)?;
        climbs.retain(StoredHill::has_a_time);
        Ok(climbs)
    }

    /// Returns every descent on foot with an intensity since a day; what a damaged row says is left
    /// out.
    ///
    /// # Errors
    /// `store`.
    pub fn descents(&self, since: Date) -> Result<Vec<StoredHill>, Error> {
        let mut descents = self.own_hills(Slope::Descent, true, since)?;
        descents.retain(|descent| descent.hill.intensity.is_some());
        Ok(descents)
    }

    fn own_hills(
        &self,
        slope: Slope,
        on_foot: bool,
        since: Date,
    ) -> Result<Vec<StoredHill>, Error> {
        let read = || {
            let (sport, day) = (within("sport", WORD_BYTES), within("day", WORD_BYTES));
            let mut query = self.db.prepare(&format!(
                "select id, part, from_m, length_m, rise_m, mean_grade, volume_m, load, intensity
                 from hills join activities using (id, part)
                 where slope = ?1 and ({sport} <> 'ride') = ?2 and {day} >= ?3 and {}
                 order by id, part, number",
                bicycles::without_motor()
            ))?;
            let mut rows =
                query.query(params![slope.name(), on_foot, since.to_string()])?;
            let mut hills = Vec::new();
            while let Some(row) = rows.next()? {
                match stored_hill(row, slope) {
                    Ok(hill) => hills.push(hill),
                    // one of many, and no more than an example
                    Err(RowFault::Bad(_)) => {}
                    Err(RowFault::Failed(error)) => return Err(error),
                }
            }
            Ok(hills)
        };
        read().map_err(|error| self.fault(error))
    }
}

impl StoredHill {
    /// Returns whether it has a length and rises: nothing else has a time.
    fn has_a_time(&self) -> bool {
        let hill = &self.hill;
        (1.0..1e7).contains(&hill.length_m) && (0.1..1e5).contains(&hill.rise_m)
    }
}

fn stored_hill(row: &Row<'_>, slope: Slope) -> Result<StoredHill, RowFault> {
    let real = |column: usize| possible(row.get(column)?);
    let intensity: Option<f64> = row.get(8)?;
    let hill = HillRecord {
        slope,
        from_m: real(2)?,
        length_m: real(3)?,
        rise_m: real(4)?,
        mean_grade: real(5)?,
        volume_m: real(6)?,
        load: real(7)?,
        intensity: intensity.map(possible).transpose()?,
    };
    Ok(StoredHill { id: row.get(0)?, part: row.get(1)?, hill })
}
