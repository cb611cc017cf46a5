//! Does a curve of speed over grade find the one that somebody has, and what a course takes?
//!
//! The people here are made up: their curves, their days and their fading are known.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that fails says so, and says what it measured"
)]

#[path = "support/athletes.rs"]
mod athletes;
#[path = "support/curves.rs"]
mod curves;
mod support;

use curves::{Athlete, Dice, ON, hills};
use hardlegs::activity::{Activity, Sample};
use hardlegs::curve::{Curve, Curves, Outing, Part};
use hardlegs::load::by_grade::{ByGrade, CLASSES, class_of, grade_of};
use hardlegs::load::{Efforts, Terms};
use hardlegs::profile::{Profile, Sampling};
use hardlegs::read;
use hardlegs::report::{Assumed, Report};
use hardlegs::segment::{self, Rules};
use hardlegs::settings::Settings;
use hardlegs::sport::{Bike, Labelled, Sport};
use hardlegs::write::Units;
use hardlegs::write::curve::{json, text};
use jiff::ToSpan as _;

fn course(metres: &[f64; CLASSES]) -> Part {
    let mut by_grade = ByGrade::default();
    for (class, metres) in metres.iter().enumerate() {
        by_grade.classes[class].length_m = *metres;
        by_grade.classes[class].rise_m = grade_of(class) * metres;
    }
    Part { from_m: 0.0, by_grade }
}

#[test]
fn finds_the_curve_that_somebody_has() {
    let mut dice = Dice(7);
    for sport in [Sport::Run, Sport::Hike, Sport::Ride] {
        let (mut within, mut all, mut errors) = (0, 0, Vec::new());
        for _ in 0..60 {
            let athlete = Athlete::drawn(&mut dice, sport);
            let outings = athlete.outings(&mut dice, 40, 1.0);
            let curve = Curve::of(&outings, sport, ON);
            for point in &curve.points {
                let truth = athlete.speed(point.grade);
                let estimate = point.speed_m_per_s;
                assert!(
                    estimate.low <= estimate.value && estimate.value <= estimate.high
                );
                all += 1;
                within += usize::from((estimate.low..=estimate.high).contains(&truth));
                if point.grade.abs() < 0.21 {
                    errors.push((estimate.value / truth).ln().abs());
                }
            }
        }
        let share = f64::from(u32::try_from(within).unwrap()) / f64::from(all);
        errors.sort_by(f64::total_cmp);
        let median = errors[errors.len() / 2];
        eprintln!(
            "{sport:?}: {share:.2} of the curve within its band, median error {median:.3}"
        );
        assert!((0.72..=0.97).contains(&share), "{sport:?}: {share}");
        assert!(median < 0.04, "{sport:?}: {median}");
    }
}

#[test]
fn holds_the_time_of_eight_courses_in_ten() {
    let mut dice = Dice(11);
    for (outings, hilly) in [(0, 1.0), (3, 1.0), (12, 1.0), (40, 1.0), (40, 0.0)] {
        let (mut within, mut errors, mut widths) = (0, Vec::new(), Vec::new());
        let people = 250;
        for k in 0..people {
            let sport = [Sport::Run, Sport::Hike, Sport::Ride][k % 3];
            let athlete = Athlete::drawn(&mut dice, sport);
            let known = athlete.outings(&mut dice, outings, hilly);
            let curve = Curve::of(&known, sport, ON);
            let length_m = 8000.0 + 30_000.0 * dice.even();
            let metres = hills(&mut dice, length_m, 1.0);
            let took = athlete.day(&mut dice, ON, &metres).by_grade.moving_s();
            let time = curve.time(&[course(&metres)]).unwrap().moving_s;
            within += usize::from((time.low..=time.high).contains(&took));
            errors.push((time.value / took).ln().abs());
            widths.push(time.high / time.low);
        }
        errors.sort_by(f64::total_cmp);
        widths.sort_by(f64::total_cmp);
        let share = within as f64 / people as f64;
        let middle = people / 2;
        eprintln!(
            "{outings} outings, hilly {hilly}: {share:.2} within, median error {:.3}, width {:.2}",
            errors[middle], widths[middle]
        );
        assert!((0.73..=0.93).contains(&share), "{outings} outings: {share}");
    }
}

