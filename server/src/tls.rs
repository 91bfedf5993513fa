//! The certificate of the web pages: the operator's, or one that the server makes itself.

use crate::cli::ServeOptions;
use crate::storage_target::make_data_dir;
use anyhow::Context;
use rcgen::{CertificateParams, KeyPair};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

const CERT_FILE: &str = "tls-cert.pem";
const KEY_FILE: &str = "tls-key.pem";

/// What encrypts web connections, if the options ask for it.
///
/// # Errors
/// When a file cannot be read, or made, or certificate and key do not fit.
pub(crate) fn acceptor(options: &ServeOptions) -> anyhow::Result<Option<TlsAcceptor>> {
    let files = match (&options.tls_cert, &options.tls_key) {
        (Some(cert), Some(key)) => (cert.clone(), key.clone()),
        _ if options.tls_self_signed => self_signed(options)?,
        _ => return Ok(None),
    };
    let config = read(&files.0, &files.1)
        .with_context(|| format!("while reading the certificate {} and its key", files.0.display()))?;
    Ok(Some(TlsAcceptor::from(Arc::new(config))))
}

fn read(cert: &Path, key: &Path) -> anyhow::Result<ServerConfig> {
    let chain = CertificateDer::pem_file_iter(cert)?.collect::<Result<Vec<_>, _>>()?;
    anyhow::ensure!(!chain.is_empty(), "there is no certificate in it");
    let key = PrivateKeyDer::from_pem_file(key).with_context(|| format!("while reading the key {}", key.display()))?;
    let builder =
        ServerConfig::builder_with_provider(Arc::new(default_provider())).with_safe_default_protocol_versions()?;
    let mut config = builder.with_no_client_auth().with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

/// Made once and kept: a browser that was told to trust it should not have to ask again.
fn self_signed(options: &ServeOptions) -> anyhow::Result<(PathBuf, PathBuf)> {
    let dir = &options.storage.data_dir;
    let (cert, key) = (dir.join(CERT_FILE), dir.join(KEY_FILE));
    if cert.exists() && key.exists() {
        return Ok((cert, key));
    }
    make_data_dir(dir)?;
    let made = || {
        let pair = KeyPair::generate()?;
        let certificate = CertificateParams::new(names(options))?.self_signed(&pair)?;
        write(&key, &pair.serialize_pem(), 0o600)?;
        write(&cert, &certificate.pem(), 0o644)
    };
    made().with_context(|| format!("while making the certificate {}", cert.display()))?;
    tracing::info!(file = %cert.display(), "made a certificate; browsers ask once whether to trust it");
    Ok((cert, key))
}

/// By which the site may be asked for.
fn names(options: &ServeOptions) -> Vec<String> {
    let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
    if !options.http.ip().is_unspecified() {
        names.push(options.http.ip().to_string());
    }
    let host = options.public_url.as_ref().and_then(|url| url.0.split_once("://").map(|(_, host)| host));
    names.extend(host.map(|host| host.rsplit_once(':').map_or(host, |(name, _)| name).to_owned()));
    names.extend(
        fs::read_to_string("/etc/hostname").ok().map(|name| name.trim().to_owned()).filter(|name| is_name(name)),
    );
    names.sort();
    names.dedup();
    names
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b))
}

fn write(path: &Path, text: &str, mode: u32) -> anyhow::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(mode).open(path)?;
    file.write_all(text.as_bytes())?;
    Ok(file.sync_all()?)
}
