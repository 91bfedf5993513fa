// Every page after WCAG 2.2 A and AA, as far as a program can tell: narrow and wide, light and dark, each palette and
// contrast.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertAccessible } from '../src/axe.mjs';
import { connectBoards } from '../src/board.mjs';
import { openBrowser } from '../src/browser.mjs';
import { waitForBooths, waitForLink } from '../src/map_page.mjs';
import { PAGES, SERVER_ARGS, expectedErrors } from '../src/pages.mjs';
import { startServer } from '../src/server.mjs';

const SIZES = [{ width: 390, height: 844 }, { width: 1280, height: 800 }];
const PALETTES = ['standard', 'deuteranopia', 'protanopia', 'tritanopia'];
/** Where statuses are painted in every way that they are. */
const COLOURFUL = ['floor', 'card', 'list'];

describe('accessibility', () => {
  let server, browser, boards;

  before(async () => {
    server = await startServer({ args: SERVER_ARGS });
    browser = await openBrowser();
    boards = await connectBoards(server.boardsPort, [41, 42, 43, 44]);
    boards[0].set(42, true);
    const page = await browser.open(`${server.origin}/floor/4`);
    await Promise.all([waitForBooths(page, [42], 'occupied'), waitForBooths(page, [41], 'free')]);
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

  for (const { name, path, status, show } of PAGES) {
    for (const viewport of SIZES) {
      it(`${name}, ${viewport.width} px`, async () => {
        // Colours at once: in the middle of a transition they are neither.
        const page = await browser.open(server.origin + path, { viewport, reducedMotion: 'reduce', expectedErrors: expectedErrors(status) });
        await show(page);
        for (const theme of ['light', 'dark']) {
          await setLook(page, { theme, palette: 'standard', contrast: 'normal' });
          await assertAccessible(page, `${name} ${theme}`);
          for (const palette of COLOURFUL.includes(name) ? PALETTES : []) {
            for (const contrast of ['normal', 'high']) {
              await setLook(page, { palette, contrast });
              await assertAccessible(page, `${name} ${theme} ${palette} ${contrast}`, { rules: ['color-contrast'] });
            }
          }
        }
        await page.context().close();
      });
    }
  }

  it('would find a fault', async () => {
    const page = await browser.open(`${server.origin}/floor/4`);
    await waitForLink(page, 'live');
    await page.evaluate(() => document.querySelector('[data-action="settings"]').removeAttribute('aria-label'));
    await page.evaluate(() => document.querySelector('[data-action="settings"]').removeAttribute('title'));
    await assert.rejects(assertAccessible(page), /button-name/);
    await page.context().close();
  });
});

function setLook(page, look) {
  return page.evaluate((look) => Object.assign(document.documentElement.dataset, look), look);
}
