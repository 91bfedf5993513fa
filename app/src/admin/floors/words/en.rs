use super::super::changes::Kind;
use super::super::view::{PlanFault, PlanProblem, PublishProblem};
use super::FloorWords;
use crate::backend::PlanError;
use domain::UtcMs;
use drafting::{Field, ScheduleProblem};

pub(super) const WORDS: FloorWords = FloorWords {
    floors: "Floors",
    floor: |floor| format!("Floor {floor}"),
    all_floors: "All floors",
    edit: "Edit",
    plan: "Plan",
    publish: "Publish",
    versions: "Versions",
    booths: |count| match count {
        0 => "no boxes".to_owned(),
        1 => "1 box".to_owned(),
        count => format!("{count} boxes"),
    },
    version_of: |version| format!("version {}", version.0),
    more: "Name, place, removal",
    floor_name: "Name of the floor",
    floor_name_hint: "May be empty; 40 characters at most. Shown here only.",
    floor_number: "Number of the floor",
    floor_number_hint: "From −99 to 999. It stays as it is.",
    new_floor: "New floor",
    create_floor: "Make the floor",
    place: "Place among the tabs",
    save: "Save",
    retire: "Take the floor away",
    retire_what: "It goes from the maps. Its boxes, versions and history are kept; it can come back.",
    retired_floors: "Floors taken away",
    retired_since: |at| format!("taken away {at}"),
    bring_back: "Bring back",
    you: "you",
    is_here: "is at it now",
    draft_saved: |at| format!("draft of {at}"),
    colleagues: "Also at work on this floor",
    no_draft: "You have no draft of this floor: there is nothing to publish.",
    open_editor: "Open the editor",
    draft_begun: |base, at| format!("Your draft, begun on version {}, saved {at}.", base.0),
    meanwhile: "Published since your draft was begun",
    published_by: |version, name, by, at| {
        let name = if name.is_empty() { String::new() } else { format!(" “{name}”") };
        let by = if by.is_empty() { String::new() } else { format!(" by {by}") };
        let at = if at.is_empty() { String::new() } else { format!(", {at}") };
        format!("Version {}{name}{by}{at}", version.0)
    },
    what_changes: |published| format!("What would change from version {}", published.0),
    differences: |count| match count {
        0 => "Plan, nothing differs".to_owned(),
        1 => "Plan, 1 box differs".to_owned(),
        count => format!("Plan, {count} boxes differ"),
    },
    nothing_differs: "Nothing differs.",
    plan_is_new: "The plan is another one. Positions are carried over to it.",
    legend: "Legend",
    kind: |kind| match kind {
        Kind::Added => "Added",
        Kind::Removed => "Removed",
        Kind::Moved => "Moved",
        Kind::Reshaped => "Reshaped",
        Kind::Renamed => "Renamed",
        Kind::Rewired => "Re-wired",
        Kind::Locked => "Lock changed",
    },
    field: |field| match field {
        Field::Number => "the number",
        Field::Name => "the name",
        Field::Position => "the position",
        Field::Size => "the size",
        Field::Rotation => "the angle",
        Field::Outline => "the shape",
        Field::Wires => "the wiring",
        Field::Lock => "the lock",
    },
    booth: "Box",
    booth_number: |number| format!("Box {number}"),
    unknown_booth: "a box that is gone",
    change: "Change",
    was: "Before",
    is: "After",
    no_name: "no name",
    not_wired: "no sensor",
    corners: |count| format!("{count} corners"),
    lock: |is_locked| if is_locked { "locked" } else { "unlocked" },
    faults: "To be put right before publishing",
    hints: "Worth a look",
    put_right_first: "First put right what is said above; your draft is kept.",
    same_number: |number, count| format!("{count} boxes have the number {number}."),
    number_elsewhere: |number| format!("A box of another floor already has the number {number}."),
    same_channel: |wire, booths| format!("The sensor {wire} is wired to several boxes: {booths}."),
    channel_elsewhere: |wire, booth| format!("The sensor {wire} ({booth}) already watches a box of another floor."),
    outside_plan: |booth| format!("{booth} is partly outside the plan."),
    overlap: |one, other| format!("{one} and {other} overlap."),
    booth_not_wired: |booth| format!("{booth} has no sensor: it will stay grey."),
    clashes: "To be decided",
    clashes_what: "You and others have changed the same thing. Choose each time what is to stay.",
    mine: "Mine",
    theirs: "What is published",
    edited: |booth, field| format!("{booth}: {field}"),
    removed: "removed",
    kept: "kept, with its changes",
    removed_or_kept: |booth| format!("{booth}: removed by one, changed by the other"),
    added_twice: |booth| format!("{booth}: added twice"),
    number_clash: |number| format!("The number {number}: for which box?"),
    channel_clash: |wire| format!("The sensor {wire}: for which box?"),
    to_which: |booth| format!("for {booth}"),
    plan_clash: "Both sides have replaced the plan",
    plan_mine: "your draft’s plan",
    plan_theirs: "the published plan",
    version_name: "Name of the version",
    version_name_hint: "May be empty: what has changed, in few words.",
    when: "When",
    now: "Now",
    now_what: "Open maps and screens follow at once.",
    later: "Later",
    later_what: |zone| format!("By the site’s clock ({zone}). Your draft waits until then."),
    later_asked: "Not while something has to be decided: publish now.",
    date: "Date",
    time: "Time",
    publish_it: "Publish",
    discard: "Throw my draft away",
    discard_what: "What is published stays as it is.",
    scheduled: "Planned publications",
    planned_for: |at, by| format!("{at}, by {by}"),
    without_name: "Without a name",
    take_back: "Take back",
    take_back_what: "What is taken back becomes your draft again.",
    schedule_problem: |problem| match problem {
        ScheduleProblem::Asks => {
            "Not published: others have changed the same thing. Take it back, then publish to decide."
        }
        ScheduleProblem::Refused => {
            "Not published: a number or a sensor was taken meanwhile. Take it back, then put it right."
        }
        ScheduleProblem::Right => "Not published: whoever planned it may not do so any more.",
    },
    version: "Version",
    author: "By",
    published_at: "Published",
    from_the_start: "from the start",
    deeds: "Actions",
    current: "published",
    restores: |version| format!("brings back {}", version.0),
    changes: "Changes",
    changes_of: |version| format!("Changes of version {}", version.0),
    compare: "Compare",
    compare_from: "From",
    compare_to: "To",
    compared: |from, to| format!("From version {} to version {}", from.0, to.0),
    restore: "Restore…",
    restoring: |version| format!("Restore version {}", version.0),
    restore_what: "It becomes a new version, published at once. Nothing is erased.",
    restore_it: "Restore and publish",
    own_draft: |at| format!("Your draft of {at}"),
    keep_draft: "Keep it",
    keep_draft_what: "It will be merged with the restored version when you publish it.",
    drop_draft: "Throw it away",
    drop_draft_what: "You will start from the restored version.",
    drafts_of_others: |names| {
        format!("Drafts of others ({names}) are kept; they will be asked where they contradict this.")
    },
    problem: say_problem,
    plan_error: |error| match error {
        PlanError::NotSignedIn => "Your session has ended. Sign in again.",
        PlanError::Forbidden => "Your account may not do that.",
        PlanError::BadRequest => "The request was not understood. Load the page again and try once more.",
        PlanError::BadName => "This name is too long, or has characters that are not written.",
        PlanError::BadTime => "Choose a date and a time that are still to come, within a year.",
        PlanError::UnknownFloor => "There is no such floor.",
        PlanError::BadFloor => "A floor has a number from −99 to 999.",
        PlanError::FloorTaken => "There is such a floor already; if it was taken away, bring it back.",
        PlanError::LastFloor => "This is the last floor: there has to be one.",
        PlanError::UnknownVersion => "There is no such version.",
        PlanError::UnknownPlan => "This plan is not here any more. Send it once more.",
        PlanError::UnknownSchedule => "This publication does not wait any more: it is done, or was taken back.",
        PlanError::DraftInTheWay => "You have a draft of this floor already. Publish it or throw it away first.",
        PlanError::Busy => "The server is reading another plan. Try again in a moment.",
        PlanError::Away => "The database does not answer. See whether it is done, then try again.",
    },
    plan_of_draft: "Your draft’s plan",
    plan_published: "The published plan",
    send_plan: "Another plan",
    file: "File",
    file_hint: "SVG up to 2 MB, PNG or JPEG up to 8 MB. Nothing is published before you say so.",
    look_at_it: "Send and look at it",
    plan_problem: say_plan_problem,
    what_was_kept: "What was kept of the file",
    left_out: |names| format!("Left out to be safe: {names}."),
    moved_onto: |count| format!("The {count} boxes of this floor keep their places relative to this plan."),
    proposed: |count| match count {
        0 => "No box was found on this plan.".to_owned(),
        count => format!("Boxes found on this plan: {count}"),
    },
    take_proposal: |booth| format!("Take box {booth}"),
    number: "Number",
    booth_name: "Name",
    is_on_this_floor: "Is here already: ticking it moves it to this place.",
    is_on_another_floor: "Another floor has this number.",
    take_into_draft: "Take into my draft",
    take_what: "Nothing is published yet: you will first see what changes.",
    told_published: |floor, version, is_merged| {
        let merged = if is_merged { " It has what others have published meanwhile, too." } else { "" };
        format!("Floor {floor}: version {} is published. Open maps show it already.{merged}", version.0)
    },
    told_restored: |restores, version| format!("Version {} is restored; it is now version {}.", restores.0, version.0),
    told_nothing: "It was like that already: nothing was published.",
    told_scheduled: |at| format!("It will be published {at}."),
    told_taken_back: "The publication is taken back; it is your draft again.",
    told_discarded: "Your draft was thrown away.",
    told_plan_taken: |count| match count {
        0 => "The plan is in your draft. Here is what would change.".to_owned(),
        1 => "The plan and 1 box are in your draft. Here is what would change.".to_owned(),
        count => format!("The plan and {count} boxes are in your draft. Here is what would change."),
    },
    told_created: |floor| format!("Floor {floor} is made. Give it a plan."),
    told_renamed: |floor| format!("Floor {floor}: saved."),
    told_retired: |floor| format!("Floor {floor} is taken away; it can come back."),
    told_brought_back: |floor| format!("Floor {floor} is back."),
    told_site: "It is saved; the server follows at once.",
};

