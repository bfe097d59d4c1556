/** The page's language, and every text in it. A page gives its catalogues once, before it is mounted. */
import { type Catalogues, find, FIRST, type Key, lookup, lookupCode, type Values } from "./text.ts";

const KEPT = "mpp.locale";

class Words {
  locale = $state(FIRST);
  #texts: Catalogues = {};

  /** Take the page's catalogues; `keep` remembers the reader's choice in this browser. */
  use(texts: Catalogues, keep = false): void {
    this.#texts = texts;
    this.speak((keep && localStorage.getItem(KEPT)) || FIRST);
  }

  /** Switch to a language, here and in the document. */
  speak(locale: string, keep = false): void {
    this.locale = locale in this.#texts ? locale : FIRST;
    document.documentElement.lang = this.locale;
    if (keep) localStorage.setItem(KEPT, this.locale);
  }

  /** The languages that this page has texts in. */
  get languages(): string[] {
    return Object.keys(this.#texts).sort((a, b) => Number(b === FIRST) - Number(a === FIRST));
  }

  text(key: Key, values?: Values): string {
    return lookup(this.#texts, this.locale, key, values);
  }

  /** A text in a language that is not the page's own: a board speaks two at once. */
  textIn(locale: string, key: Key, values?: Values): string {
    return lookup(this.#texts, locale, key, values);
  }

  code(family: string, code: string): string {
    return lookupCode(this.#texts, this.locale, family, code);
  }

  has(family: string, code: string): boolean {
    return find(this.#texts, this.locale, `${family}.${code}`) !== undefined;
  }
}

export const words = new Words();

/** Return the text of a key in the page's language. */
export const t = (key: Key, values?: Values): string => words.text(key, values);

/** Return the text for a code that the server chose. */
export const said = (family: string, code: string): string => words.code(family, code);

/** Return "Loket 2": a mall's counters have bare names, as the voice says them. */
export const counterText = (counter: { name: string }): string => t("common.counter", { name: counter.name });

/** Return a thing's name in the page's language. */
export const named = (thing: { name: string; name_en?: string | null }): string =>
  words.locale === "en" && thing.name_en ? thing.name_en : thing.name;
