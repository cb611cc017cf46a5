//! Programs in which somebody rides on a trainer over the hills of a game.

/// Their names, in lower case, as files name what wrote them.
const PROGRAMS: &[&str] = &[
    "zwift",
    "rouvy",
    "mywhoosh",
    "wahoo systm",
    "sufferfest",
    "trainerroad",
    "bkool",
    "fulgaz",
    "kinomap",
    "indievelo",
    "rgt cycling",
    "tacx training",
];

/// Returns whether a device, or creator, is a program of virtual rides.
///
/// ```
/// use hardlegs::sport::is_virtual;
/// assert!(is_virtual("Zwift") && is_virtual("ROUVY Indoor Cycling"));
/// assert!(!is_virtual("Garmin Edge 1040"));
/// ```
pub fn is_virtual(device: &str) -> bool {
    let device = device.to_lowercase();
    PROGRAMS.iter().any(|program| device.contains(program))
}
