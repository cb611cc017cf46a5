//! Samples with times in order and without impossible points, as columns.

use std::borrow::Cow;
use std::ops::Range;

use crate::activity::{Activity, Break, DistanceSource};
use crate::evidence::Parameter;
use crate::profile::distance::{Place, Places};
use crate::profile::heights;
use crate::profile::mend::{self, Mended, Point, fastest_m_per_s};
use crate::profile::track::Sensors;
use crate::sport::Sport;

/// The device's distance is believed within this share of the positions' distance.
pub const DISTANCE_AGREES: Parameter = Parameter::chosen(
    "profile.distance_agrees",
    0.20,
    "1",
    "0.1 to 0.3",
    "a foot pod out of tune is 5 % off; positions in a gorge 10 %",
);

/// Samples that survived, in order, and what it took. Columns are of equal length; one that
/// needed no mending is the recording's own. Distance, height and sensors are NaN where
/// missing.
#[derive(Debug, Default)]
pub(crate) struct Clean<'a> {
    /// NaN without times.
    pub(crate) time_s: Cow<'a, [f64]>,
    pub(crate) distance_m: Cow<'a, [f64]>,
    pub(crate) elevation_m: Cow<'a, [f64]>,
    pub(crate) grade: Cow<'a, [f32]>,
    cadence_per_min: Cow<'a, [f32]>,
    power_w: Cow<'a, [f32]>,
    heart_rate_bpm: Cow<'a, [f32]>,
    stance_time_s: Cow<'a, [f32]>,
    /// Interruptions: the index of the first sample after each, in order.
    breaks: Cow<'a, [(usize, Break)]>,
    /// Indices in the recording.
    pub(crate) sample: Vec<u32>,
    /// Where each sample is; none where metres come from the device, which needs no places.
    pub(crate) places: Vec<Place>,
    /// Straight lines from each sample to the next, m; NaN where a position is missing.
    pub(crate) lines_m: Vec<f64>,
    pub(crate) timed: bool,
    /// Metres come from the device's distance, not from the positions.
    pub(crate) by_device: bool,
    /// The device measured along the slope.
    pub(crate) along_slope: bool,
    /// Indices in the recording of points that nobody can have reached.
    pub(crate) impossible: Vec<u32>,
    pub(crate) merged: usize,
    pub(crate) times_mended: usize,
    pub(crate) zeros: usize,
    pub(crate) elapsed_s: f64,
}

/// Cleans the samples of an activity.
pub(crate) fn clean(activity: &Activity, sport: Sport) -> Clean<'_> {
    let fastest = fastest_m_per_s(sport);
    let in_order = mend::in_order(activity.time_s());
    let recorded = Clean::recorded(activity);
    let mut clean = if in_order && recorded.all_possible(fastest) {
        Clean { timed: true, ..recorded }
    } else {
        drop(recorded);
        Clean::mended(mend::mend(activity, sport))
    };
    clean.choose_distance(fastest);
    clean.along_slope =
        clean.by_device && activity.header.distance_source == DistanceSource::Slope;
    // means of heights at one time may be what no height was
    if !(in_order && activity.elevation_m().iter().all(|h| heights::is_possible(*h))) {
        clean.zeros = heights::drop_impossible(clean.elevation_m.to_mut());
    }
    clean
}

impl<'a> Clean<'a> {
    /// The samples as they were recorded.
    fn recorded(activity: &'a Activity) -> Clean<'a> {
        let mut places = Places::default();
        let positions = activity.latitude_deg().iter().zip(activity.longitude_deg());
        let mut clean = Clean {
            time_s: Cow::Borrowed(activity.time_s()),
            distance_m: Cow::Borrowed(activity.distance_m()),
            elevation_m: Cow::Borrowed(activity.elevation_m()),
            grade: Cow::Borrowed(activity.grade()),
            cadence_per_min: Cow::Borrowed(activity.cadence_per_min()),
            power_w: Cow::Borrowed(activity.power_w()),
            heart_rate_bpm: Cow::Borrowed(activity.heart_rate_bpm()),
            stance_time_s: Cow::Borrowed(activity.stance_time_s()),
            breaks: Cow::Borrowed(activity.breaks()),
            sample: (0..=u32::MAX).take(activity.len()).collect(),
            places: positions.map(|(north, east)| places.at(*north, *east)).collect(),
            ..Clean::default()
        };
        clean.elapsed_s = mend::elapsed_s(clean.time_s.iter());
        clean.measure_lines();
        clean
    }

    /// Points that had to be mended one by one.
    fn mended(mended: Mended) -> Clean<'a> {
        fn column<'a, T: Clone>(points: &[Point], of: fn(&Point) -> T) -> Cow<'a, [T]> {
            points.iter().map(of).collect()
        }
        let points = &mended.points[..];
        let breaks = points.iter().enumerate();
        let mut clean = Clean {
            time_s: column(points, |p| p.time_s),
            distance_m: column(points, |p| p.distance_m),
            elevation_m: column(points, |p| p.elevation_m),
            grade: column(points, |p| p.grade),
            cadence_per_min: column(points, |p| p.cadence_per_min),
            power_w: column(points, |p| p.power_w),
            heart_rate_bpm: column(points, |p| p.heart_rate_bpm),
            stance_time_s: column(points, |p| p.stance_time_s),
            breaks: breaks.filter_map(|(i, p)| Some((i, p.interruption?))).collect(),
            sample: points.iter().map(|p| p.sample).collect(),
            places: points.iter().map(|p| p.place).collect(),
            timed: mended.timed,
            impossible: mended.impossible,
            merged: mended.merged,
            times_mended: mended.times,
            elapsed_s: mended.elapsed_s,
            ..Clean::default()
        };
        clean.measure_lines();
        clean
    }

