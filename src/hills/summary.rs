//! What the efforts on a hill add up to: the usual, the best, each year, and whether it changes.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use crate::hills::HillId;
use crate::hills::effort::Effort;
use crate::hills::line::LinePoint;
use crate::quantile::median;
use crate::segment::Slope;
use crate::sport::{Bike, Sport};
use crate::trend::{Observation, TooLittle, Trend, YearAgainstLast, year_against_last};

/// Efforts from which a hill is listed.
pub const LEAST_EFFORTS: usize = 3;

/// Efforts of one sport on one hill.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct HillEfforts {
    /// Which hill.
    pub id: HillId,
    /// Up or down.
    pub slope: Slope,
    /// What it was called by hand, or by recordings of this hill and no other; escape before
    /// showing.
    pub name: Option<String>,
    /// How it was gone.
    pub sport: Sport,
    /// The bicycle of rides on which a motor or a game decided how fast it went, which are compared
    /// among themselves; `None` of all others.
    pub bicycle: Option<Bike>,
    /// Where it begins.
    pub from: LinePoint,
    /// Where it ends.
    pub to: LinePoint,
    /// Its length, m.
    pub length_m: f64,
    /// In order of time.
    pub efforts: Vec<Effort>,
    /// Efforts that are left out, as nobody climbs so fast.
    pub too_fast: usize,
}

/// The efforts of a year.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct HillYear {
    /// Which year.
    pub year: i16,
    /// How many.
    pub efforts: usize,
    /// The middle of their figures.
    pub usual: f64,
    /// The best.
    pub best: f64,
}

impl HillEfforts {
    /// Returns how high it is, negative down, m.
    pub fn rise_m(&self) -> f64 {
        self.to.elevation_m - self.from.elevation_m
    }

    /// Returns how it was gone, in a word: the sport, or e-bike, or virtual.
    pub fn way(&self) -> &'static str {
        match self.bicycle {
            Some(Bike::Electric) => "e-bike",
            Some(Bike::Virtual) => "virtual",
            _ => self.sport.name(),
        }
    }

    /// Returns whether it was ridden down: then the speed says more of traffic and brakes than
    /// of legs.
    pub fn is_ridden_down(&self) -> bool {
        self.slope == Slope::Descent && !self.sport.on_foot()
    }

    /// Returns whether how fast it was gone tells of legs: it was not ridden down, and no motor
    /// helped.
    pub fn tells_of_legs(&self) -> bool {
        !self.is_ridden_down() && !self.has_motor()
    }

    /// Returns whether a motor helped.
    pub fn has_motor(&self) -> bool {
        self.bicycle == Some(Bike::Electric)
    }

    /// Returns what efforts on it are compared by: metres up an hour on climbs, m/s on
    /// descents. On one hill the grade is the same.
    pub fn figure(&self, effort: &Effort) -> f64 {
        match self.slope {
            Slope::Climb => effort.vertical_m_per_h(),
            _ => effort.speed_m_per_s(),
        }
    }

    fn figures(&self) -> Vec<f64> {
        let figures = self.efforts.iter().map(|effort| self.figure(effort));
        figures.filter(|figure| figure.is_finite()).collect()
    }

    /// Returns the days on which it was done.
    pub fn days(&self) -> usize {
        let days: HashSet<Date> = self.efforts.iter().map(|e| e.figures.day).collect();
        days.len()
    }

    /// Returns the middle of all figures.
    pub fn usual(&self) -> f64 {
        median(self.figures()).unwrap_or(f64::NAN)
    }

    /// Returns the effort with the best figure.
    pub fn best(&self) -> Option<&Effort> {
        self.efforts
            .iter()
            .filter(|effort| self.figure(effort).is_finite())
            .max_by(|a, b| self.figure(a).total_cmp(&self.figure(b)))
    }

    /// Returns each year with an effort, in order.
    pub fn years(&self) -> Vec<HillYear> {
        let mut years: BTreeMap<i16, Vec<f64>> = BTreeMap::new();
        for effort in &self.efforts {
            let figure = self.figure(effort);
            if figure.is_finite() {
                years.entry(effort.figures.day.year()).or_default().push(figure);
            }
        }
        years
            .into_iter()
            .map(|(year, figures)| HillYear {
                year,
                efforts: figures.len(),
                best: figures.iter().copied().fold(f64::NEG_INFINITY, f64::max),
                usual: median(figures).unwrap_or(f64::NAN),
            })
            .collect()
    }

    /// Returns the share of the earlier efforts that the last one was better than, and half of
    /// those it equals; `None` where there are fewer than [`LEAST_EFFORTS`] in all.
    pub fn last_above(&self) -> Option<f64> {
        let figures = self.figures();
        let (last, earlier) = figures.split_last()?;
        if figures.len() < LEAST_EFFORTS {
            return None;
        }
        let below = earlier.iter().filter(|figure| *figure < last).count() as f64;
        let not_above = earlier.iter().filter(|figure| *figure <= last).count() as f64;
        Some(f64::midpoint(below, not_above) / earlier.len() as f64)
    }

    fn observations(&self, figure: impl Fn(&Effort) -> Option<f64>) -> Vec<Observation> {
        self.efforts
            .iter()
            .filter_map(|effort| {
                Some(Observation { day: effort.figures.day, value: figure(effort)? })
            })
            .collect()
    }

    /// Returns whether it gets faster.
    ///
    /// # Errors
    /// [`TooLittle`].
    pub fn trend(&self) -> Result<Trend, TooLittle> {
        Trend::of(&self.observations(|effort| Some(self.figure(effort))))
    }

    /// Returns whether it gets faster at the same heart rate: metres a beat.
    ///
    /// # Errors
    /// [`TooLittle`].
    pub fn trend_per_beat(&self) -> Result<Trend, TooLittle> {
        Trend::of(&self.observations(Effort::vertical_m_per_beat))
    }

    /// Returns whether the heart drifts less in it.
    ///
    /// # Errors
    /// [`TooLittle`].
    pub fn trend_of_drift(&self) -> Result<Trend, TooLittle> {
        Trend::of(
            &self.observations(|effort| effort.figures.drift.filter(|_| effort.is_own())),
        )
    }

    /// Returns the year of a day against the one before.
    pub fn year_against_last(&self, on: Date) -> Option<YearAgainstLast> {
        year_against_last(&self.observations(|effort| Some(self.figure(effort))), on)
    }
}

