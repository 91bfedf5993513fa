// Installing, a new build under an old page, and the service worker that is taken back.

import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openBrowser, screenshot } from '../src/browser.mjs';
import { isSameDocument, markDocument, waitForLink } from '../src/map_page.mjs';
import { startServer } from '../src/server.mjs';

const BINARY = process.env.DISPOBOX_BIN ?? new URL('../../target/debug/dispobox', import.meta.url).pathname;
/** An old page has noticed by then. */
const NOTICED_MAX_MS = 60_000;

describe('a new build', () => {
  let server, browser, page, site, build;

  /** Another build of the same pages: one file has changed, so it has another name. */
  const publish = async (name) => {
    const manifest = JSON.parse(await readFile(join(site, 'manifest.json'), 'utf8'));
    const css = await readFile(join(site, manifest.css), 'utf8');
    manifest.css = `/pkg/dispobox.${name}.css`;
    manifest.build = name;
    await writeFile(join(site, manifest.css), `${css}\n/* ${name} */\n`);
    await writeFile(join(site, 'manifest.json'), JSON.stringify(manifest));
    await server.stop();
    await server.start();
  };
  const shells = () => page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('shell-')));

  before(async () => {
    site = await mkdtemp(join(tmpdir(), 'dispobox-site-'));
    await cp(join(dirname(BINARY), 'site'), site, { recursive: true });
    server = await startServer({ args: ['--site-dir', site] });
    browser = await openBrowser();
    page = await browser.open(`${server.origin}/floor/4`);
    await waitForLink(page, 'live');
    await page.evaluate(() => navigator.serviceWorker.ready);
    build = await page.evaluate(() => document.documentElement.dataset.build);
  });

  after(async () => {
    try {
      await browser?.close();
    } finally {
      await server?.remove();
    }
    await rm(site, { recursive: true, force: true });
  });

  it('can be installed: manifest, icons, worker', async () => {
    const href = await page.getAttribute('link[rel="manifest"]', 'href');
    const response = await fetch(new URL(href, server.origin));
    assert.equal(response.headers.get('content-type'), 'application/manifest+json');
    const manifest = await response.json();
    assert.deepEqual([manifest.start_url, manifest.display, manifest.lang], ['/', 'standalone', 'fr']);
    const sizes = manifest.icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`);
    assert.deepEqual(sizes, ['any any', '192x192 any', '512x512 any', '192x192 maskable', '512x512 maskable']);
    for (const { src, sizes, type } of manifest.icons) {
      const icon = await fetch(new URL(src, server.origin));
      assert.deepEqual([icon.status, icon.headers.get('content-type')], [200, type], src);
      const bytes = Buffer.from(await icon.arrayBuffer());
      if (type === 'image/png') assert.equal(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, sizes, src);
    }
    assert.deepEqual(manifest.shortcuts.map(({ url }) => url), ['/go', '/floor/4', '/floor/6']);
    const english = await (await fetch(`${server.origin}/manifest.webmanifest?lang=en`)).json();
    assert.equal(english.shortcuts[1].name, 'Floor 4');
    const session = await page.context().newCDPSession(page);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    // A window without history, which every test has, is the one thing that it may complain of.
    assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito'), []);
    const worker = await fetch(`${server.origin}/sw.js`);
    assert.equal(worker.headers.get('cache-control'), 'no-cache');
  });

  it('is offered to a page in use, which goes on', async (test) => {
    await markDocument(page);
    const [before] = await shells();
    await publish('second');
    const startedAt = performance.now();
    await page.locator('.update-prompt').waitFor({ timeout: NOTICED_MAX_MS });
    test.diagnostic(`noticed after ${Math.round(performance.now() - startedAt)} ms`);
    await screenshot(page, 'update');
    assert.ok(await isSameDocument(page), 'nothing is loaded by itself');
    await waitForLink(page, 'live');
    // Installed quietly, and the old one is still there for the old page.
    await page.waitForFunction(async () => (await caches.keys()).filter((name) => name.startsWith('shell-')).length === 2, null, { timeout: 15_000 });
    assert.ok((await shells()).includes(before));
    await page.click('.update-prompt button');
    await page.waitForFunction(() => document.documentElement.dataset.build === 'second');
    assert.equal(await page.locator('.update-prompt').isVisible(), false);
    assert.notEqual(build, 'second');
  });

  it('is loaded at once by a page that nobody sees, and once only', async () => {
    await waitForLink(page, 'live');
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { get: () => true });
    });
    await publish('third');
    await page.waitForFunction(() => document.documentElement.dataset.build === 'third', null, { timeout: NOTICED_MAX_MS });
    await waitForLink(page, 'live');
    await page.waitForFunction(async () => (await caches.keys()).filter((name) => name.startsWith('shell-')).length === 2, null, { timeout: 15_000 });
    assert.equal(await page.evaluate(() => sessionStorage.getItem('dispobox.reloaded')), 'third');
  });

  it('takes the worker back when it is told to', async () => {
    await server.stop();
    const off = await startServer({ args: ['--site-dir', site, '--no-service-worker'] });
    try {
      const script = await (await fetch(`${off.origin}/sw.js`)).text();
      assert.match(script, /unregister/);
      assert.doesNotMatch(script, /addEventListener\('fetch'/);
      const html = await (await fetch(`${off.origin}/floor/4`)).text();
      assert.match(html, /data-worker="off"/);
    } finally {
      await off.remove();
      await server.start();
    }
  });
});
