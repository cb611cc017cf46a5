//! Every colour of every chart, by what it stands for, on light and on dark ground.

use std::fmt::Write as _;

use plotters::style::RGBColor;

use crate::load::kernel::ZONE_BEGINS;
use crate::load::model;
use crate::report::Steepness;
use crate::write::svg::Theme;

/// What a mark stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Headings and figures.
    Ink,
    /// Everything else that is read.
    Muted,
    /// Lines behind the marks.
    Grid,
    /// Axes and the outline of the route.
    Line,
    /// A class of grade.
    Grade(Steepness),
    /// A zone of intensity, up: 0 to 3.
    Uphill(usize),
    /// A zone of intensity, down: 0 to 3.
    Downhill(usize),
    /// Concentric, as a line.
    UphillLine,
    /// Eccentric, as a line.
    DownhillLine,
    /// Light around a line that crosses marks.
    Halo,
}

/// Class in the style sheet, light colour, dark colour.
type Swatch = (&'static str, u32, u32);

/// Ground of the picture: light, dark.
pub(super) const GROUND: (u32, u32) = (0xff_ff_ff, 0x14_17_1a);

/// All looks, text first. Within up and within down, steeper and harder is always further
/// from the ground in lightness: the order survives without hue.
const SWATCHES: [Swatch; 24] = [
    ("ink", 0x1f_24_29, 0xe8_ea_ed),
    ("muted", 0x55_5d_66, 0xa9_b1_ba),
    ("grid", 0xe3_e6_e9, 0x2a_2f_35),
    ("line", 0x4a_52_5a, 0xc3_c9_d0),
    ("gd4", 0x0b_45_80, 0xa6_d5_ff),
    ("gd3", 0x2f_7a_b9, 0x5f_a8_e0),
    ("gd2", 0x74_ac_d9, 0x39_78_ad),
    ("gd1", 0xb4_d3_ec, 0x27_51_76),
    ("gl", 0xc4_c8_cc, 0x4d_53_5a),
    ("gu1", 0xf7_cf_9c, 0x6e_49_21),
    ("gu2", 0xec_9f_52, 0xa0_64_21),
    ("gu3", 0xd0_67_19, 0xdb_87_2f),
    ("gu4", 0x8f_36_05, 0xff_c5_86),
    ("p0", 0xf7_cf_9c, 0x6e_49_21),
    ("p1", 0xec_9f_52, 0xa0_64_21),
    ("p2", 0xd0_67_19, 0xdb_87_2f),
    ("p3", 0x8f_36_05, 0xff_c5_86),
    ("b0", 0xb4_d3_ec, 0x27_51_76),
    ("b1", 0x74_ac_d9, 0x39_78_ad),
    ("b2", 0x2f_7a_b9, 0x5f_a8_e0),
    ("b3", 0x0b_45_80, 0xa6_d5_ff),
    ("pl", 0xa8_4a_08, 0xf0_9a_45),
    ("bl", 0x1c_5f_9e, 0x74_b9_ee),
    ("halo", GROUND.0, GROUND.1),
];

impl Role {
    /// Returns the zone of a concentric load over its volume.
    pub(super) fn uphill(load: f64, volume_m: f64) -> Role {
        Role::Uphill(zone(load, volume_m))
    }

    /// Returns the zone of an eccentric load over its volume.
    pub(super) fn downhill(load: f64, volume_m: f64) -> Role {
        Role::Downhill(zone(load, volume_m))
    }

    fn index(self) -> usize {
        match self {
            Role::Ink => 0,
            Role::Muted => 1,
            Role::Grid => 2,
            Role::Line => 3,
            Role::Grade(steepness) => 4 + steepness.index(),
            Role::Uphill(zone) => 13 + zone.min(3),
            Role::Downhill(zone) => 17 + zone.min(3),
            Role::UphillLine => 21,
            Role::DownhillLine => 22,
            Role::Halo => 23,
        }
    }

    /// Returns the colour that plotters carries to the canvas, which looks up the class by it:
    /// colours themselves stand only in the style sheet.
    pub(super) fn token(self) -> RGBColor {
        RGBColor(0, 0, u8::try_from(self.index()).unwrap_or(0))
    }
}

fn zone(load: f64, volume_m: f64) -> usize {
    let intensity = if volume_m > 0.0 { model::intensity(load, volume_m) } else { 0.0 };
    ZONE_BEGINS.iter().filter(|begin| intensity >= **begin).count()
}

/// Returns the class of a token.
pub(super) fn class_of(token: (u8, u8, u8)) -> &'static str {
    SWATCHES.get(usize::from(token.2)).map_or("ink", |look| look.0)
}

