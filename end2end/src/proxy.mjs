// A way between browser and server that can swallow everything: nothing is closed, nothing comes through.

import { connect, createServer } from 'node:net';

/** Starts a proxy in front of a port of this machine. */
export async function startProxy(port) {
  const proxy = new Proxy(port);
  await proxy.listen();
  return proxy;
}

class Proxy {
  #port;
  #listener;
  #sockets = new Set();
  #isBlackHole = false;

  constructor(port) {
    this.#port = port;
  }

  get origin() {
    return `http://127.0.0.1:${this.#listener.address().port}`;
  }

  async listen() {
    this.#listener = createServer((client) => this.#join(client));
    await new Promise((resolve, reject) => this.#listener.once('error', reject).listen(0, '127.0.0.1', resolve));
  }

  /** From now on nothing comes through, not even the end of a connection. */
  swallow() {
    this.#isBlackHole = true;
    this.#sockets.forEach((socket) => socket.pause().unpipe());
  }

  /** New connections work again; those that were swallowed stay dead and silent. */
  restore() {
    this.#isBlackHole = false;
  }

  close() {
    this.#sockets.forEach((socket) => socket.destroy());
    this.#listener.close();
  }

  #join(client) {
    this.#keep(client);
    if (this.#isBlackHole) return;
    const server = connect(this.#port, '127.0.0.1');
    this.#keep(server);
    client.pipe(server).pipe(client);
    client.once('close', () => server.destroy());
    server.once('close', () => client.destroy());
  }

  #keep(socket) {
    this.#sockets.add(socket.setNoDelay(true));
    socket.on('error', () => {}).once('close', () => this.#sockets.delete(socket));
  }
}
