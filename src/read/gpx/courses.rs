//! Planned tracks and routes to courses: joined where one begins at the end of another, without
//! those that repeat one before.

use std::collections::HashMap;
use std::collections::hash_map::{DefaultHasher, Entry};
use std::hash::{Hash, Hasher};
use std::ops::Range;

use crate::activity::{Activity, Nature};
use crate::read::distance::distance_m;
use crate::read::notice::NoticeKind;
use crate::read::track_builder::{Labels, TrackSet, begin};
use crate::read::xml::Document;

use super::track_segment::{
    MOST_COMPARED, PLACES_COMPARED, TOGETHER_M, TrackSegment, joined, keep_most,
    one_sport, place, segments, set_labels, without_short,
};

/// Planned tracks whose ends lie no further apart continue each other, m. Ours.
const CONTINUES_M: f64 = 300.0;

/// A route of at most one point in so many of a track's between the same ends is its outline.
const OUTLINE: usize = 10;

/// Lengths of one planned course differ by less than one part in so many.
const LENGTHS_AGREE: f64 = 20.0;

/// Courses that a notice lists by name.
const LISTED: usize = 10;

/// A planned track or route, or several that continue each other.
#[derive(Debug)]
struct Course<'a> {
    from: &'a Activity,
    segments: Vec<TrackSegment>,
    labels: Labels,
    is_route: bool,
    points: usize,
    length_m: f64,
    begin: (f64, f64),
    end: (f64, f64),
}

impl<'a> Course<'a> {
    fn of(
        set: &'a TrackSet,
        segments: Vec<TrackSegment>,
        is_route: bool,
    ) -> Option<Course<'a>> {
        let from = &set.activity;
        let part = set.parts.get(segments.first()?.part)?;
        let length_m =
            segments.iter().map(|segment| length_m(from, &segment.points)).sum();
        let last = segments.last()?.points.end.checked_sub(1)?;
        Some(Course {
            from,
            labels: part.labels.clone(),
            is_route,
            points: segments.iter().map(|segment| segment.points.len()).sum(),
            length_m,
            begin: place(from, segments.first()?.points.start),
            end: place(from, last),
            segments,
        })
    }

    fn is_loop(&self) -> bool {
        self.length_m > CONTINUES_M && near(self.begin, self.end)
    }

    /// Whether this is the same course as another that comes before it.
    fn repeats(&self, other: &Course<'_>) -> bool {
        let ends = near(self.begin, other.begin) && near(self.end, other.end);
        let lengths = (self.length_m - other.length_m).abs() * LENGTHS_AGREE
            <= self.length_m.min(other.length_m);
        let outline =
            self.is_route && !other.is_route && self.points * OUTLINE <= other.points;
        ends && (outline || (lengths && self.passes(other)))
    }

    /// Whether places along it lie near those of another.
    fn passes(&self, other: &Course<'_>) -> bool {
        let places = |of: &Course<'_>| -> Vec<(f64, f64)> {
            let indices = of.segments.iter().flat_map(|segment| segment.points.clone());
            indices.map(|i| place(of.from, i)).collect()
        };
        let (own, others) = (places(self), places(other));
        let (sparse, dense) =
            if own.len() < others.len() { (own, others) } else { (others, own) };
        let step = (sparse.len() / PLACES_COMPARED).max(1);
        // legs of a plan may be long: half of the longest of the dense one
        let legs =
            dense.iter().zip(dense.iter().skip(1)).map(|(a, b)| distance_m(*a, *b));
        let reach_m = TOGETHER_M + legs.fold(0.0, f64::max) / 2.0;
        sparse
            .iter()
            .step_by(step)
            .all(|place| dense.iter().any(|other| distance_m(*place, *other) <= reach_m))
    }
}

fn near(a: (f64, f64), b: (f64, f64)) -> bool {
    distance_m(a, b) <= CONTINUES_M
}

fn length_m(activity: &Activity, points: &Range<usize>) -> f64 {
    let places = points.clone().map(|i| place(activity, i));
    let legs = places.clone().zip(places.skip(1)).map(|(a, b)| distance_m(a, b));
    legs.filter(|leg| leg.is_finite()).fold(0.0, |sum, leg| sum + leg)
}

