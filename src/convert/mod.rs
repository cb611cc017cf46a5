//! To and from the types of other crates: a `gpx::Gpx` that a program already has is scored, and
//! an activity or its hills are handed on as `gpx` or `geo` types.
//!
//! ```
//! use hardlegs::{read::Reading, report::Report, settings::Settings, write::gpx::{self, Choice}};
//!
//! let file = std::fs::File::open("fixtures/gpx/loop.gpx")?;
//! let theirs: ::gpx::Gpx = ::gpx::read(file)?; // whatever the program did with it
//! let reading = Reading::try_from(theirs)?;
//! let activity = &reading.activities[0];
//! let (report, places) = Report::with_places(activity, &Settings::default())?;
//!
//! let hills: ::gpx::Gpx = gpx::hills(&report, &places, &Choice::default())?; // a track each
//! let whole = ::gpx::Gpx::from(activity);
//! assert_eq!(whole.tracks[0].segments[0].points.len(), activity.len());
//!
//! let line = geo::LineString::from(activity); // longitude, latitude
//! let climb = places.line(0).expect("a first segment");
//! assert!(climb.0.len() < line.0.len() && hills.tracks.len() > 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod geo;
mod gpx;
