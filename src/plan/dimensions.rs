//! The hardest climb and the hardest descent of each week: their height, grade and intensity,
//! one raised at a time.
//!
//! Height comes first, then grade, then intensity, each up to what the course asks for, and
//! while one grows the others stay. A week that is easier takes height off, a week of rest has
//! no descent.

use crate::evidence::Parameter;
use crate::history::session::HillRecord;
use crate::load::model::LOAD_M;
use crate::plan::weeks::{Purpose, Week};
use crate::segment::Slope;

/// Height of a hill may grow by so much a week.
pub(crate) const GROWTH_M: Parameter = Parameter::chosen(
    "plan.dimensions.height",
    50.0,
    "m a week",
    "30 to 100 m; a tenth where that is more",
    "as the load of a day grows; no trial tested a rate",
);
/// Or by this share, where that is more.
pub(super) const GROWTH_SHARE: f64 = 0.10;
/// Grade of a hill may grow by so much a week.
pub(crate) const GROWTH_GRADE: Parameter = Parameter::chosen(
    "plan.dimensions.grade",
    0.02,
    "rise/run a week",
    "0.01 to 0.03",
    "from a walkable road to a steep path in two months",
);
/// Intensity of a step may grow by so much a week.
pub(crate) const GROWTH_INTENSITY: Parameter = Parameter::chosen(
    "plan.dimensions.intensity",
    0.2,
    "x an easy level step, a week",
    "0.1 to 0.3",
    "a step of 2x becomes one of 3x in five weeks",
);
/// Where nothing like it was done, a first hill is so high.
pub(crate) const FIRST_M: Parameter = Parameter::chosen(
    "plan.dimensions.first",
    100.0,
    "m",
    "50 to 150 m",
    "a quarter of an hour; short inclines first",
);
/// And no steeper than this.
pub(crate) const FIRST_GRADE: Parameter = Parameter::chosen(
    "plan.dimensions.first_grade",
    0.06,
    "rise/run",
    "0.04 to 0.08",
    "a grade that everybody runs",
);
/// And no harder than this.
pub(crate) const FIRST_INTENSITY: Parameter = Parameter::chosen(
    "plan.dimensions.first_intensity",
    1.5,
    "x an easy level step",
    "1.2 to 2",
    "below 2x, where steps are hard",
);

/// What `explain` lists of this module.
pub(super) const PARAMETERS: [Parameter; 6] =
    [GROWTH_M, GROWTH_GRADE, GROWTH_INTENSITY, FIRST_M, FIRST_GRADE, FIRST_INTENSITY];

/// Height that is left of an easier week, and of a taper.
pub(super) const EASIER_SHARE: f64 = 0.6;
const TAPER_SHARE: f64 = 0.5;
/// A dimension that lacks less than this share of the course's has it (our choice: what a
/// course asks for is not known better).
const CLOSE: f64 = 0.05;

/// A climb or a descent by its three dimensions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HillAim {
    /// Up or down.
    pub slope: Slope,
    /// Metres up or down, positive.
    pub height_m: f64,
    /// Mean grade, rise over run, positive.
    pub grade: f64,
    /// Work of a step in its direction over that of an easy level one.
    pub intensity: f64,
}

/// A dimension of a hill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Raised {
    /// Longer.
    Height,
    /// Steeper.
    Grade,
    /// Harder.
    Intensity,
}

impl Raised {
    /// In the order in which they are raised.
    pub const ALL: [Raised; 3] = [Raised::Height, Raised::Grade, Raised::Intensity];

    /// Returns the word for it.
    pub fn name(self) -> &'static str {
        match self {
            Raised::Height => "longer",
            Raised::Grade => "steeper",
            Raised::Intensity => "harder",
        }
    }
}

/// The hardest hill of a week in one direction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeekAim {
    /// What it is.
    pub hill: HillAim,
    /// What is more than in any week before.
    pub raised: Option<Raised>,
}

/// The hardest hills of a week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeekAims {
    /// Up; `None` where the course has none.
    pub climb: Option<WeekAim>,
    /// Down; `None` on rides, and in weeks of rest.
    pub descent: Option<WeekAim>,
}

/// Intensity of the first steps of a ramp that is run (our choice: below 2x, as the ramp asks).
const GENTLE: f64 = 1.9;

impl WeekAim {
    /// The same in steps below 2x, however hard the hill was that was done.
    pub(super) fn gentle(self) -> WeekAim {
        let intensity = self.hill.intensity.min(GENTLE);
        WeekAim { hill: HillAim { intensity, ..self.hill }, ..self }
    }
}

impl HillAim {
    /// Of a hill as a history remembers it; `None` for the level, and where no step is known.
    pub fn of(hill: &HillRecord) -> Option<HillAim> {
        let intensity = hill.intensity?;
        let aim = HillAim {
            slope: hill.slope,
            height_m: hill.rise_m.abs(),
            grade: hill.mean_grade.abs(),
            intensity,
        };
        (hill.slope != Slope::Level && aim.height_m > 0.0).then_some(aim)
    }

