//! Where a server of this benchmark keeps things, with the boards and booths that it is to know.

use crate::server::dispobox;
use crate::v2::{CHANNELS, board_id};
use anyhow::{Context, ensure};
use entity::{ConnectSettings, Storage};
use ingest::v2::MasterSecret;
use sea_orm::{ConnectionTrait, TransactionTrait};
use std::fs;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Above those of a new installation.
const FIRST_ID: usize = 10_000;
const ROWS_PER_STATEMENT: usize = 500;

/// A folder on the disk of the build, removed at its end.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> anyhow::Result<Self> {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("bench-ingest-{}", std::process::id()));
        fs::create_dir_all(&path).with_context(|| format!("while making {}", path.display()))?;
        Ok(Self(path))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// A site with just enough in it.
    pub(crate) fn with_site(self) -> anyhow::Result<Self> {
        fs::create_dir_all(self.0.join("site/pkg"))?;
        let manifest = r#"{"build":"bench","js":"/pkg/a.1.js","wasm":"/pkg/a.1.wasm","css":"/pkg/a.1.css","start":"/pkg/a.1.js","modules":[]}"#;
        fs::write(self.0.join("site/manifest.json"), manifest)?;
        Ok(self)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// A data folder, and the database when that is not in it.
#[derive(Clone)]
pub(crate) struct Installation {
    pub(crate) data_dir: PathBuf,
    pub(crate) database_url: Option<String>,
    pub(crate) master: Arc<MasterSecret>,
}

impl Installation {
    /// Makes it, with so many boards of three channels, each of which watches a booth of its own.
    pub(crate) async fn make(folder: &Folder, name: &str, boards: usize, url: Option<&str>) -> anyhow::Result<Self> {
        let data_dir = folder.path().join(name);
        fs::create_dir_all(&data_dir)?;
        let master = Arc::new(MasterSecret::generate()?);
        let mut file =
            fs::File::options().create_new(true).write(true).mode(0o600).open(data_dir.join("master.key"))?;
        std::io::Write::write_all(&mut file, format!("{}\n", master.to_hex().as_str()).as_bytes())?;
        let installation = Self { data_dir, database_url: url.map(str::to_owned), master };
        let migrated = dispobox(&installation, "migrate").args(["--log", "error"]).status();
        ensure!(migrated.context("while making tables")?.success(), "the tables could not be made");
        installation.insert(boards).await.context("while inserting boards")?;
        Ok(installation)
    }

    /// The same once more, for a server that begins without a past; a database elsewhere stays as it is.
    pub(crate) fn copy(&self, folder: &Folder) -> anyhow::Result<Self> {
        let data_dir = folder.path().join("run");
        drop(fs::remove_dir_all(&data_dir));
        fs::create_dir_all(&data_dir)?;
        for file in fs::read_dir(&self.data_dir)? {
            let file = file?;
            fs::copy(file.path(), data_dir.join(file.file_name()))?;
        }
        Ok(Self { data_dir, ..self.clone() })
    }

    async fn insert(&self, boards: usize) -> anyhow::Result<()> {
        let embedded = format!("sqlite://{}", self.data_dir.join("dispobox.sqlite").display());
        let url = self.database_url.as_ref().unwrap_or(&embedded);
        let storage = Storage::connect(url, ConnectSettings::default()).await?;
        let write = storage.connection().begin().await?;
        for (table, rows) in rows(boards)? {
            for rows in rows.chunks(ROWS_PER_STATEMENT) {
                write.execute_unprepared(&format!("insert into {table} values {}", rows.join(","))).await?;
            }
        }
        write.commit().await?;
        Ok(storage.close().await?)
    }
}

/// What to insert into which columns, in an order that every reference allows.
fn rows(boards: usize) -> anyhow::Result<[(&'static str, Vec<String>); 4]> {
    let names: Vec<_> = (0..boards).map(board_id).collect::<anyhow::Result<_>>()?;
    let ids = FIRST_ID..FIRST_ID + boards;
    let channels = usize::from(CHANNELS);
    let booths = FIRST_ID..FIRST_ID + boards * channels;
    let booth = |id| format!("({id}, 1, {id}, 'Box {id}', 10, 10, 20, 20, 0, 60, 5, 2)");
    let wire = |id| format!("({}, {}, {id})", FIRST_ID + (id - FIRST_ID) / channels, (id - FIRST_ID) % channels);
    let booth_columns = "booth (id, floor_id, number, name, x, y, width, height, rotation_deg, presence_window, \
                         presence_occupied_above, presence_free_below)";
    Ok([
        ("board (id, name)", ids.clone().zip(names).map(|(id, name)| format!("({id}, '{name}')")).collect()),
        ("board_key (board_id, version, issued_at)", ids.map(|id| format!("({id}, 1, 0)")).collect()),
        (booth_columns, booths.clone().map(booth).collect()),
        ("wire (board_id, channel, booth_id)", booths.map(wire).collect()),
    ])
}

/// Makes an empty database on a server of databases, and returns how to reach it.
pub(crate) async fn make_database(server_url: &str) -> anyhow::Result<String> {
    let name = format!("dispobox_bench_{}", std::process::id());
    let server = sea_orm::Database::connect(server_url).await.context("while connecting to the database server")?;
    server.execute_unprepared(&format!("create database {name} character set utf8mb4")).await?;
    server.close().await?;
    Ok(format!("{server_url}/{name}"))
}
