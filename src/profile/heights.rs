//! Heights that cannot be: outages, plateaus, spikes and the drift of a long stop.

use std::ops::RangeInclusive;

use crate::evidence::Parameter;
use crate::profile::track::Track;
use crate::quantile::median;

/// Lowest height believed.
pub(crate) const LOWEST: Parameter = Parameter::chosen(
    "profile.lowest_height",
    -500.0,
    "m",
    "the Dead Sea shore lies at -430 m; FIT's raw zero is -500 m",
    "below any road on earth",
);
/// Highest height believed.
pub(crate) const HIGHEST: Parameter = Parameter::chosen(
    "profile.highest_height",
    9000.0,
    "m",
    "Everest is 8849 m",
    "above it",
);
/// An exact zero is an outage where its neighbours are at least so high.
pub(crate) const ZERO_BESIDE: Parameter = Parameter::chosen(
    "profile.zero_beside",
    20.0,
    "m",
    "10 to 50 m",
    "beaches have true zeros, a cliff of 20 m to exactly 0 does not happen",
);
/// Least jump between neighbours.
pub(crate) const JUMP: Parameter = Parameter::chosen(
    "profile.jump",
    15.0,
    "m",
    "10 to 30 m, or the metres between the neighbours where those are more",
    "steeper than 100 % and higher than any step",
);
/// A jump that never returns is none where the height changed slower than this.
pub(crate) const JUMP_M_PER_S: Parameter = Parameter::chosen(
    "profile.jump_vertical_speed",
    3.0,
    "m/s",
    "2 to 5 m/s; asked where there are times",
    "fast descents of skiers and trail racers lose 2 m a second",
);
/// Without times, a jump that never returns is one from this height on.
pub(crate) const JUMP_UNTIMED: Parameter = Parameter::chosen(
    "profile.jump_untimed",
    50.0,
    "m",
    "30 to 100 m",
    "a planned route may go up a ladder between two positions",
);
/// How unlike two jumps of opposite sign may be.
pub(crate) const JUMP_UNLIKE: Parameter = Parameter::chosen(
    "profile.jump_unlike",
    0.35,
    "1",
    "0.2 to 0.5 of the larger",
    "terrain goes on under an outage",
);
/// Longest outage between two jumps, seconds.
pub(crate) const OUTAGE_S: Parameter = Parameter::chosen(
    "profile.outage",
    120.0,
    "s",
    "60 to 300 s",
    "longer ones are terrain",
);
/// Longest outage between two jumps, metres.
pub(crate) const OUTAGE_M: Parameter = Parameter::chosen(
    "profile.outage_length",
    300.0,
    "m",
    "150 to 600 m",
    "longer ones are terrain",
);
/// A spike stands out from the median of seven by at least this.
pub(crate) const SPIKE: Parameter = Parameter::chosen(
    "profile.spike",
    5.0,
    "m",
    "3 to 10 m",
    "above steps and steps' noise",
);
/// And by this share of the half-span of the seven records.
pub(crate) const SPIKE_PER_M: Parameter = Parameter::chosen(
    "profile.spike_per_metre",
    0.25,
    "1",
    "0.2 to 0.5",
    "a steep slope",
);
/// And by this many standard deviations, from the median absolute deviation.
pub(crate) const SPIKE_SD: Parameter = Parameter::chosen(
    "profile.spike_deviations",
    5.0,
    "1",
    "3 to 6",
    "Hampel's usual 3, careful",
);
/// From a median absolute deviation to a standard deviation.
pub(crate) const MAD_TO_SD: Parameter = Parameter {
    name: "profile.mad_to_sd",
    value: 1.4826,
    unit: "1",
    range: "normal noise",
    evidence: crate::evidence::Evidence::Replicated,
    source: "1/0.6745, Hampel 1974, J Am Stat Assoc 69:383",
};
/// Greatest change during a stop that is drift of the barometer.
pub(crate) const DRIFT: Parameter = Parameter::chosen(
    "profile.drift",
    5.0,
    "m",
    "3 to 10 m",
    "weather moves 1 m in minutes",
);
/// And so much more for each second of the stop.
pub(crate) const DRIFT_RATE: Parameter = Parameter::chosen(
    "profile.drift_rate",
    0.007,
    "m/s",
    "0.002 to 0.01 m/s",
    "a front moves the pressure by 3 hPa an hour, which is 25 m",
);
/// Shortest stop that drift is looked for.
pub(crate) const DRIFT_STOP: Parameter = Parameter::chosen(
    "profile.drift_stop",
    120.0,
    "s",
    "60 to 600 s",
    "shorter ones hardly drift",
);
/// Longest gap without heights that is filled, metres.
pub(crate) const FILL_M: Parameter = Parameter::chosen(
    "profile.fill_length",
    300.0,
    "m",
    "100 to 500 m",
    "a straight line over more would hide hills",
);
/// Longest gap without heights that is filled, seconds.
pub(crate) const FILL_S: Parameter = Parameter::chosen(
    "profile.fill",
    120.0,
    "s",
    "60 to 300 s",
    "a tunnel, a lost signal",
);

