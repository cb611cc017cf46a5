//! Samples with times in order and without impossible points, as columns.

use std::borrow::Cow;
use std::ops::Range;

use crate::activity::{Activity, Break, HeightSensor, Nature};
use crate::evidence::Parameter;
use crate::profile::coarse::Rounded;
use crate::profile::distance_source::ChosenDistance;
use crate::profile::impossible::fastest_m_per_s;
use crate::profile::point::Point;
use crate::profile::quality::Quality;
use crate::profile::repair::{Repaired, repair};
use crate::profile::track::Sensors;
use crate::profile::untimed::Untimed;
use crate::profile::{heights, power_meter, sensors, stops, times};
use crate::sport::{Bike, Labelled, Sport};

/// Points of an outing are nearer in time than this.
pub(crate) const LONGEST_INTERVAL: Parameter = Parameter::chosen(
    "profile.longest_interval",
    1800.0,
    "s",
    "600 to 3600 s",
    "loggers that save power write every ten minutes; planners write what they like",
);

/// Samples that survived, in order, and what it took. Columns are of equal length; one that
/// needed no repair is the recording's own. Height and sensors are NaN where missing.
#[derive(Debug, Default)]
pub(crate) struct Samples<'a> {
    /// NaN without times.
    pub(crate) time_s: Cow<'a, [f64]>,
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
    pub(crate) timed: bool,
    /// Indices in the recording of points that nobody can have reached.
    pub(crate) impossible: Vec<u32>,
    /// How positions were rounded that metres come from.
    pub(crate) rounded: Option<Rounded>,
    /// What was found so far.
    pub(crate) quality: Quality,
}

/// Repairs the samples of an activity, and chooses where the metres between them come from.
pub(crate) fn repaired(
    activity: &Activity,
    sport: Sport,
) -> (Samples<'_>, ChosenDistance<'_>) {
    let fastest = fastest_m_per_s(sport);
    let in_order = times::in_order(activity.time_s());
    let recorded = ChosenDistance::recorded(activity);
    let (mut samples, mut distance) =
        if in_order && recorded.is_possible(activity.time_s(), fastest) {
            (Samples::recorded(activity), recorded)
        } else {
            drop(recorded);
            let repaired = repair(activity, sport);
            let distance = ChosenDistance::repaired(&repaired.points);
            (Samples::repaired(repaired), distance)
        };
    samples.disbelieve_times();
    let drawn = !samples.timed || activity.header.nature == Nature::Course;
    samples.quality.height_sensor =
        if drawn { HeightSensor::Map } else { activity.header.height_sensor };
    let source = activity.header.distance_source;
    if let Some(kept) = distance.choose(&samples.time_s, source, fastest) {
        samples.keep(&kept);
    }
    if !distance.by_device {
        samples.rounded = Rounded::of(activity);
        if let Some(rounded) = samples.rounded {
            distance.smooth(rounded);
        }
    }
    // means of heights at one time may be what no height was
    if !(in_order && activity.elevation_m().iter().all(|h| heights::is_possible(*h))) {
        samples.quality.spikes = heights::drop_impossible(samples.elevation_m.to_mut());
    }
    if sport == Sport::Ride {
        samples.drop_power(matches!(
            activity.header.sport,
            Labelled::Modelled(_, Bike::Virtual)
        ));
    }
    samples.drop_unmeasured(&distance, sport);
    samples.count();
    (samples, distance)
}

