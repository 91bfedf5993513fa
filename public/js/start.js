// Starts the application. Its addresses stand on the element that loads this file.

import { broken, watchErrors } from './heal.js';
import { follow, isFollowed, unfollow } from './stream.js';

/** A page with a link to the server follows the stream by then. */
const FOLLOW_MAX_MS = 5_000;

const { js, wasm } = document.querySelector('script[data-wasm]').dataset;

// What the application calls.
globalThis.dispobox = { broken, follow, unfollow };
watchErrors();
try {
  const { default: load, hydrate } = await import(js);
  // Screens on walls look at how large it grows.
  ({ memory: globalThis.dispobox.memory } = await load({ module_or_path: wasm }));
  hydrate();
  setTimeout(() => {
    if (document.querySelector('[data-link]') && !isFollowed()) broken('It does not follow the stream.');
  }, FOLLOW_MAX_MS);
} catch (error) {
  broken(error);
}
