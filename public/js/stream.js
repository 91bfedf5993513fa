// The event stream, one for all tabs of a browser: over HTTP/1.1 a browser has six connections to a server, and each
// stream would take one of them for ever.
//
// One tab leads: it has the connection and passes on what it hears, with the time at which it heard it. It proves that it
// lives by a Web Lock that carries its name, and by a word every few seconds. Who wants to lead claims to; the newest
// claim counts, so a tab that was frozen while another took over yields when it wakes. For a moment two may lead, which
// harms nothing: events are numbered, and the page passes over what it has.
//
// Web Locks are there in secure contexts only, so they only make it faster: without them a tab that dies without a word is
// missed after some seconds. Without BroadcastChannel each tab leads itself. A SharedWorker was refused: Chrome for Android
// got it late, and it cannot be debugged where a page can.

import { Connection } from './connection.js';
import { broken, isBroken } from './heal.js';
import { Ring } from './ring.js';

const URL_OF_STREAM = '/events';
const TICK_MS = 1_000;
/** A leader answers within this, unless it is frozen. */
const ANSWER_MAX_MS = 1_000;
/** So soon if there is one at all, where no lock tells. */
const FIRST_ANSWER_MAX_MS = 150;
/** The leader says something this often. */
const WORD_EVERY_MS = 4_000;
/** A leader that has said nothing for so long is gone. */
const SILENT_MAX_MS = 12_000;
/** Who has not run for so long was frozen, or the machine slept: no connection of before is to be believed. */
const SLEPT_MS = 12_000;

let stream = null;

/**
 * Follows the stream; a second call replaces the first.
 * @param {string} kinds of events, by commas
 * @param {number} run of the server that counts
 * @param {number} seq everything up to it is known
 * @param {(kind: string, data: string, ageMs: number) => void} receive also gets a `tick` every second and when the
 *   connection changes, with `open` or nothing
 */
export function follow(kinds, run, seq, receive) {
  unfollow();
  stream = new SharedStream(kinds.split(','), { run, seq }, receive);
}

/** Ends it. */
export function unfollow() {
  stream?.end();
  stream = null;
}

/** Whether somebody follows. */
export const isFollowed = () => stream !== null;

class SharedStream {
  #id = Math.random().toString(36).slice(2);
  #name;
  #receive;
  /** What this tab knows. */
  #known;
  #connection;
  #isConnected = false;
  #ring = new Ring();
  /** Ends the listeners and the timer. */
  #ending = new AbortController();
  /** On the wall clock: the steady one may stand still while the machine sleeps. */
  #aliveAt = Date.now();
  /** `away` while frozen or put aside by the browser, `asking` who leads, `following`, `leading`. */
  #role = 'away';
  #channel = null;
  /** Asks for an answer, or waits for its turn to lead. */
  #timer = null;
  /** The claim of who leads: `{ at, id }`. */
  #leader = null;
  #leaderHeardAt = -Infinity;
  #watching = null;
  /** Whether nothing is missing between what this tab knows and what the leader says next. */
  #isInStep = false;
  #release = null;
  /** Whether the others may know of the claim: not before the lock is held, whose absence would belie it. */
  #isAnnounced = false;
  #hasFollowers = false;
  #spokeAt = 0;

