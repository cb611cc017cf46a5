//! A history for people, for programs and for spreadsheets.

pub mod export;
pub mod json;
pub mod table;
pub mod text;

use jiff::civil::Date;

use crate::history::Period;
use crate::write::Units;

/// What of a history is shown.
#[derive(Debug, Clone, Copy, Default)]
pub struct View {
    /// Weeks, months or years.
    pub by: Period,
    /// From the stretch of this day on; `None`: the last twelve.
    pub since: Option<Date>,
    /// Metres or feet.
    pub units: Units,
    /// On foot, riding; `None`: both.
    pub on_foot: Option<bool>,
}
