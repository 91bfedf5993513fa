//! The site's files: where they are and what they are called in this build.

use app::shell::Assets;
use serde::Deserialize;
use std::io;
use std::path::{Path, PathBuf};

/// The folder of the site, and what its build calls its files.
#[derive(Debug, Clone)]
pub(crate) struct SiteFiles {
    pub(crate) dir: PathBuf,
    /// Names the build; changes with any file that pages load.
    pub(crate) build: String,
    pub(crate) assets: Assets,
    /// Whether the names of these files change with their content.
    pub(crate) hashed: bool,
}

/// `manifest.json`, written by the build beside the files.
#[derive(Debug, Deserialize)]
struct Manifest {
    build: String,
    js: String,
    wasm: String,
    css: String,
    start: String,
    modules: Vec<String>,
}

impl SiteFiles {
    const MANIFEST: &str = "manifest.json";

    /// Finds the site: in `dir`, else where cargo-leptos says that it has built it, else in `site` beside the program.
    pub(crate) fn find(dir: Option<PathBuf>) -> anyhow::Result<Self> {
        use anyhow::Context;
        let dir = match dir {
            Some(dir) => dir,
            None => std::env::var_os("LEPTOS_SITE_ROOT")
                .map_or_else(beside_program, |dir| Ok(dir.into()))
                .context("while looking for the site beside the program")?,
        };
        let site = Self::read(&dir).with_context(|| format!("while reading the site in {}", dir.display()))?;
        Ok(site)
    }

    /// Reads the manifest. Without one, the names are those of a plain cargo-leptos build, which hashes nothing.
    fn read(dir: &Path) -> anyhow::Result<Self> {
        let dir = dir.to_path_buf();
        let (manifest, hashed) = match std::fs::read(dir.join(Self::MANIFEST)) {
            Ok(json) => (serde_json::from_slice(&json)?, true),
            Err(error) if error.kind() == io::ErrorKind::NotFound && dir.join("pkg/dispobox.js").is_file() => {
                let manifest = Manifest {
                    build: env!("CARGO_PKG_VERSION").to_owned(),
                    js: "/pkg/dispobox.js".to_owned(),
                    wasm: "/pkg/dispobox.wasm".to_owned(),
                    css: "/pkg/dispobox.css".to_owned(),
                    start: "/js/start.js".to_owned(),
                    modules: Vec::new(),
                };
                (manifest, false)
            }
            Err(error) => return Err(error.into()),
        };
        let Manifest { build, js, wasm, css, start, modules } = manifest;
        Ok(Self { dir, build, assets: Assets { js, wasm, css, start, modules }, hashed })
    }
}

fn beside_program() -> io::Result<PathBuf> {
    let program = std::env::current_exe()?;
    Ok(program.parent().unwrap_or(Path::new(".")).join("site"))
}
