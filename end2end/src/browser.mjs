// A real browser, and a journal of what must not happen in it.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const ARTIFACTS = new URL('../artifacts/', import.meta.url).pathname;
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts Chromium. */
export async function openBrowser() {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  return new Browser(await chromium.launch({ executablePath, args: FLAGS }));
}

class Browser {
  #browser;

  constructor(browser) {
    this.#browser = browser;
  }

  /**
   * Opens a page for a reader of its own: no cookies, nothing cached.
   * @param {string} url
   * @param {import('playwright-core').BrowserContextOptions} options locale, colorScheme, viewport, javaScriptEnabled
   */
  async open(url, options = {}) {
    const context = await this.#browser.newContext({ locale: 'fr-FR', viewport: { width: 1280, height: 800 }, ...options });
    const page = await context.newPage();
    page.journal = await keepJournal(context, page);
    await page.goto(url, { waitUntil: 'load' });
    return page;
  }

  async close() {
    await this.#browser.close();
  }
}

/** What the page complains about, and whom it talks to. */
async function keepJournal(context, page) {
  const journal = { errors: [], violations: [], origins: new Set() };
  page.on('console', (message) => {
    if (message.type() === 'error') journal.errors.push(message.text());
  });
  page.on('pageerror', (error) => journal.errors.push(String(error)));
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') || protocol.startsWith('ws')) journal.origins.add(origin);
  });
  await page.exposeFunction('noteViolation', (text) => journal.violations.push(text));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      globalThis.noteViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  return journal;
}

/** Fails when the page has complained, broken the content security policy, or asked another host for anything. */
export function assertClean(page, origin) {
  const { errors, violations, origins } = page.journal;
  assert.deepEqual(errors, [], 'console errors');
  assert.deepEqual(violations, [], 'violations of the content security policy');
  assert.deepEqual([...origins].filter((other) => other !== origin), [], 'requests to other origins');
}

/** A picture for people to look at. */
export async function screenshot(page, name) {
  await mkdir(ARTIFACTS, { recursive: true });
  await page.screenshot({ path: join(ARTIFACTS, `${name}.png`), animations: 'disabled' });
}
