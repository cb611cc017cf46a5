//! Whether two lines are of the same hill: as much of them as overlaps, in the same direction.
//!
//! Both are laid on a plane in metres, given points every 25 m, and cut to their overlap. Then
//! the largest distance (Fréchet's, which keeps the order of the points) says whether one goes
//! where the other goes, and the mean one whether it goes on the same road.

use std::ops::Range;

use geo::line_measures::FrechetDistance as _;
use geo::{Coord, Densify as _, Distance as _, Euclidean, LineString, Point};

use crate::evidence::Parameter;
use crate::hills::line::{Frame, Line};

/// Mean distance up to which two lines are on one road.
pub(crate) const MEAN_APART: Parameter = Parameter::chosen(
    "hills.mean_apart",
    36.0,
    "m",
    "25 to 45 m",
    "two recordings that scatter by 15 m are 19 m apart; a road beside it 60 m and more",
);
/// Fréchet distance up to which they go the same way.
pub(crate) const MOST_APART: Parameter = Parameter::chosen(
    "hills.most_apart",
    80.0,
    "m",
    "60 to 120 m",
    "five times a scatter of 15 m; the next bend of a pass road is further",
);
/// Share of a hill that an effort on it covers.
pub(crate) const COVERED: Parameter = Parameter::chosen(
    "hills.covered",
    0.8,
    "1",
    "0.7 to 0.9",
    "a start and an end 10 % off each",
);
pub(super) const PARAMETERS: [Parameter; 3] = [MEAN_APART, MOST_APART, COVERED];

/// Metres between the points that are compared: of simplified lines alone the discrete distance
/// is that of their corners. Our choice.
const DENSE_M: f64 = 25.0;
/// An end lies on a line where it is so near. Our choice: twice the mean.
const END_M: f64 = 70.0;
/// Places of a line that an end may lie at, where it winds: the nearest ones. Our choice.
const MOST_ENDS: usize = 3;
/// Lengths of one overlap may differ by this factor. Our choice: shortcuts of bends.
const LENGTHS: f64 = 1.3;
/// Where several overlaps are possible, as where a road comes by its own way again, a difference of
/// their lengths counts as so much distance. Our choice: one round more of a spiral of 25 m is 15 m.
const LENGTHS_APART: f64 = 0.1;
/// Two ways of a short hill part by less than this and a step, over its length, to be the same:
/// our choice, a bearing of nine degrees; those of a fork differ by more.
const PARTING: f64 = 0.15;

/// Where a line goes over a hill.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlap {
    /// From where to where on the hill, as shares of its length.
    pub on_hill: Range<f64>,
    /// From where to where on the line, as shares of its length.
    pub on_line: Range<f64>,
    /// Metres of the hill that are covered.
    pub length_m: f64,
    /// Mean distance, m.
    pub apart_m: f64,
}

impl Overlap {
    /// Returns the share of the hill that is covered.
    pub fn share_of_hill(&self) -> f64 {
        self.on_hill.end - self.on_hill.start
    }

    /// Returns the share of the line that lies on the hill.
    pub fn share_of_line(&self) -> f64 {
        self.on_line.end - self.on_line.start
    }
}

/// A line on a plane with points every 25 m.
#[derive(Debug, Clone)]
struct Laid {
    line: LineString<f64>,
    along_m: Vec<f64>,
}

impl Laid {
    fn of(line: &Line, frame: &Frame) -> Laid {
        let corners: LineString<f64> = line
            .points()
            .iter()
            .map(|point| frame.metres(point.latitude_deg, point.longitude_deg))
            .collect();
        let line = Euclidean.densify(&corners, DENSE_M);
        let mut along = 0.0;
        let mut along_m = Vec::with_capacity(line.0.len());
        along_m.push(along);
        for piece in line.lines() {
            along += Euclidean.distance(Point(piece.start), Point(piece.end));
            along_m.push(along);
        }
        Laid { line, along_m }
    }

    fn length_m(&self) -> f64 {
        self.along_m.last().copied().unwrap_or(0.0)
    }

    fn point(&self, at: usize) -> Option<Coord<f64>> {
        self.line.0.get(at).copied()
    }

    fn along(&self, at: usize) -> f64 {
        self.along_m.get(at).copied().unwrap_or(0.0)
    }

