// People who look at the map: `node viewers.mjs ORIGIN COUNT`. Tells its parent when all of them are looking.

import { connect } from 'node:net';

const [origin, count] = process.argv.slice(2);
const { hostname, port } = new URL(origin);
const REQUEST = `GET /events HTTP/1.1\r\nhost: ${hostname}:${port}\r\naccept: text/event-stream\r\n\r\n`;

let looking = 0;
for (let viewer = 0; viewer < Number(count); viewer += 1) {
  const socket = connect(Number(port), hostname, () => socket.write(REQUEST));
  socket.once('data', (first) => {
    if (!first.toString('latin1').startsWith('HTTP/1.1 200')) throw new Error(`a viewer is told ${first}`);
    looking += 1;
    if (looking === Number(count)) process.send('all are looking');
  });
  socket.resume();
}
process.once('disconnect', () => process.exit());
