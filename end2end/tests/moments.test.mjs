// What the map shows of a change for a moment: a ripple, and for a minute that somebody has just left.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertClean, openBrowser } from '../src/browser.mjs';
import { eventually } from '../src/eventually.mjs';
import { boothRow, boothShape, waitForLink, waitForStatus } from '../src/map_page.mjs';
import { startServer } from '../src/server.mjs';
import { stageStream } from '../src/staged_stream.mjs';

describe('moments on the map', () => {
  let server, browser, stage;

  before(async () => {
    server = await startServer();
    browser = await openBrowser();
    stage = await stageStream(server.origin);
  });

  after(async () => {
    await browser?.close();
    await stage?.close();
    await server?.remove();
  });

  const open = async (options = {}) => {
    const page = await browser.open(`${stage.origin}/floor/4`, { locale: 'en-GB', ...options });
    await waitForLink(page, 'live');
    return page;
  };
  /** Counts ripples from now on. */
  const countRipples = (page) =>
    page.evaluate(() => {
      globalThis.ripples = [];
      const note = (records) =>
        records.flatMap((record) => [...record.addedNodes]).forEach((node) => {
          if (node.matches?.('.ripple')) globalThis.ripples.push([node.dataset.status, node.getAnimations({ subtree: true }).length]);
        });
      new MutationObserver(note).observe(document.querySelector('.marks'), { childList: true, subtree: true });
    });
  const ripples = (page) => page.evaluate(() => globalThis.ripples);
  const marks = (page) => page.locator('.just-left').count();
  const filled = async (page) => Number((await page.getAttribute('.just-left', 'stroke-dasharray')).split(' ')[0]);

  it('a change ripples once, a snapshot and a new page do not', async () => {
    const page = await open();
    await countRipples(page);
    stage.change(41, { status: 'occupied' });
    await waitForStatus(page, boothShape(41), 'occupied', 2_000);
    await eventually('a ripple', async () => (await ripples(page)).length === 1, { withinMs: 1_000 });
    assert.deepEqual(await ripples(page), [['occupied', 1]]);
    await eventually('it is gone', async () => (await page.locator('.ripple').count()) === 0, { withinMs: 4_000 });
    stage.snapshot({ 42: { status: 'free', since_at: Date.now() } });
    await waitForStatus(page, boothShape(42), 'free', 2_000);
    assert.equal((await ripples(page)).length, 1);
    assertClean(page, stage.origin);
  });

  it('does not move for those who want no motion', async () => {
    const page = await open({ reducedMotion: 'reduce' });
    await countRipples(page);
    stage.change(43, { status: 'occupied' });
    await waitForStatus(page, boothShape(43), 'occupied', 2_000);
    await eventually('the ripple is there', async () => (await ripples(page)).length === 1, { withinMs: 1_000 });
    assert.deepEqual(await ripples(page), [['occupied', 0]], 'and is not animated');
    assert.equal(await page.locator('.ripple').evaluateAll((all) => all.filter((ripple) => ripple.getClientRects().length).length), 0);
  });

  it('says for a minute that somebody has just left, on the map, in the list and in the card', async () => {
    const page = await open();
    stage.change(44, { status: 'occupied' });
    await waitForStatus(page, boothShape(44), 'occupied', 2_000);
    assert.equal(await marks(page), 0);
    stage.change(44, { status: 'free', left: true });
    await page.waitForSelector(`${boothShape(44)}[aria-label$="Free, just left"]`, { state: 'attached', timeout: 2_000 });
    assert.match(await page.locator(boothRow(44)).innerText(), /just left/);
    await page.hover(boothShape(44));
    assert.match(await page.locator('[data-card="44"]').innerText(), /just left/);
    const early = await filled(page);
    await eventually('the outline grows', async () => (await filled(page)) > early, { withinMs: 5_000 });

    // It began almost a minute ago.
    stage.change(44, { status: 'free', left: true, since_at: Date.now() - 57_000 });
    await eventually('most of the outline', async () => (await filled(page)) >= 56, { withinMs: 3_000 });
    await eventually('the minute is over', async () => (await marks(page)) === 0, { withinMs: 6_000 });
    assert.match(await page.getAttribute(boothShape(44), 'aria-label'), /Free$/);
    assert.doesNotMatch(await page.locator(boothRow(44)).innerText(), /just left/);
    assertClean(page, stage.origin);
  });

  it('is right on a page that comes in the middle of the minute', async () => {
    stage.change(45, { status: 'free', left: true, since_at: Date.now() - 30_000 });
    const page = await open();
    await eventually('half of the outline', async () => (await marks(page)) === 1 && Math.abs((await filled(page)) - 31) <= 3, { withinMs: 3_000 });
    stage.change(45, { status: 'occupied' });
    await eventually('somebody has come', async () => (await marks(page)) === 0, { withinMs: 3_000 });
  });

  it('says nothing of a booth that was not known before', async () => {
    const page = await open();
    stage.change(46, { status: 'free' });
    await waitForStatus(page, boothShape(46), 'free', 2_000);
    assert.match(await page.getAttribute(boothShape(46), 'aria-label'), /Free$/);
    assert.equal(await marks(page), 0);
  });
});