    /// Returns what the hills of some weeks were at most in a direction, dimension by
    /// dimension; `None` where there was none. Bumps below 20 m say nothing of a grade.
    pub fn most<'h>(
        hills: impl IntoIterator<Item = &'h HillRecord>,
        slope: Slope,
    ) -> Option<HillAim> {
        const BUMP_M: f64 = 20.0;
        hills
            .into_iter()
            .filter_map(HillAim::of)
            .filter(|hill| hill.slope == slope && hill.height_m >= BUMP_M)
            .reduce(|a, b| HillAim {
                slope,
                height_m: a.height_m.max(b.height_m),
                grade: a.grade.max(b.grade),
                intensity: a.intensity.max(b.intensity),
            })
    }

    /// Returns the hill of the largest load in a direction.
    pub fn hardest<'h>(
        hills: impl IntoIterator<Item = &'h HillRecord>,
        slope: Slope,
    ) -> Option<HillAim> {
        let all = hills.into_iter().filter_map(HillAim::of);
        all.filter(|hill| hill.slope == slope)
            .max_by(|a, b| a.load().total_cmp(&b.load()))
    }

    /// Returns its load without a pack.
    pub fn load(&self) -> f64 {
        self.height_m * self.intensity / LOAD_M.value
    }

    /// Returns a first hill of a direction, within what the course asks for.
    fn first(to: &HillAim) -> HillAim {
        HillAim {
            slope: to.slope,
            height_m: FIRST_M.value.min(to.height_m),
            grade: FIRST_GRADE.value.min(to.grade),
            intensity: FIRST_INTENSITY.value.min(to.intensity),
        }
    }

    /// Raises a dimension by a week's growth, no further than the course's; `None` where it is
    /// as good as there.
    fn raised(&self, raised: Raised, to: &HillAim) -> Option<HillAim> {
        let step = |own: f64, course: f64, growth: f64| {
            (own < (1.0 - CLOSE) * course).then(|| (own + growth).min(course))
        };
        match raised {
            Raised::Height => {
                let growth = GROWTH_M.value.max(GROWTH_SHARE * self.height_m);
                let height_m = step(self.height_m, to.height_m, growth)?;
                Some(HillAim { height_m, ..*self })
            }
            Raised::Grade => {
                let grade = step(self.grade, to.grade, GROWTH_GRADE.value)?;
                Some(HillAim { grade, ..*self })
            }
            Raised::Intensity => {
                let growth = GROWTH_INTENSITY.value;
                let intensity = step(self.intensity, to.intensity, growth)?;
                Some(HillAim { intensity, ..*self })
            }
        }
    }

    /// The same with a height whose load is no more than a day's.
    pub(super) fn within(&self, load: f64) -> HillAim {
        let most_m = load * LOAD_M.value / self.intensity;
        HillAim { height_m: self.height_m.min(most_m), ..*self }
    }
}

/// Returns the hardest hill of each week in the direction of the course's: from what was done
/// in the last six weeks, or a first hill, towards the course's own. A descent stays within
/// the load of its week.
pub fn weeks(
    weeks: &[Week],
    done: Option<HillAim>,
    course: &HillAim,
) -> Vec<Option<WeekAim>> {
    // what was done is never asked for again as if it were more than the course
    let mut reached = done.unwrap_or_else(|| HillAim::first(course));
    let mut first = done.is_none();
    let down = course.slope == Slope::Descent;
    let aim = |week: &Week| {
        let share = |share: f64, hill: &HillAim| {
            let height_m = share * hill.height_m;
            WeekAim { hill: HillAim { height_m, ..*hill }, raised: None }
        };
        match week.purpose {
            Purpose::Recover => (!down).then(|| share(1.0, &reached)),
            Purpose::Easier => Some(share(EASIER_SHARE, &reached)),
            Purpose::Taper => Some(share(TAPER_SHARE, &reached)),
            Purpose::Course => Some(WeekAim { hill: *course, raised: None }),
            Purpose::LastBig => Some(WeekAim { hill: reached, raised: None }),
            // a day that is not to grow leaves room for a steeper hill in it
            Purpose::Ramp | Purpose::Build | Purpose::Keep | Purpose::Intensity => {
                let next = if first { None } else { next(&reached, course, week) };
                first = false;
                let raised = next.map(|(raised, hill)| {
                    reached = hill;
                    raised
                });
                Some(WeekAim { hill: reached, raised })
            }
        }
    };
    weeks
        .iter()
        .map(aim)
        .zip(weeks)
        .map(|(aim, week)| match aim {
            Some(aim) if down && week.purpose != Purpose::Course => {
                Some(WeekAim { hill: aim.hill.within(week.load), ..aim })
            }
            aim => aim,
        })
        .collect()
}

