//! What the page of incidents shows.

use domain::{AlertKind, Incident};

/// `/admin/alerts`.
#[derive(Debug, Clone)]
pub struct AlertsView {
    /// What was asked for.
    pub query: AlertQuery,
    /// Those that are open, in the order in which they are shown.
    pub open: Vec<Incident>,
    /// Those that are over, the newest first; none while the database does not answer.
    pub past: Option<Vec<Incident>>,
    /// Whether there are older ones.
    pub has_more: bool,
    /// Whether whoever asks may acknowledge.
    pub may_acknowledge: bool,
}

/// Filters, as they stand in the address.
#[derive(Debug, Clone, Default)]
pub struct AlertQuery {
    /// Only this kind.
    pub kind: Option<AlertKind>,
    /// Only what has this in its subject.
    pub subject: String,
}
