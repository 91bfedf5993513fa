//! The words of these pages. Only the server has them; what the scripts need of them goes into the page as JSON.

use crate::reader::{Locale, use_reader};
use serde::Serialize;

/// The words of one language.
pub(super) struct KioskWords {
    pub(super) title: &'static str,
    pub(super) free_now: &'static str,
    pub(super) none_free: &'static str,
    pub(super) nothing_known: &'static str,
    pub(super) on_phone: &'static str,
    pub(super) free: &'static str,
    pub(super) occupied: &'static str,
    pub(super) unknown: &'static str,
    /// Over a map that may be old.
    pub(super) silent: &'static str,
    pub(super) no_floor: &'static str,
    pub(super) no_floor_what: &'static str,
    pub(super) needs_scripts: &'static str,
    pub(super) waiting: &'static str,
    pub(super) given_up: &'static str,
    pub(super) code_title: &'static str,
    pub(super) code_what: &'static str,
    pub(super) code_wait: &'static str,
    pub(super) code_busy: &'static str,
    pub(super) code_away: &'static str,
    pub(super) gone: &'static str,
    pub(super) gone_what: &'static str,
    pub(super) pair_again: &'static str,
    pub(super) away: &'static str,
    pub(super) away_what: &'static str,
    pub(super) scripts: ScriptWords,
}

/// What the scripts say.
#[derive(Serialize)]
pub(super) struct ScriptWords {
    free_count: Plural,
    unknown_count: &'static str,
    last_news: &'static str,
}

/// By `Intl.PluralRules`; `{n}` is filled in.
#[derive(Serialize)]
struct Plural {
    one: &'static str,
    other: &'static str,
}

const FR: KioskWords = KioskWords {
    title: "Box libres",
    free_now: "Libres maintenant",
    none_free: "Aucun box libre",
    nothing_known: "Rien n’est connu",
    on_phone: "Sur votre téléphone",
    free: "libre",
    occupied: "occupé",
    unknown: "sans information",
    silent: "Le serveur ne répond pas : l’état des box n’est pas connu.",
    no_floor: "Rien à montrer",
    no_floor_what: "Les étages de cet écran n’existent plus. Choisissez-en d’autres dans l’administration, sous « Écrans ».",
    needs_scripts: "Un écran mural a besoin de JavaScript.",
    waiting: "Cette page s’est arrêtée : l’état des box n’est pas connu. Elle repart dès que le serveur répond.",
    given_up: "Cet écran ne fonctionne pas pour l’instant : l’état des box n’est pas connu. Il réessaie de lui-même.",
    code_title: "Rattacher cet écran",
    code_what: "Tapez ce code dans l’administration, sous « Écrans ».",
    code_wait: "Un instant…",
    code_busy: "Trop de codes ont été demandés d’ici. Cet écran réessaie de lui-même.",
    code_away: "Le serveur ne répond pas. Cet écran réessaie de lui-même.",
    gone: "Cet écran a été retiré",
    gone_what: "Son adresse n’est plus valable. Pour le rattacher, il lui faut un nouveau code.",
    pair_again: "Obtenir un code",
    away: "Un instant",
    away_what: "Cet écran ne peut pas être reconnu pour le moment. Il réessaie de lui-même.",
    scripts: ScriptWords {
        free_count: Plural { one: "{n} libre", other: "{n} libres" },
        unknown_count: "–",
        last_news: "Dernières nouvelles à {time}",
    },
};

const EN: KioskWords = KioskWords {
    title: "Free boxes",
    free_now: "Free now",
    none_free: "No box is free",
    nothing_known: "Nothing is known",
    on_phone: "On your phone",
    free: "free",
    occupied: "occupied",
    unknown: "no information",
    silent: "The server does not answer: the state of the boxes is not known.",
    no_floor: "Nothing to show",
    no_floor_what: "The floors of this screen are gone. Choose others in the administration, under “Screens”.",
    needs_scripts: "A wall screen needs JavaScript.",
    waiting: "This page has stopped: the state of the boxes is not known. It goes on as soon as the server answers.",
    given_up: "This screen does not work at the moment: the state of the boxes is not known. It tries again by itself.",
    code_title: "Let this screen in",
    code_what: "Type this code in the administration, under “Screens”.",
    code_wait: "One moment…",
    code_busy: "Too many codes were asked for from here. This screen tries again by itself.",
    code_away: "The server does not answer. This screen tries again by itself.",
    gone: "This screen was taken away",
    gone_what: "Its address is not good any more. To let it in again, it needs a new code.",
    pair_again: "Get a code",
    away: "One moment",
    away_what: "This screen cannot be recognised for now. It tries again by itself.",
    scripts: ScriptWords {
        free_count: Plural { one: "{n} free", other: "{n} free" },
        unknown_count: "–",
        last_news: "Last news at {time}",
    },
};

/// The words of the screen's language.
pub(super) fn use_kiosk_words() -> &'static KioskWords {
    match use_reader().locale {
        Locale::Fr => &FR,
        Locale::En => &EN,
    }
}

impl ScriptWords {
    /// JSON that may stand in markup.
    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default().replace('<', "\\u003c")
    }
}
