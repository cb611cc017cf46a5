//! Which hills there are: each new line is an effort on hills that are known, or a hill of its
//! own, on which earlier and longer lines then may have been, too.

use std::rc::Rc;

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::hills::line::{Bounds, Line};
use crate::hills::matching::{COVERED, Hill, Overlap};
use crate::segment::Slope;

/// A hill's number: from 1, never given twice.
pub type HillId = i64;

/// What is remembered of hills and of the lines that went over them.
pub trait Remembered {
    /// A line by which it is told which.
    type Key: Clone;
    /// What can go wrong.
    type Fault;

    /// Returns a hill, laid out.
    ///
    /// # Errors
    /// Where it cannot be asked for.
    fn hill(&mut self, id: HillId) -> Result<Option<Rc<Hill>>, Self::Fault>;

    /// Returns every line that went over a hill.
    ///
    /// # Errors
    /// Where they cannot be asked for.
    fn over(&mut self, id: HillId) -> Result<Vec<(Self::Key, Line)>, Self::Fault>;

    /// Remembers a new hill; its number.
    ///
    /// # Errors
    /// Where it cannot be kept.
    fn found(&mut self, slope: Slope, line: &Line) -> Result<HillId, Self::Fault>;

    /// Remembers that a line went over a hill.
    ///
    /// # Errors
    /// Where it cannot be kept.
    fn went_over(
        &mut self,
        hill: (HillId, &Hill),
        line: (&Self::Key, &Line),
        overlap: &Overlap,
    ) -> Result<(), Self::Fault>;
}

type Boxed = GeomWithData<Rectangle<[f64; 2]>, HillId>;

/// Boxes around the known hills.
#[derive(Debug, Default)]
pub struct Catalogue {
    climbs: RTree<Boxed>,
    descents: RTree<Boxed>,
}

/// Boxes are made larger by this, degrees: a tenth of a kilometre. Our choice, above what ends
/// may be apart.
const AROUND_DEG: f64 = 0.001;

impl Catalogue {
    /// Of the hills that are known.
    pub fn of(hills: impl Iterator<Item = (HillId, Slope, Bounds)>) -> Catalogue {
        let (mut climbs, mut descents) = (Vec::new(), Vec::new());
        for (id, slope, bounds) in hills {
            let boxed = boxed(&bounds, id);
            if slope == Slope::Climb { climbs.push(boxed) } else { descents.push(boxed) }
        }
        Catalogue {
            climbs: RTree::bulk_load(climbs),
            descents: RTree::bulk_load(descents),
        }
    }

    fn tree(&mut self, slope: Slope) -> &mut RTree<Boxed> {
        if slope == Slope::Climb { &mut self.climbs } else { &mut self.descents }
    }

    /// Adds a hill.
    pub fn add(&mut self, id: HillId, slope: Slope, bounds: &Bounds) {
        self.tree(slope).insert(boxed(bounds, id));
    }

    /// Hills whose box meets the one around a line, in order of their numbers.
    fn near(&mut self, slope: Slope, bounds: &Bounds) -> Vec<HillId> {
        let tree = self.tree(slope);
        // a box across the date line is met on either side of the map
        let mut ids: Vec<HillId> = [-360.0, 0.0, 360.0]
            .into_iter()
            .flat_map(|round| {
                let around = corners(bounds, AROUND_DEG, round);
                let around = AABB::from_corners(around.0, around.1);
                tree.locate_in_envelope_intersecting(&around)
            })
            .map(|boxed| boxed.data)
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Takes in a line: on which hills it was, and whether it is a new one.
    ///
    /// # Errors
    /// What `memory` meets.
    pub fn take<R: Remembered>(
        &mut self,
        memory: &mut R,
        (key, slope): (&R::Key, Slope),
        line: &Line,
    ) -> Result<(), R::Fault> {
        let bounds = line.bounds();
        let (mut known, mut longer) = (false, Vec::new());
        for id in self.near(slope, &bounds) {
            let Some(hill) = memory.hill(id)? else { continue };
            if let Some(overlap) = hill.overlap(line) {
                known |= overlap.share_of_line() >= COVERED.value;
                memory.went_over((id, &hill), (key, line), &overlap)?;
            } else {
                longer.push((id, hill));
            }
        }
        if known {
            return Ok(());
        }
        let (new, hill) = (memory.found(slope, line)?, Hill::of(line.clone()));
        self.add(new, slope, &bounds);
        memory.went_over((new, &hill), (key, line), &hill.whole())?;
        // who went over a longer hill of which this is a part went over this one, too
        for (id, _) in longer.iter().filter(|(_, h)| hill.overlap(h.line()).is_some()) {
            for (earlier, line) in memory.over(*id)? {
                if let Some(overlap) = hill.overlap(&line) {
                    memory.went_over((new, &hill), (&earlier, &line), &overlap)?;
                }
            }
        }
        Ok(())
    }
}

fn corners(bounds: &Bounds, by: f64, round: f64) -> ([f64; 2], [f64; 2]) {
    (
        [bounds.west - by + round, bounds.south - by],
        [bounds.east + by + round, bounds.north + by],
    )
}

fn boxed(bounds: &Bounds, id: HillId) -> Boxed {
    let (low, high) = corners(bounds, 0.0, 0.0);
    GeomWithData::new(Rectangle::from_corners(low, high), id)
}

#[cfg(test)]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "metres of a road and numbers of hills, few and not negative"
)]
mod tests {
    use super::*;
    use crate::report::Place;
    use std::convert::Infallible;

