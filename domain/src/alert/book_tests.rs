use super::*;
use crate::AlertSubject;
use proptest::prelude::*;

const SETTLE_MS: u64 = 60_000;

fn key(kind: AlertKind) -> AlertKey {
    AlertKey { kind, subject: AlertSubject::System }
}

fn at(second: u64) -> Moment {
    let ms = second * 1_000;
    Moment { at: UtcMs(1_795_000_000_000).plus(ms), mono: MonoMs(ms) }
}

fn seeing(kind: AlertKind, seen: bool) -> AlertLook {
    AlertLook { seen: seen.then(|| (key(kind), "3480".to_owned())).into_iter().collect(), ..AlertLook::default() }
}

/// Looks as (second, what is seen: `+` yes, `-` no, `?` unknown), and what is told: `open`, `back`, `over`, each with the count.
fn check(kind: AlertKind, looks: &[(u64, char)], expect: &str) {
    let mut book = AlertBook::new(SETTLE_MS);
    let mut told = Vec::new();
    for &(second, sign) in looks {
        let mut look = seeing(kind, sign == '+');
        if sign == '?' {
            look.unsure_kinds.insert(kind);
        }
        for incident in book.look(&look, at(second)) {
            let word = match (incident.closed_at, incident.count) {
                (Some(_), _) => "over",
                (None, 1) if incident.last_seen_at == incident.opened_at => "open",
                (None, _) => "back",
            };
            told.push(format!("{second}:{word}{}", incident.count));
        }
    }
    assert_eq!(told.join(" "), expect, "{looks:?}");
}

#[test]
fn an_incident_begins_and_ends() {
    check(
        AlertKind::BatteryLow,
        &[(0, '+'), (10, '+'), (20, '-'), (79, '-'), (80, '-'), (90, '-')],
        "0:open1 80:over1",
    );
    check(
        AlertKind::BatteryLow,
        &[(0, '+'), (20, '-'), (79, '+'), (99, '-'), (159, '-')],
        "0:open1 79:back2 159:over2",
    );
    check(AlertKind::BatteryLow, &[(0, '+'), (300, '+'), (310, '+')], "0:open1 300:back1");
}

#[test]
fn what_goes_and_comes_by_itself_has_to_last() {
    check(AlertKind::BoardLate, &[(0, '+'), (59, '+'), (60, '+')], "60:open1");
    check(AlertKind::BoardLate, &[(0, '+'), (30, '-'), (40, '+'), (99, '+'), (100, '+')], "100:open1");
    check(AlertKind::BoardLate, &[(0, '+'), (30, '?'), (60, '+')], "60:open1");
}

#[test]
fn nothing_is_over_while_nobody_knows() {
    check(AlertKind::BatteryLow, &[(0, '+'), (10, '?'), (500, '?'), (510, '-'), (570, '-')], "0:open1 570:over1");
}

#[test]
fn it_is_over_when_it_was_last_wrong() {
    let mut book = AlertBook::new(SETTLE_MS);
    let kind = AlertKind::BatteryLow;
    for (second, seen) in [(0, true), (10, true), (12, false), (50, false)] {
        book.look(&seeing(kind, seen), at(second));
    }
    let over = book.look(&seeing(kind, false), at(72));
    assert_eq!((over[0].closed_at, over[0].last_seen_at), (Some(at(12).at), at(10).at));
    assert!(!book.is_open(&key(kind)));
}

#[test]
fn a_restart_goes_on_with_what_was_open() {
    let mut first = AlertBook::new(SETTLE_MS);
    let kind = AlertKind::BatteryLow;
    let opened = first.look(&seeing(kind, true), at(0)).remove(0);
    let mut second = AlertBook::new(SETTLE_MS);
    second.look(&seeing(kind, true), at(100));
    second.restore(vec![opened.clone()], at(101));
    let open: Vec<_> = second.open().cloned().collect();
    assert_eq!((open.len(), open[0].opened_at, open[0].count), (1, opened.opened_at, 2));
    let done = Acknowledged { by: "ann".to_owned(), at: at(110).at, note: String::new() };
    assert!(!second.acknowledge(&key(kind), at(100).at, done.clone()), "that one never was");
    assert!(second.acknowledge(&key(kind), opened.opened_at, done));
    assert!(!second.open().any(Incident::waits));
}

#[test]
fn details_are_short() {
    assert_eq!(shorten(&"é".repeat(200)).chars().count(), Incident::DETAIL_MAX);
    assert_eq!(shorten("3480"), "3480");
}

proptest! {
    /// Whatever comes and goes: an incident has one entry, entries do not overlap, and one that is over was not seen for as long
    /// as it has to be.
    #[test]
    fn one_entry_an_incident(steps in prop::collection::vec((1_u64..90, 0_u8..3), 1..200), late: bool) {
        let kind = if late { AlertKind::BoardLate } else { AlertKind::BatteryLow };
        let mut book = AlertBook::new(SETTLE_MS);
        let (mut second, mut seen_at, mut open): (u64, Option<u64>, Option<Incident>) = (0, None, None);
        let mut closed_until = UtcMs(0);
        for (wait, sign) in steps {
            second += wait;
            let mut look = seeing(kind, sign == 0);
            if sign == 2 {
                look.unsure_kinds.insert(kind);
            }
            let told = book.look(&look, at(second));
            prop_assert!(told.len() <= 1);
            if sign == 0 {
                seen_at = Some(second);
            }
            for incident in told {
                if let Some(known) = &open {
                    prop_assert_eq!(known.opened_at, incident.opened_at);
                    prop_assert!(incident.count >= known.count);
                } else {
                    prop_assert!(incident.opened_at >= closed_until);
                }
                if let Some(closed_at) = incident.closed_at {
                    prop_assert!(sign == 1 && second - seen_at.unwrap_or(0) >= SETTLE_MS / 1_000);
                    closed_until = closed_at;
                    open = None;
                } else {
                    open = Some(incident);
                }
            }
            prop_assert_eq!(book.open().count(), usize::from(open.is_some()));
            prop_assert!(!(sign == 0 && !late && open.is_none()));
        }
    }
}
