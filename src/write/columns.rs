//! A table in columns as wide as what stands in them.

use std::fmt::Write as _;

/// Between two columns.
const GAP: &str = "  ";

/// A column: two lines of heading, whether its cells begin on the left, and a cell a row.
pub(super) struct Column {
    heading: [&'static str; 2],
    left: bool,
    cells: Vec<String>,
}

/// Returns names and words.
pub(super) fn words(heading: &'static str) -> Column {
    Column { heading: ["", heading], left: true, cells: Vec::new() }
}

/// Returns figures, with what they count above and their unit or kind below.
pub(super) fn figures(above: &'static str, below: &'static str) -> Column {
    Column { heading: [above, below], left: false, cells: Vec::new() }
}

impl Column {
    /// The same column with a cell for each row.
    pub(super) fn of(self, cells: Vec<String>) -> Column {
        Column { cells, ..self }
    }

    pub(super) fn cells(&self) -> &[String] {
        &self.cells
    }

    fn width(&self) -> usize {
        let texts = self.heading.into_iter().chain(self.cells.iter().map(String::as_str));
        texts.map(|text| text.chars().count()).max().unwrap_or(0)
    }

    /// Returns characters of a line that it takes, with the space beside it.
    pub(super) fn takes(&self) -> usize {
        self.width() + GAP.len()
    }
}

/// Columns of as many cells as there are rows.
pub(super) struct Columns(Vec<Column>);

impl Columns {
    pub(super) fn new(columns: Vec<Column>) -> Columns {
        Columns(columns)
    }

    /// Adds a row of as many cells as there are columns.
    pub(super) fn row(&mut self, cells: Vec<String>) {
        for (column, cell) in self.0.iter_mut().zip(cells) {
            column.cells.push(cell);
        }
    }

    /// Returns characters that are left of so many for one more column.
    pub(super) fn room(&self, width: usize) -> usize {
        let taken = self.0.iter().fold(1, |sum, column| sum + column.takes());
        width.saturating_sub(taken)
    }

    /// Adds a column of words on the right, a cell for each row.
    pub(super) fn beside(&mut self, heading: &'static str, cells: Vec<String>) {
        self.0.push(words(heading).of(cells));
    }

    /// Prints the headings and every row, one column beside the other.
    pub(super) fn print(&self, out: &mut String) {
        let widths: Vec<usize> = self.0.iter().map(Column::width).collect();
        for at in [0, 1] {
            let heads = self.0.iter().map(|column| column.heading[at]);
            // a table whose headings are one line has no other
            if heads.clone().any(|head| !head.is_empty()) {
                self.line(out, &widths, heads);
            }
        }
        let rows = self.0.iter().map(|column| column.cells.len()).max().unwrap_or(0);
        for row in 0..rows {
            let cells = self.0.iter().map(|column| column.cells.get(row));
            self.line(out, &widths, cells.map(|cell| cell.map_or("", String::as_str)));
        }
    }

    fn line<'c>(
        &self,
        out: &mut String,
        widths: &[usize],
        cells: impl Iterator<Item = &'c str>,
    ) {
        let mut line = String::from(" ");
        for ((cell, column), width) in cells.zip(&self.0).zip(widths) {
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
    fn makes_columns_as_wide_as_their_widest_cell() {
        let mut columns = Columns::new(vec![words("day"), figures("up", "m")]);
        columns.row(vec!["Monday".to_owned(), "1234567".to_owned()]);
        columns.row(vec!["–".to_owned(), String::new()]);
        assert_eq!(columns.room(80), 80 - 1 - 6 - 2 - 7 - 2);
        columns.beside("note", vec![String::new(), "none".to_owned()]);
        let mut out = String::new();
        columns.print(&mut out);
        let wanted = "              up\n day           m  note\n Monday  1234567\n –                none\n";
        assert_eq!(out, wanted);
    }
}