    /// Numbers of a fixed order: `SplitMix64`.
    struct Dice(u64);

    impl Dice {
        fn uniform(&mut self, low: f64, high: f64) -> f64 {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            low + (high - low) * ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
        }

        fn normal(&mut self) -> f64 {
            let (radius, angle) =
                (self.uniform(1e-300, 1.0), self.uniform(0.0, std::f64::consts::TAU));
            (-2.0 * radius.ln()).sqrt() * angle.cos()
        }
    }

    /// A road on the map: metres east and north at each metre, winding.
    struct Road {
        metres: Vec<(f64, f64)>,
        begins: (f64, f64),
    }

    impl Road {
        fn winding(dice: &mut Dice, length_m: f64, begins: (f64, f64)) -> Road {
            let (heading, bend) = (dice.uniform(0.0, 6.0), dice.uniform(0.3, 1.0));
            let wave_m = dice.uniform(450.0, 900.0);
            let (mut x, mut y) = (0.0, 0.0);
            let metres = (0..length_m as usize).map(|m| {
                let wave = std::f64::consts::TAU * m as f64 / wave_m;
                let heading = heading + bend * wave.sin();
                (x, y) = (x + heading.cos(), y + heading.sin());
                (x, y)
            });
            Road { metres: metres.collect(), begins }
        }

        /// One beside it, so many metres to the left.
        fn beside(&self, metres: f64) -> Road {
            let shifted = self.metres.windows(2).map(|pair| {
                let ((ax, ay), (bx, by)) = (pair[0], pair[1]);
                let length = (bx - ax).hypot(by - ay);
                (ax - metres * (by - ay) / length, ay + metres * (bx - ax) / length)
            });
            Road { metres: shifted.collect(), begins: self.begins }
        }

        fn back(&self) -> Road {
            Road { metres: self.metres.iter().rev().copied().collect(), ..*self }
        }

        /// Returns a recording of it from one metre to another, that scatters: what satellites
        /// do in one minute they do in the next, too.
        fn recorded(
            &self,
            dice: &mut Dice,
            span: (f64, f64),
            scatter_m: f64,
        ) -> Vec<Place> {
            const DEGREE_M: f64 = 111_195.0;
            let each = scatter_m / std::f64::consts::SQRT_2;
            let (every_s, speed) = (dice.uniform(1.0, 5.0), dice.uniform(0.8, 4.0));
            let keep = (-every_s / 30.0_f64).exp();
            let counted = dice.uniform(0.98, 1.02);
            let (mut east, mut north) = (each * dice.normal(), each * dice.normal());
            let (mut places, mut at) = (Vec::new(), span.0);
            while at < span.1 {
                let (x, y) = self.metres[(at as usize).min(self.metres.len() - 1)];
                let fresh = (1.0 - keep * keep).sqrt() * each;
                east = keep * east + fresh * dice.normal();
                north = keep * north + fresh * dice.normal();
                let latitude = self.begins.0 + (y + north) / DEGREE_M;
                let degree_m = DEGREE_M * self.begins.0.to_radians().cos();
                let longitude = self.begins.1 + (x + east) / degree_m;
                places.push(Place {
                    latitude_deg: latitude,
                    longitude_deg: longitude - 360.0 * (longitude / 360.0).round(),
                    elevation_m: 500.0 + 0.1 * at,
                    time_s: (at - span.0) / speed,
                    moving_s: (at - span.0) / speed,
                    distance_m: 3000.0 + counted * (at - span.0),
                });
                at += every_s * speed;
            }
            places
        }
    }

