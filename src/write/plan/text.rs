//! A plan for people, within 80 columns.

use std::fmt::Write as _;

use crate::error::visible;
use crate::history::progress::Dimension;
use crate::history::session::HillOf;
use crate::plan::{Against, Own, Plan, Purpose, Week};
use crate::write::Units;
use crate::write::history::text::CAUTION;
use crate::write::prose::{against_ratio, braked, cut, say, short, usual_severity};
use crate::write::units::{percent, times};

/// Characters of a name.
const NAME_CHARS: usize = 40;

/// The plan as text that ends with a newline; `own` is what the nearest own descent is
/// called.
pub fn text(plan: &Plan, own: Option<&str>, units: Units) -> String {
    let page = Page { p: plan, u: units };
    let mut out = String::new();
    page.heading(&mut out);
    page.against(&mut out);
    page.hardest(&mut out, own);
    page.verdict(&mut out);
    page.weeks(&mut out);
    let _ = write!(out, "\n{CAUTION}");
    out
}

/// A figure of a dimension with its unit; a dash where there is none.
pub(in crate::write) fn figure(
    dimension: Dimension,
    value: Option<f64>,
    u: Units,
) -> String {
    let Some(value) = value else { return "–".to_owned() };
    match dimension {
        Dimension::Distance => format!("{:.1} {}", u.along(value), u.far()),
        Dimension::Push | Dimension::Brake => format!("{value:.0}"),
        Dimension::Severity => times(Some(value)),
        Dimension::Steepness => percent(value),
        Dimension::BestMinute => format!("{value:.1} W/kg"),
    }
}

struct Page<'p> {
    p: &'p Plan,
    u: Units,
}

