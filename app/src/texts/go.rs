//! The words of finding a free booth.

use domain::{BoothNumber, FloorNumber};

pub(crate) struct GoTexts {
    /// On the button.
    pub(crate) free_now: &'static str,
    /// Read out when the way is shown: the booth, and its distance if there is one.
    pub(crate) found: fn(BoothNumber, Option<u32>) -> String,
    /// "28 m", "96 m · 1 min".
    pub(crate) distance: fn(u32, u32) -> String,
    /// None is free on the floor that was asked for; the next one is this.
    pub(crate) other_floor: fn(FloorNumber, BoothNumber, FloorNumber) -> String,
    /// The booth that one walks to has become occupied, maybe by the reader.
    pub(crate) taken: fn(BoothNumber) -> String,
    /// The booth that one walks to has become grey.
    pub(crate) lost: fn(BoothNumber) -> String,
    /// Instead: a link to the next one. The floor where it is another one.
    pub(crate) next: fn(BoothNumber, Option<FloorNumber>) -> String,
    pub(crate) none_free: &'static str,
    /// Likely the next one, in minutes. The floor where it is another one.
    pub(crate) likely: fn(BoothNumber, Option<FloorNumber>, u32) -> String,
    /// History does not say which one is next.
    pub(crate) no_guess: &'static str,
}

pub(super) const FR: GoTexts = GoTexts {
    free_now: "Un box libre",
    found: |booth, metres| match metres {
        Some(metres) => format!("Box {booth} libre, à {metres} m"),
        None => format!("Box {booth} libre"),
    },
    distance: |metres, minutes| match minutes {
        0 => format!("à {metres} m"),
        minutes => format!("à {metres} m · {minutes} min à pied"),
    },
    other_floor: |asked, booth, floor| {
        format!("Aucun box libre à l’étage {asked}. Le plus proche : box {booth}, étage {floor}.")
    },
    taken: |booth| format!("Le box {booth} est maintenant occupé. Si ce n’est pas par vous :"),
    lost: |booth| format!("Plus d’information du box {booth}."),
    next: |booth, floor| format!("Aller au box {booth}{}", suffix(floor, "étage")),
    none_free: "Aucun box libre en ce moment.",
    likely: |booth, floor, minutes| {
        format!("Sans doute le prochain : box {booth}{}, dans environ {minutes} min.", suffix(floor, "étage"))
    },
    no_guess: "Cette page vous dira dès qu’un box se libère.",
};

pub(super) const EN: GoTexts = GoTexts {
    free_now: "Free box now",
    found: |booth, metres| match metres {
        Some(metres) => format!("Box {booth} is free, {metres} m away"),
        None => format!("Box {booth} is free"),
    },
    distance: |metres, minutes| match minutes {
        0 => format!("{metres} m away"),
        minutes => format!("{metres} m away · {minutes} min on foot"),
    },
    other_floor: |asked, booth, floor| {
        format!("No free box on floor {asked}. The nearest one: box {booth}, floor {floor}.")
    },
    taken: |booth| format!("Box {booth} is occupied now. If not by you:"),
    lost: |booth| format!("No information from box {booth} any more."),
    next: |booth, floor| format!("Go to box {booth}{}", suffix(floor, "floor")),
    none_free: "No box is free right now.",
    likely: |booth, floor, minutes| {
        format!("Likely the next one: box {booth}{}, in about {minutes} min.", suffix(floor, "floor"))
    },
    no_guess: "This page tells you as soon as a box is free.",
};

fn suffix(floor: Option<FloorNumber>, word: &str) -> String {
    floor.map(|floor| format!(", {word} {floor}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_floor_is_said_where_it_is_another() {
        let (booth, floor) = (BoothNumber(61), FloorNumber(6));
        assert_eq!((EN.likely)(booth, Some(floor), 5), "Likely the next one: box 61, floor 6, in about 5 min.");
        assert_eq!((FR.next)(booth, None), "Aller au box 61");
    }
}
