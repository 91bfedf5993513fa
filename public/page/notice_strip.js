// The notice itself: a strip over the page, a mark in the title and in the tab's icon, a sentence for screen readers.

const MARK = '● ';
const SAME_HOLD_MS = 5_000;

export class Strip {
  #words;
  #strip = document.querySelector('.notice-strip');
  #said = document.getElementById('notice-said');
  #icon = document.querySelector('link[rel="icon"]');
  #quietIcon = this.#icon?.getAttribute('href');
  /** Until when each box that was said is held. */
  #shown = new Map();
  #giveBack;

  constructor(words, giveBack) {
    this.#words = words;
    this.#giveBack = giveBack;
  }

  /** Shows the boxes that are held for the reader; nothing when there are none. */
  show(told, now, registration) {
    this.#strip.hidden = told.length === 0;
    this.#mark(told.length > 0);
    const keys = told.map((row) => row.booth).join(' ');
    if (this.#strip.dataset.shown !== keys) {
      this.#strip.dataset.shown = keys;
      this.#strip.replaceChildren(...told.map((row) => this.#row(row)));
    }
    told.forEach((row, index) => {
      this.#strip.children[index].querySelector('.notice-left').textContent = this.#fill(this.#words.held, {
        left: clock(row.until_at - now),
      });
      this.#announce(row, registration);
    });
  }

  /** Says something to those who do not see it. */
  say(text) {
    this.#said.textContent = text;
  }

  #row(row) {
    const element = document.getElementById('notice-row').content.firstElementChild.cloneNode(true);
    element.dataset.notice = row.booth;
    const link = element.querySelector('a');
    link.href = `/floor/${row.floor}?booth=${row.booth}`;
    link.textContent = this.#fill(this.#words.free, row);
    element.querySelector('.notice-where').textContent = [row.booth_name, this.#fill(this.#words.floor, row)].filter(Boolean).join(' · ');
    const button = element.querySelector('button');
    button.addEventListener('click', () => this.#giveBack(row.booth));
    return element;
  }

  /** Once for each notice, also when the box was grey or the server away in between. */
  #announce(row, registration) {
    // The server reckons the end anew each time, to a millisecond or two.
    if (Math.abs(row.until_at - (this.#shown.get(row.booth) ?? 0)) < SAME_HOLD_MS) return;
    this.#shown.set(row.booth, row.until_at);
    this.say(`${this.#fill(this.#words.free, row)}. ${this.#fill(this.#words.floor, row)}.`);
    if (document.hidden && globalThis.Notification?.permission === 'granted') this.#notify(row, registration);
  }

  /** The same tag as a pushed one, so that there is one of them. */
  async #notify(row, registration) {
    const worker = await registration;
    const body = [row.booth_name, this.#fill(this.#words.floor, row)].filter(Boolean).join(' · ');
    const data = { url: `/floor/${row.floor}?booth=${row.booth}` };
    await worker?.showNotification(this.#fill(this.#words.free, row), { body, data, tag: `box-${row.booth}`, icon: '/icons/icon-192.png' });
  }

  #mark(isMarked) {
    if (isMarked !== document.title.startsWith(MARK)) {
      document.title = isMarked ? MARK + document.title : document.title.slice(MARK.length);
    }
    const icon = isMarked ? '/icons/notice.svg' : this.#quietIcon;
    if (this.#icon && this.#icon.getAttribute('href') !== icon) this.#icon.setAttribute('href', icon);
  }

  #fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }
}

/** `1:20`. */
function clock(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
