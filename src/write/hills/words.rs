//! Hills and trends in words that say no more than an interval does.

use crate::hills::{HillEfforts, What};
use crate::segment::Slope;
use crate::trend::{
    Direction, LEAST_DAYS, LEAST_SPAN_DAYS, TooLittle, Trend, YearAgainstLast,
};
use crate::write::Units;
use crate::write::prose::cut;

/// What it is called: by hand, by a named place at its top, by its recordings, or by where it lies.
pub(in crate::write) fn name(hill: &HillEfforts, u: Units, chars: usize) -> String {
    match &hill.name {
        Some(name) => cut(name, chars),
        None => cut(&place(hill, u), chars),
    }
}

/// Heights from where to where, and which way it is gone.
pub(in crate::write) fn place(hill: &HillEfforts, u: Units) -> String {
    const WAYS: [&str; 8] = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"];
    let (from, to) = (&hill.from, &hill.to);
    let east = to.longitude_deg - from.longitude_deg;
    let east = east - 360.0 * (east / 360.0).round();
    let east = east * libm::cos(from.latitude_deg.to_radians());
    let turn = libm::atan2(east, to.latitude_deg - from.latitude_deg).to_degrees();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an eighth of a turn, 0 to 8"
    )]
    let eighth = (turn.rem_euclid(360.0) / 45.0).round() as usize % WAYS.len();
    let way = WAYS.get(eighth).unwrap_or(&"N");
    let high = |point: f64| format!("{:.0}", u.up(point).round() + 0.0).replace('-', "−");
    format!("{}–{} {} {way}", high(from.elevation_m), high(to.elevation_m), u.height())
}

/// So many of a thing.
pub(in crate::write) fn count(many: usize, thing: &str) -> String {
    format!("{many} {thing}{}", if many == 1 { "" } else { "s" })
}

/// The sign of its direction.
pub(in crate::write) fn sign(slope: Slope) -> &'static str {
    if slope == Slope::Climb { "▲" } else { "▼" }
}

/// The unit of [`figure`].
pub(in crate::write) fn unit(slope: Slope, u: Units) -> &'static str {
    match (slope, u) {
        (Slope::Climb, Units::Metric) => "m/h",
        (Slope::Climb, Units::Imperial) => "ft/h",
        (_, Units::Metric) => "km/h",
        (_, Units::Imperial) => "mi/h",
    }
}

/// What efforts on a hill are compared by, in its unit.
pub(in crate::write) fn figure(hill: &HillEfforts, figure: f64, u: Units) -> String {
    match hill.slope {
        Slope::Climb => format!("{:.0}", u.up(figure)),
        _ => format!("{:.1}", u.along(figure * 3600.0)),
    }
}

/// Percent without their sign, as many digits as tell them from nothing.
fn percents(shares: [f64; 3]) -> [String; 3] {
    let fine = shares.iter().any(|share| share.abs() < 0.01);
    shares.map(|share| {
        let decimals = usize::from(fine);
        let text = format!("{:.decimals$}", 100.0 * share + 0.0);
        let text = if text.trim_start_matches('-').trim_matches(['0', '.']).is_empty() {
            text.trim_start_matches('-').to_owned()
        } else {
            text
        };
        text.replace('-', "−")
    })
}

/// A trend as its interval allows: "faster by 3 % a year, between 1 and 5".
pub(in crate::write) fn trend(
    trend: &Trend,
    up: &'static str,
    down: &'static str,
) -> String {
    let unclear = || "no change that could be told from chance".to_owned();
    let Some((share, (low, high))) = trend.share_per_year() else { return unclear() };
    let (word, sign) = match trend.direction() {
        Direction::Up => (up, 1.0),
        Direction::Down => (down, -1.0),
        Direction::Unclear => return unclear(),
    };
    let (least, most) = if sign > 0.0 { (low, high) } else { (-high, -low) };
    let [share, least, most] = percents([sign * share, least, most]);
    format!("{word} by {share} % a year, between {least} and {most}")
}

/// The same in a cell of a table.
pub(in crate::write) fn trend_cell(found: &Result<Trend, TooLittle>) -> String {
    let Ok(trend) = found else { return "–".to_owned() };
    match (trend.direction(), trend.share_per_year()) {
        (Direction::Unclear, _) | (_, None) => "unclear".to_owned(),
        (_, Some((share, (low, high)))) => {
            let sign = share.signum();
            let (least, most) = if sign > 0.0 { (low, high) } else { (-high, -low) };
            let [share, least, most] = percents([sign * share, least, most]);
            format!("{}{share} ({least}–{most}) %", if sign > 0.0 { "+" } else { "−" })
        }
    }
}

/// Why there is no trend to speak of.
pub(in crate::write) fn too_little(why: TooLittle) -> String {
    match why {
        TooLittle::Days(days) => {
            let days = count(days, "day");
            format!("too few to say: {days} with a figure, {LEAST_DAYS} are needed")
        }
        TooLittle::Span(days) => format!(
            "too early to say: {days} days from first to last, {LEAST_SPAN_DAYS} are needed"
        ),
    }
}

/// A year against the last in a sentence.
pub(in crate::write) fn years(year: &YearAgainstLast) -> String {
    let against = format!("{} against {}", year.year, year.year - 1);
    let ratio = year.middle / year.middle_before;
    let percent = |share: f64| format!("{:.0}", 100.0 * share);
    match year.direction() {
        Direction::Up => format!("{against}: faster by {} %", percent(ratio - 1.0)),
        Direction::Down => format!("{against}: slower by {} %", percent(1.0 - ratio)),
        Direction::Unclear => {
            format!("{against}: no difference that could be told from chance")
        }
    }
}

/// What a figure that hills say together is of.
pub(in crate::write) fn what(what: What) -> &'static str {
    match what {
        What::ClimbSpeed => "Climbs",
        What::ClimbPerBeat => "Climbs at the same heart rate",
        What::DescentSpeed => "Descents",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trend::Observation;
    use jiff::ToSpan as _;
    use jiff::civil::date;

    fn of(per_year: f64, wobble: f64) -> Trend {
        let figures: Vec<Observation> = (0..30)
            .map(|n| Observation {
                day: date(2025, 1, 1).saturating_add((12 * n).days()),
                value: 1000.0
                    + per_year * f64::from(12 * n - 174) / 365.25
                    + wobble * f64::from((7 * n) % 5 - 2),
            })
            .collect();
        Trend::of(&figures).unwrap()
    }

    #[test]
    fn words_follow_the_interval() {
        let told = |per_year, wobble| trend(&of(per_year, wobble), "faster", "slower");
        assert_eq!(told(30.0, 0.0), "faster by 3 % a year, between 3 and 3");
        assert!(told(60.0, 8.0).starts_with("faster by 6 % a year, between "));
        assert!(told(-60.0, 8.0).starts_with("slower by 6 % a year, between "));
        assert_eq!(told(1.0, 40.0), "no change that could be told from chance");
        let fine = told(6.0, 0.5);
        assert!(fine.starts_with("faster by 0.6 % a year, between 0."), "{fine}");
        assert_eq!(trend_cell(&Ok(of(-30.0, 0.0))), "−3 (3–3) %");
        assert_eq!(trend_cell(&Ok(of(1.0, 40.0))), "unclear");
        assert_eq!(trend_cell(&Err(TooLittle::Days(3))), "–");
    }
}
