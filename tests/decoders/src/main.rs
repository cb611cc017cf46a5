//! One decoder's view of files, one JSON object a line: ours, rustyfit's or the gpx crate's.
//! `compare.py` reads them, and asks for nothing that is not in the public API.

use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;

use hardlegs::activity::{Activity, Nature};
use hardlegs::read;
use rustyfit::profile::{mesgdef, typedef};
use rustyfit::proto::{Message, MessageDefinition, Value as Raw};
use rustyfit::{DecoderBuilder, DecoderEvent, StreamingIterator};
use serde_json::{Value, json};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let look: fn(&str) -> Value = match arguments.next().as_deref() {
        Some("ours") => ours,
        Some("rustyfit") => rustyfit,
        Some("gpx") => gpx_crate,
        _ => {
            eprintln!(
                "usage: hardlegs-decoders ours|rustyfit|gpx, paths on standard input"
            );
            return ExitCode::FAILURE;
        }
    };
    let mut out = std::io::stdout().lock();
    for path in std::io::stdin().lines().map_while(Result::ok) {
        if writeln!(out, "{}", look(&path)).is_err() {
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// Unix seconds, degrees, m, m/s, 1/min, W; `null` where nothing is.
fn rows(activity: &Activity) -> Vec<Value> {
    let start = activity.header.start;
    let start_s = start.map_or(0.0, |start| start.as_nanosecond() as f64 / 1e9);
    (0..activity.len())
        .map(|index| {
            let s = activity.sample(index);
            json!([
                start_s + s.time_s,
                s.latitude_deg,
                s.longitude_deg,
                s.elevation_m,
                s.speed_m_per_s,
                s.heart_rate_bpm,
                s.cadence_per_min,
                s.distance_m,
                s.power_w,
            ])
        })
        .collect()
}

fn ours(path: &str) -> Value {
    let reading = match read::path(path) {
        Ok(reading) => reading,
        Err(error) => return json!({ "path": path, "error": error.message() }),
    };
    let activities: Vec<Value> = reading
        .activities
        .iter()
        .map(|activity| {
            let reported = &activity.header.reported;
            json!({
                "dated": activity.header.start.is_some(),
                "course": activity.header.nature == Nature::Course,
                "totals": [
                    reported.ascent_m,
                    reported.descent_m,
                    reported.distance_m,
                    reported.timer_s,
                ],
                "rows": rows(activity),
            })
        })
        .collect();
    let notices: Vec<String> =
        reading.notices.iter().map(|notice| notice.detail.clone()).collect();
    json!({ "path": path, "error": null, "activities": activities, "notices": notices })
}

/// The bytes, inflated where they are compressed.
fn bytes(path: &str) -> std::io::Result<Vec<u8>> {
    let bytes = std::fs::read(Path::new(path))?;
    if !bytes.starts_with(b"\x1f\x8b") {
        return Ok(bytes);
    }
    let mut inflated = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut inflated)?;
    Ok(inflated)
}

fn gpx_crate(path: &str) -> Value {
    let gpx = match bytes(path)
        .map_err(|why| why.to_string())
        .and_then(|bytes| gpx::read(bytes.as_slice()).map_err(|why| why.to_string()))
    {
        Ok(gpx) => gpx,
        Err(why) => {
            return json!({ "path": path, "stop": why, "tracks": [], "routes": [] });
        }
    };
    let row = |point: &gpx::Waypoint| {
        let (longitude, latitude) = point.point().x_y();
        let time = point.time.map(|time| {
            time::OffsetDateTime::from(time).unix_timestamp_nanos() as f64 / 1e9
        });
        json!([time, latitude, longitude, point.elevation])
    };
    let tracks: Vec<Value> = gpx
        .tracks
        .iter()
        .flat_map(|track| &track.segments)
        .flat_map(|segment| &segment.points)
        .map(row)
        .collect();
    let routes: Vec<Value> = gpx.routes.iter().flat_map(|r| &r.points).map(row).collect();
    json!({ "path": path, "stop": null, "tracks": tracks, "routes": routes })
}

/// FIT counts seconds from here.
const EPOCH_UNIX_S: f64 = 631_065_600.0;

fn stamp(time: typedef::DateTime) -> Value {
    if time.0 == u32::MAX { Value::Null } else { json!(f64::from(time.0) + EPOCH_UNIX_S) }
}

/// What the type calls invalid is absent.
fn present<T: PartialEq + Into<f64>>(value: T, invalid: T) -> Value {
    if value == invalid { Value::Null } else { json!(value.into()) }
}

fn rustyfit(path: &str) -> Value {
    let bytes = match bytes(path) {
        Ok(bytes) => bytes,
        Err(why) => {
            return json!({ "path": path, "stop": why.to_string(), "messages": [] });
        }
    };
    let mut decoder =
        DecoderBuilder::new().checksum(false).expand_components(false).build();
    let mut stream = decoder.stream(bytes.as_slice());
    let mut messages = Vec::new();
    let mut stop = None;
    while let Some(event) = stream.next() {
        match event {
            Ok(DecoderEvent::FileHeader(_)) => messages.push(json!(["part", {}])),
            Ok(DecoderEvent::MessageDefinition(definition)) => {
                messages.extend(odd(definition));
            }
            Ok(DecoderEvent::Message(message)) => messages.extend(known(message)),
            Ok(_) => {}
            Err(why) => {
                stop = Some(why.to_string());
                break;
            }
        }
    }
    json!({ "path": path, "stop": stop, "messages": messages })
}

/// Base type and bytes that the FIT profile gives the fields that are compared.
const RECORD: [(u8, &str, u8, u8); 13] = [
    (253, "time", 0x86, 4),
    (0, "latitude", 0x85, 4),
    (1, "longitude", 0x85, 4),
    (2, "altitude", 0x84, 2),
    (3, "heart_rate", 0x02, 1),
    (4, "cadence", 0x02, 1),
    (5, "distance", 0x86, 4),
    (6, "speed", 0x84, 2),
    (7, "power", 0x84, 2),
    (8, "compressed", 0x0D, 3),
    (53, "fractional_cadence", 0x02, 1),
    (73, "enhanced_speed", 0x86, 4),
    (78, "enhanced_altitude", 0x86, 4),
];
const SESSION: [(u8, &str, u8, u8); 6] = [
    (2, "start", 0x86, 4),
    (7, "elapsed", 0x86, 4),
    (8, "timer", 0x86, 4),
    (9, "distance", 0x86, 4),
    (22, "ascent", 0x84, 2),
    (23, "descent", 0x84, 2),
];

/// Fields that a definition declares unlike the profile; `unusable` where no number of theirs
/// can be in it: a text, a size that no such type has, bytes for a wider number.
fn odd(definition: &MessageDefinition) -> Vec<Value> {
    let (kind, known): (_, &[_]) = match definition.mesg_num {
        typedef::MesgNum::RECORD => ("record", &RECORD),
        typedef::MesgNum::SESSION => ("session", &SESSION),
        _ => return Vec::new(),
    };
    let mut seen = Vec::new();
    let mut found = Vec::new();
    for field in &definition.field_definitions {
        let Some((number, name, base, size)) = known.iter().find(|k| k.0 == field.num)
        else {
            continue;
        };
        let declared = field.base_type.0;
        let width = match declared & 0x1F {
            0 | 1 | 2 | 10 | 13 if declared & 0x60 == 0 => Some(1),
            3 | 4 | 11 if declared & 0x60 == 0 => Some(2),
            5 | 6 | 8 | 12 if declared & 0x60 == 0 => Some(4),
            9 | 14 | 15 | 16 if declared & 0x60 == 0 => Some(8),
            _ => None,
        };
        let fits = width.is_some_and(|width| field.size > 0 && field.size % width == 0);
        let bytes = declared == 0x0D && *base != 0x0D;
        if (declared, field.size) != (*base, *size) || seen.contains(number) {
            found.push(json!(["odd", {
                "message": kind,
                "field": name,
                "unusable": !fits || bytes,
            }]));
        }
        seen.push(*number);
    }
    found
}

/// The messages that are compared, in rustyfit's own units.
fn known(message: &Message) -> Option<Value> {
    Some(match message.num {
        typedef::MesgNum::FILE_ID => {
            let id = mesgdef::FileId::from(message);
            json!(["file_id", { "type": id.r#type.0 }])
        }
        typedef::MesgNum::RECORD => {
            let r = mesgdef::Record::from(message);
            let compressed = r.compressed_speed_distance;
            let developer: Vec<f64> = message
                .developer_fields
                .iter()
                .filter_map(|f| number(&f.value))
                .collect();
            json!(["record", {
                "time": stamp(r.timestamp),
                "latitude": r.position_lat_degrees(),
                "longitude": r.position_long_degrees(),
                "altitude": r.altitude_scaled(),
                "enhanced_altitude": r.enhanced_altitude_scaled(),
                "speed": r.speed_scaled(),
                "enhanced_speed": r.enhanced_speed_scaled(),
                "heart_rate": present(r.heart_rate, u8::MAX),
                "cadence": present(r.cadence, u8::MAX),
                "fractional_cadence": r.fractional_cadence_scaled(),
                "distance": r.distance_scaled(),
                "power": present(r.power, u16::MAX),
                "compressed": (compressed != [u8::MAX; 3]).then_some(compressed),
                "developer": developer,
            }])
        }
        typedef::MesgNum::SESSION => {
            let s = mesgdef::Session::from(message);
            json!(["session", {
                "start": stamp(s.start_time),
                "ascent": present(s.total_ascent, u16::MAX),
                "descent": present(s.total_descent, u16::MAX),
                "distance": s.total_distance_scaled(),
                "timer": s.total_timer_time_scaled(),
                "elapsed": s.total_elapsed_time_scaled(),
            }])
        }
        _ => return None,
    })
}

fn number(value: &Raw) -> Option<f64> {
    Some(match value {
        Raw::Int8(v) => f64::from(*v),
        Raw::Uint8(v) => f64::from(*v),
        Raw::Int16(v) => f64::from(*v),
        Raw::Uint16(v) => f64::from(*v),
        Raw::Int32(v) => f64::from(*v),
        Raw::Uint32(v) => f64::from(*v),
        Raw::Float32(v) => f64::from(*v),
        Raw::Float64(v) => *v,
        _ => return None,
    })
}
