//! The ids of boards and booths, read once: to read them with every batch costs more than to store it.

use crate::error::Failure;
use crate::history::list_booth_ids;
use crate::models::{board, former_number};
use crate::registry::read_version;
use domain::{BoardId, BoothNumber, Record, UtcMs};
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The ids of what records name.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    pub(crate) boards: HashMap<BoardId, i32>,
    booths: HashMap<BoothNumber, i32>,
    /// Until when a booth had which number; few.
    former: Vec<(BoothNumber, UtcMs, i32)>,
    /// The version of the registry that they are of.
    version: Option<i64>,
}

/// The ids as they were last read. A name that is missing may be new, so it is looked for again, as everything is when the
/// registry has changed; an id that is gone makes the database refuse, after which everything is forgotten here.
#[derive(Debug, Clone, Default)]
pub(crate) struct KnownIds(Arc<Mutex<Arc<Ids>>>);

impl KnownIds {
    /// The ids of all that these records name, as far as it exists.
    pub(crate) async fn of(&self, records: &[Record], connection: &impl ConnectionTrait) -> Result<Arc<Ids>, Failure> {
        let known = Arc::clone(&self.lock());
        let version = read_version(connection).await?;
        if known.version == Some(version) && records.iter().all(|record| known.names(record)) {
            return Ok(known);
        }
        let read = Arc::new(Ids::read(connection, version).await?);
        *self.lock() = Arc::clone(&read);
        Ok(read)
    }

    pub(crate) fn forget(&self) {
        *self.lock() = Arc::default();
    }

    fn lock(&self) -> MutexGuard<'_, Arc<Ids>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ids {
    async fn read(connection: &impl ConnectionTrait, version: i64) -> Result<Self, Failure> {
        let columns = [board::Column::Id, board::Column::Name];
        let select = board::Entity::find().select_only().columns(columns);
        let boards: Vec<(i32, String)> = select.into_tuple().all(connection).await?;
        let booths = list_booth_ids(connection).await?;
        let former = former_number::Entity::find().all(connection).await?;
        let decode = |row: former_number::Model| {
            Some((BoothNumber(row.number.try_into().ok()?), UtcMs(row.until_at), row.booth_id))
        };
        Ok(Self {
            // A row that is no board holds up nothing: no record can name it.
            boards: boards.into_iter().filter_map(|(id, name)| Some((BoardId::new(name)?, id))).collect(),
            booths: booths.into_iter().map(|(id, number)| (number, id)).collect(),
            former: former.into_iter().filter_map(decode).collect(),
            version: Some(version),
        })
    }

    /// The booth that had this number then: what was noted before a booth got another number is stored after it, mostly.
    pub(crate) fn find_booth(&self, number: BoothNumber, at: UtcMs) -> Option<i32> {
        let then = self.former.iter().filter(|(former, until_at, _)| *former == number && at < *until_at);
        let then = then.min_by_key(|(_, until_at, _)| *until_at).map(|(.., id)| *id);
        then.or_else(|| self.booths.get(&number).copied())
    }

    fn names(&self, record: &Record) -> bool {
        match record {
            Record::Event(event) => self.boards.contains_key(&event.board),
            Record::SessionStarted(session) => self.boards.contains_key(&session.board),
            Record::SessionEnded(end) => self.boards.contains_key(&end.board),
            Record::Transition(line) => self.find_booth(line.booth, line.at).is_some(),
            Record::Alive { .. } | Record::Started { .. } => true,
        }
    }
}
