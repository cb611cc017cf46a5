//! Lines of `batch` as rows of a table, and what each of its columns holds.

use serde_json::{Value, json};

use crate::write::cell::cell;
use crate::write::json::{self, Line, Scored};

/// Columns.
const WIDTH: usize = 22;

/// The columns: each is a key of the JSON, with the struct that it stands in.
const COLUMNS: [(&str, &str, &str); WIDTH] = [
    ("path", "ScoredLine", "path"),
    ("id", "ScoredLine", "id"),
    ("part", "Scored", "part"),
    ("sport", "Scored", "sport"),
    ("start", "Scored", "start"),
    ("name", "Scored", "name"),
    ("distance_m", "Scored", "distance_m"),
    ("gain_m", "Scored", "gain_m"),
    ("loss_m", "Scored", "loss_m"),
    ("moving_s", "Scored", "moving_s"),
    ("climb_volume_m", "Scored", "climb_volume_m"),
    ("descent_volume_m", "Scored", "descent_volume_m"),
    ("concentric_load", "Scored", "concentric_load"),
    ("eccentric_load", "Scored", "eccentric_load"),
    ("concentric_intensity", "Scored", "concentric_intensity"),
    ("eccentric_intensity", "Scored", "eccentric_intensity"),
    ("con_j_per_kg", "Scored", "con_j_per_kg"),
    ("ecc_j_per_kg", "Scored", "ecc_j_per_kg"),
    ("assumed", "Scored", "assumed"),
    ("notices", "Scored", "notices"),
    ("error_code", "Failure", "code"),
    ("error", "Failure", "message"),
];

/// Returns names of the columns.
pub fn headings() -> [&'static str; WIDTH] {
    COLUMNS.map(|(heading, ..)| heading)
}

/// Returns the columns with type and description, as a Table Schema. A column holds what the
/// key of the JSON holds, in the same digits, and nothing where that is null or absent; texts
/// are [cells](crate::write::cell), which neither steer a terminal nor are computed. Of the two
/// lists, `assumed` is a cell of codes parted by blanks, and `notices` is a count.
///
/// ```
/// let schema = hardlegs::write::rows::schema();
/// let volume = &schema["fields"][10];
/// assert_eq!((&volume["name"], &volume["type"]), (&"climb_volume_m".into(), &"number".into()));
/// assert_eq!(volume["description"], "Metres of one's own weight raised, rise x (body + pack) / body; 0.1.");
/// ```
pub fn schema() -> Value {
    let schema = json::line_schema();
    let fields: Vec<Value> = COLUMNS
        .iter()
        .map(|(heading, of, key)| {
            let property = &schema["$defs"][of]["properties"][key];
            let words = property["description"].as_str().unwrap_or_default();
            let (kind, words) = match *heading {
                "notices" => ("integer", format!("How many: {words}")),
                "assumed" => ("string", format!("{words} Parted by blanks.")),
                _ => (kind(&property["type"]), words.to_owned()),
            };
            json!({"name": heading, "type": kind, "description": words})
        })
        .collect();
    json!({"fields": fields, "missingValues": [""]})
}

/// Returns the type of a property that may be null.
fn kind(of: &Value) -> &str {
    let words = of.as_array().and_then(|kinds| kinds.first()).unwrap_or(of);
    words.as_str().unwrap_or("any")
}

/// Returns a line as rows, one for each activity, or one that says what was wrong.
pub fn rows(line: &Line) -> Vec<[String; WIDTH]> {
    match line {
        Line::Scored(line) => {
            line.activities.iter().map(|a| row(&line.path, &line.id, a)).collect()
        }
        Line::Failed(line) => {
            let mut row: [String; WIDTH] = std::array::from_fn(|_| String::new());
            let [path, .., code, words] = &mut row;
            *path = cell(&line.path);
            code.clone_from(&line.error.code);
            *words = cell(&line.error.message);
            vec![row]
        }
    }
}

fn row(path: &str, id: &str, a: &Scored) -> [String; WIDTH] {
    let number = |value: Option<f64>| value.map_or_else(String::new, |v| v.to_string());
    [
        cell(path),
        id.to_owned(),
        a.part.to_string(),
        a.sport.clone(),
        a.start.clone().unwrap_or_default(),
        a.name.as_deref().map(cell).unwrap_or_default(),
        a.distance_m.to_string(),
        a.gain_m.to_string(),
        a.loss_m.to_string(),
        number(a.moving_s),
        a.load.climb_volume_m.to_string(),
        number(a.load.descent_volume_m),
        a.load.concentric_load.to_string(),
        a.load.eccentric_load.to_string(),
        number(a.load.concentric_intensity),
        number(a.load.eccentric_intensity),
        a.load.con_j_per_kg.to_string(),
        a.load.ecc_j_per_kg.to_string(),
        a.assumed.join(" "),
        a.notices.len().to_string(),
        String::new(),
        String::new(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::json::{FailedLine, Failure, SCHEMA};

    #[test]
    fn keeps_text_of_a_stranger_inert() {
        let line = Line::Failed(FailedLine {
            path: "=cmd|' /C calc'!A0\u{1b}]0;x\u{7}.gpx".to_owned(),
            schema: SCHEMA,
            error: Failure {
                code: "damaged".to_owned(),
                message: "+1\u{202e}".to_owned(),
            },
        });
        let [row] = rows(&line).try_into().unwrap();
        assert_eq!(row[0], r"'=cmd|' /C calc'!A0\x1b]0;x\x07.gpx");
        assert_eq!(row[WIDTH - 1], r"'+1\u{202e}");
    }

    #[test]
    fn describes_every_column() {
        let schema = schema();
        let fields = schema["fields"].as_array().unwrap();
        assert_eq!(fields.len(), WIDTH);
        for field in fields {
            let words = field["description"].as_str().unwrap();
            assert!(words.len() > 10, "{field}");
            let kind = field["type"].as_str().unwrap();
            assert!(["string", "integer", "number"].contains(&kind), "{field}");
        }
    }
}
