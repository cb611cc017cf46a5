//! Does a history say what a good coach would, week by week?

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails says so")]

#[path = "support/athletes.rs"]
mod athletes;

use athletes::{
    COL, Diary, EASY, FLAT, HILLS, Outing, TOUR, VALLEY, golden, hike, hiker, marathoner,
    ride, rider, run, trail_runner, ultra_runner, winter_rider,
};
use hardlegs::history::spike::{Band, Dimension, Increase};
use hardlegs::history::{Next, Period, repeated_bout};
use hardlegs::plan::NextHills;
use hardlegs::sport::Sport;
use hardlegs::write::Units;
use hardlegs::write::history::{View, table, text::text};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use serde_json::Value;

fn page(diary: &Diary, on: Date) -> String {
    text(&diary.history(on), &NextHills::default(), &View::default())
}

#[test]
fn reproduces_25_rows_of_a_history_to_their_digits() {
    let rows: Vec<Value> =
        serde_json::from_str(include_str!("../fixtures/published/rows.json")).unwrap();
    let rows: Vec<&Value> = rows.iter().filter(|row| row["kind"] == "hist").collect();
    assert_eq!(rows.len(), 25);
    for row in rows {
        let input = row["input"].as_str().unwrap();
        let close = |key: &str, got: f64| {
            let wanted = row["out"][key].as_f64().unwrap();
            assert!((got - wanted).abs() <= 0.5e-4 + 1e-9, "{input} {key}: {got}");
        };
        let number = |text: &str| -> f64 { text.trim().parse().unwrap() };
        if let Some(days) = input.strip_prefix("protection after ") {
            let protection =
                repeated_bout::protection(number(days.trim_end_matches('d')));
            close("p", protection);
            close("attenuation_pct", 60.0 * protection);
        } else if let Some(rest) = input.strip_prefix("E=") {
            let (load, before) = rest.split_once(", ").unwrap();
            close("new_for_you", repeated_bout::new_load(number(load), &doses(before)));
        } else if let Some(ratio) = input.strip_prefix("session / 30-day max = ") {
            let words = Band::of(Some(number(ratio))).name();
            assert_eq!(row["out"]["band"], words, "{input}");
        } else if let Some(week) = input.strip_prefix("week ") {
            let week: Vec<f64> = week.split(' ').map(number).collect();
            let monotony =
                hardlegs::history::baseline::monotony(&week.clone().try_into().unwrap())
                    .unwrap();
            close("monotony", monotony);
            close("strain", monotony * week.iter().sum::<f64>());
        } else {
            assert_eq!(input, "50/day for 42 d");
            let mut diary = Diary::default();
            let first = date(2026, 1, 1);
            for n in 0..42 {
                diary
                    .add(first.saturating_add(n.days()), run("50", 5.0, 0.0, 500.0, 2.0));
            }
            let baseline =
                diary.history(first.saturating_add(41.days())).baseline().unwrap();
            let (long, short) = baseline.eccentric_averages;
            close("CTL", long);
            close("ATL", short);
            close("TSB", long - short);
        }
    }
}

/// Earlier doses in the words of a row, as (days ago, load).
fn doses(words: &str) -> Vec<(f64, f64)> {
    let weekly = || (1..=12).map(|week| (7.0 * f64::from(week), 60.0)).collect();
    match words {
        "none before" => Vec::new(),
        "an eighth 7 d before" => vec![(7.0, 12.4)],
        "half 7 d before" => vec![(7.0, 49.5)],
        "half 28 d before" => vec![(28.0, 49.5)],
        "same 42 d before" => vec![(42.0, 99.0)],
        "same nine weeks before" => vec![(63.0, 99.0)],
        "same yesterday" => vec![(1.0, 99.0)],
        "ramp 10-30-50-70, week 4" => vec![(7.0, 123.6), (14.0, 74.1), (21.0, 24.7)],
        "60 weekly, then 60" | "60 weekly, then a 250 race" => weekly(),
        "third in a month" => vec![(10.0, 80.0), (20.0, 80.0)],
        "nothing today" => vec![(7.0, 50.0)],
        other => panic!("unknown row {other}"),
    }
}

