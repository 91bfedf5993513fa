// How the reader wants it to look: chosen in the panel, kept in this browser, there before the first paint.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertClean } from '../src/browser.mjs';
import { eventually } from '../src/eventually.mjs';
import { serverAndBrowser } from '../src/fixture.mjs';
import { waitForLink } from '../src/map_page.mjs';

describe('the settings', () => {
  const fixture = serverAndBrowser();
  const FLOOR = '/floor/4';

  const open = async (options) => {
    const page = await fixture.browser.open(fixture.server.origin + FLOOR, options);
    await waitForLink(page, 'live');
    return page;
  };
  const choose = async (page, name, value) => {
    await page.click('[data-action="settings"]');
    await page.locator(`.choice:has(input[name="${name}"][value="${value}"])`).click();
    await page.keyboard.press('Escape');
    await page.waitForSelector('#settings:popover-open', { state: 'detached', timeout: 3_000 });
  };
  const background = (page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const fillOf = (page) => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--free'));

  it('choose the theme over the system, at once and for ever', async () => {
    const page = await open({ colorScheme: 'light' });
    const light = await background(page);
    await choose(page, 'theme', 'dark');
    const dark = await background(page);
    assert.notEqual(dark, light);
    await page.reload();
    assert.equal(await background(page), dark, 'kept');
    await choose(page, 'theme', 'auto');
    assert.equal(await background(page), light, 'the system again');
    assertClean(page, fixture.server.origin);
  });

  it('are there before the first paint', async () => {
    const page = await open({ colorScheme: 'light' });
    await choose(page, 'theme', 'dark');
    await choose(page, 'palette', 'tritanopia');
    // Held back: whatever is painted now has been painted without the application.
    await page.route('**/pkg/*.wasm', () => {});
    await page.reload({ waitUntil: 'commit' });
    await page.waitForSelector('.booth-list', { state: 'attached' });
    const look = await page.evaluate(() => ({ ...document.documentElement.dataset }));
    assert.equal(look.theme, 'dark');
    assert.equal(look.palette, 'tritanopia');
    const order = await page.evaluate(() => {
      const script = document.querySelector('script[src="/settings.js"]');
      return { isInHead: script.parentElement === document.head, waits: !script.async && !script.defer && script.type === '' };
    });
    assert.deepEqual(order, { isInHead: true, waits: true });
  });

  it('show what was chosen, by radio buttons that keys move', async () => {
    const page = await open();
    const standard = await fillOf(page);
    await choose(page, 'palette', 'deuteranopia');
    assert.notEqual(await fillOf(page), standard);
    await page.reload();
    await waitForLink(page, 'live');
    await page.click('[data-action="settings"]');
    const checked = () => page.evaluate(() => document.querySelector('input[name="palette"]:checked').value);
    await eventually('the radio button follows', async () => (await checked()) === 'deuteranopia', { withinMs: 3_000 });
    await page.focus('input[name="palette"]:checked');
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.getAttribute('html', 'data-palette'), 'protanopia');
    assert.equal(await page.evaluate(() => localStorage.getItem('dispobox.palette')), 'protanopia');
    assertClean(page, fixture.server.origin);
  });

  it('reach the other tabs', async () => {
    const page = await open();
    const other = await page.context().newPage();
    await other.goto(fixture.server.origin + FLOOR);
    await choose(page, 'contrast', 'high');
    await other.waitForSelector('html[data-contrast="high"]', { timeout: 3_000 });
  });

  it('stop what moves', async () => {
    const page = await open();
    await page.evaluate(() => (document.querySelector('.top-bar').style.transition = 'opacity 0.3s'));
    const transition = () => page.evaluate(() => getComputedStyle(document.querySelector('.top-bar')).transitionDuration);
    assert.equal(await transition(), '0.3s');
    await choose(page, 'motion', 'reduced');
    assert.equal(await transition(), '0s');
  });

  it('take high contrast from the system until something is chosen', async () => {
    const page = await open({ contrast: 'more' });
    assert.equal(await page.getAttribute('html', 'data-contrast'), 'high');
    await choose(page, 'contrast', 'normal');
    await page.reload();
    assert.equal(await page.getAttribute('html', 'data-contrast'), 'normal');
  });

  it('survive a browser that keeps nothing, and nonsense in what it kept', async () => {
    const page = await open();
    await page.evaluate(() => {
      localStorage.setItem('dispobox.theme', '"><script>');
      localStorage.setItem('dispobox.palette', 'ultraviolet');
    });
    await page.reload();
    await waitForLink(page, 'live');
    assert.equal(await page.getAttribute('html', 'data-theme'), null);
    assertClean(page, fixture.server.origin);
  });

  it('leave the language to readers without scripts', async () => {
    const page = await fixture.browser.open(fixture.server.origin + FLOOR, { javaScriptEnabled: false });
    await page.click('[data-action="settings"]');
    assert.equal(await page.locator('#settings input').first().isVisible(), false);
    await page.click('#settings a[hreflang="en"]');
    await page.waitForSelector('html[lang="en"]');
  });

  it('give way to the colours of the system', async () => {
    const page = await open({ forcedColors: 'active' });
    const colors = await page.evaluate(() => {
      const shape = document.querySelector('.booth-ground');
      const canvas = Object.assign(document.createElement('p'), { hidden: true });
      document.body.append(canvas);
      canvas.style.color = 'Canvas';
      return [getComputedStyle(shape).fill, getComputedStyle(canvas).color];
    });
    assert.equal(colors[0], colors[1], 'a booth without information is as the ground');
  });
});
