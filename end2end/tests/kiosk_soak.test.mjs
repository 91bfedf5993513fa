// The short form of `cargo xtask soak kiosk`.

import { describe, it } from 'node:test';
import { serverAndBrowser } from '../src/fixture.mjs';
import { soakKiosk } from '../src/kiosk_soak.mjs';
import { signInOperator } from '../src/screens.mjs';

const CHANGES = 40_000;

describe('a screen that runs for a month', () => {
  const fixture = serverAndBrowser();

  it('does not grow, and is right or says that it is not', async (test) => {
    const { server, browser } = fixture;
    const { path } = await (await signInOperator(server)).addScreen({ dwellS: 5 });
    await soakKiosk({ server, browser, path, changes: CHANGES, say: (line) => test.diagnostic(line) });
  });
});
