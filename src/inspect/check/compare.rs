//! Two readings of one file, value by value.

use std::collections::HashMap;

use super::fit::FIRST_DATE_UNIX_S;
use super::pair::pairs;
use super::reason::{Reason, Reasons};
use super::{COLUMNS, Compared, Difference, NAMES, Ours, Point, Theirs, column};
use crate::read::{NoticeKind, Reading};

/// Places of a column that are named. Ours.
const NAMED: usize = 5;
/// What rounding makes of a FIT value, and of a time since 1970 in a double.
const ROUNDING: f64 = 1e-6;
const TIME_S: f64 = 2e-6;
/// Times so far from the rest date nothing, as in our reader.
const FAR_S: f64 = 6.0 * 3_600.0;

/// What came of it.
pub(super) struct Comparison {
    pub(super) paired: u64,
    pub(super) only_ours: u64,
    pub(super) only_theirs: u64,
    pub(super) columns: Vec<Compared>,
    pub(super) reasons: Reasons,
    /// What our times of an activity without a date are later than theirs.
    undated_s: HashMap<Option<usize>, f64>,
}

/// What the judging of a difference looks at.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
struct Judge {
    odd: [bool; COLUMNS],
    bad_time: bool,
    left_out: bool,
    damaged: bool,
    stopped: bool,
    is_fit: bool,
}

impl Comparison {
    pub(super) fn of(reading: &Reading, ours: &Ours, theirs: Theirs) -> Comparison {
        let Theirs { points, reasons, odd, by_place, stopped, .. } = theirs;
        let noticed = |kind| reading.notices.iter().any(|notice| notice.kind == kind);
        let judge = Judge {
            odd,
            bad_time: noticed(NoticeKind::BadTime),
            left_out: noticed(NoticeKind::Structure),
            damaged: noticed(NoticeKind::Damaged),
            stopped: stopped.is_some(),
            is_fit: !by_place,
        };
        let columns = NAMES.map(|name| Compared {
            name: name.to_owned(),
            agreed: 0,
            differed: 0,
            only_ours: 0,
            only_theirs: 0,
            explained: 0,
            first: Vec::new(),
        });
        let mut comparison = Comparison {
            paired: 0,
            only_ours: 0,
            only_theirs: 0,
            columns: columns.to_vec(),
            reasons,
            undated_s: HashMap::new(),
        };
        for (at, paired) in pairs(&ours.rows, &points, by_place).into_iter().enumerate() {
            match paired.and_then(|paired| points.get(paired)) {
                Some(their) => comparison.point(at, ours, their, &judge),
                None if judge.stopped => comparison.reasons.count(Reason::Stops, 1),
                None if judge.odd[column::TIME] => {
                    comparison.reasons.count(Reason::WireType, 1);
                }
                None => comparison.only_ours += 1,
            }
        }
        let left = (points.len() as u64).saturating_sub(comparison.paired);
        if judge.odd[column::TIME] {
            comparison.reasons.count(Reason::WireType, left);
        } else if judge.left_out {
            comparison.reasons.count(Reason::LeftOut, left);
        } else if judge.damaged {
            comparison.reasons.count(Reason::Damaged, left);
        } else {
            comparison.only_theirs = left;
        }
        comparison
    }

    fn point(&mut self, at: usize, ours: &Ours, their: &Point, judge: &Judge) {
        let (Some(our), Some(undated)) =
            (ours.rows.get(at), ours.undated.get(at).copied())
        else {
            return;
        };
        self.paired += 1;
        for (number, column) in self.columns.iter_mut().enumerate() {
            let (Some(ours), Some(theirs)) = (our.get(number), their.row.get(number))
            else {
                continue;
            };
            if ours.is_nan() && theirs.is_nan() {
                continue;
            }
            if judge.is_same(number, *ours, *theirs) {
                column.agreed += 1;
                continue;
            }
            let shifted = number == column::TIME
                && (undated.is_some() || judge.is_fit && *theirs < FIRST_DATE_UNIX_S)
                && (ours
                    - theirs
                    - *self.undated_s.entry(undated).or_insert(ours - theirs))
                .abs()
                    <= TIME_S;
            let reason = if shifted {
                Some(if judge.is_fit { Reason::SwitchedOn } else { Reason::BadTime })
            } else {
                judge.reason(number, *ours, their)
            };
            if let Some(reason) = reason {
                self.reasons.count(reason, 1);
                column.explained += 1;
                continue;
            }
            match (ours.is_nan(), theirs.is_nan()) {
                (true, _) => column.only_theirs += 1,
                (_, true) => column.only_ours += 1,
                _ => column.differed += 1,
            }
            if column.first.len() < NAMED {
                let told = |value: f64| value.is_finite().then_some(value);
                column.first.push(Difference {
                    point: at as u64,
                    ours: told(*ours),
                    theirs: told(*theirs),
                });
            }
        }
    }
}

impl Judge {
    fn is_same(&self, number: usize, ours: f64, theirs: f64) -> bool {
        let apart = (ours - theirs).abs();
        match number {
            column::TIME => apart <= TIME_S,
            // single precision is what is kept of a sensor
            column::HEART_RATE | column::CADENCE | column::POWER => {
                apart <= ROUNDING.max(theirs.abs() * f64::from(f32::EPSILON))
            }
            // a text is read to the last bit
            _ if !self.is_fit => apart == 0.0,
            // a tenth of a millimetre on the ground
            column::LATITUDE | column::LONGITUDE => apart <= 1e-9,
            _ => apart <= ROUNDING,
        }
    }

    fn reason(&self, number: usize, ours: f64, their: &Point) -> Option<Reason> {
        let theirs = *their.row.get(number)?;
        if self.odd.get(number) == Some(&true) {
            return Some(Reason::WireType);
        }
        match number {
            column::HEART_RATE | column::CADENCE | column::POWER => {
                let silent = theirs.is_nan() || theirs == 0.0;
                let fills = |value: &f64| self.is_same(number, ours, *value);
                (silent && their.developer.iter().any(fills))
                    .then_some(Reason::DeveloperFills)
            }
            // a time far from the rest is left out, or led between its neighbours
            column::TIME
                if self.bad_time && (ours.is_nan() || (ours - theirs).abs() > FAR_S) =>
            {
                Some(Reason::BadTime)
            }
            _ => None,
        }
    }
}
