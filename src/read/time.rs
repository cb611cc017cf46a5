//! Written instants to nanoseconds: RFC 3339, and what exporters write instead.

use jiff::Timestamp;

const NS_PER_S: i64 = 1_000_000_000;

/// Digits of a fraction of a second that are kept.
const NS_DIGITS: usize = 9;

/// Nanoseconds of the last of so many digits.
const UNITS_NS: [i64; NS_DIGITS] =
    [NS_PER_S, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10];

/// What a written time says of its zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Zone {
    /// `Z`, or an offset of nothing.
    Utc,
    /// Seconds that local time is ahead of UTC.
    Offset(i32),
    /// Nothing: read as UTC.
    Unstated,
}

/// One instant as a file states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Nanoseconds since 1970-01-01T00:00:00Z; years 1900 to 2200 only, so it always fits.
    pub(crate) unix_ns: i64,
    /// The zone.
    pub(crate) zone: Zone,
}

impl Moment {
    /// Returns the seconds since 1970.
    pub(crate) fn unix_s(self) -> f64 {
        self.unix_ns as f64 / NS_PER_S as f64
    }
}

/// Reads `2026-04-26T08:30:00.125Z` and its kin: a blank for the `T`, a comma in the fraction,
/// a fraction of any length (cut to nanoseconds), an offset with or without its colon, no zone,
/// second 60. Anything else, any impossible date and any year outside 1900..=2200 is `None`.
pub(crate) fn parse(text: &[u8], calendar: &mut Calendar) -> Option<Moment> {
    let (date, rest) = text.trim_ascii().split_first_chunk()?;
    let ([between, h1, h2, b':', n1, n2, b':', s1, s2], rest) =
        rest.split_first_chunk()?
    else {
        return None;
    };
    if !matches!(between, b'T' | b't' | b' ') {
        return None;
    }
    let days = calendar.days(date)?;
    let (hour, minute, second) = (two(*h1, *h2)?, two(*n1, *n2)?, two(*s1, *s2)?);
    let midnight = hour == 24 && minute == 0 && second == 0;
    if (hour > 23 && !midnight) || minute > 59 || second > 60 {
        return None;
    }
    let (fraction_ns, rest) = fraction(rest)?;
    let zone = zone(rest)?;
    let offset_s = if let Zone::Offset(seconds) = zone { i64::from(seconds) } else { 0 };
    let unix_s = days * 86_400 + hour * 3_600 + minute * 60 + second - offset_s;
    Some(Moment { unix_ns: unix_s * NS_PER_S + fraction_ns, zone })
}

/// Written dates to days, one after the other: nearly all times of a file are of one day, which
/// is remembered.
#[derive(Debug, Default)]
pub(crate) struct Calendar {
    last: Option<(Date, i64)>,
}

/// `2026-04-26`.
type Date = [u8; 10];

impl Calendar {
    /// Returns the days since 1970-01-01 of a date from 1900 to 2200.
    fn days(&mut self, date: &Date) -> Option<i64> {
        match &self.last {
            Some((last, days)) if last == date => Some(*days),
            _ => {
                let days = days(date)?;
                self.last = Some((*date, days));
                Some(days)
            }
        }
    }
}

fn days(date: &Date) -> Option<i64> {
    let [y1, y2, y3, y4, dash, m1, m2, other_dash, d1, d2] = *date;
    let year = two(y1, y2)? * 100 + two(y3, y4)?;
    let (month, day) = (two(m1, m2)?, two(d1, d2)?);
    let exists = [dash, other_dash] == *b"--"
        && (1900..=2200).contains(&year)
        && (1..=12).contains(&month)
        && (1..=days_in_month(year, month)).contains(&day);
    exists.then(|| days_from_civil(year, month, day))
}

/// Seconds since the first moment asked for: what turns moments into a column.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    start_ns: Option<i64>,
    utc_offset_s: Option<i32>,
}

