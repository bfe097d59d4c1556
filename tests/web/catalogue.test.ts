/** The catalogue is whole: every language has every key, every key is used, every key that is used exists. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const PACKAGES = ["ticketing", "counters", "display", "mpp", "hardware"];
const TEXTS = join(ROOT, "ticketing/texts");

const catalogues = Object.fromEntries(
  readdirSync(TEXTS).map((file) => [file.replace(".json", ""), JSON.parse(readFileSync(join(TEXTS, file), "utf8")) as Record<string, string>]),
);
const keys = Object.keys(catalogues.id ?? {});

function source(endings: RegExp): string {
  const files = PACKAGES.flatMap((name) =>
    readdirSync(join(ROOT, name), { recursive: true, encoding: "utf8" }).map((path) => join(ROOT, name, path)),
  );
  return files
    .filter((path) => endings.test(path) && !path.includes("/static/"))
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");
}

const pages = source(/\.(svelte|ts)$/);
const python = source(/\.py$/);
/** Keys written out: t("kiosk.take"). */
const plain = new Set([...pages.matchAll(/"([a-z_]+\.[a-z_0-9]+)"/g)].map((found) => found[1] as string));
/** Families whose key the server's code completes: said("refused", code), t(`state.${...}`), say(..., f"slip_paper.{key}"). */
const families = new Set(
  [
    ...pages.matchAll(/said\(\s*"([a-z_]+)",/g),
    ...pages.matchAll(/t\(\s*`([a-z_]+)\.\$\{/g),
    ...python.matchAll(/f"([a-z_]+)\.\{/g),
  ].map((found) => found[1] as string),
);
/** t(`console.do_${deed}`) */
const stems = [...pages.matchAll(/t\(\s*`([a-z_]+\.[a-z_]+_)\$\{/g)].map((found) => found[1] as string);

test.each(Object.keys(catalogues))("%s has every key, and none is empty", (language) => {
  expect(Object.keys(catalogues[language] ?? {})).toEqual(keys);
  expect(Object.entries(catalogues[language] ?? {}).filter(([, text]) => text.trim() === "")).toEqual([]);
});

test("a text has the same placeholders in every language", () => {
  const holes = (text = ""): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1] as string).sort();
  for (const texts of Object.values(catalogues))
    for (const key of keys) expect([key, holes(texts[key])]).toEqual([key, holes(catalogues.id?.[key])]);
});

test("every key that a page names exists", () => {
  const known = new Set(keys.map((key) => key.split(".")[0]));
  const missing = [...plain].filter((key) => known.has(key.split(".")[0]) && !keys.includes(key));
  expect(missing).toEqual([]);
});

test("every family that is completed by a code has keys", () => {
  const pageFamilies = [...pages.matchAll(/said\(\s*"([a-z_]+)",/g)].map((found) => found[1] as string);
  for (const family of pageFamilies) expect(keys).toContain(`${family}.other`);
});

test("no key is left over", () => {
  const used = (key: string): boolean =>
    plain.has(key) || python.includes(`"${key}"`) || families.has(key.split(".")[0] ?? "") || stems.some((stem) => key.startsWith(stem));
  expect(keys.filter((key) => !used(key))).toEqual([]);
});

test("every refusal of the server has a text", () => {
  const codes = [...python.matchAll(/^\s{4}code = "([a-z_]+)"/gm)].map((found) => `refused.${found[1]}`);
  expect(codes.filter((key) => !keys.includes(key))).toEqual([]);
});

test("a page bundles every family that it names", () => {
  for (const [page, folder] of [
    ["kiosk", "ticketing/web/kiosk"],
    ["ticket", "ticketing/web/ticket"],
    ["counter", "counters/web/console"],
    ["board", "display/web/board"],
    ["sign", "display/web/sign"],
    ["manage", "mpp/web/manage"],
    ["info", "mpp/web/info"],
  ] as const) {
    const bundled = new Set(/"texts:([a-z_,]+)"/.exec(readFileSync(join(ROOT, folder, "main.ts"), "utf8"))?.[1]?.split(","));
    const needed = [...reached(join(ROOT, folder))].flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/(?:\bt\(\s*["`]|said\(\s*"|textIn\([^")]*")([a-z_]+)[."]/g)].map((found) => found[1] as string),
    );
    expect([page, [...new Set(needed)].filter((family) => !bundled.has(family))]).toEqual([page, []]);
  }
});

/** The files of a page and those of the library that they import, however far. */
function reached(folder: string): Set<string> {
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    for (const [, path] of readFileSync(file, "utf8").matchAll(/from "\$lib\/([^"]+)"/g)) visit(join(ROOT, "mpp/web/lib", path as string));
    if (file.includes("/lib/"))
      for (const [, path] of readFileSync(file, "utf8").matchAll(/from "\.\/([^"]+\.(?:ts|svelte))"/g)) visit(join(ROOT, "mpp/web/lib", path as string));
  };
  for (const name of readdirSync(folder)) if (/\.(ts|svelte)$/.test(name)) visit(join(folder, name));
  return found;
}