    /// Returns points at which this line passes an end of another: of each pass the nearest.
    fn passes(&self, end: Option<Coord<f64>>) -> Vec<usize> {
        let Some(end) = end else { return Vec::new() };
        let apart: Vec<f64> = self.line.0.iter().map(|at| distance(*at, end)).collect();
        let near = |at: &usize| {
            let here = apart.get(*at).copied().unwrap_or(f64::INFINITY);
            let before = at.checked_sub(1).and_then(|at| apart.get(at));
            let after = apart.get(at + 1);
            here <= END_M
                && before.is_none_or(|before| here <= *before)
                && after.is_none_or(|after| here < *after)
        };
        let mut passes: Vec<usize> = (0..apart.len()).filter(near).collect();
        let by = |at: &usize| apart.get(*at).copied().unwrap_or(f64::INFINITY);
        passes.sort_by(|a, b| by(a).total_cmp(&by(b)));
        passes.truncate(MOST_ENDS);
        passes
    }

    /// Returns points of this line and of another at which an end of one is passed by the other.
    fn meetings(
        &self,
        end: usize,
        other: &Laid,
        other_end: usize,
    ) -> Vec<(usize, usize)> {
        let on_other = other.passes(self.point(end)).into_iter().map(|at| (end, at));
        let on_this =
            self.passes(other.point(other_end)).into_iter().map(|at| (at, other_end));
        let mut meetings: Vec<(usize, usize)> = on_other.chain(on_this).collect();
        // of a spiral the nearest ends may be those of other rounds
        if meetings.len() == 2 * MOST_ENDS {
            meetings.push((end, other_end));
        }
        // where both begin at one place, each says the same
        meetings.sort_unstable();
        meetings.dedup();
        meetings
    }

    /// Returns the metres along, where the line is nearest to a place around one of its points.
    fn nearest_m(&self, at: usize, place: Option<Coord<f64>>) -> f64 {
        let Some(place) = place else { return self.along(at) };
        let around = [at.saturating_sub(1), at];
        let feet = around.into_iter().filter_map(|from| {
            let (a, b) = (self.point(from)?, self.point(from + 1)?);
            let (dx, dy) = (b.x - a.x, b.y - a.y);
            let square = dx * dx + dy * dy;
            let share = ((place.x - a.x) * dx + (place.y - a.y) * dy) / square;
            let share = if square > 0.0 { share.clamp(0.0, 1.0) } else { 0.0 };
            let foot = Coord { x: a.x + share * dx, y: a.y + share * dy };
            let metres = self.along(from) + share * square.sqrt();
            Some((distance(foot, place), metres))
        });
        feet.min_by(|a, b| a.0.total_cmp(&b.0)).map_or(self.along(at), |(_, m)| m)
    }

    fn part(&self, points: &Range<usize>) -> &[Coord<f64>] {
        self.line.0.get(points.start..=points.end).unwrap_or_default()
    }
}

fn distance(a: Coord<f64>, b: Coord<f64>) -> f64 {
    square(a, b).sqrt()
}

/// Returns the square of a distance, m².
fn square(a: Coord<f64>, b: Coord<f64>) -> f64 {
    let (east, north) = (a.x - b.x, a.y - b.y);
    east * east + north * north
}

/// A hill's line, laid out once to be held against many.
#[derive(Debug, Clone)]
pub struct Hill {
    line: Line,
    frame: Frame,
    laid: Laid,
}

impl Hill {
    /// Lays out the line of a hill.
    pub fn of(line: Line) -> Hill {
        let begin = line.first();
        let frame = Frame::at(begin.latitude_deg, begin.longitude_deg);
        let laid = Laid::of(&line, &frame);
        Hill { line, frame, laid }
    }

    /// Its line.
    pub fn line(&self) -> &Line {
        &self.line
    }

    /// Returns the metres of its line.
    pub fn length_m(&self) -> f64 {
        self.laid.length_m()
    }

    /// Returns what its own line covers of it: everything.
    pub fn whole(&self) -> Overlap {
        Overlap {
            on_hill: 0.0..1.0,
            on_line: 0.0..1.0,
            length_m: self.length_m(),
            apart_m: 0.0,
        }
    }

