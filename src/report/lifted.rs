//! Whether a recording looks like a day of lifts: up as nobody climbs, down steep and fast.

use crate::activity::Activity;
use crate::profile::distance::great_circle_m;

/// A recording is looked at in pieces so long, s. Our choice: turns of a skier within, lifts
/// and runs a dozen of them.
const PIECE_S: f64 = 30.0;
/// Height of a piece from which it counts as up or down, m. Our choice: noise within.
const LEAST_PIECE_M: f64 = 3.0;
/// Metres up and down of a recording from which it is judged. Our choice: a lift or two.
const LEAST_M: f64 = 150.0;
/// Mean rate of all its climbing, m/s: 1440 m an hour, which amateurs do not keep, on foot or
/// riding, and the slowest of lifts do. Our choice.
const LIFT_M_PER_S: f64 = 0.4;
/// Speed of a fast piece downhill, m/s, and its grade, steeper than roads are for long. Our
/// choices.
const FAST_M_PER_S: f64 = 5.0;
const STEEP: f64 = -0.10;
/// Share of the descent that is steep and fast. Our choice.
const FAST_SHARE: f64 = 0.5;

/// Returns whether lifts or a motor did the climbing, and the descents were steep and fast.
pub(super) fn was_lifted(activity: &Activity) -> bool {
    let (mut up_m, mut up_s, mut down_m, mut fast_m) = (0.0, 0.0, 0.0, 0.0);
    let mut from: Option<Place> = None;
    for place in places(activity) {
        let Some(begin) = &from else {
            from = Some(place);
            continue;
        };
        let seconds = place.time_s - begin.time_s;
        if seconds < PIECE_S {
            continue;
        }
        let rise_m = place.elevation_m - begin.elevation_m;
        if rise_m >= LEAST_PIECE_M {
            up_m += rise_m;
            up_s += seconds;
        } else if rise_m <= -LEAST_PIECE_M {
            down_m -= rise_m;
            let ((lat1, lon1), (lat2, lon2)) = (begin.position, place.position);
            let run_m = great_circle_m(lat1, lon1, lat2, lon2);
            if run_m / seconds >= FAST_M_PER_S && rise_m <= STEEP * run_m {
                fast_m -= rise_m;
            }
        }
        from = Some(place);
    }
    up_m >= LEAST_M
        && down_m >= LEAST_M
        && up_m >= LIFT_M_PER_S * up_s
        && fast_m >= FAST_SHARE * down_m
}

/// A sample with all that is asked of it.
struct Place {
    time_s: f64,
    position: (f64, f64),
    elevation_m: f64,
}

fn places(activity: &Activity) -> impl Iterator<Item = Place> {
    let positions = activity.latitude_deg().iter().zip(activity.longitude_deg());
    let heights = activity.time_s().iter().zip(activity.elevation_m());
    positions.zip(heights).filter_map(|((latitude, longitude), (time_s, elevation_m))| {
        let all = [*latitude, *longitude, *time_s, *elevation_m];
        all.iter().all(|value| value.is_finite()).then_some(Place {
            time_s: *time_s,
            position: (*latitude, *longitude),
            elevation_m: *elevation_m,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Sample;

    /// Up and down so often: speed and grade, each way.
    fn outing(turns: u32, up: (f64, f64), down: (f64, f64), climb_m: f64) -> Activity {
        let mut activity = Activity::default();
        let (mut time_s, mut metres, mut height_m, mut rises) = (0.0, 0.0, 1500.0, true);
        let mut left = turns * 2;
        while left > 0 {
            let (speed, grade) = if rises { up } else { down };
            activity.push(Sample {
                time_s,
                latitude_deg: 46.5 + metres / 111_195.0,
                longitude_deg: 8.0,
                elevation_m: height_m,
                ..Sample::default()
            });
            time_s += 5.0;
            metres += speed * 5.0;
            height_m += speed * 5.0 * grade;
            if (rises && height_m >= 1500.0 + climb_m) || (!rises && height_m <= 1500.0) {
                rises = !rises;
                left -= 1;
            }
        }
        activity
    }

    #[test]
    fn tells_a_day_of_lifts_from_a_day_of_climbs() {
        for (what, up, down, expected) in [
            ("chair lift and piste", (2.5, 0.30), (9.0, -0.22), true),
            ("drag lift and beginners", (2.6, 0.17), (5.5, -0.13), true),
            ("gondola and off-piste", (5.0, 0.40), (7.0, -0.35), true),
            ("a car over a steep pass", (12.0, 0.11), (12.0, -0.11), true),
            ("a ride over passes", (4.0, 0.08), (13.0, -0.08), false),
            ("the best rider, down a wall", (4.0, 0.09), (14.0, -0.15), false),
            ("trails by mountain bike", (2.2, 0.10), (6.0, -0.15), false),
            ("a ski tour", (0.8, 0.22), (8.0, -0.30), false),
            ("up by cable car, down on foot", (8.0, 0.40), (1.2, -0.25), false),
            ("a vertical kilometre", (1.1, 0.45), (4.0, -0.40), false),
        ] {
            assert_eq!(was_lifted(&outing(3, up, down, 300.0)), expected, "{what}");
        }
    }

    #[test]
    fn too_little_height_tells_nothing() {
        let up = (2.5, 0.30);
        assert!(!was_lifted(&outing(1, up, (9.0, -0.22), 100.0)));
        assert!(!was_lifted(&Activity::default()));
    }
}
