//! What a score leaves out or rests on that the recording does not hold: counted, and a reason
//! for `--strict` to refuse.

use crate::load::Efforts;
use crate::load::undersampling::SPARSE_SHARE;
use crate::profile::{Quality, Untimed};
use crate::read::{Notice, NoticeKind};
use crate::report::tables::Hill;
use crate::sport::{Bike, Sport};

/// What is left out of metres or seconds is told from this share on. Ours: less hardly shows in
/// figures of three digits.
pub(crate) const TOLD_SHARE: f64 = 0.01;

/// Sensor values that are dropped are told from this share of the samples on: a few per cent of
/// zeros are usual. Ours.
pub(crate) const DROPPED_SHARE: f64 = 0.2;

/// Returns why a recording with times is scored without.
fn without_times(why: Untimed) -> &'static str {
    match why {
        Untimed::Few => "fewer than half of the points have a time: scored without times",
        Untimed::Stands => "the clock stands, many points a time: scored without times",
        Untimed::Backwards => {
            "the times run backwards: scored without, in the order of the file"
        }
        Untimed::FarApart => {
            "times more than half an hour apart are no outing's: read as a course"
        }
    }
}

/// Average speed on foot and riding above which a vehicle moved, m/s. Our choice: 1500 m are run
/// at 7.3 m/s at the most, and an hour on a track is ridden at 15.8 m/s.
const FASTEST_ON_FOOT_M_PER_S: f64 = 7.0;
const FASTEST_RIDING_M_PER_S: f64 = 16.0;

/// What was scored of a recording.
pub(super) struct Scored<'q> {
    pub(super) quality: &'q Quality,
    pub(super) sport: Sport,
    /// Horizontal metres.
    pub(super) distance_m: f64,
    /// Seconds of movement; none without times.
    pub(super) moving_s: Option<f64>,
    /// Slope metres whose intensity is the greatest there is.
    pub(super) limited_m: f64,
    /// What a power meter does not tell rightly.
    pub(super) meter: Meter,
    /// Climbs of a ride that lifts make, and hardly any rider.
    pub(super) lifted_climbs: usize,
}

/// Rise of a climb, m, and its rate, m/h, from which a ride without a meter is doubted: amateurs do
/// not keep 1440 m an hour, and the slowest of lifts do. Our choice, as for whole recordings in
/// `lifted.rs`.
const LIFTED_RISE_M: f64 = 100.0;
const LIFTED_M_PER_H: f64 = 1440.0;

/// Counts the climbs of a ride without a meter that a lift may have made.
pub(super) fn lifted_climbs(hills: &[Hill], efforts: &Efforts<'_>, bike: Bike) -> usize {
    if efforts.metered || efforts.power_w.is_empty() || bike == Bike::Virtual {
        return 0;
    }
    let lifted = |hill: &&Hill| {
        hill.rise_m >= LIFTED_RISE_M
            && hill.vertical_m_per_h.is_some_and(|rate| rate >= LIFTED_M_PER_H)
    };
    hills.iter().filter(lifted).count()
}

/// Energy that a meter shows over that of speed and grade from which it cannot be right, and below
/// which it cannot. Our choice: twice, or half, is one leg counted twice or alone; a rider of 100 kg
/// who is taken for 70 kg is within.
const METER_RATIO: std::ops::RangeInclusive<f64> = 0.6..=1.65;
/// The same of an e-bike from which no motor helped, or its power is in the figure. Our choice.
const ELECTRIC_RATIO: f64 = 0.9;

/// Metres up beside lifts from which they are told. Our choice: a walk to the next station.
const LEAST_BESIDE_M: f64 = 30.0;

/// What a power meter does not tell rightly, as far as a ride shows it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Meter {
    /// Stretches and metres of zeros where the hill took power.
    lost: (usize, f64),
    /// Energy shown over that of speed and grade, where that cannot be.
    ratio: Option<f64>,
    electric: bool,
    /// Whether any of its power is used.
    metered: bool,
}

impl Meter {
    pub(super) fn of(efforts: &Efforts<'_>, bike: Bike) -> Meter {
        let electric = bike == Bike::Electric;
        let odd = |ratio: &f64| {
            if electric { *ratio >= ELECTRIC_RATIO } else { !METER_RATIO.contains(ratio) }
        };
        // a trainer asks for what its difficulty is set to
        let ratio = efforts.meter_ratio.filter(|_| bike != Bike::Virtual);
        Meter {
            lost: efforts.lost_power,
            ratio: ratio.filter(odd),
            electric,
            metered: efforts.metered,
        }
    }

    fn notices(&self, q: &Quality) -> Vec<Notice> {
        let mut notices = Vec::new();
        let mut count = |count: usize, detail| {
            notices.push(Notice { kind: NoticeKind::Power, count: count as u64, detail });
        };
        let told = q.powers_dropped as f64 > TOLD_SHARE * q.samples as f64;
        if told || (q.powers_dropped > 0 && !self.metered) {
            let detail = "power that stands still, is zero throughout or that nobody makes, taken as missing";
            count(q.powers_dropped, detail.to_owned());
        }
        if let (1.., metres) = self.lost {
            let detail =
                format!("0 W on {metres:.0} m uphill that take power: taken as missing");
            count(self.lost.0, detail);
        }
        if let Some(ratio) = self.ratio {
            let cause = match (self.electric, ratio > 1.0) {
                (true, _) => "the motor's power may be in it",
                (false, true) => {
                    "one leg counted twice, or a mass that is not the rider's?"
                }
                (false, false) => "one leg only, a motor or a tow?",
            };
            let detail = format!(
                "the meter shows {ratio:.1} times the power that the steep climbs take: {cause}"
            );
            count(1, detail);
        }
        notices
    }
}

