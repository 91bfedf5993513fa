//! The ids of boards and booths, read once: to read them with every batch costs more than to store it.

use crate::error::Failure;
use crate::history::list_booth_ids;
use crate::models::board;
use domain::{BoardId, BoothNumber, Record};
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The ids of what records name.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    pub(crate) boards: HashMap<BoardId, i32>,
    pub(crate) booths: HashMap<BoothNumber, i32>,
}

/// The ids as they were last read. A name that is missing may be new, so it is looked for again; an id that is gone makes
/// the database refuse, after which everything is forgotten here.
#[derive(Debug, Clone, Default)]
pub(crate) struct KnownIds(Arc<Mutex<Arc<Ids>>>);

impl KnownIds {
    /// The ids of all that these records name, as far as it exists.
    pub(crate) async fn of(&self, records: &[Record], connection: &impl ConnectionTrait) -> Result<Arc<Ids>, Failure> {
        let known = Arc::clone(&self.lock());
        if records.iter().all(|record| known.names(record)) {
            return Ok(known);
        }
        let read = Arc::new(Ids::read(connection).await?);
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
    async fn read(connection: &impl ConnectionTrait) -> Result<Self, Failure> {
        let columns = [board::Column::Id, board::Column::Name];
        let select = board::Entity::find().select_only().columns(columns);
        let boards: Vec<(i32, String)> = select.into_tuple().all(connection).await?;
        let booths = list_booth_ids(connection).await?;
        Ok(Self {
            // A row that is no board holds up nothing: no record can name it.
            boards: boards.into_iter().filter_map(|(id, name)| Some((BoardId::new(name)?, id))).collect(),
            booths: booths.into_iter().map(|(id, number)| (number, id)).collect(),
        })
    }

    fn names(&self, record: &Record) -> bool {
        match record {
            Record::Event(event) => self.boards.contains_key(&event.board),
            Record::SessionStarted(session) => self.boards.contains_key(&session.board),
            Record::SessionEnded(end) => self.boards.contains_key(&end.board),
            Record::Transition(transition) => self.booths.contains_key(&transition.booth),
            Record::Alive { .. } | Record::Started { .. } => true,
        }
    }
}
