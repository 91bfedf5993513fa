//! The tables of DispoBox, one migration each, and the rows of a new installation.
//!
//! Works on SQLite and on MySQL or MariaDB, from the same statements: instants are BIGINT UTC milliseconds named
//! `_at`, there are no JSON columns, and text on MySQL is utf8mb4 whatever the database's own default.
//! Imports no other crate of the workspace: entities move on, a migration that has run stays what it was.

// The migration trait is made by async_trait, which a written lifetime would contradict.
#![allow(elided_lifetimes_in_paths)]

mod default_data;
mod drawing;
mod french_holidays;
mod m0001_create_site;
mod m0002_create_floor;
mod m0003_create_plan;
mod m0004_create_booth;
mod m0005_create_board;
mod m0006_create_wire;
mod m0007_create_transition;
mod m0008_insert_default_data;
mod m0009_create_holiday;
mod m0010_add_board_era;
mod m0011_create_board_key;
mod m0012_create_v0_wire;
mod m0013_create_board_event;
mod m0014_create_board_session;
mod m0015_create_journal;
mod m0016_create_registry_version;
mod m0017_index_open_sessions;
mod m0018_mark_entrances;
mod m0019_create_account;
mod m0020_create_account_session;
mod m0021_create_setup_link;
mod m0022_create_audit_entry;
mod m0023_create_audit_head;
mod m0024_add_booth_outline;
mod m0025_create_former_number;
mod m0026_create_plan_file;
mod m0027_add_plan_file_sha;
mod m0028_create_layout_version;
mod m0029_create_layout_draft;
mod m0030_create_brewery_plant;
mod m0031_create_layout_schedule;
mod m0035_add_floor_name;
mod m0036_create_service_day;
mod m0040_add_board_settings;
mod m0041_create_board_sample;
mod m0042_create_board_command;
mod m0043_add_board_session_sleep;
mod m0045_create_alert;
mod m0050_create_screen;
mod table;

pub use sea_orm_migration::MigratorTrait;

/// All migrations, in order.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn sea_orm_migration::MigrationTrait>> {
        vec![
            Box::new(m0001_create_site::Migration),
            Box::new(m0002_create_floor::Migration),
            Box::new(m0003_create_plan::Migration),
            Box::new(m0004_create_booth::Migration),
            Box::new(m0005_create_board::Migration),
            Box::new(m0006_create_wire::Migration),
            Box::new(m0007_create_transition::Migration),
            Box::new(m0008_insert_default_data::Migration),
            Box::new(m0009_create_holiday::Migration),
            Box::new(m0010_add_board_era::Migration),
            Box::new(m0011_create_board_key::Migration),
            Box::new(m0012_create_v0_wire::Migration),
            Box::new(m0013_create_board_event::Migration),
            Box::new(m0014_create_board_session::Migration),
            Box::new(m0015_create_journal::Migration),
            Box::new(m0016_create_registry_version::Migration),
            Box::new(m0017_index_open_sessions::Migration),
            Box::new(m0018_mark_entrances::Migration),
            Box::new(m0019_create_account::Migration),
            Box::new(m0020_create_account_session::Migration),
            Box::new(m0021_create_setup_link::Migration),
            Box::new(m0022_create_audit_entry::Migration),
            Box::new(m0023_create_audit_head::Migration),
            Box::new(m0024_add_booth_outline::Migration),
            Box::new(m0025_create_former_number::Migration),
            Box::new(m0026_create_plan_file::Migration),
            Box::new(m0027_add_plan_file_sha::Migration),
            Box::new(m0028_create_layout_version::Migration),
            Box::new(m0029_create_layout_draft::Migration),
            Box::new(m0030_create_brewery_plant::Migration),
            Box::new(m0031_create_layout_schedule::Migration),
            Box::new(m0035_add_floor_name::Migration),
            Box::new(m0036_create_service_day::Migration),
            Box::new(m0040_add_board_settings::Migration),
            Box::new(m0041_create_board_sample::Migration),
            Box::new(m0042_create_board_command::Migration),
            Box::new(m0043_add_board_session_sleep::Migration),
            Box::new(m0045_create_alert::Migration),
            Box::new(m0050_create_screen::Migration),
        ]
    }
}
