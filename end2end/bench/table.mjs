// Figures: `{ name, unit, value, must?, aim? }`. Smaller is better in all of them.

export function median(values) {
  return percentile(values, 50);
}

/** The value that `percent` of the values do not exceed. */
export function percentile(values, percent) {
  const sorted = [...values].sort(ascending);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}

const ascending = (a, b) => a - b;

/** Prints all figures beside what they must and should be; false when one misses what it must be. */
export function printTable(figures) {
  console.log('| what | figure | must | aim | |\n|---|--:|--:|--:|---|');
  for (const figure of figures) {
    const { name, unit, value, must, aim } = figure;
    const cells = [name, show(value, unit), show(must, unit), show(aim, unit), verdict(figure)];
    console.log(`| ${cells.join(' | ')} |`);
  }
  return figures.every((figure) => verdict(figure) !== 'MISSED');
}

function verdict({ value, must, aim }) {
  if (must !== undefined && value > must) return 'MISSED';
  if (aim !== undefined) return value <= aim ? 'as aimed' : 'above the aim';
  return '';
}

function show(value, unit) {
  if (value === undefined) return '';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${unit}`;
}
