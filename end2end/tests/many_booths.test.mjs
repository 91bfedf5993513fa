// Five thousand booths on one plan: what a change, a glance and a drag may touch, and how large the page is.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertClean, openBrowser } from '../src/browser.mjs';
import { eventually } from '../src/eventually.mjs';
import { MANY_FLOOR, manyBooths, manyNumbers } from '../src/many_booths.mjs';
import { boothShape, viewOf, waitForLink, waitForStatus } from '../src/map_page.mjs';
import { startServer } from '../src/server.mjs';
import { stageStream } from '../src/staged_stream.mjs';

const BOOTHS = 5_000;
const [FIRST] = manyNumbers(BOOTHS);
/** Of one booth on the map: link, rectangle, sign, number, two lines of its name, and a group. */
const NODES_PER_BOOTH_MAX = 7;
const HTML_BYTES_PER_BOOTH_MAX = 2_600;
/** Status, name, sign and word of shape, row and badges, and the floor's count. */
const MUTATIONS_PER_CHANGE_MAX = 16;
const LOAD_MAX_MS = 60_000;

describe('five thousand booths', () => {
  let server, browser, stage, page;

  before(async () => {
    server = await startServer({ prepare: manyBooths(BOOTHS) });
    browser = await openBrowser();
    stage = await stageStream(server.origin);
    page = await browser.open(`${stage.origin}/floor/${MANY_FLOOR}`);
    await waitForLink(page, 'live', LOAD_MAX_MS);
  });

  after(async () => {
    await browser?.close();
    await stage?.close();
    await server?.remove();
  });

  /** What changes in the document while `act` runs: all of it, and booths with what is in them. */
  const mutationsDuring = async (act) => {
    await page.evaluate(() => {
      globalThis.mutations = { all: 0, booths: 0, replaced: 0 };
      const note = (records) =>
        records.forEach(({ type, target }) => {
          const isBooth = (target.closest?.('.booth') ?? null) !== null;
          globalThis.mutations.all += 1;
          globalThis.mutations.booths += isBooth ? 1 : 0;
          globalThis.mutations.replaced += isBooth && type === 'childList' ? 1 : 0;
        });
      globalThis.mutationObserver = new MutationObserver(note);
      globalThis.mutationObserver.observe(document.body, { attributes: true, childList: true, characterData: true, subtree: true });
    });
    await act();
    return page.evaluate(() => {
      globalThis.mutationObserver.disconnect();
      return globalThis.mutations;
    });
  };

  it('are a page of sane size', async (test) => {
    const startedAt = performance.now();
    const html = await (await fetch(`${server.origin}/floor/${MANY_FLOOR}`, { headers: { 'accept-encoding': 'identity' } })).text();
    const nodes = await page.locator('.booths *').count();
    test.diagnostic(`${Math.round(performance.now() - startedAt)} ms, ${Math.round(html.length / BOOTHS)} bytes and ${nodes / BOOTHS} nodes per booth`);
    assert.ok(html.length <= HTML_BYTES_PER_BOOTH_MAX * BOOTHS, `${html.length} bytes`);
    assert.ok(nodes <= NODES_PER_BOOTH_MAX * BOOTHS, `${nodes} nodes`);
  });

  it('a change touches one of them', async () => {
    const { all, replaced } = await mutationsDuring(async () => {
      stage.change(FIRST, { status: 'occupied' });
      await waitForStatus(page, boothShape(FIRST), 'occupied', 5_000);
    });
    assert.ok(all <= MUTATIONS_PER_CHANGE_MAX, `${all} mutations`);
    assert.equal(replaced, 0);
  });

  it('a hundred changes at once touch a hundred', async (test) => {
    const numbers = manyNumbers(100);
    const startedAt = performance.now();
    const { all, replaced } = await mutationsDuring(async () => {
      numbers.forEach((number) => stage.change(number, { status: 'free' }));
      await waitForStatus(page, boothShape(numbers.at(-1)), 'free', 10_000);
    });
    test.diagnostic(`${Math.round(performance.now() - startedAt)} ms, ${all} mutations`);
    assert.ok(all <= MUTATIONS_PER_CHANGE_MAX * numbers.length, `${all} mutations`);
    assert.equal(replaced, 0);
  });

  it('to point at one, and to drag the plan, touches none', async () => {
    const { x, y, width, height } = await page.locator('.floor-map').boundingBox();
    const pointed = await mutationsDuring(async () => {
      await page.hover(`${boothShape(FIRST)} .booth-ground`);
      await page.waitForSelector(`[data-card="${FIRST}"]`, { timeout: 5_000 });
    });
    assert.equal(pointed.booths, 0);
    assert.ok(pointed.all <= 60, `${pointed.all} mutations for a card and a ring`);

    const before = await viewOf(page);
    const dragged = await mutationsDuring(async () => {
      await page.mouse.move(x + width / 2, y + height / 2);
      await page.mouse.down();
      await page.mouse.move(x + width / 2 + 60, y + height / 2 + 30, { steps: 5 });
      await page.mouse.up();
      await eventually('the plan has moved', async () => (await viewOf(page)).x !== before.x, { withinMs: 5_000 });
    });
    assert.equal(dragged.booths, 0);
  });

  it('arrow keys lead through them', async () => {
    await page.focus(boothShape(FIRST + 1));
    await page.keyboard.press('ArrowDown');
    const focused = await page.evaluate(() => Number(document.activeElement.getAttribute('data-booth')));
    assert.equal(focused, FIRST + 101);
    assertClean(page, stage.origin);
  });
});
