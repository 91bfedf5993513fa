// A screen on a wall: what it shows, how large, and what it is told.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { signIn } from '../src/accounts.mjs';
import { assertAccessible } from '../src/axe.mjs';
import { Board } from '../src/board.mjs';
import { openBrowser, screenshot } from '../src/browser.mjs';
import { eventually } from '../src/eventually.mjs';
import { isSameDocument, markDocument } from '../src/map_page.mjs';
import { lookAtScreen, signInOperator, waitForScreen } from '../src/screens.mjs';
import { startServer } from '../src/server.mjs';

const BOOTHS = [41, 42, 43, 44];
/** "Within some seconds." */
const NEWS_MAX_MS = 6_000;
const SENSED_MAX_MS = 10_000;
/** A booth is free after a while without anybody. */
const FREED_MAX_MS = 60_000;
const SIZES = {
  '1080p': { width: 1920, height: 1080 },
  '4k': { width: 3840, height: 2160 },
  portrait: { width: 1080, height: 1920 },
};
/** Parts of the screen's shorter side: the same panel, turned, is as far away. */
const FIRST_MIN = 0.04;
const OTHER_MIN = 0.022;

describe('a screen on a wall', () => {
  let server, browser, board, operator;

  const openScreen = async (facts, options = {}) => {
    const screen = await operator.addScreen(facts);
    const page = await browser.open(server.origin + screen.path, { viewport: SIZES['1080p'], ...options });
    await waitForScreen(page);
    return { ...screen, page };
  };

  before(async () => {
    server = await startServer();
    browser = await openBrowser();
    board = await new Board(server.boardsPort, BOOTHS, { reconnects: true }).connect();
    board.set(42, true);
    operator = await signInOperator(server);
  });

  after(async () => {
    board?.kill();
    try {
      await browser?.close();
    } finally {
      await server?.remove();
    }
  });

  it('shows which booths are free, on the map, in words, and in numbers', async () => {
    const { page } = await openScreen({ floors: [4] });
    const isRight = ({ booths, rows, counts }) => booths[42] === 'occupied' && rows[42] === 'occupied' && rows[41] === 'free' && counts[4] === '3 libres';
    await eventually('booth 42 is occupied', async () => isRight(await lookAtScreen(page)), { withinMs: SENSED_MAX_MS });
    assert.equal(await page.isVisible('[data-booth-row="42"]'), false);
    assert.ok(await page.isVisible('[data-booth-row="41"]'));
    board.set(41, true);
    await eventually('booth 41 is occupied', async () => (await lookAtScreen(page)).counts[4] === '2 libres', { withinMs: SENSED_MAX_MS });
    for (const number of [43, 44]) board.set(number, true);
    await page.waitForSelector('.wall-none:visible', { timeout: SENSED_MAX_MS });
    await screenshot(page, 'kiosk-none');
    for (const number of [41, 43, 44]) board.set(number, false);
    await eventually('free again', async () => (await lookAtScreen(page)).counts[4] === '3 libres', { withinMs: FREED_MAX_MS });
    await page.context().close();
  });

  for (const [size, viewport] of Object.entries(SIZES)) {
    it(`can be read from five metres: ${size}`, async (test) => {
      const { page } = await openScreen({ floors: [], dwellS: 600 }, { viewport });
      await eventually('counts', async () => (await lookAtScreen(page)).counts[4] === '3 libres', { withinMs: SENSED_MAX_MS });
      const texts = await measureTexts(page);
      const first = texts.filter(({ isFirst }) => isFirst);
      assert.ok(first.length >= 5, 'counts, free booths, time');
      for (const { text, part, isFirst } of texts) {
        assert.ok(part >= (isFirst ? FIRST_MIN : OTHER_MIN) - 1e-4, `${text}: ${(part * 100).toFixed(2)} % of the shorter side`);
      }
      const [smallest] = [...texts].sort((a, b) => a.part - b.part);
      test.diagnostic(`smallest: ${smallest.text} ${(smallest.part * 100).toFixed(2)} %`);
      assert.deepEqual(await overflowing(page), [], 'nothing is cut off');
      await page.evaluate(() => document.querySelectorAll('[data-booth-row]').forEach(({ dataset }) => (dataset.status = 'free')));
      assert.deepEqual(await overflowing(page), [], 'nor when all are free');
      await page.context().close();
    });
  }

  it('is accessible, light and dark', async () => {
    for (const colorScheme of ['light', 'dark']) {
      const { page } = await openScreen({}, { colorScheme });
      await assertAccessible(page, `screen ${colorScheme}`);
      await page.context().close();
    }
  });

  it('takes turns over its floors', async () => {
    const { page } = await openScreen({ floors: [4, 6], dwellS: 5 });
    const floorIs = (floor) => page.waitForSelector(`.wall-floor[data-floor="${floor}"]:not([hidden])`, { timeout: 7_000 });
    await floorIs(4);
    await floorIs(6);
    assert.equal(await page.getAttribute('[data-tab="6"]', 'data-now'), '');
    assert.deepEqual((await lookAtScreen(page)).floor, [6], 'one at a time');
    await floorIs(4);
    await page.context().close();
  });

  it('shows its name when it is asked to', async () => {
    const { page, id } = await openScreen({ name: 'Mur <est>' });
    await operator.post(`/admin/screens/${id}/identify`);
    await page.waitForSelector('.wall-identify:visible', { timeout: NEWS_MAX_MS });
    assert.equal(await page.innerText('.wall-identify'), 'Mur <est>');
    await page.waitForSelector('.wall-identify', { state: 'hidden', timeout: 12_000 });
    await page.context().close();
  });

  it('follows how it is arranged', async () => {
    const { page, id } = await openScreen({ floors: [4] });
    await operator.change(id, { floors: [6], variant: 'mono' });
    await page.waitForSelector('[data-variant="mono"] .wall-floor[data-floor="6"]', { timeout: NEWS_MAX_MS });
    assert.equal(await page.locator('.wall-floor[data-floor="4"]').count(), 0);
    await waitForScreen(page);
    await markDocument(page);
    // What another floor's screen is told does not concern this one.
    await operator.change(id, { floors: [6], variant: 'mono' });
    await eventually('heard of it', () => operator.get(`/admin/screens/${id}`).then((html) => html.includes('data-state="alive"')), { withinMs: NEWS_MAX_MS });
    assert.ok(await isSameDocument(page));
    await page.context().close();
  });

  it('says so when it was taken away, and can ask for a code', async () => {
    const { page, id } = await openScreen({}, { expectedErrors: /status of (403|404)/ });
    await operator.post(`/admin/screens/${id}/revoke`);
    await page.waitForSelector('.wall-note', { timeout: NEWS_MAX_MS });
    assert.match(await page.innerText('h1'), /retiré/);
    await assertAccessible(page, 'taken away');
    await page.click('a');
    await page.waitForSelector('.wall-code[data-letters]', { timeout: NEWS_MAX_MS });
    await page.context().close();
  });

  it('is let in by its code', async () => {
    const page = await browser.open(`${server.origin}/kiosk`, { viewport: SIZES['1080p'] });
    await page.waitForSelector('.wall-code[data-letters]', { timeout: NEWS_MAX_MS });
    await screenshot(page, 'kiosk-code');
    await assertAccessible(page, 'code');
    const code = await page.innerText('.wall-code');
    const fields = [['name', 'Hall'], ['dwell_s', 20], ['variant', 'color'], ['code', code.replaceAll('\n', ' ')]];
    await operator.post('/admin/screens/pair', fields);
    await page.waitForURL(/\/kiosk\/[\w-]{43}$/, { timeout: NEWS_MAX_MS });
    await waitForScreen(page);
    assert.match(await operator.get('/admin/screens'), /Hall/);
    await page.context().close();
  });

  it('is seen by operators as it is, without their doing anything', async () => {
    const { path, id } = await operator.addScreen({ name: 'Vu', floors: [4] });
    const page = await signIn(browser, server, 'op');
    await page.goto(`${server.origin}/admin/screens`);
    const item = `[data-screen="${id}"]`;
    await page.waitForSelector(`${item}[data-state="never"]`);
    await markDocument(page);
    const wall = await browser.open(server.origin + path, { viewport: SIZES['1080p'] });
    await page.waitForSelector(`${item}[data-state="alive"] .screen-booth[data-status="occupied"]`, { state: 'attached', timeout: SENSED_MAX_MS });
    assert.ok(await isSameDocument(page));
    assert.match(await page.innerText(item), /1920 × 1080/);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.locator('details.admin-part').evaluateAll((parts) => parts.forEach((part) => (part.open = true)));
      await assertAccessible(page, `screens ${colorScheme}`);
    }
    await page.click(`${item} a`);
    await page.waitForSelector('.screen-revoke');
    await assertAccessible(page, 'one screen');
    await Promise.all([page, wall].map((each) => each.context().close()));
  });

  it('on electronic paper draws a change after half a minute, and nothing moves', async (test) => {
    const { page } = await openScreen({ floors: [4], variant: 'mono' });
    await page.evaluate(() => {
      globalThis.draws = [];
      const options = { attributes: true, attributeFilter: ['data-shown'], subtree: true };
      new MutationObserver(() => globalThis.draws.push(performance.now())).observe(document.body, options);
    });
    for (const number of [41, 43]) {
      board.set(number, true);
      const is = (what) => eventually(`${number} ${what}`, async () => (await lookAtScreen(page))[what][number] === 'occupied', { withinMs: 40_000 });
      await is('booths');
      await is('shown');
    }
    const [before, last] = (await page.evaluate(() => globalThis.draws)).slice(-2);
    test.diagnostic(`${Math.round(last - before)} ms from one picture to the next`);
    assert.ok(last - before >= 29_900);
    const animations = await page.evaluate(() => document.getAnimations().length);
    assert.equal(animations, 0);
    await screenshot(page, 'kiosk-mono');
    for (const number of [41, 43]) board.set(number, false);
    await page.context().close();
  });

  it('hides the cursor, stands aside each minute, and rests and dims as it is told', async () => {
    const { page } = await openScreen({});
    const style = (selector, name) => page.evaluate(([selector, name]) => getComputedStyle(document.querySelector(selector))[name], [selector, name]);
    assert.equal(await style('.wall-frame', 'cursor'), 'none');
    assert.match(await style('.wall-frame', 'translate'), /px/);
    assert.equal(await style('.wall-rest', 'display'), 'none');
    await page.evaluate(() => (document.documentElement.dataset.light = 'rest'));
    assert.equal(await style('.wall-rest', 'display'), 'block');
    await page.context().close();
  });
});

