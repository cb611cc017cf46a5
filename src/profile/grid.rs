//! Even nodes along a run: heights as means over a cell, clock and sensors as integrals.

use crate::evidence::Parameter;
use crate::profile::track::Track;

/// Wished length of a cell.
pub(crate) const STEP: Parameter = Parameter::chosen(
    "profile.grid_step",
    5.0,
    "m",
    "2.5 to 10 m: halving it changes work by less than 0.5 %",
    "an even grid makes the score independent of how often the watch wrote",
);

/// Nodes of one run, and its cells.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grid {
    pub(crate) step_m: f64,
    pub(crate) elevation_m: Vec<f64>,
    pub(crate) clock_s: Vec<f64>,
    pub(crate) time_s: Vec<f64>,
    /// Metres covered while the clock ran, at the nodes.
    pub(crate) moving_m: Vec<f64>,
    /// Where in the recording each node is first reached.
    pub(crate) sample: Vec<f64>,
    pub(crate) cadence_per_min: Vec<f64>,
    pub(crate) power_w: Vec<f64>,
    pub(crate) heart_rate_bpm: Vec<f64>,
    pub(crate) stance_time_s: Vec<f64>,
    pub(crate) scored: Vec<bool>,
}

/// Lays the nodes of a track whose heights are all present.
pub(crate) fn lay(track: &Track<'_>, step_m: f64, timed: bool) -> Grid {
    let length_m = track.length_m();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "5 M points at most"
    )]
    let cells = (length_m / step_m).round().max(1.0) as usize;
    let step_m = length_m / cells as f64;
    let start_m = track.x_m[0];
    let nodes: Vec<f64> = (0..=cells)
        .map(
            |k| if k == cells { start_m + length_m } else { start_m + k as f64 * step_m },
        )
        .collect();
    let arrivals = arrivals(&track.x_m, &nodes);
    let clock = &track.clock_s;
    let cell_s: Vec<f64> = gains(clock, &arrivals, |_| 1.0).collect();
    let sensor = |values: &[f32]| -> Vec<f64> {
        if values.iter().all(|value| value.is_nan()) {
            vec![f64::NAN; cells]
        } else if timed {
            means(values, clock, &cell_s, &arrivals)
        } else {
            nearest(values, &arrivals)
        }
    };
    Grid {
        step_m,
        elevation_m: cell_means(track, &nodes, step_m),
        clock_s: at_nodes(&track.clock_s, &arrivals),
        time_s: at_nodes(track.time_s, &arrivals),
        moving_m: at_nodes(&track.moving_m, &arrivals),
        sample: at_nodes(track.sample, &arrivals),
        cadence_per_min: sensor(track.sensors.cadence_per_min),
        power_w: sensor(track.sensors.power_w),
        heart_rate_bpm: sensor(track.sensors.heart_rate_bpm),
        stance_time_s: sensor(track.sensors.stance_time_s),
        scored: scored(track, &nodes, &arrivals),
    }
}

/// Where a node is first reached: on the leg that ends at `sample`, this share along it.
#[derive(Debug, Clone, Copy)]
struct Arrival {
    sample: usize,
    share: f64,
}

impl Arrival {
    /// Returns what a column holds there.
    fn of<T: Copy + Into<f64>>(self, column: &[T]) -> f64 {
        let before = column[self.sample.saturating_sub(1)];
        self.between(before.into(), column[self.sample].into())
    }

    /// On the way from what it was at the beginning of the leg to what it is at its end.
    fn between(self, before: f64, here: f64) -> f64 {
        if self.sample == 0 || self.share >= 1.0 {
            return here;
        }
        before + self.share * (here - before)
    }
}

fn at_nodes<T: Copy + Into<f64>>(column: &[T], arrivals: &[Arrival]) -> Vec<f64> {
    arrivals.iter().map(|arrival| arrival.of(column)).collect()
}

fn arrivals(x_m: &[f64], nodes: &[f64]) -> Vec<Arrival> {
    let mut sample = 0;
    nodes
        .iter()
        .map(|&node| {
            while sample + 1 < x_m.len() && x_m[sample] < node {
                sample += 1;
            }
            if sample == 0 || x_m[sample] <= node {
                return Arrival { sample, share: 1.0 };
            }
            let before = x_m[sample - 1];
            Arrival { sample, share: (node - before) / (x_m[sample] - before) }
        })
        .collect()
}

