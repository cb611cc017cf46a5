//! The five mechanisms over months, for people and for programs.

pub mod json;
pub mod text;
