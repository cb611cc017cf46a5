//! What FIT files become, sound and damaged.

use super::writer::Writer;
use super::*;
use crate::activity::{Break, DistanceSource, HeightSensor, Nature};
use crate::error::Place;
use crate::sport::{Bike, Labelled, Sport};

const U8: u8 = 0x02;
const U16: u8 = 0x84;
const S32: u8 = 0x85;
const U32: u8 = 0x86;
/// 2023-11-14T22:13:20Z in FIT's count.
const T0: u32 = 1_700_000_000 - 631_065_600;

/// Time, latitude, longitude, altitude.
const PLACES: [(u8, u8, u8); 4] = [(253, 4, U32), (0, 4, S32), (1, 4, S32), (2, 2, U16)];

fn file_id(writer: &mut Writer, file_type: u8) {
    writer.define(0, 0, &[(0, 1, 0), (1, 2, U16), (4, 4, U32)]);
    let mut body = vec![file_type, 1, 0];
    body.extend(T0.to_le_bytes());
    writer.data(0, &body);
}

/// A record one second, one millionth of the globe and 1 m after the other.
fn place_at(second: u32) -> Vec<u8> {
    let mut body = (T0 + second).to_le_bytes().to_vec();
    body.extend((500_000_000 + second.cast_signed() * 100).to_le_bytes());
    body.extend(100_000_000_i32.to_le_bytes());
    body.extend((5_000 + 5 * u16::try_from(second).unwrap()).to_le_bytes());
    body
}

fn places(writer: &mut Writer, seconds: std::ops::Range<u32>) {
    writer.define(2, 20, &PLACES);
    for second in seconds {
        writer.data(2, &place_at(second));
    }
}

fn timer(writer: &mut Writer, second: u32, kind: u8) {
    writer.define(1, 21, &[(253, 4, U32), (0, 1, 0), (1, 1, 0)]);
    let mut body = (T0 + second).to_le_bytes().to_vec();
    body.extend([0, kind]);
    writer.data(1, &body);
}

fn session(writer: &mut Writer, sport: u8, start: u32) {
    writer.define(3, 18, &[(2, 4, U32), (5, 1, 0), (6, 1, 0), (22, 2, U16)]);
    let mut body = (T0 + start).to_le_bytes().to_vec();
    body.extend([sport, 0, 77, 0]);
    writer.data(3, &body);
}

fn reading(writer: &Writer) -> Reading {
    read(&writer.file(), &Limits::default()).unwrap()
}

fn kinds(reading: &Reading) -> Vec<NoticeKind> {
    reading.notices.iter().map(|notice| notice.kind).collect()
}

fn recording() -> Writer {
    let mut writer = Writer::default();
    file_id(&mut writer, 4);
    places(&mut writer, 0..10);
    session(&mut writer, 1, 0);
    writer
}

#[test]
fn ignores_dates_before_the_clock_was_set() {
    // 2000-01-01, and a day before the rest
    let stale = [946_684_800 - 631_065_600, T0 - 86_400];
    for (stamp, count) in stale.into_iter().flat_map(|stamp| [(stamp, 1), (stamp, 30)]) {
        let mut writer = Writer::default();
        file_id(&mut writer, 4);
        writer.define(2, 20, &PLACES);
        for second in 0..600 {
            let mut body = place_at(second);
            if second < count {
                body[..4].copy_from_slice(&stamp.to_le_bytes());
            }
            writer.data(2, &body);
        }
        session(&mut writer, 1, 0);
        let reading = reading(&writer);
        let [activity] = reading.activities.as_slice() else { panic!("one activity") };
        // thirty of one stamp become two, a second and twenty before the rest
        let start_s = if count == 1 { 0 } else { 9 };
        let start = activity.header.start.unwrap().as_second();
        assert_eq!(start, 1_700_000_000 + start_s);
        assert_eq!(activity.time_s().last().copied(), Some((599 - start_s) as f64));
        let [notice] = &reading.notices[..] else { panic!("{:?}", reading.notices) };
        assert_eq!(notice.kind, NoticeKind::BadTime);
    }
}

