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

/**
 * Starts Chromium.
 * @param {{ args?: string[] }} options more flags
 */
export async function openBrowser({ args = [] } = {}) {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  return new Browser(await chromium.launch({ executablePath, args: [...FLAGS, ...args] }));
}

class Browser {
  #browser;
  #pages = [];

  constructor(browser) {
    this.#browser = browser;
  }

  /**
   * Opens a page for a reader of its own: no cookies, nothing cached.
   * @param {string} url
   * @param {import('playwright-core').BrowserContextOptions & { expectedErrors?: RegExp, prepare?: (page) => Promise<void> }} options
   *   locale, colorScheme, viewport, javaScriptEnabled; `expectedErrors`: what the console may say, for a test that breaks
   *   something; `prepare`: before the page is loaded
   */
  async open(url, { expectedErrors, prepare, ...options } = {}) {
    const context = await this.#browser.newContext({ locale: 'fr-FR', viewport: { width: 1280, height: 800 }, ...options });
    return this.#openIn(context, url, { expectedErrors, prepare });
  }

  /** Opens another tab of the same reader. */
  async openTab(page, url, { expectedErrors, prepare } = {}) {
    return this.#openIn(page.context(), url, { expectedErrors, prepare });
  }

  /** Opens an empty page of a reader of its own, which will go to `origin`. */
  async openBlank(origin) {
    const context = await this.#browser.newContext({ locale: 'fr-FR', viewport: { width: 1280, height: 800 } });
    return this.#openIn(context, 'about:blank', { origin });
  }

  async #openIn(context, url, { expectedErrors, prepare, origin = new URL(url).origin }) {
    const page = await context.newPage();
    page.journal = await keepJournal(page, origin, expectedErrors);
    this.#pages.push(page);
    await prepare?.(page);
    await page.goto(url, { waitUntil: 'load' });
    return page;
  }

  /** Ends it. Fails when any page has complained of what its test did not expect. */
  async close() {
    await this.#browser.close();
    this.#pages.forEach((page) => assertClean(page, page.journal.origin));
  }
}

/** What the page complains about, and whom it talks to. */
async function keepJournal(page, origin, expectedErrors) {
  const journal = { origin, expectedErrors, errors: [], violations: [], origins: new Set() };
  page.on('console', (message) => {
    if (message.type() === 'error') journal.errors.push(message.text());
  });
  page.on('pageerror', (error) => journal.errors.push(String(error)));
  page.context().on('request', (request) => {
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

/**
 * Fails when the page has complained, broken the content security policy, or asked another host for anything. Every page is
 * looked at when its browser is closed.
 */
export function assertClean(page, origin) {
  const { errors, violations, origins, expectedErrors } = page.journal;
  assert.deepEqual(errors.filter((text) => !expectedErrors?.test(text)), [], 'console errors');
  assert.deepEqual(violations, [], 'violations of the content security policy');
  assert.deepEqual([...origins].filter((other) => other !== origin), [], 'requests to other origins');
}

/** What the console says of requests under way, when a server goes away or a network is cut. */
export const BROKEN_REQUESTS =
  /ERR_(CONNECTION_(REFUSED|RESET|CLOSED)|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE|INTERNET_DISCONNECTED|NETWORK_CHANGED|NETWORK_IO_SUSPENDED|FAILED)/;

/** A picture for people to look at. */
export async function screenshot(page, name) {
  await mkdir(ARTIFACTS, { recursive: true });
  await page.screenshot({ path: join(ARTIFACTS, `${name}.png`), animations: 'disabled' });
}
