//! The table of climbs and descents, or of laps: as many columns as the terminal has room for.

use crate::report::{Hill, Report};
use crate::segment::Slope;
use crate::write::columns::{self, Column, Columns, figures};
use crate::write::prose::cut;
use crate::write::text::Style;
use crate::write::units::{Units, clock, percent, times};
use crate::write::words::{self, Half, half, numbered};

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

/// Characters of the name of a place.
const PLACE_CHARS: usize = 20;
/// Rank of the load, which is never dropped.
const LOAD_RANK: u8 = 10;

/// A column that may be dropped: from the highest rank on where there is no room for all.
struct Ranked {
    rank: u8,
    column: Column,
}

impl Ranked {
    /// Returns whether it says nothing of any row.
    fn is_empty(&self) -> bool {
        self.column.cells().iter().all(|cell| cell == "–" || cell.is_empty())
    }
}

/// The table, how many hills were left out, and the one with the most load.
pub(super) struct Table {
    pub(super) text: String,
    pub(super) smaller: usize,
    pub(super) hardest: Option<String>,
}

/// Returns the table of the rows that are asked for, or of so many of the largest hills.
pub(super) fn table(report: &Report, style: &Style, most: usize) -> Table {
    let Style { rows, units, columns, .. } = *style;
    let hills = numbered(&report.segments);
    let load = |hill: &Hill| half(hill).load;
    let hardest = hills.iter().max_by(|a, b| load(a.1).total_cmp(&load(b.1)));
    let hardest = hardest.map(|(name, _)| name.clone());
    let all: Vec<(String, &Hill)> = if rows == Rows::Laps {
        (1..).map(|n| format!("lap {n}")).zip(&report.laps).collect()
    } else {
        let name = |(name, hill)| (format!("{} {name}", words::sign(hill)), hill);
        hills.into_iter().map(name).collect()
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
    let mut text = String::new();
    for rows in apart(&picked, report, rows) {
        fitting(columns_of(&rows, report, units), columns).print(&mut text);
    }
    Table { text, smaller: all.len() - shown.len(), hardest }
}

/// Returns the rows of each table: a ride's descents, which load no legs, have one of their own.
fn apart<'r>(
    picked: &[(&'r str, &'r Hill)],
    report: &Report,
    rows: Rows,
) -> Vec<Vec<(&'r str, &'r Hill)>> {
    if report.sport.on_foot() || rows == Rows::Laps {
        return vec![picked.to_vec()];
    }
    let falls = |(_, hill): &&(&str, &Hill)| hill.slope == Some(Slope::Descent);
    let climbs: Vec<_> = picked.iter().filter(|row| !falls(row)).copied().collect();
    let descents: Vec<_> = picked.iter().filter(falls).copied().collect();
    [climbs, descents].into_iter().filter(|rows| !rows.is_empty()).collect()
}

/// Returns the largest by metres moved, in the order of the route.
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

/// Returns every column there could be, in the order of the page.
// more than sixty lines: a column a line, in the order of the page
fn columns_of(rows: &[(&str, &Hill)], report: &Report, u: Units) -> Vec<Ranked> {
    let foot = report.sport.on_foot();
    let column = |heading, rank, cell: &dyn Fn(&Hill) -> Option<String>| {
        let cells = rows
            .iter()
            .map(|(_, hill)| cell(hill).unwrap_or_else(|| "–".to_owned()))
            .collect();
        Ranked { rank, column: figures("", heading).of(cells) }
    };
    let scored = |hill: &Hill| foot || hill.rise_m >= 0.0 && half(hill).volume_m > 0.0;
    let whole = |value: Option<f64>| value.map(|v| format!("{v:.0}"));
    // of a ride's descent the speed tells more than how fast it loses height
    let falls = !foot && rows.iter().all(|(_, h)| h.slope == Some(Slope::Descent));
    let (speed_rank, vertical_rank) = if falls { (70, 100) } else { (100, 70) };
    let per_kg = |watts: f64| format!("{:.1}", watts / report.mass_kg());
    let stretch = |hill: &Hill| {
        let (from, to) = (u.along(hill.from_m), u.along(hill.from_m + hill.length_m));
        Some(format!("{from:.1}–{to:.1}"))
    };
    let names = rows.iter().map(|(name, _)| (*name).to_owned()).collect();
    let place =
        |hill: &Hill| hill.name.as_deref().map_or(String::new(), |n| cut(n, PLACE_CHARS));
    let places = rows.iter().map(|(_, hill)| place(hill)).collect();
    let speed = |hill: &Hill| hill.speed_m_per_s.map(|v| u.pace(Some(v), foot));
    let vertical = |hill: &Hill| {
        let metres = hill.vertical_m_per_h?;
        // level laps have none worth a figure
        (hill.slope != Some(Slope::Level))
            .then(|| format!("{:.0} {}/h", u.up(metres).abs(), u.height()))
    };
    vec![
        Ranked { rank: 0, column: columns::words("").of(names) },
        column(u.far(), 50, &stretch),
        column("height", 20, &|hill| Some(u.rise(hill.rise_m))),
        column("grade", 30, &|hill| Some(percent(hill.mean_grade))),
        if falls {
            column("100 m", 65, &|hill| hill.steepest_100_m.map(percent))
        } else {
            column("steepest", if foot { 60 } else { 90 }, &|hill| {
                Some(percent(hill.max_grade))
            })
        },
        column("vert. speed", vertical_rank, &vertical),
        column("time", if foot { 90 } else { 60 }, &|hill| {
            hill.moving_s.map(|s| clock(Some(s)))
        }),
        column(u.pace_heading(foot), speed_rank, &speed),
        column("W", 55, &|hill| whole(hill.power_w)),
        column("W/kg", 85, &|hill| hill.power_w.map(per_kg)),
        column("level pace", 130, &|hill| {
            hill.level_speed_m_per_s.map(|v| u.pace(Some(v), foot))
        }),
        column("heart rate", 110, &|hill| whole(hill.heart_rate_bpm)),
        column("cadence", 120, &|hill| whole(hill.cadence_per_min).filter(|_| !falls)),
        column("torque", 140, &|hill| hill.torque_nm().map(|t| format!("{t:.0} N m"))),
        column("intensity", 40, &|hill| {
            let Half { intensity, .. } = half(hill);
            intensity.filter(|_| scored(hill)).map(|i| times(Some(i)))
        }),
        column("load", LOAD_RANK, &|hill| {
            scored(hill).then(|| format!("{:.0}", half(hill).load))
        }),
        column("cat.", 80, &|hill| hill.category.map(str::to_owned)),
        Ranked { rank: 65, column: columns::words("place").of(places) },
    ]
}

/// Returns those that say something and have room, the most telling first.
fn fitting(mut columns: Vec<Ranked>, width: usize) -> Columns {
    columns.retain(|column| !column.is_empty());
    let mut ranks: Vec<(u8, usize)> =
        columns.iter().map(|ranked| (ranked.rank, ranked.column.takes())).collect();
    ranks.sort_unstable();
    // a line begins with a space, and ends without any
    let (mut used, mut last) = (0, 0);
    for (rank, takes) in ranks {
        used += takes;
        if used > width + 1 && rank > LOAD_RANK {
            break;
        }
        last = rank;
    }
    let fit = columns.into_iter().filter(|ranked| ranked.rank <= last);
    Columns::new(fit.map(|ranked| ranked.column).collect())
}
