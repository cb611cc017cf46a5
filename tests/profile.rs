//! Do the profile's promises of noise, spikes, sampling and step hold?

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that fails says so, and says what it measured"
)]

use hardlegs::activity::{Activity, Sample};
use hardlegs::profile::{Profile, Sampling};
use hardlegs::sport::Sport;

const METRES_PER_DEGREE: f64 = 6_371_008.8 * std::f64::consts::PI / 180.0;

/// Seeded noise: a congruential generator and Box-Muller, as in the reference script.
struct Noise(u64);

impl Noise {
    fn uniform(&mut self) -> f64 {
        self.0 = (1_103_515_245 * self.0 + 12_345) % (1 << 31);
        self.0 as f64 / f64::from(1_u32 << 31)
    }

    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (self.uniform() + 1e-12).ln()).sqrt();
        radius * (2.0 * std::f64::consts::PI * self.uniform()).cos()
    }
}

/// A road due north at an even speed, recorded every `every_s` seconds.
fn north(
    length_m: f64,
    speed_m_per_s: f64,
    every_s: f64,
    mut height_m: impl FnMut(f64) -> f64,
) -> Activity {
    let mut activity = Activity::default();
    let mut time_s = 0.0;
    while time_s * speed_m_per_s <= length_m {
        let x = time_s * speed_m_per_s;
        activity.push(Sample {
            time_s,
            latitude_deg: 46.0 + x / METRES_PER_DEGREE,
            longitude_deg: 8.0,
            elevation_m: height_m(x),
            // somebody pedals: a fast climb is no lift
            power_w: 250.0,
            ..Sample::default()
        });
        time_s += every_s;
    }
    activity
}

fn profile(activity: &Activity, sport: Sport) -> Profile {
    Profile::of(activity, sport, &Sampling::default()).unwrap()
}

fn gain_m(profile: &Profile) -> f64 {
    profile.rise_m().iter().filter(|r| **r > 0.0).sum()
}

fn loss_m(profile: &Profile) -> f64 {
    profile.rise_m().iter().filter(|r| **r < 0.0).map(|r| -r).sum()
}

#[test]
fn gives_a_ramp_its_gain_and_no_loss() {
    for grade in [0.01, 0.05, 0.2, 0.6] {
        let p = profile(&north(3000.0, 1.0, 1.0, |x| 500.0 + grade * x), Sport::Walk);
        let length_m: f64 =
            p.runs().iter().map(|r| r.step_m * r.cells.len() as f64).sum();
        assert!((gain_m(&p) - grade * length_m).abs() < 1e-6, "{grade}: {}", gain_m(&p));
        assert!(loss_m(&p).abs() < 1e-12);
        assert!((length_m - 3000.0).abs() < 2.0);
    }
}

#[test]
fn finds_no_hill_in_independent_noise() {
    for (sd, sport, speed) in [
        (1.0, Sport::Run, 3.0),
        (3.0, Sport::Run, 3.0),
        (1.0, Sport::Ride, 8.0),
        (3.0, Sport::Ride, 8.0),
    ] {
        let mut noise = Noise(12_345);
        let length_m = 20_000.0;
        let p =
            profile(&north(length_m, speed, 1.0, |_| 400.0 + sd * noise.normal()), sport);
        let per_km = gain_m(&p) / (length_m / 1000.0);
        eprintln!(
            "noise {sd} m {}: {per_km:.3} m/km, noise seen {:.2} m",
            sport.name(),
            p.quality().height_noise_m
        );
        assert!(per_km < 0.3, "{sd} {} {per_km}", sport.name());
    }
}

#[test]
fn bounds_correlated_noise_and_calls_it_noisy() {
    for (sport, speed, most) in [(Sport::Run, 3.0, 15.0), (Sport::Ride, 8.0, 7.0)] {
        let mut noise = Noise(99);
        let (mut state, keep) = (0.0, (-1.0_f64 / 30.0).exp());
        let length_m = 20_000.0;
        let p = profile(
            &north(length_m, speed, 1.0, |_| {
                state = keep * state + 2.0 * (1.0 - keep * keep).sqrt() * noise.normal();
                400.0 + state
            }),
            sport,
        );
        let per_km = gain_m(&p) / (length_m / 1000.0);
        eprintln!(
            "correlated {}: {per_km:.2} m/km, noise seen {:.2} m",
            sport.name(),
            p.quality().height_noise_m
        );
        assert!(per_km <= most, "{} {per_km}", sport.name());
        assert!(p.quality().height_noise_m > hardlegs::profile::noise::NOISY.value);
    }
}

fn hills(x: f64) -> f64 {
    600.0 + 60.0 * (2.0 * std::f64::consts::PI * x / 1500.0).sin() + 0.03 * x
}

#[test]
fn repairs_a_spike_of_107_m() {
    let clean = profile(&north(9000.0, 2.0, 1.0, hills), Sport::Run);
    for every_s in [1.0, 5.0] {
        for records in [1, 2, 3, 5, 10, 20, 30] {
            let mut at = 0;
            let p = profile(
                &north(9000.0, 2.0, every_s, |x| {
                    at += 1;
                    hills(x)
                        + if (200..200 + records).contains(&at) { 107.0 } else { 0.0 }
                }),
                Sport::Run,
            );
            let off = (gain_m(&p) / gain_m(&clean) - 1.0).abs();
            let most = if every_s > 1.0 { 0.01 } else { 0.005 };
            if every_s * f64::from(records) <= 110.0 {
                assert!(off <= most, "{records} records at {every_s} s: {off}");
            }
        }
    }
}

