//! What was recorded: one struct of columns, equal lengths guaranteed.

use std::sync::Arc;

use jiff::Timestamp;

use crate::sport::Labelled;
use crate::waypoint::Waypoint;

/// One record as a reader hands it over. Whatever was not recorded is NaN.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// Seconds since [`Header::start`]; may go back, readers keep the file's order.
    pub time_s: f64,
    /// Degrees north, -90..=90.
    pub latitude_deg: f64,
    /// Degrees east, -180..=180.
    pub longitude_deg: f64,
    /// Height above sea level, m, as recorded: faults and spikes included.
    pub elevation_m: f64,
    /// The device's own distance since its start, m.
    pub distance_m: f64,
    /// The device's own speed, m/s.
    pub speed_m_per_s: f64,
    /// Heart rate, 1/min.
    pub heart_rate_bpm: f64,
    /// Cadence as recorded, 1/min: strides or steps on foot (section 4 of the model tells
    /// them apart), turns of the crank on a bicycle.
    pub cadence_per_min: f64,
    /// Power at the crank, or what a watch takes for a run's, W.
    pub power_w: f64,
    /// Air temperature, degrees Celsius.
    pub temperature_c: f64,
    /// Ground contact time of a step, s.
    pub stance_time_s: f64,
    /// Rise and fall of the trunk in a step, m.
    pub vertical_oscillation_m: f64,
    /// Length of a step, m.
    pub step_length_m: f64,
    /// Grade the device recorded (treadmill), rise over run.
    pub grade: f64,
}

impl Default for Sample {
    fn default() -> Self {
        const ABSENT: f64 = f64::NAN;
        Sample {
            time_s: ABSENT,
            latitude_deg: ABSENT,
            longitude_deg: ABSENT,
            elevation_m: ABSENT,
            distance_m: ABSENT,
            speed_m_per_s: ABSENT,
            heart_rate_bpm: ABSENT,
            cadence_per_min: ABSENT,
            power_w: ABSENT,
            temperature_c: ABSENT,
            stance_time_s: ABSENT,
            vertical_oscillation_m: ABSENT,
            step_length_m: ABSENT,
            grade: ABSENT,
        }
    }
}

/// Why the record is interrupted before a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// The timer was stopped and started again (FIT timer events).
    Pause,
    /// A new track segment, track or route begins.
    Segment,
}

/// What the device's distance was measured with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DistanceSource {
    /// Positions, or not said: horizontal metres.
    #[default]
    Positions,
    /// A wheel or a foot pod: metres along the slope.
    Slope,
}

/// What the heights of a recording were measured with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum HeightSensor {
    /// A barometer, as the device says itself.
    Barometer,
    /// Satellites: the device lists its sensors, and a barometer is none of them.
    Satellites,
    /// A map: nobody recorded them on the way.
    Map,
    /// The grade of a treadmill makes them.
    Belt,
    /// Not told.
    #[default]
    Untold,
}

impl HeightSensor {
    /// The name used in words and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            HeightSensor::Barometer => "barometer",
            HeightSensor::Satellites => "satellites",
            HeightSensor::Map => "map",
            HeightSensor::Belt => "belt",
            HeightSensor::Untold => "untold",
        }
    }
}

/// Recorded on the way, or planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Nature {
    /// Somebody went there.
    #[default]
    Recording,
    /// A course or route that somebody may go.
    Course,
}

/// One lap that the watch marked.
#[derive(Debug, Clone, PartialEq)]
pub struct Lap {
    /// Seconds since [`Header::start`].
    pub start_s: f64,
    /// Seconds since [`Header::start`].
    pub end_s: f64,
}

/// What the device itself totalled: shown beside our figures, never used for a score.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Reported {
    /// Ascent, m.
    pub ascent_m: Option<f64>,
    /// Descent, m.
    pub descent_m: Option<f64>,
    /// Distance, m.
    pub distance_m: Option<f64>,
    /// Timer time, s.
    pub timer_s: Option<f64>,
}

/// Everything about an activity that is not a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// What the file says of the sport.
    pub sport: Labelled,
    /// Instant of the first timed sample.
    pub start: Option<Timestamp>,
    /// Offset of local time from UTC that the file states, s.
    pub utc_offset_s: Option<i32>,
    /// Name, at most 200 characters, otherwise as in the file: escape before showing.
    pub name: Option<String>,
    /// Keywords of the file, at most 200 characters, as written.
    pub keywords: Option<String>,
    /// Description of the track, else of the file; none of more than 200 characters.
    pub description: Option<String>,
    /// Maker and product or creator, as in the file: escape before showing.
    pub device: Option<String>,
    /// Recording or course.
    pub nature: Nature,
    /// What the device's distance was measured with.
    pub distance_source: DistanceSource,
    /// What its heights were measured with.
    pub height_sensor: HeightSensor,
    /// Laps of the watch, in order.
    pub laps: Vec<Lap>,
    /// What the device totalled.
    pub reported: Reported,
}

