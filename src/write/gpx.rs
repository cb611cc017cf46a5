//! Climbs and descents as named tracks of GPX 1.1, peaks as waypoints: a hill by itself, to
//! be put beside the same hill of another day or another person.

use ::gpx::{Gpx, GpxVersion, Metadata, Time, Track, TrackSegment, Waypoint};
use geo::Point;
use jiff::Timestamp;
use time::OffsetDateTime;

use crate::error::{Error, Kind};
use crate::report::{Hill, Place, Places, Report};
use crate::segment::Slope;
use crate::write::Units;
use crate::write::units::{clock, percent, times};
use crate::write::words::{could_be, half, hill_words, numbered, subject};

/// What is written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Choice {
    /// Climbs only, descents only; `None`: both.
    pub only: Option<Slope>,
    /// Metres or feet in names and descriptions; heights of points are metres always.
    pub units: Units,
}

/// What stands at the beginning of each file, and tells it from a stranger's.
pub(crate) const CREATOR: &str = concat!("hardlegs ", env!("CARGO_PKG_VERSION"));

/// Characters of a name from a file.
const NAME_CHARS: usize = 80;

/// Returns the document.
///
/// # Errors
/// `no_points` where there is no such climb or descent.
///
/// ```
/// use hardlegs::{read, report::Report, settings::Settings, write::gpx};
/// let reading = read::path("fixtures/fit/loop.fit")?;
/// let (report, places) = Report::with_places(&reading.activities[0], &Settings::default())?;
/// let document = gpx::document(&report, &places, &gpx::Choice::default())?;
/// assert!(document.contains("<trk>") && document.contains("<name>U1 "));
/// # Ok::<(), hardlegs::error::Error>(())
/// ```
pub fn document(
    report: &Report,
    places: &Places,
    choice: &Choice,
) -> Result<String, Error> {
    let gpx = hills(report, places, choice)?;
    let mut bytes = Vec::new();
    ::gpx::write(&gpx, &mut bytes)
        .map_err(|error| Error::new(Kind::Internal, error.to_string()))?;
    bytes.push(b'\n');
    String::from_utf8(bytes)
        .map_err(|error| Error::new(Kind::Internal, error.to_string()))
}

/// The same as a type of the `gpx` crate, to be handed on: a track for each climb and descent, a
/// waypoint for each peak.
///
/// # Errors
/// `no_points` where there is no such climb or descent.
pub fn hills(report: &Report, places: &Places, choice: &Choice) -> Result<Gpx, Error> {
    let page = Page { report, units: choice.units };
    let lines = report.segments.iter().zip(&places.segments);
    let lines: Vec<&Vec<Place>> =
        lines.filter(|(hill, _)| named(hill)).map(|(_, line)| line).collect();
    let tracks: Vec<Track> = numbered(&report.segments)
        .into_iter()
        .zip(lines)
        .filter(|((_, hill), _)| choice.only.is_none_or(|only| hill.slope == Some(only)))
        .map(|((name, hill), line)| page.track(&name, hill, line))
        .collect();
    if tracks.is_empty() {
        let what = match choice.only {
            Some(Slope::Climb) => "no climb",
            Some(Slope::Descent) => "no descent",
            Some(Slope::Level) | None => "neither a climb nor a descent",
        };
        return Err(Error::new(
            Kind::NoPoints,
            format!("{what} in it: nothing to export"),
        )
        .hint("hardlegs FILE --all shows what there is"));
    }
    Ok(Gpx {
        version: GpxVersion::Gpx11,
        creator: Some(CREATOR.to_owned()),
        metadata: Some(page.metadata()),
        waypoints: places.peaks.iter().map(|peak| page.peak(peak)).collect(),
        tracks,
        routes: Vec::new(),
    })
}

/// Returns whether a segment has a name in the table.
fn named(hill: &Hill) -> bool {
    matches!(hill.slope, Some(Slope::Climb | Slope::Descent))
}

struct Page<'r> {
    report: &'r Report,
    units: Units,
}

