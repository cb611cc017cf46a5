//! The table of climbs and descents, or of laps: as many columns as the terminal has room for.

use std::fmt::Write as _;

use crate::report::{Hill, Report};
use crate::segment::Slope;
use crate::write::text::Style;
use crate::write::units::{Units, clock, percent, times};
use crate::write::words::{self, Half, half, numbered};

/// Space between columns.
const GAP: usize = 2;

/// Which rows are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Rows {
    /// The largest climbs and descents.
    #[default]
    Largest,
    /// All of them.
    All,
    /// The watch's laps.
    Laps,
}

/// A column: what it is called and what it says of each row.
struct Column {
    heading: &'static str,
    cells: Vec<String>,
    /// Columns are dropped from the highest on where there is no room for all.
    rank: u8,
}

impl Column {
    fn width(&self) -> usize {
        let cells = self.cells.iter().map(|cell| cell.chars().count());
        cells.chain([self.heading.chars().count()]).max().unwrap_or(0)
    }

    /// Whether it says nothing of any row.
    fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell == "–" || cell.is_empty())
    }
}

/// The table, how many hills were left out, and the one with the most load.
pub(super) struct Table {
    pub(super) text: String,
    pub(super) smaller: usize,
    pub(super) hardest: Option<String>,
}

/// The table of the rows that are asked for, or of so many of the largest hills.
pub(super) fn table(report: &Report, style: &Style, most: usize) -> Table {
    let Style { rows, units, columns, .. } = *style;
    let all: Vec<(String, &Hill)> = if rows == Rows::Laps {
        (1..).map(|n| format!("lap {n}")).zip(&report.laps).collect()
    } else {
        let name = |(name, hill)| (format!("{} {name}", words::sign(hill)), hill);
        numbered(&report.segments).into_iter().map(name).collect()
    };
    if all.is_empty() {
        let none = match rows {
            Rows::Laps => " no laps in this file\n",
            Rows::Largest | Rows::All => " no climbs or descents\n",
        };
        return Table { text: none.to_owned(), smaller: 0, hardest: None };
    }
    let shown = if rows == Rows::Largest {
        largest(&all, most)
    } else {
        (0..all.len()).collect()
    };
    let picked: Vec<(&str, &Hill)> =
        shown.iter().map(|at| (all[*at].0.as_str(), all[*at].1)).collect();
    let load = |hill: &Hill| half(hill).load;
    let hardest = numbered(&report.segments)
        .into_iter()
        .max_by(|a, b| load(a.1).total_cmp(&load(b.1)))
        .map(|(name, _)| name);
    Table {
        text: written(&fitting(columns_of(&picked, report, units), columns)),
        smaller: all.len() - shown.len(),
        hardest,
    }
}

/// The largest by metres moved, in the order of the route.
fn largest(all: &[(String, &Hill)], most: usize) -> Vec<usize> {
    let size = |hill: &Hill| {
        let load = &hill.load;
        load.climb_volume_m.max(load.descent_volume_m).max(hill.rise_m.abs())
    };
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by(|a, b| size(all[*b].1).total_cmp(&size(all[*a].1)));
    order.truncate(most);
    order.sort_unstable();
    order
}

/// Every column there could be, in the order of the page.
fn columns_of(rows: &[(&str, &Hill)], report: &Report, u: Units) -> Vec<Column> {
    let foot = report.sport.on_foot();
    let column = |heading, rank, cell: &dyn Fn(&Hill) -> Option<String>| {
        let cells = rows
            .iter()
            .map(|(_, hill)| cell(hill).unwrap_or_else(|| "–".to_owned()))
            .collect();
        Column { heading, cells, rank }
    };
    let scored = |hill: &Hill| foot || hill.rise_m >= 0.0 && half(hill).volume_m > 0.0;
    let whole = |value: Option<f64>| value.map(|v| format!("{v:.0}"));
    let stretch = |hill: &Hill| {
        let (from, to) = (u.along(hill.from_m), u.along(hill.from_m + hill.length_m));
        Some(format!("{from:.1}–{to:.1}"))
    };
    let names = rows.iter().map(|(name, _)| (*name).to_owned()).collect();
    let speed = |hill: &Hill| hill.speed_m_per_s.map(|v| u.pace(Some(v), foot));
    let vertical = |hill: &Hill| {
        let metres = hill.vertical_m_per_h?;
        // level laps have none worth a figure
        (hill.slope != Some(Slope::Level))
            .then(|| format!("{:.0} {}/h", u.up(metres).abs(), u.height()))
    };
    vec![
        Column { heading: "", cells: names, rank: 0 },
        column(u.far(), 5, &stretch),
        column("height", 2, &|hill| Some(u.rise(hill.rise_m))),
        column("grade", 3, &|hill| Some(percent(hill.mean_grade))),
        column("steepest", 6, &|hill| Some(percent(hill.max_grade))),
        column("vert. speed", 7, &vertical),
        column("time", 9, &|hill| hill.moving_s.map(|s| clock(Some(s)))),
        column(u.pace_heading(foot), 10, &speed),
        column("heart rate", 11, &|hill| whole(hill.heart_rate_bpm)),
        column("cadence", 12, &|hill| whole(hill.cadence_per_min)),
        column("intensity", 4, &|hill| {
            let Half { intensity, .. } = half(hill);
            intensity.filter(|_| scored(hill)).map(|i| times(Some(i)))
        }),
        column("load", 1, &|hill| {
            scored(hill).then(|| format!("{:.0}", half(hill).load))
        }),
        column("cat.", 8, &|hill| hill.category.map(str::to_owned)),
    ]
}

/// Those that say something and have room, the most telling first.
fn fitting(columns: Vec<Column>, width: usize) -> Vec<Column> {
    let mut ranks: Vec<(u8, usize)> = columns
        .iter()
        .filter(|column| !column.is_empty())
        .map(|column| (column.rank, column.width()))
        .collect();
    ranks.sort_unstable();
    let (mut used, mut last) = (0, 0);
    for (rank, column_width) in ranks {
        used += column_width + if rank == 0 { 1 } else { GAP };
        if used > width && rank > 1 {
            break;
        }
        last = rank;
    }
    columns.into_iter().filter(|c| c.rank <= last && !c.is_empty()).collect()
}

/// The columns side by side: names to the left, everything else to the right.
fn written(columns: &[Column]) -> String {
    let rows = columns.first().map_or(0, |column| column.cells.len());
    let line = |cell: &dyn Fn(&Column) -> String| {
        let mut line = String::new();
        for column in columns {
            let (cell, width) = (cell(column), column.width());
            if column.rank == 0 {
                let _ = write!(line, " {cell:<width$}");
            } else {
                let _ = write!(line, "{:GAP$}{cell:>width$}", "");
            }
        }
        line.trim_end().to_owned() + "\n"
    };
    let mut out = line(&|column| column.heading.to_owned());
    for row in 0..rows {
        out.push_str(&line(&|column| column.cells[row].clone()));
    }
    out
}
