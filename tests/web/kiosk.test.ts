/** What the keys of a kiosk mean, with and without guidance. */
import { expect, test } from "vitest";
import { type Deed, deedOf } from "../../ticketing/web/kiosk/keypad.ts";

const key = (key: string, code = "", repeat = false) => ({ key, code, repeat });

test.each<[string, Deed | null]>([
  ["2", "next"],
  ["8", "before"],
  ["5", "choose"],
  ["Enter", "choose"],
  ["0", "back"],
  ["Backspace", "back"],
  ["*", "repeat"],
  ["#", "stop"],
  ["/", "stop"],
  ["7", null],
  ["a", null],
])("with guidance, %s means %s, in a field too", (pressed, deed) => {
  expect(deedOf(key(pressed), true, false)).toBe(deed);
  expect(deedOf(key(pressed), true, true)).toBe(deed);
});

test("without guidance the ridge of the keypad, its Enter, or any Enter held down begins it", () => {
  expect(deedOf(key("5"), false, false)).toBe("begin");
  expect(deedOf(key("Enter", "NumpadEnter"), false, false)).toBe("begin");
  expect(deedOf(key("Enter", "Enter", true), false, false)).toBe("begin");
  expect(deedOf(key("Enter", "Enter"), false, false)).toBeNull();
});

test("who types is not disturbed", () => {
  for (const letter of ["5", "0", "*", "Backspace", "Enter", "ArrowLeft"]) expect(deedOf(key(letter), false, true)).toBeNull();
  expect(deedOf(key("ArrowDown"), false, true)).toBe("next");
});
