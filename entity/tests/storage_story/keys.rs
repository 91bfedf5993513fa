//! The life of a board's key, and what else changes the registry.

use crate::words::{Outcome, after, board, by};
use domain::{BoardKey, BoothNumber, RegisteredBoard, V0Wire};
use entity::{IssuedKey, Storage, StorageError};
use sea_orm::ConnectionTrait;
use std::net::IpAddr;

pub(crate) async fn tell(storage: &Storage) -> Outcome {
    keys_live_and_die(storage).await?;
    keys_end_at_255(storage).await?;
    boards_and_versions_that_are_not_there(storage).await?;
    eras_rise(storage).await?;
    nameless_sensors_are_mapped(storage).await?;
    two_at_once_agree(storage).await
}

/// What it gives, and how far it has raised the registry's version.
async fn raised<T>(
    storage: &Storage,
    change: impl Future<Output = Result<T, StorageError>>,
) -> Result<(T, i64), StorageError> {
    let before = storage.read_registry_version().await?;
    let answer = change.await?;
    Ok((answer, storage.read_registry_version().await? - before))
}

async fn find(storage: &Storage, name: &str) -> Result<RegisteredBoard, StorageError> {
    let boards = storage.read_registry().await?.boards;
    Ok(boards.into_iter().find(|known| known.id.as_str() == name).expect("the board"))
}

async fn keys_live_and_die(storage: &Storage) -> Outcome {
    let desk = board("desk");
    assert_eq!(raised(storage, storage.issue_key(&by(), &desk, after(1))).await?, (1, 1), "the board is made");
    assert_eq!(
        raised(storage, storage.issue_key(&by(), &desk, after(2))).await?,
        (1, 0),
        "the same again changes nothing"
    );
    assert_eq!(raised(storage, storage.rotate_key(&by(), &desk, after(3))).await?, (2, 1));
    assert_eq!(raised(storage, storage.issue_key(&by(), &desk, after(4))).await?, (2, 0));
    assert_eq!(raised(storage, storage.revoke_key(&by(), &desk, Some(2), after(5))).await?, (vec![2], 1));
    assert_eq!(raised(storage, storage.revoke_key(&by(), &desk, Some(2), after(6))).await?, (vec![], 0));
    assert_eq!(storage.issue_key(&by(), &desk, after(7)).await?, 1, "still good");
    assert_eq!(storage.rotate_key(&by(), &desk, after(8)).await?, 3);
    assert_eq!(storage.revoke_key(&by(), &desk, None, after(9)).await?, [1, 3]);
    assert_eq!(raised(storage, storage.issue_key(&by(), &desk, after(10))).await?, (4, 1));
    let key = |version, revoked| BoardKey { version, revoked };
    let registered = find(storage, "desk").await?;
    assert_eq!(registered.keys, [key(1, true), key(2, true), key(3, true), key(4, false)]);
    assert_eq!((registered.era, registered.last), (0, None));
    let issued = |version, issued_ms, revoked_ms: Option<i64>| IssuedKey {
        board: desk.clone(),
        version,
        issued_at: after(issued_ms),
        revoked_at: revoked_ms.map(after),
    };
    let all = [issued(1, 1, Some(9)), issued(2, 3, Some(5)), issued(3, 8, Some(9)), issued(4, 10, None)];
    assert_eq!(storage.list_keys().await?, all);
    Ok(())
}

async fn keys_end_at_255(storage: &Storage) -> Outcome {
    let old = board("a-board-with-a-long-name");
    storage.issue_key(&by(), &old, after(0)).await?;
    let to_the_last = "UPDATE board_key SET version = 255 WHERE board_id = (SELECT id FROM board WHERE name = 'a-board-with-a-long-name')";
    storage.connection().execute_unprepared(to_the_last).await?;
    let version = storage.read_registry_version().await?;
    let exhausted = StorageError::KeysExhausted { board: old.clone() };
    assert_eq!(storage.rotate_key(&by(), &old, after(1)).await, Err(exhausted.clone()));
    assert_eq!(storage.issue_key(&by(), &old, after(1)).await?, 255);
    assert_eq!(storage.read_registry_version().await?, version);
    storage.revoke_key(&by(), &old, None, after(2)).await?;
    assert_eq!(storage.issue_key(&by(), &old, after(3)).await, Err(exhausted));
    Ok(())
}

