//! Screens are let in, arranged, heard, and taken away.

use crate::words::{Outcome, after};
use domain::{Dwell, FloorNumber, Holds, ManageScreens, ReadAudit, ScreenFacts, ScreenId, ScreenReport, ScreenVariant};
use entity::{AuditFilter, Storage, StorageError};

fn facts(name: &str, floors: &[i32]) -> ScreenFacts {
    ScreenFacts {
        name: name.parse().expect("a name"),
        floors: floors.iter().copied().map(FloorNumber).collect(),
        dwell: Dwell::try_from(30).expect("a dwell"),
        variant: ScreenVariant::Mono,
    }
}

fn operator() -> Holds<ManageScreens> {
    Holds::at_command_line()
}

pub(crate) async fn tell(storage: &Storage) -> Outcome {
    assert!(storage.list_screens().await?.is_empty());
    let (hash, other_hash) = ("a".repeat(64), "b".repeat(64));
    let wall = storage.create_screen(&operator(), &facts("Mur é", &[6, -1]), &hash, after(10)).await?;
    let hall = storage.create_screen(&operator(), &facts("Hall", &[]), &other_hash, after(11)).await?;
    let same = storage.create_screen(&operator(), &facts("Twin", &[]), &hash, after(12)).await;
    assert!(matches!(same, Err(StorageError::Database { .. })), "a secret is one screen's: {same:?}");
    let listed = storage.list_screens().await?;
    assert_eq!(listed.iter().map(|screen| screen.id).collect::<Vec<_>>(), [hall, wall], "by name");
    assert_eq!((&listed[1].facts, &listed[1].token_hash), (&facts("Mur é", &[6, -1]), &hash));
    assert_eq!((listed[1].created_at, listed[1].heard.as_ref()), (after(10), None));

    storage.change_screen(&operator(), wall, &facts("Mur", &[4]), after(20)).await?;
    storage.change_screen(&operator(), wall, &facts("Mur", &[4]), after(21)).await?;
    storage.renew_screen(&operator(), wall, &"c".repeat(64), after(22)).await?;
    let report = ScreenReport {
        build: "b1".to_owned(),
        width: 3840,
        height: 2160,
        uptime_s: 3_000_000,
        floor: Some(FloorNumber(4)),
        is_live: false,
        booths: Vec::new(),
    };
    storage.note_screens(&[(wall, after(30), report.clone()), (ScreenId(999), after(30), report.clone())]).await?;
    let listed = storage.list_screens().await?;
    assert_eq!((&listed[1].facts, listed[1].token_hash.as_str()), (&facts("Mur", &[4]), "c".repeat(64).as_str()));
    assert_eq!(listed[1].heard, Some((after(30), report)));

    storage.revoke_screen(&operator(), wall, after(40)).await?;
    let gone = Err(StorageError::UnknownScreen { id: wall });
    assert_eq!(storage.revoke_screen(&operator(), wall, after(41)).await, gone);
    assert_eq!(storage.change_screen(&operator(), wall, &facts("Mur", &[]), after(41)).await, gone);
    assert_eq!(storage.renew_screen(&operator(), wall, &"d".repeat(64), after(41)).await, gone);
    assert_eq!(storage.list_screens().await?.len(), 1);
    storage.revoke_screen(&operator(), hall, after(42)).await?;
    the_log_has_it(storage, wall).await
}

async fn the_log_has_it(storage: &Storage, wall: ScreenId) -> Outcome {
    let filter = AuditFilter { subject: Some(format!("screen:{}", wall.0)), ..AuditFilter::default() };
    let reader: Holds<ReadAudit> = Holds::at_command_line();
    let entries = storage.list_audit(&reader, &filter, 10).await?;
    let actions: Vec<_> = entries.iter().rev().map(|entry| entry.action.as_str()).collect();
    assert_eq!(actions, ["screen.created", "screen.changed", "screen.renewed", "screen.revoked"], "nothing twice");
    let told = format!("{entries:?}");
    assert!(!told.contains(&"a".repeat(64)) && !told.contains(&"c".repeat(64)), "no secret's hash is in the log");
    Ok(())
}
