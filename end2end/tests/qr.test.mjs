// Sheets of codes: what they hold, and how they print.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import { assertClean, openBrowser } from '../src/browser.mjs';
import { waitForLink } from '../src/map_page.mjs';
import { startServer } from '../src/server.mjs';

const DECODER = readFileSync(createRequire(import.meta.url).resolve('jsqr'), 'utf8');

/** What a scanner reads off an image of the page. */
async function decode(page, selector) {
  if (!(await page.evaluate(() => 'jsQR' in globalThis))) await page.evaluate(DECODER);
  return page.evaluate(async (selector) => {
    const image = document.querySelector(selector);
    await image.decode();
    const context = new OffscreenCanvas(400, 400).getContext('2d');
    context.drawImage(image, 0, 0, 400, 400);
    const { data, width, height } = context.getImageData(0, 0, 400, 400);
    return globalThis.jsQR(data, width, height)?.data ?? null;
  }, selector);
}

describe('codes', () => {
  let server, browser;

  before(async () => {
    server = await startServer();
    browser = await openBrowser();
  });

  after(async () => {
    try {
      await browser?.close();
    } finally {
      await server?.remove();
    }
  });

  it('of a floor lead to each booth, and to a free one', async () => {
    const page = await browser.open(`${server.origin}/qr/floor/4`);
    await waitForLink(page, 'live');
    assert.equal(await page.locator('.qr-card').count(), 8);
    assert.equal(await decode(page, '.qr-card img'), `${server.origin}/go?floor=4`);
    assert.equal(await decode(page, 'img[src="/qr/booth/42.svg"]'), `${server.origin}/floor/4?booth=42`);
    assert.equal(await decode(page, 'img[src="/qr/booth/47.svg"]'), `${server.origin}/floor/4?booth=47`);
    const card = await page.locator('.qr-card:has(img[src="/qr/booth/42.svg"])').innerText();
    assert.match(card, /42\s+Mark Zuckerberg\s+127\.0\.0\.1:\d+\/floor\/4\?booth=42/);
    assertClean(page, server.origin);
    await page.context().close();
  });

  it('of one booth is large', async () => {
    const page = await browser.open(`${server.origin}/qr/booth/42`, { javaScriptEnabled: false });
    assert.equal(await page.locator('.qr-card').count(), 1);
    assert.ok((await page.locator('.qr-card img').boundingBox()).width > 300);
    await page.context().close();
  });

  it('are the address that the operator names', async () => {
    const named = await startServer({ args: ['--public-url', 'https://box.example.org/'] });
    try {
      const page = await browser.open(`${named.origin}/qr/booth/42`);
      assert.equal(await decode(page, '.qr-card img'), 'https://box.example.org/floor/4?booth=42');
      assert.match(await page.locator('.qr-address').innerText(), /^box\.example\.org\/floor\/4\?booth=42$/);
      await page.context().close();
    } finally {
      await named.remove();
    }
  });

  it('are images and nothing else; what there is not is not found', async () => {
    const response = await fetch(`${server.origin}/qr/booth/42.svg`);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'image/svg+xml');
    assert.match(response.headers.get('content-security-policy'), /default-src 'none'/);
    assert.match(await response.text(), /^<svg /);
    for (const path of ['/qr/booth/99.svg', '/qr/go/5.svg', '/qr/booth/99', '/qr/booth/x', '/qr/floor/5', '/qr/floor/x', '/qr/x/4.svg']) {
      assert.equal((await fetch(server.origin + path)).status, 404, path);
    }
  });

  it('fit on one sheet of paper, and so does the map before its list', async () => {
    const page = await browser.open(`${server.origin}/qr/floor/4`, { colorScheme: 'dark' });
    await waitForLink(page, 'live');
    const pages = async () => {
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      return (pdf.match(/\/Type\s*\/Page\b/g) ?? []).length;
    };
    assert.equal(await pages(), 1);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('.top-bar').isVisible(), false);
    assert.equal(await page.locator('.qr-head').isVisible(), false);
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor), 'rgb(255, 255, 255)');
    await page.goto(`${server.origin}/floor/4`);
    assert.equal(await page.locator('.list-filter').isVisible(), false);
    assert.ok((await pages()) <= 2);
    await page.context().close();
  });
});
