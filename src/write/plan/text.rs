//! A plan for people, within 80 columns.

use std::fmt::Write as _;

use crate::error::visible;
use crate::history::Discipline;
use crate::history::session::HillRecord;
use crate::history::spike::Dimension;
use crate::plan::weeks::GENTLE_WEEKS;
use crate::plan::{
    Comparison, LoadBasis, OwnHill, Plan, Purpose, Raised, Week, WeekAims,
};
use crate::write::Units;
use crate::write::aims;
use crate::write::curve::text::{course_time, largest_parts, splits};
use crate::write::prose::{
    SMALL_PRINT, about_down, against_ratio, cut, headline, say, short, usual_intensity,
};
use crate::write::units::{percent, times};

/// Characters of a name.
pub(super) const NAME_CHARS: usize = 40;

/// Returns the plan as text that ends with a newline; `own` is what the nearest own descent is
/// called.
pub fn text(plan: &Plan, own: Option<&str>, units: Units) -> String {
    let page = Page { p: plan, u: units };
    let mut out = String::new();
    if plan.course.discipline == Discipline::Ride {
        return page.of_a_ride(own);
    }
    page.heading(&mut out, plan.course.gait.name());
    page.asked(&mut out);
    page.standing(&mut out);
    page.reached(&mut out);
    page.time(&mut out);
    page.weeks(&mut out);
    page.against(&mut out);
    out.push('\n');
    page.hardest(&mut out, own);
    page.times(&mut out);
    page.besides(&mut out);
    let _ = write!(out, "\n{SMALL_PRINT}");
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
        Dimension::Climbing | Dimension::LargestClimb => u.metres(value),
        Dimension::ConcentricLoad | Dimension::EccentricLoad => format!("{value:.0}"),
        Dimension::Intensity => times(Some(value)),
        Dimension::Steepness => percent(value),
        Dimension::BestMinute => format!("{value:.1} W/kg"),
    }
}

pub(super) struct Page<'p> {
    pub(super) p: &'p Plan,
    pub(super) u: Units,
}

