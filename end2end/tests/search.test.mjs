// Finding a booth: the key, the field, its results; and the page of results for readers without scripts.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertClean } from '../src/browser.mjs';
import { eventually } from '../src/eventually.mjs';
import { serverAndBrowser } from '../src/fixture.mjs';
import { isSameDocument, markDocument, waitForLink } from '../src/map_page.mjs';

describe('the search', () => {
  const fixture = serverAndBrowser();
  const FIELD = '#search-field';

  const open = async (path, options) => {
    const page = await fixture.browser.open(fixture.server.origin + path, options);
    await waitForLink(page, 'live');
    return page;
  };
  const optionsOf = (page) =>
    page.locator('[role="option"]').evaluateAll((options) => options.map((option) => Number(option.dataset.searchOption)));
  const optionsBecome = (page, numbers) =>
    eventually(`the results ${numbers}`, async () => String(await optionsOf(page)) === String(numbers), { withinMs: 5_000 });
  const hasFocus = (page, selector) => page.evaluate((selector) => document.activeElement?.matches(selector), selector);
  const activeOption = (page) =>
    page.evaluate(() => {
      const id = document.querySelector('#search-field').getAttribute('aria-activedescendant');
      const option = id && document.getElementById(id);
      return option ? [Number(option.dataset.searchOption), option.getAttribute('aria-selected')] : null;
    });

  it('begins with /, shows results while typing, goes by arrows and Enter, and lands on the booth', async () => {
    const page = await open('/floor/4');
    await markDocument(page);
    await page.keyboard.press('/');
    assert.ok(await hasFocus(page, FIELD), 'the field has the focus');
    assert.equal(await page.inputValue(FIELD), '', 'the key itself is not typed');
    await page.keyboard.type('6');
    await optionsBecome(page, [61, 62, 63, 64, 65, 66, 67, 68]);
    assert.equal(await page.getAttribute(FIELD, 'aria-expanded'), 'true');
    assert.deepEqual(await activeOption(page), [61, 'true']);
    await page.keyboard.press('ArrowDown');
    assert.deepEqual(await activeOption(page), [62, 'true']);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    assert.deepEqual(await activeOption(page), [68, 'true']);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/floor/6?booth=68');
    await eventually('box 68 has the focus', () => hasFocus(page, '[data-booth="68"]'), { withinMs: 3_000 });
    assert.equal(await page.inputValue(FIELD), '');
    assert.ok(await isSameDocument(page));
    // The same floor again.
    await page.keyboard.press('/');
    await page.keyboard.type('box 61');
    await optionsBecome(page, [61]);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/floor/6?booth=61');
    await eventually('box 61 has the focus', () => hasFocus(page, '[data-booth="61"]'), { withinMs: 3_000 });
    assertClean(page, fixture.server.origin);
  });

  it('ignores case and accents, narrows the list too, and Escape leaves everything as it was', async () => {
    const page = await open('/floor/4?booth=43');
    await page.keyboard.press('/');
    await page.keyboard.type('ZÜCK');
    await optionsBecome(page, [42]);
    const rows = () => page.locator('[data-booth-row]').count();
    await eventually('the list is narrowed', async () => (await rows()) === 1, { withinMs: 2_000 });
    await page.keyboard.press('Escape');
    await eventually('the list is whole', async () => (await rows()) === 7, { withinMs: 2_000 });
    assert.ok(!(await hasFocus(page, FIELD)), 'the field has no focus');
    assert.equal(await page.inputValue(FIELD), '');
    assert.match(page.url(), /\?booth=43$/, 'the card is still open');
  });

  it('says that there is no such booth', async () => {
    const page = await open('/floor/4');
    await page.fill(FIELD, 'nobody');
    await page.waitForSelector('.search-note:has-text("Aucun box pour « nobody »")', { timeout: 3_000 });
    assert.equal(await page.getAttribute(FIELD, 'aria-expanded'), 'false');
  });

  it('is reached by a finger on a phone', async () => {
    const page = await open('/floor/4', { viewport: { width: 390, height: 844 }, hasTouch: true });
    const { width, height } = await page.locator(FIELD).boundingBox();
    assert.ok(width >= 24 && width < 60 && height >= 24, `a button of ${width} × ${height} px`);
    await page.tap(FIELD);
    await page.keyboard.type('41');
    await optionsBecome(page, [41]);
    assert.ok((await page.locator(FIELD).boundingBox()).width > 300, 'the field lies over the bar');
    await page.tap('[data-search-option="41"]');
    await page.waitForURL('**/floor/4?booth=41');
  });

  it('is a form and a page without scripts', async () => {
    const page = await fixture.browser.open(`${fixture.server.origin}/floor/4`, { javaScriptEnabled: false });
    await page.fill(FIELD, '4');
    await page.press(FIELD, 'Enter');
    await page.waitForURL('**/search?q=4');
    const found = await page.locator('[data-found]').evaluateAll((links) => links.map((link) => Number(link.dataset.found)));
    assert.deepEqual(found, [41, 42, 43, 44, 45, 46, 47]);
    await page.fill('.search-page-form input', 'mark z');
    await page.click('.search-page-form button');
    await page.waitForURL('**/floor/4?booth=42', { timeout: 3_000 });
    await page.goto(`${fixture.server.origin}/search?q=nobody`);
    assert.match(await page.locator('main').innerText(), /Aucun box pour « nobody »/);
    assertClean(page, fixture.server.origin);
  });
});

describe('the shortcuts', () => {
  const fixture = serverAndBrowser();

  it('are listed by ?, in a dialog that Escape closes', async () => {
    const page = await fixture.browser.open(`${fixture.server.origin}/floor/4?booth=42`);
    await waitForLink(page, 'live');
    await page.keyboard.press('?');
    await page.waitForSelector('dialog[open] kbd', { timeout: 3_000 });
    assert.match(await page.locator('dialog').innerText(), /Chercher un box/);
    await page.keyboard.press('/');
    assert.ok(await page.evaluate(() => document.activeElement.closest('dialog') !== null), 'keys of the page rest meanwhile');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog[open]', { state: 'detached', timeout: 3_000 });
    assert.match(page.url(), /booth=42$/);
    assertClean(page, fixture.server.origin);
  });

  it('leave modifiers and typing alone, and can be switched off', async () => {
    const page = await fixture.browser.open(`${fixture.server.origin}/floor/4`);
    await waitForLink(page, 'live');
    const isOpen = () => page.evaluate(() => document.querySelector('dialog').open);
    await page.keyboard.press('Control+?');
    assert.equal(await isOpen(), false, 'with Control');
    await page.focus('#search-field');
    await page.keyboard.type('?f');
    assert.equal(await isOpen(), false, 'in the field');
    assert.equal(await page.inputValue('#search-field'), '?f');
    assert.match(page.url(), /\/floor\/4$/);
    await page.keyboard.press('Escape');
    await page.evaluate(() => (document.documentElement.dataset.shortcuts = 'off'));
    await page.keyboard.press('?');
    assert.equal(await isOpen(), false, 'switched off');
  });

  it('f asks for a free box', async () => {
    const page = await fixture.browser.open(`${fixture.server.origin}/floor/4`);
    await waitForLink(page, 'live');
    const asked = page.waitForEvent('framenavigated', { predicate: (frame) => /\/go\b|[?&]go=/.test(frame.url()), timeout: 3_000 });
    await page.keyboard.press('f');
    await asked;
  });
});
