// What keeps a page from being dead: when the application breaks, the page is loaded anew, at most three times in ten
// minutes. After that, and while the server does not answer, it says so, and nothing on it looks live.
//
// The page is not loaded anew before the server has answered: the browser's own error page would never come back.

const RELOADS_MAX = 3;
const WITHIN_MS = 10 * 60_000;
const ANSWER_MAX_MS = 3_000;
const ASK_AGAIN_MS = 2_000;
/** In the session storage: when the page was loaded anew, as UTC milliseconds. */
const KEY = 'dispobox.reloads';

let hasBroken = false;

/** Whether the application is not to be called any more. */
export const isBroken = () => hasBroken;

/** The application has broken: begins to heal the page. */
export function broken(reason) {
  if (hasBroken) return;
  hasBroken = true;
  console.error('The page has broken.', reason);
  heal();
}

/** Finds out by itself when the wasm traps outside of calls that are watched anyway. */
export function watchErrors() {
  addEventListener('error', ({ error }) => isTrap(error) && broken(error));
  addEventListener('unhandledrejection', ({ reason }) => isTrap(reason) && broken(reason));
}

/** An endless recursion is a RangeError, like much that does not matter. */
function isTrap(error) {
  return error instanceof WebAssembly.RuntimeError || (error instanceof RangeError && /wasm/.test(error.stack));
}

async function heal() {
  const now = Date.now();
  const reloads = recentReloads(now);
  if (reloads === null || reloads.length >= RELOADS_MAX) {
    show('given-up');
    if (reloads) setTimeout(heal, reloads[0] + WITHIN_MS - now);
  } else if (await serverAnswers()) {
    if (remember([...reloads, now])) location.reload();
    else show('given-up');
  } else {
    show('waiting');
    setTimeout(heal, ASK_AGAIN_MS);
  }
}

/** Null where the browser keeps nothing, so that nothing can be counted. */
function recentReloads(now) {
  try {
    const times = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
    return times.filter((at) => at <= now && now - at < WITHIN_MS);
  } catch {
    return null;
  }
}

function remember(reloads) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(reloads));
    return true;
  } catch {
    return false;
  }
}

async function serverAnswers() {
  try {
    const answer = await fetch('/health', { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_MAX_MS) });
    return answer.ok;
  } catch {
    return false;
  }
}

/** @param {'waiting' | 'given-up'} state */
function show(state) {
  const isFirst = document.documentElement.dataset.broken === undefined;
  document.documentElement.dataset.broken = state;
  document.querySelectorAll('[data-status]').forEach((element) => (element.dataset.status = 'unknown'));
  document.querySelectorAll('[data-link]').forEach((element) => (element.dataset.link = 'down'));
  // It ends with the status; without it, number and name are read.
  document.querySelectorAll('[data-booth]').forEach((shape) => shape.removeAttribute('aria-label'));
  if (isFirst) document.body.prepend(document.getElementById('broken-page').content.cloneNode(true));
}
