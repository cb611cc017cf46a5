//! The same climb or descent, done again and again: found by where it lies and which way it was
//! gone, never by its name.

pub mod catalogue;
mod counted;
pub mod effort;
pub mod line;
pub mod matching;
mod measured;
pub mod summary;

use crate::evidence::Parameter;
pub use catalogue::{Catalogue, HillId, Remembered};
pub(crate) use counted::once_each;
pub use effort::{Effort, Figures, Recorded};
pub use line::{Bounds, Line, LinePoint};
pub use matching::{Hill, Overlap};
pub(crate) use measured::{Measured, WHOLE};

pub use summary::{HillEfforts, HillYear, Hills, LEAST_EFFORTS, Together, What};

/// Height of a hill that is looked for again, m.
pub(crate) const LEAST_RISE: Parameter = Parameter::chosen(
    "hills.least_rise",
    20.0,
    "m",
    "10 to 40 m",
    "below, half a minute of climbing, the noise of positions and heights outweighs form",
);

/// Returns every constant of this module.
pub fn parameters() -> Vec<Parameter> {
    let mut all = vec![LEAST_RISE];
    all.extend(line::PARAMETERS);
    all.extend(matching::PARAMETERS);
    all
}
