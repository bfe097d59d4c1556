/** The rows of what came of a try-out. */
import { countText, shareText } from "$lib/figures.ts";
import type { Key } from "$lib/text.ts";
import type { SimulationView } from "$lib/views.ts";

export const COLUMNS = ["happened", "as_it_was", "tried"] as const;

type Lived = NonNullable<SimulationView["tried"]>;

export interface Row {
  label: Key;
  kind: "minutes" | "share" | "count" | "times";
  /** In the order of COLUMNS; null is withheld, or there is none. */
  values: (number | null | undefined)[];
}

const ROWS: [Key, Row["kind"], (of: Lived) => number | null | undefined][] = [
  ["tryout.visitors", "count", (of) => of.all.n],
  ["tryout.not_called", "count", (of) => of.all.not_called],
  ["tryout.mean", "minutes", (of) => of.all.mean],
  ["tryout.late", "share", (of) => of.all.late],
  ["tryout.ordinary_median", "minutes", (of) => of.ordinary?.median],
  ["tryout.ordinary_p90", "minutes", (of) => of.ordinary?.p90],
  ["tryout.priority_median", "minutes", (of) => of.priority?.median],
  ["tryout.priority_p90", "minutes", (of) => of.priority?.p90],
  ["tryout.longest", "minutes", (of) => of.longest_a_day],
  ["tryout.overtaken", "times", (of) => of.overtaken],
];

/** Return the rows, each with what happened, its simulation, and what was tried. */
export function rows(view: SimulationView): Row[] {
  const columns = COLUMNS.map((name) => view[name]);
  return ROWS.map(([label, kind, of]) => ({ label, kind, values: columns.map((one) => (one ? of(one) : null)) }));
}

/** Return "12,5" for 12.5 minutes; a dash when there is none. */
export function minutes(value: number | null | undefined, locale: string, digits = 1): string {
  if (value === null || value === undefined) return "–";
  return new Intl.NumberFormat(locale === "en" ? "en-GB" : `${locale}-ID`, { maximumFractionDigits: digits }).format(value);
}

/** Return a value as its row shows it. */
export function shown(value: number | null | undefined, kind: Row["kind"], locale: string): string {
  if (kind === "share") return shareText(value, locale);
  return kind === "count" ? countText(value, locale) : minutes(value, locale, kind === "times" ? 2 : 1);
}
