//! What a local message type stands for, and the way in which its records are read.

use super::developer::DeveloperFields;
use super::direct::Direct;
use super::layout::Layout;
use super::messages::Definition;
use super::record::{self, Odometer, Record};
use crate::read::notice::Notices;

/// The layout of a local message type.
#[derive(Debug, Default)]
pub(super) struct LocalType {
    /// The message and where its fields lie.
    pub(super) layout: Layout,
    /// Of a `record` of the profile's types.
    direct: Option<Direct>,
}

impl LocalType {
    /// Takes on a new definition.
    pub(super) fn redefine(
        &mut self,
        definition: &Definition<'_>,
        described: &DeveloperFields,
        notices: &mut Notices,
    ) {
        self.layout.redefine(definition, described, notices);
        self.direct = Direct::of(&self.layout);
    }

    /// Reads a `record` message the fast way where there is one.
    pub(super) fn read_record(
        &self,
        record: &mut Record,
        body: &[u8],
        odometer: &mut Odometer,
        notices: &mut Notices,
    ) {
        match &self.direct {
            Some(direct) => direct.read(record, body, notices),
            None => *record = record::read(&self.layout, body, odometer, notices),
        }
    }
}