impl Page<'_> {
    fn metadata(&self) -> Metadata {
        let half_width_m = self.report.quality.half_width_m;
        Metadata {
            name: Some(subject(self.report, NAME_CHARS)),
            description: Some(format!(
                "Climbs and descents as hardlegs splits them. Positions and times as \
                 recorded; heights as scored: repaired, smoothed over ±{half_width_m:.0} m."
            )),
            ..Metadata::default()
        }
    }

    fn track(&self, name: &str, hill: &Hill, line: &[Place]) -> Track {
        Track {
            name: Some(hill_words(name, hill, self.report, self.units)),
            description: Some(self.figures(hill)),
            source: Some(subject(self.report, NAME_CHARS)),
            type_: Some(self.report.sport.name().to_owned()),
            segments: vec![TrackSegment {
                points: line.iter().map(|place| self.point(place)).collect(),
            }],
            ..Track::default()
        }
    }

    /// Returns everything the table says of a hill, in a sentence.
    fn figures(&self, hill: &Hill) -> String {
        let u = self.units;
        let mut words = format!(
            "{} over {:.2} {} from {} {:.1}; mean {}, steepest 30 m {}",
            u.rise(hill.rise_m),
            u.along(hill.length_m),
            u.far(),
            u.far(),
            u.along(hill.from_m),
            percent(hill.mean_grade),
            percent(hill.max_grade)
        );
        let mut say = |more: String| {
            words.push_str("; ");
            words.push_str(&more);
        };
        if let (Some(_), Some(vertical)) = (hill.moving_s, hill.vertical_m_per_h) {
            let vertical = u.up(vertical).abs();
            say(format!(
                "{} moving, {vertical:.0} {}/h",
                clock(hill.moving_s),
                u.height()
            ));
        }
        let half = half(hill);
        let (load, way) = if hill.rise_m >= 0.0 {
            ("uphill load (concentric)", "up")
        } else {
            ("downhill load (eccentric)", "down")
        };
        if self.report.sport.on_foot() || half.volume_m > 0.0 {
            let range = could_be(hill).map_or(String::new(), |range| {
                format!(" ({:.0}–{:.0})", range.low, range.high)
            });
            let each = if self.report.sport.on_foot() { "step" } else { "half turn" };
            let how_hard = half.intensity.map_or(String::new(), |intensity| {
                format!(" at {} per {each}", times(Some(intensity)))
            });
            say(format!(
                "{load} {:.0}{range}: {:.0} {} {way}{how_hard}",
                half.load,
                u.up(half.volume_m),
                u.height()
            ));
        }
        if let Some(beats) = hill.heart_rate_bpm {
            say(format!("heart rate {beats:.0}/min"));
        }
        words
    }

    fn peak(&self, peak: &Place) -> Waypoint {
        let u = self.units;
        let mut point = self.point(peak);
        point.name = Some(format!("{:.0} {}", u.up(peak.elevation_m), u.height()));
        point.symbol = Some("Summit".to_owned());
        point
    }

    fn point(&self, place: &Place) -> Waypoint {
        // a centimetre on the ground, a decimetre up: more is not known
        let rounded = |value: f64, per_one: f64| (value * per_one).round() / per_one;
        let mut point = Waypoint::new(Point::new(
            rounded(place.longitude_deg, 1e7),
            rounded(place.latitude_deg, 1e7),
        ));
        point.elevation = Some(rounded(place.elevation_m, 1e2));
        let start = self.report.header.start.filter(|_| place.time_s.is_finite());
        point.time = start.and_then(|start| instant(start, place.time_s));
        point
    }
}

/// Returns the seconds after a start, to the millisecond.
fn instant(start: Timestamp, after_s: f64) -> Option<Time> {
    #[expect(clippy::cast_possible_truncation, reason = "seconds of an activity")]
    let after_ms = (after_s * 1e3).round() as i64;
    let at_ms = start.as_millisecond().checked_add(after_ms)?;
    let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(at_ms) * 1_000_000);
    at.ok().map(Time::from)
}
