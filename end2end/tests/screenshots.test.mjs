// Takes the pictures, and holds that nothing sticks out at the side of any page.

import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { connectBoards } from '../src/board.mjs';
import { openBrowser } from '../src/browser.mjs';
import { waitForBooths, waitForLink } from '../src/map_page.mjs';
import { PAGES, SERVER_ARGS, expectedErrors } from '../src/pages.mjs';
import { takeScreenshots } from '../src/screenshots.mjs';
import { startServer } from '../src/server.mjs';

/** Less than this is a blank page. */
const BYTES_MIN = 4_000;

const LOCALES = ['fr-FR', 'en-GB'];
const PHONE = { viewport: { width: 360, height: 740 } };

/** Nothing sticks out at the side. */
async function assertFits(page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= PHONE.viewport.width, `${wide} px`);
}

describe('while nothing is known', () => {
  for (const locale of LOCALES) {
    it(`a floor fits into a phone in ${locale}`, async () => {
      const server = await startServer();
      const browser = await openBrowser();
      try {
        const page = await browser.open(`${server.origin}/floor/4`, { ...PHONE, locale });
        await assertFits(page);
        await waitForLink(page, 'live');
        await assertFits(page);
      } finally {
        await browser.close();
        await server.remove();
      }
    });
  }
});

describe('pictures of every page', () => {
  let server, browser, boards;

  before(async () => {
    server = await startServer({ args: SERVER_ARGS });
    browser = await openBrowser();
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

  for (const { name, path, status, show } of PAGES) {
    it(name, async () => {
      const paths = await takeScreenshots(browser, server.origin, { names: [name] });
      assert.equal(paths.length, 12);
      for (const path of paths) assert.ok((await stat(path)).size > BYTES_MIN, `${path} shows something`);
    });

    for (const locale of LOCALES) {
      it(`${name} fits into a phone in ${locale}`, async () => {
        const options = { ...PHONE, locale, expectedErrors: expectedErrors(status) };
        const page = await browser.open(server.origin + path, options);
        await show(page);
        await assertFits(page);
        await page.context().close();
      });
    }
  }
});
