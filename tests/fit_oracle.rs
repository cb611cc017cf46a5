//! Does our FIT reader see what `fitparser` sees, value for value, in every file of a corpus?
//!
//! Where the two differ on purpose the rule stands in [`expected`] or [`Rule`]; whatever no
//! rule explains fails the test. Without the corpus nothing is compared, and that is said.

#![expect(clippy::unwrap_used, reason = "a corpus that cannot be read is a failed test")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use fitparser::de::{DecodeOption, FitObject, FitStreamProcessor};
use fitparser::profile::MesgNum;
use fitparser::{FitDataRecord, Value};
use hardlegs::activity::{Activity, Nature};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus");

/// Why a value may differ from the oracle's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rule {
    /// Records of one second become one: first value, of sensors that is not zero; mean height
    /// (not in courses).
    SameSecond,
    /// No time, position, height or distance: no point.
    NoPoint,
    /// `fitparser` scales `compressed_speed_distance` wrongly; counted here from its bytes.
    Compressed,
    /// A developer field that stands for a native one fills it where the native has no value, or
    /// nothing but a zero: a field that nobody filled.
    DeveloperFills,
    /// 0/0, out of range, or one coordinate alone is no position.
    NoFix,
    /// -500 m, raw zero, is no height.
    SensorZero,
    /// A stamp below 2^28 is no date but seconds since the device was switched on.
    SwitchedOn,
    /// Cadence carries its fraction.
    Fraction,
}

/// First instant that a stamp can name, s since 1970.
const FIRST_DATE_UNIX_S: f64 = 631_065_600.0 + 268_435_456.0;

const COLUMNS: [&str; 8] = [
    "time",
    "latitude",
    "longitude",
    "altitude",
    "heart rate",
    "cadence",
    "power",
    "distance",
];

/// Unix time, latitude, longitude, altitude, heart rate, cadence, power, distance.
type Row = [f64; 8];

struct Expected {
    row: Row,
    heights: Vec<f64>,
    /// Values of developer fields, any of which may have filled a gap.
    developer: Vec<f64>,
}

fn number(value: &Value) -> Option<f64> {
    Some(match value {
        Value::Timestamp(time) => time.timestamp() as f64,
        Value::Byte(v) | Value::Enum(v) | Value::UInt8(v) | Value::UInt8z(v) => {
            f64::from(*v)
        }
        Value::SInt8(v) => f64::from(*v),
        Value::UInt16(v) | Value::UInt16z(v) => f64::from(*v),
        Value::SInt16(v) => f64::from(*v),
        Value::UInt32(v) | Value::UInt32z(v) => f64::from(*v),
        Value::SInt32(v) => f64::from(*v),
        Value::Float32(v) => f64::from(*v),
        Value::Float64(v) => *v,
        Value::Array(values) => return values.first().and_then(number),
        _ => return None,
    })
}

/// A native field: name and number together, because a developer field may carry either.
fn native(record: &FitDataRecord, name: &str, field: u8) -> f64 {
    let mut fields = record.fields().iter();
    let found = fields.find(|f| f.name() == name && f.number() == field);
    found.and_then(|f| number(f.value())).unwrap_or(f64::NAN)
}

/// Semicircles, also where the file calls them unsigned.
fn degrees(semicircles: f64) -> f64 {
    if semicircles.is_nan() {
        return f64::NAN;
    }
    let wraps = if semicircles > f64::from(i32::MAX) { 4_294_967_296.0 } else { 0.0 };
    (semicircles - wraps) * (180.0 / 2_147_483_648.0)
}

fn or(first: f64, second: f64) -> f64 {
    if first.is_nan() { second } else { first }
}

/// The twelve bits of distance in the three bytes.
fn compressed_distance(record: &FitDataRecord) -> Option<u32> {
    let field =
        record.fields().iter().find(|f| f.name() == "compressed_speed_distance")?;
    let Value::Array(bytes) = field.value() else { return None };
    let [_, Value::Byte(middle), Value::Byte(high)] = bytes[..] else { return None };
    Some((u32::from(high) << 4) | (u32::from(middle) >> 4))
}

