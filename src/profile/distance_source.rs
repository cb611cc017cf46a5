//! Chooses where the metres between samples come from: the device's own distance, or positions.

use std::borrow::Cow;

use crate::activity::{Activity, DistanceSource};
use crate::evidence::Parameter;
use crate::profile::coarse::Rounded;
use crate::profile::distance::{Place, Places};
use crate::profile::point::Point;

/// The device's distance is believed within this share of the positions' distance.
pub(crate) const DISTANCE_AGREES: Parameter = Parameter::chosen(
    "profile.distance_agrees",
    0.20,
    "1",
    "0.1 to 0.3",
    "a foot pod out of tune is 5 % off; positions in a gorge 10 %",
);

/// Metres of the [samples](crate::profile::samples::Samples), beside their columns: once these
/// are cut into sections nobody asks for them, and they are let go.
#[derive(Debug, Default)]
pub(crate) struct ChosenDistance<'a> {
    /// The device's distance; NaN where missing.
    pub(crate) distance_m: Cow<'a, [f64]>,
    /// Where each sample is; none where metres come from the device, which needs no places.
    pub(crate) places: Vec<Place>,
    /// Straight lines from each sample to the next, m; NaN where a position is missing.
    pub(crate) lines_m: Vec<f64>,
    /// Metres come from the device's distance, not from the positions.
    pub(crate) by_device: bool,
    /// The device measured along the slope.
    pub(crate) along_slope: bool,
}

impl<'a> ChosenDistance<'a> {
    /// Of the samples as they were recorded.
    pub(crate) fn recorded(activity: &'a Activity) -> ChosenDistance<'a> {
        let mut places = Places::default();
        let positions = activity.latitude_deg().iter().zip(activity.longitude_deg());
        let place = |(north, east): (&f64, &f64)| places.at(*north, *east);
        ChosenDistance::between(
            Cow::Borrowed(activity.distance_m()),
            positions.map(place).collect(),
        )
    }

    /// Of points that had to be repaired one by one.
    pub(super) fn repaired(points: &[Point]) -> ChosenDistance<'a> {
        ChosenDistance::between(
            points.iter().map(|point| point.distance_m).collect(),
            points.iter().map(|point| point.place).collect(),
        )
    }

    fn between(distance_m: Cow<'a, [f64]>, places: Vec<Place>) -> ChosenDistance<'a> {
        let mut distance =
            ChosenDistance { distance_m, places, ..ChosenDistance::default() };
        distance.measure_lines();
        distance
    }

    /// Returns the metres from a sample to the next: the device's, else the straight line.
    pub(crate) fn leg_m(&self, sample: usize) -> f64 {
        if self.by_device {
            self.distance_m[sample + 1] - self.distance_m[sample]
        } else {
            self.lines_m[sample]
        }
    }

    fn measure_lines(&mut self) {
        let pairs = self.places.windows(2);
        self.lines_m = pairs.map(|pair| pair[0].metres_to(&pair[1])).collect();
    }

    /// Returns whether every line between two points can have been covered in its time: none is
    /// dropped.
    pub(crate) fn is_possible(&self, time_s: &[f64], fastest_m_per_s: f64) -> bool {
        time_s.windows(2).zip(&self.lines_m).all(|(time, metres)| {
            *metres <= fastest_m_per_s * (time[1] - time[0]).max(0.5)
        })
    }

    /// Decides where metres come from, and completes the device's distance where it is used.
    /// Samples without metres are left out: returns those that stay, `None` where all do.
    pub(crate) fn choose(
        &mut self,
        time_s: &[f64],
        source: DistanceSource,
        fastest_m_per_s: f64,
    ) -> Option<Vec<usize>> {
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
                let seconds = time_s[i] - time_s[before];
                if metres <= fastest_m_per_s * seconds.max(1.0) || seconds.is_nan() {
                    position_m += metres;
                }
            }
            before = Some(i);
            located += 1;
        }
        let agrees = (device_m - position_m).abs() <= DISTANCE_AGREES.value * position_m;
        let all = time_s.len();
        let mostly_located = located * 2 > all;
        self.by_device = device_m > 0.0 && (agrees || !mostly_located);
        self.along_slope = self.by_device && source == DistanceSource::Slope;
        if !self.by_device {
            return if located < all {
                self.keep(|distance, i| distance.places[i].is_somewhere())
            } else {
                None
            };
        }
        self.distance_m = complete_distance(&self.distance_m).into();
        let kept = if measured < all {
            bridge_distance(self.distance_m.to_mut());
            self.keep(|distance, i| distance.distance_m[i].is_finite())
        } else {
            None
        };
        self.places = Vec::new();
        kept
    }

    /// Smooths positions that were rounded; a device's own distance needs none.
    pub(crate) fn smooth(&mut self, rounded: Rounded) {
        self.places = rounded.smooth(&self.places, &self.lines_m);
        self.measure_lines();
    }

    /// Keeps the samples that are asked for, and measures the lines between them.
    fn keep(
        &mut self,
        asked: impl Fn(&ChosenDistance<'a>, usize) -> bool,
    ) -> Option<Vec<usize>> {
        let samples = 0..self.places.len();
        let kept: Vec<usize> = samples.filter(|sample| asked(self, *sample)).collect();
        if kept.len() == self.places.len() {
            return None;
        }
        self.distance_m = kept.iter().map(|sample| self.distance_m[*sample]).collect();
        self.places = kept.iter().map(|sample| self.places[*sample]).collect();
        self.measure_lines();
        Some(kept)
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
