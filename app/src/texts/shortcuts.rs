//! Words of the keyboard shortcuts.

/// What each key does.
pub(crate) struct ShortcutTexts {
    pub(crate) title: &'static str,
    pub(crate) search: &'static str,
    pub(crate) free_box: &'static str,
    pub(crate) help: &'static str,
    pub(crate) zoom: &'static str,
    pub(crate) fit: &'static str,
    pub(crate) arrows: &'static str,
    pub(crate) enter: &'static str,
    pub(crate) escape: &'static str,
}

pub(super) const FR: ShortcutTexts = ShortcutTexts {
    title: "Raccourcis clavier",
    search: "Chercher un box",
    free_box: "Un box libre maintenant",
    help: "Montrer ces raccourcis",
    zoom: "Agrandir, réduire le plan",
    fit: "Plan entier",
    arrows: "D’un box à l’autre, ou déplacer le plan",
    enter: "Ouvrir la fiche du box",
    escape: "Fermer la fiche, quitter la recherche",
};

pub(super) const EN: ShortcutTexts = ShortcutTexts {
    title: "Keyboard shortcuts",
    search: "Find a box",
    free_box: "A free box now",
    help: "Show these shortcuts",
    zoom: "Zoom the plan in, out",
    fit: "Whole plan",
    arrows: "From box to box, or move the plan",
    enter: "Open the card of the box",
    escape: "Close the card, leave the search",
};
