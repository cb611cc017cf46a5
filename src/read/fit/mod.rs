//! FIT to activities: part after part of a chained file, each as far as it goes.
//!
//! Each module needs those before it: `profile` and `developer` (what fields there are), `messages`
//! and `part` (bytes to messages), `layout` (where fields lie), `record` and `direct` (the general and
//! the fast way to read a record), `local` (which of both), `merge`, `recording` (all of a part).
//!
//! Nothing in here may panic, whatever the bytes: indexing, `unwrap` and arithmetic that can
//! overflow are errors of the build.

#![cfg_attr(
    not(test),
    deny(
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic
    )
)]

mod clock;
mod course_point;
mod crc;
mod damage;
mod developer;
mod device;
mod direct;
mod layout;
mod local;
mod merge;
mod messages;
mod part;
mod profile;
#[cfg(feature = "inspect")]
pub(crate) mod raw;
mod record;
mod recording;
mod refusal;
mod resume;
mod sessions;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod writer;

use self::damage::Damage;
use self::local::LocalType;
use self::messages::{Cause, Definition, Fault, LOCAL_TYPES, Message};
use self::part::{Checksum, Length, Part};
use self::recording::Recording;
use self::refusal::{no_header, not_an_activity, place, too_many};
pub use self::resume::SEARCHED_BYTES;
use super::limits::Limits;
use super::notice::Notices;
use super::track_builder::{REPEATED, is_repeated};
use super::{NoticeKind, Reading, Shortcut};
use crate::activity::Activity;
use crate::error::{Error, Kind};

/// Newest major version of the protocol that is known.
const KNOWN_PROTOCOL: u8 = 2;
/// First version of the protocol with developer fields.
const DEVELOPER_PROTOCOL: u8 = 2;
/// FIT's file types that hold a route: an activity, a course.
const RECORDING_FILES: [u8; 2] = [4, 6];

/// Reads the activities of a FIT file, or of several that follow each other.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Reading, Error> {
    let mut reader = Reader::new(*limits);
    let mut at = 0;
    loop {
        let part = match Part::at(bytes, at) {
            Ok(part) => part,
            Err(why) if at == 0 => return Err(no_header(why, bytes.len())),
            Err(_) => {
                reader.note_trailing(bytes.get(at..).unwrap_or_default(), at);
                break;
            }
        };
        reader.note_state(&part, bytes.len());
        reader.walk(&part)?;
        at = part.end;
        if at >= bytes.len() {
            break;
        }
    }
    reader.finish()
}

/// What all parts of a file have told so far.
struct Reader {
    limits: Limits,
    notices: Notices,
    activities: Vec<Activity>,
    local_types: [LocalType; LOCAL_TYPES],
    /// Data messages read.
    messages: u64,
    points: usize,
    /// The first fault, for the case that nothing was read.
    fault: Option<(Fault, u64)>,
    /// Bytes that may still be searched for where messages go on.
    search_left_bytes: usize,
    /// The first file type stated.
    file_type: Option<u8>,
    has_session: bool,
    /// Whether the bytes end before the length that a header states.
    cut: bool,
}

impl Reader {
    fn new(limits: Limits) -> Reader {
        Reader {
            limits,
            notices: Notices::default(),
            activities: Vec::new(),
            local_types: Default::default(),
            messages: 0,
            points: 0,
            fault: None,
            search_left_bytes: SEARCHED_BYTES,
            file_type: None,
            has_session: false,
            cut: false,
        }
    }

    /// Notes what header and end of a part say of its state.
    fn note_state(&mut self, part: &Part<'_>, file_bytes: usize) {
        self.cut |= part.length != Length::Stated;
        let notices = &mut self.notices;
        if !part.header.sound {
            notices.note(NoticeKind::Checksum, || {
                "the header's checksum differs".to_owned()
            });
        }
        if part.header.protocol > KNOWN_PROTOCOL {
            let protocol = part.header.protocol;
            notices.note(NoticeKind::Unusual, || {
                format!("FIT protocol {protocol}, newer than is known here")
            });
        }
        match part.length {
            Length::Stated => {}
            Length::Unwritten => notices.note(NoticeKind::Truncated, || {
                "the length was never written (the device died?); read to the end"
                    .to_owned()
            }),
            Length::Short => {
                let claimed = part.header.data_size;
                notices.note(NoticeKind::Truncated, || {
                    format!("the header promises {claimed} bytes, the file of {file_bytes} ends before")
                });
            }
        }
        match (part.checksum, part.length) {
            (Checksum::Missing, Length::Stated) => notices
                .note(NoticeKind::Truncated, || {
                    "the checksum at the end is missing".to_owned()
                }),
            (Checksum::Wrong, _) => notices.note(NoticeKind::Checksum, || {
                "the checksum differs: some value may be off".to_owned()
            }),
            // missing, where it was said already that the end is
            (Checksum::Right | Checksum::Missing, _) => {}
        }
    }

