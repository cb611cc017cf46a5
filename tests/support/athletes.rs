//! Sessions of people that never were: what each shows is known beforehand.

#![allow(dead_code, reason = "each test takes what it needs")]

use hardlegs::history::session::HillRecord;
use hardlegs::history::{Discipline, Gait, History, Session};
use hardlegs::plan::steepest::steepest;
use hardlegs::plan::{Course, LoadBasis, OwnHill, Plan};
use hardlegs::report::OutlinePoint;
use hardlegs::segment::Slope;
use hardlegs::settings::Weekday;
use hardlegs::sport::Sport;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};

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
    /// Work of a step down against an easy level one; riding of half a turn up.
    pub(crate) intensity: f64,
    /// Rides: rise of the largest climb, m, and its grade.
    pub(crate) climb: Option<(f64, f64)>,
}

pub(crate) const fn run(
    name: &'static str,
    km: f64,
    up_m: f64,
    down_m: f64,
    intensity: f64,
) -> Outing {
    Outing { name, sport: Sport::Run, km, up_m, down_m, intensity, climb: None }
}

pub(crate) const fn hike(name: &'static str, km: f64, up_m: f64, down_m: f64) -> Outing {
    Outing { name, sport: Sport::Hike, km, up_m, down_m, intensity: 1.7, climb: None }
}

pub(crate) const fn ride(name: &'static str, km: f64, up_m: f64) -> Outing {
    let sport = Sport::Ride;
    Outing { name, sport, km, up_m, down_m: up_m, intensity: 0.9, climb: None }
}

/// A ride over a climb of so many metres at a grade.
pub(crate) const fn col(
    name: &'static str,
    km: f64,
    up_m: f64,
    climb: (f64, f64),
) -> Outing {
    Outing { climb: Some(climb), intensity: 1.1, ..ride(name, km, up_m) }
}

impl Outing {
    /// The same with everything a little larger or smaller.
    pub(crate) fn times(self, factor: f64) -> Outing {
        Outing {
            km: self.km * factor,
            up_m: self.up_m * factor,
            down_m: self.down_m * factor,
            climb: self.climb.map(|(rise_m, grade)| (rise_m * factor, grade)),
            ..self
        }
    }

