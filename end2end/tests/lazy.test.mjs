// The parts of the program that come after the map is live: when they are asked for, what works until then, and what becomes
// of a page whose part does not come.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Board } from '../src/board.mjs';
import { BROKEN_REQUESTS, assertClean } from '../src/browser.mjs';
import { eventually } from '../src/eventually.mjs';
import { serverAndBrowser } from '../src/fixture.mjs';
import { boothRow, boothShape, isSameDocument, markDocument, waitForLink, waitForStatus } from '../src/map_page.mjs';

const PARTS = '**/pkg/*/split_*.wasm';
const MAP = '**/pkg/*/split_map.wasm';
const isPart = (url) => /\/(split|chunk)_\w+\.wasm$/.test(url);

describe('the part of the map', () => {
  const fixture = serverAndBrowser();

  /** Opens a page whose part is held back until `release` is called. */
  const openHeld = async (path) => {
    let release;
    const released = new Promise((resolve) => (release = resolve));
    const prepare = (page) => page.route(PARTS, async (route) => (await released, route.continue()));
    const page = await fixture.browser.open(`${fixture.server.origin}${path}`, { prepare });
    await page.waitForSelector('[data-link="live"]', { state: 'attached', timeout: 10_000 });
    return { page, release };
  };

  it('is asked for when the map is live and not before', async () => {
    const asked = [];
    const prepare = async (page) => {
      page.on('request', (request) => asked.push(request.url()));
      await page.route('**/events*', () => {});
    };
    const page = await fixture.browser.open(`${fixture.server.origin}/floor/4`, { prepare });
    await eventually('the page follows the stream', () => asked.some((url) => /\/events/.test(url)), { withinMs: 10_000 });
    assert.deepEqual(asked.filter(isPart), [], 'nothing of it before');
    await page.unroute('**/events*');
    await page.reload();
    await waitForLink(page, 'live');
    assert.ok(asked.some(isPart));
    assert.ok(!asked.some((url) => url.includes('other_pages')), 'other pages are not asked for');
  });

  it('leaves a live map while it is not there, and takes it over as it is', async () => {
    const board = await new Board(fixture.server.boardsPort, [41, 42]).connect();
    const { page, release } = await openHeld('/floor/4');
    await markDocument(page);
    board.set(42, true);
    await waitForStatus(page, boothShape(42), 'occupied', 6_000);
    assert.match(await page.getAttribute(boothShape(42), 'aria-label'), /, Occupé$/);
    await page.fill('#search-field', '4');
    await page.evaluate(() => {
      globalThis.shape = document.querySelector('[data-booth="42"]');
    });

    release();
    await waitForLink(page, 'live');
    assert.ok(await page.evaluate(() => globalThis.shape.isConnected), 'the drawn map stays');
    assert.equal(await page.inputValue('#search-field'), '4');
    await waitForStatus(page, boothRow(42), 'occupied', 3_000);
    board.set(41, true);
    await waitForStatus(page, boothShape(41), 'occupied', 6_000);
    await page.click(boothShape(42));
    await page.waitForURL('**/floor/4?booth=42');
    await page.waitForSelector('[data-card="42"]', { timeout: 3_000 });
    assert.ok(await isSameDocument(page));
    assertClean(page, fixture.server.origin);
    board.kill();
  });

  it('leaves the focus in the list where it was', async () => {
    const { page, release } = await openHeld('/floor/4');
    await page.focus(`${boothRow(44)} a`);
    release();
    await waitForLink(page, 'live');
    await page.waitForSelector(`${boothRow(44)} a:focus`, { timeout: 3_000 });
  });

  it('heals the page when it does not come', async () => {
    let refused = 0;
    const prepare = (page) => page.route(MAP, (route) => (refused++ ? route.continue() : route.fulfill({ status: 404, body: '' })));
    const page = await fixture.browser.open(`${fixture.server.origin}/floor/4`, {
      prepare,
      expectedErrors: new RegExp(`${BROKEN_REQUESTS.source}|status of 404|not come|WebAssembly|TypeError|MIME`),
    });
    await waitForLink(page, 'live', 15_000);
    assert.ok(refused > 0);
    const reloads = await page.evaluate(() => JSON.parse(sessionStorage.getItem('dispobox.reloads')));
    assert.equal(reloads.length, 1, 'the page was loaded anew');
  });
});