    /// Returns where a line goes over this hill in the same direction, and covers enough of it.
    pub fn overlap(&self, line: &Line) -> Option<Overlap> {
        let (hill, other) = (&self.laid, &Laid::of(line, &self.frame));
        let last = |laid: &Laid| laid.line.0.len().saturating_sub(1);
        let (hill_end, other_end) = (last(hill), last(other));
        // the overlap begins where the later one begins, and ends where the earlier one ends
        let begins = hill.meetings(0, other, 0);
        let ends = hill.meetings(hill_end, other, other_end);
        let mut best: Option<(f64, f64, Range<usize>, Range<usize>)> = None;
        for begin in &begins {
            for end in &ends {
                let (mine, its) = (begin.0..end.0, begin.1..end.1);
                if mine.is_empty() || its.is_empty() {
                    continue;
                }
                let length = |laid: &Laid, part: &Range<usize>| {
                    laid.along(part.end) - laid.along(part.start)
                };
                let (m, i) = (length(hill, &mine), length(other, &its));
                // half a step of each end is made good below
                let covers = m + DENSE_M >= COVERED.value * hill.length_m();
                if !covers || m > LENGTHS * i + DENSE_M || i > LENGTHS * m + DENSE_M {
                    continue;
                }
                let apart = mean_apart(hill, &mine, other, &its);
                let unlike = apart + LENGTHS_APART * (m - i).abs();
                let better = best.as_ref().is_none_or(|(least, ..)| unlike < *least);
                let most = MOST_APART.value.min(DENSE_M + PARTING * m);
                if apart <= MEAN_APART.value
                    && better
                    && same_way(hill.part(&mine), other.part(&its), most)
                {
                    best = Some((unlike, apart, mine, its));
                }
            }
        }
        let (_, apart_m, mine, its) = best?;
        let shares = |a: &Laid, part: &Range<usize>, b: &Laid, of: &Range<usize>| {
            let share = |mine: usize, its: usize| {
                a.nearest_m(mine, b.point(its)) / a.length_m().max(f64::MIN_POSITIVE)
            };
            share(part.start, of.start)..share(part.end, of.end)
        };
        let on_hill = shares(hill, &mine, other, &its);
        let on_line = shares(other, &its, hill, &mine);
        let length_m = (on_hill.end - on_hill.start) * hill.length_m();
        let overlap = Overlap { on_hill, on_line, length_m, apart_m };
        let covered = overlap.share_of_hill() >= COVERED.value;
        (covered && overlap.share_of_line() > 0.0).then_some(overlap)
    }
}

/// Returns the mean distance of each line's points from the other line, m; the larger of both.
fn mean_apart(a: &Laid, of_a: &Range<usize>, b: &Laid, of_b: &Range<usize>) -> f64 {
    let one = |from: &Laid, part: &Range<usize>, to: &Laid, others: &Range<usize>| {
        let (points, others) = (from.part(part), to.part(others));
        // both go on in one direction: the nearest lies near the one before
        let mut near = 0;
        let sum: f64 = points
            .iter()
            .map(|point| {
                const AHEAD: usize = 12;
                let ahead = others.iter().enumerate().skip(near).take(AHEAD);
                let found = ahead
                    .map(|(at, other)| (at, square(*point, *other)))
                    .min_by(|a, b| a.1.total_cmp(&b.1));
                let (at, square) = found.unwrap_or((near, f64::INFINITY));
                near = at;
                square.sqrt()
            })
            .sum();
        sum / points.len().max(1) as f64
    };
    one(a, of_a, b, of_b).max(one(b, of_b, a, of_a))
}

/// Returns whether the Fréchet distance is within so many metres.
fn same_way(a: &[Coord<f64>], b: &[Coord<f64>], most_m: f64) -> bool {
    // most lines of one hill show it at the first walk; the distance itself takes every pair
    walk_together(a, b, most_m)
        || Euclidean.frechet_distance(&LineString(a.to_vec()), &LineString(b.to_vec()))
            <= most_m
}

