//! A climb or descent on the map: few points, each with its height and the seconds that were
//! gone until there.

use geo::{Coord, LineString, SimplifyIdx as _};

use crate::evidence::Parameter;
use crate::profile::distance::EARTH_RADIUS;
use crate::report::Place;

/// Positions within so many metres of the road are smoothed into one.
const SMOOTHED: Parameter = Parameter::chosen(
    "hills.smoothed",
    30.0,
    "m to each side",
    "15 to 50 m",
    "ten seconds of a runner: the scatter of satellites goes, bends of a road stay",
);
/// What may be left out between two points of a line.
const LEFT_OUT: Parameter = Parameter::chosen(
    "hills.simplified",
    5.0,
    "m",
    "3 to 10 m",
    "below the scatter of positions",
);
pub(super) const PARAMETERS: [Parameter; 2] = [SMOOTHED, LEFT_OUT];

/// Metres between the points that are smoothed, at least: our choice, less than what is
/// smoothed to each side, so that no bend lies between two of them.
const STEP_M: f64 = 20.0;
/// Most of these points: beyond, they lie further apart. Our choice, a climb of 40 km.
const MOST_STEPS: f64 = 2000.0;
/// Metres between two points of a line at most, so that seconds between them are known: our
/// choice, a minute or two of climbing.
const FURTHEST_M: f64 = 200.0;

/// A point of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinePoint {
    /// Degrees north.
    pub latitude_deg: f64,
    /// Degrees east.
    pub longitude_deg: f64,
    /// Height, m.
    pub elevation_m: f64,
    /// Seconds in motion since the line began.
    pub moving_s: f64,
}

/// A climb or descent on the map, of two points at least.
#[derive(Debug, Clone, PartialEq)]
pub struct Line(Vec<LinePoint>);

/// The smallest box of latitudes and longitudes around a line, degrees. Where it lies across the
/// date line, its east is above 180.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Southern edge.
    pub south: f64,
    /// Western edge, from -180 up.
    pub west: f64,
    /// Northern edge.
    pub north: f64,
    /// Eastern edge, at least the western one.
    pub east: f64,
}

impl Line {
    /// Returns a line of points, where they are two at least and each is a place on earth.
    pub fn new(points: Vec<LinePoint>) -> Option<Line> {
        let is_place = |p: &LinePoint| {
            p.latitude_deg.abs() <= 90.0
                && p.longitude_deg.abs() <= 180.0
                && p.elevation_m.is_finite()
                && p.moving_s.is_finite()
        };
        (points.len() >= 2 && points.iter().all(is_place)).then_some(Line(points))
    }

    /// Returns the line of a climb or descent through its recorded places, smoothed and
    /// simplified. `None` where it has no length or no times.
    pub fn of(places: &[Place]) -> Option<Line> {
        let (first, last) = (places.first()?, places.last()?);
        let length_m = last.distance_m - first.distance_m;
        let moving_s = last.moving_s - first.moving_s;
        let is_known = length_m > 0.0 && length_m.is_finite() && moving_s > 0.0;
        if !is_known {
            return None;
        }
        let frame = Frame::at(first.latitude_deg, first.longitude_deg);
        let track: Vec<Sample> = places
            .iter()
            .map(|place| {
                let at = frame.metres(place.latitude_deg, place.longitude_deg);
                let seconds = place.moving_s - first.moving_s;
                let figures = [at.x, at.y, place.elevation_m, seconds];
                Sample { along_m: place.distance_m - first.distance_m, figures }
            })
            .collect();
        let steps = (length_m / STEP_M).ceil().clamp(1.0, MOST_STEPS);
        let mut window = Window::default();
        let mut points: Vec<[f64; 4]> = Vec::new();
        let mut at = 0.0;
        while at <= steps {
            points.push(window.smoothed(&track, length_m * at / steps, length_m));
            at += 1.0;
        }
        let kept = simplified(&points, length_m / steps);
        let line =
            kept.into_iter().filter_map(|at| points.get(at)).map(|&[x, y, h, s]| {
                let (latitude_deg, longitude_deg) = frame.degrees(Coord { x, y });
                LinePoint { latitude_deg, longitude_deg, elevation_m: h, moving_s: s }
            });
        Line::new(line.collect())
    }

    /// Its points in order.
    pub fn points(&self) -> &[LinePoint] {
        &self.0
    }

    /// Returns where it begins.
    pub fn first(&self) -> LinePoint {
        self.0.first().copied().unwrap_or(LinePoint::NOWHERE)
    }

    /// Returns where it ends.
    pub fn last(&self) -> LinePoint {
        self.0.last().copied().unwrap_or(LinePoint::NOWHERE)
    }

