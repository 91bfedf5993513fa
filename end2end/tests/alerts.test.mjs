// Alerts: found, counted in the bar, seen to; by mouse, by keyboard, without scripts.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createAccount, signIn } from '../src/accounts.mjs';
import { assertAccessible } from '../src/axe.mjs';
import { openBrowser, screenshot } from '../src/browser.mjs';
import { connectBoards } from '../src/board.mjs';
import { eventually } from '../src/eventually.mjs';
import { startServer } from '../src/server.mjs';

const item = (kind, subject) => `.incident[data-alert="${kind}"][data-subject="${subject}"]`;
const SOON_MS = 30_000;

/** Presses Tab until the element that is looked for has the focus. */
async function tabTo(page, selector) {
  for (let presses = 0; presses < 120; presses += 1) {
    if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`${selector} is not reached by Tab`);
}

describe('alerts', () => {
  let server, browser, boards;

  const waitFor = (page, selector) =>
    eventually(selector, async () => {
      await page.goto(`${server.origin}/admin/alerts`);
      return page.$(selector);
    }, { withinMs: SOON_MS, everyMs: 300 });

  before(async () => {
    server = await startServer({
      args: ['--alert-settle-s', '1'],
      prepare: async (dataDir) => {
        await createAccount(dataDir, 'olga', 'operator', 'Olga Martin');
        await createAccount(dataDir, 'ann', 'viewer');
      },
    });
    browser = await openBrowser();
    boards = await connectBoards(server.boardsPort, [41, 42, 43, 44]);
  });

  after(async () => {
    boards?.forEach((board) => board.kill());
    try {
      await browser?.close();
    } finally {
      await server?.remove();
    }
  });

  it('a board that is missing is shown, counted in the bar, and seen to by keyboard', async () => {
    const page = await signIn(browser, server, 'olga');
    // The boards of a new installation are not there.
    await waitFor(page, item('board_late', 'board:board-2'));
    const count = () => page.$eval('.bar-count', (badge) => Number(badge.dataset.waiting));
    // That one is there; until it was, it may have been missing.
    await waitFor(page, 'body:not(:has(.alerts-open [data-subject="board:board-1"]))');
    const before = await count();
    assert.ok(before >= 1);
    await assertAccessible(page);
    await tabTo(page, `${item('board_late', 'board:board-2')} [name="note"]`);
    await page.keyboard.type('On my way');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.told[data-told="done"]');
    assert.match(await page.textContent(item('board_late', 'board:board-2')), /olga has seen to it.*On my way/s);
    assert.equal(await page.$(`${item('board_late', 'board:board-2')} form`), null);
    assert.ok((await count().catch(() => 0)) < before, 'one less');
    assert.equal(await page.$(`${item('board_late', 'board:board-2')}[data-waits]`), null);
    await assertAccessible(page);
    await screenshot(page, 'alerts-en-1280');
  });

  it('works without scripts, and shows a viewer no form', async () => {
    const page = await signIn(browser, server, 'olga', { javaScriptEnabled: false, locale: 'fr-FR' });
    await waitFor(page, item('board_late', 'board:board-3'));
    await page.click(`${item('board_late', 'board:board-3')} button`);
    await page.waitForSelector('.told[data-told="done"]');
    assert.match(await page.textContent(item('board_late', 'board:board-3')), /olga s’en occupe/);
    await page.setViewportSize({ width: 390, height: 844 });
    assert.equal(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0);
    await page.emulateMedia({ colorScheme: 'dark' });
    await screenshot(page, 'alerts-fr-390-dark');
    const viewer = await signIn(browser, server, 'ann');
    await viewer.goto(`${server.origin}/admin/alerts`);
    assert.equal(await viewer.$('.acknowledge'), null);
    await viewer.selectOption('[name="kind"]', 'battery_low');
    await viewer.click('.audit-filters button');
    assert.match(viewer.url(), /kind=battery_low/);
    assert.equal(await viewer.$('.incident'), null, 'filtered');
  });

  it('is over when the board is back', async () => {
    boards.push(...(await connectBoards(server.boardsPort, [45, 46, 47])));
    const page = await signIn(browser, server, 'ann');
    await waitFor(page, '.incidents-past [data-subject="board:board-2"]');
    assert.equal(await page.$(item('board_late', 'board:board-2')), null);
    await page.click('.incidents-past [data-subject="board:board-2"] summary');
    assert.match(await page.textContent('.incidents-past [data-subject="board:board-2"]'), /olga has seen to it/);
    await assertAccessible(page);
  });
});
