//! Writing a file whole or not at all.

use std::fs::File;
use std::io::{Error, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// Writes beside the target and renames, so that the old file is whole until the new one is.
///
/// # Errors
/// What the system says; a target that is not [`replaceable`] is refused, since a rename would
/// take away the device itself.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    // a link is followed: its target is what is replaced
    let path: PathBuf = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !replaceable(&path) {
        return Err(Error::new(ErrorKind::InvalidInput, "is no plain file"));
    }
    std::fs::create_dir_all(folder)?;
    let mut file = new_beside(folder)?;
    file.write_all(bytes)?;
    if let Ok(old) = std::fs::metadata(&path) {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|error| error.error)?;
    // after a power cut either file may be there, each of them whole: a folder that cannot
    // be synced is no failure
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// Returns whether a file may come there: a device, a pipe or a folder is not to be replaced.
pub(crate) fn replaceable(path: &Path) -> bool {
    std::fs::metadata(path).map_or(true, |there| there.is_file())
}

/// Returns whether two names mean one plain file: by a link, by a hard link, or spelt otherwise.
pub(crate) fn same(a: &Path, b: &Path) -> bool {
    // to compare is to open, and opening a pipe can wait for ever
    let plain = |path: &Path| std::fs::metadata(path).is_ok_and(|there| there.is_file());
    plain(a) && plain(b) && same_file::is_same_file(a, b).unwrap_or(true)
}

/// Returns a new file with the permissions that any new file gets.
fn new_beside(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}
