//! One activity, scored: the only place that knows the whole road.

mod assumed;
mod guess;
mod lifted;
mod named;
mod notices;
mod passages;
mod places;
mod score;
mod silhouette;
mod sport;
mod sport_from;
mod steepness;
mod tables;
mod too_little;

use crate::activity::{Activity, Header, Nature};
use crate::athlete::Athlete;
use crate::error::{Error, Kind};
use crate::load::by_grade::ByGrade;
use crate::load::mechanisms::{Mechanisms, Scored};
use crate::load::meter::Metered;
use crate::load::motion::RangeOfMotion;
use crate::load::range::{self, Effect, LoadRange, Span};
use crate::load::windows::{self, BestEffort, BestPower, BestUphill};
use crate::load::{Efforts, LegLoad};
use crate::profile::{Profile, Quality, noise};
use crate::read::Notice;
use crate::segment::{self, Decision, Rules, Segment};
use crate::settings::{HighestHeartRate, LocalStart, Settings};
use crate::sport::{Bike, Sport};
pub use assumed::Assumed;
pub(crate) use notices::{DROPPED_SHARE, TOLD_SHARE};
pub(crate) use passages::PASSES_M;
pub use passages::{Passage, Passages};
pub use places::{Place, Places};
pub use silhouette::{OutlinePoint, Peak, Silhouette, SteepnessRow, Stretch};
pub use sport_from::SportFrom;
#[cfg(feature = "chart")]
pub(crate) use steepness::STEEPNESS_BEGINS;
pub use steepness::Steepness;
pub use tables::{Hill, Incline, Terrain};

/// What changes a score moves this number (CHANGELOG, *Scores*).
pub(crate) const MODEL_VERSION: u32 = 4;

/// Everything any writer shows, at full precision.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Report {
    /// Name, start, device and what the device totalled.
    pub header: Header,
    /// The sport it was scored as.
    pub sport: Sport,
    /// What the sport was taken from, where the file does not say one that is known.
    pub sport_from: Option<SportFrom>,
    /// What was ridden.
    pub bike: Bike,
    /// Who moved, as known on that day.
    pub athlete: Athlete,
    /// Where the highest heart rate is the history's, and not the athlete's word.
    pub highest_heart_rate: Option<HighestHeartRate>,
    /// When, by the athlete's clock.
    pub local_start: Option<LocalStart>,
    /// Whether there are times.
    pub timed: bool,
    /// Horizontal metres.
    pub distance_m: f64,
    /// Of these, metres that are scored.
    pub scored_m: f64,
    /// Metres up that are scored.
    pub gain_m: f64,
    /// Metres down that are scored.
    pub loss_m: f64,
    /// What the metres up could be.
    pub gain_range_m: Span,
    /// What the metres down could be.
    pub loss_range_m: Span,
    /// Seconds of the clock at 0.3 m/s and more.
    pub moving_s: Option<f64>,
    /// The load.
    pub load: LegLoad,
    /// What it could be.
    pub range: LoadRange,
    /// What this range is made of, the largest effect first.
    pub effects: Vec<Effect>,
    /// Another sport, where words of the file, its speed, its grades or its length alone decided
    /// which it was, and that one is plausible, too.
    pub other_sport: Option<OtherSport>,
    /// Steepest five minutes up and down, rise over run.
    pub steepest_5_min: (Option<f64>, Option<f64>),
    /// Metres, seconds, heart beats and measured work by class of grade.
    pub by_grade: ByGrade,
    /// The same of every segment.
    pub segments_by_grade: Vec<ByGrade>,
    /// On foot: what a sensor of running dynamics says of the motion of steps, by class of grade.
    pub motion: RangeOfMotion,
    /// Runs: the speed on the level that would have cost as much, m/s (grade-adjusted pace).
    pub level_speed_m_per_s: Option<f64>,
    /// Sums over cells above 1 %, between, and below -1 %.
    pub terrain: Terrain,
    /// Every segment in order.
    pub segments: Vec<Hill>,
    /// What the split merged or dropped.
    pub decisions: Vec<Decision>,
    /// The same figures by the watch's laps.
    pub laps: Vec<Hill>,
    /// The five mechanisms.
    pub mechanisms: Mechanisms,
    /// What was found about the recording.
    pub quality: Quality,
    /// What is left out, and what the figures rest on that the recording does not hold: beside
    /// the flaws that reading met.
    pub notices: Vec<Notice>,
    /// Slope metres steeper than was ever measured.
    pub steep_m: f64,
    /// Slope metres whose intensity was beyond what legs do, and is the greatest instead.
    pub limited_m: f64,
    /// Rides: slope metres of rising road, and of these without known power.
    pub rising_m: f64,
    /// Rides: rising slope metres without known power.
    pub unknown_m: f64,
    /// Rides: rising slope metres whose power is modelled by speed and grade.
    pub modelled_m: f64,
    /// Whether a power meter was there.
    pub metered: bool,
    /// Cadence counted strides and was doubled.
    pub strides_doubled: bool,
    /// What rests on nothing measured.
    pub assumed: Vec<Assumed>,
    /// Cells of the profile.
    pub cells: usize,
    /// The split's rules as used.
    pub rules: Rules,
    /// Rides with a power meter: the most power held for so long, whole and within a climb.
    pub best_efforts: Vec<BestEffort>,
    /// Where it passes the named places of its file.
    pub passages: Passages,
    /// The most that one climb held for 30 s, 1, 5, 20 and 60 min; empty without times.
    pub best_uphill: Vec<BestUphill>,
    /// The route as a picture needs it.
    pub silhouette: Silhouette,
}

