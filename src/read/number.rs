//! Decimal numbers as GPX and TCX write them, read to the nearest double.
//!
//! Few digits make two whole numbers that are doubles, whose quotient is the double nearest to
//! the decimal (W. D. Clinger 1990, "How to read floating point numbers accurately", section 3).
//! Garmin writes every digit of a coordinate, thirty of them: there the first nineteen bound the
//! number from below and from above; where both bounds round to one double, so does the number,
//! whatever follows. Where they do not, or anything is unusual, the standard library decides,
//! which takes four times as long.

/// Longest number that is believed, bytes; the exact decimal expansion of a small double
/// written by a device stays below it.
const NUMBER_BYTES: usize = 128;

/// Reads a decimal number: blanks around it, a sign, an exponent; finite. No hexadecimal,
/// no infinity, no decimal comma.
pub(super) fn number(text: &[u8]) -> Option<f64> {
    plain(text).or_else(|| any(text.trim_ascii()))
}

/// Highest and lowest places are nearer to the sea than this, m.
pub(super) const HIGHEST_M: f64 = 9_000.0;

/// Returns a number whose decimal comma is replaced by a point; `None` where there is none, or
/// where it may as well part thousands of a value up to `largest`: `1,234` is read neither as 1.234
/// nor as 1234.
#[cold]
pub(super) fn with_point(text: &[u8], largest: f64) -> Option<Vec<u8>> {
    let text = text.trim_ascii();
    if text.len() > NUMBER_BYTES {
        return None;
    }
    let comma = text.iter().position(|byte| *byte == b',')?;
    let (whole, fraction) = (text.get(..comma)?, text.get(comma + 1..)?);
    let whole = whole.strip_prefix(b"-").or(whole.strip_prefix(b"+")).unwrap_or(whole);
    let digits = |digits: &[u8]| digits.iter().all(u8::is_ascii_digit);
    let thousands = fraction.len() == 3
        && (1..=3).contains(&whole.len())
        && whole.first() != Some(&b'0');
    let as_thousands = number(whole).map_or(0.0, |whole| whole * 1_000.0);
    let ambiguous = thousands && as_thousands <= largest;
    if fraction.is_empty() || !digits(whole) || !digits(fraction) || ambiguous {
        return None;
    }
    let mut number = text.to_vec();
    *number.get_mut(comma)? = b'.';
    Some(number)
}

#[cold]
fn any(text: &[u8]) -> Option<f64> {
    if text.len() > NUMBER_BYTES {
        return None;
    }
    let text = str::from_utf8(text).ok()?;
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

/// Reads a sign, digits and a point, and nothing else; `None` for anything else, and where the
/// first digits do not settle it.
fn plain(text: &[u8]) -> Option<f64> {
    let (negative, mut rest) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if rest.len() > NUMBER_BYTES {
        return None;
    }
    // may wrap where there are too many digits, which is found below
    let mut digits = 0_u64;
    let from = rest.len();
    while let [digit @ b'0'..=b'9', behind @ ..] = rest {
        digits = digits.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
        rest = behind;
    }
    let whole = from - rest.len();
    let mut digits_left = MOST_DIGITS.checked_sub(whole)?;
    let mut places = 0;
    match rest {
        [] if whole > 0 => {}
        [b'.', fraction @ ..] if whole > 0 || !fraction.is_empty() => {
            rest = fraction;
            while digits_left >= 8
                && let Some((chunk, behind)) = rest.split_first_chunk()
                && let Some(eight) = eight_digits(*chunk)
            {
                digits = digits * 100_000_000 + eight;
                (digits_left, rest) = (digits_left - 8, behind);
            }
            while let [digit @ b'0'..=b'9', behind @ ..] = rest
                && digits_left > 0
            {
                digits = digits * 10 + u64::from(digit - b'0');
                (digits_left, rest) = (digits_left - 1, behind);
            }
            places = fraction.len() - rest.len();
        }
        _ => return None,
    }
    let cut = !rest.is_empty();
    if cut && !all_digits(rest, text) {
        return None;
    }
    let value = match EXACT_POWERS.get(places) {
        Some(power) if digits <= EXACT_DIGITS && !cut => {
            digits.cast_signed() as f64 / power
        }
        _ => nearest(digits, places, cut)?,
    };
    Some(if negative { -value } else { value })
}

/// Whether the end of a long number is made of digits, eight at once: the last eight reach
/// into what was read before it. Where that is no digit, the standard library decides.
fn all_digits(end: &[u8], text: &[u8]) -> bool {
    let (chunks, tail) = end.as_chunks();
    let digits = |chunk: &[u8; 8]| eight_digits(*chunk).is_some();
    chunks.iter().all(digits)
        && (tail.is_empty() || text.last_chunk().is_some_and(digits))
}

/// Digits of which any row is below 2^64.
const MOST_DIGITS: usize = 19;

/// Up to here every whole number is a double.
const EXACT_DIGITS: u64 = 1 << 53;

/// Powers of ten that are doubles, as far as nineteen digits need them.
const EXACT_POWERS: [f64; MOST_DIGITS + 1] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    1e16, 1e17, 1e18, 1e19,
];

