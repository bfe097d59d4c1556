/** Opening hours in words: why it is closed now, and when to come instead. */
import type { Hours } from "./views.ts";
import { momentText, zoneText } from "./when.ts";
import { said, t, words } from "./words.svelte.ts";

/** Return one sentence: the name of the break or holiday, unless the state has said it already, and the next time numbers are given out. */
export function hoursText(hours: Hours, now: Date, zone: string): string {
  const known = said("hours", hours.state).toLowerCase().includes(hours.reason.toLowerCase());
  const reason = known ? "" : `${hours.reason}. `;
  const next = hours.next_open;
  if (next === null) return reason + t("hours.next_unknown");
  const time = `${momentText(next, now, zone, words.locale)} ${zoneText(now, zone)}`;
  return reason + t("hours.next_open", { time });
}

/** Return a few words for a tile: open, or when it opens. */
export function hoursBrief(hours: Hours, now: Date, zone: string): string {
  if (hours.state === "open") return t("hours.open");
  if (hours.next_open === null) return t("hours.closed");
  return t("hours.closed_until", { time: momentText(hours.next_open, now, zone, words.locale) });
}
