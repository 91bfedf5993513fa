//! The plant's bookkeeping of energy.

use serde::{Deserialize, Serialize};

/// What came and went since the last reset, in J. Liquid carries its heat against 0 °C.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct EnergyLedger {
    /// Current, by the element.
    pub electric_j: f64,
    /// Gas, by the burners.
    pub gas_j: f64,
    /// To the room: through walls, and beside the vessels.
    pub lost_j: f64,
    /// With vapour.
    pub evaporated_j: f64,
    /// With mains water.
    pub carried_in_j: f64,
    /// Into drains, and over brims.
    pub carried_out_j: f64,
    /// What was stored when counting began.
    pub stored_at_start_j: f64,
}

impl EnergyLedger {
    /// What the books say that is stored.
    #[must_use]
    pub fn expected_j(&self) -> f64 {
        let came = self.electric_j + self.gas_j + self.carried_in_j;
        let went = self.lost_j + self.evaporated_j + self.carried_out_j;
        self.stored_at_start_j + came - went
    }

    /// How far `stored_j` is from what the books say, relative to all that moved.
    #[must_use]
    pub fn relative_error(&self, stored_j: f64) -> f64 {
        let moved = self.electric_j
            + self.gas_j
            + self.carried_in_j.abs()
            + self.lost_j.abs()
            + self.evaporated_j
            + self.carried_out_j.abs();
        (stored_j - self.expected_j()).abs() / moved.max(1.0)
    }
}
