//! Several tracks and routes of one GPX file: which belong together, which repeat others, and
//! which are plans.
//!
//! What was recorded outranks what is planned. Recorded tracks of one outing become one
//! activity; another day, sport or place is another. Planned ones become one course where each
//! begins at the end of the one before, else courses to choose from.

use std::collections::BTreeMap;
use std::collections::HashMap;
use std::collections::hash_map::{DefaultHasher, Entry};
use std::hash::{Hash, Hasher};
use std::ops::Range;

use crate::activity::{Activity, Break, Nature};
use crate::sport::Labelled;

use super::ground::metres;
use super::line::{Labels, Part, Strand, begin, sample};
use super::notice::NoticeKind;
use super::xml::Document;

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

/// Two recorders of one person are no further apart, m. Ours: scatter, and clocks that differ
/// by half a minute.
const TOGETHER_M: f64 = 100.0;

/// Places of a track that are looked at to tell it from another.
const LOOKS: usize = 16;

/// Overlapping tracks with which one is compared: who knows more at once carries them all.
const MOST_COMPARED: usize = 16;

/// Planned tracks whose ends lie no further apart continue each other, m. Ours.
const CONTINUES_M: f64 = 300.0;

/// A route of at most one point in so many of a track's between the same ends is its outline.
const OUTLINE: usize = 10;

/// Lengths of one planned course differ by less than one part in so many.
const LENGTHS_AGREE: f64 = 20.0;

/// Tracks shorter than this, points, beside one of ten times as many are crumbs. Ours.
const CRUMB: usize = 10;

/// Activities of one file that are kept: a log of some years holds fewer.
pub(crate) const MOST_ACTIVITIES: usize = 1_000;

/// Courses that a notice lists by name.
const LISTED: usize = 10;

/// Points that follow each other: a segment of a track, or what is left of it.
#[derive(Debug, Clone)]
struct Piece {
    part: usize,
    points: Range<usize>,
    /// First and last time, s of the file's clock.
    begin_s: f64,
    end_s: f64,
}

/// The activities of the tracks; routes count only where nothing was recorded.
pub(crate) fn deal(
    tracks: Strand,
    routes: &Strand,
    file_name: Option<&String>,
    document: &mut Document<'_>,
) -> Vec<Activity> {
    let pieces = pieces(&tracks);
    let recorded = recorded(&tracks, &pieces);
    if recorded.iter().any(|recorded| *recorded) {
        let plans =
            recorded.iter().filter(|recorded| !**recorded).count() + routes.parts.len();
        let words = "a track or route without times beside a recording, a plan, left out";
        document.note_apart(NoticeKind::Structure, plans as u64, words);
        let pieces =
            pieces.into_iter().filter(|piece| recorded.get(piece.part) == Some(&true));
        return outings(tracks, pieces.collect(), file_name, document);
    }
    courses(&tracks, routes, file_name, document)
}

/// The segments of all tracks.
fn pieces(strand: &Strand) -> Vec<Piece> {
    let time_s = strand.activity.time_s();
    let mut breaks = strand.activity.breaks().iter().peekable();
    let mut pieces = Vec::with_capacity(strand.parts.len());
    for (part, Part { points, .. }) in strand.parts.iter().enumerate() {
        let mut from = points.start;
        while from < points.end {
            while breaks.next_if(|(at, _)| *at <= from).is_some() {}
            let to = match breaks.peek() {
                Some((at, Break::Segment)) => (*at).min(points.end),
                _ => points.end,
            };
            pieces.push(piece(time_s, part, from..to));
            from = to;
        }
    }
    pieces
}

fn piece(time_s: &[f64], part: usize, points: Range<usize>) -> Piece {
    let times = time_s.get(points.clone()).unwrap_or_default();
    let finite = |t: &&f64| t.is_finite();
    let first = times.iter().find(finite).copied().unwrap_or(f64::NAN);
    let last = times.iter().rfind(finite).copied().unwrap_or(f64::NAN);
    Piece { part, points, begin_s: first.min(last), end_s: first.max(last) }
}

