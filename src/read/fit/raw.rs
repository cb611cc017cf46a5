//! The messages of a FIT file as they lie in it, for whoever shows them: every one, with its
//! declared fields, whether the readers here use them, and every damaged place.

use super::SEARCHED_BYTES;
use super::developer::DeveloperFields;
use super::layout::Layout;
use super::messages::{Cause, Definition, LOCAL_TYPES, Message, Messages};
use super::part::Part;
use super::profile;
use super::recording::describe;
use crate::read::notice::Notices;

/// A field as a definition declares it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RawField {
    /// Number in its message; of a developer field, its own number.
    pub(crate) number: u8,
    /// Bytes.
    pub(crate) size: u8,
    /// Base type; of a developer field it stands in its description.
    pub(crate) base: u8,
    /// Index of the developer, of a developer field.
    pub(crate) developer: Option<u8>,
    /// Whether the reader takes its values.
    pub(crate) used: bool,
}

/// What comes next in a file.
#[derive(Debug)]
pub(crate) enum Event<'a> {
    /// A header: several follow each other in a chained file.
    Part {
        /// Version of the protocol, major and minor.
        protocol: (u8, u8),
        /// Version of the profile times 100.
        profile: u16,
    },
    /// A local type means this from now on.
    Defined {
        /// 0 to 15.
        local: usize,
        /// Number of the message.
        message: u16,
        /// Byte order of the data.
        big_endian: bool,
        /// In the order of the bytes, developer fields last.
        fields: Vec<RawField>,
    },
    /// Data of a local type that was defined.
    Data {
        /// 0 to 15.
        local: usize,
        /// Exactly the bytes that the definition declares.
        body: &'a [u8],
    },
    /// Bytes that hold no messages.
    Damaged {
        /// The first of them, from the beginning of the file.
        byte: usize,
        /// What is wrong there.
        cause: String,
        /// Where messages go on, if they do.
        on: Option<usize>,
    },
}

/// Maker and product of a device, as the reader names it.
pub(crate) fn device_name(
    maker: Option<u32>,
    product: Option<u32>,
    product_name: Option<String>,
) -> Option<String> {
    super::device::name(maker, product, product_name)
}

/// Walks through all messages, past damaged places as the reader goes past them.
pub(crate) fn walk<'a>(bytes: &'a [u8], each: &mut dyn FnMut(Event<'a>)) {
    let mut searched = SEARCHED_BYTES;
    let mut layouts: [Layout; LOCAL_TYPES] = Default::default();
    let mut at = 0;
    while at < bytes.len() {
        let Ok(part) = Part::at(bytes, at) else {
            if at > 0 {
                let cause = "bytes after the end that are no FIT".to_owned();
                each(Event::Damaged { byte: at, cause, on: None });
            }
            return;
        };
        let header = bytes.get(at..).and_then(|bytes| bytes.first_chunk::<4>());
        if let Some([_, protocol, low, high]) = header {
            each(Event::Part {
                protocol: (protocol >> 4, protocol & 0x0F),
                profile: u16::from_le_bytes([*low, *high]),
            });
        }
        let mut walk = Walk {
            descriptions: DeveloperFields::default(),
            layouts: &mut layouts,
            stamp: None,
            points: false,
            anew: false,
        };
        walk.part(&part, &mut searched, each);
        at = part.end;
    }
}

/// One part on the way.
struct Walk<'l> {
    descriptions: DeveloperFields,
    layouts: &'l mut [Layout; LOCAL_TYPES],
    stamp: Option<u32>,
    /// Whether a record came.
    points: bool,
    /// Whether it was begun anew, as definitions were damaged.
    anew: bool,
}