/// A10: what trials of the repeated-bout effect found, as shares of the response that one
/// earlier bout took away.
#[test]
fn keeps_protection_within_published_spans() {
    let taken = |load: f64, doses: &[(f64, f64)]| {
        100.0 * (1.0 - repeated_bout::new_load(load, doses) / load)
    };
    // 5 min a week before cut the response to 40 min by 47 to 64 %
    assert!((47.0..=64.0).contains(&taken(99.0, &[(7.0, 12.4)])));
    // half the dose, one and four weeks before: 54 to 61 %
    for days in [7.0, 28.0] {
        assert!((54.0..=61.0).contains(&taken(99.0, &[(days, 49.5)])));
    }
    // there at three and six weeks, most of it gone at nine, nothing from yesterday
    assert!(taken(99.0, &[(21.0, 99.0)]) > 50.0 && taken(99.0, &[(42.0, 99.0)]) > 40.0);
    assert!(taken(99.0, &[(63.0, 99.0)]) < 25.0);
    assert!(taken(99.0, &[(1.0, 99.0)]).abs() < 1e-12);
    // the ramp that left no damage stays below what untrained legs feel
    let ramp = [(7.0, 123.6), (14.0, 74.1), (21.0, 24.7)];
    assert!(repeated_bout::new_load(173.0, &ramp) < 45.0);
}

/// A11: the words, their bands and their floors.
#[test]
fn says_progression_in_bands_with_floors() {
    let words = |ratio| Band::of(Some(ratio)).name();
    assert_eq!(words(1.10), "usual");
    assert_eq!(words(1.11), "a little more");
    assert_eq!(words(1.30), "a little more");
    assert_eq!(words(2.00), "clearly more");
    assert_eq!(words(2.01), "far more");
    assert_eq!(
        Increase::new(Dimension::EccentricLoad, 12.0, 0.0).band().name(),
        "new for you"
    );
    // a session with 1.9 km more than the longest of 30 days is no word worth
    let mut diary = Diary::default();
    let monday = diary.weeks(date(2026, 1, 5), 10, &[(1, FLAT), (3, FLAT), (5, FLAT)]);
    let longest = 12.0 * 1.05;
    for (km, flagged) in [(longest + 1.9, false), (longest + 2.1, true)] {
        let mut diary = Diary { sessions: diary.sessions.clone() };
        diary.add(monday, run("River", km, 20.0, 20.0, 1.9));
        let history = diary.history(monday);
        let more = &history.comparisons.last().unwrap().more;
        assert_eq!(more.iter().any(|m| m.dimension == Dimension::Distance), flagged);
    }
}

#[test]
fn follows_a_trail_runner_over_three_years() {
    let diary = trail_runner();
    let last = diary.sessions.last().unwrap().day;
    golden("history-trail-back", &page(&diary, last));
    for (name, on) in [
        ("base", date(2024, 2, 25)),
        ("build", date(2024, 6, 2)),
        ("race", date(2024, 6, 24)),
        ("break", date(2024, 10, 13)),
    ] {
        golden(&format!("history-trail-{name}"), &page(&diary, on));
    }
}

#[test]
fn advises_recovery_after_an_ultra() {
    let (diary, race) = ultra_runner();
    for days in 1..=7 {
        let on = race.saturating_add(days.days());
        let history = diary.history(on);
        assert!(matches!(history.next(), Some(Next::Rest { until, .. }) if until >= on));
    }
    let page = page(&diary, race.saturating_add(6.days()));
    assert!(page.contains("legs probably not recovered"), "{page}");
    golden("history-after-ultra", &page);
}

#[test]
fn flags_a_first_descent_after_a_winter_on_the_bicycle() {
    let (mut diary, monday) = winter_rider();
    let before = page(&diary, monday);
    assert!(before.contains("hardly any downhill in six weeks"), "{before}");
    diary.add(
        monday.saturating_add(5.days()),
        run("First spring trail", 18.0, 900.0, 900.0, 2.6),
    );
    let after = page(&diary, monday.saturating_add(6.days()));
    assert!(after.contains("first descents"), "{after}");
    golden("history-winter-before", &before);
    golden("history-winter-after", &after);
}

#[test]
fn follows_a_hikers_season() {
    golden("history-hiker", &page(&hiker(), date(2026, 8, 23)));
}

