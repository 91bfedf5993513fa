// A board of 2016, from its side of the wire (v1 in the protocol's document): the server polls with `datas#`, the board
// answers two digits of booth and one of state for each of its channels, with nothing between or after.

import { connect } from 'node:net';
import { pause } from './eventually.mjs';

/** The old sketch babbles after this long without a request. */
const BABBLE_AFTER_MS = 1_000;
/** A board that has lost its server tries again after this long. */
const RECONNECT_AFTER_MS = 500;
/** Between the parts of a cut answer: well below the 50 ms of silence that end an answer. */
const CUT_PAUSE_MS = 8;

export class Board {
  #boardsPort;
  #socket = null;
  #samples;
  #cuts;
  #reconnects;
  #isMute = false;
  #received = '';
  #babble = null;
  #waiting = [];
  #sleep = null;

  /**
   * @param {number} boardsPort
   * @param {number[]} booths in the order of the channels
   * @param {{ cuts?: number[], reconnects?: boolean }} options `cuts`: bytes of an answer after which it is cut into
   *   segments; `reconnects`: comes back by itself when the connection ends, as a board does
   */
  constructor(boardsPort, booths, { cuts = [], reconnects = false } = {}) {
    this.#boardsPort = boardsPort;
    this.#samples = new Map(booths.map((booth) => [booth, { high: false, sent: 0 }]));
    this.#cuts = cuts;
    this.#reconnects = reconnects;
    /** Answers given since the board was made. */
    this.answers = 0;
    /** `performance.now()` of the last answer. */
    this.lastAnswerAt = null;
    /** Seconds of every sleep it was told. */
    this.sleeps = [];
  }

  /** Connects, and answers polls from then on. */
  async connect() {
    const socket = connect(this.#boardsPort, '127.0.0.1').setNoDelay(true).setEncoding('latin1');
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    // A server that closes or dies is no failure of the board.
    socket.on('error', () => {}).on('close', () => this.#end());
    socket.on('data', (text) => this.#receive(text));
    this.#socket = socket;
    this.#received = '';
    this.#expectRequest();
    return this;
  }

  /** What the sensor of a booth reads from the next poll on; counts samples anew. */
  set(booth, high) {
    this.#samples.set(booth, { high, sent: 0 });
  }

  /** Resolves with `performance.now()` when the `count`th sample since the last `set` goes out. */
  samplesSent(booth, count) {
    return new Promise((resolve) => this.#waiting.push({ booth, count, resolve }));
  }

  /** Stays connected and says nothing more, like a board whose radio is gone. */
  mute() {
    this.#isMute = true;
    clearTimeout(this.#babble);
  }

  /** Dies. */
  kill() {
    this.mute();
    clearTimeout(this.#sleep);
    this.#socket?.destroy();
  }

  #end() {
    clearTimeout(this.#babble);
    if (this.#reconnects && !this.#isMute) this.#comeBack();
  }

  #comeBack() {
    setTimeout(() => {
      if (!this.#isMute) this.connect().catch(() => this.#comeBack());
    }, RECONNECT_AFTER_MS);
  }

  #expectRequest() {
    clearTimeout(this.#babble);
    if (!this.#isMute) this.#babble = setTimeout(() => this.#answerStrange(''), BABBLE_AFTER_MS);
  }

  #receive(text) {
    this.#received += text;
    for (let end = this.#received.indexOf('#'); end >= 0; end = this.#received.indexOf('#')) {
      const request = this.#received.slice(0, end);
      this.#received = this.#received.slice(end + 1);
      if (!this.#isMute) this.#answer(request);
    }
  }

  #answer(request) {
    this.#expectRequest();
    if (request === 'datas') this.#answerReadings();
    else if (/^\d+$/.test(request)) this.#fallAsleep(Number(request));
    else this.#answerStrange(request);
  }

  #answerStrange(request) {
    this.#socket.write(`Etrange, j'ai recu : ${request}`);
    this.#expectRequest();
  }

  async #answerReadings() {
    const readings = [...this.#samples].map(([booth, { high }]) => `${String(booth).padStart(2, '0')}${high ? 1 : 0}`);
    const counted = [...this.#samples.values()];
    await this.#write(readings.join(''));
    this.answers += 1;
    this.lastAnswerAt = performance.now();
    // The very samples that were sent: `set` may have replaced them while the segments went out.
    counted.forEach((sample) => (sample.sent += 1));
    const isSent = ({ booth, count }) => this.#samples.get(booth).sent >= count;
    this.#waiting.filter(isSent).forEach(({ resolve }) => resolve(this.lastAnswerAt));
    this.#waiting = this.#waiting.filter((waiting) => !isSent(waiting));
  }

  async #write(answer) {
    let start = 0;
    for (const cut of [...this.#cuts, answer.length]) {
      if (start > 0) await pause(CUT_PAUSE_MS);
      if (this.#socket.destroyed) return;
      this.#socket.write(answer.slice(start, cut));
      start = cut;
    }
  }

  /** Deep sleep: the connection dies, and the board starts from nothing afterwards. */
  #fallAsleep(seconds) {
    this.sleeps.push(seconds);
    clearTimeout(this.#babble);
    this.#socket.end(`Je vais dormir pendant : ${seconds} secondes`);
    this.#sleep = setTimeout(() => this.connect().catch(() => {}), seconds * 1_000);
  }
}

/** Connects a board for each list of booths. */
export function connectBoards(boardsPort, ...lists) {
  return Promise.all(lists.map((booths) => new Board(boardsPort, booths).connect()));
}
