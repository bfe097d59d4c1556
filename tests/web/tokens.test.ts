/** Colours, sizes and times are tokens: no literal stands anywhere but in tokens.css. And their contrast is what we promise. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { luminance } from "$lib/colour.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const FOLDERS = ["ticketing/web", "counters/web", "display/web", "mpp/web"];
const tokens = readFileSync(join(ROOT, "mpp/web/lib/tokens.css"), "utf8");

/** The CSS of every component, and the shared sheets. */
const sheets = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(svelte|css)$/.test(path) && !path.endsWith("tokens.css") && !path.endsWith("fonts.css"))
    .map((path) => {
      const text = readFileSync(join(ROOT, folder, path), "utf8");
      const css = path.endsWith(".css") ? text : (/<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? "");
      return [`${folder}/${path}`, css.replace(/@media[^{]*/g, "")] as const;
    }),
);

test.each(sheets)("%s names no colour, size or time", (_path, css) => {
  // em is relative to a token; vh, vw, fr and % are shares of the screen.
  const literals = css.match(/#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(|(?<![\w-])\d*\.?\d+(px|rem|ms|s)\b/gi) ?? [];
  expect(literals).toEqual([]);
});

test.each(sheets)("%s uses only tokens that exist", (_path, css) => {
  const used = [...css.matchAll(/var\((--[a-z0-9-]+)/g)].map((found) => found[1] as string);
  const own = new Set(["--tenant", "--tenant-ink", ...[...css.matchAll(/(--[a-z0-9-]+):/g)].map((found) => found[1] as string)]);
  expect(used.filter((name) => !own.has(name) && !tokens.includes(`${name}:`))).toEqual([]);
});

/** The tokens of a ground, with the names behind them followed. */
function colours(block: string): (name: string) => string {
  const all = (text: string): Map<string, string> => new Map([...text.matchAll(/(--[a-z0-9-]+):\s*([^;]+);/g)].map((found) => [found[1] as string, found[2] as string]));
  const values = new Map([...all(/:root \{([\s\S]*?)\n\}/.exec(tokens)?.[1] ?? ""), ...all(block)]);
  const follow = (name: string): string => {
    const value = values.get(name) ?? "";
    const next = /^var\((--[a-z0-9-]+)\)$/.exec(value)?.[1];
    return next ? follow(next) : value;
  };
  return follow;
}

const full = (colour: string): string => (/^#[0-9a-f]{3}$/i.test(colour) ? colour.replace(/[0-9a-f]/gi, "$&$&") : colour);
function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(full(one)), luminance(full(other))].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = {
  day: "",
  night: /\[data-ground="night"\] \{([\s\S]*?)\n\}/.exec(tokens)?.[1] ?? "",
  "high contrast": /\[data-contrast="high"\][^{]*\{([\s\S]*?)\n\}/.exec(tokens)?.[1] ?? "",
};
const PAIRS = [
  ["--ink", "--ground"],
  ["--ink", "--ground-under"],
  ["--ink-soft", "--ground"],
  ["--ink-soft", "--ground-under"],
  ["--ink-soft", "--ground-mark"],
  ["--accent-ink", "--accent"],
  ["--accent-text", "--ground"],
  ["--strong-ink", "--strong"],
  ["--good", "--ground"],
  ["--good", "--good-soft"],
  ["--bad", "--ground"],
  ["--bad", "--bad-soft"],
];

test.each(Object.keys(GROUNDS) as (keyof typeof GROUNDS)[])("text on the %s ground has a contrast of 7 : 1", (ground) => {
  const colour = colours(GROUNDS[ground]);
  for (const [ink, under] of PAIRS as [string, string][])
    expect([ink, under, contrast(colour(ink), colour(under)) >= 7]).toEqual([ink, under, true]);
});
