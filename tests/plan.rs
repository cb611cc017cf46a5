//! Does a plan lead to its course by steps that a coach would take?

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

#[path = "support/athletes.rs"]
mod athletes;

use athletes::{
    COL, Diary, EASY, FLAT, HILLS, LONG, TOUR, VALLEY, climb, course, descent, fondo,
    golden, hike, own_climbs, ride, rider, run, three_cols,
};
use hardlegs::history::next::grown;
use hardlegs::history::session::HillRecord;
use hardlegs::history::{Gait, Next};
use hardlegs::plan::{
    ClimbingPower, LoadBasis, NextHills, OwnHill, Plan, Purpose, Raised,
};
use hardlegs::write::history::{View, text::text as history_text};
use hardlegs::write::{Units, plan::text::text};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn trail_runner() -> (Diary, Date) {
    let mut diary = Diary::default();
    let next = diary.weeks(date(2026, 1, 5), 16, &[(1, EASY), (3, EASY), (6, LONG)]);
    (diary, next.saturating_sub(1.days()))
}

fn own() -> Vec<OwnHill> {
    [(350.0, 0.12, 2.5), (90.0, 0.10, 2.4)]
        .map(|(drop_m, grade, intensity)| OwnHill {
            activity: ("abc".to_owned(), 1),
            hill: descent(drop_m, grade, intensity),
        })
        .to_vec()
}

#[test]
fn leads_a_trail_runner_to_a_mountain_marathon() {
    let (diary, on) = trail_runner();
    let race = course("Mountain marathon", 42.0, 2600.0, 2600.0, 2.9);
    let history = diary.history(on);
    let plan = Plan::of(race, &history, &own(), Some(date(2026, 8, 8)));
    assert!(plan.is_enough());
    golden("plan-marathon", &text(&plan, Some("Long trail, 2026-04-26"), Units::Metric));
}

#[test]
fn says_how_far_the_ramp_gets_by_a_near_date() {
    let mut diary = Diary::default();
    let week = [(1, FLAT), (3, FLAT), (6, FLAT.times(2.0))];
    let monday = diary.weeks(date(2026, 1, 5), 20, &week);
    let on = monday.saturating_sub(1.days());
    let race = course("Alpine 50", 50.0, 3500.0, 3500.0, 2.8);
    let plan =
        Plan::of(race, &diary.history(on), &[], Some(on.saturating_add(40.days())));
    assert!(!plan.is_enough());
    let page = text(&plan, None, Units::Metric);
    let words = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("walk the first descents, use poles, start slower"), "{page}");
    golden("plan-too-near", &page);
}

#[test]
fn begins_with_first_descents_without_a_history() {
    let on = date(2026, 4, 5);
    let mut route = course("Hut tour", 18.0, 1200.0, 1400.0, 1.7);
    route.gait = Gait::Walked;
    let history = Diary::default().history(on);
    let plan = Plan::of(route, &history, &[], None);
    assert_eq!(plan.weeks[0].purpose, Purpose::Ramp);
    assert!((plan.weeks[0].load - 33.0).abs() < 1e-9);
    golden("plan-first", &text(&plan, None, Units::Imperial));
}

#[test]
fn plans_recovery_after_an_ultra() {
    let (mut diary, on) = trail_runner();
    diary.add(on, run("Ultra", 100.0, 6500.0, 6500.0, 2.4));
    let race = course("Next one", 60.0, 4000.0, 4000.0, 2.4);
    let plan = Plan::of(race, &diary.history(on), &own(), Some(date(2026, 9, 5)));
    assert_eq!(plan.weeks[0].purpose, Purpose::Recover);
    golden("plan-after-ultra", &text(&plan, Some("Long trail"), Units::Metric));
}

