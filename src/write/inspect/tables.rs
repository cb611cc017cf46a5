//! Messages or elements with their fields, columns of a recording, and columns of a comparison.

use crate::inspect::check::Compared;
use crate::inspect::{Field, Inspection, Kind, Recorded};
use crate::write::columns::{Columns, figures, words};
use crate::write::prose::{WIDTH, cut};

/// Characters of a name, and of a unit.
const NAME_CHARS: usize = 36;
const UNIT_CHARS: usize = 12;
/// Narrowest column of values.
const VALUE_CHARS: usize = 12;

/// Returns every message or element with its count; its fields where something of them is used,
/// or all.
pub(super) fn kinds(found: &Inspection, all: bool) -> String {
    let mut columns = Columns::new(vec![words(""), words("unit"), figures("", "count")]);
    let mut values = Vec::new();
    for kind in &found.kinds {
        let indent = " ".repeat(2 * kind.depth.min(8));
        let shown = all || kind.fields.iter().any(|field| field.used);
        let name = cut(&kind.name, NAME_CHARS);
        columns.row(vec![
            format!("{indent}{name}"),
            String::new(),
            kind.count.to_string(),
        ]);
        values.push(if shown { String::new() } else { folded(kind) });
        if !shown {
            continue;
        }
        for field in &kind.fields {
            let mark = if field.used { '*' } else { ' ' };
            let name = cut(&named(field), NAME_CHARS);
            let unit = cut(&field.unit, UNIT_CHARS);
            columns.row(vec![
                format!("{indent} {mark} {name}"),
                unit,
                field.count.to_string(),
            ]);
            values.push(value(field));
        }
    }
    let room = columns.room(WIDTH).max(VALUE_CHARS);
    columns.beside("values", values.iter().map(|value| cut(value, room)).collect());
    let mut out = String::new();
    columns.print(&mut out);
    out
}

/// Returns a kind of which nothing is used, in a few words.
fn folded(kind: &Kind) -> String {
    match kind.fields.len() {
        0 => String::new(),
        1 => "1 field, ignored".to_owned(),
        fields => format!("{fields} fields, ignored"),
    }
}

fn named(field: &Field) -> String {
    match field.application {
        Some(application) => format!("{} (app {application})", field.name),
        None => field.name.clone(),
    }
}

/// From the smallest to the largest, or the one value that there is.
fn value(field: &Field) -> String {
    let mut parts = Vec::new();
    if let (Some(low), Some(high)) = (field.smallest, field.largest) {
        parts.push(if low.to_bits() == high.to_bits() {
            figure(low)
        } else {
            format!("{} to {}", figure(low), figure(high))
        });
    }
    parts.extend(field.texts.iter().cloned());
    if field.more_texts {
        parts.push("…".to_owned());
    }
    let words = parts.join(", ");
    if field.constant && field.count > 1 { format!("always {words}") } else { words }
}

/// Returns a number with the decimals that it has, five at the most.
pub(super) fn figure(value: f64) -> String {
    let rounded = (value * 1e5).round() / 1e5 + 0.0;
    format!("{rounded}")
}

/// Returns what was read of a recording.
pub(super) fn recorded(all: &[Recorded]) -> String {
    let heads =
        [words("read"), figures("", "points"), figures("", "from"), figures("", "to")];
    let mut columns = Columns::new(heads.into());
    for column in all.iter().filter(|column| column.count > 0) {
        let told = |value: Option<f64>| value.map(figure).unwrap_or_default();
        columns.row(vec![
            column.name.clone(),
            column.count.to_string(),
            told(column.smallest),
            told(column.largest),
        ]);
    }
    let mut out = String::new();
    columns.print(&mut out);
    out
}

/// Returns how the values of both readings compare.
pub(super) fn compared(all: &[Compared]) -> String {
    let mut columns = Columns::new(vec![
        words(""),
        figures("", "agreed"),
        figures("", "differed"),
        figures("", "only ours"),
        figures("", "only theirs"),
        figures("", "explained"),
    ]);
    let seen = |c: &&Compared| {
        c.agreed + c.differed + c.only_ours + c.only_theirs + c.explained > 0
    };
    for column in all.iter().filter(seen) {
        let counts = [
            column.agreed,
            column.differed,
            column.only_ours,
            column.only_theirs,
            column.explained,
        ];
        let mut row = vec![column.name.clone()];
        row.extend(counts.iter().map(ToString::to_string));
        columns.row(row);
    }
    let mut out = String::new();
    columns.print(&mut out);
    out
}
