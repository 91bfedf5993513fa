// The stream of a brewing plant, for the page that shows it. Few look at a plant at one time, so unlike the map's stream it is
// not shared by the tabs of a browser; it is open only while its page is on screen.

import { Connection } from './connection.js';
import { broken, isBroken } from './heal.js';

const TICK_MS = 1_000;
/** The server has written it into the page, unless that was a page of the map. */
const STYLE = '/brewery.css';

let ending = null;

/**
 * Follows a plant; a second call replaces the first.
 * @param {string} url of its stream
 * @param {(kind: string, data: string) => void} receive gets `plant` and `hb`, and a `tick` every second and when the connection
 *   changes, with `open` or nothing
 */
export function followPlant(url, receive) {
  addStyle();
  unfollowPlant();
  ending = new AbortController();
  const { signal } = ending;
  const call = (kind, data) => {
    if (isBroken() || signal.aborted) return;
    try {
      receive(kind, data);
    } catch (error) {
      broken(error);
    }
  };
  const callTick = () => call('tick', connection.isOpen ? 'open' : '');
  const connection = new Connection(url, ['plant', 'hb'], ({ kind, data }) => call(kind, data), callTick);
  const isShown = () => document.visibilityState === 'visible';
  const look = () => (isShown() ? connection.open() : connection.close());
  const ticking = setInterval(() => {
    if (isShown()) connection.tick();
    callTick();
  }, TICK_MS);
  document.addEventListener('visibilitychange', look, { signal });
  // A page with an open stream cannot be put aside and taken out again.
  window.addEventListener('pagehide', () => connection.close(), { signal });
  window.addEventListener('pageshow', ({ persisted }) => persisted && look(), { signal });
  signal.addEventListener('abort', () => {
    clearInterval(ticking);
    connection.close();
  });
  look();
}

function addStyle() {
  if (document.querySelector(`link[href="${STYLE}"]`)) return;
  document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: STYLE }));
}

/** Ends it. */
export function unfollowPlant() {
  ending?.abort();
  ending = null;
}
