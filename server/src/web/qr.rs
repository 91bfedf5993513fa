//! `/qr/booth/42.svg` and `/qr/go/4.svg`: the codes of the printed sheets.
//!
//! A code holds an absolute address: below `--public-url`, else below the host that the request has asked.

use super::WebState;
use app::backend::PublicUrl;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::{BoothNumber, FloorNumber};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use qrcode::types::{Color, QrError};
use qrcode::{EcLevel, QrCode};
use std::fmt::Write as _;

/// Light modules around the code, without which scanners do not find it.
const QUIET: usize = 4;

/// Where a code leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Booth(BoothNumber),
    Go(FloorNumber),
}

impl Target {
    fn of_path(path: &str) -> Option<Self> {
        let name = path.strip_prefix("/qr/")?.strip_suffix(".svg")?;
        match name.split_once('/')? {
            ("booth", number) => number.parse().ok().map(Self::Booth),
            ("go", floor) => floor.parse().ok().map(Self::Go),
            _ => None,
        }
    }
}

/// Answers what is a code; routes have no endings, so it stands before them.
pub(super) async fn answer_codes(State(state): State<WebState>, request: Request, next: Next) -> Response {
    match Target::of_path(request.uri().path()) {
        Some(target) if matches!(*request.method(), Method::GET | Method::HEAD) => {
            draw(&state, target, request.headers())
        }
        _ => next.run(request).await,
    }
}

fn draw(state: &WebState, target: Target, headers: &HeaderMap) -> Response {
    let shown = state.backend.memory.get();
    let building = &shown.building;
    let path = match target {
        Target::Booth(number) => building
            .booths
            .iter()
            .find(|booth| booth.number == number)
            .map(|booth| format!("/floor/{}?booth={number}", booth.floor)),
        Target::Go(floor) => {
            building.floors.iter().any(|known| known.number == floor).then(|| format!("/go?floor={floor}"))
        }
    };
    let Some(path) = path else { return StatusCode::NOT_FOUND.into_response() };
    let PublicUrl(site) = state.public_url(headers);
    match to_svg(&format!("{site}{path}")) {
        Ok(svg) => ([(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, "no-cache")], svg).into_response(),
        // Only a host of two thousand letters is too long for a code.
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

impl WebState {
    /// Where readers find this site.
    pub(super) fn public_url(&self, headers: &HeaderMap) -> PublicUrl {
        self.public_url.clone().unwrap_or_else(|| PublicUrl(url_of_host(headers.get(HOST), self.is_tls)))
    }
}

/// A proxy with TLS is told by `--public-url`; nothing that a header says of it is believed.
fn url_of_host(host: Option<&HeaderValue>, is_tls: bool) -> String {
    let scheme = if is_tls { "https" } else { "http" };
    let host = host.and_then(|host| host.to_str().ok()).filter(|host| is_host(host));
    host.map_or_else(String::new, |host| format!("{scheme}://{host}"))
}

/// Letters, digits, dots, hyphens, colons and the brackets of IPv6.
fn is_host(host: &str) -> bool {
    !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b))
}

/// One path of horizontal runs, black on white whatever the page's colours are: scanners want it so.
pub(crate) fn to_svg(text: &str) -> Result<String, QrError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
    let width = code.width();
    let size = width + 2 * QUIET;
    let mut runs = String::new();
    for (row, colors) in code.to_colors().chunks(width).enumerate() {
        let mut column = 0;
        for run in colors.chunk_by(|a, b| a == b) {
            if run[0] == Color::Dark {
                // Writing to a String cannot fail.
                let _ = write!(runs, "M{} {}h{}v1h-{}z", column + QUIET, row + QUIET, run.len(), run.len());
            }
            column += run.len();
        }
    }
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/><path d=\"{runs}\"/></svg>\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let cases = [
            ("/qr/booth/42.svg", Some(Target::Booth(BoothNumber(42)))),
            ("/qr/go/-1.svg", Some(Target::Go(FloorNumber(-1)))),
            ("/qr/booth/42", None),
            ("/qr/floor/4", None),
            ("/qr/booth/x.svg", None),
            ("/qr/other/4.svg", None),
            ("/qr/4.svg", None),
        ];
        for (path, expect) in cases {
            assert_eq!(Target::of_path(path), expect, "{path}");
        }
    }

    #[test]
    fn hosts() {
        let url = |host: &'static str| url_of_host(Some(&HeaderValue::from_static(host)), false);
        assert_eq!(url("127.0.0.1:3000"), "http://127.0.0.1:3000");
        assert_eq!(url("[::1]:3000"), "http://[::1]:3000");
        for host in ["", "a/b", "a b", "evil.example\"><script>"] {
            assert_eq!(url(host), "", "{host}");
        }
        assert_eq!(url_of_host(None, false), "");
        assert_eq!(url_of_host(Some(&HeaderValue::from_static("a")), true), "https://a");
    }

    #[test]
    fn a_code_is_square_and_quiet_at_its_edge() {
        let svg = to_svg("http://box.example.org/floor/4?booth=42").expect("fits");
        // Version 3: 29 modules and the quiet zone.
        assert!(svg.contains("viewBox=\"0 0 37 37\""), "{svg}");
        assert!(svg.contains("<path d=\"M4 4h7v1h-7z"), "the first finder: {svg}");
        assert!(to_svg(&"x".repeat(3_000)).is_err());
    }
}