#[test]
fn an_interval_narrows_where_somebody_went_and_stays_wide_where_nobody_did() {
    let mut dice = Dice(3);
    let athlete = Athlete::drawn(&mut dice, Sport::Run);
    let width = |curve: &Curve, grade: f64| {
        let estimate = curve.estimate_at(grade);
        estimate.high / estimate.low
    };
    let none = Curve::of(&[], Sport::Run, ON);
    let flat = Curve::of(&athlete.outings(&mut dice, 30, 0.0), Sport::Run, ON);
    let hilly = Curve::of(&athlete.outings(&mut dice, 30, 1.0), Sport::Run, ON);
    assert!(width(&flat, 0.0) < 1.12 && width(&hilly, 0.2) < 1.15);
    assert!(width(&flat, 0.3) > 1.4, "nobody went up 30 %: {}", width(&flat, 0.3));
    assert!(width(&none, 0.0) > width(&flat, 0.3));
    assert!(flat.own_share_at(0.0) > 0.95 && flat.own_share_at(0.35) < 0.75);
}

#[test]
fn three_sessions_one_grade_and_no_times_make_a_curve_that_says_so() {
    let mut dice = Dice(5);
    let athlete = Athlete::drawn(&mut dice, Sport::Hike);
    let three = athlete.outings(&mut dice, 3, 1.0);
    let mut one_grade = [0.0; CLASSES];
    one_grade[class_of(0.2)] = 3000.0;
    let steep = vec![athlete.day(&mut dice, ON, &one_grade)];
    let mut untimed = three.clone();
    for class in untimed.iter_mut().flat_map(|outing| &mut outing.by_grade.classes) {
        (class.timed_m, class.moving_s) = (0.0, 0.0);
    }
    for outings in [&three, &steep, &untimed] {
        let curve = Curve::of(outings, Sport::Hike, ON);
        assert_eq!(curve.outings + curve.untimed, outings.len());
        let speeds = curve.points.map(|point| point.speed_m_per_s);
        assert!(
            speeds.iter().all(|s| s.low > 0.0 && s.high.is_finite() && s.low < s.high)
        );
    }
    assert_eq!(Curve::of(&untimed, Sport::Hike, ON).untimed, 3);
    assert!(Curve::of(&untimed, Sport::Run, ON).days.is_none());
}

#[test]
fn walks_and_hikes_are_one_curve_and_runs_are_another() {
    let mut dice = Dice(13);
    let athlete = Athlete::drawn(&mut dice, Sport::Walk);
    let walks = athlete.outings(&mut dice, 4, 1.0);
    assert_eq!(Curve::of(&walks, Sport::Hike, ON).outings, 4);
    assert_eq!(Curve::of(&walks, Sport::Run, ON).outings, 0);
    assert_eq!(Curve::of(&walks, Sport::Ride, ON).outings, 0);
}

#[test]
fn a_course_is_the_sum_of_its_parts() {
    let mut dice = Dice(17);
    let athlete = Athlete { fading: -0.08, ..Athlete::drawn(&mut dice, Sport::Run) };
    let curve = Curve::of(&athlete.outings(&mut dice, 20, 1.0), Sport::Run, ON);
    let parts: Vec<Part> =
        (0..6).map(|_| course(&hills(&mut dice, 9000.0, 1.0))).collect();
    let time = curve.time(&parts).unwrap();
    let sum: f64 = time.parts.iter().map(|part| part.moving_s.value).sum();
    assert!((sum / time.moving_s.value - 1.0).abs() < 1e-9);
    let last = time.parts.last().unwrap().until_s;
    assert!((last.high / time.moving_s.high - 1.0).abs() < 1e-9);
    assert!(time.parts.windows(2).all(|two| two[0].until_s.value < two[1].until_s.value));
    // the same part again takes longer later on
    let twice = curve.time(&[parts[0]; 6]).unwrap();
    assert!(twice.parts[5].moving_s.value > 1.02 * twice.parts[0].moving_s.value);
    // and twice the way takes more than twice the time
    let once = curve.time(&parts[..3]).unwrap().moving_s.value;
    let [a, b, c] = [parts[0], parts[1], parts[2]];
    let double = curve.time(&[a, b, c, a, b, c]).unwrap().moving_s.value;
    assert!(double > 2.02 * once && double < 2.3 * once, "{}", double / once);
    assert!(curve.time(&[]).is_none());
}