#[test]
fn flags_a_flat_marathoners_first_trail_race() {
    let (diary, race) = marathoner();
    let history = diary.history(race);
    let day = history.days.last().unwrap();
    assert!(day.first_descents.is_some() && day.rest.unwrap().days == 14);
    golden("history-first-trail", &page(&diary, race));
}

#[test]
fn adds_hut_days_back_to_back() {
    let mut diary = Diary::default();
    let monday = diary.weeks(
        date(2026, 5, 4),
        10,
        &[(2, EASY), (5, hike("Summit", 15.0, 900.0, 900.0))],
    );
    for day in 0..3 {
        let stage = hike("Hut to hut", 17.0, 1100.0, 1300.0);
        diary.add(monday.saturating_add((4 + day).days()), stage);
    }
    let on = monday.saturating_add(6.days());
    let history = diary.history(on);
    let last = history.days.last().unwrap();
    let loads: f64 =
        history.days.iter().rev().take(3).map(|day| day.foot.eccentric_load).sum();
    assert!((last.three_day_load - loads).abs() < 1e-9);
    golden("history-huts", &page(&diary, on));
}

/// A first big descent after nine weeks' break is flagged, the third in a month is not.
#[test]
fn flags_the_first_after_a_break_and_not_the_third() {
    let mut diary = Diary::default();
    let big = run("Big descent", 18.0, 1000.0, 1000.0, 2.6);
    let monday = diary.weeks(date(2026, 1, 5), 8, &[(1, EASY), (3, EASY), (6, big)]);
    // nine weeks of level running
    let monday = diary.weeks(monday, 9, &[(1, FLAT), (3, FLAT), (6, FLAT)]);
    for (n, days) in [0, 10, 20].into_iter().enumerate() {
        let day = monday.saturating_add(days.days());
        diary.add(day, big);
        let history = diary.history(day);
        let today = history.days.last().unwrap();
        let flagged = today.first_descents.is_some()
            || history
                .comparisons
                .last()
                .unwrap()
                .more
                .iter()
                .any(|m| m.dimension == Dimension::EccentricLoad);
        match n {
            0 => assert!(flagged && today.rest.is_some()),
            2 => assert!(!flagged && today.rest.is_none(), "{today:?}"),
            _ => {}
        }
    }
}

/// What was asked comes first, the small print last; rides and runs share one table that
/// begins with something done.
#[test]
fn begins_a_page_with_three_figures_and_ends_it_with_the_small_print() {
    let (mut winter, monday) = winter_rider();
    winter.add(
        monday.saturating_add(5.days()),
        run("First spring trail", 18.0, 900.0, 900.0, 2.6),
    );
    let (marathon, race) = marathoner();
    let (ultra, after) = ultra_runner();
    for (diary, on) in [
        (&winter, monday.saturating_add(6.days())),
        (&winter, monday.saturating_add(90.days())),
        (&marathon, race),
        (&ultra, after),
        (&hiker(), date(2026, 8, 23)),
    ] {
        let page = page(diary, on);
        let lines: Vec<&str> = page.lines().collect();
        for line in &lines[..3] {
            let (figure, words) = line.split_at(5);
            assert!(figure.trim().parse::<u32>().is_ok(), "{page}");
            assert!(words.starts_with("  ") && words.trim().len() > 20, "{page}");
        }
        // riding has a step of its own
        let table = lines.iter().position(|line| line.is_empty()).unwrap();
        let riding = lines[..table].iter().any(|line| line.contains("next big ride"));
        assert_eq!(table > 3, riding, "{page}");
        assert_eq!(page.matches("week of").count(), 1, "{page}");
        assert!(!lines[table + 3].contains("none"), "{page}");
        let last = page.rsplit("\n\n").next().unwrap();
        assert!(last.lines().count() <= 2 && last.contains("help safety"), "{page}");
        assert_eq!(page.matches("Not medical advice").count(), 1, "{page}");
    }
}

