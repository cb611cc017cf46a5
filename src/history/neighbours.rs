//! Sessions near each other in distance and time: the few that could be one outing, whatever
//! a history holds.

use std::collections::HashMap;
use std::ops::Range;

use crate::history::session::Session;

/// Later sessions of one shelf that a session is held against: our choice. Nobody's devices
/// make as many recordings of like length in a day and a night; who feeds a history more of
/// them must not make every later run pay for each pair.
pub(super) const MOST: usize = 64;

/// Below this no distances are told apart, m.
const LEAST_M: f64 = 1e-3;

/// Sessions in order of time on shelves of like distance. Two whose distances differ by no
/// more than asked stand on one shelf, or on two side by side.
pub(super) struct Neighbours<'s> {
    sessions: &'s [Session],
    shelves: HashMap<(bool, i64), Vec<usize>>,
    width: f64,
}

impl<'s> Neighbours<'s> {
    /// Of sessions in order of time, whose distances may differ by so large a share of the
    /// larger.
    pub(super) fn of(sessions: &'s [Session], share: f64) -> Neighbours<'s> {
        // a hair wider than need be: no rounding puts what is alike two shelves apart
        let width = -(1.0 - share).ln() * 1.001;
        let mut all = Neighbours { sessions, shelves: HashMap::new(), width };
        for (at, session) in sessions.iter().enumerate() {
            if let Some(key) = all.key(session) {
                all.shelves.entry(key).or_default().push(at);
            }
        }
        all
    }

    /// Returns the shelf of a session; `None` of one that went no way anybody goes.
    fn key(&self, session: &Session) -> Option<(bool, i64)> {
        #[expect(clippy::cast_possible_truncation, reason = "some thousands at most")]
        let shelf = |m: f64| (m.max(LEAST_M).ln() / self.width).floor() as i64;
        (session.distance_m >= 0.0)
            .then(|| (session.sport.on_foot(), shelf(session.distance_m)))
    }

    /// Returns what on a shelf comes after a session and begins within so many seconds: the
    /// part that is looked at, and the rest.
    fn after(
        &self,
        shelf: &[usize],
        at: usize,
        reach_s: i64,
    ) -> (Range<usize>, Range<usize>) {
        let begins = |at: usize| self.sessions[at].start.as_second();
        let last = begins(at).saturating_add(reach_s);
        let first = shelf.partition_point(|other| *other <= at);
        let end = shelf.partition_point(|other| begins(*other) <= last).max(first);
        let cut = end.min(first + MOST);
        (first..cut, cut..end)
    }

    /// Returns the shelves where a session's like may stand.
    fn around(&self, at: usize) -> impl Iterator<Item = &Vec<usize>> {
        let key = self.key(&self.sessions[at]);
        let beside = |(foot, shelf): (bool, i64)| [-1, 0, 1].map(|by| (foot, shelf + by));
        key.into_iter().flat_map(beside).filter_map(|key| self.shelves.get(&key))
    }

    /// Later sessions that could be of the same outing and begin within so many seconds, in
    /// order: the nearest [`MOST`] of each shelf.
    pub(super) fn later(&self, at: usize, reach_s: i64) -> Vec<usize> {
        let mut later = Vec::new();
        for shelf in self.around(at) {
            let (looked_at, _) = self.after(shelf, at, reach_s);
            later.extend_from_slice(&shelf[looked_at]);
        }
        later.sort_unstable();
        later
    }

    /// Returns how many sessions have more neighbours than are looked at, and not all of these
    /// in the outing that they were put into.
    pub(super) fn uncompared(
        &self,
        outing: &[usize],
        reach_s: impl Fn(&Session) -> i64,
    ) -> usize {
        // where the run of one outing that a place of a shelf stands in ends
        let ends = |shelf: &Vec<usize>| {
            let mut ends = Vec::with_capacity(shelf.len());
            for run in shelf.chunk_by(|a, b| outing[*a] == outing[*b]) {
                ends.resize(ends.len() + run.len(), ends.len() + run.len());
            }
            ends
        };
        let crowded = self.shelves.iter().filter(|(_, shelf)| shelf.len() > MOST);
        let ends: HashMap<(bool, i64), Vec<usize>> =
            crowded.map(|(key, shelf)| (*key, ends(shelf))).collect();
        let uncompared = |at: &usize| {
            let session = &self.sessions[*at];
            let Some((foot, own)) = self.key(session) else { return false };
            [-1, 0, 1].map(|by| (foot, own + by)).into_iter().any(|key| {
                let Some(ends) = ends.get(&key) else { return false };
                let shelf = &self.shelves[&key];
                let (_, rest) = self.after(shelf, *at, reach_s(session));
                !rest.is_empty()
                    && (outing[shelf[rest.start]] != outing[*at]
                        || ends[rest.start] < rest.end)
            })
        };
        if ends.is_empty() {
            0
        } else {
            (0..self.sessions.len()).filter(uncompared).count()
        }
    }
}
