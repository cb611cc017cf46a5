//! Hills and trends in words that say no more than an interval does.

use jiff::civil::Date;

use crate::hills::{HillEfforts, What};
use crate::segment::Slope;
use crate::trend::{
    Direction, LEAST_DAYS, LEAST_SPAN_DAYS, SIGNIFICANCE, TooLittle, Trend,
    YearAgainstLast,
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

/// What is said of a trend that is none.
pub(in crate::write) const BY_CHANCE: &str = "no change that could be told from chance";
/// What is said of one that lasting form may make.
const BY_FORM: &str =
    "no change that could be told from ups and downs that last for weeks";

/// A trend that is called one, in shares of the middle without their sign: by the year, or from the
/// first to the last of less than a year, which says nothing of a year.
fn shares(trend: &Trend) -> Option<(Direction, [String; 3])> {
    let told = if trend.spans_a_year() {
        trend.share_per_year()
    } else {
        trend.share_over_span()
    };
    let (share, (low, high)) = told?;
    let direction = trend.direction();
    match direction {
        Direction::Up => Some((direction, percents([share, low, high]))),
        Direction::Down => Some((direction, percents([-share, -high, -low]))),
        Direction::Unclear => None,
    }
}

/// A trend as its interval allows: "faster by 3 % a year, between 1 and 5", "slower by 2 % within
/// 5 months, between 1 and 3".
pub(in crate::write) fn trend(
    trend: &Trend,
    up: &'static str,
    down: &'static str,
) -> String {
    let Some((direction, [share, least, most])) = shares(trend) else {
        return unclear(trend).to_owned();
    };
    let word = if direction == Direction::Up { up } else { down };
    format!("{word} by {share} % {}, between {least} and {most}", time(trend))
}

/// Why a trend is called none.
pub(in crate::write) fn unclear(trend: &Trend) -> &'static str {
    if trend.may_be_lasting_form() { BY_FORM } else { BY_CHANCE }
}

/// The time in which a change is told: "a year" or "within 5 months".
pub(in crate::write) fn time(trend: &Trend) -> String {
    if trend.spans_a_year() {
        return "a year".to_owned();
    }
    let (many, unit) = span(trend);
    format!("within {}", count(many, unit))
}

/// Weeks from the first to the last, or months from ten weeks on.
fn span(trend: &Trend) -> (usize, &'static str) {
    const MONTH_DAYS: f64 = 365.25 / 12.0;
    let days = f64::from(trend.span_days());
    let (many, unit) =
        if days < 70.0 { (days / 7.0, "week") } else { (days / MONTH_DAYS, "month") };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "some weeks or months"
    )]
    let many = many.round() as usize;
    (many, unit)
}

/// What is to be said once of trends of less than a year.
pub(in crate::write) const SEASON: &str =
    "Within less than a year the season may do as much.";

/// Whether [`SEASON`] is to be said of it.
pub(in crate::write) fn is_of_a_season(trend: &Trend) -> bool {
    !trend.spans_a_year() && trend.direction() != Direction::Unclear
}

/// The same as [`trend`] in a cell of a table.
pub(in crate::write) fn trend_cell(found: &Result<Trend, TooLittle>) -> String {
    let Ok(trend) = found else { return "–".to_owned() };
    let Some((direction, [share, least, most])) = shares(trend) else {
        return "unclear".to_owned();
    };
    let sign = if direction == Direction::Up { "+" } else { "−" };
    let time = match (trend.spans_a_year(), span(trend)) {
        (true, _) => "/y".to_owned(),
        (false, (many, unit)) => {
            format!("/{many} {}", if unit == "week" { "wk" } else { "mo" })
        }
    };
    format!("{sign}{share} ({least}–{most}) %{time}")
}

/// How many of some trends are called one.
pub(in crate::write) fn called(trends: &[Trend]) -> usize {
    trends.iter().filter(|trend| trend.direction() != Direction::Unclear).count()
}

/// How many trends were looked at, and how many are one: of many, some are by chance.
pub(in crate::write) fn looks(trends: &[Trend], one: &str) -> String {
    let by_chance = SIGNIFICANCE.value * trends.len() as f64;
    format!(
        "{} looked at, {} with {one}; by chance alone it could be up to {by_chance:.1}",
        trends.len(),
        called(trends)
    )
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
    let day = |day: Date| day.strftime("%-d %b").to_string();
    let part = if year.is_part {
        format!(", {} to {} of both", day(year.part.0), day(year.part.1))
    } else {
        String::new()
    };
    let against = format!("{} against {}{part}", year.year, year.year - 1);
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

    /// Figures each so many days, thirty of them.
    fn each(days: i32, per_year: f64, wobble: f64) -> Trend {
        let figures: Vec<Observation> = (0..30)
            .map(|n| Observation {
                day: date(2025, 1, 1).saturating_add((days * n).days()),
                value: 1000.0
                    + per_year * (f64::from(days) * (f64::from(n) - 14.5)) / 365.25
                    + wobble * f64::from((7 * n) % 5 - 2),
            })
            .collect();
        Trend::of(&figures).unwrap()
    }

    /// Of a year and more.
    fn of(per_year: f64, wobble: f64) -> Trend {
        each(13, per_year, wobble)
    }

    #[test]
    fn less_than_a_year_is_told_as_what_it_was() {
        let told = |days, per_year, wobble| {
            trend(&each(days, per_year, wobble), "faster", "slower")
        };
        // 6 % a year within 145, 58, 348 and 377 days
        assert_eq!(told(5, 60.0, 0.0), "faster by 2 % within 5 months, between 2 and 2");
        assert_eq!(
            told(2, -60.0, 0.0),
            "slower by 1.0 % within 8 weeks, between 1.0 and 1.0"
        );
        assert_eq!(
            told(12, 60.0, 0.0),
            "faster by 6 % within 11 months, between 6 and 6"
        );
        assert_eq!(told(13, 60.0, 0.0), "faster by 6 % a year, between 6 and 6");
        // 180 % a year is not said of three weeks
        let steep = each(1, 1800.0, 8.0);
        assert!(steep.per_year > 1500.0 && steep.span_days() == 29);
        let told = trend(&steep, "faster", "slower");
        assert!(told.starts_with("faster by 14 % within 4 weeks, between 1"), "{told}");
        assert_eq!(trend_cell(&Ok(each(5, -60.0, 0.0))), "−2 (2–2) %/5 mo");
        assert_eq!(trend_cell(&Ok(each(2, 60.0, 0.0))), "+1.0 (1.0–1.0) %/8 wk");
        assert!(is_of_a_season(&steep) && !is_of_a_season(&of(60.0, 0.0)));
        assert!(!is_of_a_season(&each(2, 0.0, 30.0)));
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
        assert_eq!(trend_cell(&Ok(of(-30.0, 0.0))), "−3 (3–3) %/y");
        assert_eq!(trend_cell(&Ok(of(1.0, 40.0))), "unclear");
        assert_eq!(trend_cell(&Err(TooLittle::Days(3))), "–");
    }
}