#[test]
fn plans_no_less_for_a_hiker_above_the_target() {
    let mut diary = Diary::default();
    let summit = hike("Summit", 15.0, 1100.0, 1100.0);
    let next = diary.weeks(date(2026, 4, 6), 12, &[(2, EASY), (5, summit)]);
    let mut route = course("Easy valley", 14.0, 500.0, 700.0, 1.7);
    route.gait = Gait::Walked;
    let history = diary.history(next.saturating_sub(1.days()));
    let plan = Plan::of(route, &history, &[], Some(date(2026, 9, 19)));
    assert!(plan.is_enough());
    assert_eq!(plan.weeks[0].purpose, Purpose::LastBig);
    golden("plan-keeps", &text(&plan, None, Units::Metric));
}

proptest! {
    /// No week grows faster than the rule, none exceeds the ceiling, the taper is a taper.
    #[test]
    fn keeps_the_rules_in_every_week(
        down_m in 50.0..9000.0_f64,
        intensity in 1.2..3.5_f64,
        days in 1_i64..400,
        weeks in 0_i32..20,
        long_m in 0.0..2500.0_f64,
    ) {
        let mut diary = Diary::default();
        let long = run("Long", 20.0, long_m, long_m, 2.4);
        let next = diary.weeks(date(2026, 1, 5), weeks, &[(1, EASY), (3, EASY), (6, long)]);
        let on = next.saturating_sub(1.days());
        let day = on.saturating_add(days.days());
        let race = course("Any", 30.0, down_m, down_m, intensity);
        let plan = Plan::of(race, &diary.history(on), &[], Some(day));
        let mut largest = plan.standing.start.min(plan.target);
        for week in &plan.weeks {
            match week.purpose {
                Purpose::Course => prop_assert!(week.from <= day),
                Purpose::Taper => prop_assert!(
                    week.load <= 0.5 * plan.reached + 1e-9
                ),
                Purpose::Recover => prop_assert!(week.load.abs() < 1e-9),
                Purpose::Ramp => {
                    prop_assert!(week.load <= largest + 33.0 + 1e-9);
                    largest = largest.max(week.load);
                }
                _ => {
                    prop_assert!(week.load <= grown(largest).max(largest + 33.0) + 1e-9);
                    prop_assert!(week.load <= plan.target + 1e-9);
                    largest = largest.max(week.load);
                }
            }
        }
        prop_assert!(plan.weeks.windows(2).all(|pair| pair[0].from < pair[1].from));
        // the last big day leaves ten days at least
        let big = plan.weeks.iter().rev().find(|week| week.purpose == Purpose::LastBig);
        if let Some(big) = big {
            prop_assert!(big.from <= day.saturating_sub(14.days()));
        }
        prop_assert!(plan.reached <= plan.target + 1e-9);
    }
}

#[test]
fn a_first_step_within_what_is_done_weekly_is_not_asked_for_again() {
    let mut diary = Diary::default();
    let weekly = run("Descent", 9.0, 249.0, 249.0, 2.0);
    for week in 0..8 {
        diary.add(date(2026, 3, 7).saturating_add((7 * week).days()), weekly);
    }
    let history = diary.history(date(2026, 4, 26));
    let plan =
        Plan::of(course("Hill race", 12.0, 700.0, 700.0, 2.6), &history, &[], None);
    assert_eq!(plan.weeks[0].purpose, Purpose::Ramp, "{plan:?}");
    assert!(plan.weeks[0].load > plan.standing.done, "{plan:?}");
}

/// What a plan of a ride says to somebody on a day.
fn ride_plan(
    diary: &Diary,
    route: hardlegs::plan::Course,
    on: Date,
    day: Option<Date>,
) -> Plan {
    let history = diary.history(on);
    Plan::of(route, &history, &own_climbs(&history), day)
}

#[test]
fn a_rider_to_a_gran_fondo() {
    let on = date(2025, 6, 15);
    let plan = ride_plan(&rider(), three_cols(), on, Some(date(2025, 9, 6)));
    assert!(plan.is_enough() && !plan.is_there());
    assert!(matches!(plan.course.load_basis, LoadBasis::OwnRides(rides) if rides > 20));
    let (low, high) = plan.course.concentric_load_range;
    assert!(low < plan.course.concentric_load && plan.course.concentric_load < high);
    golden("plan-fondo", &text(&plan, Some("Two cols, 2025-06-15"), Units::Metric));
    golden("plan-fondo-feet", &text(&plan, None, Units::Imperial));
}

