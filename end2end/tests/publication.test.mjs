// A floor that is rearranged while somebody looks at it: no reload, and the reader stays where they were.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createAccount, signIn } from '../src/accounts.mjs';
import { connectBoards } from '../src/board.mjs';
import { assertClean, openBrowser } from '../src/browser.mjs';
import { boothRow, boothShape, isSameDocument, markDocument, viewOf, waitForLink, waitForStatus } from '../src/map_page.mjs';
import { startServer } from '../src/server.mjs';

const SOON_MS = 5_000;

describe('a publication', () => {
  let server, browser, boards, editor, page;

  /** Asks a function of the plan editor, in the page of somebody who is signed in. */
  const ask = (name, wish) =>
    editor.evaluate(async ([name, wish]) => {
      const headers = { 'content-type': 'application/json' };
      const asked = wish ? fetch(`/api/${name}`, { method: 'POST', headers, body: JSON.stringify(wish) }) : fetch(`/api/${name}`);
      return (await asked).json();
    }, [name, wish]);

  const publish = async (draw) => {
    const { published, draft } = await ask('read_layout?floor=4');
    draw(published.layout);
    const wish = { floor: 4, base: published.version, revision: draft?.draft.revision ?? 0, layout: published.layout, plan: null };
    const { saved } = await ask('save_draft', wish);
    const publishing = await ask('publish_layout', { floor: 4, revision: saved, name: '', answers: null });
    assert.ok(publishing.published, JSON.stringify(publishing));
  };

  const focused = () => page.evaluate(() => document.activeElement.closest('[data-booth]')?.dataset.booth);
  const find = (layout, number) => layout.find((booth) => booth.number === number);

  before(async () => {
    server = await startServer({ prepare: (dataDir) => createAccount(dataDir, 'eve', 'editor') });
    browser = await openBrowser();
    boards = await connectBoards(server.boardsPort, [41, 42, 43, 44]);
    editor = await signIn(browser, server, 'eve');
    page = await browser.open(`${server.origin}/floor/4`);
    await waitForLink(page, 'live');
    await waitForStatus(page, boothShape(42), 'free', 15_000);
    await markDocument(page);
  });

  after(async () => {
    boards?.forEach((board) => board.kill());
    try {
      await browser?.close();
    } finally {
      await server?.remove();
    }
  });

  it('moves, names, adds and removes booths in an open page, which keeps view and focus', async () => {
    await page.locator('svg:has([data-view])').hover();
    await page.mouse.wheel(0, -400);
    await page.waitForFunction(() => Number(document.querySelector('[data-view]').dataset.view.split(' ')[0]) > 1.2);
    const view = await viewOf(page);
    await page.focus(boothShape(42));
    const before = await page.getAttribute(`${boothShape(42)} rect`, 'x');
    await publish((layout) => {
      find(layout, 42).shape.rectangle.x += 8;
      find(layout, 42).name = 'Ada Lovelace';
      find(layout, 47).number = 48;
      layout.splice(layout.indexOf(find(layout, 46)), 1);
    });
    await page.waitForSelector(boothShape(48), { state: 'attached', timeout: SOON_MS });
    assert.equal(Number(await page.getAttribute(`${boothShape(42)} rect`, 'x')), Number(before) + 8);
    assert.match(await page.textContent(boothRow(42)), /Ada Lovelace/);
    for (const gone of [46, 47]) assert.equal(await page.locator(boothShape(gone)).count(), 0, `${gone}`);
    assert.deepEqual(await viewOf(page), view);
    await page.waitForFunction(() => document.activeElement.closest('[data-booth]')?.dataset.booth === '42', null, { timeout: SOON_MS });
    assert.equal(await focused(), '42');
    assert.ok(await isSameDocument(page), 'not loaded anew');
  });

  it('is live afterwards', async () => {
    await waitForStatus(page, boothShape(42), 'free', SOON_MS);
    await Promise.all(boards.map((board) => board.kill()));
    await waitForStatus(page, boothShape(42), 'late', 15_000);
    await assertClean(page, server.origin);
  });
});
