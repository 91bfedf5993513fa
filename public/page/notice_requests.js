// The routes of `/api/notices`.

const ANSWER_MAX_MS = 10_000;

export const ask = (ticket, target) => post('ask', { ...(ticket ? { ticket } : {}), target });
export const readState = (ticket) => post('state', { ticket });
export const cancel = (ticket, target) => post('cancel', { ticket, target });
export const readPushKey = async () => (await post('push_key', {})).key;
export const subscribe = (ticket, subscription) => post('push', { ticket, subscription });

/** The answer, or an error whose `code` is the server's word for it. */
async function post(name, body) {
  const response = await fetch(`/api/notices/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(ANSWER_MAX_MS),
  });
  if (response.status === 204) return null;
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw Object.assign(new Error(answer.message ?? `status ${response.status}`), { code: answer.error });
  return answer;
}
