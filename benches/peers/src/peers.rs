//! The peers' readers, each used as its own documentation shows it.

use std::io::Cursor;

use fitparser::Value as Theirs;
use fitparser::profile::MesgNum;
use quick_xml::Reader;
use quick_xml::events::Event;
use rustyfit::profile::typedef;
use rustyfit::proto::Value;
use rustyfit::{Decoder, DecoderEvent, StreamingIterator};

use crate::Failure;
use crate::points::Points;

const DEGREES: f64 = 180.0 / 2_147_483_648.0;

/// The `gpx` crate; it leaves extensions out, so there is no heart rate to be had.
pub fn gpx_crate(bytes: &[u8], points: &mut Points) -> Result<(), Failure> {
    let gpx = gpx::read(Cursor::new(bytes))?;
    for point in gpx.tracks.iter().flat_map(|t| &t.segments).flat_map(|s| &s.points) {
        let (longitude, latitude) = point.point().x_y();
        let time =
            point.time.map(|t| time::OffsetDateTime::from(t).unix_timestamp() as f64);
        points.push([
            time.unwrap_or(f64::NAN),
            latitude,
            longitude,
            point.elevation.unwrap_or(f64::NAN),
            f64::NAN,
        ]);
    }
    Ok(())
}

/// navigo: positions and heights alone, neither times nor sensors.
pub fn navigo(bytes: &[u8], points: &mut Points) -> Result<(), Failure> {
    for place in navigo::gpx::parse_trace_points(bytes) {
        points.push([
            f64::NAN,
            place.latitude,
            place.longitude,
            place.altitude,
            f64::NAN,
        ]);
    }
    Ok(())
}

/// What the text of an element is for.
#[derive(Clone, Copy)]
enum Within {
    Nothing,
    Elevation,
    Time,
    HeartRate,
}

/// The loop that one writes over quick-xml: the tags looked for, everything else passed by.
pub fn quick_xml(bytes: &[u8], points: &mut Points) -> Result<(), Failure> {
    let mut reader = Reader::from_reader(bytes);
    let mut within = Within::Nothing;
    let mut point = [f64::NAN; 5];
    loop {
        match reader.read_event()? {
            Event::Start(tag) => {
                within = match tag.local_name().as_ref() {
                    "trkpt" => {
                        point = [f64::NAN; 5];
                        for attribute in tag.attributes() {
                            let attribute = attribute?;
                            match attribute.key.as_ref() {
                                "lat" => point[1] = attribute.value.parse()?,
                                "lon" => point[2] = attribute.value.parse()?,
                                _ => {}
                            }
                        }
                        Within::Nothing
                    }
                    "ele" => Within::Elevation,
                    "time" => Within::Time,
                    "hr" => Within::HeartRate,
                    _ => Within::Nothing,
                };
            }
            Event::Text(text) => match within {
                Within::Nothing => {}
                Within::Elevation => point[3] = text.parse()?,
                Within::Time => point[0] = unix_s(&text).ok_or("no time")?,
                Within::HeartRate => point[4] = text.parse()?,
            },
            Event::End(tag) => {
                within = Within::Nothing;
                if tag.local_name().as_ref() == "trkpt" {
                    points.push(point);
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Unix seconds of `2024-05-01T06:00:00` with a fraction or none, in UTC.
fn unix_s(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    let number = |from: usize, to: usize| {
        bytes.get(from..to)?.iter().try_fold(0_i64, |sum, byte| {
            byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0'))
        })
    };
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    // the year begins in March: the leap day is its last
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days =
        year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day;
    let whole = (days - 719_469) * 86_400 + hour * 3_600 + minute * 60 + second;
    let fraction: f64 = match bytes.get(19) {
        Some(b'.') => text.get(19..text.len() - 1)?.parse().ok()?,
        _ => 0.0,
    };
    Some(whole as f64 + fraction)
}

fn number(value: &Theirs) -> f64 {
    match value {
        Theirs::Timestamp(time) => time.timestamp() as f64,
        Theirs::UInt8(v) => f64::from(*v),
        Theirs::SInt32(v) => f64::from(*v),
        Theirs::UInt32(v) => f64::from(*v),
        Theirs::Float64(v) => *v,
        _ => f64::NAN,
    }
}

/// fitparser, with the options it comes with: checksums are checked.
pub fn fitparser(bytes: &[u8], points: &mut Points) -> Result<(), Failure> {
    for record in fitparser::from_bytes(bytes)? {
        if record.kind() != MesgNum::Record {
            continue;
        }
        let mut point = [f64::NAN; 5];
        for field in record.fields() {
            // the name too: a developer field brings a number of its own
            match (field.number(), field.name()) {
                (253, "timestamp") => point[0] = number(field.value()),
                (0, "position_lat") => point[1] = number(field.value()) * DEGREES,
                (1, "position_long") => point[2] = number(field.value()) * DEGREES,
                (78, "enhanced_altitude") => point[3] = number(field.value()),
                (3, "heart_rate") => point[4] = number(field.value()),
                _ => {}
            }
        }
        points.push(point);
    }
    Ok(())
}

/// rustyfit, message after message: checksums are checked, composite fields left alone.
pub fn rustyfit(bytes: &[u8], points: &mut Points) -> Result<(), Failure> {
    const EPOCH_UNIX_S: f64 = 631_065_600.0;
    let mut decoder: Decoder =
        rustyfit::DecoderBuilder::new().expand_components(false).build();
    let mut stream = decoder.stream(bytes);
    while let Some(event) = stream.next() {
        let event = event.map_err(|why| why.to_string())?;
        let DecoderEvent::Message(message) = event else { continue };
        if message.num != typedef::MesgNum::RECORD {
            continue;
        }
        let mut point = [f64::NAN; 5];
        for field in &message.fields {
            match (field.num, &field.value) {
                (253, Value::Uint32(v)) => point[0] = f64::from(*v) + EPOCH_UNIX_S,
                (0, Value::Int32(v)) => point[1] = f64::from(*v) * DEGREES,
                (1, Value::Int32(v)) => point[2] = f64::from(*v) * DEGREES,
                (78, Value::Uint32(v)) => point[3] = f64::from(*v) / 5.0 - 500.0,
                (3, Value::Uint8(v)) => point[4] = f64::from(*v),
                _ => {}
            }
        }
        points.push(point);
    }
    Ok(())
}
