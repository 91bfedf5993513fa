// A floor with as many booths as one likes, as rows in the database of a server that has not been started yet.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BINARY } from './server.mjs';

const run = promisify(execFile);
const NAMES = ['Ada Lovelace', 'Mark Zuckerberg', 'Gandhi', 'Marie Curie', '', 'Donaudampfschifffahrt'];
const FIRST_NUMBER = 1_001;

export const MANY_FLOOR = 9;

/** What `startServer` is to prepare: booths 1001, 1002, ... in rows of a hundred on floor 9; every tenth one is turned. */
export function manyBooths(count) {
  return async (dataDir) => {
    await run(BINARY, ['migrate', '--data-dir', dataDir]);
    const filling = run('sqlite3', ['-bail', join(dataDir, 'dispobox.sqlite')]);
    filling.child.stdin.end(sqlOf(count));
    await filling;
  };
}

export const manyNumbers = (count) => Array.from({ length: count }, (_, index) => FIRST_NUMBER + index);

function sqlOf(count) {
  const [columns, rows] = [Math.min(count, 100), Math.ceil(count / 100)];
  const [width, height] = [columns * 112 + 40, rows * 130 + 40];
  const booths = manyNumbers(count).map((number, index) => {
    const [x, y] = [20 + (index % 100) * 112, 20 + Math.floor(index / 100) * 130];
    const name = NAMES[index % NAMES.length];
    return `(100, ${number}, '${name}', ${x}, ${y}, 104, 96, ${index % 10 === 9 ? 90 : 0}, 60, 5, 2)`;
  });
  return `
    INSERT INTO floor (id, site_id, number, position, layout_version) VALUES (100, 1, ${MANY_FLOOR}, 9, 1);
    INSERT INTO plan (floor_id, x, y, width, height, drawing)
      VALUES (100, 0, 0, ${width}, ${height}, '<path class=''room'' d=''M0 0H${width}V${height}H0z''/>');
    INSERT INTO booth (floor_id, number, name, x, y, width, height, rotation_deg,
      presence_window, presence_occupied_above, presence_free_below) VALUES ${booths.join(', ')};`;
}
