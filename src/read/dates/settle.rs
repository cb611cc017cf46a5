//! Which stamps date a recording: the longest run of them that agree. A receiver without a fix
//! writes 1970, 1980, 1989, 2000 or yesterday; such stamps date nothing, and their points are
//! placed beside the run where they fit.

use std::ops::Range;

use crate::activity::Activity;
use crate::quantile::{median, quantile};
use crate::read::distance::distance_m;

use super::{FAR_S, LONG_JUMP_S, is_date, is_far};

/// Points of a run that date nothing where they stand before the recording. Ours: a minute.
const FEW: usize = 60;

/// And at most one in so many of the recording's. Ours.
const FEW_OF: usize = 10;

/// A point fits where its leg is no longer than so many times what the recording keeps up ...
const FASTER: f64 = 3.0;

/// ... and so many metres, the scatter of a position. Both ours.
const SCATTER_M: f64 = 10.0;

/// Steps that one may stand for where a clock stood: FIT merges as many records of one stamp.
const MERGED: f64 = 20.0;

/// What became of stamps that do not agree with the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Settled {
    /// Points that were given times beside their neighbours.
    placed: u64,
    /// Points whose times were left out.
    left_out: u64,
    /// No run outweighs the others: all times were left out.
    contradictory: bool,
}

/// Settles the times of one recording within an activity; returns what there is to say of it.
pub(crate) fn settle_within(
    activity: &mut Activity,
    points: Range<usize>,
    unix_s: Option<f64>,
) -> Vec<(u64, String)> {
    let (time_s, latitude_deg, longitude_deg) = activity.times_and_places();
    let (Some(time_s), Some(latitude_deg), Some(longitude_deg)) = (
        time_s.get_mut(points.clone()),
        latitude_deg.get(points.clone()),
        longitude_deg.get(points),
    ) else {
        return Vec::new();
    };
    let Settled { placed, left_out, contradictory } =
        settle(time_s, latitude_deg, longitude_deg, unix_s);
    let said = [
        (placed, "times far from the rest, placed beside their neighbours"),
        (left_out, "times far from the rest, left out"),
        (
            u64::from(contradictory),
            "times that contradict each other, read without times",
        ),
    ];
    said.into_iter().map(|(count, words)| (count, words.to_owned())).collect()
}

/// Successive points whose stamps follow each other, untimed ones between them included.
#[derive(Debug, Clone, Copy)]
struct Run {
    from: usize,
    to: usize,
    begin_s: f64,
    end_s: f64,
    points: usize,
    /// Steps ahead, the measure of a clock that runs, and steps back.
    ahead: usize,
    back: usize,
}

impl Run {
    /// Returns how far its clock can be believed: steps ahead over steps back.
    fn weight(&self) -> usize {
        self.ahead.saturating_sub(self.back)
    }

    /// Whether it may be a recording's, where second 0 is this instant.
    fn is_dated(&self, unix_s: Option<f64>) -> bool {
        unix_s
            .is_none_or(|zero| is_date(zero + self.begin_s) && is_date(zero + self.end_s))
    }
}

