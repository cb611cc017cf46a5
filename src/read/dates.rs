//! Which stamps date a recording: the longest run of them that agree. A receiver without a fix
//! writes 1970, 1980, 1989, 2000 or yesterday; such stamps date nothing, and their points are
//! placed beside the run where they fit.

use std::ops::Range;

use jiff::Timestamp;

use crate::activity::Activity;

use super::ground::metres;

/// A step further than this, ahead or back, ends a run of stamps. Ours: nobody stands longer
/// with the recorder running, and a night in a hut is longer.
pub(crate) const FAR_S: f64 = 6.0 * 3_600.0;

/// A jump ahead that no outing holds, s. Ours.
pub(crate) const LONG_JUMP_S: f64 = 30.0 * 86_400.0;

/// 1990-01-01: no civil receiver recorded before, and every count of a device without a date
/// (1970, 1980, 1989-12-31) begins before.
const FIRST_DATE_UNIX_S: f64 = 631_152_000.0;

/// 2100-01-01: no file of today tells of it.
const LAST_DATE_UNIX_S: f64 = 4_102_444_800.0;

/// No FIT file is older: 2007-01-01, s since 1970.
pub(crate) const FIRST_FIT_UNIX_S: f64 = 1_167_609_600.0;

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
pub(crate) struct Settled {
    /// Points that were given times beside their neighbours.
    pub(crate) placed: u64,
    /// Points whose times were left out.
    pub(crate) left_out: u64,
    /// No run outweighs the others: all times were left out.
    pub(crate) contradictory: bool,
}

/// Whether an instant may be a recording's.
pub(crate) fn is_date(unix_s: f64) -> bool {
    (FIRST_DATE_UNIX_S..LAST_DATE_UNIX_S).contains(&unix_s)
}

/// Whether two stamps that follow each other belong to different runs.
pub(crate) fn is_far(step_s: f64) -> bool {
    step_s.abs() > FAR_S
}

/// Settles the times of one recording within an activity; what there is to say of it.
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

/// A receiver counts weeks up to 1024, s: one that does not know how often it began anew is
/// off by as much.
const ROLLOVER_S: f64 = 1024.0 * 7.0 * 86_400.0;

/// What states the true date of a recording lies within two days of it, s. Ours.
const WITNESS_S: f64 = 2.0 * 86_400.0;

/// A doubt about the date of a recording that seems 1024 weeks too old: `witness` is another
/// date in the file, `oldest` the first at which a file of its kind can have been written. All
/// in seconds since 1970.
pub(crate) fn doubt(unix_s: f64, witness: Option<f64>, oldest: f64) -> Option<String> {
    let right_s = unix_s + ROLLOVER_S;
    let witnessed = witness.is_some_and(|other| (other - right_s).abs() <= WITNESS_S);
    let doubtful = is_date(unix_s) && (witnessed || unix_s < oldest);
    doubtful.then(|| {
        format!(
            "dated {}, which may be 1024 weeks too early (a receiver's count of weeks that \
             began anew): then it was {}",
            day(unix_s),
            day(right_s)
        )
    })
}

/// The day of an instant, as it is written.
pub(crate) fn day(unix_s: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "dates of three centuries")]
    let instant = Timestamp::from_second(unix_s as i64).map(|t| t.to_string());
    let instant = instant.unwrap_or_default();
    instant.split('T').next().unwrap_or_default().to_owned()
}

