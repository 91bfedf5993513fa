//! Who may hold a connection. Room is made for boards at the cost of peers that have proven nothing.
//!
//! A connection is *unproven* until its board has shown its key (v2), or has answered a question (v1 and v0). Unproven ones
//! are few, and when there are too many the oldest is ended for the newest: of the same address, else of the address
//! that holds most. So a flood displaces itself. One that names a board of ours in its first line leaves that contest:
//! it then competes only with others that name the same board.

use crate::{Refusal, SessionEnd};
use domain::BoardId;
use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio_util::sync::CancellationToken;

/// How many connections there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    /// In total.
    pub(crate) total_max: usize,
    /// Unproven ones, or proven only by an answer of v1, of one address.
    pub(crate) per_address_max: usize,
}

/// Unproven connections that may name the same board: whoever knows its name must not be able to crowd it out.
pub(crate) const CLAIMS_MAX: usize = 16;

impl Limits {
    /// Unproven connections in total: a quarter, so that known boards always find room.
    fn unproven_max(self) -> usize {
        (self.total_max / 4).max(1)
    }
}

/// Counts the connections.
#[derive(Debug)]
pub(crate) struct Admission {
    limits: Limits,
    inner: Mutex<Inner>,
    /// The parent of all evictions, so that a connection waits for one thing only.
    closing: CancellationToken,
}

#[derive(Debug, Default)]
struct Inner {
    next: u64,
    /// Connections by their order of arrival.
    open: BTreeMap<u64, Holder>,
    unproven: HashMap<IpAddr, Vec<u64>>,
    claims: HashMap<BoardId, Vec<u64>>,
    /// Boards of v1, which prove nothing but that they answer.
    answering: HashMap<IpAddr, usize>,
}

#[derive(Debug)]
struct Holder {
    address: IpAddr,
    standing: Standing,
    evicted: CancellationToken,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Standing {
    Unproven,
    Claims(BoardId),
    Answering,
    Proven,
    /// Told to end; does not count any more.
    Evicted,
}

/// The right to hold one connection, given back when dropped, also by a panic.
#[derive(Debug)]
pub(crate) struct Permit {
    admission: Arc<Admission>,
    order: u64,
    evicted: CancellationToken,
}

impl Admission {
    pub(crate) fn new(limits: Limits) -> Arc<Self> {
        Arc::new(Self { limits, inner: Mutex::default(), closing: CancellationToken::new() })
    }

    /// Lets a connection in; the second value is whether another had to go for it.
    pub(crate) fn admit(self: &Arc<Self>, address: IpAddr) -> Result<(Permit, bool), Refusal> {
        let address = address.to_canonical();
        let mut inner = self.lock();
        let evicted = inner.make_room(address, self.limits)?;
        let order = inner.next;
        inner.next += 1;
        let token = self.closing.child_token();
        inner.open.insert(order, Holder { address, standing: Standing::Unproven, evicted: token.clone() });
        inner.unproven.entry(address).or_default().push(order);
        Ok((Permit { admission: Arc::clone(self), order, evicted: token }, evicted))
    }

