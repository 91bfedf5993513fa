// Without the server: the floor as it was seen last, with its age, and nothing green. With it again: live.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Board } from '../src/board.mjs';
import { BROKEN_REQUESTS, assertClean, openBrowser, screenshot } from '../src/browser.mjs';
import { waitForBooths, waitForLink, waitForLiveAndRight } from '../src/map_page.mjs';
import { startServer } from '../src/server.mjs';

const BOOTHS = [41, 42, 43, 44];

describe('offline', () => {
  let server, browser, page, board;

  const kept = () => page.evaluate(async () => (await (await caches.open('pages')).keys()).map(({ url }) => new URL(url).pathname));
  const statuses = () =>
    page.evaluate(() => [...new Set([...document.querySelectorAll('[data-status]')].map((element) => element.dataset.status))]);

  before(async () => {
    server = await startServer();
    board = await new Board(server.boardsPort, BOOTHS, { reconnects: true }).connect();
    board.set(42, true);
    browser = await openBrowser();
    page = await browser.open(`${server.origin}/floor/4`, { expectedErrors: BROKEN_REQUESTS });
    await waitForBooths(page, [42], 'occupied');
    await waitForBooths(page, [41, 43, 44], 'free');
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForFunction(async () => (await (await caches.open('pages')).keys()).length > 0, null, { timeout: 10_000 });
  });

  after(async () => {
    board?.kill();
    try {
      await browser?.close();
    } finally {
      await server?.remove();
    }
  });

  it('keeps the files of the build and the floor, and no state', async () => {
    assert.deepEqual(await kept(), ['/floor/4']);
    const all = await page.evaluate(async () => {
      const names = await caches.keys();
      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return requests.flat().map(({ url }) => new URL(url).pathname);
    });
    assert.deepEqual(all.filter((path) => path.startsWith('/events') || path.startsWith('/api')), []);
    const modules = all.filter((path) => path.endsWith('.wasm'));
    assert.ok(modules.length > 1, 'the application and its parts');
    assert.equal(new Set(modules.map((path) => path.slice(0, path.lastIndexOf('/')))).size, 1, 'of one build');
    const text = await page.evaluate(async () => (await (await caches.open('pages')).match('/floor/4', { ignoreVary: true })).text());
    assert.doesNotMatch(text, /data-status="(free|occupied)"/, 'not even before any script runs');
    assert.match(text, /data-link="down"/);
    assertClean(page, server.origin);
  });

  it('shows the floor grey, with its age, when the server is away', async (test) => {
    await server.stop();
    const startedAt = performance.now();
    await page.reload({ waitUntil: 'commit' });
    await page.waitForSelector('[data-booth="42"]', { state: 'attached', timeout: 10_000 });
    test.diagnostic(`there after ${Math.round(performance.now() - startedAt)} ms`);
    assert.deepEqual(await statuses(), ['unknown'], 'nothing is green, nor red');
    await waitForLink(page, 'down');
    const banner = page.locator('.link-banner');
    await banner.waitFor();
    assert.match(await banner.innerText(), /Dernières nouvelles à \d\d:\d\d, il y a < 1 min/);
    // The application runs: a click opens a card without the server.
    await page.waitForFunction(() => document.querySelector('.link-badge')?.textContent.includes('Hors ligne'));
    await page.click('[data-booth-row="42"] a');
    await page.waitForSelector('[data-card="42"][data-status="unknown"]');
    await screenshot(page, 'offline');
    assert.deepEqual(await statuses(), ['unknown']);
  });

  it('leads other addresses to a floor that was kept', async () => {
    for (const path of ['/', '/go', '/floor/4?booth=42']) {
      await page.goto(`${server.origin}${path}`, { waitUntil: 'commit' });
      await page.waitForSelector('[data-booth="42"]', { state: 'attached' });
      assert.equal(new URL(page.url()).pathname, '/floor/4', path);
    }
  });

  it('is live and right by itself when the server is back', async (test) => {
    await server.start();
    const startedAt = performance.now();
    await waitForLiveAndRight(page, { occupied: [42], free: [41, 43, 44] }, 15_000);
    test.diagnostic(`live again after ${Math.round(performance.now() - startedAt)} ms`);
    assert.equal(await page.locator('.link-banner').count(), 0);
  });

  it('is grey as well when only the network is away', async () => {
    await page.context().setOffline(true);
    await page.reload({ waitUntil: 'commit' });
    await page.waitForSelector('[data-link="down"]', { state: 'attached', timeout: 10_000 });
    assert.deepEqual(await statuses(), ['unknown']);
    await page.context().setOffline(false);
    await waitForLink(page, 'live', 15_000);
  });
});
