//! Which point of one reading is which of another.

use std::collections::HashMap;

use super::{Point, Row, column};

/// For each of our points the reference's, where there is one.
pub(super) fn pairs(
    ours: &[Row],
    theirs: &[Point],
    by_place: bool,
) -> Vec<Option<usize>> {
    if !by_place || ours.len() == theirs.len() && mostly_alike(ours, theirs) {
        return (0..ours.len()).map(|at| (at < theirs.len()).then_some(at)).collect();
    }
    let mut places: HashMap<[u64; 2], Vec<usize>> = HashMap::new();
    for (at, their) in theirs.iter().enumerate().rev() {
        places.entry(place(&their.row)).or_default().push(at);
    }
    let mut taken = vec![false; theirs.len()];
    let mut next = 0;
    let paired = ours.iter().map(|our| {
        let key = place(our);
        let is_next = theirs.get(next).is_some_and(|their| place(&their.row) == key);
        let at = if is_next && taken.get(next) == Some(&false) {
            next
        } else {
            let waiting = places.get_mut(&key)?;
            while waiting.last().is_some_and(|at| taken.get(*at) == Some(&true)) {
                waiting.pop();
            }
            // of several at one place that of the same time, the first otherwise
            let alike = waiting.iter().rev().take(MOST_LOOKED_AT).copied().find(|at| {
                taken.get(*at) == Some(&false)
                    && theirs.get(*at).is_some_and(|their| same_time(our, &their.row))
            });
            alike.or_else(|| waiting.last().copied())?
        };
        if let Some(taken) = taken.get_mut(at) {
            *taken = true;
        }
        next = at + 1;
        Some(at)
    });
    paired.collect()
}

/// Points at one place among which that of the same time is looked for.
const MOST_LOOKED_AT: usize = 64;

/// Returns whether nine of ten points in order are at the same place.
fn mostly_alike(ours: &[Row], theirs: &[Point]) -> bool {
    let alike =
        ours.iter().zip(theirs).filter(|(our, their)| place(our) == place(&their.row));
    alike.count() * 10 >= ours.len() * 9
}

fn same_time(a: &Row, b: &Row) -> bool {
    let [a, b] = [a[column::TIME], b[column::TIME]];
    (a - b).abs() < 1e-3 || a.is_nan() && b.is_nan()
}

/// Returns where a point is; of a point without a position its time.
fn place(row: &Row) -> [u64; 2] {
    let (latitude, longitude) = (row[column::LATITUDE], row[column::LONGITUDE]);
    if latitude.is_nan() {
        return [(row[column::TIME] * 1e3).round().to_bits(), u64::MAX];
    }
    // no negative zero
    [(latitude + 0.0).to_bits(), (longitude + 0.0).to_bits()]
}

#[cfg(test)]
mod tests {
    use super::super::EMPTY;
    use super::*;

    fn row(second: f64, latitude: f64) -> Row {
        let mut row = EMPTY;
        (row[column::TIME], row[column::LATITUDE], row[column::LONGITUDE]) =
            (second, latitude, 8.0);
        row
    }

    #[test]
    fn finds_points_in_another_order_and_with_others_between() {
        let theirs: Vec<Point> =
            [(5.0, 45.0), (6.0, 46.0), (0.0, 40.0), (1.0, 41.0), (9.0, 41.0)]
                .map(|(second, latitude)| Point::new(row(second, latitude)))
                .to_vec();
        let ours = [row(0.0, 40.0), row(9.0, 41.0), row(5.0, 45.0), row(7.0, 47.0)];
        assert_eq!(pairs(&ours, &theirs, true), [Some(2), Some(3), Some(0), None]);
        assert_eq!(pairs(&ours, &theirs, false), [Some(0), Some(1), Some(2), Some(3)]);
    }
}