#[test]
fn heart_rate_tells_easy_days_from_hard_ones() {
    let mut dice = Dice(19);
    let athlete =
        Athlete { day_sd: 0.02, fading: -0.06, ..Athlete::drawn(&mut dice, Sport::Run) };
    let mut outings = athlete.outings(&mut dice, 40, 1.0);
    for outing in &mut outings {
        // speed goes with heart rate to the power of 1.5
        let harder = 0.08 * dice.normal();
        for class in &mut outing.by_grade.classes {
            class.moving_s /= (1.5 * harder).exp();
            class.heart_s = class.moving_s;
            class.beats = 150.0 / 60.0 * harder.exp() * class.moving_s;
        }
    }
    let curve = Curve::of(&outings, Sport::Run, ON);
    let effort = curve.effort.unwrap();
    assert!((effort.value - 1.5).abs() < 0.3, "{effort:?}");
    assert!((curve.heart_rate_bpm.unwrap() - 150.0).abs() < 6.0);
    for class in outings.iter_mut().flat_map(|outing| &mut outing.by_grade.classes) {
        (class.heart_s, class.beats) = (0.0, 0.0);
    }
    let blind = Curve::of(&outings, Sport::Run, ON);
    assert!(blind.effort.is_none() && blind.day_sd > 1.5 * curve.day_sd);
}

#[test]
fn a_half_year_is_held_against_the_one_before() {
    let mut dice = Dice(23);
    let athlete = Athlete { day_sd: 0.05, ..Athlete::drawn(&mut dice, Sport::Run) };
    let faster = Athlete { level: 1.15 * athlete.level, ..athlete };
    let recent = faster.outings(&mut dice, 40, 1.0);
    let mut outings = athlete.outings(&mut dice, 40, 1.0);
    for outing in &mut outings {
        outing.day = outing.day.saturating_sub(200.days());
    }
    assert!(Curves::of(&outings, Sport::Run, ON).halves.is_none());
    outings.extend(recent);
    let curves = Curves::of(&outings, Sport::Run, ON);
    let (recent, before) = curves.halves.unwrap();
    let gained = recent.speed_at(0.1) / before.speed_at(0.1);
    assert!((gained / 1.15 - 1.0).abs() < 0.05, "{gained}");
    // later outings are not known yet
    let then = ON.saturating_sub(200.days());
    assert!(Curve::of(&outings, Sport::Run, then).outings <= 40);
}

#[test]
fn two_thousand_sessions_take_less_than_half_a_second() {
    let mut dice = Dice(29);
    let athlete = Athlete::drawn(&mut dice, Sport::Run);
    let mut outings = athlete.outings(&mut dice, 2000, 1.0);
    for outing in &mut outings {
        outing.day = ON;
    }
    let began = std::time::Instant::now();
    let curve = Curves::of(&outings, Sport::Run, ON).own;
    let took = began.elapsed();
    eprintln!("2000 sessions: {took:?}");
    assert_eq!(curve.outings, 2000);
    assert!(took.as_millis() < 500, "{took:?}");
}

#[test]
fn a_page_of_a_curve_is_one_screen_and_as_it_was() {
    for (name, own) in curves::own_curves() {
        let page = text::text(&own, Units::Metric);
        athletes::golden(name, &page);
        assert!(page.lines().count() <= 25, "{name}: {} lines", page.lines().count());
        assert!(!page.contains("NaN") && !page.contains("inf"), "{name}");
        text::text(&own, Units::Imperial);
    }
}

#[test]
fn a_document_of_a_curve_follows_its_schema() {
    let schema = jsonschema::validator_for(&json::schema()).unwrap();
    for (name, own) in curves::own_curves() {
        let document = serde_json::to_value(json::document(&[own], ON)).unwrap();
        assert!(schema.is_valid(&document), "{name}");
        assert_eq!(
            document["curves"][0]["own"]["grades"].as_array().unwrap().len(),
            CLASSES
        );
    }
    let nobody = json::document(&[Curves::of(&[], Sport::Ride, ON)], ON);
    assert!(schema.is_valid(&serde_json::to_value(nobody).unwrap()));
}

/// A run over slopes of 400 m each, a record a second, at the speed that an athlete has there.
fn recorded(athlete: &Athlete, number: i64) -> Activity {
    let grades = [0.0_f64, 0.1, 0.2, -0.1, -0.2, 0.05, -0.05, 0.3, -0.3, 0.0];
    let mut activity = Activity::default();
    activity.header.sport = Labelled::Modelled(athlete.sport, Bike::Road);
    let start: jiff::Timestamp = "2026-03-01T08:00:00Z".parse().unwrap();
    activity.header.start = Some(start + (24 * number).hours());
    let (mut x, mut height) = (0.0_f64, 800.0);
    for second in 0..3600_u32 {
        let slope = (x / 400.0).floor() % 10.0;
        let grade = grades.iter().zip(0..).find(|(_, k)| f64::from(*k) >= slope);
        let grade = *grade.unwrap().0;
        let speed = athlete.speed(grade);
        activity.push(Sample {
            time_s: f64::from(second),
            distance_m: x,
            elevation_m: height,
            ..Sample::default()
        });
        x += speed;
        height += speed * grade;
    }
    activity
}

