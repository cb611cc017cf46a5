//! GPX text to activities.
