//! Records of one second to one: some devices write a message a sensor.

use super::record::{Record, fill, fill_zero};
use crate::activity::Sample;

/// Most records that one second may hold; more come from a clock that stands.
const MOST_A_SECOND: u32 = 20;

/// Merges records of one stamp.
#[derive(Debug, Default)]
pub(super) struct Merger {
    /// The record being read and the one that waits, in turn: neither is ever moved.
    records: [Record; 2],
    /// Which of them is read; the other waits, if any.
    reading: bool,
    waits: bool,
    merged: u32,
    heights: u32,
    sum_m: f64,
    /// Whether a course is read: its stamps are made up and often all the same.
    pub(super) off: bool,
}

impl Merger {
    /// Returns the record being read, and the one that waits.
    fn both(&mut self) -> (&mut Record, &mut Record) {
        let [one, other] = &mut self.records;
        if self.reading { (one, other) } else { (other, one) }
    }

    /// Returns where the next record is read into.
    pub(super) fn next(&mut self) -> &mut Record {
        self.both().0
    }

    /// Takes the record that was read, lends the one before it if that is complete.
    pub(super) fn take(&mut self) -> Option<&Record> {
        let alike = self.waits && !self.off && self.merged < MOST_A_SECOND;
        let (record, waiting) = self.both();
        let elevation_m = record.sample.elevation_m;
        if alike && waiting.stamp.is_some() && waiting.stamp == record.stamp {
            merge(&mut waiting.sample, &record.sample);
            self.merged = self.merged.saturating_add(1);
            if !elevation_m.is_nan() {
                self.heights = self.heights.saturating_add(1);
                self.sum_m += elevation_m;
            }
            return None;
        }
        let complete = self.end();
        self.reading = !self.reading;
        self.waits = true;
        self.merged = 1;
        self.heights = u32::from(!elevation_m.is_nan());
        self.sum_m = if self.heights == 0 { 0.0 } else { elevation_m };
        // what waited stands where the next one is read into
        complete.then(|| &*self.both().0)
    }

    /// Lends what waits.
    pub(super) fn flush(&mut self) -> Option<&Record> {
        self.end().then(|| &*self.both().1)
    }

    /// Makes a whole of what waits; `false` where nothing does.
    fn end(&mut self) -> bool {
        if self.waits && self.heights > 1 {
            self.both().1.sample.elevation_m = self.sum_m / f64::from(self.heights);
        }
        std::mem::take(&mut self.waits)
    }
}

fn merge(into: &mut Sample, from: &Sample) {
    if into.latitude_deg.is_nan() {
        into.latitude_deg = from.latitude_deg;
        into.longitude_deg = from.longitude_deg;
    }
    fill(&mut into.elevation_m, from.elevation_m);
    fill(&mut into.distance_m, from.distance_m);
    fill(&mut into.speed_m_per_s, from.speed_m_per_s);
    fill_zero(&mut into.heart_rate_bpm, from.heart_rate_bpm);
    fill_zero(&mut into.cadence_per_min, from.cadence_per_min);
    fill_zero(&mut into.power_w, from.power_w);
    fill(&mut into.temperature_c, from.temperature_c);
    fill(&mut into.stance_time_s, from.stance_time_s);
    fill(&mut into.vertical_oscillation_m, from.vertical_oscillation_m);
    fill(&mut into.step_length_m, from.step_length_m);
    fill(&mut into.grade, from.grade);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merges_records_of_one_second() {
        let mut merger = Merger::default();
        let mut take = |stamp, elevation_m, heart_rate_bpm| {
            *merger.next() = Record {
                stamp: Some(stamp),
                sample: Sample { elevation_m, heart_rate_bpm, ..Sample::default() },
            };
            merger.take().copied()
        };
        assert!(take(7, 100.0, f64::NAN).is_none());
        assert!(take(7, 102.0, 140.0).is_none());
        let one = take(8, 103.0, 141.0).unwrap().sample;
        assert_eq!((one.elevation_m, one.heart_rate_bpm), (101.0, 140.0));
        let two = merger.flush().unwrap().sample;
        assert_eq!((two.elevation_m, two.heart_rate_bpm), (103.0, 141.0));
        assert!(merger.flush().is_none());
    }
}
