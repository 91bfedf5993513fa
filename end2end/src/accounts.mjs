// Somebody who may sign in.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { BINARY } from './server.mjs';

export const PASSWORD = 'quatre mots sans lien';

/** Makes an account by the command line, with `PASSWORD`. */
export async function createAccount(dataDir, name, roles, displayName = '') {
  const words = ['user', 'create', name, '--roles', roles, '--display-name', displayName, '--password-stdin', '--data-dir', dataDir];
  const child = spawn(BINARY, words, { stdio: ['pipe', 'ignore', 'pipe'] });
  child.stdin.end(`${PASSWORD}\n`);
  let said = '';
  child.stderr.on('data', (text) => (said += text));
  const code = await new Promise((resolve, reject) => child.once('exit', resolve).once('error', reject));
  assert.equal(code, 0, said);
}

/** Opens the form and signs in. */
export async function signIn(browser, server, name, options = {}) {
  const page = await browser.open(`${server.origin}/login`, { locale: 'en-GB', ...options });
  await page.fill('[name="name"]', name);
  await page.fill('[name="password"]', PASSWORD);
  await page.press('[name="password"]', 'Enter');
  await page.waitForURL(/\/(admin|account)/);
  return page;
}
