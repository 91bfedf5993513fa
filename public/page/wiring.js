// Beside the page of the wiring: shows what each detector says, as it says it. Choosing and wiring are a form, which needs none of this.

const EVERY_MS = 400;
const RETRY_MS = 2_000;
const ANSWER_MAX_MS = 5_000;
const form = document.querySelector('form[data-wiring]');
const stale = document.querySelector('.wiring-stale');
const rows = new Map([...form.querySelectorAll('[data-channel]')].map((row) => [row.dataset.channel, row]));
const booths = new Map([...form.querySelectorAll('[data-wiring-booth]')].map((booth) => [booth.value, booth]));
const elsewhere = form.querySelector('.wiring-elsewhere');
let timer = null;

function show({ channels }) {
  const high = new Set();
  for (const { channel, booth, light, strip } of channels) {
    const row = rows.get(channel);
    if (row) {
      row.dataset.signal = light;
      row.querySelector('.signal-strip path').setAttribute('d', strip);
    }
    if (light === 'high' && booth !== null) high.add(String(booth));
  }
  for (const [number, booth] of booths) booth.toggleAttribute('data-high', high.has(number));
  stale.hidden = true;
}

/** Nothing looks live that is not. */
function grey() {
  stale.hidden = false;
  for (const row of rows.values()) row.dataset.signal = 'silent';
  for (const booth of booths.values()) booth.removeAttribute('data-high');
}

async function look() {
  clearTimeout(timer);
  if (document.hidden) return;
  let next = EVERY_MS;
  try {
    const options = { cache: 'no-store', redirect: 'error', signal: AbortSignal.timeout(ANSWER_MAX_MS) };
    // Those of other floors only when somebody looks at them.
    const which = elsewhere?.open ? '' : `?floor=${form.dataset.wiring}`;
    const answer = await fetch(`/admin/wiring/signals${which}`, options);
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    show(await answer.json());
  } catch {
    grey();
    next = RETRY_MS;
  }
  clearTimeout(timer);
  timer = setTimeout(look, next);
}

document.addEventListener('visibilitychange', look);
look();
