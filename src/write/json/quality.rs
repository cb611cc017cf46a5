//! What was found about a recording.

use crate::report::Report;
use crate::write::object::object;
use crate::write::rounding::finite;

object! {
    /// What was found about the recording.
    #[serde(deny_unknown_fields)]
    pub struct Quality;

    pub(super) fn quality(report: &Report);

    /// barometer, satellites, map, belt or untold: what the heights were measured with.
    height_sensor: String = report.quality.height_sensor.name().to_owned(),
    /// Samples read.
    samples: usize = report.quality.samples,
    /// White noise of a height, standard deviation; 0.001 m.
    height_noise_m: f64 = finite(report.quality.height_noise_m, 3),
    /// Half-width of the smoothing window; 0.1 m.
    half_width_m: f64 = finite(report.quality.half_width_m, 1),
    /// Rise from which a turn of the road counts; 0.01 m.
    turning_m: f64 = finite(report.quality.turning_m, 2),
    /// Gain at twice that: far from the gain, it is undecidable; 0.1 m.
    gain_at_twice_turning_m: f64 = finite(report.quality.gain_at_twice_turning_m, 1),
    /// Points dropped: nobody can have been there.
    impossible_points: usize = report.quality.impossible_points,
    /// Samples of one time, merged.
    merged_samples: usize = report.quality.merged_samples,
    /// Times that went back.
    times_repaired: usize = report.quality.times_repaired,
    /// Heights dropped as spikes or outages.
    spikes: usize = report.quality.spikes,
    /// Jumps of the height that never return: the road is cut there.
    height_jumps: usize = report.quality.height_jumps,
    /// Metres of these up; 0.1 m.
    jumped_up_m: f64 = finite(report.quality.jumped_up_m, 1),
    /// Metres of these down; 0.1 m.
    jumped_down_m: f64 = finite(report.quality.jumped_down_m, 1),
    /// Leaps of the position or the distance: the road is cut there.
    road_jumps: usize = report.quality.road_jumps,
    /// Step of heights that stand still and then leap, 0 where they do not; 0.1 m.
    height_step_m: f64 = finite(report.quality.height_step_m, 1),
    /// Step of rounded positions, 0 where they are not rounded; 0.1 m.
    position_step_m: f64 = finite(report.quality.position_step_m, 1),
    /// Cadences, heart rates and contact times dropped: zeros in motion, spikes, and what no body
    /// does.
    cadences_dropped: usize = report.quality.cadences_dropped,
    /// Ride: values of power that no meter measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    powers_dropped: Option<usize> =
        (!report.sport.on_foot()).then_some(report.quality.powers_dropped),
    /// See `cadences_dropped`.
    heart_rates_dropped: usize = report.quality.heart_rates_dropped,
    /// See `cadences_dropped`.
    stance_times_dropped: usize = report.quality.stance_times_dropped,
    /// Slope metres whose steps lay beyond what legs can do and were brought down to that; 0.1 m.
    limited_m: f64 = finite(report.limited_m, 1),
    /// Heights missing and filled.
    heights_filled: usize = report.quality.heights_filled,
    /// Horizontal metres with filled heights or positions; 0.1 m.
    filled_m: f64 = finite(report.quality.filled_m, 1),
    /// Horizontal metres covered and not scored; 0.1 m.
    not_scored_m: f64 = finite(report.quality.not_scored_m, 1),
    /// Metres of every leg of the recording: scored, not scored, cut out, carried and of
    /// somebody standing; 0.1 m.
    recorded_m: f64 = finite(report.quality.recorded_m, 1),
    /// Metres of gaps and jumps that are cut out; 0.1 m.
    cut_m: f64 = finite(report.quality.cut_m, 1),
    /// Seconds of these; 0.1 s.
    cut_s: f64 = finite(report.quality.cut_s, 1),
    /// Metres in a lift or vehicle, left out; 0.1 m.
    carried_m: f64 = finite(report.quality.carried_m, 1),
    /// Seconds in a lift or vehicle, left out; 0.1 s.
    carried_s: f64 = finite(report.quality.carried_s, 1),
    /// Seconds standing still, timer running; 0.1 s.
    standing_s: f64 = finite(report.quality.standing_s, 1),
    /// Metres of scatter meanwhile, left out; 0.1 m.
    standing_m: f64 = finite(report.quality.standing_m, 1),
    /// Seconds of pauses; 0.1 s.
    paused_s: f64 = finite(report.quality.paused_s, 1),
    /// Of these, seconds that the recording does not tell to be a pause; 0.1 s.
    paused_untold_s: f64 = finite(report.quality.paused_untold_s, 1),
    /// Legs above 200 m, or of more than half a minute.
    sparse_legs: usize = report.quality.sparse_legs,
    /// Metres of these; 0.1 m.
    sparse_m: f64 = finite(report.quality.sparse_m, 1),
    /// Times were there and were those of no outing.
    times_disbelieved: bool = report.quality.untimed.is_some(),
    /// Slope metres steeper than was ever measured; 0.1 m.
    steeper_than_measured_m: f64 = finite(report.steep_m, 1),
    /// The watch counted strides, and they were doubled.
    strides_doubled: bool = report.strides_doubled,
}
