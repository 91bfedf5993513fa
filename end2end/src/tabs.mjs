// Several tabs of one reader, and which of them has the connection to the stream.

import { eventually } from './eventually.mjs';

/** Opens tabs and notes which of them asks for the stream. */
export class Tabs {
  #browser;
  #url;
  #options;
  #asked = [];
  pages = [];

  constructor(browser, url, options = {}) {
    [this.#browser, this.#url, this.#options] = [browser, url, options];
  }

  /** Opens one more; the first one brings its reader with it. */
  async open() {
    const prepare = async (page) => {
      page.on('request', (request) => {
        if (new URL(request.url()).pathname === '/events') this.#asked.push(page);
      });
      await this.#options.prepare?.(page);
    };
    const options = { ...this.#options, prepare };
    const [first] = this.pages;
    const page = first ? await this.#browser.openTab(first, this.#url, options) : await this.#browser.open(this.#url, options);
    this.pages.push(page);
    return page;
  }

  /** How often the stream was asked for. */
  get requests() {
    return this.#asked.length;
  }

  /** The tab that has asked for the stream last, and still stands. */
  get leader() {
    return this.#asked.at(-1);
  }

  get followers() {
    return this.pages.filter((page) => page !== this.leader);
  }

  /** A tab that is gone, or on its way. */
  forget(page) {
    this.pages = this.pages.filter((other) => other !== page);
  }
}

/** Waits until the server counts so many readers of the stream. */
export async function waitForReaders(server, count, withinMs = 5_000) {
  let seen = null;
  const look = async () => {
    const text = await (await fetch(`${server.origin}/metrics`)).text();
    seen = Number(/^dispobox_streams (\d+)$/m.exec(text)?.[1]);
    return seen === count;
  };
  await eventually(`${count} readers of the stream`, look, { withinMs, everyMs: 50 }).catch((error) => {
    throw new Error(`${error.message} (${seen} seen)`);
  });
}

/** Chromium's own commands for one tab. */
export function commandsOf(page) {
  return page.context().newCDPSession(page);
}
