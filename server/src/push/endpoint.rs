//! Addresses of push services. A browser names one, so whoever writes to this server chooses where it connects to: only https,
//! and only addresses of the public internet, looked up by ourselves so that a name cannot mean another machine a moment later.

use http::Uri;
use http::uri::Scheme;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

/// An address of a push service: `https://host[:port]/path`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Endpoint {
    uri: Uri,
    host: String,
    port: u16,
    is_tls: bool,
}

/// Why an address is not written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum EndpointError {
    /// Too long, no URL, or with a name and password in it.
    #[error("the endpoint is no address of a push service")]
    Malformed,
    /// Not https.
    #[error("the endpoint is not https")]
    Insecure,
    /// A machine of this network.
    #[error("the endpoint is not on the public internet")]
    NotPublic,
}

const LENGTH_MAX: usize = 1_024;

impl FromStr for Endpoint {
    type Err = EndpointError;

    fn from_str(text: &str) -> Result<Self, EndpointError> {
        let uri: Uri =
            Some(text).filter(|t| t.len() <= LENGTH_MAX).and_then(|t| t.parse().ok()).ok_or(Self::MALFORMED)?;
        let authority = uri.authority().filter(|authority| !authority.as_str().contains('@')).ok_or(Self::MALFORMED)?;
        let is_tls = uri.scheme() == Some(&Scheme::HTTPS);
        if !is_tls && uri.scheme() != Some(&Scheme::HTTP) {
            return Err(Self::MALFORMED);
        }
        let host = authority.host().trim_matches(['[', ']']).to_owned();
        let port = authority.port_u16().unwrap_or(if is_tls { 443 } else { 80 });
        Ok(Self { host, port, is_tls, uri })
    }
}

impl Endpoint {
    const MALFORMED: EndpointError = EndpointError::Malformed;

    /// Refuses what is wrong at first sight; names are looked up when something is sent.
    pub(crate) fn check(&self, allow_insecure: bool) -> Result<(), EndpointError> {
        let ip: Option<IpAddr> = self.host.parse().ok();
        if allow_insecure {
            Ok(())
        } else if !self.is_tls {
            Err(EndpointError::Insecure)
        } else if ip.is_some_and(|ip| !is_public(ip)) || !(self.host.contains('.') || ip.is_some()) {
            Err(EndpointError::NotPublic)
        } else {
            Ok(())
        }
    }

    /// The machines behind the name.
    ///
    /// # Errors
    /// When there is none, or one of them is not on the public internet.
    pub(super) async fn resolve(&self, allow_insecure: bool) -> io::Result<Vec<SocketAddr>> {
        let addresses: Vec<_> = tokio::net::lookup_host((self.host.as_str(), self.port)).await?.collect();
        if allow_insecure || addresses.iter().all(|address| is_public(address.ip())) {
            Ok(addresses)
        } else {
            Err(io::Error::new(io::ErrorKind::PermissionDenied, EndpointError::NotPublic))
        }
    }

    pub(super) fn host(&self) -> &str {
        &self.host
    }

    pub(super) fn is_tls(&self) -> bool {
        self.is_tls
    }

    /// `https://host[:port]`, which a signature is made for.
    pub(super) fn origin(&self) -> String {
        let scheme = if self.is_tls { "https" } else { "http" };
        format!("{scheme}://{}", self.authority())
    }

    pub(super) fn authority(&self) -> &str {
        self.uri.authority().map_or("", http::uri::Authority::as_str)
    }

    pub(super) fn path(&self) -> &str {
        self.uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str)
    }
}

/// Whether an address belongs to the public internet. What is not known to does not.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => ip.to_ipv4_mapped().map_or_else(|| is_public_v6(ip), is_public_v4),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    !matches!(
        ip.octets(),
        [0 | 10 | 127 | 224.., ..]
            | [100, 64..=127, ..]
            | [169, 254, ..]
            | [172, 16..=31, ..]
            | [192, 168, ..]
            | [192, 0, 0 | 2, _]
            | [192, 88, 99, _]
            | [198, 18 | 19, ..]
            | [198, 51, 100, _]
            | [203, 0, 113, _]
    )
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    match ip.segments() {
        // Teredo, documentation, 6to4, and what else carries an older address inside.
        [0x2001, 0 | 0xdb8 | 0x2 | 0x10..=0x2f, ..] | [0x2002 | 0x3fff, ..] => false,
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints() {
        let check = |text: &str| text.parse::<Endpoint>().and_then(|endpoint| endpoint.check(false));
        for public in [
            "https://fcm.googleapis.com/fcm/send/abc:123",
            "https://updates.push.services.mozilla.com/wpush/v2/x",
            "https://web.push.apple.com:443/x",
            "https://93.184.215.14/x",
            "https://[2606:2800:220:1::1]/x",
        ] {
            assert_eq!(check(public), Ok(()), "{public}");
        }
        assert_eq!(check("http://push.example.com/x"), Err(EndpointError::Insecure));
        for inside in [
            "https://127.0.0.1/x",
            "https://10.1.2.3/x",
            "https://172.31.0.1/",
            "https://192.168.1.1/",
            "https://169.254.169.254/latest/meta-data",
            "https://100.64.0.1/",
            "https://0.0.0.0/",
            "https://255.255.255.255/",
            "https://[::1]/x",
            "https://[::ffff:10.0.0.1]/x",
            "https://[fd00::1]/x",
            "https://[fe80::1]/x",
            "https://[64:ff9b::a00:1]/x",
            "https://[2002:a00:1::]/x",
            "https://localhost/x",
            "https://intranet/x",
        ] {
            assert_eq!(check(inside), Err(EndpointError::NotPublic), "{inside}");
        }
        let long = format!("https://push.example.com/{}", "x".repeat(LENGTH_MAX));
        for wrong in ["", "push", "/x", "ftp://push.example.com/", "https://me:secret@push.example.com/", long.as_str()]
        {
            assert_eq!(check(wrong), Err(EndpointError::Malformed), "{wrong}");
        }
    }

    #[test]
    fn parts() {
        let endpoint: Endpoint = "https://push.example.com:8443/a?b=c".parse().expect("an address");
        let parts = (endpoint.origin(), endpoint.path().to_owned(), endpoint.port);
        assert_eq!(parts, ("https://push.example.com:8443".to_owned(), "/a?b=c".to_owned(), 8_443));
    }
}