fn say_problem(problem: &PublishProblem, show_time: &dyn Fn(UtcMs) -> String) -> String {
    match problem {
        PublishProblem::Meanwhile { version, name, by, at } => {
            let what = (WORDS.published_by)(*version, name, by, &at.map(show_time).unwrap_or_default());
            format!("Meanwhile something else was published: {what}. Here is what would change now; nothing is lost.")
        }
        PublishProblem::Unanswered => "Something still has to be decided.".to_owned(),
        PublishProblem::AnswersNow => WORDS.later_asked.to_owned(),
        PublishProblem::Refused => WORDS.put_right_first.to_owned(),
        PublishProblem::Behind => {
            "Your draft was saved meanwhile, probably in another window. Here it is as it is now.".to_owned()
        }
        PublishProblem::NoDraft => "This draft is not there any more: published, planned or thrown away.".to_owned(),
        PublishProblem::Nothing => WORDS.told_nothing.to_owned(),
        PublishProblem::DraftUndecided => "Say what is to become of your draft.".to_owned(),
        PublishProblem::Unknown => {
            "This draft was begun on something that this floor has never had. Throw it away and begin again.".to_owned()
        }
        PublishProblem::Plan(error) => (WORDS.plan_error)(*error).to_owned(),
    }
}

fn say_plan_problem(problem: &PlanProblem) -> String {
    match problem {
        PlanProblem::NoFile => "Choose a file.".to_owned(),
        PlanProblem::TooLarge => {
            "This file is too large: SVG up to 2 MB, PNG or JPEG up to 8 MB. Nothing has changed.".to_owned()
        }
        PlanProblem::File(fault) => format!("{} Nothing has changed.", say_fault(*fault)),
        PlanProblem::BadNumber(text) => format!("“{text}” is no number of a box (1 to 999999)."),
        PlanProblem::NumberTwice(number) => format!("The number {number} is ticked twice."),
        PlanProblem::NoLayout => "These are too many boxes for a floor, or one of them is too small.".to_owned(),
        PlanProblem::Behind => "Your draft was saved in another window meanwhile. Send this once more.".to_owned(),
        PlanProblem::Plan(error) => (WORDS.plan_error)(*error).to_owned(),
    }
}

fn say_fault(fault: PlanFault) -> String {
    let words = match fault {
        PlanFault::UnknownKind => "This file is neither SVG nor PNG nor JPEG.",
        PlanFault::Encoding => "This SVG is not in UTF-8. Save it in UTF-8.",
        PlanFault::DocumentType => "This SVG has a DOCTYPE or entities. Save it as “plain SVG”.",
        PlanFault::Malformed(line) => return format!("This SVG is not well-formed at line {line}."),
        PlanFault::TooComplex => "This drawing is too complicated. Make it simpler, or send it as PNG.",
        PlanFault::NoSize => "This SVG does not say its size: it needs a viewBox, or a width and a height.",
        PlanFault::Empty => "Nothing is drawn in this file.",
        PlanFault::TooManyPixels => "This image has too many pixels: 40 million at most, 12,000 on a side.",
        PlanFault::BrokenImage => "This image is broken.",
    };
    words.to_owned()
}
