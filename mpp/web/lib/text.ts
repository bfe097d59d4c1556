/** Words by key: one catalogue a language, placeholders in braces, Bahasa Indonesia where a language has a gap. */
import type catalogue from "../../../ticketing/texts/id.json";

export type Key = keyof typeof catalogue;
export type Values = Record<string, string | number>;
export type Catalogues = Record<string, Record<string, string>>;

/** The language every text exists in. */
export const FIRST = "id";

/** Return the text of a key in a language, or undefined when no language has it. */
export function find(texts: Catalogues, locale: string, key: string, values: Values = {}): string | undefined {
  const text = texts[locale]?.[key] ?? texts[FIRST]?.[key];
  return text?.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}

/** Return the text of a key, or the key itself: a gap must be seen, not hidden. */
export function lookup(texts: Catalogues, locale: string, key: Key, values: Values = {}): string {
  return find(texts, locale, key, values) ?? key;
}

/** Return the text for a code that the server chose, or the family's own `other` when the code is new. */
export function lookupCode(texts: Catalogues, locale: string, family: string, code: string): string {
  return find(texts, locale, `${family}.${code}`) ?? find(texts, locale, `${family}.other`) ?? code;
}
