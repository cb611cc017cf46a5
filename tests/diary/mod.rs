//! Sessions of people that never were: what each shows is known beforehand.

#![allow(dead_code, reason = "each test takes what it needs")]

use hardlegs::history::{History, Session};
use hardlegs::settings::Weekday;
use hardlegs::sport::Sport;
use jiff::ToSpan as _;
use jiff::civil::Date;

/// Somebody's sessions, as they are written down.
#[derive(Default)]
pub(crate) struct Diary {
    pub(crate) sessions: Vec<Session>,
}

/// A session before its day is known.
#[derive(Clone, Copy)]
pub(crate) struct Outing {
    pub(crate) name: &'static str,
    pub(crate) sport: Sport,
    pub(crate) km: f64,
    pub(crate) up_m: f64,
    pub(crate) down_m: f64,
    /// Work of a step down against an easy level one.
    pub(crate) severity: f64,
}

pub(crate) const fn run(
    name: &'static str,
    km: f64,
    up_m: f64,
    down_m: f64,
    severity: f64,
) -> Outing {
    Outing { name, sport: Sport::Run, km, up_m, down_m, severity }
}

pub(crate) const fn hike(name: &'static str, km: f64, up_m: f64, down_m: f64) -> Outing {
    Outing { name, sport: Sport::Hike, km, up_m, down_m, severity: 1.7 }
}

pub(crate) const fn ride(name: &'static str, km: f64, up_m: f64) -> Outing {
    Outing { name, sport: Sport::Ride, km, up_m, down_m: up_m, severity: 1.0 }
}

impl Outing {
    /// The same with everything a little larger or smaller.
    pub(crate) fn times(self, factor: f64) -> Outing {
        Outing {
            km: self.km * factor,
            up_m: self.up_m * factor,
            down_m: self.down_m * factor,
            ..self
        }
    }

    pub(crate) fn on(self, day: Date, number: usize) -> Session {
        let foot = self.sport.on_foot();
        let (climb_points, descent_points) =
            (self.up_m / 10.0, if foot { self.down_m / 10.0 } else { 0.0 });
        let up_severity = if foot { 1.6 } else { 0.9 };
        let concentric_load = climb_points * up_severity / 2.0;
        let eccentric_load = descent_points * self.severity / 2.0;
        let known = |points: f64, severity: f64| (points >= 5.0).then_some(severity);
        let hours = match self.sport {
            Sport::Run => self.km / 10.0 + self.up_m / 1000.0,
            Sport::Walk | Sport::Hike => self.km / 4.5 + self.up_m / 450.0,
            Sport::Ride => self.km / 26.0 + self.up_m / 1200.0,
        };
        let start = format!("{day}T08:00:00Z").parse().unwrap();
        Session {
            id: format!(
                "{:032x}",
                0x9e37_79b9_7f4a_7c15_u128 * number as u128 * 0x1_0000_0001
            )
            .chars()
            .rev()
            .collect(),
            part: 1,
            name: Some(self.name.to_owned()),
            origin: "a watch".to_owned(),
            sport: self.sport,
            start,
            day,
            elapsed_s: hours * 3600.0,
            moving_s: hours * 3600.0,
            distance_m: self.km * 1000.0,
            gain_m: self.up_m,
            loss_m: self.down_m,
            climb_points,
            descent_points,
            hard_descent_points: if self.severity >= 2.0 { descent_points } else { 0.0 },
            concentric_load,
            concentric_load_range: (0.94 * concentric_load, 1.1 * concentric_load),
            eccentric_load,
            eccentric_load_range: (0.94 * eccentric_load, 1.1 * eccentric_load),
            concentric_severity: known(climb_points, up_severity),
            eccentric_severity: known(descent_points, self.severity),
            steepest_5_min_up: foot.then_some(0.12),
            steepest_5_min_down: foot.then_some(0.12),
            best_60s_up_w_per_kg: foot.then_some(3.2),
            push_p95_j_per_kg: None,
            long_climb_min: None,
            hard_steps_up: None,
            hard_steps_down: None,
            samples: 3600,
            channels: 2,
            notices: 0,
            excluded: false,
        }
    }
}

impl Diary {
    pub(crate) fn add(&mut self, day: Date, outing: Outing) {
        let number = self.sessions.len() + 1;
        self.sessions.push(outing.on(day, number));
    }

    /// Outings of a week, by days after its Monday, for so many weeks.
    pub(crate) fn weeks(
        &mut self,
        monday: Date,
        weeks: i32,
        week: &[(i32, Outing)],
    ) -> Date {
        for n in 0..weeks {
            for (weekday, outing) in week {
                // no week is like another: up to a twentieth more or less
                let wave = 1.0 + 0.05 * f64::from((7 * n + 3 * weekday) % 5 - 2) / 2.0;
                let day = monday.saturating_add((7 * n + weekday).days());
                self.add(day, outing.times(wave));
            }
        }
        monday.saturating_add((7 * weeks).days())
    }

    pub(crate) fn history(&self, on: Date) -> History {
        History::of(self.sessions.clone(), &|_| None, on, Weekday::default())
    }
}