/// Returns whether there is nothing to ask of a height: it is there, in range, and not exactly
/// zero.
pub(crate) fn is_possible(elevation_m: f64) -> bool {
    in_range(elevation_m) && elevation_m != 0.0
}

fn in_range(elevation_m: f64) -> bool {
    elevation_m > LOWEST.value && elevation_m <= HIGHEST.value
}

/// Marks heights out of range, and exact zeros beside true heights, as missing. Returns how
/// many zeros there were.
pub(crate) fn drop_impossible(elevation_m: &mut [f64]) -> usize {
    for h in elevation_m.iter_mut() {
        if !in_range(*h) {
            *h = f64::NAN;
        }
    }
    let mut zeros = 0;
    let mut i = 0;
    while i < elevation_m.len() {
        if elevation_m[i] != 0.0 {
            i += 1;
            continue;
        }
        let from = i;
        while i < elevation_m.len() && (elevation_m[i] == 0.0 || elevation_m[i].is_nan())
        {
            i += 1;
        }
        let before = elevation_m[..from].iter().rfind(|h| h.is_finite());
        let after = elevation_m[i..].iter().find(|h| h.is_finite());
        let beside =
            [before, after].into_iter().flatten().fold(0.0_f64, |m, h| m.max(h.abs()));
        if beside > ZERO_BESIDE.value {
            for h in &mut elevation_m[from..i] {
                zeros += usize::from(*h == 0.0);
                *h = f64::NAN;
            }
        }
    }
    zeros
}

/// Marks outages, plateaus and spikes as missing; returns how many heights.
pub(crate) fn drop_spikes(track: &mut Track<'_>) -> usize {
    // neither jumps nor spikes are made of small steps, and most recordings have no others
    if track.elevation_m.windows(2).all(|pair| is_small(pair[1] - pair[0])) {
        return 0;
    }
    jump_pairs(track) + single_spikes(track)
}

/// Seven heights so close to each other hold no spike, whatever the rounding; false of a
/// height that is missing.
fn is_small(step_m: f64) -> bool {
    step_m.abs() <= SPIKE.value / 4.0
}

fn present(track: &Track<'_>) -> Vec<usize> {
    (0..track.len()).filter(|&i| track.elevation_m[i].is_finite()).collect()
}

/// Drops two jumps of opposite sign, alike in size and close together: what lies between is no
/// terrain, however long the plateau.
fn jump_pairs(track: &mut Track<'_>) -> usize {
    let at = present(track);
    let rise = |k: usize| track.elevation_m[at[k]] - track.elevation_m[at[k - 1]];
    let run = |k: usize| track.x_m[at[k]] - track.x_m[at[k - 1]];
    let jumps: Vec<usize> =
        (1..at.len()).filter(|&k| rise(k).abs() > JUMP.value.max(run(k))).collect();
    let mut outages: Vec<usize> = Vec::new();
    let mut j = 0;
    while j + 1 < jumps.len() {
        let (first, second) = (jumps[j], jumps[j + 1]);
        let (a, b) = (rise(first), rise(second));
        let (from, to) = (at[first - 1], at[second]);
        let seconds = track.time_s[to] - track.time_s[from];
        let pair = a * b < 0.0
            && (a + b).abs() <= JUMP_UNLIKE.value * a.abs().max(b.abs())
            && (seconds.is_nan() || seconds <= OUTAGE_S.value)
            && track.x_m[to] - track.x_m[from] <= OUTAGE_M.value;
        if pair {
            outages.extend(&at[first..second]);
            j += 2;
        } else {
            j += 1;
        }
    }
    for &i in &outages {
        track.elevation_m[i] = f64::NAN;
    }
    outages.len()
}

