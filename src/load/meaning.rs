//! What a load of descents means to legs that are new to them, in a word.

use crate::evidence::{Evidence, Parameter};

/// From here on a load is moderate: below it no marker of damage moved in trials.
pub(crate) const MODERATE_FROM: Parameter = Parameter {
    name: "load.moderate_from",
    value: 35.0,
    unit: "load",
    range: "doses without a marker of damage end at 33",
    evidence: Evidence::Plausible,
    source: "Maeo et al. 2017, PLoS One; Lemire et al. 2020 (slow): doses scored by this model; rounded by us",
};
/// From here on it is hard: two thirds of a damaging dose did a third of its damage.
pub(crate) const HARD_FROM: Parameter = Parameter {
    name: "load.hard_from",
    value: 65.0,
    unit: "load",
    range: "a dose of 66 did about a third of what 132 did; 43 three times a week was free of pain",
    evidence: Evidence::Plausible,
    source: "Maeo et al. 2015; walking at -20 %, six weeks, women (PubMed 24754630): scored by this model",
};
/// From here on it is very hard: what laboratories choose to make unaccustomed legs sore.
pub(crate) const VERY_HARD_FROM: Parameter = Parameter {
    name: "load.very_hard_from",
    value: 90.0,
    unit: "load",
    range: "92 to 133 cost 14 to 20 % of the strength of young men for days",
    evidence: Evidence::Plausible,
    source: "Bontemps et al. 2020 (review), Maeo et al. 2017, Khassetarash et al. 2022: scored by this model",
};

/// What a downhill load means to legs that are new to descents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// No marker of damage moved in trials.
    Light,
    /// Between what left no trace and what made sore.
    Moderate,
    /// A part of what laboratories use to make sore.
    Hard,
    /// What laboratories use to make sore, and more.
    VeryHard,
}

impl Meaning {
    /// Returns what an eccentric load means.
    ///
    /// ```
    /// use hardlegs::load::meaning::Meaning;
    /// assert_eq!(Meaning::of(20.0), Meaning::Light);
    /// assert_eq!(Meaning::of(90.0), Meaning::VeryHard);
    /// ```
    pub fn of(eccentric_load: f64) -> Meaning {
        let reached = |from: &Parameter| eccentric_load >= from.value;
        if reached(&VERY_HARD_FROM) {
            Meaning::VeryHard
        } else if reached(&HARD_FROM) {
            Meaning::Hard
        } else if reached(&MODERATE_FROM) {
            Meaning::Moderate
        } else {
            Meaning::Light
        }
    }

    /// Returns the word for people.
    pub fn word(self) -> &'static str {
        match self {
            Meaning::Light => "light",
            Meaning::Moderate => "moderate",
            Meaning::Hard => "hard",
            Meaning::VeryHard => "very hard",
        }
    }
}
