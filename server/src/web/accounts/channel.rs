//! How a request has come, and the cookie of its session.

use crate::accounts::Token;
use crate::web::WebState;
use app::admin::LoginProblem;
use axum::extract::FromRequestParts;
use http::header::{COOKIE, HeaderName};
use http::request::Parts;
use http::{HeaderMap, HeaderValue};
use ingest::AllowedPeers;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
/// Browsers take a cookie of this name over TLS only, from this very host, for all of its paths.
const SECURE_COOKIE: &str = "__Host-dispobox";
/// On this machine, without TLS.
const LOCAL_COOKIE: &str = "dispobox_session";

/// A connection, as the listener knows it; with every request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Connection {
    pub(crate) peer: SocketAddr,
    pub(crate) is_tls: bool,
}

/// Whose word on where requests come from is taken.
#[derive(Debug, Clone, Default)]
pub(crate) struct TrustedProxies(pub(crate) AllowedPeers);

/// How a request has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Channel {
    /// Whom it comes from.
    pub(crate) address: IpAddr,
    is_encrypted: bool,
    /// Somebody says that they pass it on, whom nobody has named.
    has_unknown_proxy: bool,
}

impl FromRequestParts<WebState> for Channel {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Infallible> {
        Ok(Self::of_request(parts, state))
    }
}

impl Channel {
    pub(super) fn of_request(parts: &Parts, state: &WebState) -> Self {
        Self::of(parts.extensions.get::<Connection>().copied(), &parts.headers, &state.proxies)
    }

    fn of(connection: Option<Connection>, headers: &HeaderMap, proxies: &TrustedProxies) -> Self {
        let nowhere = SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0));
        let Connection { peer, is_tls } = connection.unwrap_or(Connection { peer: nowhere, is_tls: false });
        let peer = peer.ip().to_canonical();
        let forwarded = headers.contains_key(FORWARDED_FOR) || headers.contains_key(FORWARDED_PROTO);
        if !proxies.0.contains(peer) {
            return Self { address: peer, is_encrypted: is_tls, has_unknown_proxy: forwarded };
        }
        let protocol = headers.get_all(FORWARDED_PROTO).iter().next_back().and_then(last_word);
        let is_encrypted = protocol.is_some_and(|protocol| protocol.eq_ignore_ascii_case("https"));
        let address = client_address(headers, proxies).unwrap_or(peer);
        Self { address, is_encrypted, has_unknown_proxy: false }
    }

    /// Whether a password may be sent this way: encrypted, or within this machine.
    pub(super) fn check_secrecy(&self) -> Result<(), LoginProblem> {
        match (self.is_encrypted, self.has_unknown_proxy) {
            (true, _) => Ok(()),
            (false, true) => Err(LoginProblem::UnknownProxy),
            (false, false) if self.address.is_loopback() => Ok(()),
            (false, false) => Err(LoginProblem::Insecure),
        }
    }

    /// The secret of the session, if the request has one.
    pub(super) fn read_token(&self, headers: &HeaderMap) -> Option<Token> {
        self.check_secrecy().ok()?;
        let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let (_, value) = pairs.find(|(name, _)| *name == self.cookie_name())?;
        Token::parse(value)
    }

    /// What gives the browser the secret of its session.
    pub(super) fn set_cookie(&self, token: &Token, max_age_ms: i64) -> String {
        self.cookie(token.as_str(), max_age_ms / 1_000)
    }

    /// What takes it away.
    pub(super) fn clear_cookie(&self) -> String {
        self.cookie("", 0)
    }

    fn cookie(&self, value: &str, max_age_s: i64) -> String {
        let secure = if self.is_encrypted { "; Secure" } else { "" };
        let name = self.cookie_name();
        format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={max_age_s}{secure}")
    }

    const fn cookie_name(&self) -> &'static str {
        if self.is_encrypted { SECURE_COOKIE } else { LOCAL_COOKIE }
    }
}

/// The last address that no proxy of ours has: what stands before it, anybody may have written.
fn client_address(headers: &HeaderMap, proxies: &TrustedProxies) -> Option<IpAddr> {
    let values: Vec<&str> = headers.get_all(FORWARDED_FOR).iter().filter_map(|value| value.to_str().ok()).collect();
    let words = values.iter().flat_map(|value| value.split(',')).map(str::trim).rev();
    let addresses = words.map(|word| word.parse::<IpAddr>().ok().map(|address| address.to_canonical()));
    // What is no address ends the way back.
    addresses.map_while(|address| address).find(|address| !proxies.0.contains(*address))
}

