//! A plan of a ride for people: its load and what is needed, the weeks, the course beside one's
//! own, and how long its climbs take.

use std::fmt::Write as _;

use crate::error::visible;
use crate::history::session::HillRecord;
use crate::history::spike::LEAST_SESSIONS;
use crate::plan::ascent::{ASSUMED_RANGE, ASSUMED_W_PER_KG, LONG_S};
use crate::plan::{ClimbTime, ClimbingPower, LoadBasis, OwnHill};
use crate::write::columns::{Columns, figures, words};
use crate::write::plan::text::{NAME_CHARS, Page};
use crate::write::prose::{SMALL_PRINT, cut, headline, say};
use crate::write::units::percent;

/// Climbs that are listed, the largest.
const LISTED: usize = 8;
/// A climb with fewer metres is not worth a line (our choice).
const LEAST_RISE_M: f64 = 30.0;
/// Below this a course asks for no climbing that is worth a plan (our choice).
const LEAST_LOAD: f64 = 5.0;

impl Page<'_> {
    /// Returns the whole page of a ride.
    pub(super) fn of_a_ride(&self, own: Option<&str>) -> String {
        let mut out = String::new();
        self.heading(&mut out, "ride");
        self.asked_of_a_ride(&mut out);
        self.standing_of_a_rider(&mut out);
        self.reached(&mut out);
        self.time(&mut out);
        if self.p.course.concentric_load >= LEAST_LOAD {
            self.weeks(&mut out);
        }
        self.against(&mut out);
        self.climbs(&mut out);
        out.push('\n');
        self.largest_climb(&mut out, own);
        self.besides_of_a_ride(&mut out);
        let _ = write!(out, "\n{SMALL_PRINT}");
        out
    }

    fn asked_of_a_ride(&self, out: &mut String) {
        let c = &self.p.course;
        let (low, high) = c.concentric_load_range;
        let basis = match c.load_basis {
            LoadBasis::Recorded => "by the times of the file".to_owned(),
            LoadBasis::OwnRides(rides) => {
                format!("as {rides} of your rides load a metre")
            }
            // on foot its speeds are one's own, riding never
            LoadBasis::Assumed | LoadBasis::OwnSpeeds => {
                let (low, high) = ASSUMED_RANGE;
                format!("at an assumed {low:.1}–{high:.1} W/kg")
            }
        };
        let words =
            format!("uphill load (concentric), range {low:.0}–{high:.0}, {basis}");
        headline(out, &format!("{:.0}", c.concentric_load), &words);
    }

    fn standing_of_a_rider(&self, out: &mut String) {
        let (p, c, u) = (self.p, &self.p.course, self.u);
        let metres = if c.concentric_load >= LEAST_LOAD {
            let metres = u.up(p.target / c.concentric_load * c.gain_m);
            let round = (metres / 10.0).round() * 10.0;
            format!(", about {round:.0} {} of climbing", u.height())
        } else {
            ": hardly any climbing".to_owned()
        };
        let words = format!(
            "your largest riding day of six weeks; needed {:.0}{metres}",
            p.target
        );
        headline(out, &format!("{:.0}", p.standing.largest), &words);
    }

    /// The largest climbs in the order of the road, and all together.
    fn climbs(&self, out: &mut String) {
        let Some((power, times)) = &self.p.ascent else { return };
        let mut listed: Vec<&ClimbTime> = times
            .climbs
            .iter()
            .filter(|climb| climb.hill.rise_m >= LEAST_RISE_M)
            .collect();
        if listed.is_empty() {
            return;
        }
        listed.sort_by(|a, b| b.hill.rise_m.total_cmp(&a.hill.rise_m));
        listed.truncate(LISTED);
        listed.sort_by(|a, b| a.hill.from_m.total_cmp(&b.hill.from_m));
        let u = self.u;
        let mut table = Columns::new(vec![
            words("climb"),
            figures("length", u.far()),
            figures("up", u.height()),
            figures("mean", "grade"),
            figures("expected", "time"),
            figures("", "range"),
            figures("", if u.height() == "m" { "m/h" } else { "ft/h" }),
        ]);
        for climb in &listed {
            let (hill, (fast, slow)) = (&climb.hill, climb.range_s);
            table.row(vec![
                format!("at {} {:.1}", u.far(), u.along(hill.from_m)),
                format!("{:.1}", u.along(hill.length_m)),
                format!("{:.0}", u.up(hill.rise_m).round()),
                percent(hill.mean_grade),
                minutes(climb.time_s),
                format!("{}–{}", minutes(fast), minutes(slow)),
                format!("{:.0}", (u.up(climb.vertical_m_per_h()) / 10.0).round() * 10.0),
            ]);
        }
        if times.climbs.len() > 1 {
            let sum =
                |of: fn(&ClimbTime) -> f64| times.climbs.iter().map(of).sum::<f64>();
            table.row(vec![
                format!("all {}", times.climbs.len()),
                format!("{:.1}", u.along(sum(|c| c.hill.length_m))),
                format!("{:.0}", u.up(sum(|c| c.hill.rise_m)).round()),
                String::new(),
                minutes(times.time_s),
                format!("{}–{}", minutes(times.range_s.0), minutes(times.range_s.1)),
                String::new(),
            ]);
        }
        out.push('\n');
        table.print(out);
        say(out, &basis(power));
    }

    fn climb(&self, hill: &HillRecord) -> String {
        let u = self.u;
        format!(
            "{} over {:.1} {} at {}",
            u.rise(hill.rise_m),
            u.along(hill.length_m),
            u.far(),
            percent(hill.mean_grade)
        )
    }

    fn largest_climb(&self, out: &mut String, name: Option<&str>) {
        let u = self.u;
        let Some((hill, own)) = &self.p.hardest else {
            say(out, "No climb that is long enough to count as one.");
            return;
        };
        let mut words = format!(
            "Largest climb: at {} {:.1}, {}.",
            u.far(),
            u.along(hill.from_m),
            self.climb(hill)
        );
        match own {
            Some(OwnHill { hill, .. }) => {
                let _ = write!(words, " Your nearest: {}", self.climb(hill));
                if let Some(name) = name {
                    let _ = write!(words, " ({})", cut(&visible(name), NAME_CHARS));
                }
                words.push('.');
            }
            None => words.push_str(" You have none like it."),
        }
        if let Some(km) = &self.p.course.steepest_km {
            let _ = write!(
                words,
                " Steepest kilometre: {} from {} {:.1}.",
                percent(km.grade),
                u.far(),
                u.along(km.from_m)
            );
        }
        say(out, &words);
    }

    fn besides_of_a_ride(&self, out: &mut String) {
        let p = self.p;
        if p.baseline < LEAST_SESSIONS {
            let count = match p.baseline {
                0 => "No ride".to_owned(),
                1 => "Only one ride".to_owned(),
                n => format!("Only {n} rides"),
            };
            let words = format!(
                "{count} in your last 30 days: the weeks grow from what six weeks hold, {:.0}.",
                p.standing.largest
            );
            say(out, &words);
        }
        if !p.course.timed && p.course.steepest_km.is_some() {
            say(
                out,
                "No timestamps: the steepest kilometre is held against your steepest five \
                 minutes up, and intensity is not known.",
            );
        }
        say(
            out,
            "Descents of a ride have no eccentric load in this model: the legs freewheel.",
        );
    }
}

/// Returns what the times rest on, in a sentence.
fn basis(power: &ClimbingPower) -> String {
    let steady = "steady and without stops; wind, heat, a group and the metres before are not \
                  in it";
    if power.is_assumed() {
        let (low, high) = ASSUMED_RANGE;
        return format!(
            "Times: no climbs of your own to go by, so {:.1} W/kg are assumed, from {low:.1} to \
             {high:.1}; {steady}.",
            ASSUMED_W_PER_KG.value
        );
    }
    let rides = match power.rides {
        1 => "one ride".to_owned(),
        n => format!("{n} rides"),
    };
    format!(
        "Times: at the power of your climbs of {:.0} min and more on {rides} of {} days, \
         carried to these grades; {steady}.",
        LONG_S / 60.0,
        power.days
    )
}

/// Returns hours and minutes.
fn minutes(seconds: f64) -> String {
    let whole = (seconds / 60.0).round();
    if whole >= 60.0 {
        format!("{:.0} h {:02.0}", (whole / 60.0).floor(), whole % 60.0)
    } else {
        format!("{whole:.0} min")
    }
}
