//! What the legs are used to, what the last session did, and a sensible next step: a line
//! each, the figure first.

use std::fmt::Write as _;

use crate::history::next::Reason;
use crate::history::{Next, Session, age, ramp};
use crate::load::leg_load::LEAST_VOLUME_M;
use crate::load::model;
use crate::plan::WeekAims;
use crate::write::aims;
use crate::write::history::text::{NAME_CHARS, Page};
use crate::write::prose::{about_down, cut, short, usual_intensity};

/// A figure and what it is.
pub(super) struct Line {
    pub(super) figure: String,
    pub(super) words: String,
}

pub(super) fn line(load: f64, words: String) -> Line {
    Line { figure: format!("{load:.0}"), words }
}

impl Page<'_> {
    /// Returns the lines that there are, in the order in which they are asked.
    pub(super) fn headline(&self) -> Vec<Line> {
        if !self.leads_on_foot() {
            let ride = self.hills_of(self.next_hills.ride.as_ref(), "climb");
            let lines = [self.usual_riding(), self.last_ride(), self.next_ride(), ride];
            return lines.into_iter().flatten().collect();
        }
        let (riding, climb) = if self.rides_lately() {
            let climb = self.hills_of(self.next_hills.ride.as_ref(), "climb of a ride");
            (self.next_ride(), climb)
        } else {
            (None, None)
        };
        let hills = self.hills_of(self.next_hills.foot.as_ref(), "hills");
        let lines = [
            self.usual(self.shows(false)),
            self.last(),
            self.next(),
            hills,
            riding,
            climb,
        ];
        lines.into_iter().flatten().collect()
    }

    /// Returns the hardest hills that go with a next step.
    fn hills_of(&self, aims: Option<&WeekAims>, called: &str) -> Option<Line> {
        let hills = aims::sentence(aims?, self.view.units);
        Some(Line {
            figure: String::new(),
            words: format!("hardest {called} that week: {hills}"),
        })
    }

    fn usual(&self, ride: bool) -> Option<Line> {
        let baseline = self.h.baseline()?;
        let week = if self.h.building_on(self.h.on) {
            format!("a week, from {:.0} of 6 weeks", baseline.weeks.floor())
        } else {
            "a week".to_owned()
        };
        let (uphill, riding) = (baseline.concentric_load, baseline.ride_concentric_load);
        let uphill = if ride {
            format!("uphill (concentric) {uphill:.0}, rides {riding:.0}")
        } else {
            format!("uphill load (concentric) {uphill:.0}")
        };
        let words = format!("usual downhill load (eccentric) {week}; {uphill}");
        Some(line(baseline.eccentric_load, words))
    }

    /// Returns the last session on foot, or the last ride.
    pub(super) fn last_session(&self, foot: bool) -> Option<usize> {
        self.h.sessions.iter().rposition(|s| s.sport.on_foot() == foot)
    }

    /// Returns what a session is called.
    pub(super) fn called(session: &Session) -> String {
        let name = session.name.as_deref().unwrap_or(session.sport.name());
        format!("{}, {}", cut(name, NAME_CHARS), short(session.day))
    }

    fn last(&self) -> Option<Line> {
        let session = &self.h.sessions[self.last_session(true)?];
        let called = Page::called(session);
        let mut words = format!("downhill load of {called}");
        let day = self.h.days.iter().rev().find(|day| day.date == session.day);
        if let Some(day) = day.filter(|day| day.foot.eccentric_load >= 1.0) {
            let (new, all) = (day.new_load, day.foot.eccentric_load);
            if (all - session.eccentric_load).abs() >= 0.5 {
                let _ = write!(words, "; {all:.0} that day");
            }
            let _ = write!(words, "; {new:.0} new for your legs");
        }
        Some(line(session.eccentric_load, words))
    }

    fn next(&self) -> Option<Line> {
        let u = self.view.units;
        Some(match self.h.next()? {
            Next::Building { until } => Line {
                figure: "–".to_owned(),
                words: format!(
                    "no next step yet: six weeks must be known first, until {}",
                    short(until)
                ),
            },
            Next::Rest { until, then_up_to } => line(
                0.0,
                format!(
                    "downhill until {} (legs probably not recovered), then up to \
                     {then_up_to:.0}",
                    short(until)
                ),
            ),
            Next::FirstDescents(step) => {
                let intensity = if self.largest_downhill() < 1.0 {
                    usual_intensity(step.gait)
                } else {
                    self.intensity_of(step.gait)
                };
                line(
                    step.load,
                    format!(
                        "for this week's downhill day: step {} of {}, {}, {}",
                        step.number,
                        step.of,
                        step.gait.name(),
                        about_down(step.load, intensity, u)
                    ),
                )
            }
            Next::EasierWeek { load, because } => {
                let why = match because {
                    Reason::MuchAtOnce(times) => {
                        format!("the last 7 days were {times:.1} usual weeks")
                    }
                    Reason::ThreeAbove => "three weeks were above the usual".to_owned(),
                };
                line(load, format!("in all for an easier week, as {why}"))
            }
            Next::Grow { up_to, after, .. } => {
                let from =
                    after.map_or(String::new(), |day| format!(" from {}", short(day)));
                let metres = about_down(up_to, self.own_intensity(), u);
                line(up_to, format!("is a sensible next downhill day{from}, {metres}"))
            }
        })
    }

    /// Returns the largest downhill day of six weeks.
    pub(super) fn largest_downhill(&self) -> f64 {
        let tomorrow = self.h.on.tomorrow().unwrap_or(self.h.on);
        ramp::largest_before(&self.h.days, tomorrow)
    }

    /// Returns how hard this person's steps down were in six weeks, or usual ones of a run.
    pub(super) fn own_intensity(&self) -> f64 {
        self.intensity_of(crate::history::Gait::Run)
    }

    /// Returns how hard this person's steps down were in six weeks, or usual ones of a gait.
    fn intensity_of(&self, gait: crate::history::Gait) -> f64 {
        let own = self.h.sessions.iter().rev().filter(|s| {
            s.sport.on_foot()
                && age(s.day, self.h.on) <= 42
                && s.descent_volume_m >= LEAST_VOLUME_M
        });
        let (volume_m, loads) = own.fold((0.0, 0.0), |(volume_m, loads), s| {
            (volume_m + s.descent_volume_m, loads + s.eccentric_load)
        });
        if volume_m > 0.0 {
            model::intensity(loads, volume_m)
        } else {
            usual_intensity(gait)
        }
    }
}
