//! A stranger's text as a cell of a table: nothing in it steers a terminal, and no spreadsheet
//! computes it.
//!
//! Two rules, and both can be taken back. Characters that steer (control characters, C1, marks
//! of direction) are written as the escapes of [`visible`], and so is a backslash before what
//! would read as one. A cell that a spreadsheet would compute (it begins with `=`, `+`, `-`, `@`
//! and the like, after blanks or not), or that begins with `'`, gets a `'` in front: the first
//! `'` of a cell is never its own. JSON holds the same texts as they are.

use crate::error::visible;

/// What begins a formula, and what hides such a beginning.
const COMPUTED: [char; 9] = ['=', '+', '-', '@', '\'', '|', '%', '＝', '＋'];

/// Returns the text as a cell.
///
/// ```
/// use hardlegs::write::cell::cell;
/// assert_eq!(cell("Ridge loop"), "Ridge loop");
/// assert_eq!(cell("=HYPERLINK(A1)"), "'=HYPERLINK(A1)");
/// assert_eq!(cell("\t=1+1"), r"\x09=1+1");
/// assert_eq!(cell(" =1+1"), "' =1+1");
/// assert_eq!(cell("\u{1b}[31mred"), r"\x1b[31mred");
/// assert_eq!(cell(r"C:\runs\xmas.gpx"), r"C:\runs\x5cxmas.gpx");
/// ```
pub fn cell(text: &str) -> String {
    let plain = text.replace(r"\x", r"\x5cx").replace(r"\u{", r"\x5cu{");
    let shown = visible(&plain);
    if shown.trim_start().starts_with(COMPUTED) { format!("'{shown}") } else { shown }
}
