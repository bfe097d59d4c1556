/** Which key does what at the counter; the numeric keypad alone is enough. */

export type Deed = "main" | "recall" | "miss" | "hold" | "transfer" | "call_number" | "pause";

/** Each deed's letter, and its key on a numeric keypad. */
export const KEYS: Record<Deed, { letter: string; code: string; pad: string; padCode: string }> = {
  main: { letter: "Spasi", code: "Space", pad: "Enter", padCode: "NumpadEnter" },
  recall: { letter: "R", code: "KeyR", pad: "+", padCode: "NumpadAdd" },
  miss: { letter: "N", code: "KeyN", pad: "−", padCode: "NumpadSubtract" },
  hold: { letter: "H", code: "KeyH", pad: "*", padCode: "NumpadMultiply" },
  transfer: { letter: "T", code: "KeyT", pad: "/", padCode: "NumpadDivide" },
  call_number: { letter: "G", code: "KeyG", pad: "0", padCode: "Numpad0" },
  pause: { letter: "B", code: "KeyB", pad: ".", padCode: "NumpadDecimal" },
};

interface Press {
  code: string;
  repeat: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

/** Return the deed of a key press. A key held down does nothing again: nobody is called twice by a heavy finger. */
export function deedOf(press: Press): Deed | null {
  if (press.repeat || press.ctrlKey || press.altKey || press.metaKey) return null;
  const found = Object.entries(KEYS).find(([, key]) => key.code === press.code || key.padCode === press.code);
  return found ? (found[0] as Deed) : null;
}

/** Return whether a key press belongs to what has the focus: text fields, and a button one has tabbed to. */
export function isTaken(at: Element | null, code: string): boolean {
  if (at === null) return false;
  if (at.closest("input, select, textarea, dialog") !== null) return true;
  return (code === "Space" || code === "NumpadEnter") && at.closest("button, a, summary") !== null;
}
