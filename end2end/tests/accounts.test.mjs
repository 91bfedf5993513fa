// The administrator's side: signing in, accounts, one's own account, the log; by keyboard, without scripts, in both languages.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { PASSWORD, createAccount, signIn } from '../src/accounts.mjs';
import { assertAccessible } from '../src/axe.mjs';
import { openBrowser, screenshot } from '../src/browser.mjs';
import { startServer } from '../src/server.mjs';

const WRONG = /status of (401|429|403|422)/;

/** Presses Tab until the element that is looked for has the focus, as somebody without a mouse does. */
async function tabTo(page, selector) {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`${selector} is not reached by Tab`);
}

/** Fails when something sticks out of the window, or can hardly be hit by a finger. */
async function assertFits(page, what) {
  const faults = await page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - innerWidth;
    const targets = [...document.querySelectorAll('button, input:not([type="hidden"]), select, summary, nav a')];
    const small = targets.filter((target) => {
      const { width, height } = target.closest('label.role-choice')?.getBoundingClientRect() ?? target.getBoundingClientRect();
      return width > 0 && Math.min(width, height) < 24;
    });
    return { wide, small: small.map((target) => target.outerHTML.slice(0, 120)) };
  });
  assert.deepEqual(faults, { wide: 0, small: [] }, what);
}

/** A server with accounts, and a browser, for one `describe`: a wrong password makes the next try wait. */
function accountsAndBrowser() {
  const fixture = {};

  before(async () => {
    fixture.server = await startServer({
      prepare: async (dataDir) => {
        await createAccount(dataDir, 'root', 'admin', 'Camille Roux');
        await createAccount(dataDir, 'ann', 'viewer', 'Ann Onyme');
        await createAccount(dataDir, 'bob', 'viewer');
      },
    });
    fixture.browser = await openBrowser();
  });

  after(async () => {
    try {
      await fixture.browser?.close();
    } finally {
      await fixture.server?.remove();
    }
  });

  return fixture;
}

