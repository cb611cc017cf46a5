//! An activity or a segment as a line of `geo`.

use geo::{Coord, LineString};

use crate::activity::Activity;
use crate::report::{Place, Places};

/// Every recorded position in the order of the recording, longitude first; points without one are
/// left out.
impl From<&Activity> for LineString<f64> {
    fn from(activity: &Activity) -> LineString<f64> {
        let places = activity.longitude_deg().iter().zip(activity.latitude_deg());
        let located = places.filter(|(x, y)| x.is_finite() && y.is_finite());
        located.map(|(x, y)| Coord { x: *x, y: *y }).collect()
    }
}

impl Places {
    /// One of the report's segments, a climb or descent or the level between, as a line; `None` where there
    /// are not so many.
    pub fn line(&self, segment: usize) -> Option<LineString<f64>> {
        let at = |place: &Place| Coord { x: place.longitude_deg, y: place.latitude_deg };
        Some(self.segments.get(segment)?.iter().map(at).collect())
    }
}
