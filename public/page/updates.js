// Notices that the server serves a newer build, and offers to load it. A page that nobody sees loads it at once.

/** Remembers for which build a page was loaded anew, so that it happens once and not in circles. */
const RELOADED = 'dispobox.reloaded';

export function startUpdates(build, registration) {
  let newer = null;
  const prompt = document.querySelector('.update-prompt');
  const reloadUnseen = () => {
    if (newer === null || !document.hidden || sessionStorage.getItem(RELOADED) === newer) return;
    sessionStorage.setItem(RELOADED, newer);
    location.reload();
  };
  addEventListener('dispobox:hb', (event) => {
    const told = JSON.parse(event.detail).build;
    if (told === build || told === newer) return;
    newer = told;
    prompt.hidden = false;
    // Its files are fetched while the reader goes on.
    registration.then((worker) => worker?.update()).catch(() => {});
    reloadUnseen();
  });
  document.addEventListener('visibilitychange', reloadUnseen);
  prompt.querySelector('button').addEventListener('click', () => location.reload());
}
