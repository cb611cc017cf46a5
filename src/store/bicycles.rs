//! Bicycles of rides: where a motor or a game decides how fast it goes, a speed is not the rider's.

use std::collections::HashMap;

use crate::activity::Activity;
use crate::error::Error;
use crate::report::Report;
use crate::sport::{Bike, Labelled};
use crate::store::Store;
use crate::store::bounds::{WORD_BYTES, within};

/// Returns what was ridden; `None` on foot. An e-bike stays one that is scored as if there were no
/// motor, by the athlete's word.
pub(super) fn of(report: &Report, activity: &Activity) -> Option<Bike> {
    let ride = !report.sport.on_foot();
    let electric = matches!(activity.header.sport, Labelled::Modelled(_, Bike::Electric));
    ride.then_some(if electric { Bike::Electric } else { report.bike })
}

/// Returns an expression that is true of an activity in which legs and ground decided how fast it
/// went, and of one that was scored before bicycles were kept.
pub(super) fn plain() -> String {
    none_of(UNLIKE)
}

/// The same of one that no motor helped.
pub(super) fn without_motor() -> String {
    none_of("'electric'")
}

/// Bicycles that are not plain, as the index of them names them.
const UNLIKE: &str = "'electric', 'virtual'";

fn none_of(bicycles: &str) -> String {
    format!("(bicycle is null or bicycle not in ({bicycles}))")
}

impl Store {
    /// Returns the bicycle of each ride on which a motor or a game decided how fast it went, by
    /// content and part.
    pub(super) fn unlike_bicycles(&self) -> Result<HashMap<(String, u32), Bike>, Error> {
        let read = || {
            let (id, word) = (within("id", WORD_BYTES), within("bicycle", WORD_BYTES));
            let mut query = self.db.prepare(&format!(
                "select {id}, part, {word} from activities where bicycle in ({UNLIKE})"
            ))?;
            let rows = query.query_map([], |row| {
                let name: String = row.get(2)?;
                let bike = Bike::ALL.into_iter().find(|bike| bike.name() == name);
                Ok(((row.get(0)?, row.get(1)?), bike.unwrap_or_default()))
            })?;
            // a damaged row is a ride as any other
            Ok::<_, rusqlite::Error>(rows.filter_map(Result::ok).collect())
        };
        read().map_err(|error: rusqlite::Error| self.fault(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::Input;
    use crate::settings::Settings;
    use crate::store::import;
    use jiff::civil::Date;

    #[test]
    fn a_ride_of_an_older_store_is_completed_and_a_motor_climbs_for_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("store.sqlite")).unwrap();
        let take = |store: &mut Store| {
            let inputs = ["ride_power.fit", "ridge.fit"]
                .map(|file| (String::new(), Input::file(format!("fixtures/fit/{file}"))));
            import(store, inputs.into_iter(), &Settings::default(), (1, false), |_| true)
                .unwrap();
        };
        let bicycles = |store: &Store| -> Vec<Option<String>> {
            let sql = "select bicycle from activities order by sport";
            let mut query = store.db.prepare(sql).unwrap();
            let rows = query.query_map([], |row| row.get(0)).unwrap();
            rows.map(Result::unwrap).collect()
        };
        let counts = |store: &Store| {
            let sessions = store.sessions().unwrap();
            let climbs = store.climbs(Date::MIN, false).unwrap().len();
            (store.outings(&sessions).unwrap().len(), climbs)
        };
        take(&mut store);
        let known = bicycles(&store);
        assert_eq!(known, [Some("road".to_owned()), None], "none on foot");
        let (outings, climbs) = counts(&store);
        assert!(outings == 2 && climbs > 0);
        store.db.execute_batch("update activities set bicycle = null").unwrap();
        assert_eq!(counts(&store), (2, climbs), "listed as any ride meanwhile");
        take(&mut store);
        assert_eq!(bicycles(&store), known);
        for (bicycle, left) in [("electric", (1, 0)), ("virtual", (1, climbs))] {
            let sql = "update activities set bicycle = ? where sport = 'ride'";
            store.db.execute(sql, [bicycle]).unwrap();
            assert_eq!(counts(&store), left, "{bicycle}");
            assert_eq!(store.unlike_bicycles().unwrap().len(), 1);
        }
        let names = Bike::ALL.iter().filter(|bike| !bike.is_plain());
        let names: Vec<String> = names.map(|bike| format!("'{}'", bike.name())).collect();
        assert_eq!(names.join(", "), UNLIKE);
        store.db.execute_batch("update activities set bicycle = x'ff00'").unwrap();
        assert_eq!(counts(&store), (2, climbs), "a damaged word is no motor");
    }
}
