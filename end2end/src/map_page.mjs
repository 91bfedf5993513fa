// What a page of the map shows, by the names that its markup promises.

export const boothShape = (number) => `[data-booth="${number}"]`;
export const boothRow = (number) => `[data-booth-row="${number}"]`;

/** Waits until an element shows a status; fails after `withinMs`. */
export async function waitForStatus(page, selector, status, withinMs) {
  // Attached: Chromium calls an SVG group without a size of its own invisible.
  await page.waitForSelector(`${selector}[data-status="${status}"]`, { state: 'attached', timeout: withinMs });
}

/** Waits until shape and row of every booth show a status. */
export async function waitForBooths(page, numbers, status, withinMs = 15_000) {
  const selectors = numbers.flatMap((number) => [boothShape(number), boothRow(number)]);
  await Promise.all(selectors.map((selector) => waitForStatus(page, selector, status, withinMs)));
}

export async function statusOf(page, selector) {
  return page.getAttribute(selector, 'data-status');
}

/** Waits for a state of the link to the server: connecting, live, stale, down. A live page can then do all that it ever can. */
export async function waitForLink(page, link, withinMs = 10_000) {
  const part = link === 'live' ? '[data-map="here"]' : '';
  await page.waitForSelector(`[data-link="${link}"]${part}`, { state: 'attached', timeout: withinMs });
}

/** Waits until the page is live again and shows these booths as they are. */
export async function waitForLiveAndRight(page, { occupied, free }, withinMs) {
  await Promise.all([
    waitForLink(page, 'live', withinMs),
    waitForBooths(page, occupied, 'occupied', withinMs),
    waitForBooths(page, free, 'free', withinMs),
  ]);
}

/** Marks the document, so that a reload is noticed. */
export async function markDocument(page) {
  await page.evaluate(() => (globalThis.isSameDocument = true));
}

export async function isSameDocument(page) {
  return page.evaluate(() => globalThis.isSameDocument === true);
}

/** Counts from now on how often a status changes on the page. */
export async function countStatusChanges(page) {
  await page.evaluate(() => {
    globalThis.statusChanges = 0;
    const note = (records) => (globalThis.statusChanges += records.length);
    const options = { attributes: true, attributeFilter: ['data-status'], subtree: true };
    new MutationObserver(note).observe(document.body, options);
  });
}

export async function statusChanges(page) {
  return page.evaluate(() => globalThis.statusChanges);
}

/** The view of the map as numbers. */
export async function viewOf(page) {
  const [scale, x, y] = (await page.getAttribute('[data-view]', 'data-view')).split(' ').map(Number);
  return { scale, x, y };
}

/** The statuses in a page's HTML, by booth number, read without a browser. */
export function statusesInHtml(html, attribute) {
  const tags = html.match(/<[a-z][^>]*>/gi) ?? [];
  const entries = tags.flatMap((tag) => {
    const number = new RegExp(`\\s${attribute}="(\\d+)"`).exec(tag)?.[1];
    const status = /\sdata-status="([a-z]+)"/.exec(tag)?.[1];
    return number ? [[Number(number), status]] : [];
  });
  return new Map(entries);
}