/** Every text that is seen, with its size as a part of the screen's shorter side, and whether it has to be read first. */
function measureTexts(page) {
  return page.evaluate(() => {
    const first = '.wall-count, .wall-clock, .wall-free strong, .wall-none';
    const walker = document.createTreeWalker(document.querySelector('.wall-screen'), NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) {
      const { parentElement: element, data } = walker.currentNode;
      const isSeen = data.trim() !== '' && element.checkVisibility({ visibilityProperty: true }) && !element.closest('.visually-hidden, .plan');
      if (!isSeen) continue;
      // On a map the letters grow with the drawing.
      const matrix = element instanceof SVGElement ? element.getScreenCTM() : { c: 0, d: 1 };
      const part = (parseFloat(getComputedStyle(element).fontSize) * Math.hypot(matrix.c, matrix.d)) / Math.min(innerWidth, innerHeight);
      texts.push({ text: data.trim(), part, isFirst: element.closest(first) !== null });
    }
    return texts;
  });
}

/** What stands out of the screen, or out of what holds it. */
function overflowing(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('.wall-head, .wall-head *, .wall-side, .wall-side li, .wall-phone, .wall-legend')]
      .filter((element) => element.checkVisibility() && !element.closest('.visually-hidden') && !element.closest('[aria-hidden]'))
      .filter((element) => {
        const { left, top, right, bottom } = element.getBoundingClientRect();
        const list = element.closest('.wall-free')?.getBoundingClientRect();
        const isOut = left < -4 || top < -4 || right > innerWidth + 4 || bottom > innerHeight + 4;
        return isOut || (list && bottom > list.bottom + 1);
      })
      .map((element) => element.className || element.tagName),
  );
}
