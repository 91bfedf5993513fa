// Accessibility by axe-core: one line in any test, `await assertAccessible(page)`.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

/**
 * Fails when the page, as it stands, breaks WCAG 2.2 A or AA as far as a program can tell.
 * @param {import('playwright-core').Page} page
 * @param {string} what said when it fails
 * @param {{ rules?: string[] }} options `rules`: these alone
 */
export async function assertAccessible(page, what = page.url(), { rules } = {}) {
  // By the debugger, which the page's content security policy does not bind.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(SOURCE);
  const runOnly = rules ? { type: 'rule', values: rules } : { type: 'tag', values: STANDARDS };
  const violations = await page.evaluate(async (runOnly) => {
    const { violations } = await globalThis.axe.run(document, { runOnly, resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`) }));
  }, runOnly);
  assert.deepEqual(violations, [], `axe: ${what}`);
}
