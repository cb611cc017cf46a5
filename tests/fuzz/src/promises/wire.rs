//! Bytes as FIT: with sizes and checksums mended, or as the choices of a writer.

/// The body of a file between a header and a checksum that are right.
pub fn mended(bytes: &[u8]) -> Vec<u8> {
    const HEADER: usize = 14;
    framed(bytes.get(HEADER..bytes.len().saturating_sub(2)).unwrap_or_default())
}

fn framed(body: &[u8]) -> Vec<u8> {
    let mut fit = vec![14, 0x20, 0x54, 0x08];
    fit.extend(u32::try_from(body.len()).unwrap().to_le_bytes());
    fit.extend(b".FIT");
    fit.extend(crc16(&fit).to_le_bytes());
    fit.extend(body);
    fit.extend(crc16(&fit).to_le_bytes());
    fit
}

/// CRC-16/ARC.
pub fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte), |crc, _| {
            if crc & 1 == 1 { (crc >> 1) ^ 0xA001 } else { crc >> 1 }
        })
    })
}

/// The messages that a recording may have, and the fields that a reader looks at in each.
const MESSAGES: [(u16, &[u8]); 12] = [
    (20, &[253, 0, 1, 2, 5, 6, 3, 4, 7, 8, 9, 13, 41, 53, 73, 78]),
    (18, &[253, 2, 5, 6, 7, 8, 9, 22, 23, 25, 26, 110, 254]),
    (19, &[253, 2, 7, 8, 9, 21, 22, 25, 254]),
    (21, &[253, 0, 1, 3, 4]),
    (0, &[0, 1, 2, 3, 4, 8]),
    (12, &[0, 1, 3]),
    (34, &[253, 0, 1, 2, 3, 4, 5]),
    (23, &[253, 0, 1, 2, 4, 5, 25, 27]),
    (31, &[4, 5, 6]),
    (206, &[0, 1, 2, 3, 8, 14, 15]),
    (207, &[0, 1, 3, 4]),
    (132, &[253, 0, 6, 9]),
];

/// Base types by size: what a field of so many bytes is most often.
const BASES: [(u8, u8); 14] = [
    (0x00, 1),
    (0x01, 1),
    (0x02, 1),
    (0x0A, 1),
    (0x0D, 1),
    (0x07, 8),
    (0x83, 2),
    (0x84, 2),
    (0x8B, 2),
    (0x85, 4),
    (0x86, 4),
    (0x8C, 4),
    (0x88, 4),
    (0x89, 8),
];

/// What a writer has said of a local type: endianness, and number and size of each field.
#[derive(Clone, Default)]
struct Definition {
    big: bool,
    record: bool,
    fields: Vec<(u8, u8)>,
    developer: usize,
}

/// A writer whose choices are bytes: the definitions and the messages that fit them.
struct Writer<'b> {
    choices: std::slice::Iter<'b, u8>,
    body: Vec<u8>,
    known: [Option<Definition>; 16],
    /// Clock and position of the last record: a step from them is likelier than a leap.
    clock: u32,
    place: [i32; 2],
    height: u16,
}

/// A file of the messages that the bytes choose, sound as far as the wire goes.
pub fn written(choices: &[u8]) -> Vec<u8> {
    let mut writer = Writer {
        choices: choices.iter(),
        body: Vec::new(),
        known: Default::default(),
        clock: 1_000_000_000,
        place: [560_000_000, 130_000_000],
        height: 6000,
    };
    while let Some(choice) = writer.choices.next() {
        match choice >> 4 {
            0..=2 => writer.define(choice & 0x0F),
            3 => writer.compressed(),
            4..=10 => {
                for _ in 0..*choice >> 4 {
                    writer.message(choice & 0x0F, None);
                }
            }
            _ => writer.message(choice & 0x0F, None),
        }
    }
    framed(&writer.body)
}