/// All hills that were done often enough, and what they say together.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Hills {
    /// The most frequent first.
    pub all: Vec<HillEfforts>,
    /// Activities whose hills are not known: scored before they were kept.
    pub unknown: usize,
}

/// What hills say together, each effort against the usual one on its hill.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Together {
    /// What.
    pub what: What,
    /// How it was gone.
    pub sport: Sport,
    /// Hills with an effort that has the figure.
    pub hills: usize,
    /// Efforts with the figure.
    pub efforts: usize,
    /// Its trend: 1 is usual.
    pub trend: Trend,
}

/// A figure that hills say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Metres up an hour on climbs.
    ClimbSpeed,
    /// Metres up a heart beat on climbs.
    ClimbPerBeat,
    /// Metres a second on descents, on foot.
    DescentSpeed,
}

impl What {
    /// All.
    pub const ALL: [What; 3] = [What::ClimbSpeed, What::ClimbPerBeat, What::DescentSpeed];

    fn of(self, hill: &HillEfforts, effort: &Effort) -> Option<f64> {
        let climb = hill.slope == Slope::Climb;
        match self {
            What::ClimbSpeed => climb.then(|| effort.vertical_m_per_h()),
            What::ClimbPerBeat => effort.vertical_m_per_beat().filter(|_| climb),
            What::DescentSpeed => {
                (!climb && !hill.is_ridden_down()).then(|| effort.speed_m_per_s())
            }
        }
    }
}

impl Hills {
    /// Leaves out what is listed elsewhere: hills that were done less than three times but as
    /// a part of longer ones, which are kept.
    pub(crate) fn of(mut all: Vec<HillEfforts>, unknown: usize) -> Hills {
        all.retain(|hill| hill.efforts.len() >= LEAST_EFFORTS);
        all.sort_by(|a, b| b.length_m.total_cmp(&a.length_m).then(a.id.cmp(&b.id)));
        let mut within: HashSet<(String, u32, u32)> = HashSet::new();
        all.retain(|hill| {
            let key = |effort: &Effort| (effort.id.clone(), effort.part, effort.number);
            let own = hill.efforts.iter().filter(|effort| !within.contains(&key(effort)));
            if own.take(LEAST_EFFORTS).count() < LEAST_EFFORTS {
                return false;
            }
            within.extend(hill.efforts.iter().map(key));
            true
        });
        all.sort_by(|a, b| {
            (b.efforts.len(), a.id)
                .cmp(&(a.efforts.len(), b.id))
                .then_with(|| a.way().cmp(b.way()))
        });
        Hills { all, unknown }
    }

    /// Returns the trend of each hill that has efforts enough for one, and whose speed tells of legs.
    pub fn trends(&self) -> Vec<Trend> {
        let told = self.all.iter().filter(|hill| hill.tells_of_legs());
        told.filter_map(|hill| hill.trend().ok()).collect()
    }

    /// Returns what they say together, of each sport and figure that has enough: neither a motor nor
    /// a game has a part in it.
    pub fn together(&self) -> Vec<Together> {
        let mut told = Vec::new();
        for sport in [Sport::Run, Sport::Hike, Sport::Ride] {
            for what in What::ALL {
                let hills: Vec<Vec<Observation>> = self
                    .all
                    .iter()
                    .filter(|hill| hill.sport == sport && hill.bicycle.is_none())
                    .map(|hill| against_usual(&hill.observations(|e| what.of(hill, e))))
                    .filter(|figures| !figures.is_empty())
                    .collect();
                let figures = hills.concat();
                if let Ok(trend) = Trend::of(&figures) {
                    let (hills, efforts) = (hills.len(), figures.len());
                    told.push(Together { what, sport, hills, efforts, trend });
                }
            }
        }
        told
    }
}

/// Returns figures against their middle.
fn against_usual(figures: &[Observation]) -> Vec<Observation> {
    let known = figures.iter().filter(|one| one.value.is_finite());
    let usual = median(known.clone().map(|one| one.value)).unwrap_or(f64::NAN);
    if !(usual > 0.0 && usual.is_finite()) {
        return Vec::new();
    }
    known.map(|one| Observation { value: one.value / usual, ..*one }).collect()
}
