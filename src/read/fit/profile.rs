//! The part of the FIT profile that is read: numbers of messages and fields, and each field's type,
//! scale and offset. Source: FIT profile 21 (`Profile.xlsx`).

/// How the bytes of a field are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BaseType {
    U8,
    S8,
    U16,
    S16,
    U32,
    S32,
    F32,
    F64,
    /// Three bytes as one number, little-endian.
    U24,
    Text,
}

impl BaseType {
    /// Returns the size of one value in bytes.
    pub(super) fn bytes(self) -> u8 {
        match self {
            BaseType::U8 | BaseType::S8 | BaseType::Text => 1,
            BaseType::U16 | BaseType::S16 => 2,
            BaseType::U24 => 3,
            BaseType::U32 | BaseType::S32 | BaseType::F32 => 4,
            BaseType::F64 => 8,
        }
    }

    /// Returns the type that a definition declares by this byte, whose bit for "more than one
    /// byte" may be missing.
    pub(super) fn declared(byte: u8) -> Option<BaseType> {
        if byte & 0x60 != 0 {
            return None;
        }
        Some(match byte & 0x1F {
            0 | 2 | 10 | 13 => BaseType::U8,
            1 => BaseType::S8,
            3 => BaseType::S16,
            4 | 11 => BaseType::U16,
            5 => BaseType::S32,
            6 | 12 => BaseType::U32,
            7 => BaseType::Text,
            8 => BaseType::F32,
            9 => BaseType::F64,
            _ => return None,
        })
    }
}

/// A field of the profile: value = raw / scale - offset.
#[derive(Debug)]
pub(super) struct ProfileField {
    pub(super) number: u8,
    pub(super) base_type: BaseType,
    pub(super) scale: f64,
    pub(super) offset: f64,
}

const fn plain(number: u8, base_type: BaseType) -> ProfileField {
    scaled(number, base_type, 1.0, 0.0)
}

const fn scaled(
    number: u8,
    base_type: BaseType,
    scale: f64,
    offset: f64,
) -> ProfileField {
    ProfileField { number, base_type, scale, offset }
}

/// 2^31 semicircles are 180 degrees.
pub(super) const SEMICIRCLES_PER_DEGREE: f64 = 2_147_483_648.0 / 180.0;

/// Number of the time in every message.
pub(super) const TIMESTAMP: u8 = 253;

const TIMESTAMP_FIELD: ProfileField = plain(TIMESTAMP, BaseType::U32);

/// Returns the fields of a message that are read. Every message may carry a time, and compressed
/// times count from the last one.
pub(super) fn fields_of(message: u16) -> &'static [ProfileField] {
    match message {
        file_id::MESSAGE => file_id::FIELDS,
        sport::MESSAGE => sport::FIELDS,
        session::MESSAGE => session::FIELDS,
        lap::MESSAGE => lap::FIELDS,
        record::MESSAGE => record::FIELDS,
        event::MESSAGE => event::FIELDS,
        device_info::MESSAGE => device_info::FIELDS,
        course::MESSAGE => course::FIELDS,
        course_point::MESSAGE => course_point::FIELDS,
        activity::MESSAGE => activity::FIELDS,
        field_description::MESSAGE => field_description::FIELDS,
        _ => const { &[TIMESTAMP_FIELD] },
    }
}

/// Message `file_id`.
pub(super) mod file_id {
    use super::BaseType::{Text, U8, U16, U32};
    use super::{ProfileField, plain};

    pub(crate) const MESSAGE: u16 = 0;
    pub(crate) const TYPE: u8 = 0;
    pub(crate) const MANUFACTURER: u8 = 1;
    pub(crate) const PRODUCT: u8 = 2;
    pub(crate) const TIME_CREATED: u8 = 4;
    pub(crate) const PRODUCT_NAME: u8 = 8;

    pub(super) const FIELDS: &[ProfileField] = &[
        plain(TYPE, U8),
        plain(MANUFACTURER, U16),
        plain(PRODUCT, U16),
        plain(TIME_CREATED, U32),
        plain(PRODUCT_NAME, Text),
    ];
}

