// Pictures of every page for people to look at, in target/screenshots: page-width-theme-language.png.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PAGES, expectedErrors } from './pages.mjs';

export const FOLDER = new URL('../../target/screenshots/', import.meta.url).pathname;
const LOCALES = { fr: 'fr-FR', en: 'en-GB' };
const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

/**
 * Takes them all and returns the paths of the files.
 * @param {{ open: Function }} browser
 * @param {string} origin
 * @param {{ names?: string[] }} options `names`: these pages alone
 */
export async function takeScreenshots(browser, origin, { names } = {}) {
  await mkdir(FOLDER, { recursive: true });
  const paths = [];
  for (const { name, path, status, show } of PAGES.filter(({ name }) => names?.includes(name) ?? true)) {
    for (const [language, locale] of Object.entries(LOCALES)) {
      for (const viewport of SIZES) {
        const options = { locale, viewport, reducedMotion: 'reduce', expectedErrors: expectedErrors(status) };
        const page = await browser.open(origin + path, options);
        await show(page);
        for (const colorScheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme });
          paths.push(join(FOLDER, `${name}-${viewport.width}-${colorScheme}-${language}.png`));
          await page.screenshot({ path: paths.at(-1), animations: 'disabled' });
        }
        await page.context().close();
      }
    }
  }
  return paths;
}