/// Which tracks were recorded: of their segments with times at least half of the points have
/// some, and these go on, or are few.
fn recorded(strand: &Strand, pieces: &[Piece]) -> Vec<bool> {
    let time_s = strand.activity.time_s();
    // points, those with times, first and last time
    let mut told = vec![(0, 0, f64::NAN, f64::NAN); strand.parts.len()];
    for piece in pieces.iter().filter(|piece| piece.begin_s.is_finite()) {
        let Some((points, timed, begin_s, end_s)) = told.get_mut(piece.part) else {
            continue;
        };
        let times = time_s.get(piece.points.clone()).unwrap_or_default();
        *points += times.len();
        *timed += times.iter().filter(|t| t.is_finite()).count();
        (*begin_s, *end_s) = (begin_s.min(piece.begin_s), end_s.max(piece.end_s));
    }
    // stamps that stand may belong to a recording, but make none
    let goes_on = told.iter().any(|(.., begin_s, end_s)| end_s > begin_s);
    let recorded = told.iter().map(|(points, timed, begin_s, end_s)| {
        let few = (1..CRUMB).contains(points);
        timed * 2 >= *points && (end_s > begin_s || few)
    });
    recorded.map(|recorded| recorded && goes_on).collect()
}

/// Activities of recorded segments, in the order of time.
fn outings(
    tracks: Strand,
    mut pieces: Vec<Piece>,
    file_name: Option<&String>,
    document: &mut Document<'_>,
) -> Vec<Activity> {
    let before = pieces.len();
    pieces.retain(|piece| piece.begin_s.is_finite());
    document.note_apart(
        NoticeKind::Structure,
        (before - pieces.len()) as u64,
        "a segment without times beside others with times, left out",
    );
    let points = pieces.iter().flat_map(|piece| piece.points.clone());
    let times = points.filter_map(|i| tracks.activity.time_s().get(i));
    let untimed = times.filter(|t| t.is_nan()).count();
    document.note_apart(NoticeKind::BadTime, untimed as u64, "points without a time");
    let in_order =
        pieces.iter().zip(pieces.iter().skip(1)).all(|(a, b)| b.begin_s >= a.end_s);
    if !in_order {
        pieces = without_repeats(&tracks.activity, pieces, document);
        pieces.sort_by(|a, b| a.begin_s.total_cmp(&b.begin_s));
    }
    let mut groups = grouped(&tracks, pieces);
    let points = |group: &Vec<Piece>| group.iter().map(|piece| piece.points.len()).sum();
    without_crumbs(&mut groups, points, document);
    bound(&mut groups, document);
    let whole = |group: &[Piece]| {
        let mut at = 0;
        let follows = |piece: &Piece| {
            piece.points.start == std::mem::replace(&mut at, piece.points.end)
        };
        group.iter().all(follows) && at == tracks.activity.len()
    };
    if let [group] = &groups[..]
        && whole(group)
    {
        let labels = labels(&tracks.parts, group);
        let mut activity = tracks.activity;
        begin(&mut activity, &tracks.clock, document);
        put_on(&mut activity, labels, file_name);
        return vec![activity];
    }
    groups
        .iter()
        .map(|group| {
            let mut activity = gathered(&tracks.activity, group);
            begin(&mut activity, &tracks.clock, document);
            put_on(&mut activity, labels(&tracks.parts, group), file_name);
            activity
        })
        .collect()
}

/// What the tracks of a group say of themselves, the first of each.
fn labels(parts: &[Part], group: &[Piece]) -> Labels {
    let mut of: Vec<usize> = group.iter().map(|piece| piece.part).collect();
    of.dedup();
    let labels = of.iter().filter_map(|part| Some(parts.get(*part)?.labels.clone()));
    labels.reduce(Labels::or).unwrap_or_default()
}

/// What a file says of an activity, onto its header.
pub(crate) fn put_on(
    activity: &mut Activity,
    labels: Labels,
    file_name: Option<&String>,
) {
    activity.header.name = labels.name.or_else(|| file_name.cloned());
    activity.header.sport = labels.sport.unwrap_or(Labelled::Unknown);
}

/// An activity of these points.
fn gathered(from: &Activity, pieces: &[Piece]) -> Activity {
    let mut activity = Activity::default();
    activity.reserve(pieces.iter().map(|piece| piece.points.len()).sum());
    for piece in pieces {
        activity.segment();
        for sample in piece.points.clone().filter_map(|i| sample(from, i)) {
            activity.push(sample);
        }
    }
    activity
}