/// Months and years, miles and feet, rides alone: whatever is asked for fits a terminal.
#[test]
fn keeps_every_view_within_80_columns() {
    let (trail, (winter, monday), (ultra, after)) =
        (trail_runner(), winter_rider(), ultra_runner());
    let ends = trail.sessions.last().unwrap().day;
    for (diary, on) in [(&trail, ends), (&winter, monday), (&ultra, after)] {
        let history = diary.history(on);
        for by in Period::ALL {
            for units in [Units::Metric, Units::Imperial] {
                for on_foot in [None, Some(true), Some(false)] {
                    let view = View { by, units, on_foot, since: Some(date(2023, 1, 1)) };
                    let pages = text(&history, &NextHills::default(), &view)
                        + &table::list(&history, &view);
                    let wide = pages.lines().find(|line| line.chars().count() > 80);
                    assert_eq!(wide, None, "{view:?}");
                }
            }
        }
    }
}

/// Weeks of rides before the first session on foot have a row of rides alone, and what is not
/// asked for has none.
#[test]
fn puts_rides_and_runs_in_one_table() {
    let (mut diary, monday) = winter_rider();
    diary.add(monday, run("Trail", 18.0, 900.0, 900.0, 2.6));
    let on = monday.saturating_add(1.days());
    let both = page(&diary, on);
    assert!(both.contains("2 rides") && both.contains("1 on foot"), "{both}");
    let history = diary.history(on);
    for (on_foot, other) in [(true, "ride"), (false, "on foot")] {
        let view = View { on_foot: Some(on_foot), ..View::default() };
        let page = text(&history, &NextHills::default(), &view);
        assert!(!page.contains(other), "{page}");
    }
}

/// Flags are rare, or nobody reads them.
#[test]
fn flags_few_weeks() {
    let diary = trail_runner();
    let last = diary.sessions.last().unwrap().day;
    let history = diary.history(last);
    let weeks = history.by(hardlegs::history::Period::Week, None);
    let flagged = weeks.iter().filter(|week| {
        history.comparisons[week.sessions.clone()].iter().any(|v| !v.more.is_empty())
            || history.days[week.days.clone()].iter().any(|d| d.first_descents.is_some())
    });
    let (flagged, all) = (flagged.count(), weeks.len());
    println!("{flagged} of {all} weeks of three years carry a flag");
    assert!(flagged * 5 < all, "{flagged} of {all}");
}

#[test]
fn keeps_every_figure_over_an_hour_in_one_place() {
    let first = date(2026, 3, 2);
    let mut diary = Diary::default();
    for n in 0..6 {
        diary.add(
            first.saturating_add((7 * n).days()),
            run("hill", 10.0, 300.0, 300.0, 2.0),
        );
    }
    let on = first.saturating_add(37.days());
    let (without, page_without) = (diary.history(on), page(&diary, on));
    for n in [0, 9, 36] {
        diary.add(first.saturating_add(n.days()), run("still", 0.0, 0.0, 0.0, 2.0));
    }
    let with = diary.history(on);
    assert_eq!((with.still, without.still), (3, 0));
    assert_eq!(with.days, without.days);
    assert_eq!(with.comparisons, without.comparisons);
    assert_eq!(page(&diary, on), page_without);
}

/// Who goes 249 m down every week is not sent back to 210 m: a step within the range of what
/// was done is done, and what is asked for is more than what was done.
#[test]
fn a_step_within_what_was_done_counts_as_done() {
    for (gait, intensity) in [(Sport::Run, 2.0), (Sport::Run, 1.6), (Sport::Hike, 1.7)] {
        let mut diary = Diary::default();
        let weekly =
            Outing { sport: gait, ..run("Descent", 9.0, 249.0, 249.0, intensity) };
        for week in 0..8 {
            diary.add(date(2026, 3, 7).saturating_add((7 * week).days()), weekly);
        }
        let on = diary.sessions.last().unwrap().day.saturating_add(1.days());
        let history = diary.history(on);
        let done = history.days.last().unwrap().foot;
        let Some(Next::FirstDescents(step)) = history.next() else { panic!("{gait:?}") };
        assert!(step.load > done.eccentric_load_high, "{step:?}");
        let page = page(&diary, on);
        let asked: f64 = page
            .lines()
            .nth(2)
            .and_then(|line| line.split("about ").nth(1)?.split(' ').next()?.parse().ok())
            .unwrap();
        assert!(asked > 249.0, "{page}");
        assert!(!page.contains("hardly any") && page.contains("about 250 m"), "{page}");
    }
}

