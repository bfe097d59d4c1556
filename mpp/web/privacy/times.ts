/** Times of the register as people write and read them: in the mall's own zone. */
import type { Breach } from "$lib/views.ts";
import { clockText, dateOf, zoneText } from "$lib/when.ts";
import { dateText } from "$lib/figures.ts";

const HOUR = 3_600_000;

/** Return "23 Nov 2026, 08.15 WITA". */
export const atText = (at: string, zone: string, locale: string): string =>
  `${dateText(dateOf(at, zone), locale)}, ${clockText(at, zone, locale)} ${zoneText(at, zone)}`;

/** Return "2026-11-23T08:15", as fields of times want it. */
export const fieldOf = (at: Date | string, zone: string): string => `${dateOf(at, zone)}T${clockText(at, zone, "en")}`;

/** Return the moment that a field of times means in a zone. Indonesia's clocks are never put forward or back. */
export function momentOf(field: string, zone: string): string {
  const asUtc = Date.parse(`${field}:00Z`);
  const shown = Date.parse(`${fieldOf(new Date(asUtc), zone)}:00Z`);
  return new Date(asUtc - (shown - asUtc)).toISOString();
}

/** Return how many whole hours are left until those concerned must be told; negative when it is too late. */
export function hoursLeft(breach: Pick<Breach, "due_at">, now: string): number {
  const left = (Date.parse(breach.due_at) - Date.parse(now)) / HOUR;
  return left < 0 ? Math.min(-1, Math.ceil(left)) : Math.floor(left);
}
