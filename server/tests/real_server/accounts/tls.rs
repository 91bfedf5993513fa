//! Passwords travel encrypted, or not at all.

use super::visitor::{PASSWORD, Visitor, create_account, encode_form, start_with_accounts};
use crate::http::{Answer, connect, send};
use crate::process::{Server, TempDir, bare_serve_command, dispobox, run, serve_command};
use std::io::{BufRead, BufReader, Write};
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

/// A client that trusts the server's own certificate and no other.
fn encrypt(dir: &TempDir, web: SocketAddr) -> StreamOwned<ClientConnection, std::net::TcpStream> {
    let mut roots = RootCertStore::empty();
    let certificate = CertificateDer::from_pem_file(dir.path().join("data/tls-cert.pem")).expect("a certificate");
    roots.add(certificate).expect("trusted");
    let builder = ClientConfig::builder_with_provider(Arc::new(default_provider()));
    let config = builder.with_safe_default_protocol_versions().expect("versions");
    let config = config.with_root_certificates(roots).with_no_client_auth();
    let name = ServerName::try_from("localhost").expect("a name");
    StreamOwned::new(ClientConnection::new(Arc::new(config), name).expect("a client"), connect(web))
}

fn ask(dir: &TempDir, web: SocketAddr, what: (&str, &str), headers: &[(&str, &str)], body: &str) -> Answer {
    let mut all = headers.to_vec();
    all.extend([("Accept-Language", "en"), ("Content-Type", "application/x-www-form-urlencoded")]);
    send(encrypt(dir, web), "localhost", what, &all, body)
}

#[test]
fn a_certificate_of_the_servers_own() {
    let dir = TempDir::new().with_site();
    let server = start_with_accounts(&dir, &["--tls-self-signed"]);
    let key = std::fs::metadata(dir.path().join("data/tls-key.pem")).expect("a key");
    assert_eq!(key.permissions().mode() & 0o777, 0o600);
    let page = ask(&dir, server.web, ("GET", "/floor/4"), &[], "");
    assert!(page.status == 200 && page.body.contains("data-booth=\"41\""), "{}", page.status);
    let form = encode_form(&[("name", "ann"), ("password", PASSWORD)]);
    let answer = ask(&dir, server.web, ("POST", "/login"), &[], &form);
    let set = answer.header("set-cookie").expect("a cookie").to_owned();
    assert!(set.starts_with("__Host-dispobox=") && set.contains("; Secure"), "{set}");
    let cookie = set.split(';').next().expect("a pair");
    assert_eq!(ask(&dir, server.web, ("GET", "/account"), &[("Cookie", cookie)], "").status, 200);

    let mut stream = encrypt(&dir, server.web);
    stream.write_all(b"GET /events HTTP/1.0\r\nHost: localhost\r\n\r\n").expect("sent");
    let mut lines = BufReader::new(stream).lines();
    assert!(lines.any(|line| line.expect("a line") == "event: snapshot"), "the live stream is encrypted as well");

    let mut healthcheck = dispobox();
    healthcheck.args(["healthcheck", "--tls", "--http", &server.web.to_string()]);
    let well = run(healthcheck);
    assert!(well.status.success() && String::from_utf8_lossy(&well.stdout).contains("status"), "{well:?}");

    let fingerprint = std::fs::read(dir.path().join("data/tls-cert.pem")).expect("a certificate");
    let took = server.stop();
    assert!(took.as_secs() < 2, "{took:?}");
    let mut command = serve_command(&dir);
    command.arg("--tls-self-signed");
    let _again = Server::start_command(command);
    assert_eq!(std::fs::read(dir.path().join("data/tls-cert.pem")).expect("a certificate"), fingerprint, "kept");
}

#[test]
fn files_that_do_not_fit_are_named() {
    let dir = TempDir::new().with_site();
    std::fs::write(dir.path().join("cert.pem"), "nothing").expect("written");
    let mut command = bare_serve_command(&dir, SocketAddr::from(([127, 0, 0, 1], 0)));
    let file = dir.path().join("cert.pem");
    command.arg("--tls-cert").arg(&file).arg("--tls-key").arg(&file);
    let refused = run(command);
    let text = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && text.contains("cert.pem"), "{text}");
    let mut command = dispobox();
    command.args(["serve", "--tls-cert", "x.pem"]);
    assert!(!run(command).status.success(), "a certificate without its key");
}

/// An address of this machine that is not the loopback, if it has one. Nothing is sent.
fn outer_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?;
    socket.local_addr().ok().map(|address| address.ip()).filter(|ip| !ip.is_loopback() && !ip.is_unspecified())
}

#[test]
fn nobody_signs_in_where_it_could_be_read() {
    let dir = TempDir::new().with_site();
    create_account(&dir, "ann", "viewer");
    let server = start_on_all_addresses(&dir);
    let mut proxied = Visitor::new(SocketAddr::from(([127, 0, 0, 1], server.web.port())));
    proxied.headers.push(("X-Forwarded-Proto".to_owned(), "https".to_owned()));
    let refused = proxied.sign_in("ann", PASSWORD);
    assert!(refused.status == 403 && refused.body.contains("--behind-proxy"), "{} {}", refused.status, refused.body);
    assert!(!refused.body.contains("type=\"password\""), "nothing can be typed");
    let Some(outer) = outer_address() else {
        eprintln!("this machine has no address but the loopback: half of this test has nothing to look at");
        return;
    };
    let mut visitor = Visitor::new(SocketAddr::new(outer, server.web.port()));
    let refused = visitor.sign_in("ann", PASSWORD);
    assert!(refused.status == 403 && refused.body.contains("not encrypted"), "{} {}", refused.status, refused.body);
    assert_eq!(visitor.get("/floor/4").status, 200, "the map needs no secrecy");
    let mut near = Visitor::new(SocketAddr::from(([127, 0, 0, 1], server.web.port())));
    assert_eq!(near.sign_in("ann", PASSWORD).status, 303);
    visitor.cookie = near.cookie;
    assert!(!visitor.is_signed_in(), "a cookie that was read on the way is no use there");
}

fn start_on_all_addresses(dir: &TempDir) -> Server {
    let mut command = dispobox();
    command.args(["serve", "--http", "0.0.0.0:0", "--boards", "127.0.0.1:0", "--log-format", "json"]);
    command.arg("--data-dir").arg(dir.path().join("data")).arg("--site-dir").arg(dir.path().join("site"));
    Server::start_command(command)
}
