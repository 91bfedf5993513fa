use super::{AdminWords, PasswordWords, name_agent};
use crate::admin::boards::name_action as name_board_action;
use crate::admin::view::{LoginProblem, OwnTold, SetupProblem};
use crate::backend::AdminError;
use crate::reader::Locale;
use domain::Role;

pub(super) const WORDS: AdminWords = AdminWords {
    administration: "Administration",
    accounts: "Comptes",
    audit: "Journal",
    brewery: "Brasserie",
    floors: "Étages",
    site: "Site",
    own: "Mon compte",
    sign_in: "Se connecter",
    sign_out: "Se déconnecter",
    session_ended: "Votre session est terminée.",
    name: "Identifiant",
    name_hint: "Lettres sans accent, chiffres, point, tiret ou @.",
    person: "Nom de la personne",
    password: "Mot de passe",
    current_password: "Mot de passe actuel",
    new_password: "Nouveau mot de passe",
    password_hint: "12 caractères au moins. Quatre mots sans lien entre eux vont très bien.",
    change_password: "Changer le mot de passe",
    set_password: "Choisir un mot de passe",
    password_for: |name| format!("Pour le compte « {name} »."),
    code: "Code à six chiffres",
    code_hint: "Seulement si votre compte en demande un.",
    no_account: "Pour voir quel box est libre, aucun compte n’est nécessaire.",
    login_problem: say_login,
    setup_problem: |problem| match problem {
        SetupProblem::BadName => {
            "Cet identifiant ne convient pas : lettres sans accent, chiffres, point, tiret ou @.".to_owned()
        }
        SetupProblem::NameTaken => "Cet identifiant est déjà pris.".to_owned(),
        SetupProblem::Password(fault) => Locale::Fr.say(fault),
        SetupProblem::Login(problem) => say_login(problem),
    },
    first_admin: "Premier administrateur",
    link_over: "Ce lien ne sert plus",
    link_over_what: "Un lien sert une seule fois, pendant 24 heures. Demandez-en un autre à la personne qui vous l’a donné.",
    forbidden: "Cette page n’est pas pour ce compte",
    forbidden_what: "Demandez à un administrateur si vous en avez besoin.",
    not_found: "Page introuvable",
    away: "Momentanément indisponible",
    away_what: "La base de données ne répond pas. Rien n’est perdu ; réessayez dans un instant.",
    roles: "Rôles",
    role: |role| match role {
        Role::Viewer => "Lecture",
        Role::Editor => "Plans",
        Role::Operator => "Boîtiers",
        Role::Admin => "Administration",
        Role::Kiosk => "Écran mural",
        Role::Service => "Programme",
    },
    role_what: |role| match role {
        Role::Viewer => "Voit tout, ne change rien.",
        Role::Editor => "Modifie les plans et les box.",
        Role::Operator => "S’occupe des boîtiers, des alertes, des écrans et de la brasserie.",
        Role::Admin => "Peut tout faire, y compris gérer les comptes.",
        Role::Kiosk => "Affiche un étage.",
        Role::Service => "Lit les données.",
    },
    state: "État",
    account_state: |account| match (account.facts.disabled, account.has_password, account.has_totp) {
        (true, _, _) => "Fermé",
        (false, false, _) => "En attente d’un mot de passe",
        (false, true, true) => "Ouvert, avec code",
        (false, true, false) => "Ouvert",
    },
    last_sign_in: "Dernière connexion",
    never: "jamais",
    new_account: "Nouveau compte",
    create: "Créer le compte",
    all_accounts: "Tous les comptes",
    save: "Enregistrer",
    saved: "C’est enregistré.",
    cancel: "Annuler",
    access: "Accès",
    make_link: "Nouveau mot de passe…",
    make_link_what: "Donne un lien à transmettre à la personne. L’ancien mot de passe sert jusque-là.",
    link: "Lien à transmettre",
    link_what: "Il sert une seule fois, pendant 24 heures, et ne sera plus montré. Qui l’a peut choisir le mot de passe.",
    created: |name| {
        format!("Le compte « {name} » est créé. Transmettez ce lien à la personne : elle y choisira son mot de passe.")
    },
    link_made: |name| {
        format!("Transmettez ce lien à la personne du compte « {name} » : elle y choisira son mot de passe.")
    },
    sign_out_all: "Déconnecter partout",
    sign_out_what: "Met fin à toutes ses sessions.",
    signed_out: |count| match count {
        0 => "Ce compte n’avait pas de session.".to_owned(),
        1 => "1 session est terminée.".to_owned(),
        count => format!("{count} sessions sont terminées."),
    },
    forget_totp: "Ne plus demander de code",
    forget_totp_what: "Pour qui a perdu son téléphone.",
    close_account: "Fermer le compte",
    close_what: "Met fin à ses sessions et refuse les suivantes. Rien n’est effacé ; il peut être rouvert.",
    open_account: "Rouvrir le compte",
    open_what: "La personne peut de nouveau se connecter, avec le même mot de passe.",
    refused: |error| match error {
        AdminError::NotSignedIn => "Votre session est terminée. Reconnectez-vous.",
        AdminError::Forbidden => "Votre compte ne permet pas cela.",
        AdminError::BadRequest => "La demande n’a pas été comprise. Rechargez la page et réessayez.",
        AdminError::BadName => "Cet identifiant ne convient pas : lettres sans accent, chiffres, point, tiret ou @.",
        AdminError::BadDisplayName => "Ce nom est trop long : 80 caractères au plus.",
        AdminError::NoRole => "Choisissez au moins un rôle.",
        AdminError::NameTaken => "Cet identifiant est déjà pris.",
        AdminError::UnknownAccount => "Ce compte n’existe pas.",
        AdminError::LastAdmin => "C’est le dernier compte d’administration : il en faut toujours un.",
        AdminError::Away => "La base de données ne répond pas. Vérifiez si c’est fait, puis réessayez.",
    },
    own_told: |told| match told {
        OwnTold::PasswordChanged => "Votre mot de passe est changé ; vos autres sessions sont terminées.".to_owned(),
        OwnTold::WrongPassword => "Le mot de passe actuel n’est pas le bon. Rien n’a changé.".to_owned(),
        OwnTold::Wait(seconds) => format!("Trop d’essais. Réessayez dans {seconds} s."),
        OwnTold::Password(fault) => Locale::Fr.say(fault),
        OwnTold::SessionsEnded(0) => "Il n’y avait pas d’autre session.".to_owned(),
        OwnTold::SessionsEnded(1) => "1 session est terminée.".to_owned(),
        OwnTold::SessionsEnded(count) => format!("{count} sessions sont terminées."),
        OwnTold::TotpOn => "Un code vous sera demandé à chaque connexion.".to_owned(),
        OwnTold::TotpOff => "Aucun code ne vous sera plus demandé.".to_owned(),
        OwnTold::WrongCode => "Ce code n’est pas le bon. Vérifiez l’heure de votre téléphone et réessayez.".to_owned(),
        OwnTold::Away => "Le serveur n’a pas pu le faire maintenant. Réessayez dans un instant.".to_owned(),
    },
    totp: "Code à six chiffres",
    totp_what: "En plus du mot de passe, une application de votre téléphone donne un code qui change toutes les 30 secondes.",
    totp_start: "Mettre en place",
    totp_scan: "Scannez cette image avec votre application, puis saisissez le code qu’elle affiche.",
    totp_image: "Image à scanner",
    totp_or_type: "Ou saisissez cette clé :",
    totp_confirm: "Confirmer",
    totp_is_on: "Un code est demandé à chaque connexion.",
    totp_off: "Ne plus demander de code",
    sessions: "Sessions",
    this_session: "celle-ci",
    end_session: "Terminer",
    end_others: "Terminer toutes les autres",
    browser: |agent| name_agent(agent, "Navigateur inconnu"),
    session_times: |address, since, last| format!("{address} · depuis {since} · vue {last}"),
    by_whom: "Par qui",
    what: "Quoi",
    anything: "Tout",
    to_what: "Sur quoi",
    from_day: "Du",
    to_day: "Au",
    filter: "Filtrer",
    older: "Plus ancien",
    audit_empty: "Rien ne correspond.",
    export_json: "Exporter (JSON)",
    export_csv: "Exporter (CSV)",
    check_audit: "Vérifier la chaîne",
    audit_checked: |checked| match checked {
        Ok(head) => format!("La chaîne est intacte : {} entrées, jusqu’à {}.", head.seq, head.hash),
        Err(fault) => format!("La chaîne est rompue. {}", say_fault(*fault)),
    },
    actor: |actor| match (actor.account, actor.name.as_str()) {
        (None, "command line") => "ligne de commande".to_owned(),
        (None, "one-time link") => "lien à usage unique".to_owned(),
        (_, name) => name.to_owned(),
    },
    action: |action| {
        match action {
            "alert.acknowledged" => "s’occupe d’une alerte",
            "booth.filter_changed" => "a modifié le filtre",
            "account.created" => "crée le compte",
            "account.changed" => "modifie le compte",
            "account.password_set" => "change le mot de passe",
            "account.link_made" => "donne un lien",
            "account.signed_in" => "se connecte",
            "account.signed_out" => "déconnecte le compte",
            "account.totp_on" => "demande un code",
            "account.totp_off" => "ne demande plus de code",
            "layout.published" => "publie l’étage",
            "layout.restored" => "restaure une version",
            "layout.scheduled" => "prévoit une publication",
            "layout.taken_back" => "annule une publication prévue",
            "floor.created" => "crée l’étage",
            "floor.changed" => "modifie l’étage",
            "floor.retired" => "retire l’étage",
            "floor.brought_back" => "remet l’étage",
            "plan.received" => "envoie un plan",
            "site.changed" => "modifie le site",
            "screen.created" => "rattache un écran",
            "screen.changed" => "règle un écran",
            "screen.renewed" => "donne une nouvelle adresse à un écran",
            "screen.revoked" => "retire un écran",
            other => name_board_action(Locale::Fr, other).unwrap_or(other),
        }
        .to_owned()
    },
    before: "Avant",
    after: "Après",
};

