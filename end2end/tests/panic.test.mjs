// The application breaks in the browser: the page heals, and when it cannot, it says so and shows nothing that looks live.
//
// The ways to break it are real ones: HTML that is not what the application expects, a browser whose functions fail, files
// that do not come.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { Board } from '../src/board.mjs';
import { openBrowser, screenshot } from '../src/browser.mjs';
import { boothShape, waitForBooths, waitForLink, waitForStatus } from '../src/map_page.mjs';
import { startServer } from '../src/server.mjs';

const HEAL_MAX_MS = 5_000;
const RELOADS_MAX = 3;
const ERRORS = /./;

describe('an application that breaks', () => {
  let server, browser, board, page;

  // A service worker would fetch undamaged pages.
  const open = async (prepare, options = {}) => {
    page = await browser.open(`${server.origin}/floor/4`, { expectedErrors: ERRORS, prepare, serviceWorkers: 'block', ...options });
  };
  /** Damages the pages that the server sends, as long as `isDamaged` says so; counts them. */
  const damagePages = async (target, isDamaged) => {
    const pages = { count: 0 };
    await target.route('**/floor/4', async (route) => {
      pages.count += 1;
      const response = await route.fetch();
      const html = await response.text();
      const body = isDamaged(pages.count) ? html.replace('<header class="top-bar">', '<header class="top-bar"><i></i>') : html;
      await route.fulfill({ response, body });
    });
    return pages;
  };

  before(async () => {
    server = await startServer();
    board = await new Board(server.boardsPort, [41, 42, 43, 44], { reconnects: true }).connect();
    browser = await openBrowser();
    const first = await browser.open(`${server.origin}/floor/4`);
    await waitForBooths(first, [41, 42, 43, 44], 'free');
    await first.context().close();
  });

  afterEach(async () => {
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.context().close();
  });

  after(async () => {
    board?.kill();
    try {
      await browser?.close();
    } finally {
      await server?.remove();
    }
  });

  it('at its start: is loaded anew', async (test) => {
    let pages;
    await open(async (target) => (pages = await damagePages(target, (count) => count <= 2)));
    const startedAt = performance.now();
    await waitForLink(page, 'live', 2 * HEAL_MAX_MS);
    test.diagnostic(`live after two panics and ${Math.round(performance.now() - startedAt)} ms`);
    assert.equal(pages.count, 3);
    assert.ok(page.journal.errors.some((text) => /panicked/.test(text)), 'it was a panic');
  });

  it('while it runs: is loaded anew within 5 s', async (test) => {
    await open();
    await waitForLink(page, 'live');
    await page.evaluate(() => {
      globalThis.isBrokenDocument = true;
      for (const name of ['cloneNode', 'insertBefore', 'appendChild']) {
        Node.prototype[name] = () => {
          throw new DOMException('broken by the test');
        };
      }
      document.querySelector('.floor-tab[href="/floor/6"]').click();
    });
    const brokenAt = performance.now();
    await page.waitForFunction(() => !globalThis.isBrokenDocument, null, { timeout: HEAL_MAX_MS });
    await waitForLink(page, 'live', HEAL_MAX_MS);
    test.diagnostic(`live again after ${Math.round(performance.now() - brokenAt)} ms`);
  });

  it('whose program does not come: is loaded anew', async () => {
    let requests = 0;
    await open((target) =>
      target.route('**/*.wasm', (route) => {
        requests += 1;
        return requests === 1 ? route.fulfill({ status: 404 }) : route.continue();
      }),
    );
    await waitForLink(page, 'live', 2 * HEAL_MAX_MS);
  });

  for (const [locale, words] of [['fr-FR', /Cette page ne fonctionne pas/], ['en-GB', /This page does not work/]]) {
    it(`again and again: says so after three reloads (${locale})`, async () => {
      let pages;
      await open(async (target) => (pages = await damagePages(target, () => true)), { locale });
      await page.waitForSelector('[data-broken="given-up"] .broken-page', { timeout: 30_000 });
      assert.equal(pages.count, 1 + RELOADS_MAX);
      assert.match(await page.innerText('.broken-page'), words);
      await screenshot(page, `given-up-${locale}`);
      const { statuses, labels, visible } = await look(page);
      assert.deepEqual([...new Set(statuses)], ['unknown']);
      assert.deepEqual(labels, []);
      assert.doesNotMatch(visible, /Libre|Occupé|Free|Occupied|\d+ (libre|free)|En direct|Live/);
    });
  }

  it('while the server is away: waits for it instead of showing the browser’s error page', async () => {
    await open();
    await waitForLink(page, 'live');
    server.signal('SIGSTOP');
    await page.evaluate(() => setTimeout(() => globalThis.dispobox.broken('the test')));
    await page.waitForSelector('[data-broken="waiting"] .broken-page', { timeout: HEAL_MAX_MS });
    assert.match(await page.innerText('.broken-page'), /dès que le serveur répondra/);
    server.signal('SIGCONT');
    await page.waitForSelector('html:not([data-broken])', { state: 'attached', timeout: HEAL_MAX_MS });
    await waitForLink(page, 'live', HEAL_MAX_MS);
    await waitForStatus(page, boothShape(41), 'free', 10_000);
  });

  it('whose first script does not come: is a page without scripts', async () => {
    await open((target) => target.route('**/start.js', (route) => route.fulfill({ status: 404 })));
    await page.waitForSelector('[data-scripts="none"] .as-of:visible', { timeout: HEAL_MAX_MS });
    assert.equal(await page.locator('.link-badge:visible').count(), 0);
  });
});

/** What the page shows and says. */
function look(page) {
  return page.evaluate(() => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    return {
      statuses: all('[data-status]').map((element) => element.dataset.status),
      labels: all('[data-booth][aria-label]').map((element) => element.getAttribute('aria-label')),
      visible: document.body.innerText,
    };
  });
}
