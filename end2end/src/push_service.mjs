// A push service, and the browser behind it: takes what the server sends, checks its signature (RFC 8292) and decrypts it
// (RFC 8291), by Node's own cryptography.

import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { createServer } from 'node:http';
import { eventually } from './eventually.mjs';

/** Starts one. `statuses`: what it answers to the first requests; 201 afterwards. */
export async function startPushService({ statuses = [] } = {}) {
  const service = new PushService(statuses);
  await service.listen();
  return service;
}

class PushService {
  #server = createServer((request, response) => this.#take(request, response));
  #key = createECDH('prime256v1');
  #auth = randomBytes(16);
  #statuses;
  /** Every request: `{ headers, body, at }`. */
  requests = [];

  constructor(statuses) {
    this.#key.generateKeys();
    this.#statuses = [...statuses];
  }

  async listen() {
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.origin = `http://127.0.0.1:${this.#server.address().port}`;
  }

  /** What a browser would tell its page. */
  get subscription() {
    const keys = { p256dh: this.#key.getPublicKey('base64url'), auth: this.#auth.toString('base64url') };
    return { endpoint: `${this.origin}/push/abc?x=1`, expirationTime: null, keys };
  }

  async arrivals(count, withinMs) {
    await eventually(`${count} pushed messages`, () => this.requests.length >= count, { withinMs });
    return this.requests;
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** The message, as the browser would decrypt it; throws when it is not for this browser. */
  decrypt(body) {
    const [salt, recordSize, idLength] = [body.subarray(0, 16), body.readUInt32BE(16), body[20]];
    const sender = body.subarray(21, 21 + idLength);
    const sealed = body.subarray(21 + idLength);
    if (sealed.length > recordSize) throw new Error('more than one record');
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.#key.getPublicKey(), sender]);
    const secret = hkdfSync('sha256', this.#key.computeSecret(sender), this.#auth, info, 32);
    const key = hkdfSync('sha256', Buffer.from(secret), salt, 'Content-Encoding: aes128gcm\0', 16);
    const nonce = hkdfSync('sha256', Buffer.from(secret), salt, 'Content-Encoding: nonce\0', 12);
    const decipher = createDecipheriv('aes-128-gcm', Buffer.from(key), Buffer.from(nonce));
    decipher.setAuthTag(sealed.subarray(-16));
    const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    if (plain.at(-1) !== 2) throw new Error('not the last record');
    return JSON.parse(plain.subarray(0, -1).toString());
  }

  #take(request, response) {
    const parts = [];
    request.on('data', (part) => parts.push(part)).on('end', () => {
      this.requests.push({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(parts), at: performance.now() });
      const [status, headers = {}] = [this.#statuses.shift() ?? 201].flat();
      response.writeHead(status, headers).end();
    });
  }
}

/** The claims of a VAPID header; throws when its signature is not that of `key`. */
export function verifyVapid(authorization, key) {
  const [, token, shown] = /^vapid t=([^,]+), k=(.+)$/.exec(authorization);
  if (shown !== key) throw new Error('signed with another key');
  const [header, claims, signature] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
  const publicKey = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' };
  if (!verify('sha256', Buffer.from(`${header}.${claims}`), publicKey, Buffer.from(signature, 'base64url'))) {
    throw new Error('the signature is wrong');
  }
  return JSON.parse(Buffer.from(claims, 'base64url'));
}
