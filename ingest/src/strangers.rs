//! Who was turned away lately: what an operator wants to know of a board that does not get in.

use domain::MonoMs;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// Why somebody was turned away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stranger {
    /// They say to be a board, and have no key that is known.
    NoKey,
    /// They do not speak v2, and may not speak anything older.
    OldProtocol,
}

/// The newest of each kind. Only that: whoever comes from many addresses must cost nothing.
#[derive(Debug, Default)]
pub struct Strangers(Mutex<[Option<(IpAddr, MonoMs)>; 2]>);

/// So long it is told of somebody who has not come back.
const TOLD_FOR_MS: u64 = 5 * 60_000;

impl Strangers {
    pub(crate) fn note(&self, stranger: Stranger, address: IpAddr, now: MonoMs) {
        let mut newest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let [no_key, old_protocol] = &mut *newest;
        *match stranger {
            Stranger::NoKey => no_key,
            Stranger::OldProtocol => old_protocol,
        } = Some((address.to_canonical(), now));
    }

    /// Who has come lately: the newest address of each kind.
    #[must_use]
    pub fn list(&self, now: MonoMs) -> Vec<(Stranger, IpAddr)> {
        let newest = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let lately = [Stranger::NoKey, Stranger::OldProtocol].into_iter().zip(newest);
        lately
            .filter_map(|(stranger, seen)| {
                let (address, at) = seen?;
                (now.since(at) < TOLD_FOR_MS).then_some((stranger, address))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    #[test]
    fn the_newest_of_each_kind_for_a_while() {
        let strangers = Strangers::default();
        let address = |last| IpAddr::from(Ipv4Addr::new(10, 1, 2, last));
        strangers.note(Stranger::NoKey, address(3), MonoMs(0));
        strangers.note(Stranger::NoKey, address(4), MonoMs(1_000));
        strangers.note(Stranger::OldProtocol, address(5), MonoMs(2_000));
        let both = [(Stranger::NoKey, address(4)), (Stranger::OldProtocol, address(5))];
        assert_eq!(strangers.list(MonoMs(300_999)), both);
        assert_eq!(strangers.list(MonoMs(301_000)), both[1..]);
    }
}
