// Beside a page of the administrator's side: says so when its session has ended, elsewhere or by itself. What was typed
// stays on the screen, and cannot be sent any more.

const RETRY_MS = 5_000;
const note = document.querySelector('.session-ended');
let stream = null;

/** Only while somebody looks: over HTTP/1.1 a browser has six connections to a server, for all its tabs. */
function follow() {
  stream?.close();
  stream = null;
  // A page with nothing but a message has no place to say so.
  if (document.hidden || !note || !note.hidden) return;
  stream = new EventSource('/admin/session');
  stream.addEventListener('ended', end);
  stream.addEventListener('error', async () => {
    // The browser tries again by itself, but for an answer that is no stream.
    if (stream?.readyState !== EventSource.CLOSED) return;
    if (await isSignedOut()) end();
    else setTimeout(follow, RETRY_MS);
  });
}

/** Without a session the server leads to its form. */
async function isSignedOut() {
  try {
    return (await fetch('/account', { redirect: 'manual', cache: 'no-store' })).type === 'opaqueredirect';
  } catch {
    return false;
  }
}

function end() {
  stream?.close();
  note.hidden = false;
  document.querySelector('main').inert = true;
  document.body.dataset.session = 'ended';
}

document.addEventListener('visibilitychange', follow);
// Else the browser does not keep the page for "back".
addEventListener('pagehide', () => stream?.close());
addEventListener('pageshow', (event) => event.persisted && follow());
follow();