fn last_word(value: &HeaderValue) -> Option<&str> {
    value.to_str().ok()?.rsplit(',').next().map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn channel(peer: &str, is_tls: bool, headers: &[(&'static str, &'static str)]) -> Channel {
        let proxies = TrustedProxies("10.0.0.0/24,::1".parse().expect("ranges"));
        let connection = Connection { peer: SocketAddr::new(peer.parse().expect("an address"), 1), is_tls };
        let pairs =
            headers.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        let mut map = HeaderMap::new();
        for (name, value) in pairs {
            map.append(name, value);
        }
        Channel::of(Some(connection), &map, &proxies)
    }

    #[test]
    fn where_passwords_may_be_sent() {
        let https = ("x-forwarded-proto", "https");
        let cases = [
            ("127.0.0.1", false, &[][..], Ok(())),
            ("192.0.2.1", true, &[], Ok(())),
            ("192.0.2.1", false, &[], Err(LoginProblem::Insecure)),
            ("::ffff:192.0.2.1", false, &[], Err(LoginProblem::Insecure)),
            ("192.0.2.1", false, &[https], Err(LoginProblem::UnknownProxy)),
            ("127.0.0.1", false, &[https], Err(LoginProblem::UnknownProxy)),
            ("127.0.0.1", false, &[("x-forwarded-for", "192.0.2.1")], Err(LoginProblem::UnknownProxy)),
            ("192.0.2.1", true, &[https], Ok(())),
            ("10.0.0.7", false, &[https, ("x-forwarded-for", "192.0.2.1")], Ok(())),
            ("10.0.0.7", false, &[("x-forwarded-for", "192.0.2.1")], Err(LoginProblem::Insecure)),
            ("10.0.0.7", false, &[("x-forwarded-proto", "https, http")], Err(LoginProblem::Insecure)),
            ("::1", false, &[https], Ok(())),
        ];
        for (peer, is_tls, headers, expect) in cases {
            assert_eq!(channel(peer, is_tls, headers).check_secrecy(), expect, "{peer} {is_tls} {headers:?}");
        }
    }

    #[test]
    fn whom_a_request_comes_from() {
        let cases = [
            ("192.0.2.9", &[("x-forwarded-for", "198.51.100.1")][..], "192.0.2.9"),
            ("10.0.0.7", &[("x-forwarded-for", "198.51.100.1")], "198.51.100.1"),
            ("10.0.0.7", &[("x-forwarded-for", "1.2.3.4, 198.51.100.1, 10.0.0.8")], "198.51.100.1"),
            ("10.0.0.7", &[("x-forwarded-for", "1.2.3.4"), ("x-forwarded-for", "198.51.100.1")], "198.51.100.1"),
            ("10.0.0.7", &[("x-forwarded-for", "198.51.100.1, nonsense")], "10.0.0.7"),
            ("10.0.0.7", &[], "10.0.0.7"),
            ("::ffff:10.0.0.7", &[("x-forwarded-for", "2001:db8::1")], "2001:db8::1"),
        ];
        for (peer, headers, expect) in cases {
            assert_eq!(channel(peer, false, headers).address.to_string(), expect, "{peer} {headers:?}");
        }
    }

    #[test]
    fn cookies() {
        let token = Token::generate().expect("random");
        let (secure, local) = (channel("192.0.2.1", true, &[]), channel("127.0.0.1", false, &[]));
        let set = secure.set_cookie(&token, 60_000);
        let attributes = "; Path=/; HttpOnly; SameSite=Strict; Max-Age=60; Secure";
        assert_eq!(set, format!("__Host-dispobox={}{attributes}", token.as_str()));
        assert!(!local.set_cookie(&token, 60_000).contains("Secure") && local.clear_cookie().contains("Max-Age=0"));
        let with = |cookies: String| {
            let mut headers = HeaderMap::new();
            headers.insert(COOKIE, cookies.parse().expect("a value"));
            headers
        };
        let headers = with(format!("lang=fr; __Host-dispobox={}; x=y", token.as_str()));
        assert!(secure.read_token(&headers) == Some(token.clone()) && local.read_token(&headers).is_none());
        let headers = with(format!("dispobox_session={}", token.as_str()));
        assert!(local.read_token(&headers) == Some(token) && secure.read_token(&headers).is_none());
        assert!(channel("192.0.2.1", false, &[]).read_token(&headers).is_none(), "it has been read on the way");
    }
}
