//! Do the ranges hold what is not known? The gain and loss that a device totalled itself should
//! lie in ours in four of five recordings, and the same outing recorded otherwise always.
//!
//! Run with `--nocapture`, it prints the tables of `hardlegs help accuracy`. The recordings lie
//! outside this repository; where they are not, this says so and asks nothing of them.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that fails says so, and says what it measured"
)]

mod support;

#[path = "../fixtures/mod.rs"]
mod fixtures;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use hardlegs::activity::{Activity, HeightSensor, Sample};
use hardlegs::profile::{Profile, Sampling, Span};
use hardlegs::read;
use hardlegs::report::Report;
use hardlegs::settings::Settings;
use hardlegs::sport::{Labelled, Sport};

/// Least total that a device's is held against: below it a metre is five percent.
const LEAST_M: f64 = 20.0;

/// Totals that are none, by the end of the file's path, each with its reason.
const LEFT_OUT: &[(&str, &str)] = &[
    ("data/fit/run.fit", "more is reported than all rises together"),
    ("12866632127.fit.gz", "the second copy of an outing"),
    ("ELEMNT-297E-195-0.fit", "185 m up and 89 m down reported for a loop"),
    (
        "null_compressed_speed_dist.fit",
        "a virtual ride: 92 of 118 m of rises are counted",
    ),
];

/// What a device totalled beside what we make of its recording.
struct Total {
    what: &'static str,
    file: String,
    /// Every second file by name is of the half that constants were chosen on.
    tuning: bool,
    sensor: HeightSensor,
    device_m: f64,
    ours_m: f64,
    range_m: Span,
}

impl Total {
    fn off(&self) -> f64 {
        self.ours_m / self.device_m - 1.0
    }

    fn half_width(&self) -> f64 {
        (self.range_m.high - self.range_m.low) / 2.0 / self.ours_m
    }

    fn held(&self) -> bool {
        self.range_m.contains(self.device_m)
    }
}

fn corpus() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !root.is_dir() {
        support::not_asked(&format!("no corpus at {}", root.display()));
        return Vec::new();
    }
    let (mut found, mut folders) = (Vec::new(), vec![root]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort_by_key(|path| path.file_name().map(std::ffi::OsStr::to_owned));
    found
}

fn sport(activity: &Activity) -> Sport {
    match &activity.header.sport {
        Labelled::Modelled(sport, _) => *sport,
        Labelled::Unmodelled(_) => Sport::Hike,
        Labelled::Unrecognised(_) | Labelled::Unknown => Sport::Run,
    }
}

/// Every total of a device that there is.
fn totals() -> Vec<Total> {
    let mut totals: Vec<Total> = Vec::new();
    let mut files: Vec<String> = Vec::new();
    for path in corpus() {
        let name = path.to_string_lossy().into_owned();
        if LEFT_OUT.iter().any(|(end, _)| name.ends_with(end)) {
            continue;
        }
        let Ok(reading) = read::path(&path) else { continue };
        // sessions of a file may overlap: the first of a multisport watch holds all the others
        let several = reading.activities.len() > 1;
        for activity in &reading.activities {
            let whole = several
                && matches!(
                    activity.header.sport,
                    Labelled::Unmodelled(_) | Labelled::Unknown
                );
            let reported = activity.header.reported;
            if whole || reported.ascent_m.or(reported.descent_m).is_none() {
                continue;
            }
            let sampling = Sampling::default();
            let Ok(profile) = Profile::of(activity, sport(activity), &sampling) else {
                continue;
            };
            let file = path.file_name().unwrap().to_string_lossy().into_owned();
            let range = profile.height_range();
            let ours = |sign: f64| -> f64 {
                profile.rise_m().iter().map(|rise| (sign * rise).max(0.0)).sum()
            };
            // the device counts the rides of a lift, which are no gain of the legs
            let lifted = profile.quality().carried_m > 0.0;
            let both = [
                ("gain", reported.ascent_m.filter(|_| !lifted), ours(1.0), range.gain_m),
                ("loss", reported.descent_m, ours(-1.0), range.loss_m),
            ];
            for (what, device_m, ours_m, range_m) in both {
                let Some(device_m) = device_m.filter(|m| *m >= LEAST_M) else { continue };
                if files.last() != Some(&file) {
                    files.push(file.clone());
                }
                totals.push(Total {
                    what,
                    file: file.clone(),
                    tuning: files.len() % 2 == 1,
                    sensor: profile.quality().height_sensor,
                    device_m,
                    ours_m,
                    range_m,
                });
            }
        }
    }
    totals
}

