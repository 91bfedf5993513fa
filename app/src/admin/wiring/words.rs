//! The words of this page.

use super::SignalLight;
use crate::reader::{Locale, use_reader};
use domain::{BoothNumber, Channel};

/// The words of one language.
pub(crate) struct WiringWords {
    pub(crate) title: &'static str,
    pub(super) how: &'static str,
    pub(super) no_boards: &'static str,
    pub(super) elsewhere: &'static str,
    /// Of a board of 2016.
    pub(super) no_key: &'static str,
    pub(super) channel: fn(Channel) -> String,
    pub(super) booth: fn(BoothNumber) -> String,
    pub(super) nothing: &'static str,
    pub(super) light: fn(SignalLight) -> &'static str,
    pub(super) stale: &'static str,
    pub(super) unwire: &'static str,
    pub(super) wired: &'static str,
    pub(super) unwired: &'static str,
    pub(super) was_so: &'static str,
    pub(super) no_channel: &'static str,
    pub(super) unknown: &'static str,
    pub(super) refused: &'static str,
    pub(super) away: &'static str,
}

/// The words of the reader's language.
pub(crate) fn use_wiring_words() -> &'static WiringWords {
    match use_reader().locale {
        Locale::Fr => &FR,
        Locale::En => &EN,
    }
}

const FR: WiringWords = WiringWords {
    title: "Câblage",
    how: "Entrez dans une box : le canal de son détecteur s’allume. Choisissez ce canal, puis la box sur le plan.",
    no_boards: "Aucun boîtier n’est connu.",
    elsewhere: "Boîtiers des autres étages",
    no_key: "Boîtier de 2016 : il porte lui-même les numéros de ses box. Seul son programme peut les changer.",
    channel: |channel| format!("Canal {channel}"),
    booth: |booth| format!("Box {booth}"),
    nothing: "rien",
    light: |light| match light {
        SignalLight::High => "mouvement",
        SignalLight::Low => "calme",
        SignalLight::Silent => "muet",
    },
    stale: "Les signaux n’arrivent plus. Nouvel essai en cours…",
    unwire: "Ce canal ne surveille rien",
    wired: "C’est câblé. Le plan est à jour pour tout le monde.",
    unwired: "Ce canal ne surveille plus rien.",
    was_so: "C’était déjà le cas.",
    no_channel: "Choisissez d’abord un canal.",
    unknown: "Ce boîtier ou cette box n’existe pas.",
    refused: "Le plan de cet étage ne peut pas être publié en l’état. Rien n’a changé ; ouvrez-le dans l’éditeur.",
    away: "La base de données ne répond pas. Vérifiez si c’est fait, puis réessayez.",
};

const EN: WiringWords = WiringWords {
    title: "Wiring",
    how: "Walk into a box: the channel of its detector lights up. Choose that channel, then the box on the plan.",
    no_boards: "No board is known.",
    elsewhere: "Boards of other floors",
    no_key: "A board of 2016: it has the numbers of its boxes in itself. Only its program can change them.",
    channel: |channel| format!("Channel {channel}"),
    booth: |booth| format!("Box {booth}"),
    nothing: "nothing",
    light: |light| match light {
        SignalLight::High => "movement",
        SignalLight::Low => "quiet",
        SignalLight::Silent => "silent",
    },
    stale: "No signals are coming in. Trying again…",
    unwire: "This channel watches nothing",
    wired: "It is wired. Everybody’s map follows.",
    unwired: "This channel watches nothing any more.",
    was_so: "It was so already.",
    no_channel: "Choose a channel first.",
    unknown: "There is no such board or box.",
    refused: "This floor’s plan cannot be published as it is. Nothing has changed; open it in the editor.",
    away: "The database does not answer. See whether it is done, then try again.",
};
