//! TCX text to activities.
