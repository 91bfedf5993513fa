//! What screen readers hear: alarms that have come. The rest is in the drawing and in the list of parts.

use super::live::use_plant;
use super::texts::use_brewery_texts;
use super::view::AlarmView;
use crate::erased::IntoAny;
use leptos::prelude::*;

/// The region that screen readers listen to; invisible.
#[component]
pub(super) fn PlantAnnouncements() -> impl IntoView {
    let (plant, texts) = (use_plant(), use_brewery_texts());
    let alarms = Memo::new(move |_| plant.look(|view| view.alarms.clone()));
    let text = Memo::new(move |before: Option<&(Vec<AlarmView>, String)>| {
        let now = alarms.get();
        let news = before.map_or_else(Vec::new, |(known, _)| new_alarms(known, &now));
        let told: Vec<_> = news.into_iter().map(|alarm| (texts.alarm)(alarm.word, &alarm.part)).collect();
        (now, told.join(". "))
    });
    view! { <p class="visually-hidden" role="status" aria-live="polite">{move || text.get().1}</p> }.into_any()
}

/// What has come since; what is over or was seen is no news.
fn new_alarms<'a>(known: &[AlarmView], now: &'a [AlarmView]) -> Vec<&'a AlarmView> {
    let is_known =
        |alarm: &AlarmView| known.iter().any(|other| other.id == alarm.id && other.raised_s == alarm.raised_s);
    now.iter().filter(|alarm| alarm.is_active && !is_known(alarm)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::view::AlarmWord;
    use super::*;

    fn alarm(id: &str, raised_s: u64, is_active: bool) -> AlarmView {
        let (id, part) = (id.to_owned(), "1".to_owned());
        AlarmView { id, word: AlarmWord::DryFire, part, raised_s, is_active, is_acknowledged: false }
    }

    #[test]
    fn only_what_has_come_is_news() {
        let known = [alarm("a", 10, true), alarm("b", 20, true)];
        let now = [alarm("a", 10, true), alarm("b", 25, true), alarm("c", 30, true), alarm("d", 30, false)];
        let news: Vec<_> = new_alarms(&known, &now).into_iter().map(|alarm| alarm.id.as_str()).collect();
        assert_eq!(news, ["b", "c"]);
    }
}
