import { expect, test } from "vitest";
import { type Deed, deedOf, KEYS } from "../../counters/web/console/keys.ts";

const press = (code: string, more = {}) => ({ code, repeat: false, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...more });

test.each([
  ["Space", "main"],
  ["NumpadEnter", "main"],
  ["KeyR", "recall"],
  ["NumpadAdd", "recall"],
  ["KeyN", "miss"],
  ["KeyH", "hold"],
  ["KeyT", "transfer"],
  ["KeyG", "call_number"],
  ["Numpad0", "call_number"],
  ["KeyB", "pause"],
  ["Numpad5", "next"],
  ["Numpad4", "back"],
  ["KeyQ", null],
] as [string, Deed | null][])("%s does %s", (code, deed) => {
  expect(deedOf(press(code))).toBe(deed);
});

test("a key held down does its deed once", () => {
  expect(deedOf(press("Space", { repeat: true }))).toBeNull();
});

test("the browser's own shortcuts stay the browser's", () => {
  expect(deedOf(press("KeyR", { ctrlKey: true }))).toBeNull();
});

test("no key does two deeds", () => {
  const codes = Object.values(KEYS).flatMap((key) => [key.code, key.padCode]);
  expect(new Set(codes).size).toBe(codes.length);
});
