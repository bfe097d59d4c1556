/** Times, spans and money as people read them, in the mall's own zone and the reader's language. */

/** Intl's own name of a language: English as it is written in this part of the world, with a 24-hour day. */
const tag = (locale: string): string => (locale === "en" ? "en-GB" : `${locale}-ID`);

const made = new Map<string, Intl.DateTimeFormat>();

/** Formatters are dear to make and boards run for weeks: each is made once. */
function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = made.get(key) ?? new Intl.DateTimeFormat(tag(locale), options);
  made.set(key, known);
  return known;
}

/** Return "08.15". */
export function clockText(at: Date | string, timeZone: string, locale: string): string {
  return formatter(locale, { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(at));
}

/** Return "Minggu, 22 November 2026". */
export function dayText(at: Date | string, timeZone: string, locale: string): string {
  return formatter(locale, { timeZone, weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(
    new Date(at),
  );
}

/** Return "2026-11-22", as fields of dates want it. */
export function dateOf(at: Date | string, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone }).format(new Date(at));
}

/** Return "WITA": the zone as Indonesians name it, in every language. */
export function zoneText(at: Date | string, timeZone: string): string {
  const parts = formatter("id", { timeZone, timeZoneName: "short" }).formatToParts(new Date(at));
  return parts.find((part) => part.type === "timeZoneName")?.value ?? "";
}

/** Return "08.00" today, "Senin 08.00" on another day. */
export function momentText(at: string, now: Date, timeZone: string, locale: string): string {
  const hour = clockText(at, timeZone, locale);
  if (dayText(at, timeZone, locale) === dayText(now, timeZone, locale)) return hour;
  const day = formatter(locale, { timeZone, weekday: "long" }).format(new Date(at));
  return `${day} ${hour}`;
}

/** Return whole seconds from one moment to another, never negative. */
export function secondsBetween(from: string, to: Date): number {
  return Math.max(0, Math.floor((to.getTime() - Date.parse(from)) / 1000));
}

/** Return "4:07" or "1:02:09". */
export function spanText(seconds: number): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** Return "Rp 350.000". */
export function rupiahText(amount: number, locale: string): string {
  return `Rp ${new Intl.NumberFormat(tag(locale)).format(amount)}`;
}
