use super::clashes::Clashes;
use super::difference_map::DifferenceMap;
use super::findings::Findings;
use super::floor_nav::{Colleagues, FloorNav};
use super::schedules::Schedules;
use super::view::{DraftOnTable, PublishProblem, PublishView, PublishWhen};
use super::words::use_floor_words;
use crate::admin::AdminPage;
use crate::admin::fields::{ButtonForm, TextField};
use crate::admin::login::Problem;
use crate::erased::IntoAny;
use domain::FloorNumber;
use drafting::{Finding, LayoutVersion, VersionEntry};
use leptos::prelude::*;

/// `/admin/floors/{floor}/publish`: one's draft against what everybody sees.
#[component]
pub(super) fn PublishPage(view: PublishView) -> impl IntoView {
    let words = use_floor_words();
    let show_time = expect_context::<AdminPage>().show_time;
    let PublishView { floor, published, draft, colleagues, schedules, name, when, zone, problem } = view;
    let problem = problem.map(|problem| view! { <Problem text=(words.problem)(&problem, &*show_time) /> });
    let body = match draft {
        None => view! {
            <p>{words.no_draft}</p>
            <p><a class="plain-button" href=format!("/admin/floors/{floor}/edit")>{words.open_editor}</a></p>
        }
        .into_any(),
        Some(draft) => {
            let form = Form { floor, published, name, when, zone };
            view! { <DraftPart form=form draft=draft /> }.into_any()
        }
    };
    view! {
        <FloorNav floor=floor />
        {problem}
        <Colleagues colleagues=colleagues />
        {body}
        <Schedules floor=floor schedules=schedules />
    }
    .into_any()
}

/// What the form has beside the draft.
struct Form {
    floor: FloorNumber,
    published: LayoutVersion,
    name: String,
    when: PublishWhen,
    zone: String,
}

#[component]
fn DraftPart(form: Form, draft: DraftOnTable) -> impl IntoView {
    let words = use_floor_words();
    let show_time = expect_context::<AdminPage>().show_time;
    let Form { floor, published, .. } = form;
    let begun = (words.draft_begun)(draft.base, &show_time(draft.saved_at));
    let has_faults = draft.findings.iter().any(Finding::is_fault);
    let is_asked = !draft.clashes.is_empty() || draft.plan_asked.is_some();
    let discard = vec![("revision", draft.revision.0.to_string())];
    let fields = match has_faults {
        true => view! { <p>{words.put_right_first}</p> }.into_any(),
        false => view! { <PublishFields form=form is_asked=is_asked /> }.into_any(),
    };
    let asked = is_asked.then(|| view! { <Clashes draft=draft.clone() /> });
    view! {
        <p class="field-hint">{begun}</p>
        <Meanwhile versions=draft.meanwhile />
        <Findings findings=draft.findings layout=draft.mine />
        <h2>{(words.what_changes)(published)}</h2>
        <DifferenceMap drawn=draft.drawn />
        <form class="admin-part publish-form" id="publish" method="post" action=format!("/admin/floors/{floor}/publish")>
            <input type="hidden" name="revision" value=draft.revision.0 />
            <input type="hidden" name="against" value=published.0 />
            {asked}
            {fields}
        </form>
        <div class="deed">
            <ButtonForm
                action=format!("/admin/floors/{floor}/discard")
                fields=discard
                text=words.discard
                is_grave=true
            />
            <p class="field-hint">{words.discard_what}</p>
        </div>
    }
    .into_any()
}

/// Its name, its time, the button.
#[component]
fn PublishFields(form: Form, is_asked: bool) -> impl IntoView {
    let words = use_floor_words();
    let Form { name, when: PublishWhen { is_later, date, time }, zone, .. } = form;
    view! {
        <TextField label=words.version_name name="name" hint=words.version_name_hint value=name length_max=80 />
        <fieldset class="roles when">
            <legend class="field-label">{words.when}</legend>
            <label class="role-choice">
                <input type="radio" name="when" value="now" checked=!is_later />
                <span class="role-name">{words.now}</span>
                <span class="field-hint">{words.now_what}</span>
            </label>
            <label class="role-choice">
                <input type="radio" name="when" value="later" checked=is_later disabled=is_asked />
                <span class="role-name">{words.later}</span>
                <span class="field-hint">{if is_asked { words.later_asked.to_owned() } else { (words.later_what)(&zone) }}</span>
            </label>
            <div class="when-fields">
                <TextField label=words.date name="date" kind="date" value=date />
                <TextField label=words.time name="time" kind="time" value=time />
            </div>
        </fieldset>
        <button class="main-button" type="submit">{words.publish_it}</button>
    }
    .into_any()
}

/// What others have published since the draft was begun.
#[component]
fn Meanwhile(versions: Vec<VersionEntry>) -> impl IntoView {
    let words = use_floor_words();
    let show_time = expect_context::<AdminPage>().show_time;
    let one = |entry: VersionEntry| {
        let PublishProblem::Meanwhile { version, name, by, at } = PublishProblem::since(entry) else { return None };
        let text = (words.published_by)(version, &name, &by, &at.map(|at| show_time(at)).unwrap_or_default());
        Some(view! { <li>{text}</li> })
    };
    let count = versions.len();
    (count > 0).then(|| {
        view! {
            <section class="meanwhile" data-meanwhile=count>
                <p class="field-label">{words.meanwhile}</p>
                <ul>{versions.into_iter().map(one).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

impl PublishProblem {
    /// That this version was published since.
    #[must_use]
    pub fn since(entry: VersionEntry) -> Self {
        let VersionEntry { version, name, author, published_at, .. } = entry;
        Self::Meanwhile { version, name, by: author, at: published_at }
    }
}
