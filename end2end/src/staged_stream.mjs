// The pages of a real server with a live stream of our own, so that a test decides what changes and when. Everything but
// `/events` is passed on; the stream begins with the real snapshot.

import { createServer, request } from 'node:http';
import { openStream } from './event_stream.mjs';

/** @param {string} origin of the real server */
export async function stageStream(origin) {
  const stage = new Stage(origin);
  await stage.open();
  return stage;
}

class Stage {
  #target;
  #server;
  #readers = new Set();
  #snapshot;
  #isSilent = false;

  constructor(origin) {
    this.#target = new URL(origin);
    this.#server = createServer((incoming, outgoing) => this.#serve(incoming, outgoing));
  }

  async open() {
    const stream = await openStream(`${this.#target.origin}/events`);
    this.#snapshot = (await stream.next(({ event }) => event === 'snapshot')).data;
    stream.close();
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.origin = `http://127.0.0.1:${this.#server.address().port}`;
  }

  /** Sends one change; what it leaves out of the booth's state stays as it was. */
  change(number, state) {
    const booth = this.#snapshot.booths.find((known) => known.number === number);
    Object.assign(booth, { since_at: Date.now(), left: false }, state);
    this.#snapshot.seq += 1;
    this.#send('change', { seq: this.#snapshot.seq, ...booth });
  }

  /** Sends everything anew, with these booths changed. */
  snapshot(states = {}) {
    for (const booth of this.#snapshot.booths) Object.assign(booth, states[booth.number]);
    this.#snapshot.seq += 1;
    this.#send('snapshot', this.#snapshot);
  }

  /** Ends every connection; readers may come back at once. */
  cut() {
    this.#readers.forEach((reader) => reader.destroy());
  }

  /** Says nothing any more, to old readers and to new ones, or goes on. */
  set isSilent(isSilent) {
    this.#isSilent = isSilent;
    // Those that have missed something begin anew.
    if (!isSilent) this.cut();
  }

  /** What a reader that has missed nothing knows, by booth. */
  get truth() {
    return Object.fromEntries(this.#snapshot.booths.map(({ number, status }) => [number, status]));
  }

  async close() {
    this.#readers.forEach((reader) => reader.destroy());
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #send(event, data) {
    if (!this.#isSilent) this.#readers.forEach((reader) => reader.write(message(event, data)));
  }

  #serve(incoming, outgoing) {
    if (incoming.url.startsWith('/events')) {
      outgoing.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      if (!this.#isSilent) outgoing.write(message('snapshot', this.#snapshot));
      const beat = () => this.#isSilent || outgoing.write(message('hb', { seq: this.#snapshot.seq, build: this.#snapshot.build, now: Date.now() }));
      beat();
      const beating = setInterval(beat, 5_000);
      this.#readers.add(outgoing);
      outgoing.on('close', () => {
        clearInterval(beating);
        this.#readers.delete(outgoing);
      });
      return;
    }
    const { hostname, port } = this.#target;
    const headers = { ...incoming.headers, host: this.#target.host };
    const passed = request({ hostname, port, path: incoming.url, method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  }
}

function message(event, data) {
  return `event: ${event}\nid: ${data.seq}\ndata: ${JSON.stringify(data)}\n\n`;
}