/// Message `sport`.
pub(super) mod sport {
    use super::BaseType::{Text, U8};
    use super::{ProfileField, plain};

    pub(crate) const MESSAGE: u16 = 12;
    pub(crate) const SPORT: u8 = 0;
    pub(crate) const SUB_SPORT: u8 = 1;
    pub(crate) const NAME: u8 = 3;

    pub(super) const FIELDS: &[ProfileField] =
        &[plain(SPORT, U8), plain(SUB_SPORT, U8), plain(NAME, Text)];
}

/// Message `session`.
pub(super) mod session {
    use super::BaseType::{U8, U16, U32};
    use super::{ProfileField, TIMESTAMP_FIELD, plain, scaled};

    pub(crate) const MESSAGE: u16 = 18;
    pub(crate) const START_TIME: u8 = 2;
    pub(crate) const SPORT: u8 = 5;
    pub(crate) const SUB_SPORT: u8 = 6;
    pub(crate) const ELAPSED_TIME: u8 = 7;
    pub(crate) const TIMER_TIME: u8 = 8;
    pub(crate) const DISTANCE: u8 = 9;
    pub(crate) const ASCENT: u8 = 22;
    pub(crate) const DESCENT: u8 = 23;

    pub(super) const FIELDS: &[ProfileField] = &[
        TIMESTAMP_FIELD,
        plain(START_TIME, U32),
        plain(SPORT, U8),
        plain(SUB_SPORT, U8),
        scaled(ELAPSED_TIME, U32, 1000.0, 0.0),
        scaled(TIMER_TIME, U32, 1000.0, 0.0),
        scaled(DISTANCE, U32, 100.0, 0.0),
        plain(ASCENT, U16),
        plain(DESCENT, U16),
    ];
}

/// Message `lap`.
pub(super) mod lap {
    use super::BaseType::U32;
    use super::{ProfileField, TIMESTAMP_FIELD, plain};

    pub(crate) const MESSAGE: u16 = 19;
    pub(crate) const START_TIME: u8 = 2;

    pub(super) const FIELDS: &[ProfileField] = &[TIMESTAMP_FIELD, plain(START_TIME, U32)];
}

/// Message `record`.
pub(super) mod record {
    use super::BaseType::{S8, S16, S32, U8, U16, U24, U32};
    use super::{ProfileField, SEMICIRCLES_PER_DEGREE, TIMESTAMP_FIELD, plain, scaled};

    pub(crate) const MESSAGE: u16 = 20;
    pub(crate) const LATITUDE: u8 = 0;
    pub(crate) const LONGITUDE: u8 = 1;
    pub(crate) const ALTITUDE: u8 = 2;
    pub(crate) const HEART_RATE: u8 = 3;
    pub(crate) const CADENCE: u8 = 4;
    pub(crate) const DISTANCE: u8 = 5;
    pub(crate) const SPEED: u8 = 6;
    pub(crate) const POWER: u8 = 7;
    pub(crate) const COMPRESSED_SPEED_DISTANCE: u8 = 8;
    pub(crate) const GRADE: u8 = 9;
    pub(crate) const TEMPERATURE: u8 = 13;
    pub(crate) const VERTICAL_OSCILLATION: u8 = 39;
    pub(crate) const STANCE_TIME: u8 = 41;
    pub(crate) const FRACTIONAL_CADENCE: u8 = 53;
    pub(crate) const ENHANCED_SPEED: u8 = 73;
    pub(crate) const ENHANCED_ALTITUDE: u8 = 78;
    pub(crate) const STEP_LENGTH: u8 = 85;

