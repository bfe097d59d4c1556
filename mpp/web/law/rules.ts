/** Rules as they are shown, and as a new edition is written. */
import type { Key } from "$lib/text.ts";
import type { Edition, Rule } from "$lib/views.ts";
import { t, words } from "$lib/words.svelte.ts";

export type Draft = { value: string; source: string; mark: Rule["mark"] };

/** Write a number with what it counts. */
export const unitText = (unit: string, n: string): string => t(`unit.${words.has("unit", unit) ? unit : "other"}` as Key, { n });

/** Write what a rule says: a number with what it counts, or that it is words only. */
export function valueText(rule: Rule, locale: string): string {
  if (rule.value === null || rule.value === undefined) return t("law.words");
  const number = locale === "id" ? String(rule.value).replace(".", ",") : String(rule.value);
  return rule.unit ? unitText(rule.unit, number) : number;
}

/** Return an edition with what was written; rules keep their keys, names and units. */
export function written(from: Edition, name: string, since: string, drafts: Readonly<Record<string, Draft>>): Edition {
  const rules = from.rules.map((rule) => {
    const draft = drafts[rule.key]!;
    const value = rule.value === null || rule.value === undefined ? {} : { value: draft.value.trim().replace(",", ".") };
    return { ...rule, ...value, source: draft.source.trim(), mark: draft.mark };
  });
  return { instrument: from.instrument, name: name.trim(), valid_from: since, rules };
}
