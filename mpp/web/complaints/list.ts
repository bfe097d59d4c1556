/** Which complaints are shown. */
import type { ComplaintLine } from "$lib/views.ts";

export const FILTERS = ["open", "urgent", "answered", "over"] as const;
export type Filter = (typeof FILTERS)[number];

const OVER = ["closed", "rejected", "handed_over"];

/** Return whether somebody still owes something. */
export const isOpen = (line: ComplaintLine): boolean => line.state !== "answered" && !OVER.includes(line.state);

/** Return whether a complaint is among those asked for. */
export function fits(line: ComplaintLine, filter: Filter, tenant: string): boolean {
  if (tenant && line.tenant?.code !== tenant && line.handler?.code !== tenant) return false;
  if (filter === "open") return isOpen(line);
  if (filter === "urgent") return isOpen(line) && line.alarm !== null;
  return filter === "answered" ? line.state === "answered" : OVER.includes(line.state);
}
