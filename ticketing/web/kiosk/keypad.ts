/** What the keys of a keyboard or a numeric keypad mean at a kiosk; layout as on a computer's keypad: 8 is up, 2 is down. */

export type Deed = "next" | "before" | "choose" | "back" | "repeat" | "stop" | "begin";

const ALWAYS: Readonly<Record<string, Deed>> = {
  ArrowDown: "next",
  ArrowRight: "next",
  ArrowUp: "before",
  ArrowLeft: "before",
  Escape: "back",
};
const GUIDED: Readonly<Record<string, Deed>> = {
  ...ALWAYS,
  "2": "next",
  "6": "next",
  "8": "before",
  "4": "before",
  "5": "choose",
  Enter: "choose",
  "0": "back",
  Backspace: "back",
  "*": "repeat",
  "#": "stop",
  "/": "stop",
};
/** Keys that a hand finds without eyes: the middle of the keypad with its ridge, and its corners. */
const BEGIN = new Set(["5", "*", "F1"]);

export interface Pressed {
  key: string;
  code: string;
  repeat: boolean;
}

/** Return what a key means; null when the page has nothing to do with it. */
export function deedOf(pressed: Pressed, guided: boolean, typing: boolean): Deed | null {
  if (guided) return GUIDED[pressed.key] ?? null;
  if (typing) return pressed.key === "ArrowDown" ? "next" : pressed.key === "Escape" ? "back" : null;
  const held = pressed.key === "Enter" && (pressed.repeat || pressed.code === "NumpadEnter");
  if (held || BEGIN.has(pressed.key)) return "begin";
  return ALWAYS[pressed.key] ?? null;
}
