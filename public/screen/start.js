// A screen on a wall, around the maps. Outside of the application, which keeps the booths true and nothing else, so that this goes on
// when the application breaks.

import { drawClock } from './clock.js';
import { MONO_EVERY_MS, floorNumbers, followPicture, isKnown, shownBooths } from './picture.js';
import { follow } from './presence.js';
import { Rotation } from './rotation.js';
import { shift, stayAwake } from './shelter.js';
import { tickWatchdog, watch } from './watchdog.js';

const TICK_MS = 1_000;

const root = document.documentElement;
const isLive = () => document.querySelector('[data-link]')?.dataset.link === 'live';
const floors = floorNumbers.map((floor) => ({
  floor,
  section: document.querySelector(`.wall-floor[data-floor="${floor}"]`),
  tab: document.querySelector(`[data-tab="${floor}"]`),
}));

if (floors.length > 0) {
  const wantedMs = Number(root.dataset.dwell) * 1_000;
  const dwellMs = root.dataset.variant === 'mono' ? Math.max(wantedMs, MONO_EVERY_MS) : wantedMs;
  root.style.setProperty('--dwell', `${dwellMs}ms`);
  const rotation = new Rotation(floors, dwellMs, performance.now());
  const tick = () => {
    rotation.tick(performance.now());
    tickWatchdog();
    drawClock();
    shift(Date.now());
    stayAwake();
  };
  watch();
  followPicture();
  tick();
  setInterval(tick, TICK_MS);
  // What was asleep finds out at once how things are.
  document.addEventListener('visibilitychange', tick);
  addEventListener('pageshow', tick);
  addEventListener('online', tick);
  follow(() => {
    const isSeen = root.dataset.light !== 'rest' && isKnown();
    const { floor } = rotation;
    return { floor: isSeen ? floor : null, booths: isSeen ? shownBooths(floor) : [], is_live: isLive() };
  });
} else {
  // Arranged otherwise, it shows something.
  follow(() => ({ floor: null, booths: [], is_live: isLive() }));
}
