//! Images: how large they may be, and what is kept of them.

use crate::refusal::PlanRefusal;
use crate::view::View;
use domain::ViewBox;

/// The largest file.
pub(crate) const IMAGE_BYTES_MAX: usize = 8 * 1024 * 1024;
/// The most pixels, because browsers decode all of them: 160 MB in memory.
const PIXELS_MAX: u64 = 40_000_000;
/// The longest side, which some devices cannot draw beyond.
const SIDE_MAX: u32 = 12_000;

/// How an image is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageKind {
    /// `image/png`
    Png,
    /// `image/jpeg`
    Jpeg,
}

impl ImageKind {
    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }
}

/// An image that can be kept and shown, in its own file.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanImage {
    /// How it is compressed.
    pub kind: ImageKind,
    /// The clean file: nothing but what is needed to show it.
    pub bytes: Vec<u8>,
    /// Its width as it is shown.
    pub width_px: u32,
    /// Its height as it is shown.
    pub height_px: u32,
    /// The extent of the plan that it makes.
    pub view_box: ViewBox,
}

impl PlanImage {
    pub(crate) fn new(kind: ImageKind, bytes: Vec<u8>, width_px: u32, height_px: u32) -> Self {
        let own = ViewBox { x: 0.0, y: 0.0, width: f64::from(width_px), height: f64::from(height_px) };
        Self { kind, bytes, width_px, height_px, view_box: View::new(own).view_box }
    }
}

/// Refuses what is too large before anything is decoded: bombs are small files.
pub(crate) fn check_size(file: &[u8]) -> Result<(), PlanRefusal> {
    if file.len() > IMAGE_BYTES_MAX { Err(PlanRefusal::TooLarge { max_bytes: IMAGE_BYTES_MAX }) } else { Ok(()) }
}

pub(crate) fn check_pixels(width: u32, height: u32) -> Result<(), PlanRefusal> {
    if width == 0 || height == 0 {
        return Err(PlanRefusal::BrokenImage);
    }
    let is_small = width <= SIDE_MAX && height <= SIDE_MAX && u64::from(width) * u64::from(height) <= PIXELS_MAX;
    if is_small { Ok(()) } else { Err(PlanRefusal::TooManyPixels { max: PIXELS_MAX, side_max: SIDE_MAX }) }
}
