//! Who moves: body mass and whatever else a model asks of a person.

use serde::Deserialize;

/// Body mass where none is given, kg. It matters only with a pack and on rides.
pub(crate) const DEFAULT_MASS_KG: f64 = 70.0;

/// One person at one time. What is `None` was not given: it is a stated default or a null
/// figure, never guessed from age.
///
/// ```
/// use hardlegs::athlete::Athlete;
/// let spring = Athlete { mass_kg: Some(73.5), hr_max: Some(189.0), ..Athlete::default() };
/// let today = Athlete { mass_kg: Some(71.0), ..Athlete::default() };
/// let athlete = today.or(&spring);
/// assert_eq!((athlete.mass_kg, athlete.hr_max), (Some(71.0), Some(189.0)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Athlete {
    /// Body mass, kg.
    pub mass_kg: Option<f64>,
    /// Carried on this activity, kg.
    pub pack_kg: Option<f64>,
    /// Highest heart rate, 1/min.
    pub hr_max: Option<f64>,
    /// Resting heart rate, 1/min.
    pub hr_rest: Option<f64>,
    /// Functional threshold power, W.
    pub ftp_w: Option<f64>,
    /// For the TRIMP weights only.
    pub sex: Option<Sex>,
    /// Bicycle, kg.
    pub bike_kg: Option<f64>,
    /// Crank, mm.
    pub crank_mm: Option<f64>,
    /// How the rider sits.
    pub position: Option<Position>,
    /// What the tyres roll on, whatever the file calls the bicycle.
    pub surface: Option<Surface>,
}

impl Athlete {
    /// Fills what `self` does not say with what `other` says.
    #[must_use]
    pub fn or(self, other: &Athlete) -> Athlete {
        Athlete {
            mass_kg: self.mass_kg.or(other.mass_kg),
            pack_kg: self.pack_kg.or(other.pack_kg),
            hr_max: self.hr_max.or(other.hr_max),
            hr_rest: self.hr_rest.or(other.hr_rest),
            ftp_w: self.ftp_w.or(other.ftp_w),
            sex: self.sex.or(other.sex),
            bike_kg: self.bike_kg.or(other.bike_kg),
            crank_mm: self.crank_mm.or(other.crank_mm),
            position: self.position.or(other.position),
            surface: self.surface.or(other.surface),
        }
    }

    /// Returns the body mass, kg; the default where none is given.
    pub(crate) fn body_kg(&self) -> f64 {
        self.mass_kg.unwrap_or(DEFAULT_MASS_KG)
    }

    /// Returns what is carried, kg; nothing where nothing was said.
    pub fn carried_kg(&self) -> f64 {
        self.pack_kg.unwrap_or(0.0)
    }
}

/// Sex as the TRIMP weights were measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

impl Sex {
    /// Both.
    pub const ALL: [Sex; 2] = [Sex::Female, Sex::Male];

    /// Returns the word for it, in the athlete file and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Sex::Female => "female",
            Sex::Male => "male",
        }
    }
}

/// How a rider meets the air.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Position {
    /// Hands on the hoods.
    Hoods,
    /// Upright.
    Upright,
}

impl Position {
    /// Both.
    pub const ALL: [Position; 2] = [Position::Hoods, Position::Upright];

    /// Returns the word for it, in the athlete file and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Position::Hoods => "hoods",
            Position::Upright => "upright",
        }
    }
}

/// What tyres roll on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Surface {
    /// Road tyres on tarmac.
    Road,
    /// Gravel.
    Gravel,
    /// Mountain bike tyres on trails.
    Mountain,
}

impl Surface {
    /// All.
    pub const ALL: [Surface; 3] = [Surface::Road, Surface::Gravel, Surface::Mountain];

    /// Returns the word for it, in the athlete file and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Surface::Road => "road",
            Surface::Gravel => "gravel",
            Surface::Mountain => "mountain",
        }
    }
}
