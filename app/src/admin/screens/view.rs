//! What these pages show, as the server finds it before it writes them.

use domain::{BoothStatus, FloorNumber, Placement, ScreenFacts, ScreenId, ScreenReport, UtcMs, ViewBox};

/// All screens.
#[derive(Debug, Clone)]
pub struct ScreensView {
    /// By name; one alone on its own page.
    pub screens: Vec<ScreenEntry>,
    /// The floors that there are, to choose from.
    pub floors: Vec<FloorNumber>,
    /// The build of the site.
    pub build: String,
    /// The server's clock.
    pub now: UtcMs,
}

/// One screen.
#[derive(Debug, Clone)]
pub struct ScreenEntry {
    /// Its row.
    pub id: ScreenId,
    /// What was arranged.
    pub facts: ScreenFacts,
    /// When it was let in.
    pub created_at: UtcMs,
    /// When it last spoke, and what it said.
    pub heard: Option<(UtcMs, ScreenReport)>,
    /// What it shows, by what it said; nothing when it shows no floor.
    pub picture: Option<ScreenPicture>,
}

/// A floor in little.
#[derive(Debug, Clone)]
pub struct ScreenPicture {
    /// The sheet.
    pub view_box: ViewBox,
    /// The booths as the screen paints them.
    pub booths: Vec<(Placement, BoothStatus)>,
}

/// What came of a request.
#[derive(Debug, Clone)]
pub enum ScreenTold {
    /// A screen of this name was let in by its code.
    Paired(String),
    /// The address of a screen, which nobody is shown again.
    Link {
        /// Its name.
        name: String,
        /// `/kiosk/...`, to be put behind the site's address.
        path: String,
        /// The whole address as a QR code, as SVG; empty when it does not fit into one.
        code: String,
    },
    /// It is arranged as was asked for.
    Changed,
    /// It shows its name now.
    Identifying(String),
    /// It was taken away.
    Revoked(String),
    /// It was not done.
    Refused(ScreenRefusal),
}

/// Why something about a screen was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScreenRefusal {
    /// Not a screen's name.
    BadName,
    /// Not a time to stay on a floor.
    BadDwell,
    /// The request makes no sense.
    BadRequest,
    /// Not a code.
    BadCode,
    /// No screen shows this code.
    UnknownCode,
    /// Too many wrong codes.
    TooMany,
    /// There is no such screen any more.
    UnknownScreen,
    /// The database does not answer. What was asked may have been done.
    Away,
}
