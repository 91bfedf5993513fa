// The server goes away and comes back while pages and boards look on.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Board } from '../src/board.mjs';
import { BROKEN_REQUESTS, assertClean, openBrowser } from '../src/browser.mjs';
import { openStream } from '../src/event_stream.mjs';
import {
  boothShape,
  isSameDocument,
  markDocument,
  statusOf,
  waitForBooths,
  waitForLink,
  waitForLiveAndRight,
  waitForStatus,
} from '../src/map_page.mjs';
import { startServer } from '../src/server.mjs';

/** A page notices a server that has closed its stream. */
const NOTICE_MAX_MS = 16_000;
/** Boards and screens are right again after the server's return. */
const RECOVER_MAX_MS = 5_000;

describe('a restart of the server', () => {
  let server, browser, page, board, stream;

  before(async () => {
    server = await startServer();
    browser = await openBrowser();
    board = await new Board(server.boardsPort, [41, 42, 43, 44], { reconnects: true }).connect();
    board.set(42, true);
    page = await browser.open(`${server.origin}/floor/4`, { expectedErrors: BROKEN_REQUESTS });
    await waitForBooths(page, [42], 'occupied');
    await waitForBooths(page, [41, 43, 44], 'free');
    await waitForLink(page, 'live');
    await markDocument(page);
    stream = await openStream(`${server.origin}/events`);
    await stream.next();
  });

  after(async () => {
    stream?.close();
    board?.kill();
    try {
      await browser?.close();
    } finally {
      await server?.remove();
    }
  });

  it('begins with an end within 2 s, streams and boards being connected', async (test) => {
    const tookMs = await server.stop();
    test.diagnostic(`SIGTERM to exit: ${Math.round(tookMs)} ms`);
  });

  it('is noticed by the page', async () => {
    await waitForLink(page, 'stale', NOTICE_MAX_MS);
  });

  it('leaves the page live and right', async (test) => {
    await server.start();
    const startedAt = performance.now();
    // The board has come back by itself, or is about to.
    await waitForLiveAndRight(page, { occupied: [42], free: [41, 43, 44] }, RECOVER_MAX_MS);
    test.diagnostic(`live and right again after ${Math.round(performance.now() - startedAt)} ms`);
    assert.ok(await isSameDocument(page), 'the page was not loaded anew');
  });

  it('leaves the board able to tell news', async () => {
    board.set(41, true);
    await waitForStatus(page, boothShape(41), 'occupied', 15_000);
    assert.equal(await statusOf(page, boothShape(43)), 'free');
  });

  it('ends nothing but the requests of that time', () => {
    assertClean(page, server.origin);
  });
});
