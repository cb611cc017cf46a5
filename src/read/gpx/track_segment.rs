//! Segments of tracks and routes: cut out of a file, joined to activities, too short to keep.

use std::ops::Range;

use crate::activity::{Activity, Break};
use crate::read::notice::NoticeKind;
use crate::read::track_builder::{Labels, Track, TrackSet, sample};
use crate::read::xml::Document;
use crate::sport::Labelled;

/// Two recorders of one person are no further apart, m. Ours: scatter, and clocks that differ
/// by half a minute.
pub(super) const TOGETHER_M: f64 = 100.0;

/// Places of a track that are looked at to tell it from another.
pub(super) const PLACES_COMPARED: usize = 16;

/// Overlapping tracks with which one is compared: who knows more at once carries them all.
pub(super) const MOST_COMPARED: usize = 16;

/// Tracks shorter than this, points, beside one of ten times as many are crumbs. Ours.
pub(super) const FEW_POINTS: usize = 10;

/// Activities of one file that are kept: a log of some years holds fewer.
pub(super) const MOST_ACTIVITIES: usize = 1_000;

/// Points that follow each other: a segment of a track, or what is left of it.
#[derive(Debug, Clone)]
pub(super) struct TrackSegment {
    pub(super) part: usize,
    pub(super) points: Range<usize>,
    /// First and last time, s of the file's clock.
    pub(super) begin_s: f64,
    pub(super) end_s: f64,
}

/// Returns the segments of all tracks.
pub(super) fn segments(set: &TrackSet) -> Vec<TrackSegment> {
    let time_s = set.activity.time_s();
    let mut breaks = set.activity.breaks().iter().peekable();
    let mut segments = Vec::with_capacity(set.parts.len());
    for (part, Track { points, .. }) in set.parts.iter().enumerate() {
        let mut from = points.start;
        while from < points.end {
            while breaks.next_if(|(at, _)| *at <= from).is_some() {}
            let to = match breaks.peek() {
                Some((at, Break::Segment)) => (*at).min(points.end),
                _ => points.end,
            };
            segments.push(segment(time_s, part, from..to));
            from = to;
        }
    }
    segments
}

pub(super) fn segment(time_s: &[f64], part: usize, points: Range<usize>) -> TrackSegment {
    let times = time_s.get(points.clone()).unwrap_or_default();
    let finite = |t: &&f64| t.is_finite();
    let first = times.iter().find(finite).copied().unwrap_or(f64::NAN);
    let last = times.iter().rfind(finite).copied().unwrap_or(f64::NAN);
    TrackSegment { part, points, begin_s: first.min(last), end_s: first.max(last) }
}

/// Returns what the tracks of a group say of themselves, the first of each.
pub(super) fn labels(parts: &[Track], group: &[TrackSegment]) -> Labels {
    let mut of: Vec<usize> = group.iter().map(|segment| segment.part).collect();
    of.dedup();
    let labels = of.iter().filter_map(|part| Some(parts.get(*part)?.labels.clone()));
    labels.reduce(Labels::or).unwrap_or_default()
}

/// What a file says of an activity, onto its header.
pub(super) fn set_labels(
    activity: &mut Activity,
    labels: Labels,
    file_name: Option<&String>,
) {
    activity.header.name = labels.name.or_else(|| file_name.cloned());
    activity.header.description = labels.description;
    activity.header.sport = labels.sport.unwrap_or(Labelled::Unknown);
}

/// Returns an activity of these points.
pub(super) fn joined(from: &Activity, segments: &[TrackSegment]) -> Activity {
    let mut activity = Activity::default();
    activity.reserve(segments.iter().map(|segment| segment.points.len()).sum());
    for segment in segments {
        activity.segment();
        for sample in segment.points.clone().filter_map(|i| sample(from, i)) {
            activity.push(sample);
        }
    }
    activity
}

pub(super) fn place(activity: &Activity, index: usize) -> (f64, f64) {
    let of = |column: &[f64]| column.get(index).copied().unwrap_or(f64::NAN);
    (of(activity.latitude_deg()), of(activity.longitude_deg()))
}

/// Whether two tracks may be of one sport: one says nothing, or both say the same.
pub(super) fn one_sport(a: &Labels, b: &Labels) -> bool {
    let (Some(sport), Some(other)) = (&a.sport, &b.sport) else { return true };
    match (sport, other) {
        (Labelled::Modelled(..), Labelled::Modelled(..)) => sport == other,
        _ => a.kind == b.kind,
    }
}

/// Leaves out what is too short to be an outing or a course beside one that is.
pub(super) fn without_short<T>(
    all: &mut Vec<T>,
    points: impl Fn(&T) -> usize,
    document: &mut Document<'_>,
) {
    let longest = all.iter().map(&points).max().unwrap_or(0);
    let before = all.len();
    all.retain(|one| points(one) >= FEW_POINTS || points(one) * 10 > longest);
    document.note_apart(
        NoticeKind::Structure,
        (before - all.len()) as u64,
        "a track of a few points apart from the others, left out",
    );
}

pub(super) fn keep_most<T>(activities: &mut Vec<T>, document: &mut Document<'_>) {
    let beyond = activities.len().saturating_sub(MOST_ACTIVITIES);
    activities.truncate(MOST_ACTIVITIES);
    let words = format!("more than {MOST_ACTIVITIES} activities, the rest left out");
    document.note_apart(NoticeKind::Structure, beyond as u64, words);
}
