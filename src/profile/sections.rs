//! Cuts a recording into continuous sections, and stops the clock where nobody moves.

use std::ops::{Range, RangeInclusive};

use crate::evidence::Parameter;
use crate::profile::distance_source::ChosenDistance;
use crate::profile::gaps::{Gaps, Leg, ONE_PLACE};
use crate::profile::quality::Quality;
use crate::profile::samples::Samples;
use crate::profile::stops;
use crate::profile::times::GAP_S;
use crate::profile::track::Track;

/// Legs longer than this are counted as sparse: without times, and in a gap.
pub const SPARSE: Parameter = Parameter::chosen(
    "profile.sparse_leg",
    200.0,
    "m",
    "100 to 500 m",
    "a hill fits in between",
);

/// And legs that took longer than this, at whatever length.
pub(crate) const SPARSE_S: Parameter = Parameter::chosen(
    "profile.sparse_leg_time",
    30.0,
    "s",
    "20 to 60 s",
    "smart recording writes more often wherever the road turns or rises",
);

/// One section, and its stops: stands and short pauses, as ranges of its samples.
pub(crate) type Section<'a> = (Track<'a>, Vec<RangeInclusive<usize>>);

/// Continuous sections of a recording, and what was found about it so far.
#[derive(Debug, Default)]
pub(crate) struct Sections<'a> {
    pub(crate) tracks: Vec<Section<'a>>,
    pub(crate) quality: Quality,
}

/// Cuts samples into sections.
pub(crate) fn cut<'a>(
    samples: &'a Samples<'_>,
    distance: &ChosenDistance<'_>,
    on_foot: bool,
    fastest_m_per_s: f64,
) -> Sections<'a> {
    let sections = Sections { tracks: Vec::new(), quality: samples.quality.clone() };
    let mut cutter = Cutter { samples, distance, sections };
    let count = samples.len();
    let gaps = Gaps::of(samples, distance, on_foot, fastest_m_per_s);
    let legs: Vec<Leg> = (1..count).map(|to| gaps.leg(to)).collect();
    for (leg, _) in legs.iter().enumerate().filter(|(_, leg)| **leg == Leg::Hasty) {
        cutter.sections.quality.hasty_legs += 1;
        cutter.sections.quality.hasty_m += distance.leg_m(leg);
    }
    let mut from = 0;
    for to in 1..=count {
        if legs.get(to - 1).is_none_or(|leg| *leg == Leg::Cut) {
            if to < count {
                cutter.leave_out(to);
            }
            cutter.section(from..to, &legs[from..to - 1]);
            from = to;
        }
    }
    cutter.sections
}

/// Samples while they are cut.
struct Cutter<'a, 'd> {
    samples: &'a Samples<'a>,
    distance: &'d ChosenDistance<'d>,
    sections: Sections<'a>,
}

impl Cutter<'_, '_> {
    /// Counts the leg to a sample that is cut out.
    fn leave_out(&mut self, to: usize) {
        let (samples, quality) = (self.samples, &mut self.sections.quality);
        let length_m = self.distance.leg_m(to - 1);
        quality.recorded_m += length_m;
        quality.cut_m += length_m;
        if samples.timed {
            let seconds = samples.time_s[to] - samples.time_s[to - 1];
            // the device stopped its timer and counts no metre: a pause, as it says
            let told = samples.is_paused(to) && length_m <= ONE_PLACE.value;
            *(if told { &mut quality.paused_s } else { &mut quality.cut_s }) += seconds;
            let silent = samples.is_interrupted(to) || seconds > GAP_S.value;
            quality.road_jumps += usize::from(!silent);
        }
    }

    /// Adds some samples as a track, if it has any length.
    fn section(&mut self, section: Range<usize>, legs: &[Leg]) {
        if section.len() < 2 {
            return;
        }
        let stands = self.stands(&section, legs);
        let samples = self.samples;
        let start_s = if samples.timed { 0.0 } else { f64::NAN };
        let mut track = Track {
            x_m: vec![0.0; section.len()],
            moving_m: vec![0.0; section.len()],
            clock_s: vec![start_s; section.len()],
            time_s: &samples.time_s[section.clone()],
            elevation_m: samples.elevation_m[section.clone()].to_vec(),
            scored: vec![true; section.len()],
            sensors: samples.sensors(section.clone()),
            sample: &samples.sample[section.clone()],
        };
        self.measure(&mut track, section.start, legs, &stands);
        if track.length_m() > 0.0 {
            self.sections.tracks.push((track, stops(&stands, legs)));
        }
    }

