//! One's own climbs and descents, asked of the store.

use std::collections::HashSet;

use hardlegs::history::{Discipline, FIRST_DAY, History};
use hardlegs::plan::OwnHill;
use hardlegs::store::{Store, StoredHill};
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::cli::memory::told;

/// Returns the climbs of a year, and on foot every descent, of the activities that count.
pub(crate) fn for_a_plan(
    store: &Store,
    history: &History,
    discipline: Discipline,
    from: Date,
) -> Result<Vec<OwnHill>, (String, u8)> {
    let year = from.saturating_sub(1.year());
    let mut stored = store.climbs(year, discipline.on_foot()).map_err(told)?;
    if discipline.on_foot() {
        stored.extend(store.descents(FIRST_DAY).map_err(told)?);
    }
    Ok(counting(stored, history))
}

/// Returns all of the last weeks, on foot and riding, of the activities that count.
pub(crate) fn of_weeks(
    store: &Store,
    history: &History,
    weeks: i64,
) -> Result<Vec<OwnHill>, (String, u8)> {
    let since = history.on.saturating_sub(weeks.weeks());
    let mut stored = store.climbs(since, true).map_err(told)?;
    stored.extend(store.climbs(since, false).map_err(told)?);
    stored.extend(store.descents(since).map_err(told)?);
    Ok(counting(stored, history))
}

/// Doubles and what is left out are not one's own twice.
fn counting(stored: Vec<StoredHill>, history: &History) -> Vec<OwnHill> {
    let counts: HashSet<(&str, u32)> =
        history.sessions.iter().map(|s| (s.id.as_str(), s.part)).collect();
    stored
        .into_iter()
        .filter(|stored| counts.contains(&(stored.id.as_str(), stored.part)))
        .map(|stored| OwnHill { activity: (stored.id, stored.part), hill: stored.hill })
        .collect()
}
