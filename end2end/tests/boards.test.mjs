// Boards, for those who look after them: a board comes into the house, is seen, blinks, and is sent away.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { createAccount, signIn } from '../src/accounts.mjs';
import { assertAccessible } from '../src/axe.mjs';
import { openBrowser, screenshot } from '../src/browser.mjs';
import { BINARY, startServer } from '../src/server.mjs';

const WITHIN_MS = 20_000;

/** Fails when something sticks out of the window, or can hardly be hit by a finger. */
async function assertFits(page, what) {
  const faults = await page.evaluate(() => {
    const targets = [...document.querySelectorAll('main :is(button, input:not([type="hidden"]), select, summary, a)')];
    const small = targets.filter((target) => {
      const { width, height } = target.getBoundingClientRect();
      return width > 0 && Math.min(width, height) < 24 && !target.closest('p, li');
    });
    return { wide: document.documentElement.scrollWidth - innerWidth, small: small.map((target) => target.outerHTML.slice(0, 120)) };
  });
  assert.deepEqual(faults, { wide: 0, small: [] }, what);
}

describe('boards', () => {
  const fixture = {};

  before(async () => {
    fixture.server = await startServer({
      prepare: async (dataDir) => {
        await createAccount(dataDir, 'bob', 'operator');
        await createAccount(dataDir, 'ann', 'viewer');
      },
    });
    fixture.browser = await openBrowser();
  });

  after(async () => {
    fixture.simulated?.kill();
    try {
      await fixture.browser?.close();
    } finally {
      await fixture.server?.remove();
    }
  });

  it('a new board is made, comes with the key, is seen, blinks, and is sent away', async () => {
    const { browser, server } = fixture;
    const page = await signIn(browser, server, 'bob', { viewport: { width: 1280, height: 900 } });
    await page.goto(`${server.origin}/admin/boards`);
    await page.click('text=New board');
    await page.fill('[name="id"]', 'board-1');
    await assertAccessible(page, 'new board');
    await page.press('[name="id"]', 'Enter');
    await page.waitForSelector('[data-new-key]');
    assert.match(await page.textContent('[data-new-line]'), /^set id=board-1 kv=1 key=[0-9a-f]{64} server=127\.0\.0\.1:\d+ n=4$/);
    await assertAccessible(page, 'key');
    await screenshot(page, 'boards-key');
    await page.click('text=Done, show the board');

    const words = ['simulate', '--boards', `127.0.0.1:${server.boardsPort}`, '--dialect', 'v2', '--board', 'board-1=41,42,43,44'];
    fixture.simulated = spawn(BINARY, [...words, '--data-dir', server.dataDir], { stdio: 'ignore' });
    // By itself: the page keeps itself fresh.
    await page.waitForSelector('.board-state[data-health="online"]', { timeout: WITHIN_MS });
    await page.waitForSelector('.board-facts .level', { timeout: WITHIN_MS });
    await page.click('text=Blink');
    await page.waitForSelector('.told[data-told="done"]');
    await page.waitForSelector('[data-command="id"]:not([data-open])', { timeout: WITHIN_MS });
    assert.match(await page.textContent('[data-command="id"]'), /done/);

    await page.click('#keys summary');
    await page.click('text=Yes, revoke this key');
    await page.waitForSelector('[data-key="1"][data-revoked]');
    await page.waitForSelector('.board-state:not([data-health="online"])', { timeout: WITHIN_MS });
    await page.context().close();
  });

  it('works without scripts, and a viewer only looks', async () => {
    const { browser, server } = fixture;
    const page = await signIn(browser, server, 'ann', { javaScriptEnabled: false });
    await page.goto(`${server.origin}/admin/boards?sort=name`);
    assert.deepEqual(await page.$$eval('[data-board] th a', (links) => links.map((link) => link.textContent)), [
      'board-1',
      'board-2',
      'board-3',
      'board-4',
    ]);
    await page.click('text=Battery');
    assert.match(page.url(), /sort=battery/);
    await page.click('[data-board="board-1"] th a');
    await page.waitForSelector('h1:has-text("board-1")');
    assert.equal(await page.locator('main form').count(), 0, 'nothing to do for a viewer');
    await page.context().close();
  });

  it('is accessible and fits, in both languages, light and dark, narrow and wide', async () => {
    const { browser, server } = fixture;
    const looks = [
      { locale: 'fr-FR', colorScheme: 'light', viewport: { width: 390, height: 844 } },
      { locale: 'fr-FR', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
      { locale: 'en-GB', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
      { locale: 'en-GB', colorScheme: 'light', viewport: { width: 1920, height: 1080 } },
    ];
    for (const look of looks) {
      const name = `${look.viewport.width}-${look.locale.slice(0, 2)}-${look.colorScheme}`;
      const page = await signIn(browser, server, 'bob', look);
      for (const path of ['/admin/boards', '/admin/boards/new', '/admin/boards/board-1']) {
        await page.goto(`${server.origin}${path}`);
        await assertAccessible(page, `${path} ${name}`);
        await assertFits(page, `${path} ${name}`);
        await screenshot(page, `admin${path.replaceAll('/', '-')}-${name}`);
      }
      await page.context().close();
    }
  });
});
