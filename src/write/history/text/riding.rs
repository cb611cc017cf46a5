//! What a rider asks: the usual week, the last ride held against one's own, a sensible next
//! step. Rides are led by their uphill load: downhill the legs freewheel.

use std::fmt::Write as _;

use crate::history::against;
use crate::history::next::Reason;
use crate::history::spike::Dimension;
use crate::history::{Against, Discipline, Next, Session, age};
use crate::write::columns::{Columns, figures, words};
use crate::write::history::text::details::in_a_sentence;
use crate::write::history::text::headline::{Line, line};
use crate::write::history::text::{Page, RECENT_DAYS};
use crate::write::plan::text::figure;
use crate::write::prose::{against_ratio, short};
use crate::write::units::percent;

impl Page<'_> {
    /// Returns the usual week: load, climbing and distance.
    pub(super) fn usual_riding(&self) -> Option<Line> {
        let (baseline, u) = (self.h.baseline()?, self.view.units);
        let week = if self.h.building_on(self.h.on) {
            format!("a week, from {:.0} of 6 weeks", baseline.weeks.floor())
        } else {
            "a week".to_owned()
        };
        let words = format!(
            "usual uphill load (concentric) {week}: {} of climbing, {:.0} {}",
            u.metres(baseline.ride_gain_m),
            u.along(baseline.ride_distance_m),
            u.far()
        );
        Some(line(baseline.ride_concentric_load, words))
    }

    /// Returns the last ride.
    pub(super) fn last_ride(&self) -> Option<Line> {
        let (session, u) = (self.last_of(Discipline::Ride)?, self.view.units);
        let words = format!(
            "uphill load of {}: {} of climbing, {:.1} {}",
            Page::called(session),
            u.metres(session.gain_m),
            u.along(session.distance_m),
            u.far()
        );
        Some(line(session.concentric_load, words))
    }

    /// Returns a sensible next ride.
    pub(super) fn next_ride(&self) -> Option<Line> {
        Some(match self.h.next_ride()? {
            Next::Building { until } => Line {
                figure: "–".to_owned(),
                words: format!(
                    "no next ride yet: six weeks of rides must be known first, until {}",
                    short(until)
                ),
            },
            Next::EasierWeek { load, because } => {
                let why = match because {
                    Reason::MuchAtOnce(times) => {
                        format!("the last 7 days were {times:.1} usual weeks")
                    }
                    Reason::ThreeAbove => "three weeks were above the usual".to_owned(),
                };
                line(load, format!("in all for an easier week of riding, as {why}"))
            }
            Next::Grow { up_to, after, .. } => {
                let from =
                    after.map_or(String::new(), |day| format!(" from {}", short(day)));
                let climbing = self.climbing_of(up_to);
                line(up_to, format!("uphill load for a next big ride{from}{climbing}"))
            }
            // of descents on foot only
            Next::Rest { .. } | Next::FirstDescents(_) => return None,
        })
    }

    /// Returns whether rides are of these weeks.
    pub(super) fn rides_lately(&self) -> bool {
        let last = self.last_of(Discipline::Ride);
        self.shows(false) && last.is_some_and(|s| age(s.day, self.h.on) <= RECENT_DAYS)
    }

    /// About how much climbing a load is, as this person rides; nothing where that is unknown.
    fn climbing_of(&self, load: f64) -> String {
        let Some(load_per_m) = self.h.ride_load_per_m() else { return String::new() };
        let u = self.view.units;
        let metres = (u.up(load / load_per_m) / 10.0).round() * 10.0;
        format!(", about {metres:.0} {} of climbing", u.height())
    }

    /// The last ride's figures beside the largest of 30 and 90 days.
    pub(super) fn last_ride_against(&self, out: &mut String) {
        let (rows, u) = (self.h.last_against(Discipline::Ride), self.view.units);
        let verdict = self.last_session(false).map(|at| &self.h.comparisons[at]);
        let Some(verdict) = verdict.filter(|_| rows.iter().any(|row| row.sessions > 0))
        else {
            return;
        };
        let mut table = Columns::new(vec![
            words("last ride"),
            figures("this", "ride"),
            figures("your", "30 days"),
            figures("your", "90 days"),
        ]);
        for row in &rows {
            let known = |value: Option<f64>| {
                figure(row.more.dimension, value.filter(|value| *value > 0.0), u)
            };
            table.row(vec![
                row.more.dimension.name().to_owned(),
                figure(row.more.dimension, Some(row.more.value), u),
                known(Some(row.more.reference)),
                known(row.days_90),
            ]);
        }
        let spoken = !verdict.building
            && verdict.baseline >= crate::history::spike::LEAST_SESSIONS;
        let note = |row: &Against| {
            let ratio = row.more.ratio().filter(|_| spoken);
            match ratio {
                None if row.is_record() => "more than ever".to_owned(),
                None => String::new(),
                Some(ratio) if ratio <= 1.0 => "within it".to_owned(),
                Some(ratio) => {
                    let band = row.more.band().name();
                    let words = if row.is_record() { "more than ever" } else { band };
                    format!("{}, {words}", against_ratio(ratio))
                }
            }
        };
        table.beside("against 30 days", rows.iter().map(note).collect());
        out.push('\n');
        table.print(out);
    }

    /// Returns the last ride in a sentence or two.
    pub(super) fn last_ride_in_full(&self) -> Option<String> {
        let at = self.last_session(false)?;
        let (session, verdict) = (&self.h.sessions[at], &self.h.comparisons[at]);
        let mut words = format!(
            "Last ride: uphill load {:.0} (range {:.0}–{:.0}).",
            session.concentric_load,
            session.concentric_load_range.0,
            session.concentric_load_range.1
        );
        let _ = write!(words, " {}", in_a_sentence(verdict));
        let up = self.h.share_below(session, |s| Dimension::ConcentricLoad.of(s));
        if let Some(up) = up {
            let _ = write!(
                words,
                " Its uphill load is above {} of your rides of 90 days.",
                percent(up)
            );
        }
        let rows = self.h.last_against(Discipline::Ride);
        let records: Vec<&str> =
            against::records(&rows).into_iter().map(Dimension::name).collect();
        if !records.is_empty() {
            let rides = rows.iter().map(|row| row.sessions).max().unwrap_or(0);
            let _ = write!(
                words,
                " More than on any of {rides} rides before: {}.",
                records.join(", ")
            );
        }
        Some(words)
    }

    /// Returns what the next ride rests on.
    pub(super) fn why_next_ride(&self) -> Option<String> {
        match self.h.next_ride()? {
            Next::Grow { from, .. } if from < 1.0 => Some(
                "Next ride: hardly any climbing on a bicycle in six weeks, so it begins small."
                    .to_owned(),
            ),
            Next::Grow { from, .. } => Some(format!(
                "Next ride: your largest riding day of six weeks was {from:.0}. One such day a \
                 week, one thing at a time: distance, then steepness, then intensity."
            )),
            _ => None,
        }
    }

    /// Returns the last session of a discipline.
    fn last_of(&self, discipline: Discipline) -> Option<&Session> {
        let at = self.last_session(discipline.on_foot())?;
        self.h.sessions.get(at)
    }
}
