// What stands around the maps, read off the booths that the application keeps true: counts, which are free, and, on electronic
// paper, when a booth is drawn anew. Elements are looked up once and never made or removed.

import { freeCount, unknownCount } from './words.js';

/** Many changes at once are drawn once. */
const GATHER_MS = 60;
/** Electronic paper flickers as it is drawn anew. */
export const MONO_EVERY_MS = 30_000;

const root = document.documentElement;
const isMono = root.dataset.variant === 'mono';
const link = document.querySelector('[data-link]');

const floors = [...document.querySelectorAll('.wall-floor')].map((section) => {
  const number = Number(section.dataset.floor);
  return {
    number,
    section,
    count: document.querySelector(`[data-count="${number}"]`),
    booths: [...section.querySelectorAll('[data-booth]')].map((shape) => ({
      number: Number(shape.dataset.booth),
      shape,
      row: section.querySelector(`[data-booth-row="${shape.dataset.booth}"]`),
    })),
  };
});

let timer = null;
let drawnAt = -Infinity;
let wasKnown = null;

/** The floors of this screen, in their order. */
export const floorNumbers = floors.map(({ number }) => number);

/** Whether anything may be said of any booth. */
export const isKnown = () => link?.dataset.link !== 'down' && root.dataset.silent === undefined && root.dataset.broken === undefined;

/** What is painted of a floor's booths. */
export function shownBooths(floor) {
  const shown = floors.find(({ number }) => number === floor)?.booths ?? [];
  return shown.map(({ number, row }) => ({ number, status: row.dataset.status }));
}

/** Draws what has changed, now or as soon as may be. */
export function redraw() {
  timer ??= setTimeout(draw, Math.max(GATHER_MS, isMono ? monoWaitMs() : 0));
}

/** From now on, follows the maps. */
export function followPicture() {
  const observer = new MutationObserver(redraw);
  for (const { section } of floors) {
    const options = { attributes: true, attributeFilter: ['data-status'], subtree: true };
    observer.observe(section.querySelector('.booths'), options);
  }
  // What is not known any more is not waited for, on paper neither.
  const urgent = new MutationObserver(() => {
    if (isKnown() !== wasKnown) draw();
  });
  if (link) urgent.observe(link, { attributes: true, attributeFilter: ['data-link'] });
  urgent.observe(root, { attributes: true, attributeFilter: ['data-silent', 'data-broken'] });
  draw();
}

const monoWaitMs = () => drawnAt + MONO_EVERY_MS - performance.now();

function draw() {
  clearTimeout(timer);
  [timer, drawnAt, wasKnown] = [null, performance.now(), isKnown()];
  floors.forEach(drawFloor);
}

function drawFloor({ section, count, booths }) {
  let [free, known] = [0, 0];
  for (const { shape, row } of booths) {
    const status = wasKnown ? shape.dataset.status : 'unknown';
    free += status === 'free';
    known += status === 'free' || status === 'occupied';
    if (row.dataset.status !== status) row.dataset.status = status;
    if (isMono && shape.dataset.shown !== status) shape.dataset.shown = status;
  }
  const text = known === 0 ? unknownCount : freeCount(free);
  if (count.textContent !== text) count.textContent = text;
  const news = known === 0 ? 'unknown' : free === 0 ? 'none' : 'some';
  if (section.dataset.free !== news) section.dataset.free = news;
}
