//! The link by which the first administrator comes in: there is no default password.

use super::token::{LINK_MS, Token};
use crate::clock::{show_time, utc_now};
use entity::Storage;
use std::io::Write;

/// Prints a link where nobody can give rights yet. To standard output: it is no log line, which collectors would keep.
pub(crate) async fn offer_first_link(storage: &Storage, site: &str) {
    let offered = async {
        if storage.has_administrator().await? {
            return Ok(());
        }
        let (token, now) = (Token::generate()?, utc_now());
        let ends_at = now.plus(LINK_MS);
        storage.issue_first_link(&token.hash(), ends_at, now).await?;
        let until = show_time(ends_at);
        let text = format!("There is no administrator yet. To become the first one, open before {until}:");
        // Not `println!`: nobody may be there to read it, which is no reason to end.
        writeln!(std::io::stdout(), "{text}\n{site}/setup/{}", token.as_str())?;
        anyhow::Ok(())
    };
    if let Err(error) = offered.await {
        tracing::warn!("no link for a first administrator could be made: {error:#}");
    }
}
