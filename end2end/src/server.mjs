// The real server, in a folder of its own, on ports of its own.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.mjs';

export const BINARY = process.env.DISPOBOX_BIN ?? new URL('../../target/debug/dispobox', import.meta.url).pathname;
const START_MAX_MS = 30_000;
/** What the server promises, with streams open. */
const STOP_MAX_MS = 2_000;
const LOG_LINES_SHOWN = 30;
/** Below what the system gives to connections; browsers refuse 10080. */
const [PORT_MIN, PORT_MAX] = [11_000, 30_000];
const PORTS_TRIED_MAX = 50;

/**
 * Starts a server and waits until it is healthy.
 * @param {{ alwaysOpen?: boolean, args?: string[], prepare?: (dataDir: string) => Promise<void> }} options `prepare`: what
 *   has to be in the data folder before the first start
 */
export async function startServer({ alwaysOpen = true, args = [], prepare = async () => {} } = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'dispobox-'));
  const [httpPort, boardsPort] = await freePorts(2);
  const server = new Server({ dataDir, httpPort, boardsPort, alwaysOpen, args });
  try {
    await prepare(dataDir);
    await server.start();
  } catch (error) {
    await server.remove();
    throw error;
  }
  return server;
}

class Server {
  #child = null;
  #ended = null;
  #options;
  #output = '';

  constructor(options) {
    this.#options = options;
    this.dataDir = options.dataDir;
    this.httpPort = options.httpPort;
    this.boardsPort = options.boardsPort;
    this.origin = `http://127.0.0.1:${options.httpPort}`;
  }

  /** Starts, or starts again after a stop: same ports, same data. */
  async start() {
    const { dataDir, alwaysOpen, args } = this.#options;
    const flags = ['serve', '--http', `127.0.0.1:${this.httpPort}`, '--boards', `127.0.0.1:${this.boardsPort}`];
    flags.push('--v1-allow', '127.0.0.0/8', '--data-dir', dataDir, ...(alwaysOpen ? ['--always-open'] : []), ...args);
    const child = spawn(BINARY, flags, { env: withoutOwnVariables(process.env), stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    this.#ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal }));
      child.once('error', (error) => resolve({ error }));
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (this.#output += text));
    }
    running.add(child);
    this.#ended.then(() => running.delete(child));
    let over = null;
    this.#ended.then((end) => (over = end));
    await eventually(
      'GET /health answers 200',
      () => {
        if (over) throw new Error(`the server has ended: ${JSON.stringify(over)}\n${this.lastLogLines()}`);
        return isHealthy(this.origin);
      },
      { withinMs: START_MAX_MS },
    ).catch((error) => {
      throw new Error(`${error.message}\n${this.lastLogLines()}`);
    });
  }

  /** Sends the process any other signal: SIGSTOP freezes it, SIGCONT lets it go on. */
  signal(name) {
    this.#child.kill(name);
  }

  /** Everything it has written. */
  get log() {
    return this.#output;
  }

  lastLogLines() {
    return this.#output.trimEnd().split('\n').slice(-LOG_LINES_SHOWN).join('\n');
  }

  /** Sends SIGTERM; fails unless the server ends by itself, with success and in time. Returns how long it took. */
  async stop() {
    const child = this.#child;
    if (!child) return 0;
    this.#child = null;
    const askedAt = performance.now();
    child.kill('SIGTERM');
    // A frozen one would not hear it.
    child.kill('SIGCONT');
    // The deadline of a server that hangs; a healthy one is measured below.
    const killer = setTimeout(() => child.kill('SIGKILL'), STOP_MAX_MS * 3);
    const end = await this.#ended;
    clearTimeout(killer);
    const tookMs = performance.now() - askedAt;
    assert.deepEqual(end, { code: 0, signal: null }, `the server ends with success\n${this.lastLogLines()}`);
    assert.ok(tookMs <= STOP_MAX_MS, `SIGTERM to exit took ${Math.round(tookMs)} ms`);
    return tookMs;
  }

  /** Stops, and removes the data. */
  async remove() {
    try {
      await this.stop();
    } finally {
      await rm(this.#options.dataDir, { recursive: true, force: true });
    }
  }
}

// A test file that fails outside of its hooks leaves no server behind.
const running = new Set();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** The flags decide, not what the caller's shell happens to hold. */
function withoutOwnVariables(environment) {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('DISPOBOX_')));
}

async function isHealthy(origin) {
  try {
    const response = await fetch(`${origin}/health`, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}

/**
 * Ports that were free a moment ago; all are held at once, so that they differ. Not those that the system gives to
 * connections: a server that starts again needs its own ones.
 */
async function freePorts(count) {
  const listeners = await Promise.all(Array.from({ length: count }, listen));
  const ports = listeners.map((listener) => listener.address().port);
  await Promise.all(listeners.map((listener) => new Promise((resolve) => listener.close(resolve))));
  return ports;
}

async function listen() {
  for (let tries = 0; ; tries += 1) {
    const listener = createServer();
    try {
      listener.listen(randomInt(PORT_MIN, PORT_MAX), '127.0.0.1');
      await once(listener, 'listening');
      return listener;
    } catch (error) {
      if (error.code !== 'EADDRINUSE' || tries === PORTS_TRIED_MAX) throw error;
    }
  }
}
