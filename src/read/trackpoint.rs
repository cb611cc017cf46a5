//! One point of GPX or TCX: read element by element, or by the template of one before it.

use crate::activity::Sample;
use crate::error::Error;

use super::notice::NoticeKind;
use super::number::{HIGHEST_M, number, with_point};
use super::position::{Fault, Position, position};
use super::sensor::Sensor;
use super::template::{Context, Hole, Templates, Value, ValueKind};
use super::time::{Calendar, Moment, Zone, parse};
use super::xml::Document;

/// A point while it is read.
#[derive(Debug, Default)]
pub(crate) struct Point {
    /// All that was measured; the time is still in `moment`.
    pub(crate) sample: Sample,
    pub(crate) moment: Option<Moment>,
    pub(crate) states_time: bool,
    pub(crate) has_position: bool,
    /// Whether its longitude was brought back from beyond 180 degrees.
    pub(crate) wrapped: bool,
}

impl Point {
    /// Places it.
    pub(crate) fn set_position(&mut self, position: Position) {
        self.has_position = true;
        self.wrapped = position.wrapped;
        self.sample.latitude_deg = position.latitude_deg;
        self.sample.longitude_deg = position.longitude_deg;
    }

    /// Reads a height; `false` where it is none.
    fn read_height(&mut self, text: &[u8]) -> bool {
        let height = number(text);
        self.sample.elevation_m = height.unwrap_or(self.sample.elevation_m);
        height.is_some()
    }

    /// Reads a time; returns what it says of its zone, `None` where it is no time.
    fn read_time(&mut self, text: &[u8], calendar: &mut Calendar) -> Option<Zone> {
        self.states_time = true;
        self.moment = parse(text, calendar);
        self.moment.map(|moment| moment.zone)
    }

    /// Reads the values of a template; `false` where anything needs to be said of one.
    fn read_values(&mut self, holes: &[Hole<'_>], calendar: &mut Calendar) -> bool {
        *self = Point::default();
        let (mut latitude, mut longitude) = (None, None);
        for Hole { kind, value: text, .. } in holes {
            let is_sound = match kind {
                ValueKind::Latitude => {
                    latitude = latitude.or(Some(*text));
                    true
                }
                ValueKind::Longitude => {
                    longitude = longitude.or(Some(*text));
                    true
                }
                ValueKind::Ignored => true,
                ValueKind::Height => self.read_height(text),
                ValueKind::Time => matches!(
                    self.read_time(text, calendar),
                    Some(Zone::Utc | Zone::Offset(_))
                ),
                ValueKind::Sensor(sensor) => sensor.read(text, &mut self.sample),
            };
            if !is_sound {
                return false;
            }
        }
        match (latitude, longitude) {
            // indoors, TCX has none
            (None, None) => true,
            _ => position(latitude, longitude).map(|at| self.set_position(at)).is_ok(),
        }
    }
}

/// Reads the points of a document.
#[derive(Debug)]
pub(crate) struct PointReader<'d, 'a> {
    pub(crate) document: &'d mut Document<'a>,
    /// The point that is read, or was read last.
    pub(crate) point: Point,
    pub(crate) calendar: Calendar,
    templates: Templates<'a>,
    /// Whether the document is inside a point.
    inside: bool,
    /// Where the point begins in the document.
    offset: usize,
    /// Its values, from which a template is learnt ...
    values: Vec<Value<'a>>,
    /// ... unless something had to be said of them, or one is in pieces.
    unlike_others: bool,
}

impl<'d, 'a> PointReader<'d, 'a> {
    /// Begins with a document before its first point.
    pub(crate) fn new(document: &'d mut Document<'a>) -> PointReader<'d, 'a> {
        PointReader {
            document,
            point: Point::default(),
            calendar: Calendar::default(),
            templates: Templates::default(),
            inside: false,
            offset: 0,
            values: Vec::new(),
            unlike_others: false,
        }
    }

    /// Begins a point.
    ///
    /// # Errors
    /// Where there are more points than the limit.
    pub(crate) fn begin(&mut self) -> Result<(), Error> {
        self.document.count_point()?;
        self.point = Point::default();
        self.inside = true;
        self.offset = self.document.offset();
        self.values.clear();
        self.unlike_others = false;
        Ok(())
    }

