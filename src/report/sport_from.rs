//! What the sport of a file that does not state it is taken from.

/// What a guess of the sport rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SportFrom {
    /// The activity's name.
    Name,
    /// Keywords of the file.
    Keywords,
    /// A short description.
    Description,
    /// Steps that no crank turns.
    Cadence,
    /// Power and turns of a crank.
    Power,
    /// Speed.
    Speed,
    /// How steep the way is: there are no times.
    Grade,
    /// How long the way is: there are no times.
    Length,
    /// The planner that drew it.
    Planner,
}

impl SportFrom {
    /// Returns the name used in words and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            SportFrom::Name => "name",
            SportFrom::Keywords => "keywords",
            SportFrom::Description => "description",
            SportFrom::Cadence => "cadence",
            SportFrom::Power => "power",
            SportFrom::Speed => "speed",
            SportFrom::Grade => "grade",
            SportFrom::Length => "length",
            SportFrom::Planner => "planner",
        }
    }
}
