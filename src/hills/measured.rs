//! How high and long a hill is: the middle of what its recordings say, as the first of them may be a
//! poor one.

use crate::hills::effort::Effort;
use crate::hills::line::Line;
use crate::quantile::median;

/// Share of the hill that a recording covers, and of the recording that lies on it, for it to
/// say how high and long the hill is: our choice.
pub(crate) const WHOLE: f64 = 0.9;

/// Metres of a hill over those of its first recording.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Measured {
    rise: f64,
    length: f64,
}

impl Measured {
    /// Returns what recordings say of a hill: efforts with the metres of the first one's line,
    /// each with its own line.
    pub(crate) fn of(hill_m: f64, recorded: &[(&Effort, Line)]) -> Measured {
        let whole = recorded.iter().filter(|(effort, _)| {
            effort.share >= WHOLE && effort.length_m >= WHOLE * hill_m
        });
        let middle = |ratio: fn(&Effort, &Line) -> f64| {
            let ratios = whole.clone().map(|(effort, line)| ratio(effort, line));
            let sound = ratios.filter(|ratio| ratio.is_finite() && *ratio > 0.0);
            median(sound).unwrap_or(1.0)
        };
        Measured {
            rise: middle(|effort, line| line.rise_m() * effort.share / effort.rise_m),
            length: middle(|effort, line| {
                line.length_m() * effort.share / effort.length_m
            }),
        }
    }

    /// Returns the metres of the hill for those of its first recording.
    pub(crate) fn length_m(self, first_m: f64) -> f64 {
        self.length * first_m
    }

    /// Returns the rise of the hill for that of its first recording.
    pub(crate) fn rise_m(self, first_m: f64) -> f64 {
        self.rise * first_m
    }

    /// Returns an effort with the metres of the hill.
    pub(crate) fn effort(self, effort: Effort) -> Effort {
        Effort {
            length_m: self.length_m(effort.length_m),
            rise_m: self.rise_m(effort.rise_m),
            ..effort
        }
    }
}
