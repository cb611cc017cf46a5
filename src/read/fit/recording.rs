//! What one part of a file tells, gathered message by message: records at once into their
//! columns, events into pauses, summaries into the header.

use super::clock::{self, Clock};
use super::course_point;
use super::developer::{DeveloperField, DeveloperFields};
use super::device;
use super::layout::Layout;
use super::local::LocalType;
use super::merge::Merger;
use super::profile::{self, TIMESTAMP};
use super::record::{Odometer, Record};
use super::sessions::{self, LapStamps, MOST_LAPS, MOST_SESSIONS, Session};
use crate::activity::{Activity, HeightSensor, Nature, Reported};
use crate::read::NoticeKind;
use crate::read::dates::{self, FIRST_FIT_UNIX_S};
use crate::read::notice::Notices;
use crate::read::waypoints::Waypoints;

/// FIT's file type of a course.
const COURSE_FILE: u8 = 6;
/// Records that devices write after the timer stopped. Ours.
const USUAL_AFTER_STOP: u32 = 2;

/// Whether the device's timer runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Timer {
    #[default]
    Runs,
    /// Stopped at this stamp; so many records came later.
    Stopped { at: Option<u32>, later: u32 },
}

/// What the messages of one part have told so far.
#[derive(Debug, Default)]
pub(super) struct Recording {
    /// Type in `file_id`.
    pub(super) file_type: Option<u8>,
    /// Developer fields described so far.
    pub(super) developer_fields: DeveloperFields,
    activity: Activity,
    clock: Clock,
    merger: Merger,
    odometer: Odometer,
    timer: Timer,
    sessions: Vec<Session>,
    laps: Vec<LapStamps>,
    created: Option<u32>,
    wheel_sensor: bool,
    /// Whether the device lists what it is made of, and whether a barometer is part of it.
    lists_sensors: bool,
    has_barometer: bool,
    waypoints: Waypoints,
}

/// Appends a complete record to the activity. It lies in the merger: copied, it would be waited
/// for.
fn append(
    record: &Record,
    activity: &mut Activity,
    clock: &mut Clock,
    timer: &mut Timer,
    notices: &mut Notices,
) {
    if let Timer::Stopped { at: Some(at), later } = timer
        && record.stamp.is_some_and(|stamp| stamp > *at)
    {
        *later = later.saturating_add(1);
    }
    let time_s = if let Some(stamp) = record.stamp {
        clock.record_s(stamp, notices)
    } else {
        notices.note(NoticeKind::BadTime, || "records without a time".to_owned());
        f64::NAN
    };
    activity.push_at(time_s, &record.sample);
}

/// Characters of a developer field's name and unit that are looked at: our choice, FIT's texts are
/// shorter.
const NAME_CHARS: usize = 64;

/// Takes on what a message says of a developer field.
pub(super) fn describe(
    layout: &Layout,
    body: &[u8],
    described: &mut DeveloperFields,
    notices: &mut Notices,
) {
    use profile::field_description as f;
    let (Some(developer), Some(number), Some(base)) = (
        layout.byte(body, f::DEVELOPER_INDEX),
        layout.byte(body, f::FIELD_NUMBER),
        layout.byte(body, f::BASE_TYPE),
    ) else {
        return;
    };
    let mut field = DeveloperField::new(base, notices);
    let scale = layout.value(body, f::SCALE).filter(|scale| *scale > 0.0);
    field.scale = scale.unwrap_or(field.scale);
    field.offset = layout.value(body, f::OFFSET).unwrap_or(field.offset);
    let of_record = layout.value(body, f::NATIVE_MESSAGE)
        == Some(f64::from(profile::record::MESSAGE));
    let native = layout.byte(body, f::NATIVE_FIELD).filter(|_| of_record);
    let text = |field| layout.text(body, field, NAME_CHARS).unwrap_or_default();
    let field = field.standing_for(native).called(&text(f::NAME), &text(f::UNITS));
    described.insert((developer, number), field);
}

impl Recording {
    /// Begins a part of which at most so many places are kept.
    pub(super) fn within(waypoints: usize) -> Recording {
        Recording { waypoints: Waypoints::at_most(waypoints), ..Recording::default() }
    }

    /// Returns the number of samples so far.
    pub(super) fn points(&self) -> usize {
        self.activity.len()
    }

    /// Returns the last stamp of any message.
    pub(super) fn last_stamp(&self) -> Option<u32> {
        self.clock.last_stamp()
    }

    /// So many records may come out of so many bytes: makes room for them, never for more than
    /// the file is large.
    pub(super) fn expect(&mut self, records: usize, bytes: usize) {
        const LEAST_RECORD_BYTES: usize = 16;
        let believed = bytes.checked_div(LEAST_RECORD_BYTES).unwrap_or(0);
        if self.activity.is_empty() && records <= believed {
            self.activity.reserve(records);
        }
    }

    /// Whether a session was told of.
    pub(super) fn has_session(&self) -> bool {
        !self.sessions.is_empty()
    }

