//! Repairs a recording point by point: its times, and places that nobody can have reached.

use crate::activity::Activity;
use crate::profile::impossible::{drop_impossible, fastest_m_per_s};
use crate::profile::point::Point;
use crate::profile::quality::Quality;
use crate::profile::times;
use crate::sport::Sport;

/// Points in order, and what it took.
#[derive(Debug, Default)]
pub(super) struct Repaired {
    pub(super) points: Vec<Point>,
    /// Without, the times of the points mean nothing.
    pub(super) timed: bool,
    /// Indices in the recording of points that nobody can have reached.
    pub(super) impossible: Vec<u32>,
    pub(super) quality: Quality,
}

/// Puts the samples of an activity in order and drops what is impossible.
pub(super) fn repair(activity: &Activity, sport: Sport) -> Repaired {
    let mut points = Point::all(activity);
    let mut quality = Quality::default();
    let fastest_m_per_s = fastest_m_per_s(sport);
    let in_order = times::in_order(activity.time_s());
    if !in_order {
        quality.untimed = times::untimed(&points);
    }
    let has_times = points.iter().any(|point| point.time_s.is_finite());
    let timed = has_times && quality.untimed.is_none();
    if timed {
        if !in_order {
            quality.times_repaired = times::repair_times(&mut points);
        }
        times::spread_equal_times(&mut points, fastest_m_per_s);
        quality.merged_samples = times::merge_equal_times(&mut points);
        // before any is dropped
        quality.elapsed_s = times::elapsed_s(points.iter().map(|p| &p.time_s));
    } else {
        for point in &mut points {
            point.time_s = f64::NAN;
        }
    }
    let impossible = drop_impossible(&mut points, timed, fastest_m_per_s);
    Repaired { points, timed, impossible, quality }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Sample;
    use crate::profile::untimed::Untimed;

    /// So many points `step_s` apart at 3 m/s going north, with stamps as `stamp` makes them
    /// of the true seconds.
    fn walk(points: u32, step_s: f64, stamp: impl Fn(f64) -> f64) -> Activity {
        let mut activity = Activity::default();
        for i in 0..points {
            let t = f64::from(i) * step_s;
            activity.push(Sample {
                time_s: stamp(t),
                latitude_deg: 46.0 + 3.0 * t / 111_195.0,
                longitude_deg: 8.0,
                elevation_m: 500.0 + t,
                ..Sample::default()
            });
        }
        activity
    }

    fn length_m(repaired: &Repaired) -> f64 {
        repaired.points.windows(2).map(|pair| pair[0].metres_to(&pair[1])).sum()
    }

    fn times(repaired: &Repaired) -> Vec<f64> {
        repaired.points.iter().map(|point| point.time_s).collect()
    }

    #[test]
    fn merges_points_of_one_time() {
        let plain = walk(100, 1.0, |t| t);
        for (copies, left_out) in [(2, 0), (2, 1), (3, 0), (3, 2), (7, 0)] {
            let mut activity = Activity::default();
            let samples = (0..100).flat_map(|i| std::iter::repeat_n(i, copies));
            for i in samples.take(100 * copies - left_out) {
                activity.push(plain.sample(i));
            }
            let repaired = repair(&activity, Sport::Run);
            assert!(repaired.timed);
            assert_eq!(times(&repaired), plain.time_s());
            assert_eq!(repaired.quality.merged_samples, 100 * (copies - 1) - left_out);
        }
    }

    #[test]
    fn merges_what_was_recorded_apart_at_one_time() {
        let plain = walk(100, 1.0, |t| t);
        let mut activity = Activity::default();
        for i in 0..100 {
            let nothing = Sample::default();
            activity.push(plain.sample(i));
            let time_s = plain.time_s()[i];
            activity.push(Sample { time_s, heart_rate_bpm: 140.0, ..nothing });
        }
        let repaired = repair(&activity, Sport::Run);
        assert_eq!((repaired.timed, repaired.points.len()), (true, 100));
        assert!(
            repaired.points.iter().all(|p| p.has_position() && p.heart_rate_bpm > 139.0)
        );
    }

    #[test]
    fn merges_five_points_of_a_second() {
        let repaired = repair(&walk(5 * 600, 0.2, f64::floor), Sport::Run);
        let thinned = repair(&walk(600, 1.0, |t| t), Sport::Run);
        assert_eq!((repaired.timed, times(&repaired)), (true, times(&thinned)));
        assert!((length_m(&repaired) / length_m(&thinned) - 1.0).abs() < 0.01);
    }

    #[test]
    fn spreads_times_of_whole_minutes() {
        let repaired =
            repair(&walk(3600, 1.0, |t| (t / 60.0).floor() * 60.0), Sport::Run);
        assert!(repaired.timed);
        let plain: Vec<f64> = (0..3600).map(f64::from).collect();
        assert_eq!(times(&repaired), plain);
    }

    #[test]
    fn spreads_points_that_waited_before_their_time() {
        let waited = |t: f64| if (100.0..150.0).contains(&t) { 149.0 } else { t };
        let repaired = repair(&walk(300, 1.0, waited), Sport::Run);
        assert_eq!(repaired.points.len(), 300);
        for (i, time_s) in times(&repaired).into_iter().enumerate() {
            assert!((time_s - i as f64).abs() < 1e-9, "{i}: {time_s}");
        }
    }

    #[test]
    fn believes_no_clock_that_stands_or_goes_back() {
        let untimed = |stamp: fn(f64) -> f64| {
            let repaired = repair(&walk(300, 1.0, stamp), Sport::Run);
            assert_eq!(repaired.timed, repaired.quality.untimed.is_none());
            repaired.quality.untimed
        };
        assert_eq!(untimed(|_| 7.0), Some(Untimed::Stands));
        assert_eq!(untimed(|t| t % 2.0 * 1e-4), Some(Untimed::Stands));
        assert_eq!(untimed(|t| f64::from(t > 150.0)), Some(Untimed::Stands));
        assert_eq!(untimed(|t| -t), Some(Untimed::Backwards));
        let few = |t: f64| if t < 20.0 { t } else { f64::NAN };
        assert_eq!(untimed(few), Some(Untimed::Few));
        // every second one missing, and a minute that goes back
        assert_eq!(untimed(|t| if t % 2.0 > 0.0 { f64::NAN } else { t }), None);
        assert_eq!(untimed(|t| if (90.0..150.0).contains(&t) { -t } else { t }), None);
        // no times are a plan, and nothing is wrong with them
        let plan = repair(&walk(300, 1.0, |_| f64::NAN), Sport::Run);
        assert_eq!((plan.timed, plan.quality.untimed), (false, None));
    }
}
