//! The hardest climb and the hardest descent of a next week where no course asks for any: those
//! of the last six weeks, one dimension raised at a time.
//!
//! The hill of the largest load is the one that grows: in height, grade or intensity, whichever
//! has stood still for longest, by no more than a week's growth of a plan
//! ([`crate::plan::dimensions`]). How much the day may hold is [`Next`]'s to say.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::evidence::Parameter;
use crate::history::{BUILDING_DAYS, Discipline, History, Next, age};
use crate::plan::OwnHill;
use crate::plan::dimensions::{
    EASIER_SHARE, GROWTH_GRADE, GROWTH_INTENSITY, GROWTH_M, GROWTH_SHARE, HillAim,
    Raised, WeekAim, WeekAims,
};
use crate::segment::Slope;

/// Nothing is asked to be steeper than this without a course that is.
pub(crate) const STEEP_ENOUGH: Parameter = Parameter::chosen(
    "plan.next.steepest",
    0.20,
    "rise/run",
    "0.15 to 0.25; riding 0.12",
    "where most runners walk up; riders of usual gears stand",
);
/// The same on a bicycle.
const STEEP_ENOUGH_RIDING: f64 = 0.12;
/// Nothing is asked to be harder than this without a course that is.
pub(crate) const HARD_ENOUGH: Parameter = Parameter::chosen(
    "plan.next.hardest",
    3.0,
    "x an easy level step",
    "2.5 to 3.5",
    "very hard steps begin here",
);
/// A hill so close to the largest of a dimension has it (our choice: no hill is measured better).
const CLOSE: f64 = 0.95;
/// Lower hills say nothing of a grade (our choice, as in a plan).
const BUMP_M: f64 = 20.0;

/// What `explain` lists of this module.
pub(super) const PARAMETERS: [Parameter; 2] = [STEEP_ENOUGH, HARD_ENOUGH];

/// The hardest hills of a next week.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct NextHills {
    /// On foot; `None` where the history has no next step.
    pub foot: Option<WeekAims>,
    /// Riding, climbs alone.
    pub ride: Option<WeekAims>,
}

/// A hill of one's own and its day.
type Done = (Date, HillAim);

impl NextHills {
    /// Returns the hills of the next week by what the history says of it, from one's own hills
    /// of the last six weeks.
    pub fn of(history: &History, own: &[OwnHill]) -> NextHills {
        let days: HashMap<(&str, u32), (Date, Discipline)> = history
            .sessions
            .iter()
            .filter(|session| age(session.day, history.on) <= BUILDING_DAYS)
            .map(|s| ((s.id.as_str(), s.part), (s.day, Discipline::of(s.sport))))
            .collect();
        let done = |discipline: Discipline, slope: Slope| -> Vec<Done> {
            own.iter()
                .filter(|own| own.hill.slope == slope)
                .filter_map(|own| {
                    let (id, part) = &own.activity;
                    let (day, of) = days.get(&(id.as_str(), *part))?;
                    let aim = HillAim::of(&own.hill)?;
                    (*of == discipline && aim.height_m >= BUMP_M).then_some((*day, aim))
                })
                .collect()
        };
        let foot = history.next().filter(is_advice).map(|next| WeekAims {
            climb: climb(&next, &done(Discipline::Foot, Slope::Climb), Discipline::Foot),
            descent: descent(&next, &done(Discipline::Foot, Slope::Descent)),
        });
        let ride = history.next_ride().filter(is_advice).map(|next| WeekAims {
            climb: climb(&next, &done(Discipline::Ride, Slope::Climb), Discipline::Ride),
            descent: None,
        });
        let any = |aims: &WeekAims| aims.climb.is_some() || aims.descent.is_some();
        NextHills { foot: foot.filter(any), ride: ride.filter(any) }
    }
}

fn is_advice(next: &Next) -> bool {
    !matches!(next, Next::Building { .. })
}

fn climb(next: &Next, done: &[Done], discipline: Discipline) -> Option<WeekAim> {
    let hardest = hardest(done)?;
    Some(match next {
        Next::EasierWeek { .. } => easier(hardest),
        // legs that are sore, or learn to go down, climb as they did
        Next::Rest { .. } | Next::FirstDescents(_) => held(hardest),
        _ => grown(hardest, done, discipline),
    })
}

fn descent(next: &Next, done: &[Done]) -> Option<WeekAim> {
    let hardest = hardest(done)?;
    match next {
        Next::EasierWeek { .. } => Some(easier(hardest)),
        Next::Grow { up_to, .. } => {
            let grown = grown(hardest, done, Discipline::Foot);
            Some(WeekAim { hill: grown.hill.within(*up_to), ..grown })
        }
        // legs that rest go down no hill; the step of a ramp is a descent itself, and a gentle one
        _ => None,
    }
}

fn held(hill: HillAim) -> WeekAim {
    WeekAim { hill, raised: None }
}

fn easier(hill: HillAim) -> WeekAim {
    held(HillAim { height_m: EASIER_SHARE * hill.height_m, ..hill })
}

