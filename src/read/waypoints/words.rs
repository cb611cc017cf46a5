//! What the words of a mark mean: a place, and of which kind, or a way to go.

use super::{CUT_CHARS, Meant};
use crate::waypoint::WaypointKind;

/// Symbols and types of summits and passes.
const SUMMITS: &str = "summit peak pass col saddle gipfel sommet cima category mountain";
/// And of what is on the way, but no name of a hill.
const SERVICES: &str = "water drinking food drink restaurant cafe bar toilet toilets restroom aid \
    medical pharmacy shower parking store shopping gas fuel gel rest service";
/// And of what is no place; the short ones are those of `BRouter` and Orux.
const NO_PLACES: &str = "left right straight turn uturn danger caution warning alert distance mile \
    obstacle crossing tl tr tsll tslr tshl tshr tu kl kr rndb roundabout";

/// Ways to go by themselves.
const ALONE: &str = "left right straight uturn turn continue merge links rechts geradeaus abbiegen \
    gauche droite izquierda derecha sinistra destra roundabout";
/// What begins a way to go where one of [`WAYS`] follows.
const VERBS: &str = "bear keep slight slightly sharp head go u scharf leicht halten tournez tourner \
    tourne à a tout continuez continuer gire girar gira svolta mantieni tieni exit rond weiter";
const WAYS: &str = "left right straight onto on to at in into turn north south east west northeast \
    northwest southeast southwest ahead slightly sharp sharply toward towards links rechts \
    geradeaus abbiegen halten auf à a sur gauche droite droit izquierda derecha sinistra destra \
    hacia point";
/// What begins one where it goes on about [`EXITS`].
const ENTRIES: &str = "at take enter make";
const EXITS: &str = "roundabout exit turn left right uturn";
/// Ends of a route, alone or with one of [`OF_ROUTE`].
const ENDS: &str =
    "start finish end ziel départ depart arrivée arrivee arrive destination arrivo";
const OF_ROUTE: &str = "of at to point";

/// Words around a number that make a mark of distance or a bare count.
const MARKS: &str =
    "km mi mile miles m wp wpt waypoint point p pt rpt rtept punkt wegpunkt";

fn has(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|one| one == word)
}

/// Words of a text in small letters.
fn words(text: &str) -> Vec<String> {
    let small = text.to_lowercase();
    let words = small.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(str::to_owned).collect()
}

/// Returns what a symbol or type means: those of Garmin's devices, TCX and planners.
pub(super) fn meaning(text: &str) -> Meant {
    let words = words(text);
    let any = |list: &str| words.iter().any(|word| has(list, word));
    if any(NO_PLACES) {
        Meant::NoPlace
    } else if any(SUMMITS) {
        Meant::Kind(WaypointKind::Summit)
    } else if any(SERVICES) {
        Meant::Kind(WaypointKind::Service)
    } else {
        Meant::Untold
    }
}

/// Whether a name tells a way to go: "Left", "Turn right onto Main St", "Head south", "Links
/// abbiegen", "Tournez à gauche", "End of route", cut short or not. The sharp edge, the bear lake and
/// the left bank are places.
pub(super) fn is_turn(name: &str) -> bool {
    let words = words(name);
    let Some((first, rest)) = words.split_first() else { return false };
    let Some(second) = rest.first() else {
        return has(ALONE, first) || has(ENDS, first);
    };
    if has(ENTRIES, first) {
        return rest.iter().any(|word| has(EXITS, word));
    }
    if has(ENDS, first) {
        // "Start of r", "Arrive at your destination", but "End Hut" is a hut
        return has(OF_ROUTE, second);
    }
    let is_cut = rest.len() == 1 && CUT_CHARS.contains(&name.chars().count());
    let begins_way =
        || WAYS.split_whitespace().any(|way| way.starts_with(second.as_str()));
    let goes_on = has(WAYS, second) || is_cut && begins_way();
    (has(ALONE, first) || has(VERBS, first)) && goes_on
}

/// Whether a name is a bare number or a mark of distance: "12", "WPT003", "km 10", "Mile 3".
pub(super) fn is_mark(name: &str) -> bool {
    let small = name.to_lowercase();
    let mut letters =
        small.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    letters.all(|word| has(MARKS, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_no_way_to_go_for_a_place() {
        for turn in [
            "Left",
            "RIGHT",
            "Turn right onto Main St",
            "Turn left ",
            "Sharp righ",
            "Head south",
            "Head southwest on Am Planetarium",
            "Slight lef",
            "Keep left at the fork",
            "Sharp right",
            "U-turn",
            "Continue onto B31",
            "Straight",
            "Links abbiegen",
            "Rechts",
            "Scharf links",
            "Tournez à gauche",
            "À droite",
            "Tout droit",
            "Gire a la derecha",
            "At roundabout, take exit 2",
            "Take the 2nd exit",
            "Start of r",
            "End of rou",
            "Start of route",
            "Arrive at",
            "Finish",
            "Ziel",
        ] {
            assert!(is_turn(turn), "{turn}");
        }
        for place in [
            "Col de la Croix",
            "Left Bank Hut",
            "Right Said Fred's Café",
            "Sharp Edge",
            "Bear Lake",
            "Kings Head",
            "Head of the Lake",
            "At the Summit",
            "Keep",
            "Straight Gate",
            "Take Off",
            "A Chaux",
            "End Hut",
            "Ravito 1",
            "CP3",
            "Exit Glacier",
            "Turnhütte",
            "Grande Tête",
            "St. Antönien",
            "山頂",
        ] {
            assert!(!is_turn(place) && !is_mark(place), "{place}");
        }
    }

    #[test]
    fn takes_no_number_for_a_place() {
        for mark in
            ["12", "WPT003", "km 10", "10 km", "Mile 3", "#7", "...", "1234 m", "P 4"]
        {
            assert!(is_mark(mark), "{mark}");
        }
    }
}
