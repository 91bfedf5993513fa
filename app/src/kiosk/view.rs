//! What these pages show, as the server finds it before it writes them.

use crate::backend::FloorDetail;
use domain::{Dwell, ScreenLight, ScreenVariant};

/// A page for a screen on a wall. Stands in the context of the server's side.
#[derive(Clone)]
pub struct KioskPage {
    /// What is on it.
    pub view: KioskView,
}

/// What is on the page.
#[derive(Clone)]
pub enum KioskView {
    /// `/kiosk`: a code for an operator to type in.
    Pairing,
    /// The screen was taken away, or never was.
    Gone,
    /// It cannot be looked up at this moment.
    Away,
    /// The screen.
    Screen(Box<KioskScreen>),
}

/// A screen.
#[derive(Clone)]
pub struct KioskScreen {
    /// Its floors, in the order in which it shows them; none when all of them are gone.
    pub floors: Vec<KioskFloor>,
    /// How long it stays on each.
    pub dwell: Dwell,
    /// What it is made of.
    pub variant: ScreenVariant,
    /// How bright it begins.
    pub light: ScreenLight,
    /// Names what the page is made of; when the server tells of another one, it is loaded anew.
    pub page: String,
}

/// A floor on it.
#[derive(Clone)]
pub struct KioskFloor {
    /// The floor as it is drawn.
    pub detail: FloorDetail,
    /// A QR code that leads to it, as SVG.
    pub code: String,
    /// Where that is.
    pub address: String,
}
