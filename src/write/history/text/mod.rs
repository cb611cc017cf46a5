//! A history for people, within 80 columns: what was asked in three lines, the table, what
//! explains it, and the small print once.

mod details;
mod headline;
mod largest;
mod riding;
mod weeks;

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::history::{History, Next, Period, PeriodSummary, age};
use crate::plan::NextHills;
use crate::write::history::View;
use crate::write::prose::{self, SMALL_PRINT, say};
use crate::write::strip::sparkline;

/// Weeks of the sparklines.
const SPARK_WEEKS: usize = 52;
/// Characters of a name.
const NAME_CHARS: usize = 20;
/// A discipline of the last six weeks is one of these weeks.
const RECENT_DAYS: i32 = 42;
/// Who was not on foot for a year is a rider: our choice, one round of the seasons.
const ON_FOOT_DAYS: i32 = 365;

/// Returns the history as text that ends with a newline, with the hills of a next week.
pub fn text(history: &History, next_hills: &NextHills, view: &View) -> String {
    with_changes(history, next_hills, view, "")
}

/// Returns the same, with lines of what changed before the small print.
pub fn with_changes(
    history: &History,
    next_hills: &NextHills,
    view: &View,
    changes: &str,
) -> String {
    let page = Page { h: history, next_hills, view };
    let mut out = String::new();
    if history.sessions.is_empty() {
        out.push_str("No sessions yet: hardlegs history FOLDER scores what is in it.\n");
        return out;
    }
    for line in page.headline() {
        prose::headline(&mut out, &line.figure, &line.words);
    }
    page.table(&mut out);
    page.spark(&mut out);
    if !page.leads_on_foot() {
        page.last_ride_against(&mut out);
    }
    out.push('\n');
    for sentence in page.details() {
        say(&mut out, &sentence);
    }
    page.largest(&mut out);
    if !changes.is_empty() {
        out.push('\n');
        out.push_str(changes);
    }
    out.push('\n');
    out.push_str(if page.warned() {
        SMALL_PRINT
    } else {
        "Not medical advice. More: hardlegs help safety\n"
    });
    out
}

/// What is usual, the last session, what next and what changed, a sentence or a few each.
#[cfg(feature = "page")]
pub(in crate::write) fn sentences(
    history: &History,
    next_hills: &NextHills,
    view: &View,
) -> Vec<String> {
    let page = Page { h: history, next_hills, view };
    let lines = page.headline().into_iter();
    let lines = lines.map(|line| format!("{} {}", line.figure, line.words));
    lines.chain(page.details()).collect()
}

/// A figure of a week.
type OfWeek = fn(&PeriodSummary) -> f64;

struct Page<'h> {
    h: &'h History,
    next_hills: &'h NextHills,
    view: &'h View,
}

impl Page<'_> {
    fn shows(&self, on_foot: bool) -> bool {
        self.view.on_foot.is_none_or(|only| only == on_foot)
            && self.h.sessions.iter().any(|s| s.sport.on_foot() == on_foot)
    }

    /// Returns whether the page is led by what was done on foot: where something was within a
    /// year of the last session.
    fn leads_on_foot(&self) -> bool {
        let last = self.h.sessions.last().map_or(self.h.on, |session| session.day);
        let on_foot = self.h.sessions.iter().rfind(|s| s.sport.on_foot());
        let lately = on_foot.is_some_and(|s| age(s.day, last) <= ON_FOOT_DAYS);
        self.shows(true) && (lately || !self.shows(false))
    }

    fn spark(&self, out: &mut String) {
        let weeks = self.h.by(Period::Week, None);
        if weeks.len() < 4 {
            return;
        }
        let last = &weeks[weeks.len().saturating_sub(SPARK_WEEKS)..];
        let on_foot: [(&str, OfWeek); 2] = [
            ("up load", |w| w.foot.concentric_load),
            ("down load", |w| w.foot.eccentric_load),
        ];
        let riding: [(&str, OfWeek); 2] =
            [("up load", |w| w.ride.concentric_load), ("climbing", |w| w.ride.gain_m)];
        let foot = self.leads_on_foot();
        let shown = if foot { on_foot } else { riding };
        let sums = |week: &PeriodSummary| {
            if foot { week.foot.sessions } else { week.ride.sessions }
        };
        if last.iter().all(|week| sums(week) == 0) {
            return;
        }
        out.push('\n');
        for (name, load) in shown {
            let loads: Vec<f64> = last.iter().map(load).collect();
            let most = loads.iter().copied().fold(0.0, f64::max);
            let _ = writeln!(
                out,
                " {:>2} weeks {name:<10}{}  {most:.0}",
                last.len(),
                sparkline(&loads)
            );
        }
    }

    /// Returns whether anything on the page is a warning.
    fn warned(&self) -> bool {
        let lately = |day: Date| age(day, self.h.on) <= 7;
        let rests = self.h.resting().is_some();
        let flags = self
            .h
            .sessions
            .iter()
            .zip(&self.h.comparisons)
            .rev()
            .take_while(|(session, _)| lately(session.day))
            .any(|(_, verdict)| !verdict.more.is_empty());
        let first = matches!(self.h.next(), Some(Next::FirstDescents(_)));
        rests || flags || first
    }
}
