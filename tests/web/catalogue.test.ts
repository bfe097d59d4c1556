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

test.each(Object.keys(catalogues))("%s says no key twice: the second would silently win", (language) => {
  const written = [...readFileSync(join(TEXTS, `${language}.json`), "utf8").matchAll(/^\s*"([^"]+)":/gm)].map((found) => found[1] as string);
  expect(written.filter((key, at) => written.indexOf(key) !== at)).toEqual([]);
});

/** Families whose keys are the codes of an enumeration of the server. */
const CODES = [
  ["state", "ticketing/core/ticket.py", "State"],
  ["counter_state", "ticketing/core/counter.py", "CounterState"],
  ["device_state", "ticketing/core/device.py", "DeviceState"],
  ["condition", "ticketing/core/slip_job.py", "Condition"],
  ["slip", "ticketing/core/slip_job.py", "Condition"],
  ["appointment_flaw", "mpp/appointments/core.py", "Flaw"],
] as const;

test.each(CODES)("every %s that the server knows has a text, and no other has", (family, path, name) => {
  const body = new RegExp(`class ${name}\\(StrEnum\\):([\\s\\S]*?)\\n\\n\\n`).exec(readFileSync(join(ROOT, path), "utf8"))?.[1] ?? "";
  const codes = [...body.matchAll(/^ {4}[A-Z_]+ = "([a-z_]+)"/gm)].map((found) => found[1] as string);
  const texts = keys.filter((key) => key.startsWith(`${family}.`)).map((key) => key.split(".")[1] as string);
  expect(codes.length).toBeGreaterThan(1);
  expect(codes.filter((code) => !texts.includes(code))).toEqual([]);
  if (family !== "slip") expect(texts.filter((code) => !codes.includes(code) && code !== "other")).toEqual([]);
});

/** What is often written, and what is right. Source: Kamus Besar Bahasa Indonesia; EYD edisi V. */
const MISSPELT = /\b(antrian|silahkan|ijin|nomer|resiko|dimana|disini|kedalam|merubah|aktifitas|praktek|sekedar|hutang|cuman)\b/i;

test("Bahasa Indonesia is written as the dictionary has it", () => {
  expect(Object.entries(catalogues.id ?? {}).filter(([, text]) => MISSPELT.test(text))).toEqual([]);
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
  const built = /const PAGES[^{]*\{([\s\S]*?)\}/.exec(readFileSync(join(ROOT, "vite.config.ts"), "utf8"))?.[1] ?? "";
  const folders = [...built.matchAll(/(\w+): "([^"]+)"/g)].map((found) => [found[1] as string, found[2] as string] as const);
  expect(folders.length).toBeGreaterThan(5);
  for (const [page, folder] of folders) {
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