impl Clock {
    /// Returns the seconds since the first call.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a quotient of 2^53 ns is still 1 us exact"
    )]
    pub(crate) fn seconds(&mut self, moment: Moment) -> f64 {
        let start_ns = *self.start_ns.get_or_insert(moment.unix_ns);
        if let (None, Zone::Offset(seconds)) = (self.utc_offset_s, moment.zone) {
            self.utc_offset_s = Some(seconds);
        }
        match moment.unix_ns.checked_sub(start_ns) {
            Some(ns) => ns as f64 / NS_PER_S as f64,
            // years 1900 to 2200 on both sides: the difference may pass 2^63 ns
            None => {
                (i128::from(moment.unix_ns) - i128::from(start_ns)) as f64
                    / NS_PER_S as f64
            }
        }
    }

    /// Returns the first moment, where there was one.
    pub(crate) fn start(&self) -> Option<Timestamp> {
        self.after(0.0)
    }

    /// Returns the seconds from 1970 to the first moment.
    pub(crate) fn unix_s(&self) -> Option<f64> {
        Some(self.start_ns? as f64 / NS_PER_S as f64)
    }

    /// Returns the instant so many seconds after the first, to the microsecond.
    pub(crate) fn after(&self, seconds: f64) -> Option<Timestamp> {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "years 1900 to 2200: some 2^54 microseconds"
        )]
        let passed_us = (seconds * 1e6).round() as i128;
        let start_ns = i128::from(self.start_ns?);
        Timestamp::from_nanosecond(start_ns + passed_us * 1_000).ok()
    }

    /// Returns the first offset from UTC that was stated and is not nothing.
    pub(crate) fn utc_offset_s(&self) -> Option<i32> {
        self.utc_offset_s
    }
}

fn digit(byte: u8) -> Option<i64> {
    byte.is_ascii_digit().then(|| i64::from(byte - b'0'))
}

fn two(tens: u8, ones: u8) -> Option<i64> {
    Some(digit(tens)? * 10 + digit(ones)?)
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Returns the days since 1970-01-01 in the Gregorian calendar; years begin in March, so that the
/// leap day comes last (H. Hinnant, "chrono-compatible low-level date algorithms").
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year
        - 719_468
}

/// Returns the nanoseconds of `.125` or `,125`, and what follows; digits beyond the ninth are cut.
fn fraction(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let [b'.' | b',', digits @ ..] = bytes else { return Some((0, bytes)) };
    let (mut ns, mut length) = (0, 0);
    while let Some(digit) = digits.get(length).copied().and_then(digit) {
        if length < NS_DIGITS {
            ns = ns * 10 + digit;
        }
        length += 1;
    }
    // what is missing of nanoseconds
    let unit = UNITS_NS.get(length).copied().unwrap_or(1);
    (length > 0).then_some((ns * unit, digits.get(length..)?))
}

