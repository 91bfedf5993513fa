// Beside a page of the administrator's side: says so when its session has ended, elsewhere or by itself. What was typed
// stays on the screen, and cannot be sent any more.

const RETRY_MS = 5_000;
const note = document.querySelector('.session-ended');

function follow() {
  const stream = new EventSource('/admin/session');
  stream.addEventListener('ended', () => {
    stream.close();
    end();
  });
  stream.addEventListener('error', async () => {
    // The browser tries again by itself, but for an answer that is no stream.
    if (stream.readyState !== EventSource.CLOSED) return;
    if (await isSignedOut()) end();
    else setTimeout(follow, RETRY_MS);
  });
  // Else the page would not come back from the browser's memory of pages.
  addEventListener('pagehide', () => stream.close(), { once: true });
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
  note.hidden = false;
  document.querySelector('main').inert = true;
  document.body.dataset.session = 'ended';
}

addEventListener('pageshow', (event) => {
  if (event.persisted) follow();
});
follow();