impl Page<'_> {
    pub(super) fn heading(&self, out: &mut String, how: &str) {
        let (c, u) = (&self.p.course, self.u);
        let name = c.name.as_deref().map_or_else(String::new, |name| {
            format!("{} · ", cut(&visible(name), NAME_CHARS))
        });
        say(
            out,
            &format!(
                "{name}{how} · {:.1} {} · {} {}",
                u.along(c.distance_m),
                u.far(),
                u.rise(c.gain_m),
                u.rise(-c.loss_m)
            ),
        );
    }

    /// What the course asks for.
    fn asked(&self, out: &mut String) {
        let c = &self.p.course;
        let words = format!(
            "downhill load (eccentric), range {:.0}–{:.0}; uphill load (concentric) {:.0}",
            c.eccentric_load_range.0, c.eccentric_load_range.1, c.concentric_load
        );
        headline(out, &format!("{:.0}", c.eccentric_load), &words);
    }

    /// What the legs know, and what they need.
    fn standing(&self, out: &mut String) {
        let (p, course) = (self.p, &self.p.course);
        let intensity =
            course.eccentric_intensity.unwrap_or(usual_intensity(course.gait));
        let words = format!(
            "your largest downhill day of six weeks; needed {:.0}, {}",
            p.target,
            about_down(p.target, intensity, self.u)
        );
        headline(out, &format!("{:.0}", p.standing.largest), &words);
    }

    /// What the weeks lead to, and when.
    pub(super) fn reached(&self, out: &mut String) {
        let p = self.p;
        let day = p.day.strftime("%a %-d %b %Y");
        let over = p.asked && p.day <= p.standing.today;
        let figure = if over { "–".to_owned() } else { format!("{:.0}", p.reached) };
        let words = if over {
            format!("{day} is over")
        } else if p.is_there() {
            "is within what you do already: keep it up until two weeks before".to_owned()
        } else if p.is_enough() && p.asked {
            format!("is reached in time for {day}")
        } else if p.is_enough() {
            format!("is reached by {day} at the earliest; --on DATE plans for a day")
        } else if p.course.discipline == Discipline::Ride {
            format!(
                "of {:.0} is reached by {day}; no steeper growth is sensible: start slower, \
                 and choose low gears",
                p.target
            )
        } else {
            format!(
                "of {:.0} is reached by {day}; no steeper ramp is sensible: walk the \
                 first descents, use poles, start slower",
                p.target
            )
        };
        headline(out, &figure, &words);
    }

    pub(super) fn against(&self, out: &mut String) {
        let _ = writeln!(
            out,
            "\n {:<14}{:>9}{:>14}{:>12}   against your 30 days",
            "", "course", "your 30 days", "12 months"
        );
        for row in &self.p.against {
            let words = self.words(row);
            let line = format!(
                " {:<14}{:>9}{:>14}{:>12}   {words}",
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

    fn words(&self, row: &Comparison) -> String {
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

    fn hill(&self, hill: &HillRecord) -> String {
        let u = self.u;
        format!(
            "{} over {:.1} {} at {}, {} per step",
            u.rise(hill.rise_m),
            u.along(hill.length_m),
            u.far(),
            percent(hill.mean_grade),
            times(hill.intensity)
        )
    }

    fn hardest(&self, out: &mut String, name: Option<&str>) {
        let Some((hill, own)) = &self.p.hardest else { return };
        let from = self.u.along(hill.from_m);
        let mut words = format!(
            "Hardest descent: at {} {from:.1}, {}.",
            self.u.far(),
            self.hill(hill)
        );
        match own {
            Some(OwnHill { hill, .. }) => {
                let _ = write!(words, " Your nearest: {}", self.hill(hill));
                if let Some(name) = name {
                    let _ = write!(words, " ({})", cut(&visible(name), NAME_CHARS));
                }
                words.push('.');
            }
            None => words.push_str(" You have none like it."),
        }
        say(out, &words);
    }

    /// What else bears on the plan.
    fn besides(&self, out: &mut String) {
        let p = self.p;
        if p.baseline < crate::history::spike::LEAST_SESSIONS {
            let count = match p.baseline {
                0 => "No session".to_owned(),
                1 => "Only one session".to_owned(),
                n => format!("Only {n} sessions"),
            };
            let words = format!(
                "{count} on foot in your last 30 days: too little to grow from, so the weeks \
                 begin with first descents."
            );
            say(out, &words);
        }
        if p.course.eccentric_load > 400.0 {
            say(out, "In place of the largest days: 300 over three days back to back.");
        }
        if !p.course.timed {
            let speeds = match p.course.load_basis {
                LoadBasis::OwnSpeeds => "your own by grade",
                _ => "assumed",
            };
            say(
                out,
                &format!(
                    "No timestamps: speeds are {speeds}, and with them intensity and load."
                ),
            );
        }
    }

    /// How long the course takes.
    pub(super) fn time(&self, out: &mut String) {
        if let Some((time, curve)) = &self.p.time {
            out.push_str(&course_time(time, curve));
        }
    }

    /// How long its largest hills take, and when their ends and its places are reached.
    pub(super) fn times(&self, out: &mut String) {
        if let Some((time, curve)) = &self.p.time {
            let parts = largest_parts(time, &self.p.course.parts, curve.sport, self.u);
            if !parts.is_empty() {
                let _ = writeln!(out, "\n{parts}");
            }
            let splits = splits(time, self.u);
            if !splits.is_empty() {
                let apart = if parts.is_empty() { "\n" } else { "" };
                let _ = writeln!(out, "{apart}{splits}");
            }
        }
    }

    pub(super) fn weeks(&self, out: &mut String) {
        let p = self.p;
        if p.asked && p.day <= p.standing.today {
            return;
        }
        let day =
            if p.course.discipline == Discipline::Ride { "riding" } else { "downhill" };
        let _ = writeln!(out, "\n week of     largest {day} day");
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
        let mut aims = p.aims.iter().copied();
        let mut weeks = p.weeks.iter().map(|week| (week, aims.next())).peekable();
        let mut told = String::new();
        while let Some((week, aims)) = weeks.next() {
            let load = match week.purpose {
                Purpose::Recover => "none".to_owned(),
                Purpose::Taper => format!("under {:.0}", week.load),
                _ => format!("{:.0}", week.load),
            };
            // weeks that ask for the same are told once
            let same = |(next, more): &(&Week, Option<WeekAims>)| {
                let alike = (next.load - week.load).abs() < 0.5 && *more == aims;
                next.purpose == week.purpose && alike
            };
            let mut repeated = 0;
            while weeks.next_if(same).is_some() {
                repeated += 1;
            }
            let mut note = self.note(week, aims.as_ref());
            if repeated > 0 {
                let _ = write!(note, "; {} weeks", repeated + 1);
            }
            let line = format!(" {:<12}{load:<11}{note}", week.from.to_string());
            let _ = writeln!(out, "{}", line.trim_end());
            let hills = aims.map_or_else(String::new, |aims| aims::hills(&aims, self.u));
            if !hills.is_empty() && hills != told && week.purpose != Purpose::Course {
                let _ = writeln!(out, "             {hills}");
                told = hills;
            }
        }
    }

    fn note(&self, week: &Week, aims: Option<&WeekAims>) -> String {
        let p = self.p;
        let raised = aims.and_then(|aims| match p.course.discipline {
            Discipline::Foot => aims.descent,
            Discipline::Ride => aims.climb,
        });
        let raised = raised.and_then(|aim| aim.raised);
        match week.purpose {
            Purpose::Build if raised == Some(Raised::Grade) => {
                "steeper, not longer".to_owned()
            }
            Purpose::Build if raised == Some(Raised::Intensity) => {
                "in harder steps, not longer or steeper".to_owned()
            }
            Purpose::Recover => "recover: level, uphill or nothing".to_owned(),
            Purpose::Ramp => {
                let gentle = p.standing.gait == crate::history::Gait::Run
                    && p.weeks
                        .iter()
                        .take(GENTLE_WEEKS)
                        .any(|first| first.from == week.from);
                let below = if gentle { ", steps below 2×" } else { "" };
                format!("one such day{below}; again if sore over 72 h")
            }
            Purpose::Build => "longer, not harder".to_owned(),
            Purpose::Intensity if p.course.discipline == Discipline::Ride => {
                "on grades as steep as the course's".to_owned()
            }
            Purpose::Intensity => {
                let intensity = times(p.course.eccentric_intensity);
                format!("not longer: in steps as hard as the course's, {intensity}")
            }
            Purpose::Keep => match raised {
                None => "as much again".to_owned(),
                Some(Raised::Height) => "as much again, on a longer hill".to_owned(),
                Some(Raised::Grade) => "as much again, on a steeper hill".to_owned(),
                Some(Raised::Intensity) => "as much again, in harder steps".to_owned(),
            },
            Purpose::Easier => "an easier week".to_owned(),
            Purpose::LastBig => {
                use jiff::ToSpan as _;
                let about = p.day.saturating_sub(14.days());
                let usual = if p.is_there() { "; usual is enough" } else { "" };
                let big = match p.course.discipline {
                    Discipline::Foot => "descent",
                    Discipline::Ride => "ride",
                };
                format!("the last big {big}, about {}{usual}", short(about))
            }
            Purpose::Taper => {
                "easy; nothing above half the largest in the last 9 days".to_owned()
            }
            Purpose::Course => format!("the course, {}", short(p.day)),
        }
    }
}
