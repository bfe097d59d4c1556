/** Load the page anew after an upgrade of the server, and never in a loop. */

const KEPT = "mpp.reloaded";
/** Milliseconds between two reloads: two servers of different builds behind one address must not make a page flicker. */
const PAUSE = 60_000;

/** Reload now, unless this window has done so within the last minute; asked again, it does so later. */
export function reloadOnce(now = Date.now()): void {
  const last = Number(sessionStorage.getItem(KEPT));
  if (last <= now && now - last < PAUSE) return;
  sessionStorage.setItem(KEPT, String(now));
  location.reload();
}
