//! The scripts of `public/js`, plain modules that import each other. They get a folder whose name comes from the content of
//! all of them, so that they may be kept for ever and still find each other by relative paths.

use super::hash;
use super::public_files::PublicFile;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;

/// Below `public`.
const FOLDER: &str = "js";
/// The one that a page loads; the others are imported.
const START: &str = "start.js";

/// One that is imported when the brewing plant is looked at, and by no other page.
const LATER: &str = "plant.js";

/// The scripts, with their names in their folder.
pub(super) struct Scripts<'a> {
    files: Vec<(String, &'a [u8])>,
    hash: String,
}

impl<'a> Scripts<'a> {
    /// Finds them among the public files.
    pub(super) fn find(public: &'a [PublicFile]) -> Result<Self> {
        let named = |file: &'a PublicFile| {
            let name = file.path.strip_prefix(FOLDER).ok()?.to_str()?.to_owned();
            Some((name, file.content.as_slice()))
        };
        let files: Vec<_> = public.iter().filter_map(named).collect();
        if !files.iter().any(|(name, _)| name == START) {
            bail!("public/{FOLDER}/{START} is missing: no page would start");
        }
        let digests: String = files.iter().map(|(name, content)| format!("{name} {}\n", hash::hex(content))).collect();
        Ok(Self { files, hash: hash::short(digests.as_bytes()) })
    }

    /// Whether a public file is one of them, and is not served at its own path.
    pub(super) fn has(file: &PublicFile) -> bool {
        file.path.starts_with(FOLDER)
    }

    /// Changes with the content of any.
    pub(super) fn hash(&self) -> &str {
        &self.hash
    }

    /// The address of the script that a page loads.
    pub(super) fn start(&self) -> String {
        self.address(START)
    }

    /// The addresses of the others that every page needs.
    pub(super) fn modules(&self) -> Vec<String> {
        self.files
            .iter()
            .filter(|(name, _)| name != START && name != LATER)
            .map(|(name, _)| self.address(name))
            .collect()
    }

    fn address(&self, name: &str) -> String {
        format!("/pkg/js.{}/{name}", self.hash)
    }

    /// Writes them below the site's folder.
    pub(super) fn write_below(&self, site: &Path) -> Result<()> {
        for (name, content) in &self.files {
            let path = site.join(self.address(name).trim_start_matches('/'));
            let parent = path.parent().unwrap_or(site);
            fs::create_dir_all(parent).with_context(|| format!("while making {}", parent.display()))?;
            fs::write(&path, content).with_context(|| format!("while writing {}", path.display()))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, content: &str) -> PublicFile {
        PublicFile { path: path.into(), content: content.into() }
    }

    #[test]
    fn they_share_one_folder() -> Result<()> {
        let public =
            [file("favicon.svg", "x"), file("js/heal.js", "a"), file("js/plant.js", "c"), file("js/start.js", "b")];
        let scripts = Scripts::find(&public)?;
        let folder = format!("/pkg/js.{}", scripts.hash());
        assert_eq!(scripts.start(), format!("{folder}/start.js"));
        assert_eq!(scripts.modules(), [format!("{folder}/heal.js")]);
        assert_eq!(public.map(|file| Scripts::has(&file)), [false, true, true, true]);
        Ok(())
    }

    #[test]
    fn the_folder_changes_with_each() -> Result<()> {
        let hash = |heal: &str, start: &str| -> Result<String> {
            Ok(Scripts::find(&[file("js/heal.js", heal), file("js/start.js", start)])?.hash().to_owned())
        };
        assert_eq!(hash("a", "b")?, hash("a", "b")?);
        assert_ne!(hash("a", "b")?, hash("x", "b")?);
        assert_ne!(hash("a", "b")?, hash("a", "x")?);
        Ok(())
    }

    #[test]
    fn a_page_must_start() {
        assert!(Scripts::find(&[file("js/heal.js", "a")]).is_err());
    }
}
