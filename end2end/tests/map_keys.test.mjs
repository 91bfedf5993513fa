// The map by keyboard: arrows from booth to booth, one stop of the Tab key, and the keys that move the plan.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertClean } from '../src/browser.mjs';
import { eventually } from '../src/eventually.mjs';
import { serverAndBrowser } from '../src/fixture.mjs';
import { boothShape, viewOf, waitForLink } from '../src/map_page.mjs';

describe('the keys of the map', () => {
  const fixture = serverAndBrowser();

  const open = async (path = '/floor/4') => {
    const page = await fixture.browser.open(`${fixture.server.origin}${path}`);
    await waitForLink(page, 'live');
    return page;
  };
  const focusedBooth = (page) => page.evaluate(() => Number(document.activeElement?.getAttribute('data-booth')));
  const press = async (page, ...keys) => {
    for (const key of keys) await page.keyboard.press(key);
    return focusedBooth(page);
  };
  const scaleBecomes = (page, what, matches) =>
    eventually(what, async () => matches((await viewOf(page)).scale), { withinMs: 2_000 });

  it('go from booth to booth, as they lie on the plan', async () => {
    const page = await open();
    await page.focus(boothShape(41));
    const steps = [['ArrowRight', 42], ['ArrowRight', 43], ['ArrowDown', 47], ['ArrowLeft', 46], ['ArrowUp', 42], ['End', 47], ['Home', 41]];
    for (const [key, number] of steps) {
      assert.equal(await press(page, key), number, key);
      await page.waitForSelector(`[data-card="${number}"]`, { timeout: 2_000 });
    }
    assert.equal(await press(page, 'ArrowUp'), 41, 'there is none above');
    assert.ok(await page.evaluate(() => document.activeElement.matches(':focus-visible')), 'the focus is visible');
    assert.equal(await page.locator('.booth-ring.focused').count(), 1, 'a ring is around it');

    await press(page, 'ArrowRight', 'Enter');
    await page.waitForURL('**/floor/4?booth=42');
    await press(page, 'Escape');
    await page.waitForURL('**/floor/4');
    assert.equal(await focusedBooth(page), 42, 'the focus stays');
    assertClean(page, fixture.server.origin);
  });

  it('make one stop of the map, which remembers its booth', async () => {
    const page = await open();
    const stops = () => page.locator('a.booth:not([tabindex="-1"])').evaluateAll((all) => all.map((booth) => booth.dataset.booth));
    assert.deepEqual(await stops(), ['41']);
    await page.focus(boothShape(41));
    await press(page, 'ArrowRight', 'ArrowRight');
    assert.deepEqual(await stops(), ['43']);
    assert.equal(await press(page, 'Tab'), 0, 'the next stop is outside the booths');
    assert.equal(await press(page, 'Shift+Tab'), 43);
  });

  it('bring the focused booth into sight, and scroll nothing else', async () => {
    const page = await open();
    await page.focus(boothShape(41));
    for (let step = 0; step < 5; step += 1) await page.keyboard.press('+');
    await scaleBecomes(page, 'plus zooms in', (scale) => scale > 4);
    for (const key of ['End', 'Home', 'ArrowRight']) {
      const number = await press(page, key);
      const map = await page.locator('.map-frame').boundingBox();
      await eventually(`box ${number} is seen`, async () => {
        const { x, y, width, height } = await page.locator(`${boothShape(number)} .booth-ground`).boundingBox();
        return x >= map.x && y >= map.y && x + width <= map.x + map.width && y + height <= map.y + map.height;
      }, { withinMs: 2_000 });
    }
    const scrolled = await page.locator('.map-frame').evaluate((frame) => [frame.scrollLeft, frame.scrollTop]);
    assert.deepEqual(scrolled, [0, 0]);
  });

  it('zoom wherever the focus is, but not where one types', async () => {
    const page = await open();
    await press(page, '+');
    await scaleBecomes(page, 'plus zooms in', (scale) => scale > 1.3);
    await press(page, '-', '-');
    await scaleBecomes(page, 'minus zooms out', (scale) => scale < 0.8);
    await press(page, '0');
    await scaleBecomes(page, 'nought shows all of it', (scale) => scale === 1);
    await page.evaluate(() => document.querySelector('main').append(document.createElement('input')));
    await page.focus('main > input');
    await press(page, '+', '-', '-');
    assert.equal((await viewOf(page)).scale, 1);
    await page.evaluate(() => document.activeElement.blur());
    await press(page, 'Control+0', '+');
    await scaleBecomes(page, 'only plus has counted', (scale) => scale > 1.3 && scale < 1.5);
  });

  it('move the plan when the map itself has the focus', async () => {
    const page = await open();
    await press(page, '+', '+');
    await scaleBecomes(page, 'it is closer', (scale) => scale > 1.9);
    const before = await viewOf(page);
    await page.focus('.floor-map');
    await press(page, 'ArrowRight', 'ArrowDown');
    const after = await eventually('the plan moves', async () => {
      const view = await viewOf(page);
      return view.x < before.x && view.y < before.y && view;
    }, { withinMs: 2_000 });
    assert.equal(after.scale, before.scale);
    // From a booth, Shift makes arrows move the plan.
    await page.focus(boothShape(42));
    const number = await press(page, 'Shift+ArrowLeft');
    assert.equal(number, 42);
    assertClean(page, fixture.server.origin);
  });
});
