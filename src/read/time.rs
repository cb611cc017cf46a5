//! Written times to seconds: RFC 3339 and what devices make of it.

/// An instant, and what was said of its zone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Instant {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub(crate) unix_s: f64,
    /// Offset from UTC, s; `None` where no zone is given and UTC is taken.
    pub(crate) offset_s: Option<i32>,
}

/// Reads `2026-07-12T05:14:00.5Z`, `+02:00`, no zone at all, a leap second. `None` for what
/// no calendar holds, or years outside 1900 to 2200.
pub(crate) fn parse(text: &str) -> Option<Instant> {
    let bytes = text.trim().as_bytes();
    let number = |from: usize, to: usize| -> Option<i64> {
        let digits = bytes.get(from..to)?;
        digits.iter().try_fold(0_i64, |n, d| {
            d.is_ascii_digit().then(|| n * 10 + i64::from(d - b'0'))
        })
    };
    let is = |at: usize, wanted: &[u8]| bytes.get(at).is_some_and(|b| wanted.contains(b));
    if !(is(4, b"-") && is(7, b"-") && is(10, b"Tt ") && is(13, b":") && is(16, b":")) {
        return None;
    }
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let in_range = (1900..=2200).contains(&year)
        && (1..=12).contains(&month)
        && (1..=days_in_month(year, month)).contains(&day)
        && hour <= 23
        && minute <= 59
        && second <= 60;
    if !in_range {
        return None;
    }
    let mut at = 19;
    let mut fraction = 0.0;
    if is(at, b".,") {
        let (mut value, mut scale) = (0_u64, 1_u64);
        at += 1;
        while let Some(digit) = bytes.get(at).filter(|b| b.is_ascii_digit()) {
            if scale < 1_000_000_000 {
                value = value * 10 + u64::from(digit - b'0');
                scale *= 10;
            }
            at += 1;
        }
        fraction = value as f64 / scale as f64;
    }
    let offset_s = match bytes.get(at) {
        None => None,
        Some(b'Z' | b'z') if at + 1 == bytes.len() => Some(0),
        Some(sign @ (b'+' | b'-')) => {
            let hours = number(at + 1, at + 3)?;
            let minutes = match bytes.len() - at {
                6 if is(at + 3, b":") => number(at + 4, at + 6)?,
                5 => number(at + 3, at + 5)?,
                3 => 0,
                _ => return None,
            };
            if hours > 18 || minutes > 59 {
                return None;
            }
            let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
            Some(if *sign == b'-' { -seconds } else { seconds })
        }
        Some(_) => return None,
    };
    let days = days_from_civil(year, month, day);
    let clock = hour * 3600 + minute * 60 + second - i64::from(offset_s.unwrap_or(0));
    Some(Instant { unix_s: (days * 86_400 + clock) as f64 + fraction, offset_s })
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the Gregorian calendar: years counted from March, so that the
/// leap day comes last.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let shifted = if month <= 2 { year - 1 } else { year };
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let leap_days =
        shifted.div_euclid(4) - shifted.div_euclid(100) + shifted.div_euclid(400);
    365 * shifted + leap_days + day_of_year - 719_468
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "whole seconds are exact")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn devices_write_time_in_many_ways() {
        let seconds = |text: &str| parse(text).map(|i| i.unix_s);
        let noon = seconds("2026-07-12T12:00:00Z").unwrap();
        assert_eq!(seconds("2026-07-12T14:00:00+02:00"), Some(noon));
        assert_eq!(seconds("2026-07-12T17:30:00+0530"), Some(noon));
        assert_eq!(seconds(" 2026-07-12T12:00:00.250Z "), Some(noon + 0.25));
        assert_eq!(
            parse("2026-07-12 12:00:00").unwrap(),
            Instant { unix_s: noon, offset_s: None }
        );
        assert_eq!(seconds("2016-12-31T23:59:60Z"), seconds("2017-01-01T00:00:00Z"),);
        for bad in [
            "",
            "2026-02-30T00:00:00Z",
            "2026-07-12T25:00:00Z",
            "2026-07-12T12:00:00+99:99",
            "yesterday",
            "0001-01-01T00:00:00Z",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn the_calendar_is_jiffs(unix in -2_000_000_000_i64..7_000_000_000) {
            let text = jiff::Timestamp::from_second(unix).unwrap().to_string();
            prop_assert_eq!(parse(&text).unwrap().unix_s, unix as f64);
        }

        #[test]
        fn no_text_breaks_it(text in ".{0,40}") {
            let _ = parse(&text);
        }
    }
}
