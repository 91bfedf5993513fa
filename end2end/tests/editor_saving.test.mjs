// What becomes of a draft: a network that fails, a session that ends, two windows, two people.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { PASSWORD, createAccount } from '../src/accounts.mjs';
import { openBrowser } from '../src/browser.mjs';
import {
  CANVAS, goToEditor, openEditor, outlineOf, selectedNumbers, waitForEditor, waitForSaving, waitUntilSaved,
} from '../src/editor_page.mjs';
import { startServer } from '../src/server.mjs';

const SOON_MS = 5_000;
const SAVE = '**/api/save_draft';
const EXPECTED = /ERR_FAILED|ERR_ABORTED|status of (401|503)/;

describe('a draft', () => {
  let server, browser;

  before(async () => {
    const prepare = async (dir) => {
      await createAccount(dir, 'eve', 'editor', 'Eve');
      await createAccount(dir, 'bob', 'editor', 'Bob');
    };
    server = await startServer({ prepare });
    browser = await openBrowser();
  });

  after(async () => {
    try {
      await browser?.close();
    } finally {
      await server?.remove();
    }
  });

  const open = (name, options = {}) => openEditor(browser, server, name, { expectedErrors: EXPECTED, ...options });

  /** Selects a booth in the list and moves it. */
  const nudge = async (page, number, key = 'ArrowRight') => {
    await page.click(`[data-editor-row="${number}"]`);
    await page.focus(CANVAS);
    await page.keyboard.press(key);
  };

  const leftOf = async (page, number) => (await outlineOf(page, number))[0][0];

  /** Asks a function of the server, as whoever has the page. */
  const ask = (page, name, wish) =>
    page.evaluate(async ([name, wish]) => {
      const headers = { 'content-type': 'application/json' };
      const asked = wish ? fetch(`/api/${name}`, { method: 'POST', headers, body: JSON.stringify(wish) }) : fetch(`/api/${name}`);
      return (await asked).json();
    }, [name, wish]);

  /** Publishes a floor with a change, as somebody who has no draft of it. */
  const publish = async (page, draw) => {
    const { published } = await ask(page, 'read_layout?floor=4');
    draw((number) => published.layout.find((booth) => booth.number === number));
    const draft = { floor: 4, base: published.version, revision: 0, layout: published.layout, plan: null };
    const { saved } = await ask(page, 'save_draft', draft);
    const answer = await ask(page, 'publish_layout', { floor: 4, revision: saved, name: '', answers: null });
    assert.ok(answer.published, JSON.stringify(answer));
  };

  const discard = async (page) => {
    await page.click('[data-action="discard"]');
    await page.click('[data-action="discard-now"]');
    await page.waitForSelector('.saving:has-text("No changes")', { timeout: SOON_MS });
  };

  it('stays in the page when it cannot be saved, and is saved by Retry', async () => {
    const page = await open('eve');
    await page.route(SAVE, (route) => route.abort());
    const left = await leftOf(page, 42);
    await nudge(page, 42);
    await waitForSaving(page, 'failed');
    assert.match(await page.textContent('.editor-notice'), /does not answer.*stays in this page/);
    await nudge(page, 42);
    assert.equal(await leftOf(page, 42), left + 2, 'one goes on meanwhile');
    await page.unroute(SAVE);
    await page.click('[data-action="retry"]');
    await waitUntilSaved(page);
    assert.equal(await page.locator('.editor-notice').count(), 0);
    await page.reload();
    await waitForEditor(page);
    assert.equal(await leftOf(page, 42), left + 2);
    await discard(page);
    await page.context().close();
  });

  it('is one\'s own when only the answer was lost', async () => {
    const page = await open('eve');
    await page.route(SAVE, async (route) => {
      await route.fetch();
      await route.abort();
    });
    await nudge(page, 43);
    await waitForSaving(page, 'failed');
    await page.unroute(SAVE);
    await page.click('[data-action="retry"]');
    await waitUntilSaved(page);
    assert.equal(await page.locator('[data-kind="behind"]').count(), 0, 'nobody else has saved');
    await discard(page);
    await page.context().close();
  });

  it('asks before the page is left while something is not saved', async () => {
    const page = await open('eve');
    await page.route(SAVE, (route) => route.abort());
    await nudge(page, 42);
    await waitForSaving(page, 'failed');
    const asked = new Promise((resolve) => page.once('dialog', (dialog) => dialog.dismiss().then(() => resolve(dialog.type()))));
    await page.close({ runBeforeUnload: true });
    assert.equal(await asked, 'beforeunload');
    await page.context().close();
  });

  it('waits for whoever has to sign in again', async () => {
    const page = await open('eve');
    await page.context().clearCookies();
    await nudge(page, 44);
    await waitForSaving(page, 'failed');
    const link = page.locator('.editor-notice a');
    assert.match(await page.textContent('.editor-notice'), /session has ended.*stays in this page/);
    assert.equal(await link.getAttribute('target'), '_blank');
    const other = await browser.openTab(page, `${server.origin}/login`);
    await other.fill('[name="name"]', 'eve');
    await other.fill('[name="password"]', PASSWORD);
    await other.press('[name="password"]', 'Enter');
    await other.waitForURL(/\/(admin|account)/);
    await page.click('[data-action="retry"]');
    await waitUntilSaved(page);
    await discard(page);
    await page.context().close();
  });

  it('of another window is not written over without a question', async () => {
    const page = await open('eve');
    const other = await browser.openTab(page, `${server.origin}/account`);
    await goToEditor(other, server);
    await nudge(other, 45);
    await waitUntilSaved(other);
    const left = await leftOf(page, 45);
    await nudge(page, 45, 'Shift+ArrowRight');
    await waitForSaving(page, 'behind');
    await page.click('[data-action="keep-this"]');
    await waitUntilSaved(page);
    assert.equal(await leftOf(page, 45), left + 10);
    await nudge(other, 45);
    await waitForSaving(other, 'behind');
    await other.click('[data-action="take-newer"]');
    await waitUntilSaved(other);
    await other.waitForFunction((x) => document.querySelector('[data-editor-booth="45"] path')?.getAttribute('d').startsWith(`M${x.toFixed(2)} `), left + 10);
    await discard(other);
    await page.context().close();
  });

  it('shows who else is drawing', async () => {
    const bob = await open('bob');
    const eve = await open('eve');
    await eve.waitForSelector('.colleague[data-here]', { timeout: SOON_MS });
    assert.match(await eve.textContent('.colleagues'), /bob is drawing, too/);
    await bob.context().close();
    await eve.context().close();
  });

  it('follows a publication when nothing was drawn', async () => {
    const [bob, eve] = [await open('bob'), await open('eve')];
    const left = await leftOf(eve, 46);
    await publish(bob, (booth) => (booth(46).shape.rectangle.x += 4));
    await eve.waitForFunction((x) => document.querySelector('[data-editor-booth="46"] path')?.getAttribute('d').startsWith(`M${x.toFixed(2)} `), left + 4, { timeout: SOON_MS });
    assert.equal(await eve.locator('.editor-notice').count(), 0);
    await bob.context().close();
    await eve.context().close();
  });

  it('is merged with what somebody else publishes, and asks where both have changed the same', async () => {
    const [bob, eve] = [await open('bob'), await open('eve')];
    const lefts = { mine: await leftOf(eve, 41), theirs: await leftOf(eve, 44) };
    await nudge(eve, 41);
    await waitUntilSaved(eve);
    await publish(bob, (booth) => (booth(44).name = 'Joan Clarke'));
    await eve.waitForSelector('[data-kind="published"]', { timeout: SOON_MS });
    assert.match(await eve.textContent('[data-kind="published"]'), /bob has published version \d+ while you were drawing/);
    await eve.click('[data-action="merge-now"]');
    await eve.waitForSelector('[data-editor-row="44"]:has-text("Joan Clarke")', { timeout: SOON_MS });
    assert.equal(await leftOf(eve, 41), lefts.mine + 1, 'nothing of what was drawn is lost');
    await waitUntilSaved(eve);

    await publish(bob, (booth) => (booth(41).shape.rectangle.x -= 5));
    await eve.waitForSelector('[data-kind="published"]', { timeout: SOON_MS });
    await eve.click('[data-action="merge-now"]');
    await eve.waitForSelector('dialog[open] .clash', { timeout: SOON_MS });
    assert.match(await eve.textContent('.clash'), /Box 41.*position.*Mine.*Published/s);
    assert.ok(await eve.isDisabled('[data-action="merge"]'), 'everything is asked');
    await eve.click('.clash-choice >> nth=0');
    await eve.click('[data-action="merge"]');
    await eve.waitForSelector('dialog[open]', { state: 'detached', timeout: SOON_MS });
    assert.equal(await leftOf(eve, 41), lefts.mine + 1);
    await waitUntilSaved(eve);
    await eve.keyboard.press('Control+z');
    assert.deepEqual(await selectedNumbers(eve), [41], 'steps can still be undone');
    await bob.context().close();
    await eve.context().close();
  });
});
