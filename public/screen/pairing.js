// A screen that nobody knows yet: shows a code, and goes to its address when an operator has typed it.

const ASK_EVERY_MS = 2_000;
const AFTER_FAILURE_MS = 5_000;
const AFTER_REFUSAL_MS = 60_000;
const ANSWER_MAX_MS = 5_000;

const code = document.querySelector('.wall-code');
const notes = { busy: document.querySelector('.wall-code-busy'), away: document.querySelector('.wall-code-away') };

run();

async function run() {
  for (;;) {
    const begun = await post('/api/kiosk/pair', {});
    if (begun.ok) {
      const { code: letters, secret } = await begun.json();
      show(letters);
      await waitFor(secret);
      // It has grown too old: another.
    } else {
      say(begun.status === 429 ? 'busy' : 'away');
      await pause(begun.status === 429 ? AFTER_REFUSAL_MS : AFTER_FAILURE_MS);
    }
  }
}

/** Until the code is over; a server that is away may come back with it. */
async function waitFor(secret) {
  for (;;) {
    await pause(ASK_EVERY_MS);
    const asked = await post('/api/kiosk/paired', { secret });
    if (asked.status === 410) return;
    say(asked.ok ? null : 'away');
    const { path } = asked.ok ? await asked.json() : {};
    // Nothing of this page stays in the history.
    if (path) location.replace(path);
  }
}

/** In two groups: six letters in a row are miscounted. */
function show(letters) {
  say(null);
  code.replaceChildren(...[letters.slice(0, 3), letters.slice(3)].map((group) => {
    const span = document.createElement('span');
    span.textContent = group;
    return span;
  }));
  code.dataset.letters = letters;
}

function say(what) {
  for (const [name, note] of Object.entries(notes)) note.hidden = name !== what;
}

async function post(path, body) {
  try {
    return await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      cache: 'no-store',
      signal: AbortSignal.timeout(ANSWER_MAX_MS),
    });
  } catch {
    return { ok: false, status: 0 };
  }
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
