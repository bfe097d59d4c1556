/** Who stands where on the board, from a lone call to a crowd of sixteen: no number is gone before it was seen. */
import { expect, test } from "vitest";
import type { BoardView, Call } from "$lib/views.ts";
import { crowd, CURRENT, HOLD, Stage, TURN } from "../../display/web/board/stage.ts";

const START = Date.parse("2026-11-23T02:00:00Z");
type Part = Partial<Omit<Call, "called_at">> & { at?: number };

/** A call made `at` milliseconds after the start; its number is its id. */
function call(id: number, { at = 0, ...more }: Part = {}): Call {
  const tenant = { code: "T", name: "T", name_en: null, short_name: "T", colour: "#1f6f54", prefix: "B" };
  const counter = { code: `L${id}`, name: `${id}`, zone: "A" };
  const called_at = new Date(START + at).toISOString();
  return { id, number: String(id), counter, tenant, called_at, calls: 1, state: "called", priority: false, speech: null, ...more };
}

/** A board at work: newest call first, as the server sends it. */
class Board {
  readonly stage = new Stage();
  pace = 1;
  show(ms: number, calls: Call[], spoken?: number): { hero: string; beside: string[]; recent: string[] } {
    const voice = spoken === undefined ? null : ({ number: String(spoken) } as BoardView["voice"]);
    const sent = [...calls].sort((a, b) => Date.parse(b.called_at) - Date.parse(a.called_at) || b.id - a.id);
    const hall = new Date(START + ms * this.pace);
    const { hero, beside, recent } = this.stage.arrange({ calls: sent, voice, pace: this.pace }, hall, ms);
    return { hero: hero?.number ?? "", beside: beside.map((one) => one.number), recent: recent.map((one) => one.number) };
  }
}

test("a lone call is the hero until its visitor has come, and for ten seconds at least", () => {
  const board = new Board();
  expect(board.show(0, [call(1)])).toEqual({ hero: "1", beside: [], recent: [] });
  const served = [call(1, { state: "serving" })];
  expect(board.show(HOLD - 1, served).hero).toBe("1");
  expect(board.show(HOLD, served)).toEqual({ hero: "", beside: [], recent: ["1"] });
});

test("a visitor who does not come is shown large for a minute and a half", () => {
  const board = new Board();
  board.show(0, [call(1)]);
  expect(board.show(CURRENT - 1, [call(1)]).hero).toBe("1");
  expect(board.show(CURRENT, [call(1)]).recent).toEqual(["1"]);
});

test("the hero is the call that is spoken, the others keep their order", () => {
  const board = new Board();
  const calls = [1, 2, 3, 4].map((id) => call(id, { at: id, speech: id === 3 ? "speaking" : "waiting" }));
  expect(board.show(10, calls, 3)).toEqual({ hero: "3", beside: ["1", "2", "4"], recent: [] });
  expect(board.show(20, calls, 4)).toEqual({ hero: "4", beside: ["1", "2", "3"], recent: [] });
});

test("a call that waits for the voice is large however long it waits", () => {
  const board = new Board();
  const calls = [call(1, { speech: "speaking" }), call(2, { at: 1, speech: "waiting" })];
  expect(board.show(CURRENT * 3, calls, 1)).toEqual({ hero: "1", beside: ["2"], recent: [] });
});

test("without a voice each of many has its turn as the hero, in the order of the calls", () => {
  const board = new Board();
  const calls = [1, 2, 3].map((id) => call(id, { at: id }));
  const heroes = [10, TURN + 9, TURN + 10, 2 * TURN + 10, 3 * TURN + 10, 4 * TURN].map((ms) => board.show(ms, calls).hero);
  expect(heroes).toEqual(["1", "1", "2", "3", "3", "3"]);
});

test("a repeat has its turn again", () => {
  const board = new Board();
  board.show(0, [call(1), call(2, { at: 1 })]);
  board.show(TURN, [call(1), call(2, { at: 1 })]);
  expect(board.show(3 * TURN, [call(1, { at: 3 * TURN, calls: 2 }), call(2, { at: 1 })]).hero).toBe("1");
});

test("sixteen calls in ten seconds are all large for eight seconds, though every visitor comes at once", () => {
  const board = new Board();
  const shown = new Map<string, number>();
  for (let ms = 0; ms <= 40_000; ms += 100) {
    const made = [...Array(16).keys()].filter((id) => id * 625 <= ms);
    const { hero, beside } = board.show(ms, made.map((id) => call(id + 1, { at: id * 625, state: "serving" })));
    for (const number of [hero, ...beside]) shown.set(number, (shown.get(number) ?? 0) + 100);
  }
  shown.delete("");
  expect([...shown.keys()]).toEqual([...Array(16).keys()].map((id) => String(id + 1)));
  expect(Math.min(...shown.values())).toBeGreaterThanOrEqual(8000);
});

test("a board that comes back after an hour does not show the past as the present", () => {
  const board = new Board();
  const past = [call(1, { state: "done" }), call(2, { at: 1, state: "missed" }), call(3, { at: 3_590_000 })];
  expect(board.show(3_600_000, past)).toEqual({ hero: "3", beside: [], recent: ["2", "1"] });
});

test("seconds are real ones however fast the hall lives", () => {
  const board = new Board();
  board.pace = 60;
  expect(board.show(CURRENT - 1, [call(1)]).hero).toBe("1");
  expect(board.show(CURRENT, [call(1)]).hero).toBe("");
});

test("six earlier calls stand below, newest first", () => {
  const board = new Board();
  const past = [...Array(9).keys()].map((id) => call(id, { at: id, state: "done" }));
  expect(board.show(600_000, past).recent).toEqual(["8", "7", "6", "5", "4", "3"]);
});

test.each([
  [0, "one"],
  [1, "few"],
  [3, "few"],
  [4, "many"],
  [8, "many"],
  [9, "rush"],
  [16, "rush"],
  [17, "crush"],
])("%i beside the hero are %s", (beside, name) => {
  expect(crowd(beside)).toBe(name);
});
