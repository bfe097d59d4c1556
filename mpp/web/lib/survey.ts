/** What the pages of the survey share: the nine elements by code, the four marks, and how an index is written. */

export const ELEMENTS = ["u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8", "u9"] as const;
export type Element = (typeof ELEMENTS)[number];

export const MARKS = [1, 2, 3, 4] as const;

export type Scores = Partial<Record<Element, number>>;

/** Return the elements that have no mark yet. */
export const missing = (scores: Scores): Element[] => ELEMENTS.filter((element) => scores[element] === undefined);

/** Return "88,31" for "88.31": what the server has rounded is not rounded again. */
export function decimalText(value: string, locale: string): string {
  return locale === "en" ? value : value.replace(".", ",");
}

/** Return the secret code in what a scanner reads from a ticket; null when it is a number that somebody typed. */
export function scannedCode(typed: string): string | null {
  return /\/t\/([A-Za-z0-9]+)\/?$/.exec(typed.trim())?.[1] ?? null;
}
