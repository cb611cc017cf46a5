//! Bytes to activities: the door in.

pub mod limits;
pub mod notice;

pub(crate) mod fit;
pub(crate) mod gpx;
pub(crate) mod tcx;

pub use limits::Limits;
pub use notice::{Notice, NoticeKind};

use crate::activity::Activity;

/// What a file held: one activity or more (multisport, chained files), and what was mended.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Reading {
    /// In the order of the file, at least one.
    pub activities: Vec<Activity>,
    /// What was wrong but survivable.
    pub notices: Vec<Notice>,
}
