// Starts the application. Its addresses stand on the element that loads this file.

import { broken, watchErrors } from './heal.js';
import { follow, isFollowed, unfollow } from './stream.js';

/** A page with a link to the server follows the stream by then. */
const FOLLOW_MAX_MS = 5_000;
/** A browser may draw nothing though the page counts as visible. */
const PAINT_MAX_MS = 500;

const { js, wasm } = document.querySelector('script[data-wasm]').dataset;

// Comes when the brewing plant is looked at.
let plantsAsked = 0;
const withPlant = (use) => {
  const asked = (plantsAsked += 1);
  // What was asked for before it has come, and taken back, does not happen.
  import('./plant.js').then((module) => asked === plantsAsked && use(module), broken);
};
const followPlant = (url, receive) => withPlant((module) => module.followPlant(url, receive));
const unfollowPlant = () => withPlant((module) => module.unfollowPlant());

// What the application calls.
globalThis.dispobox = { broken, follow, followPlant, unfollow, unfollowPlant };
watchErrors();
try {
  const { default: load, hydrate } = await import(js);
  // Screens on walls look at how large it grows.
  ({ memory: globalThis.dispobox.memory } = await load({ module_or_path: wasm }));
  await firstPaint();
  hydrate();
  setTimeout(() => {
    if (document.querySelector('[data-link]') && !isFollowed()) broken('It does not follow the stream.');
  }, FOLLOW_MAX_MS);
} catch (error) {
  broken(error);
}

/** What the server has written is seen before the page's thread is busy with it. */
function firstPaint() {
  return new Promise((resolve) => {
    if (document.hidden) return resolve();
    setTimeout(resolve, PAINT_MAX_MS);
    // A frame's callbacks run before it is drawn, a task behind them after it.
    return requestAnimationFrame(() => setTimeout(resolve));
  });
}
