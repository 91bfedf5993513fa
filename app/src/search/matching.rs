//! Whether a booth is what somebody types: a number or the beginning of one, or parts of a name, whatever the case and the
//! accents.

use crate::backend::BoothEntry;

/// What somebody types, ready for comparing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Needle {
    words: Vec<String>,
}

/// How well a booth fits; the least fits best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// Its number, or nothing was typed.
    Number,
    /// Its number begins so.
    NumberStart,
    /// A word of its name begins so.
    WordStart,
    /// It is within its name.
    Within,
}

impl Needle {
    /// Anything is well-formed; signs that are no letters or digits only part words.
    pub(crate) fn new(text: &str) -> Self {
        Self { words: words_of(text).filter(|word| word != "box").collect() }
    }

    /// Whether nothing is looked for.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How well a booth fits; nothing when one of the words is not to be found in it.
    pub(crate) fn rank(&self, booth: &BoothEntry) -> Option<Rank> {
        if self.words.is_empty() {
            return Some(Rank::Number);
        }
        let number = booth.number.to_string();
        let name: Vec<_> = words_of(&booth.name).collect();
        let ranks = self.words.iter().map(|word| rank_word(word, &number, &name));
        // The word that fits worst decides.
        ranks.reduce(|worst, rank| Some(worst?.max(rank?))).flatten()
    }
}

fn rank_word(word: &str, number: &str, name: &[String]) -> Option<Rank> {
    if number == word {
        Some(Rank::Number)
    } else if number.starts_with(word) {
        Some(Rank::NumberStart)
    } else if name.iter().any(|part| part.starts_with(word)) {
        Some(Rank::WordStart)
    } else {
        name.iter().any(|part| part.contains(word)).then_some(Rank::Within)
    }
}

fn words_of(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(parts_words).filter(|word| !word.is_empty()).map(|word| word.chars().fold(String::new(), fold))
}

/// Whether it stands between words. Ranges and no tables, for the same reason as below.
const fn parts_words(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => !c.is_ascii_alphanumeric(),
        '\u{80}'..='\u{bf}' | '\u{2000}'..='\u{206f}' => true,
        _ => false,
    }
}

/// The letters of Latin-1 from U+00C0 and of Latin Extended-A without case and accents. Tables of our own: those of the
/// standard library would cost the browser ten kilobytes.
const LATIN_1: &[u8; 64] = b"aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuyty";
const EXTENDED_A: &[u8; 128] = b"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnn\
    oooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

fn fold(mut word: String, c: char) -> String {
    match c {
        'Æ' | 'æ' => word.push_str("ae"),
        'Œ' | 'œ' => word.push_str("oe"),
        'ß' => word.push_str("ss"),
        '\u{c0}'..='\u{ff}' => word.push(from_table(LATIN_1, c, 0xc0)),
        '\u{100}'..='\u{17f}' => word.push(from_table(EXTENDED_A, c, 0x100)),
        c if is_combining(c) => {}
        c => word.push(c.to_ascii_lowercase()),
    }
    word
}

fn from_table(table: &[u8], c: char, first: u32) -> char {
    let index = usize::try_from(u32::from(c) - first).unwrap_or_default();
    table.get(index).map_or(c, |letter| char::from(*letter))
}

/// An accent that is written after its letter.
const fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{BoothNumber, FloorNumber};

    fn check(text: &str, number: u32, name: &str, expect: Option<Rank>) {
        let booth = BoothEntry { number: BoothNumber(number), floor: FloorNumber(4), name: name.to_owned() };
        assert_eq!(Needle::new(text).rank(&booth), expect, "{text:?} in {number} {name:?}");
    }

    #[test]
    fn found() {
        check("", 42, "", Some(Rank::Number));
        check(" - ", 42, "", Some(Rank::Number));
        check("42", 42, "Mark Zuckerberg", Some(Rank::Number));
        check("Box 42", 42, "", Some(Rank::Number));
        check("4", 42, "", Some(Rank::NumberStart));
        check("zuck", 42, "Mark Zuckerberg", Some(Rank::WordStart));
        check("ZUCK mark", 42, "Mark Zuckerberg", Some(Rank::WordStart));
        check("42 mark", 42, "Mark Zuckerberg", Some(Rank::WordStart));
        check("berg", 42, "Mark Zuckerberg", Some(Rank::Within));
        check("2", 42, "Studio 2", Some(Rank::WordStart));
    }

    #[test]
    fn not_found() {
        check("43", 42, "Mark Zuckerberg", None);
        check("mark cuban", 42, "Mark Zuckerberg", None);
        check("2", 42, "", None);
    }

    #[test]
    fn case_and_accents_do_not_matter() {
        let same = [
            ("emile", "Émile"),
            ("ÉMILE", "Emile"),
            ("E\u{301}mile", "Émile"),
            ("garcon", "Garçon"),
            ("coeur", "Cœur"),
            ("cœur", "coeur"),
            ("strasse", "Straße"),
            ("lodz", "Łódź"),
            ("Škoda", "skoda"),
            ("yves", "Ŷvès"),
            ("zurich", "Zürich"),
        ];
        for (text, name) in same {
            check(text, 1, name, Some(Rank::WordStart));
        }
    }

    #[test]
    fn the_best_comes_first() {
        assert!(
            Rank::Number < Rank::NumberStart && Rank::NumberStart < Rank::WordStart && Rank::WordStart < Rank::Within
        );
    }
}