/// Drops what repeats the times of others at the same places, whichever came first; what
/// reaches beyond them keeps that.
fn without_repeats(
    activity: &Activity,
    pieces: Vec<Piece>,
    document: &mut Document<'_>,
) -> Vec<Piece> {
    let mut repeats = 0;
    let mut apart = Vec::new();
    // by their beginning, in microseconds; what is kept never overlaps
    let mut kept: BTreeMap<(i64, usize), Piece> = BTreeMap::new();
    for mut piece in pieces {
        let key = (micros(piece.begin_s), usize::MAX);
        let before = kept.range(..=key).next_back().map(|(key, _)| *key);
        let first = before.unwrap_or((i64::MIN, 0));
        let within: Vec<(i64, usize)> = kept
            .range(first..=(micros(piece.end_s), usize::MAX))
            .filter(|(_, other)| overlap(other, &piece))
            .map(|(key, _)| *key)
            .collect();
        let (mut repeated, mut elsewhere) = (false, false);
        let mut compared = 0;
        for key in within {
            let Some(other) = kept.get(&key) else { continue };
            if compared < MOST_COMPARED && !together(activity, other, &piece) {
                elsewhere = true;
                break;
            }
            compared += 1;
            if other.begin_s >= piece.begin_s && other.end_s <= piece.end_s
                // of equals the first
                && (other.begin_s > piece.begin_s || other.end_s < piece.end_s)
            {
                repeats += 1;
                kept.remove(&key);
                continue;
            }
            repeated = true;
            trim(activity, &mut piece, other);
            if piece.points.is_empty() {
                break;
            }
        }
        if elsewhere {
            apart.push(piece);
            continue;
        }
        repeats += u64::from(repeated);
        if !piece.points.is_empty() {
            kept.insert((micros(piece.begin_s), piece.points.start), piece);
        }
    }
    let words = "a track or segment lies in the time of another, not counted twice";
    document.note_apart(NoticeKind::Structure, repeats, words);
    let mut pieces: Vec<Piece> = kept.into_values().chain(apart).collect();
    // the order of the file, where times are equal
    pieces.sort_by_key(|piece| piece.points.start);
    pieces
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "three centuries are 2^53 microseconds"
)]
fn micros(time_s: f64) -> i64 {
    (time_s * 1e6).round() as i64
}

/// Whether two share more than an end.
fn overlap(a: &Piece, b: &Piece) -> bool {
    let inside = |t: f64, of: &Piece| of.begin_s < t && t < of.end_s;
    (a.begin_s < b.end_s && b.begin_s < a.end_s)
        || inside(a.begin_s, b)
        || inside(b.begin_s, a)
}

/// Takes away the points within the time of another.
fn trim(activity: &Activity, piece: &mut Piece, other: &Piece) {
    let points = if piece.end_s > other.end_s {
        let from = piece
            .points
            .clone()
            .find(|i| activity.time_s().get(*i).is_some_and(|t| *t > other.end_s));
        from.map_or(0..0, |from| from..piece.points.end)
    } else {
        let to = piece
            .points
            .clone()
            .rfind(|i| activity.time_s().get(*i).is_some_and(|t| *t < other.begin_s));
        to.map_or(0..0, |to| piece.points.start..to + 1)
    };
    *piece = self::piece(activity.time_s(), piece.part, points);
}

/// Whether one was where the other was at the same time. Without positions nothing speaks
/// against it.
fn together(activity: &Activity, one: &Piece, other: &Piece) -> bool {
    let (from_s, to_s) = (one.begin_s.max(other.begin_s), one.end_s.min(other.end_s));
    let time = |i: usize| activity.time_s().get(i).copied().unwrap_or(f64::NAN);
    let found = |piece: &Piece, t: f64| {
        let times = activity.time_s().get(piece.points.clone()).unwrap_or_default();
        piece.points.start + times.partition_point(|time| *time < t)
    };
    let (first, last) = (found(other, from_s), found(other, to_s));
    let step = (last.saturating_sub(first) / LOOKS).max(1);
    let (mut near, mut far) = (0, 0);
    for i in (first..=last).step_by(step).filter(|i| other.points.contains(i)) {
        let after = found(one, time(i)).min(one.points.end.saturating_sub(1));
        let before = after.saturating_sub(1).max(one.points.start);
        let share =
            ((time(i) - time(before)) / (time(after) - time(before))).clamp(0.0, 1.0);
        let share = if share.is_nan() { 1.0 } else { share };
        let (a, b) = (place(activity, before), place(activity, after));
        let between = (a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share);
        let apart_m = metres(between, place(activity, i));
        near += usize::from(apart_m <= TOGETHER_M);
        far += usize::from(apart_m > TOGETHER_M);
    }
    far <= near
}

fn place(activity: &Activity, index: usize) -> (f64, f64) {
    let of = |column: &[f64]| column.get(index).copied().unwrap_or(f64::NAN);
    (of(activity.latitude_deg()), of(activity.longitude_deg()))
}

