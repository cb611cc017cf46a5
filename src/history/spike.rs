//! Single-session spikes: each session against the largest of the weeks before it, dimension by
//! dimension.
//!
//! In 5205 runners a session longer than 1.1 times the longest of the last 30 days went along
//! with more injuries (Frandsen 2025); for loads, steepness and intensity the bands are
//! borrowed. They say "more than you did", not what follows from it.

use crate::evidence::{Evidence, Parameter};
use crate::history::session::Session;
use crate::history::{BUILDING_DAYS, age, ramp};

/// Ratios that end "usual", "a little more" and "clearly more".
pub(crate) const BANDS: [f64; 3] = [1.10, 1.30, 2.00];
const FROM: Parameter = Parameter {
    name: "history.spike.usual_up_to",
    value: BANDS[0],
    unit: "1",
    range: "bands at 1.10, 1.30, 2.00",
    evidence: Evidence::Published,
    source: "Frandsen et al. 2025, distance against the longest of 30 days; borrowed elsewhere",
};
/// Days of the largest session.
const DAYS: i32 = 30;
/// Days of the second largest, where the largest stands alone.
const LONGER_DAYS: i32 = 42;
/// A largest so many times the second stands alone.
const ALONE: f64 = 2.0;
/// Sessions that make a baseline.
pub(crate) const LEAST_SESSIONS: usize = 3;
/// Intensity and steepness of a session count from this load on: below it is no session of
/// hills (our choice).
const HILLY_LOAD: f64 = 10.0;

pub(super) const PARAMETERS: [Parameter; 1] = [FROM];

/// What can be more than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// Horizontal distance, m.
    Distance,
    /// Metres up; on rides.
    Climbing,
    /// Rise of the largest climb, m; on rides.
    LargestClimb,
    /// Concentric load.
    ConcentricLoad,
    /// Eccentric load; on foot.
    EccentricLoad,
    /// Intensity: eccentric on foot, concentric on rides.
    Intensity,
    /// Steepest five minutes, rise over run: down on foot, up on rides.
    Steepness,
    /// Best minute up, W/kg.
    BestMinute,
}

impl Dimension {
    /// In the order of the article's tip: distance, steepness, intensity.
    pub const ALL: [Dimension; 8] = [
        Dimension::Distance,
        Dimension::Climbing,
        Dimension::LargestClimb,
        Dimension::ConcentricLoad,
        Dimension::EccentricLoad,
        Dimension::Steepness,
        Dimension::Intensity,
        Dimension::BestMinute,
    ];

    /// Returns the word for programs.
    pub fn key(self) -> &'static str {
        match self {
            Dimension::Distance => "distance",
            Dimension::Climbing => "climbing",
            Dimension::LargestClimb => "largest_climb",
            Dimension::ConcentricLoad => "concentric_load",
            Dimension::EccentricLoad => "eccentric_load",
            Dimension::Intensity => "intensity",
            Dimension::Steepness => "steepness",
            Dimension::BestMinute => "best_minute",
        }
    }

    /// Returns the words for people.
    pub fn name(self) -> &'static str {
        match self {
            Dimension::Distance => "distance",
            Dimension::Climbing => "climbing",
            Dimension::LargestClimb => "largest climb",
            Dimension::ConcentricLoad => "uphill load",
            Dimension::EccentricLoad => "downhill load",
            Dimension::Intensity => "intensity",
            Dimension::Steepness => "steepness",
            Dimension::BestMinute => "best minute",
        }
    }

    /// Returns a rise below this is no rise (our choice).
    pub fn floor(self) -> f64 {
        match self {
            Dimension::Distance => 2000.0,
            Dimension::Climbing => 200.0,
            Dimension::LargestClimb => 100.0,
            Dimension::ConcentricLoad | Dimension::EccentricLoad => 10.0,
            Dimension::Intensity => 0.3,
            Dimension::Steepness => 0.03,
            Dimension::BestMinute => 0.5,
        }
    }

    /// Returns whether it is how much was climbed, in metres or as load.
    fn is_climbed(self) -> bool {
        matches!(
            self,
            Dimension::Climbing | Dimension::LargestClimb | Dimension::ConcentricLoad
        )
    }

    /// Returns the figure of a session; `None` where it has none.
    pub fn of(self, session: &Session) -> Option<f64> {
        let foot = session.sport.on_foot();
        let (load, intensity, steepest) = if foot {
            (
                session.eccentric_load,
                session.eccentric_intensity,
                session.steepest_5_min_down,
            )
        } else {
            (
                session.concentric_load,
                session.concentric_intensity,
                session.steepest_5_min_up,
            )
        };
        let hilly = load >= HILLY_LOAD;
        match self {
            Dimension::Distance => Some(session.distance_m),
            Dimension::Climbing => (!foot).then_some(session.gain_m),
            Dimension::LargestClimb => session.largest_climb_m.filter(|_| !foot),
            Dimension::ConcentricLoad => Some(session.concentric_load),
            Dimension::EccentricLoad => foot.then_some(session.eccentric_load),
            Dimension::Intensity => intensity.filter(|_| hilly),
            Dimension::Steepness => steepest.filter(|_| hilly),
            Dimension::BestMinute => session.best_60s_up_w_per_kg,
        }
    }
}

