// The plan editor as a design tool: by mouse, by keyboard alone, by fingers; and who may have it.

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createAccount, signIn } from '../src/accounts.mjs';
import { assertAccessible } from '../src/axe.mjs';
import { assertClean, openBrowser } from '../src/browser.mjs';
import {
  CANVAS, allOutlines, boothNumbers, drag, fieldOf, middleOf, openEditor, outlineOf, selectedNumbers, sightOf, stepsOf,
  toScreen, waitForEditor, waitUntilSaved,
} from '../src/editor_page.mjs';
import { fingersOn } from '../src/fingers.mjs';
import { waitForLink } from '../src/map_page.mjs';
import { startServer } from '../src/server.mjs';

const FLOOR_4 = [41, 42, 43, 44, 45, 46, 47];

describe('the plan editor', () => {
  let server, browser;

  before(async () => {
    const prepare = async (dir) => {
      await createAccount(dir, 'eve', 'editor', 'Eve');
      await createAccount(dir, 'val', 'viewer', 'Val');
    };
    server = await startServer({ prepare });
    browser = await openBrowser();
  });

  after(async () => {
    try {
      await browser?.close();
    } finally {
      await server?.remove();
    }
  });

  describe('by mouse', () => {
    let page, start;

    before(async () => {
      page = await openEditor(browser, server, 'eve');
      start = await allOutlines(page);
    });

    it('draws a rectangle', async () => {
      assert.deepEqual(await boothNumbers(page), FLOOR_4);
      await page.click('[data-action="rectangle"]');
      await drag(page, await toScreen(page, 1000, 620), await toScreen(page, 1083, 701));
      assert.deepEqual(await boothNumbers(page), [...FLOOR_4, 48]);
      assert.deepEqual(await selectedNumbers(page), [48]);
      assert.deepEqual(await stepsOf(page), ['Drawn']);
      assert.equal(await page.getAttribute('[data-action="select"]', 'aria-pressed'), 'true', 'the tool is put down');
    });

    it('drags it, and shows why it rests in line with others', async () => {
      const [[, top]] = await outlineOf(page, 45);
      const [[left, own]] = await outlineOf(page, 48);
      const from = await middleOf(page, 48);
      const { y, scale } = await sightOf(page);
      const to = { x: from.x - 60, y: from.y + (top - own) * scale + 3 };
      let levels;
      await drag(page, from, to, async () => {
        const guides = await page.$$eval('line.guide:not([data-kind="measure"])', (lines) => lines.map((line) => [line.y1.baseVal.value, line.y2.baseVal.value]));
        levels = guides.filter(([y1, y2]) => y1 === y2).map(([y1]) => (y1 - y) / scale);
        assert.ok(levels.length > 0, 'a guide is shown');
        assert.ok((await page.locator('.badge[data-kind="measure"]').count()) > 0, 'and how far others are');
      });
      const [[nowLeft, nowTop], , [, nowBottom]] = await outlineOf(page, 48);
      const places = [nowTop, (nowTop + nowBottom) / 2, nowBottom];
      assert.ok(levels.some((level) => places.some((place) => Math.abs(level - place) < 0.2)), `${levels} ${places}`);
      assert.notEqual(nowLeft, left);
      assert.equal(await page.locator('.guide').count(), 0);
      assert.deepEqual(await stepsOf(page), ['Drawn', 'Moved'], 'one drag is one step');
    });

    it('resizes it by a handle', async () => {
      const [width, height] = [Number(await fieldOf(page, 'width')), Number(await fieldOf(page, 'height'))];
      const frame = await page.locator('polygon.frame').boundingBox();
      const corner = { x: frame.x + frame.width + 3, y: frame.y + frame.height + 3 };
      await page.keyboard.down('Alt');
      await drag(page, corner, { x: corner.x + 30, y: corner.y + 20 });
      await page.keyboard.up('Alt');
      const { scale } = await sightOf(page);
      assert.ok(Math.abs(Number(await fieldOf(page, 'width')) - width - 30 / scale) < 3 / scale);
      assert.ok(Math.abs(Number(await fieldOf(page, 'height')) - height - 20 / scale) < 3 / scale);
    });

    it('turns it', async () => {
      const middle = await middleOf(page, 48);
      const handle = await page.locator('.turning').boundingBox();
      const from = { x: handle.x + handle.width / 2, y: handle.y + handle.height / 2 };
      await drag(page, from, { x: middle.x + (middle.y - from.y), y: middle.y });
      assert.equal(await fieldOf(page, 'rotation'), '90');
    });

    it('selects by a rectangle, and lines up', async () => {
      await drag(page, await toScreen(page, 385, 225), await toScreen(page, 850, 350));
      assert.deepEqual(await selectedNumbers(page), [41, 42, 43, 44]);
      await drag(page, await middleOf(page, 42), { ...(await middleOf(page, 42)), y: (await middleOf(page, 42)).y + 40 });
      await page.mouse.click((await middleOf(page, 42)).x, (await middleOf(page, 42)).y);
      await page.keyboard.press('Shift+ArrowDown');
      const tops = async () => Promise.all([41, 42, 43, 44].map(async (number) => (await outlineOf(page, number))[0][1]));
      assert.equal(new Set(await tops()).size, 2, 'one of them is lower');
      await page.keyboard.press('Control+a');
      await page.click('[data-action="align-top"]');
      assert.equal(new Set(await tops()).size, 1);
    });

    it('draws a polygon corner by corner', async () => {
      await page.click('[data-action="polygon"]');
      for (const [x, y] of [[900, 100], [1000, 110], [1010, 190], [910, 200]]) {
        const at = await toScreen(page, x, y);
        await page.mouse.click(at.x, at.y);
      }
      await page.keyboard.press('Enter');
      assert.equal((await outlineOf(page, 49)).length, 4);
      assert.deepEqual(await selectedNumbers(page), [49]);
    });

    it('moves the view by wheel and Space, and zooms at the pointer', async () => {
      const before = await sightOf(page);
      const at = await toScreen(page, 700, 400);
      await page.mouse.move(at.x, at.y);
      await page.mouse.wheel(0, 60);
      await page.waitForFunction((y) => !document.querySelector('#editor-canvas > g').getAttribute('transform').includes(` ${y.toFixed(2)})`), before.y);
      assert.equal(Math.round((await sightOf(page)).y - before.y), -60);
      await page.keyboard.down('Control');
      await page.mouse.wheel(0, -200);
      await page.keyboard.up('Control');
      await page.waitForFunction((scale) => !document.querySelector('#editor-canvas > g').getAttribute('transform').includes(`scale(${scale.toFixed(5)})`), before.scale);
      assert.ok((await sightOf(page)).scale > before.scale);
      const zoomed = await sightOf(page);
      await page.focus(CANVAS);
      await page.keyboard.down('Space');
      await drag(page, at, { x: at.x + 50, y: at.y + 30 });
      await page.keyboard.up('Space');
      const panned = await sightOf(page);
      assert.deepEqual([panned.x - zoomed.x, panned.y - zoomed.y].map(Math.round), [50, 30]);
      assert.deepEqual(await selectedNumbers(page), [49], 'nothing else was selected by that');
      await page.click('[data-action="fit"]');
      assert.deepEqual(await sightOf(page), before);
    });

    it('undoes all of it, and does it again', async () => {
      const end = await allOutlines(page);
      await page.click('.step >> nth=0');
      assert.deepEqual(await allOutlines(page), start);
      assert.equal(await page.getAttribute('[data-action="undo"]', 'aria-disabled'), 'true');
      await page.click('.step >> nth=-1');
      assert.deepEqual(await allOutlines(page), end);
      await page.click('.step >> nth=0');
      await waitUntilSaved(page);
    });
  });

  describe('by keyboard alone', () => {
    let page;

    before(async () => {
      page = await openEditor(browser, server, 'eve');
      await page.focus(CANVAS);
    });

    it('goes from booth to booth, and moves by 1 and by 10', async () => {
      await page.keyboard.press('Tab');
      assert.deepEqual(await selectedNumbers(page), [41]);
      await page.keyboard.press('Tab');
      assert.deepEqual(await selectedNumbers(page), [42]);
      assert.match(await page.textContent('.said'), /Box 42/);
      const [[x, y]] = await outlineOf(page, 42);
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Shift+ArrowDown');
      assert.deepEqual((await outlineOf(page, 42))[0], [x + 1, y + 10]);
    });

    it('takes numbers as they are typed', async () => {
      await page.focus('[data-field="x"]');
      await page.keyboard.press('Control+a');
      await page.keyboard.type('610.5');
      assert.equal((await outlineOf(page, 42))[0][0], 610.5, 'shown at once');
      await page.keyboard.press('Escape');
      assert.notEqual((await outlineOf(page, 42))[0][0], 610.5, 'taken back');
      await page.keyboard.press('Control+a');
      await page.keyboard.type('600+8');
      await page.keyboard.press('Enter');
      assert.equal((await outlineOf(page, 42))[0][0], 608);
      assert.equal(await fieldOf(page, 'x'), '608');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Tab');
      assert.equal((await outlineOf(page, 42))[0][0], 609);
    });

    it('numbers, names and locks', async () => {
      await page.focus('[data-field="name"]');
      await page.keyboard.press('Control+a');
      await page.keyboard.type('Ada Lovelace');
      await page.keyboard.press('Enter');
      assert.match(await page.textContent('[data-editor-row="42"]'), /Ada Lovelace/);
      await page.focus('[data-field="number"]');
      await page.keyboard.press('Control+a');
      await page.keyboard.type('41');
      await page.keyboard.press('Enter');
      assert.match(await page.textContent('.findings'), /Number 41 is given twice/);
      await page.keyboard.press('Control+a');
      await page.keyboard.type('42');
      await page.keyboard.press('Enter');
      assert.equal(await page.locator('.finding[data-kind="fault"]').count(), 0);
      await page.focus('[data-field="lock"]');
      await page.keyboard.press('Space');
      await page.focus(CANVAS);
      const outline = await outlineOf(page, 42);
      await page.keyboard.press('ArrowLeft');
      assert.deepEqual(await outlineOf(page, 42), outline);
      assert.match(await page.textContent('.said'), /locked/);
      await page.keyboard.press('Control+z');
    });

    it('wires and takes off', async () => {
      await page.focus('[data-action="unwire"]');
      await page.keyboard.press('Enter');
      assert.match(await page.textContent('.findings'), /Box 42, Ada Lovelace is watched by nothing/);
      await page.selectOption('[data-field="channel"]', '1');
      await page.focus('[data-action="wire"]');
      await page.keyboard.press('Enter');
      assert.match(await page.textContent('.wires'), /board-1 · 1/);
    });

    it('adds, copies, deletes, undoes', async () => {
      await page.focus(CANVAS);
      await page.keyboard.press('b');
      assert.deepEqual(await boothNumbers(page), [...FLOOR_4, 48]);
      await page.keyboard.press('Control+c');
      await page.keyboard.press('Control+v');
      assert.deepEqual(await boothNumbers(page), [...FLOOR_4, 48, 49]);
      await page.keyboard.press('Delete');
      await page.keyboard.press('Control+z');
      assert.deepEqual(await boothNumbers(page), [...FLOOR_4, 48, 49]);
      await page.keyboard.press('Control+Shift+z');
      assert.deepEqual(await boothNumbers(page), [...FLOOR_4, 48]);
    });

    it('leaves the plan behind the last booth, and by Escape', async () => {
      const isThere = () => page.evaluate(() => document.activeElement.id === 'editor-canvas');
      await page.focus('[data-editor-row="48"]');
      await page.keyboard.press('Enter');
      await page.focus(CANVAS);
      await page.keyboard.press('Tab');
      assert.ok(!(await isThere()), '48 is the last one');
      await page.focus(CANVAS);
      await page.keyboard.press('Control+a');
      await page.keyboard.press('Escape');
      assert.deepEqual(await selectedNumbers(page), []);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Tab');
      assert.ok(!(await isThere()));
    });

    it('lists the keys', async () => {
      await page.focus(CANVAS);
      await page.keyboard.press('?');
      await page.waitForSelector('dialog[open] kbd');
      await page.keyboard.press('Escape');
      assert.equal(await page.locator('dialog[open]').count(), 0);
    });

    it('is saved by itself, and there again after a reload', async () => {
      await waitUntilSaved(page);
      assert.match(await page.textContent('.saving'), /Saved at \d\d:\d\d/);
      const outlines = await allOutlines(page);
      await page.reload();
      await waitForEditor(page);
      assert.deepEqual(await allOutlines(page), outlines);
      assert.match(await page.textContent('[data-editor-row="42"]'), /Ada Lovelace/);
    });

    it('throws the draft away when that was confirmed', async () => {
      await page.click('[data-action="discard"]');
      await page.click('[data-action="discard-now"]');
      await page.waitForSelector('[data-editor-row="48"]', { state: 'detached', timeout: 5_000 });
      assert.deepEqual(await boothNumbers(page), FLOOR_4);
    });
  });

  describe('by fingers', () => {
    let page, fingers;

    before(async () => {
      page = await openEditor(browser, server, 'eve', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    });

    beforeEach(async () => (fingers = await fingersOn(page)));

    it('selects and drags', async () => {
      const from = await middleOf(page, 45);
      const [[x]] = await outlineOf(page, 45);
      await fingers.down(0, from.x, from.y);
      await fingers.move([[0, from.x - 30, from.y]]);
      await fingers.up(0);
      assert.deepEqual(await selectedNumbers(page), [45]);
      assert.ok((await outlineOf(page, 45))[0][0] < x - 50);
      await page.click('[data-action="properties"]');
      assert.ok(await page.isVisible('[data-field="x"]'), 'numbers are in a sheet');
      await page.click('[data-action="properties"]');
      await page.click('[data-action="undo"]');
      assert.equal((await outlineOf(page, 45))[0][0], x);
    });

    it('zooms and moves by two fingers, and takes back what the first had begun', async () => {
      const [outline, before] = [await outlineOf(page, 46), await sightOf(page)];
      const at = await middleOf(page, 46);
      await fingers.down(0, at.x, at.y);
      await fingers.move([[0, at.x + 20, at.y]]);
      await fingers.down(1, at.x + 20, at.y + 60);
      await fingers.move([[0, at.x + 20, at.y - 60], [1, at.x + 20, at.y + 120]]);
      await fingers.up(0, 1);
      assert.deepEqual(await outlineOf(page, 46), outline);
      const ratio = (await sightOf(page)).scale / before.scale;
      assert.ok(ratio > 2.5 && ratio < 3.5, `${ratio}`);
    });

    it('can be used without anything beyond its width', async () => {
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
      await assertAccessible(page, 'narrow');
    });
  });

  it('is accessible, light and dark', async () => {
    for (const colorScheme of ['light', 'dark']) {
      const page = await openEditor(browser, server, 'eve', { colorScheme });
      await page.focus(CANVAS);
      await page.keyboard.press('Tab');
      await assertAccessible(page, colorScheme);
      await page.keyboard.press('?');
      await assertAccessible(page, `${colorScheme}, keys`);
      await page.context().close();
    }
  });

  it('is for those who may draw plans', async () => {
    const path = '/admin/floors/4/edit';
    const stranger = await fetch(server.origin + path, { redirect: 'manual' });
    assert.deepEqual([stranger.status, stranger.headers.get('location')], [303, `/login?to=${path}`]);
    const viewer = await signIn(browser, server, 'val', { expectedErrors: /status of 403/ });
    assert.equal((await viewer.goto(server.origin + path)).status(), 403);
    assert.equal(await viewer.locator('.editor-page').count(), 0);
    const editor = await signIn(browser, server, 'eve', { expectedErrors: /status of 404/ });
    assert.equal((await editor.goto(`${server.origin}/admin/floors/77/edit`)).status(), 404);
  });

  it('is in nothing that others load', async () => {
    const asked = [];
    const prepare = async (page) => page.on('request', (request) => asked.push(request.url()));
    const page = await browser.open(`${server.origin}/floor/4`, { prepare });
    await waitForLink(page, 'live');
    assert.deepEqual(asked.filter((url) => url.includes('editor')), []);
    await assertClean(page, server.origin);
  });
});
