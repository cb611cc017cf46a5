//! What a score leaves out or rests on that the recording does not hold: counted, and a reason
//! for `--strict` to refuse.

use crate::load::undersampling::SPARSE_SHARE;
use crate::profile::{Quality, Untimed};
use crate::read::{Notice, NoticeKind};
use crate::sport::Sport;

/// What is left out of metres or seconds is told from this share on. Ours: less hardly shows in
/// figures of three digits.
pub(crate) const TOLD_SHARE: f64 = 0.01;

/// Sensor values that are dropped are told from this share of the samples on: a few per cent of
/// zeros are usual. Ours.
pub(crate) const DROPPED_SHARE: f64 = 0.2;

/// Why a recording with times is scored without.
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
}

impl Scored<'_> {
    /// What no outing is made of: a clock that tells nothing, speeds that nobody reaches, nobody
    /// who moves.
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

    /// Whether nobody keeps this speed on average.
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

/// Everything that is told of a recording.
#[allow(clippy::too_many_lines, reason = "one notice after another")]
pub(super) fn of(scored: &Scored<'_>) -> Vec<Notice> {
    let Scored { quality: q, limited_m, .. } = *scored;
    let timed = scored.moving_s.is_some();
    let metres = |metres: f64| metres > TOLD_SHARE * q.recorded_m;
    let seconds = |seconds: f64| timed && seconds > TOLD_SHARE * q.elapsed_s;
    let mut notices = scored.oddities();
    let mut count = |kind, count, detail| notices.push(Notice { kind, count, detail });
    let mut note = |kind, detail| count(kind, 1, detail);
    if metres(q.cut_m) || seconds(q.cut_s) {
        note(
            NoticeKind::Gap,
            format!(
                "gaps and jumps that nobody knows the way of are cut out: {:.0} m, {:.0} s",
                q.cut_m, q.cut_s
            ),
        );
    }
    if seconds(q.paused_untold_s) {
        let paused_s = q.paused_untold_s;
        note(
            NoticeKind::Pause,
            format!("{paused_s:.0} s without a point are taken as pauses"),
        );
    }
    if metres(q.not_scored_m) {
        note(
            NoticeKind::NotScored,
            format!(
                "{:.0} m have no height that can be trusted, not scored",
                q.not_scored_m
            ),
        );
    }
    if metres(q.carried_m) || seconds(q.carried_s) {
        note(
            NoticeKind::Carried,
            format!(
                "a lift or vehicle is left out: {:.0} m, {:.0} s",
                q.carried_m, q.carried_s
            ),
        );
    }
    if q.height_step_m > 0.0 {
        note(
            NoticeKind::Coarse,
            format!("heights come in steps of {:.0} m, smoothed", q.height_step_m),
        );
    }
    if q.position_step_m > 0.0 {
        note(
            NoticeKind::Coarse,
            format!("positions are rounded to {:.0} m, smoothed", q.position_step_m),
        );
    }
    if metres(limited_m) {
        note(
            NoticeKind::BadValue,
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
