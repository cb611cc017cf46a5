//! One activity as a history remembers it: small, flat, enough for every later question.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::activity::Activity;
use crate::load::mechanisms::Figure;
use crate::report::Report;
use crate::segment::Slope;
use crate::sport::Sport;

/// One activity as a history remembers it.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// What its file's content is called.
    pub id: String,
    /// Which activity of the file, from 1.
    pub part: u32,
    /// Its name, as in the file: escape before showing.
    pub name: Option<String>,
    /// Device or creator, as in the file; empty where nothing is said.
    pub origin: String,
    /// The sport it was scored as.
    pub sport: Sport,
    /// Instant of the first sample.
    pub start: Timestamp,
    /// The athlete's own day.
    pub day: Date,
    /// Seconds from first to last sample.
    pub elapsed_s: f64,
    /// Seconds at 0.3 m/s and more.
    pub moving_s: f64,
    /// Horizontal metres.
    pub distance_m: f64,
    /// Metres up.
    pub gain_m: f64,
    /// Metres down.
    pub loss_m: f64,
    /// Metres of one's own weight raised.
    pub climb_volume_m: f64,
    /// Metres of one's own weight lowered; zero on rides.
    pub descent_volume_m: f64,
    /// Descent volume at 2x, m, and above; zero on rides.
    pub hard_descent_volume_m: f64,
    /// Concentric load.
    pub concentric_load: f64,
    /// What it could be.
    pub concentric_load_range: (f64, f64),
    /// Eccentric load; zero on rides.
    pub eccentric_load: f64,
    /// What it could be.
    pub eccentric_load_range: (f64, f64),
    /// Work of a step up over that of an easy level step; `None` below 50 m of volume.
    pub concentric_intensity: Option<f64>,
    /// Work of a step down over that of an easy level step; `None` below 50 m of volume.
    pub eccentric_intensity: Option<f64>,
    /// Rise over run.
    pub steepest_5_min_up: Option<f64>,
    /// Rise over run, positive.
    pub steepest_5_min_down: Option<f64>,
    /// W/kg.
    pub best_60s_up_w_per_kg: Option<f64>,
    /// J/kg.
    pub step_p95_up_j_per_kg: Option<f64>,
    /// Minutes in climbs of 4 min and more.
    pub long_climb_min: Option<f64>,
    /// Rides: rise of the largest climb, m; `None` without one.
    pub largest_climb_m: Option<f64>,
    /// Steps up at 2x and above.
    pub hard_steps_up: Option<f64>,
    /// Steps down at 2x and above.
    pub hard_steps_down: Option<f64>,
    /// Samples of the recording.
    pub samples: u32,
    /// How many of heart rate, cadence, power, contact time, positions and the device's own
    /// distance it has.
    pub channels: u32,
    /// Faults of the file that were survived.
    pub notices: u32,
    /// Whether the athlete leaves it out.
    pub excluded: bool,
}

