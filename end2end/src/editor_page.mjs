// The plan editor's page, by the names that its markup promises.

import { signIn } from './accounts.mjs';
import { eventually } from './eventually.mjs';

export const CANVAS = '#editor-canvas';

/** Signs somebody in and opens the editor of a floor. */
export async function openEditor(browser, server, name, { floor = 4, ...options } = {}) {
  const page = await signIn(browser, server, name, options);
  await goToEditor(page, server, floor);
  return page;
}

export async function goToEditor(page, server, floor = 4) {
  await page.goto(`${server.origin}/admin/floors/${floor}/edit`);
  await waitForEditor(page);
}

export async function waitForEditor(page) {
  await page.waitForSelector('[data-editor="here"]', { timeout: 20_000 });
  // It is fitted as soon as it knows how large it is.
  await page.waitForFunction(() => document.querySelector('.rulers text'), null, { timeout: 5_000 });
}

/** The numbers of the booths that are drawn. */
export async function boothNumbers(page) {
  return page.$$eval('[data-editor-booth]', (shapes) => shapes.map((shape) => Number(shape.dataset.editorBooth)).sort((a, b) => a - b));
}

export async function selectedNumbers(page) {
  return page.$$eval('[data-editor-booth][data-selected]', (shapes) =>
    shapes.map((shape) => Number(shape.dataset.editorBooth)).sort((a, b) => a - b),
  );
}

/** The corners of a booth, in plan units. */
export async function outlineOf(page, number) {
  const path = await page.getAttribute(`[data-editor-booth="${number}"] path`, 'd');
  return path.slice(1, -1).split('L').map((corner) => corner.split(' ').map(Number));
}

/** The corners of all booths. */
export async function allOutlines(page) {
  const numbers = await boothNumbers(page);
  return Object.fromEntries(await Promise.all(numbers.map(async (number) => [number, await outlineOf(page, number)])));
}

/** Where the middle of a booth is on the screen. */
export async function middleOf(page, number) {
  const { x, y, width, height } = await page.locator(`[data-editor-booth="${number}"] path`).boundingBox();
  return { x: x + width / 2, y: y + height / 2 };
}

/** How the plan is looked at: CSS pixels to a unit, and where its zero is on the canvas. */
export async function sightOf(page) {
  const transform = await page.getAttribute(`${CANVAS} > g`, 'transform');
  const [x, y, scale] = transform.match(/-?[\d.]+/g).map(Number);
  return { x, y, scale };
}

/** Where a point of the plan is on the screen. */
export async function toScreen(page, planX, planY) {
  const { x, y, scale } = await sightOf(page);
  const canvas = await page.locator(CANVAS).boundingBox();
  return { x: canvas.x + x + planX * scale, y: canvas.y + y + planY * scale };
}

/** Drags from one point of the screen to another; `during` looks at the page before the button goes up. */
export async function drag(page, from, to, during = async () => {}) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 3 });
  await during();
  await page.mouse.up();
}

export const fieldOf = (page, name) => page.inputValue(`[data-field="${name}"]`);

/** What the history lists, without its beginning. */
export async function stepsOf(page) {
  return (await page.$$eval('.step', (steps) => steps.map((step) => step.textContent))).slice(1);
}

/** Waits for a state of the draft: saved, waiting, sending, failed, behind. */
export async function waitForSaving(page, state, withinMs = 10_000) {
  await page.waitForSelector(`[data-saving="${state}"]`, { timeout: withinMs });
}

/** Waits until the draft is saved with what has been done; a step that was just made has begun to wait. */
export async function waitUntilSaved(page) {
  await eventually('the draft is saved', async () => (await page.getAttribute('[data-saving]', 'data-saving')) === 'saved', {
    withinMs: 10_000,
  });
}
