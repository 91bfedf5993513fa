// The colours of every palette, in both plans and both contrasts, reckoned from the style sheets themselves.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { contrast, distance, simulate, toLinear } from '../src/colors.mjs';

const STYLE = new URL('../../style/', import.meta.url);
const KINDS = ['usual', 'deuteranopia', 'protanopia', 'tritanopia'];
const PALETTES = ['standard', 'deuteranopia', 'protanopia', 'tritanopia'];
const GROUNDS = ['room', 'corridor', 'cafeteria'];
const TEXT = 4.5;
const SHAPE = 3;

const texts = (ink, ...grounds) => grounds.map((ground) => [ink, ground, TEXT]);
const shapes = (edge, ...grounds) => grounds.map((ground) => [edge, ground, SHAPE]);
/** What is drawn on what, and the contrast that it needs. */
const PAIRS = [
  ...texts('ink', 'paper', 'surface', 'surface-raised'),
  ...texts('ink-soft', 'paper', 'surface', 'surface-raised'),
  ...texts('surface', 'accent', 'down'),
  ...texts('plan-text', ...GROUNDS),
  ...texts('live', 'surface'),
  ...texts('stale', 'surface'),
  ...texts('down', 'surface'),
  ...texts('free-ink', 'free'),
  ...texts('occupied-ink', 'occupied', 'occupied-hatch'),
  ...texts('grey-ink', 'grey'),
  ...shapes('free-edge', ...GROUNDS),
  ...shapes('occupied-edge', ...GROUNDS),
  ...shapes('grey-edge', ...GROUNDS),
  ...shapes('accent', 'paper', 'surface', 'surface-raised', ...GROUNDS),
  ...shapes('edge-strong', 'surface', 'surface-raised'),
  ...shapes('wall', ...GROUNDS),
];

/** The custom properties of the first rule with this selector: name to value. */
function properties(file, selector) {
  const css = readFileSync(new URL(file, STYLE), 'utf8').replace(/\/\*.*?\*\//gs, '');
  const start = css.indexOf(`${selector} {`);
  assert.ok(start >= 0, `${selector} in ${file}`);
  const body = css.slice(start, css.indexOf('}', start));
  return Object.fromEntries([...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]));
}

/** What is in force for a choice of palette, contrast and plan. */
function colorsOf(palette, isHigh, isDark) {
  const values = {
    ...properties('tokens.css', ':root'),
    ...(palette === 'standard' ? {} : properties('palettes.css', `[data-palette="${palette}"]`)),
    ...(isHigh ? properties('palettes.css', '[data-contrast="high"]') : {}),
  };
  return (name) => {
    const [, light, dark] = /^light-dark\((#\w+), (#\w+)\)$/.exec(values[name]) ?? [];
    assert.ok(light, `--${name} is a light-dark() of two #rrggbb, not ${values[name]}`);
    return toLinear(isDark ? dark : light);
  };
}

for (const palette of PALETTES) {
  for (const isHigh of [false, true]) {
    for (const isDark of [false, true]) {
      describe(`${palette}, ${isHigh ? 'high' : 'normal'} contrast, ${isDark ? 'dark' : 'light'}`, () => {
        const color = colorsOf(palette, isHigh, isDark);

        it('can be read', () => {
          const weak = PAIRS.map(([ink, ground, least]) => [ink, ground, least, contrast(color(ink), color(ground))])
            .filter(([, , least, is]) => is < least)
            .map(([ink, ground, least, is]) => `${ink} on ${ground}: ${is.toFixed(2)}, not ${least}`);
          assert.deepEqual(weak, []);
        });

        // The standard palette has to do for everybody, the others for the eyes that they are made for.
        for (const kind of palette === 'standard' ? KINDS : [palette, 'usual']) {
          it(`tells free from occupied and from grey, for ${kind} eyes`, () => {
            const [free, occupied, grey] = ['free', 'occupied', 'grey'].map((name) => simulate(kind, color(name)));
            const apart = contrast(free, occupied);
            assert.ok(apart >= SHAPE, `free to occupied: contrast ${apart.toFixed(2)}`);
            assert.ok(distance(free, occupied) >= 0.25, `free to occupied: ${distance(free, occupied).toFixed(3)}`);
            assert.ok(distance(free, grey) >= 0.07, `free to grey: ${distance(free, grey).toFixed(3)}`);
            assert.ok(distance(occupied, grey) >= (palette === 'standard' ? 0.12 : 0.19), `occupied to grey: ${distance(occupied, grey).toFixed(3)}`);
          });
        }
      });
    }
  }
}

it('keeps the palettes worth choosing: more hue between free and occupied than the standard one', () => {
  for (const palette of PALETTES.slice(1)) {
    for (const isDark of [false, true]) {
      const hueApart = (of) => {
        const [free, occupied] = ['free', 'occupied'].map((name) => simulate(palette, colorsOf(of, false, isDark)(name)));
        return chromaDistance(free, occupied);
      };
      assert.ok(hueApart(palette) > hueApart('standard'), `${palette}: ${hueApart(palette)} and ${hueApart('standard')}`);
    }
  }
});

/** Without the lightness: both colours brought to the same sum. */
function chromaDistance(a, b) {
  const [x, y] = [a, b].map((color) => {
    const sum = color.reduce((total, value) => total + value, 0);
    return color.map((value) => value / sum);
  });
  return Math.hypot(...x.map((value, i) => value - y[i]));
}
