// The stream that pages and other programs read: /events.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Board } from '../src/board.mjs';
import { openStream } from '../src/event_stream.mjs';
import { startServer } from '../src/server.mjs';

const HEARTBEAT_MAX_MS = 11_000;

describe('the event stream', () => {
  let server, board;
  const isChangeOf = (number) => (message) => message.event === 'change' && message.data.number === number;

  before(async () => {
    server = await startServer();
  });

  after(async () => {
    board?.kill();
    await server?.remove();
  });

  it('begins with everything, goes on with numbered changes, and resumes after a cut', async () => {
    const stream = await openStream(`${server.origin}/events`);
    assert.equal(stream.status, 200);
    assert.match(stream.contentType, /^text\/event-stream/);
    const first = await stream.next();
    assert.equal(first.event, 'snapshot');
    assert.equal(first.id, String(first.data.seq));
    assert.match(first.data.build, /^\S+$/);
    const booths = first.data.booths.map(({ number }) => number);
    assert.deepEqual(booths, [41, 42, 43, 44, 45, 46, 47, 61, 62, 63, 64, 65, 66, 67, 68]);
    assert.ok(first.data.booths.every(({ status, since_at }) => status === 'unknown' && Number.isInteger(since_at)));

    board = await new Board(server.boardsPort, [41, 42, 43, 44]).connect();
    const freed = await stream.next(isChangeOf(42), { withinMs: 15_000 });
    const { seq, since_at, ...rest } = freed.data;
    assert.deepEqual(rest, { number: 42, floor: 4, status: 'free' });
    assert.ok(seq > first.data.seq && freed.id === String(seq) && Number.isInteger(since_at));
    stream.close();

    const resumed = await openStream(`${server.origin}/events`, { lastEventId: seq - 1 });
    const again = await resumed.next();
    assert.deepEqual([again.event, again.data], ['change', freed.data]);
    resumed.close();
  });

  it('can be of one floor', async () => {
    const stream = await openStream(`${server.origin}/events?floor=6`);
    const { data } = await stream.next(({ event }) => event === 'snapshot');
    assert.deepEqual([...new Set(data.booths.map(({ floor }) => floor))], [6]);
    stream.close();
  });

  it('shows a life sign every 10 s', async () => {
    const stream = await openStream(`${server.origin}/events`);
    const { data } = await stream.next(({ event }) => event === 'hb', { withinMs: HEARTBEAT_MAX_MS });
    assert.ok(Math.abs(data.now - Date.now()) < 2_000);
    assert.ok(Number.isInteger(data.seq) && data.build);
    stream.close();
  });
});
