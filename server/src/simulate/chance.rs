/// A small generator of chance (SplitMix64), so that a seed always makes the same day. Not for secrets.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// Independent of the generators of other seeds and streams.
    pub fn new(seed: u64, stream: u64) -> Self {
        // Both mixed: streams that are only some steps apart would be the same one, shifted.
        Self(Self(seed).next() ^ Self(stream).next())
    }

    /// Another one that goes on by itself.
    pub fn split(&mut self) -> Self {
        Self(self.next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to below 1.
    pub fn fraction(&mut self) -> f64 {
        // 32 bits are plenty and fit into f64 without loss.
        f64::from((self.next() >> 32) as u32) / (f64::from(u32::MAX) + 1.0)
    }

    /// True with this probability.
    pub fn happens(&mut self, probability: f64) -> bool {
        self.fraction() < probability
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_no_shifted_copies_of_each_other() {
        let numbers = |mut chance: Chance| -> Vec<u64> { (0..100).map(|_| chance.next()).collect() };
        let mut seen: Vec<_> = (0..100).flat_map(|stream| numbers(Chance::new(2016, stream))).collect();
        let mut parent = Chance::new(2016, 0);
        seen.extend(numbers(parent.split()));
        let all = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), all);
        assert_eq!(numbers(Chance::new(1, 1)), numbers(Chance::new(1, 1)));
    }
}
