//! FIT messages to activities.
