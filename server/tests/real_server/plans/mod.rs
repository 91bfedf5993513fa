//! Plans drawn up over the network, as the editor does it.

mod clashes;
mod editor;
mod files;
mod publishing;
mod schedules;
