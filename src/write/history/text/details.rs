//! What explains the headline: the last session held against those before it, why the next
//! step is what it is, and what changed.

use std::fmt::Write as _;

use crate::history::spike::{Dimension, LEAST_SESSIONS};
use crate::history::{Comparison, Day, Next, Session, age};
use crate::write::history::text::Page;
use crate::write::prose::{about_down, against_ratio, change, short};
use crate::write::units::percent;

/// A figure of a day.
type OfDay = fn(&Day) -> f64;

impl Page<'_> {
    /// Returns a sentence or a few each.
    pub(super) fn details(&self) -> Vec<String> {
        let own = if self.leads_on_foot() {
            let riding = self.rides_lately().then(|| self.last_ride_in_full());
            [self.last_in_full(), self.why_next(), riding.flatten()]
        } else {
            [self.last_ride_in_full(), self.why_next_ride(), None]
        };
        let all = own.into_iter().chain([Some(self.hills()), self.six_weeks()]);
        all.flatten().collect()
    }

    /// Returns the last session on foot: its loads, its day, and what was more than before.
    fn last_in_full(&self) -> Option<String> {
        let at = self.last_session(true)?;
        let (session, verdict) = (&self.h.sessions[at], &self.h.comparisons[at]);
        let mut words = format!(
            "Last on foot: uphill load {:.0}, downhill load {:.0} (range {:.0}–{:.0}).",
            session.concentric_load,
            session.eccentric_load,
            session.eccentric_load_range.0,
            session.eccentric_load_range.1
        );
        let day = self.h.days.iter().rev().find(|day| day.date == session.day);
        if let Some(day) = day.filter(|day| day.foot.eccentric_load >= 1.0) {
            if day.three_day_load - day.foot.eccentric_load >= 1.0 {
                let _ = write!(
                    words,
                    " Downhill load of three days: {:.0}.",
                    day.three_day_load
                );
            }
            if let Some(first) = day.first_descents {
                let _ = write!(
                    words,
                    " These were first descents: the largest day of the six weeks before \
                     was {:.0}.",
                    first.largest_before
                );
            }
        }
        let _ = write!(words, " {}{}", in_a_sentence(verdict), self.rank(session));
        Some(words)
    }

    /// Returns where a session stands among one's own.
    fn rank(&self, session: &Session) -> String {
        let down = self.h.share_below(session, |s| Dimension::EccentricLoad.of(s));
        let up = self.h.share_below(session, |s| Dimension::ConcentricLoad.of(s));
        match (down, up) {
            (Some(down), Some(up)) => format!(
                " Its downhill load is above {} of your sessions of 90 days, its uphill load \
                 above {}.",
                percent(down),
                percent(up)
            ),
            _ => String::new(),
        }
    }

    /// Returns what the next step rests on.
    fn why_next(&self) -> Option<String> {
        Some(match self.h.next()? {
            Next::Rest { then_up_to, .. } => {
                let (rest, day) = self.h.resting()?;
                format!(
                    "Recovery: {} days after {}, as {:.0} was new for your legs. Level, uphill \
                     or nothing until then; afterwards up to {then_up_to:.0}, {}.",
                    rest.days,
                    short(day.date),
                    day.new_load,
                    about_down(then_up_to, self.own_intensity(), self.view.units)
                )
            }
            Next::FirstDescents(_) => {
                const BREAK_DAYS: i32 = 14;
                let last = self.h.days.last().map_or(0, |day| age(day.date, self.h.on));
                let half = if last >= BREAK_DAYS {
                    format!(
                        " Nothing for {last} days: after injury or illness, half of it."
                    )
                } else {
                    String::new()
                };
                let largest = self.largest_downhill();
                let known = if largest < 1.0 {
                    "hardly any downhill in six weeks".to_owned()
                } else {
                    let metres =
                        about_down(largest, self.own_intensity(), self.view.units);
                    format!(
                        "your largest downhill day of six weeks was {largest:.0}, {metres}"
                    )
                };
                format!(
                    "Next step: {known}, so it is built up in steps, one such day a week.{half}"
                )
            }
            Next::Grow { from, .. } => format!(
                "Next step: your largest day of six weeks was {from:.0}. One such day a week, \
                 one thing at a time: distance, then steepness, then intensity."
            ),
            Next::Building { .. } | Next::EasierWeek { .. } => return None,
        })
    }

    fn hills(&self) -> String {
        let past = self.h.recent();
        let hill_weeks =
            format!("Weeks with two hill days: {} of the last 12.", past.hill_weeks);
        if !self.leads_on_foot() {
            return hill_weeks;
        }
        let since = match past.days_since_hard_descent {
            Some(0) => "today".to_owned(),
            Some(1) => "yesterday".to_owned(),
            Some(days) => format!("{days} days ago"),
            None => "none on record".to_owned(),
        };
        format!("{hill_weeks} Last hard descent: {since}.")
    }

    /// Returns the last six weeks against the six before.
    fn six_weeks(&self) -> Option<String> {
        const SIX_WEEKS: i32 = 42;
        let h = self.h;
        if h.begins().is_none_or(|first| age(first, h.on) < 2 * SIX_WEEKS) {
            return None;
        }
        let six = |from: i32, load: OfDay| {
            h.days
                .iter()
                .filter(|day| (from..from + SIX_WEEKS).contains(&age(day.date, h.on)))
                .map(load)
                .fold(0.0, |sum, load| sum + load)
        };
        let on_foot: [(&str, OfDay); 3] = [
            ("downhill load", |d| d.foot.eccentric_load),
            ("uphill load", |d| d.foot.concentric_load + d.ride.concentric_load),
            ("hours", |d| (d.foot.moving_s + d.ride.moving_s) / 3600.0),
        ];
        let riding: [(&str, OfDay); 3] = [
            ("uphill load", |d| d.ride.concentric_load),
            ("metres of climbing", |d| d.ride.gain_m),
            ("hours", |d| d.ride.moving_s / 3600.0),
        ];
        let figures = if self.leads_on_foot() { on_foot } else { riding };
        let words: Vec<String> = figures
            .into_iter()
            .filter_map(|(name, figure)| {
                let (now, then) = (six(0, figure), six(SIX_WEEKS, figure));
                let change = if then >= 1.0 {
                    format!("{now:.0} ({})", against_ratio(now / then))
                } else if now >= 1.0 {
                    format!("{now:.0} (from nothing)")
                } else {
                    return None;
                };
                Some(format!("{name} {change}"))
            })
            .collect();
        let words = (!words.is_empty()).then(|| words.join(", "))?;
        Some(format!("Last six weeks against the six before: {words}."))
    }
}

/// Returns a session against its last 30 days, in a sentence.
pub(super) fn in_a_sentence(verdict: &Comparison) -> String {
    if verdict.building {
        return "Against your last 30 days: the history is too young to say.".to_owned();
    }
    if verdict.baseline < LEAST_SESSIONS {
        let sessions = match verdict.baseline {
            0 => "nothing to compare with".to_owned(),
            1 => "only one session, too few to say".to_owned(),
            n => format!("only {n} sessions, too few to say"),
        };
        return format!("Against your last 30 days: {sessions}.");
    }
    match verdict.reported()[..] {
        [] => "Against your last 30 days: as usual.".to_owned(),
        ref spoken => {
            let words: Vec<String> = spoken.iter().map(|more| change(more)).collect();
            let both = if verdict.two_at_once() {
                " Two at once: raise one at a time."
            } else {
                ""
            };
            format!("Against your last 30 days: {}.{both}", words.join("; "))
        }
    }
}
