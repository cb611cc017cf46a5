//! How much of a file is believed: the bounds that keep memory and time small.

use crate::error::{Error, Kind};

/// Below this the ratio is not asked.
const RATIO_FREE_BYTES: u64 = 8 << 20;

/// Bounds on what is read. Every one is checked while reading, none is taken from the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of a file as it lies on disk.
    pub input_bytes: u64,
    /// Bytes after inflating.
    pub inflated_bytes: u64,
    /// Inflated over compressed bytes, asked beyond 8 MiB.
    pub inflated_ratio: u64,
    /// Points of all activities of a file together.
    pub points: usize,
    /// Depth of nested XML elements.
    pub xml_depth: usize,
    /// Bytes of one XML token (a tag with its attributes, a text).
    pub xml_token_bytes: usize,
    /// Attributes of one XML element.
    pub xml_attributes: usize,
    /// Characters of a name that are kept.
    pub name_chars: usize,
    /// Named places beside the way that are kept.
    pub waypoints: usize,
    /// Whether points of GPX and TCX that are written like one before them are read by its
    /// template. No result depends on it: turned off, it shows that.
    pub shortcuts: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            input_bytes: 256 << 20,
            // ours: six days a second apart in the wordiest style, and a bomb stays small
            inflated_bytes: 208 << 20,
            inflated_ratio: 200,
            points: 5_000_000,
            xml_depth: 256,
            xml_token_bytes: 1 << 20,
            xml_attributes: 256,
            name_chars: 200,
            // ours: the wordiest cue sheets have some hundred places
            waypoints: 500,
            shortcuts: true,
        }
    }
}

impl Limits {
    /// Holds what packed bytes have inflated to, or say that they will, against the bounds.
    ///
    /// # Errors
    /// `too_large`, with the tool that shows what is inside.
    pub(crate) fn inflating(
        &self,
        inflated: u64,
        packed: u64,
        tool: &str,
    ) -> Result<(), Error> {
        let refused = |cause: String| {
            let hint = format!("no recording packs so well: is it one? {tool} shows");
            Err(Error::new(Kind::TooLarge, cause).hint(hint))
        };
        if inflated > self.inflated_bytes {
            let most = match self.inflated_bytes {
                small @ ..0x10_0000 => format!("{} KiB", small >> 10),
                large => format!("{} MiB", large >> 20),
            };
            return refused(format!("more than {most} after inflating"));
        }
        if inflated > RATIO_FREE_BYTES
            && inflated > packed.saturating_mul(self.inflated_ratio)
        {
            let ratio = self.inflated_ratio;
            return refused(format!("inflates to more than {ratio} times its size"));
        }
        Ok(())
    }
}
