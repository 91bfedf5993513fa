//! How a board was at one time.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "board_sample")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub board_id: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub at: i64,
    pub battery_mv: i32,
    pub rssi_dbm: Option<i16>,
    pub up_s: Option<i64>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
