//! Positions that were rounded: the route between them is a staircase on the map.

use crate::activity::Activity;
use crate::evidence::Parameter;
use crate::profile::distance::{EARTH_RADIUS, Place};
use crate::quantile::middle;

/// Positions rounded to fewer decimals of a degree than this are no route ...
pub(crate) const REFUSED_DECIMALS: Parameter = Parameter::chosen(
    "profile.refused_decimals",
    3.0,
    "decimals",
    "0.001 degrees are 111 m north",
    "a hill is shorter than a step",
);
/// ... and those of this many are smoothed.
const SMOOTHED_DECIMALS: i32 = 4;
/// Rounding matters where points that differ are nearer than so many steps.
const STEPS_APART: f64 = 2.5;
/// Half of the window over which rounded positions are averaged, steps.
pub(crate) const WINDOW_STEPS: Parameter = Parameter::chosen(
    "profile.rounded_window",
    3.0,
    "steps",
    "2 to 4",
    "fewer leave the staircase, more cut corners",
);
/// Positions further apart than so many steps are not averaged together.
const PIECE_STEPS: f64 = 10.0;

/// What rounding did to the positions of an activity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rounded {
    /// Decimals of a degree.
    pub(crate) decimals: i32,
    /// North to south, m.
    pub(crate) step_m: f64,
}

impl Rounded {
    /// Returns how positions were rounded; `None` where nothing of it is seen.
    pub(crate) fn of(activity: &Activity) -> Option<Rounded> {
        let places = || activity.latitude_deg().iter().zip(activity.longitude_deg());
        let known =
            || places().filter(|(north, east)| north.is_finite() && east.is_finite());
        let on_grid = |degrees: f64, decimals: i32| {
            let steps = degrees * 10_f64.powi(decimals);
            (steps - steps.round()).abs() < 1e-5
        };
        // nearly every file says no at its first point
        let all = |decimals| {
            known().all(|(north, east)| {
                on_grid(*north, decimals) && on_grid(*east, decimals)
            })
        };
        if !all(SMOOTHED_DECIMALS) {
            return None;
        }
        let decimals = (0..SMOOTHED_DECIMALS).find(|decimals| all(*decimals));
        let decimals = decimals.unwrap_or(SMOOTHED_DECIMALS);
        let degrees = 10_f64.powi(-decimals);
        let step_m = EARTH_RADIUS.value * degrees.to_radians();
        let mut legs_deg: Vec<f64> = Vec::new();
        let mut last: Option<(f64, f64)> = None;
        for (&north, &east) in known() {
            if let Some((n, e)) = last.filter(|last| *last != (north, east)) {
                legs_deg.push((north - n).abs().max((east - e).abs()));
            }
            last = Some((north, east));
        }
        let middle_deg = middle(legs_deg)?;
        (middle_deg <= STEPS_APART * degrees).then_some(Rounded { decimals, step_m })
    }

    /// Returns whether no route can be made of them.
    pub(crate) fn is_hopeless(self) -> bool {
        f64::from(self.decimals) <= REFUSED_DECIMALS.value
    }

    /// Returns the positions, each the mean of those around it; `lines_m` are those between them.
    pub(crate) fn smooth(self, places: &[Place], lines_m: &[f64]) -> Vec<Place> {
        let mut smooth = Vec::with_capacity(places.len());
        let mut from = 0;
        for to in 1..=places.len() {
            let ends = lines_m.get(to - 1).is_none_or(|metres| {
                metres.is_nan() || *metres > PIECE_STEPS * self.step_m
            });
            if ends {
                self.smooth_piece(&places[from..to], &lines_m[from..to - 1], &mut smooth);
                from = to;
            }
        }
        smooth
    }

    fn smooth_piece(self, places: &[Place], lines_m: &[f64], smooth: &mut Vec<Place>) {
        let length_m: f64 = lines_m.iter().sum();
        let legs = lines_m.len();
        if length_m <= 0.0 {
            smooth.extend_from_slice(places);
            return;
        }
        let spacing_m = length_m / legs as f64;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "no more than there are legs"
        )]
        let half = (WINDOW_STEPS.value * self.step_m / spacing_m).ceil().min(legs as f64)
            as usize;
        let mut sums = Vec::with_capacity(places.len() + 1);
        let mut sum = (0.0, 0.0);
        sums.push(sum);
        for place in places {
            let (north, east) = place.radians();
            sum = (sum.0 + north, sum.1 + east);
            sums.push(sum);
        }
        smooth.extend((0..places.len()).map(|i| {
            let half = half.min(i).min(places.len() - 1 - i);
            let (a, b) = (sums[i - half], sums[i + half + 1]);
            let count = (2 * half + 1) as f64;
            places[i].moved_to((b.0 - a.0) / count, (b.1 - a.1) / count)
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Sample;
    use crate::profile::distance_source::ChosenDistance;

    /// Returns a run of 3 m a second north-east, with positions of so many decimals.
    fn run(decimals: i32) -> Activity {
        let mut activity = Activity::default();
        let scale = 10_f64.powi(decimals);
        for i in 0..3600 {
            let metres = 3.0 * f64::from(i);
            let (north, east) =
                (46.0 + 0.8 * metres / 111_195.0, 8.0 + 0.6 * metres / 77_240.0);
            activity.push(Sample {
                time_s: f64::from(i),
                latitude_deg: (north * scale).round() / scale,
                longitude_deg: (east * scale).round() / scale,
                ..Sample::default()
            });
        }
        activity
    }

    #[test]
    fn decimals_are_told_by_the_positions() {
        for decimals in 0..=4 {
            let rounded = Rounded::of(&run(decimals)).map(|rounded| rounded.decimals);
            assert_eq!(rounded, (decimals >= 1).then_some(decimals), "{decimals}");
        }
        assert_eq!(Rounded::of(&run(5)), None);
        assert_eq!(Rounded::of(&run(7)), None);
    }

    #[test]
    fn measures_a_staircase_on_the_map_as_long_as_the_route() {
        let activity = run(4);
        let distance = ChosenDistance::recorded(&activity);
        let rounded = Rounded::of(&activity).unwrap();
        let stairs_m: f64 = distance.lines_m.iter().sum();
        assert!(stairs_m > 1.15 * 10_797.0, "{stairs_m}");
        let smooth = rounded.smooth(&distance.places, &distance.lines_m);
        assert_eq!(smooth.len(), distance.places.len());
        let smooth_m: f64 =
            smooth.windows(2).map(|pair| pair[0].metres_to(&pair[1])).sum();
        assert!((smooth_m / 10_797.0 - 1.0).abs() < 0.02, "{smooth_m}");
    }

    #[test]
    fn a_route_whose_points_are_far_apart_may_be_rounded() {
        let mut activity = Activity::default();
        for i in 0..40 {
            activity.push(Sample {
                latitude_deg: 46.0 + f64::from(i) / 100.0,
                longitude_deg: 8.001 + f64::from(i % 5) / 250.0,
                ..Sample::default()
            });
        }
        assert_eq!(Rounded::of(&activity), None);
    }
}
