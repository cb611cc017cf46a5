//! The sports: what files call them, and whether feet strike the ground.

/// A sport that has a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sport {
    /// Running, trail running, treadmill.
    Run,
    /// Walking.
    Walk,
    /// Hiking, mountaineering on foot, snow shoes.
    Hike,
    /// Cycling without a motor, or with one and a power meter.
    Ride,
}

impl Sport {
    /// The name used on the command line and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Sport::Run => "run",
            Sport::Walk => "walk",
            Sport::Hike => "hike",
            Sport::Ride => "ride",
        }
    }

    /// Whether steps are taken (everything but riding).
    pub fn on_foot(self) -> bool {
        match self {
            Sport::Run | Sport::Walk | Sport::Hike => true,
            Sport::Ride => false,
        }
    }
}

/// What is ridden, as far as the file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Bike {
    /// Road bicycle, or nothing said.
    #[default]
    Road,
    /// Gravel or cyclo-cross.
    Gravel,
    /// Mountain bike.
    Mountain,
    /// With a motor: scored with a power meter only.
    Electric,
}

/// What a file says of its sport.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Labelled {
    /// A sport with a model.
    Modelled(Sport, Bike),
    /// A sport without one, by the name to show.
    Unmodelled(String),
    /// Nothing, or a word nobody knows.
    Unknown,
}

/// The words and numbers that Garmin, Strava, Suunto, Komoot, Polar and `OpenTracks` write.
/// Sources: the exporters' own files and the FIT profile's names; Strava's numbers as met in
/// its GPX exports (1 ride, 9 run, ...).
const LABELS: &[(&str, Labelled)] = {
    use Bike::{Electric, Gravel, Mountain, Road};
    use Labelled::Modelled;
    use Sport::{Hike, Ride, Run, Walk};
    &[
        ("run", Modelled(Run, Road)),
        ("running", Modelled(Run, Road)),
        ("trailrun", Modelled(Run, Road)),
        ("trailrunning", Modelled(Run, Road)),
        ("streetrunning", Modelled(Run, Road)),
        ("trackrunning", Modelled(Run, Road)),
        ("treadmill", Modelled(Run, Road)),
        ("treadmillrunning", Modelled(Run, Road)),
        ("virtualrun", Modelled(Run, Road)),
        ("ultrarun", Modelled(Run, Road)),
        ("jogging", Modelled(Run, Road)),
        ("jog", Modelled(Run, Road)),
        ("orienteering", Modelled(Run, Road)),
        ("9", Modelled(Run, Road)),
        ("walk", Modelled(Walk, Road)),
        ("walking", Modelled(Walk, Road)),
        ("casualwalking", Modelled(Walk, Road)),
        ("speedwalking", Modelled(Walk, Road)),
        ("nordicwalking", Modelled(Walk, Road)),
        ("10", Modelled(Walk, Road)),
        ("hike", Modelled(Hike, Road)),
        ("hiking", Modelled(Hike, Road)),
        ("trekking", Modelled(Hike, Road)),
        ("mountaineering", Modelled(Hike, Road)),
        ("alpinetour", Modelled(Hike, Road)),
        ("snowshoe", Modelled(Hike, Road)),
        ("snowshoeing", Modelled(Hike, Road)),
        ("rucking", Modelled(Hike, Road)),
        ("4", Modelled(Hike, Road)),
        ("ride", Modelled(Ride, Road)),
        ("cycling", Modelled(Ride, Road)),
        ("biking", Modelled(Ride, Road)),
        ("bike", Modelled(Ride, Road)),
        ("bicycle", Modelled(Ride, Road)),
        ("roadbiking", Modelled(Ride, Road)),
        ("roadcycling", Modelled(Ride, Road)),
        ("racebike", Modelled(Ride, Road)),
        ("touringbicycle", Modelled(Ride, Road)),
        ("virtualride", Modelled(Ride, Road)),
        ("indoorcycling", Modelled(Ride, Road)),
        ("1", Modelled(Ride, Road)),
        ("gravelride", Modelled(Ride, Gravel)),
        ("gravelcycling", Modelled(Ride, Gravel)),
        ("gravelbiking", Modelled(Ride, Gravel)),
        ("cyclocross", Modelled(Ride, Gravel)),
        ("mountainbikeride", Modelled(Ride, Mountain)),
        ("mountainbiking", Modelled(Ride, Mountain)),
        ("mtb", Modelled(Ride, Mountain)),
        ("mtbeasy", Modelled(Ride, Mountain)),
        ("ebikeride", Modelled(Ride, Electric)),
        ("ebiking", Modelled(Ride, Electric)),
        ("ebikefitness", Modelled(Ride, Electric)),
        ("ebikemountain", Modelled(Ride, Electric)),
        ("emountainbikeride", Modelled(Ride, Electric)),
    ]
};

/// Sports that are known and have no model here.
const UNMODELLED: &[&str] = &[
    "swim",
    "swimming",
    "rowing",
    "row",
    "kayak",
    "canoe",
    "paddl",
    "ski",
    "snowboard",
    "skat",
    "sail",
    "surf",
    "golf",
    "yoga",
    "strength",
    "fitness",
    "climbing",
    "motor",
    "driving",
    "drive",
    "flying",
    "horse",
    "elliptical",
    "stair",
    "transition",
    "wheelchair",
    "handcycl",
    "boat",
    "train",
    "car",
    "hang_gliding",
    "tennis",
    "soccer",
    "football",
    "basketball",
    "diving",
];

