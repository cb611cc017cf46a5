//! The person's own file.

use hardlegs::report::Report;
use hardlegs::settings::{KEYS, Preferences, Settings};
use hardlegs::sport::Sport;

use super::activity::adds_up;
use super::drawing::hill;
use super::one_line;

/// What is accepted is possible, and a hill scored with it adds up.
pub fn profile(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let preferences = match Preferences::parse(text) {
        Ok(preferences) => preferences,
        Err(error) => {
            assert!(error.place().is_some(), "{error}");
            return one_line(&error.to_string());
        }
    };
    for row in &preferences.person.rows {
        for key in KEYS {
            let (Some(limits), Some(value)) = (key.limits, (key.get)(&row.athlete))
            else {
                continue;
            };
            let value: f64 = value.parse().unwrap();
            assert!(limits.check(value).is_ok(), "{} {value}", key.name);
        }
    }
    let settings = Settings {
        person: preferences.person,
        time_zone: preferences.time_zone,
        ..Settings::default()
    };
    for sport in [Sport::Run, Sport::Ride] {
        let settings = Settings { sport: Some(sport), ..settings.clone() };
        adds_up(&Report::of(hill(), &settings).unwrap());
    }
}
