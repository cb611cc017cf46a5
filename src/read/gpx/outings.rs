//! Recorded segments to outings: those that belong together, in the order of time, without what
//! another recorded at the same time and place.

use std::collections::{BTreeMap, HashMap};

use crate::activity::Activity;
use crate::read::distance::distance_m;
use crate::read::notice::NoticeKind;
use crate::read::track_builder::{TrackSet, begin};
use crate::read::xml::Document;

use super::track_segment::{
    MOST_COMPARED, PLACES_COMPARED, TOGETHER_M, TrackSegment, joined, keep_most, labels,
    one_sport, place, segment, set_labels, without_short,
};

/// A longer pause between two tracks parts two activities, s. Ours: a long rest at midday is
/// shorter, a second outing of the day comes later.
const PAUSE_S: f64 = 4.0 * 3_600.0;

/// A longer one between two segments of one track does, s. Ours: a recorder that is stopped
/// over night goes on in the same track.
const NIGHT_S: f64 = 8.0 * 3_600.0;

/// Nobody goes on foot or by bicycle from the end of one track to the beginning of the next at
/// more, m/s, ...
const FASTEST_M_PER_S: f64 = 12.0;

/// ... beyond the scatter of a receiver that was just switched on, m. Both ours.
const APART_M: f64 = 1_000.0;

/// Returns the activities of recorded segments, in the order of time.
pub(super) fn outings(
    tracks: TrackSet,
    mut segments: Vec<TrackSegment>,
    file_name: Option<&String>,
    document: &mut Document<'_>,
) -> Vec<Activity> {
    let before = segments.len();
    segments.retain(|segment| segment.begin_s.is_finite());
    document.note_apart(
        NoticeKind::Structure,
        (before - segments.len()) as u64,
        "a segment without times beside others with times, left out",
    );
    let points = segments.iter().flat_map(|segment| segment.points.clone());
    let times = points.filter_map(|i| tracks.activity.time_s().get(i));
    let untimed = times.filter(|t| t.is_nan()).count();
    document.note_apart(NoticeKind::BadTime, untimed as u64, "points without a time");
    let in_order =
        segments.iter().zip(segments.iter().skip(1)).all(|(a, b)| b.begin_s >= a.end_s);
    if !in_order {
        segments = without_repeats(&tracks.activity, segments, document);
        segments.sort_by(|a, b| a.begin_s.total_cmp(&b.begin_s));
    }
    let mut groups = grouped(&tracks, segments);
    let points = |group: &Vec<TrackSegment>| {
        group.iter().map(|segment| segment.points.len()).sum()
    };
    without_short(&mut groups, points, document);
    keep_most(&mut groups, document);
    let whole = |group: &[TrackSegment]| {
        let mut at = 0;
        let follows = |segment: &TrackSegment| {
            segment.points.start == std::mem::replace(&mut at, segment.points.end)
        };
        group.iter().all(follows) && at == tracks.activity.len()
    };
    if let [group] = &groups[..]
        && whole(group)
    {
        let labels = labels(&tracks.parts, group);
        let mut activity = tracks.activity;
        begin(&mut activity, &tracks.clock, document);
        set_labels(&mut activity, labels, file_name);
        return vec![activity];
    }
    groups
        .iter()
        .map(|group| {
            let mut activity = joined(&tracks.activity, group);
            begin(&mut activity, &tracks.clock, document);
            set_labels(&mut activity, labels(&tracks.parts, group), file_name);
            activity
        })
        .collect()
}

/// Drops what repeats the times of others at the same places, whichever came first; what
/// reaches beyond them keeps that.
fn without_repeats(
    activity: &Activity,
    segments: Vec<TrackSegment>,
    document: &mut Document<'_>,
) -> Vec<TrackSegment> {
    let mut repeats = 0;
    let mut apart = Vec::new();
    // by their beginning, in microseconds; what is kept never overlaps
    let mut kept: BTreeMap<(i64, usize), TrackSegment> = BTreeMap::new();
    for mut segment in segments {
        let key = (micros(segment.begin_s), usize::MAX);
        let before = kept.range(..=key).next_back().map(|(key, _)| *key);
        let first = before.unwrap_or((i64::MIN, 0));
        let within: Vec<(i64, usize)> = kept
            .range(first..=(micros(segment.end_s), usize::MAX))
            .filter(|(_, other)| overlap(other, &segment))
            .map(|(key, _)| *key)
            .collect();
        let (mut repeated, mut elsewhere) = (false, false);
        let mut compared = 0;
        for key in within {
            let Some(other) = kept.get(&key) else { continue };
            if compared < MOST_COMPARED && !are_together(activity, other, &segment) {
                elsewhere = true;
                break;
            }
            compared += 1;
            if other.begin_s >= segment.begin_s && other.end_s <= segment.end_s
                // of equals the first
                && (other.begin_s > segment.begin_s || other.end_s < segment.end_s)
            {
                repeats += 1;
                kept.remove(&key);
                continue;
            }
            repeated = true;
            trim(activity, &mut segment, other);
            if segment.points.is_empty() {
                break;
            }
        }
        if elsewhere {
            apart.push(segment);
            continue;
        }
        repeats += u64::from(repeated);
        if !segment.points.is_empty() {
            kept.insert((micros(segment.begin_s), segment.points.start), segment);
        }
    }
    let words = "a track or segment lies in the time of another, not counted twice";
    document.note_apart(NoticeKind::Structure, repeats, words);
    let mut segments: Vec<TrackSegment> = kept.into_values().chain(apart).collect();
    // the order of the file, where times are equal
    segments.sort_by_key(|segment| segment.points.start);
    segments
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "three centuries are 2^53 microseconds"
)]
fn micros(time_s: f64) -> i64 {
    (time_s * 1e6).round() as i64
}