/// Returns the mean of the piecewise linear height over half a step on either side of each
/// node. Beyond the ends the heights go on as an odd reflection, so the end nodes are the end
/// heights.
fn cell_means(track: &Track<'_>, nodes: &[f64], step_m: f64) -> Vec<f64> {
    let (x, h) = (&track.x_m, &track.elevation_m);
    let last = nodes.len() - 1;
    let mut integral = 0.0;
    let mut i = 0;
    // integral of the height from the start to `to`, called with rising `to`
    let mut until = |to: f64| -> f64 {
        while i + 1 < x.len() && x[i + 1] <= to {
            integral += (x[i + 1] - x[i]) * f64::midpoint(h[i], h[i + 1]);
            i += 1;
        }
        if i + 1 >= x.len() || to <= x[i] {
            return integral;
        }
        let share = (to - x[i]) / (x[i + 1] - x[i]);
        let height = h[i] + share * (h[i + 1] - h[i]);
        integral + (to - x[i]) * f64::midpoint(h[i], height)
    };
    let mut before = until(nodes[0] + step_m / 2.0);
    let mut means = Vec::with_capacity(nodes.len());
    means.push(h[0]);
    for node in &nodes[1..last] {
        let after = until(node + step_m / 2.0);
        means.push((after - before) / step_m);
        before = after;
    }
    means.push(h[h.len() - 1]);
    means
}

/// Time-weighted means per cell, which last `cell_s`: a record's value holds for the leg that
/// ends with it.
fn means(
    values: &[f32],
    clock_s: &[f64],
    cell_s: &[f64],
    arrivals: &[Arrival],
) -> Vec<f64> {
    let mean = |gained: f64, dt: f64| if dt > 1e-9 { gained / dt } else { f64::NAN };
    // the value of the first record holds for no leg
    if values.iter().skip(1).all(|value| value.is_finite()) {
        let gained = gains(clock_s, arrivals, |i| f64::from(values[i]));
        return gained.zip(cell_s).map(|(gained, dt)| mean(gained, *dt)).collect();
    }
    let known = |i: usize| values[i].is_finite();
    let value = |i| if known(i) { f64::from(values[i]) } else { 0.0 };
    let gained = gains(clock_s, arrivals, value);
    let seconds = gains(clock_s, arrivals, |i| if known(i) { 1.0 } else { 0.0 });
    gained.zip(seconds).map(|(gained, dt)| mean(gained, dt)).collect()
}

/// Returns what a sum gains in each cell, which ends at each node but the first: each leg adds
/// the value that it ends with times its seconds.
fn gains(
    clock_s: &[f64],
    arrivals: &[Arrival],
    value: impl Fn(usize) -> f64,
) -> impl Iterator<Item = f64> {
    let (mut leg, mut before, mut here, mut at_node) = (0, 0.0, 0.0, 0.0);
    let gained = move |arrival: &Arrival| {
        while leg < arrival.sample {
            leg += 1;
            before = here;
            here += value(leg) * (clock_s[leg] - clock_s[leg - 1]);
        }
        let after = arrival.between(before, here);
        let gained = after - at_node;
        at_node = after;
        gained
    };
    arrivals.iter().map(gained).skip(1)
}

fn nearest(values: &[f32], arrivals: &[Arrival]) -> Vec<f64> {
    arrivals[1..].iter().map(|a| f64::from(values[a.sample])).collect()
}

/// Returns whether more than half of each cell is scored.
fn scored(track: &Track<'_>, nodes: &[f64], arrivals: &[Arrival]) -> Vec<bool> {
    if track.scored.iter().all(|scored| *scored) {
        return vec![true; nodes.len() - 1];
    }
    let mut covered = Vec::with_capacity(track.len());
    let mut sum = 0.0;
    for i in 0..track.len() {
        if i > 0 && track.scored[i] {
            sum += track.x_m[i] - track.x_m[i - 1];
        }
        covered.push(sum);
    }
    arrivals
        .windows(2)
        .zip(nodes.windows(2))
        .map(|(cell, node)| {
            let metres = cell[1].of(&covered) - cell[0].of(&covered);
            metres > 0.5 * (node[1] - node[0])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The seconds that all sensors share beside those of one that was silent at the end.
        #[test]
        fn a_sensor_that_was_never_silent_has_the_means_of_any_other(
            legs in prop::collection::vec((0.5..9.0_f64, 0.1..4.0_f64, 60.0..200.0_f32), 3..60),
        ) {
            let (mut x_m, mut clock_s, mut values) = (vec![0.0], vec![0.0], vec![f32::NAN]);
            for (metres, seconds, value) in legs {
                x_m.push(x_m[x_m.len() - 1] + metres);
                clock_s.push(clock_s[clock_s.len() - 1] + seconds);
                values.push(value);
            }
            let length_m = x_m[x_m.len() - 1];
            let nodes: Vec<f64> = (0..=20).map(|k| length_m * f64::from(k) / 20.0).collect();
            let arrivals = arrivals(&x_m, &nodes);
            let cell_s: Vec<f64> = gains(&clock_s, &arrivals, |_| 1.0).collect();
            let shared = means(&values, &clock_s, &cell_s, &arrivals);
            // one more record, behind the last node
            values.push(f32::NAN);
            clock_s.push(clock_s[clock_s.len() - 1] + 1.0);
            let own = means(&values, &clock_s, &[], &arrivals);
            prop_assert_eq!(shared.len(), 20);
            for (cell, (shared, own)) in shared.iter().zip(&own).enumerate() {
                prop_assert!((shared - own).abs() < 1e-9, "{cell}: {shared} {own}");
                prop_assert!((59.9..200.1).contains(shared));
            }
        }
    }
}
