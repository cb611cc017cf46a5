//! What settings are called: two activities with the same digest were scored alike.

use std::sync::Mutex;

use crate::athlete::Athlete;
use crate::settings::Settings;

/// Digests of settings, each made once: athletes change seldom.
pub(super) struct Digests {
    base: String,
    made: Mutex<Vec<(Athlete, String)>>,
}

impl Digests {
    /// Of everything but the person, who differs from day to day.
    pub(super) fn of(settings: &Settings) -> Digests {
        let zone = settings.time_zone.as_ref().map(jiff::tz::TimeZone::iana_name);
        // the debug form states every digit; another form with another version only means
        // that activities are scored anew
        let form = format!(
            "{:?} {zone:?} {:?} {:?} {:?}",
            settings.sport, settings.sampling, settings.thresholds, settings.terms
        );
        Digests { base: digest(&form), made: Mutex::default() }
    }

    /// Of what does not depend on the person.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// Of an activity of this athlete.
    pub(super) fn with(&self, athlete: &Athlete) -> String {
        let mut made =
            self.made.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some((_, digest)) = made.iter().find(|(known, _)| known == athlete) {
            return digest.clone();
        }
        let new = digest(&format!("{} {athlete:?}", self.base));
        made.push((*athlete, new.clone()));
        new
    }
}

fn digest(form: &str) -> String {
    const DIGITS: usize = 16;
    blake3::hash(form.as_bytes()).to_hex().chars().take(DIGITS).collect()
}
