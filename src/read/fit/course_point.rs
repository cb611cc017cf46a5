//! What FIT's `course_point` marks: a place, or a turn, a danger, a mark of distance.

use super::layout::Layout;
use super::profile::course_point as f;
use crate::read::waypoints::{Meant, Told, Waypoints};
use crate::waypoint::WaypointKind;

/// Takes a mark of a course.
pub(super) fn take(
    layout: &Layout,
    body: &[u8],
    name_chars: usize,
    waypoints: &mut Waypoints,
) {
    let place = layout.value(body, f::LATITUDE).zip(layout.value(body, f::LONGITUDE));
    let is_place = |(latitude, longitude): &(f64, f64)| {
        latitude.abs() <= 90.0 && (*latitude, *longitude) != (0.0, 0.0)
    };
    let told = Told {
        name: layout.text(body, f::NAME, name_chars),
        position: place.filter(is_place),
        distance_m: layout.value(body, f::DISTANCE),
        ..Told::default()
    };
    waypoints.take_as(told, meaning(layout.byte(body, f::TYPE)));
}

/// Returns what a type means. Source: `course_point` of the FIT profile 21.
fn meaning(kind: Option<u8>) -> Meant {
    match kind {
        // summit, categories of climbs
        Some(1 | 10..=14) => Meant::Kind(WaypointKind::Summit),
        // water, food, first aid, aid station, rest area, service, gel, drink, toilet, shower, gear,
        // store
        Some(3 | 4 | 9 | 28 | 29 | 31..=33 | 39..=41 | 48) => {
            Meant::Kind(WaypointKind::Service)
        }
        // valley, sprint, ends of a segment, campsite, checkpoint, shelter, meeting spot, overlook
        Some(2 | 15 | 24 | 25 | 27 | 35..=38) => Meant::Kind(WaypointKind::Place),
        // danger, ways to go, distances, curves, obstacles, alerts
        Some(5..=8 | 16..=23 | 30 | 34 | 42..=47 | 50 | 52) => Meant::NoPlace,
        // generic, information, and what is newer
        _ => Meant::Untold,
    }
}
