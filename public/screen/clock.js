// The time at the site, by the server's clock: a small computer on a wall may have none of its own.

const { zone } = document.documentElement.dataset;
const format = new Intl.DateTimeFormat(document.documentElement.lang, {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: zone,
});
const clocks = [...document.querySelectorAll('.wall-clock')];
let aheadMs = 0;

/** The server has said what time it is. */
export function setClock(serverMs) {
  aheadMs = serverMs - Date.now();
}

export const timeOf = (browserMs) => format.format(browserMs + aheadMs);

/** Touches nothing but once a minute. */
export function drawClock() {
  const text = timeOf(Date.now());
  for (const clock of clocks) {
    if (clock.textContent !== text) clock.textContent = text;
  }
}
