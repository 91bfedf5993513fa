//! The words and rules of DispoBox, free of any input or output.
//!
//! Compiled into the server and into the browser. Time is always an argument; nothing here reads a clock,
//! the environment, a socket or a database.

mod building;
mod ids;
mod latency;
mod live;
mod presence;
mod service_hours;
mod status;
mod time;
mod tracker;

pub use building::{Board, Booth, Building, Floor, FloorPlan, Placement, ViewBox, Wire};
pub use ids::{BoardId, BoothNumber, Channel, FloorNumber};
pub use latency::{LatencySummary, LatencyWindow};
pub use live::{Applied, BoothState, Change, Heartbeat, LiveMap, Snapshot};
pub use presence::{PresenceFilter, PresenceRule, PresenceRuleError};
pub use service_hours::{LocalMoment, ServiceHours, ServiceHoursError, Weekday};
pub use status::{BoothStatus, Observation, Occupancy, UnknownReason};
pub use time::{Moment, MonoMs, UtcMs};
pub use tracker::{Prior, Reading, StatusChange, Tracker, Transition};