/// Returns the double nearest to a number whose first digits are given, the last of them so many
/// places behind the point; `None` where the digits that were cut might decide.
///
/// With `v` the digits, shifted until the first bit is set, and `p` the first 64 bits of the
/// power of ten: what was cut of both makes the product larger than `v p` by less than `v` for
/// the end of `p`, and by less than `2^64` for each unit of `v` that the last digit is worth.
fn nearest(digits: u64, places: usize, cut: bool) -> Option<f64> {
    if digits == 0 {
        // what was cut is all there is
        return None;
    }
    let &(power, exponent) = POWERS.get(places)?;
    let zeros = digits.leading_zeros();
    let low = ((u128::from(digits << zeros) * u128::from(power)) >> 64) as u64;
    // in units of `low`: one for the end of `p`, one for the half of the product not looked at
    let high = low.checked_add(2 + (u64::from(cut) << zeros))?;
    // rounding is monotone: what lies between two numbers of one double is that double
    let (nearest, alike) = (low as f64, high as f64);
    (nearest.to_bits() == alike.to_bits())
        .then(|| nearest * two_to(64 - exponent - zeros.cast_signed()))
}

/// Powers of ten below one, as far as nineteen digits need them: the first 64 bits, and the
/// exponent `e` of the unit 2^-e of the last.
#[expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "computed by the compiler; a quotient below 2^64"
)]
const POWERS: [(u64, i32); MOST_DIGITS + 1] = {
    let mut powers = [(1 << 63, 63); MOST_DIGITS + 1];
    let (mut places, mut ten) = (1, 1_u64);
    while places <= MOST_DIGITS {
        ten *= 10;
        let exponent = 63 + (64 - ten.leading_zeros());
        powers[places] =
            (((1_u128 << exponent) / ten as u128) as u64, exponent.cast_signed());
        places += 1;
    }
    powers
};

/// Returns a power of two in the range of normal doubles.
fn two_to(exponent: i32) -> f64 {
    f64::from_bits(u64::from((1023 + exponent).unsigned_abs()) << 52)
}

