/// What simulated boards speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Dialect {
    /// The protocol of 2016.
    V1,
    /// The protocol of boards that prove who they are.
    V2,
    /// Every second board v2, and those that have keys: nobody else may speak for their booths.
    Mixed,
}

impl Dialect {
    /// Whether the board at this place of the list, from 0, speaks v2.
    pub fn is_v2(self, at: usize, has_keys: bool) -> bool {
        match self {
            Self::V1 => false,
            Self::V2 => true,
            Self::Mixed => has_keys || at % 2 == 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_speaks_what() {
        let spoken = |dialect: Dialect| {
            [(0, false), (1, false), (2, true), (3, false)].map(|(at, keys)| dialect.is_v2(at, keys))
        };
        assert_eq!(spoken(Dialect::V1), [false; 4]);
        assert_eq!(spoken(Dialect::V2), [true; 4]);
        assert_eq!(spoken(Dialect::Mixed), [false, true, true, true]);
    }
}