impl Default for Header {
    fn default() -> Self {
        Header {
            sport: Labelled::Unknown,
            start: None,
            utc_offset_s: None,
            name: None,
            keywords: None,
            description: None,
            device: None,
            nature: Nature::Recording,
            distance_source: DistanceSource::Positions,
            height_sensor: HeightSensor::Untold,
            laps: Vec::new(),
            reported: Reported::default(),
        }
    }
}

/// One recording, as columns of equal length; what was not recorded is NaN.
///
/// ```
/// use hardlegs::activity::{Activity, Sample};
/// let mut activity = Activity::default();
/// activity.push(Sample { time_s: 0.0, elevation_m: 400.0, ..Sample::default() });
/// activity.pause();
/// activity.push(Sample { time_s: 60.0, elevation_m: 401.0, ..Sample::default() });
/// assert_eq!(activity.len(), 2);
/// assert_eq!(activity.elevation_m(), [400.0, 401.0]);
/// assert_eq!(activity.breaks().len(), 1);
/// assert!(activity.power_w().iter().all(|p| p.is_nan()));
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Activity {
    /// Everything that is not a column.
    pub header: Header,
    time_s: Vec<f64>,
    latitude_deg: Vec<f64>,
    longitude_deg: Vec<f64>,
    elevation_m: Vec<f64>,
    distance_m: Vec<f64>,
    speed_m_per_s: Vec<f32>,
    heart_rate_bpm: Vec<f32>,
    cadence_per_min: Vec<f32>,
    power_w: Vec<f32>,
    temperature_c: Vec<f32>,
    stance_time_s: Vec<f32>,
    grade: Vec<f32>,
    // empty where no record has one, as in nearly all
    vertical_oscillation_m: Vec<f32>,
    step_length_m: Vec<f32>,
    breaks: Vec<(usize, Break)>,
    /// Shared by the activities of a file.
    waypoints: Arc<[Waypoint]>,
    pending: Option<Break>,
}

impl Activity {
    /// Appends a sample.
    pub fn push(&mut self, sample: Sample) {
        self.push_at(sample.time_s, &sample);
    }

    /// Appends a sample with this time instead of its own.
    #[expect(clippy::cast_possible_truncation, reason = "sensors have at most 16 bits")]
    pub(crate) fn push_at(&mut self, time_s: f64, sample: &Sample) {
        if let Some(kind) = self.pending.take()
            && !self.is_empty()
        {
            self.breaks.push((self.len(), kind));
        }
        let before = self.len();
        push_rare(
            &mut self.vertical_oscillation_m,
            before,
            sample.vertical_oscillation_m,
        );
        push_rare(&mut self.step_length_m, before, sample.step_length_m);
        self.time_s.push(time_s);
        self.latitude_deg.push(sample.latitude_deg);
        self.longitude_deg.push(sample.longitude_deg);
        self.elevation_m.push(sample.elevation_m);
        self.distance_m.push(sample.distance_m);
        self.speed_m_per_s.push(sample.speed_m_per_s as f32);
        self.heart_rate_bpm.push(sample.heart_rate_bpm as f32);
        self.cadence_per_min.push(sample.cadence_per_min as f32);
        self.power_w.push(sample.power_w as f32);
        self.temperature_c.push(sample.temperature_c as f32);
        self.stance_time_s.push(sample.stance_time_s as f32);
        self.grade.push(sample.grade as f32);
    }

    /// Makes room for so many samples more, so that columns need not grow one by one.
    pub(crate) fn reserve(&mut self, samples: usize) {
        for column in [
            &mut self.time_s,
            &mut self.latitude_deg,
            &mut self.longitude_deg,
            &mut self.elevation_m,
            &mut self.distance_m,
        ] {
            column.reserve_exact(samples);
        }
        for column in [
            &mut self.speed_m_per_s,
            &mut self.heart_rate_bpm,
            &mut self.cadence_per_min,
            &mut self.power_w,
            &mut self.temperature_c,
            &mut self.stance_time_s,
            &mut self.grade,
        ] {
            column.reserve_exact(samples);
        }
    }

    /// Stops the timer before the next sample. A segment break outranks it.
    pub fn pause(&mut self) {
        self.pending = self.pending.or(Some(Break::Pause));
    }

    /// Begins a new track segment with the next sample.
    pub fn segment(&mut self) {
        self.pending = Some(Break::Segment);
    }

