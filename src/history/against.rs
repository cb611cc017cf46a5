//! One session held against the last 30 and 90 days, and against everything before it.

use crate::evidence::Parameter;
use crate::history::discipline::Discipline;
use crate::history::spike::{self, Dimension, Increase};
use crate::history::{History, Session, age};

/// So much of the largest before is a record: less is within what two devices tell apart.
pub const RECORD: Parameter = Parameter::chosen(
    "history.record",
    1.02,
    "of the largest before",
    "1.01 to 1.05",
    "two devices on one outing differ by 1 to 2 % in distance",
);
/// Days of the longer look back.
const DAYS: i32 = 90;
/// Sessions before it from which a record is one (our choice, as for a share of sessions).
const LEAST_SESSIONS: usize = 10;

pub(super) const PARAMETERS: [Parameter; 1] = [RECORD];

/// A figure of a session beside one's own.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Against {
    /// The figure, and what the last 30 days hold of it ([`spike::reference`]).
    pub more: Increase,
    /// Largest of the 90 days before.
    pub days_90: Option<f64>,
    /// Largest of all sessions before.
    pub before: Option<f64>,
    /// Sessions before that have the figure.
    pub sessions: usize,
}

impl Against {
    /// Returns whether it is more than ever.
    pub fn is_record(&self) -> bool {
        self.sessions >= LEAST_SESSIONS
            && self.before.is_some_and(|before| self.more.value > RECORD.value * before)
    }
}

impl History {
    /// Returns every figure of the last session of a discipline beside one's own; none without
    /// a session.
    pub fn last_against(&self, discipline: Discipline) -> Vec<Against> {
        let on_foot = discipline.on_foot();
        let last = self.sessions.iter().rposition(|s| s.sport.on_foot() == on_foot);
        let Some((session, before)) =
            last.and_then(|at| Some((self.sessions.get(at)?, self.sessions.get(..at)?)))
        else {
            return Vec::new();
        };
        let of = |s: &&Session| s.sport.on_foot() == on_foot;
        let earlier = spike::earlier(before, on_foot, session.day);
        let row = |more: Increase| {
            let figure = |s: &Session| more.dimension.of(s);
            let all = || before.iter().filter(of).filter_map(figure);
            let lately = before
                .iter()
                .filter(of)
                .filter(|s| age(s.day, session.day) <= DAYS)
                .filter_map(figure);
            Against {
                more,
                days_90: lately.reduce(f64::max),
                before: all().reduce(f64::max),
                sessions: all().count(),
            }
        };
        spike::compared(session, &earlier).into_iter().map(row).collect()
    }
}

/// Returns what of a comparison is more than ever.
pub fn records(rows: &[Against]) -> Vec<Dimension> {
    rows.iter().filter(|row| row.is_record()).map(|row| row.more.dimension).collect()
}
