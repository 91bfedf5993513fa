// What a card tells of a booth's past.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { BROKEN_REQUESTS, assertClean, openBrowser } from '../src/browser.mjs';
import { eventually } from '../src/eventually.mjs';
import { boothShape, waitForLink } from '../src/map_page.mjs';
import { DAY_MS, MINUTE_MS, occupations, writePasts } from '../src/past.mjs';
import { startServer } from '../src/server.mjs';

const HOUR_MS = 60 * MINUTE_MS;
const WITHIN = { withinMs: 5_000 };

describe('the history of a card', () => {
  let server, browser;

  const open = async (path, options = {}) => {
    const page = await browser.open(`${server.origin}${path}`, { locale: 'en-GB', ...options });
    page.asked = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/read_usual')) page.asked.push(request.url());
    });
    await waitForLink(page, 'live');
    return page;
  };

  before(async () => {
    server = await startServer();
    await server.stop();
    const now = Date.now();
    // 20 minutes of every hour for 58 days, over a change of the clock; and a booth with too little of a past.
    writePasts(server.dataDir, new Map([
      [42, occupations(now - 58 * DAY_MS, now - MINUTE_MS, HOUR_MS, 20)],
      [43, occupations(now - 3 * HOUR_MS, now - MINUTE_MS, HOUR_MS, 20)],
    ]));
    await server.start();
    browser = await openBrowser();
  });

  after(async () => {
    try {
      await browser?.close();
    } finally {
      await server?.remove();
    }
  });

  it('says how long it usually takes, how today was and how this hour usually is', async () => {
    const page = await open('/floor/4?booth=42');
    const card = page.locator('[data-card="42"]');
    await card.locator('[data-usual]').waitFor({ timeout: 5_000 });
    const usual = await card.locator('[data-usual]').innerText();
    assert.match(usual, /Usually occupied for 20 min\./);
    assert.match(usual, /At \d+:00, free 6[67]% of the time \(from 8 of 8 \w+days\)\./);
    assert.match(await card.locator('[data-today]').innerText(), /^Occupied .+ of .+ known today\.$|^Nothing is known/);
    const parts = await card.locator('.history-strip [data-known]').evaluateAll((all) => all.map((part) => part.dataset.known));
    assert.ok(parts.includes('free') || parts.length <= 1, parts.join());
    assertClean(page, server.origin);
  });

  it('says when there is too little to say', async () => {
    const page = await open('/floor/4?booth=43', { locale: 'fr-FR' });
    const usual = page.locator('[data-card="43"] [data-usual]');
    await usual.waitFor({ timeout: 5_000 });
    assert.equal(await usual.innerText(), 'Pas encore assez d’historique.');
  });

  it('keeps its room, and asks nothing when the pointer only passes', async () => {
    const page = await open('/floor/4');
    await page.hover('.top-bar');
    for (const number of [41, 42, 43, 44]) await page.dispatchEvent(boothShape(number), 'pointerenter');
    await page.hover(boothShape(44));
    const before = await page.locator('[data-card="44"]').boundingBox();
    await page.locator('[data-card="44"] [data-usual]').waitFor({ timeout: 5_000 });
    const after = await page.locator('[data-card="44"]').boundingBox();
    assert.deepEqual(after, before, 'the card does not move');
    assert.deepEqual(page.asked.map((url) => new URL(url).searchParams.get('booth')), ['44']);
  });

  it('is told to machines, too', async () => {
    const response = await fetch(`${server.origin}/api/v1/booths/42/usual`);
    const usual = await response.json();
    assert.equal(usual.typical_ms, 20 * MINUTE_MS);
    assert.equal(usual.this_hour.days_known, 8);
    assert.ok(Math.abs(usual.this_hour.free_percent - 67) <= 1, JSON.stringify(usual.this_hour));
    assert.equal(usual.today.hours.length, 25);
    assert.equal((await fetch(`${server.origin}/api/v1/booths/99/usual`)).status, 404);
    assert.equal((await fetch(`${server.origin}/api/v1/booths/x/usual`)).status, 400);
  });

  it('is said to be away when it cannot be read', async () => {
    const page = await open('/floor/4', { expectedErrors: BROKEN_REQUESTS });
    await page.route('**/api/read_usual*', (route) => route.abort());
    await page.hover(boothShape(46));
    await eventually('the card says so', async () => {
      return (await page.locator('[data-card="46"] .booth-history').innerText()) === 'History is not available at the moment.';
    }, WITHIN);
  });
});
