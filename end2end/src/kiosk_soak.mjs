// A month of a screen in minutes: tens of thousands of changes at speed, cuts and silences in between. What the page holds must not
// grow, and whenever one looks, the picture is right or its banner stands.

import assert from 'node:assert/strict';
import { eventually, pause } from './eventually.mjs';
import { lookAtScreen, waitForScreen } from './screens.mjs';
import { stageStream } from './staged_stream.mjs';
import { commandsOf } from './tabs.mjs';

const BATCH = 50;
/** Between two batches: 2,000 changes a second, far more than any building has. */
const BATCH_EVERY_MS = 25;
/** What was sent last is on the screen by then. */
const RIGHT_WITHIN_MS = 5_000;
/** Longer than a screen believes in what it shows. */
const SILENCE_MS = 26_000;
/** The beginning is not measured: everything is compiled and allocated then. */
const WARM_UP_PARTS = 0.3;
/** What may be added for each 10,000 changes. */
const SLOPES_MAX = { heapBytes: 150_000, nodes: 1, listeners: 0.5, wasmBytes: 70_000 };

/**
 * Runs it, prints what is measured by `say`, and fails when something grows or is wrong.
 * @param {{ server, browser, path: string, say: (line: string) => void, changes: number, minutes?: number, samples?: number, silences?: number }} options
 *   `path` of a screen; `minutes`: goes on for so long, if that is more; `silences`: times that the server says nothing
 */
export async function soakKiosk({ server, browser, path, say, changes, minutes = 0, samples = 20, silences = 1 }) {
  const stage = await stageStream(server.origin);
  try {
    const page = await browser.open(stage.origin + path, { viewport: { width: 1920, height: 1080 }, expectedErrors: /./ });
    await waitForScreen(page);
    await page.evaluate(() => (globalThis.isSameDocument = true));
    const figures = await run({ stage, page, changes, minutes, samples, silences });
    assert.ok(await page.evaluate(() => globalThis.isSameDocument), 'it was never loaded anew');
    report(figures, say);
    await page.context().close();
  } finally {
    await stage.close();
  }
}

async function run({ stage, page, changes, minutes, samples, silences }) {
  const commands = await commandsOf(page);
  await commands.send('Performance.enable');
  const endsAt = performance.now() + minutes * 60_000;
  const numbers = Object.keys(stage.truth).map(Number);
  const figures = [];
  let sent = 0;
  for (let sample = 1; sample <= samples || performance.now() < endsAt; sample += 1) {
    sent += await send(stage, numbers, changes / samples, sample);
    // Ends in the middle of news, every third time.
    if (sample % 3 === 0) stage.cut();
    if (sample <= silences) await beSilent(stage, page);
    await assertRight(stage, page);
    figures.push({ sent, ...(await measure(commands, page)) });
  }
  return figures;
}

async function send(stage, numbers, count, seed) {
  const statuses = ['free', 'occupied', 'late', 'occupied', 'free', 'unknown'];
  let sent = 0;
  while (sent < count) {
    for (let at = 0; at < BATCH; at += 1) {
      const turn = sent + at + seed;
      stage.change(numbers[turn % numbers.length], { status: statuses[(turn * 7 + (turn >> 3)) % statuses.length], left: turn % 5 === 0 });
    }
    sent += BATCH;
    await pause(BATCH_EVERY_MS);
  }
  return sent;
}

/** Nothing comes, and things change meanwhile. */
async function beSilent(stage, page) {
  stage.isSilent = true;
  for (const number of Object.keys(stage.truth)) stage.change(Number(number), { status: 'occupied' });
  const isGrey = ({ isBannered, booths }) => isBannered && Object.values(booths).every((status) => status === 'unknown');
  await eventually('all grey under a banner', async () => isGrey(await lookAtScreen(page)), { withinMs: SILENCE_MS });
  stage.isSilent = false;
}

/** What is on the screen is so, or the banner says that it is not known. */
async function assertRight(stage, page) {
  let seen = null;
  const isRight = async () => {
    seen = await lookAtScreen(page);
    const entries = Object.entries(seen.booths);
    return !seen.isBannered && entries.every(([number, status]) => status === stage.truth[number] && seen.rows[number] === status);
  };
  await eventually('the picture is right', isRight, { withinMs: RIGHT_WITHIN_MS }).catch((error) => {
    if (!seen.isBannered) throw new Error(`${error.message}: ${JSON.stringify({ seen, truth: stage.truth })}`);
  });
}

async function measure(commands, page) {
  await commands.send('HeapProfiler.collectGarbage');
  const { metrics } = await commands.send('Performance.getMetrics');
  const value = (name) => metrics.find((metric) => metric.name === name).value;
  const wasmBytes = await page.evaluate(() => globalThis.dispobox.memory.buffer.byteLength);
  return { heapBytes: value('JSHeapUsedSize'), nodes: value('Nodes'), listeners: value('JSEventListeners'), wasmBytes };
}

/** Slopes for each 10,000 changes. */
function report(figures, say) {
  const measured = figures.slice(Math.floor(figures.length * WARM_UP_PARTS));
  say(`changes: ${figures.at(-1).sent}, samples: ${figures.length}, each of them right`);
  for (const [name, most] of Object.entries(SLOPES_MAX)) {
    const slope = slopeOf(measured.map((figure) => [figure.sent / 10_000, figure[name]]));
    say(`${name}: ${measured[0][name]} to ${measured.at(-1)[name]}, slope ${slope.toFixed(2)} per 10,000 changes (at most ${most})`);
    assert.ok(slope <= most, `${name} grows by ${slope.toFixed(2)} per 10,000 changes`);
  }
}

/** Of the straight line that fits best. */
function slopeOf(points) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const [over, under] = points.reduce(([over, under], [px, py]) => [over + (px - x) * (py - y), under + (px - x) ** 2], [0, 0]);
  return under === 0 ? 0 : over / under;
}
