// What is waited for, behind the bell in the top bar.

import { targetName } from './notice_target.js';

export class Panel {
  #words;
  #panel = document.getElementById('notices');
  #list = this.#panel.querySelector('.notices-waiting');
  #error = this.#panel.querySelector('.notices-error');
  #floor = this.#panel.querySelector('.notices-floor');
  #toggle;
  #shown = '';

  constructor(words, toggle) {
    this.#words = words;
    this.#toggle = toggle;
    this.#panel.addEventListener('beforetoggle', () => this.#nameFloor());
  }

  show({ waiting }) {
    const bell = document.querySelector('.notice-bell');
    if (bell) bell.dataset.count = waiting.length;
    const names = waiting.map((row) => targetName(row.target));
    for (const button of this.#panel.querySelectorAll('[data-ask]')) {
      button.setAttribute('aria-pressed', names.includes(button.dataset.ask));
    }
    if (names.join(' ') === this.#shown) return;
    this.#shown = names.join(' ');
    this.#panel.querySelector('.notices-none').hidden = waiting.length > 0;
    this.#list.replaceChildren(...waiting.map((row) => this.#row(row)));
  }

  /** Says why something was not granted; null takes that back. */
  showError(text) {
    this.#error.hidden = text === null;
    this.#error.textContent = text ?? '';
    if (text !== null && !this.#panel.matches(':popover-open')) this.#panel.showPopover?.();
  }

  #row({ target, until_at: until }) {
    const row = document.getElementById('waiting-row').content.firstElementChild.cloneNode(true);
    const name = targetName(target);
    row.dataset.waiting = name;
    row.querySelector('.waiting-what').textContent = this.#describe(name);
    const time = new Date(until).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    row.querySelector('.waiting-until').textContent = this.#words.until.replace('{time}', time);
    const button = row.querySelector('button');
    button.setAttribute('aria-label', `${button.title}: ${this.#describe(name)}`);
    button.addEventListener('click', () => this.#toggle(name));
    return row;
  }

  #describe(name) {
    const [kind, number] = name.split(':');
    return this.#words.targets[kind].replace('{number}', number);
  }

  /** The floor that is on screen is the one that can be asked for. */
  #nameFloor() {
    const floor = document.querySelector('[data-floor]')?.dataset.floor;
    this.#floor.hidden = floor === undefined;
    if (floor === undefined) return;
    this.#floor.dataset.ask = `floor:${floor}`;
    this.#floor.textContent = this.#describe(`floor:${floor}`);
    this.#floor.setAttribute('aria-pressed', this.#shown.split(' ').includes(`floor:${floor}`));
  }
}
