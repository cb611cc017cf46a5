//! Does a plan lead to its course by steps that a coach would take?

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

#[path = "support/athletes.rs"]
mod athletes;

use athletes::{Diary, EASY, FLAT, LONG, course, descent, golden, hike, run};
use hardlegs::history::Gait;
use hardlegs::history::next::grown;
use hardlegs::plan::{OwnHill, Plan, Purpose};
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
fn a_trail_runner_to_a_mountain_marathon() {
    let (diary, on) = trail_runner();
    let race = course("Mountain marathon", 42.0, 2600.0, 2600.0, 2.9);
    let history = diary.history(on);
    let plan = Plan::of(race, &history, &own(), Some(date(2026, 8, 8)));
    assert!(plan.is_enough());
    golden("plan-marathon", &text(&plan, Some("Long trail, 2026-04-26"), Units::Metric));
}

#[test]
fn a_date_that_is_too_near_says_how_far_the_ramp_gets() {
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
fn without_a_history_it_begins_with_first_descents() {
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
fn after_an_ultra_the_first_weeks_are_for_recovery() {
    let (mut diary, on) = trail_runner();
    diary.add(on, run("Ultra", 100.0, 6500.0, 6500.0, 2.4));
    let race = course("Next one", 60.0, 4000.0, 4000.0, 2.4);
    let plan = Plan::of(race, &diary.history(on), &own(), Some(date(2026, 9, 5)));
    assert_eq!(plan.weeks[0].purpose, Purpose::Recover);
    golden("plan-after-ultra", &text(&plan, Some("Long trail"), Units::Metric));
}

#[test]
fn a_hiker_who_stands_above_the_target_keeps_what_there_is() {
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
    fn the_weeks_keep_the_rules(
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
