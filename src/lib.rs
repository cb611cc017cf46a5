//! How much work the legs did going up and going down, from a GPX, FIT or TCX file.
//!
//! A route is split into climbs, descents and the level between. Climbs have a *concentric* load,
//! of muscles that shorten, and descents an *eccentric* one, of muscles that lengthen. **Load =
//! volume × intensity / 20**: volume is metres of one's own weight raised or lowered, intensity
//! the muscle work of a step over that of an easy level one.
//!
//! ```
//! use hardlegs::athlete::Athlete;
//! use hardlegs::{read, report::Report, settings::Settings, write::json, write::text};
//!
//! let reading = read::path("fixtures/fit/ridge.fit")?; // activities, and what was repaired
//! let athlete = Athlete { mass_kg: Some(68.0), ..Athlete::default() };
//! let settings = Settings { athlete, ..Settings::default() }; // every setting there is
//! let report = Report::of(&reading.activities[0], &settings)?; // split and scored
//! assert!((report.loss_m - 1841.0).abs() < 20.0);
//! println!("downhill load {:.0}", report.load.eccentric_load);
//! println!("{}", text::text(&report, &text::Style::default())); // for people
//! let row = json::scored(&report, "ridge.fit", 1, &settings, &reading.notices); // for programs
//! assert_eq!(row.segments.iter().filter(|s| s.length_m > 3000.0).count(), 3);
//! # Ok::<(), hardlegs::error::Error>(())
//! ```
//!
//! # The pipeline
//!
//! Each module takes the type of the one before it by reference and makes its own; none imports
//! a later one, and none prints.
//!
//! ```text
//! bytes ─read─▶ Activity ─profile─▶ Profile ─segment─▶ [Segment]
//!                                      └───── load ───────┴─▶ LegLoad
//! Settings (of an athlete) ──────────▶ report ◀───────────────┘
//! many Reports ─history─▶ History ─plan─▶ Plan        Report | History | Plan ─write─▶
//! ```
//!
//! | module | what it does |
//! |---|---|
//! | [`read`] | bytes to [activities](activity::Activity): forgiving, and it says what it repaired |
//! | [`profile`] | samples to a grid of metres: cleaned, smoothed, without gaps |
//! | [`segment`] | the grid to climbs, descents and the level between |
//! | [`load`] | the model: [the equations](load::model) beside their papers, and the sums |
//! | [`settings`], [`athlete`] | every setting, its unit and what is possible |
//! | [`report`] | one activity, scored: everything that any writer shows |
//! | [`history`], [`plan`] | sessions to weeks and what is usual; a course and the weeks before it |
//! | `inputs`, `batch` | folders and exports in their zip; one input to one line (feature `batch`) |
//! | `store` | what was scored once, in `SQLite` (feature `store`) |
//! | [`write`](mod@write) | text, JSON, tables and charts: rounding and words live here only |
//! | [`error`], [`evidence`] | one error type with a stable code; what a constant rests on |
//!
//! # Features
//!
//! `default-features = false` is the pipeline from bytes to a report and a history, without command
//! line, threads and `SQLite`; `chart` adds SVG, `batch` folders, exports and many files, `store`
//! the remembered history, and `cli` is the program.
//!
//! # Conventions
//!
//! Names carry SI units (`elevation_m`, `speed_m_per_s`); a grade is rise over run, never
//! percent; what was not recorded is NaN in a column and `None` alone. Where an error is
//! possible its [code](error::Kind::code) is named. Every constant has a source or says that it
//! is a choice: [`settings::parameters`], [`history::parameters`] and [`plan::parameters`] list
//! them. A figure is what the model makes of a recording, and no medical advice.

pub mod error;
pub mod evidence;

pub mod activity;
pub mod athlete;
pub mod sport;

pub mod read;

#[cfg(feature = "batch")]
pub mod inputs;

pub mod profile;

pub mod segment;

pub mod load;

pub mod category;
pub mod settings;

pub mod report;

pub mod history;
pub mod plan;

#[cfg(feature = "store")]
pub mod store;

pub mod write;

#[cfg(feature = "batch")]
pub mod batch;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
