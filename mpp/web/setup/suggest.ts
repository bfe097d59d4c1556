/** Codes, prefixes and short names made of what people call a thing, so that nobody has to think of them. */

/** Own colours for tenants, on each of which white is read with 7 : 1; tests/web/setup.test.ts looks. */
export const TINTS = ["#1c644c", "#3b46b0", "#6b2424", "#2a5b73", "#56246b", "#46352a", "#3e541c", "#822b57", "#1c2754", "#5b4a00"];

/** What stands before the name of an office, and says nothing about which one it is. */
const COMMON = new Set([
  "dinas", "badan", "kantor", "balai", "kementerian", "kepolisian", "pt", "persero", "kabupaten", "kota", "provinsi", "dan", "the", "of",
]);

const LONGEST = 24;

const parts = (name: string): string[] =>
  name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toUpperCase()
    .match(/[A-Z0-9]+/g) ?? [];

/** Cut at the end of a part where that leaves enough of it. */
function cut(text: string, sign: string): string {
  if (text.length <= LONGEST) return text;
  const short = text.slice(0, LONGEST);
  const end = text[LONGEST] === sign ? LONGEST : short.lastIndexOf(sign);
  return end > LONGEST / 2 ? short.slice(0, end) : short;
}

/** Return a code that no other thing has: "PEREKAMAN-KTP-EL"; with "_" in small letters only: "berkas_kurang". */
export function codeOf(name: string, taken: readonly string[], sign: "-" | "_" = "-"): string {
  const own = sign === "_" ? parts(name).map((part) => part.toLowerCase().replace(/[0-9]/g, "")).filter(Boolean) : parts(name);
  const base = cut(own.join(sign), sign) || (sign === "_" ? "hasil" : "X");
  if (!taken.includes(base)) return base;
  for (let n = 2; ; n += 1) {
    const tail = sign === "_" ? `_${"abcdefghijklmnopqrstuvwxyz"[n - 1] ?? "z".repeat(n)}` : `-${n}`;
    const code = base.slice(0, LONGEST - tail.length).replace(/[-_]$/, "") + tail;
    if (!taken.includes(code)) return code;
  }
}

/** Return a name that fits on a board: the whole one, what is in brackets, or its words without those that all offices have. */
export function shortOf(name: string): string {
  const plain = name.trim().replace(/\s+/g, " ");
  const named = /\(([^()]{2,24})\)/.exec(plain)?.[1]?.trim();
  if (named) return named;
  if (plain.length <= LONGEST) return plain;
  const own = plain.split(" ").filter((word) => !COMMON.has(word.toLowerCase()));
  const joined = own.join(" ");
  return joined && joined.length <= LONGEST ? joined : cut(joined || plain, " ").slice(0, LONGEST).trim();
}

const LETTERS = "ABCDEFGHJKLMNQRSTUVWXYZ";

/** Return the first prefix of numbers that no tenant has: one letter, then two; I, O and P are not used. */
export function nextPrefix(taken: readonly string[]): string {
  for (const first of ["", ...LETTERS]) for (const second of LETTERS) if (!taken.includes(first + second)) return first + second;
  return "";
}

/** Return the next code with a letter before it, L01; without one the next letter, A. */
export function nextCode(letter: string, taken: readonly string[]): string {
  if (letter === "") return nextPrefix(taken);
  for (let n = 1; ; n += 1) {
    const code = letter + String(n).padStart(2, "0");
    if (!taken.includes(code)) return code;
  }
}

/** Return what a field holds after the name beside it was changed: a new suggestion, unless somebody has written something else. */
export const followed = (held: string, before: string, after: string): string => (held === "" || held === before ? after : held);
