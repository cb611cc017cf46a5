//! A report in a `format!`: the text of the terminal, 80 columns wide and without colour.

use std::fmt;

use crate::report::Report;
use crate::write::text::{Style, text};

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text(self, &Style::default()))
    }
}
