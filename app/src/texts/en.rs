use super::{Texts, list_counts, rounded_length};
use crate::live::Link;
use domain::{BoothStatus, Weekday};

pub(super) const TEXTS: Texts = Texts {
    description: "Which box is free right now, live on the floor plan.",
    floor: |number| format!("Floor {number}"),
    floors: "Floors",
    free_count: |count| format!("{count} free"),
    count_unknown: "unknown",
    booth: |number| format!("Box {number}"),
    booths: "List of boxes",
    status: |status| match status {
        BoothStatus::Free => "Free",
        BoothStatus::Occupied => "Occupied",
        BoothStatus::Unknown => "Unknown",
        BoothStatus::Late => "Silent",
        BoothStatus::Asleep => "Asleep",
        BoothStatus::Off => "Closed",
    },
    status_reason: |status| match status {
        BoothStatus::Free | BoothStatus::Occupied => None,
        BoothStatus::Unknown => Some("No information from its sensor yet."),
        BoothStatus::Late => Some("Its sensor has stopped answering."),
        BoothStatus::Asleep => Some("Its sensor sleeps to save its battery."),
        BoothStatus::Off => Some("Outside the service hours."),
    },
    elapsed: |ms| rounded_length(ms, "days"),
    since: |time| format!("since {time}"),
    until: |time| format!("until {time}"),
    weekday: |weekday| match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    },
    for_days: |days| format!("for {days} more days"),
    link: |link| match link {
        Link::Connecting => "Connecting…".to_owned(),
        Link::Live => "Live".to_owned(),
        Link::Stale { silent_s } => format!("Reconnecting… {silent_s} s"),
        Link::Down { .. } => "Offline".to_owned(),
    },
    link_down_reason: "This page has lost the server.",
    link_down_banner: "No news from the server: the state of the boxes is not known. The page reconnects by itself.",
    zoom_in: "Zoom in",
    zoom_out: "Zoom out",
    fit: "Whole plan",
    actual_size: "Actual size (100%)",
    map_tools: "Plan view",
    close: "Close",
    language: "Language",
    became_free: |count, floor| format!("{} became free on floor {floor}", boxes(count)),
    became_occupied: |count, floor| {
        format!("{} {} now occupied on floor {floor}", boxes(count), if count == 1 { "is" } else { "are" })
    },
    became_unknown: |count, floor| format!("{} without information on floor {floor}", boxes(count)),
    booth_not_found: |number| format!("There is no box {number}."),
    as_of: |time| format!("As of {time}. Load the page again to refresh it."),
    page_not_found: "There is no such page.",
    floor_not_found: |number| format!("There is no floor {number}."),
    server_unreachable: "The server does not answer. Try again in a moment.",
    no_floor: "No floor has been set up yet.",
    to_the_map: "To the map",
    status_page: "Service status",
    publication: "From the sensor to the live stream",
    arrival: "From the server to this page",
    latency: |latency| {
        format!(
            "{:.0} ms for half, {:.0} ms for 95%, {:.0} ms for 99% ({} {})",
            latency.p50_ms,
            latency.p95_ms,
            latency.p99_ms,
            latency.count,
            if latency.count == 1 { "change" } else { "changes" },
        )
    },
    no_change_yet: "no change measured yet",
    board_connections: "Board connections",
    boards: "Boards",
    boards_by_state: |counts| {
        let counts = [
            (counts.online, "online"),
            (counts.late, "silent"),
            (counts.asleep, "asleep"),
            (counts.never, "never heard"),
            (counts.quarantined, "in quarantine"),
        ];
        list_counts(&counts, "none")
    },
    records_waiting: "Records waiting for the database",
    open_maps: "Open maps",
    running: "Running for",
    build: "Build",
    list: &super::list::EN,
    search: &super::search::EN,
    shortcuts: &super::shortcuts::EN,
    settings: &super::settings::EN,
    qr: &super::qr::EN,
    map: super::map::EN,
    go: super::go::EN,
    usual: super::usual::EN,
    notices: &super::notices::EN,
    seen_at: |time| format!("Last news at {time}, age"),
};

fn boxes(count: usize) -> String {
    format!("{count} {}", if count == 1 { "box" } else { "boxes" })
}
