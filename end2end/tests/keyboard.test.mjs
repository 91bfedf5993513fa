// Without a mouse: reaching a booth, opening its card, coming by a link.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertClean } from '../src/browser.mjs';
import { eventually } from '../src/eventually.mjs';
import { serverAndBrowser } from '../src/fixture.mjs';
import { waitForLink } from '../src/map_page.mjs';

const STEPS_MAX = 60;

describe('the keyboard', () => {
  const fixture = serverAndBrowser();

  const focusedBooth = (page) => page.evaluate(() => document.activeElement?.closest('[data-booth]')?.getAttribute('data-booth'));

  it('reaches a booth by Tab, shows the focus, and opens the card by Enter', async () => {
    const page = await fixture.browser.open(`${fixture.server.origin}/floor/4`);
    await waitForLink(page, 'live');
    let number;
    for (let step = 0; step < STEPS_MAX && !number; step += 1) {
      await page.keyboard.press('Tab');
      number = await focusedBooth(page);
    }
    assert.ok(number, `a booth has the focus within ${STEPS_MAX} steps`);
    await page.waitForSelector(`[data-card="${number}"]`, { timeout: 2_000 });
    assert.ok(await page.evaluate(() => document.activeElement.matches(':focus-visible')), 'the focus is visible');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/floor/4?booth=${number}`, { timeout: 2_000 });
    await page.waitForSelector(`[data-card="${number}"]`, { timeout: 2_000 });
    assertClean(page, fixture.server.origin);
  });

  it('lands on the booth of a link', async () => {
    const page = await fixture.browser.open(`${fixture.server.origin}/floor/4?booth=42`);
    await waitForLink(page, 'live');
    await eventually('box 42 has the focus', async () => (await focusedBooth(page)) === '42', { withinMs: 3_000 });
    assert.match(await page.locator('[data-card="42"]').innerText(), /Mark Zuckerberg/);
    assertClean(page, fixture.server.origin);
  });

  it('goes through the floors by their tabs, without a new document', async () => {
    const page = await fixture.browser.open(`${fixture.server.origin}/floor/4`);
    await waitForLink(page, 'live');
    await page.evaluate(() => (globalThis.isSameDocument = true));
    await page.locator('a[href="/floor/6"]').focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-floor="6"] [data-booth="61"]', { state: 'attached', timeout: 3_000 });
    assert.match(page.url(), /\/floor\/6$/);
    assert.equal(await page.evaluate(() => globalThis.isSameDocument), true);
    assertClean(page, fixture.server.origin);
  });
});
