//! Words of the list and of what it shows.

/// The words of the list.
pub(crate) struct ListTexts {
    /// Names the links that choose what the list shows.
    pub(crate) filters: &'static str,
    pub(crate) all: &'static str,
    pub(crate) free: &'static str,
    pub(crate) this_floor: &'static str,
    pub(crate) all_floors: &'static str,
    pub(crate) sort: &'static str,
    pub(crate) by_number: &'static str,
    pub(crate) free_first: &'static str,
    pub(crate) longest_first: &'static str,
    /// What the list is narrowed to: `“mark”`.
    pub(crate) looked_for: fn(&str) -> String,
    /// What a press on [`Self::looked_for`] does.
    pub(crate) look_for_all: &'static str,
    pub(crate) nothing_found: &'static str,
    pub(crate) show_all: &'static str,
}

pub(super) const FR: ListTexts = ListTexts {
    filters: "Ce que montre la liste",
    all: "Tous",
    free: "Libres",
    this_floor: "Cet étage",
    all_floors: "Partout",
    sort: "Ordre de la liste",
    by_number: "Par numéro",
    free_first: "Libres d’abord",
    longest_first: "Le plus ancien",
    looked_for: |text| format!("« {text} »"),
    look_for_all: "Ne plus chercher",
    nothing_found: "Aucun box ne correspond en ce moment.",
    show_all: "Montrer tous les box",
};

pub(super) const EN: ListTexts = ListTexts {
    filters: "What the list shows",
    all: "All",
    free: "Free",
    this_floor: "This floor",
    all_floors: "All floors",
    sort: "Order of the list",
    by_number: "By number",
    free_first: "Free first",
    longest_first: "Longest first",
    looked_for: |text| format!("“{text}”"),
    look_for_all: "Stop searching",
    nothing_found: "No box matches right now.",
    show_all: "Show all boxes",
};
