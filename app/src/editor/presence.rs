//! Who else is drawing this floor.

use crate::clock::use_local_time;
use crate::deadline::within;
use crate::editor::studio::use_studio;
use crate::erased::IntoAny;
use crate::plans::note_editing;
use drafting::Colleague;
use leptos::leptos_dom::helpers::set_interval_with_handle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// The server forgets who says nothing for three times as long.
const SAY_EVERY: Duration = Duration::from_secs(10);

/// The others, as they come and go; says meanwhile that one is here.
#[component]
pub(super) fn Presence(begin: Vec<Colleague>) -> impl IntoView {
    let studio = use_studio();
    let texts = studio.texts;
    let others = RwSignal::new(begin);
    let say = move || {
        let floor = studio.floor;
        spawn_local(async move {
            if let Ok(Ok(now)) = within(async move { Ok(note_editing(floor).await) }).await {
                // The page may have been left meanwhile.
                others.try_maybe_update(|known| (*known != now, *known = now));
            }
        });
    };
    Effect::new(move |_| {
        say();
        let interval = set_interval_with_handle(say, SAY_EVERY).ok();
        on_cleanup(move || interval.into_iter().for_each(|interval| interval.clear()));
    });
    let local_time = use_local_time();
    let describe = move |colleague: &Colleague| match (colleague.is_here, colleague.saved_at) {
        (false, Some(at)) => (texts.has_draft)(&colleague.name, &local_time(at)),
        _ => (texts.is_here)(&colleague.name),
    };
    let list = move || {
        let chip = |colleague: &Colleague| {
            let initial: String = colleague.name.chars().take(2).collect();
            let text = describe(colleague);
            let title = text.clone();
            view! {
                <li class="colleague" data-here=colleague.is_here.then_some("") title=title>
                    <span class="colleague-sign" aria-hidden="true">{initial}</span>
                    <span class="colleague-what">{text}</span>
                </li>
            }
        };
        others.with(|others| others.iter().map(chip).collect_view())
    };
    view! { <ul class="colleagues" aria-label=texts.colleagues>{list}</ul> }.into_any()
}
