// Many tabs of one browser over HTTP/1.1, which has six connections for all of them: one stream serves all.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { Board } from '../src/board.mjs';
import { openBrowser } from '../src/browser.mjs';
import { boothShape, waitForBooths, waitForLink, waitForStatus } from '../src/map_page.mjs';
import { startServer } from '../src/server.mjs';
import { Tabs, commandsOf, freeze, hang, waitForReaders } from '../src/tabs.mjs';

const TABS = 8;
const BOOTHS = [41, 42, 43, 44];
/** A booth is red this long after somebody came: six samples, two a second, and what the screen takes. */
const SENSED_MAX_MS = 6_000;
/** The other tabs go on this soon after their leader is gone. */
const SUCCEED_MAX_MS = 3_000;
/** A leader that neither speaks nor dies is missed after 12 s, which tabs in the background notice within 2 s. */
const MISSED_MAX_MS = 15_000;

describe('the tabs of a browser', () => {
  let server, browser, board, tabs, free;

  const openTabs = async (count, options = {}) => {
    tabs = new Tabs(browser, `${server.origin}/floor/4`, options);
    for (let opened = 0; opened < count; opened += 1) await waitForLink(await tabs.open(), 'live');
    await waitForBooths(tabs.pages.at(-1), BOOTHS, 'free');
  };
  /** Somebody comes into a box that was free; its number. */
  const occupy = () => {
    const number = free.shift();
    board.set(number, true);
    return number;
  };
  const waitForOccupied = async (number, pages, withinMs = SENSED_MAX_MS) => {
    await Promise.all(pages.map((page) => waitForStatus(page, boothShape(number), 'occupied', withinMs)));
  };

  before(async () => {
    browser = await openBrowser();
  });

  beforeEach(async () => {
    server = await startServer();
    board = await new Board(server.boardsPort, BOOTHS).connect();
    free = [...BOOTHS];
  });

  afterEach(async () => {
    await tabs.pages[0].context().close();
    board.kill();
    await server.remove();
  });

  after(async () => {
    await browser?.close();
  });

  it('are all live by one connection', async () => {
    await openTabs(TABS);
    await waitForReaders(server, 1);
    await waitForOccupied(occupy(), tabs.pages);
    assert.equal(tabs.requests, 1, 'only the first tab has asked for the stream');
  });

  it('go on when the one that has it is closed', async (test) => {
    await openTabs(TABS);
    const { leader, followers } = tabs;
    // What changes while nobody has the connection is not missed.
    const number = occupy();
    await board.samplesSent(number, 5);
    await leader.close();
    tabs.forget(leader);
    const closedAt = performance.now();
    await waitForReaders(server, 1, SUCCEED_MAX_MS);
    test.diagnostic(`another tab leads after ${Math.round(performance.now() - closedAt)} ms`);
    await waitForOccupied(number, followers);
    for (const page of followers) await waitForLink(page, 'live', 100);
    await waitForOccupied(occupy(), followers);
    await waitForReaders(server, 1);
  });

  it('go on when it crashes', async (test) => {
    await openTabs(3);
    const { leader, followers } = tabs;
    const crashed = new Promise((resolve) => leader.once('crash', resolve));
    // Its answer never comes.
    (await commandsOf(leader)).send('Page.crash').catch(() => {});
    await crashed;
    const crashedAt = performance.now();
    await waitForReaders(server, 1, SUCCEED_MAX_MS);
    await waitForOccupied(occupy(), followers);
    test.diagnostic(`a change is seen ${Math.round(performance.now() - crashedAt)} ms after the crash`);
  });

  it('go on when it is frozen, and have it back when it wakes', async () => {
    await openTabs(3);
    const { leader, followers } = tabs;
    const wake = await freeze(leader);
    const number = occupy();
    await waitForOccupied(number, followers);
    assert.ok(tabs.leader !== leader, 'another tab has asked for the stream');
    await waitForReaders(server, 1);
    await wake();
    await waitForOccupied(number, [leader], SUCCEED_MAX_MS);
    await waitForLink(leader, 'live', SUCCEED_MAX_MS);
    await waitForOccupied(occupy(), tabs.pages);
    await waitForReaders(server, 1);
  });

  it('miss one that hangs, which yields when it goes on', async (test) => {
    await openTabs(3);
    const { leader, followers } = tabs;
    const goOn = await hang(leader);
    const pausedAt = performance.now();
    const number = occupy();
    await waitForOccupied(number, followers, MISSED_MAX_MS + SENSED_MAX_MS);
    test.diagnostic(`a change is seen ${Math.round(performance.now() - pausedAt)} ms after the tab hung`);
    for (const page of followers) await waitForLink(page, 'live', SUCCEED_MAX_MS);
    await goOn();
    await waitForOccupied(number, [leader], SUCCEED_MAX_MS);
    await waitForReaders(server, 1);
    await waitForOccupied(occupy(), tabs.pages);
  });

  it('get what changed while their page was on its way', async () => {
    await openTabs(1);
    const old = await (await fetch(`${server.origin}/floor/4`, { headers: { accept: 'text/html', 'accept-language': 'fr' } })).text();
    const number = occupy();
    await waitForOccupied(number, tabs.pages);
    const { requests } = tabs;
    // The page's policy names the nonce of the page that it came with.
    const nonce = /nonce="([^"]+)"/.exec(old)[1];
    const policy = `script-src 'self' 'wasm-unsafe-eval' 'nonce-${nonce}'; connect-src 'self'; style-src 'self'`;
    const headers = { 'content-type': 'text/html', 'content-security-policy': policy };
    await tabs.pages[0].context().route('**/floor/4', (route) => route.fulfill({ body: old, headers }));
    const late = await tabs.open();
    await waitForLink(late, 'live');
    await waitForOccupied(number, [late], 500);
    assert.equal(tabs.requests, requests, 'by the connection that there was');
  });

  it('are put aside and taken out again without a reload', async () => {
    await openTabs(2);
    const { leader, followers: [follower] } = tabs;
    await leader.goto(`${server.origin}/robots.txt`);
    const number = occupy();
    await waitForOccupied(number, [follower]);
    await leader.goBack();
    await waitForOccupied(number, [leader], SUCCEED_MAX_MS);
    await waitForLink(leader, 'live', SUCCEED_MAX_MS);
    await waitForOccupied(occupy(), tabs.pages);
    await waitForReaders(server, 1);
  });

  it('share it where there are no locks: outside of secure contexts', async (test) => {
    const prepare = (page) => page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'locks', { value: undefined }));
    await openTabs(3, { prepare });
    await waitForReaders(server, 1);
    const { leader, followers } = tabs;
    await leader.close();
    tabs.forget(leader);
    const closedAt = performance.now();
    await waitForReaders(server, 1, MISSED_MAX_MS);
    test.diagnostic(`another tab leads after ${Math.round(performance.now() - closedAt)} ms`);
    await waitForOccupied(occupy(), followers);
  });

  it('have one each where they cannot speak to each other', async () => {
    const prepare = (page) => page.addInitScript(() => delete globalThis.BroadcastChannel);
    await openTabs(2, { prepare });
    await waitForReaders(server, 2);
    await waitForOccupied(occupy(), tabs.pages);
  });

  it('show each change once and in order, whoever leads', async () => {
    await openTabs(4);
    await Promise.all(tabs.pages.map(recordChanges));
    const expect = [];
    for (const leaves of [false, true, true]) {
      const { leader, followers } = tabs;
      const number = occupy();
      expect.push(`${number} occupied`);
      if (leaves) {
        tabs.forget(leader);
        await leader.close();
      }
      await waitForOccupied(number, leaves ? followers : tabs.pages);
    }
    for (const page of tabs.pages) assert.deepEqual(await page.evaluate(() => globalThis.changes), expect);
  });
});

/** Writes down how the shapes of booths change from now on. */
async function recordChanges(page) {
  await page.evaluate(() => {
    globalThis.changes = [];
    const note = ({ target: { dataset } }) => dataset.booth && globalThis.changes.push(`${dataset.booth} ${dataset.status}`);
    const options = { attributes: true, attributeFilter: ['data-status'], subtree: true };
    new MutationObserver((records) => records.forEach(note)).observe(document.body, options);
  });
}
