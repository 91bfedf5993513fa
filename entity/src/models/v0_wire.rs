//! A sensor of a board of the very first sketch.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "v0_wire")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub address: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i16,
    pub booth_id: i32,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::booth::Entity", from = "Column::BoothId", to = "super::booth::Column::Id")]
    Booth,
}

impl Related<super::booth::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Booth.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
