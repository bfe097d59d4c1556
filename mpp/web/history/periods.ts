/** The periods that can be asked for, and the address at which their figures are. */

const DAY = 86_400_000;

/** Return the day that is so many days later, or earlier. */
export function later(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** Return how many days later the second day is. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}

/** A period to compare with: the one just before, as long as this one, or the same weekdays a year ago, or one of one's own. */
export type Compare = "" | "before" | "year" | "own";

export interface Period {
  first: string;
  last: string;
}

/** Return the period to compare with. */
export function compared(first: string, last: string, how: Compare, own: Period = { first: "", last: "" }): Period | null {
  if (how === "") return null;
  if (how === "own") return own.first !== "" && own.first <= own.last ? own : null;
  const days = daysBetween(first, last) + 1;
  const back = how === "year" ? 364 : days;
  return { first: later(first, -back), last: later(last, -back) };
}

/** Return the address of the figures of a period. */
export function address(path: string, asked: Record<string, string>): string {
  const words = Object.entries(asked).filter(([, value]) => value !== "");
  return `${path}?${words.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")}`;
}
