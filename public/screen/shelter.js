// What keeps the screen from wearing out, and from going out.

/** Points to each side. */
const SHIFT_MAX = 4;
const SIDE = 2 * SHIFT_MAX + 1;
/** Places of the clock on a screen that rests, to each side. */
const REST_SIDE = 7;

/** How many points the picture stands aside in a minute; pure. One step at a time, over a square and back, so nobody sees it. */
export function shiftAt(minute) {
  const [x, y] = stepOver(SIDE, minute);
  return { x: x - SHIFT_MAX, y: y - SHIFT_MAX };
}

/** Where the clock of a screen that rests stands in a minute, in percent of the room that it has; pure. */
export function restPlaceAt(minute) {
  // Far from where it stood the minute before.
  const [x, y] = stepOver(REST_SIDE, minute * 10);
  return { x: (x * 100) / (REST_SIDE - 1), y: (y * 100) / (REST_SIDE - 1) };
}

/** Goes over a square as one mows a lawn, and back. */
function stepOver(side, step) {
  const cells = side * side;
  const at = ((step % (2 * cells)) + 2 * cells) % (2 * cells);
  const cell = at < cells ? at : 2 * cells - 1 - at;
  const row = Math.floor(cell / side);
  const column = cell % side;
  return [row % 2 === 0 ? column : side - 1 - column, row];
}

let shiftedFor = null;

/** Moves the picture once a minute. By the style's own interface, which the content security policy allows. */
export function shift(now) {
  const minute = Math.floor(now / 60_000);
  if (minute === shiftedFor) return;
  shiftedFor = minute;
  const { style } = document.documentElement;
  const [picture, rest] = [shiftAt(minute), restPlaceAt(minute)];
  style.setProperty('--shift-x', `${picture.x}px`);
  style.setProperty('--shift-y', `${picture.y}px`);
  style.setProperty('--rest-x', `${rest.x}%`);
  style.setProperty('--rest-y', `${rest.y}%`);
}

let lock = null;

/** Keeps the machine from darkening the screen, where the browser can; it takes the lock back whenever the page is out of sight. */
export async function stayAwake() {
  if (lock || document.visibilityState !== 'visible' || !navigator.wakeLock) return;
  try {
    lock = await navigator.wakeLock.request('screen');
    lock.addEventListener('release', () => (lock = null), { once: true });
  } catch {
    // Its battery is low, or the page was just hidden: asked again in a while.
    lock = null;
  }
}
