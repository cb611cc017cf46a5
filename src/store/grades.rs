//! Metres and seconds by class of grade of each session, for a curve of speed over grade.

use std::collections::HashMap;

use crate::curve::Outing;
use crate::error::Error;
use crate::history::Session;
use crate::load::by_grade::{ByGrade, CLASSES, GradeClass};
use crate::store::bounds::is_possible;
use crate::store::{Store, bicycles};

/// Numbers of a class, f32 little endian each.
const NUMBERS: usize = 8;
const BYTES: usize = NUMBERS * size_of::<f32>();

/// As the column `grades` holds it: class by class from the steepest descent.
pub(super) fn packed(by_grade: &ByGrade) -> Vec<u8> {
    let numbers = by_grade.classes.iter().flat_map(|class| {
        [
            class.length_m,
            class.rise_m,
            class.timed_m,
            class.moving_s,
            class.beats,
            class.heart_s,
            class.work_j_per_kg,
            class.work_s,
        ]
    });
    #[expect(
        clippy::cast_possible_truncation,
        reason = "seven digits are more than enough"
    )]
    numbers.flat_map(|number| (number as f32).to_le_bytes()).collect()
}

/// The same again; `None` for what no outing says.
fn unpacked(bytes: &[u8]) -> Option<ByGrade> {
    let mut by_grade = ByGrade::default();
    if bytes.len() != BYTES * CLASSES {
        return None;
    }
    for (class, bytes) in by_grade.classes.iter_mut().zip(bytes.chunks_exact(BYTES)) {
        let mut numbers = bytes.chunks_exact(size_of::<f32>()).filter_map(|bytes| {
            Some(f64::from(f32::from_le_bytes(bytes.try_into().ok()?)))
        });
        let mut next = || numbers.next().filter(|n| n.is_finite() && is_possible(*n));
        let [length_m, rise_m] = [next()?, next()?];
        let mut positive = || next().filter(|n| *n >= 0.0);
        *class = GradeClass {
            length_m,
            rise_m,
            timed_m: positive()?,
            moving_s: positive()?,
            beats: positive()?,
            heart_s: positive()?,
            work_j_per_kg: positive()?,
            work_s: positive()?,
        };
        if class.length_m < 0.0 {
            return None;
        }
    }
    Some(by_grade)
}

impl Store {
    /// Returns those of some sessions whose metres by grade are kept, as a curve needs them: rides
    /// with a motor's help or in a game are none of one's own speed.
    ///
    /// # Errors
    /// `store`.
    pub fn outings(&self, sessions: &[Session]) -> Result<Vec<Outing>, Error> {
        let read = || {
            let mut query = self.db.prepare(&format!(
                "select id, part, grades from activities
                 where length(grades) = ?1 and length(id) <= 64 and {}",
                bicycles::plain()
            ))?;
            let size = BYTES * CLASSES;
            let rows = query.query_map([i64::try_from(size).unwrap_or(0)], |row| {
                Ok(((row.get(0)?, row.get(1)?), row.get::<_, Vec<u8>>(2)?))
            })?;
            // a damaged row is one outing less
            let kept = rows
                .filter_map(Result::ok)
                .filter_map(|(of, bytes)| Some((of, unpacked(&bytes)?)));
            Ok::<HashMap<(String, u32), ByGrade>, rusqlite::Error>(kept.collect())
        };
        let kept = read().map_err(|error: rusqlite::Error| self.fault(error))?;
        let outings = sessions.iter().filter_map(|session| {
            let by_grade = *kept.get(&(session.id.clone(), session.part))?;
            let (sport, day, elapsed_s) = (session.sport, session.day, session.elapsed_s);
            Some(Outing { sport, day, elapsed_s, by_grade })
        });
        Ok(outings.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::Input;
    use crate::settings::Settings;
    use crate::store::import;

    #[test]
    fn a_session_scored_before_is_completed_when_its_file_is_seen_again() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("store.sqlite")).unwrap();
        let take = |store: &mut Store| {
            let input = Input::file("fixtures/fit/ridge.fit");
            let inputs = std::iter::once((String::new(), input));
            import(store, inputs, &Settings::default(), (1, false), |_| true).unwrap();
        };
        let metres = |store: &Store| -> Vec<f64> {
            let outings = store.outings(&store.sessions().unwrap()).unwrap();
            outings.iter().map(|outing| outing.by_grade.length_m()).collect()
        };
        take(&mut store);
        let before = metres(&store);
        assert!((before[0] - 30_200.0).abs() < 100.0, "{before:?}");
        store.db.execute_batch("update activities set grades = null").unwrap();
        assert!(metres(&store).is_empty());
        assert_eq!(
            store.stale(&Settings::default()).unwrap().again,
            0,
            "it is not stale"
        );
        take(&mut store);
        assert_eq!(metres(&store), before);
        store.db.execute_batch("update activities set grades = zeroblob(543)").unwrap();
        assert!(metres(&store).is_empty(), "a damaged row is no outing");
    }

    #[test]
    fn classes_come_back_and_damage_does_not() {
        let mut by_grade = ByGrade::default();
        by_grade.classes[3] = GradeClass {
            length_m: 1234.5,
            rise_m: -308.0,
            timed_m: 1200.0,
            moving_s: 600.0,
            beats: 1500.0,
            heart_s: 590.0,
            work_j_per_kg: 0.0,
            work_s: 0.0,
        };
        let mut bytes = packed(&by_grade);
        assert_eq!(unpacked(&bytes), Some(by_grade));
        assert_eq!(unpacked(&bytes[1..]), None);
        for damage in [f32::NAN, f32::INFINITY, -1.0, 1e30] {
            bytes[12..16].copy_from_slice(&damage.to_le_bytes());
            assert_eq!(unpacked(&bytes), None);
        }
    }
}