/// Counts the times from the first one on; the second that became second 0.
pub(crate) fn begin_at_first(activity: &mut Activity) -> f64 {
    let (time_s, ..) = activity.times_and_places();
    let first = time_s.iter().copied().find(|t| t.is_finite());
    let zero_s = first.unwrap_or(0.0);
    if zero_s != 0.0 {
        for time in time_s {
            // a difference of large numbers: what they hold of it are microseconds
            *time = ((*time - zero_s) * 1e6).round() / 1e6;
        }
    }
    zero_s
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

/// Mends the times of one recording in place; `unix_s` is the instant of its second 0, if that
/// is known. Called only where a step is far or a date cannot be.
pub(crate) fn settle(
    time_s: &mut [f64],
    latitude_deg: &[f64],
    longitude_deg: &[f64],
    unix_s: Option<f64>,
) -> Settled {
    let runs = runs(time_s);
    let mut settled = Settled::default();
    let weight = |run: &Run| run.ahead.saturating_sub(run.back);
    let dated = |run: &Run| {
        unix_s.is_none_or(|zero| is_date(zero + run.begin_s) && is_date(zero + run.end_s))
    };
    // of equals the first
    let main =
        runs.iter().enumerate().rev().max_by_key(|(_, run)| (weight(run), dated(run)));
    let Some((main_at, main)) = main.filter(|(_, run)| weight(run) > 0) else {
        return settled;
    };
    let mut leading = true;
    let foreign: Vec<bool> = runs
        .iter()
        .enumerate()
        .map(|(at, run)| {
            let gap_s = if at < main_at {
                main.begin_s - run.end_s
            } else {
                run.begin_s - main.end_s
            };
            let few = run.points <= FEW && run.points * FEW_OF <= main.points;
            let strange = !dated(run) && dated(main);
            let astray = !(0.0..=LONG_JUMP_S).contains(&gap_s);
            let lesser = weight(run) * 2 < weight(main);
            let foreign = at != main_at
                && (strange || (few && (leading || astray)) || (lesser && astray));
            leading &= foreign;
            foreign
        })
        .collect();
    let chosen = |wanted: bool| {
        let runs = runs.iter().zip(&foreign);
        runs.filter(move |(_, foreign)| **foreign == wanted).map(|(run, _)| run)
    };
    let count = |wanted| chosen(wanted).map(|run| run.points).sum::<usize>();
    // a clock that mostly goes back is no clock
    let backward = chosen(true).filter(|run| run.back > run.ahead).map(|run| run.points);
    if backward.sum::<usize>() * 4 > count(true) + count(false) {
        time_s.fill(f64::NAN);
        return Settled { contradictory: true, ..settled };
    }
    // stamps of places, not of a clock: nothing is to be told from them
    if count(true) > count(false) {
        return settled;
    }
    let pace = Pace::of(time_s, latitude_deg, longitude_deg, main);
    let leg = |a: usize, b: usize| {
        let at = |i: usize| Some((*latitude_deg.get(i)?, *longitude_deg.get(i)?));
        at(a).zip(at(b)).map_or(f64::NAN, |(a, b)| metres(a, b))
    };
    let mut at = 0;
    while at < runs.len() {
        if !foreign.get(at).copied().unwrap_or(false) {
            at += 1;
            continue;
        }
        let group = foreign.iter().skip(at).take_while(|foreign| **foreign).count();
        let before = at.checked_sub(1).and_then(|at| runs.get(at)).copied();
        let after = runs.get(at + group).copied();
        let of = runs.get(at..at + group).unwrap_or_default();
        let points: Vec<usize> = of
            .iter()
            .flat_map(|run| run.from..run.to)
            .filter(|i| time_s.get(*i).is_some_and(|t| t.is_finite()))
            .collect();
        let stamps: Vec<f64> =
            points.iter().filter_map(|i| time_s.get(*i).copied()).collect();
        let times = match (before, after) {
            (Some(before), Some(after)) => {
                between(before.end_s, after.begin_s, points.len())
            }
            (None, Some(after)) => {
                let reversed = points.iter().rev().copied();
                let mut times = beyond(&stamps, &pace, after.from, reversed, -1.0, leg);
                times.reverse();
                times.iter().map(|t| after.begin_s + t).collect()
            }
            (Some(before), None) => {
                let onward = points.iter().copied();
                let times = beyond(&stamps, &pace, before.to - 1, onward, 1.0, leg);
                times.iter().map(|t| before.end_s + t).collect()
            }
            (None, None) => Vec::new(),
        };
        for (point, time) in points.into_iter().zip(times) {
            let placed = u64::from(time.is_finite());
            settled.placed += placed;
            settled.left_out += 1 - placed;
            if let Some(slot) = time_s.get_mut(point) {
                *slot = time;
            }
        }
        at += group;
    }
    settled
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
            speeds.push(metres(*here, *next) / (next_t - t));
        }
        speeds.retain(|speed: &f64| speed.is_finite());
        Pace {
            step_s: ranked(&mut steps_s, 0.5),
            speed_m_per_s: ranked(&mut speeds, 0.9),
        }
    }
}

/// The value at this share of the sorted ones; NaN without any.
fn ranked(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a length"
    )]
    let at = (values.len() as f64 * share) as usize;
    values.get(at).copied().unwrap_or(f64::NAN)
}

/// Even times between two, if there is room.
fn between(from_s: f64, to_s: f64, points: usize) -> Vec<f64> {
    let step_s = (to_s - from_s) / (points + 1) as f64;
    let times = (1..=points).map(|k| from_s + k as f64 * step_s);
    times.map(|t| if step_s > 0.0 { t } else { f64::NAN }).collect()
}

/// Times of points before (`sign` -1) or after (1) a point of the run, counted from it: at
/// their own steps where their clock ran, else at the recording's. From the first on that
/// nobody can have reached they are left out.
fn beyond(
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

    /// An hour at one point a second and 3 m/s north, whose stamps are changed.
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
    fn stamps_far_from_the_rest_are_placed_beside_it() {
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
    fn one_point_of_yesterday_comes_just_before() {
        let yesterday = |i, t| if i == 0 { t - 86_400.0 } else { t };
        assert_eq!(settled(yesterday), (plain(), placed(1)));
    }

    #[test]
    fn a_point_elsewhere_has_no_time() {
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
    fn nights_of_one_recording_are_left_as_they_are() {
        let night = |i: usize, t| if i >= 1800 { t + 50_000.0 } else { t };
        let (times, nothing) = settled(night);
        assert_eq!(nothing, Settled::default());
        assert_eq!(times[1800].to_bits(), 51_800.0_f64.to_bits());
        // a few points of the next morning are a day, too
        let morning = |i: usize, t| if i >= 3590 { t + 50_000.0 } else { t };
        assert_eq!(settled(morning).1, Settled::default());
    }

    #[test]
    fn a_clock_that_mostly_goes_back_dates_nothing() {
        let half = |i: usize, t: f64| if i < 1800 { t } else { 5.0 * YEAR_S - t };
        let (times, settled) = settled(half);
        assert!(settled.contradictory && times.iter().all(|t| t.is_nan()));
    }

    #[test]
    fn a_date_1024_weeks_early_is_doubted() {
        // 2004-10-30T08:00:00Z and 1024 weeks later
        let (early, right) = (1_099_123_200.0, UNIX_S);
        assert_eq!((right - early).to_bits(), ROLLOVER_S.to_bits());
        let words = doubt(early, Some(right + 600.0), 0.0).unwrap();
        assert!(words.starts_with("dated 2004-10-30,") && words.ends_with("2024-06-15"));
        assert!(doubt(early, None, 1_167_609_600.0).is_some());
        assert_eq!(doubt(early, Some(early), 0.0), None);
        assert_eq!(doubt(right, Some(right), 1_167_609_600.0), None);
        assert_eq!(doubt(early, Some(right + 7.0 * 86_400.0), 0.0), None);
    }

    #[test]
    fn points_hours_apart_are_no_run_and_are_left_alone() {
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
