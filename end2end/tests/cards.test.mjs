// The card of a booth: how it comes and goes, and what a wrong address gets.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertClean } from '../src/browser.mjs';
import { eventually } from '../src/eventually.mjs';
import { serverAndBrowser } from '../src/fixture.mjs';
import { boothRow, boothShape, viewOf, waitForLink } from '../src/map_page.mjs';

describe('the card', () => {
  const fixture = serverAndBrowser();

  const open = async (path, options) => {
    const page = await fixture.browser.open(`${fixture.server.origin}${path}`, options);
    await waitForLink(page, 'live');
    return page;
  };
  const cardIs = (page, number) =>
    eventually(`the card is of ${number}`, async () => {
      const cards = await page.locator('[data-card]').all();
      const numbers = await Promise.all(cards.map((card) => card.getAttribute('data-card')));
      return numbers.join() === String(number ?? '');
    }, { withinMs: 3_000 });

  it('follows the pointer, over the map and over the list', async () => {
    const page = await open('/floor/4');
    await page.hover(boothShape(43));
    await cardIs(page, 43);
    await page.hover(boothRow(45));
    await cardIs(page, 45);
    await page.hover('.top-bar');
    await cardIs(page, null);
    assertClean(page, fixture.server.origin);
  });

  it('stays when it was chosen, and goes by Escape, by its button and by going back', async () => {
    const page = await open('/floor/4');
    await page.click(boothShape(42));
    await page.waitForURL('**/floor/4?booth=42');
    await page.hover('.top-bar');
    await cardIs(page, 42);
    await page.keyboard.press('Escape');
    await page.waitForURL('**/floor/4');
    await cardIs(page, null);

    await page.click(boothRow(46));
    await page.waitForURL('**/floor/4?booth=46');
    await page.click('.booth-card-close');
    await page.waitForURL('**/floor/4');

    await page.focus(boothShape(44));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/floor/4?booth=44');
    await page.goBack();
    await page.waitForURL('**/floor/4');
    await page.hover('.top-bar');
    await cardIs(page, null);
    assertClean(page, fixture.server.origin);
  });

  it('is opened by Enter right after the plan was dragged by a booth', async () => {
    const page = await open('/floor/4');
    await page.hover(boothShape(44));
    await page.mouse.down();
    await page.mouse.move(700, 420, { steps: 6 });
    await page.mouse.up();
    assert.match(page.url(), /\/floor\/4$/, 'a drag chooses nothing');
    await page.focus(boothShape(46));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/floor/4?booth=46', { timeout: 3_000 });
  });

  it('does not drag on when the button was let go elsewhere', async () => {
    const page = await open('/floor/4');
    const { x, y, width } = await page.locator('.stage').boundingBox();
    await page.mouse.move(x + width - 30, y + 300);
    await page.mouse.down();
    await page.mouse.move(x + width + 100, y + 300);
    await page.mouse.up();
    const before = await viewOf(page);
    await page.mouse.move(x + 200, y + 300, { steps: 5 });
    assert.deepEqual(await viewOf(page), before);
  });

  it('leads to the floor of its booth, whatever floor the address names', async () => {
    const page = await open('/floor/4?booth=61');
    await page.waitForURL('**/floor/6?booth=61');
    await cardIs(page, 61);
    const stranger = await open('/floor/4?booth=99');
    assert.match(await stranger.locator('.notice').innerText(), /99/);
  });
});

describe('coming back', () => {
  const fixture = serverAndBrowser();

  it('finds the floor and the view as they were left', async () => {
    const page = await fixture.browser.open(`${fixture.server.origin}/floor/6`);
    await waitForLink(page, 'live');
    await page.click('[data-action="zoom-in"]');
    const kept = await eventually('the view is closer', async () => {
      const view = await viewOf(page);
      return view.scale > 1 && view;
    }, { withinMs: 2_000 });
    await page.goto(`${fixture.server.origin}/`);
    await page.waitForSelector('[data-floor="6"]', { state: 'attached' });
    assert.equal(await page.getAttribute('[data-tab="6"]', 'aria-current'), 'page', 'the tab of the floor at / is marked');
    await eventually('the view is as it was', async () => {
      const view = await viewOf(page);
      return view.scale === kept.scale && view.x === kept.x && view.y === kept.y;
    }, { withinMs: 5_000 });
  });

  it('says of a floor without news that it is not known, not that it is full', async () => {
    const page = await fixture.browser.open(`${fixture.server.origin}/floor/4`, { locale: 'en-GB' });
    assert.equal((await page.locator('[data-tab="4"] .floor-tab-count').innerText()).trim(), 'unknown');
  });
});
