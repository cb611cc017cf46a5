//! From a `gpx::Gpx` and to one.

use gpx::{Gpx, GpxVersion, Metadata, Time, Track, TrackSegment, Waypoint};
use jiff::Timestamp;
use time::OffsetDateTime;

use crate::activity::{Activity, Break, Header};
use crate::error::{Error, Kind};
use crate::read::{self, Reading};
use crate::sport::Labelled;
use crate::write::gpx::CREATOR;

/// What is read of the file that the document would be: the same tracks are joined, the same
/// points left out, and the same notices made as of a file.
impl TryFrom<&Gpx> for Reading {
    type Error = Error;

    fn try_from(gpx: &Gpx) -> Result<Reading, Error> {
        let mut bytes = Vec::new();
        let known = match gpx.version {
            GpxVersion::Unknown => &Gpx { version: GpxVersion::Gpx11, ..gpx.clone() },
            GpxVersion::Gpx10 | GpxVersion::Gpx11 => gpx,
        };
        gpx::write(known, &mut bytes)
            .map_err(|error| Error::new(Kind::NotAnActivity, error.to_string()))?;
        read::bytes(&bytes)
    }
}

/// As of a reference.
impl TryFrom<Gpx> for Reading {
    type Error = Error;

    fn try_from(gpx: Gpx) -> Result<Reading, Error> {
        Reading::try_from(&gpx)
    }
}

/// Positions, heights and times as recorded; a segment for each unbroken stretch. GPX itself has no
/// place for sensors, and points without a position are none to it: both are left out.
impl From<&Activity> for Gpx {
    fn from(activity: &Activity) -> Gpx {
        Gpx {
            version: GpxVersion::Gpx11,
            creator: Some(CREATOR.to_owned()),
            metadata: Some(Metadata {
                name: activity.header.name.clone(),
                time: activity.header.start.and_then(|start| instant(start, 0.0)),
                ..Metadata::default()
            }),
            tracks: vec![Track::from(activity)],
            ..Gpx::default()
        }
    }
}

/// As the only track of a document.
impl From<&Activity> for Track {
    fn from(activity: &Activity) -> Track {
        let mut segments = vec![TrackSegment::default()];
        let mut breaks = activity.breaks().iter().peekable();
        for at in 0..activity.len() {
            while let Some((_, kind)) = breaks.next_if(|(first, _)| *first <= at) {
                // a pause of the timer is no new segment
                if *kind == Break::Segment {
                    segments.push(TrackSegment::default());
                }
            }
            if let Some(point) = point(activity, at)
                && let Some(segment) = segments.last_mut()
            {
                segment.points.push(point);
            }
        }
        segments.retain(|segment| !segment.points.is_empty());
        Track {
            name: activity.header.name.clone(),
            type_: sport(&activity.header),
            segments,
            ..Track::default()
        }
    }
}

/// Returns the sport by a word that is read again as the same.
fn sport(header: &Header) -> Option<String> {
    match &header.sport {
        Labelled::Modelled(sport, _) => Some(sport.name().to_owned()),
        Labelled::Unmodelled(name) | Labelled::Unrecognised(name) => Some(name.clone()),
        Labelled::Unknown => None,
    }
}

fn point(activity: &Activity, at: usize) -> Option<Waypoint> {
    let sample = activity.sample(at);
    if !(sample.latitude_deg.is_finite() && sample.longitude_deg.is_finite()) {
        return None;
    }
    let mut point =
        Waypoint::new(geo::Point::new(sample.longitude_deg, sample.latitude_deg));
    point.elevation = Some(sample.elevation_m).filter(|height_m| height_m.is_finite());
    let start = activity.header.start;
    point.time = start.and_then(|start| instant(start, sample.time_s));
    Some(point)
}

/// Returns the seconds after a start, to the nanosecond.
fn instant(start: Timestamp, after_s: f64) -> Option<Time> {
    #[expect(clippy::cast_possible_truncation, reason = "seconds of an activity")]
    let after_ns = after_s.is_finite().then_some((after_s * 1e9).round() as i128)?;
    let at_ns = start.as_nanosecond().checked_add(after_ns)?;
    OffsetDateTime::from_unix_timestamp_nanos(at_ns).ok().map(Time::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixture(name: &str) -> Reading {
        read::path(format!("{}/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    #[test]
    fn there_and_back_keeps_positions_heights_times_sport_and_breaks() {
        for name in
            ["gpx/loop.gpx", "gpx/hike_pack.gpx", "gpx/course.gpx", "tcx/loop.tcx"]
        {
            let activity = &fixture(name).activities[0];
            let back = &Reading::try_from(Gpx::from(activity)).unwrap().activities[0];
            assert_eq!(back.len(), activity.len(), "{name}");
            let same = |a: &[f64], b: &[f64]| {
                a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits() || a.is_nan())
            };
            assert!(same(activity.latitude_deg(), back.latitude_deg()), "{name}");
            assert!(same(activity.longitude_deg(), back.longitude_deg()), "{name}");
            assert!(same(activity.elevation_m(), back.elevation_m()), "{name}");
            let apart =
                activity.time_s().iter().zip(back.time_s()).map(|(a, b)| (a - b).abs());
            assert!(apart.filter(|s| !s.is_nan()).all(|s| s < 1e-6), "{name}");
            assert_eq!(back.header.start, activity.header.start, "{name}");
            assert_eq!(back.header.sport, activity.header.sport, "{name}");
            let segments = |of: &Activity| {
                of.breaks().iter().filter(|(_, kind)| *kind == Break::Segment).count()
            };
            assert_eq!(segments(back), segments(activity), "{name}");
        }
    }

    #[test]
    fn a_document_reads_as_its_file_does() {
        let name = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/gpx/loop.gpx");
        let theirs = gpx::read(std::fs::File::open(name).unwrap()).unwrap();
        let ours = &fixture("gpx/loop.gpx").activities[0];
        let reading = Reading::try_from(&theirs).unwrap();
        assert!(reading.activities[0].latitude_deg() == ours.latitude_deg());
        assert_eq!(reading.activities[0].header.name, ours.header.name);
        // the gpx types have no sensors
        assert!(
            reading.activities[0].heart_rate_bpm().iter().all(|beats| beats.is_nan())
        );
        assert!(Reading::try_from(Gpx::default()).is_err());
    }
}
