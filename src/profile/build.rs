//! Activity to profile, step by step.

use crate::activity::{Activity, HeightSensor};
use crate::error::Error;
use crate::evidence::Parameter;
use crate::profile::columns::{self, Slopes};
use crate::profile::impossible::fastest_m_per_s;
use crate::profile::quality::Quality;
use crate::profile::samples::{self, Samples};
use crate::profile::sections::{self, Section, Sections};
use crate::profile::track::Track;
use crate::profile::{
    Profile, Sampling, grid, height_range, heights, hysteresis, lift_ends, noise,
    refusal, smooth, staircase, transport, treadmill,
};
use crate::sport::Sport;

/// A longer route is refused: memory grows with it.
pub const LONGEST: Parameter = Parameter::chosen(
    "profile.longest",
    2_500_000.0,
    "m",
    "the longest rides in one file are some 1200 km",
    "about 400 bytes for each of its cells of 5 m: 200 MB",
);

/// Returns the profile of an activity of this sport.
pub(super) fn profile(
    activity: &Activity,
    sport: Sport,
    sampling: &Sampling,
) -> Result<Profile, Error> {
    let (mut samples, distance) = samples::repaired(activity, sport);
    if samples.len() < 2 {
        return Err(refusal::too_few(activity));
    }
    if let Some(rounded) = samples.rounded.filter(|rounded| rounded.is_hopeless()) {
        return Err(refusal::too_coarse(rounded));
    }
    treadmill::set_heights(&mut samples, &distance, sampling.treadmill.as_ref());
    refusal::usable_heights(&samples.elevation_m, activity.elevation_m())?;
    let (on_foot, fastest_m_per_s) = (sport.on_foot(), fastest_m_per_s(sport));
    let sections = sections::cut(&samples, &distance, on_foot, fastest_m_per_s);
    if !distance.along_slope {
        drop(distance);
        return build(&samples, sections, sport, sampling, None);
    }
    // the wheel measured along the slope: once more, with horizontal metres
    let slopes = Slopes::of(&build(&samples, sections, sport, sampling, None)?);
    let sections = sections::cut(&samples, &distance, on_foot, fastest_m_per_s);
    build(&samples, sections, sport, sampling, Some(&slopes))
}

fn build(
    samples: &Samples<'_>,
    sections: Sections<'_>,
    sport: Sport,
    sampling: &Sampling,
    slopes: Option<&Slopes>,
) -> Result<Profile, Error> {
    let (timed, impossible) = (samples.timed, samples.impossible.clone());
    let Sections { tracks, mut quality } = sections;
    let (tracks, noise_m) = repaired_tracks(tracks, sport, slopes, &mut quality);
    if tracks.is_empty() {
        quality.turning_m = hysteresis::LEAST_REVERSAL.value;
        return if refusal::nothing_moved(&quality) {
            Ok(Profile::empty(timed, impossible, quality))
        } else {
            Err(refusal::no_metres(&quality))
        };
    }
    let length_m: f64 = tracks.iter().map(Track::length_m).sum();
    if length_m > LONGEST.value {
        return Err(refusal::too_long(length_m));
    }
    let (speed, spacing_m) = columns::speed_and_spacing(&tracks, sport, timed);
    let wide_m = smooth::half_width_m(speed, noise_m, spacing_m) * sampling.smoothing;
    let error_m =
        noise_m * libm::sqrt(smooth::TRICUBE_VARIANCE.value * spacing_m / wide_m);
    let reversal_m = hysteresis::LEAST_REVERSAL
        .value
        .max(hysteresis::REVERSAL_PER_NOISE.value * error_m);
    let legs_m = |track: &Track<'_>| {
        height_range::hiding_m(track.x_m.windows(2).map(|leg| leg[1] - leg[0]))
    };
    // a belt has no hills between two records
    if quality.height_sensor != HeightSensor::Belt {
        quality.hiding_m = tracks.iter().map(legs_m).sum();
    }
    quality.height_noise_m = noise_m;
    quality.half_width_m = wide_m;
    quality.turning_m = reversal_m;
    let mut profile = Profile::empty(timed, impossible, quality);
    for track in tracks {
        let grid = grid::lay(&track, sampling.step_m, timed);
        drop(track);
        let smooth = smooth::local_linear(&grid.elevation_m, grid.step_m, wide_m);
        let twice = hysteresis::points(&smooth, 2.0 * reversal_m);
        profile.quality.gain_at_twice_turning_m += hysteresis::gain_m(&smooth, &twice);
        profile.append(grid, &smooth, reversal_m);
    }
    profile.derive();
    Ok(profile)
}