    pub(super) const FIELDS: &[ProfileField] = &[
        TIMESTAMP_FIELD,
        scaled(LATITUDE, S32, SEMICIRCLES_PER_DEGREE, 0.0),
        scaled(LONGITUDE, S32, SEMICIRCLES_PER_DEGREE, 0.0),
        scaled(ALTITUDE, U16, 5.0, 500.0),
        plain(HEART_RATE, U8),
        plain(CADENCE, U8),
        scaled(DISTANCE, U32, 100.0, 0.0),
        scaled(SPEED, U16, 1000.0, 0.0),
        plain(POWER, U16),
        plain(COMPRESSED_SPEED_DISTANCE, U24),
        scaled(GRADE, S16, 100.0, 0.0),
        plain(TEMPERATURE, S8),
        scaled(VERTICAL_OSCILLATION, U16, 10.0, 0.0),
        scaled(STANCE_TIME, U16, 10.0, 0.0),
        scaled(FRACTIONAL_CADENCE, U8, 128.0, 0.0),
        scaled(ENHANCED_SPEED, U32, 1000.0, 0.0),
        scaled(ENHANCED_ALTITUDE, U32, 5.0, 500.0),
        scaled(STEP_LENGTH, U16, 10.0, 0.0),
    ];
}

/// Message `event`.
pub(super) mod event {
    use super::BaseType::U8;
    use super::{ProfileField, TIMESTAMP_FIELD, plain};

    pub(crate) const MESSAGE: u16 = 21;
    pub(crate) const EVENT: u8 = 0;
    pub(crate) const EVENT_TYPE: u8 = 1;

    pub(super) const FIELDS: &[ProfileField] =
        &[TIMESTAMP_FIELD, plain(EVENT, U8), plain(EVENT_TYPE, U8)];
}

/// Message `device_info`.
pub(super) mod device_info {
    use super::BaseType::U8;
    use super::{ProfileField, TIMESTAMP_FIELD, plain};

    pub(crate) const MESSAGE: u16 = 23;
    pub(crate) const DEVICE_TYPE: u8 = 1;
    pub(crate) const SOURCE_TYPE: u8 = 25;

    pub(super) const FIELDS: &[ProfileField] =
        &[TIMESTAMP_FIELD, plain(DEVICE_TYPE, U8), plain(SOURCE_TYPE, U8)];
}

/// Message `course`.
pub(super) mod course {
    use super::BaseType::{Text, U8};
    use super::{ProfileField, plain};

    pub(crate) const MESSAGE: u16 = 31;
    pub(crate) const SPORT: u8 = 4;
    pub(crate) const NAME: u8 = 5;

    pub(super) const FIELDS: &[ProfileField] = &[plain(SPORT, U8), plain(NAME, Text)];
}

/// Message `course_point`.
pub(super) mod course_point {
    use super::BaseType::{S32, Text, U8, U32};
    use super::{ProfileField, SEMICIRCLES_PER_DEGREE, plain, scaled};

    pub(crate) const MESSAGE: u16 = 32;
    pub(crate) const LATITUDE: u8 = 2;
    pub(crate) const LONGITUDE: u8 = 3;
    pub(crate) const DISTANCE: u8 = 4;
    pub(crate) const TYPE: u8 = 5;
    pub(crate) const NAME: u8 = 6;

    pub(super) const FIELDS: &[ProfileField] = &[
        scaled(LATITUDE, S32, SEMICIRCLES_PER_DEGREE, 0.0),
        scaled(LONGITUDE, S32, SEMICIRCLES_PER_DEGREE, 0.0),
        scaled(DISTANCE, U32, 100.0, 0.0),
        plain(TYPE, U8),
        plain(NAME, Text),
    ];
}

/// Message `activity`.
pub(super) mod activity {
    use super::BaseType::U32;
    use super::{ProfileField, TIMESTAMP_FIELD, plain};

    pub(crate) const MESSAGE: u16 = 34;
    pub(crate) const LOCAL_TIMESTAMP: u8 = 5;

    pub(super) const FIELDS: &[ProfileField] =
        &[TIMESTAMP_FIELD, plain(LOCAL_TIMESTAMP, U32)];
}

/// Message `field_description`.
pub(super) mod field_description {
    use super::BaseType::{S8, Text, U8, U16};
    use super::{ProfileField, plain};

