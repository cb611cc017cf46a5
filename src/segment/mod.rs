//! Profile to climbs, descents and the level between: a partition.

mod blocks;
mod rules;

use std::ops::Range;

use crate::profile::Profile;
pub use rules::{Rules, parameters};

use blocks::blocks;

/// What a segment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slope {
    /// Up.
    Climb,
    /// Neither.
    Level,
    /// Down.
    Descent,
}

impl Slope {
    /// Returns the word in JSON and for people.
    pub fn name(self) -> &'static str {
        match self {
            Slope::Climb => "climb",
            Slope::Level => "level",
            Slope::Descent => "descent",
        }
    }
}

/// One climb, descent or level stretch of a run.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Segment {
    /// What it is.
    pub slope: Slope,
    /// Index of its run.
    pub run: usize,
    /// Its cells.
    pub cells: Range<usize>,
    /// Its cells, and those of the false flats that lead to it and on from it: they were left
    /// off and are level. Power without a meter is taken there, too.
    pub with_ends: Range<usize>,
}

/// Why a candidate is not in the table.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Decision {
    /// What the candidate was.
    pub slope: Slope,
    /// Its cells.
    pub cells: Range<usize>,
    /// Which threshold decided: a phrase.
    pub why: String,
}

/// The split and how it came about.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Split {
    /// Every cell exactly once, in order; neighbours within a run differ.
    pub segments: Vec<Segment>,
    /// What was merged or dropped, in the order decided.
    pub decisions: Vec<Decision>,
}

/// Splits a profile; this cannot fail.
pub fn split(profile: &Profile, rules: &Rules) -> Split {
    let mut split = Split { segments: Vec::new(), decisions: Vec::new() };
    for (run, r) in profile.runs().iter().enumerate() {
        let grades = &profile.grade()[r.cells.clone()];
        let first = r.cells.start;
        for block in blocks(grades, r.step_m, rules, first, &mut split.decisions) {
            let (slope, [cells, with_ends]) = (
                block.slope,
                [block.cells, block.with_ends]
                    .map(|cells| first + cells.start..first + cells.end),
            );
            split.segments.push(Segment { slope, run, cells, with_ends });
        }
    }
    split
}