    /// Ends all connections.
    pub(crate) fn close(&self) {
        self.closing.cancel();
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Permit {
    /// Waits until the connection has to end: to make room, or because all do.
    pub(crate) async fn ended(&self) -> SessionEnd {
        self.evicted.cancelled().await;
        if self.admission.closing.is_cancelled() { SessionEnd::Shutdown } else { SessionEnd::Evicted }
    }

    /// What it was let in by.
    #[cfg(test)]
    pub(crate) fn admission(&self) -> Arc<Admission> {
        Arc::clone(&self.admission)
    }

    /// It names a board of ours.
    pub(crate) fn claim(&self, board: &BoardId) {
        let mut inner = self.admission.lock();
        inner.stand(self.order, Standing::Claims(board.clone()));
        let of_board = inner.claims.get(board).map_or(0, Vec::len);
        let in_total: usize = inner.claims.values().map(Vec::len).sum();
        if of_board > CLAIMS_MAX {
            inner.evict_claim(Some(board));
        } else if in_total > self.admission.limits.unproven_max() {
            inner.evict_claim(None);
        }
    }

    /// It is a board that has shown its key; `false` when it had to make room just before.
    pub(crate) fn prove(&self) -> bool {
        self.admission.lock().stand(self.order, Standing::Proven);
        !self.evicted.is_cancelled()
    }

    /// It answers like a board of 2016; refused when its address has as many of them as it may.
    pub(crate) fn answers(&self) -> Result<(), Refusal> {
        let mut inner = self.admission.lock();
        let Some(address) = inner.open.get(&self.order).map(|holder| holder.address) else { return Ok(()) };
        let answering: usize = inner.answering.values().sum();
        let limits = self.admission.limits;
        let most = (limits.total_max - limits.unproven_max()).max(1);
        if inner.answering.get(&address).copied().unwrap_or(0) >= limits.per_address_max {
            return Err(Refusal::Address);
        }
        if answering >= most {
            return Err(Refusal::Total);
        }
        inner.stand(self.order, Standing::Answering);
        Ok(())
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut inner = self.admission.lock();
        inner.stand(self.order, Standing::Evicted);
        inner.open.remove(&self.order);
    }
}

impl Inner {
    /// Whether another connection had to go.
    fn make_room(&mut self, address: IpAddr, limits: Limits) -> Result<bool, Refusal> {
        let of_address = self.unproven.get(&address).map_or(0, Vec::len);
        let unproven: usize = self.unproven.values().map(Vec::len).sum();
        if of_address >= limits.per_address_max {
            return Ok(self.evict_oldest_of(address));
        }
        if unproven < limits.unproven_max() && self.open.len() < limits.total_max {
            return Ok(false);
        }
        let most = self.unproven.iter().max_by_key(|(_, held)| held.len()).map(|(address, _)| *address);
        match most {
            Some(address) => Ok(self.evict_oldest_of(address)),
            None => Err(Refusal::Total),
        }
    }

    fn evict_oldest_of(&mut self, address: IpAddr) -> bool {
        let oldest = self.unproven.get(&address).and_then(|held| held.first().copied());
        oldest.is_some_and(|oldest| {
            self.evict(oldest);
            true
        })
    }

    /// Ends a claim of this board, or of any: the oldest of the address that makes most of them.
    fn evict_claim(&mut self, board: Option<&BoardId>) {
        let claims = self.claims.iter().filter(|(of, _)| board.is_none_or(|board| *of == board));
        let mut by_address: HashMap<IpAddr, Vec<u64>> = HashMap::new();
        for order in claims.flat_map(|(_, orders)| orders) {
            if let Some(holder) = self.open.get(order) {
                by_address.entry(holder.address).or_default().push(*order);
            }
        }
        let most = by_address.into_values().max_by_key(Vec::len);
        if let Some(oldest) = most.and_then(|orders| orders.into_iter().min()) {
            self.evict(oldest);
        }
    }

    fn evict(&mut self, order: u64) {
        if let Some(holder) = self.open.get(&order) {
            holder.evicted.cancel();
        }
        self.stand(order, Standing::Evicted);
    }

    /// Moves a connection to another standing. One that was evicted stays so: its end is under way.
    fn stand(&mut self, order: u64, standing: Standing) {
        let Some(holder) = self.open.get_mut(&order).filter(|holder| holder.standing != Standing::Evicted) else {
            return;
        };
        let address = holder.address;
        match std::mem::replace(&mut holder.standing, standing.clone()) {
            Standing::Unproven => remove(&mut self.unproven, &address, order),
            Standing::Claims(board) => remove(&mut self.claims, &board, order),
            Standing::Answering => release(&mut self.answering, address),
            Standing::Proven | Standing::Evicted => {}
        }
        match standing {
            Standing::Claims(board) => self.claims.entry(board).or_default().push(order),
            Standing::Answering => *self.answering.entry(address).or_default() += 1,
            Standing::Unproven | Standing::Proven | Standing::Evicted => {}
        }
    }
}

fn remove<K: std::hash::Hash + Eq>(held: &mut HashMap<K, Vec<u64>>, key: &K, order: u64) {
    if let Some(orders) = held.get_mut(key) {
        orders.retain(|other| *other != order);
        if orders.is_empty() {
            held.remove(key);
        }
    }
}

fn release(answering: &mut HashMap<IpAddr, usize>, address: IpAddr) {
    if let Some(count) = answering.get_mut(&address) {
        *count -= 1;
        if *count == 0 {
            answering.remove(&address);
        }
    }
}

#[cfg(test)]
#[path = "admission_tests.rs"]
mod tests;
