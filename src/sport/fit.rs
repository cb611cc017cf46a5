//! What a FIT file means by its numbers.

use super::{Bike, Labelled, Sport};
use crate::fit_names;

/// Returns whether FIT knows a sport of this number that has no model here.
/// Source: FIT profile 21.202, type `sport`; the others of it stand in [`from_fit`].
fn is_unmodelled(sport: u8) -> bool {
    matches!(sport,
        3..=10 | 12..=15 | 18..=20 | 22..=34 | 36..=49 | 53 | 56 | 58 | 59 | 62..=88)
}

/// Sub-sports, type `sub_sport` of the same profile.
mod sub {
    pub(super) const TREADMILL: u8 = 1;
    pub(super) const STREET: u8 = 2;
    pub(super) const TRAIL: u8 = 3;
    pub(super) const TRACK: u8 = 4;
    pub(super) const SPIN: u8 = 5;
    pub(super) const INDOOR_CYCLING: u8 = 6;
    pub(super) const MOUNTAIN: u8 = 8;
    pub(super) const DOWNHILL: u8 = 9;
    pub(super) const CYCLOCROSS: u8 = 11;
    pub(super) const HAND_CYCLING: u8 = 12;
    pub(super) const TRACK_CYCLING: u8 = 13;
    pub(super) const INDOOR_ROWING: u8 = 14;
    pub(super) const ELLIPTICAL: u8 = 15;
    pub(super) const STAIR_CLIMBING: u8 = 16;
    pub(super) const LAP_SWIMMING: u8 = 17;
    pub(super) const OPEN_WATER: u8 = 18;
    pub(super) const INDOOR_WALKING: u8 = 27;
    pub(super) const E_BIKE_FITNESS: u8 = 28;
    pub(super) const BMX: u8 = 29;
    pub(super) const CASUAL_WALKING: u8 = 30;
    pub(super) const SPEED_WALKING: u8 = 31;
    pub(super) const ATV: u8 = 35;
    pub(super) const MOTOCROSS: u8 = 36;
    pub(super) const BACKCOUNTRY: u8 = 37;
    pub(super) const RESORT: u8 = 38;
    pub(super) const RC_DRONE: u8 = 39;
    pub(super) const WINGSUIT: u8 = 40;
    pub(super) const WHITEWATER: u8 = 41;
    pub(super) const SKATE_SKIING: u8 = 42;
    pub(super) const INDOOR_RUNNING: u8 = 45;
    pub(super) const GRAVEL_CYCLING: u8 = 46;
    pub(super) const E_BIKE_MOUNTAIN: u8 = 47;
    pub(super) const MIXED_SURFACE: u8 = 49;
    pub(super) const SINGLE_GAS_DIVING: u8 = 53;
    pub(super) const APNEA_HUNTING: u8 = 57;
    pub(super) const OBSTACLE: u8 = 59;
    pub(super) const CCR_DIVING: u8 = 63;
    pub(super) const SAIL_RACE: u8 = 65;
    pub(super) const ULTRA: u8 = 67;
    pub(super) const INDOOR_HAND_CYCLING: u8 = 88;
    pub(super) const FLY_CANOPY: u8 = 110;
    pub(super) const FLY_IFR: u8 = 119;
    pub(super) const RUCKING: u8 = 124;
    pub(super) const VIRTUAL: u8 = 58;
    pub(super) const E_BIKE_ENDURO: u8 = 127;
}