    /// Takes in a data message.
    pub(super) fn take(
        &mut self,
        local: &LocalType,
        body: &[u8],
        low_time: Option<u8>,
        name_chars: usize,
        notices: &mut Notices,
    ) {
        let low_stamp =
            low_time.map(|low_time| self.clock.expand(low_time, self.created, notices));
        let layout = &local.layout;
        if layout.message == profile::record::MESSAGE {
            let record = self.merger.next();
            local.read_record(record, body, &mut self.odometer, notices);
            if let Some(stamp) = record.stamp {
                self.clock.set_reference(stamp);
            }
            record.stamp = record.stamp.or(low_stamp);
            if record.is_point()
                && let Some(complete) = self.merger.take()
            {
                let (activity, clock) = (&mut self.activity, &mut self.clock);
                append(complete, activity, clock, &mut self.timer, notices);
            }
            return;
        }
        let stamp = layout.whole(body, TIMESTAMP);
        if let Some(stamp) = stamp {
            self.clock.set_reference(stamp);
        }
        let stamp = stamp.or(low_stamp);
        match layout.message {
            profile::file_id::MESSAGE => self.file_id(layout, body, name_chars),
            profile::sport::MESSAGE => self.sport(layout, body, name_chars),
            profile::session::MESSAGE => self.session(layout, body, notices),
            profile::lap::MESSAGE => self.lap(layout, body, stamp, notices),
            profile::event::MESSAGE => self.event(layout, body, stamp, notices),
            profile::device_info::MESSAGE => self.device_info(layout, body),
            profile::course::MESSAGE => self.course(layout, body, name_chars),
            profile::course_point::MESSAGE => {
                course_point::take(layout, body, name_chars, &mut self.waypoints);
            }
            profile::activity::MESSAGE => self.local_time(layout, body, stamp),
            profile::field_description::MESSAGE => {
                describe(layout, body, &mut self.developer_fields, notices);
            }
            _ => {}
        }
    }

    fn flush(&mut self, notices: &mut Notices) {
        if let Some(record) = self.merger.flush() {
            let (activity, clock) = (&mut self.activity, &mut self.clock);
            append(record, activity, clock, &mut self.timer, notices);
        }
    }

    fn file_id(&mut self, layout: &Layout, body: &[u8], name_chars: usize) {
        use profile::file_id as f;
        if self.file_type.is_some() {
            return;
        }
        self.file_type = layout.byte(body, f::TYPE).or(self.file_type);
        self.merger.off = self.file_type == Some(COURSE_FILE);
        self.clock.is_planned = self.merger.off;
        self.created = layout.whole(body, f::TIME_CREATED);
        self.activity.header.device = device::name(
            layout.whole(body, f::MANUFACTURER),
            layout.whole(body, f::PRODUCT),
            layout.text(body, f::PRODUCT_NAME, name_chars),
        );
    }

    fn sport(&mut self, layout: &Layout, body: &[u8], name_chars: usize) {
        use profile::sport as f;
        let sport =
            sessions::sport(layout.byte(body, f::SPORT), layout.byte(body, f::SUB_SPORT));
        let header = &mut self.activity.header;
        header.sport.learn(sport);
        if header.name.is_none() {
            header.name = layout.text(body, f::NAME, name_chars);
        }
    }

    fn course(&mut self, layout: &Layout, body: &[u8], name_chars: usize) {
        use profile::course as f;
        let header = &mut self.activity.header;
        header.name = layout.text(body, f::NAME, name_chars).or(header.name.take());
        header.sport.learn(sessions::sport(layout.byte(body, f::SPORT), None));
    }

    fn session(&mut self, layout: &Layout, body: &[u8], notices: &mut Notices) {
        use profile::session as f;
        if self.sessions.len() >= MOST_SESSIONS {
            notices.note(NoticeKind::Structure, || {
                format!("more than {MOST_SESSIONS} sessions, the rest left out")
            });
            return;
        }
        self.sessions.push(Session {
            sport: sessions::sport(
                layout.byte(body, f::SPORT),
                layout.byte(body, f::SUB_SPORT),
            ),
            start: layout.whole(body, f::START_TIME),
            reported: Reported {
                ascent_m: layout.value(body, f::ASCENT),
                descent_m: layout.value(body, f::DESCENT),
                distance_m: layout.value(body, f::DISTANCE),
                timer_s: layout
                    .value(body, f::TIMER_TIME)
                    .or_else(|| layout.value(body, f::ELAPSED_TIME)),
            },
        });
    }

    fn lap(
        &mut self,
        layout: &Layout,
        body: &[u8],
        end: Option<u32>,
        notices: &mut Notices,
    ) {
        let start = layout.whole(body, profile::lap::START_TIME);
        let (Some(start), Some(end)) = (start, end) else { return };
        if self.laps.len() >= MOST_LAPS {
            notices.note(NoticeKind::Structure, || {
                format!("more than {MOST_LAPS} laps, the rest left out")
            });
            return;
        }
        self.laps.push(LapStamps { start, end });
    }