    /// Reads the messages of a part.
    fn walk(&mut self, part: &Part<'_>) -> Result<(), Error> {
        let mut recording = Recording::within(self.limits.waypoints);
        let mut messages = part.messages();
        let mut damage = Damage::default();
        let points_left = self.limits.points.saturating_sub(self.points);
        while let Some(message) = messages.next() {
            match message {
                Ok(Message::Data { local, body, low_time }) => {
                    self.messages = self.messages.saturating_add(1);
                    if let Some(local) = self.local_types.get(local) {
                        let chars = self.limits.name_chars;
                        recording.take(local, body, low_time, chars, &mut self.notices);
                    }
                    if recording.points() > points_left {
                        return Err(too_many(self.limits.points));
                    }
                }
                Ok(Message::Defined { local, definition }) => {
                    if definition.global == profile::record::MESSAGE {
                        let records = messages.at_most(local).min(points_left);
                        recording.expect(records, part.size());
                    }
                    self.define(local, &definition, part, &recording);
                }
                Err(fault) => {
                    let record = self.messages;
                    self.fault.get_or_insert((fault, record));
                    if !damage.skip(
                        fault,
                        record,
                        &mut messages,
                        &recording,
                        &mut self.search_left_bytes,
                    ) {
                        self.note_fault(fault, part.length);
                    }
                }
            }
        }
        damage.tell(&mut self.notices);
        self.end_part(recording)
    }

    /// Lets data of a local type mean this from now on.
    fn define(
        &mut self,
        local: usize,
        definition: &Definition<'_>,
        part: &Part<'_>,
        recording: &Recording,
    ) {
        self.note_definition(definition, part.header.protocol);
        if let Some(local) = self.local_types.get_mut(local) {
            local.redefine(definition, &recording.developer_fields, &mut self.notices);
        }
    }

    /// Adds the activities of a part.
    fn end_part(&mut self, recording: Recording) -> Result<(), Error> {
        self.file_type = self.file_type.or(recording.file_type);
        self.has_session |= recording.has_session();
        let activities = recording.finish(&mut self.notices);
        self.points =
            activities.iter().fold(self.points, |sum, a| sum.saturating_add(a.len()));
        if self.points > self.limits.points {
            return Err(too_many(self.limits.points));
        }
        for activity in activities {
            if is_repeated(&activity, &self.activities) {
                self.notices.note_apart(NoticeKind::Structure, 1, REPEATED.to_owned());
            } else {
                self.activities.push(activity);
            }
        }
        Ok(())
    }

    fn note_definition(&mut self, definition: &Definition<'_>, protocol: u8) {
        if definition.unusual {
            self.notices.note(NoticeKind::Unusual, || {
                "a definition with an unknown byte order or a reserved bit, read as usual"
                    .to_owned()
            });
        }
        if protocol < DEVELOPER_PROTOCOL && definition.developer_fields().next().is_some()
        {
            self.notices.note(NoticeKind::Unusual, || {
                format!("developer fields, which FIT protocol {protocol} does not have")
            });
        }
    }

    fn note_fault(&mut self, fault: Fault, length: Length) {
        let place = place(fault.byte, self.messages);
        match fault.cause {
            // said already that the file is too short
            Cause::Cut if length != Length::Stated => {}
            Cause::Cut => self.notices.note(NoticeKind::Truncated, || {
                format!("{place}: the messages end inside this one")
            }),
            Cause::Undefined(local) => self.notices.note(NoticeKind::Damaged, || {
                format!("{place}: data of local type {local}, which is not defined; not read on")
            }),
        }
    }

    fn note_trailing(&mut self, rest: &[u8], at: usize) {
        let count = rest.len();
        self.notices.note(NoticeKind::Trailing, || {
            let what = if rest.iter().all(|byte| *byte == 0) {
                "zeros (padding)"
            } else if part::begins_part(rest) {
                "bytes of a chained file cut off in its header"
            } else {
                "bytes that are no FIT"
            };
            format!("byte {at:#x}: {count} {what} after the end, left alone")
        });
    }

    /// Returns the reading; an error where no record was found.
    fn finish(self) -> Result<Reading, Error> {
        if !self.activities.is_empty() {
            let Reader { activities, notices, .. } = self;
            return Ok(Reading {
                activities,
                notices: notices.into_vec(),
                shortcut: Shortcut::default(),
            });
        }
        if let Some(file_type) = self.file_type
            && !RECORDING_FILES.contains(&file_type)
        {
            return Err(not_an_activity(file_type));
        }
        if let Some((fault, record)) = self.fault {
            let cause = match fault.cause {
                Cause::Cut => "the file ends here, before the first record".to_owned(),
                Cause::Undefined(local) => {
                    format!(
                        "data of local type {local} before its definition, no record read"
                    )
                }
            };
            return Err(Error::new(Kind::Damaged, cause)
                .at(place(fault.byte, record))
                .hint("copy the file from the device once more"));
        }
        if self.has_session {
            return Err(Error::new(
                Kind::NoPoints,
                "a session without records: totals, but nothing of the way",
            )
            .hint("entered by hand or swum in a pool; there is no way to score"));
        }
        if self.messages == 0 && self.cut {
            return Err(Error::new(Kind::Damaged, "the file ends after its FIT header")
                .hint("copy the file from the device once more"));
        }
        Err(Error::new(Kind::NoPoints, "a FIT file without records")
            .hint("the device recorded no position, height or distance"))
    }
}
