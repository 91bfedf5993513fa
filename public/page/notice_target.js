// Targets of notices, as JSON (`"any"`, `{"floor":4}`) and as a word (`any`, `floor:4`) for attributes.

export function parseTarget(name) {
  const [kind, number] = name.split(':');
  return kind === 'any' ? 'any' : { [kind]: Number(number) };
}

export function targetName(target) {
  return target === 'any' ? 'any' : Object.entries(target)[0].join(':');
}
