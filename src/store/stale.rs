//! What was scored with other settings or an older model, and whether its file is still there.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::inputs::under;
use crate::report::MODEL_VERSION;
use crate::settings::Settings;
use crate::store::Store;
use crate::store::import::Scorer;

/// Contents that would be scored otherwise today.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Stale {
    /// How many can be scored again.
    pub again: usize,
    /// Those that cannot, in order of their paths. They count as they were scored: a history
    /// without them would take what the legs did for rest.
    pub gone: Vec<MissingSource>,
}

/// A content whose file is no longer where it was.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MissingSource {
    /// Where it was, the first of its paths; `None` where no file stands for it.
    pub path: Option<String>,
    /// What it is called.
    pub id: String,
    /// Whether an older model scored it, not only other settings.
    pub earlier_model: bool,
}

impl Store {
    /// Returns what was scored with other settings or an older model.
    ///
    /// # Errors
    /// `store`.
    pub fn stale(&self, settings: &Settings) -> Result<Stale, Error> {
        let desk = Scorer::of(self, settings)?;
        let mut paths: BTreeMap<&str, Vec<&str>> = desk
            .known
            .contents
            .keys()
            .filter(|id| !desk.scored_alike(id))
            .map(|id| (id.as_str(), Vec::new()))
            .collect();
        for (path, row) in &desk.known.files {
            if let Some(paths) = row.id.as_deref().and_then(|id| paths.get_mut(id)) {
                paths.push(path);
            }
        }
        let (mut stale, mut places) = (Stale::default(), Places::default());
        for (id, paths) in paths {
            if paths.iter().any(|path| places.hold(path)) {
                stale.again += 1;
                continue;
            }
            let scored = desk.known.contents.get(id).into_iter().flatten();
            stale.gone.push(MissingSource {
                path: paths.into_iter().min().map(str::to_owned),
                id: id.to_owned(),
                earlier_model: scored.into_iter().any(|with| with.model < MODEL_VERSION),
            });
        }
        stale.gone.sort_by(|a, b| (&a.path, &a.id).cmp(&(&b.path, &b.id)));
        Ok(stale)
    }

    /// Returns whether anything was scored by an older model; one look through the activities.
    ///
    /// # Errors
    /// `store`.
    pub fn has_earlier_model(&self) -> Result<bool, Error> {
        let sql = "select exists (select 1 from activities where model < ?)";
        self.db
            .query_row(sql, [MODEL_VERSION], |row| row.get(0))
            .map_err(|error| self.fault(error))
    }
}

/// Where files lie, on the disk or in archives, each of which is opened once.
#[derive(Default)]
struct Places {
    archives: HashMap<PathBuf, HashSet<String>>,
}

impl Places {
    fn hold(&mut self, path: &str) -> bool {
        let file = Path::new(path);
        if file.is_file() {
            return true;
        }
        let Some(archive) = file.ancestors().skip(1).find(|above| above.is_file()) else {
            return false;
        };
        let members = || under(archive).map(|input| input.path).collect();
        let members = self.archives.entry(archive.to_path_buf()).or_insert_with(members);
        members.contains(path)
    }
}
