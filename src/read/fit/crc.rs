//! FIT's checksum: CRC-16 with the reflected polynomial 0xA001, sixteen bytes at a step.

#![cfg_attr(
    not(test),
    expect(
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        reason = "every index is a byte or a loop bound into a table of its exact size"
    )
)]

/// `TABLE[k][b]` is the checksum of byte `b` followed by `k` zero bytes.
static TABLE: [[u16; 256]; STEP] = table();

/// Bytes at a step: each has a table of its own, and none waits for another.
const STEP: usize = 16;

const fn table() -> [[u16; 256]; STEP] {
    const POLYNOMIAL: u16 = 0xA001;
    let mut table = [[0_u16; 256]; STEP];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "byte stays below 256")]
        let mut crc = byte as u16;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ POLYNOMIAL } else { crc >> 1 };
            bit += 1;
        }
        table[0][byte] = crc;
        byte += 1;
    }
    let mut zeros = 1;
    while zeros < STEP {
        let mut byte = 0;
        while byte < 256 {
            let before = table[zeros - 1][byte];
            table[zeros][byte] = (before >> 8) ^ table[0][(before & 0xFF) as usize];
            byte += 1;
        }
        zeros += 1;
    }
    table
}

/// Returns the checksum of these bytes.
pub(super) fn crc16(bytes: &[u8]) -> u16 {
    let (steps, rest) = bytes.as_chunks::<STEP>();
    let mut crc = 0_u16;
    for step in steps {
        // what does not wait for the step before comes first: the next waits for two tables only
        let mut apart = 0;
        for at in 2..STEP {
            apart ^= TABLE[STEP - 1 - at][usize::from(step[at])];
        }
        let [low, high] = crc.to_le_bytes();
        let first = TABLE[STEP - 1][usize::from(step[0] ^ low)];
        let second = TABLE[STEP - 2][usize::from(step[1] ^ high)];
        crc = apart ^ (first ^ second);
    }
    rest.iter().fold(crc, |crc, byte| {
        let [low, high] = crc.to_le_bytes();
        u16::from(high) ^ TABLE[0][usize::from(byte ^ low)]
    })
}

#[cfg(test)]
mod tests {
    use super::crc16;

    /// Computes the checksum bit by bit, as it is defined.
    fn slow(bytes: &[u8]) -> u16 {
        bytes.iter().fold(0, |crc, byte| {
            (0..8).fold(crc ^ u16::from(*byte), |crc, _| {
                if crc & 1 == 1 { (crc >> 1) ^ 0xA001 } else { crc >> 1 }
            })
        })
    }

    #[test]
    fn has_the_check_value_of_the_catalogue() {
        // CRC-16/ARC, the check value every catalogue of checksums gives
        assert_eq!(crc16(b"123456789"), 0xBB3D);
    }

    #[test]
    fn equals_the_definition_at_every_length() {
        let bytes: Vec<u8> = (0..100_u32).map(|i| (i * 37 % 251) as u8).collect();
        for length in 0..=bytes.len() {
            assert_eq!(crc16(&bytes[..length]), slow(&bytes[..length]), "{length} bytes");
        }
    }
}
