// What is written on the map, at every zoom: numbers that never overlap, names as soon as they can be read.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openBrowser } from '../src/browser.mjs';
import { eventually } from '../src/eventually.mjs';
import { MANY_FLOOR, manyBooths } from '../src/many_booths.mjs';
import { viewOf, waitForLink } from '../src/map_page.mjs';
import { startServer } from '../src/server.mjs';

const BOOTHS = 200;
/** Of the small numbers at the edge of what is shown. */
const READABLE_MIN_PX = 4.4;

describe('labels', () => {
  let server, browser;

  before(async () => {
    server = await startServer({ prepare: manyBooths(BOOTHS) });
    browser = await openBrowser();
  });

  after(async () => {
    try {
      await browser?.close();
    } finally {
      await server?.remove();
    }
  });

  /** What is seen of each booth: its box on the screen, and those of its texts. */
  const labelsOf = (page) =>
    page.evaluate(() => {
      const box = (element) => {
        const { left, top, right, bottom, width } = element.getBoundingClientRect();
        return { left, top, right, bottom, isShown: width > 0, px: Number(element.getAttribute('font-size')) * (element.getScreenCTM()?.a || 1) };
      };
      return [...document.querySelectorAll('a.booth')].map((booth) => ({
        ground: box(booth.querySelector('.booth-ground')),
        isTurned: booth.hasAttribute('transform'),
        number: box(booth.querySelector('.booth-number')),
        names: [...booth.querySelectorAll('.booth-name')].map(box),
      }));
    });

  for (const path of ['/floor/4', `/floor/${MANY_FLOOR}`]) {
    it(`${path}: stand inside their booths, apart from each other, and can be read`, async () => {
      for (const width of [390, 1280, 1920]) {
        const page = await browser.open(`${server.origin}${path}`, { viewport: { width, height: 900 } });
        await waitForLink(page, 'live');
        let numbersBefore = 0;
        let namesBefore = 0;
        for (let zoom = 0; zoom < 10; zoom += 1) {
          const labels = await labelsOf(page);
          const numbers = labels.filter(({ number }) => number.isShown).length;
          const names = labels.flatMap(({ names }) => names).filter((name) => name.isShown).length;
          assert.ok(numbers >= numbersBefore && names >= namesBefore, 'what was written stays when one looks closer');
          for (const { ground, number, names: lines, isTurned } of labels) {
            if (!number.isShown || isTurned) continue;
            assert.ok(number.px >= READABLE_MIN_PX, `a number of ${number.px} px`);
            assert.ok(number.left >= ground.left - 1 && number.right <= ground.right + 1, `${width} px, zoom ${zoom}`);
            const shown = lines.filter((line) => line.isShown);
            assert.ok(shown.every((line) => line.left >= ground.left - 1 && line.right <= ground.right + 1), 'names stand inside');
            const middle = (number.top + number.bottom) / 2 - (ground.top + ground.bottom) / 2;
            const height = ground.bottom - ground.top;
            if (shown.length === 0) assert.ok(Math.abs(middle) < height * 0.06, 'alone, a number stands in the middle');
            else assert.ok(shown[0].top >= number.bottom - height * 0.12, 'a name stands below its number');
          }
          [numbersBefore, namesBefore] = [numbers, names];
          const { scale } = await viewOf(page);
          await page.click('[data-action="zoom-in"]');
          await eventually('closer', async () => (await viewOf(page)).scale > scale || scale === 24, { withinMs: 2_000 });
        }
        assert.equal(numbersBefore, path === '/floor/4' ? 7 : BOOTHS, 'in the end, all numbers are there');
        assert.ok(namesBefore > 0, 'and names');
        await page.context().close();
      }
    });
  }
});
