//! The files of `public/`: icons, plans, what is served as it is.

use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// A file and its path below `public`.
pub(super) struct PublicFile {
    pub(super) path: PathBuf,
    pub(super) content: Vec<u8>,
}

impl PublicFile {
    pub(super) fn write_below(&self, folder: &Path) -> Result<()> {
        let path = folder.join(&self.path);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).with_context(|| format!("while making {}", parent.display()))?;
        fs::write(&path, &self.content).with_context(|| format!("while writing {}", path.display()))
    }
}

/// All files, in the order of their paths. Files whose name begins with a dot are for editors and git.
pub(super) fn list(public: &Path) -> Result<Vec<PublicFile>> {
    let mut files = Vec::new();
    for path in files_below(public)? {
        let content = fs::read(&path).with_context(|| format!("while reading {}", path.display()))?;
        files.push(PublicFile { path: path.strip_prefix(public).unwrap_or(&path).to_owned(), content });
    }
    Ok(files)
}

/// The paths of all files below a folder, sorted.
pub(super) fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    let entries = fs::read_dir(folder).with_context(|| format!("while listing {}", folder.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("while listing {}", folder.display()))?;
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let path = entry.path();
        if path.is_dir() {
            paths.extend(files_below(&path)?);
        } else {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}
