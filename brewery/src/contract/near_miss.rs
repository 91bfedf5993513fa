//! What somebody may have meant.

use super::Call;

/// So many letters may be wrong.
const WRONG_MAX: usize = 2;

/// The URL that is nearest to a name, without its ending. Of several as near, the one whose letters are nearest.
pub(super) fn nearest(name: &str) -> Option<String> {
    let known = Call::documented().into_iter().map(|call| call.to_string().replace(".py", ""));
    let near = known.map(|other| (distance(name, &other), spread(name, &other), other));
    let best = near.min_by_key(|(wrong, spread, _)| (*wrong, *spread))?;
    (best.0 <= WRONG_MAX).then_some(best.2)
}

/// How many letters have to be changed, put in or left out. A letter's case counts for nothing.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().map(|c| c.to_ascii_lowercase()).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, c) in one.chars().map(|c| c.to_ascii_lowercase()).enumerate() {
        let mut before = row[0];
        row[0] = at + 1;
        for (place, d) in other.iter().enumerate() {
            let changed = before + usize::from(c != *d);
            before = row[place + 1];
            row[place + 1] = changed.min(before + 1).min(row[place] + 1);
        }
    }
    row[other.len()]
}

/// How far apart the letters are: 2 is nearer to 3 than 1 is. Names of one length are nearer than others.
fn spread(one: &str, other: &str) -> u32 {
    let letters = one.chars().zip(other.chars());
    let apart: u32 = letters.map(|(c, d)| u32::from(c).abs_diff(u32::from(d))).sum();
    if one.chars().count() == other.chars().count() { apart } else { apart + 10_000 }
}