    /// Somebody's recording: of which road, from where to where.
    #[derive(Clone)]
    struct Recorded {
        road: usize,
        span: (f64, f64),
        line: Line,
    }

    #[derive(Default)]
    struct InMemory {
        recorded: Vec<Recorded>,
        hills: Vec<(usize, Rc<Hill>)>,
        efforts: Vec<(HillId, usize, Overlap)>,
        taking: usize,
    }

    impl Remembered for InMemory {
        type Key = usize;
        type Fault = Infallible;

        fn hill(&mut self, id: HillId) -> Result<Option<Rc<Hill>>, Infallible> {
            Ok(self.hills.get(id as usize).map(|(_, hill)| Rc::clone(hill)))
        }

        fn over(&mut self, id: HillId) -> Result<Vec<(usize, Line)>, Infallible> {
            let of = self.efforts.iter().filter(|(hill, ..)| *hill == id);
            Ok(of.map(|(_, key, _)| (*key, self.recorded[*key].line.clone())).collect())
        }

        fn found(&mut self, _: Slope, line: &Line) -> Result<HillId, Infallible> {
            self.hills.push((self.taking, Rc::new(Hill::of(line.clone()))));
            Ok(self.hills.len() as HillId - 1)
        }

        fn went_over(
            &mut self,
            (id, _): (HillId, &Hill),
            (key, _): (&usize, &Line),
            by: &Overlap,
        ) -> Result<(), Infallible> {
            self.efforts.push((id, *key, by.clone()));
            Ok(())
        }
    }

    fn matched(recorded: Vec<Recorded>) -> InMemory {
        let mut memory = InMemory { recorded, ..InMemory::default() };
        let mut catalogue = Catalogue::default();
        for at in 0..memory.recorded.len() {
            memory.taking = at;
            let line = memory.recorded[at].line.clone();
            catalogue.take(&mut memory, (&at, Slope::Climb), &line).unwrap();
        }
        memory
    }

    /// Returns how many efforts were found that there are, that there are not, and not found
    /// that there are. What covers a hill nearly as far as it must is not asked.
    fn compared(memory: &InMemory) -> (f64, f64, f64) {
        let (mut right, mut wrong, mut missed) = (0.0, 0.0, 0.0);
        for (id, (founder, _)) in memory.hills.iter().enumerate() {
            let hill = &memory.recorded[*founder];
            for (at, one) in
                memory.recorded.iter().enumerate().filter(|(at, _)| at != founder)
            {
                let both = one.span.1.min(hill.span.1) - one.span.0.max(hill.span.0);
                let share = both / (hill.span.1 - hill.span.0);
                if one.road == hill.road && (0.72..0.88).contains(&share) {
                    continue;
                }
                let truly = one.road == hill.road && share >= 0.88;
                let found = memory
                    .efforts
                    .iter()
                    .any(|(hill, key, _)| (*hill, *key) == (id as HillId, at));
                match (truly, found) {
                    (true, true) => right += 1.0,
                    (false, true) => wrong += 1.0,
                    (true, false) => missed += 1.0,
                    (false, false) => {}
                }
            }
        }
        (right, wrong, missed)
    }

    /// Returns a year of somebody who does a dozen hills: whole and with another start, in
    /// parts, in longer ones, several times a day, and roads beside them and back.
    fn year(seed: u64, scatter_m: f64, begins: (f64, f64)) -> Vec<Recorded> {
        year_of(|number| 400.0 * 1.3_f64.powi(number), seed, scatter_m, begins)
    }

