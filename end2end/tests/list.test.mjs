// The list beside the map: what it shows stands in the address, and it changes without moving under a hand.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { connectBoards } from '../src/board.mjs';
import { assertClean, openBrowser } from '../src/browser.mjs';
import { eventually } from '../src/eventually.mjs';
import { boothRow, isSameDocument, markDocument, waitForBooths, waitForLink, waitForStatus } from '../src/map_page.mjs';
import { startServer } from '../src/server.mjs';

describe('the list', () => {
  let server, browser, boards;

  const numbersOf = (page) =>
    page.locator('[data-booth-row]').evaluateAll((rows) => rows.map((row) => Number(row.dataset.boothRow)));
  const rowsBecome = (page, numbers, withinMs = 5_000) =>
    eventually(`the rows ${numbers}`, async () => String(await numbersOf(page)) === String(numbers), { withinMs }).catch(
      async (error) => assert.deepEqual(await numbersOf(page), numbers, error.message),
    );
  const open = async (path, options) => {
    const page = await browser.open(server.origin + path, options);
    if (options?.javaScriptEnabled !== false) await waitForLink(page, 'live');
    return page;
  };

  before(async () => {
    server = await startServer();
    browser = await openBrowser();
    boards = await connectBoards(server.boardsPort, [41, 42, 43, 44], [61, 62, 63, 64]);
    boards[0].set(42, true);
    boards[1].set(61, true);
    const page = await browser.open(`${server.origin}/floor/4`);
    await Promise.all([waitForBooths(page, [42], 'occupied'), waitForBooths(page, [41, 43, 44], 'free')]);
    await page.goto(`${server.origin}/floor/6`);
    await Promise.all([waitForBooths(page, [61], 'occupied'), waitForBooths(page, [62, 63, 64], 'free')]);
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

  for (const javaScriptEnabled of [false, true]) {
    it(`shows what the address says, ${javaScriptEnabled ? 'with' : 'without'} scripts`, async () => {
      const cases = [
        ['/floor/4', [41, 42, 43, 44, 45, 46, 47]],
        ['/floor/4?show=free', [41, 43, 44]],
        ['/floor/4?sort=free', [41, 43, 44, 42, 45, 46, 47]],
        ['/floor/4?q=ZUCK', [42]],
        ['/floor/4?show=free&floors=all', [41, 43, 44, 62, 63, 64]],
        ['/floor/4?floors=all&q=6', [61, 62, 63, 64, 65, 66, 67, 68]],
        ['/floor/4?show=nonsense&sort=sideways&floors=9', [41, 42, 43, 44, 45, 46, 47]],
      ];
      for (const [path, numbers] of cases) {
        const page = await open(path, { javaScriptEnabled });
        assert.deepEqual(await numbersOf(page), numbers, path);
        assertClean(page, server.origin);
        await page.context().close();
      }
    });
  }

  it('is chosen by links, without a new document and without losing the booth', async () => {
    const page = await open('/floor/4');
    await markDocument(page);
    await page.click('.list-filter >> text=Libres >> nth=0');
    await page.waitForURL('**/floor/4?show=free');
    await rowsBecome(page, [41, 43, 44]);
    await page.click('.list-filter >> text=Partout');
    await page.waitForURL('**/floor/4?show=free&floors=all');
    await rowsBecome(page, [41, 43, 44, 62, 63, 64]);
    assert.equal(await page.locator('.list-filter .choice-count').innerText().then((text) => text.trim()), '6');
    // A booth chosen on the map, on the list and put away: the list stays as it was.
    await page.click('[data-booth="43"]');
    await page.waitForURL('**/floor/4?booth=43&show=free&floors=all');
    await rowsBecome(page, [41, 43, 44, 62, 63, 64]);
    await page.click(`${boothRow(62)} a`);
    await page.waitForURL('**/floor/6?booth=62&show=free&floors=all');
    await page.click('.booth-card-close');
    await page.waitForURL('**/floor/6?show=free&floors=all');
    assert.ok(await isSameDocument(page));
    assertClean(page, server.origin);
    await page.context().close();
  });

  it('goes to another floor with another question at once', async () => {
    const page = await open('/floor/4?show=free&q=4&booth=43');
    await page.click('[data-tab="6"]');
    await page.waitForURL('**/floor/6?show=free');
    await rowsBecome(page, [62, 63, 64]);
    assertClean(page, server.origin);
    await page.context().close();
  });

  it('says that nothing is as asked for, and leads back', async () => {
    const page = await open('/floor/4?q=nobody');
    assert.deepEqual(await numbersOf(page), []);
    await page.click('.booth-list-empty a');
    await page.waitForURL('**/floor/4');
    await rowsBecome(page, [41, 42, 43, 44, 45, 46, 47]);
    await page.context().close();
  });

  it('does not move under the pointer or the focus, and follows when they are gone', async () => {
    const page = await open('/floor/4?show=free&sort=free');
    assert.deepEqual(await numbersOf(page), [41, 43, 44]);
    await page.locator(`${boothRow(43)} a`).hover();
    boards[0].set(41, true);
    boards[0].set(42, false);
    await waitForStatus(page, boothRow(41), 'occupied', 15_000);
    // Half a minute: that long a booth has to be still.
    await page.waitForSelector(boothRow(42), { timeout: 45_000 });
    assert.deepEqual(await numbersOf(page), [41, 43, 44, 42], 'under the pointer what is new comes last');
    await page.locator(`${boothRow(43)} a`).focus();
    await page.mouse.move(5, 5);
    assert.deepEqual(await numbersOf(page), [41, 43, 44, 42], 'under the focus too');
    await page.evaluate(() => document.activeElement.blur());
    await rowsBecome(page, [42, 43, 44]);
    boards[0].set(42, true);
    await rowsBecome(page, [43, 44], 15_000);
    assertClean(page, server.origin);
    await page.context().close();
  });

  it('is not drawn anew by a change of one booth', async () => {
    const page = await open('/floor/4?sort=free');
    assert.deepEqual(await numbersOf(page), [43, 44, 41, 42, 45, 46, 47]);
    await page.evaluate((row) => (document.querySelector(row).isSameRow = true), boothRow(44));
    boards[0].set(44, true);
    await waitForStatus(page, boothRow(44), 'occupied', 15_000);
    await rowsBecome(page, [43, 41, 42, 44, 45, 46, 47]);
    assert.ok(await page.evaluate((row) => document.querySelector(row).isSameRow, boothRow(44)), 'the row has moved');
    await page.context().close();
  });
});
