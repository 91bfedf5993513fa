// What a screen goes by, without a browser: turns, places against burning in.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { turnAt } from '../../public/screen/rotation.js';
import { restPlaceAt, shiftAt } from '../../public/screen/shelter.js';

describe('the floors of a screen', () => {
  it('take turns', () => {
    const turns = (count, ...times) => times.map((ms) => turnAt(count, 20_000, ms));
    assert.deepEqual(turns(3, 0, 19_999, 20_000, 59_999, 60_000, 80_000), [0, 0, 1, 2, 0, 1]);
    assert.deepEqual(turns(1, 0, 20_000, 1e12), [0, 0, 0], 'one stays');
    assert.deepEqual(turns(2, -5), [0]);
  });
});

describe('the picture of a screen', () => {
  const minutes = Array.from({ length: 200 }, (_, minute) => minute - 20);

  it('stands four points aside at the most, and moves by one', () => {
    for (const minute of minutes) {
      const [now, next] = [shiftAt(minute), shiftAt(minute + 1)];
      assert.ok(Math.abs(now.x) <= 4 && Math.abs(now.y) <= 4, `${minute}`);
      assert.ok(Math.abs(now.x - next.x) + Math.abs(now.y - next.y) <= 1, `${minute}`);
    }
  });

  it('stands everywhere in turn', () => {
    const places = new Set(minutes.map((minute) => JSON.stringify(shiftAt(minute))));
    assert.equal(places.size, 81);
  });

  it('rests everywhere in turn, far from the minute before', () => {
    const places = new Set(minutes.map((minute) => JSON.stringify(restPlaceAt(minute))));
    assert.ok(places.size >= 40, `${places.size} places`);
    for (const minute of minutes) {
      const { x, y } = restPlaceAt(minute);
      assert.ok(x >= 0 && x <= 100 && y >= 0 && y <= 100, `${x} ${y}`);
    }
  });
});
