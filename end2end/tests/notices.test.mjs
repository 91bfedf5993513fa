// "Tell me when free": the line and its order, the page that waits, its tabs, a restart.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Board } from '../src/board.mjs';
import { assertClean, openBrowser, screenshot } from '../src/browser.mjs';
import { openStream } from '../src/event_stream.mjs';
import { eventually } from '../src/eventually.mjs';
import { boothShape, waitForBooths, waitForLink, waitForStatus } from '../src/map_page.mjs';
import { callNotices, waitFor } from '../src/notices.mjs';
import { startServer } from '../src/server.mjs';

const HOLD_S = 4;
const HOLD_MS = HOLD_S * 1_000;
/** From the notice of the stream to the strip on screen. */
const TOLD_MAX_MS = 2_000;
/** The sensor's own time, and that of a busy machine. */
const SENSED_MAX_MS = 60_000;

describe('tell me when free', () => {
  let server, browser, board, stream;

  const occupy = async (number, isOccupied) => {
    board.set(number, isOccupied);
    await eventually(
      `box ${number}: ${isOccupied}`,
      async () => {
        const booth = await (await fetch(`${server.origin}/api/v1/booths/${number}`)).json();
        return booth.status === (isOccupied ? 'occupied' : 'free');
      },
      { withinMs: SENSED_MAX_MS },
    );
  };

  before(async () => {
    server = await startServer({ args: ['--notice-hold-s', String(HOLD_S)] });
    board = await new Board(server.boardsPort, [41, 42, 43, 44], { reconnects: true }).connect();
    [41, 42, 43, 44].forEach((number) => board.set(number, true));
    await Promise.all([41, 42, 43, 44].map((number) => occupy(number, true)));
    stream = await openStream(`${server.origin}/events`);
    browser = await openBrowser();
  });

  after(async () => {
    stream?.close();
    board?.kill();
    try {
      await browser?.close();
    } finally {
      await server?.remove();
    }
  });

  it('tells the first, holds the box for them, then tells the next', async (test) => {
    const first = await waitFor(server.origin, { booth: 42 });
    const second = await waitFor(server.origin, { floor: 4 });
    assert.notEqual(first.ticket, second.ticket);
    assert.match(first.ticket, /^[0-9a-f]{32}$/);
    assert.notEqual(first.ticket, first.state.name, 'the public name is not the secret');
    board.set(42, false);
    const heard = ({ name }) => stream.next(({ event, data }) => event === 'notice' && data.tickets.includes(name), { withinMs: SENSED_MAX_MS });
    await heard(first.state);
    const toldAt = performance.now();
    const told = (await first.read()).told;
    assert.deepEqual(told.map(({ booth, floor }) => [booth, floor]), [[42, 4]]);
    assert.deepEqual((await second.read()).told, [], 'nobody else is told of it');
    assert.deepEqual((await first.read()).waiting, [], 'what was told is done');
    await heard(second.state);
    const heldMs = performance.now() - toldAt;
    test.diagnostic(`the second was told ${Math.round(heldMs)} ms after the first`);
    assert.ok(heldMs >= HOLD_MS - 300 && heldMs <= HOLD_MS + 1_500, `${heldMs} ms`);
    assert.deepEqual((await second.read()).told.map(({ booth }) => booth), [42]);
    assert.deepEqual((await first.read()).told, [], 'their time is over');
    await occupy(42, true);
    assert.deepEqual((await second.read()).told, [], 'taken');
  });

  it('takes a request back, and gives a box back', async () => {
    const first = await waitFor(server.origin, { booth: 43 });
    const second = await waitFor(server.origin, { booth: 43 });
    const third = await waitFor(server.origin, 'any');
    const { answer } = await callNotices(server.origin, 'cancel', { ticket: first.ticket, target: { booth: 43 } });
    assert.deepEqual(answer.waiting, []);
    await occupy(43, false);
    assert.equal((await second.read()).told.length, 1);
    await callNotices(server.origin, 'cancel', { ticket: second.ticket, target: { booth: 43 } });
    assert.equal((await third.read()).told.length, 1, 'at once, not after the hold');
    await occupy(43, true);
  });

  it('refuses what makes no sense, in words', async () => {
    const cases = [
      ['ask', { target: { booth: 99 } }, 404, 'no_such_target'],
      ['ask', { target: { floor: 99 } }, 404, 'no_such_target'],
      ['ask', { target: 'none' }, 422, 'body'],
      ['ask', {}, 422, 'body'],
      ['ask', '{', 400, 'body'],
      ['ask', { ticket: 'x', target: 'any' }, 422, 'body'],
      ['push', { ticket: '0'.repeat(32), subscription: { endpoint: 'https://127.0.0.1/x', keys: { p256dh: '', auth: '' } } }, 422, 'body'],
    ];
    for (const [name, body, status, error] of cases) {
      const refused = await callNotices(server.origin, name, body);
      assert.deepEqual([refused.status, refused.answer.error], [status, error], JSON.stringify(body));
      assert.ok(refused.answer.message.length > 5);
    }
    const forged = await waitFor(server.origin, 'any', '0'.repeat(32));
    assert.notEqual(forged.ticket, '0'.repeat(32), 'nobody chooses their own ticket');
    for (const number of [41, 42, 43, 44]) await waitFor(server.origin, { booth: number }, forged.ticket);
    const sixth = await callNotices(server.origin, 'ask', { ticket: forged.ticket, target: { floor: 4 } });
    assert.deepEqual([sixth.status, sixth.answer.error], [409, 'too_many']);
    await callNotices(server.origin, 'cancel', { ticket: forged.ticket });
  });

  it('shows the notice in one of two tabs, and lets the reader go there', async (test) => {
    const hidden = await browser.open(`${server.origin}/floor/6`);
    const page = await hidden.context().newPage();
    await page.goto(`${server.origin}/floor/4?booth=41`);
    await waitForLink(page, 'live');
    const ask = page.locator('.booth-card [data-ask="booth:41"]');
    await ask.click();
    await page.waitForSelector('.booth-card [data-ask="booth:41"][aria-pressed="true"]');
    await page.waitForSelector('.notice-bell[data-count="1"]');
    await hidden.waitForSelector('.notice-bell[data-count="1"]', { timeout: TOLD_MAX_MS });
    await screenshot(page, 'notice-asked');
    await page.click('.notice-bell');
    await page.waitForSelector('[data-waiting="booth:41"]');
    await screenshot(page, 'notice-panel');
    await page.keyboard.press('Escape');
    await occupy(41, false);
    const freedAt = performance.now();
    const strips = () => Promise.all([page, hidden].map((tab) => tab.locator('[data-notice="41"]:visible').count()));
    const shown = await eventually('one tab shows it', async () => {
      const counts = await strips();
      return counts[0] + counts[1] === 1 && counts;
    }, { withinMs: TOLD_MAX_MS });
    test.diagnostic(`on screen ${Math.round(performance.now() - freedAt)} ms after the box was free`);
    const shower = shown[0] === 1 ? page : hidden;
    await screenshot(shower, 'notice-told');
    assert.match(await shower.title(), /^● /);
    assert.match(await shower.locator('#notice-said').textContent(), /Box 41 est libre/);
    assert.match(await shower.locator('.notice-left').textContent(), /0:0[0-4]/);
    assert.equal(await shower.locator('[data-notice="41"] a').getAttribute('href'), '/floor/4?booth=41');
    // The tab that shows it is closed: another one does.
    const other = shower === page ? hidden : page;
    await shower.close();
    await other.locator('[data-notice="41"]').waitFor({ timeout: 3_500 });
    await other.locator('[data-notice="41"]').waitFor({ state: 'hidden', timeout: HOLD_MS + 2_000 });
    assert.doesNotMatch(await other.title(), /^● /);
    assert.equal(await other.evaluate(() => localStorage.getItem('dispobox.ticket')), null, 'forgotten');
    assertClean(hidden, server.origin);
    await hidden.context().close();
    await occupy(41, true);
  });

  it('asks for a floor and for any box behind the bell, and cancels there', async () => {
    const page = await browser.open(`${server.origin}/floor/4`, { viewport: { width: 390, height: 780 }, locale: 'en-GB' });
    await waitForLink(page, 'live');
    await page.click('.notice-bell');
    await page.click('[data-ask="floor:4"]');
    await page.click('#notices [data-ask="any"]');
    await page.waitForSelector('[data-waiting="any"]');
    await screenshot(page, 'notice-panel-phone');
    assert.equal(await page.locator('[data-waiting="floor:4"] .waiting-what').textContent(), 'A box on floor 4');
    await page.click('[data-waiting="floor:4"] button');
    await page.locator('[data-waiting="floor:4"]').waitFor({ state: 'detached' });
    // Kept in the browser: a page that is loaded anew knows what it waits for.
    await page.reload();
    await page.waitForSelector('.notice-bell[data-count="1"]');
    await page.click('.notice-bell');
    await page.click('[data-waiting="any"] button');
    await page.waitForSelector('.notice-bell[data-count="0"]');
    assertClean(page, server.origin);
    await page.context().close();
  });

  it('leads others past a box that is held', async () => {
    await Promise.all([43, 44].map((number) => occupy(number, false)));
    const go = async () => {
      const { headers } = await fetch(`${server.origin}/go?floor=4`, { redirect: 'manual' });
      return Number(new URL(headers.get('location'), server.origin).searchParams.get('booth'));
    };
    const nearest = await go();
    const holder = await waitFor(server.origin, { booth: nearest });
    assert.equal(holder.state.told.length, 1);
    assert.equal(await go(), nearest === 43 ? 44 : 43);
    await callNotices(server.origin, 'cancel', { ticket: holder.ticket, target: { booth: nearest } });
    assert.equal(await go(), nearest, 'given back');
    await Promise.all([43, 44].map((number) => occupy(number, true)));
  });

  it('waits once, although two tabs ask at the same moment', async () => {
    const one = await browser.open(`${server.origin}/floor/4`);
    const two = await one.context().newPage();
    await two.goto(`${server.origin}/floor/6`);
    await Promise.all([one, two].map((page) => waitForLink(page, 'live')));
    // Any button that names its target asks for it.
    const press = (page, target) =>
      page.evaluate((target) => {
        const button = document.body.appendChild(Object.assign(document.createElement('button'), { hidden: true }));
        button.dataset.ask = target;
        button.click();
        button.remove();
      }, target);
    await Promise.all([press(one, 'booth:41'), press(two, 'booth:42')]);
    await eventually('both waits are under one ticket', async () => {
      const ticket = await one.evaluate(() => localStorage.getItem('dispobox.ticket'));
      if (ticket === null) return false;
      const { answer } = await callNotices(server.origin, 'state', { ticket });
      const counts = await Promise.all([one, two].map((page) => page.locator('.notice-bell').getAttribute('data-count')));
      return answer.waiting.length === 2 && counts.join() === '2,2';
    }, { withinMs: SENSED_MAX_MS });
    await press(one, 'booth:41');
    await press(one, 'booth:42');
    await two.waitForSelector('.notice-bell[data-count="0"]');
    await one.context().close();
  });

  it('works where the browser lets sites keep nothing', async () => {
    const refuse = () => {
      const get = () => {
        throw new DOMException('refused', 'SecurityError');
      };
      for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get });
    };
    const page = await browser.open(`${server.origin}/floor/4`, { prepare: (page) => page.addInitScript(refuse) });
    await waitForLink(page, 'live');
    await page.click('.notice-bell');
    await page.click('#notices [data-ask="any"]');
    await page.waitForSelector('.notice-bell[data-count="1"]');
    await page.click('[data-waiting="any"] button');
    await page.waitForSelector('.notice-bell[data-count="0"]');
    assertClean(page, server.origin);
    await page.context().close();
  });

  it('keeps the line over a restart', async () => {
    const first = await waitFor(server.origin, { booth: 44 });
    const second = await waitFor(server.origin, { booth: 44 });
    await server.stop();
    board.set(44, false);
    await server.start();
    assert.equal((await first.read()).waiting.length, 1);
    await eventually('the first is told', async () => (await first.read()).told.length === 1, { withinMs: SENSED_MAX_MS });
    assert.equal((await second.read()).told.length, 0);
    await callNotices(server.origin, 'cancel', { ticket: second.ticket });
    assert.doesNotMatch(server.log, new RegExp(`${first.ticket}|${first.state.name}`), 'nothing of it is logged');
  });

  it('leaves room for others when one address asks for more and more', async () => {
    const limit = 500;
    const answers = [];
    for (let asked = 0; asked < limit; asked += 5) {
      const { ticket } = await waitFor(server.origin, { booth: 41 });
      const more = ['any', { floor: 4 }, { booth: 42 }, { booth: 43 }].map((target) => callNotices(server.origin, 'ask', { ticket, target }));
      answers.push(...(await Promise.all(more)));
    }
    assert.ok(answers.every(({ status }) => status === 200 || status === 429));
    const { status, answer } = await callNotices(server.origin, 'ask', { target: { booth: 41 } });
    assert.deepEqual([status, answer.error], [429, 'full']);
  });

  it('offers nothing without scripts', async () => {
    const page = await browser.open(`${server.origin}/floor/4?booth=42`, { javaScriptEnabled: false });
    assert.equal(await page.locator('[data-ask]:visible, .notice-bell:visible, .update-prompt:visible').count(), 0);
    await page.context().close();
  });
});