impl Report {
    /// Scores an activity.
    ///
    /// # Errors
    /// `settings` where a figure of them is impossible ([`Settings::check`]),
    /// `unsupported_sport`, what [`Profile::of`] cannot profile, or `too_little` where the way
    /// has too few points, or its heights are too coarse, for any hill.
    pub fn of(activity: &Activity, settings: &Settings) -> Result<Report, Error> {
        let recorded = Recorded::of(activity, settings)?.or_as_other(activity, settings);
        recorded.scored(settings).map(|(report, ..)| report)
    }

    /// The same of an activity that is not asked for again: it is let go as soon as its road
    /// is known, before scoring takes memory of its own.
    ///
    /// # Errors
    /// As [`Report::of`].
    ///
    /// ```
    /// use hardlegs::{read, report::Report, settings::Settings};
    /// let settings = Settings::default();
    /// let mut activities = read::path("fixtures/fit/loop.fit")?.activities;
    /// let report = Report::of(&activities[0], &settings)?;
    /// assert_eq!(Report::consuming(activities.remove(0), &settings)?, report);
    /// # Ok::<(), hardlegs::error::Error>(())
    /// ```
    pub fn consuming(activity: Activity, settings: &Settings) -> Result<Report, Error> {
        let recorded =
            Recorded::of(&activity, settings)?.or_as_other(&activity, settings);
        drop(activity);
        recorded.scored(settings).map(|(report, ..)| report)
    }

    /// Scores an activity, and says where on the map its hills and peaks are.
    ///
    /// # Errors
    /// As [`Report::of`]; `no_positions` for what was recorded without.
    ///
    /// ```
    /// use hardlegs::{read, report::Report, settings::Settings};
    /// let reading = read::path("fixtures/fit/loop.fit")?;
    /// let (report, places) = Report::with_places(&reading.activities[0], &Settings::default())?;
    /// assert_eq!(places.segments.len(), report.segments.len());
    /// assert!(places.segments[0].len() > 2 && !places.peaks.is_empty());
    /// # Ok::<(), hardlegs::error::Error>(())
    /// ```
    pub fn with_places(
        activity: &Activity,
        settings: &Settings,
    ) -> Result<(Report, Places), Error> {
        let recorded = Recorded::of(activity, settings)?.or_as_other(activity, settings);
        let (report, places) = recorded.with_places(activity, settings)?;
        Ok((report, places?))
    }

