//! Several tracks and routes of one GPX file: which belong together, which repeat others, and
//! which are plans.
//!
//! What was recorded outranks what is planned. Recorded tracks of one outing become one
//! activity; another day, sport or place is another. Planned ones become one course where each
//! begins at the end of the one before, else courses to choose from.

use crate::activity::Activity;
use crate::read::notice::NoticeKind;
use crate::read::track_builder::TrackSet;
use crate::read::xml::Document;

use super::courses::courses;
use super::outings::outings;
use super::track_segment::{FEW_POINTS, TrackSegment, segments};

/// Returns the activities of the tracks; routes count only where nothing was recorded.
pub(super) fn activities(
    tracks: TrackSet,
    routes: &TrackSet,
    file_name: Option<&String>,
    document: &mut Document<'_>,
) -> Vec<Activity> {
    let segments = segments(&tracks);
    let recorded = recorded(&tracks, &segments);
    if recorded.iter().any(|recorded| *recorded) {
        let plans =
            recorded.iter().filter(|recorded| !**recorded).count() + routes.parts.len();
        let words = "a track or route without times beside a recording, a plan, left out";
        document.note_apart(NoticeKind::Structure, plans as u64, words);
        let segments = segments
            .into_iter()
            .filter(|segment| recorded.get(segment.part) == Some(&true));
        return outings(tracks, segments.collect(), file_name, document);
    }
    courses(&tracks, routes, file_name, document)
}

/// Returns which tracks were recorded: of their segments with times at least half of the points
/// have some, and these go on, or are few.
fn recorded(set: &TrackSet, segments: &[TrackSegment]) -> Vec<bool> {
    let time_s = set.activity.time_s();
    // points, those with times, first and last time
    let mut seen = vec![(0, 0, f64::NAN, f64::NAN); set.parts.len()];
    for segment in segments.iter().filter(|segment| segment.begin_s.is_finite()) {
        let Some((points, timed, begin_s, end_s)) = seen.get_mut(segment.part) else {
            continue;
        };
        let times = time_s.get(segment.points.clone()).unwrap_or_default();
        *points += times.len();
        *timed += times.iter().filter(|t| t.is_finite()).count();
        (*begin_s, *end_s) = (begin_s.min(segment.begin_s), end_s.max(segment.end_s));
    }
    // stamps that stand may belong to a recording, but make none
    let goes_on = seen.iter().any(|(.., begin_s, end_s)| end_s > begin_s);
    let recorded = seen.iter().map(|(points, timed, begin_s, end_s)| {
        let few = (1..FEW_POINTS).contains(points);
        timed * 2 >= *points && (end_s > begin_s || few)
    });
    recorded.map(|recorded| recorded && goes_on).collect()
}
