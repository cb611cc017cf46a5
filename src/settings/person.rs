//! One person over the years: dated rows, and the packs usual in a sport.

use jiff::civil::Date;

use crate::athlete::Athlete;
use crate::sport::Sport;

/// What held from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Dated {
    /// First day; `None`: from the beginning.
    pub from: Option<Date>,
    /// What held.
    pub athlete: Athlete,
}

/// Packs usually carried, kg.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Packs {
    /// Running, kg.
    pub run: Option<f64>,
    /// Walking and hiking, kg.
    pub hike: Option<f64>,
    /// Riding, kg.
    pub ride: Option<f64>,
}

/// A person over the years.
///
/// ```
/// use hardlegs::athlete::Athlete;
/// use hardlegs::settings::{Dated, Person};
/// use hardlegs::sport::Sport;
/// use jiff::civil::date;
/// let row = |from, mass_kg, hr_max| Dated {
///     from: Some(from),
///     athlete: Athlete { mass_kg: Some(mass_kg), hr_max, ..Athlete::default() },
/// };
/// let person = Person {
///     rows: vec![row(date(2024, 1, 1), 73.5, Some(189.0)), row(date(2026, 3, 1), 71.0, None)],
///     ..Person::default()
/// };
/// let on = |day| person.on(day, Sport::Run);
/// assert_eq!(on(Some(date(2025, 7, 1))).mass_kg, Some(73.5));
/// assert_eq!(on(Some(date(2026, 3, 1))).mass_kg, Some(71.0));
/// assert_eq!(on(Some(date(2026, 3, 1))).hr_max, Some(189.0), "it still holds");
/// assert_eq!(on(Some(date(2020, 1, 1))).mass_kg, Some(73.5), "before the first, the first");
/// assert_eq!(on(None).mass_kg, Some(71.0), "without a date, the newest");
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Person {
    /// What held from which day on, in any order.
    pub rows: Vec<Dated>,
    /// What is usually carried.
    pub packs: Packs,
}

impl Person {
    /// Returns what held on a day: of every figure the newest row up to that day that states it;
    /// before the first row that does, that one; without a day, the newest.
    pub fn on(&self, day: Option<Date>, sport: Sport) -> Athlete {
        let pack_kg = match sport {
            Sport::Run => self.packs.run,
            Sport::Walk | Sport::Hike => self.packs.hike,
            Sport::Ride => self.packs.ride,
        };
        let packed = Athlete { pack_kg, ..Athlete::default() };
        self.in_force(day).iter().fold(packed, |known, row| known.or(&row.athlete))
    }

    /// Returns the rows, those that count most on a day first.
    pub fn in_force(&self, day: Option<Date>) -> Vec<Dated> {
        let mut rows = self.rows.clone();
        rows.sort_by_key(|row| row.from);
        let held = |row: &Dated| day.is_none_or(|day| row.from.is_none_or(|f| f <= day));
        let (mut past, later): (Vec<Dated>, Vec<Dated>) =
            rows.into_iter().partition(held);
        past.reverse();
        past.extend(later);
        past
    }
}
