//! Where things are.

use crate::arguments::Profile;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// The paths of the workspace, all absolute.
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// From what cargo says to the programs that it runs.
    pub(crate) fn find() -> Result<Self> {
        let package = std::env::var_os("CARGO_MANIFEST_DIR").context("start this program with `cargo xtask`")?;
        let root = Path::new(&package).parent().context("while looking for the folder above xtask")?;
        Ok(Self { root: root.to_owned() })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    pub(crate) fn target(&self) -> PathBuf {
        self.path("target")
    }

    /// The folder of the finished build.
    pub(crate) fn output(&self, profile: Profile) -> PathBuf {
        self.target().join(match profile {
            Profile::Dev => "debug",
            Profile::Release => "release",
        })
    }

    /// The server's program.
    pub(crate) fn server(&self, profile: Profile) -> PathBuf {
        self.output(profile).join("dispobox")
    }

    /// The front end as the compiler leaves it.
    pub(crate) fn frontend_wasm(&self, profile: Profile) -> PathBuf {
        let folder = match profile {
            Profile::Dev => "debug",
            Profile::Release => "wasm-release",
        };
        self.target().join("wasm32-unknown-unknown").join(folder).join("frontend.wasm")
    }
}