    /// Returns a sample as it was pushed.
    ///
    /// # Panics
    /// If there are not so many.
    pub fn sample(&self, index: usize) -> Sample {
        let wide = |column: &[f32]| f64::from(column[index]);
        let rare = |column: &[f32]| column.get(index).map_or(f64::NAN, |v| f64::from(*v));
        Sample {
            time_s: self.time_s[index],
            latitude_deg: self.latitude_deg[index],
            longitude_deg: self.longitude_deg[index],
            elevation_m: self.elevation_m[index],
            distance_m: self.distance_m[index],
            speed_m_per_s: wide(&self.speed_m_per_s),
            heart_rate_bpm: wide(&self.heart_rate_bpm),
            cadence_per_min: wide(&self.cadence_per_min),
            power_w: wide(&self.power_w),
            temperature_c: wide(&self.temperature_c),
            stance_time_s: wide(&self.stance_time_s),
            vertical_oscillation_m: rare(&self.vertical_oscillation_m),
            step_length_m: rare(&self.step_length_m),
            grade: wide(&self.grade),
        }
    }

    /// Returns the times, to be repaired, beside latitudes and longitudes.
    pub(crate) fn times_and_places(&mut self) -> (&mut [f64], &[f64], &[f64]) {
        (&mut self.time_s, &self.latitude_deg, &self.longitude_deg)
    }

    /// Takes the named places of its file.
    pub(crate) fn set_waypoints(&mut self, waypoints: &Arc<[Waypoint]>) {
        self.waypoints = Arc::clone(waypoints);
    }

    /// Returns the named places of its file, on the way or not.
    pub fn waypoints(&self) -> &[Waypoint] {
        &self.waypoints
    }

    /// Returns whether another was at the same places at the same times, of the same sport.
    pub(crate) fn repeats(&self, other: &Activity) -> bool {
        let alike = |a: &[f64], b: &[f64]| {
            a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits())
        };
        let (own, others) = (&self.header, &other.header);
        self.len() == other.len()
            && (own.start, own.nature, &own.sport)
                == (others.start, others.nature, &others.sport)
            && alike(&self.time_s, &other.time_s)
            && alike(&self.latitude_deg, &other.latitude_deg)
            && alike(&self.longitude_deg, &other.longitude_deg)
            && alike(&self.distance_m, &other.distance_m)
    }

    /// Returns the number of samples.
    pub fn len(&self) -> usize {
        self.time_s.len()
    }

    /// Returns whether there is no sample.
    pub fn is_empty(&self) -> bool {
        self.time_s.is_empty()
    }

    /// Returns the interruptions: the index of the first sample after each, in order.
    pub fn breaks(&self) -> &[(usize, Break)] {
        &self.breaks
    }

    /// Returns the seconds since the start; NaN without a time. Not necessarily in order.
    pub fn time_s(&self) -> &[f64] {
        &self.time_s
    }

    /// Degrees north.
    pub fn latitude_deg(&self) -> &[f64] {
        &self.latitude_deg
    }

    /// Degrees east.
    pub fn longitude_deg(&self) -> &[f64] {
        &self.longitude_deg
    }

    /// Returns the heights as recorded, m.
    pub fn elevation_m(&self) -> &[f64] {
        &self.elevation_m
    }

    /// Returns the device's own distance, m.
    pub fn distance_m(&self) -> &[f64] {
        &self.distance_m
    }

    /// Returns the device's own speed, m/s.
    pub fn speed_m_per_s(&self) -> &[f32] {
        &self.speed_m_per_s
    }

    /// Returns the heart rate, 1/min.
    pub fn heart_rate_bpm(&self) -> &[f32] {
        &self.heart_rate_bpm
    }

    /// Returns the cadence as recorded, 1/min.
    pub fn cadence_per_min(&self) -> &[f32] {
        &self.cadence_per_min
    }

    /// Returns the power, W.
    pub fn power_w(&self) -> &[f32] {
        &self.power_w
    }

    /// Returns the air temperature, degrees Celsius.
    pub fn temperature_c(&self) -> &[f32] {
        &self.temperature_c
    }

    /// Returns the rise and fall of the trunk in a step, m; empty where no sample has one.
    pub fn vertical_oscillation_m(&self) -> &[f32] {
        &self.vertical_oscillation_m
    }

    /// Returns the length of a step, m; empty where no sample has one.
    pub fn step_length_m(&self) -> &[f32] {
        &self.step_length_m
    }

    /// Returns the ground contact time, s.
    pub fn stance_time_s(&self) -> &[f32] {
        &self.stance_time_s
    }

    /// Returns the recorded grade, rise over run.
    pub fn grade(&self) -> &[f32] {
        &self.grade
    }
}

/// Appends to a column that is empty until it has a first value.
#[expect(clippy::cast_possible_truncation, reason = "sensors have at most 16 bits")]
fn push_rare(column: &mut Vec<f32>, before: usize, value: f64) {
    if value.is_nan() && column.is_empty() {
        return;
    }
    column.resize(before, f32::NAN);
    column.push(value as f32);
}
