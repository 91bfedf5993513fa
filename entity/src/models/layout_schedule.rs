//! A draft that is to be published at a time.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "layout_schedule")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i32,
    pub floor_id: i32,
    pub account_id: i32,
    pub author: String,
    pub name: String,
    pub due_at: i64,
    pub problem: Option<String>,
    pub base: i32,
    pub file_sha: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub layout: String,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
