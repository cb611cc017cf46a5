//! What a peer's reader leaves behind: the columns that a score needs.

/// Columns of equal length; NaN where a peer has nothing.
#[derive(Default)]
pub struct Points {
    pub time_s: Vec<f64>,
    pub latitude_deg: Vec<f64>,
    pub longitude_deg: Vec<f64>,
    pub elevation_m: Vec<f64>,
    pub heart_rate_bpm: Vec<f64>,
}

impl Points {
    pub fn push(&mut self, [time, latitude, longitude, elevation, heart_rate]: [f64; 5]) {
        self.time_s.push(time);
        self.latitude_deg.push(latitude);
        self.longitude_deg.push(longitude);
        self.elevation_m.push(elevation);
        self.heart_rate_bpm.push(heart_rate);
    }

    pub fn clear(&mut self) {
        self.time_s.clear();
        self.latitude_deg.clear();
        self.longitude_deg.clear();
        self.elevation_m.clear();
        self.heart_rate_bpm.clear();
    }

    pub fn len(&self) -> usize {
        self.time_s.len()
    }

    /// The columns in the order of [`Points::push`].
    pub fn columns(&self) -> [&[f64]; 5] {
        [
            &self.time_s,
            &self.latitude_deg,
            &self.longitude_deg,
            &self.elevation_m,
            &self.heart_rate_bpm,
        ]
    }
}