/// Returns the hill of the largest load.
fn hardest(done: &[Done]) -> Option<HillAim> {
    let hills = done.iter().map(|(_, hill)| *hill);
    hills.max_by(|a, b| a.load().total_cmp(&b.load()))
}

/// Raises the dimension of a hill that has stood still for longest.
fn grown(hardest: HillAim, done: &[Done], discipline: Discipline) -> WeekAim {
    let steepest = match discipline {
        Discipline::Foot => STEEP_ENOUGH.value,
        Discipline::Ride => STEEP_ENOUGH_RIDING,
    };
    let taller = GROWTH_M.value.max(GROWTH_SHARE * hardest.height_m);
    let raise = |raised: Raised| {
        let (figure, more): (fn(&HillAim) -> f64, HillAim) = match raised {
            Raised::Height => (
                |hill| hill.height_m,
                HillAim { height_m: hardest.height_m + taller, ..hardest },
            ),
            Raised::Grade => {
                let grade = (hardest.grade + GROWTH_GRADE.value).min(steepest);
                (|hill| hill.grade, HillAim { grade, ..hardest })
            }
            Raised::Intensity => {
                let intensity =
                    (hardest.intensity + GROWTH_INTENSITY.value).min(HARD_ENOUGH.value);
                (|hill| hill.intensity, HillAim { intensity, ..hardest })
            }
        };
        let most = done.iter().map(|(_, hill)| figure(hill)).fold(0.0, f64::max);
        let since = done
            .iter()
            .filter(|(_, hill)| figure(hill) >= CLOSE * most)
            .map(|(day, _)| *day)
            .min()?;
        (figure(&more) > figure(&hardest)).then_some((since, raised, more))
    };
    // of equals the first: length, then steepness, then intensity
    let longest =
        Raised::ALL.into_iter().filter_map(raise).min_by_key(|(since, ..)| *since);
    longest
        .map_or(held(hardest), |(_, raised, hill)| WeekAim { hill, raised: Some(raised) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn hill(height_m: f64, grade: f64, intensity: f64) -> HillAim {
        HillAim { slope: Slope::Descent, height_m, grade, intensity }
    }

    #[test]
    fn raises_what_has_stood_still_for_longest() {
        let [early, late] = [date(2026, 3, 1), date(2026, 3, 20)];
        let foot = Discipline::Foot;
        // all of one day: length first
        let one = [(early, hill(300.0, 0.10, 2.0))];
        let aim = grown(one[0].1, &one, foot);
        assert_eq!(aim.raised, Some(Raised::Height));
        assert_eq!(aim.hill, hill(350.0, 0.10, 2.0));
        // longer since: steepness
        let two = [one[0], (late, hill(350.0, 0.10, 2.0))];
        let aim = grown(two[1].1, &two, foot);
        assert_eq!((aim.raised, aim.hill.height_m), (Some(Raised::Grade), 350.0));
        assert!((aim.hill.grade - 0.12).abs() < 1e-9);
        // longer and steeper since: intensity
        let three = [one[0], two[1], (late, hill(360.0, 0.12, 2.0))];
        let aim = grown(three[2].1, &three, foot);
        assert_eq!(aim.raised, Some(Raised::Intensity));
        assert!((aim.hill.intensity - 2.2).abs() < 1e-9);
    }

    #[test]
    fn nothing_gets_steeper_or_harder_than_enough() {
        let day = date(2026, 3, 1);
        let done =
            [(day, hill(300.0, 0.25, 3.4)), (date(2026, 3, 9), hill(310.0, 0.25, 3.4))];
        let aim = grown(done[1].1, &done, Discipline::Foot);
        assert_eq!(aim.raised, Some(Raised::Height));
        assert_eq!((aim.hill.grade, aim.hill.intensity), (0.25, 3.4));
    }

    proptest! {
        #[test]
        fn asks_for_no_less_than_the_hardest_and_for_one_step_more(
            hills in proptest::collection::vec(
                (0_i8..42, 20.0..1500.0_f64, 0.03..0.4_f64, 0.8..4.0_f64), 1..20),
            ride in any::<bool>(),
        ) {
            use jiff::ToSpan as _;
            let done: Vec<Done> = hills
                .into_iter()
                .map(|(ago, height_m, grade, intensity)| {
                    let day = date(2026, 5, 1).saturating_sub(i64::from(ago).days());
                    (day, hill(height_m, grade, intensity))
                })
                .collect();
            let hardest = hardest(&done).unwrap();
            let discipline = if ride { Discipline::Ride } else { Discipline::Foot };
            let aim = grown(hardest, &done, discipline);
            let more = [
                aim.hill.height_m - hardest.height_m,
                aim.hill.grade - hardest.grade,
                aim.hill.intensity - hardest.intensity,
            ];
            let steps = [GROWTH_M.value.max(0.1 * hardest.height_m), 0.02, 0.2];
            for ((more, step), raised) in more.into_iter().zip(steps).zip(Raised::ALL) {
                prop_assert_eq!(more > 0.0, aim.raised == Some(raised));
                prop_assert!((0.0..=step + 1e-9).contains(&more), "{} {}", more, step);
            }
        }
    }
}