/// Segments of one outing together; they come in the order of time.
fn grouped(tracks: &Strand, pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut groups: Vec<Vec<Piece>> = Vec::new();
    // the group in which each track was last
    let mut last_of_part: HashMap<usize, usize> = HashMap::new();
    for piece in pieces {
        let own = last_of_part.get(&piece.part).copied();
        let newest = groups.len().checked_sub(1);
        let group = [own, newest].into_iter().flatten().find(|group| {
            let last = groups.get(*group).and_then(|group| group.last());
            last.is_some_and(|last| continues(tracks, last, &piece))
        });
        let group = group.unwrap_or_else(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        last_of_part.insert(piece.part, group);
        if let Some(group) = groups.get_mut(group) {
            group.push(piece);
        }
    }
    groups
}

/// Whether a segment goes on with the outing of the one before it.
fn continues(tracks: &Strand, last: &Piece, piece: &Piece) -> bool {
    let pause_s = piece.begin_s - last.end_s;
    if last.part == piece.part {
        return pause_s <= NIGHT_S;
    }
    let labels = |piece: &Piece| tracks.parts.get(piece.part).map(|part| &part.labels);
    let alike = labels(last).zip(labels(piece)).is_none_or(|(a, b)| one_sport(a, b));
    let activity = &tracks.activity;
    let from = place(activity, last.points.end.saturating_sub(1));
    let apart_m = metres(from, place(activity, piece.points.start));
    // without positions nothing speaks against it
    let reach_m = FASTEST_M_PER_S * pause_s.max(0.0) + APART_M;
    let reachable = apart_m.is_nan() || apart_m <= reach_m;
    alike && (0.0..=PAUSE_S).contains(&pause_s) && reachable
}

/// Whether two tracks may be of one sport: one says nothing, or both say the same.
fn one_sport(a: &Labels, b: &Labels) -> bool {
    let (Some(sport), Some(other)) = (&a.sport, &b.sport) else { return true };
    match (sport, other) {
        (Labelled::Modelled(..), Labelled::Modelled(..)) => sport == other,
        _ => a.kind == b.kind,
    }
}

/// Leaves out what is too short to be an outing or a course beside one that is.
fn without_crumbs<T>(
    all: &mut Vec<T>,
    points: impl Fn(&T) -> usize,
    document: &mut Document<'_>,
) {
    let longest = all.iter().map(&points).max().unwrap_or(0);
    let before = all.len();
    all.retain(|one| points(one) >= CRUMB || points(one) * 10 > longest);
    document.note_apart(
        NoticeKind::Structure,
        (before - all.len()) as u64,
        "a track of a few points apart from the others, left out",
    );
}

fn bound<T>(activities: &mut Vec<T>, document: &mut Document<'_>) {
    let beyond = activities.len().saturating_sub(MOST_ACTIVITIES);
    activities.truncate(MOST_ACTIVITIES);
    let words = format!("more than {MOST_ACTIVITIES} activities, the rest left out");
    document.note_apart(NoticeKind::Structure, beyond as u64, words);
}

/// A planned track or route, or several that continue each other.
#[derive(Debug)]
struct Course<'a> {
    from: &'a Activity,
    pieces: Vec<Piece>,
    labels: Labels,
    is_route: bool,
    points: usize,
    length_m: f64,
    begin: (f64, f64),
    end: (f64, f64),
}

