// Looking closer: wheel, drag and buttons, while the map goes on living.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { connectBoards } from '../src/board.mjs';
import { assertClean, openBrowser } from '../src/browser.mjs';
import { eventually } from '../src/eventually.mjs';
import { boothShape, viewOf, waitForBooths, waitForLink, waitForStatus } from '../src/map_page.mjs';
import { startServer } from '../src/server.mjs';

const FIT = { scale: 1, x: 0, y: 0 };

describe('the view', () => {
  let server, browser, boards, page;

  const viewBecomes = (what, matches) =>
    eventually(what, async () => { const view = await viewOf(page); return matches(view) && view; }, { withinMs: 2_000 });
  const isFit = ({ scale, x, y }) => scale === FIT.scale && x === FIT.x && y === FIT.y;

  const middleOfMap = async () => {
    const { x, y, width, height } = await page.locator('svg:has([data-view])').boundingBox();
    return { x: x + width / 2, y: y + height / 2 };
  };

  before(async () => {
    server = await startServer();
    browser = await openBrowser();
    boards = await connectBoards(server.boardsPort, [41, 42, 43, 44]);
    page = await browser.open(`${server.origin}/floor/4`);
    await waitForLink(page, 'live');
    await waitForBooths(page, [41, 42, 43, 44], 'free');
  });

  after(async () => {
    boards?.forEach((board) => board.kill());
    try {
      await browser?.close();
    } finally {
      await server?.remove();
    }
  });

  it('begins with the whole plan', async () => {
    assert.deepEqual(await viewOf(page), FIT);
  });

  it('zooms by the wheel and moves by a drag', async () => {
    const { x, y } = await middleOfMap();
    await page.mouse.move(x, y);
    await page.mouse.wheel(0, -400);
    const zoomed = await viewBecomes('the wheel zooms in', ({ scale }) => scale > 1.2);
    await page.mouse.down();
    await page.mouse.move(x + 60, y + 30, { steps: 5 });
    await page.mouse.up();
    const moved = await viewBecomes('the drag moves', (view) => view.x > zoomed.x && view.y > zoomed.y);
    assert.equal(moved.scale, zoomed.scale);
    assert.match(page.url(), /\/floor\/4$/, 'a drag opens no booth');
  });

  it('survives a live change', async () => {
    const before = await viewOf(page);
    assert.notDeepEqual(before, FIT);
    boards[0].set(42, true);
    await waitForStatus(page, boothShape(42), 'occupied', 15_000);
    assert.deepEqual(await viewOf(page), before);
  });

  it('goes back to the whole plan, and to its true scale', async () => {
    await page.click('button[data-action="fit"]');
    await viewBecomes('the whole plan', isFit);
    await page.click('button[data-action="actual-size"]');
    await viewBecomes('true scale', (view) => !isFit(view));
    const pixelsPerUnit = await page.evaluate(() => document.querySelector('[data-view]').getScreenCTM().a);
    assert.ok(Math.abs(pixelsPerUnit - 1) < 0.01, `${pixelsPerUnit} px per unit of the plan`);
    await page.click('button[data-action="fit"]');
    await viewBecomes('the whole plan', isFit);
  });

  it('has complained of nothing', () => {
    assertClean(page, server.origin);
  });
});