/// Returns whether two who each go on to the nearest next points stay within so many metres:
/// one way of walking along both lines, and the Fréchet distance is that of the best.
fn walk_together(a: &[Coord<f64>], b: &[Coord<f64>], most_m: f64) -> bool {
    let most_square = most_m * most_m;
    let apart_at = |at: (usize, usize)| Some(square(*a.get(at.0)?, *b.get(at.1)?));
    let mut at = (0, 0);
    let mut apart = apart_at(at);
    while apart.is_some_and(|apart| apart <= most_square) {
        if (at.0 + 1, at.1 + 1) == (a.len(), b.len()) {
            return true;
        }
        let steps = [(1, 1), (1, 0), (0, 1)].map(|(i, j)| (at.0 + i, at.1 + j));
        let nearest = steps
            .into_iter()
            .filter_map(|step| Some((step, apart_at(step)?)))
            .min_by(|one, other| one.1.total_cmp(&other.1));
        let Some((step, next)) = nearest else { return false };
        (at, apart) = (step, Some(next));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn who_walk_together_are_within_the_frechet_distance(
            steps in prop::collection::vec((-40.0..40.0_f64, -40.0..40.0_f64), 1..40),
            shift in (-90.0..90.0_f64, -90.0..90.0_f64),
            scatter in prop::collection::vec((-60.0..60.0_f64, -60.0..60.0_f64), 40),
            every in 1..3_usize,
        ) {
            let mut at = Coord { x: 0.0, y: 0.0 };
            let a: Vec<Coord<f64>> = steps
                .iter()
                .map(|(x, y)| {
                    at = at + Coord { x: *x, y: *y };
                    at
                })
                .collect();
            let shift = Coord { x: shift.0, y: shift.1 };
            let scattered = a.iter().zip(&scatter).step_by(every);
            let b: Vec<Coord<f64>> =
                scattered.map(|(p, (x, y))| *p + shift + Coord { x: *x, y: *y }).collect();
            let frechet =
                Euclidean.frechet_distance(&LineString(a.clone()), &LineString(b.clone()));
            if walk_together(&a, &b, MOST_APART.value) {
                prop_assert!(frechet <= MOST_APART.value + 1e-9, "{frechet} m");
            }
            prop_assert!(walk_together(&a, &a, MOST_APART.value));
            // the starts alone are further apart
            if distance(a[0], b[0]) > MOST_APART.value {
                prop_assert!(!walk_together(&a, &b, MOST_APART.value));
                prop_assert!(frechet > MOST_APART.value - 1e-9);
            }
        }
    }

    /// A line through places at each 5 m of a way, metres east and north of a place in the Alps.
    fn line(length_m: f64, place: impl Fn(f64) -> (f64, f64)) -> Line {
        let mut points = Vec::new();
        let mut along_m = 0.0;
        while along_m <= length_m {
            let (east_m, north_m) = place(along_m);
            points.push(crate::hills::LinePoint {
                latitude_deg: 46.5 + north_m / 111_195.0,
                longitude_deg: 8.2 + east_m / 111_195.0 / 46.5_f64.to_radians().cos(),
                elevation_m: 500.0 + 0.1 * along_m,
                moving_s: along_m / 2.5,
            });
            along_m += 5.0;
        }
        Line::new(points).unwrap()
    }

    #[test]
    fn rejects_the_other_road_of_a_fork_and_keeps_a_poor_recording() {
        for (length_m, degrees) in
            [(60.0, 60.0), (100.0, 35.0), (150.0, 25.0), (250.0, 25.0)]
        {
            let road = |degrees: f64, beside_m: f64| {
                let (sin, cos) = degrees.to_radians().sin_cos();
                line(length_m, move |m| (m * sin + beside_m, m * cos))
            };
            let hill = Hill::of(road(40.0, 0.0));
            for degrees in [degrees, 90.0] {
                for other in [road(40.0 + degrees, 0.0), road(40.0 - degrees, 0.0)] {
                    assert_eq!(hill.overlap(&other), None, "{degrees} in {length_m} m");
                }
            }
            assert!(hill.overlap(&road(43.0, 15.0)).is_some(), "{length_m} m");
        }
    }

    #[test]
    fn compares_as_many_rounds_of_a_spiral() {
        let spiral = |rounds: f64, radius_m: f64, beside_m: f64| {
            line(rounds * std::f64::consts::TAU * radius_m, move |m| {
                let (sin, cos) = (m / radius_m).sin_cos();
                (beside_m + radius_m * sin, radius_m * cos)
            })
        };
        let hill = Hill::of(spiral(6.0, 25.0, 0.0));
        for (radius_m, beside_m) in [(25.0, 4.0), (23.0, -3.0), (27.0, 6.0), (28.0, 0.0)]
        {
            let overlap = hill.overlap(&spiral(6.0, radius_m, beside_m)).unwrap();
            let rounds = overlap.share_of_line() / overlap.share_of_hill();
            assert!((rounds - 1.0).abs() < 0.08, "{radius_m} m, {beside_m} m: {rounds}");
        }
    }
}
