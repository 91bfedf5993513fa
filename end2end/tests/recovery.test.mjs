// The way to the server swallows everything, the network goes, the tab is frozen: what a page shows, and how soon it is right
// again. What a server does that hangs is in frozen.test.mjs, what one does that restarts is in restart.test.mjs.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Board } from '../src/board.mjs';
import { BROKEN_REQUESTS, openBrowser } from '../src/browser.mjs';
import { eventually } from '../src/eventually.mjs';
import { boothShape, isSameDocument, markDocument, waitForBooths, waitForLink, waitForStatus } from '../src/map_page.mjs';
import { startProxy } from '../src/proxy.mjs';
import { startServer } from '../src/server.mjs';
import { Tabs, freeze } from '../src/tabs.mjs';

const BOOTHS = [41, 42, 43, 44];
/** No colour is on screen this long after the server's last word: 25 s, and what a browser needs to show it. */
const GREY_MAX_MS = 25_500;
/** Right again this soon after the way is free, or the tab wakes. */
const RECOVER_MAX_MS = 3_000;
const SENSED_MAX_MS = 6_000;
/** Longer than a tab may be silent before it distrusts what it has. */
const FROZEN_MS = 14_000;

describe('a page that has been cut off', () => {
  let server, proxy, browser, board, tabs;
  const free = [...BOOTHS];

  const occupy = () => {
    const number = free.shift();
    board.set(number, true);
    return number;
  };
  const waitForOccupied = (number, withinMs) =>
    Promise.all(tabs.pages.map((page) => waitForStatus(page, boothShape(number), 'occupied', withinMs)));
  const waitForRight = async (number, withinMs) => {
    const startedAt = performance.now();
    await Promise.all([waitForOccupied(number, withinMs), ...tabs.pages.map((page) => waitForLink(page, 'live', withinMs))]);
    return Math.round(performance.now() - startedAt);
  };
  /** Resolves when the server shows it; what pages do not see is then known to be there. */
  const serverShows = (number) =>
    eventually(
      `the server shows box ${number}`,
      async () => (await (await fetch(`${server.origin}/api/v1/booths/${number}`)).json()).status === 'occupied',
      { withinMs: SENSED_MAX_MS, everyMs: 50 },
    );

  before(async () => {
    server = await startServer();
    proxy = await startProxy(server.httpPort);
    browser = await openBrowser();
    board = await new Board(server.boardsPort, BOOTHS).connect();
    tabs = new Tabs(browser, `${proxy.origin}/floor/4`, { expectedErrors: BROKEN_REQUESTS });
    for (let opened = 0; opened < 2; opened += 1) await waitForLink(await tabs.open(), 'live');
    for (const page of tabs.pages) await waitForBooths(page, BOOTHS, 'free');
    await Promise.all(tabs.pages.map(markDocument));
  });

  after(async () => {
    board?.kill();
    await browser?.close();
    proxy?.close();
    await server?.remove();
  });

  it('is grey under a banner within 25 s of silence, in every tab', async (test) => {
    proxy.swallow();
    const swallowedAt = performance.now();
    const greyAfter = async (page) => {
      await eventually('nothing but grey', async () => isGrey(await look(page)), { withinMs: GREY_MAX_MS });
      return Math.round(performance.now() - swallowedAt);
    };
    const [leader, follower] = await Promise.all(tabs.pages.map(greyAfter));
    test.diagnostic(`grey after ${leader} and ${follower} ms`);
  });

  it('is right again within 3 s of the way being free', async (test) => {
    const number = occupy();
    await serverShows(number);
    proxy.restore();
    test.diagnostic(`right after ${await waitForRight(number, RECOVER_MAX_MS)} ms`);
  });

  it('is right again within 3 s of the network being back', async (test) => {
    const context = tabs.pages[0].context();
    await context.setOffline(true);
    proxy.swallow();
    const number = occupy();
    await serverShows(number);
    proxy.restore();
    await context.setOffline(false);
    test.diagnostic(`right after ${await waitForRight(number, RECOVER_MAX_MS)} ms`);
  });

  it('is right again within 3 s of waking, all tabs having been frozen', async (test) => {
    const wake = await Promise.all(tabs.pages.map(freeze));
    const frozenAt = performance.now();
    const number = occupy();
    await serverShows(number);
    await eventually('frozen for long', () => performance.now() - frozenAt > FROZEN_MS, { withinMs: FROZEN_MS * 2 });
    const woken = Promise.all(wake.map((each) => each()));
    test.diagnostic(`right after ${await waitForRight(number, RECOVER_MAX_MS)} ms`);
    await woken;
  });

  it('has not been loaded anew', async () => {
    for (const page of tabs.pages) assert.ok(await isSameDocument(page));
  });
});

/** What the page says of the link and of all booths. */
function look(page) {
  return page.evaluate(() => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    return {
      statuses: all('[data-booth], [data-booth-row]').map((element) => element.dataset.status),
      links: all('[data-link]').map((element) => element.dataset.link),
      banners: all('.link-banner').length,
    };
  });
}

function isGrey({ statuses, links, banners }) {
  const isDown = links.length > 0 && links.every((link) => link === 'down');
  return isDown && banners === 1 && statuses.length > 0 && statuses.every((status) => status === 'unknown');
}
