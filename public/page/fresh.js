// Beside a page whose content grows old: looks for the page as it is now, every few seconds and only while somebody
// looks at it, and puts in the parts that say so by `data-fresh`. Where somebody is about to use a part, it stays as it is.

const EVERY_MS = 5_000;
let timer = null;

async function refresh() {
  try {
    const answer = await fetch(location.href, { headers: { 'x-refresh': '1' }, redirect: 'manual', cache: 'no-store' });
    if (answer.ok) replace(new DOMParser().parseFromString(await answer.text(), 'text/html'));
  } catch {
    // The server is away for now; the page says when each board was heard.
  }
  follow();
}

function replace(page) {
  for (const part of document.querySelectorAll('[data-fresh]')) {
    const fresh = page.querySelector(`[data-fresh="${part.dataset.fresh}"]`);
    if (!fresh || fresh.innerHTML === part.innerHTML) continue;
    const focused = part.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
    if (part.contains(document.activeElement) && !focused) continue;
    part.replaceChildren(...document.importNode(fresh, true).childNodes);
    if (focused) part.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
}

function follow() {
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(refresh, EVERY_MS);
}

document.addEventListener('visibilitychange', () => (document.hidden ? clearTimeout(timer) : refresh()));
follow();