/// How much more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// Up to 1.10.
    Usual,
    /// Up to 1.30.
    Little,
    /// Up to 2.00.
    Clearly,
    /// Above.
    Far,
    /// There was nothing of it.
    New,
}

impl Band {
    /// Of a ratio; `None`: the reference is zero.
    ///
    /// ```
    /// use hardlegs::history::spike::Band;
    /// assert_eq!(Band::of(Some(1.2)).name(), "a little more");
    /// ```
    pub fn of(ratio: Option<f64>) -> Band {
        match ratio {
            None => Band::New,
            Some(ratio) if ratio <= BANDS[0] => Band::Usual,
            Some(ratio) if ratio <= BANDS[1] => Band::Little,
            Some(ratio) if ratio <= BANDS[2] => Band::Clearly,
            Some(_) => Band::Far,
        }
    }

    /// Returns the words for it.
    pub fn name(self) -> &'static str {
        match self {
            Band::Usual => "usual",
            Band::Little => "a little more",
            Band::Clearly => "clearly more",
            Band::Far => "far more",
            Band::New => "new for you",
        }
    }
}

/// One dimension in which a session was more.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Increase {
    /// In what.
    pub dimension: Dimension,
    /// Of the session, in the dimension's unit.
    pub value: f64,
    /// What it is held against, in the same unit.
    pub reference: f64,
}

impl Increase {
    /// One figure held against another, whatever its size.
    pub fn new(dimension: Dimension, value: f64, reference: f64) -> Increase {
        Increase { dimension, value, reference }
    }

    /// Returns the value over reference; `None` where there was nothing.
    pub fn ratio(&self) -> Option<f64> {
        (self.reference > 0.0).then(|| self.value / self.reference)
    }

    /// Returns how much more.
    pub fn band(&self) -> Band {
        Band::of(self.ratio())
    }

    fn flagged(&self) -> bool {
        self.band() > Band::Usual && self.value - self.reference >= self.dimension.floor()
    }
}

/// A session held against those before it.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Comparison {
    /// Sessions of its kind in the 30 days before.
    pub baseline: usize,
    /// Whether the history is too young to hold anything against it.
    pub building: bool,
    /// What was more, the largest ratio first.
    pub more: Vec<Increase>,
}

impl Comparison {
    /// Returns the two that are spoken of: of what is climbed only one.
    pub fn reported(&self) -> Vec<&Increase> {
        let Some(first) = self.more.first() else { return Vec::new() };
        let other = |more: &&Increase| {
            !(more.dimension.is_climbed() && first.dimension.is_climbed())
        };
        let second = self.more.iter().skip(1).find(other);
        std::iter::once(first).chain(second).collect()
    }

    /// Returns whether two dimensions rose at once in a way that is worth a word.
    pub fn two_at_once(&self) -> bool {
        let reported = self.reported();
        let [a, b] = reported[..] else { return false };
        let volume_and_intensity = [a.dimension, b.dimension];
        a.band() >= Band::Clearly && b.band() >= Band::Clearly
            || volume_and_intensity.contains(&Dimension::EccentricLoad)
                && volume_and_intensity.contains(&Dimension::Intensity)
    }
}

/// Returns what a figure is held against: the largest of 30 days; where that is more than twice
/// the second, the second largest of 42; of distance always the largest. Values are (days ago,
/// figure); `None` where there are none.
pub fn reference(
    dimension: Dimension,
    values: impl Iterator<Item = (i32, f64)>,
) -> Option<f64> {
    let mut any = false;
    let (mut shorter, mut longer) = (TwoLargest::default(), TwoLargest::default());
    for (age, value) in values {
        any = true;
        if age <= DAYS {
            shorter.add(value);
        }
        if age <= LONGER_DAYS {
            longer.add(value);
        }
    }
    let alone = shorter.second > 0.0 && shorter.first > ALONE * shorter.second;
    let largest = if dimension != Dimension::Distance && alone {
        longer.second
    } else {
        shorter.first
    };
    any.then_some(largest)
}

