//! Speed over grade of everybody: what a curve begins from before there are own outings.

use crate::evidence::{Evidence, Parameter};
use crate::load::by_grade::{CLASSES, grade_of};
use crate::load::ride::{AIR, BIKE_KG, DRAG_AREA, ROLLING, State, power_w};
use crate::sport::Sport;

/// Speed by slope of people on trails, Strava, 60th percentile: `c L + d + e x` with
/// `L = 1 / (pi b (1 + ((x - a) / b)^2))` and x in degrees; a, b, c, d, e. Source: Campbell et
/// al. 2019, Applied Geography 106:93, table S1, digits from an implementation of it.
const TRAIL_RUN: [f64; 5] = [-2.459, 11.311, 79.287, 0.599, -0.005];
/// The same of hikers, `AllTrails`, median. Source: Campbell et al. 2022, Comput Environ Urban
/// Syst, digits from an implementation of it.
const HIKE: [f64; 5] = [-1.4579, 22.0787, 76.3271, 0.0525, -3.2002e-4];
/// Pace over that of a level run at the same heart rate, by grade in percent. Source: Strava
/// Engineering 2017, 240 000 athletes; digits as aaron-schroeder/specialsauce read them off.
const SAME_HEART_RATE: [(f64, f64); 21] = [
    (-45.0, 2.096),
    (-30.0, 1.495),
    (-25.0, 1.273),
    (-20.0, 1.081),
    (-15.0, 0.941),
    (-10.0, 0.876),
    (-8.0, 0.876),
    (-6.0, 0.891),
    (-4.0, 0.918),
    (-2.0, 0.960),
    (0.0, 1.0),
    (2.0, 1.055),
    (4.0, 1.135),
    (6.0, 1.228),
    (8.0, 1.337),
    (10.0, 1.459),
    (15.0, 1.846),
    (20.0, 2.297),
    (25.0, 2.727),
    (30.0, 3.158),
    (45.0, 4.286),
];
/// Power of a rider over an hour or two.
pub(crate) const RIDE_POWER: Parameter = Parameter::chosen(
    "curve.ride_power",
    2.0,
    "W/kg",
    "1.2 to 3.5 W/kg",
    "between a tourer and a club rider; own rides correct it",
);
/// Nobody rides down faster than this for long.
pub(crate) const RIDE_DOWN: Parameter = Parameter::chosen(
    "curve.ride_down",
    12.0,
    "m/s",
    "8 to 16 m/s",
    "43 km/h: bends, and room to stop; own rides correct it",
);
/// A ride down slows by this factor for each 10 % beyond 10 %.
const SLOWING: f64 = 0.75;
/// Rider of [`RIDE_POWER`], kg.
const RIDER_KG: f64 = 70.0;

/// Returns the horizontal speed by class of grade, m/s, over about an hour.
///
/// ```
/// use hardlegs::{Sport, curve::population};
/// let hike = population::speed_m_per_s(Sport::Hike);
/// assert!((hike[8] - 1.15).abs() < 0.01 && hike[12] < 0.9);
/// ```
pub fn speed_m_per_s(sport: Sport) -> [f64; CLASSES] {
    std::array::from_fn(|class| {
        let grade = grade_of(class);
        match sport {
            Sport::Run => run(grade),
            Sport::Walk | Sport::Hike => lorentz(&HIKE, grade),
            Sport::Ride => ride(grade),
        }
    })
}

/// Running: between what people on trails do and what costs the same heart rate. The two
/// differ by up to a quarter, steep downhill most, as trails hold back.
fn run(grade: f64) -> f64 {
    let level = lorentz(&TRAIL_RUN, 0.0);
    (lorentz(&TRAIL_RUN, grade) * level / same_heart_rate(100.0 * grade)).sqrt()
}

fn lorentz([peak, width, area, floor, tilt]: &[f64; 5], grade: f64) -> f64 {
    let degrees = libm::atan(grade).to_degrees();
    let apart = (degrees - peak) / width;
    let bell = area / (core::f64::consts::PI * width * (1.0 + apart * apart));
    bell + floor + tilt * degrees
}