    fn event(
        &mut self,
        layout: &Layout,
        body: &[u8],
        stamp: Option<u32>,
        notices: &mut Notices,
    ) {
        const TIMER: u8 = 0;
        if layout.byte(body, profile::event::EVENT) != Some(TIMER) {
            return;
        }
        match layout.byte(body, profile::event::EVENT_TYPE) {
            Some(0) => {
                // only a stop with a start after it is a pause: records that simply go on
                // are believed over the event
                if self.timer != Timer::Runs {
                    self.flush(notices);
                    self.activity.pause();
                }
                self.timer = Timer::Runs;
            }
            // stop, stop_all, stop_disable, stop_disable_all
            Some(1 | 4 | 8 | 9) if self.timer == Timer::Runs => {
                self.timer = Timer::Stopped { at: stamp, later: 0 };
            }
            _ => {}
        }
    }

    fn device_info(&mut self, layout: &Layout, body: &[u8]) {
        const ANT_PLUS: u8 = 1;
        // source_type and local_device_type of the FIT profile 21
        const LOCAL: u8 = 5;
        const BAROMETER: u8 = 4;
        const SPEED_AND_CADENCE: u8 = 121;
        const SPEED: u8 = 123;
        let kind = layout.byte(body, profile::device_info::DEVICE_TYPE);
        let source = layout.byte(body, profile::device_info::SOURCE_TYPE);
        self.wheel_sensor |=
            source == Some(ANT_PLUS) && matches!(kind, Some(SPEED_AND_CADENCE | SPEED));
        self.lists_sensors |= source == Some(LOCAL) && kind.is_some();
        self.has_barometer |= source == Some(LOCAL) && kind == Some(BAROMETER);
    }

    fn local_time(&mut self, layout: &Layout, body: &[u8], stamp: Option<u32>) {
        const QUARTER_S: i64 = 15 * 60;
        const WIDEST_S: i64 = 15 * 3_600;
        let local = layout.whole(body, profile::activity::LOCAL_TIMESTAMP);
        let (Some(local), Some(stamp)) = (local, stamp) else { return };
        let offset_s = i64::from(local).saturating_sub(stamp.into());
        // both are written a second or two apart now and then; zones are whole quarters
        let quarters = offset_s.saturating_add(QUARTER_S / 2).div_euclid(QUARTER_S);
        if offset_s.abs() <= WIDEST_S {
            self.activity.header.utc_offset_s =
                i32::try_from(quarters.saturating_mul(QUARTER_S)).ok();
        }
    }

    /// Says so where the records seem 1024 weeks too old.
    fn doubt_date(&self, notices: &mut Notices) {
        let start = self.activity.header.start;
        #[expect(clippy::cast_precision_loss, reason = "seconds stay below 2^53")]
        let start_s = start.map(|start| start.as_second() as f64);
        let session = self.sessions.first().and_then(|session| session.start);
        let witness = self.created.or(session).and_then(clock::dated);
        let words = start_s
            .filter(|_| !self.clock.is_planned)
            .and_then(|s| dates::doubt(s, witness, FIRST_FIT_UNIX_S));
        if let Some(words) = words {
            notices.note_apart(NoticeKind::BadTime, 1, words);
        }
    }

    /// Returns the activities of this part; none without records.
    pub(super) fn finish(mut self, notices: &mut Notices) -> Vec<Activity> {
        self.flush(notices);
        if self.activity.is_empty() {
            return Vec::new();
        }
        if self.file_type.is_none() {
            notices.note(NoticeKind::Unusual, || {
                "no file_id message; records are there all the same".to_owned()
            });
        }
        if let Timer::Stopped { later, .. } = self.timer
            && later > USUAL_AFTER_STOP
        {
            notices.note(NoticeKind::Structure, || {
                format!("{later} records after the timer stopped for good, believed")
            });
        }
        self.clock.settle(&mut self.activity, notices);
        if self.activity.time_s().iter().any(|t| t.is_finite()) {
            self.activity.header.start = self.clock.start(self.created);
        }
        self.doubt_date(notices);
        if self.file_type == Some(COURSE_FILE) {
            self.activity.header.nature = Nature::Course;
        }
        let mut activities = sessions::divide_by_session(
            self.activity,
            &self.sessions,
            &self.laps,
            &self.clock,
            notices,
        );
        let note = |kind, count, words| notices.note_apart(kind, count, words);
        let waypoints = self.waypoints.finish(note);
        let height_sensor = match (self.has_barometer, self.lists_sensors) {
            (true, _) => HeightSensor::Barometer,
            (false, true) => HeightSensor::Satellites,
            (false, false) => HeightSensor::Untold,
        };
        for activity in &mut activities {
            activity.header.height_sensor = height_sensor;
            activity.set_waypoints(&waypoints);
            activity.header.distance_source =
                sessions::distance_source(activity, self.wheel_sensor);
        }
        activities
    }
}
