//! Computes what sensors tell by themselves, record by record, without the profile.

use crate::activity::Activity;
use crate::evidence::{Evidence, Parameter};
use crate::load::heart;
use crate::profile::power_meter;
use crate::sport::{Bike, Labelled, Sport};

/// Half a minute over which power is smoothed before its fourth power is taken.
pub(super) const NORMALIZED_WINDOW_S: Parameter = Parameter {
    name: "meter.normalized_window",
    value: 30.0,
    unit: "s",
    range: "by definition",
    evidence: Evidence::Published,
    source: "Coggan, in Allen and Coggan, Training and Racing with a Power Meter",
};
/// Shortest recording whose normalized power means something.
pub(super) const NORMALIZED_LEAST_S: Parameter = Parameter::chosen(
    "meter.normalized_least",
    1200.0,
    "s",
    "10 to 30 min",
    "the fourth power lets one sprint rule a short file",
);
/// Normalized power that nobody keeps for twenty minutes, W: a meter that says so lies. Our choice:
/// the strongest riders of the world keep some 500 W for that long.
const GREATEST_NORMALIZED_W: f64 = 700.0;
/// Longest time for which a record speaks.
const HOLD_S: f64 = 10.0;

/// A figure, or why there is none.
pub type Figure = Result<f64, &'static str>;

pub(super) const RIDING: &str = "for rides only";

/// Figures of an activity that no profile is needed for.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Metered {
    /// Rides: best 5 s of the power meter, W.
    pub best_5s_w: Figure,
    /// Rides: normalized power, W.
    pub normalized_power_w: Figure,
    /// Heart rate that is exceeded in 0.5 % of the clean seconds, 1/min.
    pub highest_heart_rate_bpm: Figure,
}

impl Metered {
    /// Returns the figures of an activity scored as this sport.
    ///
    /// ```
    /// use hardlegs::{load::meter::Metered, read, sport::Sport};
    /// let reading = read::path("fixtures/fit/loop.fit")?;
    /// let metered = Metered::of(&reading.activities[0], Sport::Run);
    /// assert_eq!(metered.best_5s_w, Err("for rides only"));
    /// # Ok::<(), hardlegs::error::Error>(())
    /// ```
    pub fn of(activity: &Activity, sport: Sport) -> Metered {
        let held = matches!(activity.header.sport, Labelled::Modelled(_, Bike::Virtual));
        let (times, recorded) = (activity.time_s(), activity.power_w());
        let cleaned = if sport.on_foot() {
            None
        } else {
            power_meter::clean(recorded, times, held)
        };
        let watts = cleaned.as_ref().map_or(recorded, |(kept, _)| kept);
        let riding = |figure: fn(&[f64], &[f32]) -> Figure| {
            if sport.on_foot() { Err(RIDING) } else { figure(times, watts) }
        };
        Metered {
            best_5s_w: riding(|times, watts| best_power(times, watts, 5.0)),
            normalized_power_w: riding(normalized_power),
            highest_heart_rate_bpm: heart::highest(activity, sport),
        }
    }
}

/// Returns the best mean of the power meter over some seconds of records, each holding for the
/// time since the one before, W.
fn best_power(times: &[f64], watts: &[f32], window_s: f64) -> Figure {
    let mut best: Option<f64> = None;
    let mut joules = vec![0.0];
    for i in 1..times.len() {
        let dt = times[i] - times[i - 1];
        let p = f64::from(watts[i]);
        let held = if p.is_finite() && dt > 0.0 && dt <= window_s { p * dt } else { 0.0 };
        joules.push(joules[i - 1] + held);
    }
    let mut from = 0;
    for to in 1..times.len() {
        while from < to && times[to] - times[from + 1] >= window_s {
            from += 1;
        }
        let seconds = times[to] - times[from];
        if seconds >= window_s && seconds < 2.0 * window_s {
            let mean = (joules[to] - joules[from]) / seconds;
            best = Some(best.map_or(mean, |b| b.max(mean)));
        }
    }
    best.filter(|w| *w > 0.0).ok_or("no power meter")
}

/// Fourth root of the mean fourth power of the half-minute means, W, over the seconds that
/// were recorded.
fn normalized_power(times: &[f64], watts: &[f32]) -> Figure {
    let seconds = by_second(times, watts);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "30")]
    let window = NORMALIZED_WINDOW_S.value as usize;
    if seconds.iter().all(|w| *w <= 0.0) {
        return Err("no power meter");
    }
    if (seconds.len() as f64) < NORMALIZED_LEAST_S.value {
        return Err("less than 20 min of power");
    }
    let fourth: f64 = seconds
        .windows(window)
        .map(|w| libm::pow(w.iter().sum::<f64>() / window as f64, 4.0))
        .sum();
    let watts = libm::pow(fourth / (seconds.len() + 1 - window) as f64, 0.25);
    if watts > GREATEST_NORMALIZED_W {
        return Err("more power than anybody keeps for 20 min");
    }
    Ok(watts)
}

/// Returns the power of every recorded second, W: each record holds back to the one before it,
/// at most for [`HOLD_S`]; where the timer stood, there are no seconds.
fn by_second(times: &[f64], watts: &[f32]) -> Vec<f64> {
    let mut seconds = Vec::new();
    let (mut joules, mut filled_s) = (0.0, 0.0);
    for i in 1..times.len() {
        let (mut dt, p) = (times[i] - times[i - 1], f64::from(watts[i]));
        if !(dt > 0.0 && dt <= HOLD_S && p.is_finite()) {
            continue;
        }
        while dt > 0.0 {
            let take = dt.min(1.0 - filled_s);
            joules += p * take;
            filled_s += take;
            dt -= take;
            if filled_s >= 1.0 - 1e-9 {
                seconds.push(joules);
                (joules, filled_s) = (0.0, 0.0);
            }
        }
    }
    seconds
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Sample;

    fn ride(power_w: impl Fn(f64) -> f64, step_s: f64) -> Activity {
        let mut activity = Activity::default();
        for i in 0..=4800 {
            let time_s = f64::from(i) * step_s;
            activity.push(Sample {
                time_s,
                power_w: power_w(time_s),
                ..Sample::default()
            });
        }
        activity
    }

    fn normalized(ride: &Activity) -> Figure {
        normalized_power(ride.time_s(), ride.power_w())
    }

    #[test]
    fn normalized_power_of_a_steady_ride_is_its_power_at_any_rate() {
        for step_s in [0.5, 1.0, 3.0] {
            let steady = normalized(&ride(|_| 200.0, step_s)).unwrap();
            assert!((steady - 200.0).abs() < 1e-9, "{steady}");
        }
    }

    #[test]
    fn normalized_power_weighs_hard_minutes_more() {
        // five minutes of 100 W and of 300 W in turn: near the fourth root of the mean
        let np =
            normalized(&ride(|s| if s % 600.0 < 300.0 { 100.0 } else { 300.0 }, 1.0));
        let plain = libm::pow(f64::midpoint(1e8, 81e8), 0.25);
        assert!((np.unwrap() / plain - 1.0).abs() < 0.02, "{np:?} {plain}");
    }

    #[test]
    fn minutes_are_too_few() {
        let mut short = Activity::default();
        for i in 0..600 {
            short.push(Sample {
                time_s: f64::from(i),
                power_w: 200.0,
                ..Sample::default()
            });
        }
        assert_eq!(normalized(&short), Err("less than 20 min of power"));
        assert_eq!(normalized(&Activity::default()), Err("no power meter"));
    }
}