/// The value below which a share of them lie.
fn quantile(values: impl Iterator<Item = f64>, share: f64) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    let below = |at: &usize| (*at + 1) as f64 >= sorted.len() as f64 * share;
    let rank = (0..sorted.len()).find(below);
    rank.map_or(f64::NAN, |at| sorted[at])
}

/// A row of the table: how far off, how often held, how wide.
fn row(name: &str, totals: &[&Total]) {
    if totals.is_empty() {
        return;
    }
    let large = || totals.iter().filter(|total| total.device_m >= 80.0);
    let held = totals.iter().filter(|total| total.held()).count();
    eprintln!(
        "{name:<24} {:>3}  {:>5.1} %  {:>5.1} %   {held:>3} of {:<3} {:>3.0} %   ±{:>4.1} %",
        totals.len(),
        100.0 * quantile(large().map(|total| total.off().abs()), 0.5),
        100.0 * quantile(large().map(|total| total.off().abs()), 0.9),
        totals.len(),
        100.0 * held as f64 / totals.len() as f64,
        100.0 * quantile(totals.iter().map(|total| total.half_width()), 0.5),
    );
}

#[test]
fn holds_what_devices_totalled_in_four_of_five() {
    let totals = totals();
    if totals.is_empty() {
        return;
    }
    for total in &totals {
        eprintln!(
            "{} {:<10} {} {:>6.0} m, ours {:>6.0} ({:.0}–{:.0}) {:+.1} %  {}",
            if total.held() { "held  " } else { "missed" },
            total.sensor.name(),
            total.what,
            total.device_m,
            total.ours_m,
            total.range_m.low,
            total.range_m.high,
            100.0 * total.off(),
            total.file
        );
    }
    eprintln!(
        "                           n   half in  90 % in   held              half as wide"
    );
    let halves = [("tuning half", true), ("test half", false)];
    for (name, tuning) in halves {
        let half: Vec<&Total> = totals.iter().filter(|t| t.tuning == tuning).collect();
        row(name, &half);
        for what in ["gain", "loss"] {
            let of: Vec<&Total> =
                half.iter().copied().filter(|t| t.what == what).collect();
            row(&format!("  {what}"), &of);
        }
        let mut by_sensor: BTreeMap<&str, Vec<&Total>> = BTreeMap::new();
        for total in &half {
            by_sensor.entry(total.sensor.name()).or_default().push(total);
        }
        for (sensor, of) in by_sensor {
            row(&format!("  {sensor}"), &of);
        }
        let held = half.iter().filter(|total| total.held()).count();
        // the tuning half is what the constants were chosen for
        let least = if tuning { 80 } else { 70 };
        assert!(held * 100 >= half.len() * least, "{name}: {held} of {}", half.len());
        // half of the totals are of less than 130 m, or of legs of 50 m
        let width = quantile(half.iter().map(|total| total.half_width()), 0.5);
        assert!(width <= 0.18, "{name}: ±{width}");
    }
    calibration(&totals);
}

/// How often the range holds the device's total if it is made so many times as wide.
fn calibration(totals: &[Total]) {
    eprintln!("\nrange times   held (one # is 2 %)");
    let mut last = 0;
    for tenths in (0..=30).step_by(2) {
        let factor = f64::from(tenths) / 10.0;
        let within = |total: &&Total| {
            let below = factor * (total.ours_m - total.range_m.low);
            let above = factor * (total.range_m.high - total.ours_m);
            (total.ours_m - below..=total.ours_m + above).contains(&total.device_m)
        };
        let held = totals.iter().filter(within).count();
        let percent = 100 * held / totals.len();
        eprintln!("{factor:>11.1}   {:<50} {percent} %", "#".repeat(percent / 2));
        assert!(held >= last, "a wider range holds less");
        last = held;
    }
}

/// Heights of a device: those of the ground, and what its sensor adds.
struct Device {
    sensor: HeightSensor,
    /// Standard deviation of each height by itself, m.
    white_m: f64,
    /// Standard deviation of an error that wanders over half a minute, m.
    wander_m: f64,
}