/// Returns the first dimension that lacks something, and the hill with it raised. In the weeks in
/// which the course's intensity is trained, that comes first; on a ramp only height grows.
fn next(reached: &HillAim, course: &HillAim, week: &Week) -> Option<(Raised, HillAim)> {
    let mut order = Raised::ALL.to_vec();
    match week.purpose {
        Purpose::Intensity => order.rotate_right(1),
        Purpose::Ramp => order.truncate(1),
        _ => {}
    }
    let raise =
        |raised| reached.raised(raised, course).map(|hill: HillAim| (raised, hill));
    order.into_iter().find_map(raise)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan as _;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn hill(slope: Slope, height_m: f64, grade: f64, intensity: f64) -> HillAim {
        HillAim { slope, height_m, grade, intensity }
    }

    /// So many weeks of a purpose each, with a load that no descent reaches.
    fn plan(purposes: &[Purpose], load: f64) -> Vec<Week> {
        let monday = date(2026, 3, 2);
        let week = |(k, purpose): (usize, &Purpose)| Week {
            from: monday.saturating_add((7 * i64::try_from(k).unwrap()).days()),
            purpose: *purpose,
            load,
        };
        purposes.iter().enumerate().map(week).collect()
    }

    #[test]
    fn raises_height_then_grade_then_intensity() {
        let course = hill(Slope::Descent, 400.0, 0.14, 2.4);
        let done = hill(Slope::Descent, 300.0, 0.10, 2.0);
        let aims = weeks(&plan(&[Purpose::Build; 8], 500.0), Some(done), &course);
        let raised: Vec<Option<Raised>> =
            aims.iter().map(|w| w.unwrap().raised).collect();
        let [height, grade, intensity] = Raised::ALL.map(Some);
        assert_eq!(
            raised,
            [height, height, grade, grade, intensity, intensity, None, None]
        );
        assert_eq!(aims.last().unwrap().unwrap().hill, course);
    }

    #[test]
    fn begins_with_a_short_gentle_hill_where_nothing_was_done() {
        let course = hill(Slope::Climb, 900.0, 0.20, 2.6);
        let aims = weeks(&plan(&[Purpose::Build; 3], 500.0), None, &course);
        let first = aims[0].unwrap();
        assert_eq!(first.raised, None);
        assert_eq!(first.hill, hill(Slope::Climb, 100.0, 0.06, 1.5));
        assert!((aims[1].unwrap().hill.height_m - 150.0).abs() < 1e-9);
    }

    #[test]
    fn a_descent_stays_within_the_load_of_its_day_and_rests_with_it() {
        let course = hill(Slope::Descent, 800.0, 0.15, 2.0);
        let done = hill(Slope::Descent, 500.0, 0.15, 2.0);
        let aims =
            weeks(&plan(&[Purpose::Build, Purpose::Recover], 30.0), Some(done), &course);
        // 30 x 20 / 2
        assert!((aims[0].unwrap().hill.height_m - 300.0).abs() < 1e-9);
        assert_eq!(aims[1], None);
    }

    fn purposes() -> impl Strategy<Value = Vec<Purpose>> {
        let purpose = proptest::sample::select(vec![
            Purpose::Build,
            Purpose::Easier,
            Purpose::Ramp,
            Purpose::Intensity,
            Purpose::Keep,
            Purpose::LastBig,
            Purpose::Taper,
            Purpose::Recover,
        ]);
        proptest::collection::vec(purpose, 1..40)
    }

    proptest! {
        #[test]
        fn raises_one_dimension_at_a_time_and_never_more_than_a_step(
            purposes in purposes(),
            from in (20.0..1500.0_f64, 0.03..0.4_f64, 0.8..4.0_f64),
            to in (20.0..1500.0_f64, 0.03..0.4_f64, 0.8..4.0_f64),
            up in any::<bool>(),
        ) {
            let slope = if up { Slope::Climb } else { Slope::Descent };
            let done = hill(slope, from.0, from.1, from.2);
            let course = hill(slope, to.0, to.1, to.2);
            let aims = weeks(&plan(&purposes, 1e9), Some(done), &course);
            let mut most = done;
            for (aim, purpose) in aims.iter().zip(&purposes) {
                let Some(aim) = aim else { continue };
                let more = [
                    aim.hill.height_m > most.height_m + 1e-9,
                    aim.hill.grade > most.grade + 1e-9,
                    aim.hill.intensity > most.intensity + 1e-9,
                ];
                let raised = Raised::ALL.map(|raised| aim.raised == Some(raised));
                prop_assert_eq!(more, raised);
                let growth = GROWTH_M.value.max(GROWTH_SHARE * most.height_m);
                prop_assert!(aim.hill.height_m <= most.height_m + growth + 1e-9);
                prop_assert!(aim.hill.grade <= most.grade + GROWTH_GRADE.value + 1e-9);
                let harder = GROWTH_INTENSITY.value + 1e-9;
                prop_assert!(aim.hill.intensity <= most.intensity + harder);
                // what was done is not taken away but in easier weeks
                if !matches!(purpose, Purpose::Easier | Purpose::Taper) {
                    prop_assert!(aim.hill.height_m >= done.height_m - 1e-9);
                    most = aim.hill;
                }
            }
        }
    }
}
