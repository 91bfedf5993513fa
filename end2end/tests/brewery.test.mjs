// The brewing plant on screen: it shows what the stub does, and acts on it.

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { PASSWORD, createAccount, signIn } from '../src/accounts.mjs';
import { assertAccessible } from '../src/axe.mjs';
import { connectBoards } from '../src/board.mjs';
import { BROKEN_REQUESTS, openBrowser } from '../src/browser.mjs';
import { eventually } from '../src/eventually.mjs';
import { waitForBooths } from '../src/map_page.mjs';
import { startServer } from '../src/server.mjs';

/** What is promised from a URL of the stub to the screen. */
const SHOWN_MAX_MS = 1_000;
const WAIT = { timeout: 5_000 };

const part = (name) => `.diagram [data-part="${name}"]`;
const pipe = (name) => `[data-pipe="${name}"]`;

/** Opens the page and waits until it follows the plant. */
async function openPlant(browser, server, { path = '/brewery', ...options } = {}) {
  const page = await browser.open(server.origin + path, options);
  await page.waitForSelector('[data-plant-link="live"]', WAIT);
  return page;
}

describe('the brewery on screen', () => {
  let server, browser, stub, boards, operator;

  const call = async (name) => (await fetch(`${stub}/${name}.py`)).text();

  before(async () => {
    const prepare = (dataDir) => createAccount(dataDir, 'olga', 'operator');
    server = await startServer({ args: ['--brewery', '127.0.0.1:0'], prepare });
    const address = await eventually('the stub listens', () => /brewery=(\S+)/.exec(server.log)?.[1], { withinMs: 5_000 });
    stub = `http://${address}`;
    browser = await openBrowser();
    const signedIn = await signIn(browser, server, 'olga');
    operator = await signedIn.context().storageState();
    await signedIn.context().close();
    boards = await connectBoards(server.boardsPort, [41], [61]);
    const page = await browser.open(`${server.origin}/floor/4`);
    await waitForBooths(page, [41], 'free');
    await page.context().close();
  });

  after(async () => {
    boards?.forEach((board) => board.kill());
    try {
      await browser?.close();
    } finally {
      await server?.remove();
    }
  });

  beforeEach(async () => {
    await call('Reset');
    await act('rate 1');
    await act('resume');
    await act('seen');
  });

  /** The page, for somebody who may act. */
  const openPlantAsOperator = (options = {}) => openPlant(browser, server, { storageState: operator, ...options });

  /** As the page does, by somebody who may. */
  const act = (text) => post(new URLSearchParams({ plant: 'main', act: text }));
  const post = (body, headers = {}) => {
    const cookie = operator.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    return fetch(`${server.origin}/api/act_on_plant`, { method: 'POST', body, headers: { cookie, ...headers } });
  };

  it('shows within a second what a URL of the stub does', async () => {
    const page = await openPlantAsOperator();
    const heater = page.locator(part('R1'));
    assert.equal(await heater.getAttribute('aria-checked'), 'false');
    await call('startR1');
    await page.waitForSelector(`${part('R1')}[data-on="true"]`, { timeout: SHOWN_MAX_MS });
    // It glows by its heat, which comes slowly.
    await page.waitForSelector(`${part('R1')} [data-glow="1"]`, WAIT);
    await page.waitForSelector('[data-part-row="R1"][data-on="true"]', WAIT);
    await call('setCible3_66.5');
    await page.waitForFunction(() => document.querySelector('[data-controller="3"] [data-setpoint-shown]').textContent.startsWith('66,5'), null, {
      timeout: SHOWN_MAX_MS,
    });
    await page.context().close();
  });

  it('opens a valve by a click, and shows flow only along the way that is open', async () => {
    const page = await openPlantAsOperator();
    await page.click(part('A'));
    await page.waitForSelector(`${part('A')} [data-open="true"]`, { ...WAIT, state: 'attached' });
    assert.equal((await call('getA')).trim(), '{"Sensor":"VanneA","State":1}');
    assert.equal(await page.locator(`${pipe('HotTankTa')}[data-flow]`).count(), 0, 'no pump turns yet');
    await page.click(part('B'));
    await page.click(part('P1'));
    for (const name of ['HotTankTa', 'TaTb', 'TbCoil', 'Coil', 'CoilTe', 'TeTf', 'TfHotTank']) {
      await page.waitForSelector(`${pipe(name)}[data-flow="forward"]`, { ...WAIT, state: 'attached' });
    }
    for (const name of ['TaPort', 'TfWaste', 'TbTc', 'TeTd', 'EbuTc', 'MashtunTd', 'TdEbu']) {
      assert.equal(await page.locator(`${pipe(name)}[data-flow]`).count(), 0, name);
    }
    assert.match(await page.innerText('[data-route]'), /serpentin/);
    const animation = await page.$eval(`${pipe('HotTankTa')} .pipe-flow`, (path) => getComputedStyle(path).animationName);
    assert.equal(animation, 'flow');
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const still = await page.$eval(`${pipe('HotTankTa')} .pipe-flow`, (path) => getComputedStyle(path).animationName);
    assert.equal(still, 'none');
    // The handle lies along the pipe, and the body is hollow; those of a shut valve are not.
    const look = (name) => page.$eval(`${part(name)} .valve-body`, (body) => [getComputedStyle(body).fill, getComputedStyle(body.closest('[data-part]').querySelector('.valve-handle')).transform]);
    const [open, shut] = [await look('A'), await look('C')];
    assert.notEqual(open[0], shut[0]);
    assert.equal(open[1], 'none');
    assert.notEqual(shut[1], 'none');
    await page.context().close();
  });

  it('is worked by the keyboard alone', async () => {
    const page = await openPlantAsOperator();
    await page.focus(part('A'));
    const focused = () => page.evaluate(() => document.activeElement.dataset.part ?? document.activeElement.dataset.setpoint);
    await page.keyboard.press('ArrowRight');
    assert.equal(await focused(), 'R1');
    await page.keyboard.press('Enter');
    await page.waitForSelector(`${part('R1')}[aria-checked="true"]`, WAIT);
    await page.keyboard.press('Home');
    await page.keyboard.press(' ');
    await page.waitForSelector(`${part('A')}[aria-checked="true"]`, WAIT);
    // One stop for all parts, then the setpoints.
    await page.keyboard.press('Tab');
    assert.equal(await focused(), '1');
    await page.keyboard.press('PageUp');
    await eventually('the setpoint is 83', async () => (await call('getCible1')).includes('"Cible":83.0'), { withinMs: 2_000 });
    await page.waitForSelector('[data-setpoint="1"][aria-valuetext^="83,0"]', WAIT);
    await page.keyboard.press('ArrowDown');
    await page.waitForSelector('[data-setpoint="1"][aria-valuetext^="82,5"]', WAIT);
    await page.context().close();
  });

  it('takes setpoints by typing and by dragging', async () => {
    const page = await openPlantAsOperator();
    await page.fill('#setpoint-2', '99,5');
    await page.press('#setpoint-2', 'Enter');
    await page.waitForSelector('[data-setpoint="2"][aria-valuetext^="99,5"]', WAIT);
    await page.fill('#setpoint-2', 'chaud');
    await page.press('#setpoint-2', 'Enter');
    await page.waitForSelector('#setpoint-2[aria-invalid="true"]', WAIT);
    assert.match(await page.innerText('#setpoint-2-error'), /0 à 110/);
    assert.match(await call('getCible2'), /99.5/);
    const box = await page.locator('[data-setpoint="3"] .setpoint-mark').boundingBox();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y - 30, { steps: 3 });
    await page.mouse.up();
    await eventually('the setpoint has risen', async () => Number(/"Cible":([\d.]+)/.exec(await call('getCible3'))[1]) > 60, { withinMs: 2_000 });
    await page.context().close();
  });

  it('shows controllers at work, and stops and steps the clock', async () => {
    const page = await openPlantAsOperator();
    await page.click('[data-controller="1"] [role="switch"]');
    await page.waitForSelector(`${part('R1')}[data-on="true"]`, WAIT);
    await page.click('[data-act="rate 60"]');
    await page.waitForFunction(() => document.querySelector('[data-plant-pace]').textContent === '× 60', null, WAIT);
    await page.click('[data-act="pause"]');
    await page.waitForFunction(() => document.querySelector('[data-plant-pace]').textContent === 'en pause', null, WAIT);
    const clock = () => page.innerText('[data-plant-clock]');
    const seconds = (text) => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
    const before = seconds(await clock());
    await page.click('[data-act="step 60"]');
    await eventually('a minute has passed', async () => seconds(await clock()) === before + 60, { withinMs: 2_000 });
    await page.click('.reset summary');
    await page.click('.reset button');
    await page.waitForSelector(`${part('R1')}[data-on="false"]`, WAIT);
    await page.context().close();
  });

  it('raises alarms, says them, and lets them be seen', async () => {
    const page = await openPlantAsOperator();
    // Emptied into the drain: the pump runs dry.
    for (const name of ['startA', 'startD', 'startP1']) await call(name);
    await act('step 600');
    const alarm = '.alarm-rows [data-alarm="dry-run-P1"]';
    await page.waitForSelector(`${alarm}[data-seen="false"]`, WAIT);
    assert.match(await page.innerText(alarm), /Pompe P1.*à sec/s);
    assert.match(await page.innerText('.alarm-badge'), /alarme/);
    const told = await page.locator('[aria-live="polite"]').allTextContents();
    assert.ok(told.some((text) => /à sec/.test(text)), told.join('|'));
    await page.click(`${alarm} button`);
    await eventually('it is seen', async () => (await page.locator(`${alarm}[data-seen="false"]`).count()) === 0, { withinMs: 2_000 });
    await page.context().close();
  });

  it('draws trends, with a cursor for keys', async () => {
    await call('startPID1');
    await act('step 3600');
    const page = await openPlantAsOperator();
    const path = await page.getAttribute('[data-chart="1"] .trend-celsius', 'd');
    assert.ok(path.split('L').length > 100, path.slice(0, 80));
    assert.match(await page.innerText('[data-chart="1"] figcaption'), /7[78],\d.°C → 78,0/);
    await page.focus('.charts');
    await page.keyboard.press('Home');
    await page.waitForSelector('[data-chart="1"] .trend-cursor[d^="M0 "]', { ...WAIT, state: 'attached' });
    assert.match(await page.getAttribute('.charts', 'aria-valuetext'), /il y a/);
    await page.context().close();
  });

  it('is readable and works without scripts', async () => {
    await call('startA');
    const page = await browser.open(`${server.origin}/brewery`, { javaScriptEnabled: false, storageState: operator });
    assert.equal(await page.getAttribute(part('A'), 'aria-checked'), 'true');
    assert.match(await page.innerText('[data-part-row="A"]'), /Vanne A.*ouverte/s);
    assert.match(await page.innerText('.simulated-badge'), /simulé/i);
    await page.click('[data-part-row="A"] button');
    await page.waitForSelector('[data-part-row="A"][data-on="false"]', WAIT);
    assert.equal(new URL(page.url()).pathname, '/brewery');
    await page.click('[data-controller="3"] [role="switch"]');
    await page.waitForSelector('[data-controller="3"][data-on="true"]', WAIT);
    await page.fill('#setpoint-3', '66,5');
    await page.press('#setpoint-3', 'Enter');
    await page.waitForFunction(() => document.querySelector('[data-controller="3"] [data-setpoint-shown]').textContent.startsWith('66,5'), null, WAIT);
    await page.fill('#setpoint-3', 'chaud');
    await page.press('#setpoint-3', 'Enter');
    await page.waitForSelector('.plant-link[data-wrong]', WAIT);
    assert.match(await page.innerText('.plant-link'), /ne sait pas faire cela/);
    await page.click('[data-act="rate 60"]');
    await page.waitForSelector('[data-act="rate 60"][aria-pressed="true"]', WAIT);
    assert.doesNotMatch(await page.innerText('.plant-link'), /ne sait pas faire cela/);
    await page.click('[data-act="pause"]');
    await page.waitForSelector('[data-act="pause"][value="resume"]', WAIT);
    for (const name of ['startA', 'startD', 'startP1']) await call(name);
    await act('step 600');
    await page.reload();
    const alarm = '.alarm-rows [data-alarm="dry-run-P1"]';
    await page.click(`${alarm} button`);
    await page.waitForSelector(`${alarm}[data-seen="true"], .alarm-panel:not(:has(${alarm}))`, WAIT);
    await page.context().close();
  });

  it('is looked at by anybody, who can sign in and is back then', async () => {
    const page = await openPlant(browser, server, { locale: 'en-GB' });
    assert.ok(await page.locator('[data-part-row="A"] button').isDisabled());
    await page.focus(part('A'));
    await page.keyboard.press('Enter');
    await page.waitForSelector('.plant-link[data-wrong]', WAIT);
    await page.click('.plant-link a');
    await page.fill('[name="name"]', 'olga');
    await page.fill('[name="password"]', PASSWORD);
    await page.press('[name="password"]', 'Enter');
    await page.waitForSelector('[data-plant-link="live"]', WAIT);
    assert.equal(new URL(page.url()).pathname, '/brewery');
    assert.equal(await page.getAttribute(part('A'), 'data-on'), 'false', 'nothing was done before');
    await page.click(part('A'));
    await page.waitForSelector(`${part('A')}[data-on="true"]`, WAIT);
    // The session ends elsewhere: it says so, nothing changes, and there is the way in again.
    await page.context().clearCookies();
    page.journal.expectedErrors = /status of 401/;
    await page.click(part('A'));
    await page.waitForSelector('.plant-link[data-wrong]', WAIT);
    assert.match(await page.innerText('.plant-link'), /not signed in.*Sign in to act/s);
    assert.match(await call('getA'), /"State":1/, 'it is still open');
    await page.context().close();
  });

  it('shows all of the plant on a phone', async () => {
    const page = await openPlant(browser, server, { viewport: { width: 390, height: 844 } });
    const width = () => page.evaluate(() => document.querySelector('.diagram').getBoundingClientRect().width);
    assert.ok((await width()) > 390);
    await page.check('.diagram-whole input');
    assert.ok((await width()) <= 390);
    const size = (selector) => page.$eval(selector, (text) => text.getBoundingClientRect().height);
    assert.ok((await size('[data-vessel="1"] .vessel-celsius')) >= 11, 'temperatures can be read');
    await page.uncheck('.diagram-whole input');
    assert.ok((await width()) > 390);
    await page.context().close();
  });

  it('is led to from the settings, and costs pages of the map nothing', async () => {
    const page = await browser.open(`${server.origin}/floor/4`);
    const fetched = [];
    page.on('request', (request) => fetched.push(request.url()));
    await page.reload();
    await page.waitForSelector('[data-link="live"]', WAIT);
    await page.click('[data-action="settings"]');
    await page.waitForSelector('#settings a[href="/brewery"]', WAIT);
    assert.deepEqual(fetched.filter((url) => /brewery\.css|plant\.js/.test(url)), []);
    await page.click('#settings a[href="/brewery"]');
    await page.waitForSelector('[data-plant-link="live"]', WAIT);
    await eventually('both have come', () => ['brewery.css', 'plant.js'].every((name) => fetched.some((url) => url.includes(name))), { withinMs: 5_000 });
    await page.context().close();
  });

  it('speaks both languages', async () => {
    for (const [locale, word] of [['fr-FR', 'Empâtage'], ['en-GB', 'Mash tun']]) {
      const page = await openPlant(browser, server, { locale });
      assert.equal(await page.textContent('[data-vessel="3"] .vessel-name'), word);
      assert.match(await page.title(), /DispoBox/);
      await page.context().close();
    }
  });

  it('is accessible, wide and narrow, light and dark, and fits into a phone', async () => {
    for (const name of ['startA', 'startD', 'startP1', 'startR1', 'startPID2']) await call(name);
    await act('step 600');
    for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 800 }]) {
      const page = await openPlantAsOperator({ viewport, reducedMotion: 'reduce' });
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        await assertAccessible(page, `${viewport.width} ${colorScheme}`);
      }
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= viewport.width);
      for (const target of await page.locator('.part .hit, .setpoint .hit').all()) {
        const { width, height } = await target.boundingBox();
        assert.ok(width >= 24 && height >= 24, `${width} by ${height} px`);
      }
      await page.context().close();
    }
  });

  it('refuses what makes no sense, and other sites', async () => {
    for (const text of ['startX', 'setCible1_900.0', 'rate 0', 'seen nothing']) {
      assert.ok(!(await act(text)).ok, text);
    }
    const body = new URLSearchParams({ plant: 'main', act: 'startR1' });
    assert.equal((await post(body, { 'sec-fetch-site': 'cross-site' })).status, 403);
    assert.ok(!(await post(new URLSearchParams({ plant: 'other', act: 'startR1' }))).ok);
    assert.equal((await call('getR1')).trim(), '{"Sensor":"Resistance1","State":0}');
    assert.equal((await fetch(`${server.origin}/brewery/events?plant=other`)).status, 404);
  });

  it('gets there from the map and back', async () => {
    const page = await browser.open(`${server.origin}/floor/4`);
    await page.waitForSelector('[data-link="live"]', WAIT);
    await page.evaluate(() => {
      const link = Object.assign(document.createElement('a'), { href: '/brewery', id: 'to-brewery', textContent: 'x' });
      document.querySelector('main').append(link);
    });
    await page.click('#to-brewery');
    await page.waitForSelector('[data-plant-link="live"]', WAIT);
    await eventually('it is dressed', () => page.$eval('.brewery', (plant) => getComputedStyle(plant).display === 'grid'), { withinMs: 5_000 });
    await page.goBack();
    await page.waitForSelector('[data-booth="42"]', WAIT);
    assert.equal(await page.locator('.brewery').count(), 0);
    await page.context().close();
  });
});