/// Repairs the times of one recording in place; `unix_s` is the instant of its second 0, if that
/// is known. Called only where a step is far or a date cannot be.
fn settle(
    time_s: &mut [f64],
    latitude_deg: &[f64],
    longitude_deg: &[f64],
    unix_s: Option<f64>,
) -> Settled {
    let runs = runs(time_s);
    let mut settled = Settled::default();
    let Some((main_at, main)) = main_run(&runs, unix_s) else { return settled };
    let strays = strays(&runs, main_at, main, unix_s);
    let with = |stray: bool| {
        let runs = runs.iter().zip(&strays);
        runs.filter(move |(_, is_stray)| **is_stray == stray).map(|(run, _)| run)
    };
    let points = |stray| with(stray).map(|run| run.points).sum::<usize>();
    // a clock that mostly goes back is no clock
    let backward = with(true).filter(|run| run.back > run.ahead).map(|run| run.points);
    if backward.sum::<usize>() * 4 > points(true) + points(false) {
        time_s.fill(f64::NAN);
        return Settled { contradictory: true, ..settled };
    }
    // stamps of places, not of a clock: nothing is to be told from them
    if points(true) > points(false) {
        return settled;
    }
    let pace = Pace::of(time_s, latitude_deg, longitude_deg, main);
    let leg_m = |a: usize, b: usize| {
        let at = |i: usize| Some((*latitude_deg.get(i)?, *longitude_deg.get(i)?));
        at(a).zip(at(b)).map_or(f64::NAN, |(a, b)| distance_m(a, b))
    };
    let mut at = 0;
    while at < runs.len() {
        let count = strays.iter().skip(at).take_while(|stray| **stray).count();
        let next = at + count;
        let group = runs.get(at..next).unwrap_or_default();
        let neighbours = (at.checked_sub(1).and_then(|at| runs.get(at)), runs.get(next));
        let stamps: Vec<(usize, f64)> = group
            .iter()
            .flat_map(|run| run.from..run.to)
            .filter_map(|i| Some((i, *time_s.get(i).filter(|t| t.is_finite())?)))
            .collect();
        let times = times_beside(&stamps, neighbours, &pace, leg_m);
        for ((point, _), time) in stamps.into_iter().zip(times) {
            let placed = u64::from(time.is_finite());
            settled.placed += placed;
            settled.left_out += 1 - placed;
            if let Some(slot) = time_s.get_mut(point) {
                *slot = time;
            }
        }
        at = next.max(at + 1);
    }
    settled
}

/// Returns the run that outweighs the others, of equals the first.
fn main_run(runs: &[Run], unix_s: Option<f64>) -> Option<(usize, &Run)> {
    let weight = |(_, run): &(usize, &Run)| (run.weight(), run.is_dated(unix_s));
    let main = runs.iter().enumerate().rev().max_by_key(weight);
    main.filter(|(_, run)| run.weight() > 0)
}

/// Returns which runs date nothing beside the main one.
fn strays(runs: &[Run], main_at: usize, main: &Run, unix_s: Option<f64>) -> Vec<bool> {
    let mut leading = true;
    let strays = runs.iter().enumerate().map(|(at, run)| {
        let gap_s = if at < main_at {
            main.begin_s - run.end_s
        } else {
            run.begin_s - main.end_s
        };
        let few = run.points <= FEW && run.points * FEW_OF <= main.points;
        let strange = !run.is_dated(unix_s) && main.is_dated(unix_s);
        let astray = !(0.0..=LONG_JUMP_S).contains(&gap_s);
        let lesser = run.weight() * 2 < main.weight();
        let is_stray = at != main_at
            && (strange || (few && (leading || astray)) || (lesser && astray));
        leading &= is_stray;
        is_stray
    });
    strays.collect()
}

/// Returns times for points of stray runs, given with their stamps, beside the runs before and
/// after them.
fn times_beside(
    stamps: &[(usize, f64)],
    neighbours: (Option<&Run>, Option<&Run>),
    pace: &Pace,
    leg_m: impl Fn(usize, usize) -> f64,
) -> Vec<f64> {
    let points = stamps.iter().map(|(point, _)| *point);
    let stamps: Vec<f64> = stamps.iter().map(|(_, stamp)| *stamp).collect();
    match neighbours {
        (Some(before), Some(after)) => {
            spread_between(before.end_s, after.begin_s, stamps.len())
        }
        (None, Some(after)) => {
            let mut times =
                extend_from(&stamps, pace, after.from, points.rev(), -1.0, leg_m);
            times.reverse();
            times.iter().map(|t| after.begin_s + t).collect()
        }
        (Some(before), None) => {
            let times = extend_from(&stamps, pace, before.to - 1, points, 1.0, leg_m);
            times.iter().map(|t| before.end_s + t).collect()
        }
        (None, None) => Vec::new(),
    }
}

