//! Hill sprints: 8 to 30 s uphill at a power that no uptake of oxygen pays for.

use crate::evidence::Parameter;
use crate::load::Efforts;
use crate::load::gait::Gait;
use crate::load::meter::Figure;
use crate::load::model::STEEPEST_ON_FOOT;
use crate::load::windows::Cumulated;
use crate::profile::{Profile, Run};
use crate::sport::Sport;

/// Power from which an effort uphill is a sprint. It is the same for everybody and every year, as a
/// bound that rises with the form would count form away.
pub(crate) const SPRINT_W_PER_KG: Parameter = Parameter::chosen(
    "sprint.power",
    5.0,
    "W/kg",
    "4.5 to 7 W/kg",
    "more than 60 ml/kg/min of oxygen pay for: 20.9 W/kg at an efficiency of 0.22 to 0.25",
);
/// Shortest and longest sprint.
pub(crate) const SHORTEST_S: Parameter = Parameter::chosen(
    "sprint.shortest",
    8.0,
    "s",
    "6 to 10 s",
    "what is shorter is lost in the smoothing of positions",
);
pub(crate) const LONGEST_S: Parameter = Parameter::chosen(
    "sprint.longest",
    30.0,
    "s",
    "20 to 40 s",
    "what lasts longer is an interval, paid for by oxygen for the most part",
);
/// Least grade of what is uphill.
pub(crate) const LEAST_GRADE: Parameter = Parameter::chosen(
    "sprint.grade",
    0.03,
    "1",
    "0.02 to 0.05",
    "below, the heights of many recordings are not sure of the direction",
);

/// Power is a mean over so long: one second's positions are noise. Our choice.
const MEAN_S: f64 = 5.0;
/// A sprint stands out: so many times the power of so long before and after, or a steady effort whose
/// power lies about the bound would be a row of sprints. Our choices.
const CONTRAST: f64 = 1.3;
const AROUND_S: f64 = 15.0;
/// Efforts with less between them are one: our choice, nobody recovers in it.
const APART_S: f64 = 8.0;
/// Points that are further apart than this on the mean show no sprint: our choice.
const SPARSE_S: f64 = 4.0;
/// Mean of a sprint on foot beyond which a receiver jumped: our choice, above the best of sprinters
/// on slopes.
const GREATEST_ON_FOOT_W_PER_KG: f64 = 15.0;

/// The hill sprints of an activity.
pub(super) struct Sprints {
    /// How many.
    pub(super) count: Figure,
    /// Mean power of the hardest, W/kg.
    pub(super) best_w_per_kg: Figure,
}

impl Sprints {
    /// Finds them by the concentric power of the model on foot, by the meter riding.
    pub(super) fn of(
        profile: &Profile,
        efforts: &Efforts<'_>,
        mass_kg: f64,
        sport: Sport,
    ) -> Sprints {
        let none = |why| Sprints { count: Err(why), best_w_per_kg: Err(why) };
        if !profile.timed() {
            return none("no timestamps");
        }
        if !sport.on_foot() && !efforts.metered {
            return none("no power meter");
        }
        let q = profile.quality();
        if q.elapsed_s - q.paused_s > SPARSE_S * q.samples as f64 {
            return none("points too far apart for sprints");
        }
        let found = profile.runs().iter().flat_map(|run| {
            let worked = Cumulated::of(profile, run.cells.clone(), |cell| {
                efforts.work_j_per_kg(profile, cell, mass_kg)
            });
            in_run(profile, efforts, run, &worked)
        });
        let possible =
            |power: &f64| !sport.on_foot() || *power <= GREATEST_ON_FOOT_W_PER_KG;
        let powers: Vec<f64> = found.filter(possible).collect();
        let best = powers.iter().copied().reduce(f64::max);
        Sprints {
            count: Ok(powers.len() as f64),
            best_w_per_kg: best.ok_or("without a hill sprint"),
        }
    }
}

/// Returns the mean power of each sprint of one run, W/kg.
fn in_run(
    profile: &Profile,
    efforts: &Efforts<'_>,
    run: &Run,
    worked: &Cumulated<'_>,
) -> Vec<f64> {
    let mut hard: Vec<(usize, usize)> = Vec::new();
    let uphill = |at: usize| can_sprint(profile, efforts, run.cells.start + at);
    for (at, power) in worked.centred(MEAN_S, uphill) {
        if power < SPRINT_W_PER_KG.value {
            continue;
        }
        match hard.last_mut() {
            Some((_, to)) if worked.seconds(*to, at) < APART_S => *to = at + 1,
            _ => hard.push((at, at + 1)),
        }
    }
    let sprint = |(from, to): (usize, usize)| {
        let seconds = worked.seconds(from, to);
        let power = worked.between(from, to) / seconds;
        let lasts = (SHORTEST_S.value..=LONGEST_S.value).contains(&seconds);
        let hard = lasts && power >= SPRINT_W_PER_KG.value;
        (hard && power >= CONTRAST * around(worked, (from, to))).then_some(power)
    };
    hard.into_iter().filter_map(sprint).collect()
}

