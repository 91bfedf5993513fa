// Every page, and how to bring it about: for pictures and for what must hold on all of them. The server runs a plant.

import { waitForLink } from './map_page.mjs';

const live = (page) => waitForLink(page, 'live');

/** What the server is started with, so that every page is there. */
export const SERVER_ARGS = ['--brewery', '127.0.0.1:0'];

/** `show` brings a freshly opened page into the state that is meant. */
export const PAGES = [
  { name: 'floor', path: '/floor/4', show: live },
  { name: 'card', path: '/floor/4?booth=42', show: live },
  { name: 'list', path: '/floor/4?floors=all&sort=free&q=4', show: live },
  { name: 'list-empty', path: '/floor/4?show=free&q=nobody', show: live },
  { name: 'search', path: '/floor/4', show: (page) => typeInSearch(page, '4') },
  { name: 'search-page', path: '/search?q=4', show: live },
  { name: 'settings', path: '/floor/4', show: openSettings },
  { name: 'shortcuts', path: '/floor/4', show: openShortcuts },
  { name: 'status', path: '/status', show: live },
  { name: 'brewery', path: '/brewery', show: waitForPlant },
  { name: 'qr-floor', path: '/qr/floor/4', show: live },
  { name: 'qr-booth', path: '/qr/booth/42', show: live },
  { name: 'not-found', path: '/nowhere', status: 404, show: (page) => page.waitForSelector('h1') },
];

/** What the browser says of a page that is not there. */
export const expectedErrors = (status) => (status === 404 ? /status of 404/ : undefined);

async function waitForPlant(page) {
  await page.waitForSelector('[data-plant-link="live"]', { timeout: 10_000 });
}

async function typeInSearch(page, text) {
  await live(page);
  await page.keyboard.press('/');
  await page.keyboard.type(text);
  await page.waitForSelector('[role="option"]', { timeout: 5_000 });
}

async function openSettings(page) {
  await live(page);
  await page.click('[data-action="settings"]');
  await page.waitForSelector('#settings:popover-open', { timeout: 5_000 });
}

async function openShortcuts(page) {
  await live(page);
  await page.keyboard.press('?');
  await page.waitForSelector('dialog[open]', { timeout: 5_000 });
}
