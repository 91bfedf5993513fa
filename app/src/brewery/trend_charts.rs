//! How the plant was over the last 24 h of its time: a chart a vessel with temperature, setpoint and duty, one of energy, and
//! one cursor for all of them.

use super::chart::{HEIGHT, Scale, WIDTH, area, line};
use super::live::{Plant, use_plant};
use super::number::{write_clock, write_tenths};
use super::texts::use_brewery_texts;
use super::trends::{TrendPoint, Window, nearest};
use crate::api::read_plant_trends;
use crate::erased::IntoAny;
use brewery::plant::VesselId;
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

const ASK_EVERY: Duration = Duration::from_secs(5);
const CELSIUS: Scale = Scale { bottom: 0, top: 1_100 };
const PERCENT: Scale = Scale { bottom: 0, top: 100 };

/// What the charts share.
#[derive(Clone, Copy)]
struct Trends {
    points: RwSignal<Vec<TrendPoint>>,
    /// The moment that is looked at; none is now.
    looked_at_s: RwSignal<Option<u64>>,
}

impl Trends {
    fn looked_at(self) -> Option<TrendPoint> {
        let looked_at_s = self.looked_at_s.get();
        self.points.with(|points| match looked_at_s {
            Some(at_s) => points.get(nearest(points, at_s)?).copied(),
            None => points.last().copied(),
        })
    }

    fn window(self) -> Window {
        self.points.with(|points| Window::of(points))
    }
}

/// The charts.
#[component]
pub(super) fn TrendCharts(trends: Vec<TrendPoint>) -> impl IntoView {
    let (plant, texts) = (use_plant(), use_brewery_texts());
    let trends = Trends { points: RwSignal::new(trends), looked_at_s: RwSignal::new(None) };
    provide_context(trends);
    ask_again(plant, trends);
    let element: NodeRef<Div> = NodeRef::new();
    let point = move |event: PointerEvent| {
        let Some(rect) = element.get_untracked().map(|element| element.get_bounding_client_rect()) else { return };
        let share = (f64::from(event.client_x()) - rect.left()) / rect.width().max(1.0);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let thousandth = (share.clamp(0.0, 1.0) * 1_000.0) as u64;
        trends.looked_at_s.set(Some(untrack(|| trends.window()).at(thousandth)));
    };
    let press = move |event: KeyboardEvent| {
        let Some(to) = untrack(|| moved(trends, &event.key())) else { return };
        event.prevent_default();
        trends.looked_at_s.set(to);
    };
    let span = move || {
        let Window { from_s, until_s } = trends.window();
        (texts.ago)(&write_clock(until_s - from_s))
    };
    let is_empty = move || trends.points.with(Vec::is_empty);
    view! {
        <section class="panel trend-panel" aria-labelledby="trends-title">
            <h2 id="trends-title">{texts.trends}</h2>
            <p class="soft trend-moment">{move || moment(trends)}</p>
            <Legend />
            <div
                node_ref=element
                class="charts"
                role="slider"
                tabindex="0"
                aria-label=texts.trends
                aria-describedby="trends-help"
                aria-valuemin="0"
                aria-valuemax="1000"
                aria-valuenow=move || cursor_share(trends)
                aria-valuetext=move || read_out(trends)
                on:pointermove=point
                on:pointerdown=point
                on:pointerleave=move |_| trends.looked_at_s.set(None)
                on:keydown=press
            >
                {VesselId::ALL.map(|vessel| view! { <VesselChart vessel=vessel /> }).into_iter().collect_view()}
                <EnergyChart />
                <p class="time-axis" aria-hidden="true">
                    <span>{span}</span>
                    <span>{texts.now}</span>
                </p>
            </div>
            <p class="visually-hidden" id="trends-help">{texts.trends_help}</p>
            {move || is_empty().then(|| view! { <p class="soft">{texts.no_trends}</p> })}
        </section>
    }
    .into_any()
}

fn ask_again(plant: Plant, trends: Trends) {
    Effect::new(move |_| {
        let ask = move || {
            spawn_local(async move {
                // What cannot be read now will be in a moment; the link says how things stand.
                if let Ok(points) = read_plant_trends(plant.name()).await {
                    trends.points.try_set(points);
                }
            });
        };
        let asking = set_interval_with_handle(ask, ASK_EVERY);
        on_cleanup(move || {
            if let Ok(asking) = asking {
                asking.clear();
            }
        });
    });
}

/// Where a key moves the cursor: `Some(None)` is now; nowhere for other keys.
fn moved(trends: Trends, key: &str) -> Option<Option<u64>> {
    let at_s = trends.looked_at()?.at_s;
    trends.points.with(|points| {
        let (index, last) = (nearest(points, at_s)?, points.len() - 1);
        let to = match key {
            "ArrowLeft" | "ArrowDown" => index.saturating_sub(1),
            "ArrowRight" | "ArrowUp" => index + 1,
            "PageDown" => index.saturating_sub(20),
            "PageUp" => index + 20,
            "Home" => 0,
            "End" => last,
            _ => return None,
        };
        Some((to < last).then(|| points[to].at_s))
    })
}

