//! One row model per table. They stay in this crate; queries turn them into domain types.

// The derive needs models to be nominally public.
#![allow(unreachable_pub)]

pub(crate) mod account;
pub(crate) mod account_session;
pub(crate) mod alert;
pub(crate) mod audit_entry;
pub(crate) mod audit_head;
pub(crate) mod board;
pub(crate) mod board_command;
pub(crate) mod board_event;
pub(crate) mod board_key;
pub(crate) mod board_sample;
pub(crate) mod board_session;
pub(crate) mod booth;
pub(crate) mod brewery_plant;
pub(crate) mod floor;
pub(crate) mod former_number;
pub(crate) mod holiday;
pub(crate) mod journal;
pub(crate) mod layout_draft;
pub(crate) mod layout_schedule;
pub(crate) mod layout_version;
pub(crate) mod plan;
pub(crate) mod plan_file;
pub(crate) mod registry_version;
pub(crate) mod screen;
pub(crate) mod service_day;
pub(crate) mod setup_link;
pub(crate) mod site;
pub(crate) mod transition;
pub(crate) mod v0_wire;
pub(crate) mod wire;
