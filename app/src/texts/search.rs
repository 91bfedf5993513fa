//! Words of the search.

/// The words of the search.
pub(crate) struct SearchTexts {
    /// Names the field, the page and its button.
    pub(crate) search: &'static str,
    /// In the empty field.
    pub(crate) hint: &'static str,
    /// Names the list of what was found.
    pub(crate) results: &'static str,
    pub(crate) count: fn(usize) -> String,
    /// When nothing was found.
    pub(crate) none: fn(&str) -> String,
    /// What can be typed, on a page without anything typed.
    pub(crate) what: &'static str,
}

pub(super) const FR: SearchTexts = SearchTexts {
    search: "Chercher un box",
    hint: "Numéro ou nom",
    results: "Box trouvés",
    count: |count| if count < 2 { format!("{count} box trouvé") } else { format!("{count} box trouvés") },
    none: |text| format!("Aucun box pour « {text} »."),
    what: "Tapez le numéro d’un box, ou une partie de son nom.",
};

pub(super) const EN: SearchTexts = SearchTexts {
    search: "Find a box",
    hint: "Number or name",
    results: "Boxes found",
    count: |count| if count == 1 { "1 box found".to_owned() } else { format!("{count} boxes found") },
    none: |text| format!("No box for “{text}”."),
    what: "Type the number of a box, or part of its name.",
};
