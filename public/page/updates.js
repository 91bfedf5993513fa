// Notices that the server serves a newer build, and offers to load it. A page that nobody sees loads it at once.

/** Remembers for which build a page was loaded anew, so that it happens once and not in circles. */
const RELOADED = 'dispobox.reloaded';

export function startUpdates(build, registration) {
  let newer = null;
  const prompt = document.querySelector('.update-prompt');
  const reloadUnseen = () => {
    if (newer !== null && document.hidden && isFirstFor(newer)) location.reload();
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

/** Whether the page was not loaded for this build yet; where nothing can be remembered, it may have been. */
function isFirstFor(build) {
  try {
    const isFirst = sessionStorage.getItem(RELOADED) !== build;
    sessionStorage.setItem(RELOADED, build);
    return isFirst;
  } catch {
    return false;
  }
}
