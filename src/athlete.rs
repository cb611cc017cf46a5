//! Who moves: body mass and whatever else a model asks of a person.

/// One person at one time. What is `None` was not given: it is a stated default or a null
/// figure, never guessed from age.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Athlete {
    /// Body mass, kg.
    pub mass_kg: Option<f64>,
    /// Carried on this activity, kg.
    pub pack_kg: f64,
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
}

/// Sex as the TRIMP weights were measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}
