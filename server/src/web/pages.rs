//! The Leptos side: pages rendered here first, their server functions, the site's files.

use super::WebState;
use crate::card_history::SharedHistory;
use crate::floor_guide::SharedGuide;
use app::backend::{BackendHandle, GuideHandle, HistoryHandle, KeptPage, NotFoundReply};
use app::shell::{PageBuild, shell};
use app::{App, Locale, Reader};
use axum::Router;
use axum::extract::Request;
use axum::handler::HandlerWithoutStateExt;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, HeaderName, VARY};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode};
use leptos::nonce::use_nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::{
    LeptosRoutes, ResponseOptions, generate_route_list_with_exclusions_and_ssg_and_context,
    render_app_async_with_context,
};
use std::sync::Arc;
use tower_http::services::ServeDir;

/// Where the build has put its names on the files, those in this folder can be kept for ever.
const HASHED: &str = "/pkg/";
/// With it a page is asked for that will be read later, without the server.
const KEPT: HeaderName = HeaderName::from_static("x-dispobox-kept");
const KEEP: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// Adds the pages, their functions, the site's files, and the "not found" page for the rest.
pub(super) fn add_pages(routes: Router<WebState>, state: &WebState) -> Router<WebState> {
    let contexts = contexts(state);
    let hashed = state.site.hashed;
    let (listing, _) = generate_route_list_with_exclusions_and_ssg_and_context(App, None, contexts.clone());
    let not_found = render_app_async_with_context(contexts.clone(), shell);
    let files = ServeDir::new(&state.site.dir)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
        .fallback(not_found.into_service());
    routes
        .leptos_routes_with_context(state, listing, contexts, shell)
        .fallback_service(files)
        .layer(from_fn(move |request, next| set_caching(hashed, request, next)))
}

/// What the pages find in their context on this side.
fn contexts(state: &WebState) -> impl Fn() + Clone + Send + Sync + 'static {
    let backend = BackendHandle(Arc::clone(&state.backend) as _);
    let guide = GuideHandle(Arc::new(SharedGuide(Arc::clone(&state.guide))));
    let history = HistoryHandle(Arc::new(SharedHistory(Arc::clone(&state.guide.history))));
    let build = PageBuild { build: state.site.build.clone(), worker: state.worker.is_on };
    let state = state.clone();
    move || {
        if let Some(parts) = use_context::<Parts>() {
            provide_context(reader_of(&parts.headers));
            provide_context(state.public_url(&parts.headers));
            if parts.headers.contains_key(KEPT) {
                provide_context(KeptPage);
            }
        } else {
            provide_context(Reader::default());
        }
        provide_context(build.clone());
        provide_context(backend.clone());
        provide_context(state.site.assets.clone());
        provide_context(guide.clone());
        provide_context(history.clone());
        if let Some(response) = use_context::<ResponseOptions>() {
            response.insert_header(CONTENT_SECURITY_POLICY, policy_of_page());
            response.insert_header(VARY, HeaderValue::from_static("accept-language, cookie"));
            provide_context(NotFoundReply(Arc::new(move || response.set_status(StatusCode::NOT_FOUND))));
        }
    }
}

pub(super) fn reader_of(headers: &HeaderMap) -> Reader {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Reader::from_cookies(text(COOKIE), Locale::from_accept_language(text(ACCEPT_LANGUAGE)))
}

/// A page runs its own scripts and nothing else, talks to its own server and to nobody else, and is framed by nobody.
fn policy_of_page() -> HeaderValue {
    let nonce = use_nonce().map(|nonce| format!(" 'nonce-{nonce}'")).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{nonce}; style-src 'self'; img-src 'self'; \
         connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

async fn set_caching(hashed: bool, request: Request, next: Next) -> Response {
    let is_hashed = hashed && request.uri().path().starts_with(HASHED);
    let mut response = next.run(request).await;
    let is_page = !response.headers().contains_key(CACHE_CONTROL) && response.headers().contains_key(CONTENT_TYPE);
    if is_hashed && response.status().is_success() {
        response.headers_mut().insert(CACHE_CONTROL, KEEP);
    } else if is_page {
        response.headers_mut().insert(CACHE_CONTROL, ASK_AGAIN);
    }
    response
}
