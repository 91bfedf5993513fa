// Screens that were made for the first brewery stub: pages of another origin, with frames and with requests of their own.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { chromium } from 'playwright-core';
import { eventually } from '../src/eventually.mjs';
import { startServer } from '../src/server.mjs';

const FRAMED = ['getTemp1', 'getR1', 'getCible2', 'getPID3'];

/** As such pages are: a frame for each value, and a table of what was asked, what came, and whether it is what it should be. */
const page = (stub) => `<!doctype html><title>Brassage</title>
${FRAMED.map((name) => `<iframe src="${stub}/${name}.py"></iframe>`).join('\n')}
<table></table>
<script>
  var steps = [['startR1', 1], ['getR1', 1], ['stopR1', 0], ['getR1', 0]];
  function ask() {
    var step = steps.shift();
    if (!step) return document.body.setAttribute('data-done', '');
    var request = new XMLHttpRequest();
    request.onloadend = function () {
      var good = request.responseText.trim() === '{"Sensor":"Resistance1","State":' + step[1] + '}';
      document.querySelector('table').insertRow().insertCell().textContent = step[0] + ' ' + (good ? 'OK' : 'KO');
      ask();
    };
    request.open('GET', '${stub}/' + step[0] + '.py');
    request.send();
  }
  onload = ask;
</script>`;

describe('screens of the first brewery stub', () => {
  let server, browser, screen, stub;

  before(async () => {
    server = await startServer({ args: ['--brewery', '127.0.0.1:0'] });
    const address = await eventually('the stub listens', () => /brewery=(\S+)/.exec(server.log)?.[1], { withinMs: 5_000 });
    stub = `http://${address}`;
    screen = createServer((_, response) => response.setHeader('content-type', 'text/html').end(page(stub)));
    await new Promise((resolve) => screen.listen(0, '127.0.0.1', resolve));
    const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
    browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
  });

  after(async () => {
    await browser?.close();
    screen?.close();
    await server?.remove();
  });

  it('show what it says, and can act', async () => {
    const tab = await browser.newPage();
    await tab.goto(`http://127.0.0.1:${screen.address().port}/`);
    await tab.waitForSelector('[data-done]', { state: 'attached' });
    assert.deepEqual(await tab.locator('td').allTextContents(), ['startR1 OK', 'getR1 OK', 'stopR1 OK', 'getR1 OK']);
    const frames = tab.frames().filter((frame) => frame.url().startsWith(stub));
    const texts = await Promise.all(frames.map((frame) => frame.evaluate(() => document.body.innerText.trim())));
    assert.deepEqual(texts.map((text) => JSON.parse(text)), [
      { Sensor: 'HotTank', Temp: 15 },
      { Sensor: 'Resistance1', State: 0 },
      { Sensor: 'Ebu', Cible: 50 },
      { Sensor: 'Mashtun', PID: 0 },
    ]);
  });

  it('cannot do so through the address of the map', async () => {
    const response = await fetch(`${server.origin}/startR1.py`);
    assert.equal(response.status, 404);
    const state = await fetch(`${stub}/getR1.py`);
    assert.equal((await state.text()).trim(), '{"Sensor":"Resistance1","State":0}');
  });
});