    /// Returns where somebody stood still within a section.
    fn stands(&self, section: &Range<usize>, legs: &[Leg]) -> Vec<RangeInclusive<usize>> {
        let time_s = &self.samples.time_s[section.clone()];
        let mut stands = if !self.samples.timed {
            Vec::new()
        } else if self.distance.by_device {
            stops::by_distance(time_s, &self.distance.distance_m[section.clone()])
        } else {
            let places = &self.distance.places[section.clone()];
            stops::by_position(time_s, places, &self.samples.elevation_m[section.clone()])
        };
        // a single leg over more than one place is a rest between two, not a place with points
        stands.retain(|stand| match legs[*stand.start()..*stand.end()] {
            [Leg::Pause { moving_s }] => moving_s == 0.0,
            _ => true,
        });
        stands
    }

    /// Lays the metres and the clock of a track, leg by leg, and counts what is in neither.
    fn measure(
        &mut self,
        track: &mut Track<'_>,
        first: usize,
        legs: &[Leg],
        stands: &[RangeInclusive<usize>],
    ) {
        let quality = &mut self.sections.quality;
        let (mut x, mut moving, mut clock) = (0.0, 0.0, track.clock_s[0]);
        let mut stands = stands.iter().peekable();
        // a leg ends with the sample behind its own
        let columns = track.x_m[1..].iter_mut().zip(&mut track.moving_m[1..]);
        let ends = columns.zip(&mut track.clock_s[1..]).zip(track.time_s.windows(2));
        for ((i, leg), (((x_m, moving_m), clock_s), time)) in
            legs.iter().enumerate().zip(ends)
        {
            let seconds = time[1] - time[0];
            let length = self.distance.leg_m(first + i);
            quality.recorded_m += length;
            while stands.next_if(|stand| *stand.end() <= i).is_some() {}
            let stood = stands.peek().is_some_and(|stand| *stand.start() <= i);
            let moved_s = match leg {
                _ if stood => 0.0,
                Leg::Covered | Leg::Hasty | Leg::Cut => seconds,
                Leg::Pause { moving_s } => *moving_s,
            };
            if let Leg::Pause { .. } = leg {
                quality.paused_s += seconds - moved_s;
                if !self.samples.is_interrupted(first + i + 1) {
                    quality.paused_untold_s += seconds - moved_s;
                }
            } else if stood {
                quality.standing_s += seconds;
            }
            if stood {
                quality.standing_m += length;
            } else {
                let known = track.elevation_m[i + 1].is_finite();
                quality.covered_legs += usize::from(known && length > 0.0);
                x += length;
                moving += if moved_s == 0.0 && seconds > 0.0 { 0.0 } else { length };
                clock += moved_s;
                if length > SPARSE.value || length > 0.0 && moved_s > SPARSE_S.value {
                    quality.sparse_legs += 1;
                    quality.sparse_m += length;
                }
            }
            (*x_m, *moving_m, *clock_s) = (x, moving, clock);
        }
    }
}

/// Stands and short pauses, those that touch joined: each is one place with one height.
fn stops(stands: &[RangeInclusive<usize>], legs: &[Leg]) -> Vec<RangeInclusive<usize>> {
    let pauses = legs
        .iter()
        .enumerate()
        .filter(|(_, leg)| **leg == Leg::Pause { moving_s: 0.0 })
        .map(|(i, _)| i..=i + 1);
    let mut all: Vec<RangeInclusive<usize>> =
        stands.iter().cloned().chain(pauses).collect();
    all.sort_by_key(|stop| *stop.start());
    let mut joined: Vec<RangeInclusive<usize>> = Vec::with_capacity(all.len());
    for stop in all {
        match joined.last_mut() {
            Some(last) if last.end() >= stop.start() => {
                *last = *last.start()..=*last.end().max(stop.end());
            }
            _ => joined.push(stop),
        }
    }
    joined
}
