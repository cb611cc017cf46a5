//! Fields that applications add to FIT files, by what their makers call them: what they mean, and what
//! is made of them.

/// Applications by their identifier. Source: files that their users published.
const APPLICATIONS: [(&str, &str); 4] = [
    ("18fb2cf01a4b430dad66988c847421f4", "Stryd Zones"),
    ("660a581e5301460c8f2f034c8b6dc90f", "Stryd"),
    ("6957fe6883fe4ed68613413f70624bb5", "CORE, body temperature"),
    ("9a0508b90256463988b3a2690a14ddf9", "Concept2"),
];

/// Fields by name, small letters. A power of a run is an estimate of the maker's own: two makers differ
/// by a quarter on one run.
const FIELDS: [(&str, &str); 12] = [
    (
        "power",
        "estimate of a run's power by its maker's own rule; beside other fields of a foot pod used for nothing",
    ),
    ("form power", "estimate of the power of going up and down; used for nothing"),
    ("air power", "estimate of the power against the air; used for nothing"),
    ("lap power", "mean of the estimate over a lap; used for nothing"),
    ("cp", "critical power of the maker's own scale; used for nothing"),
    ("leg spring stiffness", "stiffness of the leg as a spring, kN/m; used for nothing"),
    ("impact loading rate", "how fast the force on the foot rises; used for nothing"),
    (
        "ground time",
        "time of a foot on the ground: read in ms, where the device has none",
    ),
    (
        "ground contact time",
        "time of a foot on the ground: read in ms, where the device has none",
    ),
    (
        "vertical oscillation",
        "rise and fall of the trunk: read in cm and mm, where the device has none",
    ),
    ("core_temperature", "temperature of the body; used for nothing"),
    ("skin_temperature", "temperature of the skin; used for nothing"),
];

fn of(known: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    known
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, what)| *what)
}

/// Returns what an application is called, by its identifier.
pub(super) fn application(id: &str) -> Option<&'static str> {
    of(&APPLICATIONS, id)
}

/// Returns what a field means, by its name.
pub(super) fn meaning(name: &str) -> Option<&'static str> {
    of(&FIELDS, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_fields_by_name_and_applications_by_identifier() {
        assert!(
            meaning("Form Power").is_some_and(|words| words.contains("used for nothing"))
        );
        assert!(meaning("GROUND TIME").is_some_and(|words| words.contains("ms")));
        assert_eq!(meaning("Vertical Oscillation Balance"), None);
        let stryd = application("18fb2cf01a4b430dad66988c847421f4");
        assert_eq!(stryd, Some("Stryd Zones"));
        assert_eq!(application("00"), None);
        let hexadecimal =
            |id: &str| id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit());
        assert!(APPLICATIONS.iter().all(|(id, _)| hexadecimal(id)));
        assert!(FIELDS.iter().all(|(name, _)| *name == name.to_lowercase()));
    }
}
