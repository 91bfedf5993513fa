//! Wires that operators change: a publication like any other, of which nothing but wires differs.

use super::drafts::DraftOrder;
use super::floor_now::FloorNow;
use super::publishing::{PublishOrder, publish};
use crate::Storage;
use crate::audit::Audited;
use crate::error::{Failure, StorageError, corrupt};
use crate::models::floor;
use domain::{Actor, BoothNumber, FloorNumber, Holds, OperateBoards, UtcMs};
use drafting::{Draft, DraftRevision, Layout, LayoutBooth, LayoutVersion, Publishing, WiredChannel};
use sea_orm::EntityTrait;

/// What has come of wiring a channel.
#[derive(Debug, Clone, PartialEq)]
pub enum Wiring {
    /// It watches what it was to watch: these floors have new versions.
    Published(Vec<(FloorNumber, LayoutVersion)>),
    /// It did so before.
    Nothing,
    /// The floor cannot be published; nothing has changed.
    Refused(Publishing),
}

impl Storage {
    /// Has a channel watch this booth and no other, or none at all. Whatever else is published meanwhile stays, and drafts of
    /// editors are merged with it.
    ///
    /// # Errors
    /// `UnknownBooth`, `Corrupt`, `Timeout`, `Database`: nothing was changed, or after `Timeout` perhaps.
    pub async fn wire_channel(
        &self,
        by: &Holds<OperateBoards>,
        wired: &WiredChannel,
        booth: Option<BoothNumber>,
        now: UtcMs,
    ) -> Result<Wiring, StorageError> {
        self.within("wiring a channel", async {
            let mut write = self.begin_audited(now).await?;
            let order = Order { by: by.actor(), wired, booth, now };
            let floors = order.list_floors(&write).await?;
            let mut published = Vec::new();
            // What gives the channel up comes first: for a moment it watches nothing.
            for number in floors {
                match order.publish_on(&mut write, number).await? {
                    Publishing::Published { version, .. } => published.push((number, version)),
                    Publishing::Nothing => {}
                    refused => {
                        write.roll_back().await?;
                        return Ok(Wiring::Refused(refused));
                    }
                }
            }
            if published.is_empty() {
                return Ok(Wiring::Nothing);
            }
            write.commit().await?;
            Ok(Wiring::Published(published))
        })
        .await
    }
}

struct Order<'a> {
    by: &'a Actor,
    wired: &'a WiredChannel,
    booth: Option<BoothNumber>,
    now: UtcMs,
}

impl Order<'_> {
    /// The floors that differ afterwards, that of the booth last.
    async fn list_floors(&self, write: &Audited) -> Result<Vec<FloorNumber>, Failure> {
        let (mut giving_up, mut taking) = (Vec::new(), None);
        for row in floor::Entity::find().all(write.connection()).await? {
            let floor = FloorNow::read(write.connection(), FloorNumber(row.number)).await?;
            let layout = &floor.published.layout;
            if layout.booths().any(|booth| Some(booth.number) == self.booth) {
                taking = Some(floor.number);
            } else if layout.booths().any(|booth| booth.wires.contains(self.wired)) {
                giving_up.push(floor.number);
            }
        }
        if let Some(booth) = self.booth.filter(|_| taking.is_none()) {
            return Err(StorageError::UnknownBooth { booth }.into());
        }
        Ok(giving_up.into_iter().chain(taking).collect())
    }

    async fn publish_on(&self, write: &mut Audited, number: FloorNumber) -> Result<Publishing, Failure> {
        let current = FloorNow::read(write.connection(), number).await?;
        let rewired = current.published.layout.booths().map(|booth| self.rewire(booth));
        let layout = Layout::new(rewired).map_err(|error| corrupt("booth", &number, &error))?;
        let draft = Draft { base: current.published.version, revision: DraftRevision(0), layout };
        let name = self.name();
        let draft = DraftOrder { floor: number, draft, plan: None };
        let order = PublishOrder { draft, name: &name, answers: None, restores: None, is_draft: false };
        publish(write, self.by, current, &order, self.now).await
    }

    fn rewire(&self, booth: &LayoutBooth) -> LayoutBooth {
        let mut booth = booth.clone();
        if Some(booth.number) == self.booth {
            booth.wires.insert(self.wired.clone());
        } else {
            booth.wires.remove(self.wired);
        }
        booth
    }

    /// What the version is called, in no language: `board-1/2 → 42`.
    fn name(&self) -> String {
        let WiredChannel { board, channel } = self.wired;
        let booth = self.booth.map_or_else(|| "—".to_owned(), |booth| booth.to_string());
        format!("{board}/{channel} → {booth}")
    }
}
