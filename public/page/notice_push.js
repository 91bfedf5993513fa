// Web Push: notices while the page is closed. Offered where the browser can, asked for by the reader's click only.

import { readPushKey, subscribe } from './notice_requests.js';

/** `tellServer` passes the browser's subscription on, if it has one, for the ticket that waits. */
export function startPush(registration, words, notices) {
  const offer = document.querySelector('.notices-push');
  const box = offer.querySelector('input');
  const message = document.querySelector('.notices-push-error');
  const subscription = async () => (await registration)?.pushManager?.getSubscription() ?? null;

  const tellServer = async () => {
    const current = Notification?.permission === 'granted' ? await subscription() : null;
    if (current && notices.ticket && notices.isWaiting) await subscribe(notices.ticket, current.toJSON());
  };
  const turnOn = async () => {
    if ((await Notification.requestPermission()) !== 'granted') throw new Error('denied');
    const { pushManager } = await registration;
    await subscribeTo(pushManager, await readPushKey());
    await tellServer();
  };
  const turnOff = async () => (await subscription())?.unsubscribe();

  if (isSecureContext && 'PushManager' in globalThis && 'Notification' in globalThis) {
    registration.then(async (worker) => {
      if (!worker?.pushManager) return;
      box.checked = Notification.permission === 'granted' && (await subscription()) !== null;
      offer.hidden = false;
    });
  }
  box.addEventListener('change', async () => {
    message.hidden = true;
    try {
      await (box.checked ? turnOn() : turnOff());
    } catch (error) {
      box.checked = false;
      message.hidden = false;
      message.textContent = error.message === 'denied' ? words.push_denied : words.push_failed;
    }
  });
  return { tellServer: 'Notification' in globalThis ? tellServer : async () => {} };
}

/** A subscription that was made with another key of the server, before its data was lost, is made anew. */
async function subscribeTo(pushManager, key) {
  const options = { userVisibleOnly: true, applicationServerKey: key };
  try {
    return await pushManager.subscribe(options);
  } catch (error) {
    if (error.name !== 'InvalidStateError') throw error;
    await (await pushManager.getSubscription())?.unsubscribe();
    return pushManager.subscribe(options);
  }
}
