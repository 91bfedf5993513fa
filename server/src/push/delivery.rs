//! Sends messages to push services: encrypted, signed, tried again while they are still of use.

use super::encryption::{EncryptionError, encrypt};
use super::{Subscription, VapidKey};
use crate::clock::utc_now;
use bytes::Bytes;
use domain::TicketName;
use http::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HOST, RETRY_AFTER};
use http::{HeaderMap, Request, StatusCode};
use http_body_util::Full;
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, mpsc};
use tokio::time::{Instant, sleep, timeout, timeout_at};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use tokio_util::sync::CancellationToken;

/// Attempts at one time.
const AT_ONCE_MAX: usize = 32;
/// Messages that are sent or wait for their next attempt.
const UNDER_WAY_MAX: usize = 2_048;
/// One attempt.
const ATTEMPT_MAX: Duration = Duration::from_secs(10);
/// One address of a name that may have several.
const CONNECT_MAX: Duration = Duration::from_secs(3);
/// Before the second attempt; doubled for each one after.
const FIRST_PAUSE: Duration = Duration::from_secs(1);

/// A message on its way.
pub(crate) struct PushJob {
    pub(crate) ticket: TicketName,
    pub(crate) subscription: Subscription,
    /// JSON; short, it is one record.
    pub(crate) message: Vec<u8>,
    /// Replaces an older message of the same topic that has not arrived: up to 32 of `A-Za-z0-9_-`.
    pub(crate) topic: String,
    /// Of no use afterwards.
    pub(crate) until: Instant,
}

/// Sends what comes in.
pub(crate) struct PushSender {
    pub(crate) key: Arc<VapidKey>,
    pub(crate) contact: Option<String>,
    pub(crate) allow_insecure: bool,
    pub(crate) tls: TlsConnector,
    attempts: Semaphore,
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Delivered,
    /// The browser has taken its subscription back.
    Gone,
    /// The push service will not have it, now or later.
    Refused(StatusCode),
    /// Time was up.
    Late,
}