/// What a word of a file means; case, blanks, `-` and `_` do not matter.
///
/// ```
/// use hardlegs::sport::{from_label, Bike, Labelled, Sport};
/// assert_eq!(from_label("Trail_Running"), Labelled::Modelled(Sport::Run, Bike::Road));
/// assert_eq!(from_label("9"), Labelled::Modelled(Sport::Run, Bike::Road));
/// assert_eq!(from_label("mountain biking"), Labelled::Modelled(Sport::Ride, Bike::Mountain));
/// assert!(matches!(from_label("Swimming"), Labelled::Unmodelled(_)));
/// assert_eq!(from_label("the category"), Labelled::Unknown);
/// ```
pub fn from_label(label: &str) -> Labelled {
    let word: String = label
        .chars()
        .filter(|c| c.is_alphanumeric())
        .take(64)
        .flat_map(char::to_lowercase)
        .collect();
    if let Some((_, meaning)) = LABELS.iter().find(|(name, _)| *name == word) {
        return meaning.clone();
    }
    let known = |name: &&&str| word.starts_with(**name) || word.ends_with(**name);
    match UNMODELLED.iter().find(known) {
        Some(_) => Labelled::Unmodelled(label.chars().take(64).collect()),
        None => Labelled::Unknown,
    }
}

/// FIT's own names of the sports that have no model here, by FIT's number.
/// Source: FIT profile 21, type `sport`.
const UNMODELLED_IN_FIT: &[(u8, &str)] = &[
    (3, "transition"),
    (4, "fitness equipment"),
    (5, "swimming"),
    (6, "basketball"),
    (7, "soccer"),
    (8, "tennis"),
    (9, "american football"),
    (10, "training"),
    (12, "cross-country skiing"),
    (13, "alpine skiing"),
    (14, "snowboarding"),
    (15, "rowing"),
    (18, "multisport"),
    (19, "paddling"),
    (20, "flying"),
    (22, "motorcycling"),
    (23, "boating"),
    (24, "driving"),
    (25, "golf"),
    (26, "hang gliding"),
    (27, "horseback riding"),
    (28, "hunting"),
    (29, "fishing"),
    (30, "inline skating"),
    (31, "rock climbing"),
    (32, "sailing"),
    (33, "ice skating"),
    (34, "sky diving"),
    (36, "snowmobiling"),
    (37, "stand-up paddleboarding"),
    (38, "surfing"),
    (39, "wakeboarding"),
    (40, "water skiing"),
    (41, "kayaking"),
    (42, "rafting"),
    (43, "windsurfing"),
    (44, "kitesurfing"),
    (47, "boxing"),
    (48, "floor climbing"),
    (53, "diving"),
    (58, "winter sport"),
    (62, "interval training"),
    (64, "racket"),
    (65, "wheelchair push walk"),
    (66, "wheelchair push run"),
    (67, "meditation"),
    (75, "volleyball"),
    (82, "snorkeling"),
    (83, "dance"),
    (84, "jump rope"),
    (88, "canoeing"),
];

/// What a FIT file means by its `sport` and `sub_sport`; 255 is FIT's "not said".
///
/// ```
/// use hardlegs::sport::{from_fit, Bike, Labelled, Sport};
/// assert_eq!(from_fit(1, 3), Labelled::Modelled(Sport::Run, Bike::Road));
/// assert_eq!(from_fit(2, 8), Labelled::Modelled(Sport::Ride, Bike::Mountain));
/// assert_eq!(from_fit(21, 0), Labelled::Modelled(Sport::Ride, Bike::Electric));
/// assert_eq!(from_fit(17, 255), Labelled::Modelled(Sport::Hike, Bike::Road));
/// assert_eq!(from_fit(5, 17), Labelled::Unmodelled("swimming".to_owned()));
/// assert_eq!(from_fit(0, 0), Labelled::Unknown);
/// ```
pub fn from_fit(sport: u8, sub_sport: u8) -> Labelled {
    /// `sub_sport` of a fitness machine: metres of no hill.
    const ROWING_MACHINE: u8 = 14;
    const ELLIPTICAL: u8 = 15;
    const STAIR_MACHINE: u8 = 16;
    match (sport, sub_sport) {
        (1 | 4, 1 | 45) | (1, _) => Labelled::Modelled(Sport::Run, Bike::Road),
        (2, 12 | 88) => Labelled::Unmodelled("hand cycling".to_owned()),
        (2, sub_sport) => Labelled::Modelled(Sport::Ride, bike_from_fit(sub_sport)),
        (4, 5 | 6) => Labelled::Modelled(Sport::Ride, Bike::Road),
        (4, 27) | (11, _) => Labelled::Modelled(Sport::Walk, Bike::Road),
        (4, ROWING_MACHINE) => Labelled::Unmodelled("indoor rowing".to_owned()),
        (4, ELLIPTICAL) => Labelled::Unmodelled("elliptical".to_owned()),
        (4, STAIR_MACHINE) => Labelled::Unmodelled("stair climbing".to_owned()),
        (16 | 17 | 35, _) => Labelled::Modelled(Sport::Hike, Bike::Road),
        (21, _) => Labelled::Modelled(Sport::Ride, Bike::Electric),
        (0 | 254 | 255, _) => Labelled::Unknown,
        (other, _) => {
            let known = UNMODELLED_IN_FIT.iter().find(|(number, _)| *number == other);
            Labelled::Unmodelled(known.map_or_else(
                || format!("FIT sport {other}"),
                |(_, name)| (*name).to_owned(),
            ))
        }
    }
}

/// The bicycle that FIT's `sub_sport` of cycling tells of.
fn bike_from_fit(sub_sport: u8) -> Bike {
    match sub_sport {
        8 | 9 => Bike::Mountain,
        11 | 46 | 49 => Bike::Gravel,
        28 | 47 | 127 => Bike::Electric,
        _ => Bike::Road,
    }
}
