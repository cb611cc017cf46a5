//! A GPX document as the `gpx` crate reads it, its extensions as a plain walk does.

use super::guard::guarded;
use super::plain::{self, Plain};
use super::reason::Reason;
use super::{Point, Theirs, column, leave_out_impossible};

/// The crates, in the versions that `Cargo.lock` has.
const BOTH: [&str; 2] = ["gpx 0.10", "quick-xml 0.42"];
const PLAIN: [&str; 1] = ["quick-xml 0.42"];

/// Returns points of both, by the rules.
pub(super) fn read(text: &str) -> Theirs {
    let plain = plain::points(text);
    let crates = guarded(|| ::gpx::read(text.as_bytes()));
    let (mut theirs, points) = match crates {
        Some(Ok(gpx)) => {
            let points = with_extensions(&gpx, &plain);
            (Theirs::new(&BOTH), points)
        }
        stopped => {
            // the plain walk goes further
            let why = match stopped {
                Some(Err(why)) => format!("the gpx crate: {why}"),
                _ => "the gpx crate panics".to_owned(),
            };
            let mut theirs = Theirs::new(&PLAIN);
            theirs.stopped =
                Some(plain.stopped.map_or(why.clone(), |p| format!("{why}; {p}")));
            let points = plain.tracks.into_iter().chain(plain.routes).collect();
            (theirs, points)
        }
    };
    theirs.by_place = true;
    settle(points, &mut theirs);
    theirs
}

/// Tracks, then routes.
fn with_extensions(gpx: &::gpx::Gpx, plain: &Plain) -> Vec<Point> {
    let tracks =
        gpx.tracks.iter().flat_map(|track| &track.segments).flat_map(|s| &s.points);
    let routes = gpx.routes.iter().flat_map(|route| &route.points);
    let mut points: Vec<Point> = tracks.map(point).collect();
    let from_tracks = points.len();
    points.extend(routes.map(point));
    let all_there = from_tracks == plain.tracks.len()
        && points.len() - from_tracks == plain.routes.len();
    if all_there {
        let plain = plain.tracks.iter().chain(&plain.routes);
        for (point, plain) in points.iter_mut().zip(plain) {
            let [.., heart_rate, cadence, power, distance] = plain.row;
            let [time, latitude, longitude, height, ..] = point.row;
            point.row =
                [time, latitude, longitude, height, heart_rate, cadence, power, distance];
            // a coordinate of more digits than our reader believes
            if plain.row[column::LATITUDE].is_nan()
                || plain.row[column::LONGITUDE].is_nan()
            {
                point.row[column::LATITUDE] = f64::NAN;
            }
        }
    }
    points
}

fn point(waypoint: &::gpx::Waypoint) -> Point {
    let (longitude, latitude) = waypoint.point().x_y();
    let time = waypoint.time.map_or(f64::NAN, |time| {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a microsecond is what is compared"
        )]
        let seconds =
            time::OffsetDateTime::from(time).unix_timestamp_nanos() as f64 / 1e9;
        seconds
    });
    let mut row = super::EMPTY;
    row[column::TIME] = time;
    row[column::LATITUDE] = latitude;
    row[column::LONGITUDE] = longitude;
    row[column::HEIGHT] = waypoint.elevation.unwrap_or(f64::NAN);
    Point::new(row)
}

/// Points with a position on earth, by our rules.
fn settle(points: Vec<Point>, theirs: &mut Theirs) {
    for mut point in points {
        let [latitude, longitude] =
            [point.row[column::LATITUDE], point.row[column::LONGITUDE]];
        let zero = latitude == 0.0 && longitude == 0.0;
        if zero
            || !(-90.0..=90.0).contains(&latitude)
            || !(-180.0..=540.0).contains(&longitude)
        {
            theirs.reasons.count(Reason::NoFix, 1);
            continue;
        }
        if longitude > 180.0 {
            theirs.reasons.count(Reason::Wrapped, 1);
            point.row[column::LONGITUDE] = longitude - 360.0;
        }
        let left_out = leave_out_impossible(&mut point.row);
        theirs.reasons.count(Reason::NotFinite, left_out);
        theirs.points.push(point);
    }
}
