// The pages as the server writes them: all that a reader without scripts, a crawler or a slow phone sees at first.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { connectBoards } from '../src/board.mjs';
import { assertClean, openBrowser } from '../src/browser.mjs';
import { eventually } from '../src/eventually.mjs';
import { statusesInHtml } from '../src/map_page.mjs';
import { startServer } from '../src/server.mjs';

const FOURTH_FLOOR = [41, 42, 43, 44, 45, 46, 47];

describe('the page without scripts', () => {
  let server, browser, boards;

  const fetchPage = async (path, language) => {
    const response = await fetch(`${server.origin}${path}`, { headers: { 'accept-language': language, accept: 'text/html' } });
    return { status: response.status, html: await response.text() };
  };

  before(async () => {
    server = await startServer();
    boards = await connectBoards(server.boardsPort, [41, 42, 43, 44]);
    boards[0].set(42, true);
    await eventually(
      'the server writes box 42 as occupied',
      async () => {
        const { html } = await fetchPage('/floor/4', 'fr');
        const statuses = statusesInHtml(html, 'data-booth');
        return statuses.get(42) === 'occupied' && statuses.get(41) === 'free';
      },
      { withinMs: 15_000, everyMs: 200 },
    );
    browser = await openBrowser();
  });

  after(async () => {
    boards?.forEach((board) => board.kill());
    try {
      await browser?.close();
    } finally {
      await server?.remove();
    }
  });

  for (const path of ['/', '/floor/4']) {
    it(`${path} carries map and list with their states`, async () => {
      const { status, html } = await fetchPage(path, 'fr');
      assert.equal(status, 200);
      assert.match(html, /\sdata-floor="4"/);
      assert.match(html, /\sdata-link="[a-z]+"/);
      for (const attribute of ['data-booth', 'data-booth-row']) {
        const statuses = statusesInHtml(html, attribute);
        assert.deepEqual([...statuses.keys()].sort(), FOURTH_FLOOR, attribute);
        assert.deepEqual([41, 42, 43, 45].map((number) => statuses.get(number)), ['free', 'occupied', 'free', 'unknown'], attribute);
      }
    });
  }

  it('speaks the language that the browser asks for', async () => {
    const cases = [
      ['fr-FR,fr;q=0.9,en;q=0.8', 'fr', 'Occupé'],
      ['en-GB,en;q=0.9', 'en', 'Occupied'],
      ['de-DE,en;q=0.5', 'en', 'Occupied'],
      ['fr;q=0.1,en;q=0.9', 'en', 'Occupied'],
    ];
    for (const [header, language, word] of cases) {
      const { html } = await fetchPage('/floor/4', header);
      assert.match(html, new RegExp(`<html[^>]*\\slang="${language}"`), header);
      assert.ok(html.includes(word), `${header}: ${word}`);
    }
  });

  it('shows the card of the booth in the address', async () => {
    const page = await browser.open(`${server.origin}/floor/4?booth=42`, { javaScriptEnabled: false });
    const card = page.locator('[data-card="42"]');
    await card.waitFor({ timeout: 5_000 });
    assert.equal(await card.getAttribute('data-status'), 'occupied');
    const text = await card.innerText();
    assert.match(text, /42/);
    assert.match(text, /Mark Zuckerberg/);
    assert.match(text, /Occupé/);
    assertClean(page, server.origin);
  });

  it('is stamped with its time, and loaded anew every 30 s where there are no scripts', async () => {
    const { html } = await fetchPage('/floor/4', 'fr');
    assert.match(html, /<noscript><meta http-equiv="refresh" content="30"[^>]*><\/noscript>/);
    const page = await browser.open(`${server.origin}/floor/4`, { javaScriptEnabled: false });
    assert.match(await page.innerText('.as-of'), /^État à \d\d:\d\d/);
    assert.equal(await page.locator('.link-badge:visible').count(), 0);
  });

  it('says that a floor does not exist', async () => {
    const { status } = await fetchPage('/floor/99', 'fr');
    assert.equal(status, 404);
  });
});
