/** Figures as people read them: minutes, shares, counts, days; and the marks of an axis. */

const tag = (locale: string): string => (locale === "en" ? "en-GB" : `${locale}-ID`);

const DAY = 86_400_000;

/** Return "12,5" for 750 seconds; a dash when there is none. */
export function minutesText(seconds: number | null | undefined, locale: string): string {
  if (seconds === null || seconds === undefined) return "–";
  return new Intl.NumberFormat(tag(locale), { maximumFractionDigits: 1 }).format(seconds / 60);
}

/** Return "1,4" for 1.4142. */
export function factorText(n: number, locale: string): string {
  return new Intl.NumberFormat(tag(locale), { maximumFractionDigits: 1 }).format(n);
}

/** Return "42%"; a dash when there is none. */
export function shareText(share: number | null | undefined, locale: string): string {
  if (share === null || share === undefined) return "–";
  return new Intl.NumberFormat(tag(locale), { style: "percent", maximumFractionDigits: 0 }).format(share);
}

/** Return "12.345". */
export function countText(n: number | null | undefined, locale: string): string {
  return n === null || n === undefined ? "–" : new Intl.NumberFormat(tag(locale)).format(n);
}

/** Return "Sen" for Monday, which is 0. */
export function weekdayText(weekday: number, locale: string, length: "short" | "long" = "short"): string {
  const monday = Date.UTC(2026, 10, 23);
  return new Intl.DateTimeFormat(tag(locale), { weekday: length, timeZone: "UTC" }).format(monday + weekday * DAY);
}

/** Return "23 Nov 2026" for "2026-11-23". */
export function dateText(day: string, locale: string): string {
  const shape = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(tag(locale), shape).format(Date.parse(`${day}T00:00:00Z`));
}

/** Return "Nov 2026" for "2026-11-23". */
export function monthText(day: string, locale: string): string {
  return new Intl.DateTimeFormat(tag(locale), { month: "short", year: "numeric", timeZone: "UTC" }).format(Date.parse(`${day}T00:00:00Z`));
}

/** Return a step for the marks of an axis that reaches to `most`: 1, 2 or 5 times a power of ten, some four marks. */
export function axisStep(most: number): number {
  const raw = Math.max(most, 1) / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  return ([1, 2, 5, 10].find((step) => step * power >= raw) ?? 10) * power;
}
