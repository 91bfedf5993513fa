// Waiting for a state rather than for a time: looks again and again until a deadline.

/**
 * Returns the first truthy answer of `look`.
 * @param {string} what said when the deadline passes
 * @param {() => any | Promise<any>} look
 * @param {{ withinMs: number, everyMs?: number }} limits
 */
export async function eventually(what, look, { withinMs, everyMs = 20 }) {
  const startedAt = performance.now();
  for (;;) {
    const answer = await look();
    if (answer) return answer;
    if (performance.now() - startedAt > withinMs) throw new Error(`not within ${withinMs} ms: ${what}`);
    await pause(everyMs);
  }
}

/** Lets other work go on for a moment. Only for waiting loops and for what the protocol itself times. */
export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
