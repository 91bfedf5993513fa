//! Checking the whole log of changes.

use domain::{AuditCheck, AuditFault, AuditHead, Holds, ReadAudit};
use entity::{Storage, StorageError};
use sha2::{Digest, Sha256};

/// Entries that are read at one time.
const BATCH: u64 = 500;

/// Follows the chain from its first entry to where the log ended when this was asked; what comes meanwhile is left for the
/// next time.
pub(crate) async fn check_chain(
    storage: &Storage,
    by: &Holds<ReadAudit>,
) -> Result<Result<AuditHead, AuditFault>, StorageError> {
    let noted = storage.read_audit_head(by).await?;
    let mut check = AuditCheck::default();
    while check.head().seq < noted.seq {
        let entries = storage.list_audit_after(by, check.head().seq, BATCH).await?;
        if entries.is_empty() {
            break;
        }
        for entry in &entries {
            if check.head().seq == noted.seq {
                break;
            }
            if let Err(fault) = check.push(entry, |bytes| Sha256::digest(bytes).into()) {
                return Ok(Err(fault));
            }
        }
    }
    Ok(check.finish(noted))
}
