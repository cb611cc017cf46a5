//! What a file holds, for programs: schema 1.

use crate::inspect::Inspection;

/// Returns the JSON Schema of `inspect --json`.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Inspection).into()
}