describe('the brewery when the server goes away', () => {
  it('is grey, says so, and comes back', async () => {
    const prepare = (dataDir) => createAccount(dataDir, 'olga', 'operator');
    const server = await startServer({ args: ['--brewery', '127.0.0.1:0'], prepare });
    const browser = await openBrowser();
    try {
      const page = await signIn(browser, server, 'olga', { expectedErrors: BROKEN_REQUESTS, locale: 'fr-FR' });
      await page.goto(`${server.origin}/brewery`);
      await page.waitForSelector('[data-plant-link="live"]', WAIT);
      await page.click(part('A'));
      await page.waitForSelector(`${part('A')}[data-on="true"]`, WAIT);
      await server.stop();
      await page.waitForSelector('[data-plant-link="stale"]', WAIT);
      assert.match(await page.innerText('.plant-link'), /plus à jour/);
      const filter = await page.$eval('.diagram', (drawing) => getComputedStyle(drawing).filter);
      assert.match(filter, /grayscale/);
      await server.start();
      await page.waitForSelector('[data-plant-link="live"]', { timeout: 10_000 });
      assert.equal(await page.getAttribute(part('A'), 'data-on'), 'true', 'the plant was kept');
    } finally {
      await browser.close();
      await server.remove();
    }
  });
});

describe('a server without a brewery', () => {
  it('says so, and how to start one', async () => {
    const server = await startServer();
    const browser = await openBrowser();
    try {
      const page = await browser.open(`${server.origin}/brewery`);
      assert.match(await page.innerText('.problem'), /--brewery/);
      await page.waitForSelector('[data-link="live"]', WAIT);
      assert.match(await page.innerText('.problem'), /--brewery/);
    } finally {
      await browser.close();
      await server.remove();
    }
  });
});
