// Colours as eyes get them: contrast after WCAG 2, colour-vision kinds after Machado, Oliveira and Fernandes (2009, full
// severity), distances in OKLab.

const KINDS = {
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};

const multiply = (matrix, vector) => matrix.map((row) => row.reduce((sum, factor, i) => sum + factor * vector[i], 0));

/** `#rrggbb` as linear light, each 0 to 1. */
export function toLinear(hex) {
  const channels = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex)?.slice(1);
  if (!channels) throw new Error(`${hex} is no #rrggbb`);
  return channels.map((digits) => {
    const value = Number.parseInt(digits, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
}

/** What an eye of this kind makes of linear light; any other name is an eye of the usual kind. */
export function simulate(kind, linear) {
  const seen = KINDS[kind] ? multiply(KINDS[kind], linear) : linear;
  return seen.map((value) => Math.min(1, Math.max(0, value)));
}

/** WCAG's contrast of two colours in linear light, 1 to 21. */
export function contrast(a, b) {
  const [dark, light] = [a, b].map(([red, green, blue]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue).sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** How different two colours in linear light look: 0 alike, 1 black and white. */
export function distance(a, b) {
  const [x, y] = [a, b].map(toOklab);
  return Math.hypot(...x.map((value, i) => value - y[i]));
}

function toOklab(linear) {
  const cones = multiply([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]], linear);
  return multiply([[0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099], [0.0259040371, 0.7827717662, -0.808675766]], cones.map(Math.cbrt));
}
