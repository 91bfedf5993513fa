// A board with a key, from its side of the wire (v2 in the protocol's document). It says what its detectors see at once, and
// believes whatever the server says: what is tried with it is not the board.

import { execFileSync } from 'node:child_process';
import { createHmac, createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { BINARY } from './server.mjs';

/** A window full of high samples: 30 s at two a second. */
const HIGH_SAMPLES = 60;
/** Long enough awake for the server to believe that a booth is free. */
const UP_S = 3_600;

const hmac = (key, text) => createHmac('sha256', key).update(text).digest();
const mac = (key, text) => hmac(key, text).subarray(0, 16).toString('hex');

/** The key of a board, as an administrator reads it. */
export function issueKey(dataDir, id) {
  const text = execFileSync(BINARY, ['keys', 'issue', id, '--data-dir', dataDir, '--log', 'error'], { encoding: 'utf8', stdio: 'pipe' });
  return Buffer.from(/[0-9a-f]{64}/.exec(text)[0], 'hex');
}

export class KeyBoard {
  #socket;
  #id;
  #key;
  #keyOfSession;
  #booths;
  #high;
  #seq = 0;
  #event = 0;
  #received = '';
  #expected = null;

  /** @param {number[]} booths in the order of the channels that watch them */
  constructor(id, key, booths) {
    this.#id = id;
    this.#key = key;
    this.#booths = booths;
    this.#high = booths.map(() => false);
  }

  /** Connects, proves itself, and says that nobody is anywhere. */
  async connect(port) {
    this.#socket = connect(port, '127.0.0.1').setNoDelay(true).setEncoding('latin1');
    await once(this.#socket, 'connect');
    this.#socket.on('error', () => {}).on('data', (text) => this.#receive(text));
    const nonce = randomBytes(16).toString('hex');
    const hello = `DB2 HELLO id=${this.#id} kv=1 bn=${nonce} boot=1 n=${this.#booths.length} fw=bench rst=poweron`;
    const challenge = await this.#ask(hello, 'DB2 CHAL');
    const transcript = createHash('sha256').update(`${hello}\n${challenge}\n`).digest();
    const session = hmac(this.#key, Buffer.concat([Buffer.from('DB2 session\0'), transcript]));
    this.#keyOfSession = hmac(session, 'c2s');
    await this.#ask(`DB2 AUTH mac=${mac(this.#keyOfSession, 'AUTH')}`, 'DB2 OK');
    this.#tell();
    return this;
  }

  /** What the detector of a booth sees from now on, which is told at once; `performance.now()` of the telling. */
  set(booth, high) {
    this.#high[this.#booths.indexOf(booth)] = high;
    return this.#tell();
  }

  kill() {
    this.#socket?.destroy();
  }

  #tell() {
    this.#seq += 1;
    this.#event += 1;
    const bits = this.#high.map(Number).join('');
    const counts = this.#high.map((high) => (high ? HIGH_SAMPLES : 0)).join(',');
    const line = `DB2 D ${this.#seq} ev=1.${this.#event} age=0 s=${bits} m=${counts} bat=3900 rssi=-60 up=${UP_S}`;
    const at = performance.now();
    this.#socket.write(`${line} mac=${mac(this.#keyOfSession, line)}\n`);
    return at;
  }

  #ask(line, beginning) {
    return new Promise((resolve, reject) => {
      this.#expected = { beginning, resolve, reject };
      this.#socket.write(`${line}\n`);
    });
  }

  #receive(text) {
    this.#received += text;
    const lines = this.#received.split('\n');
    this.#received = lines.pop();
    for (const line of lines) {
      if (!this.#expected) continue;
      const { beginning, resolve, reject } = this.#expected;
      this.#expected = null;
      if (line.startsWith(beginning)) resolve(line);
      else reject(new Error(`${this.#id} waits for ${beginning}, the server says ${line}`));
    }
  }
}
