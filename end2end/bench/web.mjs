// `cargo xtask bench web`: what the employee's page weighs, how soon it is there, and how quickly it follows its server.
// Prints a table, and fails when a figure misses what it must be. `--quick`: one round, whose figures are worth little.

import { openBrowser } from '../src/browser.mjs';
import { measureBytes } from './bytes.mjs';
import { measureFrames } from './frames.mjs';
import { measureLatency } from './latency.mjs';
import { measurePaint } from './paint.mjs';
import { median, printTable } from './table.mjs';

const rounds = process.argv.includes('--quick') ? 1 : 3;
const browser = await openBrowser();
try {
  const runs = [];
  for (let round = 1; round <= rounds; round += 1) {
    console.error(`round ${round} of ${rounds}`);
    // One after the other within a round, so that what the machine does meanwhile meets all of them.
    for (const measure of [measureBytes, measurePaint, measureLatency, measureFrames]) runs.push(await measure(browser));
  }
  process.exitCode = printTable(medians(runs.flat())) ? 0 : 1;
} catch (error) {
  // Said before the browser is closed, which complains of its own about a page that was left in the middle.
  console.error(error);
  process.exitCode = 1;
}
await browser.close();

/** One figure for each name: the median of its rounds. */
function medians(figures) {
  const names = [...new Set(figures.map(({ name }) => name))];
  return names.map((wanted) => {
    const same = figures.filter(({ name }) => name === wanted);
    return { ...same[0], value: median(same.map(({ value }) => value)) };
  });
}