#[test]
fn reads_a_plain_recording_without_a_notice() {
    let reading = reading(&recording());
    assert_eq!(reading.notices, []);
    let [activity] = reading.activities.as_slice() else { panic!("one activity") };
    assert_eq!(activity.len(), 10);
    assert_eq!(activity.header.start.unwrap().as_second(), 1_700_000_000);
    assert_eq!(activity.time_s().last(), Some(&9.0));
    assert_eq!(activity.elevation_m().first(), Some(&500.0));
    assert_eq!(activity.header.sport, Labelled::Modelled(Sport::Run, Bike::Road));
    assert_eq!(activity.header.reported.ascent_m, Some(77.0));
    assert_eq!(activity.header.device.as_deref(), Some("Garmin"));
    assert_eq!(activity.header.nature, Nature::Recording);
}

#[test]
fn takes_a_stop_and_a_start_as_a_pause() {
    let mut writer = Writer::default();
    file_id(&mut writer, 4);
    timer(&mut writer, 0, 0);
    places(&mut writer, 0..5);
    timer(&mut writer, 5, 4);
    timer(&mut writer, 60, 0);
    places(&mut writer, 60..65);
    timer(&mut writer, 65, 4);
    places(&mut writer, 66..76);
    let reading = reading(&writer);
    let [activity] = reading.activities.as_slice() else { panic!("one activity") };
    assert_eq!(activity.breaks(), [(5, Break::Pause)]);
    assert_eq!(activity.len(), 20);
    assert_eq!(kinds(&reading), [NoticeKind::Structure]);
}

#[test]
fn divides_records_by_session() {
    let mut first = Writer::default();
    file_id(&mut first, 4);
    session(&mut first, 2, 0);
    session(&mut first, 1, 6);
    places(&mut first, 0..10);
    let mut last = Writer::default();
    file_id(&mut last, 4);
    places(&mut last, 0..10);
    session(&mut last, 2, 0);
    session(&mut last, 1, 6);
    for writer in [first, last] {
        let reading = reading(&writer);
        let [ride, run] = reading.activities.as_slice() else { panic!("two") };
        assert_eq!((ride.len(), run.len()), (6, 4));
        assert_eq!(ride.header.sport, Labelled::Modelled(Sport::Ride, Bike::Road));
        assert_eq!(run.header.sport, Labelled::Modelled(Sport::Run, Bike::Road));
        assert_eq!(run.time_s(), [0.0, 1.0, 2.0, 3.0]);
        assert_eq!(run.header.start.unwrap().as_second(), 1_700_000_006);
    }
}

#[test]
fn reads_every_part_of_a_chain() {
    let one = recording().file();
    let mut ride = Writer::default();
    file_id(&mut ride, 4);
    places(&mut ride, 0..10);
    session(&mut ride, 2, 0);
    let two = [one.clone(), ride.file()].concat();
    let reading = read(&two, &Limits::default()).unwrap();
    assert_eq!((reading.activities.len(), reading.notices.len()), (2, 0));
    // one that is stored again counts once
    let again = read(&[one.clone(), two.clone()].concat(), &Limits::default()).unwrap();
    assert_eq!(again.activities.len(), 2);
    assert_eq!(kinds(&again), [NoticeKind::Structure]);
    // the second cut off: the first is intact, and the loss is said
    let cut = read(&two[..one.len() + 90], &Limits::default()).unwrap();
    // as text, because NaN equals nothing
    let first = |reading: &Reading| format!("{:?}", reading.activities.first());
    assert_eq!(first(&cut), first(&reading));
    assert_eq!(kinds(&cut), [NoticeKind::Truncated]);
}

