// Loading the screen anew on purpose: for another build, another arrangement. Never before the server has said that it is well, or
// the browser's own error page would stay; and for one reason once in a while, so that nothing goes round in circles.

const ASK_AGAIN_MS = 5_000;
const ANSWER_MAX_MS = 3_000;
const SAME_REASON_MS = 5 * 60_000;
/** In the session storage: why the page was loaded anew last, and when. */
const KEY = 'dispobox.screen.reloaded';

let wanted = null;

/**
 * Loads the page anew as soon as the server is well.
 * @param {string} reason of which there is one at a time
 * @param {number} withinMs screens that hear of it at one time come back one after the other
 */
export function reloadFor(reason, withinMs = 0) {
  if (wanted === reason || wasLately(reason)) return;
  const isUnderWay = wanted !== null;
  wanted = reason;
  if (!isUnderWay) setTimeout(reloadOnceWell, Math.random() * withinMs);
}

/** Whether the server answers and is well. */
export async function isServerWell() {
  try {
    const answer = await fetch('/health', { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_MAX_MS) });
    return answer.ok;
  } catch {
    return false;
  }
}

async function reloadOnceWell() {
  if (!(await isServerWell())) {
    setTimeout(reloadOnceWell, ASK_AGAIN_MS);
    return;
  }
  remember(wanted);
  location.reload();
}

function wasLately(reason) {
  try {
    const last = JSON.parse(sessionStorage.getItem(KEY) ?? '{}');
    return last.reason === reason && Math.abs(Date.now() - last.at) < SAME_REASON_MS;
  } catch {
    // A browser that keeps nothing could go round in circles.
    return true;
  }
}

function remember(reason) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ reason, at: Date.now() }));
  } catch {
    // Asked before.
  }
}
