//! A table in columns as wide as what stands in them.

use std::fmt::Write as _;

use crate::write::prose::WIDTH;

/// Between two columns.
const GAP: &str = "  ";

/// A column: two lines of heading, and whether its cells begin on the left.
pub(in crate::write::history) struct Column {
    heading: [&'static str; 2],
    left: bool,
}

/// Names and words.
pub(in crate::write::history) fn words(heading: &'static str) -> Column {
    Column { heading: ["", heading], left: true }
}

/// Figures, with what they count above and their unit or kind below.
pub(in crate::write::history) fn figures(
    above: &'static str,
    below: &'static str,
) -> Column {
    Column { heading: [above, below], left: false }
}

/// Rows of as many cells as there are columns.
pub(in crate::write::history) struct Columns {
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
}

impl Columns {
    pub(in crate::write::history) fn new(columns: Vec<Column>) -> Columns {
        Columns { columns, rows: Vec::new() }
    }

    pub(in crate::write::history) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    fn widths(&self) -> Vec<usize> {
        let widest = |(at, column): (usize, &Column)| {
            let cells = self.rows.iter().filter_map(|row| row.get(at));
            let texts = column.heading.into_iter().chain(cells.map(String::as_str));
            texts.map(|text| text.chars().count()).max().unwrap_or(0)
        };
        self.columns.iter().enumerate().map(widest).collect()
    }

    /// Characters that are left on a page for one more column.
    pub(in crate::write::history) fn room(&self) -> usize {
        let widths = self.widths();
        let taken = widths.iter().fold(1, |sum, width| sum + width + GAP.len());
        WIDTH.saturating_sub(taken)
    }

    /// Adds a column of words on the right, a cell for each row.
    pub(in crate::write::history) fn beside(
        &mut self,
        heading: &'static str,
        cells: Vec<String>,
    ) {
        self.columns.push(words(heading));
        for (row, cell) in self.rows.iter_mut().zip(cells) {
            row.push(cell);
        }
    }

    /// Prints the headings and every row, one column beside the other.
    pub(in crate::write::history) fn print(&self, out: &mut String) {
        let widths = self.widths();
        for at in [0, 1] {
            let cells = self.columns.iter().map(|column| column.heading[at]);
            self.line(out, &widths, cells);
        }
        for row in &self.rows {
            self.line(out, &widths, row.iter().map(String::as_str));
        }
    }

    fn line<'c>(
        &self,
        out: &mut String,
        widths: &[usize],
        cells: impl Iterator<Item = &'c str>,
    ) {
        let mut line = String::from(" ");
        for ((cell, column), width) in cells.zip(&self.columns).zip(widths) {
            if column.left {
                let _ = write!(line, "{cell:<width$}{GAP}");
            } else {
                let _ = write!(line, "{cell:>width$}{GAP}");
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell_and_say_what_is_left() {
        let mut columns = Columns::new(vec![words("day"), figures("up", "m")]);
        columns.row(vec!["Monday".to_owned(), "1234567".to_owned()]);
        columns.row(vec!["–".to_owned(), String::new()]);
        assert_eq!(columns.room(), WIDTH - 1 - 6 - 2 - 7 - 2);
        columns.beside("note", vec![String::new(), "none".to_owned()]);
        let mut out = String::new();
        columns.print(&mut out);
        let wanted = "              up\n day           m  note\n Monday  1234567\n –                none\n";
        assert_eq!(out, wanted);
    }
}