/// Splits a row of grades on cells of `step_m`: (what, from m, to m, rise m).
///
/// ```
/// use hardlegs::segment::{split_grades, Rules, Slope};
/// use hardlegs::sport::Sport;
/// let grades = [vec![0.0; 40], vec![0.06; 40]].concat();
/// let parts = split_grades(&grades, 5.0, &Rules::of(Sport::Run, false));
/// assert_eq!(parts.len(), 2);
/// assert_eq!((parts[1].0, parts[1].1, parts[1].2), (Slope::Climb, 200.0, 400.0));
/// assert!((parts[1].3 - 12.0).abs() < 1e-9);
/// ```
pub fn split_grades(
    grades: &[f64],
    step_m: f64,
    rules: &Rules,
) -> Vec<(Slope, f64, f64, f64)> {
    blocks(grades, step_m, rules, 0, &mut Vec::new())
        .into_iter()
        .map(|b| {
            let metres = |cell: usize| cell as f64 * step_m;
            (b.slope, metres(b.cells.start), metres(b.cells.end), b.rise_m)
        })
        .collect()
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "bounds are multiples of the step, exactly")]
mod tests {
    use super::*;
    use crate::sport::Sport;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn splits_into_a_partition_whose_neighbours_differ(
            grades in prop::collection::vec(-0.12..0.12_f64, 1..400),
            sport in prop::sample::select(vec![Sport::Run, Sport::Ride]),
        ) {
            let rules = Rules::of(sport, false);
            let parts = split_grades(&grades, 5.0, &rules);
            prop_assert_eq!(parts[0].1, 0.0);
            prop_assert_eq!(parts[parts.len() - 1].2, grades.len() as f64 * 5.0);
            for pair in parts.windows(2) {
                prop_assert_eq!(pair[0].2, pair[1].1);
                prop_assert!(pair[0].0 != pair[1].0);
            }
            let rise: f64 = parts.iter().map(|p| p.3).sum();
            prop_assert!((rise - 5.0 * grades.iter().sum::<f64>()).abs() < 1e-9);
            for part in parts.iter().filter(|p| p.0 != Slope::Level) {
                prop_assert!(part.2 - part.1 >= rules.min_length_m);
                prop_assert!(part.3.abs() >= rules.min_rise_m);
            }
        }
    }

    /// Stretches of metres and a grade each, on cells of 5 m.
    fn cells(stretches: &[(usize, f64)]) -> Vec<f64> {
        let cells = |(metres, grade): &(usize, f64)| vec![*grade; metres / 5];
        stretches.iter().flat_map(cells).collect()
    }

    /// Returns what is not level: from km, to km, mean grade.
    fn hills(stretches: &[(usize, f64)], sport: Sport) -> Vec<(f64, f64, f64)> {
        split_grades(&cells(stretches), 5.0, &Rules::of(sport, false))
            .into_iter()
            .filter(|part| part.0 != Slope::Level)
            .map(|(_, from, to, rise)| {
                (from / 1e3, to / 1e3, (1e3 * rise / (to - from)).round() / 1e3)
            })
            .collect()
    }

    #[test]
    fn begins_a_climb_where_it_gets_steep_and_ends_it_where_it_is_no_more() {
        let ride = |stretches: &[(usize, f64)]| hills(stretches, Sport::Ride);
        let (level, gentle, steep) = ((500, 0.0), (2000, 0.02), (3000, 0.08));
        assert_eq!(ride(&[level, gentle, steep, level]), [(2.5, 5.5, 0.08)]);
        assert_eq!(ride(&[level, steep, gentle, level]), [(0.5, 3.5, 0.08)]);
        assert_eq!(ride(&[gentle, steep, gentle]), [(2.0, 5.0, 0.08)]);
        // more than half as steep, or a climb itself, or between: part of it
        assert_eq!(ride(&[(2000, 0.025), (3000, 0.045)]), [(0.0, 5.0, 0.037)]);
        assert_eq!(ride(&[(3000, 0.04), (2000, 0.12)]), [(0.0, 5.0, 0.072)]);
        assert_eq!(ride(&[(5000, 0.025), (3000, 0.10)]), [(0.0, 8.0, 0.053)]);
        assert_eq!(ride(&[steep, gentle, steep]), [(0.0, 8.0, 0.065)]);
        // a few metres are no end
        assert_eq!(ride(&[level, (200, 0.02), steep]), [(0.5, 3.7, 0.076)]);
        // on foot as ever
        assert_eq!(
            hills(&[level, gentle, steep, level], Sport::Run),
            [(0.5, 5.5, 0.056)]
        );
    }

    #[test]
    fn takes_a_long_even_climb_for_one_on_a_bicycle() {
        let level = (1000, 0.0);
        let long = [level, (6000, 0.025), level];
        assert_eq!(hills(&long, Sport::Ride), [(1.0, 7.0, 0.025)]);
        assert_eq!(hills(&long, Sport::Run), []);
        // too low, too gentle
        assert_eq!(hills(&[level, (3000, 0.025), level], Sport::Ride), []);
        assert_eq!(hills(&[level, (9000, 0.02), level], Sport::Ride), []);
    }

    proptest! {
        #[test]
        fn splits_descents_as_climbs_upside_down(
            grades in prop::collection::vec(
                (1_usize..200, prop_oneof![-0.03..0.03_f64, -0.1..0.1_f64]), 1..30),
            sport in prop::sample::select(vec![Sport::Run, Sport::Ride]),
        ) {
            let rules = Rules::of(sport, false);
            let cells: Vec<f64> =
                grades.iter().flat_map(|(count, grade)| vec![*grade; *count]).collect();
            let turned: Vec<f64> = cells.iter().map(|grade| -grade).collect();
            let parts = split_grades(&cells, 5.0, &rules);
            let mirrored = split_grades(&turned, 5.0, &rules);
            prop_assert_eq!(parts.len(), mirrored.len());
            for (part, other) in parts.iter().zip(&mirrored) {
                let other_way = match part.0 {
                    Slope::Climb => Slope::Descent,
                    Slope::Level => Slope::Level,
                    Slope::Descent => Slope::Climb,
                };
                prop_assert_eq!((other_way, part.1, part.2), (other.0, other.1, other.2));
            }
            // and a partition whose neighbours differ, of long stretches, too
            prop_assert_eq!(parts[parts.len() - 1].2, cells.len() as f64 * 5.0);
            for pair in parts.windows(2) {
                prop_assert!(pair[0].2 == pair[1].1 && pair[0].0 != pair[1].0);
            }
            for part in parts.iter().filter(|part| part.0 != Slope::Level) {
                prop_assert!(part.2 - part.1 >= rules.min_length_m);
                prop_assert!(part.3.abs() >= rules.min_rise_m - 1e-9);
            }
        }
    }
}
