// A server with as many booths as a measurement needs. Booths are rows; there is no command for them yet, so they are
// written into the database before the server starts.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { KeyBoard, issueKey } from '../src/key_board.mjs';
import { BINARY, startServer } from '../src/server.mjs';

const CHANNELS = 4;
/** Some of the booths that a new installation has not, four to a board; all on floor 4. */
const SENSED = Array.from({ length: 64 }, (_, index) => 1_001 + index);
const boardOf = (index) => `bench-${Math.floor(index / CHANNELS) + 1}`;
const COLUMNS = 40;

/** Starts a server whose floor 4 shows `count` booths more, of which the first are {@link SENSED}. */
export function startServerWith(count) {
  return startServer({ prepare: (dataDir) => insertBooths(dataDir, count) });
}

/** Connects the boards of the sensed booths, with nobody anywhere. */
export async function connectSensors(server) {
  const names = [...new Set(SENSED.map((_, index) => boardOf(index)))];
  return Promise.all(
    names.map(async (name) => {
      const booths = SENSED.filter((_, index) => boardOf(index) === name);
      return { booths, board: await new KeyBoard(name, issueKey(server.dataDir, name), booths).connect(server.boardsPort) };
    }),
  );
}

function insertBooths(dataDir, count) {
  execFileSync(BINARY, ['migrate', '--data-dir', dataDir, '--log', 'error']);
  const rows = Array.from({ length: count }, (_, index) => {
    const number = 1_001 + index;
    const [x, y] = [(index % COLUMNS) * 26, Math.floor(index / COLUMNS) * 26];
    // A window of one sample: what is sensed is shown at once, so that only the way is measured.
    return `((select id from floor where number = 4), ${number}, 'Box ${number}', ${x}, ${y}, 24, 24, 0, 1, 0, 1)`;
  });
  const names = [...new Set(SENSED.map((_, index) => boardOf(index)))];
  const wires = SENSED.map(
    (number, index) => `((select id from board where name = '${boardOf(index)}'), ${index % CHANNELS},
      (select id from booth where number = ${number}))`,
  );
  const sql = `insert into booth (floor_id, number, name, x, y, width, height, rotation_deg, presence_window,
    presence_occupied_above, presence_free_below) values ${rows.join(',')};
    insert into board (name) values ${names.map((name) => `('${name}')`).join(',')};
    insert into wire (board_id, channel, booth_id) values ${wires.join(',')};`;
  execFileSync('sqlite3', ['-bail', join(dataDir, 'dispobox.sqlite')], { input: sql });
  names.forEach((name) => issueKey(dataDir, name));
}
