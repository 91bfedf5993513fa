// A screen on a wall has nobody to load it anew: what it does when the server hangs or restarts, when there is a new build, when the
// application breaks, when the machine has slept.

import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Board } from '../src/board.mjs';
import { BROKEN_REQUESTS, openBrowser, screenshot } from '../src/browser.mjs';
import { eventually } from '../src/eventually.mjs';
import { isSameDocument, markDocument } from '../src/map_page.mjs';
import { lookAtScreen, signInOperator, waitForScreen } from '../src/screens.mjs';
import { BINARY, startServer } from '../src/server.mjs';
import { freeze } from '../src/tabs.mjs';

const BOOTHS = [41, 42, 43, 44];
/** 25 s, and what a browser needs to show it. */
const GREY_MAX_MS = 25_500;
const RECOVER_MAX_MS = 5_000;
const WAKE_MAX_MS = 3_000;
const HEAL_MAX_MS = 5_000;
const NEW_BUILD_MAX_MS = 60_000;
const RELOADS_MAX = 3;
/** Longer than a page may be silent before it distrusts what it has. */
const FROZEN_MS = 14_000;

describe('a screen that nobody looks after', () => {
  let server, browser, board, operator, screen, site;

  const open = (options = {}) =>
    browser.open(server.origin + screen.path, { viewport: { width: 1920, height: 1080 }, expectedErrors: /./, ...options });
  const isRight = ({ booths, rows, counts, isBannered, link }) =>
    booths[42] === 'occupied' && rows[42] === 'occupied' && booths[41] === 'free' && counts[4] === '3 libres' && !isBannered && link === 'live';
  const waitForRight = async (page, withinMs) => {
    const startedAt = performance.now();
    await eventually('right', async () => isRight(await lookAtScreen(page)), { withinMs });
    return Math.round(performance.now() - startedAt);
  };
  const isGrey = ({ booths, rows, counts, isBannered }) =>
    isBannered && [...Object.values(booths), ...Object.values(rows)].every((status) => status === 'unknown') && Object.values(counts).every((text) => text === '–');

  /** Another build of the same pages. */
  const publish = async (name) => {
    const manifest = JSON.parse(await readFile(join(site, 'manifest.json'), 'utf8'));
    manifest.build = name;
    await writeFile(join(site, 'manifest.json'), JSON.stringify(manifest));
    await server.stop();
    await server.start();
  };

  before(async () => {
    site = await mkdtemp(join(tmpdir(), 'dispobox-site-'));
    await cp(join(dirname(BINARY), 'site'), site, { recursive: true });
    server = await startServer({ args: ['--site-dir', site] });
    browser = await openBrowser();
    board = await new Board(server.boardsPort, BOOTHS, { reconnects: true }).connect();
    board.set(42, true);
    operator = await signInOperator(server);
    screen = await operator.addScreen({ floors: [4] });
  });

  after(async () => {
    board?.kill();
    try {
      await browser?.close();
    } finally {
      await server?.remove();
    }
    await rm(site, { recursive: true, force: true });
  });

  it('is grey under a banner within 25 s of silence, and right again soon after', async (test) => {
    const page = await open();
    await waitForRight(page, 15_000);
    await markDocument(page);
    server.signal('SIGSTOP');
    const frozenAt = performance.now();
    await eventually('grey', async () => isGrey(await lookAtScreen(page)), { withinMs: GREY_MAX_MS });
    test.diagnostic(`grey after ${Math.round(performance.now() - frozenAt)} ms`);
    assert.match(await page.innerText('.wall-banner'), /ne répond pas.*Dernières nouvelles à \d\d:\d\d/s);
    await screenshot(page, 'kiosk-silent');
    server.signal('SIGCONT');
    test.diagnostic(`right after ${await waitForRight(page, RECOVER_MAX_MS)} ms`);
    assert.ok(await isSameDocument(page), 'it was not loaded anew');
    await page.context().close();
  });

  it('says so by itself when the application does not notice, and has it healed', async () => {
    const page = await open();
    await waitForRight(page, 15_000);
    await markDocument(page);
    // Before that, a page that follows nothing is taken for one that has not started.
    await page.waitForFunction(() => performance.now() > 12_000);
    // The stream and the application stand still; what watches over them is another script.
    await page.evaluate(() => {
      globalThis.dispobox.unfollow();
      document.querySelector('[data-link]').dataset.link = 'live';
    });
    await page.waitForSelector('.wall-banner:visible', { timeout: GREY_MAX_MS });
    assert.deepEqual(Object.values((await lookAtScreen(page)).counts), ['–']);
    await page.waitForFunction(() => !globalThis.isSameDocument, null, { timeout: 20_000 });
    await waitForRight(page, 2 * HEAL_MAX_MS);
    await page.context().close();
  });

  it('is right after a restart of the server, without being loaded anew', async (test) => {
    const page = await open();
    await waitForRight(page, 15_000);
    await markDocument(page);
    await server.stop();
    await page.waitForSelector('[data-link="stale"]', { state: 'attached', timeout: 16_000 });
    await server.start();
    test.diagnostic(`right after ${await waitForRight(page, 2 * RECOVER_MAX_MS)} ms`);
    assert.ok(await isSameDocument(page));
    await page.context().close();
  });

  it('loads a new build within a minute, once', async (test) => {
    const page = await open();
    await waitForRight(page, 15_000);
    await publish('second');
    const startedAt = performance.now();
    await page.waitForFunction(() => document.documentElement.dataset.build === 'second', null, { timeout: NEW_BUILD_MAX_MS });
    test.diagnostic(`loaded after ${Math.round(performance.now() - startedAt)} ms`);
    await waitForRight(page, 15_000);
    await page.context().close();
  });

  it('is loaded anew within 5 s of a panic', async (test) => {
    const page = await open();
    await waitForRight(page, 15_000);
    await page.evaluate(() => {
      globalThis.isBrokenDocument = true;
      // As a trap in the wasm reports itself.
      setTimeout(() => {
        throw new WebAssembly.RuntimeError('broken by the test');
      });
    });
    const brokenAt = performance.now();
    await page.waitForFunction(() => !globalThis.isBrokenDocument, null, { timeout: HEAL_MAX_MS });
    test.diagnostic(`loaded anew after ${Math.round(performance.now() - brokenAt)} ms`);
    await waitForRight(page, 15_000);
    await page.context().close();
  });

  it('that breaks again and again says so after three reloads, and nothing on it looks live', async () => {
    let pages = 0;
    const prepare = async (target) => {
      target.on('request', (request) => (pages += request.isNavigationRequest() ? 1 : 0));
      await target.route('**/*.wasm', (route) => route.fulfill({ status: 404 }));
    };
    const page = await open({ prepare });
    await page.waitForSelector('[data-broken="given-up"] .broken-page', { timeout: 30_000 });
    assert.equal(pages, 1 + RELOADS_MAX);
    assert.match(await page.innerText('.broken-page'), /ne fonctionne pas/);
    await eventually('all grey', async () => isGrey(await lookAtScreen(page)), { withinMs: 2_000 });
    await screenshot(page, 'kiosk-given-up');
    await page.context().close();
  });

  it('is right within 3 s of waking', async (test) => {
    const page = await open();
    await waitForRight(page, 15_000);
    const wake = await freeze(page);
    board.set(43, true);
    const frozenAt = performance.now();
    await eventually('asleep for long', () => performance.now() - frozenAt > FROZEN_MS, { withinMs: FROZEN_MS * 2 });
    const woken = wake();
    const startedAt = performance.now();
    await eventually('right', async () => {
      const { booths, isBannered } = await lookAtScreen(page);
      return booths[43] === 'occupied' && booths[42] === 'occupied' && !isBannered;
    }, { withinMs: WAKE_MAX_MS });
    test.diagnostic(`right after ${Math.round(performance.now() - startedAt)} ms`);
    await woken;
    await page.context().close();
  });
});
