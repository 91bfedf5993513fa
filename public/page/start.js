// What a page has beside the application: notices, updates, the copy for when there is no network. Loaded when the page is
// there; nothing on the map waits for it.

import { startNotices } from './notices.js';
import { startUpdates } from './updates.js';
import { startWorker } from './worker.js';

const { build, worker } = document.documentElement.dataset;
const registration = startWorker(worker === 'on');
startUpdates(build, registration);
startNotices(registration);
