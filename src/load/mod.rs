//! Profile to leg load.
//!
//! [`model`] is the specification: the equations of a step, beside their papers. [`gait`] says
//! how each cell was covered, [`ride`] what a bicycle asks for, [`Efforts`] applies the model to
//! every cell column by column, and [`kernel`] sums. [`range`] asks what the load could be,
//! [`meter`] what sensors tell without the profile, [`mechanisms`] what it all means for each of the
//! five mechanisms of hill training.
//!
#![doc = include_str!("model.md")]

pub mod by_grade;
pub(crate) mod decoupling;
pub mod efforts;
pub mod gait;
mod grade_classes;
mod heart;
pub mod kernel;
pub mod leg_load;
pub mod level_pace;
pub mod load_range;
pub mod meaning;
pub mod mechanisms;
pub mod meter;
pub mod model;
pub mod motion;
mod oscillation;
pub mod own_speeds;
pub mod range;
pub mod ride;
mod ride_efforts;
mod ride_range;
mod riding;
pub(crate) mod sprints;
mod step_work;
pub mod stretches;
pub mod undersampling;
pub mod unknown;
pub mod windows;

pub use efforts::{Efforts, Terms};
pub use leg_load::{LegLoad, Zones};

use crate::evidence::Parameter;

/// Returns every constant of this module.
pub fn parameters() -> Vec<Parameter> {
    vec![
        model::GRAVITY,
        model::RUN_BOUNCE,
        model::RUN_ELASTIC,
        model::WALK_ONE_SIGN_GRADE,
        model::REFERENCE_STEP,
        model::GREATEST_STEP,
        model::LOAD_M,
        meaning::MODERATE_FROM,
        meaning::HARD_FROM,
        meaning::VERY_HARD_FROM,
        model::STEEPEST_ON_FOOT,
        model::STEEPEST_RIDING,
        gait::RUN_CADENCE,
        gait::RUN_SPEED,
        gait::SLOWEST_RUN,
        gait::WINDOW_S,
        gait::LONGEST_STEP,
        ride::EFFICIENCY,
        ride::AIR,
        ride::DRAG_AREA,
        ride::DRAG_AREA_UPRIGHT,
        ride::ROLLING,
        ride::ROLLING_GRAVEL,
        ride::ROLLING_MOUNTAIN,
        ride::BIKE_KG,
        ride::RPM,
        ride::CRANK_MM,
        ride::WIND,
        ride::DRAUGHT,
        mechanisms::LONG_CLIMB_S,
        mechanisms::HARD_RESERVE,
        mechanisms::HARD_OF_MAX,
        mechanisms::LEAST_KNOWN,
        meter::NORMALIZED_WINDOW_S,
        meter::NORMALIZED_LEAST_S,
        heart::ABOVE,
        heart::SETTLING_S,
        heart::LOCK_BPM,
        heart::LOCK_S,
        sprints::SPRINT_W_PER_KG,
        sprints::SHORTEST_S,
        sprints::LONGEST_S,
        sprints::LEAST_GRADE,
        unknown::RUN_PACK,
        unknown::WALK_PACK,
        unknown::MASS,
        unknown::SPEED,
        undersampling::LOAD_FACTOR,
        undersampling::LOAD_PER_KM,
        undersampling::VOLUME_FACTOR,
        undersampling::LOWER_FACTOR,
        undersampling::STEPS_SHARE,
    ]
}
