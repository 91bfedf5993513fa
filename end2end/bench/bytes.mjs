// Everything that is fetched until the map is live, as it comes over the wire.

import { waitForLink } from '../src/map_page.mjs';
import { startServer } from '../src/server.mjs';

const LIVE_MAX_MS = 30_000;

export async function measureBytes(browser) {
  const server = await startServer();
  try {
    const page = await browser.openBlank(server.origin);
    const fetched = await recordFetches(page);
    await page.addInitScript(noteWhenLive);
    await page.goto(`${server.origin}/`);
    await waitForLink(page, 'live', LIVE_MAX_MS);
    const later = new Set(await page.evaluate(fetchedLater));
    await page.context().close();
    const files = [...fetched.values()].filter(({ bytes, url }) => bytes > 0 && url.startsWith('http'));
    const first = files.filter(({ url }) => !later.has(url));
    const total = first.reduce((sum, { bytes }) => sum + bytes, 0);
    const line = (mark) => ({ url, bytes }) => ({ name: `${mark} ${nameOf(url)}`, unit: 'kB', value: bytes / 1_000 });
    return [
      { name: 'bytes until the map is live', unit: 'kB', value: total / 1_000, must: 200, aim: 100 },
      ...first.map(line('-')),
      ...files.filter(({ url }) => later.has(url)).map(line('- afterwards:')),
    ];
  } finally {
    await server.remove();
  }
}

/** In the page: notes the time at which the map becomes live. */
function noteWhenLive() {
  const isLive = () => document.querySelector('[data-link="live"]');
  const note = () => isLive() && (globalThis.liveAtMs ??= performance.now());
  new MutationObserver(note).observe(document, { attributes: true, attributeFilter: ['data-link'], subtree: true });
}

/** In the page: the addresses of what was asked for after that, in this order. */
function fetchedLater() {
  const entries = performance.getEntriesByType('resource').filter(({ startTime }) => startTime >= globalThis.liveAtMs);
  return entries.map(({ name }) => name);
}

/** Bytes of each answer, compressed as it was sent. The event stream never ends and counts as it flows. */
async function recordFetches(page) {
  const session = await page.context().newCDPSession(page);
  const fetched = new Map();
  await session.send('Network.enable');
  session.on('Network.responseReceived', ({ requestId, response }) => fetched.set(requestId, { url: response.url, bytes: 0 }));
  session.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    const file = fetched.get(requestId);
    if (file) file.bytes += encodedDataLength;
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const file = fetched.get(requestId);
    if (file) file.bytes = Math.max(file.bytes, encodedDataLength);
  });
  return fetched;
}

/** Without the hash, so that rounds and builds can be compared. */
function nameOf(url) {
  return new URL(url).pathname.replace(/\.[0-9a-f]{12}(?=[./])/, '');
}
