//! What the pages ask of the server, and the shapes of its answers.
//!
//! The server implements [`Backend`] and provides it as a context; the browser reaches it through the server
//! functions of [`crate::api`].

mod admin;
mod guide;
mod history;
mod plans;
mod plants;

pub use admin::{
    AccountChange, AdminBackend, AdminDone, AdminError, AdminHandle, AdminResult, SignedIn, StatusReply, use_admin,
    use_right,
};
pub use guide::{Choice, Found, Guide, GuideHandle, WalkDetail, Wish};
pub use history::{History, HistoryHandle};
pub use plans::{DraftWish, PlanAnswer, PlanBackend, PlanError, PlanHandle, PublishWish, Scheduling, use_plans};
pub use plants::{Operator, PlantError, Plants, PlantsHandle, use_operator};
pub(crate) use plants::{use_plants, use_standing};

use domain::{BoothNumber, FloorNumber, FloorPlan, LatencySummary, LocalDay, Placement, Snapshot, UtcMs, ViewBox};
use leptos::prelude::use_context;
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};
use std::pin::Pin;
use std::sync::Arc;

/// An answer that has to be waited for.
pub type Answer<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// The reader's side of the server. Everything is answered from memory.
pub trait Backend: Send + Sync {
    /// The floors and the state of all booths.
    fn overview(&self) -> Overview;

    /// One floor with its plan.
    fn find_floor(&self, number: FloorNumber) -> Option<FloorDetail>;

    /// The booths of all floors, by number.
    fn list_booths(&self) -> Vec<BoothEntry>;

    /// How the server is doing.
    fn status(&self) -> StatusReport;

    /// The time of day at the site, as `hh:mm`.
    fn local_time(&self, at: UtcMs) -> String;

    /// The day at the site.
    fn local_day(&self, at: UtcMs) -> LocalDay;

    /// The server's clock.
    fn now(&self) -> UtcMs;
}

/// The [`Backend`], as it stands in the context of the server's side.
#[derive(Clone)]
pub struct BackendHandle(pub Arc<dyn Backend>);

/// Where readers find this site, without a slash at the end: `https://box.example.org`. Stands in the context of the
/// server's side.
#[derive(Debug, Clone)]
pub struct PublicUrl(pub String);
/// Says, in the context of the server's side, that the page is written to be kept: see [`Overview::kept`].
#[derive(Clone, Copy)]
pub struct KeptPage;

/// Tells the server that the answer to this request is "not found", although a page is sent with it.
#[derive(Clone)]
pub struct NotFoundReply(pub Arc<dyn Fn() + Send + Sync>);

/// Tells the server that the answer to this request is to be found elsewhere.
#[derive(Clone)]
pub struct RedirectReply(pub Arc<dyn Fn(String) + Send + Sync>);

/// What every page shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// The floors in the order of their tabs.
    pub floors: Vec<FloorNumber>,
    /// The state of all booths.
    pub snapshot: Snapshot,
    /// The site's time zone, by its IANA name.
    pub time_zone: String,
    /// The server's clock when it answered.
    pub now: UtcMs,
    /// Whether this is written to be read later, without the server: it then says of when it is, and shows no colour.
    #[serde(default)]
    pub kept: bool,
    /// Whether there is a brewing plant to look at.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub brews: bool,
}

/// A floor as it is drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FloorDetail {
    /// Its number.
    pub number: FloorNumber,
    /// The drawing under the booths.
    pub plan: FloorPlan,
    /// The booths on it, by number.
    pub booths: Vec<BoothDetail>,
}

/// A booth as it is drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BoothDetail {
    /// The number on its door.
    pub number: BoothNumber,
    /// What people call it; may be empty.
    pub name: String,
    /// Where it stands on the plan; of a polygon, the upright rectangle around it.
    pub placement: Placement,
    /// Its outline, where it is no rectangle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub polygon: Option<PolygonDetail>,
}

/// The outline of a booth that is no rectangle.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PolygonDetail {
    /// A path of SVG, in plan units.
    pub path: String,
    /// The room for its number and name, inside of it.
    pub label: Placement,
}

/// A booth as it is looked up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoothEntry {
    /// The number on its door.
    pub number: BoothNumber,
    /// The floor it stands on.
    pub floor: FloorNumber,
    /// What people call it; may be empty.
    pub name: String,
}

/// What there is on all floors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directory {
    /// The booths, by number.
    pub booths: Vec<BoothEntry>,
    /// Where readers find this site, without a slash at the end.
    pub public_url: String,
}

/// How the server is doing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatusReport {
    /// The build of the site.
    pub build: String,
    /// When the server was started.
    pub started_at: UtcMs,
    /// Connections of boards now, also of those that have not proven who they are.
    pub boards: usize,
    /// Where the boards are.
    pub boards_by_state: BoardCounts,
    /// Records that are safe on the disk and not yet in the main database.
    pub records_waiting: u64,
    /// Readers of the live stream now.
    pub readers: usize,
    /// From the receipt of a deciding reading to its publication in the stream.
    pub publication: Option<LatencySummary>,
}

/// How many boards are where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BoardCounts {
    /// They speak.
    pub online: usize,
    /// They should speak, and do not.
    pub late: usize,
    /// They sleep, as they were told.
    pub asleep: usize,
    /// They have not spoken since the server was started.
    pub never: usize,
    /// Two of one name displace each other.
    pub quarantined: usize,
}

/// Why a question to the server has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ApiError {
    /// There is no such floor.
    #[error("there is no floor {number}")]
    FloorNotFound {
        /// The number that was asked for.
        number: FloorNumber,
    },
    /// There is no such booth.
    #[error("there is no booth {number}")]
    BoothNotFound {
        /// The number that was asked for.
        number: BoothNumber,
    },
    /// The database does not answer, and only it knows what was.
    #[error("history is not available")]
    HistoryAway,
    /// The server did not answer, or not in words that this page understands.
    #[error("the server cannot be reached")]
    Unreachable,
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    /// What went wrong on the way is the network's or an older page's business: none of its text is passed on.
    fn from_server_fn_error(_: ServerFnErrorErr) -> Self {
        Self::Unreachable
    }
}

/// The backend, on the server's side; in the browser there is none.
pub(crate) fn use_backend() -> Result<Arc<dyn Backend>, ApiError> {
    use_context::<BackendHandle>().map(|handle| handle.0).ok_or(ApiError::Unreachable)
}

/// Makes the server's answer to this request say "not found"; does nothing in the browser.
pub(crate) fn reply_not_found() {
    if let Some(NotFoundReply(reply)) = use_context() {
        reply();
    }
}

/// A plan without extent would divide by zero; such a plan is drawn in a unit square instead.
pub(crate) fn drawable(view_box: ViewBox) -> ViewBox {
    if view_box.width > 0.0 && view_box.height > 0.0 {
        view_box
    } else {
        ViewBox { x: 0.0, y: 0.0, width: 1.0, height: 1.0 }
    }
}
