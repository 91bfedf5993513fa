// Fingers on a touch screen, as the browser itself feels them: what it scrolls or zooms on its own, it does here too.

/** Fingers on the page; at most one gesture at a time. */
export async function fingersOn(page) {
  return new Fingers(await page.context().newCDPSession(page));
}

class Fingers {
  #session;
  #down = new Map();

  constructor(session) {
    this.#session = session;
  }

  async down(id, x, y) {
    this.#down.set(id, { id, x, y });
    await this.#send('touchStart');
  }

  /** Moves fingers, given as `[id, x, y]`, together and in steps. */
  async move(targets, steps = 8) {
    const starts = targets.map(([id]) => ({ ...this.#down.get(id) }));
    for (let step = 1; step <= steps; step += 1) {
      targets.forEach(([id, x, y], index) => {
        const start = starts[index];
        const part = step / steps;
        this.#down.set(id, { id, x: start.x + (x - start.x) * part, y: start.y + (y - start.y) * part });
      });
      await this.#send('touchMove');
    }
  }

  async up(...ids) {
    // Here the browser wants to be told of the fingers that leave, not of those that stay.
    const lifted = ids.map((id) => this.#down.get(id));
    ids.forEach((id) => this.#down.delete(id));
    await this.#send('touchEnd', lifted);
  }

  async tap(x, y) {
    await this.down(0, x, y);
    await this.up(0);
  }

  #send(type, touchPoints = [...this.#down.values()]) {
    return this.#session.send('Input.dispatchTouchEvent', { type, touchPoints });
  }
}
