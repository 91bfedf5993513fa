//! The words of the buttons that ask for a notice. Those of the panel are in [`crate::shell`], which only the server has.

/// In one language.
pub(crate) struct NoticeTexts {
    /// On a button: asks to be told.
    pub(crate) ask: &'static str,
    /// On the same, when it was asked; pressed again, it is taken back.
    pub(crate) asked: &'static str,
    /// What the bell is.
    pub(crate) bell: &'static str,
}

pub(super) const FR: NoticeTexts =
    NoticeTexts {
        ask: "Me prévenir quand il se libère", asked: "Vous serez prévenu · annuler", bell: "Être prévenu"
    };

pub(super) const EN: NoticeTexts =
    NoticeTexts { ask: "Tell me when it is free", asked: "You will be told · cancel", bell: "Be told when free" };