    /// Each two neighbouring points and the metres between them.
    fn pieces(&self) -> impl Iterator<Item = (&LinePoint, &LinePoint, f64)> {
        let begin = self.first();
        let frame = Frame::at(begin.latitude_deg, begin.longitude_deg);
        let metres = move |p: &LinePoint| frame.metres(p.latitude_deg, p.longitude_deg);
        self.0.windows(2).filter_map(move |pair| match pair {
            [a, b] => {
                let (from, to) = (metres(a), metres(b));
                Some((a, b, libm::hypot(to.x - from.x, to.y - from.y)))
            }
            _ => None,
        })
    }

    /// Returns its length, m.
    pub fn length_m(&self) -> f64 {
        self.pieces().map(|(.., m)| m).sum()
    }

    /// Returns how high its end is above its beginning, negative down, m.
    pub fn rise_m(&self) -> f64 {
        self.last().elevation_m - self.first().elevation_m
    }

    /// Returns the point at a share of its length.
    pub fn at(&self, share: f64) -> LinePoint {
        let mut left_m = share * self.length_m();
        for (a, b, m) in self.pieces() {
            if left_m <= m && m > 0.0 {
                let part = (left_m / m).max(0.0);
                let between = |from: f64, to: f64| from + part * (to - from);
                let east = short_way(b.longitude_deg - a.longitude_deg);
                return LinePoint {
                    latitude_deg: between(a.latitude_deg, b.latitude_deg),
                    longitude_deg: short_way(a.longitude_deg + part * east),
                    elevation_m: between(a.elevation_m, b.elevation_m),
                    moving_s: between(a.moving_s, b.moving_s),
                };
            }
            left_m -= m;
        }
        self.last()
    }

    /// Returns the box around it.
    pub fn bounds(&self) -> Bounds {
        let begin = self.first();
        let around = (begin.latitude_deg, begin.latitude_deg, 0.0_f64, 0.0_f64);
        let (south, north, west, east) =
            self.0.iter().fold(around, |(south, north, west, east), point| {
                let by = short_way(point.longitude_deg - begin.longitude_deg);
                (
                    south.min(point.latitude_deg),
                    north.max(point.latitude_deg),
                    west.min(by),
                    east.max(by),
                )
            });
        let edge = short_way(begin.longitude_deg + west);
        // exactly opposite Greenwich is the western end of the map, not the eastern one
        let edge = if edge >= 180.0 { -180.0 } else { edge };
        Bounds { south, west: edge, north, east: edge + (east - west) }
    }
}

impl LinePoint {
    const NOWHERE: LinePoint = LinePoint {
        latitude_deg: 0.0,
        longitude_deg: 0.0,
        elevation_m: 0.0,
        moving_s: 0.0,
    };
}

/// Returns a difference of longitudes the short way round, -180 to 180.
fn short_way(degrees: f64) -> f64 {
    degrees - 360.0 * (degrees / 360.0).round()
}

/// The ground around a place as a plane: metres east and north of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    latitude_deg: f64,
    longitude_deg: f64,
    /// Metres of a degree of longitude.
    east_m: f64,
}

impl Frame {
    fn degree_m() -> f64 {
        EARTH_RADIUS.value.to_radians()
    }

    pub(super) fn at(latitude_deg: f64, longitude_deg: f64) -> Frame {
        // at a pole there is no east
        let cosine = libm::cos(latitude_deg.to_radians()).max(1e-6);
        Frame { latitude_deg, longitude_deg, east_m: Frame::degree_m() * cosine }
    }

    pub(super) fn metres(&self, latitude_deg: f64, longitude_deg: f64) -> Coord<f64> {
        Coord {
            x: short_way(longitude_deg - self.longitude_deg) * self.east_m,
            y: (latitude_deg - self.latitude_deg) * Frame::degree_m(),
        }
    }

    fn degrees(&self, at: Coord<f64>) -> (f64, f64) {
        let latitude = self.latitude_deg + at.y / Frame::degree_m();
        let longitude = short_way(self.longitude_deg + at.x / self.east_m);
        (latitude.clamp(-90.0, 90.0), longitude)
    }
}

/// A place on the plane with its height and seconds.
struct Sample {
    along_m: f64,
    figures: [f64; 4],
}

/// Looks along a track in one direction.
#[derive(Default)]
struct Window {
    from: usize,
    to: usize,
}

impl Window {
    /// East, north, height and seconds at so many metres: positions by a straight line through
    /// those nearby, the others between two samples.
    fn smoothed(&mut self, track: &[Sample], at_m: f64, length_m: f64) -> [f64; 4] {
        let half = SMOOTHED.value.min(length_m / 2.0);
        let (low, high) = (at_m - half, at_m + half);
        while track.get(self.from).is_some_and(|sample| sample.along_m < low) {
            self.from += 1;
        }
        self.to = self.to.max(self.from);
        while track.get(self.to).is_some_and(|sample| sample.along_m <= high) {
            self.to += 1;
        }
        let [x, y, height, seconds] = between(track, at_m);
        let near = track.get(self.from..self.to).unwrap_or_default();
        match straight(near, at_m) {
            Some((x, y)) => [x, y, height, seconds],
            None => [x, y, height, seconds],
        }
    }
}

