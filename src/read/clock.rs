//! Seconds since the first time of a file, and the words about times that could not be read.

use jiff::Timestamp;

use crate::activity::Header;
use crate::read::notice::{NoticeKind, Notices};
use crate::read::time;

/// Turns written times into seconds since the first of them.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    start_unix_s: Option<f64>,
}

impl Clock {
    /// Seconds since the first time, which is entered into the header; NaN for a time that
    /// cannot be read.
    pub(crate) fn seconds(
        &mut self,
        text: &str,
        header: &mut Header,
        notices: &mut Notices,
    ) -> f64 {
        let Some(instant) = time::parse(text) else {
            notices.note(NoticeKind::BadTime, || {
                let shown: String = text.chars().take(40).collect();
                format!("a time that cannot be read: \"{shown}\"")
            });
            return f64::NAN;
        };
        if instant.offset_s.is_none() {
            notices
                .note(NoticeKind::NoZone, || "times without a zone, read as UTC".into());
        }
        let start = *self.start_unix_s.get_or_insert_with(|| {
            header.start = start_of(instant.unix_s);
            header.utc_offset_s = instant.offset_s.filter(|offset| *offset != 0);
            instant.unix_s
        });
        instant.unix_s - start
    }
}

/// A timestamp from seconds since 1970.
pub(crate) fn start_of(unix_s: f64) -> Option<Timestamp> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "years 1900 to 2200 fit in i64 easily"
    )]
    Timestamp::from_millisecond((unix_s * 1000.0).round() as i64).ok()
}