impl Scored<'_> {
    /// Returns what no outing is made of: a clock that tells nothing, speeds that nobody
    /// reaches, nobody who moves.
    fn oddities(&self) -> Vec<Notice> {
        let q = self.quality;
        let mut notices: Vec<Notice> = self.too_fast().into_iter().collect();
        let mut count =
            |kind, count, detail| notices.push(Notice { kind, count, detail });
        if let Some(why) = q.untimed {
            count(NoticeKind::BadTime, 1, without_times(why).to_owned());
        }
        if q.hasty_m > TOLD_SHARE * q.recorded_m {
            let words = format!(
                "legs of less than 100 m that nobody covers so fast, {:.0} m in all, scored as they stand",
                q.hasty_m
            );
            count(NoticeKind::TooFast, q.hasty_legs as u64, words);
        }
        if self.distance_m <= 0.0 {
            let stayed = match self.moving_s {
                Some(_) => format!("{:.0} s", q.elapsed_s),
                None => format!("{} points", q.samples),
            };
            let words = format!("nothing moved: {stayed} in one place");
            count(NoticeKind::Still, 1, words);
        }
        notices
    }

    /// Returns whether nobody keeps this speed on average.
    fn too_fast(&self) -> Option<Notice> {
        let (fastest, goes) = if self.sport.on_foot() {
            (FASTEST_ON_FOOT_M_PER_S, "runs")
        } else {
            (FASTEST_RIDING_M_PER_S, "rides")
        };
        let mean_m_per_s = self.distance_m / self.moving_s.filter(|s| *s > 0.0)?;
        (mean_m_per_s > fastest).then(|| Notice {
            kind: NoticeKind::TooFast,
            count: 1,
            detail: format!(
                "{mean_m_per_s:.0} m/s on average, and nobody {goes} so fast: a vehicle, or another sport"
            ),
        })
    }
}

/// Returns everything that is told of a recording.
#[allow(clippy::too_many_lines, reason = "one notice after another")]
pub(super) fn of(scored: &Scored<'_>) -> Vec<Notice> {
    let Scored { quality: q, limited_m, .. } = *scored;
    let timed = scored.moving_s.is_some();
    let metres = |metres: f64| metres > TOLD_SHARE * q.recorded_m;
    let seconds = |seconds: f64| timed && seconds > TOLD_SHARE * q.elapsed_s;
    let mut notices = scored.oddities();
    notices.extend(scored.meter.notices(q));
    if scored.lifted_climbs > 0 {
        notices.push(Notice {
            kind: NoticeKind::TooFast,
            count: scored.lifted_climbs as u64,
            detail: format!(
                "a climb of more than {LIFTED_M_PER_H:.0} m an hour without a power meter: a lift or a motor? scored as if ridden"
            ),
        });
    }
    let mut count = |kind, count, detail| notices.push(Notice { kind, count, detail });
    if metres(q.cut_m) || seconds(q.cut_s) {
        count(
            NoticeKind::Gap,
            1,
            format!(
                "gaps and jumps that nobody knows the way of are cut out: {:.0} m, {:.0} s",
                q.cut_m, q.cut_s
            ),
        );
    }
    if seconds(q.paused_untold_s) {
        let paused_s = q.paused_untold_s;
        count(
            NoticeKind::Pause,
            1,
            format!("{paused_s:.0} s without a point are taken as pauses"),
        );
    }
    if metres(q.not_scored_m) {
        count(
            NoticeKind::NotScored,
            1,
            format!(
                "{:.0} m have no height that can be trusted, not scored",
                q.not_scored_m
            ),
        );
    }
    if metres(q.carried_m) || seconds(q.carried_s) {
        // a day in a bike park is a dozen lifts
        let lifts = if scored.sport.on_foot() { 1 } else { q.carried_stretches };
        let detail = format!(
            "a lift or vehicle is left out: {:.0} m, {:.0} s",
            q.carried_m, q.carried_s
        );
        count(NoticeKind::Carried, lifts as u64, detail);
    }
    // who walks on from a cable car is usual, and slower than a lift
    if !scored.sport.on_foot() && q.beside_lifts_m >= LEAST_BESIDE_M {
        let detail = format!(
            "{:.0} m up right before or behind a lift or vehicle are scored: without a heart \
             rate nobody can tell who climbed them",
            q.beside_lifts_m
        );
        count(NoticeKind::Carried, 1, detail);
    }
    if q.height_step_m > 0.0 {
        count(
            NoticeKind::Coarse,
            1,
            format!("heights come in steps of {:.0} m, smoothed", q.height_step_m),
        );
    }
    if q.position_step_m > 0.0 {
        count(
            NoticeKind::Coarse,
            1,
            format!("positions are rounded to {:.0} m, smoothed", q.position_step_m),
        );
    }
    if metres(limited_m) {
        count(
            NoticeKind::BadValue,
            1,
            format!(
                "steps beyond what legs can do on {limited_m:.0} m, brought down to that"
            ),
        );
    }
    let dropped = [
        (q.cadences_dropped, "cadences that no legs have, zeros in motion among them"),
        (q.heart_rates_dropped, "heart rates that no heart has, zeros among them"),
        (q.stance_times_dropped, "contact times that no step has"),
    ];
    for (samples, what) in dropped {
        if samples as f64 > DROPPED_SHARE * q.samples as f64 {
            count(
                NoticeKind::BadValue,
                samples as u64,
                format!("{what}, taken as missing"),
            );
        }
    }
    if q.sparse_m > SPARSE_SHARE * q.recorded_m {
        count(
            NoticeKind::Sparse,
            q.sparse_legs as u64,
            format!(
                "legs of more than half a minute or 200 m, {:.0} m in all: hills between two points are not seen",
                q.sparse_m
            ),
        );
    }
    notices
}
