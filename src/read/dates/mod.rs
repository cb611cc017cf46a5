//! Dates of recordings: which can be, which are doubtful, and where the time of one begins.

mod settle;

use jiff::Timestamp;

use crate::activity::Activity;

pub(crate) use settle::settle_within;

/// A step further than this, ahead or back, ends a run of stamps. Ours: nobody stands longer
/// with the recorder running, and a night in a hut is longer.
pub(crate) const FAR_S: f64 = 6.0 * 3_600.0;

/// A jump ahead that no outing holds, s. Ours.
pub(crate) const LONG_JUMP_S: f64 = 30.0 * 86_400.0;

/// 1990-01-01: no civil receiver recorded before, and every count of a device without a date
/// (1970, 1980, 1989-12-31) begins before.
const FIRST_DATE_UNIX_S: f64 = 631_152_000.0;

/// 2100-01-01: no file of today tells of it.
const LAST_DATE_UNIX_S: f64 = 4_102_444_800.0;

/// No FIT file is older: 2007-01-01, s since 1970.
pub(crate) const FIRST_FIT_UNIX_S: f64 = 1_167_609_600.0;

/// Whether an instant may be a recording's.
pub(crate) fn is_date(unix_s: f64) -> bool {
    (FIRST_DATE_UNIX_S..LAST_DATE_UNIX_S).contains(&unix_s)
}

/// Whether two stamps that follow each other belong to different runs.
pub(crate) fn is_far(step_s: f64) -> bool {
    step_s.abs() > FAR_S
}

/// A receiver counts weeks up to 1024, s: one that does not know how often it began anew is
/// off by as much.
const ROLLOVER_S: f64 = 1024.0 * 7.0 * 86_400.0;

/// What states the true date of a recording lies within two days of it, s. Ours.
const WITNESS_S: f64 = 2.0 * 86_400.0;

/// Returns a doubt about the date of a recording that seems 1024 weeks too old: `witness` is
/// another date in the file, `oldest` the first at which a file of its kind can have been written.
/// All in seconds since 1970.
pub(crate) fn doubt(unix_s: f64, witness: Option<f64>, oldest: f64) -> Option<String> {
    let right_s = unix_s + ROLLOVER_S;
    let witnessed = witness.is_some_and(|other| (other - right_s).abs() <= WITNESS_S);
    let doubtful = is_date(unix_s) && (witnessed || unix_s < oldest);
    doubtful.then(|| {
        format!(
            "dated {}, which may be 1024 weeks too early (a receiver's count of weeks that \
             began anew): then it was {}",
            day(unix_s),
            day(right_s)
        )
    })
}

/// Returns the day of an instant, as it is written.
pub(crate) fn day(unix_s: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "dates of three centuries")]
    let instant = Timestamp::from_second(unix_s as i64).map(|t| t.to_string());
    let instant = instant.unwrap_or_default();
    instant.split('T').next().unwrap_or_default().to_owned()
}

/// Counts the times from the first one on; returns the second that became second 0.
pub(crate) fn begin_at_first(activity: &mut Activity) -> f64 {
    let (time_s, ..) = activity.times_and_places();
    let first = time_s.iter().copied().find(|t| t.is_finite());
    let zero_s = first.unwrap_or(0.0);
    if zero_s != 0.0 {
        for time in time_s {
            // a difference of large numbers: what they hold of it are microseconds
            *time = ((*time - zero_s) * 1e6).round() / 1e6;
        }
    }
    zero_s
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubts_a_date_1024_weeks_early() {
        // 2004-10-30T08:00:00Z and 1024 weeks later
        let (early, right) = (1_099_123_200.0_f64, 1_718_438_400.0);
        assert_eq!((right - early).to_bits(), ROLLOVER_S.to_bits());
        let words = doubt(early, Some(right + 600.0), 0.0).unwrap();
        assert!(words.starts_with("dated 2004-10-30,") && words.ends_with("2024-06-15"));
        assert!(doubt(early, None, 1_167_609_600.0).is_some());
        assert_eq!(doubt(early, Some(early), 0.0), None);
        assert_eq!(doubt(right, Some(right), 1_167_609_600.0), None);
        assert_eq!(doubt(early, Some(right + 7.0 * 86_400.0), 0.0), None);
    }
}
