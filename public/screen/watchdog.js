// Watches over the application from outside of it. A screen that has heard nothing says so, whatever the application believes; and
// when the application does not say so by itself, it has broken.

import { lastNews } from './words.js';
import { setClock, timeOf } from './clock.js';
import { reloadFor } from './reload.js';

/** A second before the promised 25 s. */
const SILENT_MS = 24_000;
/** By then the application has noticed too, if it is alive. */
const DEAD_AFTER_TICKS = 10;
/** More memory than this is a leak; a page of this kind needs a tenth of it. */
const MEMORY_MAX_BYTES = 400 * 1024 * 1024;
/** A new build is loaded by all screens within so long. */
const BUILD_WITHIN_MS = 15_000;

const root = document.documentElement;
const link = document.querySelector('[data-link]');
const note = document.querySelector('.wall-last-news');

/** By both clocks: the steady one may stand still while the machine sleeps, the other may be set. */
let heard = { steady: performance.now(), wall: Date.now() };
let silentTicks = 0;

export function watch() {
  // The application passes on each sign of life that it has understood (app/src/live/stream.rs).
  addEventListener('dispobox:hb', ({ detail }) => hear(JSON.parse(detail)));
}

/** To be called every second. */
export function tickWatchdog() {
  const silentMs = Math.max(performance.now() - heard.steady, Date.now() - heard.wall);
  const isSilent = silentMs >= SILENT_MS;
  if (isSilent !== (root.dataset.silent !== undefined)) show(isSilent);
  silentTicks = isSilent && link?.dataset.link !== 'down' ? silentTicks + 1 : 0;
  if (silentTicks === DEAD_AFTER_TICKS) giveUpApplication();
  if (memoryBytes() > MEMORY_MAX_BYTES) reloadFor('memory');
}

function hear({ now, build }) {
  heard = { steady: performance.now(), wall: Date.now() };
  setClock(now);
  if (root.dataset.silent !== undefined) show(false);
  noteBuild(build);
}

/** The server has another build than this page. */
export function noteBuild(build) {
  if (build !== root.dataset.build) reloadFor(`build ${build}`, BUILD_WITHIN_MS);
}

function show(isSilent) {
  if (isSilent) {
    note.textContent = lastNews(timeOf(heard.wall));
    root.dataset.silent = '';
  } else {
    delete root.dataset.silent;
  }
}

/** It has not noticed the silence, so it notices nothing: healed as after a panic. If it was never there, the page is loaded anew. */
function giveUpApplication() {
  const { broken } = globalThis.dispobox ?? {};
  if (broken) broken('The application does not notice the silence.');
  else reloadFor('no application');
}

function memoryBytes() {
  const heap = performance.memory?.usedJSHeapSize ?? 0;
  return heap + (globalThis.dispobox?.memory?.buffer.byteLength ?? 0);
}