/// Why an attempt has failed.
#[derive(Debug, thiserror::Error)]
enum AttemptError {
    #[error("no connection: {0}")]
    Io(#[from] std::io::Error),
    #[error("no answer: {0}")]
    Http(#[from] hyper::Error),
    #[error("no request: {0}")]
    Request(#[from] http::Error),
    #[error(transparent)]
    Encryption(#[from] EncryptionError),
    #[error("no name that a certificate could be for")]
    Name,
    #[error("no answer within {} s", ATTEMPT_MAX.as_secs())]
    Slow,
}

impl PushSender {
    /// The certificates that it trusts are part of the program.
    pub(crate) fn new(key: Arc<VapidKey>, contact: Option<String>, allow_insecure: bool) -> Self {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
        let tls = TlsConnector::from(Arc::new(config));
        Self { key, contact, allow_insecure, tls, attempts: Semaphore::new(AT_ONCE_MAX) }
    }

    /// Sends until `shutdown`; `forget` is told of subscriptions that are no more.
    pub(crate) async fn run(
        self,
        mut jobs: mpsc::Receiver<PushJob>,
        forget: impl Fn(TicketName) + Send + Sync + 'static,
        shutdown: CancellationToken,
    ) {
        let (sender, forget) = (Arc::new(self), Arc::new(forget));
        let permits = Arc::new(Semaphore::new(UNDER_WAY_MAX));
        while let Some(Some(job)) = shutdown.run_until_cancelled(jobs.recv()).await {
            let Ok(permit) = Arc::clone(&permits).acquire_owned().await else { return };
            let (sender, forget, shutdown) = (Arc::clone(&sender), Arc::clone(&forget), shutdown.clone());
            tokio::spawn(async move {
                let _permit = permit;
                match shutdown.run_until_cancelled(sender.deliver(&job)).await {
                    Some(Outcome::Gone) => forget(job.ticket),
                    // To whom is nobody's business, not even the log's.
                    Some(Outcome::Refused(status)) => tracing::warn!(%status, "a push service has refused a notice"),
                    Some(Outcome::Late) => tracing::warn!("a notice could not be pushed in time"),
                    Some(Outcome::Delivered) | None => {}
                }
            });
        }
    }

    async fn deliver(&self, job: &PushJob) -> Outcome {
        let mut pause = FIRST_PAUSE;
        loop {
            let attempt = timeout_at(job.until, self.attempt(job));
            let (answer, asked_for) = match attempt.await {
                Err(_) => return Outcome::Late,
                Ok(Ok((status, headers))) => (Some(status), retry_after(&headers)),
                Ok(Err(error)) => {
                    tracing::debug!(%error, "an attempt to push a notice has failed");
                    (None, None)
                }
            };
            match answer {
                Some(status) if status.is_success() => return Outcome::Delivered,
                Some(StatusCode::NOT_FOUND | StatusCode::GONE) => return Outcome::Gone,
                Some(status) if status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS => {
                    return Outcome::Refused(status);
                }
                _ => {}
            }
            let wait = asked_for.unwrap_or(pause);
            if Instant::now() + wait >= job.until {
                return Outcome::Late;
            }
            sleep(wait).await;
            pause *= 2;
        }
    }

    async fn attempt(&self, job: &PushJob) -> Result<(StatusCode, HeaderMap), AttemptError> {
        // Never closed.
        let _turn = self.attempts.acquire().await;
        timeout(ATTEMPT_MAX, self.exchange(job)).await.map_err(|_| AttemptError::Slow)?
    }

    async fn exchange(&self, job: &PushJob) -> Result<(StatusCode, HeaderMap), AttemptError> {
        let endpoint = job.subscription.endpoint();
        let request = self.request(job)?;
        let stream = connect(&endpoint.resolve(self.allow_insecure).await?).await?;
        if endpoint.is_tls() {
            let name = ServerName::try_from(endpoint.host().to_owned()).map_err(|_| AttemptError::Name)?;
            send(self.tls.connect(name, stream).await?, request).await
        } else {
            send(stream, request).await
        }
    }

    fn request(&self, job: &PushJob) -> Result<Request<Full<Bytes>>, AttemptError> {
        let endpoint = job.subscription.endpoint();
        let body = encrypt(&job.message, &job.subscription)?;
        let left_s = job.until.saturating_duration_since(Instant::now()).as_secs();
        let authorization = self.key.authorization(&endpoint.origin(), self.contact.as_deref(), utc_now());
        let request = Request::post(endpoint.path())
            .header(HOST, endpoint.authority())
            .header(AUTHORIZATION, authorization)
            .header(CONTENT_ENCODING, "aes128gcm")
            .header(CONTENT_TYPE, "application/octet-stream")
            // Of no use when the hold is over, and of much use at once.
            .header("ttl", left_s)
            .header("urgency", "high")
            .header("topic", &job.topic);
        Ok(request.body(Full::from(body))?)
    }
}

/// Tries one address after the other: the first may be of a kind that this network does not have.
async fn connect(addresses: &[SocketAddr]) -> Result<TcpStream, AttemptError> {
    let mut failed = AttemptError::Slow;
    for address in addresses {
        match timeout(CONNECT_MAX, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(error)) => failed = error.into(),
            Err(_) => {}
        }
    }
    Err(failed)
}

async fn send(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    request: Request<Full<Bytes>>,
) -> Result<(StatusCode, HeaderMap), AttemptError> {
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
    let answer = async move {
        let (head, _body) = sender.send_request(request).await?.into_parts();
        Ok((head.status, head.headers))
    };
    tokio::select! {
        answer = answer => answer,
        // Ends only with the exchange, or with an error that the answer tells better.
        _ = async { connection.await.ok(); std::future::pending::<()>().await } => Err(AttemptError::Slow),
    }
}

/// Seconds; dates are not understood.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.parse().ok().map(Duration::from_secs)
}
