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

/**
 * Freezes a tab as browsers do: it is told, and then nothing of it runs. Chromium's command for it does nothing to tabs that
 * count as visible, as all tabs of a test do; so its page is told by an event, and paused by the debugger.
 * Returns what wakes it.
 */
export async function freeze(page) {
  await page.evaluate(() => document.dispatchEvent(new Event('freeze')));
  const goOn = await hang(page);
  return async () => {
    await goOn();
    await page.evaluate(() => document.dispatchEvent(new Event('resume')));
  };
}

/** Makes a tab hang without a word. Returns what lets it go on. */
export async function hang(page) {
  const commands = await commandsOf(page);
  await commands.send('Debugger.enable');
  const paused = new Promise((resolve) => commands.once('Debugger.paused', resolve));
  await commands.send('Debugger.pause');
  await paused;
  return async () => {
    await commands.send('Debugger.resume');
    await commands.detach();
  };
}

/** Chromium's own commands for one tab. */
export function commandsOf(page) {
  return page.context().newCDPSession(page);
}
