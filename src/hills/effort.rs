//! One time up or down a hill: how long it took, and what legs and heart did meanwhile.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::activity::Activity;
use crate::hills::LEAST_RISE;
use crate::hills::line::Line;
use crate::hills::matching::{Hill, Overlap};
use crate::report::{self, Place, Places, Report};
use crate::segment::Slope;
use crate::sport::Sport;

/// Longest time for which one record speaks.
const HOLD_S: f64 = 10.0;

/// What was recorded of a whole climb or descent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    /// How it was gone: a walk counts as a hike.
    pub sport: Sport,
    /// The athlete's own day.
    pub day: Date,
    /// When it was begun.
    pub begun: Timestamp,
    /// Mean heart rate, 1/min.
    pub heart_rate_bpm: Option<f64>,
    /// Mean muscle power in its direction, W/kg.
    pub w_per_kg: Option<f64>,
    /// Intensity in its direction.
    pub intensity: Option<f64>,
    /// Load in its direction.
    pub load: f64,
    /// Mean temperature, degrees Celsius.
    pub temperature_c: Option<f64>,
    /// Climbs of 20 min and more: metres up a heart beat in the second half below those in the
    /// first, as a share of these (decoupling).
    pub drift: Option<f64>,
}

/// A climb or descent of one recording, on its way into a store.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// Its number among the climbs and descents of the activity, from 1.
    pub number: u32,
    /// Up or down.
    pub slope: Slope,
    /// Where it lies.
    pub line: Line,
    /// The named place at its top, as in the file: escape before showing.
    pub place: Option<String>,
    /// What was recorded of it.
    pub figures: Figures,
}

impl Recorded {
    /// Returns the climbs and descents of an activity that are looked for again.
    pub fn all(report: &Report, places: &Places, activity: &Activity) -> Vec<Recorded> {
        let (Some(start), Some(local)) = (report.header.start, report.local_start) else {
            return Vec::new();
        };
        let temperatures = Some(activity.temperature_c())
            .filter(|column| column.iter().any(|celsius| celsius.is_finite()));
        let hills = report.segments.iter().zip(&places.segments);
        let sloped = hills.filter_map(|(hill, places)| {
            let slope = hill.slope.filter(|slope| *slope != Slope::Level)?;
            Some((hill, slope, places))
        });
        let recorded =
            |(number, (hill, slope, places)): (u32, (_, Slope, &Vec<Place>))| {
                let hill: &report::Hill = hill;
                if hill.rise_m.abs() < LEAST_RISE.value {
                    return None;
                }
                let line = Line::of(places)?;
                let (first, last) = (places.first()?.time_s, places.last()?.time_s);
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "seconds of an outing"
                )]
                let after = jiff::SignedDuration::from_secs(first as i64);
                let sensors = Sensors { activity, from_s: first, to_s: last };
                let figures = Figures {
                    sport: going(report.sport),
                    day: local.at.date(),
                    begun: start.saturating_add(after).ok()?,
                    heart_rate_bpm: hill.heart_rate_bpm,
                    w_per_kg: power(hill, slope),
                    intensity: match slope {
                        Slope::Climb => hill.load.concentric_intensity(),
                        _ => hill.load.eccentric_intensity(),
                    },
                    load: match slope {
                        Slope::Climb => hill.load.concentric_load,
                        _ => hill.load.eccentric_load,
                    },
                    temperature_c: temperatures.and_then(|column| sensors.mean(column)),
                    drift: hill.drift,
                };
                Some(Recorded { number, slope, line, place: hill.name.clone(), figures })
            };
        (1..).zip(sloped).filter_map(recorded).collect()
    }
}

/// Returns a walk and a hike are gone alike.
pub fn going(sport: Sport) -> Sport {
    if sport == Sport::Walk { Sport::Hike } else { sport }
}

/// Returns the mean muscle power in the direction of a hill, where that is known.
fn power(hill: &report::Hill, slope: Slope) -> Option<f64> {
    let work = match slope {
        Slope::Climb => hill.load.con_j_per_kg,
        _ => hill.load.ecc_j_per_kg,
    };
    let seconds = hill.moving_s.filter(|s| *s > 0.0)?;
    Some(work / seconds).filter(|power| power.is_finite() && *power > 0.0)
}

/// Sensors between two times.
struct Sensors<'a> {
    activity: &'a Activity,
    from_s: f64,
    to_s: f64,
}

impl Sensors<'_> {
    /// Returns the mean of a column, each record for the time since the one before.
    fn mean(&self, column: &[f32]) -> Option<f64> {
        let times = self.activity.time_s();
        let (mut sum, mut seconds) = (0.0, 0.0);
        for (pair, value) in times.windows(2).zip(column.iter().skip(1)) {
            let [before, time] = pair else { continue };
            let inside = *time > self.from_s && *time <= self.to_s;
            if inside && value.is_finite() && time > before {
                let held = (time - before).min(HOLD_S);
                sum += f64::from(*value) * held;
                seconds += held;
            }
        }
        (seconds > 0.0).then(|| sum / seconds)
    }
}

/// One time up or down a hill.
#[derive(Debug, Clone, PartialEq)]
pub struct Effort {
    /// Of which content.
    pub id: String,
    /// And which activity of it.
    pub part: u32,
    /// Its number among the climbs and descents of the activity.
    pub number: u32,
    /// What was recorded of the whole climb or descent that the hill is in.
    pub figures: Figures,
    /// Share of that climb or descent that lies on the hill.
    pub share: f64,
    /// Seconds in motion on the hill.
    pub moving_s: f64,
    /// Metres of the hill that were covered.
    pub length_m: f64,
    /// Metres that the hill rises over these; negative down.
    pub rise_m: f64,
}

/// Figures of a climb or descent are those of the hill where so much of it lies there: our
/// choice.
pub(crate) const OWN_SHARE: f64 = 0.8;

impl Effort {
    /// Of a recorded line on a hill: seconds are the line's, metres the hill's, which are the
    /// same whoever recorded them.
    pub fn of(
        (id, part, number): (&str, u32, u32),
        figures: Figures,
        (hill, line): (&Hill, &Line),
        overlap: &Overlap,
    ) -> Effort {
        let seconds = |share: f64| line.at(share).moving_s;
        let height = |share: f64| hill.line().at(share).elevation_m;
        let (on_line, on_hill) = (&overlap.on_line, &overlap.on_hill);
        Effort {
            id: id.to_owned(),
            part,
            number,
            figures,
            share: overlap.share_of_line(),
            moving_s: seconds(on_line.end) - seconds(on_line.start),
            length_m: overlap.length_m,
            rise_m: height(on_hill.end) - height(on_hill.start),
        }
    }

    /// Returns the metres per second in motion.
    pub fn speed_m_per_s(&self) -> f64 {
        self.length_m / self.moving_s
    }

    /// Returns the metres up or down an hour in motion, never negative.
    pub fn vertical_m_per_h(&self) -> f64 {
        self.rise_m.abs() / self.moving_s * 3600.0
    }

    /// Returns whether heart rate, power, intensity and load are those of this hill, not of a
    /// longer one.
    pub fn is_own(&self) -> bool {
        self.share >= OWN_SHARE
    }

    /// Returns the mean heart rate, where it is of this hill.
    pub fn heart_rate_bpm(&self) -> Option<f64> {
        self.figures.heart_rate_bpm.filter(|rate| self.is_own() && *rate > 0.0)
    }

    /// Returns the metres up or down a heart beat.
    pub fn vertical_m_per_beat(&self) -> Option<f64> {
        Some(self.vertical_m_per_h() / 60.0 / self.heart_rate_bpm()?)
    }
}
