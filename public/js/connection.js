// This tab's own connection to the server's event stream.
//
// A browser's EventSource comes back by itself after a cut, but gives up on an answer that is no stream, waits long where
// nothing answers, and believes in a dead connection for ever. So while there is doubt, another one is tried every two
// seconds; the first to open replaces the rest.

/** Looked at every second, so that it is two seconds, and not three when a second is a little short. */
const RETRY_MS = 1_500;
/** At one time: each has three times two seconds to open, which a slow network may need. */
const ATTEMPTS_MAX = 3;
/** The server gives a sign of life every 10 s. */
const SILENT_MAX_MS = 14_000;
/** Not more often than this is everything asked for again because something was missing. */
const RENEW_EVERY_MS = 10_000;

export class Connection {
  #url;
  #kinds;
  #onEvent;
  #onState;
  #current = null;
  #attempts = [];
  #triedAt = -Infinity;
  #heardAt = -Infinity;

  /**
   * @param {string} url
   * @param {string[]} kinds of events to listen to
   * @param {(event: { kind: string, data: string, seq: number, at: number }) => void} onEvent `at`: when it was received
   * @param {(isOpen: boolean) => void} onState
   */
  constructor(url, kinds, onEvent, onState) {
    [this.#url, this.#kinds, this.#onEvent, this.#onState] = [url, kinds, onEvent, onState];
  }

  get isOpen() {
    return this.#current?.readyState === EventSource.OPEN;
  }

  /** Connects; what there was before is not believed any more. */
  open() {
    this.close();
    this.#try();
  }

  /** Connects once more, so that the stream begins with everything; the old connection stands until then. */
  renew() {
    if (performance.now() - this.#triedAt >= RENEW_EVERY_MS) this.#try();
  }

  close() {
    this.#current?.close();
    this.#attempts.forEach((attempt) => attempt.close());
    [this.#current, this.#attempts] = [null, []];
  }

  /** To be called every second. */
  tick() {
    const now = performance.now();
    const isDoubtful = !this.isOpen || now - this.#heardAt > SILENT_MAX_MS;
    if (isDoubtful && now - this.#triedAt >= RETRY_MS) this.#try();
  }

  #try() {
    this.#triedAt = performance.now();
    const source = new EventSource(this.#url);
    this.#attempts.push(source);
    if (this.#attempts.length > ATTEMPTS_MAX) this.#attempts.shift().close();
    source.onopen = () => this.#adopt(source);
    source.onerror = () => this.#fail(source);
    for (const kind of this.#kinds) source.addEventListener(kind, (event) => this.#hear(source, event));
  }

  #adopt(source) {
    const others = [...this.#attempts, this.#current].filter((other) => other && other !== source);
    others.forEach((other) => other.close());
    [this.#current, this.#attempts, this.#heardAt] = [source, [], performance.now()];
    this.#onState(true);
  }

  #fail(source) {
    if (source === this.#current) {
      // The browser is given its own chance first: it goes on behind the last event, without a snapshot.
      this.#triedAt = performance.now();
    } else {
      source.close();
      this.#attempts = this.#attempts.filter((attempt) => attempt !== source);
    }
    if (!this.isOpen) this.#onState(false);
  }

  #hear(source, { type, data, lastEventId }) {
    if (source !== this.#current) return;
    this.#heardAt = performance.now();
    this.#onEvent({ kind: type, data, seq: Number(lastEventId), at: Date.now() });
  }
}