#[test]
fn reads_compressed_times_as_full_ones() {
    let mut writer = Writer::default();
    file_id(&mut writer, 4);
    places(&mut writer, 0..1);
    writer.define(3, 20, PLACES.get(1..).unwrap());
    for second in 1..100 {
        let low = u8::try_from((T0 + second) & 31).unwrap();
        writer.raw(&[0x80 | (3 << 5) | low]).raw(&place_at(second)[4..]);
    }
    let mut plain = Writer::default();
    file_id(&mut plain, 4);
    places(&mut plain, 0..100);
    assert_eq!(
        format!("{:?}", reading(&writer).activities),
        format!("{:?}", reading(&plain).activities)
    );
}

#[test]
fn fills_gaps_from_developer_fields() {
    let mut writer = Writer::default();
    file_id(&mut writer, 4);
    // developer 0, field 0 is power (7) and field 1 heart rate (3) of `record` (20)
    let description = [(0, 1, U8), (1, 1, U8), (2, 1, U8), (14, 2, U16), (15, 1, U8)];
    writer.define(4, 206, &description);
    writer.data(4, &[0, 0, U16, 20, 0, 7]).data(4, &[0, 1, U8, 20, 0, 3]);
    let mut fields = PLACES.to_vec();
    fields.push((3, 1, U8));
    writer.define_with(2, 20, &fields, &[(0, 2, 0), (1, 1, 0)]);
    let mut body = place_at(0);
    body.extend([120, 250, 0, 99]);
    writer.data(2, &body);
    let reading = reading(&writer);
    let activity = reading.activities.first().unwrap();
    assert_eq!(
        (activity.power_w(), activity.heart_rate_bpm()),
        (&[250.0][..], &[120.0][..])
    );
    assert_eq!(reading.notices, []);
}

#[test]
fn takes_no_fix_and_sensor_zeros_as_missing() {
    let mut writer = Writer::default();
    file_id(&mut writer, 4);
    places(&mut writer, 0..2);
    let mut body = (T0 + 2).to_le_bytes().to_vec();
    body.extend([0; 10]);
    writer.data(2, &body);
    let reading = reading(&writer);
    let activity = reading.activities.first().unwrap();
    assert_eq!(activity.len(), 3);
    assert!(activity.latitude_deg()[2].is_nan() && activity.elevation_m()[2].is_nan());
    let kinds = kinds(&reading);
    assert_eq!(kinds, [NoticeKind::BadElevation, NoticeKind::BadPosition]);
}

#[test]
fn takes_distance_without_positions_as_along_the_slope() {
    let mut writer = Writer::default();
    file_id(&mut writer, 4);
    writer.define(2, 20, &[(253, 4, U32), (5, 4, U32)]);
    for second in 0..3_u32 {
        let mut body = (T0 + second).to_le_bytes().to_vec();
        body.extend((second * 300).to_le_bytes());
        writer.data(2, &body);
    }
    let reading = reading(&writer);
    let activity = reading.activities.first().unwrap();
    assert_eq!(activity.distance_m(), [0.0, 3.0, 6.0]);
    assert_eq!(activity.header.distance_source, DistanceSource::Slope);
}

#[test]
fn rejects_other_files_and_says_what_they_hold() {
    let mut workout = Writer::default();
    file_id(&mut workout, 5);
    let error = read(&workout.file(), &Limits::default()).unwrap_err();
    assert_eq!(error.kind(), Kind::NotAnActivity);
    assert!(error.to_string().contains("a workout plan"), "{error}");
    let mut by_hand = Writer::default();
    file_id(&mut by_hand, 4);
    session(&mut by_hand, 5, 0);
    let error = read(&by_hand.file(), &Limits::default()).unwrap_err();
    assert_eq!(error.kind(), Kind::NoPoints);
    let mut undefined = Writer::default();
    undefined.raw(&[5, 1, 1, 1]);
    let error = read(&undefined.file(), &Limits::default()).unwrap_err();
    assert_eq!(error.kind(), Kind::Damaged);
    assert_eq!(error.place(), Some(&Place::Binary { byte: 14, record: 0 }));
}

