use super::words::{AlertWords, name};
use domain::{AlertKind, AlertSubject};

pub(super) const WORDS: AlertWords = AlertWords {
    title: "Alerts",
    waiting: |count| format!("{count} that nobody has seen to"),
    open: |count| format!("Open ({count})"),
    none_open: "Nothing is wrong.",
    past: "Over",
    none_past: "Nothing matches.",
    past_away: "The database does not answer. What is over can be read when it is back.",
    older: "Older",
    what: "What",
    subject: "Board or box",
    kind,
    say,
    advice,
    times: |since, last, count| match count {
        1 => format!("Since {since} · last seen {last}"),
        count => format!("Since {since} · last seen {last} · {count} times"),
    },
    was: |from, until, count| match count {
        1 => format!("From {from} until {until}"),
        count => format!("From {from} until {until} · {count} times"),
    },
    look: "Have a look",
    acknowledge: "Seen to it",
    note: "Note (optional)",
    seen: "seen to",
    seen_by: |by, at| format!("{by} has seen to it, {at}. "),
    done: "Noted.",
    seen_before: "Somebody has seen to it already.",
    unknown: "This alert is not there.",
    note_too_long: "This note is too long: 500 characters at most.",
    away: "The database does not answer. The alert stays; try again in a moment.",
};

fn kind(kind: AlertKind) -> &'static str {
    match kind {
        AlertKind::BoardLate => "Board missing",
        AlertKind::BatteryLow => "Battery low",
        AlertKind::BootWentBack => "Board counts anew",
        AlertKind::Quarantine => "Two boards of one name",
        AlertKind::KeyRevoked => "Revoked key used",
        AlertKind::Downgrade => "Old protocol instead of a key",
        AlertKind::UnknownBoard => "Unknown board",
        AlertKind::OldProtocol => "Old protocol refused",
        AlertKind::DetectorFlapping => "Detector flapping",
        AlertKind::StuckOccupied => "Always occupied",
        AlertKind::StuckFree => "Never occupied",
        AlertKind::DiskRefuses => "Disk full or failing",
        AlertKind::SpoolBehind => "Database behind",
        AlertKind::RecordsLost => "Records lost",
        AlertKind::DatabaseAway => "Database away",
        AlertKind::ClockJump => "Clock was set",
        AlertKind::PublicationFailed => "Plan not published",
    }
}

fn say(kind: AlertKind, subject: &AlertSubject, detail: &str) -> String {
    let name = name(subject);
    match kind {
        AlertKind::BoardLate => format!("Board {name} is missing"),
        AlertKind::BatteryLow => format!("The battery of board {name} is low: {detail} mV"),
        AlertKind::BootWentBack => format!("Board {name} counts its starts anew"),
        AlertKind::Quarantine => format!("Two boards are called {name}"),
        AlertKind::KeyRevoked => format!("Board {name} uses a key that was revoked"),
        AlertKind::Downgrade => format!("Somebody without a key speaks for box {name}"),
        AlertKind::UnknownBoard => format!("A board without a known key tries to come in, from {detail}"),
        AlertKind::OldProtocol => format!("A board of 2016 is refused, from {detail}"),
        AlertKind::DetectorFlapping => format!("Box {name} has changed {detail} times in half an hour"),
        AlertKind::StuckOccupied => format!("Box {name} has been occupied for {detail} h"),
        AlertKind::StuckFree => format!("Box {name} has never been occupied in {detail} h"),
        AlertKind::DiskRefuses => format!("The disk takes nothing more; {detail} records wait"),
        AlertKind::SpoolBehind => format!("{detail} records wait for the database"),
        AlertKind::RecordsLost => format!("{detail} records were lost"),
        AlertKind::DatabaseAway => "The database does not answer".to_owned(),
        AlertKind::ClockJump => format!("The server’s clock was set by {detail} s"),
        AlertKind::PublicationFailed => format!("The plan of floor {name} was not published in time"),
    }
}

fn advice(kind: AlertKind) -> &'static str {
    match kind {
        AlertKind::BoardLate => "Look whether it has power and a network. Its boxes are grey until it is back.",
        AlertKind::BatteryLow => "Charge or change it within days.",
        AlertKind::BootWentBack => {
            "If it was replaced or wiped, confirm it (dispobox boards confirm). Else it is a copy."
        }
        AlertKind::Quarantine => "Find the second one and give it a name of its own. Both wait for five minutes.",
        AlertKind::KeyRevoked => "Give it its new key, or switch it off.",
        AlertKind::Downgrade => "Switch the old board off, or find who imitates it. What it says is not used.",
        AlertKind::UnknownBoard => "If it is yours, issue a key for it and put that into the board.",
        AlertKind::OldProtocol => "If it is yours, name its address in --v1-allow.",
        AlertKind::DetectorFlapping => "Something moves before the detector, or its filter is too quick for it.",
        AlertKind::StuckOccupied => {
            "Look whether somebody is in it. If not, the detector is stuck or sees something that moves."
        }
        AlertKind::StuckFree => {
            "Walk into it and look at its signal: the detector may be dead, covered, or wired elsewhere."
        }
        AlertKind::DiskRefuses => "Make room on the disk of the data folder. Boards keep what they have meanwhile.",
        AlertKind::SpoolBehind => "Look at the database: it is away, locked or slow. Nothing is lost.",
        AlertKind::RecordsLost => "History has a gap. It stands until the server is restarted.",
        AlertKind::DatabaseAway => "The map is live; history waits on the disk. Start the database.",
        AlertKind::ClockJump => "History leaves out the time in doubt. If it happens again, look at the time service.",
        AlertKind::PublicationFailed => "Open the plan and publish it by hand, or take the appointment back.",
    }
}