impl<'a> Samples<'a> {
    /// Returns the samples as they were recorded, which are in order.
    fn recorded(activity: &'a Activity) -> Samples<'a> {
        Samples {
            time_s: Cow::Borrowed(activity.time_s()),
            elevation_m: Cow::Borrowed(activity.elevation_m()),
            grade: Cow::Borrowed(activity.grade()),
            cadence_per_min: Cow::Borrowed(activity.cadence_per_min()),
            power_w: Cow::Borrowed(activity.power_w()),
            heart_rate_bpm: Cow::Borrowed(activity.heart_rate_bpm()),
            stance_time_s: Cow::Borrowed(activity.stance_time_s()),
            breaks: Cow::Borrowed(activity.breaks()),
            sample: (0..=u32::MAX).take(activity.len()).collect(),
            timed: true,
            quality: Quality {
                elapsed_s: times::elapsed_s(activity.time_s().iter()),
                ..Quality::default()
            },
            ..Samples::default()
        }
    }

    /// Returns points that had to be repaired one by one.
    fn repaired(repaired: Repaired) -> Samples<'a> {
        fn column<'a, T: Clone>(points: &[Point], of: fn(&Point) -> T) -> Cow<'a, [T]> {
            points.iter().map(of).collect()
        }
        let points = &repaired.points[..];
        let breaks = points.iter().enumerate();
        Samples {
            time_s: column(points, |p| p.time_s),
            elevation_m: column(points, |p| p.elevation_m),
            grade: column(points, |p| p.grade),
            cadence_per_min: column(points, |p| p.cadence_per_min),
            power_w: column(points, |p| p.power_w),
            heart_rate_bpm: column(points, |p| p.heart_rate_bpm),
            stance_time_s: column(points, |p| p.stance_time_s),
            breaks: breaks.filter_map(|(i, p)| Some((i, p.interruption?))).collect(),
            sample: points.iter().map(|p| p.sample).collect(),
            timed: repaired.timed,
            impossible: repaired.impossible,
            quality: repaired.quality,
            ..Samples::default()
        }
    }

    /// Lets go of times that are further apart than any outing's: a planner made them up.
    fn disbelieve_times(&mut self) {
        let legs = self.len().saturating_sub(1);
        // nearly all points are seconds apart
        if !self.timed || self.quality.elapsed_s <= LONGEST_INTERVAL.value * legs as f64 {
            return;
        }
        let steps = self.time_s.windows(2).map(|time| time[1] - time[0]);
        let far = steps.filter(|seconds| *seconds > LONGEST_INTERVAL.value).count();
        if far * 2 > legs {
            self.timed = false;
            self.quality.untimed = Some(Untimed::FarApart);
            self.quality.elapsed_s = 0.0;
            self.time_s = vec![f64::NAN; self.len()].into();
        }
    }

    /// Counts the samples that were read, and those of them that are left out.
    fn count(&mut self) {
        let quality = &mut self.quality;
        quality.impossible_points = self.impossible.len();
        quality.samples =
            self.sample.len() + quality.impossible_points + quality.merged_samples;
        quality.position_step_m = self.rounded.map_or(0.0, |rounded| rounded.step_m);
    }

    /// Returns the number of samples.
    pub(crate) fn len(&self) -> usize {
        self.sample.len()
    }

    /// Returns what interrupted the recording before this sample, if anything did.
    fn break_before(&self, sample: usize) -> Option<Break> {
        let at = self.breaks.binary_search_by_key(&sample, |(at, _)| *at).ok()?;
        Some(self.breaks[at].1)
    }

    /// Returns whether the recording was interrupted before this sample.
    pub(crate) fn is_interrupted(&self, sample: usize) -> bool {
        self.break_before(sample).is_some()
    }

    /// Returns whether the recording was interrupted anywhere.
    pub(crate) fn has_breaks(&self) -> bool {
        !self.breaks.is_empty()
    }

    /// Returns whether the timer was stopped before this sample.
    pub(crate) fn is_paused(&self, sample: usize) -> bool {
        self.break_before(sample) == Some(Break::Pause)
    }

