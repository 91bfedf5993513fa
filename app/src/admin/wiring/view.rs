//! What the page of the wiring shows.

use crate::backend::FloorDetail;
use domain::{BoardId, BoothNumber, Channel, FloorNumber};

/// `/admin/wiring`.
#[derive(Debug, Clone)]
pub struct WiringView {
    /// All floors, in the order of their tabs.
    pub floors: Vec<FloorNumber>,
    /// The floor that is shown.
    pub floor: FloorDetail,
    /// All boards: first those of this floor, then those that watch nothing, then the others.
    pub boards: Vec<WiringBoard>,
    /// The channel that was wired last.
    pub chosen: Option<(BoardId, Channel)>,
    /// Whether whoever asks may wire.
    pub may_wire: bool,
}

/// A board with its channels.
#[derive(Debug, Clone)]
pub struct WiringBoard {
    /// Its name.
    pub id: BoardId,
    /// Whether it says who it is, and so listens to what is wired here.
    pub has_key: bool,
    /// Whether all that it watches is on other floors.
    pub is_elsewhere: bool,
    /// Its channels, from 0.
    pub channels: Vec<WiringChannel>,
}

/// A channel, and what its detector says.
#[derive(Debug, Clone)]
pub struct WiringChannel {
    /// Which.
    pub channel: Channel,
    /// What it watches.
    pub booth: Option<BoothNumber>,
    /// What its detector says.
    pub signal: RawSignal,
}

/// What a detector says now, and what it said in the last minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignalLight {
    /// There is movement.
    High,
    /// There is none.
    Low,
    /// Nothing is heard of it.
    Silent,
}

impl SignalLight {
    /// The word in the markup and in the stream.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Low => "low",
            Self::Silent => "silent",
        }
    }
}

/// A signal as it is drawn.
#[derive(Debug, Clone)]
pub struct RawSignal {
    /// Now.
    pub light: SignalLight,
    /// The last minute: an SVG path over [`STRIP_WIDTH`] by [`STRIP_HEIGHT`], now at its right end.
    pub strip: String,
}

/// Width of a strip, which is a minute.
pub const STRIP_WIDTH: u64 = 240;
/// Height of a strip.
pub const STRIP_HEIGHT: u64 = 16;
/// What a strip shows, in milliseconds.
pub const STRIP_MS: u64 = 60_000;

/// A strip of changes to high or low, so many milliseconds ago, oldest first; what was heard last holds until now.
#[must_use]
pub fn draw_strip(changes: &[(u64, bool)]) -> String {
    let x = |ago_ms: u64| STRIP_WIDTH - ago_ms.min(STRIP_MS) * STRIP_WIDTH / STRIP_MS;
    let ends = changes.iter().skip(1).map(|(ago_ms, _)| *ago_ms).chain([0]);
    let mut path = String::new();
    for ((from, high), until) in changes.iter().zip(ends) {
        let (left, right) = (x(*from), x(until));
        if *high && until < STRIP_MS {
            let width = (right - left).max(1);
            path += &format!("M{} 1h{width}v{}h-{width}z", right - width.min(right), STRIP_HEIGHT - 2);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strips() {
        let cases: [(&[(u64, bool)], &str); 6] = [
            (&[], ""),
            (&[(70_000, false)], ""),
            (&[(70_000, true)], "M0 1h240v14h-240z"),
            (&[(30_000, true), (15_000, false)], "M120 1h60v14h-60z"),
            (&[(90_000, true), (61_000, false)], ""),
            (&[(100, true), (0, false)], "M239 1h1v14h-1z"),
        ];
        for (changes, expect) in cases {
            assert_eq!(draw_strip(changes), expect, "{changes:?}");
        }
    }
}