#[test]
fn rejects_more_points_than_the_limit() {
    let limits = Limits { points: 5, ..Limits::default() };
    let error = read(&recording().file(), &limits).unwrap_err();
    assert_eq!(error.kind(), Kind::TooLarge);
    let limits = Limits { points: 10, ..Limits::default() };
    assert!(read(&recording().file(), &limits).is_ok());
}

#[test]
fn survives_every_cut_and_every_flipped_byte() {
    let file = recording().file();
    for length in 0..file.len() {
        let _ = read(&file[..length], &Limits::default());
    }
    for at in 0..file.len() {
        for flip in [0x01, 0x10, 0x80, 0xFF] {
            let mut bad = file.clone();
            bad[at] ^= flip;
            if let Ok(reading) = read(&bad, &Limits::default()) {
                assert!(!reading.notices.is_empty(), "byte {at} ^ {flip:#x} went unseen");
            }
        }
    }
}

/// Five minutes of records behind a file id.
fn minutes() -> Writer {
    let mut writer = Writer::default();
    file_id(&mut writer, 4);
    places(&mut writer, 0..300);
    session(&mut writer, 1, 0);
    writer
}

#[test]
fn keeps_all_records_behind_a_broken_first_message() {
    let whole = reading(&minutes());
    for (at, byte) in [(7, 200), (15, 7), (0, 7), (5, 80)] {
        let mut broken = minutes().file();
        broken[14 + at] = byte;
        let reading = read(&broken, &Limits::default())
            .unwrap_or_else(|error| panic!("byte {at}: {}", error.message()));
        let (kept, all) = (reading.activities[0].len(), whole.activities[0].len());
        assert!(kept + 4 >= all, "byte {at}: {kept} of {all}");
    }
}

#[test]
fn skips_and_counts_damaged_places() {
    let mut broken = minutes().file();
    // header, file id and definition; a record of 15 bytes
    let (first, record) = (14 + 15 + 8 + 18, 15);
    // a header in the middle, and two hundred bytes of another file
    broken[first + 50 * record] = 0x0F;
    broken[first + 150 * record..first + 150 * record + 200].fill(0xA7);
    let reading = read(&broken, &Limits::default()).unwrap();
    let damaged = reading.notices.iter().find(|n| n.kind == NoticeKind::Damaged);
    let damaged = damaged.unwrap();
    assert!(damaged.detail.contains("bytes skipped"), "{damaged:?}");
    let kept = reading.activities[0].len();
    assert!((270..300).contains(&kept), "{kept}: {damaged:?}");
    let time_s = reading.activities[0].time_s();
    assert!(time_s.windows(2).all(|pair| pair[1] > pair[0]), "{time_s:?}");
}

#[test]
fn makes_up_no_records_from_damage() {
    let whole = reading(&minutes());
    let places = |activity: &Activity| -> Vec<u64> {
        let places = activity.latitude_deg().iter().zip(activity.elevation_m());
        places.map(|(a, b)| a.to_bits() ^ b.to_bits().rotate_left(17)).collect()
    };
    let known = places(&whole.activities[0]);
    let file = minutes().file();
    // behind the definition of records, whose damage changes what they say
    for at in (14 + 15 + 8 + 18..file.len() - 2).step_by(7) {
        for byte in [0x00, 0x07, 0x42, 0x8F, 0xFF] {
            let mut broken = file.clone();
            broken[at] = byte;
            let Ok(reading) = read(&broken, &Limits::default()) else { continue };
            for activity in &reading.activities {
                let strange = places(activity)
                    .iter()
                    .filter(|place| !known.contains(place))
                    .count();
                assert!(strange <= 2, "byte {at} {byte:#x}: {strange}");
            }
        }
    }
}