/// Returns whether a cell is uphill and ridden, or run on a grade on which the work of running was
/// measured: steeper ones are stairs, walked, or heights that leapt.
fn can_sprint(profile: &Profile, efforts: &Efforts<'_>, cell: usize) -> bool {
    let grade = profile.grade()[cell];
    let runs = efforts.steps.gait.get(cell).is_none_or(|gait| *gait == Gait::Run);
    let steepest =
        if efforts.steps.gait.is_empty() { 1.0 } else { STEEPEST_ON_FOOT.value };
    profile.scored()[cell] && runs && (LEAST_GRADE.value..=steepest).contains(&grade)
}

/// Returns the mean power before and after an effort, W/kg; zero where the run has neither.
fn around(worked: &Cumulated<'_>, (from, to): (usize, usize)) -> f64 {
    let (before, after) = (worked.back(from, AROUND_S), worked.on(to, AROUND_S));
    let seconds = worked.seconds(before, from) + worked.seconds(to, after);
    let work = worked.between(before, from) + worked.between(to, after);
    if seconds > 0.0 { work / seconds } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use crate::activity::{Activity, Sample};
    use crate::athlete::Athlete;
    use crate::load::mechanisms::Mechanisms;
    use crate::report::Report;
    use crate::settings::Settings;
    use crate::sport::Sport;

    /// Returns what half an hour up a slope of 8 % holds, where each second has a speed and a power
    /// for 70 kg.
    fn uphill(sport: Sport, at: impl Fn(usize) -> (f64, f64)) -> Mechanisms {
        let mut activity = Activity::default();
        activity.header.start = Some(jiff::Timestamp::UNIX_EPOCH);
        let mut x = 0.0;
        for second in 0..1800 {
            let (speed, power_w) = at(second);
            activity.push(Sample {
                time_s: second as f64,
                distance_m: x,
                elevation_m: 600.0 + 0.08 * x,
                power_w,
                ..Sample::default()
            });
            x += speed;
        }
        let athlete = Athlete { mass_kg: Some(70.0), ..Athlete::default() };
        let settings = Settings { sport: Some(sport), ..Settings::from(athlete) };
        Report::of(&activity, &settings).unwrap().mechanisms
    }

    /// Returns whether a second lies in one of six efforts of so many seconds, three minutes apart.
    fn effort(second: usize, seconds: usize) -> bool {
        (300..1380).contains(&second) && (second - 300) % 180 < seconds
    }

    #[test]
    fn counts_six_sprints_of_a_rider_and_the_power_of_the_meter() {
        for (lasts, count) in [(15, 6.0), (5, 0.0), (60, 0.0)] {
            let ride = uphill(Sport::Ride, |s| {
                let watts = if effort(s, lasts) { 560.0 } else { 170.0 + (s % 7) as f64 };
                (4.0, watts)
            });
            assert_eq!(ride.hill_sprints, Ok(count), "{lasts} s");
            let best = ride.best_sprint_up_w_per_kg;
            assert_eq!(best.is_ok(), count > 0.0, "{lasts} s");
            assert!(best.is_err() || (best.unwrap() - 8.0).abs() < 0.8, "{best:?}");
        }
        let unmetered = uphill(Sport::Ride, |_| (4.0, f64::NAN));
        assert_eq!(unmetered.hill_sprints, Err("no power meter"));
    }

    #[test]
    fn counts_six_sprints_of_a_runner_by_the_work_of_the_model() {
        for (lasts, count) in [(15, 6.0), (120, 0.0)] {
            let fast = |s| if effort(s, lasts) { 5.5 } else { 1.8 };
            let run = uphill(Sport::Run, |s| (fast(s), f64::NAN));
            assert_eq!(run.hill_sprints, Ok(count), "{lasts} s");
        }
        // a steady climb is none, however its power lies about the bound
        for speed in [2.0, 3.0, 4.0, 4.2, 4.4, 5.0] {
            let wavering = |s: usize| speed + 0.3 * libm::sin(s as f64 / 5.0);
            let steady = uphill(Sport::Run, |s| (wavering(s), f64::NAN));
            assert_eq!(steady.hill_sprints, Ok(0.0), "{speed}");
        }
    }
}
