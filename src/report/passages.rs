//! Named places where the way passes them, in its order, and the hills that are called after them.

use std::collections::HashMap;

use crate::activity::Activity;
use crate::load::by_grade::ByGrade;
use crate::profile::Profile;
use crate::report::Hill;
use crate::report::places::Survey;
use crate::report::tables::Tables;
use crate::segment::Slope;
use crate::waypoint::{Waypoint, WaypointKind};

/// A way passes a place within so many metres. Ours: huts and car parks lie beside the path, and
/// satellites scatter by a tenth of it.
pub(crate) const PASSES_M: f64 = 100.0;
/// It passes it once more where it was further away in between, m. Ours: bends go to and fro.
const LEAVES_M: f64 = 250.0;
/// A hill is called after a place so near to its top along the way, m. Ours: the sign of a pass
/// stands where the road is level.
const NAMES_M: f64 = 200.0;
/// Passages that are kept: laps around a place. Ours.
const MOST: usize = 1_000;
/// Metres of a degree of latitude.
const DEGREE_M: f64 = 111_195.0;

/// Where the way passes a named place.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Passage {
    /// Name of the place, as in the file: escape before showing.
    pub name: String,
    /// What it is good for.
    pub kind: WaypointKind,
    /// Distance from the start, m.
    pub at_m: f64,
    /// The way since the passage before, or the start, by class of grade.
    pub since: ByGrade,
}

/// What becomes of a file's places on its way.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Passages {
    /// In the order of the way; a place that is passed twice is there twice.
    pub all: Vec<Passage>,
    /// The way from the last of them to its end, by class of grade.
    pub to_end: ByGrade,
    /// Places further than 100 m from the way.
    pub off_route: usize,
}

/// Where the way passes which place: nodes of a profile, before anything is scored.
#[derive(Debug, Default)]
pub(super) struct OnTheWay {
    /// In the order of the way.
    met: Vec<(Waypoint, Stay)>,
    off_route: usize,
}

/// A stay near a place: how near, the cell that begins at the nearest node, and that node's distance
/// from the start.
#[derive(Debug, Clone, Copy)]
struct Stay {
    off_m: f64,
    cell: usize,
    at_m: f64,
}

/// A place while the way is gone along.
#[derive(Debug, Default)]
struct Watched {
    /// The last node that was not far from it.
    last: Option<usize>,
    open: Option<Stay>,
    stays: Vec<Stay>,
}

impl Watched {
    /// Takes a node that is not far.
    fn meet(&mut self, node: usize, stay: Stay) {
        if self.last.is_some_and(|last| last + 1 != node) {
            self.stays.extend(self.open.take());
        }
        self.last = Some(node);
        let nearer = self.open.is_none_or(|open| stay.off_m < open.off_m);
        if stay.off_m <= PASSES_M && nearer {
            self.open = Some(stay);
        }
    }
}

impl OnTheWay {
    pub(super) fn of(activity: &Activity, profile: &Profile) -> OnTheWay {
        let waypoints = activity.waypoints();
        if waypoints.is_empty() {
            return OnTheWay::default();
        }
        let Some(survey) = Survey::of(activity, profile) else {
            return OnTheWay { met: Vec::new(), off_route: waypoints.len() };
        };
        let mut met = Vec::new();
        let mut off_route = 0;
        for (at, mut stays) in stays(waypoints, profile, &survey).into_iter().enumerate()
        {
            off_route += usize::from(stays.is_empty());
            if let Some(metres) = waypoints[at].distance_m {
                let off = |stay: &Stay| (stay.at_m - metres).abs();
                let meant =
                    stays.iter().min_by(|a, b| off(a).total_cmp(&off(b))).copied();
                stays = meant.into_iter().collect();
            }
            met.extend(stays.into_iter().map(|stay| (at, stay)));
        }
        met.sort_by_key(|(_, stay)| stay.cell);
        // one place as waypoint and as point of a route
        let names: Vec<String> =
            waypoints.iter().map(|place| place.name.to_lowercase()).collect();
        let mut seen: HashMap<&str, f64> = HashMap::new();
        met.retain(|(at, stay)| {
            let before = seen.insert(names[*at].as_str(), stay.at_m);
            before.is_none_or(|before| stay.at_m - before > NAMES_M)
        });
        met.truncate(MOST);
        let met = met.into_iter().map(|(at, stay)| (waypoints[at].clone(), stay));
        let met = met.collect();
        OnTheWay { met, off_route }
    }

