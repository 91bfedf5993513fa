// "A free box now": the button, the key and the printed code; what is said when there is none.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Board } from '../src/board.mjs';
import { assertClean, openBrowser } from '../src/browser.mjs';
import { eventually } from '../src/eventually.mjs';
import { isSameDocument, markDocument, waitForBooths, waitForLink } from '../src/map_page.mjs';
import { DAY_MS, MINUTE_MS, occupations, writePasts } from '../src/past.mjs';
import { startServer } from '../src/server.mjs';

const FOURTH = [41, 42, 43, 44, 45, 46, 47];
const SIXTH = [61, 62, 63, 64, 65, 66, 67, 68];
/** A booth is free after 60 samples with hardly any high, which is half a minute. */
const WITHIN = { withinMs: 45_000, timeout: 45_000 };

describe('a free box now', () => {
  let server, browser;
  const boards = [];

  const set = (numbers, high) => boards.forEach(({ board, booths }) => booths.forEach((n) => numbers.includes(n) && board.set(n, high)));
  const statuses = async () => {
    const { booths } = await (await fetch(`${server.origin}/api/v1/booths`)).json();
    return new Map(booths.map(({ number, status }) => [number, status]));
  };
  const are = (numbers, status) =>
    eventually(`${numbers} are ${status}`, async () => {
      const now = await statuses();
      return numbers.every((number) => now.get(number) === status);
    }, { ...WITHIN, everyMs: 100 });
  /** Makes exactly these booths free. */
  const makeFree = async (free) => {
    const occupied = [...FOURTH, ...SIXTH].filter((number) => !free.includes(number));
    set(free, false);
    set(occupied, true);
    await Promise.all([are(free, 'free'), are(occupied, 'occupied')]);
  };
  const open = async (path, options = {}) => {
    const page = await browser.open(`${server.origin}${path}`, { locale: 'en-GB', ...options });
    await waitForLink(page, 'live');
    return page;
  };
  const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute('data-booth'));
  const redirect = async (path) => {
    const response = await fetch(`${server.origin}${path}`, { redirect: 'manual' });
    return { status: response.status, location: response.headers.get('location') };
  };

  before(async () => {
    server = await startServer();
    await server.stop();
    const now = Date.now();
    // 43 is usually left after 20 minutes, 61 after 50; of the others nothing is known.
    const past = (minutes) => occupations(now - 10 * DAY_MS, now - MINUTE_MS, DAY_MS / 4, minutes);
    writePasts(server.dataDir, new Map([[43, past(20)], [61, past(50)]]));
    await server.start();
    browser = await openBrowser();
    for (const booths of [[41, 42, 43, 44], [45, 46, 47], [61, 62, 63, 64], [65, 66, 67, 68]]) {
      boards.push({ booths, board: await new Board(server.boardsPort, booths, { reconnects: true }).connect() });
    }
  });

  after(async () => {
    boards.forEach(({ board }) => board.kill());
    try {
      await browser?.close();
    } finally {
      await server?.remove();
    }
  });

  it('is the nearest one on foot, by the button and by the key', async () => {
    await makeFree([41, 42, 45]);
    const page = await open('/floor/4');
    await markDocument(page);
    await page.click('.go-button');
    await page.waitForURL('**/floor/4?booth=42&go=1');
    await eventually('box 42 has the focus', async () => (await focused(page)) === '42', WITHIN);
    const distance = await page.locator('[data-card="42"] .booth-card-walk').innerText();
    const metres = Number(/^(\d+)/.exec(distance)?.[1]);
    assert.ok(metres >= 8 && metres <= 20, distance);
    assert.match(await page.getAttribute('.walk-line', 'd'), /^M\d+ \d+L/);
    assert.match(await page.locator('.go-guide').textContent(), /Box 42 is free, \d+\sm away/);

    await page.goto(`${server.origin}/floor/4?booth=41`);
    await waitForLink(page, 'live');
    await markDocument(page);
    await page.keyboard.press('f');
    await page.waitForURL('**/floor/4?booth=42&go=1&from=41');
    await eventually('box 42 has the focus', async () => (await focused(page)) === '42', WITHIN);
    // Again: still the one that is nearest to where the reader started.
    await page.keyboard.press('f');
    await page.keyboard.press('Control+f');
    assert.match(page.url(), /booth=42&go=1&from=41$/);
    assert.ok(await isSameDocument(page));
    assertClean(page, server.origin);
  });

  it('offers the next one when it is taken on the way', async () => {
    await makeFree([42, 45]);
    const page = await open('/floor/4');
    await page.keyboard.press('f');
    await page.waitForURL('**/floor/4?booth=42&go=1');
    set([42], true);
    await page.locator('.go-guide', { hasText: 'Box 42 is occupied now' }).waitFor(WITHIN);
    const next = page.locator('.go-next');
    await next.waitFor({ timeout: 5_000 });
    assert.equal((await next.innerText()).trim(), 'Go to box 45');
    await next.click();
    await page.waitForURL('**/floor/4?booth=45&go=1&from=42');
    await page.locator('.walk-line').waitFor({ state: 'attached' });
    assert.equal(await page.locator('.go-next').count(), 0);
    assertClean(page, server.origin);
  });

  it('is on another floor when all of this one are taken', async () => {
    await makeFree([62]);
    const page = await open('/floor/4');
    await page.click('.go-button');
    await page.waitForURL('**/floor/6?booth=62&go=1&asked=4');
    await page.locator('.go-guide', { hasText: 'No free box on floor 4' }).waitFor({ timeout: 5_000 });
    await eventually('box 62 has the focus', async () => (await focused(page)) === '62', WITHIN);
    assertClean(page, server.origin);
  });

  it('says which is likely the next when there is none, and offers the first that is free', async () => {
    await makeFree([]);
    const page = await open('/floor/6');
    await page.click('.go-button');
    await page.waitForURL('**/floor/6?go=1');
    await page.locator('.go-guide', { hasText: /Likely the next one: box 43, floor\s4, in about (15|20)\smin/ }).waitFor({ timeout: 5_000 });
    set([66], false);
    await page.locator('.go-next', { hasText: 'Go to box 66' }).waitFor(WITHIN);
    assertClean(page, server.origin);
  });

  it('needs no scripts', async () => {
    await makeFree([42, 61]);
    assert.deepEqual(await redirect('/go?floor=4'), { status: 303, location: '/floor/4?booth=42&go=1' });
    assert.deepEqual(await redirect('/go?from=44'), { status: 303, location: '/floor/4?booth=42&go=1&from=44' });
    assert.deepEqual(await redirect('/go?floor=6&from=44'), { status: 303, location: '/floor/6?booth=61&go=1' });
    assert.deepEqual(await redirect('/go?floor=99'), { status: 303, location: '/floor/99' });
    assert.equal((await redirect('/go?floor=up')).status, 400);
    const page = await browser.open(`${server.origin}/floor/4`, { locale: 'en-GB', javaScriptEnabled: false });
    await page.click('.go-button');
    await page.waitForURL('**/floor/4?booth=42&go=1');
    assert.match(await page.locator('[data-card="42"]').innerText(), /\d+\sm away/);
    assert.equal(await page.locator('.walk-line').count(), 1);

    await makeFree([]);
    await page.goto(`${server.origin}/go?floor=4`);
    assert.match(page.url(), /\/floor\/4\?go=1$/);
    assert.match(await page.locator('.go-guide').innerText(), /No box is free right now/);
  });

  it('is never one of which there is no news', async () => {
    await makeFree([44, 41]);
    boards[0].board.mute();
    await are([41, 44], 'late');
    assert.deepEqual(await redirect('/go?floor=4'), { status: 303, location: '/floor/4?go=1' });
    const page = await open('/floor/4?booth=44&go=1');
    assert.match(await page.locator('.go-guide').innerText(), /No information from box 44/);
  });
});