fn same_heart_rate(percent: f64) -> f64 {
    let table = &SAME_HEART_RATE;
    let next =
        table.partition_point(|(grade, _)| *grade < percent).clamp(1, table.len() - 1);
    let ((left, low), (right, high)) = (table[next - 1], table[next]);
    low + (high - low) * ((percent - left) / (right - left)).clamp(0.0, 1.0)
}

/// Riding: the speed at which [`RIDE_POWER`] is spent, as long as the road allows it.
fn ride(grade: f64) -> f64 {
    let fastest = RIDE_DOWN.value * libm::pow(SLOWING, ((-grade - 0.10) / 0.10).max(0.0));
    let power = |speed_m_per_s: f64| {
        power_w(&State {
            speed_m_per_s,
            acceleration_m_per_s2: 0.0,
            grade,
            total_kg: RIDER_KG + BIKE_KG.value,
            rolling: ROLLING.value,
            drag_area_m2: DRAG_AREA.value,
            air_kg_per_m3: AIR.value,
            wind_m_per_s: 0.0,
        })
    };
    let (mut slow, mut fast) = (0.0, fastest);
    // 40 halvings: far below a millimetre a second
    for _ in 0..40 {
        let middle = f64::midpoint(slow, fast);
        if power(middle) < RIDE_POWER.value * RIDER_KG {
            slow = middle;
        } else {
            fast = middle;
        }
    }
    slow
}

/// Returns what the speeds of a sport rest on, in a line.
pub fn source(sport: Sport) -> &'static str {
    match sport {
        Sport::Run => "Campbell et al. 2019 and Strava 2017: people on trails and roads",
        Sport::Walk | Sport::Hike => "Campbell et al. 2022: hikers of AllTrails",
        Sport::Ride => "2 W/kg through Martin et al. 1998; downhill 43 km/h, our choice",
    }
}

/// Fading with duration.
pub(crate) const FADING: Parameter = Parameter {
    name: "curve.fading",
    value: -0.06,
    unit: "1",
    range: "-0.12 to 0: speed goes with (hours)^-0.06, a doubled time is 4 % slower",
    evidence: Evidence::Plausible,
    source: "Riegel 1981, American Scientist 69:285: time grows with distance^1.06; from memory",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rises_to_an_optimum_near_the_level_and_falls_from_there() {
        for sport in [Sport::Run, Sport::Hike, Sport::Ride] {
            let speeds = speed_m_per_s(sport);
            let top =
                (0..CLASSES).max_by(|a, b| speeds[*a].total_cmp(&speeds[*b])).unwrap();
            assert!((4..=8).contains(&top), "{sport:?} is fastest at {}", grade_of(top));
            assert!(speeds[..=top].is_sorted() && speeds[top..].iter().rev().is_sorted());
        }
    }

    #[test]
    fn agrees_with_the_rules_of_walkers() {
        // Naismith 1892: 5 km/h on the level, and an hour for 600 m up, rests included; beyond 15 %
        // who moves is faster than that
        let hike = speed_m_per_s(Sport::Hike);
        for (class, speed) in hike.iter().enumerate().take(12).skip(8) {
            let naismith = 1.0 / (3600.0 / 5000.0 + grade_of(class) * 6.0);
            let ratio = speed / naismith;
            assert!((0.75..1.6).contains(&ratio), "{ratio} at {}", grade_of(class));
        }
        // Tobler 1993: 6 exp(-3.5 |grade + 0.05|) km/h
        for (class, speed) in hike.iter().enumerate().take(13).skip(4) {
            let tobler = 6.0 / 3.6 * libm::exp(-3.5 * (grade_of(class) + 0.05).abs());
            let ratio = speed / tobler;
            assert!((0.65..1.35).contains(&ratio), "{ratio} at {}", grade_of(class));
        }
    }
}
