// Screens on walls: let in by an operator's forms, as people do.

import { request } from 'node:http';
import { PASSWORD, createAccount } from './accounts.mjs';

/** An operator's way into a server: makes the account `op` and signs in, without a browser. */
export async function signInOperator(server) {
  await createAccount(server.dataDir, 'op', 'operator');
  const answer = await send(server, '/login', { name: 'op', password: PASSWORD });
  return new Operator(server, answer.headers['set-cookie'][0].split(';')[0]);
}

class Operator {
  #server;
  #cookie;

  constructor(server, cookie) {
    [this.#server, this.#cookie] = [server, cookie];
  }

  /** Lets a screen in, and returns its row and the path of its address. */
  async addScreen({ name = 'Mur', floors = [], dwellS = 20, variant = 'color' } = {}) {
    const fields = [['name', name], ['dwell_s', dwellS], ['variant', variant], ...floors.map((floor) => ['floors[]', floor])];
    const { headers } = await this.post('/admin/screens/create', fields);
    const page = await this.get(headers.location);
    const path = /value="[^"]*(\/kiosk\/[\w-]{43})"/.exec(page)?.[1];
    if (!path) throw new Error(`no address on the page: ${page}`);
    return { id: Number(/\d+$/.exec(headers.location)), path };
  }

  /** Changes what a screen shows. */
  change(id, { name = 'Mur', floors = [], dwellS = 20, variant = 'color' }) {
    const fields = [['name', name], ['dwell_s', dwellS], ['variant', variant], ...floors.map((floor) => ['floors[]', floor])];
    return this.post(`/admin/screens/${id}`, fields);
  }

  post(path, fields = []) {
    return send(this.#server, path, fields, { cookie: this.#cookie });
  }

  async get(path) {
    const answer = await fetch(this.#server.origin + path, { headers: { cookie: this.#cookie } });
    return answer.text();
  }
}

/** By node's own client: `fetch` would follow the way to the page, and lose what it is told once. */
function send({ httpPort }, path, fields, headers = {}) {
  const body = new URLSearchParams(fields).toString();
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        port: httpPort,
        host: '127.0.0.1',
        path,
        method: 'POST',
        headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded', ...headers },
      },
      (answer) => answer.resume().on('end', () => resolve({ status: answer.statusCode, headers: answer.headers })),
    );
    asked.on('error', reject).end(body);
  });
}

/** Waits until a screen follows the stream. */
export async function waitForScreen(page, withinMs = 15_000) {
  await page.waitForSelector('[data-link="live"]', { state: 'attached', timeout: withinMs });
}

/** What a screen shows of all booths, of its counts and lists, and whether its banner stands. */
export function lookAtScreen(page) {
  return page.evaluate(() => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    const isSeen = (element) => element !== null && getComputedStyle(element).display !== 'none';
    return {
      booths: Object.fromEntries(all('[data-booth]').map(({ dataset }) => [dataset.booth, dataset.status])),
      shown: Object.fromEntries(all('[data-booth]').map(({ dataset }) => [dataset.booth, dataset.shown])),
      rows: Object.fromEntries(all('[data-booth-row]').map(({ dataset }) => [dataset.boothRow, dataset.status])),
      counts: Object.fromEntries(all('[data-count]').map((count) => [count.dataset.count, count.textContent])),
      floor: all('.wall-floor').filter(isSeen).map(({ dataset }) => Number(dataset.floor)),
      isBannered: isSeen(document.querySelector('.wall-banner')) || isSeen(document.querySelector('.broken-page')),
      link: document.querySelector('[data-link]')?.dataset.link,
    };
  });
}
