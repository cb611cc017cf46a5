//! Finds recordings of a part of an outing that another recording holds whole: a second device that
//! was started late, or a lap that was saved on its own.

use crate::evidence::Parameter;
use crate::history::duplicates::{Deduplicated, Duplicate, Traces, overlap};
use crate::history::session::Session;

/// Positions at one time are of one person within this.
pub(crate) const BESIDE_M: Parameter = Parameter::chosen(
    "history.part.positions",
    200.0,
    "m for nine samples in ten, or a quarter of the way between two samples",
    "100 to 300 m",
    "clocks differ by seconds, and a rider covers as much in half a minute; nobody is at two places",
);
pub(super) const PARAMETERS: [Parameter; 1] = [BESIDE_M];

/// Later sessions that one is held against, as many as begin while it lasts. Our choice: a day has no
/// more recordings.
const MOST: usize = 64;

/// Leaves out what is a part of a longer recording, by the same clock and on the same way.
pub(super) fn without_parts(found: Deduplicated, traces: &Traces<'_>) -> Deduplicated {
    let Deduplicated { counting, mut duplicates, uncompared } = found;
    let mut whole: Vec<Option<usize>> = vec![None; counting.len()];
    for (at, a) in counting.iter().enumerate() {
        let later = counting.iter().enumerate().skip(at + 1).take(MOST);
        let meanwhile = later
            .map(|(later, b)| (later, b, b.start.as_second() - a.start.as_second()))
            .take_while(|(.., apart_s)| (*apart_s as f64) < a.elapsed_s);
        for (later, b, apart_s) in meanwhile {
            if is_one(a, b, apart_s, traces) {
                let (part, of) =
                    if b.distance_m > a.distance_m { (at, later) } else { (later, at) };
                whole[part] = whole[part].or(Some(of));
            }
        }
    }
    // what holds a part may be a part itself
    let longest = |mut at: usize| {
        while let Some(longer) = whole[at] {
            at = longer;
        }
        (counting[at].id.clone(), counting[at].part)
    };
    let kept: Vec<Option<(String, u32)>> =
        whole.iter().map(|of| of.map(longest)).collect();
    let mut left = Vec::with_capacity(counting.len());
    for (session, kept) in counting.into_iter().zip(kept) {
        match kept {
            None => left.push(session),
            Some(kept) => {
                duplicates.push(Duplicate { left_out: session, kept, shift_s: 0 });
            }
        }
    }
    Deduplicated { counting: left, duplicates, uncompared }
}

/// Returns whether most of the shorter one was recorded by both, in one place; `b` begins so many
/// seconds after `a`.
fn is_one(a: &Session, b: &Session, apart_s: i64, traces: &Traces<'_>) -> bool {
    if a.sport.on_foot() != b.sport.on_foot() || !overlap(a, b, apart_s) {
        return false;
    }
    let within_m = |way_m: f64| BESIDE_M.value.max(way_m / 4.0);
    let (a, b) = (traces(a), traces(b));
    a.zip(b).is_some_and(|(a, b)| {
        let every_s = a.every_s.min(b.every_s);
        a.within(&b, (-(apart_s as f64), every_s), within_m)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::duplicates::Trace;
    use crate::history::duplicates::tests::session;
    use crate::sport::Sport;

    /// Returns positions of somebody who goes north, three metres a second, from so many metres on.
    fn north(from_m: f64, elapsed_s: f64, east_m: f64) -> Trace {
        #[expect(clippy::cast_possible_truncation, reason = "degrees on a globe")]
        let micro = |metres: f64| (metres / 111_195.0 * 1e6).round() as i32;
        let mut positions = Vec::new();
        let mut at_s = 0.0;
        while at_s <= elapsed_s {
            positions.push(Some((micro(from_m + 3.0 * at_s), micro(east_m))));
            at_s += 60.0;
        }
        Trace { every_s: 60, positions }
    }

    /// A session that begins after so many seconds and lasts so many, with its positions.
    fn recorded(
        number: usize,
        start_s: i64,
        elapsed_s: f64,
        east_m: f64,
    ) -> (Session, Trace) {
        let took = (elapsed_s, 3.0 * elapsed_s);
        let session = session(number, Sport::Run, start_s, took);
        (session, north(3.0 * start_s as f64, elapsed_s, east_m))
    }

    fn left(all: &[(Session, Trace)]) -> Vec<String> {
        let traces = |wanted: &Session| -> Option<Trace> {
            let mut found = all.iter().filter(|(session, _)| session.id == wanted.id);
            found.next().map(|(_, trace)| trace.clone())
        };
        let counting = all.iter().map(|(session, _)| session.clone()).collect();
        let found = Deduplicated { counting, duplicates: Vec::new(), uncompared: 0 };
        let found = without_parts(found, &traces);
        assert_eq!(found.counting.len() + found.duplicates.len(), all.len());
        found.counting.into_iter().map(|session| session.id).collect()
    }

    fn ids(numbers: &[usize]) -> Vec<String> {
        numbers.iter().map(|number| format!("{number:032x}")).collect()
    }

    #[test]
    fn leaves_out_what_a_second_device_recorded_of_a_part() {
        let whole = || recorded(1, 0, 3600.0, 0.0);
        for part in [
            // started late, and a clock that is some seconds off
            recorded(2, 900, 2700.0, 5.0),
            recorded(2, 60, 1800.0, -20.0),
            // a lap in the middle
            recorded(2, 1200, 1200.0, 0.0),
        ] {
            assert_eq!(left(&[whole(), part]), ids(&[1]));
        }
        // the longer one began later
        assert_eq!(
            left(&[recorded(1, 0, 1200.0, 0.0), recorded(2, 120, 3600.0, 0.0)]),
            ids(&[2])
        );
        // a part of a part
        let all =
            vec![whole(), recorded(2, 300, 2400.0, 0.0), recorded(3, 900, 900.0, 0.0)];
        assert_eq!(left(&all), ids(&[1]));
    }

    #[test]
    fn keeps_what_goes_on_elsewhere_or_at_another_time() {
        let whole = || recorded(1, 0, 3600.0, 0.0);
        // another place, a device left behind, half an hour in common of an hour, after it
        for other in [
            recorded(2, 900, 2700.0, 600.0),
            (session(2, Sport::Run, 900, (2700.0, 900.0)), north(2700.0, 60.0, 0.0)),
            recorded(2, 1800, 3600.0, 0.0),
            recorded(2, 3600, 1800.0, 0.0),
        ] {
            assert_eq!(left(&[whole(), other]), ids(&[1, 2]));
        }
        // a ride is no part of a walk
        let mut ride = recorded(2, 900, 2700.0, 0.0);
        ride.0.sport = Sport::Ride;
        assert_eq!(left(&[whole(), ride]), ids(&[1, 2]));
    }
}
