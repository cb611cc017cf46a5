//! What a TCX file becomes: activities, laps, pauses, and what is told of flaws.

use super::*;
use crate::activity::Break;
use crate::sport::{Bike, Sport};

fn reading(inside: &str) -> Result<Reading, Error> {
    let text = format!("<TrainingCenterDatabase>{inside}</TrainingCenterDatabase>");
    crate::read::bytes(text.as_bytes())
}

fn point(second: u32, inside: &str) -> String {
    format!("<Trackpoint><Time>2026-04-26T08:00:{second:02}Z</Time>{inside}</Trackpoint>")
}

const POSITION: &str = "<Position><LatitudeDegrees>47</LatitudeDegrees>\
    <LongitudeDegrees>11</LongitudeDegrees></Position>";

fn track(seconds: std::ops::Range<u32>) -> String {
    let points: String = seconds.map(|s| point(s, POSITION)).collect();
    format!("<Track>{points}</Track>")
}

#[test]
fn reads_files_without_the_outermost_element() {
    let inside = format!(
        "<Activities><Activity Sport=\"Running\"><Lap>{}</Lap></Activity></Activities>",
        track(0..3)
    );
    let bare = crate::read::bytes(inside.as_bytes()).unwrap();
    let whole = reading(&inside).unwrap();
    assert_eq!(bare.activities[0].header, whole.activities[0].header);
    assert_eq!(bare.activities[0].latitude_deg(), [47.0; 3]);
}

#[test]
fn reads_everything_a_point_may_hold() {
    let inside = format!(
        "{POSITION}<AltitudeMeters>700.5</AltitudeMeters><DistanceMeters>12.5</DistanceMeters>\
         <HeartRateBpm><Value>140</Value></HeartRateBpm><Extensions><n:TPX><n:Speed>2.5</n:Speed>\
         <n:RunCadence>84</n:RunCadence><n:Watts>250</n:Watts></n:TPX></Extensions>"
    );
    let lap = format!(
        "<Lap StartTime='2026-04-26T08:00:00Z'><TotalTimeSeconds>60.5</TotalTimeSeconds>\
         <DistanceMeters>100</DistanceMeters><Track>{}{}</Track></Lap>",
        point(0, &inside),
        point(5, POSITION),
    );
    let reading = reading(&format!(
        "<Activities><Activity Sport='Running'><Id>x</Id>{lap}\
         <Creator><Name>Watch</Name></Creator></Activity></Activities>"
    ))
    .unwrap();
    assert_eq!(reading.notices, []);
    let activity = &reading.activities[0];
    assert_eq!(activity.time_s(), [0.0, 5.0]);
    assert_eq!(activity.elevation_m()[0].to_bits(), 700.5_f64.to_bits());
    assert_eq!(activity.distance_m()[0].to_bits(), 12.5_f64.to_bits());
    assert_eq!(activity.heart_rate_bpm()[0].to_bits(), 140.0_f32.to_bits());
    assert_eq!(activity.speed_m_per_s()[0].to_bits(), 2.5_f32.to_bits());
    assert_eq!(activity.cadence_per_min()[0].to_bits(), 84.0_f32.to_bits());
    assert_eq!(activity.power_w()[0].to_bits(), 250.0_f32.to_bits());
    let header = &activity.header;
    assert_eq!(header.sport, Labelled::Modelled(Sport::Run, Bike::Road));
    assert_eq!(header.device.as_deref(), Some("Watch"));
    assert_eq!(header.laps, [Lap { start_s: 0.0, end_s: 5.0 }]);
    assert_eq!(
        (header.reported.distance_m, header.reported.timer_s),
        (Some(100.0), Some(60.5))
    );
}

#[test]
fn takes_a_new_track_in_a_lap_as_a_pause_if_time_passed() {
    let lap = format!(
        "<Lap>{}{}{}</Lap><Lap>{}</Lap>",
        track(0..3),
        track(3..5),
        track(20..23),
        track(30..33)
    );
    let reading =
        reading(&format!("<Activities><Activity>{lap}</Activity></Activities>")).unwrap();
    assert_eq!(reading.activities[0].breaks(), [(5, Break::Pause)]);
}

#[test]
fn reads_several_sports_and_courses() {
    let activity = |sport: &str| {
        format!("<Activity Sport='{sport}'><Lap>{}</Lap></Activity>", track(0..2))
    };
    let text = format!(
        "<Activities><MultiSportSession><FirstSport>{}</FirstSport><NextSport><Transition/>{}\
         </NextSport></MultiSportSession></Activities>\
         <Courses><Course><Name>Loop</Name>{}</Course></Courses>",
        activity("Running"),
        activity("Biking"),
        track(0..2)
    );
    let activities = reading(&text).unwrap().activities;
    assert_eq!(activities.len(), 3);
    assert_eq!(activities[1].header.sport, Labelled::Modelled(Sport::Ride, Bike::Road));
    assert_eq!(activities[2].header.nature, Nature::Course);
    assert_eq!(activities[2].header.name.as_deref(), Some("Loop"));
}