/// Returns the courses of planned tracks and routes, in the order of the file.
pub(super) fn courses(
    tracks: &TrackSet,
    routes: &TrackSet,
    file_name: Option<&String>,
    document: &mut Document<'_>,
) -> Vec<Activity> {
    let mut repeats = 0;
    let mut all: Vec<Course<'_>> = Vec::new();
    for (set, is_route) in [(tracks, false), (routes, true)] {
        for segments in without_copies(set, &mut repeats) {
            all.extend(Course::of(set, segments, is_route));
        }
    }
    let (continued, mut chained): (usize, Vec<Course<'_>>) = joined_courses(all);
    let mut kept: Vec<Course<'_>> = Vec::new();
    keep_most(&mut chained, document);
    for course in chained {
        let few = kept.len() <= MOST_COMPARED;
        if few && kept.iter().any(|other| course.repeats(other)) {
            repeats += 1;
        } else {
            kept.push(course);
        }
    }
    without_short(&mut kept, |course| course.points, document);
    let words = "a track, segment or route repeats another, not counted twice";
    document.note_apart(NoticeKind::Structure, repeats, words);
    if continued > 0 {
        let words = format!(
            "{} tracks without times continue others: read as one course",
            continued + 1
        );
        document.note_apart(NoticeKind::Structure, 1, words);
    }
    if kept.len() > 1 {
        document.note_apart(NoticeKind::Structure, 1, listed(&kept));
    }
    let activities = kept.iter().map(|course| {
        let mut activity = joined(course.from, &course.segments);
        let set = if course.is_route { routes } else { tracks };
        begin(&mut activity, &set.clock, document);
        activity.header.nature = Nature::Course;
        set_labels(&mut activity, course.labels.clone(), file_name);
        activity
    });
    activities.collect()
}

/// Returns the segments of each planned track, without those that repeat one before: the same
/// points, or the same and more.
fn without_copies(set: &TrackSet, repeats: &mut u64) -> Vec<Vec<TrackSegment>> {
    let mut seen: HashMap<u64, Range<usize>> = HashMap::new();
    let mut tracks: Vec<Vec<TrackSegment>> = Vec::new();
    let places = |points: &Range<usize>| {
        points.clone().map(|i| {
            let (latitude, longitude) = place(&set.activity, i);
            (latitude.to_bits(), longitude.to_bits())
        })
    };
    let mut part = None;
    for segment in segments(set) {
        if part != Some(segment.part) {
            part = Some(segment.part);
            tracks.push(Vec::new());
        }
        let Some(track) = tracks.last_mut() else { continue };
        let mut hasher = DefaultHasher::new();
        places(&segment.points).for_each(|place| place.hash(&mut hasher));
        // a single point is no repeat, but where two meet
        let again = segment.points.len() > 1
            && match seen.entry(hasher.finish()) {
                Entry::Occupied(first) => places(first.get()).eq(places(&segment.points)),
                Entry::Vacant(empty) => {
                    empty.insert(segment.points.clone());
                    false
                }
            };
        if again {
            *repeats += 1;
            continue;
        }
        let begins_alike = |last: &TrackSegment| {
            last.points.len() > 1
                && last.points.len() < segment.points.len()
                && places(&last.points).zip(places(&segment.points)).all(|(a, b)| a == b)
        };
        if track.last().is_some_and(begins_alike) {
            *repeats += 1;
            track.pop();
        }
        track.push(segment);
    }
    tracks.retain(|track| !track.is_empty());
    tracks
}

/// Joins each course to the one before it where it begins at that one's end; how many were.
/// What comes back to its beginning ends there: loops are to choose from.
fn joined_courses(courses: Vec<Course<'_>>) -> (usize, Vec<Course<'_>>) {
    let mut joined = 0;
    let mut chained: Vec<Course<'_>> = Vec::new();
    for course in courses {
        match chained.last_mut() {
            Some(last)
                if last.is_route == course.is_route
                    && !last.is_loop()
                    && near(last.end, course.begin)
                    && !(course.length_m > CONTINUES_M
                        && near(last.begin, course.end))
                    && one_sport(&last.labels, &course.labels) =>
            {
                joined += 1;
                last.segments.extend(course.segments);
                last.points += course.points;
                last.length_m += course.length_m;
                last.end = course.end;
                last.labels = std::mem::take(&mut last.labels).or(course.labels);
            }
            _ => chained.push(course),
        }
    }
    (joined, chained)
}

/// Returns the courses by name and length.
fn listed(courses: &[Course<'_>]) -> String {
    let named = courses.iter().take(LISTED).enumerate().map(|(index, course)| {
        let name = course.labels.name.as_deref().unwrap_or("without a name");
        let name: String = name.chars().take(40).collect();
        format!("{} {name} ({:.1} km)", index + 1, course.length_m / 1e3)
    });
    let named = named.collect::<Vec<_>>().join(", ");
    let more = courses.len().saturating_sub(LISTED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{} courses to choose from with --part: {named}{more}", courses.len())
}