    /// Number of samples.
    pub(crate) fn len(&self) -> usize {
        self.sample.len()
    }

    /// Whether the recording was interrupted before this sample.
    pub(crate) fn is_interrupted(&self, sample: usize) -> bool {
        self.breaks.binary_search_by_key(&sample, |(at, _)| *at).is_ok()
    }

    /// Metres from a sample to the next: the device's, else the straight line.
    pub(crate) fn leg_m(&self, sample: usize) -> f64 {
        if self.by_device {
            self.distance_m[sample + 1] - self.distance_m[sample]
        } else {
            self.lines_m[sample]
        }
    }

    /// What the sensors said at these samples.
    pub(crate) fn sensors(&self, samples: Range<usize>) -> Sensors<'_> {
        Sensors {
            cadence_per_min: &self.cadence_per_min,
            power_w: &self.power_w,
            heart_rate_bpm: &self.heart_rate_bpm,
            stance_time_s: &self.stance_time_s,
        }
        .of(samples)
    }

    fn measure_lines(&mut self) {
        let pairs = self.places.windows(2);
        self.lines_m = pairs.map(|pair| pair[0].metres_to(&pair[1])).collect();
    }

    /// Whether every line between two points can have been covered in its time: none is
    /// dropped.
    fn all_possible(&self, fastest: f64) -> bool {
        self.time_s
            .windows(2)
            .zip(&self.lines_m)
            .all(|(time, metres)| *metres <= fastest * (time[1] - time[0]).max(0.5))
    }

    /// Decides where metres come from, and completes the device's distance where it is used.
    fn choose_distance(&mut self, fastest: f64) {
        let (mut device_m, mut last, mut measured) = (0.0, f64::NAN, 0);
        for distance_m in self.distance_m.iter().filter(|metres| metres.is_finite()) {
            if *distance_m > last {
                device_m += distance_m - last;
            }
            last = *distance_m;
            measured += 1;
        }
        let (mut position_m, mut located) = (0.0, 0);
        let mut before: Option<usize> = None;
        for (i, place) in self.places.iter().enumerate() {
            if !place.is_somewhere() {
                continue;
            }
            if let Some(before) = before {
                let next = before + 1 == i;
                let metres = if next {
                    self.lines_m[before]
                } else {
                    self.places[before].metres_to(place)
                };
                let seconds = self.time_s[i] - self.time_s[before];
                if metres <= fastest * seconds.max(1.0) || seconds.is_nan() {
                    position_m += metres;
                }
            }
            before = Some(i);
            located += 1;
        }
        let agrees = (device_m - position_m).abs() <= DISTANCE_AGREES.value * position_m;
        let mostly_located = located * 2 > self.len();
        self.by_device = device_m > 0.0 && (agrees || !mostly_located);
        if self.by_device {
            self.distance_m = complete_distance(&self.distance_m).into();
            if measured < self.len() {
                bridge_distance(self.distance_m.to_mut());
                self.keep(|clean, i| clean.distance_m[i].is_finite());
            }
            self.places = Vec::new();
        } else if located < self.len() {
            self.keep(|clean, i| clean.places[i].is_somewhere());
        }
    }

    /// Keeps the samples that are asked for, and measures the lines between them.
    fn keep(&mut self, asked: impl Fn(&Clean<'a>, usize) -> bool) {
        fn kept<T: Copy>(column: &[T], samples: &[usize]) -> Vec<T> {
            samples.iter().map(|i| column[*i]).collect()
        }
        let samples: Vec<usize> = (0..self.len()).filter(|i| asked(self, *i)).collect();
        if samples.len() == self.len() {
            return;
        }
        let breaks = self.breaks.iter().filter_map(|(at, kind)| {
            samples.binary_search(at).ok().map(|at| (at, *kind))
        });
        self.breaks = breaks.collect::<Vec<_>>().into();
        for column in [&mut self.time_s, &mut self.distance_m, &mut self.elevation_m] {
            *column = kept(column, &samples).into();
        }
        for column in [
            &mut self.grade,
            &mut self.cadence_per_min,
            &mut self.power_w,
            &mut self.heart_rate_bpm,
            &mut self.stance_time_s,
        ] {
            *column = kept(column, &samples).into();
        }
        self.sample = kept(&self.sample, &samples);
        self.places = kept(&self.places, &samples);
        self.measure_lines();
    }
}

