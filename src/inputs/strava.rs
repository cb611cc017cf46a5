//! The table that Strava puts into its export: names, types and gear by file.

use std::collections::HashMap;
use std::io::Read;

use crate::inputs::{Hint, TABLE_ROWS};

/// The table's name at the top of the export.
pub(super) const TABLE: &str = "activities.csv";

/// Columns of the name and the type: the headings are translated, their order is not.
const NAME: usize = 2;
const TYPE: usize = 3;
/// The heading of the gear, where it is in English.
const GEAR: &str = "Activity Gear";

/// Planned routes lie beside the activities and are none.
pub(super) fn is_route(name: &str) -> bool {
    name == "routes" || name.starts_with("routes/")
}

/// What the table says, by the last part of each file's name. A table that is damaged says
/// as much as can be read of it.
pub(super) fn hints(table: impl Read) -> HashMap<String, Hint> {
    let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(table);
    let gear = rows
        .headers()
        .ok()
        .and_then(|headings| headings.iter().position(|heading| heading == GEAR));
    let mut hints = HashMap::new();
    for row in rows.records().take(TABLE_ROWS).flatten() {
        let Some(file) = row.iter().find_map(|cell| cell.strip_prefix("activities/"))
        else {
            continue;
        };
        let cell = |column: usize| {
            row.get(column).filter(|words| !words.is_empty()).map(str::to_owned)
        };
        let hint =
            Hint { name: cell(NAME), sport: cell(TYPE), gear: gear.and_then(cell) };
        hints.insert(file.to_owned(), hint);
    }
    hints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_name_type_and_gear_whatever_the_language_of_its_headings() {
        let table = "Aktivitäts-ID,Datum,Name,Typ,Beschreibung,Activity Gear,Dateiname\n\
            1,\"12.07.2026, 07:14\",\"Hut, and back\",Hike,,Boots,activities/1.gpx.gz\n\
            2,13.07.2026,Swim,Swim,,,\n\
            3,14.07.2026,,Run,,,activities/3.fit.gz\n";
        let hints = hints(table.as_bytes());
        assert_eq!(hints.len(), 2);
        let hut = &hints["1.gpx.gz"];
        assert_eq!(hut.name.as_deref(), Some("Hut, and back"));
        assert_eq!(
            (hut.sport.as_deref(), hut.gear.as_deref()),
            (Some("Hike"), Some("Boots"))
        );
        assert_eq!(hints["3.fit.gz"].name, None);
    }
}
