//! Limits on connections, taken before a session starts.

use crate::Refusal;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// Counts the connections, in total and by address.
#[derive(Debug)]
pub(crate) struct Admission {
    total_max: usize,
    per_address_max: usize,
    by_address: Mutex<HashMap<IpAddr, usize>>,
}

/// The right to hold one connection, given back when dropped, also by a panic.
#[derive(Debug)]
pub(crate) struct Permit {
    admission: Arc<Admission>,
    address: IpAddr,
}

impl Admission {
    pub(crate) fn new(total_max: usize, per_address_max: usize) -> Arc<Self> {
        Arc::new(Self { total_max, per_address_max, by_address: Mutex::default() })
    }

    pub(crate) fn admit(self: &Arc<Self>, address: IpAddr) -> Result<Permit, Refusal> {
        let address = address.to_canonical();
        let mut by_address = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        // At most `total_max` addresses are in the map, and accepting is not a hot path.
        if by_address.values().sum::<usize>() >= self.total_max {
            return Err(Refusal::Total);
        }
        let held = by_address.get(&address).copied().unwrap_or(0);
        if held >= self.per_address_max {
            return Err(Refusal::Address);
        }
        by_address.insert(address, held + 1);
        Ok(Permit { admission: Arc::clone(self), address })
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut by_address = self.admission.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = by_address.get_mut(&self.address) {
            *held -= 1;
            if *held == 0 {
                by_address.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_and_their_return() {
        let admission = Admission::new(3, 2);
        let (a, b) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        let mapped: IpAddr = "::ffff:10.0.0.1".parse().expect("an address");
        let first = admission.admit(a).expect("the first");
        let _second = admission.admit(mapped).expect("the second");
        assert_eq!(admission.admit(a).expect_err("the third of one address"), Refusal::Address);
        let _other = admission.admit(b).expect("another address");
        assert_eq!(admission.admit(b).expect_err("the fourth in total"), Refusal::Total);
        drop(first);
        assert!(admission.admit(a).is_ok());
        assert!(admission.admit(b).is_ok());
    }
}
