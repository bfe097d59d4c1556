/** What a plan says in a sentence: hours in a row that need the same other number of counters are one piece of advice. */
import type { StaffingHour } from "$lib/views.ts";

export interface Advice {
  /** First hour, and the hour in which it ends. */
  from: number;
  until: number;
  counters: number;
  usual: number;
  /** Of the hours together: the most visitors an hour, the longest p90 with the usual counters. */
  visitors: number;
  wait: number;
}

/** Return where another number of counters than the usual one is needed, in the order of the day. */
export function advice(hours: readonly StaffingHour[]): Advice[] {
  const found: Advice[] = [];
  for (const { hour, counters, usual, visitors, usual_p90 } of hours) {
    if (usual === null || usual === counters) continue;
    const last = found[found.length - 1];
    const wait = usual_p90 ?? 0;
    if (last !== undefined && last.until === hour && last.counters === counters && last.usual === usual) {
      last.until = hour + 1;
      last.visitors = Math.max(last.visitors, visitors);
      last.wait = Math.max(last.wait, wait);
    } else found.push({ from: hour, until: hour + 1, counters, usual, visitors, wait });
  }
  return found;
}

/** Return "09.30" for 570 minutes after midnight. */
export const clockText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}.${String(minutes % 60).padStart(2, "0")}`;

/** A wait of more minutes than this is said as "more than": simulated queues that only grow have no honest end. */
export const LONG = 180;
