//! What was published of a floor.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "layout_version")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub floor_id: i32,
    pub version: i32,
    pub name: String,
    pub author: String,
    pub published_at: i64,
    pub restores: Option<i32>,
    pub file_sha: String,
    #[sea_orm(column_type = "Text")]
    pub layout: String,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
