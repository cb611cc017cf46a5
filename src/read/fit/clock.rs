//! The times of a part: stamps of a FIT file to seconds since its first record.

use jiff::Timestamp;

use crate::activity::Activity;
use crate::read::NoticeKind;
use crate::read::dates::{self, LONG_JUMP_S};
use crate::read::notice::Notices;

/// FIT counts seconds from 1989-12-31T00:00:00Z.
const EPOCH_UNIX_S: i64 = 631_065_600;
/// Stamps below count from when the device was switched on.
pub(super) const FIRST_DATE: u32 = 0x1000_0000;
/// 2100-01-01: no file of today tells of it.
const FAR_FUTURE: u32 = 3_471_379_200;

/// Returns the instant of a stamp that is a date.
pub(super) fn instant(stamp: u32) -> Option<Timestamp> {
    instant_at(i64::from(stamp)).filter(|_| stamp >= FIRST_DATE)
}

fn instant_at(fit_s: i64) -> Option<Timestamp> {
    Timestamp::from_second(fit_s.saturating_add(EPOCH_UNIX_S)).ok()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Zero {
    /// The stamp of second 0 is a date.
    Date(i64),
    /// It counts from when the device was switched on.
    SwitchedOn(i64),
}

/// Turns stamps to seconds since the first record.
#[derive(Debug, Default)]
pub(super) struct Clock {
    zero: Option<Zero>,
    last_s: f64,
    /// Whether the times are a course's, made up by a planner: nothing is said of them.
    pub(super) is_planned: bool,
    /// Stamps lie so far apart that their dates are to be settled at the end.
    far_apart: bool,
    /// The last stamp of any message, from which compressed times count.
    reference: Option<u32>,
}

impl Clock {
    /// A message with a full stamp was met.
    pub(super) fn set_reference(&mut self, stamp: u32) {
        self.reference = Some(stamp);
    }

    /// Returns the last stamp of any message.
    pub(super) fn last_stamp(&self) -> Option<u32> {
        self.reference
    }

    /// Returns the stamp whose low five bits a compressed header carries; it rolls over every 32 s.
    pub(super) fn expand(
        &mut self,
        low_time: u8,
        created: Option<u32>,
        notices: &mut Notices,
    ) -> u32 {
        let reference = self.reference.unwrap_or_else(|| {
            notices.note(NoticeKind::BadTime, || {
                "compressed times without a full one before, counted from the file's creation"
                    .to_owned()
            });
            created.unwrap_or(0)
        });
        let passed = u32::from(low_time).wrapping_sub(reference) & 0x1F;
        let stamp = reference.saturating_add(passed);
        self.reference = Some(stamp);
        stamp
    }

    /// Returns the seconds since the first record, for a record of this stamp.
    #[expect(clippy::cast_possible_truncation, reason = "times stay within 2^33 seconds")]
    pub(super) fn record_s(&mut self, stamp: u32, notices: &mut Notices) -> f64 {
        let is_date = stamp >= FIRST_DATE;
        let stamp_s = i64::from(stamp);
        let zero_s = match self.zero {
            None => {
                self.last_s = 0.0;
                self.zero = Some(if is_date {
                    Zero::Date(stamp_s)
                } else {
                    Zero::SwitchedOn(stamp_s)
                });
                if stamp >= FAR_FUTURE {
                    notices.note(NoticeKind::BadTime, || {
                        "the records are dated beyond the year 2100".to_owned()
                    });
                }
                stamp_s
            }
            Some(Zero::Date(zero_s)) if is_date => zero_s,
            Some(Zero::SwitchedOn(zero_s)) if !is_date => zero_s,
            Some(Zero::SwitchedOn(_)) => {
                // the device learned the date on the way: go on where the time stood
                let zero_s = stamp_s.saturating_sub(self.last_s as i64).saturating_sub(1);
                self.zero = Some(Zero::Date(zero_s));
                zero_s
            }
            Some(Zero::Date(_)) => {
                notices.note(NoticeKind::BadTime, || {
                    "records dated 1989 amid others, their times left out".to_owned()
                });
                return f64::NAN;
            }
        };
        if self.is_planned {
            self.last_s = stamp_s.saturating_sub(zero_s) as f64;
            return self.last_s;
        }
        if !is_date {
            notices.note(NoticeKind::BadTime, || {
                "times count from when the device was switched on, not from a date"
                    .to_owned()
            });
        }
        #[expect(clippy::cast_precision_loss, reason = "seconds stay below 2^53")]
        let second = stamp_s.saturating_sub(zero_s) as f64;
        if dates::is_far(second - self.last_s) {
            self.far_apart = true;
        } else if second < self.last_s {
            notices.note(NoticeKind::BadTime, || {
                format!("the clock goes back by {} s", self.last_s - second)
            });
        }
        self.last_s = second;
        second
    }

    /// Settles the dates of the records, all of which have come: what is far from the rest dates
    /// nothing.
    pub(super) fn settle(&mut self, activity: &mut Activity, notices: &mut Notices) {
        if !self.far_apart {
            return;
        }
        for (count, words) in
            dates::settle_within(activity, 0..activity.len(), self.unix_s())
        {
            notices.note_apart(NoticeKind::BadTime, count, words);
        }
        #[expect(clippy::cast_possible_truncation, reason = "stamps are 32 bits")]
        let moved_s = dates::begin_at_first(activity).round() as i64;
        self.zero = match self.zero {
            Some(Zero::Date(zero_s)) => Some(Zero::Date(zero_s.saturating_add(moved_s))),
            Some(Zero::SwitchedOn(zero_s)) => {
                Some(Zero::SwitchedOn(zero_s.saturating_add(moved_s)))
            }
            None => None,
        };
        let mut last_s = f64::NAN;
        for time_s in activity.time_s().iter().filter(|t| t.is_finite()) {
            let step_s = time_s - last_s;
            if step_s < -dates::FAR_S {
                notices.note(NoticeKind::BadTime, || {
                    format!("the clock goes back by {} s", -step_s)
                });
            } else if step_s > LONG_JUMP_S {
                notices.note(NoticeKind::BadTime, || {
                    format!("the clock jumps ahead by {:.0} days", step_s / 86_400.0)
                });
            }
            last_s = *time_s;
        }
    }

    /// Returns the seconds from 1970 to second 0.
    #[expect(clippy::cast_precision_loss, reason = "seconds stay below 2^53")]
    fn unix_s(&self) -> Option<f64> {
        match self.zero? {
            Zero::Date(zero_s) => Some(zero_s.saturating_add(EPOCH_UNIX_S) as f64),
            Zero::SwitchedOn(_) => None,
        }
    }

    /// Returns the seconds since the first record, for a stamp of a summary.
    pub(super) fn summary_s(&self, stamp: u32) -> Option<f64> {
        let zero_s = match self.zero? {
            Zero::Date(zero_s) if stamp >= FIRST_DATE => zero_s,
            Zero::SwitchedOn(zero_s) if stamp < FIRST_DATE => zero_s,
            _ => return None,
        };
        #[expect(clippy::cast_precision_loss, reason = "seconds stay below 2^53")]
        Some(i64::from(stamp).saturating_sub(zero_s) as f64)
    }

    /// Returns the instant of second 0.
    pub(super) fn start(&self, created: Option<u32>) -> Option<Timestamp> {
        match self.zero? {
            Zero::Date(zero_s) => instant_at(zero_s),
            Zero::SwitchedOn(_) => created.and_then(instant),
        }
    }
}

/// Returns the seconds from 1970 to a stamp that is a date.
#[expect(clippy::cast_precision_loss, reason = "seconds stay below 2^53")]
pub(super) fn dated(stamp: u32) -> Option<f64> {
    instant(stamp).map(|instant| instant.as_second() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rolls_compressed_times_over() {
        let mut clock = Clock::default();
        let mut notices = Notices::default();
        clock.set_reference(0x4000_001E);
        assert_eq!(clock.expand(0x1F, None, &mut notices), 0x4000_001F);
        assert_eq!(clock.expand(0x00, None, &mut notices), 0x4000_0020);
        assert_eq!(clock.expand(0x00, None, &mut notices), 0x4000_0020);
        assert_eq!(clock.expand(0x1F, None, &mut notices), 0x4000_003F);
        assert!(notices.into_vec().is_empty());
    }

    #[test]
    fn continues_times_once_the_date_is_known() {
        let mut clock = Clock::default();
        let mut notices = Notices::default();
        assert_eq!(clock.record_s(100, &mut notices).to_bits(), 0.0_f64.to_bits());
        assert_eq!(clock.record_s(110, &mut notices).to_bits(), 10.0_f64.to_bits());
        let second = clock.record_s(1_000_000_000, &mut notices);
        assert_eq!(second.to_bits(), 11.0_f64.to_bits());
        let start = clock.start(None).map(Timestamp::as_second);
        assert_eq!(start, Some(1_000_000_000 - 11 + EPOCH_UNIX_S));
    }
}
