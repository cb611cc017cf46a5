//! The elements of GPX 1.0 and 1.1, and what each means.

use crate::read::sensor::Sensor;
use crate::read::template::ValueKind;

/// What an element means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Node {
    Gpx,
    Metadata,
    FileName,
    FileTime,
    FileSport,
    FileDescription,
    FileExtensions,
    Keywords,
    Track,
    TrackName,
    TrackType,
    TrackDescription,
    TrackExtensions,
    Segment,
    Route,
    RouteName,
    Point,
    Height,
    Time,
    Speed,
    Extensions,
    Sensor(Sensor),
    Waypoint,
    PlaceName,
    PlaceComment,
    PlaceDescription,
    PlaceSymbol,
    PlaceType,
    Other,
}

/// Returns what an element means inside another. Names are local: prefixes and namespaces do not
/// matter. Whatever is not a sensor inside `extensions` is more extensions, whatever its name.
pub(super) fn meaning(parent: Node, name: &str) -> Node {
    match (parent, name) {
        (Node::Segment | Node::Track, "trkpt") | (Node::Route, "rtept") => Node::Point,
        (Node::Point, "ele") => Node::Height,
        (Node::Point, "time") => Node::Time,
        (Node::Point, "speed") => Node::Speed,
        (Node::Point, "extensions") => Node::Extensions,
        (Node::Extensions | Node::Sensor(_), name) => {
            Sensor::named(name).map_or(Node::Extensions, Node::Sensor)
        }
        (Node::Waypoint | Node::Point, "name") => Node::PlaceName,
        (Node::Waypoint | Node::Point, "cmt") => Node::PlaceComment,
        (Node::Waypoint | Node::Point, "desc") => Node::PlaceDescription,
        (Node::Waypoint | Node::Point, "sym") => Node::PlaceSymbol,
        (Node::Waypoint | Node::Point, "type") => Node::PlaceType,
        (Node::Track, "trkseg") => Node::Segment,
        (Node::Track, "name") => Node::TrackName,
        (Node::Track | Node::Route, "type" | "activity")
        | (Node::TrackExtensions, "activity") => Node::TrackType,
        (Node::Track | Node::Route, "desc" | "cmt") => Node::TrackDescription,
        (Node::Track | Node::Route, "extensions") => Node::TrackExtensions,
        (Node::Route, "name") => Node::RouteName,
        (Node::Gpx, "trk") => Node::Track,
        (Node::Gpx, "rte") => Node::Route,
        (Node::Gpx, "wpt") => Node::Waypoint,
        (Node::Gpx, "metadata") => Node::Metadata,
        (Node::Gpx | Node::Metadata, "name") => Node::FileName,
        (Node::Gpx | Node::Metadata, "time") => Node::FileTime,
        (Node::Gpx | Node::Metadata, "keywords") => Node::Keywords,
        (Node::Gpx | Node::Metadata, "desc") => Node::FileDescription,
        (Node::Metadata, "extensions") => Node::FileExtensions,
        // schemas have no word for it: OsmAnd and AllTrails, Outdooractive, and whoever thinks so
        (Node::FileExtensions, "activity" | "oaCategory")
        | (Node::Metadata, "type" | "activity") => Node::FileSport,
        _ => Node::Other,
    }
}

/// Returns what the text of an element is within a point.
pub(super) fn value_kind(node: Node) -> ValueKind {
    match node {
        Node::Height => ValueKind::Height,
        Node::Time => ValueKind::Time,
        Node::Speed => ValueKind::Sensor(Sensor::Speed),
        Node::Sensor(sensor) => ValueKind::Sensor(sensor),
        _ => ValueKind::Ignored,
    }
}
