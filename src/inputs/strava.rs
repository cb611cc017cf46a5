//! The table that Strava puts into its export: names, types and gear by file.

use std::collections::HashMap;
use std::io::Read;
use std::sync::Arc;

use crate::error::{Error, Kind};
use crate::inputs::{Hint, TABLE_ROWS, stem};

/// Bytes of an export's table: 300 for each of its rows, which is more than their words take.
pub const TABLE_BYTES: u64 = 64 << 20;
/// Bytes from one end of a line to the next, in a table: no description is so long.
pub const TABLE_LINE_BYTES: usize = 1 << 20;
/// Columns of a table that are looked at: an export has a hundred.
const COLUMNS: usize = 1024;

/// The table's name at the top of the export.
pub(super) const TABLE: &str = "activities.csv";

/// Columns of the name and the type, where no heading below tells: what sites translate keeps
/// its order.
const NAME: usize = 2;
const TYPE: usize = 3;
/// Headings of the type, the name, the gear and the file, in small letters, parted by commas.
/// English, in both its forms, and German as exports have them; other languages as their words
/// are: where none fits, the order tells.
const TYPES: &str = "activity type, type, aktivitätsart, type d'activité, tipo de actividad, \
    tipo di attività, tipo de atividade, activiteitstype, type activiteit, \
    rodzaj aktywności, typ aktywności, aktivitetstyp, aktivitetstype, \
    тип тренировки, アクティビティタイプ, アクティビティの種類, 活动类型, 활동 유형";
const NAMES: &str = "activity name, name, name der aktivität, nom de l'activité, \
    nombre de la actividad, nome attività, nome dell'attività, nome da atividade, \
    naam activiteit, naam van activiteit, nazwa aktywności, aktivitetsnamn, \
    aktivitetsnavn, название тренировки, アクティビティ名, 活动名称, 활동 이름";
const GEARS: &str = "activity gear, gear, aktivitätsausrüstung, équipement de l'activité, \
    equipamiento de la actividad, attrezzatura attività, equipamento da atividade, \
    uitrusting voor activiteit, sprzęt aktywności";
const FILES: &str = "filename, file, dateiname, nom du fichier, nombre de archivo, \
    nombre del archivo, nome file, nome del file, nome do arquivo, bestandsnaam, \
    nazwa pliku, filnamn, filnavn, имя файла, ファイル名, 文件名, 파일 이름";

/// Returns whether a file's name is that of the table, however it is written.
pub(super) fn is_table(name: &str) -> bool {
    name.eq_ignore_ascii_case(TABLE)
}

/// The folder of planned routes beside the activities: they are none.
pub(super) const ROUTES: &str = "routes";

/// Returns whether a path from the table on leads to a planned route.
pub(super) fn is_route(path: &str) -> bool {
    path.split('/').next() == Some(ROUTES)
}

/// What a table says of each file, by its name without endings: a file may have been unpacked
/// or packed since.
#[derive(Debug, Clone, Default)]
pub(super) struct Hints {
    by_file: Arc<HashMap<String, Hint>>,
    too_large: bool,
}

impl Hints {
    /// Returns whether it says nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.by_file.is_empty()
    }

    /// Returns how many files it tells of.
    pub(super) fn len(&self) -> usize {
        self.by_file.len()
    }

    /// Returns what it says of a file, by the last part of its path.
    pub(super) fn of(&self, name: &str) -> Hint {
        stem(name).and_then(|stem| self.by_file.get(&stem)).cloned().unwrap_or_default()
    }

    /// Returns why the table was not read, where it is too large to be one.
    pub(super) fn refused(&self) -> Option<Error> {
        self.too_large.then(|| {
            let (all, line) = (TABLE_BYTES >> 20, TABLE_LINE_BYTES >> 20);
            Error::new(
                Kind::TooLarge,
                format!(
                    "a table of more than {all} MiB, or {line} MiB in a line, is not read"
                ),
            )
            .hint("names and types of its activities are those in their files")
        })
    }

    /// Reads a table, at most so many rows of it. One that is damaged says as much as can be
    /// read of it; one that is too large says nothing.
    pub(super) fn read(table: impl Read, rows: usize) -> Hints {
        let mut bounded = Bounded::of(table);
        let hints = Hints::of_rows(&mut bounded, rows);
        if bounded.too_large {
            return Hints { too_large: true, ..Hints::default() };
        }
        hints
    }

    fn of_rows(mut table: impl Read, rows: usize) -> Hints {
        // which separator is told by the headings
        let mut start = Vec::new();
        let _ = table.by_ref().take(HEADINGS_BYTES).read_to_end(&mut start);
        let body = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&start);
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .delimiter(separator(body))
            .from_reader(body.chain(table));
        let mut records = reader.byte_records().flatten().map(|record| Row::of(&record));
        let Some(headings) = records.next() else { return Hints::default() };
        let columns = Columns::of(&headings);
        let told = records.take(rows.min(TABLE_ROWS));
        let by_file = told.filter_map(|row| columns.hint(&row)).collect();
        Hints { by_file: Arc::new(by_file), too_large: false }
    }
}