    /// Returns what the sensors said at these samples.
    pub(crate) fn sensors(&self, samples: Range<usize>) -> Sensors<'_> {
        Sensors {
            cadence_per_min: &self.cadence_per_min,
            power_w: &self.power_w,
            heart_rate_bpm: &self.heart_rate_bpm,
            stance_time_s: &self.stance_time_s,
        }
        .of(samples)
    }

    /// Drops power that no meter measured; a trainer may hold one for long.
    fn drop_power(&mut self, held: bool) {
        let cleaned = power_meter::clean(&self.power_w, &self.time_s, held);
        if let Some((kept, dropped)) = cleaned {
            (self.power_w, self.quality.powers_dropped) = (kept.into(), dropped);
        }
    }

    /// Drops what sensors wrote while they measured nothing.
    fn drop_unmeasured(&mut self, distance: &ChosenDistance<'_>, sport: Sport) {
        if let Some((kept, dropped)) =
            sensors::heart_rate(&self.heart_rate_bpm, &self.time_s)
        {
            (self.heart_rate_bpm, self.quality.heart_rates_dropped) =
                (kept.into(), dropped);
        }
        let moves = |sample: usize| {
            let Some(before) = sample.checked_sub(1) else { return false };
            let metres = distance.leg_m(before);
            if !self.timed {
                return metres > 0.0;
            }
            let seconds = self.time_s[sample] - self.time_s[before];
            metres >= stops::MOVING.value * seconds
        };
        if let Some((kept, dropped)) =
            sensors::cadence(&self.cadence_per_min, &self.power_w, sport, moves)
        {
            (self.cadence_per_min, self.quality.cadences_dropped) =
                (kept.into(), dropped);
        }
        if let Some((kept, dropped)) = sensors::stance_time(&self.stance_time_s) {
            (self.stance_time_s, self.quality.stance_times_dropped) =
                (kept.into(), dropped);
        }
    }

    /// Keeps these samples, which are in order.
    fn keep(&mut self, samples: &[usize]) {
        fn kept<T: Copy>(column: &[T], samples: &[usize]) -> Vec<T> {
            samples.iter().map(|i| column[*i]).collect()
        }
        let breaks = self.breaks.iter().filter_map(|(at, kind)| {
            samples.binary_search(at).ok().map(|at| (at, *kind))
        });
        self.breaks = breaks.collect::<Vec<_>>().into();
        for column in [&mut self.time_s, &mut self.elevation_m] {
            *column = kept(column, samples).into();
        }
        for column in [
            &mut self.grade,
            &mut self.cadence_per_min,
            &mut self.power_w,
            &mut self.heart_rate_bpm,
            &mut self.stance_time_s,
        ] {
            *column = kept(column, samples).into();
        }
        self.sample = kept(&self.sample, samples);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Sample;
    use proptest::prelude::*;

    /// Returns a route without times: points 20 m apart going north.
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

    /// Returns how many are left, and which nobody can have reached.
    fn repairs(recorded: &[Sample]) -> (usize, Vec<u32>) {
        let mut activity = Activity::default();
        for sample in recorded {
            activity.push(*sample);
        }
        let (samples, _) = repaired(&activity, Sport::Hike);
        (samples.len(), samples.impossible)
    }

    proptest! {
        /// What is lent as it was recorded, beside the same repaired point by point.
        #[test]
        fn keeps_what_needs_no_repair_as_repair_would(
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
            let fastest = fastest_m_per_s(Sport::Run);
            let cleaned = |mut samples: Samples<'_>, mut distance: ChosenDistance<'_>| {
                let source = activity.header.distance_source;
                if let Some(kept) = distance.choose(&samples.time_s, source, fastest) {
                    samples.keep(&kept);
                }
                // NaN is like NaN in words
                format!("{samples:?} {distance:?}")
            };
            let recorded = ChosenDistance::recorded(&activity);
            prop_assert!(recorded.is_possible(activity.time_s(), fastest));
            let repaired = repair(&activity, Sport::Run);
            let distance = ChosenDistance::repaired(&repaired.points);
            prop_assert_eq!(
                cleaned(Samples::recorded(&activity), recorded),
                cleaned(Samples::repaired(repaired), distance)
            );
        }
    }

    #[test]
    fn drops_one_point_of_a_route_elsewhere_on_earth() {
        let mut samples = route(50);
        samples[20].latitude_deg = 9.0;
        assert_eq!(repairs(&samples), (49, vec![20]));
    }

    #[test]
    fn keeps_a_route_of_three_far_points() {
        let mut samples = route(3);
        samples[1].latitude_deg += 0.05;
        assert_eq!(repairs(&samples), (3, Vec::new()));
    }
}
