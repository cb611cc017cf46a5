//! Where the person's athlete file is, and reading it.

use std::io::{Error, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};
use hardlegs::error::visible;
use hardlegs::settings::Preferences;

/// The file and what it says.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// The file that was read; `None` where there is none.
    pub(crate) path: Option<PathBuf>,
    /// What it says.
    pub(crate) preferences: Preferences,
}

/// Largest file of settings that is read: a thousand times what anybody writes.
const MOST_BYTES: u64 = 1 << 20;

/// Returns the text of a file of settings.
///
/// # Errors
/// What the system says; a file that is larger than any, or not UTF-8.
pub(crate) fn load(path: &Path) -> std::io::Result<String> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_BYTES {
        let words = format!("larger than {} MiB, no file of settings", MOST_BYTES >> 20);
        return Err(Error::new(ErrorKind::FileTooLarge, words));
    }
    String::from_utf8(bytes).map_err(|_| {
        Error::new(ErrorKind::InvalidData, "not UTF-8 text. Hint: save it as UTF-8")
    })
}

/// Returns the folders of this program, by the conventions of the platform; `None` where there is
/// no home.
pub(crate) fn folders() -> Option<impl AppStrategy> {
    choose_app_strategy(AppStrategyArgs {
        top_level_domain: "io.github".into(),
        author: "hardlegs".into(),
        app_name: "hardlegs".into(),
    })
    .ok()
}

/// `config.toml` in the folder of the platform for configuration.
pub(crate) fn usual_path() -> Option<PathBuf> {
    folders().map(|folders| folders.in_config_dir("config.toml"))
}

/// Reads the file that was named, else the usual one, which need not exist.
pub(crate) fn read(named: Option<&Path>) -> Result<Config, String> {
    let Some(path) = named.map(Path::to_path_buf).or_else(usual_path) else {
        return Ok(Config::default());
    };
    let name = visible(&path.to_string_lossy());
    match load(&path) {
        Ok(text) => {
            let preferences = Preferences::parse(&text)
                .map_err(|error| format!("error: {name}: {}", error.message()))?;
            Ok(Config { path: Some(path), preferences })
        }
        // a home that is a file, such as /dev/null, is none
        Err(error)
            if named.is_none()
                && matches!(
                    error.kind(),
                    ErrorKind::NotFound | ErrorKind::NotADirectory
                ) =>
        {
            Ok(Config::default())
        }
        Err(error) if error.kind() == ErrorKind::InvalidData => {
            Err(format!("error: {name}: {error}"))
        }
        Err(error) => Err(format!("error: {name}: {error}. Hint: hardlegs athlete path")),
    }
}