#[test]
fn a_gran_fondo_that_is_too_near_says_how_far_the_weeks_get() {
    let on = date(2025, 6, 15);
    let route = fondo("Maratona", 190.0, &[(10.0, 1800.0, 0.07), (80.0, 2400.0, 0.08)]);
    let plan = ride_plan(&rider(), route, on, Some(date(2025, 7, 12)));
    assert!(!plan.is_enough());
    let page = text(&plan, None, Units::Metric);
    assert!(page.contains("choose low gears"), "{page}");
    golden("plan-fondo-near", &page);
}

#[test]
fn without_rides_a_ride_is_planned_from_assumptions_that_are_said() {
    let on = date(2026, 4, 5);
    let plan = ride_plan(&Diary::default(), three_cols(), on, None);
    assert_eq!(plan.course.load_basis, LoadBasis::Assumed);
    let (low, high) = plan.course.concentric_load_range;
    assert!(high > 3.0 * low, "a wide range: {low} {high}");
    let page = text(&plan, None, Units::Metric);
    for said in ["assumed 1.3–3.2 W/kg", "2.0 W/kg are assumed", "No ride in your last"]
    {
        assert!(
            page.split_whitespace().collect::<Vec<_>>().join(" ").contains(said),
            "{page}"
        );
    }
    golden("plan-fondo-nobody", &page);
}

/// What each course and history leave unknown is said, and nothing is divided by it.
#[test]
fn odd_courses_and_histories_of_riders_get_a_page() {
    let on = date(2026, 5, 20);
    let mut one = Diary::default();
    one.add(date(2026, 5, 2), COL);
    let mut three = Diary::default();
    for day in [2, 9, 16] {
        three.add(date(2026, 5, day), COL);
    }
    let mut flat = Diary::default();
    flat.weeks(date(2026, 3, 2), 11, &[(1, ride("Canal", 40.0, 0.0)), (5, VALLEY)]);
    let mut feet = Diary::default();
    feet.weeks(date(2026, 3, 2), 11, &[(1, EASY), (5, LONG)]);
    let mut both = Diary::default();
    both.weeks(date(2026, 3, 2), 11, &[(1, EASY), (3, HILLS), (5, LONG), (6, COL)]);
    let level = fondo("Canal", 90.0, &[]);
    let wall = fondo("Wall", 0.8, &[(0.1, 60.0, 0.2)]);
    for diary in [&one, &three, &flat, &feet, &both, &Diary::default()] {
        for route in [three_cols(), level.clone(), wall.clone()] {
            let plan = ride_plan(diary, route, on, Some(date(2026, 8, 1)));
            let asks_little = plan.course.concentric_load < 5.0;
            let page = text(&plan, None, Units::Metric);
            assert!(!page.contains("NaN") && !page.contains("inf"), "{page}");
            assert!(!page.contains("downhill"), "{page}");
            assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
            assert_eq!(page.contains("hardly any climbing"), asks_little, "{page}");
            let json = hardlegs::write::plan::json::document(&plan);
            assert!(json.target_eccentric_load.is_none() && json.gait.is_none());
            assert!(json.target_concentric_load.unwrap() >= 0.0);
        }
    }
    // runs are no rides, and rides no runs
    let plan = ride_plan(&both, three_cols(), on, None);
    assert!(plan.standing.largest < 120.0 && plan.standing.largest > 90.0);
    assert_eq!(ride_plan(&feet, three_cols(), on, None).baseline, 0);
}

