//! The words of a booth's history.

use domain::{HourShare, Weekday};

pub(crate) struct UsualTexts {
    /// How long an occupation takes, as a length in words.
    pub(crate) typical: fn(&str) -> String,
    /// Occupied for so long of what is known of today, both in words.
    pub(crate) today: fn(&str, &str) -> String,
    /// Nothing is known of today yet.
    pub(crate) today_unknown: &'static str,
    /// How often it is free at this hour, and of how many days that is known. The weekday in the reader's language.
    pub(crate) this_hour: fn(&HourShare, &str) -> String,
    /// An hour on the axis of the day.
    pub(crate) hour: fn(u8) -> String,
    /// Too little is known to say what is usual.
    pub(crate) thin: &'static str,
    pub(crate) away: &'static str,
}

pub(super) const FR: UsualTexts = UsualTexts {
    typical: |length| format!("Occupé d’habitude {length}."),
    today: |occupied, known| format!("Occupé {occupied} sur {known} connues aujourd’hui."),
    today_unknown: "Rien n’est encore connu d’aujourd’hui.",
    this_hour: |share, weekday| {
        let HourShare { hour, free_percent, days_known, days, .. } = share;
        format!("À {hour} h, libre {free_percent} % du temps ({days_known} {weekday}s sur {days}).")
    },
    hour: |hour| format!("{hour} h"),
    thin: "Pas encore assez d’historique.",
    away: "L’historique n’est pas disponible pour l’instant.",
};

pub(super) const EN: UsualTexts = UsualTexts {
    typical: |length| format!("Usually occupied for {length}."),
    today: |occupied, known| format!("Occupied {occupied} of {known} known today."),
    today_unknown: "Nothing is known of today yet.",
    this_hour: |share, weekday| {
        let HourShare { hour, free_percent, days_known, days, .. } = share;
        format!("At {hour}:00, free {free_percent}% of the time (from {days_known} of {days} {weekday}s).")
    },
    hour: |hour| format!("{hour}:00"),
    thin: "Not enough history yet.",
    away: "History is not available at the moment.",
};

/// The share in words.
pub(crate) fn describe_hour(texts: &super::Texts, share: &HourShare) -> String {
    let weekday: Weekday = share.day.weekday();
    (texts.usual.this_hour)(share, (texts.weekday)(weekday))
}
