// Every size, both schemes, both languages: pictures to look at, and what can be checked without eyes.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { connectBoards } from '../src/board.mjs';
import { assertClean, openBrowser, screenshot } from '../src/browser.mjs';
import { waitForBooths, waitForLink } from '../src/map_page.mjs';
import { startServer } from '../src/server.mjs';

const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];
const LOCALES = { fr: 'fr-FR', en: 'en-GB' };

describe('the appearance', () => {
  let server, browser, boards;

  before(async () => {
    server = await startServer();
    browser = await openBrowser();
    // Some of everything: free, occupied, and the boards of 45 to 47 and 65 to 68 have never spoken.
    boards = await connectBoards(server.boardsPort, [41, 42, 43, 44], [61, 62, 63, 64]);
    boards[0].set(42, true);
    boards[0].set(44, true);
    boards[1].set(63, true);
    const page = await browser.open(`${server.origin}/floor/4`);
    await Promise.all([waitForBooths(page, [42, 44], 'occupied'), waitForBooths(page, [41, 43], 'free')]);
    await page.context().close();
  });

  after(async () => {
    boards?.forEach((board) => board.kill());
    try {
      await browser?.close();
    } finally {
      await server?.remove();
    }
  });

  for (const [language, locale] of Object.entries(LOCALES)) {
    for (const colorScheme of ['light', 'dark']) {
      it(`${language}, ${colorScheme}`, async () => {
        for (const floor of [4, 6]) {
          const page = await browser.open(`${server.origin}/floor/${floor}`, { locale, colorScheme });
          await waitForLink(page, 'live');
          for (const size of SIZES) {
            await page.setViewportSize(size);
            await screenshot(page, `floor-${floor}-${size.width}-${colorScheme}-${language}`);
            await assertFits(page, size.width);
          }
          assertClean(page, server.origin);
          await page.context().close();
        }
      });
    }
  }

  it('turns dark with the system, without a reload', async () => {
    const page = await browser.open(`${server.origin}/floor/4`, { colorScheme: 'light' });
    await waitForLink(page, 'live');
    const light = await brightness(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await brightness(page);
    assert.ok(light > 0.7 && dark < 0.3, `background: ${light} in light, ${dark} in dark`);
    assertClean(page, server.origin);
  });
});

/** Nothing sticks out at the side. */
async function assertFits(page, width) {
  const contentWidth = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(contentWidth <= width, `${contentWidth} px of content in ${width} px`);
}

/** The background's brightness, 0 to 1: drawn by the browser itself, which knows every way to write a colour. */
async function brightness(page) {
  return page.evaluate(() => {
    const elements = [document.body, document.documentElement];
    const colors = elements.map((element) => getComputedStyle(element).backgroundColor);
    const context = new OffscreenCanvas(1, 1).getContext('2d');
    context.fillStyle = colors.find((color) => color !== 'rgba(0, 0, 0, 0)') ?? 'white';
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
    return (red + green + blue) / (3 * 255);
  });
}
