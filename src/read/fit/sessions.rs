//! The records of a part, divided among its sessions: a triathlon is several activities.

use jiff::Timestamp;

use super::clock::Clock;
use crate::activity::{Activity, Break, DistanceSource, Lap, Reported, Sample};
use crate::read::NoticeKind;
use crate::read::notice::Notices;
use crate::sport::{Labelled, Sport, from_fit};

/// Most sessions of a part that are kept: a day holds fewer.
pub(super) const MOST_SESSIONS: usize = 1_000;
/// Most laps of a part that are kept.
pub(super) const MOST_LAPS: usize = 20_000;

/// What a `session` message says.
#[derive(Debug, Clone)]
pub(super) struct Session {
    /// FIT's sport and sub-sport.
    pub(super) sport: Labelled,
    /// Stamp of its beginning.
    pub(super) start: Option<u32>,
    /// What the device totalled.
    pub(super) reported: Reported,
}

/// What a `lap` message says: stamps of its beginning and its end.
#[derive(Debug, Clone, Copy)]
pub(super) struct LapStamps {
    pub(super) start: u32,
    pub(super) end: u32,
}

/// Returns one activity a session that has records; one for all where there are no two.
pub(super) fn divide_by_session(
    mut whole: Activity,
    sessions: &[Session],
    laps: &[LapStamps],
    clock: &Clock,
    notices: &mut Notices,
) -> Vec<Activity> {
    let laps = laps.iter().filter_map(|lap| {
        Some(Lap {
            start_s: clock.summary_s(lap.start)?,
            end_s: clock.summary_s(lap.end)?,
        })
    });
    let laps = laps.filter(|lap| lap.end_s >= lap.start_s);
    let mut placed: Vec<(f64, &Session)> = sessions
        .iter()
        .filter_map(|session| Some((clock.summary_s(session.start?)?, session)))
        .collect();
    placed.sort_by(|a, b| a.0.total_cmp(&b.0));
    if placed.len() < 2 {
        if sessions.len() > 1 {
            notices.note(NoticeKind::Structure, || {
                format!("{} sessions without times, read as one activity", sessions.len())
            });
        }
        whole.header.laps = laps.collect();
        if let Some(session) = sessions.first() {
            apply(&mut whole, session);
        }
        return vec![whole];
    }
    // a record belongs to the last session that had begun; whoever comes early, to the first
    let owner = |time_s: f64| {
        placed.partition_point(|(start_s, _)| *start_s <= time_s).saturating_sub(1)
    };
    let mut pieces = divide(&whole, placed.len(), owner);
    for lap in laps {
        if let Some((activity, zero_s)) = pieces.get_mut(owner(lap.start_s)) {
            activity
                .header
                .laps
                .push(Lap { start_s: lap.start_s - *zero_s, end_s: lap.end_s - *zero_s });
        }
    }
    let mut activities = Vec::with_capacity(pieces.len());
    for ((mut activity, _), (_, session)) in pieces.into_iter().zip(&placed) {
        if activity.is_empty() {
            notices.note(NoticeKind::Structure, || {
                "a session without records (a swim in a pool, a change), left out"
                    .to_owned()
            });
            continue;
        }
        apply(&mut activity, session);
        activities.push(activity);
    }
    activities
}

/// Takes what the session says into the header of its activity.
fn apply(activity: &mut Activity, session: &Session) {
    let told = std::mem::replace(&mut activity.header.sport, session.sport.clone());
    activity.header.sport.learn(told);
    activity.header.reported = session.reported;
}

