// What the screen says of itself, and what the server tells it alone: that it is to be brighter, to show its name, to be loaded anew,
// that it was taken away. The server answers when there is news, so this hears of it at once.

import { setClock } from './clock.js';
import { reloadFor } from './reload.js';
import { noteBuild } from './watchdog.js';

const PAUSE_MS = 1_000;
const AFTER_FAILURE_MS = 4_000;
/** The server answers within eight seconds. */
const ANSWER_MAX_MS = 15_000;
/** A page that is older is loaded anew when the screen goes to rest. */
const OLD_MS = 12 * 3_600_000;
/** In the session storage: since when this browser has been a screen. */
const SINCE = 'dispobox.screen.since';

const root = document.documentElement;
const token = location.pathname.split('/').at(-1);
const name = document.querySelector('.wall-identify');
const since = readSince();
let knows = '';
let hiding = null;

/**
 * Speaks to the server for as long as the page lives.
 * @param {() => object} describe what is on the screen: `{ floor, booths, is_live }`
 */
export async function follow(describe) {
  for (;;) {
    const isHeard = await speak(describe());
    await new Promise((resolve) => setTimeout(resolve, isHeard ? PAUSE_MS : AFTER_FAILURE_MS));
  }
}

async function speak(shown) {
  const points = (length) => Math.min(65_535, Math.round(length * devicePixelRatio));
  const uptimeS = Math.max(0, Math.floor((Date.now() - since) / 1_000));
  const report = { build: root.dataset.build, width: points(innerWidth), height: points(innerHeight), uptime_s: uptimeS, ...shown };
  try {
    const answer = await fetch('/api/kiosk/heartbeat', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, knows, report }),
      cache: 'no-store',
      signal: AbortSignal.timeout(ANSWER_MAX_MS),
    });
    if (answer.status === 403) reloadFor('taken away');
    if (!answer.ok) return false;
    obey(await answer.json());
    return true;
  } catch {
    // The stream says whether the server is there.
    return false;
  }
}

function obey({ stamp, page, build, light, name: called, identify_ms: identifyMs, now }) {
  knows = stamp;
  setClock(now);
  noteBuild(build);
  if (page !== root.dataset.page) reloadFor(`page ${page}`);
  if (light !== root.dataset.light) setLight(light);
  if (identifyMs > 0) identify(called, identifyMs);
}

function setLight(light) {
  root.dataset.light = light;
  if (light === 'rest' && performance.now() > OLD_MS) reloadFor('night');
}

function identify(called, ms) {
  name.textContent = called;
  name.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => (name.hidden = true), ms);
}

function readSince() {
  try {
    const kept = Number(sessionStorage.getItem(SINCE));
    const at = kept > 0 && kept <= Date.now() ? kept : Date.now();
    sessionStorage.setItem(SINCE, String(at));
    return at;
  } catch {
    return Date.now();
  }
}
