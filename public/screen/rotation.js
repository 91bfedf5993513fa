// Which floor is on the screen.

/**
 * The position of the floor whose turn it is; pure.
 * @param {number} count of floors
 * @param {number} dwellMs on each
 * @param {number} passedMs since the first
 */
export function turnAt(count, dwellMs, passedMs) {
  return count > 1 ? Math.floor(Math.max(0, passedMs) / dwellMs) % count : 0;
}

/** Shows one floor after the other. Without a second floor nothing ever moves. */
export class Rotation {
  #floors;
  #dwellMs;
  #since;
  #turn = 0;

  /** @param {{ floor: number, section: Element, tab: Element }[]} floors */
  constructor(floors, dwellMs, now) {
    [this.#floors, this.#dwellMs, this.#since] = [floors, dwellMs, now];
    this.#show(0);
  }

  /** The floor on the screen. */
  get floor() {
    return this.#floors[this.#turn].floor;
  }

  tick(now) {
    // The clock that this goes by may stand still while the machine sleeps, which is no harm.
    const turn = turnAt(this.#floors.length, this.#dwellMs, now - this.#since);
    if (turn !== this.#turn) this.#show(turn);
  }

  #show(turn) {
    this.#turn = turn;
    this.#floors.forEach(({ section, tab }, at) => {
      section.hidden = at !== turn;
      tab.toggleAttribute('data-now', at === turn);
    });
  }
}