/// Jumps that never return, as the samples after them: nobody covered that height, so the
/// recording is cut there.
pub(crate) fn lasting_jumps(track: &Track<'_>) -> Vec<usize> {
    (1..track.len())
        .filter(|&i| {
            let rise_m = (track.elevation_m[i] - track.elevation_m[i - 1]).abs();
            if rise_m <= JUMP.value {
                return false;
            }
            let run_m = track.x_m[i] - track.x_m[i - 1];
            let seconds = track.time_s[i] - track.time_s[i - 1];
            let possible_m = if seconds.is_nan() {
                JUMP_UNTIMED.value
            } else {
                JUMP_M_PER_S.value * seconds
            };
            rise_m > run_m.max(possible_m) && stays(track, i, rise_m)
        })
        .collect()
}

/// Returns whether most of a jump before this sample is still there in the middle of the samples
/// around it: noise goes back.
fn stays(track: &Track<'_>, at: usize, rise_m: f64) -> bool {
    const AROUND: usize = 7;
    const MOST: f64 = 0.6;
    let heights = &track.elevation_m;
    let before = median(heights[at.saturating_sub(AROUND)..at].iter().copied());
    let after = median(heights[at..(at + AROUND).min(heights.len())].iter().copied());
    before
        .zip(after)
        .is_some_and(|(before, after)| (after - before).abs() >= MOST * rise_m)
}

/// Hampel's filter over seven records.
fn single_spikes(track: &mut Track<'_>) -> usize {
    let at = present(track);
    let step_m = |k: usize| track.elevation_m[at[k]] - track.elevation_m[at[k - 1]];
    let mut spikes = Vec::new();
    // small steps in a row, up to the last of seven records
    let mut calm = 0;
    for last in 1..at.len() {
        calm = if is_small(step_m(last)) { calm + 1 } else { 0 };
        let Some(k) = last.checked_sub(3).filter(|k| *k >= 3) else { continue };
        // six small steps: none of the seven is far from the middle one, whatever the rounding
        if calm >= 6 {
            continue;
        }
        let mut seven = [0.0; 7];
        for (slot, &i) in seven.iter_mut().zip(&at[k - 3..=k + 3]) {
            *slot = track.elevation_m[i];
        }
        let height = track.elevation_m[at[k]];
        // the median lies among the seven: none of them far off, no spike
        if seven.iter().all(|h| (h - height).abs() <= SPIKE.value) {
            continue;
        }
        let median = median_of_seven(&mut seven);
        for h in &mut seven {
            *h = (*h - median).abs();
        }
        let deviation = MAD_TO_SD.value * median_of_seven(&mut seven);
        let half_span_m = (track.x_m[at[k + 3]] - track.x_m[at[k - 3]]) / 2.0;
        let bound = (SPIKE.value + SPIKE_PER_M.value * half_span_m)
            .max(SPIKE_SD.value * deviation);
        if (height - median).abs() > bound {
            spikes.push(at[k]);
        }
    }
    for &i in &spikes {
        track.elevation_m[i] = f64::NAN;
    }
    spikes.len()
}

/// Returns the median of a window that moves along with each sample: in place, without a list.
fn median_of_seven(values: &mut [f64; 7]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[3]
}

/// Gives every stop one height, and takes the barometer's drift during long ones out of what
/// follows.
pub(crate) fn settle_stops(track: &mut Track<'_>, stops: &[RangeInclusive<usize>]) {
    let mut shift = 0.0;
    let mut settled = 0;
    for stop in stops {
        let (from, to) = (*stop.start(), *stop.end());
        lower(&mut track.elevation_m[settled..=to], shift);
        settled = to + 1;
        let heights = track.elevation_m[from..=to].iter().copied();
        let Some(middle) = median(heights.filter(|h| h.is_finite())) else { continue };
        let seconds = track.time_s[to] - track.time_s[from];
        // of the beginning and the end in time: a long silence may lie behind the first record
        let third_s = seconds / 3.0;
        let arriving = height_near(track, from, from..=to, third_s);
        let leaving = height_near(track, to, (from..=to).rev(), third_s);
        let drift = leaving - arriving;
        let most_m = DRIFT.value + DRIFT_RATE.value * seconds;
        let level = if seconds >= DRIFT_STOP.value && drift.abs() <= most_m {
            shift += drift;
            arriving
        } else {
            middle
        };
        for h in &mut track.elevation_m[from..=to] {
            if h.is_finite() {
                *h = level;
            }
        }
    }
    lower(&mut track.elevation_m[settled..], shift);
}