/// Whether two share more than an end.
fn overlap(a: &TrackSegment, b: &TrackSegment) -> bool {
    let inside = |t: f64, of: &TrackSegment| of.begin_s < t && t < of.end_s;
    (a.begin_s < b.end_s && b.begin_s < a.end_s)
        || inside(a.begin_s, b)
        || inside(b.begin_s, a)
}

/// Takes away the points within the time of another.
fn trim(activity: &Activity, segment: &mut TrackSegment, other: &TrackSegment) {
    let points = if segment.end_s > other.end_s {
        let from = segment
            .points
            .clone()
            .find(|i| activity.time_s().get(*i).is_some_and(|t| *t > other.end_s));
        from.map_or(0..0, |from| from..segment.points.end)
    } else {
        let to = segment
            .points
            .clone()
            .rfind(|i| activity.time_s().get(*i).is_some_and(|t| *t < other.begin_s));
        to.map_or(0..0, |to| segment.points.start..to + 1)
    };
    *segment = self::segment(activity.time_s(), segment.part, points);
}

/// Whether one was where the other was at the same time. Without positions nothing speaks
/// against it.
fn are_together(activity: &Activity, one: &TrackSegment, other: &TrackSegment) -> bool {
    let (from_s, to_s) = (one.begin_s.max(other.begin_s), one.end_s.min(other.end_s));
    let time = |i: usize| activity.time_s().get(i).copied().unwrap_or(f64::NAN);
    let found = |segment: &TrackSegment, t: f64| {
        let times = activity.time_s().get(segment.points.clone()).unwrap_or_default();
        segment.points.start + times.partition_point(|time| *time < t)
    };
    let (first, last) = (found(other, from_s), found(other, to_s));
    let step = (last.saturating_sub(first) / PLACES_COMPARED).max(1);
    let (mut near, mut far) = (0, 0);
    for i in (first..=last).step_by(step).filter(|i| other.points.contains(i)) {
        let after = found(one, time(i)).min(one.points.end.saturating_sub(1));
        let before = after.saturating_sub(1).max(one.points.start);
        let share =
            ((time(i) - time(before)) / (time(after) - time(before))).clamp(0.0, 1.0);
        let share = if share.is_nan() { 1.0 } else { share };
        let (a, b) = (place(activity, before), place(activity, after));
        let between = (a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share);
        let apart_m = distance_m(between, place(activity, i));
        near += usize::from(apart_m <= TOGETHER_M);
        far += usize::from(apart_m > TOGETHER_M);
    }
    far <= near
}

/// Returns the segments of one outing together; they come in the order of time.
fn grouped(tracks: &TrackSet, segments: Vec<TrackSegment>) -> Vec<Vec<TrackSegment>> {
    let mut groups: Vec<Vec<TrackSegment>> = Vec::new();
    // the group in which each track was last
    let mut last_of_part: HashMap<usize, usize> = HashMap::new();
    for segment in segments {
        let own = last_of_part.get(&segment.part).copied();
        let newest = groups.len().checked_sub(1);
        let group = [own, newest].into_iter().flatten().find(|group| {
            let last = groups.get(*group).and_then(|group| group.last());
            last.is_some_and(|last| continues(tracks, last, &segment))
        });
        let group = group.unwrap_or_else(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        last_of_part.insert(segment.part, group);
        if let Some(group) = groups.get_mut(group) {
            group.push(segment);
        }
    }
    groups
}

/// Whether a segment goes on with the outing of the one before it.
fn continues(tracks: &TrackSet, last: &TrackSegment, segment: &TrackSegment) -> bool {
    let pause_s = segment.begin_s - last.end_s;
    if last.part == segment.part {
        return pause_s <= NIGHT_S;
    }
    let labels =
        |segment: &TrackSegment| tracks.parts.get(segment.part).map(|part| &part.labels);
    let alike = labels(last).zip(labels(segment)).is_none_or(|(a, b)| one_sport(a, b));
    let activity = &tracks.activity;
    let from = place(activity, last.points.end.saturating_sub(1));
    let apart_m = distance_m(from, place(activity, segment.points.start));
    // without positions nothing speaks against it
    let reach_m = FASTEST_M_PER_S * pause_s.max(0.0) + APART_M;
    let reachable = apart_m.is_nan() || apart_m <= reach_m;
    alike && (0.0..=PAUSE_S).contains(&pause_s) && reachable
}
