//! One's own climbs and descents, asked of the store.

use hardlegs::history::{Discipline, FIRST_DAY, History};
use hardlegs::plan::OwnHill;
use hardlegs::store::Store;
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
    let mut own = climbs(store, discipline, from.saturating_sub(1.year()))?;
    if discipline.on_foot() {
        own.extend(descents(store, FIRST_DAY)?);
    }
    Ok(counting(own, history))
}

/// Returns all of the last weeks, on foot and riding, of the activities that count.
pub(crate) fn of_weeks(
    store: &Store,
    history: &History,
    weeks: i64,
) -> Result<Vec<OwnHill>, (String, u8)> {
    let since = history.on.saturating_sub(weeks.weeks());
    let mut own = climbs(store, Discipline::Foot, since)?;
    own.extend(climbs(store, Discipline::Ride, since)?);
    own.extend(descents(store, since)?);
    Ok(counting(own, history))
}

fn climbs(
    store: &Store,
    discipline: Discipline,
    since: Date,
) -> Result<Vec<OwnHill>, (String, u8)> {
    let climbs = store.climbs(since, discipline.on_foot()).map_err(told)?.into_iter();
    Ok(climbs
        .map(|climb| OwnHill { activity: (climb.id, climb.part), hill: climb.hill })
        .collect())
}

fn descents(store: &Store, since: Date) -> Result<Vec<OwnHill>, (String, u8)> {
    let descents = store.descents(since).map_err(told)?.into_iter();
    Ok(descents
        .map(|down| OwnHill { activity: (down.id, down.part), hill: down.hill })
        .collect())
}

/// Doubles and what is left out are not one's own twice.
fn counting(own: Vec<OwnHill>, history: &History) -> Vec<OwnHill> {
    let counts: std::collections::HashSet<(&str, u32)> =
        history.sessions.iter().map(|s| (s.id.as_str(), s.part)).collect();
    own.into_iter()
        .filter(|own| counts.contains(&(own.activity.0.as_str(), own.activity.1)))
        .collect()
}
