//! Incidents: kept, kept again, seen to once; wires and presence rules that operators change.

use crate::words::{Outcome, after, board};
use domain::{AlertKey, AlertKind, AlertSubject, BoothNumber, Channel, Holds, Incident, PresenceRule, ReadAudit};
use drafting::WiredChannel;
use entity::{AlertFilter, AuditFilter, Storage, StorageError, Wiring};

fn incident(kind: AlertKind, name: &str, opened_ms: i64) -> Incident {
    Incident {
        key: AlertKey { kind, subject: AlertSubject::Board(board(name)) },
        detail: "3480".to_owned(),
        opened_at: after(opened_ms),
        last_seen_at: after(opened_ms),
        count: 1,
        closed_at: None,
        acknowledged: None,
    }
}

pub(crate) async fn tell(storage: &Storage) -> Outcome {
    incidents(storage).await?;
    wires(storage).await?;
    rules(storage).await
}

async fn incidents(storage: &Storage) -> Outcome {
    let late = incident(AlertKind::BoardLate, "board-1", 1_000);
    let low = incident(AlertKind::BatteryLow, "board-2", 2_000);
    storage.keep_alerts(&[late.clone(), low.clone()]).await?;
    let mut open = storage.list_open_alerts().await?;
    open.sort_by_key(|incident| incident.opened_at);
    assert_eq!(open, [late.clone(), low.clone()]);

    let by = Holds::at_command_line();
    let done = storage.acknowledge_alert(&by, &late, "Pile changée", after(3_000)).await?;
    assert_eq!(storage.acknowledge_alert(&by, &late, "me too", after(3_500)).await, Err(StorageError::AlertSeen));
    // To keep it again leaves that alone, and changes one row.
    let over = Incident { count: 4, last_seen_at: after(3_900), closed_at: Some(after(4_000)), ..late.clone() };
    storage.keep_alerts(&[over.clone(), over.clone()]).await?;
    assert_eq!(storage.list_open_alerts().await?, std::slice::from_ref(&low));
    let expect = Incident { acknowledged: Some(done), ..over.clone() };
    let reads = Holds::at_command_line();
    let past = async |filter: AlertFilter| storage.list_past_alerts(&reads, &filter, 10).await;
    assert_eq!(past(AlertFilter::default()).await?, std::slice::from_ref(&expect));
    let of = |kind, subject: &str| AlertFilter { kind, subject: Some(subject.to_owned()), before: None };
    assert_eq!(past(of(Some(AlertKind::BoardLate), "board-1")).await?.len(), 1);
    assert!(past(of(Some(AlertKind::BatteryLow), "")).await?.is_empty());
    assert!(past(of(None, "board-2%")).await?.is_empty());
    assert!(past(AlertFilter { before: Some(after(1_000)), ..AlertFilter::default() }).await?.is_empty());
    assert_eq!(storage.find_alert(&late.key, late.opened_at).await?, Some(expect));
    assert_eq!(storage.find_alert(&late.key, after(1)).await?, None);
    // The same again is another incident; one that was never kept is, when somebody sees to it.
    let again = incident(AlertKind::BoardLate, "board-1", 9_000);
    storage.acknowledge_alert(&by, &again, "", after(9_500)).await?;
    assert_eq!(storage.list_open_alerts().await?.len(), 2);
    let log: Holds<ReadAudit> = Holds::at_command_line();
    let filter = AuditFilter { action: Some("alert.".to_owned()), ..AuditFilter::default() };
    assert_eq!(storage.list_audit(&log, &filter, 10).await?.len(), 2);
    Ok(())
}

async fn wires(storage: &Storage) -> Outcome {
    let by = Holds::at_command_line();
    let wired = WiredChannel { board: board("board-3"), channel: Channel(1) };
    let watched = async || -> Result<Vec<u32>, StorageError> {
        let building = storage.read_building().await?;
        let of_channel =
            building.wires.iter().filter(|wire| (&wire.board, wire.channel) == (&wired.board, wired.channel));
        Ok(of_channel.map(|wire| wire.booth.0).collect())
    };
    let before = watched().await?;
    assert_eq!(before.len(), 1);
    let home = BoothNumber(before[0]);
    assert_eq!(storage.wire_channel(&by, &wired, Some(home), after(200_000)).await?, Wiring::Nothing);
    let Wiring::Published(floors) = storage.wire_channel(&by, &wired, None, after(201_000)).await? else {
        panic!("not published")
    };
    assert_eq!(floors.len(), 1);
    assert!(watched().await?.is_empty());
    let unknown = storage.wire_channel(&by, &wired, Some(BoothNumber(999)), after(202_000)).await;
    assert_eq!(unknown, Err(StorageError::UnknownBooth { booth: BoothNumber(999) }));
    assert!(matches!(storage.wire_channel(&by, &wired, Some(home), after(203_000)).await?, Wiring::Published(_)));
    assert_eq!(watched().await?, before);
    Ok(())
}

async fn rules(storage: &Storage) -> Outcome {
    let by = Holds::at_command_line();
    let booth = storage.read_building().await?.booths.first().expect("a booth").clone();
    let version = storage.read_registry_version().await?;
    storage.set_presence_rule(&by, booth.number, booth.presence_rule, after(210_000)).await?;
    assert_eq!(storage.read_registry_version().await?, version, "nothing was changed");
    let rule = PresenceRule::new(90, 7, 3).expect("a rule");
    storage.set_presence_rule(&by, booth.number, rule, after(211_000)).await?;
    assert_eq!(storage.read_building().await?.booths[0].presence_rule, rule);
    assert!(storage.read_registry_version().await? > version);
    let unknown = storage.set_presence_rule(&by, BoothNumber(999), rule, after(212_000)).await;
    assert_eq!(unknown, Err(StorageError::UnknownBooth { booth: BoothNumber(999) }));
    storage.set_presence_rule(&by, booth.number, booth.presence_rule, after(213_000)).await?;
    Ok(())
}
