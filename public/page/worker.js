// Registers the service worker, and lets it keep the floors that are looked at.

const KEEP_AGAIN_AFTER_MS = 5 * 60_000;

/**
 * @param {boolean} isWanted false when the server takes the worker back
 * @returns {Promise<ServiceWorkerRegistration | null>} null where there is none: no secure context, an old browser
 */
export async function startWorker(isWanted) {
  if (!('serviceWorker' in navigator)) return null;
  try {
    if (!isWanted) {
      const registrations = await navigator.serviceWorker.getRegistrations();
      await Promise.all(registrations.map((registration) => registration.unregister()));
      return null;
    }
    await navigator.serviceWorker.register('/sw.js');
    const registration = await navigator.serviceWorker.ready;
    keepFloors(registration);
    return registration;
  } catch (error) {
    console.warn('no service worker:', error.message);
    return null;
  }
}

/** The floor that is shown is kept: when it is opened, and anew when the reader leaves it after a while. */
function keepFloors(registration) {
  let kept = null;
  const keep = (isLeaving) => {
    const floor = document.querySelector('[data-floor]')?.dataset.floor;
    if (floor === undefined || (!isLeaving && kept?.floor === floor)) return;
    if (isLeaving && kept?.floor === floor && Date.now() - kept.at < KEEP_AGAIN_AFTER_MS) return;
    kept = { floor, at: Date.now() };
    registration.active?.postMessage({ kind: 'keep', path: `/floor/${floor}` });
  };
  keep(false);
  addEventListener('dispobox:hb', () => keep(false));
  addEventListener('visibilitychange', () => keep(document.hidden));
}
