// The server hangs with all its connections open: nothing closes, nothing comes.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Board } from '../src/board.mjs';
import { BROKEN_REQUESTS, assertClean, openBrowser } from '../src/browser.mjs';
import { eventually } from '../src/eventually.mjs';
import { isSameDocument, markDocument, waitForBooths, waitForLink, waitForLiveAndRight } from '../src/map_page.mjs';
import { startServer } from '../src/server.mjs';

const BOOTHS = [41, 42, 43, 44];
/** No colour is on screen this long after the server's last word: 25 s, and what a browser needs to show it. */
const GREY_MAX_MS = 25_500;
/** Right again this soon after the server is back. */
const RECOVER_MAX_MS = 5_000;

describe('a server that hangs', () => {
  let server, browser, page, board;

  before(async () => {
    server = await startServer();
    browser = await openBrowser();
    board = await new Board(server.boardsPort, BOOTHS, { reconnects: true }).connect();
    board.set(42, true);
    page = await browser.open(`${server.origin}/floor/4`, { expectedErrors: BROKEN_REQUESTS });
    await waitForBooths(page, [42], 'occupied');
    await waitForBooths(page, [41, 43, 44], 'free');
    await waitForLink(page, 'live');
    await markDocument(page);
  });

  after(async () => {
    board?.kill();
    try {
      await browser?.close();
    } finally {
      await server?.remove();
    }
  });

  it('leaves nothing on the page but grey, under a banner', async (test) => {
    server.signal('SIGSTOP');
    const frozenAt = performance.now();
    await eventually('the page shows that it knows nothing', async () => isGrey(await look(page)), { withinMs: GREY_MAX_MS });
    test.diagnostic(`grey after ${Math.round(performance.now() - frozenAt)} ms`);
    await page.waitForSelector('.link-banner', { timeout: 1_000 });
  });

  it('is live and right soon after it goes on', async (test) => {
    server.signal('SIGCONT');
    const wokenAt = performance.now();
    await waitForLiveAndRight(page, { occupied: [42], free: [41, 43, 44] }, RECOVER_MAX_MS);
    test.diagnostic(`live and right again after ${Math.round(performance.now() - wokenAt)} ms`);
    assert.equal((await look(page)).banners, 0);
    assert.ok(await isSameDocument(page), 'the page was not loaded anew');
  });

  it('breaks nothing', () => {
    assertClean(page, server.origin);
  });
});

/** What the page says of the link and of all booths. */
function look(page) {
  return page.evaluate(() => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    const statuses = all('[data-booth], [data-booth-row], [data-card]').map((element) => element.dataset.status);
    return {
      statuses,
      links: all('[data-link]').map((element) => element.dataset.link),
      banners: all('.link-banner').length,
    };
  });
}

function isGrey({ statuses, links, banners }) {
  const isDown = links.length > 0 && links.every((link) => link === 'down');
  return isDown && banners === 1 && statuses.length > 0 && statuses.every((status) => status === 'unknown');
}
