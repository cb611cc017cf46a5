//! Samples one by one, for what has to be repaired.

use crate::activity::{Activity, Break};
use crate::profile::distance::{Place, Places};

/// A sample on its own. Place, distance, height and sensors are NaN where missing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Point {
    /// Its index in the recording.
    pub(super) sample: u32,
    pub(super) time_s: f64,
    pub(super) place: Place,
    pub(super) distance_m: f64,
    pub(super) elevation_m: f64,
    pub(super) grade: f32,
    pub(super) cadence_per_min: f32,
    pub(super) power_w: f32,
    pub(super) heart_rate_bpm: f32,
    pub(super) stance_time_s: f32,
    /// An interruption before this point.
    pub(super) interruption: Option<Break>,
}

impl Point {
    /// Returns every sample of an activity.
    pub(super) fn all(activity: &Activity) -> Vec<Point> {
        let mut breaks = activity.breaks().iter().peekable();
        let mut places = Places::default();
        (0..activity.len())
            .map(|i| Point {
                sample: u32::try_from(i).unwrap_or(u32::MAX),
                time_s: activity.time_s()[i],
                place: places.at(activity.latitude_deg()[i], activity.longitude_deg()[i]),
                distance_m: activity.distance_m()[i],
                elevation_m: activity.elevation_m()[i],
                grade: activity.grade()[i],
                cadence_per_min: activity.cadence_per_min()[i],
                power_w: activity.power_w()[i],
                heart_rate_bpm: activity.heart_rate_bpm()[i],
                stance_time_s: activity.stance_time_s()[i],
                interruption: breaks.next_if(|(at, _)| *at == i).map(|(_, kind)| *kind),
            })
            .collect()
    }

    /// Straight line to another point, NaN without positions.
    pub(super) fn metres_to(&self, other: &Point) -> f64 {
        self.place.metres_to(&other.place)
    }

    pub(super) fn has_position(&self) -> bool {
        self.place.is_somewhere()
    }
}
