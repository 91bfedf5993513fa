// "Tell me when free", as a page asks for it.

/** Calls `/api/notices/<name>`; returns the status and the answer. */
export async function callNotices(origin, name, body = {}) {
  const response = await fetch(`${origin}/api/notices/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, answer: text === '' ? null : JSON.parse(text) };
}

/** Somebody who waits for a target; fails when it is not granted. */
export async function waitFor(origin, target, ticket) {
  const { status, answer } = await callNotices(origin, 'ask', ticket ? { ticket, target } : { target });
  if (status !== 200) throw new Error(`${status}: ${JSON.stringify(answer)}`);
  return {
    ...answer,
    read: async () => (await callNotices(origin, 'state', { ticket: answer.ticket })).answer,
  };
}
