// What the browser keeps for this page: on the disk where it lets sites keep things, else as long as the page is there.

const unkept = new Map();

/** The text under a key, or null. */
export function read(key) {
  return unkept.get(key) ?? attempt(() => localStorage.getItem(key)) ?? null;
}

export function write(key, text) {
  const isKept = attempt(() => {
    localStorage.setItem(key, text);
    return true;
  });
  if (isKept) unkept.delete(key);
  else unkept.set(key, text);
}

export function remove(key) {
  unkept.delete(key);
  attempt(() => localStorage.removeItem(key));
}

function attempt(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}
