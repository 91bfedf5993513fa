//! What the server needs of the main database to start, and its copy in the data folder for when that does not answer.

use crate::building_memory::BuildingMemory;
use crate::clock::utc_now;
use anyhow::Context;
use domain::{Registry, UtcMs};
use entity::{Storage, StorageError};
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

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

    /// The copy of this server's database in the data folder; `None` when there is none.
    ///
    /// # Errors
    /// When it cannot be read, or is something else.
    pub(crate) fn load(server: &str, data_dir: &Path) -> anyhow::Result<Option<Self>> {
        let path = data_dir.join(FILE);
        let kept = match fs::read(&path) {
            Ok(text) => serde_json::from_slice(&text).map(Some).map_err(anyhow::Error::from),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        };
        let kept: Option<Kept<Self>> = kept.with_context(|| format!("while reading the copy {}", path.display()))?;
        Ok(kept.filter(|kept| kept.server == server).map(|kept| kept.building))
    }

    /// Puts a copy into the data folder, in the place of the one before. That it cannot be is logged: everything goes on
    /// without it.
    pub(crate) async fn save(&self, server: &str, data_dir: &Path) {
        let data_dir = data_dir.to_owned();
        let text = serde_json::to_vec(&Kept { server: server.to_owned(), building: self });
        // A slow disk must hold up nothing else.
        let write = move || text.map_err(io::Error::from).and_then(|text| write(&data_dir, &text));
        let written = tokio::task::spawn_blocking(write).await.map_err(io::Error::from);
        if let Err(error) = written.flatten() {
            tracing::error!(%error, file = FILE, "the copy for a start without the database could not be written");
        }
    }

    /// Whether a server that shows this building shows what one with `shown` does, which may come from a copy: numbers that
    /// went through a file may differ in their last digit.
    pub(crate) fn shows_the_same_as(&self, shown: &BuildingMemory) -> bool {
        let copied = || serde_json::from_slice::<BuildingMemory>(&serde_json::to_vec(&self.memory).ok()?).ok();
        self.memory.shows_the_same_as(shown) || copied().is_some_and(|copied| copied.shows_the_same_as(shown))
    }
}

/// The file.
#[derive(Serialize, Deserialize)]
struct Kept<T> {
    /// Which server has said so: the building of one is not that of another.
    server: String,
    building: T,
}

/// Under another name first, so that there is always a whole one.
fn write(data_dir: &Path, text: &[u8]) -> io::Result<()> {
    let new = data_dir.join(NEW_FILE);
    let mut file = File::create(&new)?;
    file.write_all(text)?;
    file.sync_all()?;
    fs::rename(&new, data_dir.join(FILE))?;
    File::open(data_dir)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        BoardId, BoardKey, Building, EventId, Floor, FloorNumber, FloorPlan, RegisteredBoard, ServiceHours, ViewBox,
    };
    use entity::Site;

    fn building() -> BuildingCopy {
        let site = Site {
            name: "Office".to_owned(),
            time_zone: "Europe/Paris".to_owned(),
            hours: ServiceHours::new(0b1_1111, 9 * 60, 21 * 60).expect("office hours"),
            holidays: vec!["2026-07-14".to_owned()],
        };
        let floors = [-1, 4].map(|number| Floor { number: FloorNumber(number), version: 1 }).to_vec();
        let view_box = ViewBox { x: 0.1 + 0.2, y: 1e-7, width: 1_000.0 / 3.0, height: 640.0 };
        let plan = |floor: &Floor| (floor.number, FloorPlan { view_box, drawing: "<path d=\"M0 0\"/>".to_owned() });
        let plans = floors.iter().map(plan).collect();
        let board = RegisteredBoard {
            id: BoardId::new("board-1").expect("a name"),
            era: 1,
            keys: vec![BoardKey { version: 1, revoked: true }],
            last: Some(EventId { boot: 7, n: 42 }),
            heartbeat_s: Some(60),
        };
        let memory = BuildingMemory::new(site, Building { floors, ..Building::default() }, plans);
        let registry = Registry { boards: vec![board], v0_wires: vec![] };
        BuildingCopy { read_at: UtcMs(1_795_233_600_000), registry_version: 3, registry, memory }
    }

    #[tokio::test]
    async fn a_copy_comes_back() {
        let dir = std::env::temp_dir().join(format!("dispobox-copy-{}", std::process::id()));
        fs::create_dir_all(&dir).expect("a folder");
        assert!(BuildingCopy::load("db/dispobox", &dir).expect("nothing is wrong").is_none());
        let building = building();
        building.save("db/dispobox", &dir).await;
        let copy = BuildingCopy::load("db/dispobox", &dir).expect("it can be read").expect("a copy");
        assert_eq!(
            (copy.registry, copy.registry_version, copy.read_at),
            (building.registry.clone(), 3, building.read_at)
        );
        assert!(building.shows_the_same_as(&copy.memory));
        assert!(BuildingCopy::load("db/other", &dir).expect("it can be read").is_none());
        let mut other = building.clone();
        other.memory.site.holidays.clear();
        assert!(!other.shows_the_same_as(&copy.memory));
        other.save("db/dispobox", &dir).await;
        assert_eq!(fs::read_dir(&dir).expect("the folder").count(), 1, "only the newest is left");
        fs::write(dir.join(FILE), "nonsense").expect("written");
        let error = BuildingCopy::load("db/dispobox", &dir).expect_err("nonsense");
        assert!(format!("{error:#}").contains(FILE), "{error:#}");
        fs::remove_dir_all(&dir).expect("removed");
    }
}
