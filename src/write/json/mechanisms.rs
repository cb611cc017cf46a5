//! The mechanisms of hill training, each figure with its decimals.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::load::mechanisms::{Figure, Mechanisms as Figures};
use crate::load::windows;
use crate::write::object::object;
use crate::write::rounding::{finite, maybe, round};

/// Declares the object: what each key says, and to how many decimals.
macro_rules! figures {
    ($($(#[$says:meta])* $key:ident: $decimals:literal,)+) => {
        /// The five mechanisms; a null has its reason under `why`.
        #[derive(Debug, Serialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct Mechanisms {
            $($(#[$says])* pub $key: Option<f64>,)+
            /// Reasons of the nulls, by key.
            pub why: BTreeMap<String, String>,
        }

        pub(super) fn mechanisms(figures: &Figures) -> Mechanisms {
            let mut why = BTreeMap::new();
            let mut known = |key: &str, figure: &Figure, decimals| match figure {
                Ok(value) => round(*value, decimals),
                Err(reason) => {
                    why.insert(key.to_owned(), (*reason).to_owned());
                    None
                }
            };
            Mechanisms {
                $($key: known(stringify!($key), &figures.$key, $decimals),)+
                why,
            }
        }
    };
}

figures! {
    /// 1: share of climb volume at 2x and above; 0.001.
    hard_climb_share: 3,
    /// 1, rides: mean crank torque on climbs; 0.01 N m/kg.
    climb_torque_nm_per_kg: 2,
    /// 1, rides: mean force on the pedals that this torque needs; 1 N.
    climb_pedal_force_n: 0,
    /// 1, rides: minutes with power below 70 rpm; 0.1.
    low_cadence_min: 1,
    /// 2: share of descent volume at 2x and above; 0.001.
    hard_descent_share: 3,
    /// 3: 95th percentile (type 8 of Hyndman and Fan 1996, as every quantile here) of the work of a
    /// step up over windows of 10 s; 0.01 J/kg.
    step_p95_up_j_per_kg: 2,
    /// 3: steps up at 3x and above.
    very_hard_steps_up: 0,
    /// 3: best 20 steps up, power while the foot is down; 0.1 W/kg.
    step_power_up_w_per_kg: 1,
    /// 3: efforts of 8 to 30 s uphill at 5 W/kg and more: concentric by the model on foot, of the
    /// power meter riding.
    hill_sprints: 0,
    /// 3: mean power of the hardest of them; 0.01 W/kg.
    best_sprint_up_w_per_kg: 2,
    /// 3: best 30 s of concentric power in a climb; 0.01 W/kg.
    best_30s_up_w_per_kg: 2,
    /// 3: best 60 s of it; 0.01 W/kg.
    best_60s_up_w_per_kg: 2,
    /// 2: best 30 s of eccentric power in a descent; 0.01 W/kg.
    best_30s_down_w_per_kg: 2,
    /// 2: best 60 s of it; 0.01 W/kg.
    best_60s_down_w_per_kg: 2,
    /// 3, rides: best 5 s of the power meter; 1 W.
    best_5s_w: 0,
    /// 4: moving minutes in climbs of 4 min and more; 0.1.
    long_climb_min: 1,
    /// 4: metabolic energy in them; 0.1 kJ/kg.
    long_climb_kj_per_kg: 1,
    /// 4: of these minutes, hard by heart rate; 0.1.
    long_climb_hard_min: 1,
    /// 4: climbs of 20 min and more: how much fewer metres up a heart beat gave in their second half
    /// than in their first (decoupling), a share; negative: more; 0.001.
    long_climb_drift: 3,
    /// 4: heart rate that is exceeded in 0.5 % of the clean seconds; 1 a minute.
    highest_heart_rate_bpm: 0,
    /// 4: normalized power, rides of 20 min and more with a power meter; 1 W.
    normalized_power_w: 0,
    /// 4: normalized power over the athlete's `ftp_w`; 0.01.
    intensity_factor: 2,
    /// 4: Banister's training impulse; 0.1.
    trimp: 1,
    /// 5: steps up, run or walked.
    steps_up: 0,
    /// 5: of these at 2x and above.
    hard_steps_up: 0,
    /// 5: steps down.
    steps_down: 0,
    /// 5: of these at 2x and above.
    hard_steps_down: 0,
    /// 5: share of all these steps that were run; 0.001.
    run_step_share: 3,
}

object! {
    /// The most power that a ride held without an interruption.
    #[serde(deny_unknown_fields)]
    pub struct BestEffort;

    pub(super) fn best_effort(effort: &windows::BestEffort);

    /// For so many seconds.
    seconds: f64 = finite(effort.seconds, 0),
    /// In the whole ride; 1 W. Null where nothing lasts so long.
    whole_w: Option<f64> = maybe(effort.whole_w, 0),
    /// Within one climb; 1 W. Null where none lasts so long.
    uphill_w: Option<f64> = maybe(effort.uphill_w, 0),
}

object! {
    /// The most that one climb held without an interruption.
    #[serde(deny_unknown_fields)]
    pub struct BestUphill;

    pub(super) fn best_uphill(effort: &windows::BestUphill);

    /// For so many seconds.
    seconds: f64 = finite(effort.seconds, 0),
    /// Vertical speed; 1 m/h. Null where no climb lasts so long, where it is too short for the
    /// smoothing, and below 5 min where heights are noisy.
    vertical_m_per_h: Option<f64> = maybe(effort.vertical_m_per_h, 0),
    /// Power: concentric by the model on foot, of the power meter riding; 0.01 W/kg.
    w_per_kg: Option<f64> = maybe(effort.w_per_kg, 2),
}