impl Walk<'_> {
    fn part<'a>(
        &mut self,
        part: &Part<'a>,
        searched: &mut usize,
        each: &mut dyn FnMut(Event<'a>),
    ) {
        let mut messages = part.messages();
        while let Some(message) = messages.next() {
            match message {
                Ok(Message::Defined { local, definition }) => {
                    let fields = self.define(local, &definition);
                    let Definition { global, big_endian, .. } = definition;
                    each(Event::Defined { local, message: global, big_endian, fields });
                }
                Ok(Message::Data { local, body, .. }) => {
                    self.data(local, body);
                    each(Event::Data { local, body });
                }
                Err(fault) => {
                    let before = messages.before(fault);
                    let on = self.passed(before, &mut messages, searched);
                    let cause = match fault.cause {
                        Cause::Cut => "the bytes end inside a message".to_owned(),
                        Cause::Undefined(local) => {
                            format!("data of local type {local}, which is not defined")
                        }
                    };
                    let first = fault.byte.saturating_sub(before);
                    let on = on.map(|on| first.saturating_add(on));
                    each(Event::Damaged { byte: fault.byte, cause, on });
                }
            }
        }
    }

    fn define(&mut self, local: usize, definition: &Definition<'_>) -> Vec<RawField> {
        let mut ignored = Notices::default();
        let Some(layout) = self.layouts.get_mut(local) else { return Vec::new() };
        layout.redefine(definition, &self.descriptions, &mut ignored);
        let used = |number| layout.fields().iter().any(|field| field.number == number);
        let native = definition.fields().map(|declared| RawField {
            number: declared.number,
            size: declared.size,
            base: declared.base,
            developer: None,
            used: used(declared.number),
        });
        let mut fields: Vec<RawField> = native.collect();
        let mut at =
            definition.fields().fold(0_usize, |at, f| at.saturating_add(f.size.into()));
        for declared in definition.developer_fields() {
            fields.push(RawField {
                number: declared.number,
                size: declared.size,
                base: 0,
                developer: Some(declared.base),
                used: layout.developer_fields().iter().any(|field| field.start() == at),
            });
            at = at.saturating_add(declared.size.into());
        }
        fields
    }

    fn data(&mut self, local: usize, body: &[u8]) {
        let Some(layout) = self.layouts.get(local) else { return };
        self.points |= layout.message == profile::record::MESSAGE;
        self.stamp = layout.whole(body, profile::TIMESTAMP).or(self.stamp);
        if layout.message == profile::field_description::MESSAGE {
            let mut ignored = Notices::default();
            describe(layout, body, &mut self.descriptions, &mut ignored);
        }
    }

    /// Where messages go on, from the first one of the part; they are led there.
    fn passed(
        &mut self,
        damaged: usize,
        messages: &mut Messages<'_>,
        searched: &mut usize,
    ) -> Option<usize> {
        let mut found = messages.resume_after(damaged, self.stamp, searched);
        if !self.points && !self.anew {
            // as the reader does: a damaged definition may have swallowed others
            self.anew = true;
            let begun = messages.restarted();
            let earlier = begun.resume_after(0, None, searched);
            if let Some(at) = earlier.filter(|at| found.is_none_or(|found| *at < found)) {
                (*messages, found) = (begun, Some(at));
            }
        }
        messages.go_to(found?);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::writer::Writer;
    use super::*;

    #[test]
    fn walks_past_damage_and_says_what_is_used() {
        let mut writer = Writer::default();
        writer.define(0, 20, &[(253, 4, 0x86), (3, 1, 2), (200, 1, 2)]);
        for second in 0..100_u32 {
            let stamp = 1_000_000_000 + second;
            let body = [&stamp.to_le_bytes()[..], &[99, 1]].concat();
            writer.data(0, &body);
            if second == 20 {
                writer.raw(&[9; 5]);
            }
        }
        let (mut data, mut used, mut damaged) = (0, Vec::new(), Vec::new());
        walk(&writer.file(), &mut |event| match event {
            Event::Data { .. } => data += 1,
            Event::Defined { fields, .. } => {
                used.extend(fields.iter().filter(|f| f.used).map(|f| f.number));
            }
            Event::Damaged { byte, on, .. } => damaged.push(on.unwrap() - byte),
            Event::Part { protocol, .. } => assert_eq!(protocol, (2, 0)),
        });
        assert_eq!((data, used, damaged), (100, vec![253, 3], vec![5]));
    }
}
