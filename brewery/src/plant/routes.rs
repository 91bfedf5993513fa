//! The ways that brewers use.

use super::ids::{PumpId, ValveId};
use serde::{Deserialize, Serialize};

/// A way with a name: these valves open, the rest shut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Route {
    /// Hot water through the boil kettle's coil.
    CoilHeating,
    /// The mash through the coil.
    Herms,
    /// Hot water onto the grain.
    MashIn,
    /// Hot water into the boil kettle.
    FillEbu,
    /// From the boil kettle onto the grain.
    EbuToMashtun,
    /// From the grain into the boil kettle.
    Lauter,
    /// Both at the same time.
    Recirculation,
    /// Mains water through the coil into the waste.
    WortCooling,
}

impl Route {
    /// All of them, in order.
    pub const ALL: [Self; 8] = [
        Self::CoilHeating,
        Self::Herms,
        Self::MashIn,
        Self::FillEbu,
        Self::EbuToMashtun,
        Self::Lauter,
        Self::Recirculation,
        Self::WortCooling,
    ];

    /// Its pumps.
    #[must_use]
    pub const fn pumps(self) -> &'static [PumpId] {
        match self {
            Self::CoilHeating | Self::MashIn | Self::FillEbu => &[PumpId::P1],
            Self::EbuToMashtun => &[PumpId::P2],
            Self::Herms | Self::Lauter => &[PumpId::P3],
            Self::Recirculation => &[PumpId::P2, PumpId::P3],
            Self::WortCooling => &[],
        }
    }

    /// Its valves, which are open while all others are shut.
    #[must_use]
    pub const fn valves(self) -> &'static [ValveId] {
        use ValveId::{A, B, C, D, E, F, G, H, I, J};
        match self {
            Self::CoilHeating => &[A, B],
            Self::Herms => &[J, H, E, I],
            Self::MashIn => &[A, E, I],
            Self::FillEbu => &[A, H, G],
            Self::EbuToMashtun => &[F, I],
            Self::Lauter => &[J, G],
            Self::Recirculation => &[F, I, J, G],
            Self::WortCooling => &[D, C],
        }
    }

    /// The one that these valves make.
    #[must_use]
    pub fn of_valves(open: &[bool; 10]) -> Option<Self> {
        let is_made = |route: &Self| ValveId::ALL.iter().all(|v| open[v.index()] == route.valves().contains(v));
        Self::ALL.into_iter().find(is_made)
    }
}
