//! What a load rests on that nobody measured.

use crate::evidence::Parameter;

/// Pack of who gives none: a runner's bottle and jacket, kg.
pub(crate) const RUN_PACK: Parameter = Parameter::chosen(
    "load.unknown_pack_run",
    1.5,
    "kg",
    "0 to 3 kg",
    "a belt with half a litre to a vest with a litre, food and a jacket",
);
/// And of who walks, kg.
pub(crate) const WALK_PACK: Parameter = Parameter::chosen(
    "load.unknown_pack_walk",
    6.0,
    "kg",
    "0 to 10 kg",
    "day packs weigh 4 to 8 kg",
);
/// Body mass of who gives none may be so much less or more, kg.
pub const MASS: Parameter = Parameter::chosen(
    "load.unknown_mass",
    15.0,
    "kg",
    "10 to 20 kg",
    "four of five adults who run or hike weigh 55 to 85 kg",
);
/// Speeds of a course may be so many times those assumed, or as many times slower.
pub(crate) const SPEED: Parameter = Parameter::chosen(
    "load.unknown_speed",
    1.25,
    "1",
    "1.15 to 1.5",
    "from an easy outing to a race: 8 to 12.5 W/kg beside the assumed 10",
);

/// Something that a load rests on and that is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Unknown {
    /// How high the hills are: noise, threshold and smoothing of the heights.
    Heights,
    /// What lies between records that are far apart, or within a step of the heights.
    Interval,
    /// The constants of the stride, which nobody measured on this person.
    Stride,
    /// Steps a minute.
    Cadence,
    /// Running or walking.
    Gait,
    /// Speeds of a course.
    Speed,
    /// Body mass beside a pack.
    Mass,
    /// The pack.
    Pack,
    /// Wind of a ride.
    Wind,
    /// How much air a rider meets.
    DragArea,
    /// Whether somebody rides ahead.
    Draught,
    /// What the tyres take.
    Rolling,
    /// Bicycle, bottles and clothes.
    Bicycle,
    /// What the chain takes.
    Efficiency,
    /// Turns of the crank a minute.
    Rpm,
}

impl Unknown {
    /// Returns the name used in words and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Unknown::Heights => "heights",
            Unknown::Interval => "interval",
            Unknown::Stride => "stride",
            Unknown::Cadence => "cadence",
            Unknown::Gait => "gait",
            Unknown::Speed => "speed",
            Unknown::Mass => "mass",
            Unknown::Pack => "pack",
            Unknown::Wind => "wind",
            Unknown::DragArea => "drag area",
            Unknown::Draught => "draught",
            Unknown::Rolling => "rolling",
            Unknown::Bicycle => "bicycle",
            Unknown::Efficiency => "chain",
            Unknown::Rpm => "crank",
        }
    }

    /// Returns what to set, or to record, for it to be known.
    pub fn remedy(self) -> &'static str {
        match self {
            Unknown::Heights => "record with a barometer",
            Unknown::Interval => "record each second",
            Unknown::Stride => "the stride cannot be known",
            Unknown::Cadence | Unknown::Rpm => "record the cadence",
            Unknown::Gait => "set --sport run or walk",
            Unknown::Speed => "record the times",
            Unknown::Mass => "set --mass",
            Unknown::Pack => "set --pack, 0 for none",
            Unknown::Wind | Unknown::Draught | Unknown::Efficiency => "record the power",
            Unknown::DragArea => "set --position",
            Unknown::Rolling => "set --surface",
            Unknown::Bicycle => "set --bike",
        }
    }
}
