//! The same hills again and again, for people and for programs.

pub mod json;
pub mod text;

pub(super) mod words;
