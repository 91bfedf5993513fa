// Beside the page of screens: keeps what stands on it up to date while somebody looks. Forms are left alone.

const EVERY_MS = 3_000;
const ANSWER_MAX_MS = 5_000;
const list = document.querySelector('[data-refresh]');

async function refresh() {
  if (document.hidden || document.body.dataset.session === 'ended') return;
  try {
    const answer = await fetch(list.dataset.refresh, { cache: 'no-store', redirect: 'error', signal: AbortSignal.timeout(ANSWER_MAX_MS) });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.querySelector('[data-refresh]');
    // What has the focus stays where it is.
    if (fresh && fresh.innerHTML !== list.innerHTML && !list.contains(document.activeElement)) {
      list.replaceChildren(...fresh.childNodes);
    }
  } catch {
    // The page stays as it was; it says when each screen last spoke.
  }
}

async function follow() {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    await refresh();
  }
}

follow();
