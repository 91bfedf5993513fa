//! A board's session.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "board_session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub board_id: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub started_at: i64,
    pub boot: i64,
    pub key_version: i16,
    pub firmware: String,
    pub reset_reason: String,
    pub channels: i16,
    pub peer: String,
    pub ended_at: Option<i64>,
    pub end_reason: Option<String>,
    pub asleep_until_at: Option<i64>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
