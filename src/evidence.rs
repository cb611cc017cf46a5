//! A constant of the model: its value, unit, source, range, and how sure it is.
//!
#![doc = include_str!("evidence/accuracy.md")]

/// How well a constant is supported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// We chose it. No source supports the digits.
    Assumed,
    /// Derived from, or fitted to, published figures; or known from memory of them.
    Plausible,
    /// One group published it and the source was read.
    Published,
    /// Several independent groups agree, or it is a definition.
    Replicated,
}

impl Evidence {
    /// Returns the word for people.
    pub fn word(self) -> &'static str {
        match self {
            Evidence::Assumed => "our choice",
            Evidence::Plausible => "plausible",
            Evidence::Published => "published",
            Evidence::Replicated => "established",
        }
    }
}

/// One constant, with everything `hardlegs explain` says about it.
///
/// ```
/// use hardlegs::evidence::{Evidence, Parameter};
/// const G: Parameter = Parameter {
///     name: "gravity", value: 9.80665, unit: "m/s2", range: "exact",
///     evidence: Evidence::Replicated, source: "standard gravity, CGPM 1901",
/// };
/// assert!(G.value > 9.8);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameter {
    /// Dotted name, module first: `profile.grid_step`.
    pub name: &'static str,
    /// The value used.
    pub value: f64,
    /// Its unit, `1` for a ratio.
    pub unit: &'static str,
    /// Where it holds, or between what it may reasonably lie.
    pub range: &'static str,
    /// How sure it is.
    pub evidence: Evidence,
    /// Paper, definition, or the reason for our choice.
    pub source: &'static str,
}

impl Parameter {
    /// Creates a constant that is our choice, with the reason.
    pub const fn chosen(
        name: &'static str,
        value: f64,
        unit: &'static str,
        range: &'static str,
        reason: &'static str,
    ) -> Parameter {
        Parameter {
            name,
            value,
            unit,
            range,
            evidence: Evidence::Assumed,
            source: reason,
        }
    }
}
