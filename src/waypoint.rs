//! A named place beside the way: a pass, a hut, an aid station.

/// What a place is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WaypointKind {
    /// A summit or pass, as the file says.
    Summit,
    /// Water, food, a doctor, a toilet: on the way, and no name of a hill.
    Service,
    /// Anything else with a name.
    Place,
}

impl WaypointKind {
    /// Returns the word used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            WaypointKind::Summit => "summit",
            WaypointKind::Service => "service",
            WaypointKind::Place => "place",
        }
    }
}

/// A named place of a file: GPX's `wpt` and named points of a route, FIT's `course_point`, TCX's
/// `CoursePoint`. Turns of a cue sheet are none.
#[derive(Debug, Clone, PartialEq)]
pub struct Waypoint {
    /// Name, at most 200 characters, otherwise as in the file: escape before showing.
    pub name: String,
    /// What it is good for.
    pub kind: WaypointKind,
    /// Degrees north.
    pub latitude_deg: f64,
    /// Degrees east.
    pub longitude_deg: f64,
    /// Distance from the start at which the course passes it, as the file says, m.
    pub distance_m: Option<f64>,
}
