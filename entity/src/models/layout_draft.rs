//! What somebody is drawing.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "layout_draft")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub floor_id: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: i32,
    pub author: String,
    pub base: i32,
    pub revision: i32,
    pub saved_at: i64,
    pub file_sha: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub layout: String,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
