//! What changed in six months, told by its interval: of made-up athletes, whose truth is known.

#![cfg(feature = "store")]
#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

#[path = "support/athletes.rs"]
mod athletes;

use athletes::{Diary, EASY, LONG, hiker};
use hardlegs::adaptation::{Changed, six_months};
use hardlegs::hills::Hills;
use hardlegs::trend::Direction;
use hardlegs::write::adaptation::text;
use jiff::ToSpan as _;
use jiff::civil::date;

#[test]
fn a_hiker_whose_hills_grow_goes_more_metres_down_and_no_steeper() {
    let history = hiker().history(date(2026, 8, 23));
    for (what, trend) in six_months(&history) {
        let expected = match what {
            Changed::Volume => Direction::Up,
            Changed::Steepness | Changed::Intensity => Direction::Unclear,
        };
        assert_eq!(trend.unwrap().direction(), expected, "{what:?}");
    }
    let told = text(&history, &Hills::default());
    assert!(told.contains("downhill metres a week: up by "), "{told}");
    assert!(told.lines().all(|line| line.chars().count() <= 80), "{told}");
}

#[test]
fn weeks_that_are_alike_show_no_change_and_few_say_nothing() {
    let mut diary = Diary::default();
    diary.weeks(date(2026, 1, 5), 26, &[(1, EASY), (6, LONG)]);
    let history = diary.history(date(2026, 7, 5));
    for (what, trend) in six_months(&history) {
        assert_eq!(trend.unwrap().direction(), Direction::Unclear, "{what:?}");
    }
    let mut few = Diary::default();
    few.add(date(2026, 7, 1), EASY);
    let history = few.history(date(2026, 7, 1).saturating_add(1.days()));
    assert!(six_months(&history).iter().all(|(_, trend)| trend.is_err()));
    assert_eq!(text(&history, &Hills::default()), "");
}