/// Returns what a FIT file means by its `sport` and `sub_sport`; 255 is FIT's "not said". What
/// has no model is called as in FIT's profile, or by its number without the feature `inspect`.
///
/// ```
/// use hardlegs::sport::{from_fit, Bike, Labelled, Sport};
/// assert_eq!(from_fit(1, 3), Labelled::Modelled(Sport::Run, Bike::Road));
/// assert_eq!(from_fit(2, 8), Labelled::Modelled(Sport::Ride, Bike::Mountain));
/// assert_eq!(from_fit(21, 0), Labelled::Modelled(Sport::Ride, Bike::Electric));
/// assert_eq!(from_fit(2, 58), Labelled::Modelled(Sport::Ride, Bike::Virtual));
/// assert_eq!(from_fit(17, 255), Labelled::Modelled(Sport::Hike, Bike::Road));
/// assert!(matches!(from_fit(5, 17), Labelled::Unmodelled(_))); // swimming
/// assert_eq!(from_fit(0, 0), Labelled::Unknown);
/// assert_eq!(from_fit(200, 0), Labelled::Unrecognised("FIT sport 200".to_owned()));
/// ```
pub fn from_fit(sport: u8, sub_sport: u8) -> Labelled {
    let foot = |sport| Labelled::Modelled(sport, Bike::Road);
    let without = |name: &str| Labelled::Unmodelled(name.to_owned());
    match (sport, sub_sport) {
        (2, sub::HAND_CYCLING | sub::INDOOR_HAND_CYCLING) => without("hand cycling"),
        (1, _) | (4, sub::TREADMILL | sub::INDOOR_RUNNING) => foot(Sport::Run),
        (2, sub_sport) => Labelled::Modelled(Sport::Ride, bike(sub_sport)),
        (11, _) | (4, sub::INDOOR_WALKING) => foot(Sport::Walk),
        (16 | 17 | 35, _) | (45, sub::RUCKING) => foot(Sport::Hike),
        (21, _) => Labelled::Modelled(Sport::Ride, Bike::Electric),
        (4, sub::SPIN | sub::INDOOR_CYCLING) => foot(Sport::Ride),
        // metres of no hill
        (4, sub::INDOOR_ROWING) => without("indoor rowing"),
        (4, sub::ELLIPTICAL) => without("elliptical"),
        (4, sub::STAIR_CLIMBING) => without("stair climbing"),
        (0 | 254 | 255, sub_sport) => from_sub_sport(sub_sport),
        (other, _) => {
            let name =
                fit_names::sport(other).unwrap_or_else(|| format!("FIT sport {other}"));
            if is_unmodelled(other) {
                Labelled::Unmodelled(name)
            } else {
                Labelled::Unrecognised(name)
            }
        }
    }
}

/// Returns what a sub-sport tells by itself, beside a sport that says nothing.
fn from_sub_sport(sub_sport: u8) -> Labelled {
    let foot = |sport| Labelled::Modelled(sport, Bike::Road);
    let without = |name: &str| Labelled::Unmodelled(name.to_owned());
    match sub_sport {
        sub::TREADMILL
        | sub::STREET
        | sub::TRAIL
        | sub::TRACK
        | sub::INDOOR_RUNNING
        | sub::OBSTACLE
        | sub::ULTRA => foot(Sport::Run),
        sub::INDOOR_WALKING | sub::CASUAL_WALKING | sub::SPEED_WALKING => {
            foot(Sport::Walk)
        }
        sub::RUCKING => foot(Sport::Hike),
        sub::SPIN..=sub::CYCLOCROSS
        | sub::TRACK_CYCLING
        | sub::BMX
        | sub::GRAVEL_CYCLING
        | sub::MIXED_SURFACE
        | sub::E_BIKE_FITNESS
        | sub::E_BIKE_MOUNTAIN
        | sub::E_BIKE_ENDURO => Labelled::Modelled(Sport::Ride, bike(sub_sport)),
        sub::HAND_CYCLING | sub::INDOOR_HAND_CYCLING => without("hand cycling"),
        sub::INDOOR_ROWING => without("indoor rowing"),
        sub::ELLIPTICAL => without("elliptical"),
        sub::STAIR_CLIMBING => without("stair climbing"),
        sub::LAP_SWIMMING | sub::OPEN_WATER => without("swimming"),
        sub::BACKCOUNTRY | sub::RESORT | sub::SKATE_SKIING => without("skiing"),
        sub::ATV | sub::MOTOCROSS => without("motorcycling"),
        sub::RC_DRONE | sub::WINGSUIT | sub::FLY_CANOPY..=sub::FLY_IFR => {
            without("flying")
        }
        sub::WHITEWATER => without("whitewater"),
        sub::SINGLE_GAS_DIVING..=sub::APNEA_HUNTING | sub::CCR_DIVING => {
            without("diving")
        }
        sub::SAIL_RACE => without("sailing"),
        _ => Labelled::Unknown,
    }
}

/// Returns the bicycle that a sub-sport of cycling tells of.
fn bike(sub_sport: u8) -> Bike {
    match sub_sport {
        sub::MOUNTAIN | sub::DOWNHILL | sub::BMX => Bike::Mountain,
        sub::CYCLOCROSS | sub::GRAVEL_CYCLING | sub::MIXED_SURFACE => Bike::Gravel,
        sub::E_BIKE_FITNESS | sub::E_BIKE_MOUNTAIN | sub::E_BIKE_ENDURO => Bike::Electric,
        sub::VIRTUAL => Bike::Virtual,
        _ => Bike::Road,
    }
}

#[cfg(all(test, feature = "inspect"))]
mod tests {
    use super::*;

    #[test]
    fn knows_the_sports_of_the_profile_and_no_others() {
        for number in 0..=253 {
            let named = fit_names::sport(number).is_some();
            let known = from_fit(number, 0).is_known() || matches!(number, 0 | 1);
            assert_eq!(known, named, "{number}: {:?}", from_fit(number, 0));
        }
        assert_eq!(
            from_fit(12, 0),
            Labelled::Unmodelled("cross-country skiing".to_owned())
        );
    }
}
