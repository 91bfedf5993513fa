// A past for the booths: transitions written into the database file of a server that does not run.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const MINUTE_MS = 60_000;
export const DAY_MS = 24 * 60 * MINUTE_MS;

/** Node 20 speaks no SQLite, Python does. Standard input: `{ "41": [[at, occupancy, reason], ...] }`. */
const SCRIPT = `
import json, sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
for number, rows in json.load(sys.stdin).items():
    (booth,) = connection.execute('SELECT id FROM booth WHERE number = ?', (number,)).fetchone()
    connection.execute('DELETE FROM "transition" WHERE booth_id = ?', (booth,))
    connection.executemany('INSERT INTO "transition" (booth_id, started_at, occupancy, unknown_reason) VALUES (?, ?, ?, ?)',
                           [(booth, *row) for row in rows])
connection.commit()
`;

/**
 * Writes what was known of booths, and when from on.
 * @param {string} dataDir of a server that is stopped
 * @param {Map<number, { at: number, known: 'free' | 'occupied' | 'late' }[]>} pasts by booth number
 */
export function writePasts(dataDir, pasts) {
  const row = ({ at, known }) => [Math.round(at), { free: 0, occupied: 1 }[known] ?? null, known === 'late' ? 'late' : null];
  const input = JSON.stringify(Object.fromEntries([...pasts].map(([number, past]) => [number, past.map(row)])));
  const { status, stderr } = spawnSync('python3', ['-c', SCRIPT, join(dataDir, 'dispobox.sqlite')], { input });
  assert.equal(status, 0, String(stderr));
}

/** Occupations of `minutes` each, one in every `everyMs` from `fromMs` on, free in between; ends free. */
export function occupations(fromMs, untilMs, everyMs, minutes) {
  const transitions = [{ at: fromMs, known: 'free' }];
  for (let at = fromMs + everyMs / 2; at + minutes * MINUTE_MS < untilMs; at += everyMs) {
    transitions.push({ at, known: 'occupied' }, { at: at + minutes * MINUTE_MS, known: 'free' });
  }
  return transitions;
}
