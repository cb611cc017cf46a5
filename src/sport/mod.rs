//! The sports: what files call them, and whether feet strike the ground.

mod fit;
mod label;
mod virtual_ride;
mod words;

pub use fit::from_fit;
pub use label::{from_label, from_name};
pub use virtual_ride::is_virtual;

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
    /// Returns the name used on the command line and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Sport::Run => "run",
            Sport::Walk => "walk",
            Sport::Hike => "hike",
            Sport::Ride => "ride",
        }
    }

    /// Returns whether steps are taken (everything but riding).
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
    /// On a trainer, over the hills of a game.
    Virtual,
}

impl Bike {
    /// All.
    pub const ALL: [Bike; 5] =
        [Bike::Road, Bike::Gravel, Bike::Mountain, Bike::Electric, Bike::Virtual];

    /// Returns the name used in JSON and in a store.
    pub fn name(self) -> &'static str {
        match self {
            Bike::Road => "road",
            Bike::Gravel => "gravel",
            Bike::Mountain => "mountain",
            Bike::Electric => "electric",
            Bike::Virtual => "virtual",
        }
    }

    /// Returns whether legs and ground decide how fast it goes: no motor, no game.
    ///
    /// ```
    /// use hardlegs::sport::Bike;
    /// assert!(Bike::Gravel.is_plain() && !Bike::Electric.is_plain());
    /// ```
    pub fn is_plain(self) -> bool {
        match self {
            Bike::Road | Bike::Gravel | Bike::Mountain => true,
            Bike::Electric | Bike::Virtual => false,
        }
    }
}

/// What a file says of its sport.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Labelled {
    /// A sport with a model.
    Modelled(Sport, Bike),
    /// A sport without one, by the name to show.
    Unmodelled(String),
    /// A word, as written, that is not known here or tells of several sports.
    Unrecognised(String),
    /// Nothing.
    Unknown,
}

impl Labelled {
    /// Returns whether a sport is known from it, with a model or without.
    pub fn is_known(&self) -> bool {
        match self {
            Labelled::Modelled(..) | Labelled::Unmodelled(_) => true,
            Labelled::Unrecognised(_) | Labelled::Unknown => false,
        }
    }

    /// Takes what is said elsewhere, where that tells more.
    ///
    /// ```
    /// use hardlegs::sport::{from_label, Labelled};
    /// let mut said = Labelled::Unknown;
    /// said.learn(from_label("xyzzy"));
    /// assert_eq!(said, Labelled::Unrecognised("xyzzy".to_owned()));
    /// said.learn(from_label("hike"));
    /// said.learn(from_label("ride"));
    /// assert_eq!(said, from_label("hike"));
    /// ```
    pub fn learn(&mut self, said: Labelled) {
        if *self == Labelled::Unknown || (!self.is_known() && said.is_known()) {
            *self = said;
        }
    }
}