/// A table that ends where it is larger than any is, and says so.
struct Bounded<R> {
    table: R,
    left: u64,
    line: usize,
    too_large: bool,
}

impl<R> Bounded<R> {
    fn of(table: R) -> Bounded<R> {
        Bounded { table, left: TABLE_BYTES, line: 0, too_large: false }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.too_large {
            return Ok(0);
        }
        let read = self.table.read(buffer)?;
        let bytes = buffer.get(..read).unwrap_or_default();
        for byte in bytes {
            self.line = if *byte == b'\n' { 0 } else { self.line + 1 };
            self.too_large |= self.line > TABLE_LINE_BYTES;
        }
        self.left = self.left.saturating_sub(read as u64);
        self.too_large |= self.left == 0;
        Ok(if self.too_large { 0 } else { read })
    }
}

/// Bytes in which the headings end.
const HEADINGS_BYTES: u64 = 16 << 10;

/// Returns what parts the columns: what the first line has most of.
fn separator(table: &[u8]) -> u8 {
    let line = table.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |of: u8| line.split(|byte| *byte == of).count();
    let mut separators = [b',', b';', b'\t'];
    separators.sort_by_key(|of| std::cmp::Reverse(count(*of)));
    separators[0]
}

/// The cells of a row.
struct Row(Vec<String>);

impl Row {
    fn of(record: &csv::ByteRecord) -> Row {
        let text = |cell: &[u8]| match std::str::from_utf8(cell) {
            Ok(text) => text.trim().to_owned(),
            // a spreadsheet that saves Western letters in a byte each
            Err(_) => cell.iter().map(|byte| char::from(*byte)).collect(),
        };
        Row(record.iter().take(COLUMNS).map(text).collect())
    }

    fn cell(&self, column: usize) -> Option<&str> {
        self.0.get(column).map(String::as_str).filter(|words| !words.is_empty())
    }
}

/// Where what stands.
struct Columns {
    name: usize,
    kind: usize,
    gear: Option<usize>,
    file: Option<usize>,
}

impl Columns {
    fn of(headings: &Row) -> Columns {
        let headings: Vec<String> =
            headings.0.iter().map(|words| words.to_lowercase()).collect();
        let find = |names: &str| {
            let named = |heading: &String| names.split(", ").any(|name| name == heading);
            headings.iter().position(named)
        };
        Columns {
            name: find(NAMES).unwrap_or(NAME),
            kind: find(TYPES).unwrap_or(TYPE),
            gear: find(GEARS),
            file: find(FILES),
        }
    }

