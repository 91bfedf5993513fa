// Floors, plans, versions, publishing: from nothing to a floor that everybody sees, with forms alone; two people at once; files
// built to do harm.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { createAccount, signIn } from '../src/accounts.mjs';
import { assertAccessible } from '../src/axe.mjs';
import { openBrowser, screenshot } from '../src/browser.mjs';
import { boothShape, isSameDocument, markDocument, viewOf, waitForLink } from '../src/map_page.mjs';
import { startServer } from '../src/server.mjs';

const REFUSED = /status of (409|413|422)/;
const HOSTILE = new URL('../../plan_file/tests/hostile/', import.meta.url);
const SOON_MS = 5_000;

const svg = (body) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 600">${body}</svg>`;
const wall = '<path d="M20 20H1180V580H20Z" fill="none" stroke="#333" stroke-width="8"/>';
const box = (number, x, extra = '') => `<rect id="box-${number}" x="${x}" y="200" width="160" height="120" fill="#eee" ${extra}/>`;
/** Three new booths, one that floor 4 has, a script and a handler. */
const PLAN = svg(`${wall}<script>alert(1)</script>${box(901, 100)}${box(902, 320, 'onclick="alert(2)"')}${box(903, 540)}${box(41, 760)}`);

const fileOf = (text, name = 'plan.svg') => ({ name, mimeType: 'image/svg+xml', buffer: Buffer.from(text) });

