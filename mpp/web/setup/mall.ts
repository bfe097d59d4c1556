/** The mall's description as the page holds it: the JSON of the mall file, which goes back whole; what the page does not know stays in it. */
import { codeOf, nextCode, nextPrefix, TINTS } from "./suggest.ts";

export interface Pause {
  start: string;
  end: string;
  name: string;
}
export interface Day {
  open: string;
  close: string;
  breaks: Pause[];
}
export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type DayName = (typeof DAYS)[number];
export type Hours = Partial<Record<DayName, Day | null>>;

export interface Outcome {
  code: string;
  name: string;
  name_en: string;
}
export interface Service {
  code: string;
  name: string;
  name_en: string;
  prefix: string | null;
  quota_per_day: number | null;
  keywords: string[];
  outcomes: Outcome[];
}
export interface Tenant {
  code: string;
  name: string;
  name_en: string | null;
  short_name: string;
  prefix: string;
  colour: string;
  hours: Hours | null;
  responsible: string | null;
  services: Service[];
}
export interface Zone {
  code: string;
  name: string;
  languages: string[];
  ticker: string[];
}
export interface Counter {
  code: string;
  name: string;
  zone: string;
  tenant: string;
  services: "all" | string[];
}
export interface Mall {
  mall: {
    name: string;
    name_en: string | null;
    place: string;
    timezone: string;
    label: string | null;
    ticket_footer: string | null;
    pledge: string | null;
    priority_classes: Outcome[];
  };
  hours: Hours;
  last_ticket_minutes: number | null;
  reporting: { target_wait_minutes: number | null; smallest_group: number | null };
  closing: { mode: "off" | "warn" | "stop"; percent: number | null };
  offline: { numbers: number | null; first: number | null; minutes: number | null };
  survey: {
    offered: boolean;
    quick: boolean;
    period_months: number;
    answer_percent: number | null;
    open_days: number | null;
    paper_days: number | null;
  };
  holidays: { date: string; name: string }[];
  zones: Zone[];
  pronunciations: Record<string, string | Record<string, string>>;
  tenants: Tenant[];
  counters: Counter[];
}

/** Return a time of the description as it is written on a door: "08.00". */
export const clockText = (time: string): string => (/^\d\d:\d\d(:00)?$/.test(time) ? time.slice(0, 5).replace(":", ".") : time);

/** Return what somebody typed as a time of the description: 8, 8.30, 08:30 and 0830 are all understood; else as it is. */
export function clockOf(text: string): string {
  const [, hour, minute = "00"] = /^(\d{1,2})[.:]?(\d{2})?$/.exec(text.trim()) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return text;
  return `${hour.padStart(2, "0")}:${minute}:00`;
}

export const newDay = (): Day => ({ open: "08:00:00", close: "15:00:00", breaks: [] });

export const newZone = (mall: Mall, name: string): Zone => ({
  code: nextCode("", mall.zones.map((zone) => zone.code)),
  name,
  languages: mall.zones[0] ? [...mall.zones[0].languages] : ["id"],
  ticker: [],
});

export const newTenant = (mall: Mall): Tenant => ({
  code: "",
  name: "",
  name_en: null,
  short_name: "",
  prefix: nextPrefix(mall.tenants.map((tenant) => tenant.prefix)),
  colour: TINTS[mall.tenants.length % TINTS.length]!,
  hours: null,
  responsible: null,
  services: [],
});

export const newService = (): Service => ({ code: "", name: "", name_en: "", prefix: null, quota_per_day: null, keywords: [], outcomes: [] });

/** Return the next counter: of the tenant and the zone of the one before. */
export function newCounter(mall: Mall): Counter {
  const last = mall.counters[mall.counters.length - 1];
  const served = mall.counters.map((counter) => counter.tenant);
  const without = mall.tenants.find((tenant) => !served.includes(tenant.code));
  const names = mall.counters.map((counter) => Number(counter.name)).filter((n) => n > 0);
  return {
    code: nextCode("L", mall.counters.map((counter) => counter.code)),
    name: String(Math.max(0, ...names) + 1),
    zone: last?.zone ?? mall.zones[0]?.code ?? "",
    tenant: without?.code ?? last?.tenant ?? mall.tenants[0]?.code ?? "",
    services: "all",
  };
}

/** Fields that may be left empty; the server knows such as null. */
const OPTIONAL = ["name_en", "label", "ticket_footer", "pledge", "responsible", "prefix", "quota_per_day"];

/** Return the description as the server wants it: no blanks at the ends, null where nothing is, no empty lines in lists. */
export function tidied(mall: Mall): Mall {
  const plain = tidy(mall, "") as Mall;
  for (const one of plain.mall.priority_classes) {
    one.name_en = one.name_en || one.name;
    one.code = one.code || codeOf(one.name, plain.mall.priority_classes.map((other) => other.code), "_");
  }
  for (const tenant of plain.tenants)
    for (const service of tenant.services) {
      service.name_en = service.name_en || service.name;
      for (const outcome of service.outcomes) {
        outcome.name_en = outcome.name_en || outcome.name;
        outcome.code = outcome.code || codeOf(outcome.name, service.outcomes.map((other) => other.code), "_");
      }
    }
  return plain;
}

function tidy(value: unknown, key: string): unknown {
  if (typeof value === "string") return value.trim() === "" && OPTIONAL.includes(key) ? null : value.trim();
  if (Array.isArray(value)) {
    const rows = value.map((row) => tidy(row, ""));
    return key === "keywords" || key === "ticker" ? rows.filter((row) => row !== "") : rows;
  }
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name.trim(), tidy(inner, name)]));
}

const WORKING = ["reporting", "closing", "offline", "survey"];

/** Return which section of the page a path of a problem belongs to. */
export function sectionOf(path: string): string {
  const first = /^\$\.([a-z_]+)/.exec(path)?.[1] ?? "mall";
  if (first === "last_ticket_minutes") return "hours";
  if (WORKING.includes(first) || path.startsWith("$.mall.priority_classes")) return "working";
  return ["hours", "holidays", "zones", "tenants", "counters", "pronunciations"].includes(first) ? first : "mall";
}

/** Return the path of a thing, by the number of its place in a list or by its name in a group. */
export const placeOf = (part: keyof Mall, at: number | string): string => `$.${part}${typeof at === "number" ? `[${at}]` : `.${at}`}`;

/** Return the numbers in a path, such as 2 and 0 of "$.tenants[2].services[0].name". */
export const placesIn = (path: string): number[] => [...path.matchAll(/\[(\d+)\]/g)].map((found) => Number(found[1]));