describe('the administrator’s side', () => {
  const fixture = accountsAndBrowser();

  it('is worked by keyboard alone: sign in, make an account, sign out', async () => {
    const { browser, server } = fixture;
    const page = await browser.open(`${server.origin}/admin/accounts`, { locale: 'en-GB' });
    await page.waitForURL(/\/login\?to=/);
    await page.keyboard.type('root');
    await tabTo(page, '[name="password"]');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${server.origin}/admin/accounts`);
    await tabTo(page, 'summary');
    await page.keyboard.press('Enter');
    await tabTo(page, 'details [name="name"]');
    await page.keyboard.type('lea');
    await tabTo(page, 'details [name="display_name"]');
    await page.keyboard.type('Léa Martin');
    await tabTo(page, '[value="editor"]');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.told-link');
    assert.match(await page.inputValue('.told-link'), new RegExp(`^${server.origin}/setup/[\\w-]{43}$`));
    assert.match(await page.textContent('h1'), /lea/);
    assert.deepEqual(await page.$$eval('[name="roles[]"]:checked', (boxes) => boxes.map(({ value }) => value)), ['viewer', 'editor']);
    await assertAccessible(page);
    await tabTo(page, 'form[action="/logout"] button');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${server.origin}/login`);
    await page.goto(`${server.origin}/admin/accounts`);
    assert.match(page.url(), /\/login\?to=/, 'signed out');
  });

  it('works without scripts: a link, a password, one’s own account', async () => {
    const { browser, server } = fixture;
    const page = await signIn(browser, server, 'root', { javaScriptEnabled: false });
    await page.goto(`${server.origin}/admin/accounts`);
    await page.click('text=bob');
    await page.click('form[action="/api/make_link"] button');
    const link = await page.inputValue('.told-link');
    const other = await browser.open(link, { locale: 'en-GB', javaScriptEnabled: false });
    assert.match(await other.textContent('form'), /“bob”/);
    await other.fill('[name="password"]', 'une phrase de mon choix');
    await other.click('button[type="submit"]');
    await other.waitForURL(/\/admin\/(boards|alerts|floors)$/);
    await other.goto(`${server.origin}/account`);
    assert.match(await other.textContent('.sessions'), /this one/);
    await page.reload();
    assert.equal(await page.$('.told-link'), null, 'shown once');
  });

  it('says that a session has ended elsewhere, and keeps what was typed', async () => {
    const { browser, server } = fixture;
    const page = await signIn(browser, server, 'root');
    await page.goto(`${server.origin}/admin/accounts`);
    await page.click('summary');
    await page.fill('[name="name"]', 'half-typed');
    const started = performance.now();
    const tab = await browser.openTab(page, `${server.origin}/account`);
    await tab.click('form[action="/logout"] button');
    await page.waitForSelector('.session-ended:not([hidden])');
    assert.ok(performance.now() - started < 5_000);
    assert.equal(await page.inputValue('[name="name"]'), 'half-typed');
    assert.equal(await page.getAttribute('.session-ended a', 'href'), '/login?to=%2Fadmin%2Faccounts');
  });

  it('shows what was done, and to what', async () => {
    const { browser, server } = fixture;
    const page = await signIn(browser, server, 'root');
    await page.goto(`${server.origin}/admin/audit`);
    await page.selectOption('[name="action"]', 'account.created');
    await page.fill('[name="subject"]', 'ann');
    await page.click('.audit-filters button');
    await page.waitForURL(/action=account.created/);
    assert.equal(await page.$$eval('[data-entry]', (entries) => entries.length), 1);
    await page.click('.audit summary');
    assert.match(await page.textContent('.audit dl'), /"display_name":"Ann Onyme"/);
    await page.click('text=Check the chain');
    await page.waitForSelector('[data-audit-check="done"]');
  });

  it('is accessible and fits, in both languages, light and dark, narrow and wide', async () => {
    const { browser, server } = fixture;
    const looks = [
      { locale: 'fr-FR', colorScheme: 'light', viewport: { width: 390, height: 844 } },
      { locale: 'fr-FR', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
      { locale: 'en-GB', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
      { locale: 'en-GB', colorScheme: 'light', viewport: { width: 1920, height: 1080 } },
    ];
    for (const look of looks) {
      const name = `${look.viewport.width}-${look.locale.slice(0, 2)}-${look.colorScheme}`;
      const login = await browser.open(`${server.origin}/login`, look);
      await assertAccessible(login, `login ${name}`);
      await assertFits(login, `login ${name}`);
      await screenshot(login, `admin-login-${name}`);
      await login.context().close();
      const page = await signIn(browser, server, 'root', look);
      for (const path of ['/admin/accounts', '/admin/accounts/2', '/admin/audit', '/account']) {
        await page.goto(`${server.origin}${path}`);
        await page.$$eval('details', (all) => all.slice(0, 2).forEach((details) => (details.open = true)));
        await assertAccessible(page, `${path} ${name}`);
        await assertFits(page, `${path} ${name}`);
        await screenshot(page, `admin${path.replaceAll('/', '-')}-${name}`);
      }
      await page.context().close();
    }
  });
});

describe('somebody who is not let in', () => {
  const fixture = accountsAndBrowser();

  it('says no without saying why, and keeps the name', async () => {
    const { browser, server } = fixture;
    const page = await browser.open(`${server.origin}/login`, { locale: 'en-GB', expectedErrors: WRONG });
    assert.equal(await page.evaluate(() => document.activeElement.name), 'name', 'ready to type');
    await page.fill('[name="name"]', 'nobody');
    await page.fill('[name="password"]', 'wrong');
    await page.click('button[type="submit"]');
    await page.waitForSelector('[role="alert"]');
    assert.match(await page.textContent('[role="alert"]'), /name, the password or the code is not right/);
    assert.deepEqual(await page.$$eval('input', (inputs) => inputs.map(({ name, value }) => [name, value])), [
      ['to', ''],
      ['name', 'nobody'],
      ['password', ''],
      ['code', ''],
    ]);
    assert.equal(await page.evaluate(() => document.activeElement.name), 'password');
    await assertAccessible(page);
  });

});

describe('a second factor', () => {
  const fixture = accountsAndBrowser();

  it('asks for a code of six digits, once it is set up', async () => {
    const { browser, server } = fixture;
    const page = await signIn(browser, server, 'ann');
    await page.goto(`${server.origin}/account`);
    await page.click('form[action="/account/totp/start"] button');
    const secret = (await page.textContent('.totp-secret')).replaceAll(' ', '');
    assert.match(secret, /^[A-Z2-7]{32}$/);
    await page.waitForSelector('.totp-code svg path');
    await assertAccessible(page);
    await page.fill('[name="code"]', '000000');
    await page.click('form[action="/account/totp/confirm"] button');
    await page.waitForSelector('[data-told="refused"]');
    await page.fill('[name="code"]', await codeOf(secret, Date.now()));
    await page.click('form[action="/account/totp/confirm"] button');
    await page.waitForSelector('[data-told="done"]');
    const again = await browser.open(`${server.origin}/login`, { locale: 'en-GB', expectedErrors: WRONG });
    await again.fill('[name="name"]', 'ann');
    await again.fill('[name="password"]', PASSWORD);
    await again.click('button[type="submit"]');
    await again.waitForSelector('[role="alert"]');
    assert.match(await again.textContent('[role="alert"]'), /is not right/, 'the password alone is not enough');
  });
});

/** RFC 6238, as an authenticator does it. */
async function codeOf(secret, atMs) {
  const { createHmac } = await import('node:crypto');
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(atMs / 30_000)));
  const digest = createHmac('sha1', key).update(step).digest();
  const word = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff;
  return String(word % 1_000_000).padStart(6, '0');
}