/// Returns tracks with repaired heights in which nobody is carried, and the noise of a height.
fn repaired_tracks<'a>(
    sections: Vec<Section<'a>>,
    sport: Sport,
    slopes: Option<&Slopes>,
    quality: &mut Quality,
) -> (Vec<Track<'a>>, f64) {
    let mut tracks = Vec::with_capacity(sections.len());
    let mut measured = Vec::with_capacity(sections.len());
    let mut slope_start_m = 0.0;
    for (mut track, stops) in sections {
        if let Some(slopes) = slopes {
            let length_m = track.length_m();
            columns::shorten(&mut track, slope_start_m, slopes);
            slope_start_m += length_m;
            quality.recorded_m -= length_m - track.length_m();
        }
        if let Some(step_m) = staircase::straighten(&mut track) {
            quality.height_step_m = quality.height_step_m.max(step_m);
        }
        quality.spikes += heights::drop_spikes(&mut track);
        heights::settle_stops(&mut track, &stops);
        let Some(mut track) = with_heights(track, quality) else { continue };
        measured.push(columns::distinct(&track));
        let filled = heights::fill(&mut track);
        quality.heights_filled += filled.heights;
        quality.filled_m += filled.metres;
        for track in without_transport(track, sport, quality) {
            cut_at_jumps(track, &mut tracks, quality);
        }
    }
    tracks.retain(|track| track.length_m() > 0.0);
    let measured = measured.iter().map(|(x, h)| (x.as_slice(), h.as_slice()));
    let noise_m = noise::white_noise_m(measured);
    (tracks, noise_m)
}

/// Returns a track from its first known height to its last; the rest is not scored.
fn with_heights<'a>(track: Track<'a>, quality: &mut Quality) -> Option<Track<'a>> {
    let known = |h: &f64| h.is_finite();
    let whole_m = track.length_m();
    let ends = track
        .elevation_m
        .iter()
        .position(known)
        .zip(track.elevation_m.iter().rposition(known));
    let track = ends.map(|(from, to)| track.cut(from, to + 1));
    quality.not_scored_m += match &track {
        Some(track) => whole_m - track.length_m(),
        None => whole_m,
    };
    track
}

/// Returns what lies before, between and behind lifts and vehicles.
fn without_transport<'a>(
    track: Track<'a>,
    sport: Sport,
    quality: &mut Quality,
) -> Vec<Track<'a>> {
    let mut from = 0;
    let mut moved = Vec::new();
    let carried = lift_ends::extended(&track, &transport::stretches(&track, sport));
    quality.beside_lifts_m += carried.undecided_m;
    for carried in carried.stretches {
        quality.carried_stretches += 1;
        quality.carried_m += track.x_m[carried.end] - track.x_m[carried.start];
        quality.carried_s += track.clock_s[carried.end] - track.clock_s[carried.start];
        moved.push(track.part(from, carried.start + 1));
        from = carried.end;
    }
    let end = track.len();
    moved.push(track.cut(from, end));
    moved
}

/// Adds a track to others, in parts where its height jumps and does not return.
fn cut_at_jumps<'a>(
    track: Track<'a>,
    tracks: &mut Vec<Track<'a>>,
    quality: &mut Quality,
) {
    let mut from = 0;
    for at in heights::lasting_jumps(&track) {
        quality.height_jumps += 1;
        let jump_m = track.elevation_m[at] - track.elevation_m[at - 1];
        quality.jumped_up_m += jump_m.max(0.0);
        quality.jumped_down_m -= jump_m.min(0.0);
        quality.not_scored_m += track.x_m[at] - track.x_m[at - 1];
        tracks.push(track.part(from, at));
        from = at;
    }
    let end = track.len();
    tracks.push(track.cut(from, end));
}
