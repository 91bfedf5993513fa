//! The parts of the plant: their letters in URLs, and their names in answers.

use serde::{Deserialize, Serialize};

macro_rules! parts {
    ($(#[$doc:meta])* $name:ident, $count:literal: $($variant:ident $code:literal $sensor:literal $what:literal;)*) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $(#[doc = $what] $variant,)*
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: [Self; $count] = [$(Self::$variant,)*];

            /// The place in arrays that have one element for each.
            #[must_use]
            pub const fn index(self) -> usize {
                self as usize
            }

            /// What stands for it in a URL.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// What the key `Sensor` of an answer says.
            #[must_use]
            pub const fn sensor(self) -> &'static str {
                match self { $(Self::$variant => $sensor,)* }
            }
        }
    };
}

parts! {
    /// A vessel, and the control loop of its temperature.
    VesselId, 3:
    HotTank "1" "HotTank" "Hot water.";
    Ebu "2" "Ebu" "The boil kettle, with the coil inside.";
    Mashtun "3" "Mashtun" "The mash tun, with the grain.";
}

parts! {
    /// What heats a vessel: the one with the same index.
    HeaterId, 3:
    R1 "R1" "Resistance1" "The electric element of the hot tank.";
    B1 "B1" "Bruleur1" "The burner below the boil kettle.";
    B2 "B2" "Bruleur2" "The burner below the mash tun.";
}

parts! {
    /// A pump: it draws from the vessel with the same index.
    PumpId, 3:
    P1 "P1" "Pompe1" "Draws from the hot tank.";
    P2 "P2" "Pompe2" "Draws from the boil kettle.";
    P3 "P3" "Pompe3" "Draws from the mash tun.";
}

parts! {
    /// A quarter-turn valve. Where each sits is in [`crate::plant::Pipe`].
    ValveId, 10:
    A "A" "VanneA" "At the hot tank's outlet.";
    B "B" "VanneB" "From the coil back into the hot tank.";
    C "C" "VanneC" "From the coil to the waste.";
    D "D" "VanneD" "The open port: mains water in, or a drain.";
    E "E" "VanneE" "Between the lower pipe and the mash tun's inlet.";
    F "F" "VanneF" "At the boil kettle's outlet.";
    G "G" "VanneG" "Into the boil kettle.";
    H "H" "VanneH" "Between the coil and the upper pipe.";
    I "I" "VanneI" "Into the mash tun.";
    J "J" "VanneJ" "At the mash tun's outlet.";
}

impl HeaterId {
    /// What it heats.
    #[must_use]
    pub const fn vessel(self) -> VesselId {
        VesselId::ALL[self.index()]
    }
}

impl PumpId {
    /// What it draws from.
    #[must_use]
    pub const fn vessel(self) -> VesselId {
        VesselId::ALL[self.index()]
    }
}