    pub(crate) fn on(self, day: Date, number: usize) -> Session {
        let foot = self.sport.on_foot();
        let (climb_volume_m, descent_volume_m) =
            (self.up_m, if foot { self.down_m } else { 0.0 });
        let up_intensity = if foot { 1.6 } else { self.intensity };
        let concentric_load = climb_volume_m * up_intensity / 20.0;
        let eccentric_load = descent_volume_m * self.intensity / 20.0;
        let known =
            |volume_m: f64, intensity: f64| (volume_m >= 50.0).then_some(intensity);
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
            climb_volume_m,
            descent_volume_m,
            hard_descent_volume_m: if self.intensity >= 2.0 {
                descent_volume_m
            } else {
                0.0
            },
            concentric_load,
            concentric_load_range: (0.94 * concentric_load, 1.1 * concentric_load),
            eccentric_load,
            eccentric_load_range: (0.94 * eccentric_load, 1.1 * eccentric_load),
            concentric_intensity: known(climb_volume_m, up_intensity),
            eccentric_intensity: known(descent_volume_m, self.intensity),
            steepest_5_min_up: self.climb.map_or(foot.then_some(0.12), |c| Some(c.1)),
            steepest_5_min_down: foot.then_some(0.12),
            best_60s_up_w_per_kg: foot.then_some(3.2),
            step_p95_up_j_per_kg: None,
            // a rider rises 850 m an hour, a tenth less or more from day to day
            long_climb_min: self.climb.map(|(rise_m, _)| {
                let strong = 1.0 + 0.05 * ((number * 7) % 5) as f64 - 0.1;
                rise_m / (850.0 * strong) * 60.0
            }),
            largest_climb_m: self.climb.map(|(rise_m, _)| rise_m),
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

pub(crate) const EASY: Outing = run("Easy loop", 9.0, 140.0, 140.0, 2.2);
pub(crate) const TEMPO: Outing = run("Tempo", 12.0, 90.0, 90.0, 2.5);
pub(crate) const LONG: Outing = run("Long trail", 20.0, 700.0, 700.0, 2.6);
pub(crate) const ULTRA: Outing = run("Eiger Ultra", 101.0, 6700.0, 6700.0, 2.0);
pub(crate) const FLAT: Outing = run("River", 12.0, 20.0, 20.0, 1.9);

/// Three years: base, build, race, an injury's break, and the way back.
pub(crate) fn trail_runner() -> Diary {
    let mut diary = Diary::default();
    let mut monday = date(2023, 1, 2);
    for _ in 0..3 {
        let base = [(1, EASY), (3, TEMPO), (6, LONG.times(0.6))];
        monday = diary.weeks(monday, 12, &base);
        for step in 0..3 {
            let grown = 0.7 + 0.1 * f64::from(step);
            let build = [(1, EASY), (3, TEMPO), (4, EASY), (6, LONG.times(grown))];
            monday = diary.weeks(monday, 3, &build);
            monday = diary.weeks(monday, 1, &[(2, EASY), (6, LONG.times(0.5))]);
        }
        diary.weeks(monday, 1, &[(1, EASY), (6, LONG.times(1.3))]);
        monday = monday.saturating_add(7.days());
        let summer = [(1, EASY), (3, EASY), (6, LONG.times(0.8))];
        monday = diary.weeks(monday, 10, &summer);
        // the injury: nothing for nine weeks, then level running, then hills
        monday = monday.saturating_add(63.days());
        monday = diary.weeks(monday, 3, &[(1, FLAT), (4, FLAT)]);
        let back =
            [(1, FLAT), (3, FLAT), (6, run("Hill again", 10.0, 250.0, 250.0, 2.0))];
        monday = diary.weeks(monday, 5, &back);
    }
    diary
}

/// A season of trails, an ultra on its last day, and that day.
pub(crate) fn ultra_runner() -> (Diary, Date) {
    let mut diary = Diary::default();
    let week = [(1, EASY), (3, TEMPO), (6, LONG.times(1.2))];
    let monday = diary.weeks(date(2026, 3, 2), 19, &week);
    let race = monday.saturating_add(5.days());
    diary.add(race, ULTRA);
    (diary, race)
}

/// A hiker whose hills grow.
pub(crate) fn hiker() -> Diary {
    let mut diary = Diary::default();
    let hills = hike("Hill walk", 9.0, 300.0, 300.0);
    let monday = diary.weeks(date(2026, 4, 6), 6, &[(5, hills)]);
    let ridges = hike("Ridge walk", 12.0, 600.0, 600.0);
    let monday = diary.weeks(monday, 6, &[(5, ridges)]);
    diary.weeks(monday, 8, &[(5, hike("Summit", 15.0, 1000.0, 1000.0))]);
    diary
}

/// A winter and spring on the level, and a first trail race on the last day.
pub(crate) fn marathoner() -> (Diary, Date) {
    let mut diary = Diary::default();
    let week = [(1, FLAT), (3, FLAT), (4, FLAT), (6, FLAT.times(2.2))];
    let monday = diary.weeks(date(2026, 1, 5), 22, &week);
    let race = monday.saturating_sub(1.days());
    diary.sessions.retain(|session| session.day != race);
    diary.add(race, run("Trail marathon", 42.0, 2400.0, 2400.0, 2.9));
    (diary, race)
}

/// Summer trails, then a winter of rides only.
pub(crate) fn winter_rider() -> (Diary, Date) {
    let mut diary = Diary::default();
    let monday = diary.weeks(date(2025, 8, 4), 8, &[(2, EASY), (6, LONG)]);
    let rides = [(1, ride("Trainer", 30.0, 250.0)), (3, ride("Trainer", 35.0, 300.0))];
    let monday = diary.weeks(monday, 24, &rides);
    (diary, monday)
}

pub(crate) const VALLEY: Outing = ride("Valley", 42.0, 180.0);
pub(crate) const HILLS: Outing = col("Hills", 65.0, 800.0, (260.0, 0.06));
pub(crate) const COL: Outing = col("Two cols", 95.0, 1700.0, (720.0, 0.075));

/// A rider's year: winter in the valley, hills, cols that grow, a tour of three days, autumn.
pub(crate) fn rider() -> Diary {
    let mut diary = Diary::default();
    let valley = [(1, VALLEY), (3, VALLEY), (6, VALLEY.times(1.6))];
    let monday = diary.weeks(date(2025, 1, 6), 8, &valley);
    let mut monday = diary.weeks(monday, 8, &[(1, VALLEY), (3, HILLS), (6, HILLS)]);
    for step in 0..3 {
        let grown = COL.times(0.6 + 0.15 * f64::from(step));
        monday = diary.weeks(monday, 3, &[(1, VALLEY), (3, HILLS), (6, grown)]);
        monday = diary.weeks(monday, 1, &[(2, VALLEY), (6, HILLS)]);
    }
    diary.weeks(monday, 1, &[(4, COL.times(1.3)), (5, COL), (6, COL)]);
    let monday = monday.saturating_add(7.days());
    diary.weeks(monday, 10, &[(1, VALLEY), (3, HILLS), (6, HILLS.times(1.2))]);
    diary
}

/// The last day of the rider's tour.
pub(crate) const TOUR: Date = date(2025, 7, 27);

/// Everybody's history, by name.
pub(crate) fn histories() -> Vec<(&'static str, History)> {
    let trail = trail_runner();
    let (ultra, race) = ultra_runner();
    let (flat, first_race) = marathoner();
    let (mut winter, spring) = winter_rider();
    winter.add(spring.saturating_add(5.days()), run("Spring", 18.0, 900.0, 900.0, 2.6));
    let mut one = Diary::default();
    one.add(date(2026, 5, 2), LONG);
    vec![
        ("three years", trail.history(date(2025, 12, 28))),
        ("race day", trail.history(date(2024, 6, 24))),
        ("ultra", ultra.history(race.saturating_add(6.days()))),
        ("first race", flat.history(first_race)),
        ("winter", winter.history(spring.saturating_add(6.days()))),
        ("hiker", hiker().history(date(2026, 8, 23))),
        ("one session", one.history(date(2026, 5, 3))),
        ("rider", rider().history(TOUR)),
    ]
}

/// A course of so many metres down in steps of an intensity.
pub(crate) fn course(
    name: &str,
    km: f64,
    up_m: f64,
    down_m: f64,
    intensity: f64,
) -> Course {
    let load = down_m / 10.0 * intensity / 2.0;
    Course {
        name: Some(name.to_owned()),
        discipline: Discipline::Foot,
        gait: Gait::Run,
        distance_m: km * 1000.0,
        gain_m: up_m,
        loss_m: down_m,
        concentric_load: up_m / 10.0 * 0.8,
        concentric_load_range: (up_m / 10.0 * 0.7, up_m / 10.0 * 0.9),
        load_basis: LoadBasis::Recorded,
        sport: Sport::Run,
        parts: Vec::new(),
        stages: hardlegs::curve::Stages::default(),
        concentric_intensity: Some(1.6),
        eccentric_load: load,
        eccentric_load_range: (0.94 * load, 1.1 * load),
        eccentric_intensity: Some(intensity),
        steepest_5_min_down: None,
        steepest_5_min_up: None,
        steepest_km: None,
        timed: false,
        hills: vec![descent(down_m / 2.0, 0.16, intensity)],
    }
}

pub(crate) fn climb(from_km: f64, rise_m: f64, grade: f64) -> HillRecord {
    HillRecord {
        slope: Slope::Climb,
        from_m: from_km * 1000.0,
        length_m: rise_m / grade,
        rise_m,
        mean_grade: grade,
        volume_m: 0.0,
        load: 0.0,
        intensity: None,
    }
}

/// A ride's course without times, over climbs of (km from the start, metres up, grade).
pub(crate) fn fondo(name: &str, km: f64, climbs: &[(f64, f64, f64)]) -> Course {
    let up_m: f64 = climbs.iter().map(|climb| climb.1).sum();
    let mut outline = vec![OutlinePoint { distance_m: 0.0, elevation_m: 400.0 }];
    for (from_km, rise_m, grade) in climbs {
        let from_m = from_km * 1000.0;
        outline.push(OutlinePoint { distance_m: from_m, elevation_m: 400.0 });
        let top_m = from_m + rise_m / grade;
        outline.push(OutlinePoint { distance_m: top_m, elevation_m: 400.0 + rise_m });
    }
    outline.push(OutlinePoint { distance_m: km * 1000.0, elevation_m: 400.0 });
    Course {
        discipline: Discipline::Ride,
        gait: Gait::Walked,
        gain_m: up_m,
        loss_m: up_m,
        concentric_load: 0.0,
        concentric_load_range: (0.0, 0.0),
        concentric_intensity: None,
        eccentric_load: 0.0,
        eccentric_load_range: (0.0, 0.0),
        eccentric_intensity: None,
        steepest_km: steepest(&[outline]),
        hills: climbs
            .iter()
            .map(|(km, rise_m, grade)| climb(*km, *rise_m, *grade))
            .collect(),
        ..course(name, km, up_m, up_m, 1.0)
    }
}

/// Three cols and a wall.
pub(crate) fn three_cols() -> Course {
    let climbs = [(14.0, 620.0, 0.065), (52.0, 1050.0, 0.075), (97.0, 380.0, 0.055)];
    let wall = (128.0, 140.0, 0.11);
    fondo("Three cols", 138.0, &[climbs[0], climbs[1], climbs[2], wall])
}

/// The climbs of everybody's rides.
pub(crate) fn own_climbs(history: &History) -> Vec<OwnHill> {
    let climb_of = |session: &Session| {
        Some(OwnHill {
            activity: (session.id.clone(), session.part),
            hill: climb(20.0, session.largest_climb_m?, session.steepest_5_min_up?),
        })
    };
    history.sessions.iter().filter_map(climb_of).collect()
}

pub(crate) fn descent(drop_m: f64, grade: f64, intensity: f64) -> HillRecord {
    HillRecord {
        slope: Slope::Descent,
        from_m: 12_300.0,
        length_m: drop_m / grade,
        rise_m: -drop_m,
        mean_grade: -grade,
        volume_m: drop_m,
        load: drop_m / 20.0 * intensity,
        intensity: Some(intensity),
    }
}

/// Plans of some of them, by name.
pub(crate) fn plans() -> Vec<(&'static str, Plan)> {
    let trail = trail_runner().history(date(2024, 4, 28));
    let marathon = course("Mountain marathon", 42.0, 2600.0, 2600.0, 2.9);
    let (flat, race) = marathoner();
    let level = flat.history(race.saturating_sub(1.days()));
    let ultra =
        course("A hundred kilometres with a long name", 101.0, 6500.0, 6500.0, 2.2);
    let nobody = Diary::default().history(date(2026, 4, 5));
    let small = course("Hill", 9.0, 260.0, 260.0, 2.3);
    let rides = rider().history(date(2025, 6, 15));
    let climbs = own_climbs(&rides);
    vec![
        ("marathon", Plan::of(marathon, &trail, &[], Some(date(2024, 8, 10)))),
        ("too near", Plan::of(ultra.clone(), &level, &[], Some(date(2026, 7, 11)))),
        ("a year", Plan::of(ultra, &trail, &[], Some(date(2025, 4, 12)))),
        ("nobody", Plan::of(small, &nobody, &[], None)),
        ("fondo", Plan::of(three_cols(), &rides, &climbs, Some(date(2025, 9, 6)))),
    ]
}

/// Compares with the stored page, or stores it with `UPDATE_GOLDEN=1`; every line within 80
/// columns.
pub(crate) fn golden(name: &str, page: &str) {
    let path = format!("{}/tests/golden/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, page).unwrap();
    }
    let stored = std::fs::read_to_string(&path).unwrap();
    assert_eq!(page, stored, "{name}: UPDATE_GOLDEN=1 stores what is printed now");
    let wide = page.lines().find(|line| line.chars().count() > 80);
    assert_eq!(wide, None, "{name}: within 80 columns");
}
