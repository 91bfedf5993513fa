//! A plan as it can be kept.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_file")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub sha: String,
    pub kind: String,
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    #[sea_orm(column_type = "Text")]
    pub plan_lines: String,
    #[sea_orm(column_type = "Blob")]
    pub content: Vec<u8>,
    pub kept_at: i64,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