    /// Returns the file of a row, by its name without endings, and what is said of it.
    fn hint(&self, row: &Row) -> Option<(String, Hint)> {
        let of_activities = |cell: &&String| {
            let folder = cell.get(.."activities/".len());
            folder.is_some_and(|folder| {
                folder.eq_ignore_ascii_case("activities/")
                    || folder.eq_ignore_ascii_case("activities\\")
            })
        };
        let file = row.0.iter().find(of_activities).map(String::as_str);
        let file = file.or_else(|| row.cell(self.file?))?;
        let last = file.rsplit(['/', '\\']).next()?;
        let cell = |column: usize| row.cell(column).map(str::to_owned);
        let hint = Hint {
            name: cell(self.name),
            sport: cell(self.kind),
            gear: self.gear.and_then(cell),
        };
        Some((stem(last)?, hint))
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    fn hints(table: &[u8]) -> Hints {
        Hints::read(table, TABLE_ROWS)
    }

    #[test]
    fn reads_name_type_and_gear_in_any_language_of_the_headings() {
        let table = "Aktivitäts-ID,Datum,Name,Typ,Beschreibung,Activity Gear,Dateiname\n\
            1,\"12.07.2026, 07:14\",\"Hut, and back\",Hike,,Boots,activities/1.gpx.gz\n\
            2,13.07.2026,Swim,Swim,,,\n\
            3,14.07.2026,,Run,,,activities/3.fit.gz\n";
        let hints = hints(table.as_bytes());
        assert_eq!(hints.len(), 2);
        let hut = hints.of("1.gpx.gz");
        assert_eq!(hut.name.as_deref(), Some("Hut, and back"));
        assert_eq!(
            (hut.sport.as_deref(), hut.gear.as_deref()),
            (Some("Hike"), Some("Boots"))
        );
        assert_eq!(hints.of("3.fit.gz").name, None);
        assert_eq!(hints.of("4.fit.gz"), Hint::default());
    }

    #[test]
    fn finds_the_row_of_a_file_unpacked_packed_and_converted() {
        let table = "id,date,name,type,file\n7,x,Alps,Hike,activities/7.fit.gz\n";
        let hints = hints(table.as_bytes());
        for name in ["7.fit", "7.FIT.gz", "7.fit.gz", "7.gpx", "7.tcx.gz"] {
            assert_eq!(hints.of(name).sport.as_deref(), Some("Hike"), "{name}");
        }
        for name in ["._7.fit", "77.fit", "7", "7.csv", "17.fit"] {
            assert_eq!(hints.of(name), Hint::default(), "{name}");
        }
    }

    #[test]
    fn reads_a_table_that_a_spreadsheet_saved() {
        let written = "Tipo de actividad;Activity ID;Nombre de la actividad;Nombre de archivo\n\
            Esquí de fondo;7;Día;ACTIVITIES\\7.fit.gz\nCarrera;8;\"a; b\";8.gpx\n";
        let marked = [b"\xef\xbb\xbf", written.as_bytes()].concat();
        let western: Vec<u8> =
            written.chars().map(|c| u8::try_from(c).unwrap()).collect();
        let tabs = written.replace("a; b", "a, b").replace(';', "\t");
        for table in [written.as_bytes(), &marked, &western, tabs.as_bytes()] {
            let hints = hints(table);
            let ski = hints.of("7.fit");
            assert_eq!(ski.sport.as_deref(), Some("Esquí de fondo"));
            assert_eq!(ski.name.as_deref(), Some("Día"));
            assert_eq!(hints.of("8.gpx").sport.as_deref(), Some("Carrera"));
        }
    }

    #[test]
    fn reads_no_more_rows_than_allowed() {
        let mut table = "id,date,name,type,file\n".to_owned();
        for id in 0..9 {
            writeln!(table, "{id},x,,Hike,activities/{id}.fit").unwrap();
        }
        assert_eq!(Hints::read(table.as_bytes(), 4).len(), 4);
        assert!(hints(b"").is_empty() && hints(b"\xff\xfe\x00").is_empty());
    }

    #[test]
    fn refuses_a_table_without_an_end_and_holds_none_of_it() {
        let heads = "id,date,name,type,file\n7,x,Alps,Hike,activities/7.fit\n";
        for endless in [&b"\0"[..], b",", b"\"", b"\"\n\",", b"\n"] {
            let table = heads.as_bytes().chain(Endless(endless, 0));
            let hints = Hints::read(table, TABLE_ROWS);
            assert!(hints.is_empty(), "{endless:?}");
            assert!(hints.refused().is_some(), "{endless:?}");
        }
        // rows without an end are as many as are read
        assert_eq!(Hints::read(Endless(b"a\n", 0), 9).len(), 0);
        let whole = Hints::read(heads.as_bytes(), TABLE_ROWS);
        assert!(whole.refused().is_none() && whole.len() == 1);
    }

    /// The same bytes over and over.
    struct Endless<'b>(&'b [u8], usize);

    impl Read for Endless<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            for byte in &mut *buffer {
                *byte = self.0[self.1 % self.0.len()];
                self.1 += 1;
            }
            Ok(buffer.len())
        }
    }
}