    pub(crate) const MESSAGE: u16 = 206;
    pub(crate) const DEVELOPER_INDEX: u8 = 0;
    pub(crate) const FIELD_NUMBER: u8 = 1;
    pub(crate) const BASE_TYPE: u8 = 2;
    pub(crate) const NAME: u8 = 3;
    pub(crate) const SCALE: u8 = 6;
    pub(crate) const OFFSET: u8 = 7;
    pub(crate) const UNITS: u8 = 8;
    pub(crate) const NATIVE_MESSAGE: u8 = 14;
    pub(crate) const NATIVE_FIELD: u8 = 15;

    pub(super) const FIELDS: &[ProfileField] = &[
        plain(DEVELOPER_INDEX, U8),
        plain(FIELD_NUMBER, U8),
        plain(BASE_TYPE, U8),
        plain(NAME, Text),
        plain(SCALE, U8),
        plain(OFFSET, S8),
        plain(UNITS, Text),
        plain(NATIVE_MESSAGE, U16),
        plain(NATIVE_FIELD, U8),
    ];
}

#[cfg(all(test, feature = "inspect"))]
mod tests {
    use super::*;
    use crate::fit_names::{self, Meaning};

    /// The profile's names of the fields we use: their numbers, scales and offsets are its own.
    #[test]
    fn fields_we_use_are_those_of_the_profile() {
        let named: [(u16, &str, &[&str]); 11] = [
            (
                file_id::MESSAGE,
                "file_id",
                &["type", "manufacturer", "product", "time_created", "product_name"],
            ),
            (sport::MESSAGE, "sport", &["sport", "sub_sport", "name"]),
            (
                session::MESSAGE,
                "session",
                &[
                    "timestamp",
                    "start_time",
                    "sport",
                    "sub_sport",
                    "total_elapsed_time",
                    "total_timer_time",
                    "total_distance",
                    "total_ascent",
                    "total_descent",
                ],
            ),
            (lap::MESSAGE, "lap", &["timestamp", "start_time"]),
            (
                record::MESSAGE,
                "record",
                &[
                    "timestamp",
                    "position_lat",
                    "position_long",
                    "altitude",
                    "heart_rate",
                    "cadence",
                    "distance",
                    "speed",
                    "power",
                    "compressed_speed_distance",
                    "grade",
                    "temperature",
                    "vertical_oscillation",
                    "stance_time",
                    "fractional_cadence",
                    "enhanced_speed",
                    "enhanced_altitude",
                    "step_length",
                ],
            ),
            (event::MESSAGE, "event", &["timestamp", "event", "event_type"]),
            (
                device_info::MESSAGE,
                "device_info",
                &["timestamp", "device_type", "source_type"],
            ),
            (course::MESSAGE, "course", &["sport", "name"]),
            (
                course_point::MESSAGE,
                "course_point",
                &["position_lat", "position_long", "distance", "type", "name"],
            ),
            (activity::MESSAGE, "activity", &["timestamp", "local_timestamp"]),
            (
                field_description::MESSAGE,
                "field_description",
                &[
                    "developer_data_index",
                    "field_definition_number",
                    "fit_base_type_id",
                    "field_name",
                    "scale",
                    "offset",
                    "units",
                    "native_mesg_num",
                    "native_field_num",
                ],
            ),
        ];
        for (message, name, fields) in named {
            assert_eq!(fit_names::message(message).as_deref(), Some(name));
            assert_eq!(fields_of(message).len(), fields.len(), "{name}");
            for (ours, field) in fields_of(message).iter().zip(fields) {
                let theirs = fit_names::field(message, ours.number).unwrap();
                assert_eq!(theirs.name, *field, "{name}");
                let Meaning::Number { scale, offset } = theirs.meaning else { continue };
                if theirs.unit == "semicircles" {
                    assert_eq!(ours.scale.to_bits(), SEMICIRCLES_PER_DEGREE.to_bits());
                    continue;
                }
                let of_ours = (ours.scale.to_bits(), ours.offset.to_bits());
                assert_eq!(
                    of_ours,
                    (scale.to_bits(), offset.to_bits()),
                    "{name} {field}"
                );
            }
        }
    }
}
