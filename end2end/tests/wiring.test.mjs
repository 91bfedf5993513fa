// The wiring: signals that move, channels that are wired on the plan; by mouse, by keyboard, without scripts. And a booth's filter.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createAccount, signIn } from '../src/accounts.mjs';
import { assertAccessible } from '../src/axe.mjs';
import { openBrowser, screenshot } from '../src/browser.mjs';
import { connectBoards } from '../src/board.mjs';
import { startServer } from '../src/server.mjs';

const channel = (name) => `[data-channel="${name}"]`;
const booth = (number) => `[data-wiring-booth="${number}"]`;

async function tabTo(page, selector) {
  for (let presses = 0; presses < 150; presses += 1) {
    if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`${selector} is not reached by Tab`);
}

describe('wiring', () => {
  let server, browser, boards;

  before(async () => {
    server = await startServer({
      prepare: async (dataDir) => {
        await createAccount(dataDir, 'olga', 'operator');
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

  it('shows within a second which detector sees somebody', async () => {
    const page = await signIn(browser, server, 'ann');
    await page.goto(`${server.origin}/admin/wiring?floor=4`);
    await page.waitForSelector(`${channel('board-1/1')}[data-signal="low"]`);
    boards[0].set(42, true);
    const sent = await boards[0].samplesSent(42, 1);
    await page.waitForSelector(`${channel('board-1/1')}[data-signal="high"]`);
    const took = performance.now() - sent;
    console.log(`figure: detector to page: ${Math.round(took)} ms`);
    assert.ok(took < 1_000, `${took} ms`);
    await page.waitForSelector(`${booth(42)}[data-high]`);
    assert.equal(await page.$(`${booth(41)}[data-high]`), null);
    assert.notEqual(await page.getAttribute(`${channel('board-1/1')} path`, 'd'), '');
    await assertAccessible(page);
    await screenshot(page, 'wiring-en-1280');
    boards[0].set(42, false);
    await page.waitForSelector(`${channel('board-1/1')}[data-signal="low"]`);
    assert.ok(await page.isDisabled(booth(42)), 'a viewer wires nothing');
  });

  it('wires by mouse, and maps follow', async () => {
    const page = await signIn(browser, server, 'olga');
    const map = await browser.open(`${server.origin}/floor/4`);
    await page.goto(`${server.origin}/admin/wiring?floor=4`);
    await page.check(`${channel('board-2/2')} input`);
    await page.click(booth(44));
    await page.waitForSelector('.told[data-told="done"]');
    assert.match(await page.textContent(channel('board-2/2')), /Box 44/);
    assert.ok(await page.isChecked(`${channel('board-2/2')} input`), 'still chosen');
    await map.close();
  });

  it('wires by keyboard alone', async () => {
    const page = await signIn(browser, server, 'olga');
    await page.goto(`${server.origin}/admin/wiring?floor=4&channel=board-2/2`);
    await tabTo(page, '[name="channel"]');
    assert.ok(await page.isChecked(`${channel('board-2/2')} input`));
    await tabTo(page, booth(47));
    await page.keyboard.press('Enter');
    await page.waitForSelector('.told[data-told="done"]');
    assert.match(await page.textContent(channel('board-2/2')), /Box 47/);
  });

  it('works without scripts', async () => {
    const page = await signIn(browser, server, 'olga', { javaScriptEnabled: false, locale: 'fr-FR' });
    await page.goto(`${server.origin}/admin/wiring?floor=4`);
    await page.check(`${channel('board-2/2')} input`);
    await page.click('.wiring-plan p button');
    await page.waitForSelector('.told[data-told="done"]');
    assert.match(await page.textContent(channel('board-2/2')), /rien/);
    await page.setViewportSize({ width: 390, height: 844 });
    assert.equal(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0);
    await screenshot(page, 'wiring-fr-390');
    await page.setViewportSize({ width: 1920, height: 1080 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await screenshot(page, 'wiring-fr-1920-dark');
  });

  it('says so when no signals come', async () => {
    const page = await signIn(browser, server, 'olga', { expectedErrors: /ERR_|Failed to load/ });
    await page.goto(`${server.origin}/admin/wiring?floor=4`);
    await page.waitForSelector(`${channel('board-1/0')}[data-signal="low"]`);
    await page.route('**/admin/wiring/signals?*', (route) => route.abort());
    await page.waitForSelector('.wiring-stale:not([hidden])');
    assert.equal(await page.getAttribute(channel('board-1/0'), 'data-signal'), 'silent');
    await page.unroute('**/admin/wiring/signals?*');
    await page.waitForSelector(`${channel('board-1/0')}[data-signal="low"]`);
    assert.ok(await page.isHidden('.wiring-stale'));
  });

  it('tries a filter and applies it', async () => {
    const page = await signIn(browser, server, 'olga');
    await page.goto(`${server.origin}/admin/booths/42`);
    await page.fill('[name="above"]', '1');
    await page.fill('[name="below"]', '1');
    await page.click('.main-button');
    await page.waitForSelector('[data-filter="tried"]');
    assert.match(page.url(), /above=1/);
    await assertAccessible(page);
    await screenshot(page, 'filter-en-1280');
    await page.click('[formmethod="post"]');
    await page.waitForSelector('.told[data-told="done"]');
    assert.equal(await page.inputValue('[name="above"]'), '1');
    await page.setViewportSize({ width: 390, height: 844 });
    assert.equal(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0);
    await screenshot(page, 'filter-en-390');
  });
});
