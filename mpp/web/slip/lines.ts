/** The switches of a ticket's layout, in the order in which the lines stand on paper. */
import type { SlipLayout } from "$lib/views.ts";

export const SWITCHES = ["mall", "place", "service", "priority", "ahead", "outlook", "requirements", "qr", "notes", "footer"] as const;
export type Switch = (typeof SWITCHES)[number];

/** As large as double, and as large as three signs and a dash fit on narrow paper. */
export const SIZES = [2, 3, 4, 5, 6, 7, 8] as const;

/** Return whether two layouts print the same. */
export function same(one: SlipLayout, other: SlipLayout): boolean {
  return (
    SWITCHES.every((line) => one[line] === other[line]) && one.number_size === other.number_size && (one.language ?? null) === (other.language ?? null)
  );
}