fn moment(trends: Trends) -> String {
    let texts = use_brewery_texts();
    let Some(point) = trends.looked_at() else { return String::new() };
    let ago_s = trends.window().until_s.saturating_sub(point.at_s);
    let when = if trends.looked_at_s.get().is_none() { texts.now.to_owned() } else { (texts.ago)(&write_clock(ago_s)) };
    format!("{} · {when}", write_clock(point.at_s))
}

fn cursor_share(trends: Trends) -> i32 {
    trends.looked_at().map_or(1_000, |point| trends.window().x(point.at_s, 1_000))
}

/// All that the cursor is on, in words.
fn read_out(trends: Trends) -> String {
    let Some(point) = trends.looked_at() else { return use_brewery_texts().no_trends.to_owned() };
    let vessels = VesselId::ALL.map(|vessel| read_vessel(point, vessel));
    format!("{}. {}. {}", moment(trends), vessels.join(". "), read_energy(point))
}

fn read_vessel(point: TrendPoint, vessel: VesselId) -> String {
    let texts = use_brewery_texts();
    let celsius = |dc: i16| format!("{}\u{202f}°C", write_tenths(dc.into(), texts.decimal_mark));
    let at = vessel.index();
    let (measured, aim) = (celsius(point.temperatures_dc[at]), celsius(point.setpoints_dc[at]));
    format!("{}, {measured} → {aim}, {} {}\u{202f}%", (texts.vessel)(vessel), texts.duty, point.duties[at])
}

fn read_energy(point: TrendPoint) -> String {
    format!("{}\u{202f}kWh", write_tenths(point.energy, use_brewery_texts().decimal_mark))
}

/// What each line is.
#[component]
fn Legend() -> impl IntoView {
    let texts = use_brewery_texts();
    let entry = |class: &'static str, path: &'static str, text: &'static str| {
        view! {
            <span>
                <svg viewBox="0 0 28 12" aria-hidden="true">
                    <path class=class d=path />
                </svg>
                {text}
            </span>
        }
    };
    view! {
        <p class="trend-legend soft">
            {entry("trend-celsius", "M0 6H28", texts.measured)} {entry("trend-setpoint", "M0 6H28", texts.setpoint)}
            {entry("trend-duty", "M0 0H28V12H0Z", texts.duty)}
        </p>
    }
    .into_any()
}

/// Temperature and setpoint as lines, duty as what lies below.
#[component]
fn VesselChart(vessel: VesselId) -> impl IntoView {
    let (trends, at): (Trends, _) = (expect_context(), vessel.index());
    let draw = move |draw: fn(&[TrendPoint], usize) -> String| move || trends.points.with(|points| draw(points, at));
    let duty = draw(|points, at| area(points, PERCENT, |point| point.duties[at].into()));
    let setpoint = draw(|points, at| line(points, CELSIUS, |point| point.setpoints_dc[at].into()));
    let celsius = draw(|points, at| line(points, CELSIUS, |point| point.temperatures_dc[at].into()));
    let read = move || trends.looked_at().map(|point| read_vessel(point, vessel));
    view! {
        <figure class="chart" data-chart=vessel.code()>
            <figcaption>{read}</figcaption>
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none" aria-hidden="true">
                {[250, 500, 750, 1_000].map(|dc| view! { <path class="grid" d=format!("M0 {}H{WIDTH}", CELSIUS.y(dc)) /> })
                    .into_iter()
                    .collect_view()}
                <path class="trend-duty" d=duty />
                <path class="trend-setpoint" d=setpoint />
                <path class="trend-celsius" d=celsius />
                <Cursor />
            </svg>
            <span class="axis axis-top" aria-hidden="true">"110"</span>
            <span class="axis axis-bottom" aria-hidden="true">"0\u{202f}°C"</span>
        </figure>
    }
    .into_any()
}

#[component]
fn EnergyChart() -> impl IntoView {
    let (trends, texts): (Trends, _) = (expect_context(), use_brewery_texts());
    // In tenths of a kWh, whole ones, one at least.
    let top = move || {
        let most = trends.points.with(|points| points.iter().map(|point| point.energy).max().unwrap_or_default());
        (most + 9) / 10 * 10
    };
    let scale = move || Scale { bottom: 0, top: top().max(10) };
    let energy = move || trends.points.with(|points| line(points, scale(), |point| point.energy));
    let read = move || trends.looked_at().map(|point| format!("{} {}", texts.energy, read_energy(point)));
    view! {
        <figure class="chart" data-chart="energy">
            <figcaption>{read}</figcaption>
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none" aria-hidden="true">
                <path class="grid" d=format!("M0 {}H{WIDTH}", HEIGHT / 2) />
                <path class="trend-celsius" d=energy />
                <Cursor />
            </svg>
            <span class="axis axis-top" aria-hidden="true">{move || scale().top / 10}</span>
            <span class="axis axis-bottom" aria-hidden="true">"0\u{202f}kWh"</span>
        </figure>
    }
    .into_any()
}

/// The moment that is looked at.
#[component]
fn Cursor() -> impl IntoView {
    let trends: Trends = expect_context();
    let path = move || {
        let at_s = trends.looked_at_s.get()?;
        Some(format!("M{} 0V{HEIGHT}", trends.window().x(at_s, WIDTH)))
    };
    view! { <path class="trend-cursor" d=path /> }.into_any()
}
