/** The built pages hold nothing that browsers on the floor (Chromium 76) do not know, and say so below it. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Node, parse } from "acorn";
import { expect, test } from "vitest";

const BUILT = resolve(import.meta.dirname, "../../mpp/static");
const names = readdirSync(join(BUILT, "assets"));
const text = (name: string): string => readFileSync(join(BUILT, "assets", name), "utf8");
const pages = readdirSync(BUILT).filter((name) => name.endsWith(".html"));

/** Syntax that came after Chromium 76, by its node in the tree: what to call it, or undefined. */
function younger(node: Record<string, unknown>, depth: number): string | undefined {
  const key = node.key as { type?: string } | undefined;
  const left = node.left as { type?: string } | undefined;
  switch (node.type) {
    case "ChainExpression":
      return "?. (80)";
    case "LogicalExpression":
      return node.operator === "??" ? "?? (80)" : undefined;
    case "AssignmentExpression":
      return /^(\?\?|\|\||&&)=$/.test(String(node.operator)) ? `${String(node.operator)} (85)` : undefined;
    case "BinaryExpression":
      return left?.type === "PrivateIdentifier" ? "#x in y (91)" : undefined;
    case "MethodDefinition":
      return key?.type === "PrivateIdentifier" ? "#method() (84)" : undefined;
    case "StaticBlock":
      return "static {} (94)";
    case "AwaitExpression":
      return depth === 0 ? "await outside functions (89)" : undefined;
    case "Literal":
      return /[dv]/.test((node.regex as { flags: string } | undefined)?.flags ?? "") ? "flags of RegExp (90)" : undefined;
  }
  return undefined;
}

function walk(node: unknown, found: Set<string>, depth = 0): void {
  if (Array.isArray(node)) for (const one of node) walk(one, found, depth);
  if (typeof node !== "object" || node === null || Array.isArray(node)) return;
  const part = node as Record<string, unknown>;
  const name = younger(part, depth);
  if (name !== undefined) found.add(name);
  const inner = depth + Number(/Function|Property/.test(String(part.type)));
  for (const value of Object.values(part)) if (typeof value === "object") walk(value, found, inner);
}

function youngSyntax(source: string): string[] {
  const found = new Set<string>();
  walk(parse(source, { ecmaVersion: "latest", sourceType: "module" }) as Node, found);
  return [...found];
}

/** CSS that came after Chromium 76 and without which a page would look wrong. */
const YOUNG_CSS: [string, RegExp][] = [
  [":is() and :where() (88)", /:(is|where)\(/],
  [":has() (105)", /:has\(/],
  ["@container (105)", /@container/],
  ["@layer (99)", /@layer/],
  ["inset (87)", /[;{]inset:/],
  ["aspect-ratio (88)", /[;{]aspect-ratio:/],
  ["dvh and its like (108)", /\d[dsl]v[hw]\b/],
  ["color-mix() (111)", /color-mix\(/],
  ["translate, rotate, scale as properties (104)", /[;{](translate|rotate|scale):/],
  ["margin-inline and its like (87)", /[;{](margin|padding)-(inline|block):/],
  ["nesting (112)", /[;{]&/],
];

/** Without it parts stand closer together, no more: what runs on a computer of today only may use it. */
const ON_COMPUTERS = /^(counter|kiosk|manage|ManagerFrame|manager|history|readiness|paper|results|rules|staffing|standards|appointments|tryout|forecasts|complaints|devices|floorplan|forms|people|media|slip|setup|privacy|law|info)-/;
const CLOSER_WITHOUT: [string, RegExp][] = [
  ["min(), max(), clamp() (79)", /[:\s(,](min|max|clamp)\(/],
  ["gap in a flex box (84)", /\{(?=[^{}]*display:(inline-)?flex)(?=[^{}]*[;{]?(row-|column-)?gap:)/],
];

test.each(names.filter((name) => name.endsWith(".js")))("%s can be read by Chromium 76", (name) => {
  expect(youngSyntax(text(name))).toEqual([]);
});

test.each(names.filter((name) => name.endsWith(".css")))("%s can be drawn by Chromium 76", (name) => {
  const css = text(name);
  const wanted = ON_COMPUTERS.test(name) ? YOUNG_CSS : [...YOUNG_CSS, ...CLOSER_WITHOUT];
  expect(wanted.filter(([, pattern]) => pattern.test(css)).map(([what]) => what)).toEqual([]);
});

test.each(["a?.b", "a ?? b", "a ??= 1", "class A { #b() {} }", "class A { static { b() } }", "await a", "/a/d"])("%s would be found", (source) => {
  expect(youngSyntax(source)).toHaveLength(1);
});

test.each(["async () => await a", "class A { #b = 1; c() { return this.#b } }", "import('a')", "1_000n"])("%s is old enough", (source) => {
  expect(youngSyntax(source)).toEqual([]);
});

test("the script that looks for the floor is understood by every browser", () => {
  const script = readFileSync(resolve(import.meta.dirname, "../../mpp/web/lib/floor.js"), "utf8");
  expect(parse(script, { ecmaVersion: 5 }).type).toBe("Program");
});

test.each(pages)("%s says below the floor what to use instead", (page) => {
  const html = readFileSync(join(BUILT, page), "utf8");
  expect(html).toMatch(/<noscript>.*JavaScript.*<\/noscript><div id="floor"[^>]*display:none">.*Chrome 76 ke atas/);
  expect(html).toMatch(/<script src="\/a\/assets\/floor-[0-9a-f]{8}\.js"><\/script>/);
});