#[test]
fn a_curve_comes_back_from_recordings() {
    let athlete = Athlete {
        sport: Sport::Run,
        level: 1.1,
        climber: 0.4,
        day_sd: 0.0,
        fading: -0.06,
    };
    let outings: Vec<Outing> =
        (0..8).map(|number| outing_of(&recorded(&athlete, number)).unwrap().1).collect();
    let curve = Curve::of(&outings, Sport::Run, ON);
    for grade in [-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3] {
        let ratio = curve.speed_at(grade) / athlete.speed(grade);
        eprintln!("{grade:+.2}: {ratio:.3}");
        // smoothing takes the corners off a road
        assert!((ratio - 1.0).abs() < 0.05, "{ratio} at {grade}");
    }
}

/// Who goes every slope as always, goes it like the level as always.
#[test]
fn a_level_pace_by_the_own_curve_is_the_pace_on_the_level() {
    let athlete = Athlete {
        sport: Sport::Run,
        level: 1.1,
        climber: 0.4,
        day_sd: 0.0,
        fading: -0.06,
    };
    let recordings: Vec<Activity> =
        (0..8).map(|number| recorded(&athlete, number)).collect();
    let outings: Vec<Outing> =
        recordings.iter().map(|activity| outing_of(activity).unwrap().1).collect();
    let curve = Curve::of(&outings, Sport::Run, ON);
    let report = Report::of(&recordings[0], &Settings::default()).unwrap();
    let level = athlete.speed(0.0);
    let whole = curve.level_speed_m_per_s(&report.by_grade).unwrap();
    assert!((whole / level - 1.0).abs() < 0.04, "{whole} of {level}");
    for (hill, part) in report.segments.iter().zip(&report.segments_by_grade) {
        let pace = curve.level_speed_m_per_s(part).unwrap();
        assert!((pace / level - 1.0).abs() < 0.12, "{pace} of {level} on {hill:?}");
    }
    let page = text::level_paces(&report, &curve, Units::Metric);
    assert!(page.contains("(8 outings)") && page.contains("U1"), "{page}");
    let nobody = Curve::of(&[], Sport::Run, ON);
    assert_eq!(nobody.level_speed_m_per_s(&report.by_grade), None);
    assert_eq!(text::level_paces(&report, &nobody, Units::Metric), "");
}

/// A route is scored without its times, at the speeds of somebody slow and of somebody fast.
#[test]
fn scores_a_route_at_the_speeds_of_its_runner() {
    for (level, climber) in [(0.75, 0.0), (1.25, 0.4)] {
        let athlete =
            Athlete { sport: Sport::Run, level, climber, day_sd: 0.0, fading: -0.06 };
        let outings: Vec<Outing> = (0..8)
            .map(|number| outing_of(&recorded(&athlete, number)).unwrap().1)
            .collect();
        let curve = Curve::of(&outings, Sport::Run, ON);
        let timed = recorded(&athlete, 9);
        let mut untimed = Activity::default();
        untimed.header.sport = timed.header.sport.clone();
        for at in 0..timed.len() {
            untimed.push(Sample { time_s: f64::NAN, ..timed.sample(at) });
        }
        let settings = Settings { sport: Some(Sport::Run), ..Settings::default() };
        let truth = Report::of(&timed, &settings).unwrap();
        let assumed = Report::of(&untimed, &settings).unwrap();
        assert_eq!(curve.speeds_over(&truth), None, "a recording has its own");
        let speeds = curve.speeds_over(&assumed).unwrap();
        let mut at_own = settings.clone();
        at_own.terms.own_speeds = Some(speeds);
        let own = Report::of(&untimed, &at_own).unwrap();
        assert!(own.assumed.contains(&Assumed::OwnSpeed), "{:?}", own.assumed);
        assert!(!own.assumed.contains(&Assumed::Speed), "{:?}", own.assumed);
        for load in [
            |report: &Report| (report.load.concentric_load, report.range.concentric_load),
            |report: &Report| (report.load.eccentric_load, report.range.eccentric_load),
        ] {
            let [(truth, _), (own, range), (assumed, wide)] =
                [&truth, &own, &assumed].map(load);
            eprintln!(
                "{level}: {truth:.1} with times, {own:.1} {range:?}, assumed {assumed:.1} {wide:?}"
            );
            assert!((own / truth - 1.0).abs() < 0.04, "{own} beside {truth}");
            assert!((range.low..=range.high).contains(&truth), "{range:?}");
        }
        // of nobody's outings nothing is one's own
        assert_eq!(Curve::of(&[], Sport::Run, ON).speeds_over(&assumed), None);
    }
}

