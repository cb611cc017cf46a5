//! Grade-adjusted pace: the speed on the level that would have cost a runner as much.

use std::ops::Range;

use crate::load::model;
use crate::profile::{Profile, stops};

/// Returns the speed on the level, m/s, at which running the same time costs the same energy
/// as these cells did; `None` without times.
///
/// ```text
/// v = sum(C(i) / C(0) ds) / sum(dt)
/// ```
/// C is the cost of running of Minetti et al. 2002, J Appl Physiol 93:1039, ds a slope metre.
/// It is summed cell by cell, as a climb and the descent after it do not cost what a level
/// road does.
pub fn by_cost(profile: &Profile, cells: &Range<usize>) -> Option<f64> {
    let level = model::run_cost(0.0);
    speed(profile, cells, |cell| {
        model::run_cost(profile.grade()[cell]) / level * profile.slope_m()[cell]
    })
}

/// Level metres over the seconds of cells in motion.
fn speed(
    profile: &Profile,
    cells: &Range<usize>,
    level_m: impl Fn(usize) -> f64,
) -> Option<f64> {
    if !profile.timed() {
        return None;
    }
    let (mut metres, mut seconds) = (0.0, 0.0);
    for cell in cells.clone().filter(|cell| profile.scored()[*cell]) {
        let cell_s = profile.duration_s()[cell];
        if cell_s > 0.0 && profile.slope_m()[cell] >= stops::MOVING.value * cell_s {
            metres += level_m(cell);
            seconds += cell_s;
        }
    }
    (seconds > 0.0).then(|| metres / seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Activity, Sample};
    use crate::profile::Sampling;
    use crate::sport::Sport;

    /// Returns a run at 3 m/s along a road of these heights.
    fn run(height_m: impl Fn(f64) -> f64) -> Profile {
        let mut activity = Activity::default();
        for second in 0..1200 {
            let x = 3.0 * f64::from(second);
            activity.push(Sample {
                time_s: f64::from(second),
                distance_m: x,
                elevation_m: height_m(x),
                ..Sample::default()
            });
        }
        Profile::of(&activity, Sport::Run, &Sampling::default()).unwrap()
    }

    fn level_pace(profile: &Profile) -> f64 {
        by_cost(profile, &(0..profile.cells())).unwrap()
    }

    #[test]
    fn a_level_run_keeps_its_pace() {
        assert!((level_pace(&run(|_| 400.0)) - 3.0).abs() < 0.01);
    }

    #[test]
    fn a_climb_is_worth_what_minetti_measured() {
        // MODEL: 10 % costs 1.6578 times the level, per slope metre
        let expected = 3.0 * 1.6578 * (1.0_f64 + 0.01).sqrt();
        let profile = run(|x| 400.0 + 0.1 * x);
        assert!((level_pace(&profile) / expected - 1.0).abs() < 0.005);
    }

    #[test]
    fn up_and_down_again_is_not_level() {
        let hill = run(|x| 400.0 + 0.1 * (1800.0 - (x - 1800.0).abs()));
        // half of 1.6578 and half of 0.5977
        assert!((level_pace(&hill) / 3.0 - 1.133).abs() < 0.01);
    }
}
