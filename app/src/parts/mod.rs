//! The lazy parts of the wasm, one a file. Nothing but the functions there may mention what is in a part, or it is lazy no
//! more (docs/size.md).

pub(crate) mod brewery;
pub(crate) mod editor;
pub(crate) mod map;
pub(crate) mod other_pages;

use crate::erased::AnyView;
use wasm_split_helpers::SplitLoaderError;

/// A view out of a part, or that the part has not come.
pub(crate) type Viewed = Result<AnyView, SplitLoaderError>;

/// What is loaded by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// The pages of the map, and the bar's tools. It comes as soon as the map is live.
    Map,
    /// The pages without a map. It comes when one of them is gone to.
    OtherPages,
    /// The brewing plant. It comes when its page is gone to.
    Brewery,
    /// The plan editor. Nobody but administrators ever loads it.
    Editor,
}
