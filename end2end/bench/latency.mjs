// From a board's line on its socket to the changed document, and to the frame that shows it: 200 booths, one browser, and a
// thousand other viewers.

import { fork } from 'node:child_process';
import { eventually, pause } from '../src/eventually.mjs';
import { waitForBooths, waitForLink } from '../src/map_page.mjs';
import { connectSensors, startServerWith } from './installation.mjs';
import { percentile } from './table.mjs';

const BOOTHS = 200;
const VIEWERS = 1_000;
const CHANGES = 200;
const CHANGE_EVERY_MS = 100;
const CLOCK_LOOKS = 50;

export async function measureLatency(browser) {
  const server = await startServerWith(BOOTHS);
  const viewers = await openViewers(server.origin);
  let sensors = [];
  try {
    sensors = await connectSensors(server);
    const page = await browser.open(`${server.origin}/floor/4`);
    await waitForLink(page, 'live');
    await waitForBooths(page, sensors.flatMap(({ booths }) => booths), 'free', 30_000);
    const delays = await changeAndWatch(page, sensors);
    await page.context().close();
    const figure = (kind, percent) => percentile(delays.map((delay) => delay[kind]), percent);
    return [
      { name: 'board to painted pixel, p99', unit: 'ms', value: figure('painted', 99), must: 50, aim: 25 },
      { name: '- p95', unit: 'ms', value: figure('painted', 95) },
      { name: '- p50', unit: 'ms', value: figure('painted', 50) },
      { name: 'board to changed document, p99', unit: 'ms', value: figure('changed', 99), aim: 6 },
      { name: '- p95 ', unit: 'ms', value: figure('changed', 95) },
      { name: '- p50 ', unit: 'ms', value: figure('changed', 50) },
    ];
  } finally {
    sensors.forEach(({ board }) => board.kill());
    viewers.kill();
    await server.remove();
  }
}

async function changeAndWatch(page, sensors) {
  await page.evaluate(watchChanges);
  const ahead = await browserAheadMs(page);
  const sent = [];
  const isHigh = new Map();
  for (let change = 0; change < CHANGES; change += 1) {
    const { board, booths } = sensors[change % sensors.length];
    const booth = booths[Math.floor(change / sensors.length) % booths.length];
    const high = !isHigh.get(booth);
    isHigh.set(booth, high);
    const at = board.set(booth, high);
    sent.push({ booth, status: high ? 'occupied' : 'free', at: performance.timeOrigin + at });
    await pause(CHANGE_EVERY_MS);
  }
  const seen = await eventually('the page has shown every change', () => allSeen(page), { withinMs: 10_000 });
  return sent.map(({ booth, status, at }) => {
    const shown = seen.find((change) => change.booth === booth && change.status === status && !change.isTaken);
    shown.isTaken = true;
    return { changed: shown.changedAt - ahead - at, painted: shown.paintedAt - ahead - at };
  });
}

async function allSeen(page) {
  const seen = await page.evaluate(() => globalThis.seen);
  return seen.length >= CHANGES && seen.every(({ paintedAt }) => paintedAt) && seen;
}

/** Runs in the page: notes when a booth's shape changes, and when the frame that shows it has been handed on. */
function watchChanges() {
  globalThis.seen = [];
  const now = () => performance.timeOrigin + performance.now();
  new MutationObserver((records) => {
    const changedAt = now();
    const changes = records
      .filter(({ target }) => target.dataset.booth)
      .map(({ target }) => ({ booth: Number(target.dataset.booth), status: target.dataset.status, changedAt }));
    globalThis.seen.push(...changes);
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      // A task that waits while the frame is made.
      port1.onmessage = () => changes.forEach((change) => (change.paintedAt = now()));
      port2.postMessage(null);
    });
  }).observe(document.body, { attributes: true, attributeFilter: ['data-status'], subtree: true });
}

/** How far the browser's clock is ahead of this one: the look that took least is the most exact. */
async function browserAheadMs(page) {
  let best = { tookMs: Infinity, aheadMs: 0 };
  for (let look = 0; look < CLOCK_LOOKS; look += 1) {
    const before = performance.now();
    const there = await page.evaluate(() => performance.timeOrigin + performance.now());
    const tookMs = performance.now() - before;
    if (tookMs < best.tookMs) best = { tookMs, aheadMs: there - (performance.timeOrigin + before + tookMs / 2) };
  }
  return best.aheadMs;
}

/** In a process of their own: what they do must not delay the measuring. */
async function openViewers(origin) {
  const child = fork(new URL('viewers.mjs', import.meta.url), [origin, String(VIEWERS)]);
  await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`the viewers have ended (${code})`)));
  });
  return child;
}
