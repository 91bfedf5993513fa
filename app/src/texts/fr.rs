use super::{Texts, list_counts, rounded_length};
use crate::live::Link;
use domain::{BoothStatus, Weekday};

pub(super) const TEXTS: Texts = Texts {
    description: "Quel box est libre, en direct, sur le plan de l’étage.",
    floor: |number| format!("Étage {number}"),
    floors: "Étages",
    free_count: |count| format!("{count} {}", plural(count, "libre", "libres")),
    count_unknown: "inconnu",
    booth: |number| format!("Box {number}"),
    booths: "Liste des box",
    status: |status| match status {
        BoothStatus::Free => "Libre",
        BoothStatus::Occupied => "Occupé",
        BoothStatus::Unknown => "Inconnu",
        BoothStatus::Late => "Muet",
        BoothStatus::Asleep => "En veille",
        BoothStatus::Off => "Fermé",
    },
    status_reason: |status| match status {
        BoothStatus::Free | BoothStatus::Occupied => None,
        BoothStatus::Unknown => Some("Pas encore d’information de son détecteur."),
        BoothStatus::Late => Some("Son détecteur ne répond plus."),
        BoothStatus::Asleep => Some("Son détecteur dort pour économiser sa pile."),
        BoothStatus::Off => Some("Hors des heures de service."),
    },
    elapsed: |ms| rounded_length(ms, "jours"),
    since: |time| format!("depuis {time}"),
    until: |time| format!("jusqu’à {time}"),
    weekday: |weekday| match weekday {
        Weekday::Monday => "lundi",
        Weekday::Tuesday => "mardi",
        Weekday::Wednesday => "mercredi",
        Weekday::Thursday => "jeudi",
        Weekday::Friday => "vendredi",
        Weekday::Saturday => "samedi",
        Weekday::Sunday => "dimanche",
    },
    for_days: |days| format!("encore {days} jours"),
    link: |link| match link {
        Link::Connecting => "Connexion…".to_owned(),
        Link::Live => "En direct".to_owned(),
        Link::Stale { silent_s } => format!("Reconnexion… {silent_s} s"),
        Link::Down { .. } => "Hors ligne".to_owned(),
    },
    link_down_reason: "Cette page n’a plus de nouvelles du serveur.",
    link_down_banner: "Plus de nouvelles du serveur : l’état des box n’est pas connu. La page se reconnecte toute seule.",
    zoom_in: "Agrandir",
    zoom_out: "Réduire",
    fit: "Plan entier",
    actual_size: "Taille réelle (100 %)",
    map_tools: "Affichage du plan",
    close: "Fermer",
    language: "Langue",
    became_free: |count, floor| {
        format!("{count} box {} à l’étage {floor}", plural(count, "s’est libéré", "se sont libérés"))
    },
    became_occupied: |count, floor| {
        format!("{count} box {} à l’étage {floor}", plural(count, "est maintenant occupé", "sont maintenant occupés"))
    },
    became_unknown: |count, floor| format!("{count} box sans information à l’étage {floor}"),
    booth_not_found: |number| format!("Il n’y a pas de box {number}."),
    as_of: |time| format!("État à {time}. Rechargez la page pour l’actualiser."),
    page_not_found: "Cette page n’existe pas.",
    floor_not_found: |number| format!("Il n’y a pas d’étage {number}."),
    server_unreachable: "Le serveur ne répond pas. Réessayez dans un instant.",
    no_floor: "Aucun étage n’est encore décrit.",
    to_the_map: "Voir le plan",
    status_page: "État du service",
    publication: "Du détecteur au flux en direct",
    arrival: "Du serveur à cette page",
    latency: |latency| {
        format!(
            "{:.0} ms pour la moitié, {:.0} ms pour 95 %, {:.0} ms pour 99 % ({} {})",
            latency.p50_ms,
            latency.p95_ms,
            latency.p99_ms,
            latency.count,
            plural(latency.count, "changement", "changements"),
        )
    },
    no_change_yet: "aucun changement mesuré",
    board_connections: "Connexions de boîtiers",
    boards: "Boîtiers",
    boards_by_state: |counts| {
        let counts = [
            (counts.online, "en ligne"),
            (counts.late, plural(counts.late, "muet", "muets")),
            (counts.asleep, "en veille"),
            (counts.never, plural(counts.never, "jamais entendu", "jamais entendus")),
            (counts.quarantined, "en quarantaine"),
        ];
        list_counts(&counts, "aucun")
    },
    records_waiting: "Mesures en attente de la base",
    open_maps: "Plans ouverts",
    running: "En service depuis",
    build: "Version",
    list: &super::list::FR,
    search: &super::search::FR,
    shortcuts: &super::shortcuts::FR,
    settings: &super::settings::FR,
    qr: &super::qr::FR,
    map: super::map::FR,
    go: super::go::FR,
    usual: super::usual::FR,
    notices: &super::notices::FR,
    seen_at: |time| format!("Dernières nouvelles à {time}, il y a"),
};

/// In French, zero is singular.
const fn plural(count: usize, one: &'static str, many: &'static str) -> &'static str {
    if count < 2 { one } else { many }
}