/// Device distance that never falls, from nothing on.
fn complete_distance(distance_m: &[f64]) -> Vec<f64> {
    let (mut total, mut raw) = (0.0, f64::NAN);
    let complete = |metres: &f64| {
        if metres.is_finite() {
            if raw.is_finite() {
                total += (metres - raw).max(0.0);
            }
            raw = *metres;
            total
        } else {
            *metres
        }
    };
    distance_m.iter().map(complete).collect()
}

/// Straight lines of distance over points that lack it.
fn bridge_distance(distance_m: &mut [f64]) {
    let known: Vec<usize> =
        (0..distance_m.len()).filter(|&i| distance_m[i].is_finite()).collect();
    for pair in known.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let (from, step) =
            (distance_m[a], (distance_m[b] - distance_m[a]) / (b - a) as f64);
        for (k, metres) in distance_m[a..b].iter_mut().enumerate().skip(1) {
            *metres = from + k as f64 * step;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Sample;
    use proptest::prelude::*;

    /// A route without times: points 20 m apart going north.
    fn route(points: usize) -> Vec<Sample> {
        (0..points)
            .map(|i| Sample {
                latitude_deg: 46.0 + i as f64 * 20.0 / 111_195.0,
                longitude_deg: 8.0,
                elevation_m: 500.0,
                ..Sample::default()
            })
            .collect()
    }

    /// How many are left, and which nobody can have reached.
    fn cleaned(samples: &[Sample]) -> (usize, Vec<u32>) {
        let mut activity = Activity::default();
        for sample in samples {
            activity.push(*sample);
        }
        let clean = clean(&activity, Sport::Hike);
        (clean.len(), clean.impossible)
    }

    proptest! {
        /// What is lent as it was recorded, beside the same mended point by point.
        #[test]
        fn what_needs_no_mending_is_what_mending_gives(
            points in prop::collection::vec(
                (1.0..9.0_f64, -3.0..3.0_f64, -3.0..3.0_f64, any::<[bool; 4]>()), 2..60),
        ) {
            let mut activity = Activity::default();
            let mut sample = Sample {
                time_s: 0.0,
                latitude_deg: 46.0,
                longitude_deg: 8.0,
                elevation_m: 500.0,
                distance_m: 3.0,
                ..Sample::default()
            };
            for (seconds, north_m, east_m, [counts, measures, pulses, pauses]) in points {
                sample.time_s += seconds;
                sample.latitude_deg += north_m / 111_195.0;
                sample.longitude_deg += east_m / 77_000.0;
                sample.distance_m += north_m.abs();
                if pauses {
                    activity.pause();
                }
                let known = |value: f64, known: bool| if known { value } else { f64::NAN };
                activity.push(Sample {
                    distance_m: known(sample.distance_m, counts),
                    elevation_m: known(sample.elevation_m + east_m, measures),
                    heart_rate_bpm: known(120.0 + north_m, pulses),
                    ..sample
                });
            }
            let (mut lent, mut mended) =
                (Clean::recorded(&activity), Clean::mended(mend::mend(&activity, Sport::Run)));
            lent.timed = true;
            prop_assert!(lent.all_possible(fastest_m_per_s(Sport::Run)));
            for clean in [&mut lent, &mut mended] {
                clean.choose_distance(fastest_m_per_s(Sport::Run));
            }
            // NaN is like NaN in words
            prop_assert_eq!(format!("{lent:?}"), format!("{mended:?}"));
        }
    }

    #[test]
    fn one_point_of_a_route_elsewhere_on_earth_is_dropped() {
        let mut samples = route(50);
        samples[20].latitude_deg = 9.0;
        assert_eq!(cleaned(&samples), (49, vec![20]));
    }

    #[test]
    fn a_route_of_three_far_points_is_kept() {
        let mut samples = route(3);
        samples[1].latitude_deg += 0.05;
        assert_eq!(cleaned(&samples), (3, Vec::new()));
    }
}