/// The oracle's rows after the rules.
fn expected(
    records: &[FitDataRecord],
    course: bool,
    used: &mut BTreeMap<Rule, usize>,
) -> Vec<Expected> {
    let mut rows: Vec<Expected> = Vec::new();
    let (mut sixteenths, mut last) = (0, 0);
    for record in records {
        if record.kind() == MesgNum::FileId {
            (sixteenths, last) = (0, 0);
        }
        if record.kind() != MesgNum::Record {
            continue;
        }
        let mut note = |rule| *used.entry(rule).or_default() += 1;
        let time = native(record, "timestamp", 253);
        let mut latitude = degrees(native(record, "position_lat", 0));
        let mut longitude = degrees(native(record, "position_long", 1));
        let no_fix = latitude == 0.0 && longitude == 0.0;
        if no_fix || latitude.abs() > 90.0 || latitude.is_nan() != longitude.is_nan() {
            note(Rule::NoFix);
            (latitude, longitude) = (f64::NAN, f64::NAN);
        }
        let mut height =
            or(native(record, "enhanced_altitude", 78), native(record, "altitude", 2));
        if height <= -500.0 {
            note(Rule::SensorZero);
            height = f64::NAN;
        }
        let fraction = native(record, "fractional_cadence", 53);
        let mut cadence = native(record, "cadence", 4);
        if !fraction.is_nan() && fraction != 0.0 && !cadence.is_nan() {
            note(Rule::Fraction);
            cadence += fraction;
        }
        let mut distance = native(record, "distance", 5);
        if let Some(reading) = compressed_distance(record) {
            note(Rule::Compressed);
            sixteenths += (reading + 4096 - last) % 4096;
            last = reading;
            distance = f64::from(sixteenths) / 16.0;
        }
        let row = [
            time,
            latitude,
            longitude,
            height,
            native(record, "heart_rate", 3),
            cadence,
            native(record, "power", 7),
            distance,
        ];
        if [time, latitude, height, distance].iter().all(|v| v.is_nan()) {
            note(Rule::NoPoint);
            continue;
        }
        let developer =
            record.fields().iter().filter_map(|f| number(f.value())).collect();
        let heights = if height.is_nan() { vec![] } else { vec![height] };
        let next = Expected { row, heights, developer };
        match rows.last_mut() {
            Some(before) if !course && before.row[0].to_bits() == time.to_bits() => {
                note(Rule::SameSecond);
                for (column, (value, more)) in
                    before.row.iter_mut().zip(next.row).enumerate()
                {
                    let silent = (4..=6).contains(&column) && *value == 0.0 && more > 0.0;
                    *value = if silent { more } else { or(*value, more) };
                }
                before.heights.extend(next.heights);
                before.developer.extend(next.developer);
            }
            _ => rows.push(next),
        }
    }
    for Expected { row, heights, .. } in &mut rows {
        if !heights.is_empty() {
            row[3] = heights.iter().sum::<f64>() / heights.len() as f64;
        }
    }
    rows
}

/// Our rows, activity after activity.
fn ours(activities: &[Activity], undated: Option<f64>) -> Vec<Row> {
    let mut rows = Vec::new();
    for activity in activities {
        let start = activity.header.start.map_or(f64::NAN, |s| s.as_second() as f64);
        let start = undated.unwrap_or(start);
        for i in 0..activity.len() {
            rows.push([
                start + activity.time_s()[i],
                activity.latitude_deg()[i],
                activity.longitude_deg()[i],
                activity.elevation_m()[i],
                activity.heart_rate_bpm()[i].into(),
                activity.cadence_per_min()[i].into(),
                activity.power_w()[i].into(),
                activity.distance_m()[i],
            ]);
        }
    }
    rows
}

fn same(a: f64, b: f64) -> bool {
    (a.is_nan() && b.is_nan()) || (a - b).abs() <= 1e-6
}

/// Equal up to single precision, which is enough for sensors and is what is kept of them.
fn same_single(a: f64, b: f64) -> bool {
    same(a, b) || (a - b).abs() <= b.abs() * f64::from(f32::EPSILON)
}

/// All FIT files below, inflated where they are compressed.
fn fit_files(folder: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let lower = path.to_string_lossy().to_lowercase();
        let is = |ending: &str| lower.ends_with(ending);
        if path.is_dir() {
            fit_files(&path, found);
        } else if is(".fit") {
            found.push((path.clone(), fs::read(&path).unwrap()));
        } else if is(".fit.gz") {
            let mut bytes = Vec::new();
            let file = fs::File::open(&path).unwrap();
            flate2::read::MultiGzDecoder::new(file).read_to_end(&mut bytes).unwrap();
            found.push((path, bytes));
        }
    }
}