const BAROMETRIC: Device =
    Device { sensor: HeightSensor::Barometer, white_m: 0.1, wander_m: 0.0 };
const SATELLITES: Device =
    Device { sensor: HeightSensor::Satellites, white_m: 0.1, wander_m: 2.0 };

/// An outing of 9 km over eight hills of 36 m, at 2.5 m/s and a record each 2 s: 288 m up.
fn eight_hills(device: &Device, seed: u64) -> Activity {
    let mut activity = Activity::default();
    activity.header.height_sensor = device.sensor;
    let mut random = Random(seed);
    let (mut wander_m, keep) = (0.0, (-2.0_f64 / 30.0).exp());
    for record in 0..=1800 {
        let (time_s, x_m) = (2.0 * f64::from(record), 5.0 * f64::from(record));
        wander_m = keep * wander_m
            + device.wander_m * (1.0 - keep * keep).sqrt() * random.normal();
        let ground_m = 18.0 * (1.0 - (x_m / 1125.0 * std::f64::consts::TAU).cos());
        activity.push(Sample {
            time_s,
            latitude_deg: 46.0 + x_m / 111_195.0,
            longitude_deg: 8.0,
            elevation_m: 500.0 + ground_m + wander_m + device.white_m * random.normal(),
            ..Sample::default()
        });
    }
    activity
}

/// A generator that gives the same numbers everywhere (Lehmer's, modulo 2^31 - 1).
struct Random(u64);

impl Random {
    fn unit(&mut self) -> f64 {
        self.0 = self.0 * 48_271 % 2_147_483_647;
        self.0 as f64 / 2_147_483_647.0
    }

    /// Sum of twelve: near enough to a normal number.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }
}

fn profile(activity: &Activity) -> Profile {
    Profile::of(activity, Sport::Run, &Sampling::default()).unwrap()
}

#[test]
fn a_watch_without_a_barometer_has_a_wide_range_that_holds_the_ground() {
    const GROUND_M: f64 = 288.0;
    let widths = |device: &Device| -> (usize, f64) {
        let ranges: Vec<Span> = (1..=20)
            .map(|seed| profile(&eight_hills(device, seed)).height_range().gain_m)
            .collect();
        let held = ranges.iter().filter(|range| range.contains(GROUND_M)).count();
        let half = ranges.iter().map(|range| (range.high - range.low) / 2.0 / GROUND_M);
        (held, quantile(half, 0.5))
    };
    let (held, narrow) = widths(&BAROMETRIC);
    assert!(held >= 19 && narrow <= 0.05, "{held} of 20, ±{narrow}");
    let (held, wide) = widths(&SATELLITES);
    assert!(held >= 16 && wide >= 3.0 * narrow, "{held} of 20, ±{wide} beside ±{narrow}");
}

#[test]
fn a_jump_that_was_cut_may_have_been_climbed() {
    let jumped = |by_m: f64| {
        let smooth = eight_hills(&BAROMETRIC, 1);
        let mut activity = Activity::default();
        activity.header = smooth.header.clone();
        for i in 0..smooth.len() {
            let mut sample = smooth.sample(i);
            sample.elevation_m += if i > 700 { by_m } else { 0.0 };
            activity.push(sample);
        }
        let profile = profile(&activity);
        assert_eq!(profile.quality().height_jumps, usize::from(by_m != 0.0));
        profile.height_range()
    };
    let (none, up, down) = (jumped(0.0), jumped(143.0), jumped(-143.0));
    assert!(up.gain_m.contains(288.0) && up.gain_m.contains(288.0 + 143.0), "{up:?}");
    assert!(!none.gain_m.contains(288.0 + 143.0), "{none:?}");
    // it is told in one direction alone
    assert!(up.loss_m.high < none.loss_m.high + 10.0, "{up:?} {none:?}");
    assert!(
        down.loss_m.contains(288.0 + 143.0) && !down.gain_m.contains(400.0),
        "{down:?}"
    );
}

/// The same activity with some of its records: the first, the last, and those that a recorder
/// that saw the one before would write.
fn thinned(activity: &Activity, writes: impl Fn(&Sample, &Sample) -> bool) -> Activity {
    let mut thin = Activity::default();
    thin.header = activity.header.clone();
    let mut last: Option<Sample> = None;
    for i in 0..activity.len() {
        let sample = activity.sample(i);
        let end = i + 1 == activity.len();
        if end || last.as_ref().is_none_or(|last| writes(last, &sample)) {
            thin.push(sample);
            last = Some(sample);
        }
    }
    thin
}