    /// The same as a history needs it: an activity without positions is scored, too, and nothing is
    /// scored as the other sport that it may have been.
    #[cfg(feature = "store")]
    pub(crate) fn for_history(
        activity: &Activity,
        settings: &Settings,
    ) -> Result<(Report, Result<Places, Error>), Error> {
        Recorded::of(activity, settings)?.with_places(activity, settings)
    }

    /// Returns whether this is a plan rather than a recording.
    pub fn is_course(&self) -> bool {
        self.header.nature == Nature::Course || !self.timed
    }

    /// Returns whether any best effort uphill is known.
    pub(crate) fn has_best_uphill(&self) -> bool {
        self.best_uphill
            .iter()
            .any(|effort| effort.vertical_m_per_h.is_some() || effort.w_per_kg.is_some())
    }

    /// Body mass used, kg.
    pub fn mass_kg(&self) -> f64 {
        self.athlete.body_kg()
    }

    /// Gain at the turning threshold and at twice that more than 30 % apart: small hills
    /// that noise could have made.
    pub fn gain_undecidable(&self) -> bool {
        const APART: f64 = 0.30;
        let gain_m = self.gain_m.max(1e-9);
        self.gain_m > 0.0
            && (gain_m - self.quality.gain_at_twice_turning_m) / gain_m > APART
    }
}

/// The other reading of an activity whose sport nobody told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OtherSport {
    /// What it may have been.
    pub sport: Sport,
    /// Its load as that; `None` of a ride without times, whose power nobody knows.
    pub load: Option<LegLoad>,
}

/// Everything that a score needs of an activity.
struct Recorded {
    header: Header,
    sport: Sport,
    bike: Bike,
    sport_from: Option<SportFrom>,
    other_sport: Option<OtherSport>,
    local_start: Option<LocalStart>,
    profile: Profile,
    metered: Metered,
    on_the_way: passages::OnTheWay,
    motion: RangeOfMotion,
}

impl Recorded {
    fn of(activity: &Activity, settings: &Settings) -> Result<Recorded, Error> {
        settings.check()?;
        let sport::Resolved { sport, bike, guessed, other } =
            sport::resolve(activity, settings.sport)?;
        let profile = Profile::of(activity, sport, &settings.sampling)?;
        too_little::refuse(activity, &profile)?;
        let other_sport = other.map(|sport| OtherSport { sport, load: None });
        Ok(Recorded {
            header: activity.header.clone(),
            sport,
            bike,
            sport_from: guessed,
            other_sport,
            local_start: settings.local_start(activity),
            on_the_way: passages::OnTheWay::of(activity, &profile),
            motion: RangeOfMotion::of(activity, &profile, sport),
            profile,
            metered: Metered::of(activity, sport),
        })
    }

    /// Scores it as the other sport, too, where it may have been one.
    fn or_as_other(mut self, activity: &Activity, settings: &Settings) -> Recorded {
        if let Some(other) = &mut self.other_sport {
            other.load =
                load_as(other.sport, activity, settings, &self.profile, self.sport);
        }
        self
    }

    /// The report, and where its hills and peaks are on the map, where that was recorded.
    fn with_places(
        self,
        activity: &Activity,
        settings: &Settings,
    ) -> Result<(Report, Result<Places, Error>), Error> {
        let (report, profile, segments) = self.scored(settings)?;
        let places = Places::of(activity, &profile, &segments, &report.silhouette);
        Ok((report, places))
    }

