/** Every word that people see or hear on a page stands in the catalogue, where it has a twin in each language. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { inComponent, inScript } from "./spoken.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const FOLDERS = ["ticketing/web", "counters/web", "display/web", "mpp/web"];

/** Words that people type, not words that are shown. */
const TYPED = ["mpp/web/lib/spelling.ts"];

/** Makes HTML at build time: tags, not words. */
const TAGS = ["mpp/web/lib/floor.ts"];

/** Lists of elements by name, for the browser. */
const SELECTORS = ["input, select, textarea, dialog", ".kiosk main button, .kiosk nav button"];

const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((path) => `${folder}/${path}`),
);

test.each(files.filter((path) => path.endsWith(".svelte")))("%s takes its words from the catalogue", (path) => {
  const found = inComponent(readFileSync(join(ROOT, path), "utf8"));
  expect(found.filter((words) => !SELECTORS.includes(words))).toEqual([]);
});

test.each(files.filter((path) => /(?<!\.d)\.ts$/.test(path) && ![...TYPED, ...TAGS].includes(path)))("%s takes its words from the catalogue", (path) => {
  const found = inScript(readFileSync(join(ROOT, path), "utf8"));
  expect(found.filter((words) => !SELECTORS.includes(words))).toEqual([]);
});

test.each([
  ["<p>Silakan duduk</p>", "Silakan duduk"],
  ['<img alt="Peta" />', "Peta"],
  ['<input placeholder="Cari layanan" />', "Cari layanan"],
  ['<p>{isOpen ? "Buka" : "Tutup"}</p>', "Buka"],
  ["<p>{`Loket ${name}`}</p>", "Loket "],
  ['{#if isOpen}<b title="Buka">x</b>{/if}', "Buka"],
  ["<script>\n  const hint = `Silakan ke ${place}`;\n</script>", "Silakan ke "],
])("the words of %s are found", (component, words) => {
  expect(inComponent(component)).toContain(words);
});

test.each([
  '<p class="row next">{t("phone.soon")} · 12:30 · {n} %</p>',
  '<Sheet title={t("phone.late")} onclose={() => send("call-next")} />',
  '<p data-state={view.state === "called" ? "on" : undefined}></p>',
  '<script>\n  // Silakan duduk\n  throw new Error("no such place");\n</script>',
])("nothing is found in %s", (component) => {
  expect(inComponent(component)).toEqual([]);
});

test("no page shows the sentence of a refusal, which is for programs: pages choose their texts by its code", () => {
  const shown = files.filter((path) => /\.(svelte|ts)$/.test(path) && !/lib\/(api\.d|command)\.ts$/.test(path)).filter((path) => /\b(error|no|fault|refused)\.(detail|message)\b/.test(readFileSync(join(ROOT, path), "utf8")));
  expect(shown).toEqual([]);
});