/// Whether gain, loss and both loads of one report lie in the ranges of another.
fn within(report: &Report, of: &Report) -> [bool; 4] {
    [
        of.gain_range_m.contains(report.gain_m),
        of.loss_range_m.contains(report.loss_m),
        of.range.concentric_load.contains(report.load.concentric_load),
        of.range.eccentric_load.contains(report.load.eccentric_load),
    ]
}

/// A recording of each second or two, with the settings that keep its sport.
struct Fine {
    file: String,
    /// Every second file by name is of the half that constants were chosen on.
    tuning: bool,
    activity: Activity,
    settings: Settings,
}

/// Every recording of each second or two; none with a lift, which nobody sees in a record each
/// minute.
fn fine_recordings() -> Vec<Fine> {
    let (mut fine, mut files) = (Vec::new(), Vec::new());
    for path in corpus() {
        let Ok(reading) = read::path(&path) else { continue };
        for activity in reading.activities {
            let steps = activity.time_s().windows(2).map(|pair| pair[1] - pair[0]);
            if activity.len() < 300 || quantile(steps, 0.5) > 2.5 {
                continue;
            }
            let Ok(whole) = Report::of(&activity, &Settings::default()) else { continue };
            if !whole.timed {
                continue;
            }
            let file = path.file_name().unwrap().to_string_lossy().into_owned();
            if files.last() != Some(&file) {
                files.push(file.clone());
            }
            let tuning = files.len() % 2 == 1;
            let settings = Settings { sport: Some(whole.sport), ..Settings::default() };
            if whole.quality.carried_m <= 0.0 {
                fine.push(Fine { file, tuning, activity, settings });
            }
        }
    }
    fine
}

/// What thinned recordings of one half held of the whole ones.
#[derive(Default)]
struct Held {
    recordings: usize,
    all: usize,
    figures: [usize; 4],
    /// How far above the gain its range reaches, as a share.
    above: Vec<f64>,
}

#[test]
fn keeps_figures_within_the_ranges_whatever_the_recorder_leaves_out() {
    type Writes = fn(&Sample, &Sample) -> bool;
    let recorders: [(&str, Writes); 5] = [
        ("every 5 s", |last, now| now.time_s - last.time_s >= 4.9),
        ("smart", |last, now| {
            now.time_s - last.time_s >= 10.0
                || (now.elevation_m - last.elevation_m).abs() >= 1.0
        }),
        ("every 15 s", |last, now| now.time_s - last.time_s >= 14.9),
        ("every 30 s", |last, now| now.time_s - last.time_s >= 29.9),
        ("every 60 s", |last, now| now.time_s - last.time_s >= 59.9),
    ];
    let fine = fine_recordings();
    eprintln!("                          n   all four   gain loss  up down   gain up to");
    for (recorder, writes) in recorders {
        let mut halves = [Held::default(), Held::default()];
        for Fine { file, tuning, activity, settings } in &fine {
            let whole = Report::of(activity, settings).unwrap();
            // too little to score is said, too
            let Ok(thin) = Report::of(&thinned(activity, writes), settings) else {
                continue;
            };
            let inside = within(&whole, &thin);
            let held = &mut halves[usize::from(!tuning)];
            held.recordings += 1;
            held.all += usize::from(inside.iter().all(|inside| *inside));
            for (count, inside) in held.figures.iter_mut().zip(inside) {
                *count += usize::from(inside);
            }
            held.above.push(thin.gain_range_m.high / thin.gain_m.max(1.0) - 1.0);
            if inside.contains(&false) {
                eprintln!(
                    "{recorder}: {inside:?} gain {:.0} {:.0} ({:.0}–{:.0}), loss {:.0} {:.0} ({:.0}–{:.0}), up {:.1} {:.1} ({:.1}–{:.1}), down {:.1} {:.1} ({:.1}–{:.1})  {file}",
                    whole.gain_m,
                    thin.gain_m,
                    thin.gain_range_m.low,
                    thin.gain_range_m.high,
                    whole.loss_m,
                    thin.loss_m,
                    thin.loss_range_m.low,
                    thin.loss_range_m.high,
                    whole.load.concentric_load,
                    thin.load.concentric_load,
                    thin.range.concentric_load.low,
                    thin.range.concentric_load.high,
                    whole.load.eccentric_load,
                    thin.load.eccentric_load,
                    thin.range.eccentric_load.low,
                    thin.range.eccentric_load.high,
                );
            }
        }
        for (half, held) in ["tuning half", "test half"].iter().zip(&halves) {
            eprintln!(
                "{recorder:<11} {half:<12} {:>2}   {:>3}        {:>3}  {:>3} {:>3}  {:>3}   +{:.0} %",
                held.recordings,
                held.all,
                held.figures[0],
                held.figures[1],
                held.figures[2],
                held.figures[3],
                100.0 * quantile(held.above.iter().copied(), 0.5)
            );
        }
        let both = |of: fn(&Held) -> usize| halves.iter().map(of).sum::<usize>();
        let (all, held) = (both(|half| half.recordings), both(|half| half.all));
        assert!(held * 10 >= all * 9, "{recorder}: {held} of {all}");
    }
}

