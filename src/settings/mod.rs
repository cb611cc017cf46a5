//! Every knob of every room, gathered; flags and the profile file end here.

use crate::athlete::Athlete;
use crate::evidence::Parameter;
use crate::load::Terms;
use crate::profile::Sampling;
use crate::segment::Rules;
use crate::sport::Sport;

/// Thresholds of the split that were set by hand; the others follow the sport.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Thresholds {
    /// Grade at which a climb or descent is entered.
    pub enter_grade: Option<f64>,
    /// Grade below which it is left.
    pub leave_grade: Option<f64>,
    /// Shortest climb or descent, m.
    pub min_length_m: Option<f64>,
    /// Lowest climb or descent, m.
    pub min_rise_m: Option<f64>,
    /// Longest neighbour merged away, m.
    pub merge_length_m: Option<f64>,
    /// Highest neighbour merged away, m.
    pub merge_rise_m: Option<f64>,
}

impl Thresholds {
    /// The rules for an activity.
    pub fn rules(&self, sport: Sport, noisy_heights: bool) -> Rules {
        let mut rules = Rules::of(sport, noisy_heights);
        for (field, set) in [
            (&mut rules.enter_grade, self.enter_grade),
            (&mut rules.leave_grade, self.leave_grade),
            (&mut rules.min_length_m, self.min_length_m),
            (&mut rules.min_rise_m, self.min_rise_m),
            (&mut rules.merge_length_m, self.merge_length_m),
            (&mut rules.merge_rise_m, self.merge_rise_m),
        ] {
            *field = set.unwrap_or(*field);
        }
        rules
    }
}

/// Everything that changes a score.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Settings {
    /// Who moved.
    pub athlete: Athlete,
    /// The sport, where the file's own word is not to count.
    pub sport: Option<Sport>,
    /// Grid, smoothing, treadmill.
    pub sampling: Sampling,
    /// Thresholds of the split.
    pub thresholds: Thresholds,
    /// The model.
    pub terms: Terms,
}

/// Every constant of the program, in the order of the road.
pub fn parameters() -> Vec<Parameter> {
    let mut all = crate::profile::parameters();
    all.extend(crate::segment::parameters());
    all.extend(crate::load::parameters());
    all
}