/// A rider whose power is known is told the times of that power, whatever the grade.
#[test]
fn times_of_climbs_are_those_of_a_known_power() {
    let on = date(2026, 6, 1);
    let mut diary = Diary::default();
    diary.weeks(date(2026, 3, 2), 12, &[(2, HILLS), (5, COL)]);
    let mut own = Vec::new();
    // what a steady rider takes for each climb, by the times of the very model
    let power = ClimbingPower::of(&diary.history(on), &[]);
    assert!(power.is_assumed());
    for session in &mut diary.sessions {
        let hills =
            [climb(5.0, 700.0, 0.05), climb(40.0, 300.0, 0.09), climb(60.0, 12.0, 0.03)];
        let times = power.times(&hills);
        let long =
            times.climbs.iter().map(|t| t.time_s).filter(|s| *s >= 240.0).sum::<f64>();
        session.long_climb_min = Some(long / 60.0);
        own.extend(
            hills.map(|hill| OwnHill {
                activity: (session.id.clone(), session.part),
                hill,
            }),
        );
    }
    let found = ClimbingPower::of(&diary.history(on), &own);
    assert!(found.rides > 20, "{found:?}");
    assert!((found.w_per_kg / power.w_per_kg - 1.0).abs() < 1e-4, "{found:?} {power:?}");
    // every ride alike: the range is as narrow as the rides are
    assert!(found.range.1 / found.range.0 < 1.01, "{found:?}");
    let times = found.times(&[climb(10.0, 900.0, 0.08)]);
    let (fast, slow) = times.range_s;
    assert!(fast < 0.9 * times.time_s && slow > 1.1 * times.time_s, "{times:?}");
}

proptest! {
    /// No week grows faster than the rule, none asks for less than was done every week but
    /// where it says so, and the last weeks are a taper.
    #[test]
    fn the_weeks_of_a_rider_keep_the_rules(
        rises in prop::collection::vec((40.0..2000.0_f64, 0.02..0.14_f64), 0..6),
        days in 1_i64..400,
        weeks in 0_i32..20,
        weekly_m in 0.0..2500.0_f64,
    ) {
        let mut diary = Diary::default();
        let long = ride("Weekly", 80.0, weekly_m);
        let next = diary.weeks(date(2026, 1, 5), weeks, &[(1, VALLEY), (6, long)]);
        let on = next.saturating_sub(1.days());
        let day = on.saturating_add(days.days());
        let climbs: Vec<(f64, f64, f64)> =
            rises.iter().zip(1..).map(|((m, g), k)| (30.0 * f64::from(k), *m, *g)).collect();
        let plan = ride_plan(&diary, fondo("Any", 300.0, &climbs), on, Some(day));
        let weekly = plan.standing.weekly;
        let ceiling = plan.target.max(weekly);
        let mut largest = plan.standing.start;
        for week in &plan.weeks {
            match week.purpose {
                Purpose::Course => prop_assert!(week.from <= day),
                Purpose::Taper => prop_assert!(week.load <= 0.5 * plan.reached + 1e-9),
                Purpose::Easier => prop_assert!(week.load <= 0.6 * ceiling + 1e-9),
                Purpose::Recover | Purpose::Ramp => prop_assert!(false, "{:?}", week.purpose),
                _ => {
                    prop_assert!(week.load <= grown(largest) + 1e-9);
                    prop_assert!(week.load <= ceiling + 1e-9);
                    prop_assert!(week.load >= weekly - 1e-9, "{} {weekly}", week.load);
                    largest = largest.max(week.load);
                }
            }
        }
        prop_assert!(weekly <= plan.standing.largest + 1e-9);
        let (low, high) = plan.course.concentric_load_range;
        let load = plan.course.concentric_load;
        prop_assert!(low <= load && load <= high);
        let times = &plan.ascent.as_ref().unwrap().1;
        prop_assert!(times.range_s.0 <= times.time_s && times.time_s <= times.range_s.1);
        for climb in &times.climbs {
            prop_assert!(climb.range_s.0 <= climb.time_s + 1e-6);
            prop_assert!(climb.time_s <= climb.range_s.1 + 1e-6);
        }
    }
}