#[test]
fn widens_gain_by_what_lies_between_two_points_and_not_that_of_each_second() {
    // two hills of 120 m with bumps of 6 m each 400 m
    let recorded = |every_s: u32| {
        let mut activity = Activity::default();
        for record in 0..=(2880 / every_s) {
            let time_s = f64::from(every_s * record);
            let x_m = 2.5 * time_s;
            let wave = |length_m: f64| (x_m / length_m * std::f64::consts::TAU).cos();
            activity.push(Sample {
                time_s,
                latitude_deg: 46.0 + x_m / 111_195.0,
                longitude_deg: 8.0,
                elevation_m: 500.0 - 60.0 * wave(3600.0) - 3.0 * wave(400.0),
                ..Sample::default()
            });
        }
        profile(&activity)
    };
    let gain_m = |profile: &Profile| -> f64 {
        profile.rise_m().iter().map(|rise| rise.max(0.0)).sum()
    };
    let fine = recorded(1);
    assert!(fine.quality().hiding_m <= 0.0 && recorded(6).quality().hiding_m <= 0.0);
    let mut last_m = 0.0;
    for every_s in [1, 6, 15, 30, 48, 60, 90] {
        let thin = recorded(every_s);
        let range = thin.height_range().gain_m;
        // at a point each 48 s the bumps are unseen, and higher than most country's
        let seen = every_s <= 30;
        assert!(
            !seen || range.contains(gain_m(&fine)),
            "{every_s}: {} in {range:?}, {}",
            gain_m(&fine),
            gain_m(&thin)
        );
        let above_m = range.high - gain_m(&thin);
        assert!(every_s < 15 || above_m > last_m, "{every_s}: {above_m} {last_m}");
        last_m = above_m;
    }
}

#[test]
fn keeps_an_outing_within_its_ranges_in_every_format() {
    use fixtures::recording::Outing;
    use fixtures::{fit, gpx, tcx, terrain};
    let brisk = Outing { speed_m_per_s: 1.8, ..Outing::hike() };
    for (name, recording) in [
        ("run", Outing::run().record(&terrain::mountain_run())),
        // slower than 0.3 m/s on a slope, positions alone take a climb for a stop
        ("hike", brisk.record(&terrain::hike())),
        ("loop", Outing::run().record(&terrain::hill_loop())),
    ] {
        let files = [
            ("FIT", fit::write(&recording, &fit::Options::default())),
            ("TCX", tcx::write(&recording)),
            ("GPX", gpx::write(&recording, gpx::Style::Garmin)),
        ];
        // a format that has no word for a hike is told
        let sport = if name == "hike" { Sport::Hike } else { Sport::Run };
        let settings = Settings { sport: Some(sport), ..Settings::default() };
        let reports = files.map(|(format, bytes)| {
            let reading = read::bytes(&bytes).unwrap();
            (format, Report::of(&reading.activities[0], &settings).unwrap())
        });
        for (one, report) in &reports {
            for (other, of) in &reports {
                assert_eq!(
                    within(report, of),
                    [true; 4],
                    "{name}: {one} in {other}: {:?} in {:?}, {:?}",
                    report.load,
                    of.range,
                    of.effects.iter().map(|effect| effect.unknown).collect::<Vec<_>>()
                );
                let apart = report.load.eccentric_load / of.load.eccentric_load - 1.0;
                assert!(apart.abs() <= 0.01, "{name}: {one} beside {other}: {apart}");
            }
        }
    }
}

