//! An event of a board.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "board_event")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub board_id: i32,
    pub era: i32,
    pub boot: i64,
    pub n: i64,
    pub at: i64,
    pub received_at: i64,
    pub states: String,
    pub counts: String,
    pub battery_mv: i32,
    pub rssi_dbm: i16,
    pub up_s: i64,
    pub gap: i64,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