#[test]
fn after_a_tour_the_first_week_of_a_rider_is_easier() {
    let diary = rider();
    let plan =
        ride_plan(&diary, fondo("Next", 160.0, &[(20.0, 3600.0, 0.06)]), TOUR, None);
    assert_eq!(plan.weeks[0].purpose, Purpose::Easier, "{:?}", plan.weeks);
    let later = TOUR.saturating_add(35.days());
    let plan =
        ride_plan(&diary, fondo("Next", 160.0, &[(20.0, 3600.0, 0.06)]), later, None);
    assert_ne!(plan.weeks[0].purpose, Purpose::Easier, "{:?}", plan.weeks);
}

/// Eight weekly descents of 249 m, the last one yesterday: no week that builds asks for a lower
/// hill, and none for one that grows by more than is stated.
#[test]
fn asks_for_no_lower_hill_than_was_done_every_week_and_for_no_leap() {
    let mut diary = Diary::default();
    let hills = run("Hill", 12.0, 249.0, 249.0, 2.2);
    let after = diary.weeks(date(2026, 3, 2), 8, &[(6, hills)]);
    let history = diary.history(after);
    let own: Vec<OwnHill> = history
        .sessions
        .iter()
        .map(|session| OwnHill {
            activity: (session.id.clone(), session.part),
            hill: descent(249.0, 0.10, 2.2),
        })
        .collect();
    let course = course("Alpine race", 30.0, 1800.0, 1800.0, 2.8);
    let plan = Plan::of(course, &history, &own, Some(date(2026, 9, 5)));
    assert_eq!(plan.aims.len(), plan.weeks.len());
    let (mut height_m, mut grade, mut intensity) = (249.0_f64, 0.10_f64, 2.2_f64);
    let mut built = 0;
    for (week, aims) in plan.weeks.iter().zip(&plan.aims) {
        use Purpose::{Build, Intensity, Keep, Ramp};
        if !matches!(week.purpose, Build | Intensity | Keep | Ramp) {
            continue;
        }
        let hill = aims.descent.unwrap().hill;
        assert!(hill.height_m >= 0.99 * height_m.min(20.0 * week.load / hill.intensity));
        assert!(hill.height_m <= height_m + 50.0_f64.max(0.1 * height_m) + 1e-9);
        assert!(hill.grade <= grade + 0.02 + 1e-9 && hill.grade >= grade - 1e-9);
        assert!(hill.intensity <= intensity + 0.2 + 1e-9);
        (height_m, grade) = (height_m.max(hill.height_m), hill.grade);
        intensity = hill.intensity;
        built += 1;
    }
    assert!(built >= 5, "{built} weeks that build");
    let more = [height_m > 249.0, grade > 0.10, intensity > 2.2];
    assert!(more.contains(&true), "{height_m} m, {grade}, {intensity}");
}

/// The same runner without a course: each next week asks for one step more than the hardest
/// descent of six weeks, within the load of the day, and the page says so.
#[test]
fn a_next_week_asks_for_one_step_more_than_the_hardest_hill() {
    let mut diary = Diary::default();
    let monday = date(2026, 3, 2);
    let mut own: Vec<OwnHill> = Vec::new();
    let mut done = (249.0_f64, 0.10_f64, 2.2_f64);
    let mut raised = Vec::new();
    for week in 0..16_i64 {
        let day = monday.saturating_add((7 * week).days());
        // the first weeks are alike; what is asked for then is done
        let load = done.0 * done.2 / 20.0;
        diary.add(day, run("Hill", 12.0, load * 20.0 / 2.2, load * 20.0 / 2.2, 2.2));
        let history = diary.history(day.saturating_add(6.days()));
        let session = history.sessions.last().unwrap();
        own.push(OwnHill {
            activity: (session.id.clone(), session.part),
            hill: descent(done.0, done.1, done.2),
        });
        let next = NextHills::of(&history, &own);
        if week < 8 {
            continue;
        }
        let Some(Next::Grow { up_to, .. }) = history.next() else { continue };
        let aim = next.foot.unwrap().descent.unwrap();
        let hill = aim.hill;
        let shorter = up_to * 20.0 / hill.intensity;
        assert!(hill.height_m >= (done.0 - 1e-9).min(shorter), "{aim:?} after {done:?}");
        assert!(hill.height_m <= done.0 + 50.0 + 1e-9, "{aim:?} after {done:?}");
        assert!((done.1 - 1e-9..=done.1 + 0.02 + 1e-9).contains(&hill.grade), "{aim:?}");
        assert!(
            (done.2 - 1e-9..=done.2 + 0.2 + 1e-9).contains(&hill.intensity),
            "{aim:?}"
        );
        assert!(hill.load() <= up_to + 1e-9, "{aim:?} in {up_to}");
        let page = history_text(&history, &next, &View::default());
        assert!(page.contains("hardest hills that week: ▼"), "{page}");
        raised.extend(aim.raised);
        done = (hill.height_m, hill.grade, hill.intensity);
    }
    for dimension in Raised::ALL {
        assert!(raised.contains(&dimension), "{dimension:?} is never raised: {raised:?}");
    }
}