    /// The same with hills of other lengths.
    fn year_of(
        length_m: impl Fn(i32) -> f64,
        seed: u64,
        scatter_m: f64,
        begins: (f64, f64),
    ) -> Vec<Recorded> {
        let mut dice = Dice(seed);
        let mut recorded = Vec::new();
        for number in 0..12_usize {
            let length_m = length_m(number as i32);
            let place = (
                begins.0 + 0.01 * (number / 3) as f64,
                begins.1 + 0.02 * (number % 3) as f64,
            );
            let road = Road::winding(&mut dice, 2.0 * length_m, place);
            let roads = [road.beside(60.0), road.back(), road];
            for (which, road) in roads.iter().enumerate() {
                let (from, to) = (0.5 * length_m, 1.5 * length_m);
                for time in 0..8 {
                    let mut off = || dice.uniform(-0.05, 0.05) * length_m;
                    let span = match time {
                        // a part, and a part of a longer one
                        3 => (from, from + 0.6 * length_m),
                        5 => (0.0, 2.0 * length_m - 1.0),
                        _ => (from + off(), to + off()),
                    };
                    let places = road.recorded(&mut dice, span, scatter_m);
                    let line = Line::of(&places).unwrap();
                    recorded.push(Recorded { road: 3 * number + which, span, line });
                }
            }
        }
        // in no order of roads
        for at in (1..recorded.len()).rev() {
            let other = dice.uniform(0.0, at as f64 + 1.0) as usize;
            recorded.swap(at, other.min(at));
        }
        recorded
    }

    #[test]
    fn finds_the_same_hill_and_no_other_in_a_year_of_hills() {
        for scatter_m in [5.0, 10.0, 15.0] {
            let (mut right, mut wrong, mut missed) = (0.0, 0.0, 0.0);
            for seed in 1..=4 {
                let counts = compared(&matched(year(seed, scatter_m, (46.5, 8.2))));
                right += counts.0;
                wrong += counts.1;
                missed += counts.2;
            }
            let (recall, precision) = (right / (right + missed), right / (right + wrong));
            eprintln!(
                "scatter {scatter_m} m: recall {recall:.4}, precision {precision:.4} of {} efforts",
                right + missed
            );
            assert!(recall > 0.97 && precision > 0.97, "{recall} {precision}");
        }
    }

    #[test]
    fn misses_short_hills_rather_than_taking_one_for_another() {
        for (scatter_m, least) in [(5.0, 0.95), (10.0, 0.83)] {
            let (mut right, mut wrong, mut missed) = (0.0, 0.0, 0.0);
            for seed in 1..=4 {
                let short = |number| 100.0 * 1.1_f64.powi(number);
                let counts =
                    compared(&matched(year_of(short, seed, scatter_m, (46.5, 8.2))));
                right += counts.0;
                wrong += counts.1;
                missed += counts.2;
            }
            let (recall, precision) = (right / (right + missed), right / (right + wrong));
            eprintln!(
                "100 to 285 m, scatter {scatter_m} m: recall {recall:.4}, precision {precision:.4}"
            );
            // ends that scatter cover less of what is short: that is missed, not confounded
            assert!(recall > least && precision > 0.99, "{recall} {precision}");
        }
    }

    #[test]
    fn finds_the_same_across_the_date_line_and_in_the_far_north() {
        let sums = |begins| compared(&matched(year(9, 8.0, begins)));
        let home = sums((46.5, 8.2));
        assert!(home.0 > 400.0, "{home:?}");
        for begins in [(-17.0, 179.985), (-17.0, -180.0), (69.0, 25.0)] {
            let (right, wrong, missed) = sums(begins);
            assert!(right / (right + missed) > 0.97 && right / (right + wrong) > 0.97);
        }
    }

    #[test]
    fn tells_one_direction_from_the_other_and_times_the_part_that_is_the_hill() {
        let mut dice = Dice(3);
        let road = Road::winding(&mut dice, 3000.0, (46.5, 8.2));
        let line = |dice: &mut Dice, road: &Road, span| {
            Line::of(&road.recorded(dice, span, 5.0)).unwrap()
        };
        let hill = line(&mut dice, &road, (1000.0, 2000.0));
        let longer = line(&mut dice, &road, (0.0, 2999.0));
        let overlap = Hill::of(hill.clone()).overlap(&longer).unwrap();
        let length_m = Hill::of(longer.clone()).length_m();
        for (share, metres) in
            [(overlap.on_line.start, 1000.0), (overlap.on_line.end, 2000.0)]
        {
            assert!((share * length_m - metres).abs() < 40.0, "{overlap:?}");
        }
        assert!(overlap.share_of_hill() > 0.97 && overlap.share_of_line() < 0.4);
        assert!(
            Hill::of(longer.clone()).overlap(&hill).is_none(),
            "a third is not the hill"
        );
        let back = line(&mut dice, &road.back(), (1000.0, 2000.0));
        assert!(Hill::of(hill.clone()).overlap(&back).is_none());
    }
}
