// TCP cuts a board's answers anywhere: the booths get the right state, and none gets a wrong one.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Board } from '../src/board.mjs';
import { openStream } from '../src/event_stream.mjs';
import { startServer } from '../src/server.mjs';

describe('answers in pieces', () => {
  let server, board;

  before(async () => {
    server = await startServer();
  });

  after(async () => {
    board?.kill();
    await server?.remove();
  });

  it('mean what they mean in one piece', async () => {
    const stream = await openStream(`${server.origin}/events?floor=4`);
    // A cut inside a booth's number, one between number and state, one between two readings, one before the last byte.
    board = new Board(server.boardsPort, [41, 42, 43, 44], { cuts: [1, 5, 6, 11] });
    board.set(42, true);
    await board.connect();
    const statuses = new Map();
    while (statuses.size < 4) {
      const { data } = await stream.next(({ event }) => event === 'change', { withinMs: 15_000 });
      statuses.set(data.number, [...(statuses.get(data.number) ?? []), data.status]);
    }
    stream.close();
    const expect = [41, 42, 43, 44].map((number) => [number, [number === 42 ? 'occupied' : 'free']]);
    assert.deepEqual([...statuses].sort(), expect);
  });
});