#[test]
fn a_rider_gets_a_climb_and_legs_that_rest_no_descent() {
    let history = rider().history(TOUR);
    let page = history_text(&history, &NextHills::default(), &View::default());
    assert!(!page.contains("that week:"), "{page}");
    let mut own = own_climbs(&history);
    for own in &mut own {
        own.hill.intensity = Some(1.4);
    }
    let next = NextHills::of(&history, &own);
    assert!(next.foot.is_none());
    let ride = next.ride.unwrap();
    assert!(ride.climb.is_some() && ride.descent.is_none(), "{ride:?}");
    let page = history_text(&history, &next, &View::default());
    assert!(page.contains("hardest climb that week: ▲"), "{page}");
    // sore legs climb as they did, and do not go down
    let (mut diary, on) = trail_runner();
    diary.add(on, run("Ultra", 100.0, 6500.0, 6500.0, 2.4));
    let history = diary.history(on);
    let session = history.sessions.last().unwrap();
    let activity = (session.id.clone(), session.part);
    let up = climb(5.0, 400.0, 0.12);
    let hills = [descent(350.0, 0.12, 2.5), HillRecord { intensity: Some(2.0), ..up }];
    let own = hills.map(|hill| OwnHill { activity: activity.clone(), hill });
    let foot = NextHills::of(&history, &own).foot.unwrap();
    assert_eq!(foot.descent, None);
    assert_eq!(foot.climb.unwrap().raised, None);
    // the first descents are a ramp's, however hard the one short hill was
    let mut diary = Diary::default();
    let next = diary.weeks(date(2026, 1, 5), 10, &[(1, FLAT), (3, FLAT)]);
    let history = diary.history(next);
    assert!(matches!(history.next(), Some(Next::FirstDescents(_))));
    let session = history.sessions.last().unwrap();
    let wall = OwnHill {
        activity: (session.id.clone(), session.part),
        hill: descent(60.0, 0.25, 4.0),
    };
    assert_eq!(NextHills::of(&history, &[wall]).foot, None);
}

/// Back after a winter: the first weeks ask for gentle steps, in the note and of the hill.
#[test]
fn the_first_hills_of_a_ramp_are_as_gentle_as_its_note() {
    let (_, history) =
        athletes::histories().into_iter().find(|(name, _)| *name == "winter").unwrap();
    let session = history.sessions.iter().rfind(|s| s.sport.on_foot()).unwrap();
    let own = OwnHill {
        activity: (session.id.clone(), session.part),
        hill: descent(180.0, 0.11, 2.6),
    };
    let race = course("Trail half", 22.0, 900.0, 900.0, 2.5);
    let day = history.on.saturating_add(84.days());
    let plan = Plan::of(race, &history, &[own], Some(day));
    let hills = plan.aims.iter().map(|aims| aims.descent.unwrap().hill.intensity);
    let hills: Vec<f64> = hills.collect();
    assert_eq!(plan.weeks[0].purpose, Purpose::Ramp);
    assert!(hills[..2].iter().all(|intensity| *intensity < 2.0), "{hills:?}");
    assert!(hills[2] > 2.0, "{hills:?}");
    let page = text(&plan, None, Units::Metric);
    assert_eq!(page.matches("steps below 2×").count(), 2, "{page}");
}
