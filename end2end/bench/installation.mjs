// A server with as many booths as a measurement needs. Booths are rows; there is no command for them yet, so they are
// written into the database before the server starts.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { Board } from '../src/board.mjs';
import { BINARY, startServer } from '../src/server.mjs';

/** Those that the 2016 protocol can name and that a new installation has not; all on floor 4. */
export const SENSED = [...Array(99).keys()].map((index) => index + 1).filter((number) => number < 41 || number > 68);
const CHANNELS = 4;
const COLUMNS = 40;

/** Starts a server whose floor 4 shows `count` booths more, of which the first are {@link SENSED}. */
export function startServerWith(count) {
  return startServer({ prepare: (dataDir) => insertBooths(dataDir, count) });
}

/** One board for every four of the sensed booths; each answers polls, with nobody anywhere. */
export async function connectSensors(server) {
  const lists = [];
  for (let at = 0; at < SENSED.length; at += CHANNELS) lists.push(SENSED.slice(at, at + CHANNELS));
  return Promise.all(
    lists.map(async (booths) => ({ booths, board: await new Board(server.boardsPort, booths).connect() })),
  );
}

function insertBooths(dataDir, count) {
  execFileSync(BINARY, ['migrate', '--data-dir', dataDir, '--log', 'error']);
  const others = Array.from({ length: Math.max(0, count - SENSED.length) }, (_, index) => 1_001 + index);
  const numbers = [...SENSED, ...others].slice(0, count);
  const rows = numbers.map((number, index) => {
    const [x, y] = [(index % COLUMNS) * 26, Math.floor(index / COLUMNS) * 26];
    // A window of one sample: what is sensed is shown at once, so that only the way is measured.
    return `((select id from floor where number = 4), ${number}, 'Box ${number}', ${x}, ${y}, 24, 24, 0, 1, 0, 1)`;
  });
  const sql = `insert into booth (floor_id, number, name, x, y, width, height, rotation_deg, presence_window,
    presence_occupied_above, presence_free_below) values ${rows.join(',')};`;
  execFileSync('sqlite3', ['-bail', join(dataDir, 'dispobox.sqlite')], { input: sql });
}