/// The two largest of some figures.
#[derive(Default)]
struct TwoLargest {
    first: f64,
    second: f64,
}

impl TwoLargest {
    fn add(&mut self, value: f64) {
        self.second = self.second.max(self.first.min(value));
        self.first = self.first.max(value);
    }
}

/// Returns the figures of earlier sessions of one kind, as [`reference`] takes them.
pub(crate) fn earlier(
    sessions: &[Session],
    on_foot: bool,
    day: jiff::civil::Date,
) -> Vec<(i32, &Session)> {
    sessions
        .iter()
        .rev()
        .map(|session| (age(session.day, day), session))
        .take_while(|(age, _)| *age <= LONGER_DAYS)
        .filter(|(_, session)| session.sport.on_foot() == on_foot)
        .collect()
}

/// Returns every dimension of a session that has a figure, with what it is held against.
pub fn compared(session: &Session, earlier: &[(i32, &Session)]) -> Vec<Increase> {
    Dimension::ALL
        .into_iter()
        .filter_map(|dimension| {
            let value = dimension.of(session)?;
            let values = earlier
                .iter()
                .filter_map(|(age, session)| Some((*age, dimension.of(session)?)));
            let reference = match reference(dimension, values) {
                Some(reference) => reference,
                // where nothing was hilly the load says it: there is no intensity to exceed
                None if matches!(
                    dimension,
                    Dimension::Intensity | Dimension::Steepness
                ) =>
                {
                    return None;
                }
                None => 0.0,
            };
            Some(Increase { dimension, value, reference })
        })
        .collect()
}

/// Holds each session, in order of time, against those before it.
pub(super) fn comparisons(sessions: &[Session]) -> Vec<Comparison> {
    let Some(first) = sessions.first() else { return Vec::new() };
    // dates are subtracted once a session, not once a pair
    let days: Vec<i32> = sessions.iter().map(|s| age(first.day, s.day)).collect();
    let verdict = |at: usize| {
        let session = &sessions[at];
        let before = &sessions[..at];
        let since = days.partition_point(|day| *day < days[at] - LONGER_DAYS);
        let earlier: Vec<(i32, &Session)> = (since..at)
            .map(|other| (days[at] - days[other], &sessions[other]))
            .filter(|(_, other)| other.sport.on_foot() == session.sport.on_foot())
            .collect();
        let baseline = earlier.iter().filter(|(age, _)| *age <= DAYS).count();
        let building = days[at] < BUILDING_DAYS;
        let mut more = Vec::new();
        if baseline >= LEAST_SESSIONS && !building {
            more = compared(session, &earlier);
            more.retain(Increase::flagged);
            let ramp = ramp::is_step(before, session);
            more.retain(|more| !(ramp && more.dimension == Dimension::EccentricLoad));
            let size = |more: &Increase| more.ratio().unwrap_or(f64::INFINITY);
            more.sort_by(|a, b| size(b).total_cmp(&size(a)));
        }
        Comparison { baseline, building, more }
    };
    (0..sessions.len()).map(verdict).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_no_lonely_largest_as_the_reference() {
        let values = [(3, 40.0), (10, 95.0), (20, 38.0), (40, 44.0)];
        let held = |dimension, values: &[(i32, f64)], wanted: f64| {
            let got = reference(dimension, values.iter().copied());
            assert!((got.unwrap_or(0.0) - wanted).abs() < 1e-12);
        };
        held(Dimension::EccentricLoad, &values, 44.0);
        held(Dimension::Distance, &values, 95.0);
        held(Dimension::EccentricLoad, &values[..1], 40.0);
        held(Dimension::EccentricLoad, &[], 0.0);
    }

    #[test]
    fn flags_no_rise_below_the_floor() {
        let more =
            |value, reference| Increase::new(Dimension::EccentricLoad, value, reference);
        assert!(!more(15.0, 6.0).flagged(), "far more, but of nothing");
        assert!(more(17.0, 6.0).flagged());
        assert!(!more(109.0, 100.0).flagged(), "within a tenth");
        assert_eq!(more(12.0, 0.0).band(), Band::New);
    }
}