#[test]
fn tells_a_barometer_by_the_list_of_what_the_device_is_made_of() {
    let sensor = |parts: &[[u8; 2]]| {
        let mut writer = recording();
        writer.define(5, 23, &[(1, 1, U8), (25, 1, U8)]);
        for part in parts {
            writer.data(5, part);
        }
        reading(&writer).activities.first().unwrap().header.height_sensor
    };
    let (gps, barometer, unknown, strap) = ([0, 5], [4, 5], [255, 5], [120, 1]);
    assert_eq!(sensor(&[gps, barometer, strap]), HeightSensor::Barometer);
    assert_eq!(sensor(&[gps, unknown, strap]), HeightSensor::Satellites);
    // without a list there may be one all the same; 4 over the air is none of the device's
    assert_eq!(sensor(&[strap]), HeightSensor::Untold);
    assert_eq!(sensor(&[[4, 1]]), HeightSensor::Untold);
    assert_eq!(sensor(&[]), HeightSensor::Untold);
}

/// A `course_point`: latitude and longitude, distance, type, name.
fn course_point(writer: &mut Writer, (metres, kind, name): (u32, u8, &str)) {
    writer.define(4, 32, &[(2, 4, S32), (3, 4, S32), (4, 4, U32), (5, 1, 0), (6, 16, 7)]);
    let mut body = 500_000_000_i32.to_le_bytes().to_vec();
    body.extend(100_000_000_i32.to_le_bytes());
    body.extend((100 * metres).to_le_bytes());
    body.push(kind);
    let mut text = [0; 16];
    text[..name.len()].copy_from_slice(name.as_bytes());
    body.extend(text);
    writer.data(4, &body);
}

#[test]
fn reads_places_of_a_course_and_no_turns() {
    use crate::waypoint::WaypointKind::{self, Place, Service, Summit};
    let mut writer = Writer::default();
    file_id(&mut writer, 6);
    places(&mut writer, 0..10);
    for mark in [
        (120, 1, "Col de la C"),
        (200, 6, "Left"),
        (240, 3, "Fontaine"),
        (260, 0, "Turn right onto"),
        (280, 0, "Ravito 1"),
        (290, 5, "Danger"),
        (300, 28, ""),
        // on the way back
        (900, 1, "Col de la C"),
        (900, 1, "Col de la C"),
    ] {
        course_point(&mut writer, mark);
    }
    let activity = reading(&writer).activities.remove(0);
    let found: Vec<(&str, WaypointKind, Option<f64>)> = activity
        .waypoints()
        .iter()
        .map(|place| (place.name.as_str(), place.kind, place.distance_m))
        .collect();
    let expected = [
        ("Col de la C", Summit, Some(120.0)),
        ("Fontaine", Service, Some(240.0)),
        ("Ravito 1", Place, Some(280.0)),
        ("Col de la C", Summit, Some(900.0)),
    ];
    assert_eq!(found, expected);
    let place = &activity.waypoints()[0];
    assert!((place.latitude_deg - activity.latitude_deg()[0]).abs() < 1e-9);
}

#[test]
fn keeps_no_more_places_than_the_limit_and_counts_the_rest() {
    let mut writer = Writer::default();
    file_id(&mut writer, 6);
    places(&mut writer, 0..10);
    for n in 0..5 {
        course_point(&mut writer, (100 * n, 0, &format!("Hut {n}")));
    }
    let limits = Limits { waypoints: 3, ..Limits::default() };
    let reading = read(&writer.file(), &limits).unwrap();
    assert_eq!(reading.activities[0].waypoints().len(), 3);
    let told = reading.notices.iter().find(|n| n.detail.contains("waypoints")).unwrap();
    assert_eq!((told.kind, told.count), (NoticeKind::Structure, 2));
}

