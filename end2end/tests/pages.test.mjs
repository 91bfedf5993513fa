// Going from page to page: one document, the right titles, and what each page shows.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertClean } from '../src/browser.mjs';
import { serverAndBrowser } from '../src/fixture.mjs';
import { isSameDocument, markDocument, waitForLink } from '../src/map_page.mjs';

describe('the pages', () => {
  const fixture = serverAndBrowser();

  it('are one document, with a title each, forwards and backwards', async () => {
    const { browser, server } = fixture;
    const page = await browser.open(`${server.origin}/floor/4`, { locale: 'en-GB' });
    await waitForLink(page, 'live');
    await markDocument(page);
    await page.click('.link-badge');
    await page.waitForSelector('[data-latency="publication"]');
    await page.waitForFunction(() => document.title === 'Service status · DispoBox');
    await page.click('[data-tab="6"]');
    await page.waitForSelector('[data-floor="6"] [data-booth="61"]', { state: 'attached' });
    await page.waitForFunction(() => document.title === 'Floor 6 · DispoBox');
    await page.waitForSelector('[data-floor="6"] .plan > *', { state: 'attached' });
    await page.goBack();
    await page.waitForSelector('[data-latency="publication"]');
    await page.goBack();
    await page.waitForSelector('[data-floor="4"] [data-booth="42"]', { state: 'attached' });
    await page.waitForSelector('[data-floor="4"] .plan > *', { state: 'attached' });
    assert.equal(new URL(page.url()).pathname, '/floor/4');
    assert.ok(await isSameDocument(page), 'no document was loaded anew');
    assertClean(page, server.origin);
  });

  it('hand over what they show: the first one asks the server for nothing more', async () => {
    const { browser, server } = fixture;
    for (const path of ['/', '/floor/6', '/status']) {
      const asked = [];
      const prepare = async (page) => page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      const page = await browser.open(`${server.origin}${path}`, { prepare });
      await waitForLink(page, 'live');
      assert.deepEqual(asked.filter((address) => address.startsWith('/api/')), [], path);
    }
  });

  it('answer with the drawing of a floor once', async () => {
    const html = await (await fetch(`${fixture.server.origin}/floor/4`)).text();
    assert.match(html, /class="plan"[^>]*><\w/, 'the drawing is in the map');
    assert.match(html, /\\"drawing\\":\\"\\"/, 'what is handed over leaves it out');
  });

  it('say where there is none, and with which status', async () => {
    const asBrowser = { redirect: 'manual', headers: { accept: 'text/html' } };
    const status = async (path) => (await fetch(`${fixture.server.origin}${path}`, asBrowser)).status;
    assert.equal(await status('/nowhere'), 404);
    assert.equal(await status('/floor/x'), 404);
    assert.equal(await status('/floor/99'), 404);
    assert.equal(await status('/floor/4?booth=61'), 302);
    assert.equal(await status('/status'), 200);
  });
});
