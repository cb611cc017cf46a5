//! Which efforts on a hill count: each once, by whichever device, and none that nobody can do.

use crate::hills::effort::Effort;
use crate::load::model::GRAVITY;

/// The most that anybody was measured to hold: seconds, and W/kg of body. Published: the upper end of
/// world class men in the power profile of Allen, Coggan et al., Training and Racing with a Power Meter,
/// third edition, 2019. The quickest up stairs and mountains on foot stay below it.
const MOST_POWER: [(f64, f64); 4] =
    [(5.0, 25.18), (60.0, 11.50), (300.0, 7.60), (3600.0, 6.40)];

impl Effort {
    /// Returns whether somebody may have climbed so fast: whether lifting the body alone takes no
    /// more power than was ever held for so long. Of a descent nobody knows.
    pub fn is_possible(&self) -> bool {
        let lifted_w_per_kg = GRAVITY.value * self.rise_m / self.moving_s;
        lifted_w_per_kg <= most_power_w_per_kg(self.moving_s)
    }

    /// Returns whether another activity was on its way up or down here while this one still was:
    /// then both are recordings of one effort, as nobody is at two places at once. What begins in
    /// this effort's time ends later, so the later one is asked.
    fn is_recorded_again_by(&self, later: &Effort) -> bool {
        let apart = later.figures.begun.duration_since(self.figures.begun);
        (&self.id, self.part) != (&later.id, later.part)
            && apart.as_secs_f64() < self.moving_s.min(later.moving_s)
    }

    /// Returns how much is known of it.
    fn channels(&self) -> usize {
        let f = &self.figures;
        let known = [self.heart_rate_bpm(), f.w_per_kg, f.temperature_c];
        known.into_iter().flatten().count()
    }
}

/// Returns the most power that anybody held for so long: between two known times by powers of the
/// time, before and after all of them as at the nearest.
fn most_power_w_per_kg(seconds: f64) -> f64 {
    let mut before = None;
    for (later_s, less) in MOST_POWER {
        if seconds <= later_s {
            return before.map_or(less, |(earlier_s, more): (f64, f64)| {
                let share =
                    libm::log(seconds / earlier_s) / libm::log(later_s / earlier_s);
                more * libm::pow(less / more, share)
            });
        }
        before = Some((later_s, less));
    }
    before.map_or(f64::INFINITY, |(_, least)| least)
}

/// Returns efforts on one hill, given in order of their beginnings, each once: of two recordings
/// of one the one that knows more, or was begun first.
pub(crate) fn once_each(efforts: Vec<Effort>) -> Vec<Effort> {
    let mut counted: Vec<Effort> = Vec::new();
    for effort in efforts {
        match counted.last_mut() {
            Some(last) if last.is_recorded_again_by(&effort) => {
                if effort.channels() > last.channels() {
                    *last = effort;
                }
            }
            _ => counted.push(effort),
        }
    }
    counted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hills::effort::Figures;
    use crate::sport::Sport;
    use jiff::Timestamp;

    fn effort(id: &str, begun_s: i64, moving_s: f64, rise_m: f64) -> Effort {
        Effort {
            id: id.to_owned(),
            part: 1,
            number: 1,
            figures: Figures {
                sport: Sport::Run,
                day: jiff::civil::date(2024, 5, 4),
                begun: Timestamp::from_second(1_714_800_000 + begun_s).unwrap(),
                heart_rate_bpm: None,
                w_per_kg: None,
                intensity: None,
                load: 10.0,
                temperature_c: None,
                drift: None,
            },
            share: 1.0,
            moving_s,
            length_m: 1000.0,
            rise_m,
        }
    }

    #[test]
    fn keeps_records_of_climbing_and_rejects_what_a_motor_does() {
        // the vertical kilometre, the Empire State Building, a professional on a pass, and stairs
        for (seconds, rise_m) in
            [(1733.0, 1000.0), (573.0, 320.0), (2400.0, 1250.0), (16.0, 20.0)]
        {
            assert!(effort("a", 0, seconds, rise_m).is_possible(), "{rise_m} m");
        }
        // a car, a gondola, a jump of the clock; of a descent nothing is said
        for (seconds, rise_m) in [(40.0, 60.0), (480.0, 700.0), (3.0, 30.0)] {
            assert!(!effort("a", 0, seconds, rise_m).is_possible(), "{rise_m} m");
            assert!(effort("a", 0, seconds, -rise_m).is_possible());
        }
    }

    #[test]
    fn counts_two_recordings_at_once_as_one_and_repeats_as_many() {
        let known = |mut one: Effort| {
            one.figures.heart_rate_bpm = Some(150.0);
            one
        };
        let ids = |efforts: Vec<Effort>| -> Vec<String> {
            once_each(efforts).into_iter().map(|effort| effort.id).collect()
        };
        let (phone, watch) =
            (effort("phone", 0, 480.0, 120.0), effort("watch", 9, 470.0, 118.0));
        assert_eq!(ids(vec![phone.clone(), watch.clone()]), ["phone"]);
        assert_eq!(ids(vec![phone.clone(), known(watch)]), ["watch"]);
        // up, down and up again, with the watch stopped between
        let again = effort("again", 800, 480.0, 120.0);
        assert_eq!(ids(vec![phone.clone(), again]), ["phone", "again"]);
        // one activity goes over a hill twice, however its times are kept
        let mut second = effort("phone", 9, 480.0, 120.0);
        second.number = 3;
        assert_eq!(ids(vec![phone, second]), ["phone", "phone"]);
    }
}
