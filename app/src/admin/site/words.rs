//! The words of this page, in each language.

use super::SiteProblem;
use crate::reader::{Locale, use_reader};

pub(super) struct SiteWords {
    pub(super) site: &'static str,
    pub(super) one_site: &'static str,
    pub(super) always_open: &'static str,
    pub(super) name: &'static str,
    pub(super) zone: &'static str,
    pub(super) clock_now: fn(&str) -> String,
    pub(super) hours: &'static str,
    pub(super) hours_what: &'static str,
    /// From Monday.
    pub(super) weekdays: [&'static str; 7],
    pub(super) opens: &'static str,
    pub(super) closes: &'static str,
    pub(super) holidays: &'static str,
    pub(super) french: &'static str,
    pub(super) french_what: &'static str,
    pub(super) other_days: &'static str,
    pub(super) other_days_what: &'static str,
    pub(super) save: &'static str,
    pub(super) problem: fn(&SiteProblem) -> String,
}

/// The words of the reader's language.
pub(super) fn use_site_words() -> &'static SiteWords {
    match use_reader().locale {
        Locale::Fr => &FR,
        Locale::En => &EN,
    }
}

const FR: SiteWords = SiteWords {
    site: "Site",
    one_site: "Un serveur sert un site. Pour un autre immeuble, installez un autre serveur.",
    always_open: "Ce serveur a été démarré avec --always-open : il reste ouvert quelles que soient les heures ci-dessous.",
    name: "Nom du site",
    zone: "Fuseau horaire",
    clock_now: |now| format!("Enregistré : il est {now} sur le site."),
    hours: "Heures de service",
    hours_what: "En dehors, les boîtiers dorment et les box sont gris. Un jour sans coche est fermé. 00:00 à la fin : minuit.",
    weekdays: ["Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche"],
    opens: "ouverture",
    closes: "fermeture",
    holidays: "Jours fermés",
    french: "Jours fériés français",
    french_what: "Calculés pour cette année et les neuf suivantes.",
    other_days: "Autres jours fermés",
    other_days_what: "Un par ligne : 2026-12-24, ou 2026-12-24..2026-12-31.",
    save: "Enregistrer",
    problem: |problem| match problem {
        SiteProblem::Name => "Le nom du site a 1 à 80 caractères.".to_owned(),
        SiteProblem::Zone => "Ce fuseau horaire n’existe pas. Par exemple : Europe/Paris.".to_owned(),
        SiteProblem::Hours(day) => {
            format!("{} : la fermeture vient après l’ouverture, le même jour.", FR.weekdays.get(*day).unwrap_or(&""))
        }
        SiteProblem::Day(line) => format!("« {line} » n’est pas une date comme 2026-12-24."),
        SiteProblem::TooManyDays => "Plus de 400 jours fermés : c’est trop.".to_owned(),
    },
};

const EN: SiteWords = SiteWords {
    site: "Site",
    one_site: "A server serves one site. For another building, install another server.",
    always_open: "This server was started with --always-open: it stays open whatever the hours below are.",
    name: "Name of the site",
    zone: "Time zone",
    clock_now: |now| format!("As saved: it is {now} at the site."),
    hours: "Service hours",
    hours_what: "Outside of them the boards sleep and the boxes are grey. A day without a tick is closed. 00:00 at the end: midnight.",
    weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    opens: "opens",
    closes: "closes",
    holidays: "Closed days",
    french: "Public holidays of France",
    french_what: "Worked out for this year and the nine that follow.",
    other_days: "Other closed days",
    other_days_what: "One in a line: 2026-12-24, or 2026-12-24..2026-12-31.",
    save: "Save",
    problem: |problem| match problem {
        SiteProblem::Name => "A site’s name has 1 to 80 characters.".to_owned(),
        SiteProblem::Zone => "There is no such time zone. For example: Europe/Paris.".to_owned(),
        SiteProblem::Hours(day) => {
            format!("{}: closing comes after opening, on the same day.", EN.weekdays.get(*day).unwrap_or(&""))
        }
        SiteProblem::Day(line) => format!("“{line}” is no date like 2026-12-24."),
        SiteProblem::TooManyDays => "More than 400 closed days are too many.".to_owned(),
    },
};
