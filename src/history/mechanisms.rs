//! The mechanisms of one activity as a history remembers them, beside what its session holds.

use crate::load::windows::BestUphill;
use crate::report::Report;

/// Figures of one activity that trends are taken over; `None` where it could not give one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MechanismRecord {
    /// Heart rate that is exceeded in 0.5 % of the clean seconds, 1/min.
    pub highest_heart_rate_bpm: Option<f64>,
    /// Efforts of 8 to 30 s uphill at 5 W/kg and more.
    pub hill_sprints: Option<f64>,
    /// Mean power of the hardest of them, W/kg.
    pub best_sprint_up_w_per_kg: Option<f64>,
    /// Best 20 steps up, power while the foot is down, W/kg.
    pub step_power_up_w_per_kg: Option<f64>,
    /// Climbs of 20 min and more: fewer metres up a heart beat in the second half, a share.
    pub long_climb_drift: Option<f64>,
    /// The most that one climb held for some seconds; only those that are known.
    pub best_uphill: Vec<BestUphill>,
}

impl MechanismRecord {
    /// Returns the memory of a report.
    pub fn of(report: &Report) -> MechanismRecord {
        let m = &report.mechanisms;
        let known = |best: &&BestUphill| {
            best.vertical_m_per_h.is_some() || best.w_per_kg.is_some()
        };
        MechanismRecord {
            highest_heart_rate_bpm: m.highest_heart_rate_bpm.ok(),
            hill_sprints: m.hill_sprints.ok(),
            best_sprint_up_w_per_kg: m.best_sprint_up_w_per_kg.ok(),
            step_power_up_w_per_kg: m.step_power_up_w_per_kg.ok(),
            long_climb_drift: m.long_climb_drift.ok(),
            best_uphill: report.best_uphill.iter().filter(known).copied().collect(),
        }
    }

    /// Returns the best vertical speed over so many seconds, m/h.
    pub fn vertical_m_per_h(&self, seconds: f64) -> Option<f64> {
        let best = self.best_uphill.iter().find(|b| (b.seconds - seconds).abs() < 0.5);
        best?.vertical_m_per_h
    }

    /// Returns the best power over so many seconds, W/kg.
    pub fn w_per_kg(&self, seconds: f64) -> Option<f64> {
        let best = self.best_uphill.iter().find(|b| (b.seconds - seconds).abs() < 0.5);
        best?.w_per_kg
    }
}
