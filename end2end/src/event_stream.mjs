// A reader of server-sent events: what a browser's EventSource does, with every field in sight.

import { get } from 'node:http';

/**
 * Opens a stream.
 * @param {string} url
 * @param {{ lastEventId?: number | string }} options
 */
export function openStream(url, { lastEventId } = {}) {
  const headers = { accept: 'text/event-stream', ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) };
  return new Promise((resolve, reject) => {
    const request = get(url, { headers }, (response) => resolve(new EventStream(request, response)));
    request.once('error', reject);
  });
}

class EventStream {
  #request;
  #text = '';
  #queue = [];
  #waiting = null;
  #isOver = false;

  constructor(request, response) {
    this.#request = request;
    this.status = response.statusCode;
    this.contentType = response.headers['content-type'];
    response.setEncoding('utf8').on('data', (text) => this.#receive(text));
    const finish = () => {
      this.#isOver = true;
      this.#waiting?.();
    };
    request.on('error', finish);
    response.on('error', finish).on('close', finish);
  }

  /** The next message that `matches`, as `{ event, id, data }`; those before it are dropped. */
  async next(matches = () => true, { withinMs = 5_000 } = {}) {
    const deadline = performance.now() + withinMs;
    for (;;) {
      while (this.#queue.length > 0) {
        const message = this.#queue.shift();
        if (matches(message)) return message;
      }
      if (this.#isOver) throw new Error('the stream has ended');
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) throw new Error(`no such message within ${withinMs} ms`);
      await this.#arrival(leftMs);
    }
  }

  close() {
    this.#request.destroy();
  }

  #arrival(leftMs) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, leftMs);
      this.#waiting = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #receive(text) {
    this.#text = (this.#text + text).replaceAll('\r\n', '\n');
    const blocks = this.#text.split('\n\n');
    this.#text = blocks.pop();
    this.#queue.push(...blocks.map(parseMessage).filter((message) => message !== null));
    this.#waiting?.();
  }
}

/** A comment alone is no message. */
function parseMessage(block) {
  const fields = { event: 'message', id: null, data: [] };
  for (const line of block.split('\n')) {
    const [, name, value] = /^([^:]*):? ?(.*)$/.exec(line);
    if (name === 'data') fields.data.push(value);
    else if (name === 'event' || name === 'id') fields[name] = value;
  }
  return fields.data.length > 0 ? { ...fields, data: JSON.parse(fields.data.join('\n')) } : null;
}
