//! What a score leaves out or rests on that the recording does not hold: counted, and a reason
//! for `--strict` to refuse.

use crate::load::unseen::SPARSE_SHARE;
use crate::profile::Quality;
use crate::read::{Notice, NoticeKind};

/// What is left out of metres or seconds is told from this share on. Ours: less hardly shows in
/// figures of three digits.
pub(crate) const TOLD_SHARE: f64 = 0.01;

/// Sensor values that are dropped are told from this share of the samples on: a few per cent of
/// zeros are usual. Ours.
pub(crate) const DROPPED_SHARE: f64 = 0.2;

/// Everything that is told of a recording.
pub(super) fn of(quality: &Quality, timed: bool, limited_m: f64) -> Vec<Notice> {
    let q = quality;
    let metres = |metres: f64| metres > TOLD_SHARE * q.recorded_m;
    let seconds = |seconds: f64| timed && seconds > TOLD_SHARE * q.elapsed_s;
    let mut notices = Vec::new();
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
    if q.times_disbelieved {
        note(
            NoticeKind::BadTime,
            "times more than half an hour apart are no outing's: read as a course"
                .to_owned(),
        );
    }
    if metres(limited_m) {
        note(
            NoticeKind::BadValue,
            format!(
                "pushes beyond what legs can do on {limited_m:.0} m, brought down to that"
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