/// Interpolates figures between the two samples around so many metres.
fn between(track: &[Sample], at_m: f64) -> [f64; 4] {
    let after = track.partition_point(|sample| sample.along_m < at_m);
    let (before, after) = (track.get(after.saturating_sub(1)), track.get(after));
    let (Some(a), Some(b)) = (before.or(after), after.or(before)) else {
        return [0.0; 4];
    };
    let span = b.along_m - a.along_m;
    let share =
        if span > 0.0 { ((at_m - a.along_m) / span).clamp(0.0, 1.0) } else { 0.0 };
    let mut figures = a.figures;
    for (figure, later) in figures.iter_mut().zip(b.figures) {
        *figure += share * (later - *figure);
    }
    figures
}

/// Returns where the straight line through some samples lies at so many metres; `None` of too
/// few.
fn straight(near: &[Sample], at_m: f64) -> Option<(f64, f64)> {
    const LEAST: usize = 4;
    if near.len() < LEAST {
        return None;
    }
    let n = near.len() as f64;
    let (mut t, mut tt, mut x, mut tx, mut y, mut ty) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    for sample in near {
        let by = sample.along_m - at_m;
        let [east, north, ..] = sample.figures;
        t += by;
        tt += by * by;
        x += east;
        tx += by * east;
        y += north;
        ty += by * north;
    }
    let spread = n * tt - t * t;
    // all at one place: their mean
    if spread < 1e-6 * n * n {
        return Some((x / n, y / n));
    }
    Some(((tt * x - t * tx) / spread, (tt * y - t * ty) / spread))
}

/// Returns which of the points a line needs: ends, bends, and some between that are far apart.
fn simplified(points: &[[f64; 4]], step_m: f64) -> Vec<usize> {
    let line: LineString<f64> = points.iter().map(|&[x, y, ..]| Coord { x, y }).collect();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "steps of a line, at least one"
    )]
    let most = (FURTHEST_M / step_m).floor().max(1.0) as usize;
    let mut kept = Vec::new();
    for at in line.simplify_idx(LEFT_OUT.value) {
        let before = kept.last().copied().unwrap_or(at);
        let pieces = (at - before).div_ceil(most).max(1);
        kept.extend((1..pieces).map(|piece| before + (at - before) * piece / pieces));
        kept.push(at);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(
        along_m: f64,
        latitude_deg: f64,
        longitude_deg: f64,
        moving_s: f64,
    ) -> Place {
        Place {
            latitude_deg,
            longitude_deg,
            elevation_m: 0.1 * along_m,
            time_s: moving_s,
            moving_s,
            distance_m: 500.0 + along_m,
        }
    }

    #[test]
    fn keeps_ends_heights_and_seconds_of_a_straight_road() {
        let places: Vec<Place> = (0..=1000)
            .map(|n| {
                let along_m = f64::from(n);
                place(along_m, 46.0 + along_m / 111_195.0, 8.0, 70.0 + along_m / 2.0)
            })
            .collect();
        let line = Line::of(&places).unwrap();
        assert_eq!(line.points().len(), 6, "one each 200 m");
        for point in line.points() {
            let along_m = (point.latitude_deg - 46.0) * 111_195.0;
            assert!((point.elevation_m - 0.1 * along_m).abs() < 0.1, "{point:?}");
            assert!((point.moving_s - along_m / 2.0).abs() < 2.0, "{point:?}");
        }
        assert!((line.last().moving_s - 500.0).abs() < 1e-9);
    }

    #[test]
    fn a_box_across_the_date_line_is_as_narrow_as_the_line() {
        let places: Vec<Place> = (0..200)
            .map(|n| {
                let longitude = 179.99 + f64::from(n) * 1e-4;
                let east = longitude - 360.0 * (longitude / 360.0).round();
                place(f64::from(n) * 10.0, -17.0, east, f64::from(n))
            })
            .collect();
        let bounds = Line::of(&places).unwrap().bounds();
        assert!((bounds.west - 179.99).abs() < 1e-3, "{bounds:?}");
        assert!((bounds.east - bounds.west - 0.0199).abs() < 1e-3, "{bounds:?}");
    }

    #[test]
    fn has_no_line_without_length_or_places() {
        assert_eq!(Line::of(&[]), None);
        assert_eq!(Line::of(&[place(0.0, 46.0, 8.0, 0.0)]), None);
        let here = [place(0.0, 46.0, 8.0, 0.0), place(0.0, 46.0, 8.0, 9.0)];
        assert_eq!(Line::of(&here), None);
        let nowhere = [place(0.0, 46.0, 8.0, 0.0), place(9.0, f64::NAN, 8.0, 9.0)];
        assert_eq!(Line::of(&nowhere), None);
        let timeless = [place(0.0, 46.0, 8.0, f64::NAN), place(9.0, 46.1, 8.0, f64::NAN)];
        assert_eq!(Line::of(&timeless), None);
    }
}