/// Cuts at steps that are far.
fn runs(time_s: &[f64]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (i, t) in time_s.iter().copied().enumerate().filter(|(_, t)| t.is_finite()) {
        match runs.last_mut() {
            Some(run) if !is_far(t - run.end_s) => {
                run.ahead += usize::from(t > run.end_s);
                run.back += usize::from(t < run.end_s);
                run.points += 1;
                (run.to, run.end_s) = (i + 1, t);
            }
            _ => runs.push(Run {
                from: i,
                to: i + 1,
                begin_s: t,
                end_s: t,
                points: 1,
                ahead: 0,
                back: 0,
            }),
        }
    }
    runs
}

/// What the recording keeps up.
#[derive(Debug, Clone, Copy)]
struct Pace {
    /// The middle step, s.
    step_s: f64,
    /// Nine legs in ten are no faster, m/s; NaN without positions.
    speed_m_per_s: f64,
}

impl Pace {
    fn of(
        time_s: &[f64],
        latitude_deg: &[f64],
        longitude_deg: &[f64],
        run: &Run,
    ) -> Pace {
        let points: Vec<(f64, (f64, f64))> = (run.from..run.to)
            .filter_map(|i| {
                let place = (*latitude_deg.get(i)?, *longitude_deg.get(i)?);
                Some((*time_s.get(i)?, place))
            })
            .filter(|(t, _)| t.is_finite())
            .collect();
        let pairs = points.iter().zip(points.iter().skip(1));
        let (mut steps_s, mut speeds) = (Vec::new(), Vec::new());
        for ((t, here), (next_t, next)) in pairs.filter(|(a, b)| b.0 > a.0) {
            steps_s.push(next_t - t);
            speeds.push(distance_m(*here, *next) / (next_t - t));
        }
        speeds.retain(|speed: &f64| speed.is_finite());
        Pace {
            step_s: median(steps_s).unwrap_or(f64::NAN),
            speed_m_per_s: quantile(speeds, 0.9).unwrap_or(f64::NAN),
        }
    }
}

/// Returns even times between two, if there is room.
fn spread_between(from_s: f64, to_s: f64, points: usize) -> Vec<f64> {
    let step_s = (to_s - from_s) / (points + 1) as f64;
    let times = (1..=points).map(|k| from_s + k as f64 * step_s);
    times.map(|t| if step_s > 0.0 { t } else { f64::NAN }).collect()
}

