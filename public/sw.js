// The service worker: keeps the files of the build and the floors that were looked at, and shows pushed notices.
//
// The server puts `SITE` before this text: what the build is called, its files, the words of notices. So a new build is a
// new worker. The state of boxes is never kept: floors are kept as the server writes them for this purpose, all grey, and
// nothing of /events or /api ever passes through here.

const SHELL = `shell-${SITE.version}`;
const PAGES = 'pages';
/** Floors that are kept; the oldest makes room. */
const PAGES_MAX = 12;
/** A server that is slower than this is as good as away. */
const NETWORK_MAX_MS = 5_000;
const KEPT_HEADER = { 'x-dispobox-kept': '1' };
const FLOOR = /^\/floor\/-?\d+$/;
const isPage = (path) => path === '/' || path === '/go' || path === '/status' || path.startsWith('/floor/');

addEventListener('install', (event) => event.waitUntil(install()));
addEventListener('activate', (event) => event.waitUntil(activate()));
addEventListener('fetch', answer);
addEventListener('message', (event) => {
  const { kind, path } = event.data ?? {};
  if (kind === 'keep' && FLOOR.test(path)) event.waitUntil(keep(path));
});
addEventListener('push', (event) => event.waitUntil(showNotice(event.data)));
addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.url ?? '/'));
});

async function install() {
  const shell = await caches.open(SHELL);
  // Names with a hash may come from the browser's own cache.
  await shell.addAll(SITE.files.map((path) => new Request(path, { cache: path.startsWith('/pkg/') ? 'default' : 'reload' })));
  // Pages of the old build go on: their files are kept until the build after this one.
  await skipWaiting();
}

async function activate() {
  const shells = (await caches.keys()).filter((name) => name.startsWith('shell-') && name !== SHELL);
  await Promise.all(shells.slice(0, -1).map((name) => caches.delete(name)));
  await clients.claim();
  // The floors that are kept name files of the build that they were written by.
  const pages = await (await caches.open(PAGES)).keys();
  await Promise.allSettled(pages.map((request) => keep(new URL(request.url).pathname)));
}

function answer(event) {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate') {
    if (isPage(pathname)) event.respondWith(fetchPage(request, pathname, search));
  } else if (pathname.startsWith('/pkg/')) {
    event.respondWith(fromShell(pathname).then((kept) => kept ?? fetch(request)));
  } else if (SITE.files.includes(pathname)) {
    event.respondWith(fetchFile(request, pathname));
  }
}

const fromShell = (path) => caches.match(path, { ignoreVary: true });

const fetchPage = (request, path, search) => fetchElse(request, () => fromPages(path, search));

/** A file whose name stays when it changes. */
const fetchFile = (request, path) => fetchElse(request, () => fromShell(path));

/** What the server answers in time, else what was kept. */
async function fetchElse(request, fromKept) {
  const timer = new AbortController();
  const timeout = setTimeout(() => timer.abort(), NETWORK_MAX_MS);
  try {
    const response = await fetch(request, { signal: timer.signal });
    // What a proxy says when the server is away.
    if (![502, 503, 504].includes(response.status)) return response;
    return (await fromKept()) ?? response;
  } catch {
    return (await fromKept()) ?? Response.error();
  } finally {
    clearTimeout(timeout);
  }
}

/** The floor as it was kept; another address leads to a floor that was. */
async function fromPages(path, search) {
  const pages = await caches.open(PAGES);
  const kept = await pages.match(path, { ignoreVary: true });
  if (kept && search === '') return kept;
  if (kept) return Response.redirect(path);
  const newest = (await pages.keys()).at(-1);
  return path.startsWith('/floor/') || !newest ? undefined : Response.redirect(newest.url);
}

async function keep(path) {
  const response = await fetch(path, { headers: KEPT_HEADER, cache: 'no-store' });
  const pages = await caches.open(PAGES);
  if (response.status === 404) await pages.delete(path, { ignoreVary: true });
  if (!response.ok || response.redirected) return;
  // Deleted first, so that the newest is the last.
  await pages.delete(path, { ignoreVary: true });
  await pages.put(path, response);
  const kept = await pages.keys();
  await Promise.all(kept.slice(0, -PAGES_MAX).map((request) => pages.delete(request, { ignoreVary: true })));
}

/** Always shows something: browsers take the permission back from those who do not. */
async function showNotice(data) {
  let message = {};
  try {
    message = data.json();
  } catch {
    // Not one of ours, or of a later build.
  }
  const words = SITE.words[message.language] ?? SITE.words.fr;
  const fill = (text) => text.replace(/\{(\w+)\}/g, (_, name) => message[name] ?? '');
  const isKnown = message.booth !== undefined;
  await registration.showNotification(isKnown ? fill(words.free) : words.some_free, {
    body: isKnown ? [message.booth_name, fill(words.floor)].filter(Boolean).join(' · ') : '',
    tag: isKnown ? `box-${message.booth}` : 'box',
    data: { url: isKnown ? message.url : '/' },
    icon: '/icons/icon-192.png',
    badge: '/icons/badge-96.png',
    lang: message.language,
  });
}

/** In a page that is open, without loading it anew; else in a new one. */
async function open(path) {
  const url = new URL(path, location.origin);
  const target = url.origin === location.origin ? url.href : location.origin;
  const pages = await clients.matchAll({ type: 'window' });
  const page = pages.find((client) => client.focused) ?? pages.find((client) => client.visibilityState === 'visible') ?? pages[0];
  if (!page) return clients.openWindow(target);
  page.postMessage({ kind: 'open', url: target });
  return page.focus();
}
