//! A tiny FIT writer for tests.

use super::crc::crc16;

/// Collects messages; [`Writer::file`] puts header and checksum around them.
#[derive(Debug, Clone, Default)]
pub(super) struct Writer(Vec<u8>);

impl Writer {
    /// Appends a little-endian definition; fields are (number, size, base type).
    pub(super) fn define(
        &mut self,
        local: u8,
        global: u16,
        fields: &[(u8, u8, u8)],
    ) -> &mut Writer {
        self.0.extend([0x40 | local, 0, 0]);
        self.0.extend(global.to_le_bytes());
        self.triples(fields)
    }

    /// Appends a definition with developer fields, (number, size, developer index).
    pub(super) fn define_with(
        &mut self,
        local: u8,
        global: u16,
        fields: &[(u8, u8, u8)],
        developer: &[(u8, u8, u8)],
    ) -> &mut Writer {
        self.0.extend([0x60 | local, 0, 0]);
        self.0.extend(global.to_le_bytes());
        self.triples(fields).triples(developer)
    }

    fn triples(&mut self, fields: &[(u8, u8, u8)]) -> &mut Writer {
        self.0.push(u8::try_from(fields.len()).unwrap());
        self.0
            .extend(fields.iter().flat_map(|&(number, size, base)| [number, size, base]));
        self
    }

    /// Appends a data message.
    pub(super) fn data(&mut self, local: u8, body: &[u8]) -> &mut Writer {
        self.0.push(local);
        self.0.extend(body);
        self
    }

    /// Appends bytes as they are.
    pub(super) fn raw(&mut self, bytes: &[u8]) -> &mut Writer {
        self.0.extend(bytes);
        self
    }

    /// Returns the file: a 14-byte header, the messages, the checksum.
    pub(super) fn file(&self) -> Vec<u8> {
        let mut file = vec![14, 0x20, 0x54, 0x08];
        file.extend(u32::try_from(self.0.len()).unwrap().to_le_bytes());
        file.extend(b".FIT");
        file.extend(crc16(&file).to_le_bytes());
        file.extend(&self.0);
        file.extend(crc16(&file).to_le_bytes());
        file
    }
}
