use super::form::ScreenFields;
use super::list::ScreenItem;
use super::view::{ScreenEntry, ScreensView};
use super::words::use_screen_words;
use crate::erased::IntoAny;
use domain::ScreenId;
use leptos::prelude::*;

/// `/admin/screens/{id}`: one screen, and what can be done about it.
#[component]
pub(in crate::admin) fn ScreenPage(view: ScreensView) -> impl IntoView {
    let words = use_screen_words();
    let ScreensView { screens, floors, build, now } = view;
    let Some(entry) = screens.into_iter().next() else {
        return view! { <p>{words.none}</p> }.into_any();
    };
    let ScreenEntry { id, facts, .. } = entry.clone();
    let here = format!("/admin/screens/{}", id.0);
    view! {
        <p><a href="/admin/screens">{words.all_screens}</a></p>
        <h1>{facts.name.as_str().to_owned()}</h1>
        <ul class="screens" data-refresh=here.clone()>
            <ScreenItem entry=entry newest=build now=now is_link=false />
        </ul>
        <form class="admin-form admin-part" method="post" action=here>
            <ScreenFields floors=floors facts=facts />
            <button class="main-button" type="submit">{words.save}</button>
        </form>
        <Deeds id=id />
        <script type="module" src="/page/screens.js"></script>
    }
    .into_any()
}

#[component]
fn Deeds(id: ScreenId) -> impl IntoView {
    let words = use_screen_words();
    let to = |deed: &str| format!("/admin/screens/{}/{deed}", id.0);
    view! {
        <section class="admin-part deeds">
            <form class="deed" method="post" action=to("identify")>
                <button class="plain-button" type="submit">{words.identify}</button>
                <p class="field-hint">{words.identify_what}</p>
            </form>
            <form class="deed" method="post" action=to("renew")>
                <button class="plain-button" type="submit">{words.renew}</button>
                <p class="field-hint">{words.renew_what}</p>
            </form>
            <details class="screen-revoke">
                <summary>{words.revoke}</summary>
                <form class="deed" method="post" action=to("revoke")>
                    <button class="plain-button" data-grave="true" type="submit">{words.revoke_sure}</button>
                    <p class="field-hint">{words.revoke_what}</p>
                </form>
            </details>
        </section>
    }
    .into_any()
}