#[test]
fn tells_both_readings_of_a_way_that_nobody_runs() {
    // 700 m up and down at 64 % with the times of no clock, as some exports have them
    let mut activity = Activity::default();
    for k in 0..=220 {
        let x_m = 10.0 * f64::from(k);
        activity.push(Sample {
            time_s: 0.0,
            latitude_deg: 46.0 + x_m / 111_195.0,
            longitude_deg: 8.0,
            elevation_m: 1500.0 + 0.64 * x_m.min(2200.0 - x_m),
            ..Sample::default()
        });
    }
    let settings = Settings::default();
    let guessed = Report::of(&activity, &settings).unwrap();
    assert_eq!(guessed.sport, Sport::Hike);
    let other = guessed.other_sport.unwrap();
    assert_eq!(other.sport, Sport::Run);
    let run = Settings { sport: Some(Sport::Run), ..Settings::default() };
    let run = Report::of(&activity, &run).unwrap();
    let (told, scored) = (other.load.unwrap().eccentric_load, run.load.eccentric_load);
    assert!((told / scored - 1.0).abs() < 0.01, "{told} {scored}");
    assert!(told > 1.4 * guessed.load.eccentric_load, "{told} {guessed:?}");
    // who says what it was is told no other
    assert!(run.other_sport.is_none());
}

#[test]
fn makes_the_range_of_what_is_not_known_and_narrower_by_what_is_said() {
    use hardlegs::athlete::Athlete;
    use hardlegs::load::unknown::Unknown;
    let activity = eight_hills(&BAROMETRIC, 1);
    let report = |pack_kg: Option<f64>| {
        let athlete = Athlete { pack_kg, ..Athlete::default() };
        let settings = Settings { sport: Some(Sport::Hike), ..Settings::from(athlete) };
        Report::of(&activity, &settings).unwrap()
    };
    let (unsaid, none) = (report(None), report(Some(0.0)));
    let unknowns: Vec<Unknown> = unsaid.effects.iter().map(|e| e.unknown).collect();
    assert!(unknowns.contains(&Unknown::Pack) && unknowns.contains(&Unknown::Heights));
    let pack = unsaid.effects.iter().find(|e| e.unknown == Unknown::Pack).unwrap();
    // what the table promises is what comes of saying so
    assert_eq!(pack.without, none.range);
    assert!(none.effects.iter().all(|effect| effect.unknown != Unknown::Pack));
    for effect in &unsaid.effects {
        let (alone, whole) = (effect.alone.eccentric_load, unsaid.range.eccentric_load);
        assert!(whole.contains(alone.low) && whole.contains(alone.high), "{effect:?}");
    }
    let gains: Vec<f64> = unsaid.effects.iter().map(|e| e.gain(&unsaid.range)).collect();
    assert!(gains.is_sorted_by(|a, b| a >= b), "{gains:?}");
}

/// How wide the ranges of both loads are, by sensor: half of them, as a share of the load.
#[test]
fn states_how_wide_the_ranges_of_loads_are() {
    let mut widths: BTreeMap<(&str, &str), Vec<f64>> = BTreeMap::new();
    for path in corpus() {
        let Ok(reading) = read::path(&path) else { continue };
        for activity in &reading.activities {
            let Ok(report) = Report::of(activity, &Settings::default()) else { continue };
            if report.gain_m + report.loss_m < 100.0 {
                continue;
            }
            let sensor = report.quality.height_sensor.name();
            let mut add = |what, load: f64, range: Span| {
                if load >= 5.0 {
                    let half = (range.high - range.low) / 2.0 / load;
                    widths.entry((what, sensor)).or_default().push(half);
                }
            };
            let foot = report.sport.on_foot();
            let up = if foot { "uphill on foot" } else { "uphill riding" };
            add(up, report.load.concentric_load, report.range.concentric_load);
            add(
                "downhill on foot",
                report.load.eccentric_load,
                report.range.eccentric_load,
            );
        }
    }
    for ((what, sensor), halves) in &widths {
        let middle = 100.0 * quantile(halves.iter().copied(), 0.5);
        eprintln!("{what:<17} {sensor:<10} {:>3}  ±{middle:>5.1} %", halves.len());
        assert!(middle < 150.0, "{what} {sensor}: ±{middle} %");
    }
}
