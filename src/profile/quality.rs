//! What was found about a recording; each step of the profile adds what it finds.

use crate::activity::HeightSensor;
use crate::profile::untimed::Untimed;

/// What was found about the recording: counts and metres for the quality line.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Quality {
    /// What the heights were measured with.
    pub height_sensor: HeightSensor,
    /// Samples read.
    pub samples: usize,
    /// White noise of a height, standard deviation, m.
    pub height_noise_m: f64,
    /// Half-width of the smoothing window, m.
    pub half_width_m: f64,
    /// Reversal threshold, m.
    pub turning_m: f64,
    /// Gain with twice the reversal threshold, m: far from the gain, it is undecidable.
    pub gain_at_twice_turning_m: f64,
    /// Points dropped because their speed was impossible, or their position.
    pub impossible_points: usize,
    /// Samples of one time merged.
    pub merged_samples: usize,
    /// Times that went back and were repaired.
    pub times_repaired: usize,
    /// Heights dropped as spikes or outages.
    pub spikes: usize,
    /// Jumps of the height that never return: the recording is cut there.
    pub height_jumps: usize,
    /// Metres of these up.
    pub jumped_up_m: f64,
    /// Metres of these down.
    pub jumped_down_m: f64,
    /// Jumps of the position or the distance that nobody can have made: the recording is cut there.
    pub road_jumps: usize,
    /// Step of heights that stand still and then leap, m; 0 where they do not.
    pub height_step_m: f64,
    /// Step of rounded positions that metres come from, m; 0 where they are not rounded.
    pub position_step_m: f64,
    /// Heights missing and filled.
    pub heights_filled: usize,
    /// Horizontal metres with filled heights or positions.
    pub filled_m: f64,
    /// Horizontal metres covered and not scored (no height, straight lines of a pause).
    pub not_scored_m: f64,
    /// Metres of every leg of the recording: the sum of those that are scored, not scored, cut
    /// out, in a lift or vehicle, and of somebody standing.
    pub recorded_m: f64,
    /// Metres of gaps and jumps that are cut out: straight lines, or the device's distance.
    pub cut_m: f64,
    /// Seconds of these.
    pub cut_s: f64,
    /// Lifts or vehicles left out.
    pub carried_stretches: usize,
    /// Metres in a lift or vehicle, left out.
    pub carried_m: f64,
    /// Seconds in a lift or vehicle, left out.
    pub carried_s: f64,
    /// Metres up right before and behind these, which nothing tells to be ridden or carried.
    pub beside_lifts_m: f64,
    /// Seconds standing still, timer running.
    pub standing_s: f64,
    /// Metres of scatter meanwhile, left out.
    pub standing_m: f64,
    /// Seconds of pauses: of the timer, and in gaps that were crossed slowly or not at all.
    pub paused_s: f64,
    /// Of these, seconds of gaps that the recording does not tell to be pauses.
    pub paused_untold_s: f64,
    /// Powers dropped: what no meter of a ride measured.
    pub powers_dropped: usize,
    /// Cadences dropped: none in motion, or what no legs do.
    pub cadences_dropped: usize,
    /// Heart rates dropped: zeros, spikes, and what no heart does.
    pub heart_rates_dropped: usize,
    /// Contact times dropped: what no step takes.
    pub stance_times_dropped: usize,
    /// Metres of legs, each times how much its length may hide of a hill over what one 100 m longer
    /// than any that hides nothing may.
    pub hiding_m: f64,
    /// Legs that somebody covered, to a point with a height.
    pub covered_legs: usize,
    /// Legs above 200 m, or of more than half a minute: nothing is known between their ends.
    pub sparse_legs: usize,
    /// Metres of these.
    pub sparse_m: f64,
    /// Short legs that are scored though nobody goes so fast: scatter, or a vehicle.
    pub hasty_legs: usize,
    /// Metres of these.
    pub hasty_m: f64,
    /// Times were there, and why none is believed: it is scored as a course.
    pub untimed: Option<Untimed>,
    /// Seconds from the first to the last sample.
    pub elapsed_s: f64,
}