/// Describes a developer field of `record`: developer, number, base type, native field, name and unit.
fn describe_field(
    writer: &mut Writer,
    (developer, number, base): (u8, u8, u8),
    native: Option<u8>,
    (name, unit): (&str, &str),
) {
    const NAME: usize = 24;
    const UNIT: usize = 16;
    let text = |text: &str, bytes: usize| {
        let mut padded = text.as_bytes().to_vec();
        padded.resize(bytes, 0);
        padded
    };
    let fields =
        [(0, 1, U8), (1, 1, U8), (2, 1, U8), (3, 24, 7), (8, 16, 7), (14, 2, U16)];
    writer.define(4, 206, &[&fields[..], &[(15, 1, U8)]].concat());
    let mut body = vec![developer, number, base];
    body.extend(text(name, NAME));
    body.extend(text(unit, UNIT));
    body.extend([20, 0, native.unwrap_or(0xFF)]);
    writer.data(4, &body);
}

#[test]
fn reads_ground_time_of_a_foot_pod_and_takes_its_power_for_none() {
    let with = |pod: bool| {
        let mut writer = Writer::default();
        file_id(&mut writer, 4);
        describe_field(&mut writer, (0, 0, U16), Some(7), ("Power", "Watts"));
        if pod {
            describe_field(&mut writer, (0, 8, U16), None, ("Form Power", "Watts"));
            describe_field(
                &mut writer,
                (0, 3, U16),
                None,
                ("Ground Time", "Milliseconds"),
            );
            let oscillation = ("Vertical Oscillation", "Centimeters");
            describe_field(&mut writer, (0, 2, 0x88), None, oscillation);
        }
        let pods = [(8, 2, 0), (3, 2, 0), (2, 4, 0)];
        let fields: &[(u8, u8, u8)] = if pod { &pods } else { &[] };
        writer.define_with(2, 20, &PLACES, &[&[(0, 2, 0)], fields].concat());
        for second in 0..10 {
            let mut body = place_at(second);
            body.extend(250_u16.to_le_bytes());
            if pod {
                body.extend(80_u16.to_le_bytes());
                body.extend(240_u16.to_le_bytes());
                body.extend(7.5_f32.to_le_bytes());
            }
            writer.data(2, &body);
        }
        session(&mut writer, 1, 0);
        reading(&writer).activities.remove(0)
    };
    let of_pod = with(true);
    assert!(of_pod.power_w().iter().all(|watts| watts.is_nan()));
    assert!((of_pod.stance_time_s()[3] - 0.240).abs() < 1e-6);
    assert!((of_pod.vertical_oscillation_m()[3] - 0.075).abs() < 1e-6);
    assert!(of_pod.step_length_m().is_empty());
    // another application's power, of which nothing says that it is a pod's
    let of_crank = with(false);
    assert!((of_crank.power_w()[3] - 250.0).abs() < 1e-6);
    assert!(of_crank.vertical_oscillation_m().is_empty());
}

#[test]
fn reads_running_dynamics_in_the_units_of_the_profile() {
    let mut writer = Writer::default();
    file_id(&mut writer, 4);
    let dynamics = [(39, 2, U16), (41, 2, U16), (85, 2, U16)];
    writer.define(2, 20, &[&PLACES[..], &dynamics].concat());
    // an absent value is the field's largest number
    for (second, raw) in [(0, [0xFFFF; 3]), (1, [877, 2910, 11_410]), (2, [0xFFFF; 3])] {
        let mut body = place_at(second);
        body.extend(raw.iter().flat_map(|raw: &u16| raw.to_le_bytes()));
        writer.data(2, &body);
    }
    session(&mut writer, 1, 0);
    let activity = reading(&writer).activities.remove(0);
    let near = |value: f32, to: f32| (value - to).abs() < 1e-6;
    assert!(near(activity.vertical_oscillation_m()[1], 0.0877));
    assert!(near(activity.step_length_m()[1], 1.141));
    assert!(near(activity.stance_time_s()[1], 0.291));
    // a column is as long as the others once it has a value
    assert_eq!(activity.step_length_m().len(), activity.len());
    assert!(activity.step_length_m()[0].is_nan() && activity.step_length_m()[2].is_nan());
}
