//! How much of a file is believed: the bounds that keep memory and time small.

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
    /// Whether plain tags, and points that are written like one before them, are read without
    /// the XML library. No result depends on it: turned off, it shows that.
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
            shortcuts: true,
        }
    }
}
