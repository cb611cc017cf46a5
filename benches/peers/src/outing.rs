//! A made-up run over rolling hills at 1 Hz, with the noise of a watch: seeded, so that two
//! machines measure the same bytes.

/// One second of it.
pub struct Second {
    pub latitude_deg: f64,
    pub longitude_deg: f64,
    pub elevation_m: f64,
    pub distance_m: f64,
    pub speed_m_per_s: f64,
    pub heart_rate_bpm: u8,
    pub cadence_per_min: u8,
    pub power_w: u16,
    pub temperature_c: i8,
}

/// SplitMix64: small, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Even in 0..1.
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Near enough to a normal of deviation 1: twelve even ones.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }
}

/// Noise that wanders: each second keeps `keeps` of the one before.
struct Wander {
    value: f64,
    keeps: f64,
    deviation: f64,
}

impl Wander {
    fn new(deviation: f64, keeps: f64) -> Wander {
        Wander { value: 0.0, keeps, deviation }
    }

    fn next(&mut self, dice: &mut Dice) -> f64 {
        let fresh = self.deviation * (1.0 - self.keeps * self.keeps).sqrt();
        self.value = self.keeps * self.value + fresh * dice.normal();
        self.value
    }
}

/// Hills: height and grade at a distance.
struct Hills(Vec<(f64, f64, f64)>);

impl Hills {
    fn new(dice: &mut Dice) -> Hills {
        let waves = [420.0, 690.0, 1_150.0, 1_900.0, 3_100.0, 5_200.0, 8_600.0];
        Hills(
            waves
                .iter()
                .map(|wave_m| {
                    let steepest = 0.02 + 0.045 * dice.unit();
                    let per_m = std::f64::consts::TAU / wave_m;
                    (steepest / per_m, per_m, dice.unit() * std::f64::consts::TAU)
                })
                .collect(),
        )
    }

    fn height_m(&self, x_m: f64) -> f64 {
        900.0 + self.0.iter().map(|(a, k, p)| a * (k * x_m + p).sin()).sum::<f64>()
    }

    fn grade(&self, x_m: f64) -> f64 {
        self.0.iter().map(|(a, k, p)| a * k * (k * x_m + p).cos()).sum()
    }
}

/// So many seconds of running.
pub fn run(seconds: usize, seed: u64) -> Vec<Second> {
    const METRES_PER_DEGREE: f64 = 111_195.0;
    let mut dice = Dice(seed);
    let hills = Hills::new(&mut dice);
    let (latitude_deg, longitude_deg) = (46.0 + dice.unit(), 7.0 + dice.unit());
    let narrow = latitude_deg.to_radians().cos();
    let mut pace = Wander::new(0.3, 0.97);
    let mut barometer = Wander::new(0.5, 0.97);
    let (mut north, mut east) = (Wander::new(2.0, 0.98), Wander::new(2.0, 0.98));
    let mut pulse = Wander::new(6.0, 0.99);
    let (mut x_m, mut y_m, mut distance_m, mut heading) = (0.0, 0.0, 0.0, 0.0_f64);
    let mut out = Vec::with_capacity(seconds);
    for _ in 0..seconds {
        let grade = hills.grade(distance_m);
        let even = 3.0 * (-3.0 * (grade + 0.04).abs()).exp();
        let speed_m_per_s = (even + pace.next(&mut dice)).max(0.6);
        distance_m += speed_m_per_s;
        heading += 0.03 * dice.normal();
        x_m += speed_m_per_s * heading.cos();
        y_m += speed_m_per_s * heading.sin();
        let height_m = hills.height_m(distance_m) + barometer.next(&mut dice);
        let degrees_north = (y_m + north.next(&mut dice)) / METRES_PER_DEGREE;
        let degrees_east = (x_m + east.next(&mut dice)) / (METRES_PER_DEGREE * narrow);
        let near = |value: f64, low: f64, high: f64| value.round().clamp(low, high);
        let bpm = 140.0 + 200.0 * grade + pulse.next(&mut dice);
        let steps = 86.0 - 40.0 * grade.abs() + 1.5 * dice.normal();
        let watts = 70.0 * speed_m_per_s * (1.1 + 9.0 * grade) + 12.0 * dice.normal();
        out.push(Second {
            // a receiver's semicircles, so that every format holds the same place
            latitude_deg: degrees(semicircles(latitude_deg + degrees_north)),
            longitude_deg: degrees(semicircles(longitude_deg + degrees_east)),
            elevation_m: (height_m * 5.0).round() / 5.0,
            distance_m,
            speed_m_per_s,
            heart_rate_bpm: near(bpm, 60.0, 200.0) as u8,
            cadence_per_min: near(steps, 0.0, 120.0) as u8,
            power_w: near(watts, 0.0, 900.0) as u16,
            temperature_c: near(18.0 - 0.0065 * (height_m - 900.0), -40.0, 50.0) as i8,
        });
    }
    out
}

pub fn semicircles(degrees: f64) -> i32 {
    (degrees * (2_147_483_648.0 / 180.0)).round() as i32
}

fn degrees(semicircles: i32) -> f64 {
    f64::from(semicircles) * (180.0 / 2_147_483_648.0)
}
