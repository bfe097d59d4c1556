/** Problems and changes in words: where something is, what is wrong with it, what has changed. */
import type { Problem, SetupChange } from "$lib/views.ts";
import { said, t, words } from "$lib/words.svelte.ts";
import { DAYS, type Mall } from "./mall.ts";

/** Return what is wrong, and what to do about it. */
export function wrong(problem: Problem): string {
  return said("problem", problem.code).replace("{given}", problem.given).replace("{other}", problem.other);
}

/** Return the name of a day of the week. */
export function dayName(day: string): string {
  const at = DAYS.indexOf(day as (typeof DAYS)[number]);
  const tag = words.locale === "en" ? "en-GB" : "id-ID";
  return new Intl.DateTimeFormat(tag, { weekday: "long", timeZone: "UTC" }).format(new Date(Date.UTC(2026, 0, 5 + at)));
}

/** Return what a field is called; what the page has no name for keeps its own. */
export function fieldName(field: string): string {
  if ((DAYS as readonly string[]).includes(field)) return dayName(field);
  return words.has("setup", `field_${field}`) ? said("setup", `field_${field}`) : field;
}

/** Return where a path leads, in names: "Dukcapil, Perekaman KTP-el, Awalan nomor". */
export function where(mall: Mall, path: string): string {
  const names: string[] = [];
  let at: unknown = mall;
  for (const [, field, place] of path.matchAll(/\.([^.[\]]+)|\[(\d+)\]/g)) {
    at = at && typeof at === "object" ? (at as Record<string, unknown>)[field ?? place!] : undefined;
    if (place === undefined) {
      names.push(fieldName(field!));
      continue;
    }
    const thing = (at && typeof at === "object" ? at : {}) as { short_name?: string; name?: string };
    const name = thing.short_name || thing.name || `${Number(place) + 1}`;
    // A thing's own name says enough: "Instansi Dukcapil" instead of "Instansi, Dukcapil".
    names[names.length - 1] = `${names[names.length - 1]} ${name}`;
  }
  return names.join(" › ");
}

/** Return one line of what changed. */
export function change(one: SetupChange): string {
  const part = fieldName(one.part);
  const thing = [part, one.name].filter(Boolean).join(" ");
  if (one.verb !== "changed") return said("setup_verb", one.verb).replace("{thing}", thing);
  const value = (text: string): string =>
    text === "" ? t("setup.nothing") : text === "all" ? t("setup.all_services") : text === "true" ? t("setup.yes") : text === "false" ? t("setup.no") : text;
  const name = part === fieldName("mall") ? fieldName(one.field) : `${thing} › ${fieldName(one.field)}`;
  return `${name}: ${value(one.before)} → ${value(one.after)}`;
}