fn zone(bytes: &[u8]) -> Option<Zone> {
    let (sign, hours, minutes) = match *bytes {
        [] => return Some(Zone::Unstated),
        [b'Z' | b'z'] => return Some(Zone::Utc),
        [sign, h1, h2] => (sign, two(h1, h2)?, 0),
        [sign, h1, h2, b':', m1, m2] | [sign, h1, h2, m1, m2] => {
            (sign, two(h1, h2)?, two(m1, m2)?)
        }
        _ => return None,
    };
    if hours > 23 || minutes > 59 {
        return None;
    }
    let seconds = i32::try_from(hours * 3_600 + minutes * 60).ok()?;
    match sign {
        b'+' | b'-' if seconds == 0 => Some(Zone::Utc),
        b'+' => Some(Zone::Offset(seconds)),
        b'-' => Some(Zone::Offset(-seconds)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &[u8]) -> Option<Moment> {
        super::parse(text, &mut Calendar::default())
    }

    fn ns(text: &str) -> i64 {
        parse(text.as_bytes()).unwrap_or_else(|| panic!("{text}")).unix_ns
    }

    #[test]
    fn agrees_with_a_calendar_on_every_day_of_three_centuries() {
        let mut calendar = Calendar::default();
        let mut date = jiff::civil::date(1900, 1, 1);
        let mut unix_s = -2_208_988_800;
        while date.year() <= 2200 {
            for time in ["T00:00:00Z", "T24:00:00+24:00", "T00:00:00Z"] {
                let text = format!("{date}{time}");
                let expected = time.ends_with('Z').then_some(unix_s * NS_PER_S);
                let read = super::parse(text.as_bytes(), &mut calendar);
                assert_eq!(read.map(|moment| moment.unix_ns), expected, "{date}");
            }
            date = date.tomorrow().unwrap();
            unix_s += 86_400;
        }
    }

    #[test]
    fn reads_all_forms_of_one_instant() {
        let plain = ns("2023-11-14T22:13:20Z");
        assert_eq!(plain, 1_700_000_000 * NS_PER_S);
        for form in [
            "2023-11-15T03:43:20+05:30",
            "2023-11-15T03:43:20+0530",
            "2023-11-14T19:13:20-03",
            " 2023-11-14t22:13:20z\n",
            "2023-11-14 22:13:20",
            "2023-11-14T22:13:20.000",
            "2023-11-14T22:13:20,0000000000000000000Z",
        ] {
            assert_eq!(ns(form), plain, "{form}");
        }
        assert_eq!(parse(b"2023-11-14T22:13:20").map(|m| m.zone), Some(Zone::Unstated));
        assert_eq!(
            parse(b"2023-11-15T03:43:20+05:30").map(|m| m.zone),
            Some(Zone::Offset(19_800))
        );
        assert_eq!(parse(b"2023-11-14T22:13:20+00:00").map(|m| m.zone), Some(Zone::Utc));
    }

    #[test]
    fn reads_fractions_leap_seconds_and_midnight() {
        assert_eq!(ns("1970-01-01T00:00:00.123456789012Z"), 123_456_789);
        assert_eq!(ns("1969-12-31T23:59:59.5Z"), -NS_PER_S / 2);
        assert_eq!(ns("2016-12-31T23:59:60Z"), ns("2017-01-01T00:00:00Z"));
        assert_eq!(ns("2016-12-31T24:00:00Z"), ns("2017-01-01T00:00:00Z"));
    }

    #[test]
    fn rejects_impossible_times() {
        for bad in [
            "",
            " ",
            "yesterday",
            "1700000003",
            "14/11/2023 22:13:25",
            "2023-02-29T00:00:00Z",
            "2023-02-30T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "2023-13-01T00:00:00Z",
            "2023-00-01T00:00:00Z",
            "2023-11-14T25:61:61Z",
            "2023-11-14T24:00:01Z",
            "2023-11-14T22:13:20+99:99",
            "2023-11-14T22:13:20 Z",
            "2023-11-14T22:13:20.Z",
            "2023-11-14T22:13:20Zulu",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "-0044-03-15T00:00:00Z",
            "+262144-01-01T00:00:00Z",
            "２０23-11-14T22:13:20Z",
        ] {
            assert_eq!(parse(bad.as_bytes()), None, "{bad}");
        }
    }

    #[test]
    fn counts_from_the_first_moment() {
        let mut clock = Clock::default();
        let mut at = |text: &str| clock.seconds(parse(text.as_bytes()).unwrap());
        assert!(at("2023-11-14T22:13:20Z").abs() < f64::EPSILON);
        assert!((at("2023-11-15T03:43:21.25+05:30") - 1.25).abs() < f64::EPSILON);
        assert!((at("2023-11-14T22:13:10Z") + 10.0).abs() < f64::EPSILON);
        assert!(at("2200-12-31T23:59:59Z") > 5.5e9);
        assert_eq!(clock.utc_offset_s(), Some(19_800));
        assert_eq!(clock.start().map(Timestamp::as_second), Some(1_700_000_000));
    }
}
