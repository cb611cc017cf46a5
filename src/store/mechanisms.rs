//! Figures of each activity that the trends of the five mechanisms are taken over.

use std::collections::HashMap;

use jiff::civil::Date;
use rusqlite::types::FromSql;
use rusqlite::{Row, Transaction, params};

use crate::error::Error;
use crate::history::{MechanismRecord, Session};
use crate::load::windows::BestUphill;
use crate::store::bounds::{WORD_BYTES, is_possible, within};
use crate::store::{Store, bicycles};

/// Columns of activities, in the order of [`record`].
pub(super) const COLUMNS: &str = "highest_heart_rate_bpm, hill_sprints,
    best_sprint_up_w_per_kg, step_power_up_w_per_kg, long_climb_drift";

/// Which activity: its content and part.
type Key = (String, u32);

/// Returns whether every figure can be one of an outing.
pub(super) fn can_be_kept(record: &MechanismRecord) -> bool {
    let r = record;
    let figures = [
        r.highest_heart_rate_bpm,
        r.hill_sprints,
        r.best_sprint_up_w_per_kg,
        r.step_power_up_w_per_kg,
        r.long_climb_drift,
    ];
    let uphill = r.best_uphill.iter().flat_map(|b| [b.vertical_m_per_h, b.w_per_kg]);
    figures.into_iter().chain(uphill).flatten().all(is_possible)
}

/// Writes the best efforts uphill of an activity; what was known of it is erased before.
pub(super) fn write(
    transaction: &Transaction<'_>,
    (id, part): (&str, u32),
    record: &MechanismRecord,
) -> rusqlite::Result<()> {
    let sql = "insert or replace into best_uphill values (?, ?, ?, ?, ?)";
    let mut insert = transaction.prepare_cached(sql)?;
    for best in &record.best_uphill {
        #[expect(clippy::cast_possible_truncation, reason = "30 to 3600")]
        let seconds = best.seconds as i64;
        insert.execute(params![
            id,
            part,
            seconds,
            best.vertical_m_per_h,
            best.w_per_kg
        ])?;
    }
    Ok(())
}

fn get<T: FromSql>(row: &Row<'_>, column: usize) -> Option<T> {
    row.get(column).ok()
}

/// Returns a figure; what a damaged row says is none.
fn figure(row: &Row<'_>, column: usize) -> Option<f64> {
    get::<Option<f64>>(row, column).flatten().filter(|value| is_possible(*value))
}

/// Returns a row of [`COLUMNS`] behind id and part.
fn record(row: &Row<'_>) -> Option<(Key, MechanismRecord)> {
    let record = MechanismRecord {
        highest_heart_rate_bpm: figure(row, 2),
        hill_sprints: figure(row, 3),
        best_sprint_up_w_per_kg: figure(row, 4),
        step_power_up_w_per_kg: figure(row, 5),
        long_climb_drift: figure(row, 6),
        best_uphill: Vec::new(),
    };
    Some(((get(row, 0)?, get(row, 1)?), record))
}

impl Store {
    /// Returns the figures of some sessions, in their order; `None` of one before a day, and of one
    /// that was scored before they were kept, and whose file was not seen since. Metres an hour of
    /// a motor or a game are left out: the power is the rider's.
    ///
    /// # Errors
    /// `store`.
    pub fn mechanisms(
        &self,
        sessions: &[Session],
        since: Date,
    ) -> Result<Vec<Option<MechanismRecord>>, Error> {
        let known = self.read_mechanisms(since).map_err(|error| self.fault(error))?;
        let of = |s: &Session| known.get(&(s.id.clone(), s.part)).cloned();
        Ok(sessions.iter().map(of).collect())
    }