fn say_login(problem: LoginProblem) -> String {
    match problem {
        LoginProblem::Wrong => "L’identifiant, le mot de passe ou le code n’est pas le bon.".to_owned(),
        LoginProblem::Wait(seconds) => format!("Trop d’essais. Réessayez dans {seconds} s."),
        LoginProblem::Busy => "Beaucoup de monde se connecte. Réessayez dans un instant.".to_owned(),
        LoginProblem::Away => "La base de données ne répond pas. Réessayez dans un instant.".to_owned(),
        LoginProblem::Insecure => {
            "Cette connexion n’est pas chiffrée : un mot de passe pourrait être lu en chemin. Ouvrez cette page en https. \
             (Pour qui gère le serveur : --tls-cert, --tls-self-signed ou --behind-proxy.)"
                .to_owned()
        }
        LoginProblem::UnknownProxy => {
            "Un relais que le serveur ne connaît pas est entre vous et lui ; il ne peut pas savoir si la connexion est \
             chiffrée. (Pour qui gère le serveur : --behind-proxy avec l’adresse du relais.)"
                .to_owned()
        }
    }
}

fn say_fault(fault: domain::AuditFault) -> String {
    use domain::AuditFault::{Altered, Missing, Unlinked, WrongEnd};
    match fault {
        Missing { expected, found } => format!("L’entrée {expected} manque : {found} suit."),
        Unlinked { seq } => format!("L’entrée {seq} ne suit pas de la précédente."),
        Altered { seq } => format!("L’entrée {seq} a été modifiée."),
        WrongEnd { expected, found } => format!("Elle finit à {found} au lieu de {expected}."),
    }
}
