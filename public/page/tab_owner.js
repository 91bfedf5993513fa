// Which tab of a browser shows what concerns all of them: the one in sight, else the first. In storage rather than by a lock,
// because locks exist in secure contexts only and offices serve plain http.

import { read, remove, write } from './storage.js';

const OWNER = 'dispobox.notice_owner';
/** A tab that has not renewed its claim for so long is gone; tabs out of sight may be slowed down to a turn a minute. */
const STALE_MS = { seen: 3_000, unseen: 70_000 };
const TAB = crypto.getRandomValues(new Uint32Array(2)).join('-');

/** Claims the place if it is to be had; true while this tab has it. Ask every second. */
export function isOwner() {
  const owner = JSON.parse(read(OWNER) ?? 'null');
  const isSeen = !document.hidden;
  const isStale = !owner || Date.now() - owner.at > (owner.isSeen ? STALE_MS.seen : STALE_MS.unseen);
  if (owner?.tab !== TAB && !isStale && (owner.isSeen || !isSeen)) return false;
  write(OWNER, JSON.stringify({ tab: TAB, at: Date.now(), isSeen }));
  return true;
}

/** Gives the place away. */
export function leave() {
  const owner = JSON.parse(read(OWNER) ?? 'null');
  if (owner?.tab === TAB) remove(OWNER);
}
