// Web Push: what the server sends, to a push service of the test's own; and what the browser does with it.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Board } from '../src/board.mjs';
import { openBrowser } from '../src/browser.mjs';
import { eventually } from '../src/eventually.mjs';
import { waitForLink } from '../src/map_page.mjs';
import { callNotices, waitFor } from '../src/notices.mjs';
import { startPushService, verifyVapid } from '../src/push_service.mjs';
import { startServer } from '../src/server.mjs';

const SENSED_MAX_MS = 60_000;
const CONTACT = 'mailto:it@example.com';
const ARGS = ['--notice-hold-s', '30', '--push-allow-insecure', '--push-contact', CONTACT];

describe('web push', () => {
  let server, board, browser;

  const show = async (number, status) => {
    board.set(number, status === 'occupied');
    const look = async () => (await (await fetch(`${server.origin}/api/v1/booths/${number}`)).json()).status === status;
    await eventually(`box ${number} is ${status}`, look, { withinMs: SENSED_MAX_MS });
  };
  const subscribe = async (service, number) => {
    const waiting = await waitFor(server.origin, { booth: number });
    const { status } = await callNotices(server.origin, 'push', { ticket: waiting.ticket, subscription: service.subscription });
    assert.equal(status, 204);
    return waiting;
  };

  before(async () => {
    server = await startServer({ args: ARGS });
    board = await new Board(server.boardsPort, [41, 42, 43, 44]).connect();
    [41, 42, 43, 44].forEach((number) => board.set(number, true));
    await Promise.all([41, 42, 43, 44].map((number) => show(number, 'occupied')));
  });

  after(async () => {
    board?.kill();
    try {
      await browser?.close();
    } finally {
      await server?.remove();
    }
  });

  it('is signed by the server and encrypted for the browser', async () => {
    const service = await startPushService();
    const { answer } = await callNotices(server.origin, 'push_key');
    const waiting = await subscribe(service, 41);
    assert.equal((await waiting.read()).pushed, true);
    board.set(41, false);
    const [{ method, url, headers, body }] = await service.arrivals(1, SENSED_MAX_MS);
    assert.deepEqual([method, url], ['POST', '/push/abc?x=1']);
    const claims = verifyVapid(headers.authorization, answer.key);
    assert.equal(claims.aud, service.origin);
    assert.equal(claims.sub, CONTACT);
    assert.ok(claims.exp * 1_000 > Date.now() && claims.exp * 1_000 < Date.now() + 24 * 3_600_000);
    assert.deepEqual([headers['content-encoding'], headers.urgency, headers.topic], ['aes128gcm', 'high', 'box-41']);
    assert.ok(headers.ttl > 20 && headers.ttl <= 30, `TTL ${headers.ttl}`);
    const { until_at: until, ...message } = service.decrypt(body);
    assert.deepEqual(message, { language: 'fr', url: '/floor/4?booth=41', booth: 41, floor: 4, booth_name: message.booth_name });
    assert.ok(until > Date.now() && body.length < 600, `${body.length} bytes`);
    service.close();
  });

  it('is tried again when the push service is busy', async () => {
    const service = await startPushService({ statuses: [503, [429, { 'retry-after': '2' }]] });
    await subscribe(service, 42);
    board.set(42, false);
    const requests = await service.arrivals(3, SENSED_MAX_MS + 5_000);
    const pauses = [requests[1].at - requests[0].at, requests[2].at - requests[1].at];
    assert.ok(pauses[0] >= 900 && pauses[1] >= 1_900, `${pauses}`);
    assert.equal(service.decrypt(requests[2].body).booth, 42);
    service.close();
  });

  it('forgets a browser that has gone, and says nothing of it', async () => {
    const service = await startPushService({ statuses: [410] });
    const waiting = await subscribe(service, 43);
    await waitFor(server.origin, { booth: 44 }, waiting.ticket);
    board.set(43, false);
    await service.arrivals(1, SENSED_MAX_MS);
    await eventually('the subscription is gone', async () => !(await waiting.read()).pushed, { withinMs: 2_000 });
    assert.equal((await waiting.read()).waiting.length, 1, 'the page still waits');
    assert.doesNotMatch(server.log, /push\/abc/);
    service.close();
  });

  it('goes to no machine of this network unless a test says so', async () => {
    const strict = await startServer();
    const service = await startPushService();
    try {
      const waiting = await waitFor(strict.origin, { floor: 4 });
      for (const endpoint of [service.subscription.endpoint, 'https://127.0.0.1/x', 'https://[::1]/x', 'https://192.168.0.1/x', 'https://localhost/x']) {
        const refused = await callNotices(strict.origin, 'push', { ticket: waiting.ticket, subscription: { ...service.subscription, endpoint } });
        assert.deepEqual([refused.status, refused.answer.error], [422, 'subscription'], endpoint);
      }
    } finally {
      service.close();
      await strict.remove();
    }
  });

  it('is shown by the service worker, and a click opens the box in the page that is there', async () => {
    browser = await openBrowser();
    const page = await browser.open(`${server.origin}/floor/6`);
    const context = page.context();
    await context.grantPermissions(['notifications'], { origin: server.origin });
    await waitForLink(page, 'live');
    await page.evaluate(() => navigator.serviceWorker.ready);
    const [worker] = context.serviceWorkers().length > 0 ? context.serviceWorkers() : [await context.waitForEvent('serviceworker')];
    const message = { language: 'en', booth: 42, floor: 4, booth_name: 'Ada', url: '/floor/4?booth=42' };
    const shown = await worker.evaluate(async (text) => {
      const pushed = new PushEvent('push', { data: text });
      const done = [];
      pushed.waitUntil = (promise) => done.push(promise);
      dispatchEvent(pushed);
      await Promise.all(done);
      const notifications = await registration.getNotifications();
      return notifications.map(({ title, body, tag, data }) => ({ title, body, tag, data }));
    }, JSON.stringify(message));
    assert.deepEqual(shown, [{ title: 'Box 42 is free', body: 'Ada · Floor 4', tag: 'box-42', data: { url: '/floor/4?booth=42' } }]);
    await page.evaluate(() => (globalThis.isSameDocument = true));
    const opened = worker.evaluate(async () => {
      const [notification] = await registration.getNotifications();
      const clicked = new NotificationEvent('notificationclick', { notification });
      // Focus is only given to a real click; what comes before it is what is tested.
      clicked.waitUntil = (promise) => promise.catch(() => {});
      dispatchEvent(clicked);
    });
    await opened;
    await page.waitForSelector('[data-card="42"]', { timeout: 5_000 });
    assert.match(page.url(), /\/floor\/4\?booth=42$/);
    assert.ok(await page.evaluate(() => globalThis.isSameDocument), 'without loading the page');
  });
});