impl<'a> Course<'a> {
    fn of(strand: &'a Strand, pieces: Vec<Piece>, is_route: bool) -> Option<Course<'a>> {
        let from = &strand.activity;
        let part = strand.parts.get(pieces.first()?.part)?;
        let length_m = pieces.iter().map(|piece| length_m(from, &piece.points)).sum();
        let last = pieces.last()?.points.end.checked_sub(1)?;
        Some(Course {
            from,
            labels: part.labels.clone(),
            is_route,
            points: pieces.iter().map(|piece| piece.points.len()).sum(),
            length_m,
            begin: place(from, pieces.first()?.points.start),
            end: place(from, last),
            pieces,
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
            let indices = of.pieces.iter().flat_map(|piece| piece.points.clone());
            indices.map(|i| place(of.from, i)).collect()
        };
        let (own, others) = (places(self), places(other));
        let (sparse, dense) =
            if own.len() < others.len() { (own, others) } else { (others, own) };
        let step = (sparse.len() / LOOKS).max(1);
        // legs of a plan may be long: half of the longest of the dense one
        let legs = dense.iter().zip(dense.iter().skip(1)).map(|(a, b)| metres(*a, *b));
        let reach_m = TOGETHER_M + legs.fold(0.0, f64::max) / 2.0;
        sparse
            .iter()
            .step_by(step)
            .all(|place| dense.iter().any(|other| metres(*place, *other) <= reach_m))
    }
}

fn near(a: (f64, f64), b: (f64, f64)) -> bool {
    metres(a, b) <= CONTINUES_M
}

fn length_m(activity: &Activity, points: &Range<usize>) -> f64 {
    let places = points.clone().map(|i| place(activity, i));
    let legs = places.clone().zip(places.skip(1)).map(|(a, b)| metres(a, b));
    legs.filter(|leg| leg.is_finite()).fold(0.0, |sum, leg| sum + leg)
}

/// Courses of planned tracks and routes, in the order of the file.
fn courses(
    tracks: &Strand,
    routes: &Strand,
    file_name: Option<&String>,
    document: &mut Document<'_>,
) -> Vec<Activity> {
    let mut repeats = 0;
    let mut all: Vec<Course<'_>> = Vec::new();
    for (strand, is_route) in [(tracks, false), (routes, true)] {
        for pieces in unrepeated(strand, &mut repeats) {
            all.extend(Course::of(strand, pieces, is_route));
        }
    }
    let (joined, mut chained): (usize, Vec<Course<'_>>) = chains(all);
    let mut kept: Vec<Course<'_>> = Vec::new();
    bound(&mut chained, document);
    for course in chained {
        let few = kept.len() <= MOST_COMPARED;
        if few && kept.iter().any(|other| course.repeats(other)) {
            repeats += 1;
        } else {
            kept.push(course);
        }
    }
    without_crumbs(&mut kept, |course| course.points, document);
    let words = "a track, segment or route repeats another, not counted twice";
    document.note_apart(NoticeKind::Structure, repeats, words);
    if joined > 0 {
        let words = format!(
            "{} tracks without times continue others: read as one course",
            joined + 1
        );
        document.note_apart(NoticeKind::Structure, 1, words);
    }
    if kept.len() > 1 {
        document.note_apart(NoticeKind::Structure, 1, listed(&kept));
    }
    let activities = kept.iter().map(|course| {
        let mut activity = gathered(course.from, &course.pieces);
        let strand = if course.is_route { routes } else { tracks };
        begin(&mut activity, &strand.clock, document);
        activity.header.nature = Nature::Course;
        put_on(&mut activity, course.labels.clone(), file_name);
        activity
    });
    activities.collect()
}

/// The segments of each planned track, without those that repeat one before: the same points,
/// or the same and more.
fn unrepeated(strand: &Strand, repeats: &mut u64) -> Vec<Vec<Piece>> {
    let mut seen: HashMap<u64, Range<usize>> = HashMap::new();
    let mut tracks: Vec<Vec<Piece>> = Vec::new();
    let places = |points: &Range<usize>| {
        points.clone().map(|i| {
            let (latitude, longitude) = place(&strand.activity, i);
            (latitude.to_bits(), longitude.to_bits())
        })
    };
    let mut part = None;
    for piece in pieces(strand) {
        if part != Some(piece.part) {
            part = Some(piece.part);
            tracks.push(Vec::new());
        }
        let Some(track) = tracks.last_mut() else { continue };
        let mut hasher = DefaultHasher::new();
        places(&piece.points).for_each(|place| place.hash(&mut hasher));
        // a single point is no repeat, but where two meet
        let again = piece.points.len() > 1
            && match seen.entry(hasher.finish()) {
                Entry::Occupied(first) => places(first.get()).eq(places(&piece.points)),
                Entry::Vacant(empty) => {
                    empty.insert(piece.points.clone());
                    false
                }
            };
        if again {
            *repeats += 1;
            continue;
        }
        let begins_alike = |last: &Piece| {
            last.points.len() > 1
                && last.points.len() < piece.points.len()
                && places(&last.points).zip(places(&piece.points)).all(|(a, b)| a == b)
        };
        if track.last().is_some_and(begins_alike) {
            *repeats += 1;
            track.pop();
        }
        track.push(piece);
    }
    tracks.retain(|track| !track.is_empty());
    tracks
}

/// Joins each course to the one before it where it begins at that one's end; how many were.
/// What comes back to its beginning ends there: loops are to choose from.
fn chains(courses: Vec<Course<'_>>) -> (usize, Vec<Course<'_>>) {
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
                last.pieces.extend(course.pieces);
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

/// The courses by name and length.
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
