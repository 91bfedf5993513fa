//! What the server needs of the main database to start, and its copy in the data folder for when that does not answer.

use crate::building_memory::BuildingMemory;
use crate::clock::{show_time, utc_now};
use anyhow::Context;
use domain::{Registry, UtcMs};
use entity::{Storage, StorageError};
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

const FILE: &str = "building.json";
/// The same while it is written.
const NEW_FILE: &str = "building.json.new";

/// The building and its boards, as they were at one time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct BuildingCopy {
    /// When they were read from the database.
    pub(crate) read_at: UtcMs,
    pub(crate) registry_version: i64,
    pub(crate) registry: Registry,
    pub(crate) memory: BuildingMemory,
}

impl BuildingCopy {
    /// Reads all of it from the database.
    pub(crate) async fn read(storage: &Storage) -> Result<Self, StorageError> {
        // Its version first: should the registry change meanwhile, it is read again.
        let registry_version = storage.read_registry_version().await?;
        let registry = storage.read_registry().await?;
        let memory = BuildingMemory::read(storage).await?;
        Ok(Self { read_at: utc_now(), registry_version, registry, memory })
    }

    /// The copy in the data folder; `None` when there is none.
    ///
    /// # Errors
    /// When it cannot be read, or is something else.
    pub(crate) fn load(data_dir: &Path) -> anyhow::Result<Option<Self>> {
        let path = data_dir.join(FILE);
        let copy = match fs::read(&path) {
            Ok(text) => serde_json::from_slice(&text).map(Some).map_err(anyhow::Error::from),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        };
        copy.with_context(|| format!("while reading {}, because the database does not answer", path.display()))
    }

    /// Puts a copy into the data folder, in the place of the one before. That it cannot be is logged: everything goes on
    /// without it.
    pub(crate) async fn save(&self, data_dir: &Path) {
        let data_dir = data_dir.to_owned();
        let written = match serde_json::to_vec(self) {
            // A slow disk must hold up nothing else.
            Ok(text) => {
                tokio::task::spawn_blocking(move || write(&data_dir, &text)).await.map_err(std::io::Error::from)
            }
            Err(error) => Ok(Err(error.into())),
        };
        if let Err(error) = written.and_then(|written| written) {
            tracing::error!(%error, file = FILE, "the copy for a start without the database could not be written");
        }
    }

    /// Whether a server that shows this building shows what one with `shown` does, which may come from a copy: numbers that
    /// went through a file may differ in their last digit.
    pub(crate) fn shows_the_same_as(&self, shown: &BuildingMemory) -> bool {
        let copied = || serde_json::from_slice::<BuildingMemory>(&serde_json::to_vec(&self.memory).ok()?).ok();
        self.memory.shows_the_same_as(shown) || copied().is_some_and(|copied| copied.shows_the_same_as(shown))
    }

    /// When it was read, for people.
    pub(crate) fn read_at_text(&self) -> String {
        show_time(self.read_at)
    }
}

/// Under another name first, so that there is always a whole one.
fn write(data_dir: &Path, text: &[u8]) -> std::io::Result<()> {
    let new: PathBuf = data_dir.join(NEW_FILE);
    let mut file = File::create(&new)?;
    file.write_all(text)?;
    file.sync_all()?;
    fs::rename(&new, data_dir.join(FILE))?;
    File::open(data_dir)?.sync_all()
}
