//! What changed in six months, told by its interval: of made-up athletes, whose truth is known.

#![cfg(feature = "store")]
#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

#[path = "support/athletes.rs"]
mod athletes;
#[path = "support/curves.rs"]
mod curves;

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
            (row["trend"][key].as_f64().unwrap() - value).abs() <= 5.01e-5
        };
        assert!(near("per_year", trend.per_year), "{row}");
        assert!(near("per_year_low", trend.per_year_range.0), "{row}");
        assert!(near("per_year_high", trend.per_year_range.1), "{row}");
        assert!(near("p", trend.p), "{row}");
        let (change, (low, high)) = trend.over_span();
        assert!(near("change", change) && near("change_low", low), "{row}");
        assert!(near("change_high", high), "{row}");
        assert_eq!(row["trend"]["from"], trend.from.to_string());
        assert_eq!(row["trend"]["to"], trend.to.to_string());
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

/// Half a year of an athlete who changes nothing: each week two or three outings, as hard and as
/// long as days and lasting form have it, of which form makes up a share of the variance.
fn unchanged(dice: &mut curves::Dice, share: f64) -> Diary {
    let mut diary = Diary::default();
    let monday = date(2026, 1, 5);
    let kept = (-7.0_f64 / 28.0).exp();
    let mut form = dice.normal();
    for week in 0..26 {
        form = kept * form + (1.0 - kept * kept).sqrt() * dice.normal();
        let level = 0.4 * share.sqrt() * form;
        for (weekday, outing) in [(1, EASY), (3, EASY), (6, LONG)] {
            if weekday == 3 && dice.even() < 0.4 {
                continue;
            }
            let of_day = 0.4 * (1.0 - share).sqrt() * dice.normal();
            let mut outing = outing.times((level + of_day).exp());
            outing.intensity *= (0.05 * dice.normal()).exp();
            diary.add(monday.saturating_add((7 * week + weekday).days()), outing);
        }
    }
    diary
}

/// Lines that claim a change where there is none, of all that were looked at, and athletes with
/// one at least.
fn claims(athletes: usize, share: f64) -> (f64, f64) {
    let mut dice = curves::Dice(25);
    let (mut looked, mut claimed, mut any) = (0, 0, 0);
    for _ in 0..athletes {
        let history = unchanged(&mut dice, share).history(date(2026, 7, 5));
        let trends: Vec<_> = six_months(&history)
            .into_iter()
            .filter_map(|(_, trend)| trend.ok())
            .collect();
        let changes =
            trends.iter().filter(|t| t.direction() != Direction::Unclear).count();
        let told = text(&history, &Hills::default());
        let words =
            format!("{} looked at, {changes} with a change; by chance", trends.len());
        assert!(told.contains(&words), "{told}");
        looked += trends.len();
        claimed += changes;
        any += usize::from(changes > 0);
    }
    (claimed as f64 / looked as f64, any as f64 / athletes as f64)
}

/// The text says that of those looked at up to one in twenty is a change by chance: so it is, where
/// weeks are independent and where half of what makes them differ lasts for four weeks.
#[test]
fn of_lines_that_claim_a_change_without_one_there_are_no_more_than_the_text_says() {
    for (share, most) in [(0.0, 0.03), (0.5, 0.05)] {
        let (lines, athletes) = claims(200, share);
        eprintln!(
            "lasting {share}: {lines:.4} of lines, {athletes:.4} of athletes with one"
        );
        assert!(lines <= most, "{share}: {lines}");
    }
}

#[test]
fn tells_less_than_half_a_year_as_what_it_was() {
    let mut diary = Diary::default();
    let monday = date(2026, 3, 2);
    for week in 0..12 {
        let grown = LONG.times(1.0 + 0.1 * f64::from(week) + 0.05 * f64::from(week % 2));
        diary.add(monday.saturating_add((7 * week + 5).days()), grown);
    }
    let history = diary.history(monday.saturating_add(84.days()));
    let told = text(&history, &Hills::default());
    eprintln!("{told}");
    // from 700 m by 0.1 a week to twice as much, in eleven weeks from the first to the last
    let line = told.lines().find(|line| line.contains("downhill metres")).unwrap();
    assert!(
        line.contains("up by 1") && line.contains(" % within 3 months, between"),
        "{told}"
    );
}