/// Returns the middle of the first five heights that are so near in time to one sample.
fn height_near(
    track: &Track<'_>,
    to: usize,
    samples: impl Iterator<Item = usize>,
    reach_s: f64,
) -> f64 {
    let near = samples.filter(|i| (track.time_s[*i] - track.time_s[to]).abs() <= reach_s);
    let heights = near.map(|i| track.elevation_m[i]).filter(|height| height.is_finite());
    median(heights.take(5)).unwrap_or(f64::NAN)
}

fn lower(elevation_m: &mut [f64], shift_m: f64) {
    for h in elevation_m {
        *h -= shift_m;
    }
}

/// What filling did.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Filled {
    pub(crate) heights: usize,
    pub(crate) metres: f64,
}

/// Fills missing heights by straight lines over metres; legs in gaps too long for that are
/// filled all the same and marked as not scored. The track begins and ends with a height.
pub(crate) fn fill(track: &mut Track<'_>) -> Filled {
    let mut filled = Filled::default();
    if track.elevation_m.iter().all(|height| height.is_finite()) {
        return filled;
    }
    let at = present(track);
    for pair in at.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        if b == a + 1 {
            continue;
        }
        let metres = track.x_m[b] - track.x_m[a];
        let seconds = track.time_s[b] - track.time_s[a];
        let short = metres <= FILL_M.value || seconds <= FILL_S.value;
        let (from, rise) =
            (track.elevation_m[a], track.elevation_m[b] - track.elevation_m[a]);
        for i in a + 1..b {
            let share =
                if metres > 0.0 { (track.x_m[i] - track.x_m[a]) / metres } else { 0.0 };
            track.elevation_m[i] = from + share * rise;
        }
        if short {
            filled.heights += b - a - 1;
            filled.metres += metres;
        } else {
            for i in a + 1..=b {
                track.scored[i] = false;
            }
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Returns whether the middle of seven records is a spike, as Hampel's filter is written.
    fn is_spike(x_m: &[f64], heights: &[f64]) -> bool {
        let off_median = |values: &[f64]| -> (f64, Vec<f64>) {
            let median = median(values.iter().copied()).unwrap();
            (median, values.iter().map(|value| (value - median).abs()).collect())
        };
        let (height, deviations) = off_median(heights);
        let deviation = MAD_TO_SD.value * off_median(&deviations).0;
        let half_span_m = (x_m[6] - x_m[0]) / 2.0;
        let bound = (SPIKE.value + SPIKE_PER_M.value * half_span_m)
            .max(SPIKE_SD.value * deviation);
        (heights[3] - height).abs() > bound
    }

    proptest! {
        /// Why nobody looks for spikes and jumps where every step is small.
        #[test]
        fn finds_no_spike_and_no_jump_in_small_steps(
            runs in prop::collection::vec(0.0..0.5_f64, 16),
            (hat_steps, step_m) in (1..=3_usize, -6.0..6.0_f64),
        ) {
            // level, so many steps up, as many down, level
            let (mut x, mut h) = (vec![0.0], vec![500.0]);
            for (i, run) in runs.iter().enumerate() {
                let rise = match i.checked_sub(5).map(|i| i / hat_steps) {
                    Some(0) => step_m,
                    Some(1) => -step_m,
                    _ => 0.0,
                };
                h.push(h[h.len() - 1] + rise);
                x.push(x[x.len() - 1] + run);
            }
            let mut steps = h.windows(2).map(|pair| pair[1] - pair[0]);
            if steps.clone().all(is_small) {
                prop_assert!(steps.all(|step_m| step_m.abs() <= JUMP.value));
                let mut sevens = x.windows(7).zip(h.windows(7));
                prop_assert!(!sevens.any(|(x, h)| is_spike(x, h)));
            }
        }
    }
}
