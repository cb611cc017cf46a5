//! An outing as FIT, with the many fields that a watch of today writes into every record.

use crate::outing::{Second, semicircles};

/// FIT counts seconds from here.
const EPOCH_UNIX_S: i64 = 631_065_600;

/// Fields of a record: number, size, base type. Five are not in the public profile.
const RECORD: [(u8, u8, u8); 24] = [
    (253, 4, 0x86),
    (0, 4, 0x85),
    (1, 4, 0x85),
    (5, 4, 0x86),
    (73, 4, 0x86),
    (78, 4, 0x86),
    (61, 2, 0x84),
    (66, 2, 0x83),
    (7, 2, 0x84),
    (39, 2, 0x84),
    (40, 2, 0x84),
    (41, 2, 0x84),
    (83, 2, 0x84),
    (84, 2, 0x84),
    (85, 2, 0x84),
    (3, 1, 0x02),
    (4, 1, 0x02),
    (53, 1, 0x02),
    (13, 1, 0x01),
    (87, 2, 0x84),
    (134, 1, 0x02),
    (135, 1, 0x02),
    (136, 1, 0x02),
    (143, 1, 0x02),
];

/// Seconds of a lap that the watch marks by itself.
const LAP_S: usize = 360;

struct Body(Vec<u8>);

impl Body {
    fn define(&mut self, local: u8, message: u16, fields: &[(u8, u8, u8)]) {
        self.0.extend([0x40 | local, 0, 0]);
        self.0.extend(message.to_le_bytes());
        self.0.push(fields.len() as u8);
        self.0.extend(fields.iter().flat_map(|(n, size, base)| [*n, *size, *base]));
    }

    /// The same with one developer field of four bytes, number 0 of developer 0.
    fn define_with_developer(
        &mut self,
        local: u8,
        message: u16,
        fields: &[(u8, u8, u8)],
    ) {
        let at = self.0.len();
        self.define(local, message, fields);
        self.0[at] |= 0x20;
        self.0.extend([1, 0, 4, 0]);
    }

    fn put(&mut self, local: u8, values: &[&[u8]]) {
        self.0.push(local);
        values.iter().for_each(|value| self.0.extend(*value));
    }
}

/// The file: header, messages, checksum.
pub fn fit(outing: &[Second], start_unix_s: i64, developer: bool) -> Vec<u8> {
    let start = (start_unix_s - EPOCH_UNIX_S) as u32;
    let mut body = Body(Vec::new());
    let word = u16::to_le_bytes;
    let long = u32::to_le_bytes;
    body.define(
        0,
        0,
        &[(3, 4, 0x8C), (4, 4, 0x86), (1, 2, 0x84), (2, 2, 0x84), (0, 1, 0)],
    );
    body.put(0, &[&long(3_456_789), &long(start), &word(1), &word(3_906), &[4]]);
    body.define(1, 21, &[(253, 4, 0x86), (0, 1, 0), (1, 1, 0)]);
    body.put(1, &[&long(start), &[0, 0]]);
    if developer {
        body.define(4, 207, &[(1, 16, 0x0D), (3, 1, 0x02), (4, 4, 0x86)]);
        body.put(4, &[&[1; 16], &[0], &long(100)]);
        body.define(5, 206, &[(0, 1, 2), (1, 1, 2), (2, 1, 2), (3, 16, 7), (8, 8, 7)]);
        body.put(5, &[&[0, 0, 0x88], b"Leg Spring\0\0\0\0\0\0", b"kN/m\0\0\0\0"]);
        body.define_with_developer(6, 20, &RECORD);
    } else {
        body.define(6, 20, &RECORD);
    }
    body.define(
        7,
        19,
        &[(253, 4, 0x86), (2, 4, 0x86), (7, 4, 0x86), (8, 4, 0x86), (9, 4, 0x86)],
    );
    let mut lap_start = start;
    let mut lap_m = 0.0;
    for (index, s) in outing.iter().enumerate() {
        let stamp = start + index as u32;
        record(&mut body, s, stamp, developer);
        if (index + 1) % LAP_S == 0 || index + 1 == outing.len() {
            let ms = long((stamp + 1 - lap_start) * 1_000);
            let cm = long(((s.distance_m - lap_m) * 100.0) as u32);
            body.put(7, &[&long(stamp), &long(lap_start), &ms, &ms, &cm]);
            (lap_start, lap_m) = (stamp + 1, s.distance_m);
        }
    }
    let last = start + outing.len() as u32 - 1;
    let ms = long(outing.len() as u32 * 1_000);
    let cm = long(outing.last().map_or(0.0, |s| s.distance_m * 100.0) as u32);
    body.define(
        8,
        18,
        &[
            (253, 4, 0x86),
            (2, 4, 0x86),
            (7, 4, 0x86),
            (8, 4, 0x86),
            (9, 4, 0x86),
            (5, 1, 0),
            (6, 1, 0),
        ],
    );
    body.put(8, &[&long(last), &long(start), &ms, &ms, &cm, &[1, 3]]);
    body.define(9, 34, &[(253, 4, 0x86), (0, 4, 0x86), (1, 2, 0x84), (2, 1, 0)]);
    body.put(9, &[&long(last), &ms, &word(1), &[0]]);
    whole(&body.0)
}

fn record(body: &mut Body, s: &Second, stamp: u32, developer: bool) {
    let word = u16::to_le_bytes;
    let long = u32::to_le_bytes;
    let spring: &[u8] = if developer { &9.5_f32.to_le_bytes() } else { &[] };
    body.put(
        6,
        &[
            &long(stamp),
            &semicircles(s.latitude_deg).to_le_bytes(),
            &semicircles(s.longitude_deg).to_le_bytes(),
            &long((s.distance_m * 100.0).round() as u32),
            &long((s.speed_m_per_s * 1_000.0).round() as u32),
            &long(((s.elevation_m + 500.0) * 5.0).round() as u32),
            &word(4_000),
            &(-12_i16).to_le_bytes(),
            &word(s.power_w),
            &word(820 + u16::from(s.heart_rate_bpm)),
            &word(u16::MAX),
            &word(2_500),
            &word(790),
            &word(5_010),
            &word(11_000),
            &[s.heart_rate_bpm, s.cadence_per_min, 0, s.temperature_c.to_le_bytes()[0]],
            &word(0),
            &[100, 62, s.heart_rate_bpm, 80],
            spring,
        ],
    );
}

fn whole(messages: &[u8]) -> Vec<u8> {
    let mut out = vec![14, 0x20];
    out.extend(21_158_u16.to_le_bytes());
    out.extend((messages.len() as u32).to_le_bytes());
    out.extend(b".FIT");
    out.extend(crc16(&out).to_le_bytes());
    out.extend(messages);
    out.extend(crc16(&out).to_le_bytes());
    out
}

/// CRC-16/ARC, bit by bit: nobody measures the generator.
fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte), |crc, _| {
            (crc >> 1) ^ (if crc & 1 == 1 { 0xA001 } else { 0 })
        })
    })
}