/// An activity of a position each second, whose points are changed.
fn minutes(start: &str, change: impl Fn(u32, String) -> String) -> Reading {
    let points: String = (0..600_u32)
        .map(|i| {
            let time = format!("2026-04-26T08:{:02}:{:02}Z", i / 60, i % 60);
            let north = 47.0 + f64::from(i) * 3.0 / 111_195.0;
            let position = POSITION.replace("47", &format!("{north:.6}"));
            let text = format!("<Trackpoint><Time>{time}</Time>{position}</Trackpoint>");
            change(i, text)
        })
        .collect();
    reading(&format!(
        "<Activities><Activity Sport='Running'><Id>2026-04-26T08:00:00Z</Id>\
         <Lap StartTime='{start}'><Track>{points}</Track></Lap></Activity></Activities>"
    ))
    .unwrap()
}

#[test]
fn ignores_dates_before_the_clock_was_set() {
    let stale = "1989-12-31T00:00:00Z";
    for (few, start) in [(1, "2026-04-26T08:00:00Z"), (30, stale)] {
        let reading = minutes(start, |i, text| {
            let (time, rest) = text.split_once("</Time>").unwrap();
            if i < few {
                format!("<Trackpoint><Time>{stale}</Time>{rest}")
            } else {
                format!("{time}</Time>{rest}")
            }
        });
        let activity = &reading.activities[0];
        let header = &activity.header;
        assert_eq!(header.start.unwrap().to_string(), "2026-04-26T08:00:00Z");
        assert_eq!(activity.time_s()[..2], [0.0, 1.0]);
        assert_eq!(header.laps, [Lap { start_s: 0.0, end_s: 599.0 }]);
        let [notice] = &reading.notices[..] else { panic!("{:?}", reading.notices) };
        assert_eq!((notice.kind, notice.count), (NoticeKind::BadTime, u64::from(few)));
    }
}

#[test]
fn doubts_a_date_that_its_id_denies() {
    let early = minutes("2026-04-26T08:00:00Z", |_, text| {
        // 1024 weeks before
        text.replace("2026-04-26", "2006-09-10")
    });
    let [notice] = &early.notices[..] else { panic!("{:?}", early.notices) };
    assert!(notice.detail.ends_with("then it was 2026-04-26"), "{notice}");
}

#[test]
fn counts_an_activity_stored_twice_once() {
    let activity =
        format!("<Activity Sport='Running'><Lap>{}</Lap></Activity>", track(0..5));
    let other = activity.replace("Running", "Biking");
    let text = format!("<Activities>{}{other}</Activities>", activity.repeat(3));
    let reading = reading(&text).unwrap();
    assert_eq!(reading.activities.len(), 2);
    let [notice] = &reading.notices[..] else { panic!("{:?}", reading.notices) };
    assert_eq!((notice.kind, notice.count), (NoticeKind::Structure, 2));
}

#[test]
fn reads_decimal_commas() {
    let inside =
        "<AltitudeMeters>700,5</AltitudeMeters><DistanceMeters>12,25</DistanceMeters>";
    let points = [point(0, inside), point(1, inside)].concat();
    let reading = reading(&format!(
        "<Activities><Activity><Lap><TotalTimeSeconds>60,5</TotalTimeSeconds>\
         <Track>{points}</Track></Lap></Activity></Activities>"
    ))
    .unwrap();
    let activity = &reading.activities[0];
    assert_eq!(activity.elevation_m(), [700.5; 2]);
    assert_eq!(activity.distance_m(), [12.25; 2]);
    assert_eq!(activity.header.reported.timer_s, Some(60.5));
    assert_eq!(reading.notices[0].count, 4);
}

#[test]
fn keeps_the_distance_without_positions() {
    let metres = |m: u32| format!("<DistanceMeters>{m}</DistanceMeters>");
    let bad = POSITION.replace("47", "147") + &metres(9);
    let points =
        [point(0, &metres(0)), point(1, &metres(3)), point(2, ""), point(3, &bad)]
            .concat();
    let reading = reading(&format!(
        "<Activities><Activity><Lap><Track>{points}</Track></Lap></Activity></Activities>"
    ))
    .unwrap();
    let activity = &reading.activities[0];
    assert_eq!(activity.distance_m(), [0.0, 3.0, 9.0]);
    assert!(activity.latitude_deg().iter().all(|d| d.is_nan()));
    assert_eq!(reading.notices.len(), 1);
}

#[test]
fn rejects_nothing_and_keeps_what_precedes_a_cut() {
    assert_eq!(reading("<Activities/>").unwrap_err().kind(), Kind::NoPoints);
    let text = format!(
        "<TrainingCenterDatabase><Activities><Activity><Lap>{}",
        track(0..5).replace("</Track>", "<Trackpoint>")
    );
    let reading = crate::read::bytes(text.as_bytes()).unwrap();
    assert_eq!(reading.activities[0].len(), 5);
    assert_eq!(reading.notices[0].kind, NoticeKind::Truncated);
}
