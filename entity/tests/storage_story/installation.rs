//! A new installation, and one that somebody has spoilt.

use crate::words::{Outcome, board};
use domain::{BoothNumber, FloorNumber, Registry, ServiceHours};
use entity::{Storage, StorageError};
use migration::{Migrator, MigratorTrait};
use sea_orm::ConnectionTrait;

pub(crate) async fn tell(storage: &Storage) -> Outcome {
    migrate_twice(storage).await?;
    storage.check_health().await?;
    default_data_is_complete(storage).await?;
    holidays_are_only_those_of_france(storage).await?;
    text_survives(storage).await
}

async fn migrate_twice(storage: &Storage) -> Outcome {
    Migrator::up(storage.connection(), None).await?;
    assert!(Migrator::get_pending_migrations(storage.connection()).await?.is_empty());
    let first = storage.read_building().await?;
    Migrator::up(storage.connection(), None).await?;
    assert_eq!(storage.read_building().await?, first);
    Ok(())
}

pub(crate) async fn default_data_is_complete(storage: &Storage) -> Outcome {
    let site = storage.read_site().await?;
    assert_eq!((site.name.as_str(), site.time_zone.as_str()), ("DispoBox", "Europe/Paris"));
    assert_eq!(site.hours, ServiceHours::new(0b1_1111, 9 * 60, 21 * 60)?);
    assert_eq!(
        (site.holidays.len(), site.holidays[0].as_str(), site.holidays[54].as_str()),
        (55, "2026-01-01", "2030-12-25")
    );
    assert!(site.holidays.is_sorted());
    let building = storage.read_building().await?;
    let numbers = |booths: &[u32]| booths.iter().copied().map(BoothNumber).collect::<Vec<_>>();
    let floors: Vec<_> = building.floors.iter().map(|floor| (floor.number.0, floor.version)).collect();
    assert_eq!(floors, [(4, 1), (6, 1)]);
    let booths: Vec<_> = building.booths.iter().map(|booth| booth.number).collect();
    assert_eq!(booths, numbers(&[41, 42, 43, 44, 45, 46, 47, 61, 62, 63, 64, 65, 66, 67, 68]));
    let wiring = [
        ("board-1", [41, 42, 43, 44].as_slice()),
        ("board-2", &[45, 46, 47]),
        ("board-3", &[61, 62, 63, 64]),
        ("board-4", &[65, 66, 67, 68]),
    ];
    let boards: Vec<_> = building.boards.iter().map(|board| board.id.as_str()).collect();
    assert_eq!(boards, wiring.map(|(board, _)| board));
    for (name, booths) in wiring {
        assert_eq!(building.booths_of_board(&board(name)).collect::<Vec<_>>(), numbers(booths));
    }
    for floor in building.floors {
        let plan = storage.find_plan(floor.number).await?.expect("a plan");
        assert_eq!((plan.view_box.width, plan.view_box.height), (1500.0, 840.0));
        assert!(plan.drawing.starts_with("<g") && plan.drawing.ends_with("</g>") && plan.drawing.contains("Cafétéria"));
    }
    assert_eq!(storage.find_plan(FloorNumber(5)).await?, None);
    let Registry { boards, v0_wires } = storage.read_registry().await?;
    assert_eq!(boards.iter().map(|board| board.id.as_str()).collect::<Vec<_>>(), wiring.map(|(board, _)| board));
    assert!(boards.iter().all(|board| board.era == 0 && board.keys.is_empty() && board.last.is_none()));
    assert!(v0_wires.is_empty());
    Ok(())
}

async fn holidays_are_only_those_of_france(storage: &Storage) -> Outcome {
    let holidays = Migrator::migrations().len() - 8;
    let holidays = Some(u32::try_from(holidays)?);
    Migrator::down(storage.connection(), holidays).await?;
    storage.connection().execute_unprepared("UPDATE site SET time_zone = 'Europe/Berlin'").await?;
    Migrator::up(storage.connection(), None).await?;
    assert_eq!(storage.read_site().await?.holidays, Vec::<String>::new());
    Migrator::down(storage.connection(), holidays).await?;
    storage.connection().execute_unprepared("UPDATE site SET time_zone = 'Europe/Paris'").await?;
    Migrator::up(storage.connection(), None).await?;
    assert_eq!(storage.read_site().await?.holidays.len(), 55);
    Ok(())
}

async fn text_survives(storage: &Storage) -> Outcome {
    let name = "Zoë Müller, déjà là 🧑‍🚀";
    storage.connection().execute_unprepared(&format!("UPDATE booth SET name = '{name}' WHERE number = 46")).await?;
    let building = storage.read_building().await?;
    assert_eq!(building.booths.iter().find(|booth| booth.number.0 == 46).expect("booth 46").name, name);
    Ok(())
}

pub(crate) async fn nonsense_is_named(storage: &Storage) -> Outcome {
    storage.connection().execute_unprepared("UPDATE booth SET presence_window = 0 WHERE number = 47").await?;
    let error = storage.read_building().await.expect_err("names the booth");
    assert!(matches!(&error, StorageError::Corrupt { table: "booth", key, .. } if key == "47"), "{error:?}");
    let constraint = storage.connection().execute_unprepared("DELETE FROM floor").await;
    assert!(constraint.is_err(), "a floor with booths cannot be deleted");
    storage.connection().execute_unprepared("DELETE FROM registry_version").await?;
    let error = storage
        .issue_key(&crate::words::by(), &board("board-1"), crate::words::after(0))
        .await
        .expect_err("cannot raise it");
    assert!(matches!(&error, StorageError::Corrupt { table: "registry_version", .. }), "{error:?}");
    Ok(())
}
