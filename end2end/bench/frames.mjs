// A thousand booths of which a hundred change at once: the page beside hand-written JavaScript that does the same to the same
// document. Both get the messages as text, and are timed until the new layout is there.

import { openStream } from '../src/event_stream.mjs';
import { waitForLink } from '../src/map_page.mjs';
import { startServerWith } from './installation.mjs';

const BOOTHS = 1_000;
const CHANGES = 100;
/** Even: after them the document is as it was. */
const FRAMES = 40;
const FRAME_MS = 1_000 / 60;

export async function measureFrames(browser) {
  const server = await startServerWith(BOOTHS);
  try {
    const stream = await openStream(`${server.origin}/events`);
    const { data: snapshot } = await stream.next(({ event }) => event === 'snapshot');
    stream.close();
    const page = await browser.openBlank(server.origin);
    await page.addInitScript(playStream);
    await page.goto(`${server.origin}/floor/4`);
    await page.waitForFunction(() => globalThis.streams?.length > 0);
    await page.evaluate((text) => globalThis.tell('snapshot', text), JSON.stringify(allFree(snapshot)));
    await waitForLink(page, 'live');
    const { page: own, peer } = await page.evaluate(race, { CHANGES, FRAMES, seq: snapshot.seq });
    await page.context().close();
    return [
      { name: '100 of 1,000 booths at once, against hand-written JavaScript', unit: 'x', value: own.all / peer.all, must: 1.5, aim: 1.15 },
      { name: '- the page', unit: 'ms', value: own.all, aim: FRAME_MS },
      { name: '- hand-written', unit: 'ms', value: peer.all },
      { name: '- of it scripts, the page', unit: 'ms', value: own.scripts },
      { name: '- of it scripts, hand-written', unit: 'ms', value: peer.scripts },
    ];
  } finally {
    await server.remove();
  }
}

/** The same state for everybody to begin with. */
function allFree(snapshot) {
  return { ...snapshot, booths: snapshot.booths.map((booth) => ({ ...booth, status: 'free', until_at: undefined })) };
}

/** Runs in the page before anything else: a stream that says what it is told to say. */
function playStream() {
  globalThis.streams = [];
  // With none, the page opens its stream itself.
  delete globalThis.SharedWorker;
  class PlayedStream extends EventTarget {
    constructor(url) {
      super();
      Object.assign(this, { url, readyState: 1, withCredentials: false, onopen: null, onmessage: null, onerror: null });
      globalThis.streams.push(this);
      setTimeout(() => this.dispatchEvent(new Event('open')));
    }
    close() {
      this.readyState = 2;
    }
  }
  Object.assign(PlayedStream, { CONNECTING: 0, OPEN: 1, CLOSED: 2 });
  Object.assign(PlayedStream.prototype, { CONNECTING: 0, OPEN: 1, CLOSED: 2 });
  globalThis.EventSource = PlayedStream;
  globalThis.tell = (type, data) => {
    const open = globalThis.streams.filter(({ readyState }) => readyState === 1);
    open.forEach((stream) => stream.dispatchEvent(new MessageEvent(type, { data })));
  };
}

/** Runs in the page: both sides in turns; the median times of a frame, in milliseconds. */
async function race({ CHANGES, FRAMES, seq }) {
  const shapes = [...document.querySelectorAll('[data-booth]')].slice(0, CHANGES);
  const numbers = shapes.map((shape) => Number(shape.dataset.booth));
  const macrotask = () => {
    const { port1, port2 } = new MessageChannel();
    return new Promise((resolve) => {
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
  };
  const frameEnd = () => new Promise((resolve) => requestAnimationFrame(() => macrotask().then(resolve)));
  const messages = (status) =>
    numbers.map((number) => {
      seq += 1;
      return JSON.stringify({ seq, number, floor: 4, status, since_at: Date.now() });
    });
  const isShown = (status) => shapes.every((shape) => shape.dataset.status === status);

  const tellPage = async (texts, status) => {
    texts.forEach((text) => globalThis.tell('change', text));
    await macrotask();
    // A page that waits for a frame is given it, and its time counts.
    if (!isShown(status)) await frameEnd();
    if (!isShown(status)) throw new Error(`the page does not show ${status}`);
  };

  // What the page writes for each booth, noted once for either status: by hand the same is written.
  const noted = {};
  for (const status of ['occupied', 'free']) {
    const records = [];
    const observer = new MutationObserver((more) => records.push(...more));
    observer.observe(document.body, { attributes: true, characterData: true, subtree: true });
    await tellPage(messages(status), status);
    await frameEnd();
    observer.disconnect();
    noted[status] = { byBooth: new Map(numbers.map((number) => [number, []])), once: [] };
    for (const { type, target, attributeName } of records) {
      const element = type === 'attributes' ? target : target.parentElement;
      const booth = element?.closest('[data-booth], [data-booth-row]')?.dataset;
      const writes = noted[status].byBooth.get(Number(booth?.booth ?? booth?.boothRow)) ?? noted[status].once;
      if (type === 'attributes') writes.push({ target, attributeName, value: target.getAttribute(attributeName) });
      else writes.push({ target, value: target.data });
    }
  }
  const write = ({ target, attributeName, value }) => {
    if (!attributeName) target.data = value;
    else if (value === null) target.removeAttribute(attributeName);
    else target.setAttribute(attributeName, value);
  };
  const writeByHand = async (texts, status) => {
    for (const text of texts) {
      const change = JSON.parse(text);
      noted[change.status].byBooth.get(change.number).forEach(write);
    }
    noted[status].once.forEach(write);
    await macrotask();
    if (!isShown(status)) throw new Error(`by hand it does not show ${status}`);
  };

  const time = async (show, status) => {
    const texts = messages(status);
    await frameEnd();
    const startedAt = performance.now();
    await show(texts, status);
    const scriptsMs = performance.now() - startedAt;
    document.body.getBoundingClientRect();
    return { scriptsMs, allMs: performance.now() - startedAt };
  };
  const times = { page: [], peer: [] };
  for (let frame = 0; frame < FRAMES; frame += 2) {
    for (const status of ['occupied', 'free']) times.page.push(await time(tellPage, status));
    for (const status of ['occupied', 'free']) times.peer.push(await time(writeByHand, status));
  }
  const middle = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
  const middles = (of) => ({ all: middle(of.map(({ allMs }) => allMs)), scripts: middle(of.map(({ scriptsMs }) => scriptsMs)) });
  return { page: middles(times.page), peer: middles(times.peer) };
}