impl Writer<'_> {
    fn choice(&mut self) -> u8 {
        self.choices.next().copied().unwrap_or(0)
    }

    fn define(&mut self, local: u8) {
        let pick = self.choice();
        let (mut global, numbers) = MESSAGES[usize::from(pick) % MESSAGES.len()];
        if pick == 0xFF {
            global = u16::from_le_bytes([self.choice(), self.choice()]);
        }
        let style = self.choice();
        let mut definition = Definition {
            big: style & 1 == 1,
            record: global == 20,
            ..Definition::default()
        };
        let count = usize::from(style >> 1 & 0x0F);
        let developer = usize::from(style >> 5) % 3;
        self.body.push(0x40 | u8::from(developer > 0) << 5 | local);
        self.body.extend([0, u8::from(definition.big)]);
        let wide =
            if definition.big { global.to_be_bytes() } else { global.to_le_bytes() };
        self.body.extend(wide);
        self.body.push(u8::try_from(count).unwrap());
        for nth in 0..count {
            let pick = self.choice();
            // in their usual order and size, unless a choice says otherwise
            let number = match pick {
                0..=0xBF => numbers[nth % numbers.len()],
                _ => numbers[usize::from(pick) % numbers.len()],
            };
            let (base, size) = match (pick & 0x3F, usual(number)) {
                (0..=0x2F, Some(usual)) => usual,
                _ => BASES[usize::from(pick) % BASES.len()],
            };
            let size =
                if pick & 0x1F == 0x1F { size * (self.choice() % 5) } else { size };
            self.body.extend([number, size, base]);
            definition.fields.push((number, size));
        }
        if developer > 0 {
            self.body.push(u8::try_from(developer).unwrap());
            for number in 0..developer {
                let size = self.choice() % 9;
                self.body.extend([u8::try_from(number).unwrap(), size, 0]);
                definition.developer += usize::from(size);
            }
        }
        self.known[usize::from(local)] = Some(definition);
    }

    fn compressed(&mut self) {
        let choice = self.choice();
        self.message(choice >> 5 & 3, Some(choice & 0x1F));
    }

    fn message(&mut self, local: u8, offset: Option<u8>) {
        let Some(definition) = self.known[usize::from(local)].clone() else { return };
        self.body.push(match offset {
            Some(offset) => 0x80 | local << 5 | offset,
            None => local,
        });
        if definition.record {
            let step = self.choice();
            self.clock = self.clock.wrapping_add(u32::from(step & 7));
            self.place[usize::from(step >> 3 & 1)] += i32::from(step) * 4;
            self.height = self.height.wrapping_add(u16::from(step >> 5)).wrapping_sub(3);
        }
        for (number, size) in &definition.fields {
            let mut value: Vec<u8> = match (number, size, definition.record) {
                (253, 4, _) => self.clock.to_le_bytes().to_vec(),
                (0, 4, true) => self.place[0].to_le_bytes().to_vec(),
                (1, 4, true) => self.place[1].to_le_bytes().to_vec(),
                (2, 2, true) => self.height.to_le_bytes().to_vec(),
                _ => (0..*size).map(|_| self.choice()).collect(),
            };
            if definition.big {
                value.reverse();
            }
            // now and then a leap
            if self.choices.as_slice().first() == Some(&0xFE) {
                let leap = self.choice();
                for byte in &mut value {
                    *byte ^= leap ^ self.choice();
                }
            }
            self.body.extend(value);
        }
        for _ in 0..definition.developer {
            let byte = self.choice();
            self.body.push(byte);
        }
    }
}

/// Base type and size that a field of this number usually has.
fn usual(number: u8) -> Option<(u8, u8)> {
    match number {
        253 | 5 | 78 | 73 => Some((0x86, 4)),
        0 | 1 => Some((0x85, 4)),
        2 | 6 | 7 | 9 | 41 => Some((0x84, 2)),
        3 | 4 | 13 | 53 => Some((0x02, 1)),
        _ => None,
    }
}