async fn boards_and_versions_that_are_not_there(storage: &Storage) -> Outcome {
    let version = storage.read_registry_version().await?;
    for name in ["nobody", "board-1"] {
        let unknown = || StorageError::UnknownBoard { board: board(name) };
        assert_eq!(storage.rotate_key(&by(), &board(name), after(0)).await, Err(unknown()), "{name}");
        assert_eq!(storage.revoke_key(&by(), &board(name), None, after(0)).await, Err(unknown()), "{name}");
    }
    let unknown = StorageError::UnknownKey { board: board("desk"), version: 9 };
    assert_eq!(storage.revoke_key(&by(), &board("desk"), Some(9), after(0)).await, Err(unknown));
    let unknown = || StorageError::UnknownBoard { board: board("nobody") };
    assert_eq!(storage.confirm_restart(&by(), &board("nobody"), after(0)).await, Err(unknown()));
    assert_eq!(storage.list_events(&board("nobody"), None, 1).await, Err(unknown()));
    assert_eq!(storage.list_sessions(&board("nobody"), 1).await, Err(unknown()));
    let booth = BoothNumber(999);
    let mapped = storage.map_v0("192.0.2.7".parse()?, 1, booth).await;
    assert_eq!(mapped, Err(StorageError::UnknownBooth { booth }));
    assert_eq!(storage.read_registry_version().await?, version, "what fails changes nothing");
    Ok(())
}

async fn eras_rise(storage: &Storage) -> Outcome {
    assert_eq!(raised(storage, storage.confirm_restart(&by(), &board("desk"), after(0))).await?, (1, 1));
    assert_eq!(raised(storage, storage.confirm_restart(&by(), &board("desk"), after(0))).await?, (2, 1));
    assert_eq!(find(storage, "desk").await?.era, 2);
    assert_eq!(find(storage, "board-1").await?.era, 0);
    Ok(())
}

async fn nameless_sensors_are_mapped(storage: &Storage) -> Outcome {
    let address = |text: &str| text.parse::<IpAddr>().expect("an address");
    let wire = |text, number, booth| V0Wire { address: address(text), number, booth: BoothNumber(booth) };
    for (text, number, booth) in
        [("192.0.2.7", 2, 41), ("192.0.2.7", 1, 42), ("2001:db8::1", 1, 42), ("192.0.2.7", 2, 43)]
    {
        let mapped = raised(storage, storage.map_v0(address(text), number, BoothNumber(booth))).await?;
        assert_eq!(mapped, ((), 1), "{text} {number}");
    }
    let wires = [wire("192.0.2.7", 1, 42), wire("192.0.2.7", 2, 43), wire("2001:db8::1", 1, 42)];
    assert_eq!(storage.read_registry().await?.v0_wires, wires);
    let mapped_address = address("::ffff:192.0.2.7");
    assert_eq!(raised(storage, storage.unmap_v0(mapped_address, 2)).await?, (true, 1));
    assert_eq!(raised(storage, storage.unmap_v0(mapped_address, 2)).await?, (false, 0));
    assert_eq!(storage.read_registry().await?.v0_wires, [wires[0], wires[2]]);
    Ok(())
}

async fn two_at_once_agree(storage: &Storage) -> Outcome {
    let twin = board("twin");
    let by = by();
    let (one, other) = tokio::join!(storage.issue_key(&by, &twin, after(0)), storage.issue_key(&by, &twin, after(0)));
    assert_eq!((one?, other?), (1, 1));
    let (one, other) = tokio::join!(storage.rotate_key(&by, &twin, after(1)), storage.rotate_key(&by, &twin, after(1)));
    assert_eq!(one?.min(2) + other?.min(2), 4);
    assert_eq!(find(storage, "twin").await?.keys.len(), 3);
    Ok(())
}
