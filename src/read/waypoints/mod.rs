//! Named places of a file, without its marks that are none: turns, dangers, kilometres, bare numbers.
//!
//! What planners and devices write: cue sheets with hundreds of "Left" and "Turn right onto ...",
//! typed `Generic` now and then; names cut to 10 or 15 characters, whole in the notes; names in `cmt`
//! or `desc` alone; the same place as waypoint, as point of the route and once more.

mod words;

use std::collections::HashSet;
use std::sync::Arc;

use super::notice::NoticeKind;
use crate::waypoint::{Waypoint, WaypointKind};
use words::{is_mark, is_turn, meaning};

/// Steps of a degree and of a course's metres in which a mark of the same name is the same mark:
/// 10 m north and 100 m along. Ours.
const STEPS: (f64, f64) = (1e4, 0.01);
/// Names are cut by devices to so many characters, white space at the end trimmed. Source: the types
/// of a course point's name (10) and of other names (15) in schema v2 of TCX.
const CUT_CHARS: [usize; 4] = [9, 10, 14, 15];

/// What a file tells of a mark.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told {
    pub(crate) name: Option<String>,
    /// Comment, description or notes: the first that stand there.
    pub(crate) notes: [Option<String>; 2],
    /// Symbol and type, in words.
    pub(crate) words: [Option<String>; 2],
    /// Degrees north and east, where they can be used.
    pub(crate) position: Option<(f64, f64)>,
    pub(crate) distance_m: Option<f64>,
}

/// What a symbol or type means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meant {
    /// A place.
    Kind(WaypointKind),
    /// A turn, a danger, a mark of distance.
    NoPlace,
    /// It says nothing of that: the name decides.
    Untold,
}

/// Places as they are collected, within a limit.
#[derive(Debug, Default)]
pub(crate) struct Waypoints {
    kept: Vec<Waypoint>,
    /// Names and places of these.
    seen: HashSet<(String, [i64; 3])>,
    most: usize,
    left_out: u64,
    lost: u64,
}

impl Waypoints {
    /// Collects at most so many.
    pub(crate) fn at_most(most: usize) -> Waypoints {
        Waypoints { most, ..Waypoints::default() }
    }

    /// Takes a mark that is a place.
    pub(crate) fn take(&mut self, told: Told) {
        let meant = told.words.iter().flatten().map(|word| meaning(word));
        let meant = meant.fold(Meant::Untold, |first, next| match first {
            Meant::Untold => next,
            told => told,
        });
        self.take_as(told, meant);
    }

    /// The same, where the format itself says what the mark means.
    pub(crate) fn take_as(&mut self, told: Told, meant: Meant) {
        let kind = match meant {
            Meant::NoPlace => return,
            Meant::Kind(kind) => kind,
            Meant::Untold => WaypointKind::Place,
        };
        let Told { name, notes, words, position, distance_m } = told;
        let of_kind = words.into_iter().flatten().find(|_| meant != Meant::Untold);
        let notes: Vec<String> =
            notes.into_iter().flatten().filter_map(|text| first_line(&text)).collect();
        let Some(name) = name.or_else(|| notes.first().cloned()).or(of_kind) else {
            return;
        };
        let name = whole(name, &notes);
        if is_turn(&name) || is_mark(&name) {
            return;
        }
        let Some((latitude_deg, longitude_deg)) = position else {
            self.lost += 1;
            return;
        };
        let waypoint = Waypoint { name, kind, latitude_deg, longitude_deg, distance_m };
        if self.kept.len() >= self.most {
            self.left_out += 1;
        } else if self.seen.insert(mark(&waypoint)) {
            self.kept.push(waypoint);
        }
    }

    /// Returns the places, shared by the activities of a file; what was left out is noted.
    pub(crate) fn finish(
        self,
        mut note: impl FnMut(NoticeKind, u64, String),
    ) -> Arc<[Waypoint]> {
        let words = "a waypoint without a usable position, left out".to_owned();
        note(NoticeKind::BadPosition, self.lost, words);
        let words = format!("more than {} waypoints, the rest left out", self.most);
        note(NoticeKind::Structure, self.left_out, words);
        self.kept.into()
    }
}

/// Returns what a mark is known by.
#[expect(clippy::cast_possible_truncation, reason = "saturates")]
fn mark(waypoint: &Waypoint) -> (String, [i64; 3]) {
    let step = |value: f64, steps: f64| (value * steps).round() as i64;
    let place = [
        step(waypoint.latitude_deg, STEPS.0),
        step(waypoint.longitude_deg, STEPS.0),
        waypoint.distance_m.map_or(-1, |metres| step(metres, STEPS.1)),
    ];
    (waypoint.name.clone(), place)
}

/// Returns the first line that says something.
fn first_line(text: &str) -> Option<String> {
    text.lines().map(str::trim).find(|line| !line.is_empty()).map(str::to_owned)
}

/// Returns a name that a device cut as the notes have it whole.
fn whole(name: String, notes: &[String]) -> String {
    let is_cut = CUT_CHARS.contains(&name.chars().count());
    let longer = notes.iter().find(|note| is_cut && note.starts_with(&name));
    longer.cloned().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str) -> Told {
        Told {
            name: Some(name.to_owned()),
            position: Some((46.0, 7.0)),
            ..Told::default()
        }
    }

    fn kept(all: Vec<Told>) -> Vec<Waypoint> {
        let mut waypoints = Waypoints::at_most(3);
        for told in all {
            waypoints.take(told);
        }
        waypoints.finish(|_, _, _| ()).to_vec()
    }

    #[test]
    fn finds_a_name_where_files_put_it() {
        let line = |text: &str| Some(text.to_owned());
        let named = |told: Told| kept(vec![told]).first().map(|place| place.name.clone());
        let at = Told { name: None, ..told("") };
        let notes = Told { notes: [None, line("\n Refuge \n open")], ..at.clone() };
        assert_eq!(named(notes).as_deref(), Some("Refuge"));
        let cut = Told { notes: [line("Col de la Croix"), None], ..told("Col de la") };
        assert_eq!(named(cut).as_deref(), Some("Col de la Croix"));
        let symbol = Told { words: [line("Drinking Water"), None], ..at.clone() };
        assert_eq!(named(symbol).as_deref(), Some("Drinking Water"));
        assert_eq!(named(Told { words: [line("Flag, Blue"), None], ..at }), None);
        let turn = Told { words: [None, line("Left")], ..told("Rue de la Gare") };
        assert_eq!(named(turn), None);
    }

    #[test]
    fn keeps_a_place_once_and_no_more_than_the_limit() {
        let twice =
            vec![told("Hut"), told("Hut"), Told { distance_m: Some(9e3), ..told("Hut") }];
        assert_eq!(kept(twice).len(), 2, "passed at a distance, it is another pass");
        let many = (0..9).map(|n| told(&format!("Hut {n}"))).collect();
        assert_eq!(kept(many).len(), 3);
        let mut counted = Waypoints::at_most(1);
        counted.take(Told { position: None, ..told("Nowhere") });
        counted.take(told("Here"));
        counted.take(told("There"));
        let mut noted = Vec::new();
        counted.finish(|kind, count, _| noted.push((kind, count)));
        assert_eq!(noted, [(NoticeKind::BadPosition, 1), (NoticeKind::Structure, 1)]);
    }
}
