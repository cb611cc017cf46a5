//! What the athlete said of single activities.

use std::collections::HashMap;

use rusqlite::params;

use crate::error::{Error, Kind};
use crate::settings::Settings;
use crate::sport::Sport;
use crate::store::Store;
use crate::store::bounds::{WORD_BYTES, within};

/// What the athlete said of one activity.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Correction {
    /// What it was.
    pub sport: Option<Sport>,
    /// What was carried, kg.
    pub pack_kg: Option<f64>,
    /// Not to be counted.
    pub excluded: bool,
}

/// By content and part.
pub(super) type Corrections = HashMap<(String, u32), Correction>;

impl Correction {
    /// Returns the settings with it.
    #[must_use]
    pub fn over(&self, settings: &Settings) -> Settings {
        let mut settings = settings.clone();
        settings.sport = self.sport.or(settings.sport);
        settings.athlete.pack_kg = self.pack_kg.or(settings.athlete.pack_kg);
        settings
    }
}

/// Returns the sport of a word of the store.
pub(super) fn sport(word: &str) -> Option<Sport> {
    [Sport::Run, Sport::Walk, Sport::Hike, Sport::Ride]
        .into_iter()
        .find(|sport| sport.name() == word)
}

impl Store {
    /// Returns everything that was said.
    pub(super) fn corrections(&self) -> Result<Corrections, Error> {
        let read = || {
            let (id, sport_of) = (within("id", WORD_BYTES), within("sport", WORD_BYTES));
            let mut query = self.db.prepare(&format!(
                "select {id}, part, {sport_of}, pack_kg, excluded from corrections"
            ))?;
            let rows = query.query_map([], |row| {
                let correction = || -> rusqlite::Result<((String, u32), Correction)> {
                    let word: Option<String> = row.get(2)?;
                    let correction = Correction {
                        sport: word.as_deref().and_then(sport),
                        pack_kg: row.get(3)?,
                        excluded: row.get(4)?,
                    };
                    Ok(((row.get(0)?, row.get(1)?), correction))
                };
                // one that cannot be read says nothing of any activity
                Ok(correction().ok())
            })?;
            rows.filter_map(Result::transpose).collect::<rusqlite::Result<Corrections>>()
        };
        read().map_err(|error| self.fault(error))
    }

    /// Returns what was said of one activity.
    ///
    /// # Errors
    /// `store`.
    pub fn correction(&self, id: &str, part: u32) -> Result<Correction, Error> {
        Ok(self.corrections()?.remove(&(id.to_owned(), part)).unwrap_or_default())
    }

    /// Remembers what is said of one activity.
    ///
    /// # Errors
    /// `store`.
    pub fn correct(
        &self,
        id: &str,
        part: u32,
        correction: &Correction,
    ) -> Result<(), Error> {
        let write = "insert or replace into corrections values (?, ?, ?, ?, ?)";
        let row = params![
            id,
            part,
            correction.sport.map(Sport::name),
            correction.pack_kg,
            correction.excluded
        ];
        self.db.execute(write, row).map(|_| ()).map_err(|error| self.fault(error))
    }

    /// Returns the one activity whose id begins like this; `abcd.2` is the second of its file.
    ///
    /// # Errors
    /// `settings` where there is none or more than one; `store`.
    pub fn named(&self, name: &str) -> Result<(String, u32), Error> {
        let (digits, part) = match name.split_once('.') {
            Some((digits, part)) => (digits, part.parse::<u32>().ok()),
            None => (name, None),
        };
        let hex = digits.len() >= 4 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        let none = |cause: String| {
            Error::new(Kind::Settings, cause)
                .hint("hardlegs history --by activity lists the ids")
        };
        if !hex {
            return Err(none(format!("{name} is no id of an activity")));
        }
        let read = || {
            let mut query = self.db.prepare(
                "select id, part from activities where id >= ?1 and id < ?1 || 'g'",
            )?;
            let rows = query.query_map([digits.to_lowercase()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
            rows.collect::<rusqlite::Result<Vec<(String, u32)>>>()
        };
        let mut found = read().map_err(|error| self.fault(error))?;
        found.retain(|(_, number)| part.is_none_or(|part| part == *number));
        match found.as_slice() {
            [one] => Ok(one.clone()),
            [] => Err(none(format!("no activity {name}"))),
            several => Err(none(format!("{name} means {} activities", several.len()))),
        }
    }
}
