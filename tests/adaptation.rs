//! What changed in six months, told by its interval: of made-up athletes, whose truth is known.

#![cfg(feature = "store")]
#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

#[path = "support/athletes.rs"]
mod athletes;

use athletes::{Diary, EASY, LONG, hiker};
use hardlegs::adaptation::{Changed, six_months};
use hardlegs::hills::Hills;
use hardlegs::plan::NextHills;
use hardlegs::trend::{Direction, TooLittle};
use hardlegs::write::adaptation::{json::adaptation, text};
use hardlegs::write::history::{View, text as history_text};
use jiff::ToSpan as _;
use jiff::civil::date;

#[test]
fn a_hiker_whose_hills_grow_goes_more_metres_down_and_no_steeper() {
    let history = hiker().history(date(2026, 8, 23));
    for (what, trend) in six_months(&history) {
        let expected = match what {
            Changed::Volume | Changed::EccentricLoad | Changed::ConcentricLoad => {
                Direction::Up
            }
            Changed::Steepness | Changed::Intensity => Direction::Unclear,
            // who never rides has no trend of rides
            Changed::RideConcentricLoad => {
                assert_eq!(trend, Err(TooLittle::Days(0)));
                continue;
            }
        };
        assert_eq!(trend.unwrap().direction(), expected, "{what:?}");
    }
    let told = text(&history, &Hills::default());
    for figure in ["downhill metres", "downhill load", "uphill load"] {
        assert!(told.contains(&format!("{figure} a week: up by ")), "{told}");
    }
    assert!(!told.contains("rides"), "{told}");
    assert!(told.lines().all(|line| line.chars().count() <= 80), "{told}");
}

#[test]
fn weeks_that_are_alike_show_no_change_and_few_say_nothing() {
    let mut diary = Diary::default();
    diary.weeks(date(2026, 1, 5), 26, &[(1, EASY), (6, LONG)]);
    let history = diary.history(date(2026, 7, 5));
    for (what, trend) in six_months(&history) {
        if what != Changed::RideConcentricLoad {
            assert_eq!(trend.unwrap().direction(), Direction::Unclear, "{what:?}");
        }
    }
    let mut few = Diary::default();
    few.add(date(2026, 7, 1), EASY);
    let history = few.history(date(2026, 7, 1).saturating_add(1.days()));
    assert!(six_months(&history).iter().all(|(_, trend)| trend.is_err()));
    assert_eq!(text(&history, &Hills::default()), "");
}

#[test]
fn tells_what_changed_to_programs_as_to_people() {
    let history = hiker().history(date(2026, 8, 23));
    let document = serde_json::to_value(adaptation(&history, &Hills::default())).unwrap();
    let told = document["six_months"].as_array().unwrap();
    assert_eq!(told.len(), six_months(&history).len());
    for (row, (_, trend)) in told.iter().zip(six_months(&history)) {
        let Ok(trend) = trend else {
            assert_eq!(row["trend"]["direction"], "too_few_days", "{row}");
            continue;
        };
        let near = |key: &str, value: f64| {
            (row["trend"][key].as_f64().unwrap() - value).abs() <= 5e-5
        };
        assert!(near("per_year", trend.per_year), "{row}");
        assert!(near("per_year_low", trend.per_year_range.0), "{row}");
        assert!(near("per_year_high", trend.per_year_range.1), "{row}");
        assert!(near("p", trend.p), "{row}");
    }
    let figures: Vec<&str> =
        told.iter().map(|row| row["figure"].as_str().unwrap()).collect();
    assert!(figures.contains(&"eccentric_load") && figures.contains(&"concentric_load"));
    assert!(document["after_hard"].is_null(), "no hill is known");
}

#[test]
fn closes_a_history_with_the_small_print_whatever_changed() {
    let history = hiker().history(date(2026, 8, 23));
    let changes = text(&history, &Hills::default());
    let page = history_text::with_changes(
        &history,
        &NextHills::default(),
        &View::default(),
        &changes,
    );
    let plain = history_text::text(&history, &NextHills::default(), &View::default());
    let (before, closing) = page.split_once(&changes).unwrap();
    assert!(closing.trim_start().starts_with("Not medical advice"), "{closing}");
    assert_eq!(format!("{}\n{closing}", before.trim_end()), plain);
}