#[test]
fn a_riders_year() {
    let diary = rider();
    for (name, on) in [
        ("winter", date(2025, 3, 2)),
        ("build", date(2025, 6, 29)),
        ("tour", TOUR),
        ("autumn", date(2025, 10, 5)),
        ("young", date(2025, 1, 20)),
    ] {
        let page = page(&diary, on);
        assert!(!page.contains("downhill") && !page.contains("on foot"), "{page}");
        golden(&format!("history-rider-{name}"), &page);
    }
}

/// The next ride grows by no more than it says, and is never less than the largest of six
/// weeks; a week that is to be easier is the only exception, and says so.
#[test]
fn the_next_ride_is_a_step_from_what_was_done() {
    let diary = rider();
    let mut easier = 0;
    for day in 0..250 {
        let on = date(2025, 2, 18).saturating_add(day.days());
        let history = diary.history(on);
        let largest =
            history.baseline().unwrap().largest_ride.map_or(0.0, |(_, load)| load);
        match history.next_ride().unwrap() {
            Next::Grow { up_to, from, after } => {
                assert!((from - largest).abs() < 1e-9, "{on}: {from} {largest}");
                assert!(up_to >= from && up_to <= from + 15_f64.max(0.1 * from) + 1e-9);
                assert!(after.is_none_or(|after| after > on));
            }
            Next::EasierWeek { .. } => easier += 1,
            other => panic!("{on}: {other:?}"),
        }
    }
    assert!((1..100).contains(&easier), "{easier}");
}

/// Rides and runs in one picture: a step of each, and no eccentric load of rides.
#[test]
fn who_rides_and_runs_gets_both_next_steps() {
    let mut diary = Diary::default();
    let week =
        [(1, EASY), (3, HILLS), (5, run("Trail", 18.0, 600.0, 600.0, 2.5)), (6, COL)];
    let monday = diary.weeks(date(2026, 1, 5), 12, &week);
    let on = monday.saturating_sub(1.days());
    let history = diary.history(on);
    assert!(history.days.iter().all(|day| day.ride.eccentric_load.abs() < 1e-12));
    let baseline = history.baseline().unwrap();
    assert!(baseline.concentric_load > 20.0 && baseline.ride_concentric_load > 100.0);
    let page = page(&diary, on);
    let lines: Vec<&str> = page.lines().take(4).collect();
    assert!(lines[2].contains("next downhill day"), "{page}");
    assert!(lines[3].contains("next big ride"), "{page}");
    golden("history-rides-and-runs", &page);
}

/// One ride, three, all flat, only a ride years after a hike: each gets its page, and no step
/// that nothing stands for.
#[test]
fn little_riding_gets_a_page_and_no_step() {
    let on = date(2026, 5, 20);
    let mut one = Diary::default();
    one.add(date(2026, 5, 2), COL);
    let mut three = Diary::default();
    for day in [2, 9, 16] {
        three.add(date(2026, 5, day), COL);
    }
    for diary in [&one, &three] {
        let page = page(diary, on);
        assert!(page.contains("no next ride yet"), "{page}");
        assert!(page.contains("too young to say"), "{page}");
    }
    let mut flat = Diary::default();
    flat.weeks(
        date(2026, 3, 2),
        11,
        &[(1, ride("Canal", 40.0, 0.0)), (5, VALLEY.times(0.0))],
    );
    for session in &mut flat.sessions {
        session.distance_m = 40_000.0;
    }
    let page_of_flat = page(&flat, on);
    assert!(page_of_flat.contains("hardly any climbing"), "{page_of_flat}");
    assert!(
        !page_of_flat.contains("NaN") && !page_of_flat.contains("inf"),
        "{page_of_flat}"
    );
    let mut late = Diary::default();
    late.add(date(2022, 7, 2), hike("A hike", 12.0, 700.0, 700.0));
    late.weeks(date(2026, 2, 2), 15, &[(2, HILLS), (5, COL)]);
    let page = page(&late, on);
    assert!(page.starts_with("  131  usual uphill load"), "{page}");
    assert!(!page.contains("downhill day"), "{page}");
}