    /// The report, and what it lets go.
    #[allow(
        clippy::too_many_lines,
        reason = "every field of a report, in the order of need"
    )]
    fn scored(
        self,
        settings: &Settings,
    ) -> Result<(Report, Profile, Vec<Segment>), Error> {
        let Recorded { sport, bike, local_start, profile, .. } = self;
        let quality = profile.quality().clone();
        let rules =
            settings.thresholds.rules(sport, quality.height_noise_m > noise::NOISY.value);
        let split = segment::split(&profile, &rules);
        let mut terms = settings.terms;
        if terms.steps.forced.is_none() {
            terms.steps.forced = sport::forced_gait(settings.sport);
        }
        let day = local_start.map(|start| start.at.date());
        let athlete = &settings.athlete_on(day, sport);
        terms.bicycle = terms.bicycle.ridden_by(athlete);
        let efforts =
            Efforts::of(&profile, &split.segments, sport, bike, athlete, &terms);
        refuse_unmetered_motor(bike, &efforts)?;
        // the athlete as scored, and stored, stays as told: a history grows from day to day
        let of_history = settings.highest_heart_rate.filter(|_| athlete.hr_max.is_none());
        let known = Athlete {
            hr_max: athlete.hr_max.or(of_history.map(|highest| highest.bpm)),
            ..*athlete
        };
        let setup = range::Setup {
            profile: &profile,
            segments: &split.segments,
            sport,
            bike,
            athlete,
            terms: &terms,
        };
        let ranges = range::ranges(&setup, &efforts);
        let best: Vec<BestPower> = split
            .segments
            .iter()
            .map(|segment| BestPower::of(&profile, &efforts, segment, sport))
            .collect();
        let load = efforts.load(0..profile.cells());
        let mechanisms = Mechanisms::of(&Scored {
            metered: &self.metered,
            profile: &profile,
            segments: &split.segments,
            best: &best,
            efforts: &efforts,
            load: &load,
            athlete: &known,
            sport,
        });
        let tables = tables::Tables {
            profile: &profile,
            efforts: &efforts,
            sport,
            mass_kg: athlete.body_kg(),
        };
        let assumed = assumed::of(&assumed::Basis {
            profile: &profile,
            efforts: &efforts,
            athlete,
            sport,
            bike,
            sport_guessed: self.sport_from.is_some(),
            gait_forced: terms.steps.forced.is_some(),
            own_speeds: terms.own_speeds.is_some(),
        });
        let laps = tables.laps(&self.header.laps);
        let total = tables.sums(&(0..profile.cells()));
        let segments_by_grade: Vec<ByGrade> = split
            .segments
            .iter()
            .map(|segment| tables.by_grade(&segment.cells))
            .collect();
        let mut segments = tables.segments(&split.segments, ranges.segments, &best);
        let passages = self.on_the_way.passages(&tables, profile.cells());
        passages.name(&mut segments);
        let report = Report {
            header: self.header,
            sport,
            sport_from: self.sport_from,
            bike,
            athlete: *athlete,
            highest_heart_rate: of_history.filter(|_| {
                mechanisms.long_climb_hard_min.is_ok() || mechanisms.trimp.is_ok()
            }),
            local_start,
            timed: profile.timed(),
            distance_m: total.length_m,
            scored_m: total.scored_m,
            gain_m: total.gain_m,
            loss_m: total.loss_m,
            moving_s: total.moving_s,
            load,
            gain_range_m: ranges.heights.gain_m,
            loss_range_m: ranges.heights.loss_m,
            range: ranges.whole,
            effects: ranges.effects,
            other_sport: self.other_sport,
            steepest_5_min: windows::steepest(&profile, 300.0),
            by_grade: ByGrade::total(&segments_by_grade),
            segments_by_grade,
            motion: self.motion,
            level_speed_m_per_s: tables.level_speed_m_per_s(&(0..profile.cells())),
            terrain: tables.terrain(),
            laps,
            decisions: split.decisions,
            mechanisms,
            steep_m: efforts.steep_m,
            limited_m: efforts.limited_m,
            rising_m: efforts.rising_m,
            unknown_m: efforts.unknown_m,
            modelled_m: efforts.modelled_m,
            metered: efforts.metered,
            strides_doubled: efforts.steps.doubled,
            assumed,
            cells: profile.cells(),
            rules,
            best_efforts: windows::best_efforts(&profile, &efforts, &split.segments),
            passages,
            best_uphill: windows::best_uphill(
                &profile,
                &efforts,
                (&split.segments, &best),
                athlete.body_kg(),
                sport,
            ),
            silhouette: Silhouette::of(&profile, &efforts),
            notices: notices::of(&notices::Scored {
                quality: &quality,
                sport,
                distance_m: total.length_m,
                moving_s: total.moving_s,
                limited_m: efforts.limited_m,
                meter: notices::Meter::of(&efforts, bike),
                lifted_climbs: notices::lifted_climbs(&segments, &efforts, bike),
            }),
            quality,
            segments,
        };
        Ok((report, profile, split.segments))
    }
}

