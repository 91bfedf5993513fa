// "Tell me when free": asks, waits, and says when it is the reader's turn.
//
// The server keeps the line. A browser is known to it by a ticket, a secret that is here as long as something waits. The
// stream tells the public name of a ticket when something has become of it; then every tab of the browser asks how it
// stands, and one of them shows it.

import { ask, cancel, readState } from './notice_requests.js';
import { Panel } from './notice_panel.js';
import { startPush } from './notice_push.js';
import { Strip } from './notice_strip.js';
import { parseTarget, targetName } from './notice_target.js';
import { read, remove, write } from './storage.js';
import { isOwner, leave } from './tab_owner.js';

const TICKET = 'dispobox.ticket';
/** While a box is held for the reader: whether it still is. */
const LOOK_AGAIN_MS = 5_000;
/** What was heard so long ago says nothing of any box any more. */
const BELIEVED_MS = 24_000;
/** Heartbeats come every 10 s on one connection; sooner or later means that it is another, and something may be missed. */
const BEAT_MS = { min: 8_000, max: 15_000 };

export function startNotices(registration) {
  const words = JSON.parse(document.getElementById('page-words').textContent);
  const notices = new Notices(words);
  notices.push = startPush(registration, words, notices);
  notices.listen(registration);
  notices.refresh();
}

class Notices {
  #words;
  #panel;
  #strip;
  #channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('dispobox.notices') : null;
  #state = { waiting: [], told: [] };
  #ticket = read(TICKET);
  #aheadMs = 0;
  #ticking = null;
  #askedAt = 0;
  #turn = Promise.resolve();
  #beatAt = 0;

  constructor(words) {
    this.#words = words;
    this.#panel = new Panel(words, (target) => this.toggle(target));
    this.#strip = new Strip(words, (booth) => this.#give(booth));
  }

  get ticket() {
    return this.#ticket;
  }

  get isWaiting() {
    return this.#state.waiting.length > 0;
  }

  listen(registration) {
    addEventListener('dispobox:notice', ({ detail }) => {
      if (this.#state.name && JSON.parse(detail).tickets.includes(this.#state.name)) this.refresh();
    });
    addEventListener('dispobox:hb', () => {
      const pauseMs = Date.now() - this.#beatAt;
      this.#beatAt = Date.now();
      if (pauseMs < BEAT_MS.min || pauseMs > BEAT_MS.max) this.refresh();
    });
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.refresh();
    });
    document.addEventListener('click', (event) => {
      const button = event.target.closest?.('[data-ask]');
      if (button) this.toggle(button.dataset.ask);
    });
    this.#channel?.addEventListener('message', ({ data }) => this.#hear(data));
    addEventListener('pagehide', leave);
    navigator.serviceWorker?.addEventListener('message', ({ data }) => {
      if (data.kind === 'open') openHere(data.url);
    });
    this.registration = registration;
  }

  /** Asks for a target, or takes that back: `any`, `floor:4`, `booth:42`. */
  toggle(name) {
    return this.#inTurn(async () => {
      this.#panel.showError(null);
      try {
        if (this.#state.waiting.some((row) => targetName(row.target) === name)) {
          this.#take(await cancel(this.ticket, parseTarget(name)), this.ticket);
        } else {
          await this.#join(parseTarget(name));
        }
      } catch (error) {
        this.#panel.showError(this.#words.errors[error.code] ?? this.#words.errors.unreachable);
      }
    });
  }

  /** Asks how the ticket stands. Without a connection the next heartbeat does it again. */
  refresh() {
    return this.#inTurn(async () => {
      const { ticket } = this;
      if (!ticket) return;
      try {
        const state = await readState(ticket);
        if (this.ticket === ticket) this.#take(state, ticket);
      } catch (error) {
        console.warn('notices:', error.message);
      }
    });
  }

  async #join(target) {
    const mine = this.ticket;
    const { ticket, state } = await ask(mine, target);
    if (this.ticket !== mine && this.ticket !== ticket) {
      // Another tab was given one meanwhile; a browser waits under one only.
      await cancel(ticket);
      return this.#join(target);
    }
    this.#take(state, ticket);
    if (state.told.length === 0) this.#strip.say(this.#words.will_be_told);
    this.push.tellServer().catch(() => this.#panel.showError(this.#words.push_failed));
  }

  /** From another tab. Where two were given tickets at the same moment, the smaller one is the browser's. */
  #hear({ ticket, state }) {
    const isAlone = this.ticket === null || this.#state.waiting.length === 0;
    if (ticket === this.ticket || isAlone) this.#show(state, ticket);
    else if (ticket > this.ticket) this.#tell(this.#state, this.ticket);
    else this.#inTurn(() => this.#moveTo(ticket).catch(() => this.#panel.showError(this.#words.errors.unreachable)));
  }

  async #moveTo(ticket) {
    if (ticket === this.ticket) return;
    const { waiting } = this.#state;
    await cancel(this.ticket);
    this.#ticket = ticket;
    for (const { target } of waiting) await this.#join(target);
  }

  #give(booth) {
    return this.#inTurn(async () => {
      try {
        this.#take(await cancel(this.ticket, { booth }), this.ticket);
      } catch {
        this.refresh();
      }
    });
  }

  /** One request after the other: an answer that is overtaken by a newer one would bring back what is no more. */
  #inTurn(action) {
    this.#turn = this.#turn.then(action);
    return this.#turn;
  }

  #take(state, ticket) {
    this.#show(state, ticket);
    this.#tell(state, ticket);
  }

  /** Tells the other tabs. */
  #tell(state, ticket) {
    this.#channel?.postMessage({ state, ticket });
  }

  #show(state, ticket) {
    if (ticket !== read(TICKET)) write(TICKET, ticket);
    this.#ticket = ticket;
    this.#state = state;
    this.#aheadMs = state.now - Date.now();
    this.#askedAt = Date.now();
    document.documentElement.dataset.asked = state.waiting.map((row) => targetName(row.target)).join(' ');
    dispatchEvent(new Event('dispobox:asked'));
    this.#panel.show(state);
    this.#tick();
  }

  #forget() {
    this.#ticket = null;
    remove(TICKET);
  }

  #tick() {
    const now = Date.now() + this.#aheadMs;
    const held = this.#state.told.filter((row) => row.until_at > now);
    if (held.length + this.#state.waiting.length === 0) this.#forget();
    if (held.length === 0) {
      clearInterval(this.#ticking);
      this.#ticking = null;
      leave();
      this.#strip.show([], now);
      return;
    }
    this.#ticking ??= setInterval(() => this.#tick(), 1_000);
    const isBelieved = Date.now() - this.#askedAt < BELIEVED_MS;
    // A box that is grey for a while stays held, and is not called free.
    const free = held.filter((row) => row.free && isBelieved);
    this.#strip.show(isOwner() ? free : [], now, this.registration);
    if (Date.now() - this.#askedAt > LOOK_AGAIN_MS) this.refresh();
  }
}

/** Follows a link of this site as a click would, so that the application does it without loading the page. */
function openHere(url) {
  const link = document.createElement('a');
  link.href = url;
  document.body.append(link);
  link.click();
  link.remove();
}
