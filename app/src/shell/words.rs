//! The words of notices and updates, which the scripts of `public/page` put on screen. Only the server has them: it writes
//! them into the page, so they make the application no larger. `{booth}` and the like are filled in by the scripts.

use crate::reader::Locale;
use serde::Serialize;

/// What the server writes into the page as markup.
pub(super) struct PanelWords {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) any: &'static str,
    pub(super) none: &'static str,
    pub(super) cancel: &'static str,
    pub(super) push: &'static str,
    pub(super) no_need: &'static str,
    pub(super) newer: &'static str,
    pub(super) reload: &'static str,
    pub(super) scripts: ScriptWords,
}

/// What it gives to the scripts.
#[derive(Serialize)]
pub(super) struct ScriptWords {
    #[serde(flatten)]
    notice: NoticeWords,
    held: &'static str,
    until: &'static str,
    will_be_told: &'static str,
    push_denied: &'static str,
    push_failed: &'static str,
    targets: Targets,
    errors: Errors,
}

/// What a notice says, in the page and out of it.
#[derive(Serialize)]
struct NoticeWords {
    free: &'static str,
    some_free: &'static str,
    floor: &'static str,
}

#[derive(Serialize)]
struct Targets {
    any: &'static str,
    floor: &'static str,
    booth: &'static str,
}

/// By the server's words for them.
#[derive(Serialize)]
struct Errors {
    closed: &'static str,
    too_many: &'static str,
    full: &'static str,
    no_such_target: &'static str,
    unreachable: &'static str,
}

const FR: PanelWords = PanelWords {
    title: "Être prévenu",
    lead: "Dès qu’un box se libère, il est annoncé au premier qui l’a demandé, et à personne d’autre pendant un moment.",
    any: "N’importe quel box",
    none: "Vous n’attendez aucun box.",
    cancel: "Ne plus attendre",
    push: "Me prévenir aussi quand cette page est fermée",
    no_need: "Je n’en ai plus besoin",
    newer: "Une nouvelle version est prête.",
    reload: "Recharger",
    scripts: ScriptWords {
        notice: NoticeWords { free: "Box {booth} est libre", some_free: "Un box est libre", floor: "Étage {floor}" },
        held: "à vous pendant {left}",
        until: "jusqu’à {time}",
        will_be_told: "Vous serez prévenu.",
        push_denied: "Votre navigateur n’autorise pas les notifications de cette page. Vous serez prévenu ici.",
        push_failed: "Les notifications n’ont pas pu être activées. Vous serez prévenu ici.",
        targets: Targets { any: "N’importe quel box", floor: "Un box de l’étage {number}", booth: "Box {number}" },
        errors: Errors {
            closed: "Les box ne sont pas suivis à cette heure-ci.",
            too_many: "Vous attendez déjà cinq box. Renoncez à l’un d’eux d’abord.",
            full: "Trop de personnes attendent déjà. Réessayez dans un instant.",
            no_such_target: "Ce box n’existe plus.",
            unreachable: "Le serveur ne répond pas. Réessayez dans un instant.",
        },
    },
};

const EN: PanelWords = PanelWords {
    title: "Be told when free",
    lead: "As soon as a box is free, whoever asked first is told, and nobody else for a while.",
    any: "Any box",
    none: "You are not waiting for a box.",
    cancel: "Stop waiting",
    push: "Tell me also when this page is closed",
    no_need: "I don’t need it any more",
    newer: "A new version is ready.",
    reload: "Reload",
    scripts: ScriptWords {
        notice: NoticeWords { free: "Box {booth} is free", some_free: "A box is free", floor: "Floor {floor}" },
        held: "yours for {left}",
        until: "until {time}",
        will_be_told: "You will be told.",
        push_denied: "Your browser does not allow notifications of this page. You will be told here.",
        push_failed: "Notifications could not be turned on. You will be told here.",
        targets: Targets { any: "Any box", floor: "A box on floor {number}", booth: "Box {number}" },
        errors: Errors {
            closed: "The boxes are not watched at this hour.",
            too_many: "You are waiting for five boxes already. Give one of them up first.",
            full: "Too many people are waiting already. Try again in a moment.",
            no_such_target: "There is no such box any more.",
            unreachable: "The server does not answer. Try again in a moment.",
        },
    },
};

impl Locale {
    pub(super) const fn panel_words(self) -> &'static PanelWords {
        match self {
            Self::Fr => &FR,
            Self::En => &EN,
        }
    }
}

impl ScriptWords {
    /// JSON that may stand in markup.
    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default().replace('<', "\\u003c")
    }
}

/// The words of pushed notices in every language, by its tag, as JSON: for the service worker, which has no page.
#[must_use]
pub fn push_words() -> String {
    let words = Locale::ALL.map(|locale| (locale.tag(), &locale.panel_words().scripts.notice));
    serde_json::to_string(&std::collections::BTreeMap::from(words)).unwrap_or_default()
}
