//! The Leptos side: pages rendered here first, their server functions, the site's files.

use super::WebState;
use super::accounts::{AppRenderer, Renderer, functions, plant};
use crate::accounts::AccountAdmin;
use crate::card_history::SharedHistory;
use crate::floor_guide::SharedGuide;
use crate::plans::SharedDesk;
use any_spawner::Executor;
use app::admin::{AdminPage, admin_document};
use app::backend::{
    AdminHandle, BackendHandle, Choice, GuideHandle, HistoryHandle, KeptPage, NotFoundReply, Operator, PlanHandle,
    PlantsHandle, RedirectReply, SignedIn, StatusReply,
};
use app::kiosk::{KioskPage, kiosk_document};
use app::shell::{PageBuild, shell};
use app::{Address, Locale, PAGE_PATHS, Reader};
use axum::Router;
use axum::extract::Request;
use axum::handler::HandlerWithoutStateExt;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, get, on};
use http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, HeaderName, VARY};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode};
use leptos::nonce::use_nonce;
use leptos::prelude::{IntoView, provide_context, use_context};
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::{ResponseOptions, handle_server_fns_with_context, redirect, render_app_async_with_context};
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
    // Fails when another router has done it: in tests.
    drop(Executor::init_tokio());
    let contexts = contexts(state);
    let hashed = state.site.hashed;
    // The whole page is sent at once, with the state in it, so it can be read without scripts.
    let page = render_app_async_with_context(contexts.clone(), shell);
    let files = ServeDir::new(&state.site.dir)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
        .fallback(page.clone().into_service());
    let routes = PAGE_PATHS.into_iter().fold(routes, |routes, path| routes.route(path, get(page.clone())));
    let admin = super::accounts::routes(
        renderer(contexts.clone(), admin_document),
        AppRenderer(renderer(contexts.clone(), shell)),
    );
    let screens = super::screens::routes(renderer(contexts.clone(), kiosk_document));
    add_functions(routes, state, &contexts)
        .merge(admin)
        .merge(screens)
        .fallback_service(files)
        .layer(from_fn(move |request, next| set_caching(hashed, request, next)))
}

/// The questions that the pages ask.
fn add_functions(
    routes: Router<WebState>,
    state: &WebState,
    contexts: &(impl Fn() + Clone + Send + Sync + 'static),
) -> Router<WebState> {
    server_fn_paths().fold(routes, |routes, (path, method)| {
        let (contexts, state) = (contexts.clone(), state.clone());
        let answer = move |request| {
            let contexts = contexts.clone();
            async move { handle_server_fns_with_context(contexts, request).await.into_response() }
        };
        // Every method that a server function can have is one that axum knows.
        let Ok(method) = MethodFilter::try_from(method) else { return routes };
        if functions::is_public(path) {
            return routes.route(path, on(method, answer));
        }
        if path == plant::ACT {
            let acted = move |request| plant::act(state.clone(), request, answer.clone());
            return routes.route(path, on(method, acted));
        }
        let guarded = move |request| {
            let (answer, state) = (answer.clone(), state.clone());
            functions::guard(state, request, answer)
        };
        routes.route(path, on(method, guarded))
    })
}

/// Writes pages of the administrator's side, or of screens.
fn renderer<V: IntoView + 'static>(
    contexts: impl Fn() + Clone + Send + Sync + 'static,
    document: fn() -> V,
) -> Renderer {
    let render = render_app_async_with_context(contexts, document);
    Renderer(Arc::new(move |request| {
        let rendering = render(request);
        Box::pin(async move { rendering.await.into_response() })
    }))
}

/// What the pages find in their context on this side.
fn contexts(state: &WebState) -> impl Fn() + Clone + Send + Sync + 'static {
    let backend = BackendHandle(Arc::clone(&state.backend) as _);
    let guide = GuideHandle(Arc::new(SharedGuide(Arc::clone(&state.guide))));
    let history = HistoryHandle(Arc::new(SharedHistory(Arc::clone(&state.guide.history))));
    let plants = PlantsHandle(Arc::new(state.plants.clone()));
    let build = PageBuild { build: state.site.build.clone(), worker: state.worker.is_on };
    let admin = AdminHandle(Arc::new(AccountAdmin(Arc::clone(&state.accounts))));
    let plans = PlanHandle(Arc::new(SharedDesk(Arc::clone(&state.plans))));
    let state = state.clone();
    move || {
        let parts = use_context::<Parts>();
        let address = parts.as_ref().and_then(|parts| parts.uri.path_and_query());
        provide_context(Address::parse(address.map_or("/", |address| address.as_str())));
        if let Some(parts) = parts {
            provide_context(reader_of(&parts.headers));
            provide_context(state.public_url(&parts.headers));
            if parts.headers.contains_key(KEPT) {
                provide_context(KeptPage);
            }
            if let Some(page) = parts.extensions.get::<AdminPage>() {
                provide_context(page.clone());
            }
            if let Some(page) = parts.extensions.get::<KioskPage>() {
                provide_context(page.clone());
            }
            if let Some(who) = parts.extensions.get::<SignedIn>() {
                provide_context(who.clone());
                provide_context(admin.clone());
                provide_context(plans.clone());
            }
            if let Some(operator) = parts.extensions.get::<Operator>() {
                provide_context(operator.clone());
            }
            if let Some(choice) = parts.extensions.get::<Choice>() {
                provide_context(*choice);
            }
        } else {
            provide_context(Reader::default());
        }
        provide_context(build.clone());
        provide_context(backend.clone());
        provide_context(state.site.assets.clone());
        provide_context(guide.clone());
        provide_context(history.clone());
        provide_context(plants.clone());
        if let Some(response) = use_context::<ResponseOptions>() {
            response.insert_header(CONTENT_SECURITY_POLICY, policy_of_page());
            response.insert_header(VARY, HeaderValue::from_static("accept-language, cookie"));
            let refused = response.clone();
            let set_status = move |status| StatusCode::from_u16(status).into_iter().for_each(|s| refused.set_status(s));
            provide_context(StatusReply(Arc::new(set_status)));
            provide_context(NotFoundReply(Arc::new(move || response.set_status(StatusCode::NOT_FOUND))));
            provide_context(RedirectReply(Arc::new(|path: String| redirect(&path))));
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
