// The newest events of the stream, for tabs that join later.

const LENGTH_MAX = 256;

export class Ring {
  #events = [];
  #run = null;
  #seq = 0;
  #sign = null;

  /** Names the run of the server that counts; none before the first snapshot. */
  get run() {
    return this.#run;
  }

  /** Keeps an event. A snapshot makes everything before it needless. */
  note(event) {
    if (event.kind === 'hb') {
      this.#sign = event;
      return;
    }
    if (event.kind === 'snapshot') [this.#events, this.#run] = [[], JSON.parse(event.data).run];
    this.#events.push(event);
    if (this.#events.length > LENGTH_MAX) this.#events.shift();
    this.#seq = event.seq;
  }

  /** What a tab lacks that has everything up to `seq` of `run`; null when that is not known any more. */
  since(run, seq) {
    if (this.#run === null) return null;
    const [first] = this.#events;
    const hasAll = first.kind === 'snapshot';
    if (run !== this.#run) return hasAll ? this.#withSign(this.#events) : null;
    if (seq >= this.#seq) return this.#withSign([]);
    if (seq + 1 < first.seq && !hasAll) return null;
    return this.#withSign(seq < first.seq ? this.#events : this.#events.filter((event) => event.seq > seq));
  }

  #withSign(events) {
    return this.#sign ? [...events, this.#sign] : [...events];
  }
}