    fn read_mechanisms(
        &self,
        since: Date,
    ) -> rusqlite::Result<HashMap<Key, MechanismRecord>> {
        let (day, since) = (within("day", WORD_BYTES), since.to_string());
        let mut query = self.db.prepare(&format!(
            "select id, part, {COLUMNS} from activities
             where best_uphill is not null and octet_length(id) <= 64 and {day} >= ?"
        ))?;
        let rows = query.query_map([&since], |row| Ok(record(row)))?;
        let mut known: HashMap<Key, MechanismRecord> =
            rows.filter_map(Result::transpose).collect::<rusqlite::Result<_>>()?;
        let mut query = self.db.prepare(&format!(
            "select id, part, seconds, iif({}, vertical_m_per_h, null), w_per_kg
             from best_uphill join activities using (id, part)
             where octet_length(id) <= 64 and {day} >= ? order by id, part, seconds",
            bicycles::plain()
        ))?;
        let mut rows = query.query([&since])?;
        while let Some(row) = rows.next()? {
            let (Some(id), Some(part)) = (get(row, 0), get(row, 1)) else { continue };
            let Some(seconds) = get::<i64>(row, 2) else { continue };
            if let Some(record) = known.get_mut(&(id, part)) {
                record.best_uphill.push(BestUphill {
                    seconds: seconds as f64,
                    vertical_m_per_h: figure(row, 3),
                    w_per_kg: figure(row, 4),
                });
            }
        }
        Ok(known)
    }

    /// Returns the highest clean heart rate of each day that has one, 1/min, whichever outing of it:
    /// what two devices recorded counts once.
    ///
    /// # Errors
    /// `store`.
    pub fn highest_heart_rates(&self) -> Result<Vec<f64>, Error> {
        let read = || {
            let mut query = self.db.prepare(
                "select max(a.highest_heart_rate_bpm) from activities a
                 left join corrections c on c.id = a.id and c.part = a.part
                 where a.highest_heart_rate_bpm between 30 and 230
                 and coalesce(c.excluded, 0) = 0
                 and exists (select 1 from files f where f.id = a.id)
                 group by a.day",
            )?;
            let rows = query.query_map([], |row| row.get::<_, f64>(0))?;
            rows.collect::<rusqlite::Result<Vec<f64>>>()
        };
        read().map_err(|error| self.fault(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::FIRST_DAY;
    use crate::inputs::Input;
    use crate::settings::Settings;
    use crate::store::import;

    fn take(store: &mut Store, file: &str) {
        let input = Input::file(file);
        let inputs = std::iter::once((String::new(), input));
        import(store, inputs, &Settings::default(), (1, false), |_| true).unwrap();
    }

    fn kept(store: &Store) -> Vec<Option<MechanismRecord>> {
        store.mechanisms(&store.sessions().unwrap(), FIRST_DAY).unwrap()
    }

    #[test]
    fn keeps_what_a_report_says_and_completes_what_was_scored_before() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("store.sqlite")).unwrap();
        let file = "fixtures/fit/ridge.fit";
        take(&mut store, file);
        let reading = crate::read::path(file).unwrap();
        let report = reading.activities[0].score(&Settings::default()).unwrap();
        let told = MechanismRecord::of(&report);
        assert!(told.vertical_m_per_h(300.0).is_some(), "{told:?}");
        assert_eq!(kept(&store), [Some(told.clone())]);
        // as a store of the version before is
        let before = "update activities set best_uphill = null; delete from best_uphill";
        store.db.execute_batch(before).unwrap();
        assert_eq!(kept(&store), [None]);
        let stale = store.stale(&Settings::default()).unwrap();
        assert_eq!(stale.again, 0, "it is not stale");
        take(&mut store, file);
        assert_eq!(kept(&store), [Some(told)]);
    }

    #[test]
    fn takes_no_figure_of_a_damaged_row() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("store.sqlite")).unwrap();
        take(&mut store, "fixtures/fit/ridge.fit");
        store
            .db
            .execute_batch(
                "update activities set hill_sprints = 'many', long_climb_drift = 1e300,
                 highest_heart_rate_bpm = 900;
                 update best_uphill set vertical_m_per_h = x'00', w_per_kg = 9e99;
                 insert into best_uphill values (x'00', 'one', 'two', 3, 4)",
            )
            .unwrap();
        let record = kept(&store).remove(0).unwrap();
        assert_eq!((record.hill_sprints, record.long_climb_drift), (None, None));
        assert_eq!(
            (record.vertical_m_per_h(300.0), record.w_per_kg(300.0)),
            (None, None)
        );
        assert!(store.highest_heart_rates().unwrap().is_empty());
    }

    #[test]
    fn tells_the_highest_heart_rate_of_a_day_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("store.sqlite")).unwrap();
        take(&mut store, "fixtures/fit/ridge.fit");
        take(&mut store, "fixtures/fit/loop.fit");
        let all = "update activities set day = '2024-06-01', highest_heart_rate_bpm = 180 + part";
        store.db.execute_batch(all).unwrap();
        assert_eq!(store.highest_heart_rates().unwrap(), [181.0]);
    }
}
