// When something is on the screen, beside a static page with the same drawing, and when the map is live.

import { createServer } from 'node:http';
import { brotliCompressSync } from 'node:zlib';
import { startServer } from '../src/server.mjs';
import { median } from './table.mjs';

const LOADS = 5;
const LIVE_MAX_MS = 60_000;
/** Lighthouse's slow 4G, and a phone of some years ago. */
const SLOW = { latency: 150, downloadThroughput: (1.6e6 / 8) * 0.9, uploadThroughput: (0.75e6 / 8) * 0.9, offline: false };
const SLOW_CPU = 4;

export async function measurePaint(browser) {
  const server = await startServer();
  const peer = await serveStatic(`${server.origin}/floor/4`);
  try {
    const address = `${server.origin}/floor/4`;
    const fast = await loadBoth(browser, address, peer.address, false);
    const slow = await loadBoth(browser, address, peer.address, true);
    return [
      { name: 'first paint against a static page', unit: 'x', value: fast.paint / fast.peerPaint, must: 1.5, aim: 1.1 },
      { name: '- first paint', unit: 'ms', value: fast.paint },
      { name: '- first paint of the static page', unit: 'ms', value: fast.peerPaint },
      { name: '- live', unit: 'ms', value: fast.live },
      { name: 'first paint, slow 4G and a 4x slower CPU', unit: 'ms', value: slow.paint, aim: 600 },
      { name: '- against a static page', unit: 'x', value: slow.paint / slow.peerPaint, must: 1.5, aim: 1.1 },
      { name: '- live', unit: 'ms', value: slow.live },
    ];
  } finally {
    await peer.close();
    await server.remove();
  }
}

/** In turns, so that both meet the same machine. */
async function loadBoth(browser, address, peerAddress, isSlow) {
  const loads = [];
  for (let load = 0; load < LOADS; load += 1) {
    const own = await loadOnce(browser, address, isSlow, true);
    const peer = await loadOnce(browser, peerAddress, isSlow, false);
    loads.push({ paint: own.paint, live: own.live, peerPaint: peer.paint });
  }
  const of = (name) => median(loads.map((load) => load[name]));
  return { paint: of('paint'), live: of('live'), peerPaint: of('peerPaint') };
}

async function loadOnce(browser, address, isSlow, isOurs) {
  const page = await browser.openBlank(new URL(address).origin);
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  if (isSlow) {
    await session.send('Network.emulateNetworkConditions', SLOW);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW_CPU });
  }
  await page.addInitScript(noteWhenLive);
  await page.goto(address, { waitUntil: 'load', timeout: LIVE_MAX_MS });
  if (isOurs) await page.waitForFunction(() => globalThis.liveAt !== undefined, null, { timeout: LIVE_MAX_MS });
  const paint = await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
  const times = { paint: await paint.jsonValue(), live: await page.evaluate(() => globalThis.liveAt) };
  await page.context().close();
  return times;
}

/** Runs in the page before anything else. */
function noteWhenLive() {
  const look = () => {
    if (globalThis.liveAt === undefined && document.querySelector('[data-link="live"]')) globalThis.liveAt = performance.now();
  };
  new MutationObserver(look).observe(document, { attributes: true, attributeFilter: ['data-link'], childList: true, subtree: true });
}

/** The same page without scripts, as a static file would be served. */
async function serveStatic(address) {
  const html = (await (await fetch(address)).text())
    .replace(/<script\b[^>]*>.*?<\/script>/gs, '')
    .replace(/<link[^>]*rel="(?:modulepreload|preload|manifest|icon|apple-touch-icon)"[^>]*>/g, '');
  const cssPath = /href="([^"]*\.css)"/.exec(html)[1];
  const css = await (await fetch(new URL(cssPath, address))).text();
  const files = new Map([
    ['/', { type: 'text/html; charset=utf-8', body: brotliCompressSync(html) }],
    [cssPath, { type: 'text/css', body: brotliCompressSync(css) }],
  ]);
  const listener = createServer((request, response) => {
    const file = files.get(request.url);
    if (!file) return response.writeHead(404).end();
    return response.writeHead(200, { 'content-type': file.type, 'content-encoding': 'br' }).end(file.body);
  });
  await new Promise((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${listener.address().port}/`,
    close: () => {
      listener.closeAllConnections();
      return new Promise((resolve) => listener.close(resolve));
    },
  };
}
