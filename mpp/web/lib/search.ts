/** Find services by everyday words; typing errors are forgiven. One search for the kiosk and the information page. */
import MiniSearch, { type Query, type SearchOptions } from "minisearch";
import { form, plain } from "./spelling.ts";
import type { KioskService, KioskTenant } from "./views.ts";

export interface Hit {
  tenant: KioskTenant;
  service: KioskService;
}
export interface Found {
  tenant: KioskTenant;
  services: KioskService[];
}
type Row = Record<"id" | "name" | "keywords" | "english" | "tenant" | "needs", string>;

/** What visitors call it counts most; a word that stands only among the documents to bring, least. */
const BOOST = { keywords: 3, name: 3, english: 2, tenant: 1.2, needs: 0.15 };
/** Hits with less than this share of the best one's score are noise. */
const WORTH = 0.12;

/** Letters that may be wrong: one in a word of four or five, two in a long one; none where every letter counts. */
const errors = (word: string): number | false => (word.length < 4 ? false : word.length < 7 ? 1 : 2);
const begins = (word: string, at: number, all: string[]): boolean => word.length > 2 || (word.length > 1 && at === all.length - 1);

const STRICT: SearchOptions = { combineWith: "AND", fuzzy: errors, prefix: begins };
/** What is tried, one after the other, until something is found: every word; short words misspelt; any of the words. */
const TRIES: readonly SearchOptions[] = [
  STRICT,
  { ...STRICT, fuzzy: (word) => (word.length < 3 ? false : word.length < 7 ? 1 : 2) },
  { combineWith: "OR", fuzzy: errors, prefix: begins },
];

export class Finder {
  #texts = "";
  #index: MiniSearch<Row> | null = null;
  readonly #known = new Set<string>();

  /** Return the services that fit best, the best first; nothing when nothing was typed. */
  hits(tenants: KioskTenant[], typed: string, popular: string[] = []): Hit[] {
    const words = plain(typed);
    if (words === "") return [];
    const index = this.#made(tenants);
    const query: Query = words.split(" ").map((word) => this.#unswapped(word)).join(" ");
    const boostDocument = (code: string): number => (popular.includes(code) ? 1.1 : 1);
    for (const options of TRIES) {
      const found = index.search(query, { ...options, boost: BOOST, boostDocument });
      const worth = found.filter((one) => one.score >= WORTH * (found[0]?.score ?? 0));
      if (worth.length > 0) return worth.flatMap((one) => hit(tenants, String(one.id)));
    }
    return [];
  }

  /** Return tenants with the services that fit, the best first; with nothing typed, all of them as the mall lists them. */
  grouped(tenants: KioskTenant[], typed: string): Found[] {
    if (plain(typed) === "") return tenants.map((tenant) => ({ tenant, services: tenant.services }));
    const groups = new Map<string, Found>();
    for (const { tenant, service } of this.hits(tenants, typed)) {
      const group = groups.get(tenant.code) ?? { tenant, services: [] };
      group.services.push(service);
      groups.set(tenant.code, group);
    }
    return [...groups.values()];
  }

  /** Views come every second, names change once a year: the index is made anew only when a text has changed. */
  #made(tenants: KioskTenant[]): MiniSearch<Row> {
    const rows = tenants.flatMap((tenant) => tenant.services.map((service) => row(tenant, service)));
    const texts = JSON.stringify(rows);
    if (this.#index === null || texts !== this.#texts) {
      this.#texts = texts;
      this.#index = new MiniSearch<Row>({
        fields: Object.keys(BOOST),
        tokenize: (text) => plain(text).split(" "),
        processTerm: form,
      });
      this.#index.addAll(rows);
      this.#known.clear();
      for (const one of rows) for (const word of plain(Object.values(one).join(" ")).split(" ")) this.#known.add(word);
    }
    return this.#index;
  }

  /** Return the word, or the known one that it becomes when two neighbours change places: "skkc" was meant as "skck". */
  #unswapped(word: string): string {
    if (this.#known.has(word)) return word;
    for (let at = 0; at < word.length - 1; at += 1) {
      const swapped = word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
      if (this.#known.has(swapped)) return swapped;
    }
    return word;
  }
}

function row(tenant: KioskTenant, service: KioskService): Row {
  return {
    id: service.code,
    name: service.name,
    keywords: service.keywords.join(" | "),
    english: service.name_en,
    tenant: [tenant.name, tenant.name_en ?? "", tenant.short_name].join(" | "),
    needs: service.standard.requirements.join(" | "),
  };
}

function hit(tenants: KioskTenant[], code: string): Hit[] {
  for (const tenant of tenants) {
    const service = tenant.services.find((one) => one.code === code);
    if (service !== undefined) return [{ tenant, service }];
  }
  return [];
}
