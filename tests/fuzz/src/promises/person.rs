//! The person's own file.

use hardlegs::report::Report;
use hardlegs::settings::{KEYS, Preferences, Settings};
use hardlegs::sport::Sport;

use super::activity::adds_up;
use super::drawing::hill;
use super::{one_line, sensors};

/// The hill with sensors that say what the bytes say.
fn lying(bytes: &[u8]) {
    let byte = |at: usize| bytes.get(at % bytes.len().max(1)).copied().map(f64::from);
    let value = |at: usize| byte(at).unwrap_or(f64::NAN);
    sensors::hold(hill(), |index| {
        [value(3 * index), value(3 * index + 1), 12.0 * value(3 * index + 2)]
    });
}

/// What is accepted is possible, and a hill scored with it adds up.
pub fn profile(bytes: &[u8]) {
    lying(bytes);
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
