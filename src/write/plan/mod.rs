//! A plan for people and for programs.

pub mod json;
mod riding;
pub mod text;
