//! A screen on a wall.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "screen")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i32,
    pub name: String,
    pub token_hash: String,
    pub floors: String,
    pub dwell_s: i32,
    pub variant: String,
    pub created_at: i64,
    pub revoked_at: Option<i64>,
    pub heard_at: Option<i64>,
    pub build: Option<String>,
    pub width: Option<i32>,
    pub height: Option<i32>,
    pub uptime_s: Option<i64>,
    pub floor: Option<i32>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
