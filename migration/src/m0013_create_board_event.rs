//! The events of boards, each once. `(era, boot, n)` is the order in which a board made them.
//!
//! `states` has a 0 or 1 per channel, `counts` the high samples of each, with commas: `0101` and `0,12,0,44`.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

/// For forgetting what is old. By `at` alone: new rows then share its last page, while with the board before it each row of
/// a thousand boards would change a page of its own, which more than doubles the time of storing.
const INDEX: &str = "board_event_at";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "board_event")
            .col(big_pk_auto("id"))
            .col(integer("board_id"))
            .col(integer("era"))
            .col(big_integer("boot"))
            .col(big_integer("n"))
            .col(big_integer("at"))
            .col(big_integer("received_at"))
            .col(string_len("states", 8))
            .col(string_len("counts", 48))
            .col(integer("battery_mv"))
            .col(small_integer("rssi_dbm"))
            .col(big_integer("up_s"))
            .col(big_integer("gap"))
            .index(&mut table::unique("board_event_number", &["board_id", "era", "boot", "n"]))
            .foreign_key(&mut table::references("board_event", "board_id", "board"))
            .to_owned();
        manager.create_table(table).await?;
        // MySQL has no "create index if not exists".
        if manager.has_index("board_event", INDEX).await? {
            return Ok(());
        }
        let columns = Index::create().name(INDEX).table("board_event").col("at").take();
        manager.create_index(columns).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("board_event").if_exists().to_owned()).await
    }
}
