//! One small HTTP request: to ask another process of ours how it is, or what it knows.

use crate::any_certificate;
use bytes::Bytes;
use http::header::{CONNECTION, HOST};
use http::{Request, Uri};
use http_body_util::{BodyExt, Empty, Limited};
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// The longest answer, in bytes.
const BODY_MAX: usize = 1 << 20;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum HttpClientError {
    /// Only addresses such as `http://127.0.0.1:3000/health` can be asked.
    #[error("{url:?} is no address that begins with http:// or https://")]
    Url {
        /// The refused address.
        url: String,
    },
    /// Nobody listens there, or the network is away.
    #[error("no connection to {authority}: {source}")]
    Connect {
        /// Host and port.
        authority: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// Whoever listens there does not encrypt.
    #[error("no encrypted connection to {authority}")]
    Encrypt {
        /// Host and port.
        authority: String,
    },
    /// The answer is no HTTP, or broke off.
    #[error("no complete answer: {0}")]
    Http(#[from] hyper::Error),
    /// The body broke off or is longer than 1 MiB.
    #[error("no usable body: {0}")]
    Body(Box<dyn std::error::Error + Send + Sync>),
    /// The deadline has passed.
    #[error("no answer within {} ms", .0.as_millis())]
    Late(Duration),
}

/// Gets `url` within `deadline`: the status and the body.
///
/// # Errors
/// When there is no whole answer; any status is one.
pub async fn get(url: &str, deadline: Duration) -> Result<(u16, Bytes), HttpClientError> {
    timeout(deadline, exchange(url)).await.unwrap_or(Err(HttpClientError::Late(deadline)))
}

async fn exchange(url: &str) -> Result<(u16, Bytes), HttpClientError> {
    let (authority, is_tls, request) = prepare(url).ok_or_else(|| HttpClientError::Url { url: url.to_owned() })?;
    let stream = TcpStream::connect(&authority).await;
    let stream = stream.map_err(|source| HttpClientError::Connect { authority: authority.clone(), source })?;
    if !is_tls {
        return ask(stream, request).await;
    }
    let address =
        stream.peer_addr().map_err(|source| HttpClientError::Connect { authority: authority.clone(), source })?;
    let refuse = |_| HttpClientError::Encrypt { authority: authority.clone() };
    let connector = any_certificate::connector().map_err(refuse)?;
    match connector.connect(address.ip().into(), stream).await {
        Ok(stream) => ask(stream, request).await,
        Err(_) => Err(HttpClientError::Encrypt { authority }),
    }
}

async fn ask(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    request: Request<Empty<Bytes>>,
) -> Result<(u16, Bytes), HttpClientError> {
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
    let answer = async {
        let (head, body) = sender.send_request(request).await?.into_parts();
        let body = Limited::new(body, BODY_MAX).collect().await.map_err(HttpClientError::Body)?;
        Ok((head.status.as_u16(), body.to_bytes()))
    };
    tokio::pin!(answer);
    tokio::select! {
        biased;
        answer = &mut answer => answer,
        // The connection may end with the last bytes of the answer, or before it.
        ended = connection => { ended?; answer.await }
    }
}

/// Where to connect, whether to encrypt, and what to ask.
fn prepare(url: &str) -> Option<(String, bool, Request<Empty<Bytes>>)> {
    let uri: Uri = url.parse().ok()?;
    let (is_tls, port) = match uri.scheme_str()? {
        "http" => (false, 80),
        "https" => (true, 443),
        _ => return None,
    };
    let authority = format!("{}:{}", uri.host()?, uri.port_u16().unwrap_or(port));
    let path = uri.path_and_query()?.as_str();
    let request = Request::get(path).header(HOST, &authority).header(CONNECTION, "close");
    Some((authority, is_tls, request.body(Empty::new()).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    /// Asks a server that answers with `answer` and closes; shows the outcome.
    async fn ask(answer: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/health?x=1", listener.local_addr().expect("bound"));
        let served = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let mut request = vec![0; 1_024];
            let length = stream.read(&mut request).await.expect("a request");
            stream.write_all(answer.as_bytes()).await.expect("answers");
            String::from_utf8_lossy(&request[..length]).into_owned()
        });
        let got = get(&url, Duration::from_secs(5)).await;
        assert!(served.await.expect("no panic").starts_with("GET /health?x=1 HTTP/1.1\r\n"));
        got.map_or_else(|error| error.to_string(), |(status, body)| format!("{status} {}", body.escape_ascii()))
    }

    #[tokio::test]
    async fn answers() {
        assert_eq!(ask("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok").await, "200 ok");
        assert_eq!(ask("HTTP/1.1 503 Service Unavailable\r\n\r\ndown").await, "503 down");
        assert!(ask("410421430441").await.starts_with("no complete answer"));
        assert!(ask("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nok").await.starts_with("no usable body"));
    }

    #[tokio::test]
    async fn what_cannot_be_asked() {
        for url in ["", "127.0.0.1:3000", "ftp://127.0.0.1/", "http://", "/health"] {
            let error = get(url, Duration::from_secs(1)).await.expect_err(url);
            assert!(matches!(error, HttpClientError::Url { .. }), "{url}: {error}");
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/", listener.local_addr().expect("bound"));
        let error = get(&url, Duration::from_millis(50)).await.expect_err("nobody answers");
        assert_eq!(error.to_string(), "no answer within 50 ms");
        drop(listener);
        let error = get(&url, Duration::from_secs(5)).await.expect_err("nobody listens");
        assert!(matches!(error, HttpClientError::Connect { .. }), "{error}");
    }
}
