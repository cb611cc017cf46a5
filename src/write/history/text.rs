//! A history for people, within 80 columns.

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::history::next::Because;
use crate::history::progress::{Dimension, LEAST_SESSIONS};
use crate::history::{Day, Gait, History, Next, Period, Session, Stretch, Verdict, age};
use crate::write::history::View;
use crate::write::prose::{
    against_ratio, braked, change, cut, say, short, stood_out, usual_severity,
};
use crate::write::strip::sparkline;
use crate::write::units::{clock, percent, times};

/// Stretches shown where nothing is said.
const SHOWN: usize = 8;
/// Weeks of the sparklines.
const SPARK_WEEKS: usize = 52;
/// Biggest sessions.
const BIGGEST: usize = 5;
/// Characters of a name.
const NAME_CHARS: usize = 20;

/// What is said wherever legs are warned.
pub const CAUTION: &str = "\
Not medical advice. Soreness that peaks after 1-2 days and is gone in 4 is to be
expected after new descents; sharp, one-sided or joint pain, or pain that
changes your step, is not: stop and see someone. Dark urine, swelling or
weakness after a huge descent is an emergency. The studies are mostly of young
men on treadmills: over 60, pregnant, after injury or illness, start at half.
";

/// What `explain history` says before the constants.
pub const RULES: &str = "\
Each day's loads are summed by your own calendar, on foot and riding apart. What
is usual is the weekly mean of the last six weeks.

New for you: E is a day's eccentric load; E_j those of days 5 to 84 days before,
t_j days ago. p = 1/(1 + (t/56)^4), f_j = min(1, 8 E_j/E),
A = max(p f_j) min(cap, 1 - 0.4^(sum of f_j)), new = E (1 - A). The cap is 0.85,
and 0.60 where E is more than twice the largest E_j. 50 and more means rest:
4 days up to 100, 7 up to 300, 14 above. It is fitted to trials of the
repeated-bout effect in young men; it is a rule of ours, not a measurement.

Progression: a session against the largest of its kind in 30 days (where that is
more than twice the second: the second largest of 42; distance: always the
largest). Up to 1.10 usual, 1.30 a little more, 2.00 clearly more, then far more;
and by at least 2 km, load 10, severity 0.3, 3 grade points or 0.5 W/kg. In 5205
runners a session longer than 1.1 times the longest of 30 days went with more
injuries (hazard ratio 1.64 up to 1.3, 1.52 up to 2, 2.28 above; Frandsen 2025).
That is about distance and about groups; for loads, steepness and intensity the
bands are borrowed, and no figure of it is a person's.

What is not here. No probability of injury: nobody can compute one from this. No
acute-to-chronic ratio: it adds no prediction to its parts (Impellizzeri 2020)
and was inversely related to injury in those runners. Averages over 7 and 42
days stand in the JSON for those who know what they want with them.
";

/// The history as text that ends with a newline.
pub fn text(history: &History, view: &View) -> String {
    let page = Page { h: history, view };
    let mut out = String::new();
    if history.sessions.is_empty() {
        out.push_str("No sessions yet: hardlegs history FOLDER scores what is in it.\n");
        return out;
    }
    let (foot, ride) = (page.shows(true), page.shows(false));
    page.used_to(&mut out, foot, ride);
    if foot {
        page.last(&mut out);
        page.next(&mut out);
        page.table(&mut out, true);
        page.spark(&mut out);
    }
    if ride {
        page.table(&mut out, false);
    }
    page.changed(&mut out);
    page.biggest(&mut out, foot);
    if page.warned() {
        let _ = write!(out, "\n{CAUTION}");
    }
    out
}

/// What is usual, the last session, what next and what changed, a sentence or a few each.
#[cfg(feature = "page")]
pub(in crate::write) fn sentences(history: &History, view: &View) -> Vec<String> {
    let page = Page { h: history, view };
    let mut out = String::new();
    let (foot, ride) = (page.shows(true), page.shows(false));
    page.used_to(&mut out, foot, ride);
    if foot {
        page.last(&mut out);
        page.next(&mut out);
    }
    page.changed(&mut out);
    // lines that a sentence was wrapped into are indented
    let mut sentences: Vec<String> = Vec::new();
    for line in out.lines().filter(|line| !line.is_empty()) {
        match (line.strip_prefix("  "), sentences.last_mut()) {
            (Some(more), Some(last)) => {
                last.push(' ');
                last.push_str(more);
            }
            _ => sentences.push(line.to_owned()),
        }
    }
    sentences
}

/// A figure of a day.
type OfDay = fn(&Day) -> f64;

struct Page<'h> {
    h: &'h History,
    view: &'h View,
}

