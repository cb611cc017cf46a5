//! What a file holds, for people and for programs.

pub mod json;
mod tables;
pub mod text;
