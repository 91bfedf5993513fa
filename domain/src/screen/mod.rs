//! Screens on walls: what they are called and show, how bright they are, and the code by which one is let in.

mod code;
mod facts;
mod light;
mod report;

pub use code::{PairingCode, PairingCodeError};
pub use facts::{Dwell, DwellError, ScreenFacts, ScreenId, ScreenName, ScreenNameError, ScreenVariant, WordError};
pub use light::ScreenLight;
pub use report::{ScreenReport, ShownBooth};
