/** Who stands where on the board: the call that is spoken, the others that are called now, and those before. Pure but for its memory. */
import type { BoardView, Call } from "$lib/views.ts";

/** Milliseconds that every call stands large, also when its visitor comes at once: the promise is eight seconds. */
export const HOLD = 10_000;
/** A visitor who was called longer ago is looked for by the officer; the number stays among the latest calls. */
export const CURRENT = 90_000;
/** Without a voice each of several calls is the largest for so long, one after the other. */
export const TURN = 4_000;
/** How many earlier calls stand below. */
export const RECENT = 6;
/** More than this many tiles cannot be read from ten metres. */
export const TILES = 24;

export interface Standing {
  /** The call that the eyes shall find first. */
  hero: Call | null;
  /** All others that are called now, in the order of their calls: who was called keeps his place. */
  beside: Call[];
  /** Earlier calls, newest first. */
  recent: Call[];
}

interface Memory {
  /** When it was seen first while it was new; before all times when it was not new then. */
  since: number;
  /** When it became the largest first. */
  turn: number | null;
}

const keyOf = (call: Call): string => `${call.id}-${call.calls}`;
const inOrder = (a: Call, b: Call): number => Date.parse(a.called_at) - Date.parse(b.called_at) || a.id - b.id;

export class Stage {
  #known = new Map<string, Memory>();
  #hero = "";

  /** Arrange the calls of a view; `hall` is the hall's time, `steady` counts real milliseconds. */
  arrange(view: Pick<BoardView, "calls" | "voice" | "pace">, hall: Date, steady: number): Standing {
    const age = (call: Call): number => (hall.getTime() - Date.parse(call.called_at)) / view.pace;
    this.#remember(view.calls, age, steady);
    const current = view.calls.filter((call) => this.#isCurrent(call, age(call), steady)).sort(inOrder);
    const hero = this.#choose(current, view.voice?.number, steady);
    this.#hero = hero === null ? "" : keyOf(hero);
    const beside = current.filter((call) => call !== hero).slice(-TILES);
    const recent = view.calls.filter((call) => call !== hero && !beside.includes(call)).slice(0, RECENT);
    return { hero, beside, recent };
  }

  /** Know the calls of this view, and forget all others: a board runs for weeks. */
  #remember(calls: Call[], age: (call: Call) => number, steady: number): void {
    const known = new Map<string, Memory>();
    for (const call of calls) {
      const fresh: Memory = { since: age(call) < HOLD ? steady : -Infinity, turn: null };
      known.set(keyOf(call), this.#known.get(keyOf(call)) ?? fresh);
    }
    this.#known = known;
  }

  #isCurrent(call: Call, age: number, steady: number): boolean {
    if (call.speech !== null) return true;
    if (call.state === "called" && age < CURRENT) return true;
    return steady - this.#memory(call).since < HOLD;
  }

  #choose(current: Call[], spoken: string | undefined, steady: number): Call | null {
    const now = current.find((call) => keyOf(call) === this.#hero);
    const next = current.find((call) => this.#memory(call).turn === null);
    const turnIsOver = now === undefined || steady - (this.#memory(now).turn ?? steady) >= TURN;
    const silent = turnIsOver ? (next ?? now ?? current[current.length - 1]) : now;
    const hero = current.find((call) => call.number === spoken) ?? silent ?? null;
    if (hero !== null) this.#memory(hero).turn ??= steady;
    return hero;
  }

  #memory(call: Call): Memory {
    return this.#known.get(keyOf(call)) as Memory;
  }
}

export type Crowd = "one" | "few" | "many" | "rush" | "crush";

/** Say how many stand beside the largest: each crowd has its own grid of tiles. */
export function crowd(beside: number): Crowd {
  if (beside === 0) return "one";
  if (beside <= 3) return "few";
  if (beside <= 8) return "many";
  return beside <= 16 ? "rush" : "crush";
}

/** How many rows of four a rush needs, the largest number in the first four places. */
export const rows = (beside: number): number => Math.ceil((beside + 4) / 4);