/// Returns the times of points before (`sign` -1) or after (1) a point of the run, counted from it:
/// at their own steps where their clock ran, else at the recording's. From the first on that nobody
/// can have reached they are left out.
fn extend_from(
    stamps: &[f64],
    pace: &Pace,
    anchor: usize,
    outward: impl Iterator<Item = usize>,
    sign: f64,
    leg: impl Fn(usize, usize) -> f64,
) -> Vec<f64> {
    let steps: Vec<f64> =
        stamps.iter().zip(stamps.iter().skip(1)).map(|(a, b)| b - a).collect();
    let runs =
        steps.iter().any(|s| *s > 0.0) && steps.iter().all(|s| (0.0..=FAR_S).contains(s));
    let own = |k: usize| {
        let at = if sign > 0.0 { k.checked_sub(1) } else { steps.len().checked_sub(k) };
        at.and_then(|at| steps.get(at)).copied().filter(|_| runs && k > 0)
    };
    let (mut offset_s, mut last, mut fits) = (0.0, anchor, true);
    let mut times = Vec::with_capacity(stamps.len());
    for (k, point) in outward.enumerate() {
        let mut step_s = own(k).unwrap_or(pace.step_s);
        let leg_m = leg(last, point);
        let reach_m = FASTER * pace.speed_m_per_s * step_s.max(1.0) + SCATTER_M;
        // without positions nothing speaks against it
        if leg_m > reach_m {
            // points of one stamp may have been merged
            let needed_s = leg_m / pace.speed_m_per_s;
            fits &= own(k).is_none() && needed_s <= MERGED * step_s;
            step_s = needed_s.round();
        }
        fits &= step_s.is_finite();
        offset_s += sign * step_s;
        times.push(if fits { offset_s } else { f64::NAN });
        last = point;
    }
    times
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Settles an hour at one point a second and 3 m/s north, whose stamps are changed.
    fn settled(change: impl Fn(usize, f64) -> f64) -> (Vec<f64>, Settled) {
        let mut times: Vec<f64> = (0..3600).map(|i| change(i, i as f64)).collect();
        let north: Vec<f64> =
            (0..3600).map(|i| 46.0 + f64::from(i) * 3.0 / 111_195.0).collect();
        let settled = settle(&mut times, &north, &vec![8.0; 3600], Some(UNIX_S));
        (times, settled)
    }

    /// 2024-06-15T08:00:00Z.
    const UNIX_S: f64 = 1_718_438_400.0;
    const YEAR_S: f64 = 31_557_600.0;

    fn placed(count: u64) -> Settled {
        Settled { placed: count, ..Settled::default() }
    }

    fn plain() -> Vec<f64> {
        (0..3600).map(f64::from).collect()
    }

    #[test]
    fn places_stamps_far_from_the_rest_beside_it() {
        for years in [-54.0, -44.0, -34.0, -24.0, 75.0] {
            let far = years * YEAR_S;
            for few in [1, 30, 300] {
                // a clock that runs, and one that stands
                for running in [1.0, 0.0] {
                    let first = |i: usize, t| if i < few { t * running + far } else { t };
                    assert_eq!(
                        settled(first),
                        (plain(), placed(few as u64)),
                        "{years} {few}"
                    );
                    let last =
                        |i: usize, t| if i >= 3600 - few { t * running + far } else { t };
                    assert_eq!(
                        settled(last),
                        (plain(), placed(few as u64)),
                        "{years} {few}"
                    );
                    let amid = |i: usize, t| {
                        if (1000..1000 + few).contains(&i) {
                            t * running + far
                        } else {
                            t
                        }
                    };
                    assert_eq!(
                        settled(amid),
                        (plain(), placed(few as u64)),
                        "{years} {few}"
                    );
                }
            }
        }
    }

    #[test]
    fn places_one_point_of_yesterday_just_before() {
        let yesterday = |i, t| if i == 0 { t - 86_400.0 } else { t };
        assert_eq!(settled(yesterday), (plain(), placed(1)));
    }

    #[test]
    fn leaves_out_the_time_of_a_point_elsewhere() {
        let mut times = plain();
        times[0] -= 86_400.0;
        let mut north: Vec<f64> =
            (0..3600).map(|i| 46.0 + f64::from(i) * 3.0 / 111_195.0).collect();
        north[0] = 45.9;
        let settled = settle(&mut times, &north, &vec![8.0; 3600], Some(UNIX_S));
        assert_eq!(settled, Settled { left_out: 1, ..Settled::default() });
        assert!(times[0].is_nan() && times[1..] == plain()[1..]);
    }

    #[test]
    fn keeps_nights_of_one_recording() {
        let night = |i: usize, t| if i >= 1800 { t + 50_000.0 } else { t };
        let (times, nothing) = settled(night);
        assert_eq!(nothing, Settled::default());
        assert_eq!(times[1800].to_bits(), 51_800.0_f64.to_bits());
        // a few points of the next morning are a day, too
        let morning = |i: usize, t| if i >= 3590 { t + 50_000.0 } else { t };
        assert_eq!(settled(morning).1, Settled::default());
    }

    #[test]
    fn rejects_a_clock_that_mostly_goes_back() {
        let half = |i: usize, t: f64| if i < 1800 { t } else { 5.0 * YEAR_S - t };
        let (times, settled) = settled(half);
        assert!(settled.contradictory && times.iter().all(|t| t.is_nan()));
    }

    #[test]
    fn keeps_points_that_are_hours_apart() {
        let (times, nothing) = settled(|_, t| t * 9.0 * 3_600.0);
        assert_eq!(nothing, Settled::default());
        assert_eq!(times[2].to_bits(), 64_800.0_f64.to_bits());
        assert_eq!(settled(|_, _| f64::NAN).1, Settled::default());
        // when places were stored
        let stored = |i: usize, t: f64| {
            t * 9.0 + if i < 9 { 0.0 } else { YEAR_S / (i % 7 + 1) as f64 }
        };
        assert_eq!(settled(stored).1, Settled::default());
        let nothing = settle(&mut [], &[], &[], None);
        assert_eq!(nothing, Settled::default());
    }
}
