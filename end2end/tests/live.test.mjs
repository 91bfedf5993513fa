// A person comes, a board goes: what an open page shows, and when.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { connectBoards } from '../src/board.mjs';
import { assertClean, openBrowser } from '../src/browser.mjs';
import {
  boothRow,
  boothShape,
  countStatusChanges,
  isSameDocument,
  markDocument,
  statusChanges,
  statusOf,
  waitForBooths,
  waitForLink,
  waitForStatus,
} from '../src/map_page.mjs';
import { startServer } from '../src/server.mjs';

/** A sensed change is on screen within this. */
const CHANGE_MAX_MS = 1_000;
/** A booth is grey this long after its board's last answer: 10 s, and what a browser needs to show it. */
const GREY_MAX_MS = 10_500;
/** With the default rule, a booth is occupied when more than 5 samples are high. */
const SAMPLES_TO_OCCUPY = 6;

describe('the live map', () => {
  let server, browser, boards, fourth, sixth;

  before(async () => {
    server = await startServer();
    browser = await openBrowser();
    boards = await connectBoards(server.boardsPort, [41, 42, 43, 44], [45, 46, 47], [61, 62, 63, 64]);
    fourth = await browser.open(`${server.origin}/floor/4`);
    sixth = await browser.open(`${server.origin}/floor/6`);
    await Promise.all([waitForBooths(fourth, [41, 42, 43, 44, 45, 46, 47], 'free'), waitForBooths(sixth, [61, 62, 63, 64], 'free')]);
    await Promise.all([markDocument(fourth), countStatusChanges(sixth)]);
  });

  after(async () => {
    boards?.forEach((board) => board.kill());
    try {
      await browser?.close();
    } finally {
      await server?.remove();
    }
  });

  it('is live', async () => {
    await Promise.all([waitForLink(fourth, 'live'), waitForLink(sixth, 'live')]);
  });

  it('turns a booth red within a second of the sixth high sample, on the map and in the list', async (test) => {
    const [board] = boards;
    const sixthSample = board.samplesSent(42, SAMPLES_TO_OCCUPY);
    board.set(42, true);
    const sensedAt = await sixthSample;
    await Promise.all([
      waitForStatus(fourth, boothShape(42), 'occupied', CHANGE_MAX_MS),
      waitForStatus(fourth, boothRow(42), 'occupied', CHANGE_MAX_MS),
    ]);
    const tookMs = performance.now() - sensedAt;
    test.diagnostic(`sixth high sample to red: ${Math.round(tookMs)} ms`);
    assert.ok(tookMs <= CHANGE_MAX_MS, `took ${tookMs} ms`);
    assert.equal(await statusOf(fourth, boothShape(41)), 'free');
    assert.ok(await isSameDocument(fourth), 'the page was not loaded anew');
  });

  it('turns the booths of dead and of silent boards grey', async (test) => {
    const [killed, muted] = boards;
    killed.kill();
    muted.mute();
    const lateAfter = async (board, number) => {
      const leftMs = Math.max(1, GREY_MAX_MS - (performance.now() - board.lastAnswerAt));
      const selectors = [boothShape(number), boothRow(number)];
      await Promise.all(selectors.map((selector) => waitForStatus(fourth, selector, 'late', leftMs)));
      test.diagnostic(`box ${number}: grey ${Math.round(performance.now() - board.lastAnswerAt)} ms after the last answer`);
    };
    await Promise.all([lateAfter(killed, 42), lateAfter(killed, 41), lateAfter(muted, 45)]);
    assert.ok(await isSameDocument(fourth), 'the page was not loaded anew');
  });

  it('leaves the other floor alone', async () => {
    assert.equal(await statusChanges(sixth), 0);
    assert.equal(await statusOf(sixth, boothShape(61)), 'free');
    assert.equal(await sixth.locator(boothShape(42)).count(), 0);
  });

  it('goes on when a board comes back', async () => {
    const [back] = await connectBoards(server.boardsPort, [45, 46, 47]);
    boards.push(back);
    await waitForStatus(fourth, boothShape(45), 'free', 15_000);
  });

  it('has complained of nothing', () => {
    assertClean(fourth, server.origin);
    assertClean(sixth, server.origin);
  });
});