    /// Returns the passages with the way between them.
    pub(super) fn passages(self, tables: &Tables<'_>, cells: usize) -> Passages {
        if self.met.is_empty() {
            return Passages { off_route: self.off_route, ..Passages::default() };
        }
        let mut from = 0;
        let met = self.met.into_iter();
        let all = met.map(|(waypoint, Stay { cell, at_m, .. })| {
            let since = tables.by_grade(&(from..cell));
            from = cell;
            Passage { name: waypoint.name, kind: waypoint.kind, at_m, since }
        });
        let all = all.collect();
        Passages {
            all,
            to_end: tables.by_grade(&(from..cells)),
            off_route: self.off_route,
        }
    }
}

/// Returns the stays of the way near each place.
fn stays(
    waypoints: &[Waypoint],
    profile: &Profile,
    survey: &Survey<'_>,
) -> Vec<Vec<Stay>> {
    let mut by_latitude: Vec<usize> = (0..waypoints.len()).collect();
    let north = |at: &usize| waypoints[*at].latitude_deg;
    by_latitude.sort_by(|a, b| north(a).total_cmp(&north(b)));
    let band = LEAVES_M / DEGREE_M;
    let mut watched: Vec<Watched> =
        waypoints.iter().map(|_| Watched::default()).collect();
    for run in profile.runs() {
        for node in run.nodes.clone() {
            let (latitude, longitude) = survey.position(node);
            let east_degree_m = DEGREE_M * libm::cos(latitude.to_radians());
            let first = by_latitude.partition_point(|at| north(at) < latitude - band);
            let near = by_latitude[first..].iter();
            for &at in near.take_while(|at| north(at) <= latitude + band) {
                let place = &waypoints[at];
                let east = place.longitude_deg - longitude;
                let east = east - 360.0 * (east / 360.0).round();
                let east_m = east * east_degree_m;
                let off_m =
                    libm::hypot(east_m, (place.latitude_deg - latitude) * DEGREE_M);
                if off_m <= LEAVES_M {
                    let along = node - run.nodes.start;
                    let at_m = run.start_m + along as f64 * run.step_m;
                    let stay = Stay { off_m, cell: run.cells.start + along, at_m };
                    watched[at].meet(node, stay);
                }
            }
        }
    }
    let ended = watched.into_iter().map(|mut one| {
        one.stays.extend(one.open);
        one.stays
    });
    ended.collect()
}

impl Passages {
    /// Calls climbs after what is at their top and descents after what is at theirs: a summit or
    /// pass first, else the nearest place; water and food name no hill.
    pub(super) fn name(&self, hills: &mut [Hill]) {
        for hill in hills {
            let top_m = match hill.slope {
                Some(Slope::Climb) => hill.from_m + hill.length_m,
                Some(Slope::Descent) => hill.from_m,
                Some(Slope::Level) | None => continue,
            };
            let off = |passage: &&Passage| (passage.at_m - top_m).abs();
            let near = self
                .all
                .iter()
                .filter(|one| one.kind != WaypointKind::Service && off(one) <= NAMES_M);
            let best = near.min_by(|a, b| {
                let rank = |one: &Passage| one.kind != WaypointKind::Summit;
                rank(a).cmp(&rank(b)).then(off(a).total_cmp(&off(b)))
            });
            hill.name = best.map(|passage| passage.name.clone());
        }
    }
}
