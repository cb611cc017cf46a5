//! How much work the legs did going up and going down, from a GPX, FIT or TCX file.
//!
//! A route is split into climbs, descents and the level between. Climbs have a *concentric* load,
//! of muscles that shorten, and descents an *eccentric* one, of muscles that lengthen. **Load =
//! volume × intensity / 20**: volume is metres of one's own weight raised or lowered, intensity
//! the muscle work of a step over that of an easy level one.
//!
//! ```
//! use hardlegs::{Athlete, Settings, write::json};
//!
//! let reading = hardlegs::read("fixtures/fit/ridge.fit")?; // activities, and what was repaired
//! let settings = Settings::from(Athlete { mass_kg: Some(68.0), ..Athlete::default() });
//! for activity in &reading {
//!     let report = activity.score(&settings)?; // split and scored
//!     assert!((report.loss_m - 1841.0).abs() < 20.0);
//!     println!("{report}"); // for people
//!     let row = json::scored(&report, "ridge.fit", 1, &settings, &reading.notices); // for programs
//!     assert_eq!(row.segments.iter().filter(|s| s.length_m > 3000.0).count(), 3);
//! }
//! # Ok::<(), hardlegs::Error>(())
//! ```
//!
//! # The pipeline
//!
//! Each module takes the type of the one before it by reference and returns its own; none imports
//! a later one (a test holds that), and none prints.
//!
//! ```text
//!  files, folders, exports             Settings { Athlete, Sampling, Thresholds, Terms }
//!            │ inputs                                     │
//!            ▼                                            ▼
//!  bytes ──read──▶ Reading { [Activity], [Notice] } ──▶ report ──▶ Report ──▶ write
//!                             │                           ▲
//!                             │ profile                   │ LegLoad, Mechanisms
//!                             ▼                           │
//!                          Profile ──segment──▶ [Segment] │
//!                             └─────────────────────┴──▶ load
//!
//!  many Reports ──▶ [Session] ──history──▶ History ──plan──▶ Plan ──▶ write
//!                       └── store: kept in SQLite, so that nothing is scored twice
//! ```
//!
//! | module | takes | returns |
//! |---|---|---|
//! | `inputs` | paths, folders, exports in their zip | each recording's bytes (feature `batch`) |
//! | [`read`](mod@read) | bytes of GPX, FIT or TCX | [activities](Activity), and what was repaired |
//! | [`profile`] | an activity | a grid of metres: cleaned, smoothed, without gaps |
//! | [`segment`] | the grid | climbs, descents and the level between |
//! | [`load`] | both | volume, intensity and load: [the equations](load::model) beside their papers |
//! | [`settings`], [`athlete`] | | every setting, its unit and what is possible |
//! | [`report`] | an activity and the settings | one activity, scored: what any writer shows |
//! | [`history`] | sessions | days, weeks and what the legs are used to |
//! | [`curve`] | outings by grade | own speed over grade, and the time of a course by it |
//! | [`plan`] | a course and a history | the weeks that lead there |
//! | `trend`, `hills`, `adaptation`, `progress` | efforts | slopes with their interval; the same hill again; what changed; the mechanisms over months (feature `store`) |
//! | `store` | inputs | sessions, from an `SQLite` file where they are known (feature `store`) |
//! | `inspect` | bytes | what a file holds, and our reading beside that of other crates (feature `inspect`) |
//! | `convert` | an activity, its hills | the types of `gpx` and `geo`, and back (feature `inspect`) |
//! | `batch` | an input | a line (feature `batch`) |
//! | [`write`](mod@write) | a report, history or plan | text, JSON, tables, charts, a page: rounding and words live here only |
//! | [`error`], [`evidence`] | | one error type with a stable code; what a constant rests on |
//!
//! Where something is added: CONTRIBUTING.md of the repository.
//!
//! # Features
//!
//! `default-features = false` is the pipeline from bytes to a report and a history, without command
//! line, threads and `SQLite`; `chart` adds SVG, `batch` folders, exports and many files, `store`
//! the remembered history, `inspect` what a file holds, conversions and the names of FIT's numbers, and
//! `cli` is the program. Without `inspect` a device or sport of a FIT file has its number for a name.
//!
//! # Conventions
//!
//! Names carry SI units (`elevation_m`, `speed_m_per_s`); a grade is rise over run, never
//! percent; what was not recorded is NaN in a column and `None` alone. Where an error is
//! possible its [code](error::Kind::code) is named. A quantile is of type 8 of Hyndman and Fan (1996).
//! Every constant has a source or says that it
//! is a choice: [`settings::parameters`], [`history::parameters`] and [`plan::parameters`] list
//! them. A figure is what the model makes of a recording, and no medical advice.

// no bytes, no settings and no store may end in a panic: these are errors of the build. Only
// modules that compute with columns may index
#![cfg_attr(
    not(test),
    deny(
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::unreachable
    )
)]

// in this order: a module imports those above it, and no later one
pub mod error;
pub mod evidence;

mod quantile;

mod fit_names;

pub mod sport;
pub mod waypoint;

#[allow(clippy::indexing_slicing, reason = "its columns have one length")]
pub mod activity;
pub mod athlete;

pub mod read;

#[cfg(feature = "batch")]
pub mod inputs;

#[allow(clippy::indexing_slicing, reason = "its columns have one length")]
pub mod profile;

pub mod category;
#[allow(clippy::indexing_slicing, reason = "its columns have one length")]
pub mod segment;

#[allow(clippy::indexing_slicing, reason = "its columns have one length")]
pub mod load;

pub mod settings;

#[allow(clippy::indexing_slicing, reason = "its columns have one length")]
pub mod report;

#[cfg(feature = "inspect")]
pub mod inspect;

#[allow(clippy::indexing_slicing, reason = "its columns have one length")]
pub mod history;

#[allow(clippy::indexing_slicing, reason = "its columns have one length")]
pub mod curve;

#[allow(clippy::indexing_slicing, reason = "its columns have one length")]
pub mod plan;

#[cfg(feature = "store")]
#[allow(clippy::indexing_slicing, reason = "its columns have one length")]
pub mod trend;

#[cfg(feature = "store")]
pub mod hills;

#[cfg(feature = "store")]
pub mod adaptation;

#[cfg(feature = "store")]
#[allow(clippy::indexing_slicing, reason = "its columns have one length")]
pub mod progress;

#[allow(clippy::indexing_slicing, reason = "its columns have one length")]
pub mod write;

#[cfg(feature = "inspect")]
pub mod convert;

#[cfg(feature = "batch")]
pub mod batch;

#[cfg(feature = "store")]
pub mod store;

pub use activity::Activity;
pub use athlete::Athlete;
pub use error::Error;
pub use history::History;
#[doc(inline)]
pub use read::path as read;
pub use report::Report;
pub use settings::Settings;
pub use sport::Sport;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
