//! Stands before passwords: [`SoftlockBook`]s of accounts and of addresses. In memory: a restart lets a guesser begin anew, who
//! can cause none.

use domain::{MonoMs, SoftlockBook, Softlocked};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Whoever has one IPv6 address has as many as these leave open.
const V6_NETWORK: u128 = !0 << 64;

#[derive(Debug, Default)]
pub(crate) struct Gate(Mutex<Books>);

#[derive(Debug, Default)]
struct Books {
    /// By what was typed, whether there is such an account or not.
    accounts: SoftlockBook<String>,
    addresses: SoftlockBook<IpAddr>,
}

impl Gate {
    /// A try begins; until it turns out well it counts as a failure of the account, so that of many at one time one is let in.
    pub(crate) fn begin(&self, account: &str, address: IpAddr, now: MonoMs) -> Result<(), Softlocked> {
        let mut books = self.lock();
        let account_checked = books.accounts.check(&account.to_owned(), now);
        let address_checked = books.addresses.check(&network(address), now);
        match (account_checked, address_checked) {
            (Ok(()), Ok(())) => {
                books.accounts.note_failure(account.to_owned(), now);
                Ok(())
            }
            (Err(one), Err(other)) => Err(Softlocked { wait_ms: one.wait_ms.max(other.wait_ms) }),
            (Err(locked), Ok(())) | (Ok(()), Err(locked)) => Err(locked),
        }
    }

    /// It was the right password. The address keeps its failures: else one account of their own would let them guess others.
    pub(crate) fn note_success(&self, account: &str) {
        self.lock().accounts.note_success(&account.to_owned());
    }

    /// It was not.
    pub(crate) fn note_failure(&self, address: IpAddr, now: MonoMs) {
        self.lock().addresses.note_failure(network(address), now);
    }

    fn lock(&self) -> MutexGuard<'_, Books> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is counted as one: an address, of IPv6 its network.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & V6_NETWORK).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().expect(text)
    }

    #[test]
    fn accounts_and_addresses_have_ladders_of_their_own() {
        let gate = Gate::default();
        let (near, far) = (address("192.0.2.1"), address("192.0.2.2"));
        assert_eq!(gate.begin("ann", near, MonoMs(0)), Ok(()));
        assert!(gate.begin("ann", far, MonoMs(0)).is_err(), "while the first try is under way");
        gate.note_failure(near, MonoMs(0));
        assert!(gate.begin("bob", near, MonoMs(999)).is_err(), "the address waits too");
        assert_eq!(gate.begin("bob", far, MonoMs(0)), Ok(()), "another address does not");
        gate.note_success("bob");
        assert_eq!(gate.begin("bob", far, MonoMs(0)), Ok(()));
        assert_eq!(gate.begin("ann", near, MonoMs(1_000)), Ok(()));
        gate.note_failure(near, MonoMs(1_000));
        assert_eq!(gate.begin("cid", near, MonoMs(1_000)), Err(Softlocked { wait_ms: 3_000 }));
    }

    #[test]
    fn addresses_are_networks() {
        let cases = [
            ("2001:db8::1", "2001:db8::ffff:1", true),
            ("2001:db8::1", "2001:db8:0:1::1", false),
            ("::ffff:192.0.2.1", "192.0.2.1", true),
            ("192.0.2.1", "192.0.2.2", false),
        ];
        for (one, other, same) in cases {
            assert_eq!(network(address(one)) == network(address(other)), same, "{one} {other}");
        }
    }
}