/// Outings of a folder of recordings, each once.
fn outings_of(folder: &std::path::Path) -> Vec<Outing> {
    let mut found: Vec<(jiff::Timestamp, Outing)> = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let Ok(reading) = read::path(&path) else { continue };
            for activity in &reading.activities {
                let Some((start, outing)) = outing_of(activity) else { continue };
                // a second copy of an outing would tell its own time
                let copy = |(other, _): &(jiff::Timestamp, Outing)| {
                    start.duration_since(*other).abs().as_secs() < 600
                };
                if !found.iter().any(copy) {
                    found.push((start, outing));
                }
            }
        }
    }
    found.into_iter().map(|(_, outing)| outing).collect()
}

/// What a curve needs of an activity of 2 km and ten minutes at least.
fn outing_of(activity: &Activity) -> Option<(jiff::Timestamp, Outing)> {
    let Labelled::Modelled(sport, bike) = activity.header.sport else { return None };
    let start = activity.header.start?;
    let profile = Profile::of(activity, sport, &Sampling::default()).ok()?;
    let split = segment::split(&profile, &Rules::of(sport, false));
    let (athlete, terms) = (hardlegs::Athlete::default(), Terms::default());
    let efforts = Efforts::of(&profile, &split.segments, sport, bike, &athlete, &terms);
    let by_grade = ByGrade::of(&profile, &efforts, 70.0, &(0..profile.cells()));
    let long = by_grade.length_m() >= 2000.0 && by_grade.moving_s() >= 600.0;
    let (day, elapsed_s) = (ON, profile.quality().elapsed_s);
    long.then_some((start, Outing { sport, day, elapsed_s, by_grade }))
}

#[test]
fn tells_the_hidden_times_of_people_with_several_outings() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !root.is_dir() {
        support::not_asked(&format!("no corpus at {}", root.display()));
        return;
    }
    let (mut errors, mut within, mut of_nobody) = (Vec::new(), 0, Vec::new());
    let mut people: Vec<_> = std::fs::read_dir(root).unwrap().flatten().collect();
    people.sort_by_key(std::fs::DirEntry::file_name);
    for person in people.iter().filter(|entry| entry.path().is_dir()) {
        let all = outings_of(&person.path());
        for sport in [Sport::Run, Sport::Hike, Sport::Ride] {
            let kind = |sport| if sport == Sport::Walk { Sport::Hike } else { sport };
            let own: Vec<Outing> = all
                .iter()
                .copied()
                .filter(|outing| kind(outing.sport) == sport)
                .collect();
            for (k, hidden) in own.iter().enumerate().filter(|_| own.len() >= 2) {
                let mut others = own.clone();
                others.remove(k);
                let part = Part { from_m: 0.0, by_grade: hidden.by_grade };
                let took = hidden.by_grade.moving_s();
                let time = Curve::of(&others, sport, ON).time(&[part]).unwrap();
                let nobody = Curve::of(&[], sport, ON).time(&[part]).unwrap();
                let error = (time.moving_s.value / took).ln();
                eprintln!(
                    "{:32} {:5} of {}: {:5.1} km {:+6.1} %  {:4.0} min, {:.0} to {:.0}",
                    person.file_name().to_string_lossy(),
                    sport.name(),
                    own.len(),
                    hidden.by_grade.length_m() / 1000.0,
                    100.0 * error,
                    took / 60.0,
                    time.moving_s.low / 60.0,
                    time.moving_s.high / 60.0
                );
                within +=
                    usize::from((time.moving_s.low..=time.moving_s.high).contains(&took));
                errors.push(error.abs());
                of_nobody.push((nobody.moving_s.value / took).ln().abs());
            }
        }
    }
    errors.sort_by(f64::total_cmp);
    of_nobody.sort_by(f64::total_cmp);
    let (middle, all) = (errors.len() / 2, errors.len());
    eprintln!(
        "{all} hidden times: median error {:.3}, by the population {:.3}, {within} within",
        errors[middle], of_nobody[middle]
    );
    assert!(all >= 15, "{all} outings of people with several");
    assert!(errors[middle] < 0.2, "{}", errors[middle]);
    assert!(within as f64 >= 0.6 * all as f64, "{within} of {all}");
}