impl Page<'_> {
    fn shows(&self, on_foot: bool) -> bool {
        self.view.on_foot.is_none_or(|only| only == on_foot)
            && self.h.sessions.iter().any(|s| s.sport.on_foot() == on_foot)
    }

    fn used_to(&self, out: &mut String, foot: bool, ride: bool) {
        let Some(habit) = self.h.habit() else { return };
        let over = if self.h.building_on(self.h.on) {
            format!("building: {:.0} of 6 weeks so far", habit.weeks.floor())
        } else {
            "mean of the last six".to_owned()
        };
        if foot {
            say(
                out,
                &format!(
                    "A usual week on foot: brake load {:.0}, push load {:.0} ({over}).",
                    habit.eccentric_load, habit.concentric_load
                ),
            );
        }
        if ride {
            say(
                out,
                &format!(
                    "A usual week riding: push load {:.0} ({over}). A ride brakes nothing.",
                    habit.ride_concentric_load
                ),
            );
        }
    }

    /// The last session on foot with a load, and what it did.
    fn last(&self, out: &mut String) {
        let at = self.h.sessions.iter().rposition(|s| s.sport.on_foot());
        let Some((session, verdict)) =
            at.map(|at| (&self.h.sessions[at], &self.h.verdicts[at]))
        else {
            return;
        };
        let mut words = format!(
            "Last on foot: {} · {} · push {:.0}, brake {:.0} ({:.0}–{:.0}).",
            short(session.day),
            cut(session.name.as_deref().unwrap_or(session.sport.name()), NAME_CHARS),
            session.concentric_load,
            session.eccentric_load,
            session.eccentric_load_range.0,
            session.eccentric_load_range.1
        );
        let day = self.h.days.iter().rev().find(|day| day.date == session.day);
        if let Some(day) = day.filter(|day| day.foot.eccentric_load >= 1.0) {
            let _ = write!(
                words,
                " Of that day's brake load of {:.0}, {:.0} was new for these legs (our rule); \
                 three days: {:.0}.",
                day.foot.eccentric_load, day.new_load, day.three_day_load
            );
            if let Some(first) = day.first_descents {
                let _ = write!(
                    words,
                    " First descents: the largest day of the six weeks before was {:.0}.",
                    first.largest_before
                );
            }
        }
        let _ = write!(words, " {}", against(verdict));
        let brake = self.h.share_below(session, |s| Dimension::Brake.of(s));
        let push = self.h.share_below(session, |s| Dimension::Push.of(s));
        if let (Some(brake), Some(push)) = (brake, push) {
            let _ = write!(
                words,
                " Of your sessions of 90 days {} braked less and {} pushed less.",
                percent(brake),
                percent(push)
            );
        }
        say(out, &words);
    }

    fn next(&self, out: &mut String) {
        let Some(next) = self.h.next() else { return };
        let words = match next {
            Next::Building { until } => format!(
                "Next: the history is building until {}; what is usual is not known yet.",
                short(until)
            ),
            Next::Rest { until, then_up_to } => {
                let Some((rest, day)) = self.h.resting() else { return };
                format!(
                    "Recover: legs probably not recovered until {} ({} days after {}: {:.0} \
                     new for you). Level, uphill or nothing until then; afterwards a descent \
                     day of up to {}.",
                    short(until),
                    rest.days,
                    short(day.date),
                    day.new_load,
                    self.metres(then_up_to)
                )
            }
            Next::FirstDescents(step) => {
                const BREAK_DAYS: i32 = 14;
                let last = self.h.days.last().map_or(0, |day| age(day.date, self.h.on));
                let half = if last >= BREAK_DAYS {
                    format!(
                        " Nothing for {last} days: after injury or illness, half of it."
                    )
                } else {
                    String::new()
                };
                format!(
                    "Next: no descent worth the name in six weeks. Step {} of {} of a ramp, \
                     {}, one day this week: {}.{half}",
                    step.number,
                    step.of,
                    step.gait.name(),
                    self.metres_at(step.load, step.gait)
                )
            }
            Next::EasierWeek { load, because } => {
                let why = match because {
                    Because::MuchAtOnce(times) => {
                        format!("the last seven days braked {times:.1} usual weeks")
                    }
                    _ => "three weeks in a row above your usual".to_owned(),
                };
                format!("Next: {why}. An easier week: brake load about {load:.0} in all.")
            }
            Next::Grow { up_to, from, after } => {
                let when = match after {
                    Some(day) => format!("from {} on, ", short(day)),
                    None => String::new(),
                };
                format!(
                    "Next: {when}a longest descent day of up to {} is a step; your largest of \
                     six weeks was {from:.0}. One such day a week, one thing at a time: \
                     distance, then steepness, then intensity (the article's order; no trial \
                     tested it).",
                    self.metres(up_to)
                )
            }
        };
        say(out, &words);
    }

    /// A brake load, and about how many metres down that is for this person.
    fn metres(&self, load: f64) -> String {
        let own = self.h.sessions.iter().rev().filter(|s| {
            s.sport.on_foot() && age(s.day, self.h.on) <= 42 && s.descent_points >= 5.0
        });
        let (points, loads) = own.fold((0.0, 0.0), |(points, loads), s| {
            (points + s.descent_points, loads + s.eccentric_load)
        });
        let severity =
            if points > 0.0 { 2.0 * loads / points } else { usual_severity(Gait::Run) };
        braked(load, severity, self.view.units)
    }

    fn metres_at(&self, load: f64, gait: Gait) -> String {
        braked(load, usual_severity(gait), self.view.units)
    }

    fn stretches(&self) -> Vec<Stretch> {
        let mut all = self.h.by(self.view.by, self.view.since);
        if self.view.since.is_some() {
            return all;
        }
        // after a long silence the last that was done is shown, not the silence
        let silent = all.iter().rev().take_while(|s| s.sessions.is_empty()).count();
        if silent >= SHOWN {
            all.truncate(all.len() - silent);
        }
        let skip = all.len().saturating_sub(SHOWN);
        all.into_iter().skip(skip).collect()
    }

    fn table(&self, out: &mut String, foot: bool) {
        let u = self.view.units;
        let by = self.view.by;
        let (kind, down, brake) =
            if foot { ("on foot", "down", "brake") } else { ("riding", "", "") };
        let stretches = self.stretches();
        let sums = |s: &Stretch| if foot { s.foot } else { s.ride };
        if stretches.iter().all(|s| sums(s).sessions == 0) {
            let _ = writeln!(
                out,
                "\n Nothing {kind} in the {} {}s shown.",
                stretches.len(),
                by.name()
            );
            return;
        }
        let usual = if by == Period::Week { "usual" } else { "" };
        let _ = writeln!(
            out,
            "\n {:<11}{kind:<7}{:>7}{:>8}{down:>8}{:>6}{brake:>6}{usual:>6}  hardest day",
            match by {
                Period::Week => "week of",
                Period::Month => "month",
                Period::Year => "year",
            },
            u.far(),
            "up",
            "push"
        );
        for stretch in stretches {
            let sums = sums(&stretch);
            let name = match by {
                Period::Week => stretch.from.to_string(),
                Period::Month => stretch.from.strftime("%Y-%m").to_string(),
                Period::Year => stretch.from.strftime("%Y").to_string(),
            };
            let (down, brake) = if foot {
                (u.rise(-sums.loss_m), format!("{:.0}", sums.eccentric_load))
            } else {
                (String::new(), String::new())
            };
            let usual = match (by, stretch.usual) {
                (Period::Week, Some((brake, _))) if foot => format!("{brake:.0}"),
                (Period::Week, None) if foot => "–".to_owned(),
                _ => String::new(),
            };
            if sums.sessions == 0 {
                let line = format!(" {name:<11}0{usual:>47}");
                let _ = writeln!(out, "{}", line.trim_end());
                continue;
            }
            let line = format!(
                " {name:<11}{:<7}{:>7.1}{:>8}{down:>8}{:>6.0}{brake:>6}{usual:>6}  {}",
                sums.sessions,
                u.along(sums.distance_m),
                u.rise(sums.gain_m),
                sums.concentric_load,
                self.note(&stretch, foot)
            );
            let _ = writeln!(out, "{}", line.trim_end());
        }
    }

    /// What stood out in a stretch, in a few words.
    fn note(&self, stretch: &Stretch, foot: bool) -> String {
        let Some((date, words)) = stood_out(self.h, stretch, foot) else {
            return String::new();
        };
        // a day of a stretch, as short as it is clear
        let form = match self.view.by {
            Period::Week => "%a",
            Period::Month => "%-d",
            Period::Year => "%-d %b",
        };
        format!("{} {words}", date.strftime(form))
    }

    fn spark(&self, out: &mut String) {
        let weeks = self.h.by(Period::Week, None);
        if weeks.len() < 4 {
            return;
        }
        let last = &weeks[weeks.len().saturating_sub(SPARK_WEEKS)..];
        if last.iter().all(|week| week.sessions.is_empty()) {
            return;
        }
        out.push('\n');
        for (name, load) in [
            ("push", (|w| w.foot.concentric_load) as fn(&Stretch) -> f64),
            ("brake", |w| w.foot.eccentric_load),
        ] {
            let loads: Vec<f64> = last.iter().map(load).collect();
            let most = loads.iter().copied().fold(0.0, f64::max);
            let _ = writeln!(
                out,
                " {:>2} weeks {name:<6}{}  {most:.0}",
                last.len(),
                sparkline(&loads)
            );
        }
    }

    /// The last six weeks against the six before, and the slow mechanisms.
    fn changed(&self, out: &mut String) {
        const SIX_WEEKS: i32 = 42;
        let h = self.h;
        let past = h.past();
        let since = match past.days_since_hard_descent {
            Some(0) => "today".to_owned(),
            Some(1) => "yesterday".to_owned(),
            Some(days) => format!("{days} days ago"),
            None => "none on record".to_owned(),
        };
        let _ = writeln!(
            out,
            "\nHill weeks (two hill days): {} of the last 12. Last hard descent: {since}.",
            past.hill_weeks
        );
        let enough = h.begins().is_some_and(|first| age(first, h.on) >= 2 * SIX_WEEKS);
        if !enough {
            return;
        }
        let six = |from: i32, load: OfDay| {
            h.days
                .iter()
                .filter(|day| (from..from + SIX_WEEKS).contains(&age(day.date, h.on)))
                .map(load)
                .fold(0.0, |sum, load| sum + load)
        };
        let figures: [(&str, OfDay); 3] = [
            ("brake", |d| d.foot.eccentric_load),
            ("push", |d| d.foot.concentric_load + d.ride.concentric_load),
            ("hours", |d| (d.foot.moving_s + d.ride.moving_s) / 3600.0),
        ];
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
        if !words.is_empty() {
            let words = words.join(", ");
            say(out, &format!("Last six weeks against the six before: {words}."));
        }
    }

    fn biggest(&self, out: &mut String, foot: bool) {
        let u = self.view.units;
        let load = |s: &Session| if foot { s.eccentric_load } else { s.concentric_load };
        let severity =
            |s: &Session| if foot { s.eccentric_severity } else { s.concentric_severity };
        let from = self.view.since;
        let mut sessions: Vec<&Session> = self
            .h
            .sessions
            .iter()
            .filter(|s| s.sport.on_foot() == foot && load(s) >= 1.0)
            .filter(|s| from.is_none_or(|from| s.day >= from))
            .collect();
        if sessions.is_empty() {
            return;
        }
        sessions.sort_by(|a, b| load(b).total_cmp(&load(a)));
        let (what, way) = if foot { ("brake", "down") } else { ("push", "up") };
        let _ = writeln!(
            out,
            "\n {:<12}{:<NAME_CHARS$} {:<10}{what:>6}{:>6}{way:>8}{:>7}{:>9}",
            "biggest",
            "",
            "id",
            "each",
            u.far(),
            "time"
        );
        for s in sessions.into_iter().take(BIGGEST) {
            let rise = if foot { -s.loss_m } else { s.gain_m };
            let _ = writeln!(
                out,
                " {}  {:<NAME_CHARS$} {:<10}{:>6.0}{:>6}{:>8}{:>7.1}{:>9}",
                s.day,
                cut(s.name.as_deref().unwrap_or(s.sport.name()), NAME_CHARS),
                s.short_id(),
                load(s),
                times(severity(s)),
                u.rise(rise),
                u.along(s.distance_m),
                clock(Some(s.moving_s))
            );
        }
    }

    /// Whether anything on the page is a warning.
    fn warned(&self) -> bool {
        let lately = |day: Date| age(day, self.h.on) <= 7;
        let rests = self.h.resting().is_some();
        let flags = self
            .h
            .sessions
            .iter()
            .zip(&self.h.verdicts)
            .rev()
            .take_while(|(session, _)| lately(session.day))
            .any(|(_, verdict)| !verdict.more.is_empty());
        let first = matches!(self.h.next(), Some(Next::FirstDescents(_)));
        rests || flags || first
    }
}

/// A session against its last 30 days, in a sentence.
fn against(verdict: &Verdict) -> String {
    if verdict.building {
        return "Against your last 30 days: the history is too young to say.".to_owned();
    }
    if verdict.baseline < LEAST_SESSIONS {
        return format!(
            "Against your last 30 days: {} sessions in them, too few to say.",
            verdict.baseline
        );
    }
    match verdict.spoken() {
        [] => "Against your last 30 days: as usual.".to_owned(),
        spoken => {
            let words: Vec<String> = spoken.iter().map(change).collect();
            let both =
                if verdict.two_at_once() { " Two at once: one at a time." } else { "" };
            format!("Against your last 30 days: {}.{both}", words.join("; "))
        }
    }
}