impl Page<'_> {
    fn heading(&self, out: &mut String) {
        let (c, u) = (&self.p.course, self.u);
        let name = c.name.as_deref().map_or_else(String::new, |name| {
            format!("{} · ", cut(&visible(name), NAME_CHARS))
        });
        say(
            out,
            &format!(
                "{name}{} · {:.1} {} · {} {}",
                c.gait.name(),
                u.along(c.distance_m),
                u.far(),
                u.rise(c.gain_m),
                u.rise(-c.loss_m)
            ),
        );
        let speeds = if c.timed {
            "as it was recorded"
        } else {
            "no timestamps: speeds are assumed, and with them severity and load"
        };
        say(
            out,
            &format!(
                "It asks for brake load {:.0} ({:.0}–{:.0}) and push load {:.0}; {speeds}.",
                c.eccentric_load,
                c.eccentric_load_range.0,
                c.eccentric_load_range.1,
                c.concentric_load
            ),
        );
    }

    fn against(&self, out: &mut String) {
        let _ = writeln!(
            out,
            "\n {:<13}{:>10}{:>14}{:>12}   against your 30 days",
            "", "course", "your 30 days", "12 months"
        );
        for row in &self.p.against {
            let words = self.words(row);
            let line = format!(
                " {:<13}{:>10}{:>14}{:>12}   {words}",
                row.more.dimension.name(),
                figure(row.more.dimension, Some(row.more.value), self.u),
                figure(
                    row.more.dimension,
                    Some(row.more.reference).filter(|v| *v > 0.0),
                    self.u
                ),
                figure(row.more.dimension, row.year, self.u)
            );
            let _ = writeln!(out, "{}", line.trim_end());
        }
    }

    fn words(&self, row: &Against) -> String {
        if self.p.baseline == 0 {
            return String::new();
        }
        match row.more.ratio() {
            Some(ratio) if ratio <= 1.0 => "within it".to_owned(),
            Some(ratio) => {
                format!("{}, {}", against_ratio(ratio), row.more.band().name())
            }
            None => "new for you".to_owned(),
        }
    }

    fn hill(&self, hill: &HillOf) -> String {
        let u = self.u;
        format!(
            "{} over {:.1} {} at {}, each step {}",
            u.rise(hill.rise_m),
            u.along(hill.length_m),
            u.far(),
            percent(hill.mean_grade),
            times(hill.severity)
        )
    }

    fn hardest(&self, out: &mut String, name: Option<&str>) {
        let Some((hill, own)) = &self.p.hardest else { return };
        let from = self.u.along(hill.from_m);
        let mut words = format!(
            "\nHardest descent: at {} {from:.1}, {}.",
            self.u.far(),
            self.hill(hill)
        );
        match own {
            Some(Own { hill, .. }) => {
                let _ = write!(words, " Your nearest: {}", self.hill(hill));
                if let Some(name) = name {
                    let _ = write!(words, " ({})", cut(&visible(name), NAME_CHARS));
                }
                words.push('.');
            }
            None => words.push_str(" You have none like it."),
        }
        out.push('\n');
        say(out, words.trim_start());
    }

    fn verdict(&self, out: &mut String) {
        let p = self.p;
        let mut words = String::new();
        if p.baseline < crate::history::progress::LEAST_SESSIONS {
            let count = match p.baseline {
                0 => "No session".to_owned(),
                1 => "Only one session".to_owned(),
                n => format!("Only {n} sessions"),
            };
            let _ = write!(
                words,
                "{count} on foot in your last 30 days: too little to grow from, so the \
                 first-descents ramp. "
            );
        }
        let _ = write!(
            words,
            "The course needs a descent day of {}; your largest of six weeks is {:.0}. ",
            self.braked(p.target),
            p.standing.largest
        );
        let day = p.day.strftime("%a %-d %b %Y");
        if p.asked && p.day <= p.standing.today {
            let _ = write!(words, "{day} is over.");
        } else if p.is_there() {
            let _ =
                write!(words, "You stand there already: keep it until two weeks before.");
        } else if p.is_enough() {
            if p.asked {
                let _ = write!(words, "There is time enough until {day}.");
            } else {
                let _ = write!(words, "Not before {day}; --on DATE plans for a day.");
            }
        } else {
            let _ = write!(
                words,
                "Until {day} the weeks reach {:.0} of {:.0}, and no steeper ramp is sensible. \
                 What remains: walk the first descents, use poles, start slower.",
                p.reached, p.target
            );
        }
        if p.course.eccentric_load > 400.0 {
            words.push_str(
                " In place of the largest days: 300 over three days back to back.",
            );
        }
        say(out, &words);
    }

    /// A brake load in metres of the course's own steps, or usual ones.
    fn braked(&self, load: f64) -> String {
        let course = &self.p.course;
        let severity = course.eccentric_severity.unwrap_or(usual_severity(course.gait));
        braked(load, severity, self.u)
    }

    fn weeks(&self, out: &mut String) {
        let p = self.p;
        if p.asked && p.day <= p.standing.today {
            return;
        }
        let _ = writeln!(out, "\n week of     longest descent day");
        let first = p.weeks.first().map(|week| week.from);
        let soon =
            crate::history::period::week_begin(p.standing.today, p.standing.week_starts);
        if let Some(first) = first
            && crate::history::age(soon, first) > 7
        {
            let _ = writeln!(
                out,
                " until then  as usual; begin in the week of {}",
                short(first)
            );
        }
        for week in &p.weeks {
            let load = match week.purpose {
                Purpose::Recover => "none".to_owned(),
                Purpose::Taper => format!("under {:.0}", week.load),
                _ => format!("{:.0}", week.load),
            };
            let line =
                format!(" {:<12}{load:<11}{}", week.from.to_string(), self.note(week));
            let _ = writeln!(out, "{}", line.trim_end());
        }
    }

    fn note(&self, week: &Week) -> String {
        let p = self.p;
        match week.purpose {
            Purpose::Recover => "recover: level, uphill or nothing".to_owned(),
            Purpose::Ramp => {
                let gentle = p.standing.gait == crate::history::Gait::Run
                    && p.weeks.iter().take(2).any(|first| first.from == week.from);
                let below = if gentle { ", steps below 2x" } else { "" };
                format!("one such day{below}; again if sore over 72 h")
            }
            Purpose::Build => "longer, not harder".to_owned(),
            Purpose::Severity => {
                let severity = times(p.course.eccentric_severity);
                format!("not longer: in steps as hard as the course's, {severity}")
            }
            Purpose::Keep => "as much again".to_owned(),
            Purpose::Easier => "an easier week".to_owned(),
            Purpose::LastBig => {
                use jiff::ToSpan as _;
                let about = p.day.saturating_sub(14.days());
                let usual = if p.is_there() { "; usual is enough" } else { "" };
                format!("the last big descent, about {}{usual}", short(about))
            }
            Purpose::Taper => {
                "easy; nothing of half the largest in the last 9 days".to_owned()
            }
            Purpose::Course => format!("the course, {}", short(p.day)),
        }
    }
}
