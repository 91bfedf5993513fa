/// Words that the map adds.
pub(crate) struct MapTexts {
    /// Follows the word of a free booth, for a minute.
    pub(crate) just_left: &'static str,
    /// That word with it, where both are said at once.
    pub(crate) free_just_left: &'static str,
}

pub(super) const FR: MapTexts =
    MapTexts { just_left: "vient de se libérer", free_just_left: "Libre, vient de se libérer" };

pub(super) const EN: MapTexts = MapTexts { just_left: "just left", free_just_left: "Free, just left" };
