//! An outing as GPX, in the two hands that most GPX is written in.

use std::fmt::Write;

use crate::outing::Second;

/// 2024-05-01T06:00:00Z.
pub const START_UNIX_S: i64 = 1_714_543_200;

/// Garmin Connect: the double's digits to the last, a prefix, two spaces.
pub fn garmin(outing: &[Second], start_unix_s: i64) -> String {
    let mut out = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<gpx creator="Garmin Connect" version="1.1"
  xsi:schemaLocation="http://www.topografix.com/GPX/1/1 http://www.topografix.com/GPX/11.xsd"
  xmlns:ns3="http://www.garmin.com/xmlschemas/TrackPointExtension/v1"
  xmlns="http://www.topografix.com/GPX/1/1"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:ns2="http://www.garmin.com/xmlschemas/GpxExtensions/v3">
  <metadata>
    <link href="connect.garmin.com">
      <text>Garmin Connect</text>
    </link>
    <time>{}.000Z</time>
  </metadata>
  <trk>
    <name>Hills &amp; Woods</name>
    <type>running</type>
    <trkseg>
"#,
        clock(start_unix_s)
    );
    for (second, s) in (0..).zip(outing) {
        let _ = write!(
            out,
            r#"      <trkpt lat="{}" lon="{}">
        <ele>{}</ele>
        <time>{}.000Z</time>
        <extensions>
          <ns3:TrackPointExtension>
            <ns3:atemp>{}.0</ns3:atemp>
            <ns3:hr>{}</ns3:hr>
            <ns3:cad>{}</ns3:cad>
          </ns3:TrackPointExtension>
          <power>{}</power>
        </extensions>
      </trkpt>
"#,
            all_digits(s.latitude_deg),
            all_digits(s.longitude_deg),
            f64::from(s.elevation_m as f32),
            clock(start_unix_s + second),
            s.temperature_c,
            s.heart_rate_bpm,
            s.cadence_per_min,
            s.power_w,
        );
    }
    out + "    </trkseg>\n  </trk>\n</gpx>\n"
}

/// Strava: seven decimals, one space, power before the sensors.
pub fn strava(outing: &[Second], start_unix_s: i64) -> String {
    let mut out = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<gpx creator="StravaGPX" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.topografix.com/GPX/1/1 http://www.topografix.com/GPX/1/1/gpx.xsd" version="1.1" xmlns="http://www.topografix.com/GPX/1/1" xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">
 <metadata>
  <time>{}Z</time>
 </metadata>
 <trk>
  <name>Hills</name>
  <type>running</type>
  <trkseg>
"#,
        clock(start_unix_s)
    );
    for (second, s) in (0..).zip(outing) {
        let _ = write!(
            out,
            r#"   <trkpt lat="{:.7}" lon="{:.7}">
    <ele>{:.1}</ele>
    <time>{}Z</time>
    <extensions>
     <power>{}</power>
     <gpxtpx:TrackPointExtension>
      <gpxtpx:atemp>{}</gpxtpx:atemp>
      <gpxtpx:hr>{}</gpxtpx:hr>
      <gpxtpx:cad>{}</gpxtpx:cad>
     </gpxtpx:TrackPointExtension>
    </extensions>
   </trkpt>
"#,
            s.latitude_deg,
            s.longitude_deg,
            s.elevation_m,
            clock(start_unix_s + second),
            s.power_w,
            s.temperature_c,
            s.heart_rate_bpm,
            s.cadence_per_min,
        );
    }
    out + "  </trkseg>\n </trk>\n</gpx>\n"
}

/// Every decimal of a double that stems from semicircles; they end within 29.
fn all_digits(degrees: f64) -> String {
    format!("{degrees:.29}").trim_end_matches('0').to_owned()
}

/// The date and time of a Unix second.
fn clock(unix_s: i64) -> String {
    let (days, second) = (unix_s.div_euclid(86_400), unix_s.rem_euclid(86_400));
    // years that begin in March put the leap day last
    let since = days + 719_468;
    let era = since.div_euclid(146_097);
    let day = since.rem_euclid(146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let (date, month) = (day - (153 * month + 2) / 5 + 1, (month + 2) % 12 + 1);
    let year = era * 400 + year + i64::from(month <= 2);
    let (hour, minute) = (second / 3_600, second / 60 % 60);
    format!("{year:04}-{month:02}-{date:02}T{hour:02}:{minute:02}:{:02}", second % 60)
}