/** Asks a function of the plan editor as whoever the page is of. */
async function ask(page, origin, name, wish) {
  const answer = wish ? await page.request.post(`${origin}/api/${name}`, { data: wish }) : await page.request.get(`${origin}/api/${name}`);
  assert.ok(answer.ok(), `${name}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
}

/** Saves a draft of a floor; `draw` changes the layout. */
async function draft(page, origin, floor, draw) {
  const { published, draft: kept } = await ask(page, origin, `read_layout?floor=${floor}`);
  const layout = kept?.draft.layout ?? published.layout;
  draw(layout);
  const base = kept?.draft.base ?? published.version;
  const wish = { floor, base, revision: kept?.draft.revision ?? 0, layout, plan: kept?.sheet?.sha ?? null };
  const { saved } = await ask(page, origin, 'save_draft', wish);
  assert.ok(saved > 0);
  return saved;
}

const find = (layout, number) => layout.find((booth) => booth.number === number);

describe('floors', () => {
  let server, browser, eve, adam;
  const admin = (path) => `${server.origin}/admin/floors${path}`;
  const open = (page, path) => page.goto(admin(path));

  before(async () => {
    server = await startServer({
      prepare: async (dataDir) => {
        await createAccount(dataDir, 'eve', 'editor');
        await createAccount(dataDir, 'adam', 'editor');
      },
    });
    browser = await openBrowser();
    // Everything is done without scripts, but for the open map.
    eve = await signIn(browser, server, 'eve', { javaScriptEnabled: false, expectedErrors: REFUSED });
    adam = await signIn(browser, server, 'adam', { expectedErrors: REFUSED });
  });

  after(async () => {
    try {
      await browser?.close();
    } finally {
      await server?.remove();
    }
  });

  it('makes a floor from nothing, with the booths of its plan, and publishes it', async () => {
    await open(eve, '');
    await eve.click('details:has([name="number"]) > summary');
    await eve.fill('[name="number"]', '9');
    await eve.fill('details:has([name="number"]) [name="name"]', 'Terrasse');
    await eve.click('details:has([name="number"]) button');
    assert.equal(eve.url(), admin('/9/plan'));
    await eve.setInputFiles('[name="plan"]', fileOf(PLAN));
    await eve.click('.upload button');
    assert.match(await eve.textContent('.left-out'), /script/);
    const taken = eve.locator('[data-proposal] [type="checkbox"]');
    assert.equal(await taken.count(), 4);
    const ticked = await eve.locator('[data-proposal]:has(:checked) [inputmode="numeric"]').evaluateAll((all) => all.map((input) => input.value));
    assert.deepEqual(ticked, ['901', '902', '903'], 'floor 4 has a booth 41');
    await screenshot(eve, 'floors-proposals');
    await eve.click('.new-plan button');
    assert.equal(eve.url(), admin('/9/publish'));
    assert.equal(await eve.getAttribute('[data-differences]', 'data-differences'), '3');
    await eve.fill('[name="name"]', 'Premier plan');
    await eve.click('.publish-form button');
    assert.equal(eve.url(), admin('/9/versions'));
    assert.match(await eve.textContent('[data-version="2"]'), /Premier plan.*eve/s);
    const page = await browser.open(`${server.origin}/floor/9`);
    for (const number of [901, 902, 903]) assert.equal(await page.locator(boothShape(number)).count(), 1, `${number}`);
    assert.equal(await page.locator('[data-tab="9"]').count(), 1);
    await page.close();
  });

  it('says what is wrong with a file or a number, and keeps what was typed', async () => {
    const send = async (text, name) => {
      await open(eve, '/9/plan');
      await eve.setInputFiles('[name="plan"]', fileOf(text, name));
      const [response] = await Promise.all([eve.waitForResponse(admin('/9/plan')), eve.click('.upload button')]);
      return [response.status(), await eve.textContent('.told')];
    };
    const [status, said] = await send('<!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg"/>');
    assert.equal(status, 422);
    assert.match(said, /DOCTYPE/);
    assert.equal((await send('nothing'))[0], 422);
    const [large, words] = await send('x'.repeat(9 * 1024 * 1024), 'large.png');
    assert.equal(large, 413);
    assert.match(words, /too large/);
    await open(eve, '/9/plan');
    await eve.setInputFiles('[name="plan"]', fileOf(PLAN));
    await eve.click('.upload button');
    await eve.check('[name="take-0"]');
    await eve.fill('[name="number-0"]', 'x1');
    await eve.fill('[name="name-0"]', 'Ada');
    await eve.click('.new-plan button');
    assert.match(await eve.textContent('.told'), /“x1”/);
    assert.equal(await eve.inputValue('[name="name-0"]'), 'Ada', 'what was typed stays');
    await open(eve, '');
    await eve.click('details:has([name="number"]) > summary');
    await eve.fill('[name="number"]', '9');
    await eve.click('details:has([name="number"]) button');
    assert.match(await eve.textContent('.told'), /such a floor/);
    assert.equal(await eve.inputValue('[name="number"]'), '9');
  });

  it('draws what differs: by colour, mark, legend and table', async () => {
    await draft(eve, server.origin, 9, (layout) => {
      find(layout, 901).shape.rectangle.x += 60;
      find(layout, 901).name = 'Ada';
      find(layout, 902).wires = [{ board: 'board-x', channel: 0 }];
      layout.splice(layout.indexOf(find(layout, 903)), 1);
      const shape = { rectangle: { x: 800, y: 220, width: 200, height: 100, rotation_deg: 0 } };
      layout.push({ id: 2 ** 32 + 1, number: 904, name: '', shape, wires: [], is_locked: false });
    });
    await open(eve, '/9/publish');
    const kinds = await eve.locator('.legend [data-change]').evaluateAll((all) => all.map((mark) => mark.dataset.change));
    assert.deepEqual(kinds, ['added', 'removed', 'moved', 'renamed', 'rewired']);
    assert.equal(await eve.locator('.drawn-way').count(), 1, 'the way it has gone');
    assert.equal(await eve.locator('.drawn-ghost').count(), 1, 'where it was');
    const rows = await eve.locator('.change-table tbody tr').evaluateAll((all) => all.map((row) => row.innerText.replace(/\s+/g, ' ').trim()));
    assert.equal(rows.length, 5);
    assert.match(rows.join('\n'), /901 Moved 100 ; 200 160 ; 200/);
    assert.match(rows.join('\n'), /902 Re-wired no sensor board-x \/ 0/);
    await eve.fill('[name="name"]', 'Deuxième');
    await eve.click('.publish-form button');
    assert.match(await eve.textContent('.told'), /version 3/);
  });

  it('refuses numbers that are there twice', async () => {
    await draft(adam, server.origin, 9, (layout) => (find(layout, 901).number = 902));
    await open(adam, '/9/publish');
    assert.match(await adam.textContent('[data-findings="faults"]'), /902/);
    assert.equal(await adam.locator('.publish-form button').count(), 0);
    await adam.click('[action$="/discard"] button');
    await open(adam, '/9/publish');
    assert.equal(await adam.locator('.publish-form').count(), 0);
  });

  it('asks where two have changed the same, and tells of what comes between', async () => {
    const move = (by) => (layout) => (find(layout, 901).shape.rectangle.y += by);
    await draft(eve, server.origin, 9, move(30));
    await draft(adam, server.origin, 9, move(60));
    await open(adam, '/9/publish');
    assert.match(await adam.textContent('.colleagues'), /eve/);
    await adam.fill('[name="name"]', 'Plus bas');
    await adam.click('.publish-form button');
    await open(eve, '/9/publish');
    assert.match(await eve.textContent('.meanwhile'), /Version 4.*Plus bas.*adam/s);
    assert.equal(await eve.locator('[data-clash]').count(), 1);
    assert.equal(await eve.locator('[data-clash] :checked').count(), 0, 'nothing is decided for anybody');
    const sent = await eve.request.post(admin('/9/publish'), {
      form: {
        revision: await eve.inputValue('.publish-form [name="revision"]'),
        against: '4',
        when: 'now',
        'key-0': await eve.inputValue('[name="key-0"]'),
      },
    });
    assert.equal(sent.status(), 422, 'not without an answer');
    // Somebody else publishes while eve looks at the question.
    await draft(adam, server.origin, 9, (layout) => (find(layout, 902).name = 'Grace'));
    await open(adam, '/9/publish');
    await adam.click('.publish-form button');
    await eve.check('[name="choice-0"][value="mine"]');
    await eve.click('.publish-form button');
    assert.match(await eve.textContent('.told'), /Version 5.*adam/s);
    assert.equal(await eve.locator('[data-clash] :checked').count(), 0, 'asked anew');
    await eve.check('[name="choice-0"][value="mine"]');
    await eve.click('.publish-form button');
    assert.match(await eve.textContent('.told'), /version 6/);
    const { published } = await ask(eve, server.origin, 'read_layout?floor=9');
    assert.equal(find(published.layout, 901).shape.rectangle.y, 230, 'mine');
    assert.equal(find(published.layout, 902).name, 'Grace', 'and theirs, where nothing clashes');
  });

  it('compares any two versions, and brings one back as a new one', async () => {
    await open(eve, '/9/versions');
    await eve.selectOption('[name="from"]', '2');
    await eve.selectOption('[name="to"]', '6');
    await eve.click('.compare-form button');
    assert.equal(await eve.getAttribute('[data-differences]', 'data-differences'), '4');
    await draft(eve, server.origin, 9, (layout) => (find(layout, 901).name = 'Draft'));
    await eve.click('[data-version="3"] [href*="restore="]');
    assert.equal(await eve.locator('.restore-form :checked').count(), 0, 'what becomes of the draft is asked');
    await eve.check('[name="draft"][value="discard"]');
    await eve.fill('.restore-form [name="name"]', 'Comme avant');
    await eve.click('.restore-form button');
    assert.match(await eve.textContent('[data-version="7"]'), /Comme avant.*brings back 3.*eve/s);
    const { published, draft: kept } = await ask(eve, server.origin, 'read_layout?floor=9');
    assert.equal(find(published.layout, 901).shape.rectangle.y, 200);
    assert.equal(kept, null);
  });

  it('publishes at a time; an open map follows and keeps its zoom', async () => {
    const page = await browser.open(`${server.origin}/floor/9`);
    await waitForLink(page, 'live');
    await markDocument(page);
    await page.locator('svg:has([data-view])').hover();
    await page.mouse.wheel(0, -400);
    await page.waitForFunction(() => Number(document.querySelector('[data-view]').dataset.view.split(' ')[0]) > 1.2);
    const view = await viewOf(page);
    await draft(eve, server.origin, 9, (layout) => (find(layout, 904).number = 905));
    await open(eve, '/9/publish');
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    await eve.check('[name="when"][value="later"]');
    await eve.fill('[name="date"]', '2020-01-01');
    await eve.fill('[name="time"]', '08:30');
    await eve.fill('[name="name"]', 'Demain');
    await eve.click('.publish-form button');
    assert.match(await eve.textContent('.told'), /still to come/);
    assert.equal(await eve.inputValue('[name="name"]'), 'Demain');
    await eve.fill('[name="date"]', tomorrow);
    await eve.click('.publish-form button');
    assert.match(await eve.textContent('.told'), new RegExp(`${tomorrow} 08:30`));
    assert.match(await eve.textContent('[data-schedule]'), /Demain.*08:30.*eve/s);
    await eve.click('[data-schedule] button');
    assert.equal(await eve.getAttribute('[data-differences]', 'data-differences'), '1', 'a draft again');
    const { draft: kept } = await ask(eve, server.origin, 'read_layout?floor=9');
    await ask(eve, server.origin, 'schedule_layout', { floor: 9, revision: kept.draft.revision, name: 'Bientôt', due_at: Date.now() + 2_000 });
    await page.waitForSelector(boothShape(905), { state: 'attached', timeout: 2 * SOON_MS });
    assert.equal(await page.locator(boothShape(904)).count(), 0);
    assert.deepEqual(await viewOf(page), view);
    assert.ok(await isSameDocument(page));
    await page.close();
  });

  it('draws a booth by its outline, with its number inside', async () => {
    const page = await browser.open(`${server.origin}/floor/9`);
    await waitForLink(page, 'live');
    const corners = [[100, 400], [300, 400], [300, 440], [160, 440], [160, 560], [100, 560]].map(([x, y]) => ({ x, y }));
    const { published } = await ask(eve, server.origin, 'read_layout?floor=9');
    const next = 2 ** 33 + 7;
    assert.ok(!published.layout.some((booth) => booth.id === next));
    const revision = await draft(eve, server.origin, 9, (layout) => {
      layout.push({ id: next, number: 907, name: '', shape: { polygon: corners }, wires: [], is_locked: false });
    });
    await ask(eve, server.origin, 'publish_layout', { floor: 9, revision, name: 'L', answers: null });
    await page.waitForSelector(boothShape(907), { state: 'attached', timeout: SOON_MS });
    for (const shown of [page, await browser.open(`${server.origin}/floor/9`, { javaScriptEnabled: false })]) {
      assert.equal(await shown.locator(`${boothShape(907)} rect`).count(), 0);
      const d = await shown.getAttribute(`${boothShape(907)} path.booth-ground`, 'd');
      assert.equal(d, 'M100 400L300 400L300 440L160 440L160 560L100 560Z');
      const number = shown.locator(`${boothShape(907)} .booth-number`);
      const [x, y, size] = await Promise.all(['x', 'y', 'font-size'].map(async (name) => Number(await number.getAttribute(name))));
      const inArm = y - size / 2 >= 399 && y + size / 2 <= 441 && x >= 100 && x + 2 * size <= 301;
      const inLeg = x >= 100 && x + 2 * size <= 161;
      assert.ok(inArm || inLeg, `${x} ${y} ${size}`);
      await shown.close();
    }
  });

  it('names floors, orders them, takes them away and brings them back', async () => {
    const tabs = async () => {
      const html = await (await eve.request.get(`${server.origin}/floor/4`)).text();
      return [...html.matchAll(/data-tab="(-?\d+)"/g)].map(([, number]) => number);
    };
    const before = await tabs();
    await open(eve, '');
    await eve.click('[data-floor-row="9"] details > summary');
    await eve.fill('[data-floor-row="9"] [name="name"]', 'Toit');
    await eve.selectOption('[data-floor-row="9"] [name="place"]', '1');
    await eve.click('[data-floor-row="9"] [action$="/rename"] button');
    assert.match(await eve.textContent('[data-floor-row="9"] h2'), /Toit/);
    assert.deepEqual(await tabs(), ['9', ...before.filter((number) => number !== '9')]);
    await eve.click('[data-floor-row="9"] details > summary');
    await eve.click('[data-floor-row="9"] [action$="/retire"] button');
    assert.deepEqual(await tabs(), before.filter((number) => number !== '9'));
    assert.equal((await eve.request.get(`${server.origin}/floor/9`)).status(), 404);
    await eve.click('[data-retired-floor="9"] button');
    assert.ok((await tabs()).includes('9'));
    const html = await (await eve.request.get(`${server.origin}/floor/9`)).text();
    assert.match(html, /data-booth="901"/, 'with its booths');
  });

  it('lets no file do anything, as itself and inside the floor’s page', async () => {
    const seen = [];
    const page = await browser.open(`${server.origin}/floor/9`);
    page.on('dialog', (dialog) => {
      seen.push(`dialog ${dialog.message()}`);
      dialog.dismiss();
    });
    page.context().on('request', (request) => {
      const url = new URL(request.url());
      if (url.origin !== server.origin) seen.push(`request ${request.url()}`);
    });
    await page.exposeFunction('alerted', (text) => seen.push(`script ${text}`));
    await page.addInitScript(() => (globalThis.alert = (text) => globalThis.alerted(String(text))));
    let kept = 0;
    const files = (await readdir(HOSTILE)).sort();
    for (const name of files) {
      const buffer = await readFile(new URL(name, HOSTILE));
      const sent = await eve.request.post(admin('/9/plan'), { multipart: { plan: { name, mimeType: 'image/svg+xml', buffer } } });
      const sha = /data-plan="([0-9a-f]{64})"/.exec(await sent.text())?.[1];
      if (!sha) {
        assert.ok([413, 422].includes(sent.status()), `${name}: ${sent.status()}`);
        continue;
      }
      kept += 1;
      const drafted = await eve.request.post(admin('/9/take_plan'), { form: { sha }, maxRedirects: 0 });
      assert.equal(drafted.status(), 303, name);
      const { draft: own, published } = await ask(eve, server.origin, 'read_layout?floor=9');
      const form = { revision: String(own.draft.revision), against: String(published.version), when: 'now', name };
      assert.equal((await eve.request.post(admin('/9/publish'), { form, maxRedirects: 0 })).status(), 303, name);
      for (const path of [`/plans/${sha}.svg`, '/floor/9']) {
        await page.goto(`${server.origin}${path}`, { waitUntil: 'load' });
        if (path === '/floor/9') assert.equal(await page.locator(`image[href="/plans/${sha}.svg"]`).count(), 1, name);
        // On the page a click would choose a booth, which stands above the plan.
        if (path !== '/floor/9') await page.mouse.click(640, 400);
        assert.deepEqual(seen, [], `${name} as ${path}`);
      }
    }
    assert.ok(kept > 40, `${kept} of ${files.length} were kept`);
    await page.close();
  });

  it('is for editors', async () => {
    const page = await browser.open(`${server.origin}/admin/floors/9/publish`);
    assert.match(page.url(), /\/login\?to=/);
    await page.close();
  });

  it('can be read and worked by all', async () => {
    await draft(adam, server.origin, 4, (layout) => {
      find(layout, 42).shape.rectangle.x += 40;
      find(layout, 43).name = 'Ada Lovelace';
    });
    for (const path of ['', '/4/publish', '/9/versions?from=2&to=3', '/9/versions?restore=3', '/9/plan']) {
      for (const width of [390, 1280]) {
        await adam.setViewportSize({ width, height: 900 });
        await open(adam, path);
        const wide = await adam.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.equal(wide, 0, `${path} at ${width}`);
      }
      await assertAccessible(adam, path);
    }
  });
});
