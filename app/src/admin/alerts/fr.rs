use super::words::{AlertWords, name};
use domain::{AlertKind, AlertSubject};

pub(super) const WORDS: AlertWords = AlertWords {
    title: "Alertes",
    waiting: |count| format!("{count} dont personne ne s’est occupé"),
    open: |count| format!("En cours ({count})"),
    none_open: "Tout va bien.",
    past: "Terminées",
    none_past: "Rien ne correspond.",
    past_away: "La base de données ne répond pas. Les alertes terminées seront lisibles à son retour.",
    older: "Plus anciennes",
    what: "Quoi",
    subject: "Boîtier ou box",
    kind,
    say,
    advice,
    times: |since, last, count| match count {
        1 => format!("Depuis {since} · vue {last}"),
        count => format!("Depuis {since} · vue {last} · {count} fois"),
    },
    was: |from, until, count| match count {
        1 => format!("Du {from} au {until}"),
        count => format!("Du {from} au {until} · {count} fois"),
    },
    look: "Aller voir",
    acknowledge: "Je m’en occupe",
    note: "Note (facultative)",
    seen: "prise en compte",
    seen_by: |by, at| format!("{by} s’en occupe, {at}. "),
    done: "C’est noté.",
    seen_before: "Quelqu’un s’en occupe déjà.",
    unknown: "Cette alerte n’existe pas.",
    note_too_long: "Cette note est trop longue : 500 caractères au plus.",
    away: "La base de données ne répond pas. L’alerte reste ; réessayez dans un instant.",
};

fn kind(kind: AlertKind) -> &'static str {
    match kind {
        AlertKind::BoardLate => "Boîtier absent",
        AlertKind::BatteryLow => "Batterie faible",
        AlertKind::BootWentBack => "Boîtier reparti de zéro",
        AlertKind::Quarantine => "Deux boîtiers du même nom",
        AlertKind::KeyRevoked => "Clé révoquée utilisée",
        AlertKind::Downgrade => "Ancien protocole au lieu d’une clé",
        AlertKind::UnknownBoard => "Boîtier inconnu",
        AlertKind::OldProtocol => "Ancien protocole refusé",
        AlertKind::DetectorFlapping => "Détecteur instable",
        AlertKind::StuckOccupied => "Toujours occupée",
        AlertKind::StuckFree => "Jamais occupée",
        AlertKind::DiskRefuses => "Disque plein ou en panne",
        AlertKind::SpoolBehind => "Base de données en retard",
        AlertKind::RecordsLost => "Données perdues",
        AlertKind::DatabaseAway => "Base de données absente",
        AlertKind::ClockJump => "Horloge déplacée",
        AlertKind::PublicationFailed => "Plan non publié",
    }
}

fn say(kind: AlertKind, subject: &AlertSubject, detail: &str) -> String {
    let name = name(subject);
    match kind {
        AlertKind::BoardLate => format!("Le boîtier {name} est absent"),
        AlertKind::BatteryLow => format!("La batterie du boîtier {name} est faible : {detail} mV"),
        AlertKind::BootWentBack => format!("Le boîtier {name} compte ses démarrages à partir de zéro"),
        AlertKind::Quarantine => format!("Deux boîtiers s’appellent {name}"),
        AlertKind::KeyRevoked => format!("Le boîtier {name} utilise une clé révoquée"),
        AlertKind::Downgrade => format!("Quelqu’un sans clé parle pour la box {name}"),
        AlertKind::UnknownBoard => format!("Un boîtier sans clé connue veut entrer, depuis {detail}"),
        AlertKind::OldProtocol => format!("Un boîtier de 2016 est refusé, depuis {detail}"),
        AlertKind::DetectorFlapping => format!("La box {name} a changé {detail} fois en une demi-heure"),
        AlertKind::StuckOccupied => format!("La box {name} est occupée depuis {detail} h"),
        AlertKind::StuckFree => format!("La box {name} n’a jamais été occupée en {detail} h"),
        AlertKind::DiskRefuses => format!("Le disque n’accepte plus rien ; {detail} données attendent"),
        AlertKind::SpoolBehind => format!("{detail} données attendent la base de données"),
        AlertKind::RecordsLost => format!("{detail} données sont perdues"),
        AlertKind::DatabaseAway => "La base de données ne répond pas".to_owned(),
        AlertKind::ClockJump => format!("L’horloge du serveur a été déplacée de {detail} s"),
        AlertKind::PublicationFailed => format!("Le plan de l’étage {name} n’a pas été publié à l’heure"),
    }
}

fn advice(kind: AlertKind) -> &'static str {
    match kind {
        AlertKind::BoardLate => "Vérifiez son alimentation et son réseau. Ses box restent grises jusqu’à son retour.",
        AlertKind::BatteryLow => "Rechargez-la ou changez-la dans les jours qui viennent.",
        AlertKind::BootWentBack => {
            "S’il a été remplacé ou effacé, confirmez-le (dispobox boards confirm). Sinon, c’est une copie."
        }
        AlertKind::Quarantine => "Trouvez le second et donnez-lui un autre nom. Les deux attendent cinq minutes.",
        AlertKind::KeyRevoked => "Donnez-lui sa nouvelle clé, ou éteignez-le.",
        AlertKind::Downgrade => "Éteignez l’ancien boîtier, ou cherchez qui l’imite. Ce qu’il dit n’est pas utilisé.",
        AlertKind::UnknownBoard => "S’il est à vous, créez une clé et mettez-la dans le boîtier.",
        AlertKind::OldProtocol => "S’il est à vous, indiquez son adresse dans --v1-allow.",
        AlertKind::DetectorFlapping => "Quelque chose bouge devant le détecteur, ou son filtre est trop rapide.",
        AlertKind::StuckOccupied => {
            "Regardez si quelqu’un s’y trouve. Sinon, le détecteur est bloqué ou voit quelque chose qui bouge."
        }
        AlertKind::StuckFree => {
            "Entrez-y et regardez son signal : le détecteur est peut-être mort, caché, ou câblé ailleurs."
        }
        AlertKind::DiskRefuses => {
            "Faites de la place sur le disque du dossier de données. Les boîtiers gardent leurs données en attendant."
        }
        AlertKind::SpoolBehind => "Regardez la base de données : absente, verrouillée ou lente. Rien n’est perdu.",
        AlertKind::RecordsLost => "L’historique a un trou. L’alerte reste jusqu’au redémarrage du serveur.",
        AlertKind::DatabaseAway => "Le plan reste en direct ; l’historique attend sur le disque. Démarrez la base.",
        AlertKind::ClockJump => {
            "L’historique laisse de côté le temps incertain. Si cela se répète, vérifiez le service de temps."
        }
        AlertKind::PublicationFailed => "Ouvrez le plan et publiez-le à la main, ou annulez le rendez-vous.",
    }
}