/// Returns the style sheet of a theme: `f-` classes fill, `s-` classes stroke.
pub(super) fn style_sheet(theme: Theme) -> String {
    let mut css = String::from(
        "text{font-family:Inter,'Helvetica Neue',Helvetica,Arial,sans-serif}\
         .s{fill:none;stroke-linejoin:round;stroke-linecap:round}\
         .bars path{shape-rendering:crispEdges}",
    );
    match theme {
        Theme::Light => css.push_str(&rules(|light, _| light)),
        Theme::Dark => css.push_str(&rules(|_, dark| dark)),
        Theme::Auto => {
            css.push_str(&rules(|light, _| light));
            let dark = rules(|_, dark| dark);
            let _ = write!(css, "@media(prefers-color-scheme:dark){{{dark}}}");
        }
    }
    css
}

/// Returns the style sheet of a page of pictures: printed, it is dark on light.
#[cfg(feature = "page")]
pub(super) fn page_sheet() -> String {
    let dark = rules(|_, dark| dark);
    let light = style_sheet(Theme::Light);
    format!("{light}@media screen and (prefers-color-scheme:dark){{{dark}}}")
}

fn rules(pick: fn(u32, u32) -> u32) -> String {
    let mut css = format!(".ground{{fill:#{:06x}}}", pick(GROUND.0, GROUND.1));
    for (class, light, dark) in SWATCHES {
        let colour = pick(light, dark);
        let _ = write!(
            css,
            ".f-{class}{{fill:#{colour:06x}}}.s-{class}{{stroke:#{colour:06x}}}"
        );
    }
    css
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance (WCAG 2).
    fn luminance(rgb: u32) -> f64 {
        let channel = |shift: u32| {
            let value = f64::from((rgb >> shift) & 0xff) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
    }

    fn contrast(a: u32, b: u32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_stands_out_on_both_grounds() {
        let texts = [Role::Ink, Role::Muted, Role::UphillLine, Role::DownhillLine];
        for (class, light, dark) in texts.map(|role| SWATCHES[role.index()]) {
            assert!(contrast(light, GROUND.0) >= 4.5, "{class} on light");
            assert!(contrast(dark, GROUND.1) >= 4.5, "{class} on dark");
        }
    }

    #[test]
    fn lightness_alone_ranks_up_and_down() {
        let lights = |roles: &[Role], dark: bool| -> Vec<f64> {
            let look = |role: &Role| SWATCHES[role.index()];
            let pick = |look: Swatch| if dark { look.2 } else { look.1 };
            let ground = if dark { GROUND.1 } else { GROUND.0 };
            roles.iter().map(|role| contrast(pick(look(role)), ground)).collect()
        };
        let up: Vec<Role> = Steepness::ALL[5..].iter().map(|s| Role::Grade(*s)).collect();
        let down: Vec<Role> =
            Steepness::ALL[..4].iter().rev().map(|s| Role::Grade(*s)).collect();
        let uphill: Vec<Role> = (0..4).map(Role::Uphill).collect();
        let downhill: Vec<Role> = (0..4).map(Role::Downhill).collect();
        for roles in [up, down, uphill, downhill] {
            for dark in [false, true] {
                let ranks = lights(&roles, dark);
                assert!(
                    ranks.windows(2).all(|pair| pair[1] > 1.25 * pair[0]),
                    "{roles:?} {ranks:?}"
                );
            }
        }
    }
}
