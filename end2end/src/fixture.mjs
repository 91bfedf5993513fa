// What most tests begin and end with.

import { after, before } from 'node:test';
import { openBrowser } from './browser.mjs';
import { startServer } from './server.mjs';

/** A server and a browser for the tests of the `describe` that calls this; they are there from the first test on. */
export function serverAndBrowser() {
  const fixture = {};

  before(async () => {
    fixture.server = await startServer();
    fixture.browser = await openBrowser();
  });

  after(async () => {
    try {
      await fixture.browser?.close();
    } finally {
      await fixture.server?.remove();
    }
  });

  return fixture;
}