/// Eight digits at once, halves of halves (D. Lemire 2018, "Quickly parsing eight digits");
/// `None` where one is no digit.
fn eight_digits(chunk: [u8; 8]) -> Option<u64> {
    let bytes = u64::from_le_bytes(chunk);
    // a digit has the high half 3, and has it still when 6 is added
    let high = 0xF0F0_F0F0_F0F0_F0F0;
    let three = 0x3030_3030_3030_3030;
    if bytes & high != three || bytes.wrapping_add(0x0606_0606_0606_0606) & high != three
    {
        return None;
    }
    let ones = bytes - three;
    let tens = (ones * 10 + (ones >> 8)) & 0x00FF_00FF_00FF_00FF;
    let hundreds = (tens * 100 + (tens >> 16)) & 0x0000_FFFF_0000_FFFF;
    Some((hundreds * 10_000 + (hundreds >> 32)) & 0xFFFF_FFFF)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_decimal_numbers_and_nothing_else() {
        for (text, value) in [
            ("47", 47.0),
            (" +11.0\n", 11.0),
            ("4.7e1", 47.0),
            ("-1.1E+1", -11.0),
            (".5", 0.5),
            ("7.0999999999999996447286321199499070644378662109375", 7.1),
        ] {
            assert_eq!(
                number(text.as_bytes()).map(f64::to_bits),
                Some(f64::to_bits(value)),
                "{text}"
            );
        }
        let long = "4".repeat(100_000);
        for text in [
            "",
            " ",
            "NaN",
            "inf",
            "-Infinity",
            "1e400",
            "0x2F",
            "４７",
            "1.0.0",
            "47,0",
            "700 m",
            &long,
        ] {
            assert_eq!(number(text.as_bytes()), None);
        }
    }

    #[test]
    fn tells_a_decimal_comma_from_one_between_thousands() {
        for (text, value) in [
            ("500,0", "500.0"),
            (" -3,25 ", "-3.25"),
            ("0,125", "0.125"),
            ("1500,125", "1500.125"),
            (",5", ".5"),
            ("12,3456", "12.3456"),
        ] {
            let read = with_point(text.as_bytes(), f64::INFINITY);
            assert_eq!(read.as_deref(), Some(value.as_bytes()), "{text}");
        }
        for text in [
            "1,234",
            "-12,000",
            "1,234.5",
            "1.234,5",
            "1,234,567",
            "5,",
            "a,5",
            "1,5 m",
            "5",
        ] {
            assert_eq!(with_point(text.as_bytes(), f64::INFINITY), None, "{text}");
        }
        // no place is twelve kilometres high
        assert_eq!(with_point(b"12,000", HIGHEST_M).as_deref(), Some(&b"12.000"[..]));
        assert_eq!(with_point(b"1,234", HIGHEST_M), None);
    }

    /// As the standard library reads it; `None` where ours leaves it to that.
    fn settled(text: &str) -> Option<bool> {
        let ours = plain(text.as_bytes())?;
        Some(text.parse::<f64>().is_ok_and(|theirs| theirs.to_bits() == ours.to_bits()))
    }

    #[test]
    fn reads_what_devices_write_without_the_standard_library() {
        for text in
            ["0", "-0.0", "700", "47.1234567", "-122.391386000", "910.2000122070312"]
        {
            assert_eq!(settled(text), Some(true), "{text}");
        }
        // 9007199254740993 lies between two doubles
        for text in ["", "-", ".", "+1", "1e3", " 1", "1.0.0", "9007199254740993"] {
            assert_eq!(settled(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn reads_plain_numbers_as_the_standard_library_does(
            text in "-?[0-9]{0,25}\\.?[0-9]{0,40}",
        ) {
            prop_assert_ne!(settled(&text), Some(false), "{}", text);
        }

        #[test]
        fn reads_short_numbers_itself(text in "-?[0-9]{1,7}(\\.[0-9]{0,8})?") {
            prop_assert_eq!(settled(&text), Some(true), "{}", text);
        }

        #[test]
        fn reads_all_digits_of_a_coordinate_itself(semicircles in 12_000_000..=i32::MAX) {
            let degrees = f64::from(semicircles) * (180.0 / 2_147_483_648.0);
            prop_assert_eq!(plain(format!("{degrees:.29}").as_bytes()), Some(degrees));
        }

        #[test]
        fn rounds_numbers_beside_the_middle_of_two_doubles(value in 1e-3_f64..1e9, places in 15_usize..60) {
            let middle = format!("{value:.60}");
            let next = format!("{:.60}", value.next_up());
            // digit by digit the mean of both, cut somewhere
            let (mut carry, mut mean) = (0, String::new());
            let point = next.find('.').unwrap();
            let pad = "0".repeat(point - middle.find('.').unwrap()) + &middle;
            for (a, b) in pad.bytes().zip(next.bytes()) {
                if a == b'.' {
                    mean.push('.');
                } else {
                    let sum = carry * 10 + u32::from(a - b'0') + u32::from(b - b'0');
                    mean.push_str(&(sum / 2).to_string());
                    carry = sum % 2;
                }
            }
            let text = &mean[..(point + 1 + places).min(mean.len())];
            prop_assert_ne!(settled(text), Some(false), "{}", text);
        }
    }
}
