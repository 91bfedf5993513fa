// Whom the pages talk to, and what they keep: their own server, and nothing of the reader.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Board } from '../src/board.mjs';
import { openBrowser } from '../src/browser.mjs';
import { waitForBooths, waitForLink } from '../src/map_page.mjs';
import { startServer } from '../src/server.mjs';

/** What a reader may meet: floors, a card, the status, what does not exist. */
const PATHS = ['/', '/floor/4', '/floor/4?booth=42', '/floor/6', '/status', '/floor/99', '/nothing-here'];
const COOKIES = ['floor', 'lang'];

describe('a visit of all pages', () => {
  let server, browser, board, page, folder, netLog;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dispobox-net-'));
    netLog = join(folder, 'net.json');
    server = await startServer();
    board = await new Board(server.boardsPort, [41, 42, 43, 44]).connect();
    browser = await openBrowser({ args: [`--log-net-log=${netLog}`] });
    page = await browser.open(`${server.origin}/`, { expectedErrors: /status of 404/ });
    await waitForBooths(page, [41, 42, 43, 44], 'free');
    for (const path of PATHS) {
      await page.goto(`${server.origin}${path}`, { waitUntil: 'load' });
      if ((await page.locator('[data-link]').count()) > 0) await waitForLink(page, 'live');
    }
    await page.goto(`${server.origin}/floor/4`);
    await page.click('[data-action="settings"]');
    await page.click('.language-switch a[hreflang="en"]');
    await waitForLink(page, 'live');
    await page.click('.floor-tab[href="/floor/6"]');
    await page.waitForSelector('[data-floor="6"]');
  });

  after(async () => {
    board?.kill();
    try {
      await browser?.close();
    } finally {
      await server?.remove();
    }
    await rm(folder, { recursive: true, force: true });
  });

  it('asks nobody else for anything', () => {
    assert.deepEqual([...page.journal.origins], [server.origin]);
  });

  it('breaks no rule of its policy', () => {
    assert.deepEqual(page.journal.violations, []);
  });

  it('is remembered by language and floor only', async () => {
    const cookies = await page.context().cookies();
    assert.deepEqual(cookies.map(({ name }) => name).sort(), COOKIES);
    assert.deepEqual(cookies.find(({ name }) => name === 'lang')?.value, 'en');
    assert.deepEqual(cookies.find(({ name }) => name === 'floor')?.value, '6');
    assert.ok(cookies.every(({ domain, sameSite }) => domain === '127.0.0.1' && sameSite === 'Lax'), JSON.stringify(cookies));
    const kept = await page.evaluate(async () => ({
      keys: [...Object.keys(localStorage), ...Object.keys(sessionStorage)],
      databases: await indexedDB.databases(),
    }));
    assert.deepEqual(kept.keys.filter((key) => !key.startsWith('dispobox.')), []);
    assert.deepEqual(kept.databases, []);
  });

  it('asks nobody else by the browser’s own log either', async () => {
    await browser.close();
    const origins = originsAskedBy(server.origin, await readFile(netLog, 'utf8'));
    assert.deepEqual([...origins], [server.origin]);
  });
});

/** Where the requests went that came from pages of an origin, by Chromium's log. It also has those of Chromium itself. */
function originsAskedBy(origin, log) {
  const asked = JSON.parse(log).events.filter(({ params }) => params?.initiator === origin && params.url);
  return new Set(asked.map(({ params }) => new URL(params.url).origin));
}
