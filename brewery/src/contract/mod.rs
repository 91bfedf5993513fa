//! The contract with screens: URLs and what they answer. Nothing here knows of sockets.

mod answer;
mod call;
mod near_miss;
mod number;

pub use answer::{Answer, Setpoint3Name};
pub use call::{Call, CallError, Point, Switch};
pub use number::show_number;