/// Divides samples among `count` activities; each comes with the second of the whole that
/// is its second 0.
fn divide(
    whole: &Activity,
    count: usize,
    owner: impl Fn(f64) -> usize,
) -> Vec<(Activity, f64)> {
    let mut empty = Activity::default();
    empty.header = whole.header.clone();
    let mut pieces = vec![(empty, f64::NAN); count];
    let mut breaks = whole.breaks().iter().peekable();
    let mut current = 0;
    for (index, sample) in samples(whole).enumerate() {
        if !sample.time_s.is_nan() {
            current = owner(sample.time_s);
        }
        let Some((activity, zero_s)) = pieces.get_mut(current) else { continue };
        if let Some((_, kind)) = breaks.next_if(|(at, _)| *at == index) {
            match kind {
                Break::Pause => activity.pause(),
                Break::Segment => activity.segment(),
            }
        }
        if zero_s.is_nan() && !sample.time_s.is_nan() {
            *zero_s = sample.time_s;
            activity.header.start =
                whole.header.start.and_then(|t| later(t, sample.time_s));
        }
        activity.push(Sample { time_s: sample.time_s - *zero_s, ..sample });
    }
    pieces
}

#[expect(clippy::cast_possible_truncation, reason = "times stay within 2^33 seconds")]
fn later(start: Timestamp, time_s: f64) -> Option<Timestamp> {
    Timestamp::from_second(start.as_second().checked_add(time_s as i64)?).ok()
}

/// Returns the columns as samples again.
fn samples(activity: &Activity) -> impl Iterator<Item = Sample> {
    fn wide(column: &[f32]) -> impl Iterator<Item = f64> {
        column.iter().map(|value| f64::from(*value))
    }
    fn plain(column: &[f64]) -> impl Iterator<Item = f64> {
        column.iter().copied()
    }
    let places = plain(activity.time_s())
        .zip(plain(activity.latitude_deg()).zip(plain(activity.longitude_deg())))
        .zip(plain(activity.elevation_m()).zip(plain(activity.distance_m())));
    let sensors = wide(activity.speed_m_per_s())
        .zip(wide(activity.heart_rate_bpm()).zip(wide(activity.cadence_per_min())))
        .zip(wide(activity.power_w()).zip(wide(activity.temperature_c())))
        .zip(wide(activity.stance_time_s()).zip(wide(activity.grade())));
    let rare =
        |column: &[f32], at: usize| column.get(at).map_or(f64::NAN, |v| f64::from(*v));
    places.zip(sensors).enumerate().map(move |(at, (place, sensor))| {
        let ((time_s, (latitude_deg, longitude_deg)), (elevation_m, distance_m)) = place;
        let (rest, (stance_time_s, grade)) = sensor;
        let ((speed_m_per_s, (heart_rate_bpm, cadence_per_min)), rest) = rest;
        let (power_w, temperature_c) = rest;
        Sample {
            time_s,
            latitude_deg,
            longitude_deg,
            elevation_m,
            distance_m,
            speed_m_per_s,
            heart_rate_bpm,
            cadence_per_min,
            power_w,
            temperature_c,
            stance_time_s,
            vertical_oscillation_m: rare(activity.vertical_oscillation_m(), at),
            step_length_m: rare(activity.step_length_m(), at),
            grade,
        }
    })
}

/// Returns what the device's distance was measured with. Watches list foot pods that they do not
/// use, so that only what leaves no doubt counts: no position at all, or a speed sensor on
/// the wheel of a ride.
pub(super) fn distance_source(activity: &Activity, wheel_sensor: bool) -> DistanceSource {
    let without_positions = activity.latitude_deg().iter().all(|value| value.is_nan());
    let with_distance = || activity.distance_m().iter().any(|value| !value.is_nan());
    let ride = matches!(activity.header.sport, Labelled::Modelled(Sport::Ride, _));
    if (without_positions && with_distance()) || (ride && wheel_sensor) {
        DistanceSource::Slope
    } else {
        DistanceSource::Positions
    }
}

/// Returns the sport of a session, lap or sport message.
pub(super) fn sport(sport: Option<u8>, sub_sport: Option<u8>) -> Labelled {
    const NOT_SAID: u8 = u8::MAX;
    from_fit(sport.unwrap_or(NOT_SAID), sub_sport.unwrap_or(NOT_SAID))
}
