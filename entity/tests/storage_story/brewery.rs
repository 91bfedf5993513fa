//! The brewery's plants are kept, replaced and forgotten.

use crate::words::{Outcome, after};
use entity::{KeptPlant, Storage};

fn plant(name: &str, model: String) -> KeptPlant {
    KeptPlant { name: name.to_owned(), data: "15.0\n".repeat(26), model, saved_at: after(0) }
}

pub(crate) async fn tell(storage: &Storage) -> Outcome {
    assert_eq!(storage.list_brewery_plants().await?, []);
    // Longer than MySQL's `text`.
    let (main, second) = (plant("main", "é".repeat(100_000)), plant("second", "{}".to_owned()));
    for kept in [&second, &main, &main] {
        storage.save_brewery_plant(kept.clone()).await?;
    }
    assert_eq!(storage.list_brewery_plants().await?, [main, second.clone()]);
    let changed = KeptPlant { saved_at: after(1), ..plant("main", "changed".to_owned()) };
    storage.save_brewery_plant(changed.clone()).await?;
    assert_eq!(storage.list_brewery_plants().await?, [changed, second]);
    storage.remove_brewery_plant("second").await?;
    storage.remove_brewery_plant("second").await?;
    assert_eq!(storage.list_brewery_plants().await?.len(), 1);
    Ok(())
}
