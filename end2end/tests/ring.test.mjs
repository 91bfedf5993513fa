// What the leading tab keeps for tabs that join later; without a browser.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ring } from '../../public/js/ring.js';

const snapshot = (seq, run = 1) => ({ kind: 'snapshot', data: JSON.stringify({ seq, run }), seq, at: 0 });
const change = (seq) => ({ kind: 'change', data: '{}', seq, at: 0 });
const sign = (seq) => ({ kind: 'hb', data: '{}', seq, at: 0 });

/** The ring after these events. */
function ringOf(...events) {
  const ring = new Ring();
  events.forEach((event) => ring.note(event));
  return ring;
}

/** What a tab gets that knows everything up to `seq` of `run`, as words. */
function missed(ring, seq, run = 1) {
  return ring.since(run, seq)?.map((event) => `${event.kind} ${event.seq}`) ?? null;
}

describe('the ring', () => {
  it('knows nothing before the first snapshot', () => {
    assert.equal(missed(new Ring(), 5), null);
    assert.equal(missed(ringOf(sign(5)), 5), null);
  });

  it('gives what is missing, and the last sign of life', () => {
    const ring = ringOf(snapshot(5), sign(5), change(6), change(7), sign(7));
    assert.deepEqual(missed(ring, 3), ['snapshot 5', 'change 6', 'change 7', 'hb 7']);
    assert.deepEqual(missed(ring, 5), ['change 6', 'change 7', 'hb 7']);
    assert.deepEqual(missed(ring, 6), ['change 7', 'hb 7']);
    assert.deepEqual(missed(ring, 7), ['hb 7']);
    // The page is newer than the stream.
    assert.deepEqual(missed(ring, 9), ['hb 7']);
  });

  it('gives everything to a tab of another run', () => {
    const ring = ringOf(snapshot(900, 1), change(901), snapshot(3, 2), change(4));
    assert.deepEqual(missed(ring, 901, 1), ['snapshot 3', 'change 4']);
    assert.deepEqual(missed(ring, 3, 2), ['change 4']);
  });

  it('says when it does not reach back', () => {
    const ring = ringOf(snapshot(0), ...Array.from({ length: 300 }, (_, index) => change(index + 1)));
    assert.equal(missed(ring, 0), null);
    assert.equal(missed(ring, 43), null);
    assert.equal(missed(ring, 44).length, 256);
    assert.deepEqual(missed(ring, 299), ['change 300']);
    assert.equal(missed(ring, 299, 2), null);
  });
});
