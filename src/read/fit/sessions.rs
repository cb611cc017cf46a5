//! One stream of records, several sessions: which record belongs to which.

use crate::activity::{Activity, DistanceSource, Reported};
use crate::sport::{Labelled, Sport};

/// What a session message says.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) sport: Option<Labelled>,
    /// Device seconds.
    pub(crate) start: Option<u32>,
    pub(crate) reported: Reported,
}

/// Splits an activity at the beginnings of its sessions, which are in order of time. A record
/// belongs to the last session that has begun; sessions without records give nothing.
pub(crate) fn split(
    activity: Activity,
    sessions: Vec<Session>,
    epoch: Option<u32>,
) -> Vec<Activity> {
    let many = sessions.len() > 1 && sessions.iter().all(|s| s.start.is_some());
    if !many {
        return match sessions.into_iter().next() {
            Some(session) => vec![entitled(activity, session)],
            None => vec![activity],
        };
    }
    let epoch = f64::from(epoch.unwrap_or(0));
    let begins: Vec<f64> = sessions
        .iter()
        .filter_map(|s| s.start)
        .map(|start| f64::from(start) - epoch)
        .collect();
    let mut bounds = vec![0];
    let mut from = 0;
    for begin in &begins[1..] {
        let rest = &activity.time_s()[from..];
        from += rest.iter().position(|t| t >= begin).unwrap_or(rest.len());
        bounds.push(from);
    }
    bounds.push(activity.len());
    bounds
        .windows(2)
        .zip(sessions)
        .filter(|(bound, _)| bound[1] > bound[0])
        .map(|(bound, session)| entitled(activity.part(bound[0]..bound[1]), session))
        .collect()
}

fn entitled(mut activity: Activity, session: Session) -> Activity {
    if let Some(sport) = session.sport.filter(|sport| *sport != Labelled::Unknown) {
        activity.header.sport = sport;
    }
    activity.header.reported = session.reported;
    activity
}

/// Says what the distance was measured with: a wheel on a ride, a foot pod where there is no
/// position at all. Watches list foot pods that they only take cadence from.
pub(crate) fn measured(mut activity: Activity, wheel: bool, pod: bool) -> Activity {
    let ride = matches!(activity.header.sport, Labelled::Modelled(Sport::Ride, _));
    let located = activity.latitude_deg().iter().any(|l| l.is_finite());
    if ride && wheel || pod && !located {
        activity.header.distance_source = DistanceSource::Slope;
    }
    activity
}