    /// Returns whether the document is inside a point.
    pub(crate) fn is_inside(&self) -> bool {
        self.inside
    }

    /// Remembers the place of a value.
    pub(crate) fn add_value(&mut self, kind: ValueKind, text: &'a str) {
        self.values.push((kind, text));
    }

    /// Lets no template be learnt from the point.
    pub(crate) fn set_unlike_others(&mut self) {
        self.unlike_others = true;
    }

    /// Takes the position as it was read; what is wrong with it is noted.
    pub(crate) fn set_position(
        &mut self,
        position: Result<Position, Fault>,
    ) -> Result<(), Fault> {
        let position = position.inspect_err(|fault| {
            self.unlike_others = true;
            self.document.note(NoticeKind::BadPosition, || fault.words().to_owned());
        })?;
        self.point.set_position(position);
        Ok(())
    }

    /// Reads the text of an element that ends; what cannot be read is noted. A latitude or
    /// longitude is the format's to read.
    pub(crate) fn end_value(&mut self, kind: ValueKind, is_leaf: bool) {
        if !self.inside {
            return;
        }
        match self.document.piece() {
            Some(text) if is_leaf => self.add_value(kind, text),
            // only what nobody asks for may have elements inside, or comments
            _ => self.unlike_others |= kind != ValueKind::Ignored,
        }
        match kind {
            ValueKind::Height => self.end_height(),
            ValueKind::Time => self.end_time(),
            ValueKind::Sensor(sensor) => self.end_sensor(sensor),
            ValueKind::Latitude | ValueKind::Longitude | ValueKind::Ignored => {}
        }
    }

    fn end_height(&mut self) {
        let text = self.document.value().as_bytes();
        if self.point.read_height(text) {
            return;
        }
        self.unlike_others = true;
        match with_point(text, HIGHEST_M) {
            Some(text) if self.point.read_height(&text) => self.document.note_comma(),
            _ => self.document.note_value(NoticeKind::BadElevation, "height"),
        }
    }

    fn end_time(&mut self) {
        let text = self.document.value().as_bytes();
        match self.point.read_time(text, &mut self.calendar) {
            Some(Zone::Utc | Zone::Offset(_)) => return,
            Some(Zone::Unstated) => self.document.note(NoticeKind::NoZone, || {
                "time without a zone, read as UTC".to_owned()
            }),
            None => self.document.note_value(NoticeKind::BadTime, "time"),
        }
        self.unlike_others = true;
    }

    fn end_sensor(&mut self, sensor: Sensor) {
        let text = self.document.value().as_bytes();
        if sensor.read(text, &mut self.point.sample) {
            return;
        }
        self.unlike_others = true;
        match with_point(text, f64::INFINITY) {
            Some(text) if sensor.read(&text, &mut self.point.sample) => {
                self.document.note_comma();
            }
            _ => self.document.note_value(NoticeKind::BadValue, "sensor value"),
        }
    }

    /// Learns a template from the point that just ended; returns how many points may follow
    /// where it is the first.
    pub(crate) fn end(&mut self, context: Context) -> Option<usize> {
        self.inside = false;
        self.document.shortcut.declined += 1;
        if self.document.takes_shortcuts() && !self.unlike_others {
            let element = self.document.since(self.offset);
            self.templates.learn(element, &self.values, context);
        }
        self.document.points_to_come(self.offset)
    }

    /// Reads the next point, if it is written like one before it and nothing needs to be said of
    /// it; `false` where the document goes on element by element.
    pub(crate) fn next_alike(&mut self, context: Context) -> bool {
        if !self.document.takes_shortcuts() || !self.document.has_room() {
            return false;
        }
        let rest = self.document.rest();
        let text = rest.trim_ascii_start();
        let blanks = rest.len() - text.len();
        let Some((length, holes)) = self.templates.read(text, context) else {
            return false;
        };
        if !self.point.read_values(holes, &mut self.calendar)
            || !self.document.skip(blanks + length)
        {
            return false;
        }
        self.document.add_point();
        self.document.shortcut.taken += 1;
        true
    }
}
