//! Which peers may speak the dialects without a key.
//!
//! Shape: `off`, or CIDR ranges separated by commas: `127.0.0.0/8,10.20.0.0/16,fd00::/8`. A single address stands for
//! itself. IPv4 peers are IPv4 peers, also when a socket for both shows them as `::ffff:10.20.0.1`.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// A set of peers, as address ranges. Empty by default: nobody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AllowedPeers(Vec<AddressRange>);

/// The addresses that share their first bits with a network address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddressRange {
    network: IpAddr,
    prefix_bits: u8,
}

/// Why a text names no set of peers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AllowedPeersError {
    /// Not an address before the slash.
    #[error("{part:?} is no range of addresses, such as 10.20.0.0/16 or fd00::/8")]
    Address {
        /// The refused part of the list.
        part: String,
    },
    /// Not a number of bits after the slash.
    #[error("{part:?}: after the slash comes a number from 0 to {max}")]
    Prefix {
        /// The refused part of the list.
        part: String,
        /// The bits of such an address.
        max: u8,
    },
    /// Bits are set that the range ignores, so it may not be what was meant.
    #[error(
        "{part:?} is not the start of its range; write {meant} for the range or leave out the slash for one address"
    )]
    HostBits {
        /// The refused part of the list.
        part: String,
        /// The range that contains it.
        meant: AddressRange,
    },
}

impl AllowedPeers {
    /// Whether `peer` is in one of the ranges.
    #[must_use]
    pub fn contains(&self, peer: IpAddr) -> bool {
        let peer = peer.to_canonical();
        self.0.iter().any(|range| range.contains(peer))
    }

    /// These peers and those of this machine.
    #[must_use]
    pub fn with_loopback(mut self) -> Self {
        let loopback = [(IpAddr::V4(Ipv4Addr::LOCALHOST), 8), (IpAddr::V6(Ipv6Addr::LOCALHOST), 128)];
        self.0.extend(loopback.map(|(address, prefix_bits)| AddressRange::new(address, prefix_bits)));
        self
    }

    /// These peers and the one with this address.
    #[must_use]
    pub fn with_address(mut self, address: IpAddr) -> Self {
        let address = address.to_canonical();
        self.0.push(AddressRange::new(address, if address.is_ipv4() { 32 } else { 128 }));
        self
    }

    /// Whether nobody is allowed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromStr for AllowedPeers {
    type Err = AllowedPeersError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim() {
            "" | "off" => Ok(Self::default()),
            list => list.split(',').map(|part| part.trim().parse()).collect::<Result<_, _>>().map(Self),
        }
    }
}

impl fmt::Display for AllowedPeers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("off");
        }
        let ranges: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&ranges.join(","))
    }
}

impl AddressRange {
    fn new(address: IpAddr, prefix_bits: u8) -> Self {
        let network = match address {
            IpAddr::V4(v4) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(prefix_bits)).unwrap_or(0);
                IpAddr::V4((v4.to_bits() & mask).into())
            }
            IpAddr::V6(v6) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(prefix_bits)).unwrap_or(0);
                IpAddr::V6((v6.to_bits() & mask).into())
            }
        };
        Self { network, prefix_bits }
    }

    fn contains(self, peer: IpAddr) -> bool {
        self.network.is_ipv4() == peer.is_ipv4() && Self::new(peer, self.prefix_bits).network == self.network
    }
}

impl FromStr for AddressRange {
    type Err = AllowedPeersError;

    fn from_str(part: &str) -> Result<Self, Self::Err> {
        let (address, bits) = part.split_once('/').map_or((part, None), |(address, bits)| (address, Some(bits)));
        let written: IpAddr = address.parse().map_err(|_| AllowedPeersError::Address { part: part.to_owned() })?;
        let max = if written.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Some(max), |bits| bits.parse().ok().filter(|bits| *bits <= max));
        let bits = bits.ok_or_else(|| AllowedPeersError::Prefix { part: part.to_owned(), max })?;
        let meant = match written.to_canonical() {
            IpAddr::V4(mapped) if written.is_ipv6() && bits >= 96 => Self::new(IpAddr::V4(mapped), bits - 96),
            _ => Self::new(written, bits),
        };
        let whole = if meant.network.is_ipv4() { written.to_canonical() } else { written };
        if meant.network == whole {
            Ok(meant)
        } else {
            Err(AllowedPeersError::HostBits { part: part.to_owned(), meant })
        }
    }
}

impl fmt::Display for AddressRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.network, self.prefix_bits)
    }
}

#[cfg(test)]
#[path = "permission_tests.rs"]
mod tests;
