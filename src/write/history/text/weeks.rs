//! The table of weeks, months or years: on foot and riding in one.

use std::fmt::Write as _;

use crate::history::{Period, PeriodSummary, Totals};
use crate::write::columns::{Columns, figures, words};
use crate::write::history::text::Page;
use crate::write::prose::{WIDTH, cut, stood_out};

/// Stretches shown where nothing is said.
const SHOWN: usize = 8;

/// A row's stretch, and which half of it; an empty one has neither.
struct Row {
    stretch: PeriodSummary,
    foot: Option<bool>,
}

impl Page<'_> {
    fn stretches(&self) -> Vec<PeriodSummary> {
        let mut all = self.h.by(self.view.by, self.view.since);
        if self.view.since.is_some() {
            return all;
        }
        // after a long silence the last that was done is shown, not the silence
        let silent = all.iter().rev().take_while(|s| s.sessions.is_empty()).count();
        if silent >= SHOWN {
            all.truncate(all.len() - silent);
        }
        let skip = all.len().saturating_sub(SHOWN);
        all.into_iter().skip(skip).collect()
    }

    /// Returns a row for each kind of a stretch that has sessions, none before the first.
    fn rows(&self) -> Vec<Row> {
        let kinds = [true, false].map(|foot| self.shows(foot).then_some(foot));
        let mut rows = Vec::new();
        for stretch in self.stretches() {
            let some = kinds
                .into_iter()
                .flatten()
                .filter(|foot| half(&stretch, *foot).sessions > 0);
            let some: Vec<bool> = some.collect();
            if some.is_empty() && !rows.is_empty() {
                rows.push(Row { stretch: stretch.clone(), foot: None });
            }
            for foot in some {
                rows.push(Row { stretch: stretch.clone(), foot: Some(foot) });
            }
        }
        rows
    }

    pub(super) fn table(&self, out: &mut String) {
        let (by, u) = (self.view.by, self.view.units);
        let rows = self.rows();
        out.push('\n');
        if rows.is_empty() {
            let _ = writeln!(out, " Nothing in the {}s shown.", by.name());
            return;
        }
        let week = by == Period::Week;
        let heading = if week { "week of" } else { by.name() };
        let foot = rows.iter().any(|row| row.foot == Some(true));
        let mut columns = vec![words(heading), words("sessions"), figures("", u.far())];
        columns.push(figures("up", u.height()));
        if foot {
            columns.push(figures("down", u.height()));
        } else {
            columns.push(figures("", "hours"));
        }
        columns.push(figures("up", "load"));
        if foot {
            columns.push(figures("down", "load"));
        }
        if week {
            columns.push(figures("usual", if foot { "down" } else { "up" }));
        }
        let mut table = Columns::new(columns);
        let mut named = None;
        for row in &rows {
            let begins = named != Some(row.stretch.from);
            named = Some(row.stretch.from);
            table.row(self.cells(row, begins, foot));
        }
        let room = table.room(WIDTH);
        let notes = rows.iter().map(|row| self.note(row, room)).collect();
        table.beside("stood out", notes);
        table.print(out);
    }

    /// Returns the cells of a row; a stretch is named where it begins.
    /// Where nothing is on foot there are hours in place of metres down.
    fn cells(&self, row: &Row, begins: bool, on_foot: bool) -> Vec<String> {
        let (u, stretch) = (self.view.units, &row.stretch);
        let form = match self.view.by {
            Period::Week => "%Y-%m-%d",
            Period::Month => "%Y-%m",
            Period::Year => "%Y",
        };
        let name = stretch.from.strftime(form).to_string();
        let sums = row.foot.map(|foot| half(stretch, foot));
        let figure = |figure: &dyn Fn(&Totals) -> f64, digits: usize| {
            sums.map_or(String::new(), |sums| format!("{:.digits$}", figure(sums)))
        };
        let walked =
            |cell: String| if row.foot == Some(false) { String::new() } else { cell };
        let kind = match (row.foot, sums.map_or(0, |sums| sums.sessions)) {
            (None, _) => "none".to_owned(),
            (Some(true), n) => format!("{n} on foot"),
            (Some(false), 1) => "1 ride".to_owned(),
            (Some(false), n) => format!("{n} rides"),
        };
        let mut cells = vec![
            if begins { name } else { String::new() },
            kind,
            figure(&|s| u.along(s.distance_m), 1),
            figure(&|s| u.up(s.gain_m).round(), 0),
            if on_foot {
                walked(figure(&|s| u.up(s.loss_m).round(), 0))
            } else {
                figure(&|s| s.moving_s / 3600.0, 1)
            },
            figure(&|s| s.concentric_load, 0),
        ];
        let usual =
            |load: Option<f64>| load.map_or("–".to_owned(), |v| format!("{v:.0}"));
        if on_foot {
            cells.push(walked(figure(&|s| s.eccentric_load, 0)));
        }
        if self.view.by == Period::Week {
            cells.push(if on_foot {
                walked(usual(stretch.usual.map(|(down, _)| down)))
            } else {
                usual(stretch.usual_ride)
            });
        }
        cells
    }

    /// Returns what stood out in a row, in a few words, with the day where there is room for it.
    fn note(&self, row: &Row, room: usize) -> String {
        let stood = row.foot.and_then(|foot| stood_out(self.h, &row.stretch, foot));
        let Some((date, words)) = stood else { return String::new() };
        // a day of a stretch, as short as it is clear
        let form = match self.view.by {
            Period::Week => "%a",
            Period::Month => "%-d",
            Period::Year => "%-d %b",
        };
        let dated = format!("{} {words}", date.strftime(form));
        if dated.chars().count() <= room { dated } else { cut(&words, room.max(1)) }
    }
}

fn half(stretch: &PeriodSummary, foot: bool) -> &Totals {
    if foot { &stretch.foot } else { &stretch.ride }
}
