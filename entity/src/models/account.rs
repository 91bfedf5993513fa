//! Who may sign in.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i32,
    pub name: String,
    pub display_name: String,
    pub roles: String,
    pub disabled: bool,
    pub password_hash: Option<String>,
    pub totp_sealed: Option<String>,
    pub totp_step: Option<i64>,
    pub created_at: i64,
    pub signed_in_at: Option<i64>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