impl Session {
    /// Returns the memory of a report; `None` without a start, which no calendar can hold.
    pub fn of(
        report: &Report,
        activity: &Activity,
        (id, part): (&str, usize),
        notices: u64,
    ) -> Option<Session> {
        let (start, local) = (report.header.start?, report.local_start?);
        if report.is_course() {
            return None;
        }
        let load = &report.load;
        let range = &report.range;
        let m = &report.mechanisms;
        let known = |figure: &Figure| figure.ok();
        let count = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        Some(Session {
            id: id.to_owned(),
            part: count(part as u64),
            name: report.header.name.clone(),
            origin: report.header.device.clone().unwrap_or_default(),
            sport: report.sport,
            start,
            day: local.at.date(),
            elapsed_s: report.quality.elapsed_s,
            moving_s: report.moving_s.unwrap_or(0.0),
            distance_m: report.distance_m,
            gain_m: report.gain_m,
            loss_m: report.loss_m,
            climb_volume_m: load.climb_volume_m,
            descent_volume_m: load.descent_volume_m,
            hard_descent_volume_m: load.hard_descent_volume_m(),
            concentric_load: load.concentric_load,
            concentric_load_range: (
                range.concentric_load.low,
                range.concentric_load.high,
            ),
            eccentric_load: load.eccentric_load,
            eccentric_load_range: (range.eccentric_load.low, range.eccentric_load.high),
            concentric_intensity: load.concentric_intensity(),
            eccentric_intensity: load.eccentric_intensity(),
            steepest_5_min_up: report.steepest_5_min.0,
            steepest_5_min_down: report.steepest_5_min.1,
            best_60s_up_w_per_kg: known(&m.best_60s_up_w_per_kg),
            step_p95_up_j_per_kg: known(&m.step_p95_up_j_per_kg),
            long_climb_min: known(&m.long_climb_min),
            largest_climb_m: largest_climb_m(report),
            hard_steps_up: known(&m.hard_steps_up),
            hard_steps_down: known(&m.hard_steps_down),
            samples: count(activity.len() as u64),
            channels: channels(activity),
            notices: count(notices),
            excluded: false,
        })
    }

    /// Its id as people type it: eight digits, and the part where it is not the first.
    pub fn short_id(&self) -> String {
        let id = self.id.get(..8).unwrap_or(&self.id);
        if self.part == 1 { id.to_owned() } else { format!("{id}.{}", self.part) }
    }
}

/// Returns the rise of the largest climb of a ride, m.
fn largest_climb_m(report: &Report) -> Option<f64> {
    let climbs = report.segments.iter().filter(|hill| hill.slope == Some(Slope::Climb));
    let rises = climbs.map(|hill| hill.rise_m).filter(|_| !report.sport.on_foot());
    rises.reduce(f64::max)
}

fn channels(activity: &Activity) -> u32 {
    let sensors = [
        activity.heart_rate_bpm(),
        activity.cadence_per_min(),
        activity.power_w(),
        activity.stance_time_s(),
    ];
    let sensed = sensors.iter().filter(|c| c.iter().any(|value| value.is_finite()));
    let placed = [activity.latitude_deg(), activity.distance_m()];
    let placed = placed.iter().filter(|c| c.iter().any(|value| value.is_finite()));
    u32::try_from(sensed.count() + placed.count()).unwrap_or(0)
}

/// A climb or descent as a history remembers it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HillRecord {
    /// Up or down.
    pub slope: Slope,
    /// Distance from the start of the activity, m.
    pub from_m: f64,
    /// Horizontal length, m.
    pub length_m: f64,
    /// Net rise, m; negative down.
    pub rise_m: f64,
    /// Net rise over length.
    pub mean_grade: f64,
    /// Points in its direction.
    pub volume_m: f64,
    /// Load in its direction.
    pub load: f64,
    /// Intensity in its direction; `None` below 50 m of volume.
    pub intensity: Option<f64>,
}

impl HillRecord {
    /// Returns the climbs and descents of a report.
    pub fn all(report: &Report) -> Vec<HillRecord> {
        let hill = |hill: &crate::report::Hill| {
            let load = &hill.load;
            let (volume_m, score, intensity) = match hill.slope? {
                Slope::Climb => (
                    load.climb_volume_m,
                    load.concentric_load,
                    load.concentric_intensity(),
                ),
                Slope::Descent => (
                    load.descent_volume_m,
                    load.eccentric_load,
                    load.eccentric_intensity(),
                ),
                Slope::Level => return None,
            };
            Some(HillRecord {
                slope: hill.slope?,
                from_m: hill.from_m,
                length_m: hill.length_m,
                rise_m: hill.rise_m,
                mean_grade: hill.mean_grade,
                volume_m,
                load: score,
                intensity,
            })
        };
        report.segments.iter().filter_map(hill).collect()
    }
}