/// Returns the load of an activity as another sport than that of its profile; `None` where nothing
/// tells it.
fn load_as(
    other: Sport,
    activity: &Activity,
    settings: &Settings,
    profile: &Profile,
    sport: Sport,
) -> Option<LegLoad> {
    if !other.on_foot() && !profile.timed() {
        return None;
    }
    let apart = (other.on_foot() != sport.on_foot())
        .then(|| Profile::of(activity, other, &settings.sampling).ok());
    let profile = match &apart {
        Some(apart) => apart.as_ref()?,
        None => profile,
    };
    // power is modelled within climbs; steps need no split
    let segments = if other.on_foot() {
        Vec::new()
    } else {
        let noisy = profile.quality().height_noise_m > noise::NOISY.value;
        segment::split(profile, &settings.thresholds.rules(other, noisy)).segments
    };
    let day = settings.local_start(activity).map(|start| start.at.date());
    let athlete = &settings.athlete_on(day, other);
    let mut terms = settings.terms;
    // speeds are of one sport
    terms.own_speeds = None;
    terms.bicycle = terms.bicycle.ridden_by(athlete);
    let efforts = Efforts::of(profile, &segments, other, Bike::Road, athlete, &terms);
    Some(efforts.load(0..profile.cells()))
}

/// Refuses an e-bike whose rider's power nobody measured.
fn refuse_unmetered_motor(bike: Bike, efforts: &Efforts<'_>) -> Result<(), Error> {
    if bike != Bike::Electric || efforts.metered {
        return Ok(());
    }
    Err(Error::new(
        Kind::UnsupportedSport,
        "an e-bike without a power meter: the motor's share is not known",
    )
    .hint("--sport ride scores it as if there were no motor"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Sample;

    /// Returns half an hour up a slope at 170 beats a minute.
    fn climb() -> Activity {
        let mut activity = Activity::default();
        activity.header.start = Some(jiff::Timestamp::UNIX_EPOCH);
        for second in 0..1800_u32 {
            let x = 2.0 * f64::from(second);
            activity.push(Sample {
                time_s: f64::from(second),
                distance_m: x,
                elevation_m: 500.0 + 0.1 * x,
                heart_rate_bpm: 170.0,
                ..Sample::default()
            });
        }
        activity
    }

    #[test]
    fn takes_the_highest_heart_rate_of_a_history_only_where_the_athlete_says_none() {
        let activity = climb();
        let highest = |bpm: f64| HighestHeartRate::of(vec![bpm; 12]);
        let hard = |hr_max: Option<f64>, of_history: Option<HighestHeartRate>| {
            let athlete = Athlete { hr_max, ..Athlete::default() };
            let settings = Settings {
                highest_heart_rate: of_history,
                sport: Some(Sport::Run),
                ..Settings::from(athlete)
            };
            let report = Report::of(&activity, &settings).unwrap();
            // what a store keeps of the athlete does not change with the history
            assert_eq!(report.athlete.hr_max, hr_max);
            let minutes = report.mechanisms.long_climb_hard_min;
            (minutes.map(f64::round), report.highest_heart_rate.map(|h| h.days))
        };
        assert_eq!(hard(None, None), (Err("hr_max is not set"), None));
        assert_eq!(hard(None, highest(180.0)), (Ok(30.0), Some(12)));
        assert_eq!(hard(None, highest(205.0)), (Ok(0.0), Some(12)));
        assert_eq!(hard(Some(205.0), highest(180.0)), (Ok(0.0), None));
    }
}
