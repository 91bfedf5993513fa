//! The words and rules of DispoBox, free of any input or output.
//!
//! Compiled into the server and into the browser. Time is always an argument; nothing here reads a clock,
//! the environment, a socket or a database.

mod account;
mod alert;
mod board_event;
mod building;
mod chronicle;
mod evidence;
mod fleet;
mod ids;
mod intervals;
mod latency;
mod live;
mod notice;
mod presence;
mod preview;
mod record;
mod registry;
mod screen;
mod service_hours;
mod status;
mod ticket_name;
mod time;
mod tracker;
mod usual;
mod usual_day;
mod usual_hour;
mod walk;
mod walk_area;
mod walk_doors;
mod walk_path;

pub use account::{
    Account, AccountFacts, AccountId, AccountName, AccountNameError, Actor, AuditCheck, AuditEntry, AuditFault,
    AuditHash, AuditHashError, AuditHead, Claim, DisplayName, DisplayNameError, EditPlans, Holds, ManageAccounts,
    ManageScreens, OperateBoards, OperatePlant, PASSWORD_BYTES_MAX, PASSWORD_LETTERS_MIN, PasswordFault, Principal,
    ReadAdmin, ReadAudit, Right, RightMissing, Role, RoleError, Roles, SessionId, SessionLimits, SoftlockBook,
    Softlocked, check_password,
};
pub use alert::{
    Acknowledged, AlertBook, AlertKey, AlertKeyError, AlertKind, AlertLook, AlertSubject, BATTERY_LOW_MV, DetectorPast,
    FlapWatch, Incident, Stuck, is_battery_low, list_stuck,
};
pub use board_event::{BoardEvent, BoardSession, BoardSessionEnd, ChannelReport, EventId, EventIdError};
pub use building::{Board, Booth, Building, Floor, FloorPlan, Placement, ViewBox, Wire};
pub use chronicle::Chronicle;
pub use fleet::{
    BatteryOutlook, BatteryReading, BoardCommand, BoardCommandError, BoardHealth, BoardLabel, BoardLabelError,
    BoardPresence, BoardSample, BoardSigns, BoardSleep, CommandState, battery_percent, is_sample_due,
};
pub use ids::{BoardId, BoardIdError, BoothNumber, Channel, FloorNumber};
pub use intervals::{Interval, Totals, list_intervals};
pub use latency::{LatencySummary, LatencyWindow};
pub use live::{Applied, BoothState, Change, FloorVersion, Heartbeat, LayoutChange, LiveMap, Snapshot};
pub use notice::{
    KeptNotices, NoticeError, NoticeQueue, NoticeRule, NoticeSource, NoticeTarget, NoticeWish, Told, Waiting,
};
pub use presence::{PresenceFilter, PresenceRule, PresenceRuleError};
pub use preview::{FilterPreview, Recorded, RecordedReport, preview_filter};
pub use record::Record;
pub use registry::{BoardKey, RegisteredBoard, Registry, V0Wire};
pub use screen::{
    Dwell, DwellError, PairingCode, PairingCodeError, ScreenFacts, ScreenId, ScreenLight, ScreenName, ScreenNameError,
    ScreenReport, ScreenVariant, ShownBooth, WordError,
};
pub use service_hours::{LocalDay, LocalMoment, Opening, ServiceHours, ServiceHoursError, Weekday};
pub use status::{BoothStatus, Observation, Occupancy, UnknownReason};
pub use ticket_name::{TicketName, TicketNameError};
pub use time::{Moment, MonoMs, UtcMs};
pub use tracker::{Prior, Reading, SensorCount, SensorId, Service, Tracker, Transition};
pub use usual::{Lengths, Usual};
pub use usual_day::{DayPart, DayStrip, HourTick, Known};
pub use usual_hour::HourShare;
pub use walk::{METRES_PER_UNIT, Walk, WalkMap, WalkStart};
pub use walk_path::{PathError, PlanPoint};
