//! A TCX document as `quick-xml` and serde read it.

use std::num::NonZeroUsize;

use quick_xml::de::Deserializer;
use serde::Deserialize;

use super::guard::guarded;
use super::plain::{instant, number, root};
use super::reason::Reason;
use super::{EMPTY, Point, Theirs, column, leave_out_impossible};

/// The crate, in the version that `Cargo.lock` has.
const AGAINST: [&str; 1] = ["quick-xml 0.42 with serde"];
/// Events that are held back while a list goes on: more than a lap has.
const HELD_EVENTS: usize = 1 << 20;

#[derive(Deserialize)]
struct Database {
    #[serde(rename = "Activities", default)]
    activities: Vec<Folder>,
    #[serde(rename = "Courses", default)]
    courses: Vec<Folder>,
}

#[derive(Deserialize)]
struct Folder {
    #[serde(rename = "Activity", default)]
    activities: Vec<Outing>,
    #[serde(rename = "Course", default)]
    courses: Vec<Outing>,
    #[serde(rename = "MultiSportSession", default)]
    multisport: Vec<Multisport>,
}

/// Sports in a row: none of them is such a thing again.
#[derive(Deserialize)]
struct Multisport {
    #[serde(rename = "FirstSport", default)]
    first: Vec<Leg>,
    #[serde(rename = "NextSport", default)]
    next: Vec<Leg>,
}

#[derive(Deserialize)]
struct Leg {
    #[serde(rename = "Activity", default)]
    activities: Vec<Outing>,
}

#[derive(Deserialize)]
struct Outing {
    #[serde(rename = "Lap", default)]
    laps: Vec<Lap>,
    #[serde(rename = "Track", default)]
    tracks: Vec<Track>,
}

#[derive(Deserialize)]
struct Lap {
    #[serde(rename = "Track", default)]
    tracks: Vec<Track>,
}

#[derive(Deserialize)]
struct Track {
    #[serde(rename = "Trackpoint", default)]
    points: Vec<Trackpoint>,
}

#[derive(Deserialize)]
struct Trackpoint {
    #[serde(rename = "Time")]
    time: Option<String>,
    #[serde(rename = "Position")]
    position: Option<Position>,
    #[serde(rename = "AltitudeMeters")]
    height: Option<String>,
    #[serde(rename = "DistanceMeters")]
    distance: Option<String>,
    #[serde(rename = "HeartRateBpm")]
    heart_rate: Option<HeartRate>,
    #[serde(rename = "Cadence")]
    cadence: Option<String>,
    #[serde(rename = "Extensions")]
    extensions: Option<Extensions>,
}

#[derive(Deserialize)]
struct Position {
    #[serde(rename = "LatitudeDegrees")]
    latitude: Option<String>,
    #[serde(rename = "LongitudeDegrees")]
    longitude: Option<String>,
}

#[derive(Deserialize)]
struct HeartRate {
    #[serde(rename = "Value")]
    value: Option<String>,
}

#[derive(Deserialize)]
struct Extensions {
    #[serde(rename = "TPX")]
    extension: Option<Extension>,
}

#[derive(Deserialize)]
struct Extension {
    #[serde(rename = "Watts")]
    power: Option<String>,
    #[serde(rename = "RunCadence")]
    cadence: Option<String>,
}

/// Returns points of all activities and courses.
pub(super) fn read(text: &str) -> Theirs {
    let parsed = guarded(|| {
        let mut deserializer = Deserializer::from_str(text);
        deserializer.event_buffer_size(NonZeroUsize::new(HELD_EVENTS));
        if root(text) == Some("Activities") {
            let activities = vec![Folder::deserialize(&mut deserializer)?];
            return Ok(Database { activities, courses: Vec::new() });
        }
        Database::deserialize(&mut deserializer)
    });
    let database = match parsed {
        Some(Ok(database)) => database,
        Some(Err(why)) => {
            let why: quick_xml::DeError = why;
            return Theirs::stopped(&AGAINST, why.to_string());
        }
        None => return Theirs::stopped(&AGAINST, "quick-xml panics"),
    };
    let mut theirs = Theirs::new(&AGAINST);
    theirs.by_place = true;
    let folders = database.activities.into_iter().chain(database.courses);
    for folder in folders {
        let legs =
            folder.multisport.into_iter().flat_map(|m| m.first.into_iter().chain(m.next));
        let legs = legs.flat_map(|leg| leg.activities);
        let outings = folder.activities.into_iter().chain(folder.courses).chain(legs);
        for outing in outings {
            let of_laps = outing.laps.into_iter().flat_map(|lap| lap.tracks);
            for track in of_laps.chain(outing.tracks) {
                for trackpoint in track.points {
                    take(trackpoint, &mut theirs);
                }
            }
        }
    }
    theirs
}

fn take(point: Trackpoint, theirs: &mut Theirs) {
    let value = |text: Option<String>| text.map_or(f64::NAN, |text| number(&text));
    let mut row = EMPTY;
    row[column::TIME] = point.time.map_or(f64::NAN, |time| instant(&time));
    if let Some(position) = point.position {
        row[column::LATITUDE] = value(position.latitude);
        row[column::LONGITUDE] = value(position.longitude);
    }
    let [latitude, longitude] = [row[column::LATITUDE], row[column::LONGITUDE]];
    let none = latitude.abs() > 90.0 || latitude == 0.0 && longitude == 0.0;
    if none || latitude.is_nan() != longitude.is_nan() {
        theirs.reasons.count(Reason::NoFix, 1);
        row[column::LATITUDE] = f64::NAN;
        row[column::LONGITUDE] = f64::NAN;
    }
    row[column::HEIGHT] = value(point.height);
    row[column::DISTANCE] = value(point.distance);
    row[column::HEART_RATE] = value(point.heart_rate.and_then(|h| h.value));
    let extension = point.extensions.and_then(|extensions| extensions.extension);
    let (power, steps) = extension.map_or((None, None), |e| (e.power, e.cadence));
    row[column::POWER] = value(power);
    let cadence = value(point.cadence);
    // a zero beside another value is a field that nobody filled
    let unfilled = cadence.is_nan() || cadence == 0.0 && steps.is_some();
    row[column::CADENCE] = if unfilled { value(steps) } else { cadence };
    let left_out = leave_out_impossible(&mut row);
    theirs.reasons.count(Reason::NotFinite, left_out);
    let [_, values @ ..] = row;
    if values.iter().all(|value| value.is_nan()) {
        theirs.reasons.count(Reason::NoPoint, 1);
        return;
    }
    theirs.points.push(Point::new(row));
}
