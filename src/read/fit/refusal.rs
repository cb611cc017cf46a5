//! Why a FIT file is refused, in words for whoever recorded it.

use super::part::NoHeader;
use crate::error::{Error, Kind, Place};

pub(super) fn place(byte: usize, record: u64) -> Place {
    Place::Binary { byte: byte as u64, record }
}

pub(super) fn no_header(why: NoHeader, file_bytes: usize) -> Error {
    let here = place(0, 0);
    let again = "copy the file from the device once more";
    match why {
        NoHeader::Short => Error::new(
            Kind::Damaged,
            format!("the file of {file_bytes} bytes ends inside the FIT header"),
        )
        .at(here)
        .hint(again),
        NoHeader::Signature => {
            Error::new(Kind::NotAnActivity, "no FIT file: its header lacks the mark .FIT")
                .at(place(8, 0))
                .hint("export the activity as FIT, GPX or TCX")
        }
        NoHeader::Size(size) => Error::new(
            Kind::Damaged,
            format!("a FIT header of {size} bytes, where 12 or 14 are usual"),
        )
        .at(here)
        .hint(again),
    }
}

pub(super) fn too_many(points: usize) -> Error {
    Error::new(Kind::TooLarge, format!("more than {points} points"))
        .hint("split the file, or raise the limit of points")
}

/// Returns the error for a file that holds something else, by FIT's file type.
pub(super) fn not_an_activity(file_type: u8) -> Error {
    let what = match file_type {
        1 => "a description of the device",
        2 => "settings of the device",
        3 => "settings of a sport",
        5 => "a workout plan",
        7 => "a training schedule",
        9 => "weights",
        10 => "totals",
        11 => "goals",
        14 => "blood pressures",
        15 | 28 | 32 => "all-day monitoring",
        20 => "an activity summary",
        34 => "a segment",
        35 => "a list of segments",
        _ => return not_an_activity_of(&format!("file type {file_type}")),
    };
    not_an_activity_of(what)
}

fn not_an_activity_of(what: &str) -> Error {
    Error::new(
        Kind::NotAnActivity,
        format!("this FIT file holds {what}, not an activity"),
    )
    .hint("on most devices the recordings lie in the folder Activity")
}