#[test]
fn a_height_that_jumps_for_good_is_no_climb() {
    let clean = profile(&north(9000.0, 2.0, 1.0, hills), Sport::Run);
    for jump_m in [1000.0, -1000.0, 30.0] {
        let road = |x: f64| hills(x) + if x > 4000.0 { jump_m } else { 0.0 };
        let p = profile(&north(9000.0, 2.0, 1.0, road), Sport::Run);
        assert_eq!(p.quality().height_jumps, 1, "{jump_m}");
        let off = (gain_m(&p) / gain_m(&clean) - 1.0).abs();
        assert!(off < 0.02, "{jump_m}: {off}");
    }
}

#[test]
fn a_distance_that_jumps_is_no_road() {
    let activity = north(9000.0, 2.0, 1.0, hills);
    let mut jumping = Activity::default();
    for i in 0..activity.len() {
        let mut sample = activity.sample(i);
        sample.distance_m = sample.time_s * 2.0 + if i > 2000 { 1500.0 } else { 0.0 };
        jumping.push(sample);
    }
    let p = profile(&jumping, Sport::Run);
    let metres: f64 = (0..p.cells()).map(|cell| p.step_m(cell)).sum();
    assert!((metres / 9000.0 - 1.0).abs() < 0.01, "{metres}");
    assert_eq!(p.quality().road_jumps, 1, "and it is said");
}

#[test]
fn keeps_the_height_of_rolling_hills_of_300_m() {
    let rolling = |x: f64| 400.0 + 15.0 * (2.0 * std::f64::consts::PI * x / 1000.0).sin();
    for (sport, speed, most) in [(Sport::Run, 3.0, 0.02), (Sport::Ride, 8.0, 0.025)] {
        let p = profile(&north(10_000.0, speed, 1.0, rolling), sport);
        let off = gain_m(&p) / 300.0 - 1.0;
        eprintln!("rolling {}: {:.2} %", sport.name(), 100.0 * off);
        assert!(off.abs() <= most, "{} {off}", sport.name());
    }
}

#[test]
fn counts_no_metre_of_two_hours_standing_still() {
    let mut noise = Noise(7);
    let mut activity = Activity::default();
    for second in 0..7200 {
        activity.push(Sample {
            time_s: f64::from(second),
            latitude_deg: 46.0 + 2.5 * noise.normal() / METRES_PER_DEGREE,
            longitude_deg: 8.0 + 2.5 * noise.normal() / METRES_PER_DEGREE,
            elevation_m: 500.0 + 2.0 * noise.normal(),
            ..Sample::default()
        });
    }
    // a walk of 100 m away from it, so that there is a road
    for second in 1..=100 {
        activity.push(Sample {
            time_s: 7199.0 + f64::from(second),
            latitude_deg: 46.0 + f64::from(second) / METRES_PER_DEGREE,
            longitude_deg: 8.0,
            elevation_m: 500.0,
            ..Sample::default()
        });
    }
    let p = profile(&activity, Sport::Walk);
    let length_m: f64 = p.runs().iter().map(|r| r.step_m * r.cells.len() as f64).sum();
    eprintln!(
        "standing: {length_m:.0} m, gain {:.1} m, standing {:.0} s",
        gain_m(&p),
        p.quality().standing_s
    );
    assert!(gain_m(&p) + loss_m(&p) < 10.0);
    assert!(length_m < 200.0, "{length_m}");
}

#[test]
fn changes_little_on_half_the_step_or_half_the_samples() {
    let fine = |step_m| {
        let mut sampling = Sampling::default();
        sampling.step_m = step_m;
        Profile::of(&north(9000.0, 2.0, 1.0, hills), Sport::Run, &sampling).unwrap()
    };
    let (whole, half) = (gain_m(&fine(5.0)), gain_m(&fine(2.5)));
    assert!((whole / half - 1.0).abs() < 0.005, "{whole} {half}");
    let thin = gain_m(&profile(&north(9000.0, 2.0, 5.0, hills), Sport::Run));
    assert!((thin / whole - 1.0).abs() < 0.03, "{thin} {whole}");
}

/// A minute's belt at 5 %, one sample of which says something that no belt does: found by
/// fuzzing.
#[test]
fn a_recorded_grade_that_no_belt_has_is_left_out() {
    for damage in [1e36_f64, -1e24, 8244.7, 0.6] {
        let mut activity = Activity::default();
        for second in 0..600_u32 {
            activity.push(Sample {
                time_s: f64::from(second),
                distance_m: 3.0 * f64::from(second),
                grade: if second == 300 { damage } else { 0.05 },
                ..Sample::default()
            });
        }
        let p = profile(&activity, Sport::Run);
        let whole_m = 0.05 * 3.0 * 599.0;
        assert!((gain_m(&p) - whole_m).abs() < 1.0, "{damage}: {}", gain_m(&p));
        assert!(p.quality().height_noise_m < 1.0, "{damage}");
    }
}
