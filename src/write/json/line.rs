//! A line of `batch`: what became of one input.

use schemars::JsonSchema;
use serde::Serialize;

use crate::write::json::Scored;

/// One line of `batch`: what became of one input.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Line {
    /// At least one activity could be scored.
    Scored(ScoredLine),
    /// None could.
    Failed(FailedLine),
}

/// An input with at least one scored activity.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoredLine {
    /// The input as it was named.
    pub path: String,
    /// Version of this form: 1.
    pub schema: u32,
    /// Version of the program.
    pub tool: String,
    /// BLAKE3 of the input's bytes, 32 hexadecimal digits.
    pub id: String,
    /// In the order of the file.
    pub activities: Vec<Scored>,
    /// Activities of the file that could not be scored.
    pub refused: Vec<Refused>,
}

/// An input that could not be scored.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FailedLine {
    /// The input as it was named.
    pub path: String,
    /// Version of this form: 1.
    pub schema: u32,
    /// Why.
    pub error: Failure,
}

/// An activity beside others that could not be scored.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refused {
    /// Which activity of the file, from 1.
    pub part: usize,
    /// Stable code, as of [`Failure`].
    pub code: String,
    /// What was wrong and what to do.
    pub message: String,
}

/// Why nothing could be scored.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Failure {
    /// `io`, `empty`, `not_an_activity`, `damaged`, `too_large`, `no_points`, `no_elevation`,
    /// `no_distance`, `too_little`, `unsupported_sport`, `settings` or `internal`.
    pub code: String,
    /// What was wrong and what to do, in one line.
    pub message: String,
}

/// Returns the JSON Schema of [`Line`].
pub fn line_schema() -> serde_json::Value {
    schemars::schema_for!(Line).into()
}
