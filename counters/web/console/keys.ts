/** Which key does what at the counter; a USB numeric keypad alone is enough. */

export type Deed =
  | "main"
  | "next"
  | "recall"
  | "miss"
  | "hold"
  | "transfer"
  | "note"
  | "call_number"
  | "back"
  | "pause"
  | "about"
  | "why"
  | "close"
  | "legend"
  | "move"
  | "take_over";

interface Key {
  letter: string;
  code: string;
  pad: string;
  padCode: string;
}

/** Each deed's letter, and its key on a numeric keypad. The keypad's code is the same with NumLock off. */
export const KEYS: Record<Deed, Key> = {
  main: { letter: "Space", code: "Space", pad: "Enter", padCode: "NumpadEnter" },
  next: { letter: "Shift+Space", code: "Shift+Space", pad: "5", padCode: "Numpad5" },
  recall: { letter: "R", code: "KeyR", pad: "+", padCode: "NumpadAdd" },
  miss: { letter: "N", code: "KeyN", pad: "−", padCode: "NumpadSubtract" },
  hold: { letter: "H", code: "KeyH", pad: "*", padCode: "NumpadMultiply" },
  transfer: { letter: "T", code: "KeyT", pad: "/", padCode: "NumpadDivide" },
  note: { letter: "C", code: "KeyC", pad: "6", padCode: "Numpad6" },
  call_number: { letter: "G", code: "KeyG", pad: "0", padCode: "Numpad0" },
  back: { letter: "K", code: "KeyK", pad: "4", padCode: "Numpad4" },
  pause: { letter: "B", code: "KeyB", pad: ".", padCode: "NumpadDecimal" },
  about: { letter: "I", code: "KeyI", pad: "7", padCode: "Numpad7" },
  why: { letter: "M", code: "KeyM", pad: "8", padCode: "Numpad8" },
  close: { letter: "E", code: "KeyE", pad: "9", padCode: "Numpad9" },
  legend: { letter: "P", code: "KeyP", pad: "1", padCode: "Numpad1" },
  move: { letter: "L", code: "KeyL", pad: "3", padCode: "Numpad3" },
  take_over: { letter: "A", code: "KeyA", pad: "2", padCode: "Numpad2" },
};

/** What stands on the key that closes every sheet. */
export const ESCAPE = "Esc";

/** The keypad as it lies on the desk: rows from the top. */
export const KEYPAD: (Deed | null)[][] = [
  [null, "transfer", "hold", "miss"],
  ["about", "why", "close", "recall"],
  ["back", "next", "note", null],
  ["legend", "take_over", "move", "main"],
  ["call_number", null, "pause", null],
];

export interface Press {
  code: string;
  repeat: boolean;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

/** Return the deed of a key press. A key held down does nothing again: nobody is called twice by a heavy finger. */
export function deedOf(press: Press): Deed | null {
  if (press.repeat || press.ctrlKey || press.altKey || press.metaKey) return null;
  const code = press.shiftKey && press.code === "Space" ? "Shift+Space" : press.code;
  const found = Object.entries(KEYS).find(([, key]) => key.code === code || key.padCode === code);
  return found ? (found[0] as Deed) : null;
}

/** Return the digit of a key, on the keypad also with NumLock off; null for any other key. */
export function digitOf(press: { code: string; key: string }): string | null {
  const pad = /^Numpad(\d)$/.exec(press.code);
  if (pad) return pad[1] as string;
  return /^\d$/.test(press.key) ? press.key : null;
}

/** Return how a key moves through a list: 1 down, -1 up, 0 not at all. */
export function stepOf(press: { code: string }): number {
  if (press.code === "ArrowDown" || press.code === "NumpadAdd") return 1;
  return press.code === "ArrowUp" || press.code === "NumpadSubtract" ? -1 : 0;
}

/** Return whether a key press belongs to what has the focus: text fields, and a button one has tabbed to. */
export function isTaken(at: Element | null, code: string): boolean {
  if (at === null) return false;
  if (at.closest("input, select, textarea, dialog") !== null) return true;
  return (code === "Space" || code === "NumpadEnter") && at.closest("button, a, summary") !== null;
}

/** Milliseconds. No finger follows another key so fast: a worn contact that bounces, or a scanner that types. */
const BURST = 35;

/** They are pressed together with others. */
const MODIFIERS = new Set(["Shift", "Control", "Alt", "Meta", "NumLock"]);

/** Tells a person's key presses from a machine's. */
export class Typist {
  /** When the last key was struck; a busy machine hears of it later. */
  last = -Infinity;
  #event: unknown = null;
  #verdict = true;
  #spoil: (() => void) | null = null;

  /** Hear a key; false when it came in a burst. Several parts of the page may ask about the same event. */
  hear(event: { timeStamp: number; key: string; repeat: boolean }): boolean {
    if (event === this.#event || event.repeat || MODIFIERS.has(event.key)) return this.#verdict;
    this.#event = event;
    this.#verdict = event.timeStamp - this.last >= BURST;
    this.last = event.timeStamp;
    if (!this.#verdict) this.#spoil?.();
    return this.#verdict;
  }

  /** Wait until it is clear that the key just heard did not begin a burst; false when it did. */
  alone(): Promise<boolean> {
    return new Promise((done) => {
      const timer = setTimeout(() => done(true), BURST);
      this.#spoil = () => {
        clearTimeout(timer);
        done(false);
      };
    });
  }
}
