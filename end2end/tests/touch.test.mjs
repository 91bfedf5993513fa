// The map on a phone: what fingers do to the plan, and what they leave to the page.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertClean } from '../src/browser.mjs';
import { eventually } from '../src/eventually.mjs';
import { fingersOn } from '../src/fingers.mjs';
import { serverAndBrowser } from '../src/fixture.mjs';
import { viewOf, waitForLink } from '../src/map_page.mjs';

const PHONE = { viewport: { width: 390, height: 664 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

describe('fingers on the map', () => {
  const fixture = serverAndBrowser();

  const open = async () => {
    const page = await fixture.browser.open(`${fixture.server.origin}/floor/4`, PHONE);
    await waitForLink(page, 'live');
    const { x, y, width, height } = await page.locator('.floor-map').boundingBox();
    return { page, fingers: await fingersOn(page), x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
  };
  const viewBecomes = (page, what, matches) =>
    eventually(what, async () => { const view = await viewOf(page); return matches(view) && view; }, { withinMs: 2_000 });
  const pageScale = (page) => page.evaluate(() => visualViewport.scale);
  const scrolled = (page) => page.evaluate(() => scrollY);
  /** The point of the plan under a point of the screen. */
  const under = (page, x, y) =>
    page.evaluate(([x, y]) => {
      const point = new DOMPoint(x, y).matrixTransform(document.querySelector('[data-view]').getScreenCTM().inverse());
      return [point.x, point.y];
    }, [x, y]);
  /** Waits, because browsers hand on movements with the next frame. */
  const comesUnder = (page, x, y, expected, within, what) =>
    eventually(what, async () => {
      const actual = await under(page, x, y);
      return actual.every((value, axis) => Math.abs(value - expected[axis]) <= within);
    }, { withinMs: 2_000 });

  const spread = async (fingers, x, y) => {
    await fingers.down(0, x - 40, y);
    await fingers.down(1, x + 40, y);
    await fingers.move([[0, x - 100, y], [1, x + 100, y]]);
  };

  it('two of them zoom the plan about their middle, from the fitted plan too, and never the page', async () => {
    const { page, fingers, x, y } = await open();
    const before = await under(page, x, y);
    await spread(fingers, x, y);
    await viewBecomes(page, 'fingers are 2.5 times as far apart', ({ scale }) => Math.abs(scale - 2.5) < 0.1);
    await comesUnder(page, x, y, before, 8, 'the point between them stays');
    await fingers.move([[0, x - 130, y + 40], [1, x + 70, y + 40]]);
    await comesUnder(page, x - 30, y + 40, before, 8, 'and goes with them');
    await fingers.up(0, 1);
    await spread(fingers, x, y);
    await fingers.up(0, 1);
    await viewBecomes(page, 'and again', ({ scale }) => scale > 4);
    assert.equal(await pageScale(page), 1);
    assert.equal(await scrolled(page), 0);
    assertClean(page, fixture.server.origin);
  });

  it('the one that stays goes on as a drag, without a jump; a third counts for nothing', async () => {
    const { page, fingers, x, y } = await open();
    await spread(fingers, x, y);
    await viewBecomes(page, 'it is larger', ({ scale }) => Math.abs(scale - 2.5) < 0.1);
    const closer = await viewOf(page);
    await fingers.down(2, x, y + 60);
    await fingers.move([[2, x + 60, y + 20]]);
    assert.deepEqual(await viewOf(page), closer, 'the third');
    await fingers.up(2);
    await fingers.up(0);
    assert.deepEqual(await viewOf(page), closer, 'lifted');
    const grabbed = await under(page, x + 100, y);
    await fingers.move([[1, x + 60, y + 30]]);
    await comesUnder(page, x + 60, y + 30, grabbed, 2, 'the plan goes with the finger');
    assert.equal((await viewOf(page)).scale, closer.scale);
    await fingers.up(1);
    assert.match(page.url(), /\/floor\/4$/, 'no booth was chosen');
  });

  it('one scrolls the page past the fitted plan', async () => {
    const { page, fingers, x, y } = await open();
    await fingers.down(0, x, y + 60);
    await fingers.move([[0, x, y - 100]], 16);
    await fingers.up(0);
    await eventually('the page has scrolled', async () => (await scrolled(page)) > 20, { withinMs: 3_000 });
    assert.equal((await viewOf(page)).y, 0, 'the plan has not moved');
  });

  it('one moves a closer plan, and not the page', async () => {
    const { page, fingers, x, y } = await open();
    await page.click('[data-action="zoom-in"]');
    await page.click('[data-action="zoom-in"]');
    const before = await viewBecomes(page, 'it is closer', ({ scale }) => scale > 1.9);
    await fingers.down(0, x, y + 60);
    await fingers.move([[0, x - 30, y]]);
    await fingers.up(0);
    await viewBecomes(page, 'the plan moves', (view) => view.x < before.x && view.y < before.y);
    assert.equal(await scrolled(page), 0);
  });

  it('two taps zoom in where they are, a tap of two fingers zooms out', async () => {
    const { page, fingers, x, y } = await open();
    // Between the rows, where no booth is.
    const before = await under(page, x, y);
    await fingers.tap(x, y);
    await fingers.tap(x, y);
    await viewBecomes(page, 'twice as large', ({ scale }) => scale === 2);
    await comesUnder(page, x, y, before, 2, 'the point under the finger stays');
    await fingers.down(0, x - 40, y);
    await fingers.down(1, x + 40, y);
    await fingers.up(0);
    await fingers.up(1);
    await viewBecomes(page, 'as before', ({ scale }) => scale === 1);
    assert.equal(await pageScale(page), 1);
  });

  it('a tap opens the card of a booth', async () => {
    const { page } = await open();
    await page.tap('[data-booth="42"] .booth-ground');
    await page.waitForURL('**/floor/4?booth=42', { timeout: 3_000 });
    await page.waitForSelector('[data-card="42"]', { timeout: 3_000 });
  });
});