  constructor(kinds, known, receive) {
    // Tabs of another build do not understand each other.
    this.#name = `dispobox.stream ${new URL(import.meta.url).pathname} ${kinds}`;
    [this.#known, this.#receive] = [known, receive];
    const onEvent = (event) => this.#hear(event);
    this.#connection = new Connection(URL_OF_STREAM, kinds, onEvent, (isOpen) => this.#setConnected(isOpen));
    this.#listen();
    this.#enter();
  }

  end() {
    this.#leave();
    this.#ending.abort();
  }

  #listen() {
    const { signal } = this.#ending;
    const on = (target, type, listener) => target.addEventListener(type, listener, { signal });
    on(document, 'visibilitychange', () => document.visibilityState === 'visible' && this.#show());
    on(document, 'freeze', () => this.#leave());
    on(document, 'resume', () => this.#enter());
    on(window, 'pagehide', () => this.#leave());
    on(window, 'pageshow', () => this.#enter());
    on(window, 'online', () => this.#comeBack());
    const ticking = setInterval(() => this.#tick(), TICK_MS);
    signal.addEventListener('abort', () => clearInterval(ticking));
  }

  #enter() {
    if (this.#role !== 'away') return;
    this.#aliveAt = Date.now();
    try {
      this.#channel = new BroadcastChannel(this.#name);
    } catch {
      // There is none, or the reader lets sites keep nothing: each tab for itself.
      return this.#lead();
    }
    this.#channel.onmessage = ({ data }) => this.#read(data);
    this.#ask();
  }

  /** Leaves nothing open, so that the browser may put the page aside and take it out again. */
  #leave() {
    if (this.#role === 'leading') this.#say({ type: 'bye' });
    clearTimeout(this.#timer);
    this.#stopLeading();
    this.#watching?.abort();
    this.#channel?.close();
    [this.#role, this.#channel, this.#leader, this.#watching] = ['away', null, null, null];
  }

  /** Whoever leads answers with what this tab lacks; nobody's silence means that it is this one's turn. */
  #ask() {
    [this.#role, this.#isInStep] = ['asking', false];
    this.#post({ type: 'hello', id: this.#id, ...this.#known });
    // A browser that may keep nothing refuses to tell of locks.
    const patience = this.#patience().catch(() => FIRST_ANSWER_MAX_MS);
    patience.then((ms) => this.#role === 'asking' && this.#leadIn(ms));
  }

  /** How long to wait for an answer. */
  async #patience() {
    if (performance.now() - this.#leaderHeardAt < WORD_EVERY_MS) return ANSWER_MAX_MS;
    if (!navigator.locks) return FIRST_ANSWER_MAX_MS;
    const { held } = await navigator.locks.query();
    return held.some(({ name }) => name.startsWith(this.#name)) ? ANSWER_MAX_MS : 0;
  }

  #leadIn(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#lead(), ms);
  }

  #lead() {
    clearTimeout(this.#timer);
    this.#watching?.abort();
    this.#role = 'leading';
    // Newer than what it replaces, also when the clock was set back.
    const claim = { at: Math.max(Date.now(), (this.#leader?.at ?? 0) + 1), id: this.#id };
    [this.#leader, this.#ring, this.#hasFollowers] = [claim, new Ring(), false];
    this.#connection.open();
    // The lock first: the others take a lock that is free for the sign that its holder is gone.
    const hold = () => {
      if (this.#leader !== claim || this.#role !== 'leading') return undefined;
      this.#isAnnounced = true;
      this.#say({ type: 'claim' });
      return new Promise((release) => (this.#release = release));
    };
    // Refused in documents that are on their way out; such a tab leads itself alone.
    if (navigator.locks) navigator.locks.request(this.#lockOf(claim), hold).catch(() => {});
    else hold();
  }

  #stopLeading() {
    this.#connection.close();
    this.#release?.();
    [this.#release, this.#isAnnounced] = [null, false];
  }

  #lockOf({ at, id }) {
    return `${this.#name} ${at} ${id}`;
  }

  /** Takes over when the leader's lock is free. */
  #watch() {
    this.#watching?.abort();
    this.#watching = new AbortController();
    const leader = this.#leader;
    const gone = () => this.#leader === leader && this.#succeed();
    const options = { mode: 'shared', signal: this.#watching.signal };
    // Rejects when it is aborted.
    navigator.locks?.request(this.#lockOf(leader), options, gone).catch(() => {});
  }

  /** Tabs on screen come first; not all at once. */
  #succeed() {
    if (this.#role === 'following') this.#leadIn((document.hidden ? 200 : 0) + Math.random() * 100);
  }

  /** To the other tabs. */
  #post(message) {
    this.#channel?.postMessage(message);
  }

  /** To the other tabs, as their leader. */
  #say(message) {
    if (!this.#isAnnounced) return;
    this.#spokeAt = performance.now();
    this.#post({ ...message, leader: this.#leader, isConnected: this.#isConnected });
  }

  #read(message) {
    this.#aliveAt = Date.now();
    if (message.type === 'hello') {
      if (this.#isAnnounced) this.#answer(message);
    } else if (this.#believes(message)) {
      this.#obey(message);
    }
  }

  #answer({ id, run, seq }) {
    this.#hasFollowers = true;
    const events = this.#ring.since(run, seq);
    this.#say({ type: 'answer', to: id, events });
    // Then everyone gets a snapshot.
    if (events === null) this.#connection.renew();
  }

  /** Whether these are words of who leads now. Notes who that is. */
  #believes({ leader: claim, type }) {
    const { at, id } = this.#leader ?? { at: 0, id: '' };
    if (claim.at < at || (claim.at === at && claim.id < id)) {
      // It was frozen, and does not know.
      if (this.#role === 'leading') this.#say({ type: 'claim' });
      return false;
    }
    this.#leaderHeardAt = performance.now();
    if (claim.at === at && claim.id === id) return true;
    if (this.#role === 'leading') this.#stopLeading();
    this.#leader = claim;
    this.#watch();
    if (type !== 'answer') this.#ask();
    return true;
  }

  #obey({ type, isConnected, event, to, events }) {
    if (type === 'bye') return this.#succeed();
    if (type === 'answer' && to === this.#id) {
      clearTimeout(this.#timer);
      this.#role = 'following';
      this.#isInStep = events !== null;
      events?.forEach((missed) => this.#deliver(missed));
    }
    if (type === 'event' && (this.#isInStep || event.kind === 'snapshot')) {
      this.#isInStep = true;
      this.#deliver(event);
    }
    this.#setConnected(isConnected);
  }

  /** An event from this tab's own connection. */
  #hear(event) {
    // What lay in the connection while everything slept is old, whatever the time of its receipt says.
    if (this.#hasSlept()) return this.#comeBack();
    this.#ring.note(event);
    if (this.#hasFollowers) this.#say({ type: 'event', event });
    this.#deliver(event);
  }

  /** To the page. */
  #deliver({ kind, data, seq, at }) {
    const isMissing = kind === 'hb' && seq > this.#known.seq;
    if (kind === 'snapshot') this.#known = { run: JSON.parse(data).run, seq };
    else if (kind !== 'hb') this.#known.seq = Math.max(this.#known.seq, seq);
    this.#call(kind, data, Math.max(0, Date.now() - at));
    if (isMissing && this.#role === 'leading') this.#connection.renew();
    else if (isMissing) this.#ask();
  }

  #call(kind, data, ageMs) {
    if (isBroken()) return;
    try {
      this.#receive(kind, data, ageMs);
    } catch (error) {
      broken(error);
    }
  }

  #setConnected(isConnected) {
    if (this.#isConnected === isConnected) return;
    this.#isConnected = isConnected;
    if (this.#role === 'leading') this.#say({ type: 'word' });
    this.#callTick();
  }

  #callTick() {
    this.#call('tick', this.#isConnected ? 'open' : '', 0);
  }

  #tick() {
    const now = performance.now();
    if (this.#hasSlept()) this.#comeBack();
    else if (this.#role === 'leading') this.#connection.tick();
    else if (this.#role === 'following' && now - this.#leaderHeardAt > SILENT_MAX_MS) this.#succeed();
    if (this.#role === 'leading' && now - this.#spokeAt >= WORD_EVERY_MS) this.#say({ type: 'word' });
    this.#callTick();
  }

  /** On screen again: what may have gone unnoticed in the background is found out now. */
  #show() {
    this.#tick();
    if (this.#role === 'following' && performance.now() - this.#leaderHeardAt > 2 * WORD_EVERY_MS) this.#ask();
  }

  /** Whether this tab has not run for long; true once. */
  #hasSlept() {
    const now = Date.now();
    const hasSlept = now - this.#aliveAt > SLEPT_MS;
    this.#aliveAt = now;
    return hasSlept;
  }

  #comeBack() {
    if (this.#role === 'leading') this.#connection.open();
    else if (this.#role !== 'away') this.#ask();
  }
}
