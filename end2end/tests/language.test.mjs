// French and English: chosen by the browser, changed by a link, remembered.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertClean } from '../src/browser.mjs';
import { serverAndBrowser } from '../src/fixture.mjs';
import { waitForLink } from '../src/map_page.mjs';

describe('the language', () => {
  const fixture = serverAndBrowser();

  const language = (page) => page.evaluate(() => document.documentElement.lang);

  it('changes by the switch, stays on the same booth, and is remembered', async () => {
    const page = await fixture.browser.open(`${fixture.server.origin}/floor/4?booth=43`);
    await waitForLink(page, 'live');
    assert.equal(await language(page), 'fr');
    assert.match(await page.locator('[data-booth-row="43"]').innerText(), /Inconnu/);

    await page.click('[data-action="settings"]');
    await page.locator('a[hreflang="en"]').click();
    await page.waitForSelector('html[lang="en"]', { timeout: 5_000 });
    await waitForLink(page, 'live');
    assert.equal(page.url(), `${fixture.server.origin}/floor/4?booth=43`);
    assert.match(await page.locator('[data-booth-row="43"]').innerText(), /Unknown|No information/);

    await page.goto(`${fixture.server.origin}/floor/6`);
    assert.equal(await language(page), 'en');

    await page.click('[data-action="settings"]');
    await page.locator('a[hreflang="fr"]').click();
    await page.waitForSelector('html[lang="fr"]', { timeout: 5_000 });
    assert.equal(page.url(), `${fixture.server.origin}/floor/6`);
    assertClean(page, fixture.server.origin);
  });

  it('never leads to another site', async () => {
    for (const to of ['https://example.com/', '//example.com/', '/\\example.com', 'javascript:alert(1)']) {
      const response = await fetch(`${fixture.server.origin}/lang/en?to=${encodeURIComponent(to)}`, { redirect: 'manual' });
      const location = response.headers.get('location');
      if (location === null) {
        assert.ok(response.status >= 400, `${to}: ${response.status}`);
      } else {
        assert.equal(new URL(location, fixture.server.origin).origin, fixture.server.origin, to);
      }
    }
  });
});