/// What the oracle reads, and why it stops before the end.
fn oracle(bytes: &[u8]) -> (Vec<FitDataRecord>, Option<String>) {
    let mut processor = FitStreamProcessor::new();
    processor.add_option(DecodeOption::KeepCompositeFields);
    processor.add_option(DecodeOption::SkipDataCrcValidation);
    processor.add_option(DecodeOption::SkipHeaderCrcValidation);
    let (mut records, mut rest) = (Vec::new(), bytes);
    while !rest.is_empty() {
        // it panics on some headers and some values
        let step = catch_unwind(AssertUnwindSafe(|| {
            let (after, object) = processor.deserialize_next(rest)?;
            let record = match object {
                FitObject::DataMessage(message) => {
                    Some(processor.decode_message(message)?)
                }
                FitObject::Crc(_) => {
                    processor.reset();
                    None
                }
                _ => None,
            };
            Ok::<_, fitparser::Error>((after, record))
        }));
        match step {
            Ok(Ok((after, record))) => {
                rest = after;
                records.extend(record);
            }
            Ok(Err(why)) => return (records, Some(why.to_string())),
            Err(_) => return (records, Some("it panicked".to_owned())),
        }
    }
    (records, None)
}

#[test]
fn every_value_of_the_corpus_is_the_oracles() {
    let corpus = Path::new(CORPUS);
    if !corpus.is_dir() {
        support::not_asked(&format!("no corpus at {CORPUS}"));
        return;
    }
    let mut files = Vec::new();
    fit_files(corpus, &mut files);
    let mut used = BTreeMap::new();
    let mut differences = Vec::new();
    let (mut compared_files, mut stopped_files, mut rows, mut values, mut present) =
        (0, 0, 0, 0, 0);
    for (path, bytes) in &files {
        let shown = path.strip_prefix(corpus).unwrap().display();
        let (records, stop) = oracle(bytes);
        let reading = match hardlegs::read::bytes(bytes) {
            Ok(reading) => reading,
            Err(error) => {
                let theirs = expected(&records, false, &mut BTreeMap::new()).len();
                println!("{shown}: ours \"{error}\", the oracle's {theirs} points");
                if theirs > 0 {
                    differences.push(format!("{shown}: {theirs} points unread: {error}"));
                }
                continue;
            }
        };
        let course = reading.activities.iter().any(|a| a.header.nature == Nature::Course);
        let theirs = expected(&records, course, &mut used);
        // times from when the device was switched on have no date: compared by their steps
        let first = theirs.first().map_or(f64::NAN, |first| first.row[0]);
        let undated = first < FIRST_DATE_UNIX_S;
        let ours = ours(&reading.activities, undated.then_some(first));
        if undated {
            *used.entry(Rule::SwitchedOn).or_default() += ours.len();
        }
        compared_files += 1;
        stopped_files += usize::from(stop.is_some());
        rows += ours.len().min(theirs.len());
        println!(
            "{shown}: {} activities of {} points",
            reading.activities.len(),
            ours.len()
        );
        for notice in &reading.notices {
            println!("    {notice}");
        }
        if let Some(why) = &stop {
            println!("    the oracle stops after {} points: {why}", theirs.len());
        }
        if ours.len() != theirs.len() && stop.is_none() {
            differences.push(format!(
                "{shown}: {} points, not {}",
                ours.len(),
                theirs.len()
            ));
        }
        for (index, (our, their)) in ours.iter().zip(&theirs).enumerate() {
            for (column, (a, b)) in our.iter().zip(their.row).enumerate() {
                values += 1;
                present += usize::from(!a.is_nan());
                if same(*a, b) {
                    continue;
                }
                if (4..=6).contains(&column) && same_single(*a, b) {
                    continue;
                }
                let fillable =
                    matches!(COLUMNS[column], "heart rate" | "cadence" | "power");
                let fills = |v: &f64| same_single(*a, *v);
                if fillable
                    && (b.is_nan() || b == 0.0)
                    && their.developer.iter().any(fills)
                {
                    *used.entry(Rule::DeveloperFills).or_default() += 1;
                    continue;
                }
                differences.push(format!(
                    "{shown}: point {index}, {}: {a}, not {b}",
                    COLUMNS[column]
                ));
            }
        }
    }
    println!(
        "{compared_files} of {} files ({stopped_files} as far as the oracle goes), {rows} points, {values} values ({present} present)",
        files.len()
    );
    for (rule, count) in &used {
        println!("rule {rule:?}: {count} times");
    }
    let shown: Vec<_> = differences.iter().take(40).collect();
    assert!(differences.is_empty(), "{} differences: {shown:#?}", differences.len());
}

/// The run whose distance two well-known decoders read as 93.7 km.
#[test]
fn compressed_distance_adds_up() {
    let path = Path::new(CORPUS)
        .join("dtcooper+python-fitparse/tests/files/compressed-speed-distance.fit");
    let Ok(bytes) = fs::read(&path) else {
        support::not_asked(&format!("no corpus at {CORPUS}"));
        return;
    };
    let reading = hardlegs::read::bytes(&bytes).unwrap();
    let last_m =
        reading.activities[0].distance_m().iter().rfind(|d| !d.is_nan()).unwrap();
    assert!((last_m - 10_250.0).abs() < 10.0, "{last_m} m");
}
