//! The elements of TCX, and what each means.

use crate::read::sensor::Sensor;
use crate::read::template::ValueKind;

/// What an element means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Node {
    Database,
    /// Any element that only holds activities or courses.
    Folder,
    Activity,
    Id,
    Course,
    CourseName,
    Notes,
    Creator,
    CreatorName,
    Lap,
    LapSeconds,
    LapMetres,
    Track,
    Point,
    Time,
    Position,
    Latitude,
    Longitude,
    Height,
    /// Holds the `Value` of the heart rate.
    HeartRate,
    Extensions,
    CoursePoint,
    PlaceName,
    PlaceNotes,
    PlaceType,
    PlaceTime,
    PlacePosition,
    PlaceLatitude,
    PlaceLongitude,
    Sensor(Sensor),
    Other,
}

/// Returns what an element means inside another, by local names.
pub(super) fn meaning(parent: Node, name: &str) -> Node {
    match (parent, name) {
        (Node::Track, "Trackpoint") => Node::Point,
        (Node::Point, "Time") => Node::Time,
        (Node::Point, "Position") => Node::Position,
        (Node::Position, "LatitudeDegrees") => Node::Latitude,
        (Node::Position, "LongitudeDegrees") => Node::Longitude,
        (Node::Point, "AltitudeMeters") => Node::Height,
        (Node::Point, "DistanceMeters") => Node::Sensor(Sensor::Distance),
        (Node::Point, "HeartRateBpm") => Node::HeartRate,
        (Node::HeartRate, "Value") => Node::Sensor(Sensor::HeartRate),
        (Node::Point, "Cadence") => Node::Sensor(Sensor::Cadence),
        (Node::Point, "Extensions") => Node::Extensions,
        (Node::Extensions | Node::Sensor(_), name) => {
            Sensor::named(name).map_or(Node::Extensions, Node::Sensor)
        }
        (Node::Lap | Node::Course | Node::Activity, "Track") => Node::Track,
        (Node::Activity, "Id") => Node::Id,
        (Node::Activity | Node::Course, "Lap") => Node::Lap,
        (Node::Lap, "TotalTimeSeconds") => Node::LapSeconds,
        (Node::Lap, "DistanceMeters") => Node::LapMetres,
        (Node::Activity | Node::Course, "Creator") => Node::Creator,
        (Node::Creator, "Name") => Node::CreatorName,
        (Node::Course, "Name") => Node::CourseName,
        (Node::Course, "CoursePoint") => Node::CoursePoint,
        (Node::CoursePoint, "Name") => Node::PlaceName,
        (Node::CoursePoint, "Notes") => Node::PlaceNotes,
        (Node::CoursePoint, "PointType") => Node::PlaceType,
        (Node::CoursePoint, "Time") => Node::PlaceTime,
        (Node::CoursePoint, "Position") => Node::PlacePosition,
        (Node::PlacePosition, "LatitudeDegrees") => Node::PlaceLatitude,
        (Node::PlacePosition, "LongitudeDegrees") => Node::PlaceLongitude,
        (Node::Activity, "Notes") => Node::Notes,
        (Node::Folder, "Activity") => Node::Activity,
        (Node::Folder, "Course") => Node::Course,
        (Node::Database, "Activities" | "Courses")
        | (Node::Folder, "MultiSportSession" | "FirstSport" | "NextSport") => {
            Node::Folder
        }
        _ => Node::Other,
    }
}

/// Returns what the text of an element is within a point.
pub(super) fn value_kind(node: Node) -> ValueKind {
    match node {
        Node::Time => ValueKind::Time,
        Node::Latitude => ValueKind::Latitude,
        Node::Longitude => ValueKind::Longitude,
        Node::Height => ValueKind::Height,
        Node::Sensor(sensor) => ValueKind::Sensor(sensor),
        _ => ValueKind::Ignored,
    }
}
